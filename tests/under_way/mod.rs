//! Weeks whose plan is under way: commitments drawn from a plan of theirs, and something that happens.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "each test uses its part; a test may stop")]

pub(crate) mod days;

use chrono::TimeDelta;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fmt::Write;
use vertrek::plan::{Plan, StopKind};
use vertrek::units::Instant;
use vertrek::week::{EventKind, Keyed, Table, Week};

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The folder with its plan under way: most departures have been told, with their escorts and rides where `full`. `locked`:
/// the chance that one that is told is on its way.
pub(crate) fn under_way(files: &Files, week: &Week, plan: &Plan, locked: f64, rng: &mut ChaCha8Rng) -> Files {
    told(files, week, plan, 0.7, locked, rng)
}

/// The same, of which a share has been told.
pub(crate) fn told(files: &Files, week: &Week, plan: &Plan, share: f64, locked: f64, rng: &mut ChaCha8Rng) -> Files {
    let mut text = "case,legs,slot,noticed_at,escorts,shift,pickup_at,level\n".to_owned();
    for departure in &plan.departures {
        if rng.random_bool(1.0 - share) {
            continue;
        }
        let level = match rng.random::<f64>() {
            draw if draw < locked => "locked",
            draw if draw < locked + (1.0 - locked) * 0.5 => "noticed",
            _ => "booked",
        };
        let told = week.now - TimeDelta::hours(rng.random_range(1..100));
        let legs: Vec<&str> = departure.legs.iter().map(|leg| leg.as_str()).collect();
        let mut rest = ",,".to_owned();
        if rng.random_bool(0.5) {
            let team = plan.teams.iter().find(|team| team.legs == departure.legs);
            let escorts: Vec<&str> = team.into_iter().flat_map(|team| &team.escorts).map(|e| e.as_str()).collect();
            let ride = plan.routes.iter().find_map(|route| {
                let mut stops = route.stops.iter();
                let pickup = stops.find(|s| s.kind == StopKind::Pickup && s.case.as_ref() == Some(&departure.case))?;
                Some(format!("{},{}", route.shift, pickup.at.to_rfc3339()))
            });
            rest = format!("{},{}", escorts.join(" "), ride.unwrap_or_else(|| ",".to_owned()));
        }
        let _ = writeln!(text, "{},{},,{},{rest},{level}", departure.case, legs.join(" "), told.to_rfc3339());
    }
    let mut files = files.clone();
    files.insert("commitments.csv".to_owned(), text.into_bytes());
    files
}

/// The same commitments after a repair has been published: who departs otherwise now has been told so, and who does not depart
/// any more has been told that.
pub(crate) fn told_again(files: &Files, week: &Week, plan: &Plan) -> Files {
    let mut text = "case,legs,slot,noticed_at,escorts,shift,pickup_at,level\n".to_owned();
    for row in week.commitments.iter() {
        let Some(departure) = plan.departures.iter().find(|departure| departure.case == row.case) else { continue };
        let legs: Vec<&str> = departure.legs.iter().map(|leg| leg.as_str()).collect();
        let told = row.noticed_at.filter(|_| row.legs == departure.legs).unwrap_or(week.now);
        let level = row.level.word();
        let _ = writeln!(text, "{},{},,{},,,,{level}", row.case, legs.join(" "), told.to_rfc3339());
    }
    let mut files = files.clone();
    files.insert("commitments.csv".to_owned(), text.into_bytes());
    files
}

/// The first moment at which anything of a week could begin.
pub(crate) fn first_moment(week: &Week) -> Instant {
    let legs = week.legs.iter().map(|leg| leg.departs);
    let duties = week.duties.iter().map(|duty| duty.span.from());
    let shifts = week.shifts.iter().map(|shift| shift.span.from());
    let transfers = week.transfers.iter().map(|transfer| transfer.pickup.from());
    legs.chain(duties).chain(shifts).chain(transfers).min().unwrap_or(week.now)
}

/// The folder at a later moment.
pub(crate) fn at_moment(mut files: Files, week: &Week, now: Instant) -> Files {
    let text = String::from_utf8(files["week.toml"].clone()).unwrap();
    let line = text.lines().find(|line| line.starts_with("now = ")).unwrap().to_owned();
    let text = text.replace(&line, &format!("now = {}", now.max(week.now).to_rfc3339()));
    files.insert("week.toml".to_owned(), text.into_bytes());
    files
}

/// A few random events of every kind that the week has a subject for, as the text of `events.csv`.
pub(crate) fn events(week: &Week, count: usize, rng: &mut ChaCha8Rng) -> String {
    let mut text = "event,at,kind,subject,until,value\n".to_owned();
    let mut made = 0;
    for _ in 0..20 * count {
        if made == count {
            break;
        }
        let kind = EventKind::ALL[rng.random_range(0..EventKind::ALL.len())];
        if let Some(row) = event(week, kind, rng) {
            let _ = writeln!(text, "G{made},{row}");
            made += 1;
        }
    }
    text
}

/// One event of a kind, without its id; none when the week has nothing that it could be about.
pub(crate) fn event(week: &Week, kind: EventKind, rng: &mut ChaCha8Rng) -> Option<String> {
    let now = week.now - TimeDelta::minutes(rng.random_range(1..120));
    let later = |hours: i64| (week.start + TimeDelta::hours(hours)).to_rfc3339();
    let (mut at, mut until, mut value) = (now.to_rfc3339(), String::new(), String::new());
    let subject = match kind {
        EventKind::ProcedureClosed => {
            let open = |case: &&vertrek::week::Case| week.procedures(&case.id).any(|p| p.closed.is_none());
            let cases: Vec<_> = week.cases.iter().filter(open).collect();
            (!cases.is_empty()).then(|| cases[rng.random_range(0..cases.len())].id.to_string())
        }
        EventKind::ProcedureOpened
        | EventKind::Released
        | EventKind::ReleaseWithdrawn
        | EventKind::Voluntary
        | EventKind::AvailabilityLost => some(&week.cases, rng),
        EventKind::AvailabilityConfirmed => {
            until = later(24 * 12);
            some(&week.cases, rng)
        }
        EventKind::DocumentWithdrawn | EventKind::DocumentIssued => some(&week.documents, rng),
        EventKind::Unfit => some(&week.persons, rng),
        EventKind::Fit => {
            until = later(24 * 20);
            some(&week.persons, rng)
        }
        EventKind::LegCancelled => some(&week.legs, rng),
        EventKind::LegRetimed => {
            let leg = (!week.legs.is_empty()).then(|| &week.legs.rows()[rng.random_range(0..week.legs.len())])?;
            value = (leg.departs + TimeDelta::minutes(rng.random_range(-4..5) * 30)).to_rfc3339();
            Some(leg.id.to_string())
        }
        EventKind::SeatsChanged => {
            value = rng.random_range(0..6).to_string();
            some(&week.legs, rng)
        }
        EventKind::EscortAbsent => {
            let from = rng.random_range(0..120);
            (at, until) = (later(from), later(from + 48));
            some(&week.escorts, rng)
        }
        EventKind::ShiftOut => some(&week.shifts, rng),
        EventKind::TransferAdded | EventKind::TransferCancelled => some(&week.transfers, rng),
    };
    Some(format!("{at},{},{},{until},{value}", kind.word(), subject?))
}

pub(crate) fn some<T: Keyed<Key: std::fmt::Display>>(table: &Table<T>, rng: &mut ChaCha8Rng) -> Option<String> {
    (!table.is_empty()).then(|| table.rows()[rng.random_range(0..table.len())].key().to_string())
}
