//! What the plan could not meet, and the cases that a closed gate keeps at home.

use super::words;
use crate::gates::words as gate_words;
use crate::lang::Lang;
use crate::publish::facts::Facts;
use crate::publish::format::{clock_on, date_of, moment};
use crate::publish::page::{Align, heading, table, wrap};
use crate::publish::words as common;
use crate::week::{Duty, Span, Transfer};
use std::collections::BTreeMap;

pub(super) fn section(facts: &Facts, lang: Lang) -> String {
    let parts = [transfers(facts, lang), duties(facts, lang), left_out(facts, lang)].concat();
    let mut page = heading(words::unmet_heading(lang));
    page += if parts.is_empty() { words::all_met(lang) } else { &parts };
    page + &closed(facts, lang)
}

fn window(span: &Span, lang: Lang) -> String {
    format!("{}–{}", moment(lang, span.from()), clock_on(lang, span.until(), date_of(span.from())))
}

fn transfers(facts: &Facts, lang: Lang) -> String {
    let unmet: Vec<&Transfer> =
        facts.plan.unmet.transfers.iter().filter_map(|id| facts.week.transfers.get(id)).collect();
    if unmet.is_empty() {
        return String::new();
    }
    let row = |t: &&Transfer| {
        vec![
            t.id.to_string(),
            t.persons.to_string(),
            common::class(lang, t.class).to_owned(),
            format!("{} → {}", t.from, t.to),
            window(&t.pickup, lang),
            window(&t.dropoff, lang),
        ]
    };
    let columns = [
        (words::transfer(lang), Align::Left),
        (words::persons(lang), Align::Right),
        (words::class(lang), Align::Left),
        (words::way(lang), Align::Left),
        (words::pickup_window(lang), Align::Left),
        (words::dropoff_window(lang), Align::Left),
    ];
    let rows: Vec<Vec<String>> = unmet.iter().map(row).collect();
    format!("{}\n{}", words::unmet_transfers(lang, unmet.len()), table(4, &columns, &rows))
}

fn duties(facts: &Facts, lang: Lang) -> String {
    let unmet = &facts.plan.unmet.duties;
    if unmet.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = unmet
        .iter()
        .filter_map(|missing| Some((facts.week.duties.get(&missing.duty)?, missing.missing)))
        .map(|(duty, missing)| {
            let asks = asks(duty, lang);
            vec![duty.id.to_string(), window(&duty.span, lang), asks, format!("{missing} / {}", duty.count)]
        })
        .collect();
    let columns = [
        (words::duty(lang), Align::Left),
        (words::time(lang), Align::Left),
        (words::asks(lang), Align::Left),
        (words::missing(lang), Align::Right),
    ];
    format!("{}\n{}", words::unmet_duties(lang, unmet.iter().map(|d| d.missing).sum()), table(4, &columns, &rows))
}

/// Role and skill a fixed duty asks for.
pub(super) fn asks(duty: &Duty, lang: Lang) -> String {
    let role = duty.role.map_or(words::any_role(lang), |role| common::role(lang, role));
    match &duty.skill {
        Some(skill) => format!("{role}, {} {skill}", words::skill(lang)),
        None => role.to_owned(),
    }
}

/// Cases with the same reason stand together, in order of the first.
fn left_out(facts: &Facts, lang: Lang) -> String {
    let mut by_reason: Vec<(String, Vec<&str>)> = Vec::new();
    let (mut cases, mut persons) = (0, 0);
    for case in facts.left_out() {
        cases += 1;
        persons += facts.persons(&case.case);
        let reason = common::reason(lang, case);
        match by_reason.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, same)) => same.push(case.case.as_str()),
            None => by_reason.push((reason, vec![case.case.as_str()])),
        }
    }
    if by_reason.is_empty() {
        return String::new();
    }
    let lines = by_reason.iter().map(|(reason, cases)| wrap("    ", &format!("{}: {reason}.", cases.join(", "))));
    format!("{}\n{}", words::left_out(lang, cases, &common::persons(lang, persons)), lines.collect::<String>())
}

fn closed(facts: &Facts, lang: Lang) -> String {
    let mut counts: BTreeMap<(&'static str, &'static str), (usize, u32)> = BTreeMap::new();
    for case in facts.closed() {
        let Some(closed) = facts.first_closed().get(&case.case) else { continue };
        let key = (gate_words::gate(closed.gate, lang), gate_words::owner(closed.owner, lang));
        let (cases, persons) = counts.entry(key).or_default();
        *cases += 1;
        *persons += facts.persons(&case.case);
    }
    if counts.is_empty() {
        return String::new();
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(key, (cases, _))| (std::cmp::Reverse(*cases), *key));
    let row = |((gate, owner), (cases, persons)): &((&str, &str), (usize, u32))| {
        vec![cases.to_string(), persons.to_string(), (*gate).to_owned(), (*owner).to_owned()]
    };
    let rows: Vec<Vec<String>> = counts.iter().map(row).collect();
    let columns = [
        (words::cases(lang), Align::Right),
        (words::persons(lang), Align::Right),
        (words::gate_column(lang), Align::Left),
        (words::opened_by(lang), Align::Left),
    ];
    let total = facts.closed().count();
    let mut page = heading(&words::closed_heading(lang, total));
    page += &wrap("", words::closed_legend(lang));
    page += &table(2, &columns, &rows);
    page + &wrap("", words::closed_hint(lang))
}
