//! How fast the board answers: 50 people at once on a week while a run is under way, with years of published weeks in the
//! store; and how long it takes from reporting an event until the repaired proposal is on the screen.
//!
//! `cargo bench --bench load -- WEEK_FOLDER [WEEKS] [USERS] [REQUESTS] [EVENTS]`: the week, how many of them the store holds,
//! how many people ask at once, how many pages each opens, and how many events are reported. On this machine's own address only.

#![allow(missing_docs, clippy::expect_used, clippy::print_stdout, reason = "a measuring program")]

#[path = "../tests/server/http.rs"]
#[allow(dead_code, reason = "it needs a part of the client")]
mod http;

use chrono::Utc;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use vertrek::server::{Clock, Config, Service, Worker, WorkerSettings};
use vertrek::week::read::{read_files, read_folder};

/// Pages of the week; beside them come those of one case, of all weeks and of the figures over time.
const PAGES: [&str; 8] = ["", "/work-list", "/escorts", "/transport", "/repair", "/runs", "/history", "/figures"];

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some(folder) = given.first() else {
        println!("name a week folder: cargo bench --bench load -- WEEK_FOLDER [WEEKS] [USERS] [REQUESTS]");
        return;
    };
    let number = |at: usize, usual: usize| given.get(at).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (weeks, users, requests, events) = (number(1, 260), number(2, 50), number(3, 40), number(4, 20));
    let files = read_folder(Path::new(folder)).expect("a week folder");
    let now = read_files(&files).expect("a week without faults").now.to_rfc3339();
    let dir = TempDir::new().expect("a folder");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let database = format!("sqlite:{}", dir.path().join("store.sqlite").display());
    let config = Config {
        database: database.clone(),
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
    let worker = |name: &str| {
        let (name, beat) = (name.to_owned(), Duration::from_millis(500));
        Worker::new(&service, WorkerSettings { name, threads: 1, lease_seconds: 30, beat })
    };
    let (plans, repairs) = (worker("plans"), worker("repairs").for_repairs());
    runtime.block_on(plans.work_once()).expect("a plan");

    let who = Who { address, token: log_in(address, &demo.password), week: demo.week };
    let body = json!({ "files": sent }).to_string();
    let began = Instant::now();
    for _ in 1..weeks {
        who.ask("POST", "/api/v1/weeks", body.as_bytes());
    }
    let each = 1000.0 * began.elapsed().as_secs_f64() / weeks.max(2).saturating_sub(1) as f64;
    println!("{weeks} weeks in the store, taken in at {each:.0} ms each");
    runtime.block_on(publish_all(&database, &who.week));
    let began = Instant::now();
    who.ask("GET", "/figures", b"");
    println!("figures over time of all of them, looked at for the first time: {:.1} s", began.elapsed().as_secs_f64());
    runtime.block_on(publish_one_less(&database));
    let began = Instant::now();
    who.ask("GET", "/figures", b"");
    println!("and after another publication: {:.1} s", began.elapsed().as_secs_f64());

    // A run that takes longer than the measuring.
    let version = who.ask("GET", &who.of("/api/v1"), b"").json()["version"].clone();
    let run = json!({ "version": version, "seconds": 3600, "gap": 0 }).to_string();
    who.ask("POST", &format!("{}/runs", who.of("/api/v1")), run.as_bytes());
    runtime.spawn(async move { plans.work_once().await });
    runtime.spawn(async move { repairs.work(std::future::pending()).await });
    std::thread::sleep(Duration::from_secs(2));

    let plan = who.ask("GET", &format!("{}/plans/1", who.of("/api/v1")), b"").json();
    let cases: Vec<String> =
        plan["departures"].as_array().expect("departures").iter().map(|one| text_of(&one["case"])).collect();
    let pages: Vec<String> = PAGES.iter().map(|page| format!("{}{page}", who.of(""))).collect();
    let case = format!("{}/cases/{}", who.of(""), cases.first().expect("a departure"));
    let pages = [pages, vec![case, "/weeks".to_owned(), "/figures".to_owned()]].concat();
    let began = Instant::now();
    let asked = together(&who, &pages, users, &Until::Pages(requests));
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{users} people at once, {requests} pages each, a run under way: {:.0} pages a second\n",
        asked.len() as f64 / seconds
    );
    print_pages(&asked, &who.week);

    println!(
        "\n| {events} events, one after the other, a run under way | p50 s | p95 s | worst s |\n| --- | --- | --- | --- |"
    );
    let report = |at: usize| proposed(&who, &cases[at % cases.len()], &now);
    print_times("and nobody else on the board", (0..events).map(report).collect());
    let over = Arc::new(AtomicBool::new(false));
    let others = {
        let (who, pages, over) = (who.clone(), pages, Arc::clone(&over));
        std::thread::spawn(move || together(&who, &pages, users, &Until::Over(over)))
    };
    let found = (events..2 * events).map(report).collect();
    over.store(true, Ordering::SeqCst);
    print_times(&format!("and {users} people who open page after page"), found);
    others.join().expect("those who asked");
    std::process::exit(0);
}

/// Gives every week the plan of one, as published: planning each would take the day.
async fn publish_all(database: &str, week: &str) {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(database).await.expect("the store");
    for statement in [
        "INSERT INTO plans (week, plan, parent, folder, kind, events, body, changes, objective, bound, departures, made_at, made_by, \
         why, told, pins) SELECT w.id, p.plan, 0, 1, p.kind, '', p.body, '', p.objective, p.bound, p.departures, p.made_at, \
         p.made_by, '', '', '' FROM weeks w JOIN plans p ON p.week = $1 WHERE w.id <> $1",
        "UPDATE weeks SET plan = 1, published = 1, publication = 1 WHERE id <> $1",
    ] {
        sqlx::query(statement).bind(week).bind(week).execute(&pool).await.expect("a statement");
    }
    pool.close().await;
}

/// What is published becomes something else by one week.
async fn publish_one_less(database: &str) {
    let pool = sqlx::AnyPool::connect(database).await.expect("the store");
    let statement = "UPDATE weeks SET published = 0 WHERE id = (SELECT MIN(id) FROM weeks WHERE published <> 0)";
    sqlx::query(statement).execute(&pool).await.expect("a statement");
    pool.close().await;
}

/// Somebody who asks about a week.
#[derive(Clone)]
struct Who {
    address: SocketAddr,
    token: String,
    week: String,
}

impl Who {
    /// The path of the week, as a page or below the API.
    fn of(&self, api: &str) -> String {
        format!("{api}/weeks/{}", self.week)
    }

    fn ask(&self, method: &str, path: &str, body: &[u8]) -> http::Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        let answer = http::send(self.address, method, path, &headers, body);
        assert!(answer.status < 300, "{path}: {}", answer.text());
        answer
    }
}

/// How long people go on.
enum Until {
    Pages(usize),
    Over(Arc<AtomicBool>),
}

/// A page that was opened: which, milliseconds, bytes.
type Opened = (String, f64, usize);

/// Many people who open page after page without a pause.
fn together(who: &Who, pages: &[String], users: usize, until: &Until) -> Vec<Opened> {
    let open = |user: usize| {
        let goes_on = |at: usize| match until {
            Until::Pages(requests) => at < *requests,
            Until::Over(over) => !over.load(Ordering::SeqCst),
        };
        let one = |at: usize| {
            let page = &pages[(user + at) % pages.len()];
            let began = Instant::now();
            let size = who.ask("GET", page, b"").body.len();
            (page.clone(), 1000.0 * began.elapsed().as_secs_f64(), size)
        };
        (0..).take_while(|&at| goes_on(at)).map(one).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let people: Vec<_> = (0..users).map(|user| scope.spawn(move || open(user))).collect();
        people.into_iter().flat_map(|person| person.join().expect("somebody who asked")).collect()
    })
}

fn print_pages(opened: &[Opened], week: &str) {
    let mut pages: BTreeMap<&str, (Vec<f64>, usize)> = BTreeMap::new();
    for (page, time, size) in opened {
        for name in [page.as_str(), "all pages"] {
            let known = pages.entry(name).or_default();
            known.0.push(*time);
            known.1 = known.1.max(*size);
        }
    }
    println!("| page | opened | p50 ms | p95 ms | worst ms | largest kB |\n| --- | --- | --- | --- | --- | --- |");
    for (page, (mut found, size)) in pages {
        found.sort_by(f64::total_cmp);
        let [half, most, worst] = [0.5, 0.95, 1.0].map(|share| at(&found, share));
        let page = page.replace(week, "{week}");
        println!("| {page} | {} | {half:.0} | {most:.0} | {worst:.0} | {} |", found.len(), size / 1000);
    }
}

/// The value below which a share of the sorted values lies.
fn at(sorted: &[f64], share: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

fn print_times(what: &str, mut found: Vec<f64>) {
    found.sort_by(f64::total_cmp);
    let [half, most, worst] = [0.5, 0.95, 1.0].map(|share| at(&found, share));
    println!("| {what} | {half:.2} | {most:.2} | {worst:.2} |");
}

/// Seconds from reporting that a procedure was opened until the page with the proposal is there, as a browser gets it: it waits
/// for the end of the run and asks for the page again.
fn proposed(who: &Who, case: &str, at: &str) -> f64 {
    let version = who.ask("GET", &who.of("/api/v1"), b"").json()["version"].clone();
    let event = json!({ "version": version, "kind": "procedure_opened", "subject": case, "at": at }).to_string();
    let began = Instant::now();
    let run = text_of(&who.ask("POST", &format!("{}/events", who.of("/api/v1")), event.as_bytes()).json()["id"]);
    who.ask("GET", &format!("{}/runs/{run}/progress", who.of("/api/v1")), b"");
    let page = who.ask("GET", &format!("{}/repair/{run}", who.of("")), b"").text();
    assert!(page.contains("/accept/"), "a proposal to accept: {page}");
    began.elapsed().as_secs_f64()
}

fn text_of(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn log_in(address: SocketAddr, password: &str) -> String {
    let body = json!({ "name": "planner", "password": password }).to_string();
    let answer =
        http::send(address, "POST", "/api/v1/sessions", &[("Content-Type", "application/json")], body.as_bytes());
    answer.expect(201).json()["token"].as_str().expect("a token").to_owned()
}
