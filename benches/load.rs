//! How fast the board answers: 50 people at once on a week while a run is under way, with years of weeks in the store.
//!
//! `cargo bench --bench load -- WEEK_FOLDER [WEEKS] [USERS] [REQUESTS]`: the week, how many of them the store holds, how many
//! people ask at once, and how many pages each opens. On this machine's own address only.

#![allow(missing_docs, clippy::expect_used, clippy::print_stdout, reason = "a measuring program")]

#[path = "../tests/server/http.rs"]
#[allow(dead_code, reason = "it needs a part of the client")]
mod http;

use chrono::Utc;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use vertrek::server::{Clock, Config, Service, Worker, WorkerSettings};
use vertrek::week::read::read_folder;

const PAGES: [&str; 7] = ["", "/work-list", "/escorts", "/transport", "/runs", "/history", "/figures"];

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some(folder) = given.first() else {
        println!("name a week folder: cargo bench --bench load -- WEEK_FOLDER [WEEKS] [USERS] [REQUESTS]");
        return;
    };
    let number = |at: usize, usual: usize| given.get(at).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (weeks, users, requests) = (number(1, 260), number(2, 50), number(3, 20));
    let files = read_folder(Path::new(folder)).expect("a week folder");
    let dir = TempDir::new().expect("a folder");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let config = Config {
        database: format!("sqlite:{}", dir.path().join("store.sqlite").display()),
        secure: false,
        idle_minutes: 30,
        session_hours: 10,
        clock: Clock::new(Utc::now),
    };
    let service = runtime.block_on(Service::open(config)).expect("a service");
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("an address");
    let address = listener.local_addr().expect("an address");
    let running = service.clone();
    runtime.spawn(async move { running.serve(listener, std::future::pending()).await });
    let text = |bytes: &Vec<u8>| Value::String(String::from_utf8_lossy(bytes).into_owned());
    let sent: serde_json::Map<String, Value> = files.iter().map(|(name, bytes)| (name.clone(), text(bytes))).collect();
    let demo = runtime.block_on(service.demonstrate(files)).expect("a week that can be planned");
    let settings =
        WorkerSettings { name: "worker".to_owned(), threads: 1, lease_seconds: 30, beat: Duration::from_millis(500) };
    let worker = Worker::new(&service, settings);
    runtime.block_on(worker.work_once()).expect("a plan");

    let token = log_in(address, &demo.password);
    let body = json!({ "files": sent }).to_string();
    let began = Instant::now();
    for _ in 1..weeks {
        ask(address, &token, "POST", "/api/v1/weeks", body.as_bytes());
    }
    println!(
        "{weeks} weeks in the store, taken in at {:.0} ms each",
        1000.0 * began.elapsed().as_secs_f64() / weeks.max(1) as f64
    );

    // A run that takes longer than the measuring.
    let week = ask(address, &token, "GET", &format!("/api/v1/weeks/{}", demo.week), b"").json();
    let run = json!({ "version": week["version"], "seconds": 3600, "gap": 0 }).to_string();
    ask(address, &token, "POST", &format!("/api/v1/weeks/{}/runs", demo.week), run.as_bytes());
    runtime.spawn(async move { worker.work_once().await });
    std::thread::sleep(Duration::from_secs(2));

    let pages: Vec<String> =
        PAGES.iter().map(|page| format!("/weeks/{}{page}", demo.week)).chain(["/weeks".to_owned()]).collect();
    let began = Instant::now();
    let people: Vec<_> = (0..users)
        .map(|user| {
            let (pages, token) = (pages.clone(), token.clone());
            std::thread::spawn(move || {
                (0..requests)
                    .map(|at| {
                        let page = &pages[(user + at) % pages.len()];
                        let began = Instant::now();
                        let size = ask(address, &token, "GET", page, b"").body.len();
                        (page.clone(), began.elapsed(), size)
                    })
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let mut times: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for person in people {
        for (page, time, size) in person.join().expect("somebody who asked") {
            times.entry(page.clone()).or_default().push(1000.0 * time.as_secs_f64());
            times.entry("all pages".to_owned()).or_default().push(1000.0 * time.as_secs_f64());
            sizes.insert(page, size);
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{users} people at once, {requests} pages each, a run under way: {:.0} pages a second\n",
        (users * requests) as f64 / seconds
    );
    println!("| page | p50 ms | p95 ms | kB |\n| --- | --- | --- | --- |");
    for (page, mut found) in times {
        found.sort_by(f64::total_cmp);
        let at = |share: f64| found[((found.len() - 1) as f64 * share) as usize];
        let size = sizes.get(&page).map_or(String::new(), |size| (size / 1000).to_string());
        println!("| {} | {:.0} | {:.0} | {size} |", page.replace(&demo.week, "{week}"), at(0.5), at(0.95));
    }
    std::process::exit(0);
}

fn log_in(address: SocketAddr, password: &str) -> String {
    let body = json!({ "name": "planner", "password": password }).to_string();
    let answer =
        http::send(address, "POST", "/api/v1/sessions", &[("Content-Type", "application/json")], body.as_bytes());
    answer.expect(201).json()["token"].as_str().expect("a token").to_owned()
}

fn ask(address: SocketAddr, token: &str, method: &str, path: &str, body: &[u8]) -> http::Answer {
    let bearer = format!("Bearer {token}");
    let answer =
        http::send(address, method, path, &[("Authorization", &bearer), ("Content-Type", "application/json")], body);
    assert!(answer.status < 300, "{path}: {}", answer.text());
    answer
}
