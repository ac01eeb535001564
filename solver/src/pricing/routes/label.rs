//! Labels of routes under way, their extension and dominance.
//!
//! A label stands at a place with all service there done. Because every constraint bounds a difference of two times, for
//! a given moment t the latest start of every open ride, and the latest departure from the depot, are `min(t − d, e)`
//! at the same time, so a label is a few pairs (d, e) and no set of schedules.

mod dominance;
mod exchange;

use super::ahead::Ahead;
use super::modes::{Mode, Shortcuts, UNTRACKED};
use super::promise::Promise;
use super::{Effort, Request, SLACK};
use crate::problem::{PlaceId, Problem, TaskId, TravelMatrix, Vehicle};
use crate::schedule::Visit;
use crate::triples::Prices;
use dominance::{Buckets, Entry, Fold};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Labels extended between looks at the control.
const LOOK: u32 = 256;
const ROOT: u32 = u32::MAX;

/// A ride under way: mode, and the pair (d, e) of its latest start.
#[derive(Clone, Copy, Debug)]
struct Open {
    mode: u32,
    d: f64,
    e: f64,
}

/// A stop to come: where, the drive there, the span in which its service starts, and how long that lasts; minutes.
#[derive(Clone, Copy)]
struct Stop {
    place: PlaceId,
    drive: f64,
    start: f64,
    until: f64,
    service: f64,
}

#[derive(Clone, Debug)]
struct Label<const W: usize> {
    place: PlaceId,
    ready: f64,
    ready_max: f64,
    /// Kilometre cost less rewards.
    cost: f64,
    depot_d: f64,
    depot_e: f64,
    open: (u32, u32),
    seats: u32,
    special: u32,
    done: [u64; W],
    /// Triples of which an odd number has been driven.
    odd: u64,
    parent: u32,
    visit: (u32, bool),
    dominated: bool,
}

impl<const W: usize> Label<W> {
    fn has(&self, bit: usize) -> bool {
        bit != UNTRACKED && self.done[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn depot_latest(&self) -> f64 {
        self.depot_e.min(self.ready_max - self.depot_d)
    }

    /// Whether no completion inside the vehicle's window can be longer than the vehicle may be out.
    fn never_too_long(&self, v: &Vehicle) -> bool {
        v.max_minutes.is_infinite()
            || self.depot_d + v.window.until - self.ready <= v.max_minutes
                && v.window.until - self.depot_latest() <= v.max_minutes
    }

    /// Shortest time since leaving the depot.
    fn elapsed(&self) -> f64 {
        self.depot_d.max(self.ready - self.depot_latest())
    }
}

/// Heap entry: earliest ready first, then in order of making.
#[derive(PartialEq)]
struct Turn(f64, u32);

impl Eq for Turn {}
impl PartialOrd for Turn {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Turn {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}

/// What one search found.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Routes that serve nothing twice, above the threshold: tasks ascending, value, stops.
    pub(super) routes: Vec<(Vec<TaskId>, f64, Vec<Visit>)>,
    /// Elements that the best route serves more than once.
    pub(super) repeated: BTreeSet<usize>,
    /// Ended before everything was looked at.
    pub(super) cut_short: bool,
    /// No route is worth more than this, or than the threshold.
    pub(super) bound: f64,
    pub(super) labels: usize,
}

/// Where a route, or the part of one, begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Start<'a> {
    /// At the vehicle's depot.
    Depot,
    /// Empty, at a first pickup in a group of places, not before the one moment and before the other.
    Group(&'a [PlaceId], f64, f64),
}

/// What is searched.
#[derive(Clone, Copy)]
pub(super) struct Space<'a> {
    pub(super) modes: &'a [Mode],
    pub(super) covers: &'a [Vec<u32>],
    pub(super) promise: &'a Promise,
    pub(super) triples: &'a Prices,
    pub(super) roads: &'a TravelMatrix,
    pub(super) start: Start<'a>,
    /// Bounds on what can still be gained; none: not looked at.
    pub(super) ahead: Option<&'a Ahead>,
    /// Stops on the way that can save time.
    pub(super) shortcuts: &'a Shortcuts,
    /// Most that kilometres saved by two stops can be worth.
    pub(super) least_lure: f64,
    /// Only what is worth more than this.
    pub(super) threshold: f64,
    /// What the use of the vehicle costs.
    pub(super) entry: f64,
}

pub(super) struct Search<'a, const W: usize> {
    problem: &'a Problem,
    request: &'a Request<'a>,
    space: Space<'a>,
    modes: &'a [Mode],
    covers: &'a [Vec<u32>],
    /// Least drive from any delivery back to the depot.
    least_back: f64,
    max_labels: usize,
    labels: Vec<Label<W>>,
    opens: Vec<Open>,
    buckets: Buckets,
    heap: BinaryHeap<Turn>,
    best: (f64, u32),
    found: BTreeMap<Vec<TaskId>, (f64, u32)>,
    aboard: Vec<Open>,
    scratch: Vec<Open>,
}

impl<'a, const W: usize> Search<'a, W> {
    pub(super) fn new(problem: &'a Problem, request: &'a Request<'a>, space: Space<'a>, max_labels: usize) -> Self {
        let v = &problem.vehicles[request.vehicle];
        let (modes, covers) = (space.modes, space.covers);
        let least_back =
            modes.iter().map(|m| request.drives.minutes(m.delivery, v.depot)).fold(f64::INFINITY, f64::min);
        Self {
            problem,
            request,
            space,
            modes,
            covers,
            least_back,
            max_labels,
            labels: Vec::new(),
            opens: Vec::new(),
            buckets: Buckets::default(),
            heap: BinaryHeap::new(),
            best: (f64::NEG_INFINITY, 0),
            found: BTreeMap::new(),
            aboard: Vec::new(),
            scratch: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Outcome {
        let v = &self.problem.vehicles[self.request.vehicle];
        let from = match self.space.start {
            Start::Depot => v.window.from,
            Start::Group(_, from, _) => from,
        };
        self.labels.push(Label {
            place: v.depot,
            ready: from,
            ready_max: v.window.until,
            cost: 0.0,
            depot_d: 0.0,
            depot_e: v.window.until,
            open: (0, 0),
            seats: 0,
            special: 0,
            done: [0; W],
            odd: 0,
            parent: ROOT,
            visit: (0, false),
            dominated: false,
        });
        self.heap.push(Turn(from, 0));
        let mut cut_short = None;
        let mut turn = 0_u32;
        while let Some(Turn(_, at)) = self.heap.pop() {
            if self.labels[at as usize].dominated {
                continue;
            }
            if self.labels.len() > self.max_labels || turn.is_multiple_of(LOOK) && self.stopped() {
                cut_short = Some(at);
                break;
            }
            turn = turn.wrapping_add(1);
            self.extend(at);
        }
        self.finish(cut_short)
    }

    fn stopped(&self) -> bool {
        self.request.control.is_some_and(|c| c.seconds_left() <= 0.0)
    }

    /// What a route must be worth to be of interest.
    fn limit(&self) -> f64 {
        match self.request.effort {
            Effort::All => self.space.threshold,
            // Where a bound alone is wanted, so is nothing but the best.
            Effort::Exact if self.request.wanted == 0 => self.space.threshold.max(self.best.0),
            Effort::Exact | Effort::Coarse { .. } => self.space.threshold.max(self.best.0.min(0.5 * self.best.0)),
        }
    }

    /// What a route that begins as the label does has cost by then.
    fn spent(&self, label: &Label<W>) -> f64 {
        let v = &self.problem.vehicles[self.request.vehicle];
        label.cost + v.per_minute * label.elapsed() + self.space.entry
    }

    /// What a route that begins as the label does is worth at most.
    fn completion(&self, label: &Label<W>, open: &[Open]) -> f64 {
        let v = &self.problem.vehicles[self.request.vehicle];
        if label.parent == ROOT && self.space.start != Start::Depot {
            return f64::INFINITY;
        }
        let elapsed = label.elapsed();
        let spent = self.spent(label);
        let ahead = self.space.ahead.map_or(f64::INFINITY, |ahead| ahead.most(label.place, label.ready));
        if ahead - spent <= self.limit() {
            return ahead - spent;
        }
        let here = if open.is_empty() { self.request.drives.minutes(label.place, v.depot) } else { f64::INFINITY };
        let must = open.iter().map(|o| self.modes[o.mode as usize].unload).sum::<f64>() + self.least_back.min(here);
        let left = (v.window.until - label.ready).min(v.max_minutes - elapsed) - must;
        let most = self.space.promise.most(&label.done, label.ready, left) - v.per_minute * must;
        most.min(ahead) - spent
    }

    fn extend(&mut self, at: u32) {
        let label = self.labels[at as usize].clone();
        let mut open = std::mem::take(&mut self.aboard);
        open.clear();
        open.extend_from_slice(&self.opens[label.open.0 as usize..][..label.open.1 as usize]);
        self.extend_with(at, &label, &open);
        self.aboard = open;
    }

    fn extend_with(&mut self, at: u32, label: &Label<W>, open: &[Open]) {
        if open.is_empty() && label.parent != ROOT {
            self.close(at, label);
        }
        if self.completion(label, open) <= self.limit() {
            return;
        }
        for (position, ride) in open.iter().enumerate() {
            self.deliver(at, label, open, position, ride.mode);
        }
        for mode in 0..self.modes.len() {
            if self.modes[mode].pickup_until < label.ready - SLACK {
                break;
            }
            self.pick_up(at, label, open, mode);
        }
    }

    /// Whether everybody aboard but one who gets off can still arrive after a stop.
    fn all_arrive(&self, label: &Label<W>, open: &[Open], gets_off: usize, stop: Stop) -> bool {
        let Stop { place, drive, start, until, service } = stop;
        let (ready, ready_max) = (start + service, until + service);
        open.iter().enumerate().all(|(at, ride)| {
            if at == gets_off {
                return true;
            }
            let m = &self.modes[ride.mode as usize];
            let on = self.request.drives.minutes(place, m.delivery);
            let d = ride.d + drive + service;
            let latest = ride.e.min(label.ready_max - ride.d).min(ready_max - d);
            ready + on <= m.delivery_until.min(latest + m.reach) + SLACK && d + on <= m.reach + SLACK
        })
    }

    /// The depot: a finished route.
    fn close(&mut self, at: u32, label: &Label<W>) {
        let v = &self.problem.vehicles[self.request.vehicle];
        let roads = self.space.roads;
        let drive = roads.minutes(label.place, v.depot);
        let end = label.ready + drive;
        let minutes = (label.depot_d + drive).max(end - label.depot_latest());
        if end > v.window.until + SLACK || minutes > v.max_minutes + SLACK {
            return;
        }
        let spent = label.cost + v.per_km * roads.km(label.place, v.depot) + v.per_minute * minutes;
        let value = -spent - self.space.entry;
        if value <= self.limit() {
            return;
        }
        if value > self.best.0 {
            self.best = (value, at);
        }
        let mut tasks = Vec::new();
        let mut elements = Vec::new();
        let mut walk = at;
        while self.labels[walk as usize].parent != ROOT {
            let (mode, pickup) = self.labels[walk as usize].visit;
            if pickup {
                tasks.push(self.modes[mode as usize].task);
                elements.push(self.modes[mode as usize].element);
            }
            walk = self.labels[walk as usize].parent;
        }
        elements.sort_unstable();
        if elements.windows(2).any(|pair| pair[0] == pair[1]) {
            return;
        }
        tasks.sort_unstable();
        let entry = self.found.entry(tasks).or_insert((f64::NEG_INFINITY, at));
        if value > entry.0 {
            *entry = (value, at);
        }
    }

    fn deliver(&mut self, at: u32, label: &Label<W>, open: &[Open], position: usize, mode: u32) {
        let roads = self.space.roads;
        let m = &self.modes[mode as usize];
        let drive = roads.minutes(label.place, m.delivery);
        let start = m.delivery_from.max(label.ready + drive);
        let ride = &open[position];
        let (d, e) = (ride.d + drive, ride.e.min(label.ready_max - ride.d));
        let until = m.delivery_until.min(e + m.reach);
        if start > until + SLACK || d > m.reach + SLACK {
            return;
        }
        let stop = Stop { place: m.delivery, drive, start, until, service: m.unload };
        // What is soon known first: few come further.
        if !self.all_arrive(label, open, position, stop) {
            return;
        }
        if !self.covers[mode as usize].is_empty() && self.outpaid(at, label, mode) {
            return;
        }
        if m.reward <= SLACK && self.request.effort == Effort::Exact && !self.shortens(at, label, mode) {
            return;
        }
        let (seats, special) = (label.seats - m.seats, label.special - m.special);
        let service = m.unload;
        let km = roads.km(label.place, m.delivery);
        self.scratch.clear();
        for (i, other) in open.iter().enumerate() {
            if i != position {
                let e = other.e.min(label.ready_max - other.d);
                self.scratch.push(Open { mode: other.mode, d: other.d + drive + service, e });
            }
        }
        self.arrive(at, label, (mode, false), stop, km, 0.0, (seats, special), None);
    }

    fn pick_up(&mut self, at: u32, label: &Label<W>, open: &[Open], mode: usize) {
        let v = &self.problem.vehicles[self.request.vehicle];
        let roads = self.space.roads;
        let m = &self.modes[mode];
        if label.has(m.bits[0]) || open.iter().any(|o| self.modes[o.mode as usize].element == m.element) {
            return;
        }
        let (seats, special) = (label.seats + m.seats, label.special + m.special);
        if seats > v.seats || special > v.special {
            return;
        }
        let class = |o: &Open| self.modes[o.mode as usize].class;
        if open.iter().all(|o| class(o) != m.class) {
            let mut classes = 1;
            for (i, o) in open.iter().enumerate() {
                classes += u32::from(open[..i].iter().all(|p| class(p) != class(o)));
            }
            if classes > v.compartments {
                return;
            }
        }
        let first = label.parent == ROOT;
        let (drive, km) = match self.space.start {
            Start::Group(places, ..) if first => {
                if !places.contains(&m.pickup) {
                    return;
                }
                (0.0, 0.0)
            }
            _ => (roads.minutes(label.place, m.pickup), roads.km(label.place, m.pickup)),
        };
        let start = m.pickup_from.max(label.ready + drive);
        if start > m.pickup_until + SLACK {
            return;
        }
        if let Start::Group(_, _, until) = self.space.start
            && first
            && start >= until
        {
            return;
        }
        let stop = Stop { place: m.pickup, drive, start, until: m.pickup_until, service: m.load };
        if !self.all_arrive(label, open, usize::MAX, stop) {
            return;
        }
        let covers = &self.covers[mode];
        if !covers.is_empty() && self.hopelessly_outpaid(label, open, m, covers, start, seats) {
            return;
        }
        let (service, until, reward) = (m.load, m.pickup_until, m.reward);
        let bits = m.bits;
        self.scratch.clear();
        for other in open {
            let e = other.e.min(label.ready_max - other.d);
            self.scratch.push(Open { mode: other.mode, d: other.d + drive + service, e });
        }
        let number = u32::try_from(mode).unwrap_or(0);
        let position = self.scratch.partition_point(|o| o.mode < number);
        self.scratch.insert(position, Open { mode: number, d: service, e: until });
        self.arrive(at, label, (number, true), stop, km, reward, (seats, special), Some(bits));
    }

    #[expect(clippy::too_many_arguments, reason = "one call per kind of stop, all of it the stop's data")]
    fn arrive(
        &mut self,
        parent: u32,
        label: &Label<W>,
        visit: (u32, bool),
        stop: Stop,
        km: f64,
        reward: f64,
        (seats, special): (u32, u32),
        bits: Option<[usize; 2]>,
    ) {
        let v = &self.problem.vehicles[self.request.vehicle];
        let Stop { place, drive, start, until, service } = stop;
        let ready = start + service;
        let ready_max = until + service;
        let depot_e = label.depot_latest();
        let depot_d = label.depot_d + drive + service;
        if depot_d.max(ready - depot_e) > v.max_minutes + SLACK {
            return;
        }
        if visit.1 {
            let m = &self.modes[visit.0 as usize];
            let on = self.request.drives.minutes(place, m.delivery);
            if ready + on > m.delivery_until.min(until + m.reach) + SLACK || service + on > m.reach + SLACK {
                return;
            }
        }
        let mut done = label.done;
        for bit in bits.into_iter().flatten().filter(|&bit| bit != UNTRACKED) {
            done[bit / 64] |= 1 << (bit % 64);
        }
        let triples = if visit.1 { self.modes[visit.0 as usize].triples } else { 0 };
        let pays = self.space.triples.sum(label.odd & triples);
        let new = Label {
            place,
            ready,
            ready_max,
            cost: label.cost + v.per_km * km - reward + pays,
            depot_d,
            depot_e,
            open: (0, 0),
            seats,
            special,
            done,
            odd: label.odd ^ triples,
            parent,
            visit,
            dominated: false,
        };
        // What is hopeless already need not be compared with others.
        if self.space.ahead.is_some_and(|ahead| ahead.most(place, ready) - self.spent(&new) <= self.limit()) {
            return;
        }
        self.admit(new);
    }

    /// Keeps the label in `new` with the rides in `scratch`, unless another is at least as good.
    fn admit(&mut self, mut new: Label<W>) {
        let mut key = Fold(0);
        key.add(new.place as u64);
        if let Effort::Coarse { .. } = self.request.effort {
            key.add(self.scratch.len() as u64);
        } else {
            for ride in &self.scratch {
                key.add(u64::from(ride.mode));
            }
        }
        if self.request.effort == Effort::All {
            for word in new.done {
                key.add(word);
            }
        }
        new.open =
            (u32::try_from(self.opens.len()).unwrap_or(u32::MAX), u32::try_from(self.scratch.len()).unwrap_or(0));
        self.opens.extend_from_slice(&self.scratch);
        let mut bucket = std::mem::take(self.buckets.entry(key.0).or_default());
        let v = &self.problem.vehicles[self.request.vehicle];
        let at = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        let entry = Entry::of(&new, v, at);
        // In the order in which they are ready: what comes first cannot be worse for being late, what comes last cannot be better.
        let sooner = bucket.partition_point(|other| other.ready <= entry.ready + SLACK);
        let as_good = |other: &&Entry| other.no_worse(&entry, v) && self.dominates(other.at, &new);
        let better = bucket[..sooner].iter().rev().filter(as_good).take(self.width()).count();
        if better == self.width() || self.served_by_fewer(&new, &entry) {
            self.opens.truncate(new.open.0 as usize);
        } else {
            if better == 0 && self.width() == 1 {
                let later = bucket.partition_point(|other| other.ready < entry.ready - SLACK);
                let mut kept = later;
                for i in later..bucket.len() {
                    let other = bucket[i];
                    if entry.no_worse(&other, v) && self.dominated_by(&new, other.at) {
                        self.labels[other.at as usize].dominated = true;
                    } else {
                        bucket[kept] = other;
                        kept += 1;
                    }
                }
                bucket.truncate(kept);
            }
            let here = bucket.partition_point(|other| other.ready <= entry.ready);
            bucket.insert(here, entry);
            self.heap.push(Turn(new.ready, at));
            self.labels.push(new);
        }
        self.buckets.insert(key.0, bucket);
    }

    /// No route that has not been looked at is worth more than this, or than the limit.
    fn unseen(&self, cut_short: Option<u32>) -> f64 {
        let Some(at) = cut_short else { return f64::NEG_INFINITY };
        let left = self.heap.iter().map(|turn| turn.1).chain([at]);
        let completion = |at: u32| {
            let label = &self.labels[at as usize];
            let open = &self.opens[label.open.0 as usize..][..label.open.1 as usize];
            if label.dominated { f64::NEG_INFINITY } else { self.completion(label, open) }
        };
        left.map(completion).fold(f64::NEG_INFINITY, f64::max)
    }

    fn finish(self, cut_short: Option<u32>) -> Outcome {
        let bound = self.best.0.max(self.unseen(cut_short));
        let mut repeated = BTreeSet::new();
        if self.best.0 > f64::NEG_INFINITY {
            let mut seen = BTreeSet::new();
            for visit in self.visits(self.best.1).iter().filter(|v| v.1) {
                let element = self.modes[visit.0 as usize].element;
                if !seen.insert(element) {
                    repeated.insert(element);
                }
            }
        }
        let mut routes: Vec<(f64, u32, Vec<TaskId>)> =
            self.found.iter().map(|(tasks, &(value, at))| (value, at, tasks.clone())).collect();
        routes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        routes.truncate(self.request.wanted);
        let stops = |at: u32| {
            let visit = |&(mode, pickup): &(u32, bool)| {
                let mode = &self.modes[mode as usize];
                Visit { task: mode.task, pickup, window: mode.window }
            };
            self.visits(at).iter().map(visit).collect()
        };
        let routes = routes.into_iter().map(|(value, at, tasks)| (tasks, value, stops(at))).collect();
        Outcome { routes, bound, repeated, cut_short: cut_short.is_some(), labels: self.labels.len() }
    }

    /// Modes visited, and whether each was the pickup, in order.
    fn visits(&self, mut at: u32) -> Vec<(u32, bool)> {
        let mut visits = Vec::new();
        while self.labels[at as usize].parent != ROOT {
            visits.push(self.labels[at as usize].visit);
            at = self.labels[at as usize].parent;
        }
        visits.reverse();
        visits
    }
}
