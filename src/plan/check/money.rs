//! Section 7: money of every kind and the objective, from the plan's decisions alone.

use super::codes::RuleCode;
use super::facts::{Facts, fixed_hours, legs, same_money, team_work};
use super::report::{Findings, Recomputed, Subject, text};
use super::rides::{Task, stops_of_tasks};
use super::{risk, routes, shape};
use crate::plan::{Money, Team};
use crate::units::Euro;
use crate::week::*;

pub(super) fn check(facts: &Facts, findings: &mut Findings) -> Recomputed {
    let is = Money {
        value: value(facts),
        tickets: tickets(facts),
        escorts: escorts(facts),
        transport: transport(facts),
        unmet: unmet(facts),
    };
    let objective = is.value - is.tickets - is.escorts - is.transport - is.unmet;
    let says = &facts.plan.money;
    for (rule, is, says) in [
        (RuleCode::Value, is.value, says.value),
        (RuleCode::Tickets, is.tickets, says.tickets),
        (RuleCode::Escorts, is.escorts, says.escorts),
        (RuleCode::Transport, is.transport, says.transport),
        (RuleCode::Unmet, is.unmet, says.unmet),
        (RuleCode::Objective, objective, facts.plan.objective),
    ] {
        if !same_money(is, says) {
            let message = text!("it is {is} euro, not {says}", "het is {is} euro, niet {says}");
            findings.refuse(rule, Subject::plan(), &[], message);
        }
    }
    shape::check_bound(facts, objective, findings);
    let money = Money {
        value: is.value.to_cents(),
        tickets: is.tickets.to_cents(),
        escorts: is.escorts.to_cents(),
        transport: is.transport.to_cents(),
        unmet: is.unmet.to_cents(),
    };
    Recomputed { money, objective: objective.to_cents() }
}

fn value(facts: &Facts) -> Euro {
    let worth = |one: &super::facts::Planned| {
        let persons = f64::from(one.case.persons(facts.week));
        facts.week.costs.departure_value * (one.case.priority.get() * persons * risk::weight(facts.week, one))
    };
    facts.planned.iter().map(worth).sum()
}

/// A fare is lost but for the refunded share when the departure does not go through.
fn tickets(facts: &Facts) -> Euro {
    let of_case = |one: &super::facts::Planned| -> Euro {
        let p = risk::weight(facts.week, one);
        let seats = f64::from(one.case.air_seats(facts.week));
        let fare = |leg: &&Leg| leg.fare * (seats * (p + (1.0 - p) * (1.0 - leg.refund_share.get())));
        one.legs.iter().map(fare).sum()
    };
    facts.planned.iter().map(of_case).sum()
}

fn escorts(facts: &Facts) -> Euro {
    let week = facts.week;
    let teams: Euro = facts.plan.teams.iter().map(|team| per_member(week, team) * size(&team.escorts)).sum();
    let fixed: Euro = facts
        .plan
        .duties
        .iter()
        .filter_map(|filled| Some((filled, week.duties.get(&filled.duty)?)))
        .map(|(filled, duty)| week.costs.escort_hour * (fixed_hours(duty).get() * size(&filled.escorts)))
        .sum();
    teams + fixed + week.costs.escort_used * size(&facts.duties_of_escorts())
}

/// Hours, fares out and fare home of one team member.
fn per_member(week: &Week, team: &Team) -> Euro {
    let Some(legs) = legs(week, &team.legs) else { return Euro::ZERO };
    let fares: Euro = legs.iter().map(|leg| leg.escort_fare).sum();
    let printed = || (team.hours, team.return_flight.as_ref().and_then(|id| week.returns.get(id)));
    let (hours, home) = team_work(week, &legs).map_or_else(printed, |work| (work.hours, work.home));
    week.costs.escort_hour * hours.get() + fares + home.map(|row| row.fare).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "no plan names 2^53 people")]
fn size<T>(list: &T) -> f64
where
    for<'a> &'a T: IntoIterator,
{
    list.into_iter().count() as f64
}

fn transport(facts: &Facts) -> Euro {
    let cost = |route| Some(routes::cost(facts.week, route, facts.week.shifts.get(&route.shift)?));
    facts.plan.routes.iter().filter_map(cost).sum()
}

fn unmet(facts: &Facts) -> Euro {
    let driven = stops_of_tasks(facts);
    let transfers = facts.week.transfers.iter().filter(|transfer| !driven.contains_key(&Task::Transfer(&transfer.id)));
    let missing: u64 = shape::missing_places(facts).values().copied().map(u64::from).sum();
    #[expect(clippy::cast_precision_loss, reason = "no folder asks for 2^53 places")]
    let missing = missing as f64;
    let costs = &facts.week.costs;
    costs.unmet_transfer * f64::from(u32::try_from(transfers.count()).unwrap_or(u32::MAX)) + costs.unmet_duty * missing
}
