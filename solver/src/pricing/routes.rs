//! Pricing of vehicle routes: the pickup-and-delivery route of one vehicle with the best reduced value, by forward
//! labelling (Gschwind & Irnich 2015, Transportation Science 49(2), for labels that carry ride times exactly).
//!
//! A label stands at a place with all service there done. Because every constraint bounds a difference of two times, for
//! a given moment t the latest start of every open ride, and the latest departure from the depot, are `min(t − d, e)`
//! at the same time, so a label is a few pairs (d, e) and no set of schedules. Exact when run with
//! [`Effort::Exact`] and not cut short; [`Effort::Quick`] dominates without regard to what was already served and may miss
//! routes, never inventing one.

use crate::problem::{Control, PlaceId, Problem, TaskId, TravelMatrix, VehicleId};
use crate::schedule::Visit;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

const SLACK: f64 = 1e-7;
/// Labels extended between looks at the control.
const LOOK: u32 = 256;

/// How hard to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Only the best `tasks` tasks, and dominance that forgets what was served.
    Quick {
        /// Tasks looked at.
        tasks: usize,
    },
    /// Everything.
    Exact,
    /// Every route, up to dominance between routes with the same tasks: for enumeration.
    All,
}

/// What to price.
pub(crate) struct Request<'a> {
    /// The vehicle.
    pub(crate) vehicle: VehicleId,
    /// Gain of driving each task.
    pub(crate) rewards: &'a [f64],
    /// Driving times and distances to use.
    pub(crate) roads: &'a TravelMatrix,
    /// Only routes with a reduced value above this.
    pub(crate) threshold: f64,
    /// Dual of the vehicle itself.
    pub(crate) vehicle_dual: f64,
    /// Effort.
    pub(crate) effort: Effort,
    /// Routes wanted at most.
    pub(crate) wanted: usize,
    /// Labels made at most.
    pub(crate) max_labels: usize,
    /// Who may cut it short; none: nobody, where what is asked is small.
    pub(crate) control: Option<&'a dyn Control>,
}

/// A route found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Reduced value.
    pub(crate) value: f64,
    /// Its stops.
    pub(crate) visits: Vec<Visit>,
}

/// What pricing says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Priced {
    /// Routes above the threshold, best first.
    pub(crate) routes: Vec<Found>,
    /// No route has a reduced value above this (the threshold when none does; infinite when cut short).
    pub(crate) bound: f64,
    /// Labels made.
    pub(crate) labels: usize,
}

/// A task in one of its pickup windows, as one vehicle sees it, windows tightened.
#[derive(Clone, Debug)]
struct Mode {
    task: TaskId,
    window: usize,
    /// What is served at most once: the task, or its group.
    element: usize,
    /// The task itself, where routes that serve different tasks of a group must be told apart.
    mark: usize,
    reward: f64,
    pickup: PlaceId,
    pickup_from: f64,
    pickup_until: f64,
    load: f64,
    delivery: PlaceId,
    delivery_from: f64,
    delivery_until: f64,
    unload: f64,
    /// Load and longest ride together: from start of pickup to start of delivery.
    reach: f64,
    seats: u32,
    special: u32,
    class: u32,
}

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

#[derive(Default)]
struct Fold(u64);

impl Hasher for Fold {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

type Buckets = HashMap<u64, Vec<u32>, BuildHasherDefault<Fold>>;

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

/// Tasks as one vehicle can drive them alone, before rewards are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reachable {
    modes: Vec<Mode>,
    elements: usize,
}

impl Reachable {
    /// The tasks that `vehicle` could drive, with windows tightened over `closure` (times that no road beats).
    pub(crate) fn new(problem: &Problem, vehicle: VehicleId, closure: &TravelMatrix) -> Self {
        let v = &problem.vehicles[vehicle];
        let mut modes = Vec::new();
        let mut element_of: HashMap<(bool, usize), usize> = HashMap::new();
        for (id, task) in problem.tasks.iter().enumerate() {
            if task.seats > v.seats || task.special > v.special || v.compartments == 0 {
                continue;
            }
            let reach = task.load + task.max_ride;
            let drive = task.load + closure.minutes(task.pickup, task.delivery);
            for (window, span) in task.pickup_windows.iter().enumerate() {
                let delivery_from = task.delivery_window.from.max(span.from + drive);
                let pickup_from =
                    span.from.max(v.window.from + closure.minutes(v.depot, task.pickup)).max(delivery_from - reach);
                let delivery_from = delivery_from.max(pickup_from + drive);
                let back = task.unload + closure.minutes(task.delivery, v.depot);
                let delivery_until = task.delivery_window.until.min(v.window.until - back).min(span.until + reach);
                let pickup_until = span.until.min(delivery_until - drive);
                if pickup_from > pickup_until + SLACK || delivery_from > delivery_until + SLACK || drive > reach + SLACK
                {
                    continue;
                }
                let key = task.group.map_or((false, id), |g| (true, g));
                let next = element_of.len();
                let element = *element_of.entry(key).or_insert(next);
                modes.push(Mode {
                    task: id,
                    window,
                    element,
                    mark: element,
                    reward: 0.0,
                    pickup: task.pickup,
                    pickup_from,
                    pickup_until,
                    load: task.load,
                    delivery: task.delivery,
                    delivery_from,
                    delivery_until,
                    unload: task.unload,
                    reach,
                    seats: task.seats,
                    special: task.special,
                    class: task.class,
                });
            }
        }
        Self { modes, elements: element_of.len() }
    }

    /// The tasks in it, ascending and without repetition.
    pub(crate) fn tasks(&self) -> Vec<TaskId> {
        let mut tasks: Vec<TaskId> = self.modes.iter().map(|m| m.task).collect();
        tasks.dedup();
        tasks
    }
}

/// Prices routes of one vehicle.
pub(crate) fn price(problem: &Problem, reachable: &Reachable, request: &Request<'_>) -> Priced {
    let mut modes: Vec<Mode> = reachable
        .modes
        .iter()
        .map(|m| Mode { reward: request.rewards[m.task], ..m.clone() })
        .filter(|m| m.reward > SLACK || request.effort == Effort::All && m.reward > -1e12)
        .collect();
    if let Effort::Quick { tasks } = request.effort {
        modes.sort_by(|a, b| b.reward.total_cmp(&a.reward).then(a.task.cmp(&b.task)).then(a.window.cmp(&b.window)));
        modes.truncate(tasks);
    }
    // Elements renumbered to those still there, so that the sets of what was served stay small.
    let mut number = vec![usize::MAX; reachable.elements];
    let mut elements = 0;
    for mode in &mut modes {
        if number[mode.element] == usize::MAX {
            number[mode.element] = elements;
            elements += 1;
        }
        mode.element = number[mode.element];
        mode.mark = mode.element;
    }
    if request.effort == Effort::All {
        let mut marks: HashMap<TaskId, usize> = HashMap::new();
        for mode in &mut modes {
            let next = elements + marks.len();
            mode.mark = *marks.entry(mode.task).or_insert(next);
        }
        elements += marks.len();
    }
    modes.sort_by(|a, b| b.pickup_until.total_cmp(&a.pickup_until).then(a.task.cmp(&b.task)));
    match elements.div_ceil(64) {
        0 => Priced { bound: request.threshold, ..Priced::default() },
        1 => Search::<1>::new(problem, request, modes).run(),
        2 => Search::<2>::new(problem, request, modes).run(),
        3 | 4 => Search::<4>::new(problem, request, modes).run(),
        5..=8 => Search::<8>::new(problem, request, modes).run(),
        9..=16 => Search::<16>::new(problem, request, modes).run(),
        17..=64 => Search::<64>::new(problem, request, modes).run(),
        _ => Priced { bound: f64::INFINITY, ..Priced::default() },
    }
}

/// What an element can still bring at most, and the service time it takes at least.
struct Item {
    element: usize,
    reward: f64,
    service: f64,
    until: f64,
}

/// Elements with a positive reward, best reward per minute of service first.
fn items(modes: &[Mode]) -> Vec<Item> {
    let elements = modes.iter().map(|m| m.element + 1).max().unwrap_or(0);
    let mut items: Vec<Item> = (0..elements)
        .map(|element| Item { element, reward: 0.0, service: f64::INFINITY, until: f64::NEG_INFINITY })
        .collect();
    for mode in modes {
        let item = &mut items[mode.element];
        item.reward = item.reward.max(mode.reward);
        item.service = item.service.min(mode.load + mode.unload);
        item.until = item.until.max(mode.pickup_until);
    }
    items.retain(|i| i.reward > 0.0);
    items.sort_by(|a, b| (b.reward * a.service).total_cmp(&(a.reward * b.service)).then(a.element.cmp(&b.element)));
    items
}

struct Search<'a, const W: usize> {
    problem: &'a Problem,
    request: &'a Request<'a>,
    modes: Vec<Mode>,
    items: Vec<Item>,
    labels: Vec<Label<W>>,
    opens: Vec<Open>,
    buckets: Buckets,
    heap: BinaryHeap<Turn>,
    found: HashMap<Vec<TaskId>, (f64, u32)>,
    scratch: Vec<Open>,
}

impl<'a, const W: usize> Search<'a, W> {
    fn new(problem: &'a Problem, request: &'a Request<'a>, modes: Vec<Mode>) -> Self {
        Self {
            problem,
            request,
            items: items(&modes),
            modes,
            labels: Vec::new(),
            opens: Vec::new(),
            buckets: Buckets::default(),
            heap: BinaryHeap::new(),
            found: HashMap::new(),
            scratch: Vec::new(),
        }
    }

    fn run(mut self) -> Priced {
        let v = &self.problem.vehicles[self.request.vehicle];
        self.labels.push(Label {
            place: v.depot,
            ready: v.window.from,
            ready_max: v.window.until,
            cost: 0.0,
            depot_d: 0.0,
            depot_e: v.window.until,
            open: (0, 0),
            seats: 0,
            special: 0,
            done: [0; W],
            parent: u32::MAX,
            visit: (0, false),
            dominated: false,
        });
        self.heap.push(Turn(v.window.from, 0));
        let mut cut_short = false;
        let mut turn = 0_u32;
        while let Some(Turn(_, at)) = self.heap.pop() {
            if self.labels[at as usize].dominated {
                continue;
            }
            if self.labels.len() > self.request.max_labels || turn % LOOK == 0 && self.stopped() {
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

    /// Most that can still be gained after this label: the fractional knapsack of what can still be picked up, where
    /// each task takes at least its own service time out of the time that is left (Dantzig 1957).
    fn promise(&self, label: &Label<W>, open: &[Open]) -> f64 {
        let v = &self.problem.vehicles[self.request.vehicle];
        let elapsed = label.depot_d.max(label.ready - label.depot_e.min(label.ready_max - label.depot_d));
        let mut left = (v.window.until - label.ready).min(v.max_minutes - elapsed);
        left -= open.iter().map(|o| self.modes[o.mode as usize].unload).sum::<f64>();
        let mut sum = 0.0;
        for item in &self.items {
            let (word, bit) = (item.element / 64, 1u64 << (item.element % 64));
            if label.done[word] & bit != 0 || item.until < label.ready - SLACK {
                continue;
            }
            if item.service > left {
                return sum + item.reward * (left.max(0.0) / item.service);
            }
            left -= item.service;
            sum += item.reward;
        }
        sum
    }

    fn extend(&mut self, at: u32) {
        let label = self.labels[at as usize].clone();
        let open: Vec<Open> = self.opens[label.open.0 as usize..][..label.open.1 as usize].to_vec();
        if open.is_empty() && label.parent != u32::MAX {
            self.close(at, &label);
        }
        let v = &self.problem.vehicles[self.request.vehicle];
        let limit = self.request.threshold + self.request.vehicle_dual + v.fixed;
        if -label.cost - v.per_minute * label.depot_d + self.promise(&label, &open) <= limit {
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
        let roads = self.request.roads;
        let drive = roads.minutes(label.place, v.depot);
        let end = label.ready + drive;
        let depot_e = label.depot_e.min(label.ready_max - label.depot_d);
        let minutes = (label.depot_d + drive).max(end - depot_e);
        if end > v.window.until + SLACK || minutes > v.max_minutes + SLACK {
            return;
        }
        let spent = label.cost + v.per_km * roads.km(label.place, v.depot) + v.per_minute * minutes + v.fixed;
        let value = -spent - self.request.vehicle_dual;
        if value <= self.request.threshold {
            return;
        }
        let mut tasks = Vec::new();
        let mut walk = at;
        while self.labels[walk as usize].parent != u32::MAX {
            let (mode, pickup) = self.labels[walk as usize].visit;
            if pickup {
                tasks.push(self.modes[mode as usize].task);
            }
            walk = self.labels[walk as usize].parent;
        }
        tasks.sort_unstable();
        let entry = self.found.entry(tasks).or_insert((f64::NEG_INFINITY, at));
        if value > entry.0 {
            *entry = (value, at);
        }
    }

    fn deliver(&mut self, at: u32, label: &Label<W>, open: &[Open], position: usize, mode: u32) {
        let roads = self.request.roads;
        let m = &self.modes[mode as usize];
        let drive = roads.minutes(label.place, m.delivery);
        let start = m.delivery_from.max(label.ready + drive);
        let ride = &open[position];
        let (d, e) = (ride.d + drive, ride.e.min(label.ready_max - ride.d));
        let until = m.delivery_until.min(e + m.reach);
        if start > until + SLACK || d > m.reach + SLACK {
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

    fn pick_up(&mut self, at: u32, label: &Label<W>, open: &[Open], mode: usize) {
        let v = &self.problem.vehicles[self.request.vehicle];
        let roads = self.request.roads;
        let m = &self.modes[mode];
        if label.done[m.element / 64] >> (m.element % 64) & 1 == 1 {
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
        let drive = roads.minutes(label.place, m.pickup);
        let start = m.pickup_from.max(label.ready + drive);
        if start > m.pickup_until + SLACK {
            return;
        }
        let (place, service, until, reward) = (m.pickup, m.load, m.pickup_until, m.reward);
        let km = roads.km(label.place, place);
        let elements = [m.element, m.mark];
        self.scratch.clear();
        for other in open {
            let e = other.e.min(label.ready_max - other.d);
            self.scratch.push(Open { mode: other.mode, d: other.d + drive + service, e });
        }
        self.scratch.push(Open { mode: u32::try_from(mode).unwrap_or(0), d: service, e: until });
        self.scratch.sort_by_key(|o| o.mode);
        let step = (u32::try_from(mode).unwrap_or(0), true);
        self.arrive(
            at,
            label,
            step,
            place,
            drive,
            (start, until),
            service,
            km,
            reward,
            (seats, special),
            Some(elements),
        );
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
        elements: Option<[usize; 2]>,
    ) {
        let v = &self.problem.vehicles[self.request.vehicle];
        let ready = start + service;
        let depot_e = label.depot_e.min(label.ready_max - label.depot_d);
        let depot_d = label.depot_d + drive + service;
        if depot_d.max(ready - depot_e) > v.max_minutes + SLACK {
            return;
        }
        let mut done = label.done;
        for element in elements.into_iter().flatten() {
            done[element / 64] |= 1 << (element % 64);
        }
        let new = Label {
            place,
            ready,
            ready_max: until + service,
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
        let mut fold = Fold::default();
        fold.write_u64(new.place as u64);
        for ride in &self.scratch {
            fold.write_u64(u64::from(ride.mode));
        }
        if self.request.effort == Effort::All {
            for word in new.done {
                fold.write_u64(word);
            }
        }
        let key = fold.finish();
        new.open =
            (u32::try_from(self.opens.len()).unwrap_or(u32::MAX), u32::try_from(self.scratch.len()).unwrap_or(0));
        self.opens.extend_from_slice(&self.scratch);
        let mut bucket = self.buckets.remove(&key).unwrap_or_default();
        let beaten = bucket.iter().any(|&other| self.dominates(&self.labels[other as usize], &new));
        if beaten {
            self.opens.truncate(new.open.0 as usize);
        } else {
            let at = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
            bucket.retain(|&other| {
                let gone = self.dominates(&new, &self.labels[other as usize]);
                if gone {
                    self.labels[other as usize].dominated = true;
                }
                !gone
            });
            bucket.push(at);
            self.heap.push(Turn(new.ready, at));
            self.labels.push(new);
        }
        self.buckets.insert(key, bucket);
    }

    /// Whether every completion of `b` is one of `a`, worth at least as much.
    fn dominates(&self, a: &Label<W>, b: &Label<W>) -> bool {
        if a.place != b.place || a.ready > b.ready + SLACK || a.open.1 != b.open.1 {
            return false;
        }
        let v = &self.problem.vehicles[self.request.vehicle];
        let a_e = a.depot_e.min(a.ready_max - a.depot_d);
        let b_e = b.depot_e.min(b.ready_max - b.depot_d);
        let longer = (a.depot_d - b.depot_d).max(b_e - a_e);
        if longer > SLACK && v.max_minutes.is_finite() {
            return false;
        }
        if a.cost + v.per_minute * longer > b.cost + 1e-9 {
            return false;
        }
        match self.request.effort {
            Effort::Quick { .. } => {}
            Effort::Exact => {
                if (0..W).any(|w| a.done[w] & !b.done[w] != 0) && !self.skippable(a, b, longer) {
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
    /// all that this would lose. Needs roads on which leaving a stop out never costs more, hence only [`Effort::Exact`].
    fn skippable(&self, a: &Label<W>, b: &Label<W>, longer: f64) -> bool {
        let v = &self.problem.vehicles[self.request.vehicle];
        let mut spare = b.cost - a.cost - v.per_minute * longer;
        for mode in &self.modes {
            if mode.pickup_until < b.ready - SLACK {
                break;
            }
            let (word, bit) = (mode.element / 64, 1u64 << (mode.element % 64));
            if a.done[word] & bit != 0 && b.done[word] & bit == 0 {
                spare -= mode.reward;
                if spare < 0.0 {
                    return false;
                }
            }
        }
        true
    }

    fn finish(self, cut_short: bool) -> Priced {
        let mut best: Vec<(f64, u32)> = self.found.values().copied().collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let top = best.first().map_or(self.request.threshold, |b| b.0.max(self.request.threshold));
        let bound = if cut_short { f64::INFINITY } else { top };
        best.truncate(self.request.wanted);
        let routes = best.into_iter().map(|(value, at)| Found { value, visits: self.visits(at) }).collect();
        Priced { routes, bound, labels: self.labels.len() }
    }

    fn visits(&self, mut at: u32) -> Vec<Visit> {
        let mut visits = Vec::new();
        while self.labels[at as usize].parent != u32::MAX {
            let label = &self.labels[at as usize];
            let mode = &self.modes[label.visit.0 as usize];
            visits.push(Visit { task: mode.task, pickup: label.visit.1, window: mode.window });
            at = label.parent;
        }
        visits.reverse();
        visits
    }
}
