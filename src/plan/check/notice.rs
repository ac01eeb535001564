//! Section 3: the notice of every planned case, kept or given in a contact slot.

use super::codes::RuleCode;
use super::facts::{Facts, Planned, SECOND, Trip, clock, keeps_notice, same_time};
use super::report::{Findings, text};
use crate::calendar;
use crate::units::minutes_between;
use crate::week::*;
use std::collections::BTreeMap;

/// Slack for floating-point sums, in hours.
const ROUNDING: f64 = 1e-6;

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    for one in &facts.planned {
        match (one.kept, &one.departure.slot) {
            (Some(commitment), _) => kept(one, commitment, findings),
            (None, Some(slot)) => {
                if let Some(slot) = facts.week.contact_slots.get(slot) {
                    given(facts.week, one, slot, findings);
                }
            }
            (None, None) => {
                let message = text!(
                    "it has no contact slot, and no notice that it keeps",
                    "zij heeft geen contactmoment, en geen aanzegging die blijft staan"
                );
                findings.refuse(RuleCode::Slot, &one.case.id, &[&one.case.row], message);
            }
        }
    }
    capacity(facts, findings);
}

fn kept(one: &Planned, commitment: &Commitment, findings: &mut Findings) {
    let at = clock(one.noticed_at);
    if one.departure.slot.is_some() {
        let message = text!(
            "its notice of {at} for these legs stands; it takes no slot",
            "haar aanzegging van {at} voor deze vluchten blijft staan; zij krijgt geen contactmoment"
        );
        findings.refuse(RuleCode::Kept, &one.case.id, &[&commitment.row], message);
    }
    if !same_time(one.departure.noticed_at, one.noticed_at) {
        let printed = clock(one.departure.noticed_at);
        let message =
            text!("notice was given at {at}, not at {printed}", "de aanzegging was om {at}, niet om {printed}");
        findings.refuse(RuleCode::Kept, &one.case.id, &[&commitment.row], message);
    }
}

fn given(week: &Week, one: &Planned, slot: &ContactSlot, findings: &mut Findings) {
    let rows = [&slot.row, &one.case.row, &one.first.row];
    let (starts, departs) = (clock(slot.starts), clock(one.departs()));
    if !same_time(one.departure.noticed_at, slot.starts) {
        let printed = clock(one.departure.noticed_at);
        let message = text!(
            "the slot starts at {starts}, not at {printed}",
            "het contactmoment is om {starts}, niet om {printed}"
        );
        findings.refuse(RuleCode::NoticeTime, &one.case.id, &[&slot.row], message);
    }
    if slot.location != one.case.location {
        let (there, here) = (&slot.location, &one.case.location);
        let message =
            text!("the slot is at {there}, the case at {here}", "het contactmoment is op {there}, de zaak op {here}");
        findings.refuse(RuleCode::SlotLocation, &one.case.id, &rows[..2], message);
    }
    if slot.starts < week.now {
        let message = text!("the slot started at {starts}, before now", "het contactmoment was om {starts}, vóór nu");
        findings.refuse(RuleCode::SlotPast, &one.case.id, &rows[..1], message);
    }
    let needed = hours_needed(week, one.case);
    let hours = hours_of(slot, one.trip());
    if hours < needed - ROUNDING {
        let message = text!(
            "notice at {starts} is {hours:.2} hours before departure at {departs}, {needed} are needed",
            "aanzegging om {starts} is {hours:.2} uur voor vertrek om {departs}, {needed} is nodig"
        );
        findings.refuse(RuleCode::NoticeMin, &one.case.id, &rows, message);
    }
    let office = office_hours(week, slot, one.trip());
    let needed = week.rules.notice_office.get();
    if office < needed - ROUNDING {
        let message = text!(
            "{office:.2} office hours lie between notice at {starts} and departure at {departs}, {needed} are needed",
            "tussen aanzegging om {starts} en vertrek om {departs} liggen {office:.2} kantooruren, {needed} is nodig"
        );
        findings.refuse(RuleCode::NoticeOffice, &one.case.id, &rows, message);
    }
}

/// Hours of notice for the measure of a case.
fn hours_needed(week: &Week, case: &Case) -> f64 {
    let of_measure = week.rules.notice_min_for.get(&case.measure).copied().unwrap_or_default();
    of_measure.get().max(week.rules.notice_min.get())
}

/// Hours from a slot to departure; negative when it comes after.
fn hours_of(slot: &ContactSlot, trip: Trip) -> f64 {
    minutes_between(slot.starts, trip.departs()) / 60.0
}

fn office_hours(week: &Week, slot: &ContactSlot, trip: Trip) -> f64 {
    calendar::office_hours(slot.starts, trip.departs(), &week.holidays).get()
}

/// Whether the case keeps its notice on these legs, or some slot with a place leaves enough.
pub(super) fn can_be_told(week: &Week, trip: Trip, legs: &[&Leg]) -> bool {
    let ids: Vec<LegId> = legs.iter().map(|leg| leg.id.clone()).collect();
    let in_time = |slot: &ContactSlot| {
        slot.location == trip.case.location
            && slot.starts >= week.now
            && slot.capacity > 0
            && hours_of(slot, trip) >= hours_needed(week, trip.case) - ROUNDING
            && office_hours(week, slot, trip) >= week.rules.notice_office.get() - ROUNDING
    };
    week.commitments.get(&trip.case.id).is_some_and(|c| keeps_notice(c, &ids)) || week.contact_slots.iter().any(in_time)
}

fn capacity(facts: &Facts, findings: &mut Findings) {
    let mut cases: BTreeMap<&SlotId, u32> = BTreeMap::new();
    for departure in &facts.plan.departures {
        if let Some(slot) = &departure.slot {
            *cases.entry(slot).or_default() += 1;
        }
    }
    for (id, taken) in cases {
        if let Some(slot) = facts.week.contact_slots.get(id).filter(|slot| taken > slot.capacity) {
            let capacity = slot.capacity;
            let message = text!(
                "{taken} cases take this slot, it holds {capacity}",
                "{taken} zaken op dit contactmoment, er is plaats voor {capacity}"
            );
            findings.refuse(RuleCode::SlotCapacity, id, &[&slot.row], message);
        }
    }
}

/// Printed notice lengths may differ this much, in hours: the tolerance on hours of section 8.
const PRINTED: f64 = super::facts::HOURS + SECOND / 3600.0;

/// The printed notice lengths and their spread by measure, where the plan has them.
pub(super) fn check_printed(facts: &Facts, findings: &mut Findings) {
    for one in &facts.planned {
        let hours = one.notice_hours();
        if let Some(printed) = one.departure.notice_hours.filter(|printed| (printed.get() - hours).abs() > PRINTED) {
            let message = text!(
                "notice is {hours:.2} hours, not {printed}",
                "de aanzegtermijn is {hours:.2} uur, niet {printed}"
            );
            findings.refuse(RuleCode::NoticeHours, &one.case.id, &[&one.first.row], message);
        }
    }
    if !facts.plan.notice_by_measure.is_empty() {
        spread(facts, findings);
    }
}

fn spread(facts: &Facts, findings: &mut Findings) {
    let mut lengths: BTreeMap<Measure, Vec<f64>> = BTreeMap::new();
    for one in &facts.planned {
        lengths.entry(one.case.measure).or_default().push(one.notice_hours());
    }
    lengths.values_mut().for_each(|list| list.sort_by(f64::total_cmp));
    let mut printed: Vec<_> = facts.plan.notice_by_measure.iter().map(|spread| spread.measure).collect();
    printed.sort();
    if !printed.iter().eq(lengths.keys()) {
        let message = text!(
            "the spread is not given once for each measure that departs",
            "de spreiding staat er niet één keer voor elke maatregel die vertrekt"
        );
        findings.refuse(RuleCode::NoticeSpread, super::Subject::plan(), &[], message);
    }
    for row in &facts.plan.notice_by_measure {
        let Some(list) = lengths.get(&row.measure) else { continue };
        let (count, middle) = (list.len(), list.len() / 2);
        let median = f64::midpoint(list[(count - 1) / 2], list[middle]);
        let is = [list[0], median, list[count - 1]];
        let says = [row.shortest_hours, row.median_hours, row.longest_hours];
        if row.departures as usize != count || is.iter().zip(says).any(|(is, says)| (is - says.get()).abs() > PRINTED) {
            let [shortest, median, longest] = is;
            let message = text!(
                "{count} departures with {shortest:.2}, {median:.2} and {longest:.2} hours (shortest, median, longest)",
                "{count} vertrekken met {shortest:.2}, {median:.2} en {longest:.2} uur (kortst, mediaan, langst)"
            );
            findings.refuse(RuleCode::NoticeSpread, super::Subject::of("measure", row.measure), &[], message);
        }
    }
}
