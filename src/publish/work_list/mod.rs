//! The work list of closed gates: each case under everybody who can open something for it, soonest gain first. As text,
//! as JSON and as a table.

mod words;

use super::format::{euro, moment};
use super::page::{heading, page_title, wrap};
use super::sheet::{decimal, sheet, time};
use super::words as common;
use crate::gates::{Closed, words as gate_words};
use crate::lang::Lang;
use crate::options::{self, WorkGroup, WorkItem};
use crate::units::Euro;
use crate::week::{Case, RowRef, Week};
use serde::Serialize;
use std::collections::BTreeSet;

/// The work list as text; lines of at most 110 characters.
pub fn work_list(week: &Week, lang: Lang) -> String {
    let groups = options::work_list(week);
    let mut page = page_title(&words::title(lang, &week.week));
    let closed: BTreeSet<usize> = groups.iter().flat_map(|group| &group.items).map(|item| item.case).collect();
    page += &wrap("", &words::intro(lang, &moment(lang, week.now), closed.len(), week.cases.len()));
    if !groups.is_empty() {
        page += &wrap("", words::legend(lang));
    }
    for group in &groups {
        let owner = common::sentence(gate_words::owner(group.owner, lang));
        let flights = group.items.iter().filter(|item| item.soonest.is_some()).count();
        page += &heading(&words::owner(lang, &owner, group.items.len(), flights, &euro(lang, group.gain)));
        for item in &group.items {
            page += &entry(week, item, lang);
        }
    }
    page
}

fn case<'a>(week: &'a Week, item: &WorkItem) -> &'a Case {
    &week.cases.rows()[item.case]
}

fn first_departure(item: &WorkItem, lang: Lang) -> String {
    item.soonest.map_or(words::no_flight(lang).to_owned(), |at| moment(lang, at))
}

fn also(item: &WorkItem, lang: Lang) -> Vec<&'static str> {
    item.also.iter().map(|owner| gate_words::owner(*owner, lang)).collect()
}

fn rows(rows: &[RowRef]) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}

fn entry(week: &Week, item: &WorkItem, lang: Lang) -> String {
    let case = case(week, item);
    let persons = common::persons(lang, case.persons(week));
    let facts = words::case(lang, &persons, &first_departure(item, lang), &euro(lang, item.gain));
    let mut entry = wrap(&format!("  {}  ", case.id), &facts);
    for closed in &item.closed {
        let gate = gate_words::gate(closed.gate, lang);
        let why = gate_words::why(closed, lang);
        let rows = rows(&closed.rows).join(" ");
        entry += &wrap("      ", &format!("{gate}: {why} [{rows}]"));
        entry += &wrap("      → ", &gate_words::remedy(closed, lang));
    }
    let also = also(item, lang);
    if !also.is_empty() {
        entry += &wrap("      ", &words::also(lang, &also.join(", ")));
    }
    entry
}

#[derive(Serialize)]
struct GroupJson {
    owner: &'static str,
    gain: Euro,
    cases: Vec<CaseJson>,
}

#[derive(Serialize)]
struct CaseJson {
    case: String,
    persons: u32,
    gain: Euro,
    first_departure: Option<String>,
    closed: Vec<ClosedJson>,
    also: Vec<&'static str>,
}

#[derive(Serialize)]
struct ClosedJson {
    gate: &'static str,
    person: Option<String>,
    why: String,
    opens_when: String,
    opens_at: Option<String>,
    rows: Vec<String>,
}

/// The work list as JSON: an array of owners, each with its cases; sentences are in `lang`, times RFC 3339.
pub fn work_list_json(week: &Week, lang: Lang) -> String {
    let groups: Vec<GroupJson> = options::work_list(week).iter().map(|group| group_json(week, group, lang)).collect();
    // Nothing in these types can fail to be written.
    serde_json::to_string_pretty(&groups).unwrap_or_default() + "\n"
}

fn group_json(week: &Week, group: &WorkGroup, lang: Lang) -> GroupJson {
    let case = |item: &WorkItem| CaseJson {
        case: case(week, item).id.to_string(),
        persons: case(week, item).persons(week),
        gain: item.gain.to_cents(),
        first_departure: item.soonest.map(time),
        closed: item.closed.iter().map(|closed| closed_json(closed, lang)).collect(),
        also: also(item, lang),
    };
    let owner = gate_words::owner(group.owner, lang);
    GroupJson { owner, gain: group.gain.to_cents(), cases: group.items.iter().map(case).collect() }
}

fn closed_json(closed: &Closed, lang: Lang) -> ClosedJson {
    ClosedJson {
        gate: closed.gate.word(),
        person: closed.person.as_ref().map(ToString::to_string),
        why: gate_words::why(closed, lang),
        opens_when: gate_words::remedy(closed, lang),
        opens_at: closed.opens_at.map(time),
        rows: rows(&closed.rows),
    }
}

const COLUMNS: [&str; 11] =
    ["owner", "case", "persons", "gain", "first_departure", "gate", "why", "opens_when", "opens_at", "also", "rows"];

/// `gates.csv`: a row for each closed gate of each case; sentences are in `lang`.
pub(super) fn file(week: &Week, lang: Lang) -> Vec<u8> {
    let mut lines = Vec::new();
    for group in options::work_list(week) {
        for item in &group.items {
            lines.extend(item.closed.iter().map(|closed| {
                vec![
                    gate_words::owner(group.owner, lang).to_owned(),
                    case(week, item).id.to_string(),
                    case(week, item).persons(week).to_string(),
                    decimal(item.gain.get()),
                    item.soonest.map_or(String::new(), time),
                    closed.gate.word().to_owned(),
                    gate_words::why(closed, lang),
                    gate_words::remedy(closed, lang),
                    closed.opens_at.map_or(String::new(), time),
                    also(item, lang).join(", "),
                    rows(&closed.rows).join(" "),
                ]
            }));
        }
    }
    sheet(&COLUMNS, &lines)
}
