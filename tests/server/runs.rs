//! Runs as jobs: taken over when their worker is lost, shared by workers, stopped with the best so far.

use super::house::{House, on_every_store, settings};
use serde_json::{Value, json};
use vertrek::server::Worker;

fn queue(house: &House, week: &str) -> String {
    let body = json!({ "version": house.version(week), "seconds": 60 });
    let run = house.person("planner").post(&format!("/api/v1/weeks/{week}/runs"), &body).expect(201).json();
    run["id"].as_str().unwrap().to_owned()
}

fn run(house: &House, week: &str, id: &str) -> Value {
    house.person("planner").get(&format!("/api/v1/weeks/{week}/runs/{id}")).expect(200).json()
}

/// Leaves the run that waits as a worker leaves it that was killed after it took it, on a lease of 30 seconds.
fn lose(house: &House) {
    let statement = "UPDATE runs SET state = 'running', worker = 'lost', attempts = attempts + 1, lease_until = $1 \
                     WHERE state IN ('queued', 'running')";
    house.runtime.block_on(async {
        let pool = sqlx::AnyPool::connect(&house.database).await.expect("the store");
        sqlx::query(statement).bind(house.stamp_in(30)).execute(&pool).await.expect("a run that waits");
        pool.close().await;
    });
}

#[test]
fn a_run_whose_worker_is_lost_is_taken_over_when_its_lease_runs_out() {
    on_every_store(|house| {
        let week = house.planned_week();
        let id = queue(house, &week);
        lose(house);
        assert_eq!(run(house, &week, &id)["state"], "running");
        house.pass(10);
        house.work();
        assert_eq!(run(house, &week, &id)["state"], "running", "the lease still holds");
        house.pass(30);
        house.work();
        let done = run(house, &week, &id);
        assert_eq!((done["state"].as_str(), done["attempts"].as_i64()), (Some("done"), Some(2)), "{done}");
    });
}

#[test]
fn a_run_that_loses_three_workers_is_given_up() {
    on_every_store(|house| {
        let week = house.planned_week();
        let id = queue(house, &week);
        for _ in 0..3 {
            lose(house);
            house.pass(60);
        }
        house.work();
        let row = run(house, &week, &id);
        assert_eq!(row["state"], "failed", "{row}");
    });
}

#[test]
fn two_workers_share_what_waits_and_none_is_done_twice() {
    on_every_store(|house| {
        let week = house.planned_week();
        let ids: Vec<String> = (0..6).map(|_| queue(house, &week)).collect();
        let (one, other) = (house.service.clone(), house.another());
        house.runtime.block_on(async {
            let all = |service, name| async move {
                let worker = Worker::new(&service, settings(name));
                while worker.work_once().await.expect("a worker that works") {}
            };
            let first = tokio::spawn(all(one, "first"));
            let second = tokio::spawn(all(other, "second"));
            first.await.expect("the first ends");
            second.await.expect("the second ends");
        });
        for id in ids {
            let row = run(house, &week, &id);
            assert_eq!((row["state"].as_str(), row["attempts"].as_i64()), (Some("done"), Some(1)), "{row}");
        }
    });
}

#[test]
fn a_worker_for_repairs_takes_them_before_the_plan_that_waits_longer() {
    on_every_store(|house| {
        let week = house.planned_week();
        let plan = queue(house, &week);
        let at = house.stamp_in(0);
        let event = json!({ "version": house.version(&week), "kind": "procedure_opened", "subject": "C1", "at": at });
        let repair = house.person("planner").post(&format!("/api/v1/weeks/{week}/events"), &event).expect(201).json();
        let worker = Worker::new(&house.service, settings("repairs")).for_repairs();
        let once = || house.runtime.block_on(worker.work_once()).expect("a worker that works");
        assert!(once(), "the repair waits");
        assert_eq!(run(house, &week, repair["id"].as_str().unwrap())["state"], "done");
        assert!(!once(), "nothing of its kind waits");
        assert_eq!(run(house, &week, &plan)["state"], "queued");
        house.work();
        assert_eq!(run(house, &week, &plan)["state"], "done");
    });
}

#[test]
fn a_run_that_waits_can_be_called_off() {
    on_every_store(|house| {
        let week = house.planned_week();
        let id = queue(house, &week);
        let path = format!("/api/v1/weeks/{week}/runs/{id}/stop-requests");
        house.person("planner").post(&path, &json!({})).expect(204);
        house.person("planner").post(&path, &json!({})).expect(409);
        house.work();
        assert_eq!(run(house, &week, &id)["state"], "failed");
    });
}

#[test]
fn progress_is_told_as_events_until_the_run_ends() {
    on_every_store(|house| {
        let week = house.planned_week();
        let id = queue(house, &week);
        house.work();
        let told = house.person("planner").get(&format!("/api/v1/weeks/{week}/runs/{id}/progress")).expect(200);
        assert_eq!(told.header("content-type").as_deref(), Some("text/event-stream"));
        assert!(told.text().starts_with("event: run\ndata: {"), "{}", told.text());
        assert!(told.text().contains("\"state\":\"done\""), "{}", told.text());
    });
}
