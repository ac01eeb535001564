//! Section 8: the reasons for not planning a case. A gate that is named closes some journey of the case, and the rows that
//! are named exist.

use super::codes::RuleCode;
use super::facts::{Facts, Trip};
use super::report::{Findings, text};
use super::{gates, notice};
use crate::plan::{LeftOut, NotPlanned};
use crate::week::*;
use std::collections::BTreeMap;

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    let flights = Flights::of(facts.week);
    let tables = last_lines(facts.week);
    for row in &facts.plan.not_planned {
        let Some(case) = facts.week.cases.get(&row.case) else { continue };
        named_gate(facts.week, case, row, &flights, findings);
        named_rows(case, row, &tables, findings);
        named_pin(facts.week, case, row, findings);
    }
}

fn named_gate(week: &Week, case: &Case, row: &NotPlanned, flights: &Flights, findings: &mut Findings) {
    let of_case = [
        ("release", !gates::is_released(week, case)),
        ("voluntary", case.voluntary_track),
        ("procedure", week.procedures(&case.id).any(|procedure| gates::holds(week, procedure))),
        ("reception", week.persons(&case.id).any(gates::lacks_reception)),
    ];
    let Some(gate) = &row.gate else {
        if let Some((gate, _)) = of_case.iter().find(|(_, closed)| *closed) {
            let message = text!(
                "gate {gate} is closed on it, and none is named",
                "poort {gate} is dicht, en er wordt geen genoemd"
            );
            findings.refuse(RuleCode::Reason, &case.id, &[&case.row], message);
        }
        return;
    };
    let closes = match gate.as_str() {
        gate if of_case.iter().any(|(name, _)| *name == gate) => of_case.contains(&(gate, true)),
        "period" => flights.some(case, |trip, _| !gates::in_period(trip)),
        "document" => {
            flights.some(case, |trip, _| !week.persons(&case.id).all(|person| gates::is_documented(week, trip, person)))
        }
        "availability" => flights.some(case, |trip, _| !gates::is_available(week, trip)),
        "fitness" => flights.some(case, |trip, _| !week.persons(&case.id).all(|person| gates::is_fit(trip, person))),
        "arrival" => flights.some(case, |trip, _| !gates::is_admitted(week, trip)),
        "notice" => flights.some(case, |trip, legs| !notice::can_be_told(week, trip, legs)),
        _ => false,
    };
    if !closes {
        let message = text!(
            "gate {gate} is not closed on it, whatever its flight, or is no gate",
            "poort {gate} is voor geen van haar vluchten dicht, of is geen poort"
        );
        findings.refuse(RuleCode::Reason, &case.id, &[&case.row], message);
    }
}

/// Only a pin keeps a case out by hand.
fn named_pin(week: &Week, case: &Case, row: &NotPlanned, findings: &mut Findings) {
    let Some(LeftOut::Pinned { pin, .. }) = &row.left_out else { return };
    if !week.pins.get(pin).is_some_and(|pin| pin.out && pin.case == case.id) {
        let message = text!("no pin {pin} keeps it out", "geen pin {pin} houdt haar buiten het plan");
        findings.refuse(RuleCode::Reason, &case.id, &[&case.row], message);
    }
}

fn named_rows(case: &Case, row: &NotPlanned, tables: &BTreeMap<&str, u64>, findings: &mut Findings) {
    for text in &row.rows {
        let named = text.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse::<u64>().ok()?)));
        let exists = named.is_some_and(|(file, line)| {
            line > 0 && (file == "week.toml" || tables.get(file).is_some_and(|&last| line <= last))
        });
        if !exists {
            let message = text!(
                "'{text}' is no row of the folder (file:line)",
                "'{text}' is geen rij van de map (bestand:regel)"
            );
            findings.refuse(RuleCode::Reason, &case.id, &[&case.row], message);
        }
    }
}

/// The line of the last row of each table that has any.
fn last_lines(week: &Week) -> BTreeMap<&'static str, u64> {
    let mut tables: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut note = |row: &RowRef| {
        let last = tables.entry(row.file).or_default();
        *last = row.line.max(*last);
    };
    macro_rules! note {
        ($($table:ident),+ $(,)?) => { $(week.$table.iter().for_each(|row| note(&row.row));)+ };
    }
    week.travel.values().for_each(|row| note(&row.row));
    note!(
        locations,
        cases,
        persons,
        documents,
        procedures,
        availability,
        contact_slots,
        legs,
        transits,
        destinations,
        returns,
        escorts,
        absences,
        duties,
        shifts,
        transfers,
        commitments,
        history,
        pins,
        events,
    );
    tables
}

/// Journeys that may be named in a reason: a leg from a home airport in the horizon, or two that meet in an airport of
/// `transits.csv`.
struct Flights<'a> {
    first: Vec<&'a Leg>,
    onward: BTreeMap<&'a LocationId, Vec<&'a Leg>>,
}

impl<'a> Flights<'a> {
    fn of(week: &'a Week) -> Self {
        let starts =
            |leg: &&Leg| week.home_airports.contains(&leg.from) && week.start <= leg.departs && leg.departs < week.end;
        let mut onward: BTreeMap<&LocationId, Vec<&Leg>> = BTreeMap::new();
        for leg in week.legs.iter().filter(|leg| week.transits.get(&leg.from).is_some()) {
            onward.entry(&leg.from).or_default().push(leg);
        }
        Self { first: week.legs.iter().filter(starts).collect(), onward }
    }

    /// Whether something holds for one journey of a case at least; it does where the case has none at all.
    fn some(&self, case: &'a Case, holds: impl Fn(Trip<'a>, &[&'a Leg]) -> bool) -> bool {
        let mut any = false;
        for &first in &self.first {
            let onward = self.onward.get(&first.to).into_iter().flatten().copied();
            let second = onward.filter(|second| second.departs >= first.arrives).map(Some);
            for second in std::iter::once(None).chain(second) {
                let last = second.unwrap_or(first);
                if !case.entry_points.admits(&last.to) {
                    continue;
                }
                any = true;
                let legs: Vec<&Leg> = std::iter::once(first).chain(second).collect();
                if holds(Trip { case, first, last }, &legs) {
                    return true;
                }
            }
        }
        !any
    }
}
