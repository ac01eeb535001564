//! When a vehicle with a fixed order of stops is where.
//!
//! The earliest times are the least fixpoint of "not before" and the latest the greatest of "not after"; see
//! [`crate::schedule`]. Here pickups take the first window that serves.

use super::index::Index;
use crate::problem::{PlaceId, TaskId, VehicleId, Window};
use crate::schedule::EPSILON;

/// A stop of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stop {
    pub(super) task: TaskId,
    pub(super) pickup: bool,
}

/// When a route starts and ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) leave: f64,
    pub(super) end: f64,
}

/// Buffers of [`timing`], so that nothing is allocated in it.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Stops and members looked at.
    pub(super) work: u64,
    pub(super) low: Vec<f64>,
    pub(super) high: Vec<f64>,
    pub(super) steps: Vec<f64>,
    /// The other stop of the same task.
    partner: Vec<usize>,
    at: Vec<usize>,
    pub(super) stops: Vec<Stop>,
}

/// Place and service of a stop.
pub(super) fn stop(index: &Index<'_>, stop: Stop) -> (PlaceId, f64) {
    let task = &index.problem.tasks[stop.task];
    if stop.pickup { (task.pickup, task.load) } else { (task.delivery, task.unload) }
}

pub(super) fn windows<'i>(index: &'i Index<'_>, stop: Stop) -> &'i [Window] {
    if stop.pickup {
        &index.windows[stop.task]
    } else {
        std::slice::from_ref(&index.problem.tasks[stop.task].delivery_window)
    }
}

/// First time from `at` on in a window.
pub(super) fn not_before(windows: &[Window], at: f64) -> Option<f64> {
    windows.iter().find(|w| at <= w.until + EPSILON).map(|w| at.max(w.from))
}

/// Last time up to `at` in a window.
pub(super) fn not_after(windows: &[Window], at: f64) -> Option<f64> {
    windows.iter().rev().find(|w| at >= w.from - EPSILON).map(|w| at.min(w.until))
}

/// The times of a route with the earliest end and, for it, the latest leave; none when it is not feasible. What is
/// aboard is not looked at.
pub(super) fn timing(index: &Index<'_>, vehicle: VehicleId, stops: &[Stop], scratch: &mut Scratch) -> Option<Times> {
    let problem = index.problem;
    let v = &problem.vehicles[vehicle];
    let n = stops.len();
    scratch.work += stops.len() as u64;
    let Scratch { low, high, steps, partner, at, .. } = scratch;
    low.clear();
    steps.clear();
    partner.clear();
    at.resize(problem.tasks.len(), 0);
    let (mut place, mut ready, mut service) = (v.depot, v.window.from, 0.0);
    for (i, &s) in stops.iter().enumerate() {
        let (to, next) = stop(index, s);
        let step = service + problem.travel.minutes(place, to);
        let start = not_before(windows(index, s), ready + step)?;
        if s.pickup {
            at[s.task] = i;
            partner.push(usize::MAX);
        } else {
            partner.push(at[s.task]);
            partner[at[s.task]] = i;
        }
        steps.push(step);
        low.push(start);
        (place, ready, service) = (to, start, next);
    }
    let step = service + problem.travel.minutes(place, v.depot);
    steps.push(step);
    low.push(ready + step);
    if low[n] > v.window.until + EPSILON {
        return None;
    }
    let ride = |d: usize| problem.tasks[stops[d].task].load + problem.tasks[stops[d].task].max_ride;
    for round in 0.. {
        let mut from = n;
        for d in 0..n {
            if !stops[d].pickup {
                let (p, need) = (partner[d], low[d] - ride(d));
                if low[p] < need - EPSILON {
                    low[p] = not_before(windows(index, stops[p]), need)?;
                    from = from.min(p);
                }
            }
        }
        if from == n {
            break;
        }
        if round > 2 * n + 8 {
            return None;
        }
        for i in from + 1..n {
            let need = low[i - 1] + steps[i];
            if low[i] < need {
                low[i] = not_before(windows(index, stops[i]), need)?;
            }
        }
        low[n] = low[n].max(low[n - 1] + steps[n]);
        if low[n] > v.window.until + EPSILON {
            return None;
        }
    }
    let end = low[n];
    if n == 0 {
        return Some(Times { leave: end, end });
    }
    high.clear();
    high.extend_from_slice(low);
    high[n] = end;
    for i in (0..n).rev() {
        high[i] = not_after(windows(index, stops[i]), high[i + 1] - steps[i + 1])?;
    }
    for round in 0.. {
        let mut from = 0;
        for d in 0..n {
            if !stops[d].pickup {
                let most = high[partner[d]] + ride(d);
                if high[d] > most + 1e-9 {
                    high[d] = not_after(windows(index, stops[d]), most)?;
                    from = from.max(d);
                }
            }
        }
        if from == 0 {
            break;
        }
        if round > 2 * n + 8 {
            return None;
        }
        for i in (0..from).rev() {
            let most = high[i + 1] - steps[i + 1];
            if high[i] > most {
                high[i] = not_after(windows(index, stops[i]), most)?;
            }
        }
    }
    if (0..n).any(|i| high[i] < low[i] - 4.0 * EPSILON) {
        return None;
    }
    let leave = (high[0] - steps[0]).max(v.window.from);
    (end - leave <= v.max_minutes + EPSILON).then_some(Times { leave, end })
}
