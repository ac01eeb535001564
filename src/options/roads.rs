//! Which rides no shift could drive even with nobody else aboard or waiting, so that they need not be offered at all.

use super::Ride;
use crate::units::shift as later;
use crate::week::{LocationId, Shift, TravelRow, Week};
use std::collections::BTreeMap;

/// Minutes that rounding may take; a ride on the edge is offered, and judged by the search for routes.
const ROUNDING: f64 = 1e-3;

/// The least driving time between places, whatever the way.
///
/// Listed drives need not obey the triangle inequality, so a way round may be shorter than the listed drive. Computed
/// drives do; no way is shorter than the computed drive times the smallest ratio of a listed to its computed drive.
#[derive(Clone, Debug)]
pub(super) struct Roads<'a> {
    week: &'a Week,
    ratio: f64,
    /// Shifts by depot.
    depots: BTreeMap<&'a LocationId, Vec<&'a Shift>>,
    /// Depots by pickup and airport, as far as they were asked for.
    near: BTreeMap<(&'a LocationId, &'a LocationId), Vec<Near<'a>>>,
}

/// A depot with its least driving minutes to the pickup and back from the airport.
#[derive(Clone, Copy, Debug)]
struct Near<'a> {
    depot: &'a LocationId,
    out: f64,
    back: f64,
}

impl<'a> Roads<'a> {
    pub(super) fn of(week: &'a Week) -> Self {
        let mut depots: BTreeMap<&LocationId, Vec<&Shift>> = BTreeMap::new();
        for shift in &week.shifts {
            depots.entry(&shift.depot).or_default().push(shift);
        }
        let ratio = |row: &TravelRow| {
            let computed = week.computed_drive(&row.from, &row.to).minutes.get();
            if computed > 0.0 { row.minutes.get() / computed } else { 1.0 }
        };
        let ratio = week.travel.values().map(ratio).fold(1.0, f64::min);
        Self { week, ratio, depots, near: BTreeMap::new() }
    }

    /// Least minutes from one place to another.
    fn at_least(&self, from: &LocationId, to: &LocationId) -> f64 {
        if from == to { 0.0 } else { self.week.computed_drive(from, to).minutes.get() * self.ratio }
    }

    /// The depots with their least drives to a pickup and back from an airport.
    fn depots_near(&self, from: &LocationId, airport: &LocationId) -> Vec<Near<'a>> {
        let near = |&depot| Near { depot, out: self.at_least(depot, from), back: self.at_least(airport, depot) };
        self.depots.keys().map(near).collect()
    }

    /// Whether some shift might drive the ride. When it says no, none can.
    pub(super) fn might_drive(&mut self, ride: &Ride) -> bool {
        let week = self.week;
        let rows = week.locations.rows();
        let (Some(from), Some(airport)) = (rows.get(ride.from), rows.get(ride.airport)) else { return false };
        let aboard = ride.load.get() + self.at_least(&from.id, &airport.id);
        let ends = (&from.id, &airport.id);
        if !self.near.contains_key(&ends) {
            self.near.insert(ends, self.depots_near(&from.id, &airport.id));
        }
        self.near.get(&ends).into_iter().flatten().any(|near| {
            let shifts = self.depots.get(near.depot).into_iter().flatten();
            shifts.copied().any(|shift| fits(ride, shift, near, aboard))
        })
    }
}

/// Whether a shift has the places, and the time when every drive takes its least. `aboard`: loading and least drive.
fn fits(ride: &Ride, shift: &Shift, near: &Near<'_>, aboard: f64) -> bool {
    let places = shift.seats >= ride.persons && shift.wheelchairs >= ride.wheelchairs && shift.compartments > 0;
    // Most shifts are of another day: told by two comparisons.
    if shift.span.until() < ride.dropoff.from() || shift.span.from() > ride.dropoff.until() {
        return false;
    }
    let after = ride.unload.get() + near.back;
    let short_enough = shift.max_hours.is_none_or(|most| near.out + aboard + after <= most.minutes().get() + ROUNDING);
    let Some(first) = ride.pickup.first().filter(|_| places && short_enough) else { return false };
    let loading = first.from().max(later(shift.span.from(), near.out));
    let unloading = later(loading, aboard).max(ride.dropoff.from());
    later(unloading, -ROUNDING) <= ride.dropoff.until() && later(unloading, after - ROUNDING) <= shift.span.until()
}
