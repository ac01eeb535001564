//! What the plan takes for granted: chances that are not fitted, parameters that were set, drives that were computed.

use super::words;
use crate::calendar;
use crate::lang::Lang;
use crate::publish::facts::Facts;
use crate::publish::format::date_short;
use crate::publish::page::{heading, wrap};
use crate::rules::{PARAMETERS, Parameters, RiskBelief, RiskUse};
use crate::week::{LegKind, Week};

pub(super) fn section(facts: &Facts, lang: Lang) -> String {
    let week = facts.week;
    let mut points: Vec<String> = Vec::new();
    if !week.cases.is_empty() {
        let assumed = RiskBelief { usage: week.risk.usage, ..RiskBelief::default() } == week.risk;
        points.push(if assumed { words::risk_assumed(lang) } else { words::risk_set(lang) }.to_owned());
        if week.risk.usage == RiskUse::None {
            points.push(words::risk_not_used(lang).to_owned());
        }
        if week.cases.iter().any(|case| case.priority.get() != 1.0) {
            points.push(words::priorities(lang).to_owned());
        }
    }
    points.extend(parameters(week, lang));
    points.extend(drives(facts, lang));
    points.extend(standby(facts, lang));
    if !week.holidays.is_empty() {
        let dates: Vec<String> = week.holidays.iter().map(|date| date_short(lang, *date)).collect();
        points.push(words::holidays(lang, &dates.join(", ")));
    }
    if points.is_empty() {
        return String::new();
    }
    heading(words::assumptions_heading(lang)) + &points.iter().map(|point| wrap("  - ", point)).collect::<String>()
}

/// The parameters that this week sets to another value than the default, with both.
fn parameters(week: &Week, lang: Lang) -> Option<String> {
    let mine = Parameters {
        rules: week.rules.clone(),
        costs: week.costs.clone(),
        risk: week.risk.clone(),
        changes: week.changes.clone(),
    };
    let defaults = Parameters::in_force(calendar::local_date(week.start));
    let values = PARAMETERS.iter().map(|parameter| (parameter.key, parameter.value(&mine), parameter.value(&defaults)));
    let set = values.filter(|(_, value, default)| value != default);
    let mut texts: Vec<String> = set.map(|(key, value, default)| words::parameter(lang, key, value, default)).collect();
    let longer = &week.rules.notice_min_for;
    texts.extend(longer.iter().map(|(measure, hours)| format!("rules.notice_min_hours_for.{measure} = {hours}")));
    (!texts.is_empty()).then(|| words::parameters(lang, &texts.join("; ")))
}

fn drives(facts: &Facts, lang: Lang) -> Option<String> {
    let stops = facts.plan.routes.iter().flat_map(|route| route.stops.windows(2));
    let legs: Vec<_> = stops.map(|pair| (pair[0].location.clone(), pair[1].location.clone())).collect();
    let driven = legs.iter().filter(|(from, to)| from != to).count();
    let computed = legs.iter().filter(|leg| leg.0 != leg.1 && !facts.week.travel.contains_key(leg)).count();
    (computed > 0).then(|| words::drives(lang, computed, driven))
}

fn standby(facts: &Facts, lang: Lang) -> Option<String> {
    let flights = facts.flights();
    let group = flights.iter().flat_map(|flight| &flight.legs).filter(|leg| leg.kind != LegKind::Scheduled);
    let count: u32 = group.map(|leg| leg.standby_escorts).sum();
    (count > 0).then(|| words::standby_point(lang, count))
}
