//! `pins.csv`, an addition to the specification: what a planner has fixed by hand is so in the plan.

use super::codes::RuleCode;
use super::facts::Facts;
use super::report::{Findings, text};
use crate::plan::StopKind;
use crate::week::Pin;

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    for pin in &facts.week.pins {
        out(facts, pin, findings);
        flight(facts, pin, findings);
        team(facts, pin, findings);
        vehicle(facts, pin, findings);
    }
}

fn out(facts: &Facts, pin: &Pin, findings: &mut Findings) {
    let (id, by) = (&pin.id, &pin.by);
    if pin.out && facts.plan.departures.iter().any(|row| row.case == pin.case) {
        let message = text!(
            "planned, and pin {id} of {by} keeps it out",
            "gepland, en pin {id} van {by} houdt haar buiten het plan"
        );
        findings.refuse(RuleCode::PinOut, &pin.case, &[&pin.row], message);
    }
}

fn flight(facts: &Facts, pin: &Pin, findings: &mut Findings) {
    let (id, by) = (&pin.id, &pin.by);
    let on = facts.plan.departures.iter().find(|row| row.case == pin.case);
    if !pin.legs.is_empty() && on.is_none_or(|row| row.legs != pin.legs) {
        let legs = pin.legs.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
        let message =
            text!("not on {legs}, where pin {id} of {by} has it", "niet op {legs}, waar pin {id} van {by} haar wil");
        findings.refuse(RuleCode::PinFlight, &pin.case, &[&pin.row], message);
    }
}

fn team(facts: &Facts, pin: &Pin, findings: &mut Findings) {
    let (id, by) = (&pin.id, &pin.by);
    let on = facts.plan.departures.iter().find(|row| row.case == pin.case);
    let team = on.and_then(|row| facts.plan.teams.iter().find(|team| team.legs == row.legs));
    for escort in pin.escorts.iter().filter(|escort| team.is_none_or(|team| !team.escorts.contains(escort))) {
        let message = text!(
            "{escort} is not in its team, and pin {id} of {by} says so",
            "{escort} zit niet in haar team, en pin {id} van {by} zegt van wel"
        );
        findings.refuse(RuleCode::PinTeam, &pin.case, &[&pin.row], message);
    }
}

fn vehicle(facts: &Facts, pin: &Pin, findings: &mut Findings) {
    let (id, by) = (&pin.id, &pin.by);
    let Some(shift) = &pin.shift else { return };
    let drives = facts.plan.routes.iter().any(|route| {
        let picks_up =
            |stop: &crate::plan::Stop| stop.kind == StopKind::Pickup && stop.case.as_ref() == Some(&pin.case);
        route.shift == *shift && route.stops.iter().any(picks_up)
    });
    if !drives {
        let message = text!(
            "{shift} does not drive it, and pin {id} of {by} says so",
            "{shift} rijdt haar niet, en pin {id} van {by} zegt van wel"
        );
        findings.refuse(RuleCode::PinVehicle, &pin.case, &[&pin.row], message);
    }
}
