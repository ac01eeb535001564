//! What can be wrong with a solution.

use std::fmt;

use crate::problem::{CapacityId, ChoiceId, CrewId, DemandId, GroupId, JobId, SwitchId, TaskId, VehicleId};
use crate::validate::Malformed;

/// One thing wrong with a solution.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The problem itself is malformed; nothing further was looked at.
    Malformed(Malformed),
    /// An index beyond the problem.
    Unknown(&'static str, usize),
    /// A list out of order, or with an item twice.
    Order(&'static str),
    /// More than one choice of a group.
    Group(GroupId),
    /// More of a capacity is taken (units) than there is.
    Capacity(CapacityId, f64),
    /// People missing where none may be missing.
    Demand(DemandId, f64),
    /// A crew does a job that a switch which is on excludes.
    Excluded(SwitchId, CrewId, JobId),
    /// A crew does a job that is not one of its own.
    NotAllowed(CrewId, JobId),
    /// Two jobs of a crew overlap or lie closer than the rest.
    Rest(CrewId, JobId, JobId),
    /// A crew's load in a period (units) is above its limit.
    Load(CrewId, usize, f64),
    /// A crew in the rosters without a job.
    NoJobs(CrewId),
    /// A route without stops.
    NoStops(VehicleId),
    /// A task of a chosen choice is not driven.
    NotDriven(ChoiceId, TaskId),
    /// A task is driven that neither a chosen choice nor a penalty wants.
    Unasked(TaskId),
    /// A vehicle drives a task that another one alone may drive.
    Vehicle(VehicleId, TaskId),
    /// A task's stops are not exactly one pickup and later one delivery on one route.
    Stops(TaskId),
    /// Service starts outside every window it may start in.
    Window(TaskId),
    /// A ride is longer (minutes) than it may be.
    Ride(TaskId, f64),
    /// A stop, or the way back (the number of stops), comes before it can be reached; minutes too early.
    Early(VehicleId, usize, f64),
    /// A route lies outside its vehicle's window.
    Outside(VehicleId),
    /// A route takes longer (minutes) than it may.
    Long(VehicleId, f64),
    /// Too much aboard after a stop: seats, special places or classes.
    Aboard(VehicleId, usize, &'static str),
    /// Kilometres or cost of a route are not what its stops make them.
    Route(VehicleId, &'static str, f64),
    /// The objective stated is not what the parts make it.
    Objective(f64),
    /// A time or amount of the solution is not a finite number.
    NotFinite(&'static str),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Malformed(what) => write!(f, "malformed problem: {what}"),
            Fault::Unknown(what, id) => write!(f, "there is no {what} {id}"),
            Fault::Order(what) => write!(f, "{what} must be ascending and each at most once"),
            Fault::Group(g) => write!(f, "group {g}: more than one choice"),
            Fault::Capacity(c, used) => write!(f, "capacity {c}: {used} taken is more than there is"),
            Fault::Demand(d, missing) => write!(f, "demand {d}: {missing} missing where none may be"),
            Fault::Excluded(s, c, j) => write!(f, "switch {s} is on and excludes crew {c} from job {j}"),
            Fault::NotAllowed(c, j) => write!(f, "crew {c} may not do job {j}"),
            Fault::Rest(c, a, b) => write!(f, "crew {c}: too little rest between jobs {a} and {b}"),
            Fault::Load(c, p, load) => write!(f, "crew {c}: load {load} in period {p} is above its limit"),
            Fault::NoJobs(c) => write!(f, "crew {c}: roster without jobs"),
            Fault::NoStops(v) => write!(f, "vehicle {v}: route without stops"),
            Fault::NotDriven(c, t) => write!(f, "choice {c}: its task {t} is not driven"),
            Fault::Unasked(t) => write!(f, "task {t} is driven though nothing asks for it"),
            Fault::Vehicle(v, t) => write!(f, "vehicle {v} drives task {t}, which another one alone may drive"),
            Fault::Stops(t) => write!(f, "task {t}: not one pickup and then one delivery on one route"),
            Fault::Window(t) => write!(f, "task {t}: service starts outside its windows"),
            Fault::Ride(t, ride) => write!(f, "task {t}: ride of {ride} minutes is too long"),
            Fault::Early(v, i, by) => write!(f, "vehicle {v}, stop {i}: {by} minutes before it can be there"),
            Fault::Outside(v) => write!(f, "vehicle {v}: route outside its window"),
            Fault::Long(v, minutes) => write!(f, "vehicle {v}: route of {minutes} minutes is too long"),
            Fault::Aboard(v, i, what) => write!(f, "vehicle {v}, stop {i}: too many {what} aboard"),
            Fault::Route(v, what, is) => write!(f, "vehicle {v}: the {what} of its route is {is}"),
            Fault::Objective(is) => write!(f, "the objective is {is}"),
            Fault::NotFinite(what) => write!(f, "{what} must be finite"),
        }
    }
}
