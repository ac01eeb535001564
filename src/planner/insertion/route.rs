//! The cheapest way to take one more ride along on a route, by trying every pair of positions with the exact best times.

use super::ROUNDING;
use vertrek_solver::problem::{PlaceId, Problem, RoutePlan, Task, TaskId, Vehicle, VehicleId, Window};

/// A stop: the task, and whether it is the pickup.
type Stop = (TaskId, bool);

/// What the cheapest insertion of a task adds to the cost of a vehicle's route; none: it cannot be inserted.
pub(super) fn cheapest_insertion(
    problem: &Problem,
    vehicle: VehicleId,
    route: Option<&RoutePlan>,
    task: TaskId,
) -> Option<f64> {
    let (van, new) = (&problem.vehicles[vehicle], &problem.tasks[task]);
    let first_pickup = new.pickup_windows.first()?.from;
    if new.only.is_some_and(|only| only != vehicle)
        || van.window.until < first_pickup
        || van.window.from > new.delivery_window.until
    {
        return None;
    }
    let old: Vec<Stop> =
        route.into_iter().flat_map(|route| &route.stops).map(|stop| (stop.task, stop.pickup)).collect();
    let before = route.map_or(0.0, |route| route.cost);
    let trial = Trial { problem, van };
    let mut best: Option<f64> = None;
    for pickup in 0..=old.len() {
        let mut stops = old.clone();
        stops.insert(pickup, (task, true));
        for delivery in pickup + 1..=stops.len() {
            stops.insert(delivery, (task, false));
            let cost = if trial.fits(&stops) { trial.cost(&stops) } else { None };
            best = [best, cost].into_iter().flatten().min_by(f64::total_cmp);
            stops.remove(delivery);
        }
    }
    best.map(|cost| cost - before)
}

struct Trial<'a> {
    problem: &'a Problem,
    van: &'a Vehicle,
}

impl Trial<'_> {
    fn task(&self, stop: Stop) -> &Task {
        &self.problem.tasks[stop.0]
    }

    fn place(&self, stop: Stop) -> PlaceId {
        if stop.1 { self.task(stop).pickup } else { self.task(stop).delivery }
    }

    fn service(&self, stop: Stop) -> f64 {
        if stop.1 { self.task(stop).load } else { self.task(stop).unload }
    }

    /// Seats, special places and classes; and the earliest times, which no schedule can beat.
    fn fits(&self, stops: &[Stop]) -> bool {
        let (mut aboard, mut at, mut clock): (Vec<TaskId>, _, _) = (Vec::new(), self.van.depot, self.van.window.from);
        for &stop in stops {
            clock += self.problem.travel.minutes(at, self.place(stop));
            let task = self.task(stop);
            let start = if stop.1 {
                aboard.push(stop.0);
                let open = task.pickup_windows.iter().find(|window| window.until + ROUNDING >= clock);
                open.map(|window| window.from.max(clock))
            } else {
                aboard.retain(|&other| other != stop.0);
                let window = task.delivery_window;
                (window.until + ROUNDING >= clock).then(|| window.from.max(clock))
            };
            let Some(start) = start else { return false };
            if stop.1 && !self.holds(&aboard) {
                return false;
            }
            (clock, at) = (start + self.service(stop), self.place(stop));
        }
        clock + self.problem.travel.minutes(at, self.van.depot) <= self.van.window.until + ROUNDING
    }

    fn holds(&self, aboard: &[TaskId]) -> bool {
        let tasks = || aboard.iter().map(|&task| &self.problem.tasks[task]);
        let mut classes: Vec<u32> = tasks().map(|task| task.class).collect();
        classes.sort_unstable();
        classes.dedup();
        tasks().map(|task| u64::from(task.seats)).sum::<u64>() <= u64::from(self.van.seats)
            && tasks().map(|task| u64::from(task.special)).sum::<u64>() <= u64::from(self.van.special)
            && classes.len() <= usize::try_from(self.van.compartments).unwrap_or(usize::MAX)
    }

    fn cost(&self, stops: &[Stop]) -> Option<f64> {
        let minutes = self.least_minutes(stops, &mut Vec::new())?;
        let mut places = vec![self.van.depot];
        places.extend(stops.iter().map(|&stop| self.place(stop)));
        places.push(self.van.depot);
        let km: f64 = places.windows(2).map(|leg| self.problem.travel.km(leg[0], leg[1])).sum();
        Some(self.van.fixed + km * self.van.per_km + minutes * self.van.per_minute)
    }

    /// Least minutes from leaving to being back, over every choice of a window at each pickup.
    fn least_minutes(&self, stops: &[Stop], windows: &mut Vec<Window>) -> Option<f64> {
        let Some(&next) = stops.iter().filter(|stop| stop.1).nth(windows.len()) else {
            return self.schedule(stops, windows);
        };
        let mut best: Option<f64> = None;
        let in_shift = |window: &&Window| window.until >= self.van.window.from && window.from <= self.van.window.until;
        for &window in self.task(next).pickup_windows.iter().filter(in_shift) {
            windows.push(window);
            best = [best, self.least_minutes(stops, windows)].into_iter().flatten().min_by(f64::total_cmp);
            windows.pop();
        }
        best
    }

    /// The times of a route form a system of differences t_b − t_a ≥ w: the least duration is the longest path from leaving
    /// to being back, and where some cycle is longer than nothing there is no schedule at all.
    fn schedule(&self, stops: &[Stop], windows: &[Window]) -> Option<f64> {
        let (origin, leave, first) = (0, 1, 2);
        let back = first + stops.len();
        let mut least: Vec<(usize, usize, f64)> = vec![
            (origin, leave, self.van.window.from),
            (back, origin, -self.van.window.until),
            (back, leave, -self.van.max_minutes),
        ];
        let mut windows = windows.iter();
        let (mut at, mut before, mut service) = (self.van.depot, leave, 0.0);
        for (position, &stop) in stops.iter().enumerate() {
            let (node, task) = (first + position, self.task(stop));
            least.push((before, node, service + self.problem.travel.minutes(at, self.place(stop))));
            let window = if stop.1 { *windows.next()? } else { task.delivery_window };
            least.extend([(origin, node, window.from), (node, origin, -window.until)]);
            if !stop.1 {
                let pickup = first + stops.iter().position(|&other| other == (stop.0, true))?;
                least.push((node, pickup, -(task.load + task.max_ride)));
            }
            (at, before, service) = (self.place(stop), node, self.service(stop));
        }
        least.push((before, back, service + self.problem.travel.minutes(at, self.van.depot)));
        longest_path(&least, back + 1, leave, back)
    }
}

/// Longest path between two nodes, by Bellman and Ford; none when a cycle is longer than nothing.
fn longest_path(edges: &[(usize, usize, f64)], nodes: usize, from: usize, to: usize) -> Option<f64> {
    let mut far = vec![f64::NEG_INFINITY; nodes];
    far[from] = 0.0;
    for _ in 0..=nodes {
        let mut settled = true;
        for &(a, b, least) in edges {
            if far[a] + least > far[b] + ROUNDING {
                far[b] = far[a] + least;
                settled = false;
            }
        }
        if settled {
            return Some(far[to]);
        }
    }
    None
}
