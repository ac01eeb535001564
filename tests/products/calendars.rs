//! Calendar files: valid by RFC 5545, in UTC, and the same event for the same thing from plan to plan.

use crate::{all, files, plan, product, week, week_of};
use chrono::TimeDelta;
use std::collections::BTreeMap;
use vertrek::lang::Lang;
use vertrek::plan::Plan;

/// Logical lines of a calendar file, checking the physical ones.
fn lines(name: &str, text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"), "{name} ends in a line break");
    let mut lines: Vec<String> = Vec::new();
    for line in text.split_terminator("\r\n") {
        assert!(!line.contains(['\r', '\n']), "{name}: every line break is CR LF: {line:?}");
        assert!(line.len() <= 75, "{name}: {} octets: {line}", line.len());
        match line.strip_prefix(' ') {
            Some(more) => lines.last_mut().expect("a line to continue").push_str(more),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The events of a calendar, each as property name → value.
fn events(name: &str, text: &str) -> Vec<BTreeMap<String, String>> {
    let mut events = Vec::new();
    let mut event: Option<BTreeMap<String, String>> = None;
    for line in lines(name, text) {
        match line.as_str() {
            "BEGIN:VEVENT" => event = Some(BTreeMap::new()),
            "END:VEVENT" => events.extend(event.take()),
            _ => {
                let (key, value) = line.split_once(':').expect("name and value");
                if let Some(event) = &mut event {
                    assert_eq!(event.insert(key.to_owned(), value.to_owned()), None, "{name}: {key} once");
                }
            }
        }
    }
    events
}

fn all_events(plan: &Plan) -> Vec<(String, BTreeMap<String, String>)> {
    let calendars = all(&week(), plan, Lang::En).into_iter().filter(|(name, _)| name.ends_with(".ics"));
    calendars
        .flat_map(|(name, text)| events(&name, &text).into_iter().map(move |event| (name.clone(), event)))
        .collect()
}

#[test]
fn calendars_read_as_agreed() {
    for name in ["rosters/E3.ics", "runsheets/V2.ics", "notices.ics"] {
        insta::assert_snapshot!(name.replace('/', "_"), product(name, Lang::En).replace("\r\n", "\n"));
    }
}

#[test]
fn every_calendar_is_published_and_names_its_maker() {
    for (name, text) in all(&week(), &plan(), Lang::Nl).into_iter().filter(|(name, _)| name.ends_with(".ics")) {
        let lines = lines(&name, &text);
        assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
        assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
        for line in ["VERSION:2.0", "METHOD:PUBLISH"] {
            assert!(lines.iter().any(|other| other == line), "{name}: {line}");
        }
        assert!(lines.iter().any(|line| line.starts_with("PRODID:")), "{name}");
    }
}

#[test]
fn events_are_in_utc_and_have_ids_of_their_own() {
    let events = all_events(&plan());
    // Six turns of duty, three runs, two contact moments.
    assert_eq!(events.len(), 11);
    let mut ids: Vec<&String> = events.iter().map(|(_, event)| &event["UID"]).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), events.len(), "no id is used twice");
    for (name, event) in &events {
        for key in ["DTSTAMP", "DTSTART"] {
            assert!(event[key].ends_with('Z'), "{name}: {key} {}", event[key]);
        }
        assert_eq!(event["DTSTAMP"], "20270114T073107Z");
        assert!(event.get("DTEND").is_none_or(|end| end.ends_with('Z') && *end > event["DTSTART"]), "{name}");
    }
    // E1 reports on Tuesday at 09:30 Amsterdam time, 08:30 UTC, and is off duty at 23:20.
    let turn = &events.iter().find(|(name, _)| name == "rosters/E1.ics").expect("E1 has work").1;
    assert_eq!((turn["DTSTART"].as_str(), turn["DTEND"].as_str()), ("20270119T083000Z", "20270119T222000Z"));
}

#[test]
fn a_later_plan_replaces_the_events_of_an_earlier_one() {
    let earlier = plan();
    let mut later = plan();
    later.made_at += TimeDelta::hours(3);
    for ((_, old), (_, new)) in all_events(&earlier).iter().zip(&all_events(&later)) {
        assert_eq!(old["UID"], new["UID"]);
        let sequence = |event: &BTreeMap<String, String>| event["SEQUENCE"].parse::<u32>().expect("a number");
        assert_eq!(sequence(new), sequence(old) + 180);
    }
}

#[test]
fn special_characters_are_escaped() {
    let text = lines("V2", &product("runsheets/V2.ics", Lang::En)).join("\n");
    assert!(text.contains(r#"GLE Gezinslocatie Emmen\; "Zuid": load C2"#), "{text}");
    assert!(text.contains(r"(family)\, 1 wheelchair"), "{text}");
}

#[test]
fn lines_are_folded_whatever_they_hold() {
    for length in 1..90 {
        let mut files = files();
        let locations = String::from_utf8(files["locations.csv"].clone()).expect("UTF-8");
        files.insert("locations.csv".into(), locations.replace("DTC Zeist", &"é".repeat(length)).into_bytes());
        for (name, text) in all(&week_of(&files), &plan(), Lang::En).iter().filter(|(name, _)| name.ends_with(".ics")) {
            lines(name, text);
        }
    }
}
