//! What is kept: a whole store in one file and back, from one kind of database to the other; everything about one case; and
//! what need not be kept any longer goes.

use super::house::{House, on_every_store};
use serde_json::{Value, json};
use std::io::Cursor;
use std::path::Path;
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
