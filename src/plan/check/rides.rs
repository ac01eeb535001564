//! Section 6, rides: every planned case and driven transfer is picked up and dropped off once, in its places, windows and
//! ride time.

use super::codes::RuleCode;
use super::facts::{Facts, Planned, SECOND, clock};
use super::report::{Findings, Subject, text};
use crate::calendar;
use crate::plan::{Stop, StopKind};
use crate::units::{Instant, Minutes, minutes_between, shift};
use crate::week::*;
use std::collections::BTreeMap;

/// A ride that is asked for: of a case or of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Task<'a> {
    Case(&'a CaseId),
    Transfer(&'a TransferId),
}

impl<'a> Task<'a> {
    /// What a stop is for; none at a depot, or when it names neither or both.
    pub(super) fn of(stop: &'a Stop) -> Option<Self> {
        match (&stop.case, &stop.transfer) {
            (Some(case), None) => Some(Self::Case(case)),
            (None, Some(transfer)) => Some(Self::Transfer(transfer)),
            _ => None,
        }
    }

    /// Loading or unloading time of a stop.
    pub(super) fn service(self, week: &Week, kind: StopKind) -> Minutes {
        let (load, unload) = match self {
            Self::Case(_) => (week.rules.load, week.rules.unload),
            Self::Transfer(id) => week.transfers.get(id).map(|t| (t.load, t.unload)).unwrap_or_default(),
        };
        match kind {
            StopKind::Pickup => load,
            StopKind::Dropoff => unload,
            StopKind::Depot => Minutes::ZERO,
        }
    }
}

impl From<Task<'_>> for Subject {
    fn from(task: Task<'_>) -> Self {
        match task {
            Task::Case(id) => id.into(),
            Task::Transfer(id) => id.into(),
        }
    }
}

/// Where the stops of a task stand: (route, stop, the stop itself).
type Stops<'a> = Vec<(usize, usize, &'a Stop)>;

/// The stops of every task, pickups and drop-offs, in the order of the plan.
pub(super) fn stops_of_tasks<'a>(facts: &Facts<'a>) -> BTreeMap<Task<'a>, Stops<'a>> {
    let mut tasks: BTreeMap<_, Stops> = BTreeMap::new();
    for (at, route) in facts.plan.routes.iter().enumerate() {
        for (position, stop) in route.stops.iter().enumerate().filter(|(_, stop)| stop.kind != StopKind::Depot) {
            if let Some(task) = Task::of(stop) {
                tasks.entry(task).or_default().push((at, position, stop));
            }
        }
    }
    tasks
}

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    let tasks = stops_of_tasks(facts);
    for one in facts.by_case.values().map(|&at| &facts.planned[at]) {
        if needs_ride(one) && !tasks.contains_key(&Task::Case(&one.case.id)) {
            let (here, airport) = (&one.case.location, &one.first.from);
            let message = text!("no ride from {here} to {airport}", "geen rit van {here} naar {airport}");
            findings.refuse(RuleCode::Ride, &one.case.id, &[&one.case.row, &one.first.row], message);
        }
    }
    for (task, stops) in tasks {
        let pair = pair(task, &stops, findings);
        match task {
            Task::Case(id) => match (facts.of_case(id), pair) {
                (Some(one), Some((pickup, dropoff))) if needs_ride(one) => {
                    of_case(facts.week, one, pickup, dropoff, findings)
                }
                (Some(one), _) if needs_ride(one) => (),
                (one, _) => needless(id, one, findings),
            },
            Task::Transfer(id) => {
                if let (Some(transfer), Some((pickup, dropoff))) = (facts.week.transfers.get(id), pair) {
                    of_transfer(transfer, pickup, dropoff, findings);
                }
            }
        }
    }
}

/// A case whose location is the departure airport itself needs no ride.
fn needs_ride(one: &Planned) -> bool {
    one.case.location != one.first.from
}

fn needless(id: &CaseId, one: Option<&Planned>, findings: &mut Findings) {
    let message = if one.is_some() {
        text!("a ride, but the case is at its airport", "een rit, maar de zaak is al op de luchthaven")
    } else {
        text!("a ride, but the case is not planned", "een rit, maar de zaak is niet gepland")
    };
    findings.refuse(RuleCode::RideNeedless, id, &[], message);
}

/// The pickup and the drop-off of a task: one each, in one route, in order.
fn pair<'a>(task: Task, stops: &Stops<'a>, findings: &mut Findings) -> Option<(&'a Stop, &'a Stop)> {
    if let [(one, _, pickup), (other, _, dropoff)] = stops.as_slice()
        && one == other
        && (pickup.kind, dropoff.kind) == (StopKind::Pickup, StopKind::Dropoff)
    {
        return Some((pickup, dropoff));
    }
    let pickups = stops.iter().filter(|(_, _, stop)| stop.kind == StopKind::Pickup).count();
    let dropoffs = stops.len() - pickups;
    let message = text!(
        "{pickups} pickups and {dropoffs} drop-offs, not one of each in one route, in order",
        "{pickups} keer ophalen en {dropoffs} keer afzetten, niet één keer elk in één route, op volgorde"
    );
    findings.refuse(RuleCode::RideOnce, task, &[], message);
    None
}

fn of_case(week: &Week, one: &Planned, pickup: &Stop, dropoff: &Stop, findings: &mut Findings) {
    let (id, case, departs) = (&one.case.id, one.case, one.departs());
    let rows = [&case.row, &one.first.row];
    places(id.into(), [&pickup.location, &dropoff.location], [&case.location, &one.first.from], &rows, findings);
    if let Some(location) = week.locations.get(&case.location) {
        let at = clock(pickup.at);
        if !in_clock_window(location.pickup, pickup.at) {
            let message = text!("pickup at {at}, outside the pickup hours", "ophalen om {at}, buiten de ophaaltijden");
            findings.refuse(RuleCode::PickupWindow, id, &[&location.row], message);
        }
    }
    let from = shift(departs, -week.rules.checkin_max.get());
    let until = shift(departs, -week.rules.checkin_min.get());
    if !in_window(dropoff.at, from, until) {
        refuse_window(RuleCode::DropoffWindow, id.into(), dropoff.at, from, until, &rows[1..], findings);
    }
    let aboard = minutes_between(shift(pickup.at, week.rules.load.get()), dropoff.at);
    let direct = week.drive(&case.location, &one.first.from).minutes.get();
    let most = direct + week.rules.max_detour.get();
    if aboard > most + SECOND / 60.0 {
        let message = text!(
            "{aboard:.1} minutes aboard, at most {most:.1} may be (direct drive {direct:.1})",
            "{aboard:.1} minuten onderweg, hoogstens {most:.1} mag (directe rit {direct:.1})"
        );
        findings.refuse(RuleCode::Detour, id, &rows, message);
    }
}

fn of_transfer(transfer: &Transfer, pickup: &Stop, dropoff: &Stop, findings: &mut Findings) {
    let (id, rows) = (&transfer.id, [&transfer.row]);
    places(id.into(), [&pickup.location, &dropoff.location], [&transfer.from, &transfer.to], &rows, findings);
    for (rule, at, window) in
        [(RuleCode::PickupWindow, pickup.at, transfer.pickup), (RuleCode::DropoffWindow, dropoff.at, transfer.dropoff)]
    {
        if !in_window(at, window.from(), window.until()) {
            refuse_window(rule, id.into(), at, window.from(), window.until(), &rows, findings);
        }
    }
    let aboard = minutes_between(shift(pickup.at, transfer.load.get()), dropoff.at);
    if let Some(most) = transfer.max_ride.filter(|most| aboard > most.get() + SECOND / 60.0) {
        let message = text!(
            "{aboard:.1} minutes aboard, at most {most} may be",
            "{aboard:.1} minuten onderweg, hoogstens {most} mag"
        );
        findings.refuse(RuleCode::MaxRide, id, &rows, message);
    }
}

fn places(task: Subject, is: [&LocationId; 2], asked: [&LocationId; 2], rows: &[&RowRef], findings: &mut Findings) {
    if is != asked {
        let ([is_from, is_to], [from, to]) = (is, asked);
        let message = text!(
            "driven from {is_from} to {is_to}, asked from {from} to {to}",
            "gereden van {is_from} naar {is_to}, gevraagd van {from} naar {to}"
        );
        findings.refuse(RuleCode::Place, task, rows, message);
    }
}

/// Whether an instant lies in a window, within the tolerance on times.
pub(super) fn in_window(at: Instant, from: Instant, until: Instant) -> bool {
    minutes_between(at, from) * 60.0 <= SECOND && minutes_between(until, at) * 60.0 <= SECOND
}

/// The same for a daily window in Amsterdam's clock: at the instant, or a second earlier or later.
fn in_clock_window(window: ClockWindow, at: Instant) -> bool {
    [0.0, SECOND, -SECOND].into_iter().any(|seconds| {
        let time = calendar::local_time(shift(at, seconds / 60.0));
        window.from.is_none_or(|from| from <= time) && window.until.is_none_or(|until| time <= until)
    })
}

fn refuse_window(
    rule: RuleCode,
    task: Subject,
    at: Instant,
    from: Instant,
    until: Instant,
    rows: &[&RowRef],
    findings: &mut Findings,
) {
    let [at, from, until] = [at, from, until].map(clock);
    let message =
        text!("service starts at {at}, outside {from} to {until}", "begint om {at}, buiten {from} tot {until}");
    findings.refuse(rule, task, rows, message);
}
