//! The plan as data: `plan.json` of section 8 of the specification, its fields in its words.

pub mod changes;
pub mod check;
mod left_out;

pub use left_out::{LeftOut, Scarce};

use crate::units::{Euro, Hours, Instant, Km, Probability};
use crate::week::*;
use serde::{Deserialize, Serialize};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The gap is closed to within the tolerance asked for by proof of optimality.
    Optimal,
    /// The gap asked for is reached.
    Gap,
    /// Time was up (or the run was stopped); the best plan so far.
    TimeLimit,
}

/// Money by kind, in decimal euro.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Σ departure value × priority × persons × p.
    pub value: Euro,
    /// Tickets of returnees.
    pub tickets: Euro,
    /// Escorts: hours, fares, flights home, use.
    pub escorts: Euro,
    /// Routes.
    pub transport: Euro,
    /// Transfers and places of fixed duties that are not met.
    pub unmet: Euro,
}

/// Chances that a departure is cancelled, by cause; each in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Causes {
    /// The person is not there.
    pub no_show: Probability,
    /// A new procedure.
    pub procedure: Probability,
    /// The file is incomplete.
    pub preparation: Probability,
    /// Anything else.
    pub other: Probability,
}

/// One planned case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    /// The case.
    pub case: CaseId,
    /// Its legs in order.
    pub legs: Vec<LegId>,
    /// The contact slot of the notice; none when an earlier notice is kept.
    pub slot: Option<SlotId>,
    /// When notice is or was given.
    pub noticed_at: Instant,
    /// Hours between notice and departure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_hours: Option<Hours>,
    /// Chance that it goes through.
    pub p: Probability,
    /// Chances that it is cancelled.
    pub causes: Causes,
}

/// The team of one itinerary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// The itinerary's legs.
    pub legs: Vec<LegId>,
    /// The flight home; none on a joint or national leg.
    #[serde(rename = "return")]
    pub return_flight: Option<ReturnId>,
    /// Reporting time.
    pub report: Instant,
    /// End of duty.
    pub end: Instant,
    /// Paid hours of each member.
    pub hours: Hours,
    /// Members.
    pub escorts: Vec<EscortId>,
}

/// A fixed duty with the people who do it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilledDuty {
    /// The duty.
    pub duty: DutyId,
    /// Who does it.
    pub escorts: Vec<EscortId>,
}

/// What happens at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StopKind {
    /// Leaving or re-entering the depot.
    Depot,
    /// Loading.
    Pickup,
    /// Unloading.
    Dropoff,
}

/// One stop of a route.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Service start (leaving time at the first depot stop).
    pub at: Instant,
    /// What happens.
    pub kind: StopKind,
    /// Where.
    pub location: LocationId,
    /// The case it is for.
    pub case: Option<CaseId>,
    /// The transfer it is for.
    pub transfer: Option<TransferId>,
}

/// The route of a shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The shift.
    pub shift: ShiftId,
    /// Stops, from depot to depot.
    pub stops: Vec<Stop>,
    /// Kilometres.
    pub km: Km,
    /// Hours from leaving to re-entering the depot.
    pub hours: Hours,
    /// Fixed, per km and per hour together.
    pub cost: Euro,
}

/// Places of a fixed duty that are not filled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingPlaces {
    /// The duty.
    pub duty: DutyId,
    /// How many.
    pub missing: u32,
}

/// What could not be met.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unmet {
    /// Transfers that are not driven.
    pub transfers: Vec<TransferId>,
    /// Fixed duties with places that are not filled.
    pub duties: Vec<MissingPlaces>,
}

/// A case that is not planned, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotPlanned {
    /// The case.
    pub case: CaseId,
    /// The gate that is closed on it; none when a gate is not the reason.
    pub gate: Option<String>,
    /// Why, as a sentence.
    pub reason: String,
    /// The rows that say so, `file:line`.
    pub rows: Vec<String>,
    /// What would open it.
    pub opens_when: String,
    /// Why it is left out though its gates are open; `reason` is its sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
}

/// Spread of the notice length of one measure, in hours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeSpread {
    /// The measure.
    pub measure: Measure,
    /// Departures.
    pub departures: u32,
    /// Shortest.
    pub shortest_hours: Hours,
    /// Median.
    pub median_hours: Hours,
    /// Longest.
    pub longest_hours: Hours,
}

/// One weekly plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// ISO week.
    pub week: String,
    /// When it was made.
    pub made_at: Instant,
    /// SHA-256 of the week folder.
    pub input_digest: String,
    /// How the run ended.
    pub status: Status,
    /// Objective of section 7, in euro.
    pub objective: Euro,
    /// Proven upper bound on the objective.
    pub bound: Euro,
    /// (bound − objective) / max(1, |objective|).
    pub gap: f64,
    /// Wall-clock seconds of the run.
    pub seconds: f64,
    /// Money by kind.
    pub money: Money,
    /// Planned cases.
    pub departures: Vec<Departure>,
    /// Teams of itineraries.
    pub teams: Vec<Team>,
    /// Fixed duties with people.
    pub duties: Vec<FilledDuty>,
    /// Routes of shifts.
    pub routes: Vec<Route>,
    /// What could not be met.
    pub unmet: Unmet,
    /// Cases that are not planned.
    pub not_planned: Vec<NotPlanned>,
    /// Notice length by measure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notice_by_measure: Vec<NoticeSpread>,
}
