//! What the plan takes for granted: chances that are not fitted, parameters that were set, drives that were computed.

use super::words;
use crate::lang::Lang;
use crate::publish::facts::Facts;
use crate::publish::format::date_short;
use crate::publish::page::{heading, wrap};
use crate::rules::RiskUse;
use crate::week::LegKind;

pub(super) fn section(facts: &Facts, lang: Lang) -> String {
    let week = facts.week;
    let mut points: Vec<String> = Vec::new();
    if !week.cases.is_empty() {
        points.push(words::risk_assumed(lang).to_owned());
        if week.risk.usage == RiskUse::None {
            points.push(words::risk_not_used(lang).to_owned());
        }
        if week.cases.iter().any(|case| case.priority.get() != 1.0) {
            points.push(words::priorities(lang).to_owned());
        }
    }
    points.extend(drives(facts, lang));
    points.extend(standby(facts, lang));
    if !week.holidays.is_empty() {
        let dates: Vec<String> = week.holidays.iter().map(|date| date_short(lang, *date)).collect();
        points.push(words::holidays(lang, &dates.join(", ")));
    }
    heading(words::assumptions_heading(lang)) + &points.iter().map(|point| wrap("  - ", point)).collect::<String>()
}

fn drives(facts: &Facts, lang: Lang) -> Option<String> {
    let stops = facts.plan.routes.iter().flat_map(|route| route.stops.windows(2));
    let legs: Vec<_> = stops.map(|pair| (pair[0].location.clone(), pair[1].location.clone())).collect();
    let driven = legs.iter().filter(|(from, to)| from != to).count();
    let computed = legs.iter().filter(|leg| leg.0 != leg.1 && !facts.week.travel.contains_key(leg)).count();
    (driven > 0).then(|| words::drives(lang, computed, driven))
}

fn standby(facts: &Facts, lang: Lang) -> Option<String> {
    let flights = facts.flights();
    let group = flights.iter().flat_map(|flight| &flight.legs).filter(|leg| leg.kind != LegKind::Scheduled);
    let count: u32 = group.map(|leg| leg.standby_escorts).sum();
    (count > 0).then(|| words::standby_point(lang, count))
}
