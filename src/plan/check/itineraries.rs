//! Sections 1 and 4: the itinerary of every planned case - horizon, airports, connection, lead times.

use super::codes::RuleCode;
use super::facts::{Facts, Planned, clock};
use super::report::{Findings, text};
use crate::units::{minutes_between, shift};
use crate::week::*;

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    let week = facts.week;
    for departure in facts.plan.departures.iter().filter(|departure| departure.legs.is_empty()) {
        let message = text!("it has no leg", "zij heeft geen vlucht");
        findings.refuse(RuleCode::Legs, &departure.case, &[], message);
    }
    for one in &facts.planned {
        ends(week, one, findings);
        booking(week, one, findings);
        match one.legs.as_slice() {
            [_] => (),
            [first, second] => connection(week, one, first, second, findings),
            legs => {
                let count = legs.len();
                let message =
                    text!("it has {count} legs, at most 2 may be", "zij heeft {count} vluchten, hoogstens 2 mag");
                findings.refuse(RuleCode::Legs, &one.case.id, &[&one.first.row], message);
            }
        }
    }
}

fn ends(week: &Week, one: &Planned, findings: &mut Findings) {
    let id = &one.case.id;
    let departs = one.departs();
    if departs < week.start || departs >= week.end {
        let at = clock(departs);
        let message = text!("departure at {at} is outside the horizon", "vertrek om {at} ligt buiten de planperiode");
        findings.refuse(RuleCode::Horizon, id, &[&one.first.row], message);
    }
    let airport = &one.first.from;
    if !week.home_airports.contains(airport) {
        let message = text!("{airport} is no home airport", "{airport} is geen thuisluchthaven");
        findings.refuse(RuleCode::Home, id, &[&one.first.row], message);
    }
    let airport = &one.last.to;
    if !one.case.entry_points.admits(airport) {
        let message =
            text!("{airport} is no entry point of the case", "{airport} is geen toegestane luchthaven van de zaak");
        findings.refuse(RuleCode::Entry, id, &[&one.case.row, &one.last.row], message);
    }
}

/// Whether the case is booked or locked on a leg already, so that lead times do not apply (section 3).
fn is_booked_on(week: &Week, case: &Case, leg: &Leg) -> bool {
    week.commitments.get(&case.id).is_some_and(|c| c.level >= Level::Booked && c.legs.contains(&leg.id))
}

fn booking(week: &Week, one: &Planned, findings: &mut Findings) {
    for leg in one.legs.iter().filter(|leg| !is_booked_on(week, one.case, leg)) {
        let closes = shift(leg.departs, -leg.booking_lead.minutes().get());
        if closes < week.now {
            let (id, at) = (&leg.id, clock(closes));
            let message = text!("booking of leg {id} closed at {at}", "het boeken van vlucht {id} sloot om {at}");
            findings.refuse(RuleCode::Booking, &one.case.id, &[&leg.row], message);
        }
    }
}

fn connection(week: &Week, one: &Planned, first: &Leg, second: &Leg, findings: &mut Findings) {
    let id = &one.case.id;
    let rows = [&first.row, &second.row];
    if first.to != second.from {
        let (to, from) = (&first.to, &second.from);
        let message = text!(
            "the first leg ends at {to}, the second starts at {from}",
            "de eerste vlucht eindigt op {to}, de tweede begint op {from}"
        );
        findings.refuse(RuleCode::Legs, id, &rows, message);
        return;
    }
    if first.kind != LegKind::Scheduled || second.kind != LegKind::Scheduled {
        let message = text!(
            "a joint or national leg is part of a connection",
            "een gezamenlijke of nationale vlucht is deel van een overstap"
        );
        findings.refuse(RuleCode::JointConnection, id, &rows, message);
    }
    let airport = &first.to;
    let minutes = minutes_between(first.arrives, second.departs);
    let least = week.rules.connection_min.get();
    let Some(transit) = week.transits.get(airport) else {
        let message = text!("{airport} is not in transits.csv", "{airport} staat niet in transits.csv");
        findings.refuse(RuleCode::Transit, id, &rows, message);
        if minutes < least {
            refuse_time(id, minutes, least, f64::INFINITY, &rows, findings);
        }
        return;
    };
    let most = transit.max_minutes.get();
    if minutes < least || minutes > most {
        refuse_time(id, minutes, least, most, &[&first.row, &second.row, &transit.row], findings);
    }
    let booked = one.legs.iter().all(|leg| is_booked_on(week, one.case, leg));
    let asked = shift(one.departs(), -transit.permit_lead.minutes().get());
    if asked < week.now && !booked {
        let at = clock(asked);
        let message = text!(
            "the permit for {airport} had to be asked by {at}",
            "toestemming voor {airport} moest uiterlijk {at} gevraagd zijn"
        );
        findings.refuse(RuleCode::Permit, id, &[&transit.row, &first.row], message);
    }
    if one.case.escorts == 0 && !transit.unescorted {
        let message = text!(
            "{airport} admits no transit without escorts",
            "{airport} staat geen doorreis zonder begeleiding toe"
        );
        findings.refuse(RuleCode::TransitUnescorted, id, &[&transit.row, &one.case.row], message);
    }
}

fn refuse_time(id: &CaseId, minutes: f64, least: f64, most: f64, rows: &[&RowRef], findings: &mut Findings) {
    let message = text!(
        "the connection takes {minutes:.1} minutes, outside {least} to {most}",
        "de overstap duurt {minutes:.1} minuten, buiten {least} tot {most}"
    );
    findings.refuse(RuleCode::Connection, id, rows, message);
}
