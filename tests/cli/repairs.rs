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

#[test]
fn reasons_and_scarcity_are_printed_for_people_and_programs() {
    let desk = tempfile::tempdir().expect("a desk");
    let out = desk.path().join("plan").to_string_lossy().into_owned();
    let demo = repository("fixtures/demo").to_string_lossy().into_owned();
    assert_eq!(vertrek(&["plan", &demo, "--out", &out, "--gap", "0"]).code, Some(0));
    let plan = format!("{out}/plan.json");
    // C01 is left out for want of escorts; C12 is planned.
    let run = vertrek(&["explain", &demo, &plan, "--case", "C01"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("What stands in its way") && run.out.contains("one more escort"), "{}", run.out);
    let run = vertrek(&["explain", &demo, &plan, "--case", "C12", "--lang", "nl"]);
    assert!(run.out.contains("Niet gepland: het plan als geheel verliest"), "{}", run.out);
    let run = vertrek(&["explain", &demo, &plan, "--case", "C01", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert!(json["reasons"]["opening"]["units"].is_array() && json["not_planned"].is_object(), "{}", run.out);
    let run = vertrek(&["scarce", &demo, "--top", "3"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("one more escort with a visa for MA"), "{}", run.out);
    let run = vertrek(&["scarce", &demo, "--from", &plan, "--top", "2", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["units"].as_array().map(Vec::len), Some(2), "{}", run.out);
    let run =
        vertrek(&["whatif", &demo, "--experiment", "savings", "--set", "legs.csv:L001:seats=80", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["experiments"].as_array().map(Vec::len), Some(4), "{}{}", run.out, run.err);
    assert_eq!(json["scenarios"].as_array().map(Vec::len), Some(6), "{}", run.out);
}

#[test]
fn approved_plans_are_chained_and_shown_as_they_were() {
    let desk = tempfile::tempdir().expect("a desk");
    let path = |name: &str| desk.path().join(name).to_string_lossy().into_owned();
    let demo = repository("fixtures/demo").to_string_lossy().into_owned();
    assert_eq!(vertrek(&["plan", &demo, "--out", &path("plan")]).code, Some(0));
    let events = "event,at,kind,subject,until,value\nG1,2027-04-22T08:00:00+02:00,procedure_opened,C12,,\n";
    fs::write(path("events.csv"), events).expect("events can be written");
    let (from, out) = (path("plan/plan.json"), path("repaired"));
    let run = vertrek(&["replan", &demo, "--from", &from, "--events", &path("events.csv"), "--out", &out]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    // The repair cannot come before the plan that it repairs.
    let run = vertrek(&["approve", &path("repaired/plan.json"), "--by", "V1", "--lang", "nl"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("staat niet in het journaal"), "{}", run.err);
    assert_eq!(vertrek(&["approve", &from, "--by", "V1"]).code, Some(0));
    let run = vertrek(&["approve", &path("repaired/plan.json"), "--by", "V2"]);
    assert!(run.out.contains("after 1 events; approved by V2"), "{}{}", run.out, run.err);
    let journal = path("journal.jsonl");
    let run = vertrek(&["journal", &journal, "--format", "json"]);
    let entries: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(entries[1]["body"]["parent"], entries[0]["body"]["plan"]);
    assert_eq!(entries[1]["body"]["events"][0]["subject"], "C12");
    // The first plan is shown as it was, also when its folder is gone.
    let (summary, plan) =
        (fs::read_to_string(path("plan/summary.txt")).expect("a summary"), fs::read(&from).expect("a plan"));
    fs::remove_dir_all(path("plan")).expect("can be removed");
    let hash = entries[0]["body"]["plan"].as_str().expect("a hash").to_owned();
    let run = vertrek(&["journal", &journal, "--show", &hash[..10]]);
    assert_eq!(run.out.trim_end(), summary.trim_end());
    let run = vertrek(&["journal", &journal, "--show", &hash, "--format", "json"]);
    assert_eq!(run.out.trim_end().as_bytes(), plan.trim_ascii_end());
    assert_eq!(vertrek(&["journal", &journal, "--show", "none"]).code, Some(2));
    // A copy or an entry that is not as it was written is seen.
    let copy = desk.path().join("journal").join(&hash).join("plan.json");
    fs::write(&copy, b"{}").expect("can be written");
    assert_eq!(vertrek(&["journal", &journal]).code, Some(2));
    fs::write(&copy, plan).expect("can be written");
    assert_eq!(vertrek(&["journal", &journal]).code, Some(0));
    for name in ["summary.txt", "samenvatting.txt"] {
        let copy = desk.path().join("journal").join(&hash).join(name);
        let Ok(was) = fs::read(&copy) else { continue };
        fs::write(&copy, b"nothing to see").expect("can be written");
        let run = vertrek(&["journal", &journal, "--show", &hash]);
        assert_eq!(run.code, Some(2), "{}", run.out);
        assert!(run.err.contains(name), "{}", run.err);
        fs::write(&copy, was).expect("can be written");
    }
    // A changes.json that cannot be read, or that is of another plan, is not passed over.
    let changes = fs::read_to_string(path("repaired/changes.json")).expect("changes");
    let made = changes.find("\"made_at\": \"20").expect("a moment") + 12;
    let foreign = format!("{}1999{}", &changes[..made], &changes[made + 4..]);
    for (text, what) in [("{", "is no changes.json"), (foreign.as_str(), "is of another plan")] {
        fs::write(path("repaired/changes.json"), text).expect("can be written");
        let run = vertrek(&["approve", &path("repaired/plan.json"), "--by", "V2"]);
        assert_eq!(run.code, Some(2), "{}", run.out);
        assert!(run.err.contains(what), "{}", run.err);
    }
    let text = fs::read_to_string(&journal).expect("a journal");
    fs::write(&journal, text.replace("V1", "V9")).expect("can be written");
    let run = vertrek(&["journal", &journal]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("broken at line 1"), "{}", run.err);
}
