//! Run sheets of DV&O: for each shift its stops in order, whom to load or unload, and who is aboard afterwards.

mod words;

use super::Product;
use super::agenda::{self, Agenda, Entry, file_stem};
use super::facts::Facts;
use super::format::{clock, clock_on, date_long, date_of, hours, number};
use super::page::{Align, page_title, table, wrap};
use super::sheet::{decimal, sheet, time};
use super::words as common;
use crate::lang::Lang;
use crate::plan::{Route, Stop, StopKind};
use crate::units::{Instant, Minutes, shift};
use crate::week::*;
use chrono::NaiveDate;

/// One stop with what is done there.
#[derive(Debug)]
struct Step<'a> {
    stop: &'a Stop,
    action: Action,
    /// End of service.
    until: Instant,
    /// Persons loaded or unloaded.
    persons: u32,
    class: Option<TransferClass>,
    wheelchairs: u32,
    /// Persons aboard after the stop.
    aboard: u32,
    /// Kilometres since the stop before.
    km: f64,
    /// The flight a case is brought to.
    flight: Option<&'a Leg>,
}

/// What happens at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Leave,
    Load,
    Unload,
    Return,
}

impl Action {
    const fn word(self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Load => "load",
            Self::Unload => "unload",
            Self::Return => "return",
        }
    }
}

/// `runsheets.csv`, `runsheets.txt` and a calendar for each shift that drives.
pub(super) fn products(facts: &Facts, lang: Lang) -> Vec<Product> {
    if facts.week.shifts.is_empty() {
        return Vec::new();
    }
    let runs = runs(facts);
    let mut products = vec![
        Product { name: "runsheets.csv".to_owned(), bytes: file(facts, &runs) },
        Product { name: "runsheets.txt".to_owned(), bytes: page(facts, &runs, lang).into_bytes() },
    ];
    products.extend(agendas(facts, lang).iter().map(|agenda| agenda::file(facts.plan, agenda, lang)));
    products
}

/// A calendar for each shift that drives.
pub(super) fn agendas(facts: &Facts, lang: Lang) -> Vec<Agenda> {
    let of = |(route, steps): &(&Route, Vec<Step>)| Agenda {
        name: format!("runsheets/{}.ics", file_stem(route.shift.as_str())),
        title: words::calendar(lang, route.shift.as_str(), &facts.plan.week),
        entries: entry(facts, route, steps, lang).into_iter().collect(),
    };
    runs(facts).iter().map(of).collect()
}

/// Every route with its steps, in order of leaving.
fn runs<'a>(facts: &Facts<'a>) -> Vec<(&'a Route, Vec<Step<'a>>)> {
    let mut routes: Vec<&Route> = facts.plan.routes.iter().collect();
    routes.sort_by(|a, b| {
        (a.stops.first().map(|stop| stop.at), &a.shift).cmp(&(b.stops.first().map(|stop| stop.at), &b.shift))
    });
    routes.into_iter().map(|route| (route, steps(facts, route))).collect()
}

fn steps<'a>(facts: &Facts<'a>, route: &'a Route) -> Vec<Step<'a>> {
    let mut steps: Vec<Step<'a>> = Vec::new();
    let mut aboard = 0_u32;
    for (at, stop) in route.stops.iter().enumerate() {
        let (persons, class, wheelchairs) = load(facts, stop);
        let action = match stop.kind {
            StopKind::Depot if at == 0 => Action::Leave,
            StopKind::Depot => Action::Return,
            StopKind::Pickup => Action::Load,
            StopKind::Dropoff => Action::Unload,
        };
        aboard = match action {
            Action::Load => aboard.saturating_add(persons),
            Action::Unload => aboard.saturating_sub(persons),
            Action::Leave | Action::Return => aboard,
        };
        let before = steps.last().map(|step| &step.stop.location);
        steps.push(Step {
            stop,
            action,
            until: shift(stop.at, service(facts, stop).get()),
            persons,
            class,
            wheelchairs,
            aboard,
            km: before.map_or(0.0, |from| km(facts.week, from, &stop.location)),
            flight: flight(facts, stop),
        });
    }
    steps
}

/// Persons, class and wheelchairs of a stop.
fn load(facts: &Facts, stop: &Stop) -> (u32, Option<TransferClass>, u32) {
    let week = facts.week;
    if let Some(case) = stop.case.as_ref().and_then(|id| week.cases.get(id)) {
        return (case.persons(week), Some(case.ride_class(week)), case.wheelchairs(week));
    }
    let transfer = stop.transfer.as_ref().and_then(|id| week.transfers.get(id));
    transfer.map_or((0, None, 0), |transfer| (transfer.persons, Some(transfer.class), transfer.wheelchairs))
}

fn service(facts: &Facts, stop: &Stop) -> Minutes {
    let transfer = stop.transfer.as_ref().and_then(|id| facts.week.transfers.get(id));
    let rules = &facts.week.rules;
    match stop.kind {
        StopKind::Depot => Minutes::ZERO,
        StopKind::Pickup => transfer.map_or(rules.load, |transfer| transfer.load),
        StopKind::Dropoff => transfer.map_or(rules.unload, |transfer| transfer.unload),
    }
}

fn km(week: &Week, from: &LocationId, to: &LocationId) -> f64 {
    let known = week.locations.get(from).is_some() && week.locations.get(to).is_some();
    if known { week.drive(from, to).km.get() } else { 0.0 }
}

fn flight<'a>(facts: &Facts<'a>, stop: &Stop) -> Option<&'a Leg> {
    let departure = facts.departure(stop.case.as_ref().filter(|_| stop.kind == StopKind::Dropoff)?)?;
    facts.legs(&departure.legs)?.first().copied()
}

/// Who is loaded or unloaded, with what the crew must know.
fn whom(step: &Step, lang: Lang) -> String {
    let id = step.stop.case.as_ref().map(CaseId::as_str).or(step.stop.transfer.as_ref().map(TransferId::as_str));
    let Some(id) = id else { return words::action(lang, step.action).to_owned() };
    let class = step.class.map_or("", |class| common::class(lang, class));
    let mut parts = vec![format!("{} ({class})", common::persons(lang, step.persons))];
    if step.wheelchairs > 0 {
        parts.push(common::wheelchairs(lang, step.wheelchairs));
    }
    if let Some(leg) = step.flight {
        parts.push(words::flight(lang, &clock(leg.departs), leg.carrier.as_str(), leg.to.as_str()));
    }
    format!("{} {id}: {}", words::action(lang, step.action), parts.join(", "))
}

fn page(facts: &Facts, runs: &[(&Route, Vec<Step>)], lang: Lang) -> String {
    let mut page = page_title(&words::title(lang, &facts.plan.week)) + &wrap("", words::legend(lang));
    for (route, steps) in runs {
        page += &format!("\n{}", head(facts, route, steps, lang));
        let day = steps.first().map_or(facts.week.start, |step| step.stop.at);
        let rows: Vec<Vec<String>> = steps.iter().map(|step| line(facts, step, date_of(day), lang)).collect();
        let columns = [
            (words::time(lang), Align::Right),
            (words::done(lang), Align::Right),
            (words::place(lang), Align::Left),
            (words::what(lang), Align::Left),
            (words::aboard(lang), Align::Right),
            ("km", Align::Right),
        ];
        page += &table(2, &columns, &rows);
    }
    page
}

/// What a shift is, on one line or two.
fn head(facts: &Facts, route: &Route, steps: &[Step], lang: Lang) -> String {
    let day = steps.first().map_or(String::new(), |step| date_long(lang, date_of(step.stop.at)));
    let vehicle = facts
        .week
        .shifts
        .get(&route.shift)
        .map(|row| words::vehicle(lang, &row.vehicle, row.seats, row.wheelchairs, row.compartments));
    let length = format!("{} km, {}", number(lang, route.km.get(), 1), hours(lang, route.hours.get()));
    let parts: Vec<String> = [Some(day), vehicle, Some(length)].into_iter().flatten().collect();
    wrap(&format!("{}  ", route.shift), &parts.join("; "))
}

fn line(facts: &Facts, step: &Step, day: NaiveDate, lang: Lang) -> Vec<String> {
    let serves = step.until != step.stop.at;
    vec![
        clock_on(lang, step.stop.at, day),
        if serves { clock(step.until) } else { String::new() },
        facts.place(&step.stop.location),
        whom(step, lang),
        step.aboard.to_string(),
        if step.km > 0.0 { number(lang, step.km, 1) } else { String::new() },
    ]
}

fn entry(facts: &Facts, route: &Route, steps: &[Step], lang: Lang) -> Option<Entry> {
    let (first, last) = (steps.first()?, steps.last()?);
    let vehicle = facts.week.shifts.get(&route.shift).map_or("", |row| row.vehicle.as_str());
    let lines = steps
        .iter()
        .map(|step| format!("{} {}: {}", clock(step.stop.at), facts.place(&step.stop.location), whom(step, lang)));
    Some(Entry {
        key: vec!["run".to_owned(), route.shift.to_string()],
        title: words::run(lang, route.shift.as_str(), vehicle),
        details: lines.collect::<Vec<_>>().join("\n"),
        place: facts.place(&first.stop.location),
        from: first.stop.at,
        until: Some(last.stop.at),
    })
}

const COLUMNS: [&str; 18] = [
    "shift",
    "vehicle",
    "stop",
    "at",
    "until",
    "location",
    "name",
    "action",
    "case",
    "transfer",
    "persons",
    "class",
    "wheelchairs",
    "aboard_after",
    "km",
    "departs",
    "route_km",
    "route_hours",
];

fn file(facts: &Facts, runs: &[(&Route, Vec<Step>)]) -> Vec<u8> {
    let mut rows = Vec::new();
    for (route, steps) in runs {
        rows.extend(steps.iter().enumerate().map(|(at, step)| row(facts, route, at + 1, step)));
    }
    sheet(&COLUMNS, &rows)
}

fn row(facts: &Facts, route: &Route, number: usize, step: &Step) -> Vec<String> {
    let stop = step.stop;
    let count = |count: u32| if step.class.is_some() { count.to_string() } else { String::new() };
    vec![
        route.shift.to_string(),
        facts.week.shifts.get(&route.shift).map_or(String::new(), |row| row.vehicle.clone()),
        number.to_string(),
        time(stop.at),
        time(step.until),
        stop.location.to_string(),
        facts.week.locations.get(&stop.location).map_or(String::new(), |row| row.name.clone()),
        step.action.word().to_owned(),
        stop.case.as_ref().map_or(String::new(), CaseId::to_string),
        stop.transfer.as_ref().map_or(String::new(), TransferId::to_string),
        count(step.persons),
        step.class.map_or(String::new(), |class| class.to_string()),
        count(step.wheelchairs),
        step.aboard.to_string(),
        decimal(step.km),
        step.flight.map_or(String::new(), |leg| time(leg.departs)),
        decimal(route.km.get()),
        decimal(route.hours.get()),
    ]
}
