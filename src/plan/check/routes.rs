//! Section 6, vehicles: the route of every shift - depot, drives and service times, span, hours, and who is aboard.

use super::codes::RuleCode;
use super::facts::{EURO, Facts, HOURS, KM, SECOND, clock};
use super::report::{Findings, text};
use super::rides::{Task, in_window};
use crate::plan::{Route, Stop, StopKind};
use crate::units::{Euro, minutes_between, shift};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for route in &facts.plan.routes {
        let id = &route.shift;
        if !seen.insert(id) {
            let message = text!("the shift drives more than one route", "de voertuigdienst rijdt meer dan één route");
            findings.refuse(RuleCode::ShiftOnce, id, &[], message);
        }
        stops(route, findings);
        drives(facts.week, route, findings);
        if let Some(shift) = facts.week.shifts.get(id) {
            depot(route, shift, findings);
            time(route, shift, findings);
            aboard(facts.week, route, shift, findings);
            printed(facts.week, route, shift, findings);
        }
    }
}

/// A depot stop is for nobody; any other is for one case or one transfer.
fn stops(route: &Route, findings: &mut Findings) {
    for (at, stop) in route.stops.iter().enumerate() {
        let well_formed = match stop.kind {
            StopKind::Depot => stop.case.is_none() && stop.transfer.is_none(),
            StopKind::Pickup | StopKind::Dropoff => stop.case.is_some() != stop.transfer.is_some(),
        };
        if !well_formed {
            let number = at + 1;
            let message = text!(
                "stop {number} is not for one case or one transfer, or it is a depot stop for somebody",
                "stop {number} is niet voor één zaak of één vervoersopdracht, of het is een depotstop voor iemand"
            );
            findings.refuse(RuleCode::Stop, &route.shift, &[], message);
        }
    }
}

/// The drive between two stops; none when a location is not known.
fn drive(week: &Week, from: &Stop, to: &Stop) -> Option<Travel> {
    let known = |stop: &Stop| week.locations.get(&stop.location).is_some();
    (known(from) && known(to)).then(|| week.drive(&from.location, &to.location))
}

fn drives(week: &Week, route: &Route, findings: &mut Findings) {
    for (at, pair) in route.stops.windows(2).enumerate() {
        let [from, to] = pair else { continue };
        let Some(travel) = drive(week, from, to) else { continue };
        let service = Task::of(from).map(|task| task.service(week, from.kind)).unwrap_or_default();
        let earliest = shift(from.at, service.get() + travel.minutes.get());
        if minutes_between(to.at, earliest) * 60.0 > SECOND {
            let (number, minutes) = (at + 2, travel.minutes);
            let (at, earliest) = (clock(to.at), clock(earliest));
            let message = text!(
                "stop {number} is at {at}, it can be reached at {earliest} ({service} minutes of service, {minutes:.1} of driving)",
                "stop {number} is om {at}, maar kan om {earliest} worden bereikt ({service} minuten werk, {minutes:.1} rijden)"
            );
            findings.refuse(RuleCode::Drive, &route.shift, &[], message);
        }
    }
}

fn depot(route: &Route, shift: &Shift, findings: &mut Findings) {
    let is_depot = |stop: &Stop| stop.kind == StopKind::Depot && stop.location == shift.depot;
    let inner = |stops: &[Stop]| stops.iter().all(|stop| stop.kind != StopKind::Depot);
    let right = matches!(route.stops.as_slice(), [first, middle @ .., last]
        if is_depot(first) && is_depot(last) && inner(middle));
    if !right {
        let depot = &shift.depot;
        let message = text!(
            "the route does not start and end at depot {depot}, and only there",
            "de route begint en eindigt niet bij depot {depot}, en alleen daar"
        );
        findings.refuse(RuleCode::Depot, &route.shift, &[&shift.row], message);
    }
}

fn time(route: &Route, shift: &Shift, findings: &mut Findings) {
    let (from, until) = (shift.span.from(), shift.span.until());
    if let Some(stop) = route.stops.iter().find(|stop| !in_window(stop.at, from, until)) {
        let [at, from, until] = [stop.at, from, until].map(clock);
        let message = text!(
            "the route is on the road at {at}, outside {from} to {until}",
            "de route is onderweg om {at}, buiten {from} tot {until}"
        );
        findings.refuse(RuleCode::ShiftSpan, &route.shift, &[&shift.row], message);
    }
    let hours = away(route);
    if let Some(most) = shift.max_hours.filter(|most| hours > most.get() + SECOND / 3600.0) {
        let message = text!(
            "the route takes {hours:.2} hours, at most {most} may be",
            "de route duurt {hours:.2} uur, hoogstens {most} mag"
        );
        findings.refuse(RuleCode::ShiftHours, &route.shift, &[&shift.row], message);
    }
}

/// Hours from leaving to re-entering the depot.
pub(super) fn away(route: &Route) -> f64 {
    match (route.stops.first(), route.stops.last()) {
        (Some(first), Some(last)) => minutes_between(first.at, last.at) / 60.0,
        _ => 0.0,
    }
}

/// Kilometres from stop to stop.
pub(super) fn km(week: &Week, route: &Route) -> f64 {
    route.stops.windows(2).filter_map(|pair| drive(week, &pair[0], &pair[1])).map(|travel| travel.km.get()).sum()
}

/// Cost of a route.
pub(super) fn cost(week: &Week, route: &Route, shift: &Shift) -> Euro {
    shift.fixed + shift.per_km * km(week, route) + shift.per_hour * away(route)
}

/// Who shares a compartment: persons of one sex, or one family alone.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Class<'a> {
    Shared(TransferClass),
    Family(Task<'a>),
}

/// Persons, wheelchairs and class of a task; none when its id is not known.
fn party<'a>(week: &Week, task: Task<'a>) -> Option<(u64, u64, Class<'a>)> {
    let (persons, wheelchairs, class) = match task {
        Task::Case(id) => {
            let case = week.cases.get(id)?;
            (case.persons(week), case.wheelchairs(week), case.ride_class(week))
        }
        Task::Transfer(id) => week.transfers.get(id).map(|t| (t.persons, t.wheelchairs, t.class))?,
    };
    let class = if class == TransferClass::Family { Class::Family(task) } else { Class::Shared(class) };
    Some((persons.into(), wheelchairs.into(), class))
}

/// The fullest moment of a route, in persons, wheelchairs and distinct classes.
fn fullest(week: &Week, route: &Route) -> [u64; 3] {
    let mut aboard: BTreeMap<Task, (u64, u64, Class)> = BTreeMap::new();
    let mut most = [0; 3];
    for stop in &route.stops {
        let Some(task) = Task::of(stop) else { continue };
        match stop.kind {
            StopKind::Pickup => aboard.extend(party(week, task).map(|party| (task, party))),
            StopKind::Dropoff => drop(aboard.remove(&task)),
            StopKind::Depot => (),
        }
        let classes = aboard.values().map(|(_, _, class)| class).collect::<BTreeSet<_>>().len();
        let persons = aboard.values().map(|(persons, _, _)| persons).sum();
        let wheelchairs = aboard.values().map(|(_, wheelchairs, _)| wheelchairs).sum();
        let now = [persons, wheelchairs, classes as u64];
        most = std::array::from_fn(|at| most[at].max(now[at]));
    }
    most
}

fn aboard(week: &Week, route: &Route, shift: &Shift, findings: &mut Findings) {
    let [persons, wheelchairs, classes] = fullest(week, route);
    let mut refuse = |rule, message| findings.refuse(rule, &route.shift, &[&shift.row], message);
    let places = shift.seats;
    if persons > places.into() {
        refuse(
            RuleCode::VehicleSeats,
            text!("{persons} persons aboard, {places} seats", "{persons} inzittenden, {places} zitplaatsen"),
        );
    }
    let places = shift.wheelchairs;
    if wheelchairs > places.into() {
        refuse(
            RuleCode::Wheelchairs,
            text!("{wheelchairs} wheelchairs aboard, {places} places", "{wheelchairs} rolstoelen, {places} plaatsen"),
        );
    }
    let places = shift.compartments;
    if classes > places.into() {
        refuse(
            RuleCode::Compartments,
            text!(
                "{classes} classes aboard, {places} compartments",
                "{classes} groepen aan boord, {places} compartimenten"
            ),
        );
    }
}

fn printed(week: &Week, route: &Route, shift: &Shift, findings: &mut Findings) {
    let mut refuse = |rule, message| findings.refuse(rule, &route.shift, &[&shift.row], message);
    let (is, says) = (km(week, route), route.km);
    if (is - says.get()).abs() > KM {
        refuse(RuleCode::RouteKm, text!("the route is {is:.2} km, not {says}", "de route is {is:.2} km, niet {says}"));
    }
    let (is, says) = (away(route), route.hours);
    if (is - says.get()).abs() > HOURS {
        refuse(
            RuleCode::RouteHours,
            text!("the route takes {is:.3} hours, not {says}", "de route duurt {is:.3} uur, niet {says}"),
        );
    }
    let (is, says) = (cost(week, route, shift), route.cost);
    if (is - says).get().abs() > EURO {
        refuse(
            RuleCode::RouteCost,
            text!("the route costs {is} euro, not {says}", "de route kost {is} euro, niet {says}"),
        );
    }
}
