//! The service or a worker is killed (SIGKILL) at random moments while people write: nothing acknowledged is lost, the chain is
//! whole, runs go on or end cleanly. A few kills by default; `make faults` asks for two hundred on each store.

use super::http::Answer;
use super::ledger::{Ledger, write};
use super::program::{Place, Writer, on_every_place};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

fn kills() -> u64 {
    std::env::var("VERTREK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6)
}

/// Longest time before the plug is pulled, in milliseconds.
const LONGEST: u64 = 400;

#[test]
fn what_was_acknowledged_is_there_whenever_service_or_worker_is_killed() {
    on_every_place(|place| {
        let mut server = place.serve("0");
        let writer = Writer::first(&mut server);
        let mut worker = place.worker();
        let ledger = Mutex::new(Ledger::default());
        let (mut servers, mut workers) = (0, 0);
        for kill in 0..kills() {
            let mut dice = ChaCha8Rng::seed_from_u64(kill);
            let (moment, of_server) = (dice.random_range(0..LONGEST), kill % 2 == 0);
            let (address, stop, unanswered) = (server.address, AtomicBool::new(false), Mutex::new(None));
            std::thread::scope(|scope| {
                for pen in 0..3 {
                    let (ledger, writer, stop) = (&ledger, &writer, &stop);
                    scope.spawn(move || write(ledger, writer, address, 3 * kill + pen, stop));
                }
                scope.spawn(|| *unanswered.lock().unwrap() = keyed(&writer, address, kill, &stop));
                std::thread::sleep(Duration::from_millis(moment));
                if of_server {
                    server.kill();
                    server = place.serve("0");
                    servers += 1;
                } else {
                    worker.kill();
                    worker = place.worker();
                    workers += 1;
                }
                stop.store(true, Ordering::SeqCst);
            });
            let when = format!("{}, kill {kill}", place.kind());
            ledger.lock().unwrap().check(&writer, server.address, &when);
            if let Some(key) = unanswered.into_inner().unwrap() {
                sent_again(&writer, server.address, &key, &when);
            }
        }
        let ledger = ledger.into_inner().unwrap();
        let runs = writer.settled(server.address, &ledger.weeks);
        ledger.ended(&runs, place.kind());
        ledger.check(&writer, server.address, "in the end");
        tell(place, &ledger, &runs, servers, workers);
        assert!(!ledger.weeks.is_empty() && ledger.acknowledged() > 2, "hardly anything was acknowledged");
    });
}

/// A setting set over and over, under an idempotency key each time; gives the key of the one that was not answered.
fn keyed(writer: &Writer, address: SocketAddr, kill: u64, stop: &AtomicBool) -> Option<String> {
    for at in 0.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let key = format!("once-{kill}-{at}");
        match once(writer, address, &key) {
            Some(answer) => assert!(answer.status < 300, "{}", answer.text()),
            None => return Some(key),
        }
    }
    None
}

fn once(writer: &Writer, address: SocketAddr, key: &str) -> Option<Answer> {
    let setting = json!({ "four-eyes": "on", "why": key });
    writer.ask_with(address, "PATCH", "/settings", &setting.to_string(), &[("Idempotency-Key", key)])
}

/// What was not answered is sent again: it is done now, or was done already, never twice.
fn sent_again(writer: &Writer, address: SocketAddr, key: &str, when: &str) {
    let answer = once(writer, address, key).expect("an answer");
    let lines = writer.read(address, "/journal-lines?limit=1000&subject=setting%20four-eyes");
    let done = lines["lines"].as_array().unwrap().iter().filter(|line| line["why"] == key).count();
    let told = answer.status == 409 && answer.text().contains("done-before");
    assert!(done <= 1, "{when}: {key} was done {done} times");
    assert_eq!(done == 1, told || answer.status < 300, "{when}: {key} {} {}", answer.status, answer.text());
}

/// Figures for who looks on.
fn tell(place: &Place, ledger: &Ledger, runs: &[Value], servers: u64, workers: u64) {
    let again = runs.iter().filter(|run| run["attempts"].as_u64() > Some(1)).count();
    let failed = runs.iter().filter(|run| run["state"] == "failed").count();
    println!(
        "{}: {servers} services and {workers} workers killed; {} writes and reads acknowledged, none lost; {} runs: {again} taken over, \
         {failed} given up, all others done",
        place.kind(),
        ledger.acknowledged(),
        runs.len(),
    );
}
