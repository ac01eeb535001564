//! Day after day: the clock moves on, what was planned is told, booked and done, and something happens again.

use super::{Files, at_moment, event};
use chrono::TimeDelta;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::fmt::Write;
use vertrek::plan::{Plan, StopKind};
use vertrek::units::Instant;
use vertrek::week::read::{read_files, read_files_with_events};
use vertrek::week::{CaseId, EventKind, Week};

/// A departure is booked this long ahead.
const BOOKED_HOURS: i64 = 72;

/// A week that is lived through.
pub(crate) struct Days {
    files: Files,
    first: Week,
    events: String,
    made: usize,
}

impl Days {
    pub(crate) fn new(files: &Files) -> Self {
        let first = read_files(files).expect("a week folder");
        let events = "event,at,kind,subject,until,value\n".to_owned();
        Self { files: files.clone(), first, events, made: 0 }
    }

    /// The week so many days after its first moment, with what `plan` has set going by then and so many events more.
    pub(crate) fn after(&mut self, days: i64, plan: &Plan, count: usize, rng: &mut ChaCha8Rng) -> Week {
        let now = self.first.now + TimeDelta::days(days);
        let mut files = at_moment(self.files.clone(), &self.first, now);
        files.insert("commitments.csv".to_owned(), set_going(plan, &self.first, now).into_bytes());
        let again = confirmed_again(&files["availability.csv"], days);
        files.insert("availability.csv".to_owned(), again);
        let read = |events: &str| read_files_with_events(&files, events.as_bytes());
        let mut week = read(&self.events).expect("events that fitted the day before");
        let mut left = count;
        for _ in 0..50 * count {
            if left == 0 {
                break;
            }
            let kind = EventKind::ALL[rng.random_range(0..EventKind::ALL.len())];
            let Some(row) = event(&week, kind, rng) else { continue };
            let fields: Vec<&str> = row.split(',').collect();
            if !lies_ahead(&week, plan, kind, fields[2], fields[0]) {
                continue;
            }
            // A second end of one procedure, and the like, does not fit what has happened.
            let events = format!("{}D{},{row}\n", self.events, self.made);
            let Ok(next) = read(&events) else { continue };
            (week, self.events) = (next, events);
            self.made += 1;
            left -= 1;
        }
        week
    }
}

/// Availability, confirmed again as often as it was before the first moment: every confirmation is as old as it was then.
fn confirmed_again(table: &[u8], days: i64) -> Vec<u8> {
    let text = String::from_utf8(table.to_vec()).expect("a table");
    let at = text.lines().next().and_then(|head| head.split(',').position(|name| name == "confirmed_at"));
    let later = |(column, field): (usize, &str)| match field.parse::<Instant>() {
        Ok(confirmed) if Some(column) == at => (confirmed + TimeDelta::days(days)).to_rfc3339(),
        _ => field.to_owned(),
    };
    let rows = text.lines().map(|row| row.split(',').enumerate().map(later).collect::<Vec<_>>().join(","));
    (rows.collect::<Vec<_>>().join("\n") + "\n").into_bytes()
}

/// What a plan has set going by a moment, as `commitments.csv`: told once the time of the notice has come, booked three days ahead, on
/// its way from departure on.
fn set_going(plan: &Plan, week: &Week, now: Instant) -> String {
    let mut text = "case,legs,slot,noticed_at,escorts,shift,pickup_at,level\n".to_owned();
    for departure in plan.departures.iter().filter(|departure| departure.noticed_at <= now) {
        let Some(leg) = departure.legs.first().and_then(|leg| week.legs.get(leg)) else { continue };
        let level = match leg.departs - now {
            ahead if ahead <= TimeDelta::zero() => "locked",
            ahead if ahead <= TimeDelta::hours(BOOKED_HOURS) => "booked",
            _ => "noticed",
        };
        let legs: Vec<&str> = departure.legs.iter().map(|leg| leg.as_str()).collect();
        let team = plan.teams.iter().find(|team| team.legs == departure.legs);
        let escorts: Vec<&str> = team.into_iter().flat_map(|team| &team.escorts).map(|e| e.as_str()).collect();
        let ride = plan.routes.iter().find_map(|route| {
            let mut stops = route.stops.iter();
            let pickup = stops.find(|s| s.kind == StopKind::Pickup && s.case.as_ref() == Some(&departure.case))?;
            Some(format!("{},{}", route.shift, pickup.at.to_rfc3339()))
        });
        let ride = ride.unwrap_or_else(|| ",".to_owned());
        let told = departure.noticed_at.to_rfc3339();
        let _ = writeln!(text, "{},{},,{told},{},{ride},{level}", departure.case, legs.join(" "), escorts.join(" "));
    }
    text
}

/// The case that an event is about.
pub(crate) fn case_of(week: &Week, kind: EventKind, subject: &str) -> Option<CaseId> {
    let person = |id: &str| week.persons.iter().find(|person| person.id.as_str() == id).map(|p| p.case.clone());
    match kind {
        EventKind::DocumentWithdrawn | EventKind::DocumentIssued => {
            let document = week.documents.iter().find(|document| document.id.as_str() == subject)?;
            person(document.person.as_str())
        }
        EventKind::Unfit | EventKind::Fit => person(subject),
        _ => week.cases.iter().find(|case| case.id.as_str() == subject).map(|case| case.id.clone()),
    }
}

/// Whether an event is about something that is not over: nobody withdraws the release of who has left.
fn lies_ahead(week: &Week, plan: &Plan, kind: EventKind, subject: &str, at: &str) -> bool {
    let gone = |case: &CaseId| {
        let departure = plan.departures.iter().find(|departure| departure.case == *case);
        let leg = departure.and_then(|departure| week.legs.get(departure.legs.first()?));
        leg.is_some_and(|leg| leg.departs <= week.now)
    };
    match kind {
        EventKind::LegCancelled | EventKind::LegRetimed | EventKind::SeatsChanged => {
            // A leg that is retimed by two hours at most.
            let ahead = week.now + TimeDelta::hours(3);
            week.legs.iter().any(|leg| leg.id.as_str() == subject && leg.departs > ahead)
        }
        EventKind::EscortAbsent => at.parse::<Instant>().is_ok_and(|from| from > week.now),
        EventKind::ShiftOut => {
            week.shifts.iter().any(|shift| shift.id.as_str() == subject && shift.span.from() > week.now)
        }
        EventKind::TransferAdded | EventKind::TransferCancelled => {
            week.transfers.iter().any(|row| row.id.as_str() == subject && row.pickup.from() > week.now)
        }
        _ => case_of(week, kind, subject).is_none_or(|case| !gone(&case)),
    }
}
