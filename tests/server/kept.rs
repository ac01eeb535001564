//! What is kept: a whole store in one file and back, from one kind of database to the other; everything about one case; and
//! what was acknowledged is there after the program was killed.

use super::house::{House, PASSWORD, folder, on_every_store};
use super::http::{Answer, send};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Cursor};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use vertrek::server::{Clock, Config, Service};

fn backup(house: &House) -> Vec<u8> {
    let mut file = Vec::new();
    house.runtime.block_on(house.service.store().backup(&mut file)).expect("a backup");
    file
}

fn empty(house: &House, dir: &Path) -> Service {
    let database = format!("sqlite:{}", dir.join("other.sqlite").display());
    let clock = Clock::new(chrono::Utc::now);
    let config = Config { database, secure: false, idle_minutes: 30, session_hours: 10, clock };
    house.runtime.block_on(Service::open(config)).expect("an empty store")
}

#[test]
fn a_backup_restores_every_row_into_an_empty_store_and_into_no_other() {
    on_every_store(|house| {
        house.planned_week();
        let file = backup(house);
        let dir = TempDir::new().expect("a folder");
        let other = empty(house, dir.path());
        house.runtime.block_on(other.store().restore(&mut Cursor::new(&file))).expect("a restored store");
        let mut again = Vec::new();
        house.runtime.block_on(other.store().backup(&mut again)).expect("a backup of it");
        let rows = |file: &[u8]| {
            let mut rows: Vec<String> = String::from_utf8_lossy(file).lines().skip(1).map(str::to_owned).collect();
            rows.sort();
            rows
        };
        assert_eq!(rows(&file), rows(&again));
        let (before, after) =
            house.runtime.block_on(async { (house.service.store().verify().await, other.store().verify().await) });
        let (before, after) = (before.expect("a verdict"), after.expect("a verdict"));
        assert!(before == after && after.broken.is_none(), "{before:?} {after:?}");
        house.runtime.block_on(other.store().restore(&mut Cursor::new(&file))).expect_err("it is not empty any more");
    });
}

#[test]
fn a_backup_that_was_cut_off_restores_nothing() {
    on_every_store(|house| {
        house.person("planner");
        let file = backup(house);
        let dir = TempDir::new().expect("a folder");
        let other = empty(house, dir.path());
        for length in [0, 10, file.len() / 2, file.len() - 20] {
            house
                .runtime
                .block_on(other.store().restore(&mut Cursor::new(&file[..length])))
                .expect_err("half a backup");
        }
        house.runtime.block_on(other.store().restore(&mut Cursor::new(&file))).expect("nothing of the halves was kept");
    });
}

#[test]
fn everything_about_a_case_can_be_taken_out_and_nothing_of_another() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let cases = planner.get(&format!("/api/v1/weeks/{week}/cases")).expect(200).json();
        let case = cases["cases"][0]["case"].as_str().unwrap().to_owned();
        house.person("gatekeeper").get(&format!("/api/v1/weeks/{week}/cases/{case}")).expect(200);
        for subject in [&case, cases["cases"][1]["case"].as_str().unwrap()] {
            let event = json!({ "version": house.version(&week), "kind": "release_withdrawn", "subject": subject, "at": "2027-01-15T09:30" });
            house.person("gatekeeper").post(&format!("/api/v1/weeks/{week}/events"), &event).expect(201);
        }
        let record =
            house.person("auditor").get(&format!("/api/v1/weeks/{week}/cases/{case}/record")).expect(200).json();
        assert_eq!(record["rows"]["cases.csv"].as_array().unwrap().len(), 1);
        let persons: Vec<&Value> =
            record["rows"]["persons.csv"].as_array().unwrap().iter().map(|row| &row["person"]).collect();
        assert!(!persons.is_empty() && record["rows"]["documents.csv"].is_array());
        for (table, rows) in record["rows"].as_object().unwrap() {
            for row in rows.as_array().unwrap() {
                let of_person = row["case"].is_null() && persons.contains(&&row["person"]);
                assert!(of_person || row["case"] == case.as_str(), "{table} {row}");
            }
        }
        assert!(record["versions"][0]["departure"].is_object() || record["versions"][0]["not-planned"].is_object());
        let events = record["events"].as_array().unwrap();
        assert_eq!((events.len(), &events[0]["subject"]), (1, &json!(case)), "{events:?}");
        let lines = house.person("auditor").get("/api/v1/journal-lines?limit=1000").expect(200).json();
        let reported = lines["lines"].as_array().unwrap().iter().find(|line| line["action"] == "report event").unwrap();
        assert!(!reported["detail"].as_str().unwrap().contains("release_withdrawn"), "{reported}");
        let readers: Vec<&Value> = record["journal"].as_array().unwrap().iter().map(|line| &line["who"]).collect();
        assert!(readers.contains(&&json!("gatekeeper")) && readers.contains(&&json!("auditor")), "{readers:?}");
    });
}

#[test]
fn weeks_that_need_not_be_kept_go_with_everything_but_their_lines() {
    on_every_store(|house| {
        let week = house.planned_week();
        let purge = |before: &str| house.runtime.block_on(house.service.store().purge(before, "five years"));
        for none in ["someday", "2022-W99", "2022-W00", "abcd-W01", "+202-W01", "zzzz-Wzz"] {
            purge(none).expect_err("it is no week");
        }
        assert_eq!(purge("2027-W03").expect("a purge"), Vec::<String>::new(), "the week itself is not before it");
        assert_eq!(purge("2027-W04").expect("a purge"), std::slice::from_ref(&week));
        house.person("planner").get(&format!("/api/v1/weeks/{week}")).expect(404);
        let left = String::from_utf8(backup(house)).expect("a text");
        assert!(!left.contains("\"table\":\"blobs\"") && !left.contains("\"table\":\"folders\""), "{left}");
        let lines =
            house.person("auditor").get(&format!("/api/v1/journal-lines?subject=week%20{week}")).expect(200).json();
        let actions: Vec<&str> =
            lines["lines"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect();
        assert!(actions.contains(&"purge") && actions.contains(&"take in"), "{actions:?}");
        let verdict = house.runtime.block_on(house.service.store().verify()).expect("a verdict");
        assert_eq!(verdict.broken, None);
    });
}

/// The program as it is run, on a folder.
struct Program {
    child: Child,
    address: SocketAddr,
    code: Option<String>,
}

impl Program {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vertrek"))
            .args(["serve", "--listen", "127.0.0.1:0", "--workers", "1", "--data"])
            .arg(data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut line = || lines.next().and_then(Result::ok).unwrap_or_default();
        let first = line();
        let address = first.split("http://").nth(1).and_then(|rest| rest.trim_end_matches('/').parse().ok());
        let code = if data.join("has-account").exists() { None } else { line().rsplit(' ').next().map(str::to_owned) };
        Self { child, address: address.unwrap_or_else(|| panic!("{first}")), code }
    }

    fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn log_in(address: SocketAddr, name: &str) -> String {
    let body = json!({ "name": name, "password": PASSWORD }).to_string();
    let answer = send(address, "POST", "/api/v1/sessions", &[("Content-Type", "application/json")], body.as_bytes());
    answer.expect(201).json()["token"].as_str().expect("a token").to_owned()
}

/// How often the program is killed; more when asked, in a longer run.
fn kills() -> u32 {
    std::env::var("VERTREK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6)
}

#[test]
fn what_was_acknowledged_is_there_after_the_program_was_killed() {
    let dir = TempDir::new().expect("a folder");
    let program = Program::start(dir.path());
    let form =
        format!("code={}&name=admin&password={}", program.code.clone().expect("a code"), PASSWORD.replace(' ', "+"));
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    send(program.address, "POST", "/first-account", &[kind], form.as_bytes()).expect(303);
    let admin = format!("Bearer {}", log_in(program.address, "admin"));
    let account = json!({ "name": "planner", "password": PASSWORD, "roles": ["planner", "auditor"] }).to_string();
    let headers = [("Authorization", admin.as_str()), ("Content-Type", "application/json")];
    send(program.address, "POST", "/api/v1/accounts", &headers, account.as_bytes()).expect(201);
    std::fs::write(dir.path().join("has-account"), "").expect("a mark");
    program.kill();

    // The rounds, and one more that looks for what the last of them acknowledged.
    let body = json!({ "files": folder() }).to_string();
    let mut acknowledged: Vec<String> = Vec::new();
    for kill in 0..=kills() {
        let program = Program::start(dir.path());
        let token = format!("Bearer {}", log_in(program.address, "planner"));
        let weeks = send(program.address, "GET", "/api/v1/weeks", &[("Authorization", &token)], b"").expect(200).json();
        let there: Vec<&str> =
            weeks["weeks"].as_array().unwrap().iter().map(|week| week["id"].as_str().unwrap()).collect();
        for week in &acknowledged {
            assert!(there.contains(&week.as_str()), "{week} was acknowledged before kill {kill} and is gone");
        }
        let verdict = send(program.address, "GET", "/api/v1/journal-verdict", &[("Authorization", &token)], b"")
            .expect(200)
            .json();
        assert_eq!(verdict["whole"], json!(true), "kill {kill}: {verdict}");
        if kill == kills() {
            program.kill();
            break;
        }
        // Somebody writes as fast as they can while somebody else pulls the plug.
        let address = program.address;
        let (body, token) = (body.clone(), token.clone());
        let writer = std::thread::spawn(move || {
            let mut done = Vec::new();
            let until = Instant::now() + Duration::from_secs(10);
            while Instant::now() < until {
                let headers = [("Authorization", token.as_str()), ("Content-Type", "application/json")];
                match super::http::try_send(address, "POST", "/api/v1/weeks", &headers, body.as_bytes()) {
                    Some(Answer { status: 201, body, .. }) => {
                        let week: Value = serde_json::from_slice(&body).expect("a whole answer");
                        done.push(week["id"].as_str().expect("an id").to_owned());
                    }
                    _ => break,
                }
            }
            done
        });
        std::thread::sleep(Duration::from_millis(u64::from(15 + (kill * 37) % 120)));
        program.kill();
        acknowledged.extend(writer.join().expect("the writer ends"));
    }
    assert!(!acknowledged.is_empty(), "nothing was ever acknowledged");
}
