//! The difference between a plan under way and its repair as data: `changes.json` of section 10 of the specification.
//!
//! A change is what, of whom, from what, to what; `from` and `to` are texts of one form each ([`legs_text`],
//! [`ride_text`], [`notice_text`]), so that a change can be compared with a computed one letter by letter.

use super::Scarce;
use crate::calendar::in_amsterdam;
use crate::units::{Euro, Instant};
use crate::week::*;
use serde::{Deserialize, Serialize};

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The legs of a case; none: it does not depart.
    Departure,
    /// When and where a case that keeps its legs is told.
    Notice,
    /// An escort in the team of an itinerary.
    Team,
    /// An escort on a fixed duty.
    Duty,
    /// The shift and pickup of a case.
    Ride,
    /// The shift and pickup of a transfer.
    Transfer,
}

/// Why something changes. Each is verified: gates and rows by asking them, what is scarce by trying on the repaired plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A gate is closed on the legs it had, by these rows.
    Gate {
        /// The gate.
        gate: String,
        /// `file:line`.
        rows: Vec<String>,
    },
    /// A pin says so.
    Pin(PinId),
    /// A row of the earlier plan is no longer in the folder.
    Gone {
        /// `leg`, `escort`, `shift`, `transfer`, `duty` or `case`.
        kind: String,
        /// Its id.
        id: String,
    },
    /// The escort cannot do the duty any more: absence, visas, base or hours.
    Unable,
    /// The legs it had can no longer be booked, or not be taken for want of a way home.
    NoItinerary,
    /// Going back to what it was would lack this in the repaired plan.
    Scarce(Vec<Scarce>),
    /// It follows from the departures, duties or rides beside it in this list that changed.
    Along,
    /// It departs in a place that is free for it now.
    Room,
    /// Nothing forces it: the repaired plan as a whole is worth more this way.
    Worth,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What.
    pub what: What,
    /// The case, escort or transfer.
    pub subject: String,
    /// How it was; none: it was not.
    pub from: Option<String>,
    /// How it is; none: it is not any more.
    pub to: Option<String>,
    /// Change costs of section 10.
    pub cost: Euro,
    /// Why.
    pub because: Cause,
    /// The event whose row says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
}

/// An event as it was applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happened {
    /// The event.
    pub event: EventId,
    /// When.
    pub at: Instant,
    /// What about.
    pub kind: EventKind,
    /// Of whom or what.
    pub subject: String,
}

/// `changes.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// ISO week.
    pub week: String,
    /// When the repair was made.
    pub made_at: Instant,
    /// SHA-256 of the week folder.
    pub input_digest: String,
    /// The `made_at` of the plan that was repaired.
    pub earlier_made_at: Instant,
    /// Events applied to the folder, in order.
    pub events: Vec<Happened>,
    /// Objective of section 7 of the repaired plan.
    pub objective: Euro,
    /// Σ `cost` of the changes.
    pub change_costs: Euro,
    /// Objective less change costs: what the repair maximises.
    pub repair_objective: Euro,
    /// No repair is worth more than this.
    pub repair_bound: Euro,
    /// Every change.
    pub changes: Vec<Change>,
}

/// Legs as written in a change: joined by `+`; none when there are none.
pub fn legs_text(legs: &[LegId]) -> Option<String> {
    (!legs.is_empty()).then(|| legs.iter().map(LegId::as_str).collect::<Vec<_>>().join("+"))
}

/// A ride as written in a change: shift and pickup, in seconds.
pub fn ride_text(shift: &ShiftId, pickup: Option<Instant>) -> String {
    pickup.map_or_else(|| shift.to_string(), |at| format!("{shift} {}", moment(at)))
}

/// A notice as written in a change: slot, if it takes one, and moment.
pub fn notice_text(slot: Option<&SlotId>, at: Instant) -> String {
    slot.map_or_else(|| moment(at), |slot| format!("{slot} {}", moment(at)))
}

fn moment(at: Instant) -> String {
    in_amsterdam(at).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
