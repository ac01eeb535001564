//! Every way a case may depart: itinerary and notice, straight from sections 2, 3, 4 and 7 of the specification.

use chrono::{Days, NaiveDate};
use vertrek::calendar::{local_date, office_hours, own_clock};
use vertrek::rules::RiskUse;
use vertrek::units::{Instant, minutes_between, shift};
use vertrek::week::*;

/// One itinerary of one case, with every notice that can be given for it.
pub(crate) struct Way {
    pub(crate) legs: Vec<usize>,
    pub(crate) notices: Vec<Notice>,
}

/// A notice: the slot it takes (none: an earlier notice is kept), and value less tickets of the departure.
pub(crate) struct Notice {
    pub(crate) slot: Option<usize>,
    pub(crate) worth: f64,
}

pub(crate) fn hours(from: Instant, until: Instant) -> f64 {
    minutes_between(from, until) / 60.0
}

pub(crate) fn ways(week: &Week, case: &Case) -> Vec<Way> {
    if !may_leave(week, case) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for legs in itineraries(week, case) {
        let notices = if open(week, case, &legs) { notices(week, case, &legs) } else { Vec::new() };
        if !notices.is_empty() {
            found.push(Way { legs, notices });
        }
    }
    found
}

/// The gates of the case itself.
fn may_leave(week: &Week, case: &Case) -> bool {
    let reception = |p: &Person| !p.unaccompanied_minor || p.reception_confirmed;
    released(week, case) && !case.voluntary_track && !suspended(week, case) && week.persons(&case.id).all(reception)
}

/// Whether every gate is open on legs that the case has been told of, so that its notice holds.
pub(crate) fn gates_are_open(week: &Week, case: &Case, legs: &[usize]) -> bool {
    may_leave(week, case) && open(week, case, legs)
}

fn released(week: &Week, case: &Case) -> bool {
    case.release.by.is_some() && case.release.at.is_some_and(|at| at <= week.now)
}

fn suspended(week: &Week, case: &Case) -> bool {
    week.procedures(&case.id).any(|p| p.suspensive && p.closed.is_none_or(|closed| closed > week.now))
}

/// Section 4, but for seats.
fn itineraries(week: &Week, case: &Case) -> Vec<Vec<usize>> {
    let legs = week.legs.rows();
    let commitment = week.commitments.get(&case.id);
    let booked = |leg: &Leg| {
        commitment.is_some_and(|c| matches!(c.level, Level::Booked | Level::Locked) && c.legs.contains(&leg.id))
    };
    let bookable = |leg: &Leg| booked(leg) || hours(week.now, leg.departs) >= leg.booking_lead.get();
    let starts = |leg: &Leg| {
        week.home_airports.contains(&leg.from) && week.start <= leg.departs && leg.departs < week.end && bookable(leg)
    };
    let mut found = Vec::new();
    for (i, first) in legs.iter().enumerate().filter(|(_, leg)| starts(leg)) {
        if case.entry_points.admits(&first.to) {
            found.push(vec![i]);
        }
        let Some(transit) = week.transits.get(&first.to) else { continue };
        for (j, second) in legs.iter().enumerate() {
            let connection = minutes_between(first.arrives, second.departs);
            let permit =
                hours(week.now, first.departs) >= transit.permit_lead.get() || (booked(first) && booked(second));
            let connects = second.from == first.to
                && first.kind == LegKind::Scheduled
                && second.kind == LegKind::Scheduled
                && connection >= week.rules.connection_min.get()
                && connection <= transit.max_minutes.get();
            let passes = permit && (case.escorts > 0 || transit.unescorted);
            if connects && passes && bookable(second) && case.entry_points.admits(&second.to) {
                found.push(vec![i, j]);
            }
        }
    }
    found
}

/// The gates that depend on the flight, but for notice.
fn open(week: &Week, case: &Case, legs: &[usize]) -> bool {
    let (first, last) = (&week.legs.rows()[legs[0]], &week.legs.rows()[legs[legs.len() - 1]]);
    let (departs, arrives) = (first.departs, last.arrives);
    let period = case.earliest.is_none_or(|e| e <= departs)
        && case.latest.is_none_or(|l| departs <= l)
        && case.term_until.is_none_or(|t| departs > t);
    let fit = |p: &Person| match p.fit_to_fly {
        FitToFly::NotRequired => true,
        FitToFly::Yes => p.fit_until.is_some_and(|until| until >= arrives),
        FitToFly::No | FitToFly::Pending => false,
    };
    let documented = |p: &Person| week.documents(&p.id).any(|d| holds(week, case, d, departs, arrives, &last.to));
    let cover_from = shift(departs, -week.rules.availability_cover.get() * 60.0);
    let present = |a: &Availability| {
        a.span.from() <= cover_from
            && a.span.until() >= departs
            && a.confirmed_at
                .is_some_and(|at| at <= week.now && hours(at, week.now) <= week.rules.availability_max_age.get())
    };
    period
        && week.persons(&case.id).all(|p| fit(p) && documented(p))
        && week.availability(&case.id).any(present)
        && admitted(week, case, departs, arrives)
}

fn holds(week: &Week, case: &Case, d: &Document, departs: Instant, arrives: Instant, to: &LocationId) -> bool {
    let kind = match d.kind {
        DocumentKind::Passport => true,
        DocumentKind::EuLaissezPasser => case.kind == CaseKind::Dublin,
        DocumentKind::LaissezPasser | DocumentKind::ReadmissionAgreement => case.kind != CaseKind::Dublin,
    };
    kind && d.status == DocumentStatus::Issued
        && d.valid_from.is_none_or(|from| from <= departs)
        && d.valid_until.is_some_and(|until| hours(arrives, until) >= week.rules.document_margin.get())
        && d.entry_points.admits(to)
}

/// The receiving state's terms, but for persons a day.
fn admitted(week: &Week, case: &Case, departs: Instant, arrives: Instant) -> bool {
    let Some(terms) = week.terms(case) else { return true };
    let special =
        case.medical_escort.is_some() || week.persons(&case.id).any(|p| p.age_group != AgeGroup::Adult || p.wheelchair);
    let days = if special { terms.announce_days_special } else { terms.announce_days };
    let announced = local_date(week.now).checked_add_days(Days::new(days.into())).unwrap();
    let clock = own_clock(arrives);
    let weekday = u8::try_from(chrono::Datelike::weekday(&clock.date()).number_from_monday()).unwrap();
    local_date(departs) >= announced
        && terms.arrival.from.is_none_or(|from| clock.time() >= from)
        && terms.arrival.until.is_none_or(|until| clock.time() <= until)
        && terms.weekdays.as_ref().is_none_or(|days| days.contains(&weekday))
}

/// The receiving state's row and the local date of an arrival, when persons a day are limited: (row, date, limit).
pub(crate) fn arrival_limit(week: &Week, case: &Case, legs: &[usize]) -> Option<(u64, NaiveDate, u32)> {
    let terms = week.terms(case)?;
    let arrives = week.legs.rows()[*legs.last()?].arrives;
    Some((terms.row.line, own_clock(arrives).date(), terms.max_per_day?))
}

/// Section 3.
fn notices(week: &Week, case: &Case, legs: &[usize]) -> Vec<Notice> {
    let departs = week.legs.rows()[legs[0]].departs;
    let ids: Vec<&LegId> = legs.iter().map(|&l| &week.legs.rows()[l].id).collect();
    let kept = week.commitments.get(&case.id).filter(|c| {
        matches!(c.level, Level::Noticed | Level::Booked | Level::Locked) && c.legs.iter().eq(ids.iter().copied())
    });
    if let Some(at) = kept.and_then(|c| c.noticed_at) {
        return vec![Notice { slot: None, worth: worth(week, case, legs, at) }];
    }
    let least = week.rules.notice_min_for.get(&case.measure).copied().unwrap_or(week.rules.notice_min);
    let least = least.get().max(week.rules.notice_min.get());
    let good = |s: &ContactSlot| {
        s.location == case.location
            && s.starts >= week.now
            && hours(s.starts, departs) >= least
            && office_hours(s.starts, departs, &week.holidays) >= week.rules.notice_office
    };
    let slots = week.contact_slots.iter().enumerate().filter(|(_, s)| good(s));
    slots.map(|(i, s)| Notice { slot: Some(i), worth: worth(week, case, legs, s.starts) }).collect()
}

/// Section 7: value less tickets.
fn worth(week: &Week, case: &Case, legs: &[usize], noticed: Instant) -> f64 {
    let legs: Vec<&Leg> = legs.iter().map(|&l| &week.legs.rows()[l]).collect();
    let days = hours(noticed, legs[0].departs) / 24.0;
    let hazard = &week.risk.measures[&case.measure];
    let mut h = hazard.base.get() + hazard.per_day.get() * days;
    h += hazard.procedure_base.get() + hazard.procedure_per_day.get() * days;
    for (known, part) in [
        (case.file.belongings, week.risk.belongings),
        (case.file.physical, week.risk.physical),
        (case.file.medical, week.risk.medical),
    ] {
        h += if known { 0.0 } else { part.get() };
    }
    h += if case.escorts > 0 { week.risk.escorted.get() } else { week.risk.unescorted.get() };
    let p = if week.risk.usage == RiskUse::None { 1.0 } else { (-h).exp() };
    let seats = f64::from(case.air_seats(week));
    let ticket = |leg: &&Leg| seats * leg.fare.get() * (p + (1.0 - p) * (1.0 - leg.refund_share.get()));
    week.costs.departure_value.get() * case.priority.get() * f64::from(case.persons(week)) * p
        - legs.iter().map(ticket).sum::<f64>()
}
