//! Labels of routes under way, their extension and dominance.
//!
//! A label stands at a place with all service there done. Because every constraint bounds a difference of two times, for
//! a given moment t the latest start of every open ride, and the latest departure from the depot, are `min(t − d, e)`
//! at the same time, so a label is a few pairs (d, e) and no set of schedules.

use super::modes::{Mode, Shortcuts, UNTRACKED};
use super::promise::Promise;
use super::{Effort, Request, SLACK};
use crate::problem::{PlaceId, Problem, TaskId, TravelMatrix, Vehicle};
use crate::schedule::Visit;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::hash::{BuildHasherDefault, Hasher};

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
    /// The best value found, of any route (negative infinity when none is above the threshold).
    pub(super) best: f64,
    /// Elements that the best route serves more than once.
    pub(super) repeated: BTreeSet<usize>,
    /// Ended before everything was looked at.
    pub(super) cut_short: bool,
    pub(super) labels: usize,
}

/// Where a route, or the part of one, begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Start {
    /// At the vehicle's depot.
    Depot,
    /// At any first pickup, empty, not before the one moment and before the other.
    Anywhere(f64, f64),
}

/// What is searched.
#[derive(Clone, Copy)]
pub(super) struct Space<'a> {
    pub(super) modes: &'a [Mode],
    pub(super) covers: &'a [Vec<u32>],
    pub(super) promise: &'a Promise,
    pub(super) roads: &'a TravelMatrix,
    pub(super) start: Start,
    /// Bounds on what can still be gained from a moment on, by moment ascending.
    pub(super) later: &'a [(f64, f64)],
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
            scratch: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Outcome {
        let v = &self.problem.vehicles[self.request.vehicle];
        let from = match self.space.start {
            Start::Depot => v.window.from,
            Start::Anywhere(from, _) => from,
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
            parent: ROOT,
            visit: (0, false),
            dominated: false,
        });
        self.heap.push(Turn(from, 0));
        let mut cut_short = false;
        let mut turn = 0_u32;
        while let Some(Turn(_, at)) = self.heap.pop() {
            if self.labels[at as usize].dominated {
                continue;
            }
            if self.labels.len() > self.max_labels || turn.is_multiple_of(LOOK) && self.stopped() {
                cut_short = true;
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
            Effort::Exact | Effort::Coarse { .. } => self.space.threshold.max(0.5 * self.best.0),
        }
    }

    /// Whether no completion of the label is worth looking for.
    fn hopeless(&self, label: &Label<W>, open: &[Open]) -> bool {
        let v = &self.problem.vehicles[self.request.vehicle];
        let elapsed = label.elapsed();
        let spent = label.cost + v.per_minute * elapsed + self.space.entry;
        let limit = self.limit();
        let later = self.space.later.partition_point(|&(from, _)| from <= label.ready + SLACK);
        if later > 0 && self.space.later[later - 1].1 - spent <= limit {
            return true;
        }
        let here = if open.is_empty() { self.request.drives.minutes(label.place, v.depot) } else { f64::INFINITY };
        let must = open.iter().map(|o| self.modes[o.mode as usize].unload).sum::<f64>() + self.least_back.min(here);
        let left = (v.window.until - label.ready).min(v.max_minutes - elapsed) - must;
        let most = self.space.promise.most(&label.done, label.ready, left);
        most - spent - v.per_minute * must <= limit
    }

    fn extend(&mut self, at: u32) {
        let label = self.labels[at as usize].clone();
        let open: Vec<Open> = self.opens[label.open.0 as usize..][..label.open.1 as usize].to_vec();
        if open.is_empty() && label.parent != ROOT {
            self.close(at, &label);
        }
        if self.hopeless(&label, &open) {
            return;
        }
        for (position, ride) in open.iter().enumerate() {
            self.deliver(at, &label, &open, position, ride.mode);
        }
        for mode in 0..self.modes.len() {
            if self.modes[mode].pickup_until < label.ready - SLACK {
                break;
            }
            self.pick_up(at, &label, &open, mode);
        }
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
        if !self.covers[mode as usize].is_empty() && self.outpaid(at, label, mode) {
            return;
        }
        if m.reward <= SLACK && self.request.effort == Effort::Exact && !self.shortens(at, label, mode) {
            return;
        }
        let (seats, special) = (label.seats - m.seats, label.special - m.special);
        let (place, service) = (m.delivery, m.unload);
        let km = roads.km(label.place, place);
        self.scratch.clear();
        for (i, other) in open.iter().enumerate() {
            if i != position {
                let e = other.e.min(label.ready_max - other.d);
                self.scratch.push(Open { mode: other.mode, d: other.d + drive + service, e });
            }
        }
        self.arrive(at, label, (mode, false), place, drive, (start, until), service, km, 0.0, (seats, special), None);
    }

    /// Whether a ride that brings nothing could have shortened the way: at its pickup or at its delivery, for some next stop.
    /// Kilometres alone count only as far as they could be worth what the ride costs.
    fn shortens(&self, at: u32, label: &Label<W>, mode: u32) -> bool {
        let m = &self.modes[mode as usize];
        if -m.reward <= self.space.least_lure || self.space.shortcuts.at(label.place, m.delivery) {
            return true;
        }
        let mut walk = at;
        while self.labels[walk as usize].parent != ROOT {
            let l = &self.labels[walk as usize];
            walk = l.parent;
            if l.visit == (mode, true) {
                return self.space.shortcuts.at(self.labels[walk as usize].place, m.pickup);
            }
        }
        true
    }

    /// Whether mode `i` could ride instead of `j` that is picked up at `from` or later, whatever the schedule.
    fn could_replace(&self, i: &Mode, j: &Mode, from: f64) -> bool {
        let drive = self.space.roads.minutes(j.pickup, j.delivery);
        i.pickup_from <= from && i.delivery_from <= j.delivery_from.max(from + j.load + drive)
    }

    /// The exchange, at the end of a ride: some better-paid ride could have taken its place, and was not aboard with it.
    fn outpaid(&self, at: u32, label: &Label<W>, mode: u32) -> bool {
        let mut with: Vec<usize> = Vec::new();
        let mut walk = at;
        let from = loop {
            let l = &self.labels[walk as usize];
            if l.parent == ROOT {
                return false;
            }
            if l.visit.1 {
                with.push(self.modes[l.visit.0 as usize].element);
            }
            if l.visit == (mode, true) {
                let opens = &self.opens[l.open.0 as usize..][..l.open.1 as usize];
                with.extend(opens.iter().map(|o| self.modes[o.mode as usize].element));
                break l.ready - self.modes[mode as usize].load;
            }
            walk = l.parent;
        };
        let j = &self.modes[mode as usize];
        self.covers[mode as usize].iter().any(|&i| {
            let i = &self.modes[i as usize];
            self.free_to_replace(label, i, j) && !with.contains(&i.element) && self.could_replace(i, j, from)
        })
    }

    /// Whether taking `i` for `j` could never serve a critical element twice. For the quick efforts, whether `i` is left.
    fn free_to_replace(&self, label: &Label<W>, i: &Mode, j: &Mode) -> bool {
        match self.request.effort {
            Effort::Exact | Effort::All => i.bits[0] == UNTRACKED,
            Effort::Coarse { .. } => i.element != j.element && !label.has(i.bits[0]),
        }
    }

    /// The exchange, at the start of a ride: more better-paid rides would have to come along than there is room for.
    fn hopelessly_outpaid(
        &self,
        label: &Label<W>,
        open: &[Open],
        j: &Mode,
        covers: &[u32],
        start: f64,
        seats: u32,
    ) -> bool {
        let v = &self.problem.vehicles[self.request.vehicle];
        let room = v.seats - seats;
        let spare = j.reach - j.load - self.request.drives.minutes(j.pickup, j.delivery);
        let mut missing: Vec<usize> = Vec::new();
        let mut loads = 0.0;
        for &i in covers {
            let i = &self.modes[i as usize];
            if i.element == j.element {
                // Another ride of the same: it can never come along, and replaces this one whatever is critical.
                if self.request.effort == Effort::Exact && self.could_replace(i, j, start) {
                    return true;
                }
                continue;
            }
            if !self.free_to_replace(label, i, j)
                || missing.contains(&i.element)
                || open.iter().any(|o| self.modes[o.mode as usize].element == i.element)
                || !self.could_replace(i, j, start)
            {
                continue;
            }
            missing.push(i.element);
            // Coming along after it costs its ride at least this one's loading.
            loads += i.load;
            if missing.len() > room as usize || loads > spare + SLACK {
                return true;
            }
        }
        false
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
            Start::Anywhere(..) if first => (0.0, 0.0),
            _ => (roads.minutes(label.place, m.pickup), roads.km(label.place, m.pickup)),
        };
        let start = m.pickup_from.max(label.ready + drive);
        if start > m.pickup_until + SLACK {
            return;
        }
        if let Start::Anywhere(_, until) = self.space.start
            && first
            && start >= until
        {
            return;
        }
        let covers = &self.covers[mode];
        if !covers.is_empty() && self.hopelessly_outpaid(label, open, m, covers, start, seats) {
            return;
        }
        let (place, service, until, reward) = (m.pickup, m.load, m.pickup_until, m.reward);
        let bits = m.bits;
        self.scratch.clear();
        for other in open {
            let e = other.e.min(label.ready_max - other.d);
            self.scratch.push(Open { mode: other.mode, d: other.d + drive + service, e });
        }
        let number = u32::try_from(mode).unwrap_or(0);
        let position = self.scratch.partition_point(|o| o.mode < number);
        self.scratch.insert(position, Open { mode: number, d: service, e: until });
        let step = (number, true);
        self.arrive(at, label, step, place, drive, (start, until), service, km, reward, (seats, special), Some(bits));
    }

    #[expect(clippy::too_many_arguments, reason = "one call per kind of stop, all of it the stop's data")]
    fn arrive(
        &mut self,
        parent: u32,
        label: &Label<W>,
        visit: (u32, bool),
        place: PlaceId,
        drive: f64,
        (start, until): (f64, f64),
        service: f64,
        km: f64,
        reward: f64,
        (seats, special): (u32, u32),
        bits: Option<[usize; 2]>,
    ) {
        let v = &self.problem.vehicles[self.request.vehicle];
        let ready = start + service;
        let ready_max = until + service;
        let depot_e = label.depot_latest();
        let depot_d = label.depot_d + drive + service;
        if depot_d.max(ready - depot_e) > v.max_minutes + SLACK {
            return;
        }
        // Everybody aboard must still be able to arrive.
        for ride in &self.scratch {
            let m = &self.modes[ride.mode as usize];
            let drive = self.request.drives.minutes(place, m.delivery);
            let latest = ride.e.min(ready_max - ride.d);
            if ready + drive > m.delivery_until.min(latest + m.reach) + SLACK || ride.d + drive > m.reach + SLACK {
                return;
            }
        }
        let mut done = label.done;
        for bit in bits.into_iter().flatten().filter(|&bit| bit != UNTRACKED) {
            done[bit / 64] |= 1 << (bit % 64);
        }
        let new = Label {
            place,
            ready,
            ready_max,
            cost: label.cost + v.per_km * km - reward,
            depot_d,
            depot_e,
            open: (0, 0),
            seats,
            special,
            done,
            parent,
            visit,
            dominated: false,
        };
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
        let mut better = 0;
        for i in 0..bucket.len() {
            if bucket[i].no_worse(&entry, v) && self.dominates(bucket[i].at, &new) {
                // What has just been of use is looked at sooner the next time.
                bucket.swap(i, i / 2);
                better += 1;
                if better == self.width() {
                    break;
                }
            }
        }
        if better == self.width() {
            self.opens.truncate(new.open.0 as usize);
        } else {
            if better == 0 && self.width() == 1 {
                bucket.retain(|other| {
                    let gone = entry.no_worse(other, v) && self.dominated_by(&new, other.at);
                    if gone {
                        self.labels[other.at as usize].dominated = true;
                    }
                    !gone
                });
            }
            bucket.push(entry);
            self.heap.push(Turn(new.ready, at));
            self.labels.push(new);
        }
        self.buckets.insert(key.0, bucket);
    }

    /// How many labels must be as good as another before it is left out.
    fn width(&self) -> usize {
        if let Effort::Coarse { width } = self.request.effort { width } else { 1 }
    }

    fn dominates(&self, a: u32, b: &Label<W>) -> bool {
        self.serves_as_well(&self.labels[a as usize], b)
    }

    fn dominated_by(&self, a: &Label<W>, b: u32) -> bool {
        self.serves_as_well(a, &self.labels[b as usize])
    }

    /// Whether every completion of `b` is one of `a`, which is no later and no dearer (see [`Entry::no_worse`]).
    fn serves_as_well(&self, a: &Label<W>, b: &Label<W>) -> bool {
        if a.place != b.place || a.open.1 != b.open.1 {
            return false;
        }
        match self.request.effort {
            Effort::Coarse { .. } => return true,
            Effort::Exact => {
                if (0..W).any(|w| a.done[w] & !b.done[w] != 0) && !(self.request.direct && self.skippable(a, b)) {
                    return false;
                }
            }
            Effort::All => {
                if a.done != b.done {
                    return false;
                }
            }
        }
        let rides = |l: &Label<W>| &self.opens[l.open.0 as usize..][..l.open.1 as usize];
        rides(a).iter().zip(rides(b)).all(|(x, y)| {
            let x_e = x.e.min(a.ready_max - x.d);
            let y_e = y.e.min(b.ready_max - y.d);
            x.mode == y.mode
                && (self.modes[x.mode as usize].reach.is_infinite()
                    || x_e + SLACK >= y_e && (x.d <= y.d + SLACK || y_e <= b.ready - x.d + SLACK))
        })
    }

    /// What `a` has served and `b` has not may be left out of a completion of `b`; `a` dominates if it is better by
    /// all that this would lose. Needs roads on which leaving a stop out never costs more.
    fn skippable(&self, a: &Label<W>, b: &Label<W>) -> bool {
        let v = &self.problem.vehicles[self.request.vehicle];
        let longer = (a.depot_d - b.depot_d).max(b.depot_latest() - a.depot_latest());
        let mut spare = b.cost - a.cost - v.per_minute * longer;
        for mode in self.modes {
            if mode.pickup_until < b.ready - SLACK {
                break;
            }
            let bit = mode.bits[0];
            if a.has(bit) && !b.has(bit) {
                spare -= mode.reward;
                if spare < 0.0 {
                    return false;
                }
            }
        }
        true
    }

    fn finish(self, cut_short: bool) -> Outcome {
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
        Outcome { routes, best: self.best.0, repeated, cut_short, labels: self.labels.len() }
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

/// Labels that may dominate one another, by what they share.
#[expect(clippy::disallowed_types, reason = "looked up and never walked through, so its order decides nothing")]
type Buckets = std::collections::HashMap<u64, Vec<Entry>, BuildHasherDefault<Fold>>;

/// A label, with what decides most comparisons.
#[derive(Clone, Copy, Debug)]
struct Entry {
    ready: f64,
    cost: f64,
    depot_d: f64,
    latest: f64,
    never_too_long: bool,
    at: u32,
}

impl Entry {
    fn of<const W: usize>(label: &Label<W>, v: &Vehicle, at: u32) -> Self {
        Self {
            ready: label.ready,
            cost: label.cost,
            depot_d: label.depot_d,
            latest: label.depot_latest(),
            never_too_long: label.never_too_long(v),
            at,
        }
    }

    /// Whether it is ready no later, costs no more, and is out no longer where that matters.
    fn no_worse(&self, other: &Self, v: &Vehicle) -> bool {
        if self.ready > other.ready + SLACK || self.cost > other.cost + 1e-9 && v.per_minute == 0.0 {
            return false;
        }
        let longer = (self.depot_d - other.depot_d).max(other.latest - self.latest);
        (longer <= SLACK || self.never_too_long) && self.cost + v.per_minute * longer <= other.cost + 1e-9
    }
}

/// A hash that is the same on every run.
#[derive(Default)]
struct Fold(u64);

impl Hasher for Fold {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.add(u64::from(byte));
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.add(n);
    }
}

impl Fold {
    fn add(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
