//! What is counted in a run, and what is made of the counts of many.

use super::prepared::Booked;
use crate::risk::Interval;
use serde::Serialize;

/// How a departure ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As planned.
    Departed,
    /// The person was not there.
    NoShow,
    /// A new procedure.
    Procedure,
    /// The file was not complete.
    Preparation,
    /// Other causes of the case.
    Other,
    /// The carrier refused on the day.
    Refused,
    /// A leg was cancelled.
    LegCancelled,
    /// The ride came too late.
    LateRide,
}

impl Ended {
    /// Endings of the four hazards, in their order.
    pub(super) const BY_HAZARD: [Self; 4] = [Self::NoShow, Self::Procedure, Self::Preparation, Self::Other];
}

/// One run of one plan. Persons unless it says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Persons booked, who were all told.
    pub booked: f64,
    /// Persons who departed.
    pub departed: f64,
    /// Persons cancelled, by cause in the order of [`Ended`].
    pub cancelled: [f64; 7],
    /// Seats that flew empty or were given back.
    pub seats_lost: f64,
    /// Euro of fares that were not refunded.
    pub fares_lost: f64,
    /// Hours of escorts who reported and did not fly.
    pub escort_hours_for_nothing: f64,
    /// Such trips, one an escort.
    pub escort_trips_for_nothing: f64,
    /// Euro for tickets, escorts and rides of departures.
    pub spent: f64,
}

impl Tally {
    pub(super) fn count(&mut self, booked: &Booked, ended: Ended) {
        self.booked += booked.persons;
        if ended == Ended::Departed {
            self.departed += booked.persons;
            return;
        }
        self.cancelled[ended as usize - 1] += booked.persons;
        self.seats_lost += booked.seats * booked.legs.len() as f64;
        self.fares_lost += booked.lost;
    }
}

/// What is measured over runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// Persons booked.
    Booked,
    /// Persons departed.
    Departed,
    /// Share of the booked persons who did not depart.
    CancelledShare,
    /// Persons cancelled by absence.
    NoShow,
    /// By a procedure.
    Procedure,
    /// By preparation.
    Preparation,
    /// By other causes.
    Other,
    /// By refusal.
    Refused,
    /// By a leg that was cancelled.
    LegCancelled,
    /// By a late ride.
    LateRide,
    /// Seats lost.
    SeatsLost,
    /// Fares lost, euro.
    FaresLost,
    /// Escort hours for nothing.
    EscortHours,
    /// Escort trips for nothing.
    EscortTrips,
    /// Notices that came to nothing, of each person told.
    NoticesInVain,
    /// Euro for each realised departure.
    EuroPerDeparture,
}

impl Measured {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Booked,
        Self::Departed,
        Self::CancelledShare,
        Self::NoShow,
        Self::Procedure,
        Self::Preparation,
        Self::Other,
        Self::Refused,
        Self::LegCancelled,
        Self::LateRide,
        Self::SeatsLost,
        Self::FaresLost,
        Self::EscortHours,
        Self::EscortTrips,
        Self::NoticesInVain,
        Self::EuroPerDeparture,
    ];

    /// Its name in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Departed => "departed",
            Self::CancelledShare => "cancelled_share",
            Self::NoShow => "no_show",
            Self::Procedure => "procedure",
            Self::Preparation => "preparation",
            Self::Other => "other",
            Self::Refused => "refused",
            Self::LegCancelled => "leg_cancelled",
            Self::LateRide => "late_ride",
            Self::SeatsLost => "seats_lost",
            Self::FaresLost => "fares_lost",
            Self::EscortHours => "escort_hours_for_nothing",
            Self::EscortTrips => "escort_trips_for_nothing",
            Self::NoticesInVain => "notices_in_vain_per_person",
            Self::EuroPerDeparture => "euro_per_departure",
        }
    }

    /// Numerator and denominator of a run.
    fn parts(self, tally: &Tally) -> (f64, f64) {
        let gone: f64 = tally.cancelled.iter().sum();
        match self {
            Self::Booked => (tally.booked, 1.0),
            Self::Departed => (tally.departed, 1.0),
            Self::CancelledShare | Self::NoticesInVain => (gone, tally.booked),
            Self::NoShow => (tally.cancelled[0], 1.0),
            Self::Procedure => (tally.cancelled[1], 1.0),
            Self::Preparation => (tally.cancelled[2], 1.0),
            Self::Other => (tally.cancelled[3], 1.0),
            Self::Refused => (tally.cancelled[4], 1.0),
            Self::LegCancelled => (tally.cancelled[5], 1.0),
            Self::LateRide => (tally.cancelled[6], 1.0),
            Self::SeatsLost => (tally.seats_lost, 1.0),
            Self::FaresLost => (tally.fares_lost, 1.0),
            Self::EscortHours => (tally.escort_hours_for_nothing, 1.0),
            Self::EscortTrips => (tally.escort_trips_for_nothing, 1.0),
            Self::EuroPerDeparture => (tally.spent, tally.departed),
        }
    }

    /// The ratio of the sums, and how far each run is from it (the delta method).
    fn linear(self, runs: &[Tally]) -> (f64, Vec<f64>) {
        let parts: Vec<(f64, f64)> = runs.iter().map(|run| self.parts(run)).collect();
        let sums = parts.iter().fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        let count = (runs.len() as f64).max(1.0);
        let below = sums.1 / count;
        if below <= 0.0 {
            return (0.0, vec![0.0; runs.len()]);
        }
        let ratio = sums.0 / sums.1;
        (ratio, parts.iter().map(|(above, under)| (above - ratio * under) / below).collect())
    }

    /// Mean over the runs, with the 95% interval of that mean.
    pub fn mean(self, runs: &[Tally]) -> Interval {
        let (ratio, apart) = self.linear(runs);
        Interval::of_mean(apart.iter().map(|apart| ratio + apart))
    }

    /// Paired difference of two policies on the same draws, with its 95% interval.
    pub fn difference(self, runs: &[Tally], first: &[Tally]) -> Interval {
        let ((a, own), (b, other)) = (self.linear(runs), self.linear(first));
        Interval::of_mean(own.iter().zip(&other).map(|(x, y)| (a + x) - (b + y)))
    }
}
