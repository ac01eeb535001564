//! The work of vehicles and people: in a folder without cases in full, otherwise how much of it is used.

use super::{open_ends, words};
use crate::lang::Lang;
use crate::plan::{Route, StopKind};
use crate::publish::facts::Facts;
use crate::publish::format::{clock_on, date_of, euro_cents, hours, moment, number};
use crate::publish::page::{Align, heading, table, wrap};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn section(facts: &Facts, lang: Lang) -> String {
    let in_full = facts.week.cases.is_empty();
    let mut page = String::new();
    if !facts.week.shifts.is_empty() {
        page += &vehicles(facts, lang);
        if in_full {
            page += &routes(facts, lang);
        }
    }
    if !facts.week.escorts.is_empty() {
        page += &people(facts, lang);
        if in_full {
            page += &duties(facts, lang);
        }
    }
    if page.is_empty() { page } else { heading(words::work_heading(lang)) + &page }
}

fn vehicles(facts: &Facts, lang: Lang) -> String {
    let routes = &facts.plan.routes;
    let km: f64 = routes.iter().map(|route| route.km.get()).sum();
    let driven: f64 = routes.iter().map(|route| route.hours.get()).sum();
    let text = words::vehicles(lang, routes.len(), facts.week.shifts.len(), &number(lang, km, 1), &hours(lang, driven));
    wrap("  ", &text)
}

fn routes(facts: &Facts, lang: Lang) -> String {
    let mut routes: Vec<&Route> = facts.plan.routes.iter().collect();
    routes.sort_by(|a, b| a.shift.cmp(&b.shift));
    let rows: Vec<Vec<String>> = routes.into_iter().filter_map(|route| route_row(facts, route, lang)).collect();
    let columns = [
        (words::shift(lang), Align::Left),
        (words::vehicle(lang), Align::Left),
        (words::leaves(lang), Align::Left),
        (words::back(lang), Align::Left),
        (words::rides(lang), Align::Right),
        ("km", Align::Right),
        (words::hours_column(lang), Align::Right),
        (words::cost(lang), Align::Right),
    ];
    if rows.is_empty() { String::new() } else { format!("\n{}", table(4, &columns, &rows)) }
}

fn route_row(facts: &Facts, route: &Route, lang: Lang) -> Option<Vec<String>> {
    let (first, last) = (route.stops.first()?, route.stops.last()?);
    let vehicle = facts.week.shifts.get(&route.shift).map_or(String::new(), |shift| shift.vehicle.clone());
    Some(vec![
        route.shift.to_string(),
        vehicle,
        moment(lang, first.at),
        clock_on(lang, last.at, date_of(first.at)),
        route.stops.iter().filter(|stop| stop.kind == StopKind::Pickup).count().to_string(),
        number(lang, route.km.get(), 1),
        number(lang, route.hours.get(), 2),
        euro_cents(lang, route.cost),
    ])
}

/// Hours of work of each escort who has any: those of teams as the plan says, those of fixed duties from start to end.
fn work_hours<'a>(facts: &Facts<'a>) -> BTreeMap<&'a str, f64> {
    let mut hours: BTreeMap<&str, f64> = BTreeMap::new();
    for team in &facts.plan.teams {
        for escort in &team.escorts {
            *hours.entry(escort.as_str()).or_default() += team.hours.get();
        }
    }
    for filled in &facts.plan.duties {
        let length = facts
            .week
            .duties
            .get(&filled.duty)
            .map_or(0.0, |duty| crate::units::minutes_between(duty.span.from(), duty.span.until()) / 60.0);
        for escort in &filled.escorts {
            *hours.entry(escort.as_str()).or_default() += length;
        }
    }
    hours
}

fn people(facts: &Facts, lang: Lang) -> String {
    let worked = work_hours(facts);
    let mut lengths: Vec<f64> = worked.values().copied().collect();
    lengths.sort_by(f64::total_cmp);
    let text = words::people(lang, lengths.len(), facts.week.escorts.len());
    let spread = match (lengths.first(), median(&lengths), lengths.last()) {
        (Some(least), Some(middle), Some(most)) => {
            words::hours_each(lang, &hours(lang, *least), &hours(lang, middle), &hours(lang, *most))
        }
        _ => String::new(),
    };
    wrap("  ", &format!("{text} {spread}"))
}

/// The middle of sorted values: of an even number, halfway between the two.
fn median(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

fn duties(facts: &Facts, lang: Lang) -> String {
    let rows: Vec<Vec<String>> = facts
        .plan
        .duties
        .iter()
        .filter_map(|filled| Some((facts.week.duties.get(&filled.duty)?, filled)))
        .map(|(duty, filled)| {
            let people: BTreeSet<&str> = filled.escorts.iter().map(|id| id.as_str()).collect();
            let from = moment(lang, duty.span.from());
            let until = clock_on(lang, duty.span.until(), date_of(duty.span.from()));
            let names = people.into_iter().collect::<Vec<_>>().join(" ");
            vec![duty.id.to_string(), from, until, open_ends::asks(duty, lang), names]
        })
        .collect();
    let columns = [
        (words::duty(lang), Align::Left),
        (words::starts(lang), Align::Left),
        (words::ends(lang), Align::Left),
        (words::asks(lang), Align::Left),
        (words::who(lang), Align::Left),
    ];
    if rows.is_empty() { String::new() } else { format!("\n{}", table(4, &columns, &rows)) }
}
