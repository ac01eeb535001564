//! Routes: what is known of one, and the cheapest place for a task in it.

use super::index::Index;
use super::timing::{Scratch, Stop, not_after, not_before, stop, timing, windows};
use crate::problem::{PlaceId, RoutePlan, RouteStop, TaskId, VehicleId};
use crate::schedule::EPSILON;

/// A stop with what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) stop: Stop,
    place: PlaceId,
    service: f64,
    /// Earliest start of service.
    low: f64,
    /// Latest start of service with which the rest of the route is in its windows.
    late: f64,
    /// Aboard on the way to this stop.
    seats: u32,
    special: u32,
    classes: u32,
}

/// A route of a vehicle; empty when it stays at its depot.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    /// Differs between any two routes that ever were, but that of every empty route of a kind is 0.
    pub(super) version: u64,
    pub(super) nodes: Vec<Node>,
    pub(super) cost: f64,
    km: f64,
    /// Driving and service.
    busy: f64,
}

/// The best place for a task in a route.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Added cost; infinite when there is none.
    pub(super) cost: f64,
    /// Before which stops the pickup and the delivery come.
    pub(super) pickup: usize,
    pub(super) delivery: usize,
}

impl Place {
    pub(super) const NONE: Self = Self { cost: f64::INFINITY, pickup: 0, delivery: 0 };
}

impl Route {
    /// The route over these stops, none when not feasible; what is aboard is not checked.
    pub(super) fn new(
        index: &Index<'_>,
        vehicle: VehicleId,
        stops: &[Stop],
        version: u64,
        scratch: &mut Scratch,
    ) -> Option<Self> {
        if stops.is_empty() {
            return Some(Self::default());
        }
        let times = timing(index, vehicle, stops, scratch)?;
        let problem = index.problem;
        let v = &problem.vehicles[vehicle];
        let mut route = Self { version, nodes: Vec::with_capacity(stops.len()), ..Self::default() };
        let (mut seats, mut special, mut classes) = (0, 0, 0);
        let mut last = v.depot;
        for (i, &s) in stops.iter().enumerate() {
            let task = &problem.tasks[s.task];
            let (place, service) = stop(index, s);
            route.km += problem.travel.km(last, place);
            route.busy += scratch.steps[i];
            last = place;
            route.nodes.push(Node { stop: s, place, service, low: scratch.low[i], late: 0.0, seats, special, classes });
            // Whether another of the class is aboard.
            let other = |until: usize| {
                let mut count = 0_i32;
                for s in stops[..until].iter().filter(|o| o.task != s.task) {
                    if problem.tasks[s.task].class == task.class {
                        count += if s.pickup { 1 } else { -1 };
                    }
                }
                count > 0
            };
            if s.pickup {
                classes += u32::from(!other(i));
                seats += task.seats;
                special += task.special;
            } else {
                classes -= u32::from(!other(i));
                seats -= task.seats;
                special -= task.special;
            }
        }
        let n = stops.len();
        route.km += problem.travel.km(last, v.depot);
        route.busy += scratch.steps[n];
        let mut late = v.window.until;
        for i in (0..n).rev() {
            late = not_after(windows(index, stops[i]), late - scratch.steps[i + 1]).unwrap_or(f64::NEG_INFINITY);
            route.nodes[i].late = late;
        }
        route.cost = v.fixed + route.km * v.per_km + (times.end - times.leave) * v.per_minute;
        Some(route)
    }

    /// Its stops.
    pub(super) fn stops(&self) -> impl Iterator<Item = Stop> {
        self.nodes.iter().map(|node| node.stop)
    }

    /// The cheapest place for a task, exact where leaving a stop out never costs time. `most`: cost not worth paying.
    pub(super) fn place(
        &self,
        index: &Index<'_>,
        vehicle: VehicleId,
        id: TaskId,
        most: f64,
        scratch: &mut Scratch,
    ) -> Place {
        let problem = index.problem;
        let (v, task, roads) = (&problem.vehicles[vehicle], &problem.tasks[id], &problem.travel);
        let n = self.nodes.len();
        scratch.work += n as u64;
        let mut best = Place { cost: most, ..Place::NONE };
        let mut found = false;
        // The class of this task aboard, from stop to stop.
        let mut mine = 0_i32;
        let fits = |i: usize, mine: i32| {
            let (seats, special, classes) = self.nodes.get(i).map_or((0, 0, 0), |n| (n.seats, n.special, n.classes));
            seats + task.seats <= v.seats
                && special + task.special <= v.special
                && classes + u32::from(mine == 0) <= v.compartments
        };
        let class_step = |i: usize| {
            let stop = self.nodes[i].stop;
            let same = problem.tasks[stop.task].class == task.class;
            if !same {
                0
            } else if stop.pickup {
                1
            } else {
                -1
            }
        };
        let last_pickup = index.windows[id].last().map_or(f64::NEG_INFINITY, |w| w.until);
        let place_of = |i: usize| if i < n { self.nodes[i].place } else { v.depot };
        let late_of = |i: usize| if i < n { self.nodes[i].late } else { v.window.until };
        for i in 0..=n {
            let (before, ready) = match i.checked_sub(1) {
                None => (v.depot, v.window.from),
                Some(j) => {
                    mine += class_step(j);
                    (self.nodes[j].place, self.nodes[j].low + self.nodes[j].service)
                }
            };
            if ready > last_pickup + EPSILON {
                break;
            }
            if !fits(i, mine) {
                continue;
            }
            let Some(start) = not_before(&index.windows[id], ready + roads.minutes(before, task.pickup)) else {
                continue;
            };
            let (mut at, mut ready, mut aboard, mut ride) = (task.pickup, start + task.load, mine, 0.0);
            // Kilometres and minutes that the pickup alone adds (where the delivery follows at once: without the rest).
            let next = place_of(i);
            let km_apart = roads.km(before, task.pickup) + roads.km(task.pickup, next) - roads.km(before, next);
            let min_apart =
                roads.minutes(before, task.pickup) + roads.minutes(task.pickup, next) - roads.minutes(before, next);
            for j in i..=n {
                let next = place_of(j);
                let reach = ready + roads.minutes(at, task.delivery);
                if ride + roads.minutes(at, task.delivery) <= task.max_ride + EPSILON
                    && reach <= task.delivery_window.until + EPSILON
                {
                    let drop = reach.max(task.delivery_window.from);
                    if drop + task.unload + roads.minutes(task.delivery, next) <= late_of(j) + EPSILON {
                        let (km, minutes) = if i == j {
                            (
                                roads.km(before, task.pickup)
                                    + roads.km(task.pickup, task.delivery)
                                    + roads.km(task.delivery, next)
                                    - roads.km(before, next),
                                roads.minutes(before, task.pickup)
                                    + roads.minutes(task.pickup, task.delivery)
                                    + roads.minutes(task.delivery, next)
                                    - roads.minutes(before, next),
                            )
                        } else {
                            (
                                km_apart + roads.km(at, task.delivery) + roads.km(task.delivery, next)
                                    - roads.km(at, next),
                                min_apart + roads.minutes(at, task.delivery) + roads.minutes(task.delivery, next)
                                    - roads.minutes(at, next),
                            )
                        };
                        let fixed = v.fixed + v.per_km * (self.km + km) - self.cost;
                        let busy = self.busy + minutes + task.load + task.unload;
                        if fixed + v.per_minute * busy < best.cost && busy <= v.max_minutes + EPSILON {
                            let mut stops = std::mem::take(&mut scratch.stops);
                            self.with(id, i, j, &mut stops);
                            if let Some(times) = timing(index, vehicle, &stops, scratch) {
                                let cost = fixed + v.per_minute * (times.end - times.leave);
                                if cost < best.cost {
                                    best = Place { cost, pickup: i, delivery: j };
                                    found = true;
                                }
                            }
                            scratch.stops = stops;
                        }
                    }
                }
                if j == n || ready > task.delivery_window.until + EPSILON {
                    break;
                }
                // On to stop j with the task aboard.
                let node = &self.nodes[j];
                let step = roads.minutes(at, node.place);
                let Some(start) = not_before(windows(index, node.stop), (ready + step).max(node.low)) else { break };
                if start > node.late + EPSILON {
                    break;
                }
                ride += step + node.service;
                aboard += class_step(j);
                if ride > task.max_ride + EPSILON || !fits(j + 1, aboard) {
                    break;
                }
                (at, ready) = (node.place, start + node.service);
            }
        }
        if found { best } else { Place::NONE }
    }

    /// Its stops with a task added.
    pub(super) fn with(&self, task: TaskId, pickup: usize, delivery: usize, stops: &mut Vec<Stop>) {
        stops.clear();
        for i in 0..=self.nodes.len() {
            if i == pickup {
                stops.push(Stop { task, pickup: true });
            }
            if i == delivery {
                stops.push(Stop { task, pickup: false });
            }
            stops.extend(self.nodes.get(i).map(|node| node.stop));
        }
    }

    /// The route as a part of a solution.
    pub(super) fn plan(&self, index: &Index<'_>, vehicle: VehicleId, scratch: &mut Scratch) -> Option<RoutePlan> {
        let stops: Vec<Stop> = self.stops().collect();
        let times = timing(index, vehicle, &stops, scratch)?;
        let stops = std::iter::zip(&stops, &scratch.high)
            .map(|(s, &at)| RouteStop { task: s.task, pickup: s.pickup, at })
            .collect();
        Some(RoutePlan { vehicle, leave: times.leave, stops, back: times.end, km: self.km, cost: self.cost })
    }
}
