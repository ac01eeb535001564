//! Every set of tasks that a vehicle can drive, with the cheapest route that drives exactly these.

use std::collections::BTreeMap;

use super::schedule::{may_continue, shortest, timed};
use vertrek_solver::problem::{Problem, RoutePlan, TaskId, VehicleId};

/// Sets of tasks, as bits.
pub type Tasks = u64;

/// Cheapest route per set of tasks; none: more than `most` sequences would have to be looked at.
pub fn of_vehicle(problem: &Problem, vehicle: VehicleId, most: usize) -> Option<BTreeMap<Tasks, RoutePlan>> {
    let mut search = Search { problem, vehicle, best: BTreeMap::new(), stops: Vec::new(), left: most };
    search.extend().then_some(search.best)
}

/// The same for every vehicle.
pub fn of_all(problem: &Problem, most: usize) -> Option<Vec<BTreeMap<Tasks, RoutePlan>>> {
    (0..problem.vehicles.len()).map(|v| of_vehicle(problem, v, most)).collect()
}

struct Search<'a> {
    problem: &'a Problem,
    vehicle: VehicleId,
    best: BTreeMap<Tasks, RoutePlan>,
    stops: Vec<(TaskId, bool)>,
    left: usize,
}

impl Search<'_> {
    /// All sequences that begin with the stops so far; false when there are too many.
    fn extend(&mut self) -> bool {
        let Some(left) = self.left.checked_sub(1) else { return false };
        self.left = left;
        let aboard = self.aboard();
        if aboard.is_empty() && !self.stops.is_empty() {
            self.keep();
        }
        for task in 0..self.problem.tasks.len() {
            let done = self.stops.iter().filter(|(t, _)| *t == task).count();
            if done == 2 || (done == 0 && !self.fits(&aboard, task)) {
                continue;
            }
            self.stops.push((task, done == 0));
            let within = !may_continue(self.problem, self.vehicle, &self.stops) || self.extend();
            self.stops.pop();
            if !within {
                return false;
            }
        }
        true
    }

    fn aboard(&self) -> Vec<TaskId> {
        let picked = self.stops.iter().filter(|(_, pickup)| *pickup);
        picked.map(|(t, _)| *t).filter(|&t| !self.stops.contains(&(t, false))).collect()
    }

    fn fits(&self, aboard: &[TaskId], task: TaskId) -> bool {
        let vehicle = &self.problem.vehicles[self.vehicle];
        let all = || aboard.iter().chain([&task]).map(|&t| &self.problem.tasks[t]);
        let classes: std::collections::BTreeSet<u32> = all().map(|t| t.class).collect();
        all().all(|t| t.only.is_none_or(|only| only == self.vehicle))
            && all().map(|t| t.seats).sum::<u32>() <= vehicle.seats
            && all().map(|t| t.special).sum::<u32>() <= vehicle.special
            && classes.len() <= vehicle.compartments as usize
    }

    /// Remembers the sequence when it is the cheapest for its tasks.
    fn keep(&mut self) {
        let vehicle = &self.problem.vehicles[self.vehicle];
        let place = |&(t, pickup): &(TaskId, bool)| {
            let task = &self.problem.tasks[t];
            if pickup { task.pickup } else { task.delivery }
        };
        let mut places = vec![vehicle.depot];
        places.extend(self.stops.iter().map(place));
        places.push(vehicle.depot);
        let km: f64 = places.windows(2).map(|leg| self.problem.travel.km(leg[0], leg[1])).sum();
        let Some(times) = shortest(self.problem, self.vehicle, &self.stops) else { return };
        let cost = vehicle.fixed + vehicle.per_km * km + vehicle.per_minute * (times.back - times.leave);
        let tasks = self.stops.iter().fold(0, |set, (t, _)| set | (1 << t));
        if self.best.get(&tasks).is_none_or(|best| cost < best.cost) {
            let stops = timed(&self.stops, &times);
            let route = RoutePlan { vehicle: self.vehicle, leave: times.leave, stops, back: times.back, km, cost };
            self.best.insert(tasks, route);
        }
    }
}
