//! Workers in processes of their own on one PostgreSQL: they share what waits, and what a killed one had is done by another.

use super::house::folder;
use super::postgres::Postgres;
use super::program::{Place, Writer};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const RUNS: usize = 20;

#[test]
fn two_worker_processes_share_twenty_runs_and_killing_one_loses_none() {
    let Some(postgres) = Postgres::start() else { return };
    let place = Place::Postgres(postgres);
    let mut server = place.serve("0");
    let writer = Writer::first(&mut server);
    let address = server.address;
    let taken = json!({ "files": folder(), "why": "test" });
    let week = writer.post(address, "/weeks", &taken).expect("an answer").expect(201).json();
    let id = week["id"].as_str().unwrap().to_owned();
    for _ in 0..RUNS {
        let body = json!({ "version": week["version"] });
        writer.post(address, &format!("/weeks/{id}/runs"), &body).expect("an answer").expect(201);
    }
    let mut workers = [place.worker(), place.worker()];
    let of = |pid: u32, run: &Value| run["worker"].as_str().is_some_and(|name| name.contains(&format!("-{pid}-")));
    // When each has done something, the one that has a run right now is killed.
    let until = Instant::now() + Duration::from_secs(60);
    let killed = loop {
        assert!(Instant::now() < until, "the two never both worked");
        let runs = writer.runs(address, &id);
        let done = |pid: u32| runs.iter().any(|run| run["state"] == "done" && of(pid, run));
        let busy =
            workers.iter().position(|worker| runs.iter().any(|run| run["state"] == "running" && of(worker.id(), run)));
        if let Some(busy) = busy.filter(|_| workers.iter().all(|worker| done(worker.id()))) {
            workers[busy].kill();
            break workers[busy].id();
        }
    };
    let runs = writer.settled(address, &[id]);
    let states: BTreeSet<&str> = runs.iter().map(|run| run["state"].as_str().unwrap()).collect();
    assert_eq!((runs.len(), states), (RUNS, BTreeSet::from(["done"])));
    let plans: BTreeSet<i64> = runs.iter().map(|run| run["plan"].as_i64().unwrap()).collect();
    assert_eq!(plans.len(), RUNS, "a version each");
    let mine = |pid: u32| runs.iter().filter(|run| of(pid, run)).count();
    let shares = workers.each_ref().map(|worker| mine(worker.id()));
    assert!(shares.iter().all(|share| *share > 0) && shares.iter().sum::<usize>() == RUNS, "{shares:?}");
    let again = runs.iter().filter(|run| run["attempts"].as_u64() > Some(1)).count();
    println!("20 runs, two workers, {killed} killed while it had one: {shares:?} done by each, {again} taken over");
}
