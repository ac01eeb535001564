//! A plan under way from the command line: repaired, verified, offers, scenarios.

use crate::{repository, vertrek};
use std::fs;

#[test]
fn a_plan_is_repaired_and_the_repair_verified() {
    let desk = tempfile::tempdir().expect("a desk");
    let path = |name: &str| desk.path().join(name).to_string_lossy().into_owned();
    let demo = repository("fixtures/demo").to_string_lossy().into_owned();
    assert_eq!(vertrek(&["plan", &demo, "--out", &path("plan"), "--gap", "0"]).code, Some(0));
    let events = "event,at,kind,subject,until,value\nG1,2027-04-22T08:00:00+02:00,procedure_opened,C12,,\n";
    fs::write(path("events.csv"), events).expect("events can be written");
    let (from, out) = (path("plan/plan.json"), path("repaired"));
    let run =
        vertrek(&["replan", &demo, "--from", &from, "--events", &path("events.csv"), "--out", &out, "--gap", "0"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("gate procedure is closed (events.csv:2), by event G1"), "{}", run.out);
    let dutch = fs::read_to_string(path("repaired/changes.nl.txt")).expect("a Dutch page");
    assert!(dutch.contains("poort procedure is dicht (events.csv:2), door gebeurtenis G1"), "{dutch}");
    let (plan, changes) = (path("repaired/plan.json"), path("repaired/changes.json"));
    let check = |changes: &str| {
        vertrek(&["check", &demo, &plan, "--events", &path("events.csv"), "--from", &from, "--changes", changes])
    };
    let run = check(&changes);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    // Without the events C12 is not behind a gate; with a change left out, the repair is refused.
    assert_eq!(vertrek(&["check", &demo, &plan]).code, Some(1));
    let text = fs::read_to_string(&changes).expect("changes");
    let mut json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    json["changes"].as_array_mut().expect("a list").remove(0);
    fs::write(path("fewer.json"), json.to_string()).expect("can be written");
    let run = check(&path("fewer.json"));
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("C-listed"), "{}", run.out);
}

#[test]
fn bad_events_are_told_like_bad_tables_and_nothing_is_written() {
    let desk = tempfile::tempdir().expect("a desk");
    let path = |name: &str| desk.path().join(name).to_string_lossy().into_owned();
    let demo = repository("fixtures/demo").to_string_lossy().into_owned();
    let events = repository("fixtures/broken/W501-until-or-value-of-another-kind/events.csv");
    let events = events.to_string_lossy();
    let plan = repository("tests/products/plan.json").to_string_lossy().into_owned();
    let run = vertrek(&["replan", &demo, "--from", &plan, "--events", &events, "--out", &path("out"), "--lang", "nl"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("W501") && run.err.contains("gebeurtenis"), "{}", run.err);
    assert!(!desk.path().join("out").exists());
}

#[test]
fn offers_and_scenarios_are_printed_for_people_and_programs() {
    let desk = tempfile::tempdir().expect("a desk");
    let out = desk.path().join("plan").to_string_lossy().into_owned();
    let demo = repository("fixtures/demo").to_string_lossy().into_owned();
    assert_eq!(vertrek(&["plan", &demo, "--out", &out]).code, Some(0));
    let plan = format!("{out}/plan.json");
    let run = vertrek(&["offer", &demo, "--from", &plan, "--case", "C01", "--format", "json"]);
    let offers: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert!(offers.as_array().is_some_and(|list| !list.is_empty()), "{}", run.out);
    assert_eq!(vertrek(&["offer", &demo, "--from", &plan, "--case", "nobody"]).code, Some(2));
    let run = vertrek(&["whatif", &demo, "--set", "costs.escort_hour=60", "--without", "V06", "--time-limit", "2"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("costs.escort_hour") && run.out.contains("without V06"), "{}", run.out);
    let run = vertrek(&["whatif", &demo, "--without", "nobody", "--lang", "nl"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("nobody"), "{}", run.err);
}
