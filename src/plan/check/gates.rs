//! Section 2: the gates of every planned case, and the daily limit of arrivals.

use super::codes::RuleCode;
use super::facts::{Facts, Planned, Trip, clock};
use super::notice;
use super::report::{Findings, Subject, text};
use crate::calendar;
use crate::units::{Instant, shift};
use crate::week::*;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    for one in &facts.planned {
        for gate in [release, voluntary, period, document, procedure, availability, fitness, reception, arrival] {
            gate(facts.week, one, findings);
        }
    }
    arrival_capacity(facts, findings);
}

/// The gates that are closed for a case on these legs, in the order of section 2.
pub(super) fn closed_on(week: &Week, case: &Case, legs: &[&Leg]) -> Vec<&'static str> {
    let (Some(&first), Some(&last)) = (legs.first(), legs.last()) else { return Vec::new() };
    let trip = Trip { case, first, last };
    let persons = || week.persons(&case.id);
    let open = [
        ("release", is_released(week, case)),
        ("voluntary", !case.voluntary_track),
        ("period", in_period(trip)),
        ("document", persons().all(|person| is_documented(week, trip, person))),
        ("procedure", !week.procedures(&case.id).any(|procedure| holds(week, procedure))),
        ("availability", is_available(week, trip)),
        ("fitness", persons().all(|person| is_fit(trip, person))),
        ("reception", !persons().any(lacks_reception)),
        ("arrival", is_admitted(week, trip)),
        ("notice", notice::can_be_told(week, trip, legs)),
    ];
    open.into_iter().filter(|(_, open)| !open).map(|(gate, _)| gate).collect()
}

fn release(week: &Week, one: &Planned, findings: &mut Findings) {
    if !is_released(week, one.case) {
        let message = text!(
            "the case is not released by a named officer by now",
            "de zaak is nu niet door een functionaris vrijgegeven"
        );
        findings.refuse(RuleCode::Release, &one.case.id, &[&one.case.row], message);
    }
}

/// Whether a named officer has released the case by now.
pub(super) fn is_released(week: &Week, case: &Case) -> bool {
    case.release.by.is_some() && case.release.at.is_some_and(|at| at <= week.now)
}

fn voluntary(_: &Week, one: &Planned, findings: &mut Findings) {
    if one.case.voluntary_track {
        let message = text!("voluntary departure is under way", "zelfstandig vertrek loopt nog");
        findings.refuse(RuleCode::Voluntary, &one.case.id, &[&one.case.row], message);
    }
}

/// Whether departure lies in the period of the case and after its term.
pub(super) fn in_period(trip: Trip) -> bool {
    let (case, departs) = (trip.case, trip.departs());
    let early = case.earliest.is_some_and(|earliest| departs < earliest);
    let late = case.latest.is_some_and(|latest| departs > latest);
    let in_term = case.term_until.is_some_and(|term| departs <= term);
    !(early || late || in_term)
}

fn period(_: &Week, one: &Planned, findings: &mut Findings) {
    if !in_period(one.trip()) {
        let (case, at) = (one.case, clock(one.departs()));
        let message = text!(
            "departure at {at} is outside earliest..latest, or not after term_until",
            "vertrek om {at} ligt buiten earliest..latest, of niet na term_until"
        );
        findings.refuse(RuleCode::Period, &case.id, &[&case.row, &one.first.row], message);
    }
}

fn document(week: &Week, one: &Planned, findings: &mut Findings) {
    for person in week.persons(&one.case.id) {
        if is_documented(week, one.trip(), person) {
            continue;
        }
        let mut rows: Vec<&RowRef> = week.documents(&person.id).map(|document| &document.row).collect();
        rows.push(&person.row);
        let (id, airport) = (&person.id, &one.last.to);
        let message = text!(
            "person {id} has no document that admits this journey to {airport}",
            "persoon {id} heeft geen document voor deze reis naar {airport}"
        );
        findings.refuse(RuleCode::Document, &one.case.id, &rows, message);
    }
}

/// Whether a person has a document that admits the journey.
pub(super) fn is_documented(week: &Week, trip: Trip, person: &Person) -> bool {
    week.documents(&person.id).any(|document| admits(week, trip, document))
}

fn admits(week: &Week, trip: Trip, document: &Document) -> bool {
    let kind = match document.kind {
        DocumentKind::Passport => true,
        DocumentKind::EuLaissezPasser => trip.case.kind == CaseKind::Dublin,
        DocumentKind::LaissezPasser | DocumentKind::ReadmissionAgreement => trip.case.kind != CaseKind::Dublin,
    };
    let margin = week.rules.document_margin.minutes().get();
    kind && document.status == DocumentStatus::Issued
        && document.valid_from.is_none_or(|from| from <= trip.departs())
        && document.valid_until.is_some_and(|until| until >= shift(trip.arrives(), margin))
        && document.entry_points.admits(&trip.last.to)
}

fn procedure(week: &Week, one: &Planned, findings: &mut Findings) {
    for procedure in week.procedures(&one.case.id).filter(|procedure| holds(week, procedure)) {
        let id = &procedure.id;
        let message = text!("suspensive procedure {id} is open", "schorsende procedure {id} loopt nog");
        findings.refuse(RuleCode::Procedure, &one.case.id, &[&procedure.row], message);
    }
}

/// Whether departure must wait for a procedure.
pub(super) fn holds(week: &Week, procedure: &Procedure) -> bool {
    procedure.suspensive && procedure.closed.is_none_or(|closed| closed > week.now)
}

/// Whether one fresh row covers the hours before departure.
pub(super) fn is_available(week: &Week, trip: Trip) -> bool {
    let (from, until) = (cover_from(week, trip), trip.departs());
    let oldest = shift(week.now, -week.rules.availability_max_age.minutes().get());
    let covers = |row: &Availability| row.span.from() <= from && until <= row.span.until();
    let fresh = |row: &Availability| row.confirmed_at.is_some_and(|at| oldest <= at && at <= week.now);
    week.availability(&trip.case.id).any(|row| covers(row) && fresh(row))
}

fn cover_from(week: &Week, trip: Trip) -> Instant {
    shift(trip.departs(), -week.rules.availability_cover.minutes().get())
}

fn availability(week: &Week, one: &Planned, findings: &mut Findings) {
    if !is_available(week, one.trip()) {
        let mut rows: Vec<&RowRef> = week.availability(&one.case.id).map(|row| &row.row).collect();
        rows.push(&one.case.row);
        let (from, until) = (clock(cover_from(week, one.trip())), clock(one.departs()));
        let message = text!(
            "no single, freshly confirmed row covers {from} to {until}",
            "geen enkele, actueel bevestigde rij dekt {from} tot {until}"
        );
        findings.refuse(RuleCode::Availability, &one.case.id, &rows, message);
    }
}

/// Whether a person may fly until arrival.
pub(super) fn is_fit(trip: Trip, person: &Person) -> bool {
    match person.fit_to_fly {
        FitToFly::NotRequired => true,
        FitToFly::Yes => person.fit_until.is_some_and(|until| until >= trip.arrives()),
        FitToFly::No | FitToFly::Pending => false,
    }
}

fn fitness(week: &Week, one: &Planned, findings: &mut Findings) {
    for person in week.persons(&one.case.id) {
        if !is_fit(one.trip(), person) {
            let (id, at) = (&person.id, clock(one.arrives()));
            let message = text!(
                "person {id} is not declared fit to fly until {at}",
                "persoon {id} is niet fit verklaard tot {at}"
            );
            findings.refuse(RuleCode::Fitness, &one.case.id, &[&person.row], message);
        }
    }
}

fn reception(week: &Week, one: &Planned, findings: &mut Findings) {
    for person in week.persons(&one.case.id).filter(|person| lacks_reception(person)) {
        let id = &person.id;
        let message = text!(
            "reception of unaccompanied minor {id} is not confirmed",
            "de opvang van alleenstaande minderjarige {id} is niet bevestigd"
        );
        findings.refuse(RuleCode::Reception, &one.case.id, &[&person.row], message);
    }
}

/// Whether a person is an unaccompanied minor whose reception is not confirmed.
pub(super) fn lacks_reception(person: &Person) -> bool {
    person.unaccompanied_minor && !person.reception_confirmed
}

fn arrival(week: &Week, one: &Planned, findings: &mut Findings) {
    let Some(terms) = week.terms(one.case) else { return };
    let rows = [&terms.row, &one.case.row, &one.last.row];
    let (ahead, needed) = (days_ahead(week, one.trip()), announced(week, one.case, terms));
    if ahead < needed {
        let message = text!(
            "departure is {ahead} days ahead, the arrival must be announced {needed} days ahead",
            "het vertrek is over {ahead} dagen, de aankomst moet {needed} dagen vooraf worden aangekondigd"
        );
        findings.refuse(RuleCode::Arrival, &one.case.id, &rows, message);
    }
    if !in_hours(one.trip(), terms) {
        let own = calendar::own_clock(one.arrives());
        let weekday = own.weekday().number_from_monday();
        let message = text!(
            "arrival at {own} (own clock, weekday {weekday}) is outside the hours or weekdays of the receiving state",
            "aankomst om {own} (eigen klok, weekdag {weekday}) valt buiten de uren of weekdagen van het ontvangende land"
        );
        findings.refuse(RuleCode::Arrival, &one.case.id, &rows, message);
    }
}

/// Whether the journey meets the receiving state's terms, if it has any.
pub(super) fn is_admitted(week: &Week, trip: Trip) -> bool {
    week.terms(trip.case)
        .is_none_or(|terms| days_ahead(week, trip) >= announced(week, trip.case, terms) && in_hours(trip, terms))
}

/// Days from the date of now to that of departure.
fn days_ahead(week: &Week, trip: Trip) -> i64 {
    calendar::days_between(calendar::local_date(week.now), calendar::local_date(trip.departs()))
}

/// Days ahead that the receiving state wants to know.
fn announced(week: &Week, case: &Case, terms: &Destination) -> i64 {
    i64::from(if is_special(week, case) { terms.announce_days_special } else { terms.announce_days })
}

/// Whether the arrival's own clock and weekday are within the terms.
fn in_hours(trip: Trip, terms: &Destination) -> bool {
    let own = calendar::own_clock(trip.arrives());
    let weekday = u8::try_from(own.weekday().number_from_monday()).unwrap_or_default();
    terms.arrival.from.is_none_or(|from| from <= own.time())
        && terms.arrival.until.is_none_or(|until| own.time() <= until)
        && terms.weekdays.as_ref().is_none_or(|days| days.contains(&weekday))
}

/// A case that is announced longer ahead: a child, an infant, a medical escort or a wheelchair.
fn is_special(week: &Week, case: &Case) -> bool {
    case.medical_escort.is_some() || week.persons(&case.id).any(|p| p.age_group != AgeGroup::Adult || p.wheelchair)
}

fn arrival_capacity(facts: &Facts, findings: &mut Findings) {
    let mut arrivals: BTreeMap<(&RowRef, NaiveDate), (&Destination, usize)> = BTreeMap::new();
    for one in &facts.planned {
        if let Some(terms) = facts.week.terms(one.case) {
            let date = calendar::own_clock(one.arrives()).date();
            let persons = facts.week.persons(&one.case.id).count();
            arrivals.entry((&terms.row, date)).or_insert((terms, 0)).1 += persons;
        }
    }
    for ((row, date), (terms, persons)) in arrivals {
        if let Some(limit) = terms.max_per_day.filter(|&limit| persons > limit as usize) {
            let message = text!(
                "{persons} persons arrive on {date}, at most {limit} may",
                "{persons} personen komen aan op {date}, hoogstens {limit} is toegestaan"
            );
            findings.refuse(RuleCode::ArrivalCapacity, Subject::of("destination", terms.destination), &[row], message);
        }
    }
}
