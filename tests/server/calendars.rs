//! Calendars that people follow: from one publication to the next what changed counts as later, what is gone is cancelled, and
//! what stayed is left alone.

use super::house::{House, on_every_store};
use super::life::{publish, step};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The events of a calendar by their id, each as property → value, and its method; nothing where nobody was ever told anything.
fn calendar(house: &House, path: &str) -> (String, BTreeMap<String, BTreeMap<String, String>>) {
    let answer = house.person("planner").get(path);
    if answer.status == 404 {
        return (String::new(), BTreeMap::new());
    }
    let text = answer.expect(200).text().replace("\r\n ", "");
    let (mut events, mut method) = (BTreeMap::new(), String::new());
    let mut event: BTreeMap<String, String> = BTreeMap::new();
    for line in text.lines() {
        let (name, value) = line.split_once(':').expect("name and value");
        match (name, value) {
            ("BEGIN", "VEVENT") => event = BTreeMap::new(),
            ("END", "VEVENT") => drop(events.insert(event["UID"].clone(), std::mem::take(&mut event))),
            ("METHOD", _) => value.clone_into(&mut method),
            _ => drop(event.insert(name.to_owned(), value.to_owned())),
        }
    }
    (method, events)
}

fn sequence(event: &BTreeMap<String, String>) -> u32 {
    event["SEQUENCE"].parse().expect("a number")
}

#[test]
fn what_changed_counts_as_later_what_is_gone_is_cancelled_and_what_stayed_is_left_alone() {
    on_every_store(|house| {
        let week = house.planned_week();
        let mut paths: Vec<String> =
            ["E1", "E2", "E3", "E4", "E5"].map(|id| format!("/api/v1/weeks/{week}/escorts/{id}/calendar")).into();
        paths.extend(["V1", "V2", "V3"].map(|id| format!("/api/v1/weeks/{week}/shifts/{id}/calendar")));
        paths.push(format!("/api/v1/weeks/{week}/notice-products/notices.ics"));
        let all = || paths.iter().map(|path| calendar(house, path)).collect::<Vec<_>>();
        publish(house, &week);
        let first = all();
        assert!(
            first
                .iter()
                .flat_map(|(_, events)| events.values())
                .all(|event| sequence(event) == 0 && event["STATUS"] == "CONFIRMED")
        );

        let event =
            [("kind", json!("leg_cancelled")), ("subject", json!("L1")), ("at", json!("2027-01-15T09:00:00+01:00"))];
        step(house, "planner", &week, "events", &event).expect(201);
        house.work();
        step(house, "planner", &week, "acceptances", &[("plan", json!(2))]).expect(200);
        house.pass(60);
        publish(house, &week);
        let second = all();
        step(house, "planner", &week, "reversals", &[]).expect(200);
        house.pass(60);
        publish(house, &week);
        let third = all();

        let (mut stayed, mut cancelled, mut back) = (0, 0, 0);
        for (before, after) in first.iter().zip(&second).chain(second.iter().zip(&third)) {
            for (id, was) in &before.1 {
                let is = &after.1[id];
                let same = ["DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS"]
                    .iter()
                    .all(|name| was.get(*name) == is.get(*name));
                assert_eq!(sequence(is), sequence(was) + u32::from(!same), "{was:?} {is:?}");
                assert_eq!(was["DTSTAMP"] == is["DTSTAMP"], same, "{was:?} {is:?}");
                stayed += usize::from(same);
                cancelled += usize::from(is["STATUS"] == "CANCELLED" && was["STATUS"] == "CONFIRMED");
                back += usize::from(is["STATUS"] == "CONFIRMED" && was["STATUS"] == "CANCELLED");
            }
        }
        assert!(stayed > 0 && cancelled > 0 && back > 0, "{stayed} stayed, {cancelled} cancelled, {back} came back");
        for (method, events) in first.iter().chain(&second).chain(&third).filter(|(method, _)| !method.is_empty()) {
            let nothing_left = !events.is_empty() && events.values().all(|event| event["STATUS"] == "CANCELLED");
            assert_eq!(method, if nothing_left { "CANCEL" } else { "PUBLISH" });
        }
        // A plan that nobody published is in no calendar.
        let event =
            [("kind", json!("shift_out")), ("subject", json!("V1")), ("at", json!("2027-01-15T09:00:00+01:00"))];
        step(house, "planner", &week, "events", &event).expect(201);
        house.work();
        let runs = house.person("planner").get(&format!("/api/v1/weeks/{week}/plans")).expect(200).json();
        let latest: &Value = &runs["plans"][0]["plan"];
        step(house, "planner", &week, "acceptances", &[("plan", latest.clone())]).expect(200);
        assert_eq!(all(), third);
    });
}
