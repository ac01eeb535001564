//! Notices that are marked as given: of what is published, in time, with who and when; and every later plan counts with them.

use super::house::{Person, on_every_store};
use super::life::{publish, step};
use serde_json::{Value, json};

const HOUR: i64 = 3600;

fn give(person: &Person<'_>, week: &str, case: &str, at: &str) -> super::http::Answer {
    let body = json!({ "case": case, "given-at": at, "why": "with an interpreter" });
    person.post(&format!("/api/v1/weeks/{week}/notices"), &body)
}

fn departure(planner: &Person<'_>, week: &str, plan: i64, case: &str) -> Value {
    let plan = planner.get(&format!("/api/v1/weeks/{week}/plans/{plan}")).expect(200).json();
    plan["departures"].as_array().unwrap().iter().find(|one| one["case"] == case).cloned().unwrap_or_default()
}

#[test]
fn a_notice_that_was_given_is_kept_by_every_later_plan() {
    on_every_store(|house| {
        let week = house.planned_week();
        let gatekeeper = || house.person("gatekeeper");
        give(&gatekeeper(), &week, "C1", "2027-01-15T10:00").expect(409);
        publish(house, &week);
        let early = give(&gatekeeper(), &week, "C1", "2027-01-15T10:00").expect(400).json();
        assert_eq!(early["errors"][0]["field"], "given-at", "{early}");
        house.pass_and_renew(2 * HOUR);
        give(&gatekeeper(), &week, "C2", "").expect(409);
        give(&gatekeeper(), &week, "C9", "").expect(400);
        let page = gatekeeper().page(&format!("/weeks/{week}/work-list?lang=en")).expect(200).text();
        assert!(page.contains(&format!("action=\"/weeks/{week}/notices\"")) && page.contains("late"), "{page}");
        let given = give(&gatekeeper(), &week, "C1", "2027-01-15T10:05").expect(201).json();
        assert_eq!((&given["legs"], &given["marked-by"]), (&json!(["L1"]), &json!("gatekeeper")), "{given}");
        for (lang, told) in [("en", "Notices that were given"), ("nl", "Gedane aanzeggingen")] {
            let page = gatekeeper().page(&format!("/weeks/{week}/work-list?lang={lang}")).expect(200).text();
            assert!(page.contains(told) && page.contains("with an interpreter"), "{page}");
        }
        assert!(house.person("planner").page(&format!("/weeks/{week}?lang=en")).expect(200).text().contains(">told<"));

        step(house, "planner", &week, "runs", &[]).expect(201);
        house.work();
        let planner = house.person("planner");
        let kept = departure(&planner, &week, 2, "C1");
        assert_eq!((&kept["slot"], &kept["noticed_at"]), (&Value::Null, &json!("2027-01-15T10:05:00+01:00")), "{kept}");
        let verdict = planner.get(&format!("/api/v1/weeks/{week}/plans/2/verdict")).expect(200).json();
        assert_eq!(verdict["fine"], json!(true), "{verdict}");
        // The version before is judged by what it knew.
        let verdict = planner.get(&format!("/api/v1/weeks/{week}/plans/1/verdict")).expect(200).json();
        assert_eq!(verdict["fine"], json!(true), "{verdict}");
        let record = house.person("auditor").get(&format!("/api/v1/weeks/{week}/cases/C1/record")).expect(200).json();
        assert_eq!(record["notices"].as_array().unwrap().len(), 1);
        let line = record["journal"].as_array().unwrap().iter().find(|line| line["action"] == "give notice").cloned();
        assert_eq!(line.expect("a line")["who"], "gatekeeper");

        let back = format!("/api/v1/weeks/{week}/notices/C1/withdrawals");
        gatekeeper().post(&back, &json!({})).expect(400);
        gatekeeper().post(&back, &json!({ "why": "another case" })).expect(204);
        gatekeeper().post(&back, &json!({ "why": "another case" })).expect(404);
        let left = gatekeeper().get(&format!("/api/v1/weeks/{week}/notices")).expect(200).json();
        assert_eq!(left["notices"], json!([]));
    });
}

#[test]
fn what_is_told_too_late_for_its_flight_is_no_notice() {
    on_every_store(|house| {
        let week = house.planned_week();
        publish(house, &week);
        house.pass_and_renew(3 * 24 * HOUR);
        let late = give(&house.person("planner"), &week, "C1", "2027-01-18T08:00").expect(400).json();
        assert!(late["errors"][0]["detail"].as_str().unwrap().contains("too late"), "{late}");
        give(&house.person("planner"), &week, "C1", "").expect(201);
    });
}

#[test]
fn a_plan_that_does_not_know_who_was_told_is_not_proposed() {
    on_every_store(|house| {
        let week = house.planned_week();
        publish(house, &week);
        let event = [
            ("kind", json!("release_withdrawn")),
            ("subject", json!("C1")),
            ("at", json!("2027-01-15T09:00:00+01:00")),
        ];
        step(house, "planner", &week, "events", &event).expect(201);
        house.work();
        step(house, "planner", &week, "acceptances", &[("plan", json!(2))]).expect(200);
        house.pass_and_renew(2 * HOUR);
        give(&house.person("planner"), &week, "C1", "").expect(201);
        let refused = step(house, "planner", &week, "proposals", &[]).expect(409).json();
        assert_eq!(refused["type"], "urn:vertrek:problem:told-since");
        assert_eq!(refused["errors"][0]["field"], "C1");
        step(house, "planner", &week, "runs", &[("kind", json!("repair"))]).expect(201);
        house.work();
        step(house, "planner", &week, "acceptances", &[("plan", json!(3))]).expect(200);
        step(house, "planner", &week, "proposals", &[]).expect(200);
    });
}
