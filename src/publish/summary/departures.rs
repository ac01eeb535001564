//! The departures of the summary: by day and flight, each case with its chance, notice and ride.

use super::words;
use crate::calendar;
use crate::lang::Lang;
use crate::plan::{Departure, Team};
use crate::publish::facts::{Facts, Flight, notice_hours};
use crate::publish::format::{clock_on, date_long, date_of, hours, moment, own_clock_on, percent};
use crate::publish::page::{Align, heading, table, wrap};
use crate::publish::words as common;
use crate::units::Instant;
use crate::week::{LegKind, Role};
use chrono::NaiveDate;

pub(super) fn section(facts: &Facts, lang: Lang) -> String {
    if facts.week.cases.is_empty() {
        return String::new();
    }
    let mut page = heading(words::departures_heading(lang));
    let flights = facts.flights();
    if flights.is_empty() {
        return page + &wrap("", words::no_departures(lang));
    }
    page += &wrap("", words::departures_legend(lang));
    let mut day = None;
    for flight in &flights {
        let date = date_of(flight.departs());
        if day != Some(date) {
            page += &format!("\n{}\n", date_long(lang, date));
            day = Some(date);
        }
        page.push('\n');
        page += &legs(flight, date, lang);
        page += &team(facts, flight, date, lang);
        page += &cases(facts, flight, date, lang);
    }
    page + &places(facts, &flights, lang)
}

fn legs(flight: &Flight, day: NaiveDate, lang: Lang) -> String {
    let rows: Vec<Vec<String>> = flight
        .legs
        .iter()
        .enumerate()
        .map(|(at, leg)| {
            // A connection leaves on the clock of its own airport; the first departure is in Amsterdam time.
            let departs = if at == 0 { calendar::in_amsterdam(leg.departs) } else { leg.departs };
            vec![
                format!("{} {}", own_clock_on(lang, departs, day), leg.from),
                format!("→ {} {}", own_clock_on(lang, leg.arrives, day), leg.to),
                words::flight(lang, common::leg_kind(lang, leg.kind), &leg.carrier, leg.id.as_str()),
            ]
        })
        .collect();
    table(2, &[("", Align::Left), ("", Align::Left), ("", Align::Left)], &rows)
}

fn team(facts: &Facts, flight: &Flight, day: NaiveDate, lang: Lang) -> String {
    let Some(team) = flight.team else {
        return wrap("  ", words::no_team(lang));
    };
    let members: Vec<String> = team.escorts.iter().map(|id| member(facts, id, lang)).collect();
    let standby: u32 =
        flight.legs.iter().filter(|leg| leg.kind != LegKind::Scheduled).map(|leg| leg.standby_escorts).sum();
    let mut text = words::team(lang, team.escorts.len(), &members.join(", "));
    if standby > 0 {
        text += &words::standby(lang, standby);
    }
    wrap("  ", &format!("{text}. {}", duty(team, day, lang)))
}

fn member(facts: &Facts, id: &crate::week::EscortId, lang: Lang) -> String {
    match facts.week.escorts.get(id).map(|escort| escort.role) {
        Some(role @ (Role::Nurse | Role::Doctor)) => format!("{id} ({})", common::role(lang, role)),
        _ => id.to_string(),
    }
}

fn duty(team: &Team, day: NaiveDate, lang: Lang) -> String {
    let clock = |at: Instant| clock_on(lang, at, day);
    let home = team.return_flight.as_ref().map(|id| id.as_str());
    words::team_duty(lang, &clock(team.report), &clock(team.end), &hours(lang, team.hours.get()), home)
}

fn cases(facts: &Facts, flight: &Flight, day: NaiveDate, lang: Lang) -> String {
    let rows: Vec<Vec<String>> = flight.departures.iter().map(|d| case(facts, d, flight, day, lang)).collect();
    let columns = [
        (words::case(lang), Align::Left),
        (words::persons(lang), Align::Right),
        (words::chance(lang), Align::Right),
        (words::notice(lang), Align::Left),
        (words::before(lang), Align::Right),
        (words::ride(lang), Align::Left),
    ];
    table(4, &columns, &rows)
}

fn case(facts: &Facts, departure: &Departure, flight: &Flight, day: NaiveDate, lang: Lang) -> Vec<String> {
    let told = moment(lang, departure.noticed_at);
    let notice = match &departure.slot {
        Some(slot) => format!("{told} {slot}"),
        None => format!("{told} {}", words::kept(lang)),
    };
    vec![
        departure.case.to_string(),
        facts.persons(&departure.case).to_string(),
        percent(lang, departure.p.get(), 0),
        notice,
        hours(lang, notice_hours(departure, flight.departs())),
        ride(facts, departure, flight, day, lang),
    ]
}

fn ride(facts: &Facts, departure: &Departure, flight: &Flight, day: NaiveDate, lang: Lang) -> String {
    if let Some(ride) = facts.case_ride(&departure.case) {
        let vehicle = facts.week.shifts.get(&ride.route.shift).map_or("", |shift| shift.vehicle.as_str());
        let (pickup, dropoff) = (ride.pickup, ride.dropoff);
        return format!(
            "{} ({vehicle}) {} {} → {} {}",
            ride.route.shift,
            clock_on(lang, pickup.at, day),
            pickup.location,
            clock_on(lang, dropoff.at, day),
            dropoff.location
        );
    }
    let location = facts.week.cases.get(&departure.case).map(|case| &case.location);
    let at_airport = location == flight.legs.first().map(|leg| &leg.from);
    if at_airport { words::at_airport(lang) } else { words::no_ride(lang) }.to_owned()
}

/// What the location ids of the departures stand for.
fn places(facts: &Facts, flights: &[Flight], lang: Lang) -> String {
    let airports = flights.iter().flat_map(|f| &f.legs).flat_map(|leg| [&leg.from, &leg.to]);
    let homes = flights.iter().flat_map(|f| &f.departures).filter_map(|d| facts.week.cases.get(&d.case));
    let ids: std::collections::BTreeSet<_> = airports.chain(homes.map(|case| &case.location)).collect();
    let named: Vec<String> = ids
        .into_iter()
        .filter_map(|id| facts.week.locations.get(id))
        .filter(|location| !location.name.is_empty() && location.name != location.id.as_str())
        .map(|location| format!("{} = {}", location.id, location.name))
        .collect();
    if named.is_empty() {
        return String::new();
    }
    format!("\n{}", wrap(words::places_key(lang), &format!("{}.", named.join("; "))))
}
