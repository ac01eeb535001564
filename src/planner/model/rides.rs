//! Rides of section 6: rides of cases and transfers become tasks, shifts become vehicles.

use super::Load;
use crate::options::{Options, Ride};
use crate::planner::fixed::Fixes;
use crate::units::{Instant, minutes_between};
use crate::week::*;
use std::collections::BTreeMap;
use vertrek_solver::problem::{PlaceId, Task, TravelMatrix, Vehicle, Window};

/// The part of the problem that is about rides. Tasks are the rides of the options in their order, then the transfers.
#[derive(Debug)]
pub(super) struct Rides {
    pub(super) tasks: Vec<Task>,
    pub(super) loads: Vec<Load>,
    pub(super) vehicles: Vec<Vehicle>,
    pub(super) travel: TravelMatrix,
}

pub(super) fn build(week: &Week, options: &Options, fixes: &Fixes) -> Rides {
    let mut map = Map { week, places: BTreeMap::new(), locations: Vec::new(), families: 0 };
    let mut tasks: Vec<Task> = options.rides.iter().map(|ride| map.ride(ride)).collect();
    for (task, ride) in tasks.iter_mut().zip(&options.rides) {
        task.only = fixes.get(ride.case).and_then(|fixed| fixed.shift);
    }
    tasks.extend(week.transfers.iter().map(|transfer| map.transfer(transfer)));
    let loads = (0..options.rides.len()).map(Load::Case).chain((0..week.transfers.len()).map(Load::Transfer)).collect();
    let vehicles = week.shifts.iter().map(|shift| map.vehicle(shift)).collect();
    Rides { tasks, loads, vehicles, travel: map.travel() }
}

/// Places in the order in which they are met, and classes of load.
struct Map<'a> {
    week: &'a Week,
    places: BTreeMap<&'a LocationId, PlaceId>,
    locations: Vec<&'a LocationId>,
    families: u32,
}

impl<'a> Map<'a> {
    fn place(&mut self, location: &'a LocationId) -> PlaceId {
        let next = self.locations.len();
        *self.places.entry(location).or_insert_with(|| {
            self.locations.push(location);
            next
        })
    }

    fn minutes(&self, at: Instant) -> f64 {
        minutes_between(self.week.now, at)
    }

    fn window(&self, span: Span) -> Window {
        Window { from: self.minutes(span.from()), until: self.minutes(span.until()) }
    }

    /// Men, women and others share; each family is a class of its own.
    fn class(&mut self, class: TransferClass) -> u32 {
        match class {
            TransferClass::M => 0,
            TransferClass::F => 1,
            TransferClass::X => 2,
            TransferClass::Family => {
                self.families += 1;
                2 + self.families
            }
        }
    }

    fn ride(&mut self, ride: &Ride) -> Task {
        let locations = self.week.locations.rows();
        Task {
            pickup: self.place(&locations[ride.from].id),
            pickup_windows: ride.pickup.iter().map(|&span| self.window(span)).collect(),
            load: ride.load.get(),
            delivery: self.place(&locations[ride.airport].id),
            delivery_window: self.window(ride.dropoff),
            unload: ride.unload.get(),
            max_ride: ride.max_ride.get(),
            seats: ride.persons,
            special: ride.wheelchairs,
            class: self.class(ride.class),
            group: Some(ride.case),
            penalty: None,
            only: None,
        }
    }

    fn transfer(&mut self, transfer: &'a Transfer) -> Task {
        Task {
            pickup: self.place(&transfer.from),
            pickup_windows: vec![self.window(transfer.pickup)],
            load: transfer.load.get(),
            delivery: self.place(&transfer.to),
            delivery_window: self.window(transfer.dropoff),
            unload: transfer.unload.get(),
            max_ride: transfer.max_ride.map_or(f64::INFINITY, |most| most.get()),
            seats: transfer.persons,
            special: transfer.wheelchairs,
            class: self.class(transfer.class),
            group: None,
            penalty: Some(self.week.costs.unmet_transfer.get()),
            only: None,
        }
    }

    fn vehicle(&mut self, shift: &'a Shift) -> Vehicle {
        Vehicle {
            depot: self.place(&shift.depot),
            window: self.window(shift.span),
            max_minutes: shift.max_hours.map_or(f64::INFINITY, |most| most.minutes().get()),
            seats: shift.seats,
            special: shift.wheelchairs,
            compartments: shift.compartments,
            fixed: shift.fixed.get(),
            per_km: shift.per_km.get(),
            per_minute: shift.per_hour.get() / 60.0,
        }
    }

    fn travel(&self) -> TravelMatrix {
        let places = self.locations.len();
        let mut travel = TravelMatrix { places, ..TravelMatrix::default() };
        for from in &self.locations {
            for to in &self.locations {
                let drive = self.week.drive(from, to);
                travel.minutes.push(drive.minutes.get());
                travel.km.push(drive.km.get());
            }
        }
        travel
    }
}
