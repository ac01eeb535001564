//! The clock jumps, forward and back: who is logged in, which run is whose, in which order things happened.

use super::house::{House, PASSWORD, on_every_store, settings};
use super::http::send;
use serde_json::{Value, json};
use vertrek::server::Worker;

const DAY: i64 = 24 * 3600;

fn queue(house: &House, week: &str) -> String {
    let body = json!({ "version": house.version(week), "seconds": 60 });
    let run = house.person("planner").post(&format!("/api/v1/weeks/{week}/runs"), &body).expect(201).json();
    run["id"].as_str().unwrap().to_owned()
}

fn runs(house: &House, week: &str) -> Vec<Value> {
    let runs = house.person("planner").get(&format!("/api/v1/weeks/{week}/runs")).expect(200).json();
    runs["runs"].as_array().unwrap().clone()
}

fn status(house: &House, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    send(house.address, "GET", "/api/v1/weeks", &[("Authorization", &bearer)], b"").status
}

#[test]
fn sessions_end_when_they_should_wherever_the_clock_jumps() {
    on_every_store(|house| {
        house.person("planner");
        let before = house.log_in("planner");
        // Forward, past every session, and back: what was made before is as good as it was.
        house.pass(2 * DAY);
        assert_eq!(status(house, &before), 401, "two days later");
        let during = house.log_in("planner");
        assert_eq!(status(house, &during), 200);
        house.pass(-2 * DAY);
        assert_eq!(status(house, &before), 401, "a new session sweeps away what was over when it was made");
        let after = house.log_in("planner");
        assert_eq!(status(house, &after), 200);
        assert_eq!(status(house, &during), 401, "a session of the day after tomorrow would never end");
        // A little back, as a clock is put right: everybody stays, and nobody stays longer for it.
        house.pass(-200);
        assert_eq!(status(house, &after), 200);
        house.pass(31 * 60);
        assert_eq!(status(house, &after), 401, "half an hour without a sign of life");
    });
}

#[test]
fn a_name_that_must_wait_does_not_wait_for_a_clock_that_was_wrong() {
    on_every_store(|house| {
        house.person("planner");
        let log_in = |password: &str| {
            let body = json!({ "name": "planner", "password": password }).to_string();
            let kind = [("Content-Type", "application/json")];
            send(house.address, "POST", "/api/v1/sessions", &kind, body.as_bytes()).status
        };
        house.pass(DAY);
        for _ in 0..5 {
            assert_eq!(log_in("wrong"), 401);
        }
        assert_eq!(log_in(PASSWORD), 429);
        house.pass(-DAY);
        assert_eq!(log_in(PASSWORD), 201);
    });
}

#[test]
fn a_lease_of_a_clock_that_was_wrong_keeps_no_run_from_others() {
    on_every_store(|house| {
        let week = house.planned_week();
        let id = queue(house, &week);
        let state = || runs(house, &week).iter().find(|run| run["id"] == id.as_str()).unwrap().clone();
        // A worker took it an hour ahead and was lost; then the clock is put right.
        let until = house.stamp_in(3600 + 30);
        let statement =
            "UPDATE runs SET state = 'running', worker = 'lost', attempts = 1, lease_until = $1 WHERE id = $2";
        house.runtime.block_on(async {
            let pool = sqlx::AnyPool::connect(&house.database).await.expect("the store");
            sqlx::query(statement).bind(until).bind(&id).execute(&pool).await.expect("a run that waits");
            pool.close().await;
        });
        house.work();
        assert_eq!((state()["state"].as_str(), state()["attempts"].as_i64()), (Some("done"), Some(2)), "{}", state());
    });
}

#[test]
fn a_run_under_way_while_the_clock_jumps_is_done_once() {
    on_every_store(|house| {
        let week = house.planned_week();
        for jump in [3600, -7200, DAY] {
            let id = queue(house, &week);
            let before = house.person("planner").get(&format!("/api/v1/weeks/{week}/plans")).expect(200).json();
            let (one, other) = (house.service.clone(), house.another());
            house.runtime.block_on(async {
                let first = Worker::new(&one, settings("first"));
                let first = tokio::spawn(async move { first.work_once().await });
                tokio::task::yield_now().await;
                house.pass(jump);
                Worker::new(&other, settings("second")).work_once().await.expect("a worker that works");
                first.await.expect("it ends").expect("a worker that works");
            });
            house.renew("planner");
            let run = runs(house, &week).into_iter().find(|run| run["id"] == id.as_str()).unwrap();
            assert_eq!(run["state"], "done", "{run}");
            let after = house.person("planner").get(&format!("/api/v1/weeks/{week}/plans")).expect(200).json();
            let count = |plans: &Value| plans["plans"].as_array().unwrap().len();
            assert_eq!(count(&after), count(&before) + 1, "one run makes one version");
            house.pass(-jump);
            house.renew("planner");
        }
    });
}

#[test]
fn runs_are_done_and_shown_in_the_order_in_which_they_were_asked() {
    on_every_store(|house| {
        let week = house.planned_week();
        let mut asked = vec![queue(house, &week)];
        for jump in [-3600, 1800, -1800] {
            house.pass(jump);
            house.renew("planner");
            asked.push(queue(house, &week));
        }
        let shown: Vec<String> = runs(house, &week).iter().map(|run| run["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(shown.iter().take(4).rev().collect::<Vec<_>>(), asked.iter().collect::<Vec<_>>());
        let worker = Worker::new(&house.service, settings("worker"));
        for id in &asked {
            house.runtime.block_on(worker.work_once()).expect("a worker that works");
            let done = runs(house, &week).into_iter().find(|run| run["id"] == id.as_str()).unwrap();
            assert_eq!(done["state"], "done", "{id} is next: {done}");
        }
    });
}

#[test]
fn the_chain_is_whole_and_in_order_when_the_clock_went_back() {
    on_every_store(|house| {
        let week = house.planned_week();
        house.pass(-5000);
        house.renew("planner");
        let body = json!({ "version": house.version(&week) });
        house.person("planner").post(&format!("/api/v1/weeks/{week}/proposals"), &body).expect(200);
        house.renew("admin");
        let lines = house.person("auditor").get("/api/v1/journal-lines").expect(200).json();
        let lines = lines["lines"].as_array().unwrap();
        let numbers: Vec<i64> = lines.iter().map(|line| line["seq"].as_i64().unwrap()).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] == pair[1] + 1), "{numbers:?}");
        assert!(lines.iter().any(|line| line["action"] == "propose"));
        let verdict = house.person("auditor").get("/api/v1/journal-verdict").expect(200).json();
        assert_eq!(verdict["whole"], json!(true), "{verdict}");
    });
}
