//! What the plan asks of people: nights, long rides, second notices, very short and very long waits.

use super::words;
use crate::lang::Lang;
use crate::publish::facts::{Facts, Ride, notice_hours};
use crate::publish::format::{hours, moment, number, span};
use crate::publish::page::{Align, heading, table, wrap};
use crate::publish::words as common;
use crate::week::Level;
use crate::{calendar, plan::Departure};
use chrono::Timelike;

/// A pickup is at night from this local hour ...
const NIGHT_FROM: u32 = 22;
/// ... until this one.
const NIGHT_UNTIL: u32 = 6;
/// A ride is long when people are aboard for more than this many minutes.
const LONG_RIDE_MINUTES: f64 = 180.0;
/// Notice is short when it is less than this many hours above the legal minimum.
const SHORT_MARGIN_HOURS: f64 = 12.0;
/// Notice is long when it is more than this many hours (14 days).
const LONG_NOTICE_HOURS: f64 = 336.0;
/// At most this many of those concerned are named.
const NAMED: usize = 20;

pub(super) fn section(facts: &Facts, lang: Lang) -> String {
    let rides = facts.rides();
    let mut rows = vec![
        line(words::night_pickups(lang), nights(&rides, lang), lang),
        line(words::long_rides(lang), long_rides(&rides, lang), lang),
    ];
    if !facts.week.cases.is_empty() {
        rows.push(line(words::second_notices(lang), second_notices(facts, lang), lang));
        rows.push(line(words::short_notice(lang), short_notices(facts, lang), lang));
        rows.push(line(words::long_notice(lang), long_notices(facts, lang), lang));
    }
    if rides.is_empty() && facts.week.cases.is_empty() {
        return String::new();
    }
    let lines: Vec<Vec<String>> = rows.iter().map(|(name, count, _)| vec![name.clone(), count.clone()]).collect();
    let mut page = heading(words::burdens_heading(lang));
    let names = table(2, &[("", Align::Left), ("", Align::Right)], &lines);
    for (name, (_, _, who)) in names.lines().zip(&rows) {
        page += &wrap(&format!("{name}  "), who);
    }
    page + &spread(facts, lang)
}

fn line(name: &str, mut who: Vec<String>, lang: Lang) -> (String, String, String) {
    let count = if who.is_empty() { words::none(lang).to_owned() } else { who.len().to_string() };
    if who.len() > NAMED {
        let more = who.len() - NAMED;
        who.truncate(NAMED);
        who.push(words::more(lang, more));
    }
    (name.to_owned(), count, who.join("; "))
}

fn rider(ride: &Ride) -> String {
    let case = ride.pickup.case.as_ref().map(ToString::to_string);
    case.or_else(|| ride.pickup.transfer.as_ref().map(ToString::to_string)).unwrap_or_default()
}

fn nights(rides: &[Ride], lang: Lang) -> Vec<String> {
    let at_night = |ride: &&Ride| {
        let hour = calendar::local_time(ride.pickup.at).hour();
        !(NIGHT_UNTIL..NIGHT_FROM).contains(&hour)
    };
    rides.iter().filter(at_night).map(|ride| format!("{} {}", rider(ride), moment(lang, ride.pickup.at))).collect()
}

fn long_rides(rides: &[Ride], lang: Lang) -> Vec<String> {
    let long = rides.iter().filter(|ride| ride.aboard() > LONG_RIDE_MINUTES);
    long.map(|ride| format!("{} {} {}", rider(ride), span(ride.aboard()), words::aboard(lang))).collect()
}

fn second_notices(facts: &Facts, lang: Lang) -> Vec<String> {
    let told_before = |departure: &&Departure| departure.slot.is_some();
    let again = facts.plan.departures.iter().filter(told_before).filter_map(|departure| {
        let before = facts.week.commitments.get(&departure.case).filter(|row| row.level >= Level::Noticed)?;
        Some(words::told_before(lang, departure.case.as_str(), &moment(lang, before.noticed_at?)))
    });
    again.collect()
}

/// Departures with their hours of notice and the legal minimum of their measure.
fn notices<'a>(facts: &'a Facts) -> impl Iterator<Item = (&'a Departure, f64, f64)> {
    facts.plan.departures.iter().filter_map(|departure| {
        let first = facts.legs(&departure.legs)?.first()?.departs;
        let measure = facts.week.cases.get(&departure.case)?.measure;
        Some((departure, notice_hours(departure, first), facts.week.rules.notice_for(measure).get()))
    })
}

fn short_notices(facts: &Facts, lang: Lang) -> Vec<String> {
    let short = notices(facts).filter(|(_, hours, min)| hours - min < SHORT_MARGIN_HOURS);
    short
        .map(|(departure, length, min)| {
            words::notice_above(lang, &departure.case, &hours(lang, length), &hours(lang, min))
        })
        .collect()
}

fn long_notices(facts: &Facts, lang: Lang) -> Vec<String> {
    let long = notices(facts).filter(|(_, hours, _)| *hours > LONG_NOTICE_HOURS);
    long.map(|(departure, length, _)| {
        format!("{} {}", departure.case, words::days(lang, &number(lang, length / 24.0, 1)))
    })
    .collect()
}

fn spread(facts: &Facts, lang: Lang) -> String {
    let rows: Vec<Vec<String>> = facts
        .plan
        .notice_by_measure
        .iter()
        .map(|row| {
            let lengths = [row.shortest_hours, row.median_hours, row.longest_hours].map(|h| hours(lang, h.get()));
            let [shortest, median, longest] = lengths;
            vec![common::measure(lang, row.measure).to_owned(), row.departures.to_string(), shortest, median, longest]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let columns = [
        (words::measure(lang), Align::Left),
        (words::cases(lang), Align::Right),
        (words::shortest(lang), Align::Right),
        (words::median(lang), Align::Right),
        (words::longest(lang), Align::Right),
    ];
    format!("\n  {}\n{}", words::spread(lang), table(4, &columns, &rows))
}
