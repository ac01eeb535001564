//! The vehicles' part of the state: what each drives, and where a task fits best.

use super::route::{Place, Route};
use super::state::{Change, State};
use super::timing::Stop;
use crate::problem::{TaskId, VehicleId};

impl State<'_> {
    /// Lets a vehicle drive these stops; false, and nothing changed, when it cannot.
    pub(super) fn drive(&mut self, vehicle: VehicleId, stops: &[Stop]) -> bool {
        self.versions += 1;
        let Some(route) = Route::new(self.index, vehicle, stops, self.versions, &mut self.scratch) else {
            return false;
        };
        let before = self.set_route(vehicle, route);
        self.log.push(Change::Route(vehicle, before));
        true
    }

    pub(super) fn set_route(&mut self, vehicle: VehicleId, route: Route) -> Route {
        let before = std::mem::replace(&mut self.routes[vehicle], route);
        let problem = self.index.problem;
        for stop in before.stops().filter(|s| s.pickup) {
            self.vehicle_of[stop.task] = None;
            self.objective -= problem.tasks[stop.task].penalty.unwrap_or(0.0);
        }
        for stop in self.routes[vehicle].stops().filter(|s| s.pickup) {
            self.vehicle_of[stop.task] = Some(vehicle);
            self.objective += problem.tasks[stop.task].penalty.unwrap_or(0.0);
        }
        self.objective += before.cost - self.routes[vehicle].cost;
        before
    }

    /// The cheapest place of a task in its `at`-th vehicle, remembered as long as the route stays.
    pub(super) fn place(&mut self, task: TaskId, at: usize) -> Place {
        let entry = self.index.entries[task] + at;
        let vehicle = self.index.vehicles_of[task][at];
        let route = &self.routes[vehicle];
        if self.places[entry].0 != route.version {
            let most = self.index.worth[task];
            self.places[entry] = (route.version, route.place(self.index, vehicle, task, most, &mut self.scratch));
        }
        self.places[entry].1
    }

    /// Adds a task to a route.
    pub(super) fn insert(&mut self, task: TaskId, vehicle: VehicleId, place: Place) -> bool {
        let mut stops = Vec::with_capacity(self.routes[vehicle].nodes.len() + 2);
        self.routes[vehicle].with(task, place.pickup, place.delivery, &mut stops);
        self.drive(vehicle, &stops)
    }

    /// What is driven no more when a task leaves its route: the task, or the whole route where the rest cannot be driven.
    pub(super) fn undrive(&mut self, task: TaskId, gone: &mut Vec<TaskId>) {
        let Some(vehicle) = self.vehicle_of[task] else { return };
        let stops: Vec<Stop> = self.routes[vehicle].stops().filter(|s| s.task != task).collect();
        if self.drive(vehicle, &stops) {
            gone.push(task);
        } else {
            gone.extend(self.routes[vehicle].stops().filter(|s| s.pickup).map(|s| s.task));
            self.drive(vehicle, &[]);
        }
    }
}
