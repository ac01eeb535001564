//! Gate `arrival`: the receiving state's terms on announcement, hours and weekdays. How many persons may arrive on one date
//! is a capacity, not a gate.

use super::{Closed, Dossier, GateName, Journey, Owner, Remedy, Why};
use crate::calendar::{days_between, instant, local_date, own_clock};
use crate::units::Instant;
use crate::week::Destination;
use chrono::{Datelike, Days, NaiveTime};

/// Why the gate is closed, a reason for each term that is not met; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>, journey: &Journey<'_>) -> Vec<Closed> {
    let Some(terms) = dossier.terms else { return Vec::new() };
    let found = [announcement(dossier, terms, journey), clock(terms, journey), weekday(terms, journey)];
    let closed = |(why, remedy, owner, opens_at)| Closed {
        gate: GateName::Arrival,
        person: None,
        rows: vec![terms.row.clone()],
        why,
        remedy,
        owner,
        opens_at,
    };
    found.into_iter().flatten().map(closed).collect()
}

type Reason = (Why, Remedy, Owner, Option<Instant>);

/// Date of departure − date of now, both Amsterdam dates, against the days the state asks for.
fn announcement(dossier: &Dossier<'_>, terms: &Destination, journey: &Journey<'_>) -> Option<Reason> {
    let days = if dossier.is_special() { terms.announce_days_special } else { terms.announce_days };
    let today = local_date(dossier.week.now);
    if days_between(today, local_date(journey.departs)) >= i64::from(days) {
        return None;
    }
    let first_date = today.checked_add_days(Days::new(u64::from(days))).unwrap_or(chrono::NaiveDate::MAX);
    let why = Why::AnnouncedTooLate { days, first_date };
    Some((why, Remedy::AnnounceAndDepartLater, Owner::DtV, Some(instant(first_date, NaiveTime::MIN))))
}

fn clock(terms: &Destination, journey: &Journey<'_>) -> Option<Reason> {
    let at = own_clock(journey.arrives).time();
    let window = &terms.arrival;
    let inside = window.from.is_none_or(|from| from <= at) && window.until.is_none_or(|until| at <= until);
    let why = || Why::ArrivalClock { at, from: window.from, until: window.until };
    (!inside).then(|| (why(), Remedy::ArriveInHours, Owner::ReceivingState, None))
}

fn weekday(terms: &Destination, journey: &Journey<'_>) -> Option<Reason> {
    let admitted = terms.weekdays.as_ref()?;
    let number = own_clock(journey.arrives).weekday().number_from_monday();
    let day = u8::try_from(number).unwrap_or_default();
    let why = || Why::ArrivalWeekday { day, admitted: admitted.clone() };
    (!admitted.contains(&day)).then(|| (why(), Remedy::ArriveOnWeekday, Owner::ReceivingState, None))
}
