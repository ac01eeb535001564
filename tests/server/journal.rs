//! The journal: every read of a case and every change is in it, and a line that was tampered with is found.

use super::house::{House, on_every_store};
use serde_json::{Value, json};
use sqlx::AnyPool;

fn lines(house: &House) -> Vec<Value> {
    house.person("auditor").get("/api/v1/journal-lines?limit=1000").expect(200).json()["lines"]
        .as_array()
        .unwrap()
        .clone()
}

fn tamper(house: &House, statement: &'static str) {
    house.runtime.block_on(async {
        let pool = AnyPool::connect(&house.database).await.expect("the store");
        sqlx::query(statement).execute(&pool).await.expect("a change behind its back");
        pool.close().await;
    });
}

fn broken(house: &House) -> Option<i64> {
    house.person("auditor").get("/api/v1/journal-verdict").expect(200).json()["broken"].as_i64()
}

#[test]
fn every_read_of_a_case_and_every_change_is_in_the_journal() {
    on_every_store(|house| {
        let week = house.planned_week();
        let case =
            house.person("planner").get(&format!("/api/v1/weeks/{week}/cases")).expect(200).json()["cases"][0]["case"]
                .clone();
        let case = case.as_str().unwrap();
        house.person("gatekeeper").get(&format!("/api/v1/weeks/{week}/cases/{case}")).expect(200);
        house.person("auditor").page(&format!("/weeks/{week}/cases/{case}")).expect(200);
        let body = json!({ "version": house.version(&week), "why": "ready" });
        house.person("planner").post(&format!("/api/v1/weeks/{week}/proposals"), &body).expect(200);
        let lines = lines(house);
        let has = |who: &str, action: &str, subject: &str| {
            lines.iter().any(|line| line["who"] == who && line["action"] == action && line["subject"] == subject)
        };
        let (case, week) = (format!("case {week} {case}"), format!("week {week}"));
        for (who, action, subject) in [
            ("planner", "take in", week.as_str()),
            ("planner", "ask to plan", &week),
            ("planner", "make plan", &week),
            ("planner", "read cases", &week),
            ("gatekeeper", "read case", &case),
            ("auditor", "read case", &case),
            ("planner", "propose", &week),
            ("planner", "log in", "account planner"),
            ("admin", "make account", "account planner"),
        ] {
            assert!(has(who, action, subject), "{who} {action} {subject}: {lines:#?}");
        }
        assert!(lines.iter().any(|line| line["why"] == "ready"));
        assert_eq!(broken(house), None);
    });
}

#[test]
fn a_line_that_was_changed_is_found() {
    on_every_store(|house| {
        house.planned_week();
        assert_eq!(broken(house), None);
        tamper(house, "UPDATE journal SET who = 'somebody' WHERE seq = 3");
        assert_eq!(broken(house), Some(3));
    });
}

#[test]
fn a_line_that_was_taken_out_is_found() {
    on_every_store(|house| {
        house.planned_week();
        tamper(house, "DELETE FROM journal WHERE seq = 4");
        assert_eq!(broken(house), Some(4));
    });
}

#[test]
fn a_new_head_follows_from_every_line_before() {
    on_every_store(|house| {
        house.planned_week();
        let before = house.runtime.block_on(house.service.store().verify()).expect("a verdict");
        house.person("planner");
        house.person("approver");
        let after = house.runtime.block_on(house.service.store().verify()).expect("a verdict");
        assert!(after.lines > before.lines && after.head != before.head && after.broken.is_none());
    });
}
