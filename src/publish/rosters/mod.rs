//! Rosters of escorts: who reports when, for which flight or duty, and how long they rest in between. They say of a case
//! only what escorting needs: its id, how many persons, wheelchairs and medical company.

mod words;

use super::Product;
use super::agenda::{Agenda, Entry, file, file_stem};
use super::facts::Facts;
use super::format::{clock_on, date_of, hours, moment, own_clock_on};
use super::page::{page_title, wrap};
use super::sheet::{decimal, sheet, time};
use super::words as common;
use crate::calendar;
use crate::lang::Lang;
use crate::plan::Team;
use crate::units::{Instant, minutes_between};
use crate::week::*;
use std::collections::BTreeMap;

/// What a turn of duty is for.
#[derive(Clone, Copy, Debug)]
enum Task<'a> {
    Flight(&'a Team),
    Fixed(&'a Duty),
}

/// One person's turn of duty.
#[derive(Clone, Copy, Debug)]
struct Turn<'a> {
    task: Task<'a>,
    report: Instant,
    end: Instant,
    hours: f64,
}

/// `rosters.csv`, `rosters.txt` and a calendar for each escort with work.
pub(super) fn products(facts: &Facts, lang: Lang) -> Vec<Product> {
    if facts.week.escorts.is_empty() {
        return Vec::new();
    }
    let rosters = rosters(facts);
    let mut products = vec![
        Product { name: "rosters.csv".to_owned(), bytes: table(facts, &rosters) },
        Product { name: "rosters.txt".to_owned(), bytes: page(facts, &rosters, lang).into_bytes() },
    ];
    products.extend(agendas(facts, lang).iter().map(|agenda| file(facts.plan, agenda, lang)));
    products
}

/// A calendar for each escort with work.
pub(super) fn agendas(facts: &Facts, lang: Lang) -> Vec<Agenda> {
    let of = |(escort, turns): (&Escort, Vec<Turn>)| Agenda {
        name: format!("rosters/{}.ics", file_stem(escort.id.as_str())),
        title: words::calendar(lang, escort.id.as_str(), &facts.plan.week),
        entries: turns.iter().map(|turn| entry(facts, escort, turn, lang)).collect(),
    };
    rosters(facts).into_iter().map(of).collect()
}

/// The turns of every escort with work, in order of reporting; escorts in order of id.
fn rosters<'a>(facts: &Facts<'a>) -> Vec<(&'a Escort, Vec<Turn<'a>>)> {
    let mut by_escort: BTreeMap<&EscortId, Vec<Turn<'a>>> = BTreeMap::new();
    for team in &facts.plan.teams {
        let turn = Turn { task: Task::Flight(team), report: team.report, end: team.end, hours: team.hours.get() };
        for escort in &team.escorts {
            by_escort.entry(escort).or_default().push(turn);
        }
    }
    for filled in &facts.plan.duties {
        let Some(duty) = facts.week.duties.get(&filled.duty) else { continue };
        let (report, end) = (duty.span.from(), duty.span.until());
        let turn = Turn { task: Task::Fixed(duty), report, end, hours: minutes_between(report, end) / 60.0 };
        for escort in &filled.escorts {
            by_escort.entry(escort).or_default().push(turn);
        }
    }
    let known = by_escort.into_iter().filter_map(|(id, mut turns)| {
        turns.sort_by_key(|turn| turn.report);
        Some((facts.week.escorts.get(id)?, turns))
    });
    known.collect()
}

/// The cases of a team with what escorting needs to know of them.
fn cases<'a>(facts: &Facts<'a>, team: &Team) -> Vec<&'a Case> {
    let mut cases: Vec<&Case> = facts
        .plan
        .departures
        .iter()
        .filter(|departure| departure.legs == team.legs)
        .filter_map(|departure| facts.week.cases.get(&departure.case))
        .collect();
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    cases
}

fn case(facts: &Facts, case: &Case, lang: Lang) -> String {
    let mut parts = vec![common::persons(lang, case.persons(facts.week))];
    match case.wheelchairs(facts.week) {
        0 => {}
        count => parts.push(common::wheelchairs(lang, count)),
    }
    if let Some(medical) = case.medical_escort {
        parts.push(words::with_medical(lang, common::medical(lang, medical)));
    }
    format!("{} ({})", case.id, parts.join(", "))
}

/// The legs with times: departure in Amsterdam time, the rest on the clock of their own airport.
fn flight(facts: &Facts, team: &Team, lang: Lang) -> String {
    let Some(legs) = facts.legs(&team.legs) else { return String::new() };
    let day = date_of(legs[0].departs);
    let parts = legs.iter().enumerate().map(|(at, leg)| {
        let departs = if at == 0 { calendar::in_amsterdam(leg.departs) } else { leg.departs };
        format!(
            "{} {} {} → {} {}",
            [&leg.carrier, leg.id.as_str()].join(" ").trim(),
            leg.from,
            own_clock_on(lang, departs, day),
            leg.to,
            own_clock_on(lang, leg.arrives, day)
        )
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn way_home(facts: &Facts, team: &Team, lang: Lang) -> Option<String> {
    let home = facts.week.returns.get(team.return_flight.as_ref()?)?;
    let leaves = moment(lang, home.departs);
    let arrives = clock_on(lang, home.arrives, date_of(home.departs));
    Some(words::way_home(lang, home.id.as_str(), home.from.as_str(), &leaves, home.to.as_str(), &arrives))
}

/// What a turn is for, in one line.
fn title(facts: &Facts, task: Task, lang: Lang) -> String {
    match task {
        Task::Flight(team) => words::flight(lang, &flight(facts, team, lang)),
        Task::Fixed(duty) => {
            let role = duty.role.map(|role| common::role(lang, role));
            words::fixed(lang, duty.id.as_str(), role, duty.skill.as_ref().map(|skill| skill.as_str()))
        }
    }
}

/// The lines under the title of a turn.
fn details(facts: &Facts, escort: &Escort, task: Task, lang: Lang) -> Vec<String> {
    let (Task::Flight(team), mut lines) = (task, Vec::new()) else { return Vec::new() };
    let company: Vec<&str> = team.escorts.iter().filter(|id| **id != escort.id).map(EscortId::as_str).collect();
    if !company.is_empty() {
        lines.push(words::together(lang, &company.join(", ")));
    }
    let cases: Vec<String> = cases(facts, team).into_iter().map(|row| case(facts, row, lang)).collect();
    lines.push(words::cases(lang, &cases.join(", ")));
    lines.extend(way_home(facts, team, lang));
    lines
}

fn page(facts: &Facts, rosters: &[(&Escort, Vec<Turn>)], lang: Lang) -> String {
    let mut page = page_title(&words::title(lang, &facts.plan.week));
    page += &wrap("", words::legend(lang));
    for (escort, turns) in rosters {
        let total: f64 = turns.iter().map(|turn| turn.hours).sum();
        let limit = escort.max_hours.map(|limit| hours(lang, limit.get()));
        let head =
            words::person(lang, common::role(lang, escort.role), turns.len(), &hours(lang, total), limit.as_deref());
        page += &format!("\n{}", wrap(&format!("{}  ", escort.id), &head));
        let mut free_since = None;
        for turn in turns {
            if let Some(end) = free_since {
                page += &format!("    {}\n", words::rest(lang, &hours(lang, minutes_between(end, turn.report) / 60.0)));
            }
            free_since = Some(turn.end);
            page += &turn_lines(facts, escort, turn, lang);
        }
    }
    let idle: Vec<&str> = idle(facts, rosters);
    if !idle.is_empty() {
        page += &format!("\n{}", wrap(&words::idle(lang, idle.len()), &idle.join(" ")));
    }
    page
}

fn turn_lines(facts: &Facts, escort: &Escort, turn: &Turn, lang: Lang) -> String {
    let until = clock_on(lang, turn.end, date_of(turn.report));
    let first = format!("  {} – {until}  {}  ", moment(lang, turn.report), hours(lang, turn.hours));
    let mut lines = wrap(&first, &title(facts, turn.task, lang));
    for line in details(facts, escort, turn.task, lang) {
        lines += &wrap("      ", &line);
    }
    lines
}

/// Escorts without work.
fn idle<'a>(facts: &Facts<'a>, rosters: &[(&Escort, Vec<Turn>)]) -> Vec<&'a str> {
    let busy = |id: &EscortId| rosters.binary_search_by(|(escort, _)| escort.id.cmp(id)).is_ok();
    facts.week.escorts.iter().map(|escort| &escort.id).filter(|id| !busy(id)).map(EscortId::as_str).collect()
}

fn entry(facts: &Facts, escort: &Escort, turn: &Turn, lang: Lang) -> Entry {
    let (kind, of) = match turn.task {
        Task::Flight(team) => ("flight", team.legs.iter().map(LegId::as_str).collect::<Vec<_>>().join(" ")),
        Task::Fixed(duty) => ("duty", duty.id.to_string()),
    };
    let place = match turn.task {
        Task::Flight(team) => facts.legs(&team.legs).map(|legs| facts.place(&legs[0].from)),
        Task::Fixed(_) => escort.base.as_ref().map(|base| facts.place(base)),
    };
    Entry {
        key: vec!["roster".to_owned(), escort.id.to_string(), kind.to_owned(), of],
        title: title(facts, turn.task, lang),
        details: details(facts, escort, turn.task, lang).join("\n"),
        place: place.unwrap_or_default(),
        from: turn.report,
        until: Some(turn.end),
    }
}

const COLUMNS: [&str; 16] = [
    "escort",
    "organisation",
    "role",
    "duty",
    "legs",
    "departs",
    "arrives",
    "report",
    "end",
    "hours",
    "return",
    "rest_before_hours",
    "team",
    "cases",
    "persons",
    "wheelchairs",
];

fn table(facts: &Facts, rosters: &[(&Escort, Vec<Turn>)]) -> Vec<u8> {
    let mut rows = Vec::new();
    for (escort, turns) in rosters {
        let mut free_since: Option<Instant> = None;
        for turn in turns {
            let rest = free_since.map_or(String::new(), |end| decimal(minutes_between(end, turn.report) / 60.0));
            free_since = Some(turn.end);
            rows.push(row(facts, escort, turn, rest));
        }
    }
    sheet(&COLUMNS, &rows)
}

fn row(facts: &Facts, escort: &Escort, turn: &Turn, rest: String) -> Vec<String> {
    let who = [escort.id.to_string(), escort.organisation.clone(), escort.role.to_string()];
    let when = [time(turn.report), time(turn.end), decimal(turn.hours)];
    let (what, company) = match turn.task {
        Task::Fixed(duty) => ([duty.id.to_string(), String::new(), String::new(), String::new()], Default::default()),
        Task::Flight(team) => (flight_cells(facts, team), case_cells(facts, team)),
    };
    let home = match turn.task {
        Task::Flight(Team { return_flight: Some(home), .. }) => home.to_string(),
        _ => String::new(),
    };
    who.into_iter().chain(what).chain(when).chain([home, rest]).chain(company).collect()
}

/// No duty, then legs, departure of the first and arrival of the last.
fn flight_cells(facts: &Facts, team: &Team) -> [String; 4] {
    let legs = facts.legs(&team.legs).unwrap_or_default();
    let departs = legs.first().map_or(String::new(), |leg| time(leg.departs));
    let arrives = legs.last().map_or(String::new(), |leg| time(leg.arrives));
    let ids: Vec<&str> = team.legs.iter().map(LegId::as_str).collect();
    [String::new(), ids.join(" "), departs, arrives]
}

/// The team, its cases, their persons and wheelchairs.
fn case_cells(facts: &Facts, team: &Team) -> [String; 4] {
    let cases = cases(facts, team);
    let persons: u32 = cases.iter().map(|case| case.persons(facts.week)).sum();
    let wheelchairs: u32 = cases.iter().map(|case| case.wheelchairs(facts.week)).sum();
    let members: Vec<&str> = team.escorts.iter().map(EscortId::as_str).collect();
    let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    [members.join(" "), ids.join(" "), persons.to_string(), wheelchairs.to_string()]
}
