//! Pictures of every page of the board for docs/board.md, from the running program: it serves the demo week on this machine's
//! own address, and headless Chromium looks at it through a small proxy that is logged in.
//!
//!     cargo run --release --example screenshots

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a program for who writes the documentation")]

#[path = "../tests/server/http.rs"]
#[allow(dead_code, reason = "it needs a part of the client")]
mod http;

use chrono::Utc;
use serde_json::json;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use vertrek::server::{Clock, Config, Service, Worker, WorkerSettings};
use vertrek::week::read::read_folder;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
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
    let files = read_folder(&root.join("fixtures/demo")).expect("the demo week");
    let demo = runtime.block_on(service.demonstrate(files)).expect("a demonstration");
    let beat = Duration::from_millis(100);
    let worker =
        Worker::new(&service, WorkerSettings { name: "worker".to_owned(), threads: 1, lease_seconds: 30, beat });
    runtime.block_on(worker.work_once()).expect("a plan");

    let planner = log_in(address, "planner", &demo.password);
    let version = ask(address, &planner, "GET", &format!("/api/v1/weeks/{}", demo.week), "").json()["version"].clone();
    let event = json!({ "version": version, "kind": "escort_absent", "subject": "E04", "at": "2027-04-29T00:00", "until": "2027-04-30T00:00" });
    let run = ask(address, &planner, "POST", &format!("/api/v1/weeks/{}/events", demo.week), &event.to_string()).json();
    runtime.block_on(worker.work_once()).expect("a repair");

    let week = format!("/weeks/{}", demo.week);
    let repair = format!("{week}/repair/{}", run["id"].as_str().expect("a run"));
    let pages = [
        ("week", week.clone(), "planner", 1500),
        ("case", format!("{week}/cases/C04?options=yes"), "planner", 1300),
        ("escorts", format!("{week}/escorts"), "escort-coordinator", 900),
        ("transport", format!("{week}/transport"), "transport-coordinator", 1200),
        ("work-list", format!("{week}/work-list"), "gatekeeper", 1200),
        ("repair", repair, "planner", 1200),
        ("runs", format!("{week}/runs"), "planner", 700),
        ("versions", format!("{week}/history"), "planner", 800),
        ("figures", format!("{week}/figures"), "planner", 1100),
    ];
    let images = root.join("docs/images");
    std::fs::create_dir_all(&images).expect("a folder for pictures");
    for (name, path, who, height) in pages {
        let proxy = logged_in(address, log_in(address, who, &demo.password));
        let picture = images.join(format!("{name}.png"));
        let status = Command::new("chromium")
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=3000"])
            .arg(format!("--window-size=1200,{height}"))
            .arg(format!("--screenshot={}", picture.display()))
            .arg(format!("http://{proxy}{path}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()) && picture.exists(), "chromium takes no picture of {path}");
        println!("{}", picture.display());
    }
    std::process::exit(0);
}

fn log_in(address: SocketAddr, name: &str, password: &str) -> String {
    let body = json!({ "name": name, "password": password }).to_string();
    let kind = [("Content-Type", "application/json")];
    let answer = http::send(address, "POST", "/api/v1/sessions", &kind, body.as_bytes()).expect(201);
    answer.json()["token"].as_str().expect("a token").to_owned()
}

fn ask(address: SocketAddr, token: &str, method: &str, path: &str, body: &str) -> http::Answer {
    let bearer = format!("Bearer {token}");
    http::send(
        address,
        method,
        path,
        &[("Authorization", &bearer), ("Content-Type", "application/json")],
        body.as_bytes(),
    )
}

/// An address at which every page is seen as the owner of a session sees it.
fn logged_in(service: SocketAddr, token: String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("an address");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let token = token.clone();
            std::thread::spawn(move || forward(stream, service, &token));
        }
    });
    address
}

fn forward(mut stream: TcpStream, service: SocketAddr, token: &str) -> Option<()> {
    let mut head = Vec::new();
    let mut byte = [0_u8; 1];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head);
    let path = head.split(' ').nth(1)?;
    let answer = http::try_send(service, "GET", path, &[("Cookie", &format!("vertrek={token}"))], b"")?;
    let kind = answer.header("content-type").unwrap_or_default();
    let begin = format!(
        "HTTP/1.1 {} OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        answer.status,
        answer.body.len()
    );
    stream.write_all(begin.as_bytes()).ok()?;
    stream.write_all(&answer.body).ok()
}
