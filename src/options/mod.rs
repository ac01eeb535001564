//! Case × itinerary × notice, priced: the only thing that the optimiser sees of a case.

mod build;
mod gated;
mod price;
mod ride;
mod roads;
mod stakes;
pub mod words;
mod work_list;

use crate::gates::CaseGates;
use crate::itinerary::{Itinerary, NoItinerary};
use crate::risk::Forecast;
use crate::units::{Euro, Instant};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::ops::Range;

pub(crate) use build::build_early;
pub use build::{build, build_with};
pub use gated::{Gated, GatedCase, gate};
pub use ride::Ride;
pub use stakes::Stakes;
pub(crate) use stakes::WHATEVER;
pub(crate) use work_list::work_list_of;
pub use work_list::{WorkGroup, WorkItem, work_list};

/// When and how the case is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// At a contact slot, position in `Week::contact_slots`; it takes one place of the slot.
    Slot(usize),
    /// At an earlier moment that still holds; it takes no slot.
    Kept(Instant),
}

/// One way for a case to depart. Every gate is open for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseOption {
    /// The case, position in `Week::cases`.
    pub case: usize,
    /// Position in [`Options::itineraries`].
    pub itinerary: usize,
    /// The notice.
    pub notice: Notice,
    /// When notice is or was given.
    pub noticed_at: Instant,
    /// Position in [`Options::rides`]; none: the case is at the airport already.
    pub ride: Option<usize>,
    /// Position in [`Options::arrival_days`]; none: the receiving state sets no limit a day.
    pub arrival_day: Option<usize>,
    /// p and its causes, as printed.
    pub forecast: Forecast,
    /// Departure value × priority × persons × p; p is 1 when the run does not use hazards.
    pub worth: Euro,
    /// Expected cost of the case's tickets.
    pub tickets: Euro,
}

impl CaseOption {
    /// What the option adds to the objective before escorts and transport.
    pub fn value(&self) -> Euro {
        self.worth - self.tickets
    }
}

/// Persons that may arrive on one date under one row of `destinations.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrivalDay {
    /// Position in `Week::destinations`.
    pub terms: usize,
    /// Date of arrival, its own clock.
    pub date: NaiveDate,
    /// `max_per_day`.
    pub persons: u32,
}

/// Why a case with a journey on which every gate is open has no option, told by the furthest step that any journey came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// There is no itinerary to begin with.
    Itinerary(NoItinerary),
    /// No flight has room for the case and its team.
    Seats,
    /// The case has more persons than the receiving state admits on one date.
    ArrivalLimit,
    /// No shift could drive it to the airport in time, even with nobody else to drive.
    Ride,
    /// Tickets and its own escorts cost at least what the departure is worth.
    Gain,
}

/// What there is to choose for one case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseOptions {
    /// What the gates say.
    pub gates: CaseGates,
    /// Its options, positions in [`Options::options`].
    pub options: Range<usize>,
    /// Why there is none, when no gate is the reason.
    pub obstacle: Option<Obstacle>,
    /// Persons, infants too: arrivals, seats on the road.
    pub persons: u32,
    /// Seats in the air: persons but infants.
    pub air_seats: u32,
}

/// Everything there is to choose from.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The options, by case in file order, then by itinerary, then best notice first.
    pub options: Vec<CaseOption>,
    /// One entry a case, in the order of `Week::cases`.
    pub cases: Vec<CaseOptions>,
    /// Itineraries that an option takes, in order of departure.
    pub itineraries: Vec<Itinerary>,
    /// Rides that an option needs, by case.
    pub rides: Vec<Ride>,
    /// Arrival dates with a limit.
    pub arrival_days: Vec<ArrivalDay>,
}
