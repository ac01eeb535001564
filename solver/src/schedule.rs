//! When a vehicle with a fixed order of stops is where: feasibility and the shortest duration, exactly.
//!
//! All constraints of a route (windows, service and driving times, ride times, duration) bound differences of two times,
//! so the latest feasible schedule for a given end is the greatest fixpoint of `time[i] ≤ time[j] + c` (Bellman-Ford on
//! the constraint graph). The end is the earliest possible one; that also gives the shortest duration, because the
//! duration does not fall when the end is later.

use crate::problem::{Problem, RoutePlan, RouteStop, TaskId, TravelMatrix, VehicleId};

/// Slack for sums of floating-point minutes.
pub(crate) const EPSILON: f64 = 1e-7;

/// A stop of a sequence: the task, whether it is the pickup, and the pickup window used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Visit {
    pub(crate) task: TaskId,
    pub(crate) pickup: bool,
    pub(crate) window: usize,
}

/// Earliest start of service at each stop of the sequence, the depot's return last; none when infeasible.
fn earliest(problem: &Problem, roads: &TravelMatrix, vehicle: VehicleId, visits: &[Visit]) -> Option<Vec<f64>> {
    let v = &problem.vehicles[vehicle];
    let (mut at, mut place, mut ready) = (Vec::with_capacity(visits.len() + 1), v.depot, v.window.from);
    for visit in visits {
        let (to, from, _, service) = stop(problem, *visit);
        let start = from.max(ready + roads.minutes(place, to));
        at.push(start);
        (place, ready) = (to, start + service);
    }
    at.push(ready + roads.minutes(place, v.depot));
    Some(at)
}

/// Place, window and service of a visit.
fn stop(problem: &Problem, visit: Visit) -> (usize, f64, f64, f64) {
    let task = &problem.tasks[visit.task];
    if visit.pickup {
        let window = task.pickup_windows[visit.window];
        (task.pickup, window.from, window.until, task.load)
    } else {
        (task.delivery, task.delivery_window.from, task.delivery_window.until, task.unload)
    }
}

/// The route of a vehicle along a fixed sequence of stops, with the shortest duration; none when no schedule is feasible.
/// Capacities are not looked at.
pub(crate) fn time_route(problem: &Problem, vehicle: VehicleId, visits: &[Visit]) -> Option<RoutePlan> {
    let roads = &problem.travel;
    let v = &problem.vehicles[vehicle];
    let n = visits.len();
    let mut low = earliest(problem, roads, vehicle, visits)?;
    // Ride times push pickups later, never the end earlier than this; lift `low` to its own fixpoint.
    let pickup_of: Vec<Option<usize>> =
        visits.iter().map(|d| visits.iter().position(|p| !d.pickup && p.pickup && p.task == d.task)).collect();
    let leg = |i: usize| -> f64 {
        let (from, service) = match i.checked_sub(1) {
            None => (v.depot, 0.0),
            Some(j) => {
                let (place, _, _, service) = stop(problem, visits[j]);
                (place, service)
            }
        };
        service + roads.minutes(from, if i < n { stop(problem, visits[i]).0 } else { v.depot })
    };
    let steps: Vec<f64> = (0..=n).map(leg).collect();
    let ride = |d: usize| problem.tasks[visits[d].task].load + problem.tasks[visits[d].task].max_ride;
    // A delivery that cannot be earlier than `low` needs its pickup at or after low − ride; iterate to the fixpoint.
    for round in 0.. {
        let mut moved = false;
        for d in 0..n {
            if let Some(p) = pickup_of[d] {
                let need = low[d] - ride(d);
                if low[p] < need - EPSILON {
                    low[p] = need;
                    moved = true;
                }
            }
        }
        for i in 1..=n {
            let need = low[i - 1] + steps[i];
            if low[i] < need {
                low[i] = need;
                moved = true;
            }
        }
        if (0..n).any(|i| low[i] > stop(problem, visits[i]).2 + EPSILON) || low[n] > v.window.until + EPSILON {
            return None;
        }
        if !moved {
            break;
        }
        if round > 4 * n + 8 {
            return None;
        }
    }
    let end = low[n];
    let mut high: Vec<f64> = visits.iter().map(|&visit| stop(problem, visit).2).collect();
    high.push(end);
    loop {
        let mut moved = false;
        for i in (0..n).rev() {
            let most = high[i + 1] - steps[i + 1];
            if high[i] > most + 1e-12 {
                high[i] = most;
                moved = true;
            }
        }
        for d in 0..n {
            if let Some(p) = pickup_of[d] {
                let most = high[p] + ride(d);
                if high[d] > most + 1e-12 {
                    high[d] = most;
                    moved = true;
                }
            }
        }
        if (0..n).any(|i| high[i] < low[i] - EPSILON) {
            return None;
        }
        if !moved {
            break;
        }
    }
    let leave = if n == 0 { end } else { (high[0] - steps[0]).min(v.window.until) };
    if end - leave > v.max_minutes + EPSILON {
        return None;
    }
    let stops =
        visits.iter().zip(&high).map(|(visit, &at)| RouteStop { task: visit.task, pickup: visit.pickup, at }).collect();
    let mut km = 0.0;
    let mut place = v.depot;
    for visit in visits {
        let to = stop(problem, *visit).0;
        km += roads.km(place, to);
        place = to;
    }
    km += roads.km(place, v.depot);
    let cost = v.fixed + v.per_km * km + v.per_minute * (end - leave);
    Some(RoutePlan { vehicle, leave: leave.max(v.window.from), stops, back: end, km, cost })
}
