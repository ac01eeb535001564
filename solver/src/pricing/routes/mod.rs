//! Pricing of vehicle routes: the pickup-and-delivery route of one vehicle with the best reduced value, by forward
//! labelling (Gschwind & Irnich 2015, Transportation Science 49(2), for labels that carry ride times exactly).
//!
//! Exact pricing relaxes "served at most once" and restores it only where it matters (decremental state-space relaxation,
//! Righini & Salani 2008, Networks 51(3)): labels remember what was served of a few critical elements, and an element
//! becomes critical when the best route serves it twice. Every relaxed optimum is a bound. Two rules keep the labels few:
//! the promise (see `promise.rs`), and the exchange: a ride is not driven when a better-paid one could take its place in
//! the vehicle whatever the schedule, unless that one is aboard at some time during the ride as well.
//!
//! [`Effort::Coarse`] dominates more than is right and may miss routes, never inventing one.

mod label;
mod modes;
mod promise;

pub(crate) use modes::Reachable;

use crate::problem::{Control, Problem, TaskId, TravelMatrix, VehicleId};
use crate::schedule::Visit;
use label::{Outcome, Search, Space, Start};
use modes::{Mode, Shortcuts, UNTRACKED};
use promise::Promise;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const SLACK: f64 = 1e-7;

/// Rounds of relaxation at most.
const ROUNDS: usize = 12;

/// Minutes in which a ride that can be driven and driven again counts as critical from the start.
const AT_ONCE: f64 = 5.0;

/// How hard to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Labels with as many aboard at the same place compared by time and cost alone; one is left out when `width` others
    /// are as good.
    Coarse {
        /// Labels kept.
        width: usize,
    },
    /// Everything.
    Exact,
    /// Every route, up to dominance between routes with the same tasks: for enumeration.
    All,
}

/// What to price.
#[derive(Clone, Copy)]
pub(crate) struct Request<'a> {
    /// The vehicle.
    pub(crate) vehicle: VehicleId,
    /// Gain of driving each task.
    pub(crate) rewards: &'a [f64],
    /// Least driving times and distances, service left out.
    pub(crate) drives: &'a TravelMatrix,
    /// The same with the least service on the way, so that leaving a stop out never costs.
    pub(crate) closure: &'a TravelMatrix,
    /// Whether leaving a stop out never costs time or kilometres. Where it may, tasks without reward are of use as well.
    pub(crate) direct: bool,
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
    /// Elements that exact pricing starts from as critical.
    pub(crate) critical: &'a BTreeSet<usize>,
    /// Who may cut it short; none: nobody, where what is asked is small.
    pub(crate) control: Option<&'a dyn Control>,
}

/// A route found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Its stops.
    pub(crate) visits: Vec<Visit>,
}

/// What pricing says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Priced {
    /// Routes above the threshold, best first.
    pub(crate) routes: Vec<Found>,
    /// No route has a reduced value above this (the threshold when none does; infinite when not known).
    pub(crate) bound: f64,
    /// Critical elements at the end.
    pub(crate) critical: BTreeSet<usize>,
    /// Labels made.
    pub(crate) labels: usize,
}

/// Prices routes of one vehicle.
pub(crate) fn price(problem: &Problem, reachable: &Reachable, request: &Request<'_>) -> Priced {
    let v = &problem.vehicles[request.vehicle];
    let paid = |m: &&Mode| request.rewards[m.task] > SLACK;
    let with_reward = |m: &Mode| Mode { reward: request.rewards[m.task], ..m.clone() };
    let paid = Modes::new(reachable.modes.iter().filter(paid).map(with_reward).collect(), request.effort);
    let entry = v.fixed + request.vehicle_dual;
    // What can be served again at once must not be: time would not end it.
    let again = |m: &&Mode| {
        let drives = request.drives.minutes(m.pickup, m.delivery) + request.drives.minutes(m.delivery, m.pickup);
        m.load + m.unload + drives < AT_ONCE
    };
    let critical: BTreeSet<usize> =
        paid.list.iter().filter(again).map(|m| m.element).chain(request.critical.iter().copied()).collect();
    let request = &Request { critical: &critical, ..*request };
    let base = Space {
        modes: &[],
        covers: &[],
        promise: &Promise::default(),
        roads: &problem.travel,
        start: Start::Depot,
        later: &[],
        shortcuts: &Shortcuts::default(),
        least_lure: f64::INFINITY,
        threshold: request.threshold,
        entry,
    };
    let mut result = Priced { bound: f64::INFINITY, critical: request.critical.clone(), ..Priced::default() };
    let mut found = BTreeMap::new();
    if let Effort::Coarse { .. } = request.effort {
        let every = paid.list.iter().map(|m| m.element).collect();
        rounds(problem, request, &paid, base, every, &mut result, &mut found);
        return result.with(found, request.wanted);
    }
    let out = v.max_minutes.min(v.window.until - v.window.from);
    let promised = Promise::new(&paid.list, v, request.drives).most(&[], v.window.from, out);
    let mut later = Vec::new();
    result.labels = look_ahead(problem, request, &paid, &mut later);
    let base = Space { later: &later, ..base };
    let exact = request.effort == Effort::Exact;
    if exact {
        // Over roads on which a stop less never costs, where only what is paid for needs to be looked at.
        let most = later.first().filter(|l| l.0 <= v.window.from).map_or(promised, |l| l.1.min(promised));
        result.bound = (most - entry).max(request.threshold);
        let metric = Request { direct: true, ..*request };
        let space = Space { roads: request.closure, ..base };
        let critical = request.critical.clone();
        let closed = rounds(problem, &metric, &paid, space, critical, &mut result, &mut found);
        if request.direct || result.bound <= request.threshold {
            return result.with(found, request.wanted);
        }
        if closed {
            // What the roads themselves allow is often less.
            found.clear();
        }
    }
    // What costs more than everything else can bring is not driven.
    let most = later.first().filter(|l| l.0 <= v.window.from).map_or(promised, |l| l.1.min(promised));
    let limit = request.threshold + entry;
    let unpaid = |m: &&Mode| {
        let reward = request.rewards[m.task];
        reward <= SLACK && reward > -1e12 && most + reward > limit
    };
    let more = reachable.modes.iter().filter(unpaid).map(with_reward);
    let modes = Modes::new(paid.list.iter().cloned().chain(more).collect(), request.effort);
    let shortcuts = Shortcuts::new(problem, &modes.list, v.depot);
    let space = Space { shortcuts: &shortcuts, least_lure: 2.0 * v.per_km * shortcuts.km, ..base };
    let critical =
        if exact { result.critical.clone() } else { modes.list.iter().map(|m| m.element).collect::<BTreeSet<usize>>() };
    rounds(problem, request, &modes, space, critical, &mut result, &mut found);
    result.with(found, request.wanted)
}

/// Routes found by their tasks, with their value.
type Routes = BTreeMap<Vec<TaskId>, (f64, Vec<Visit>)>;

/// Searches until the best route serves nothing twice; false when cut short.
fn rounds(
    problem: &Problem,
    request: &Request<'_>,
    modes: &Modes,
    space: Space<'_>,
    mut critical: BTreeSet<usize>,
    result: &mut Priced,
    found: &mut Routes,
) -> bool {
    let mut list = modes.list.clone();
    let mut labels_left = request.max_labels;
    for round in 0..ROUNDS {
        let space = Space { covers: &modes.covers, ..space };
        let labels = if round < 2 { labels_left / 4 } else { labels_left };
        let outcome = search(problem, request, &mut list, &critical, space, labels);
        labels_left = labels_left.saturating_sub(outcome.labels);
        result.labels += outcome.labels;
        for (tasks, value, visits) in outcome.routes {
            let entry = found.entry(tasks).or_insert((f64::NEG_INFINITY, Vec::new()));
            if value > entry.0 {
                *entry = (value, visits);
            }
        }
        if outcome.cut_short {
            if outcome.repeated.is_empty() || labels_left == 0 {
                return false;
            }
            // Serving the same again and again has no end; it may have one without.
            critical.extend(outcome.repeated);
            continue;
        }
        result.bound = result.bound.min(outcome.best.max(request.threshold));
        if outcome.repeated.is_empty() {
            break;
        }
        critical.extend(outcome.repeated);
    }
    if request.effort == Effort::Exact {
        result.critical = critical;
    }
    true
}

impl Priced {
    /// With the best of the routes.
    fn with(mut self, found: Routes, wanted: usize) -> Self {
        let mut best: Vec<(f64, Vec<Visit>)> = found.into_values().collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0));
        best.truncate(wanted);
        self.routes = best.into_iter().map(|(_, visits)| Found { visits }).collect();
        self
    }
}

/// Modes with what is known of them together.
struct Modes {
    list: Vec<Mode>,
    covers: Vec<Vec<u32>>,
}

impl Modes {
    /// In the order in which labels look at them: the latest pickup first.
    fn new(mut list: Vec<Mode>, effort: Effort) -> Self {
        list.sort_by(|a, b| {
            b.pickup_until.total_cmp(&a.pickup_until).then(a.task.cmp(&b.task)).then(a.window.cmp(&b.window))
        });
        let covers = if effort == Effort::All { vec![Vec::new(); list.len()] } else { modes::covers(&list) };
        Self { list, covers }
    }
}

/// Minutes between the moments for which [`look_ahead`] knows what can still be gained.
const STEP: f64 = 30.0;
/// Labels of one of its searches at most.
const STEP_LABELS: usize = 200_000;

/// Bounds on what any route can still gain from a moment on (Russian doll search, Verfaillie, Lemaître & Schiex 1996): the
/// best part of a route that begins with an empty vehicle anywhere, from the end of the shift backwards, each search
/// pruned by those before it. Over roads on which leaving a stop out never costs, so that whoever is aboard can be
/// left out. Ends early when a search becomes too large. Returns the labels made.
fn look_ahead(problem: &Problem, request: &Request<'_>, paid: &Modes, later: &mut Vec<(f64, f64)>) -> usize {
    let v = &problem.vehicles[request.vehicle];
    let mut list = paid.list.clone();
    let Some(last) = list.iter().map(|m| m.pickup_until).max_by(f64::total_cmp) else {
        later.push((v.window.from, 0.0));
        return 0;
    };
    let relaxed = Request { effort: Effort::Exact, direct: true, wanted: 0, ..*request };
    later.push((last + 1e-3, 0.0));
    let (mut labels, mut best) = (0, 0.0_f64);
    let mut until = last + 1e-3;
    while until > v.window.from {
        let from = (until - STEP).max(v.window.from);
        let space = Space {
            modes: &[],
            promise: &Promise::default(),
            covers: &paid.covers,
            roads: request.closure,
            start: Start::Anywhere(from, until),
            later,
            shortcuts: &Shortcuts::default(),
            least_lure: f64::INFINITY,
            threshold: best,
            entry: 0.0,
        };
        let outcome = search(problem, &relaxed, &mut list, request.critical, space, STEP_LABELS);
        labels += outcome.labels;
        if outcome.cut_short {
            break;
        }
        best = best.max(outcome.best);
        later.insert(0, (from, best));
        until = from;
    }
    labels
}

/// One search, with sets of what was served as large as they need to be.
fn search(
    problem: &Problem,
    request: &Request<'_>,
    modes: &mut [Mode],
    critical: &BTreeSet<usize>,
    space: Space<'_>,
    labels: usize,
) -> Outcome {
    let bits = number(modes, critical, request.effort == Effort::All);
    let modes = &*modes;
    // The promise goes by the bits just given.
    let promise = Promise::new(modes, &problem.vehicles[request.vehicle], request.drives);
    let space = Space { modes, promise: &promise, ..space };
    match bits.div_ceil(64) {
        0 | 1 => Search::<1>::new(problem, request, space, labels).run(),
        2 => Search::<2>::new(problem, request, space, labels).run(),
        3 | 4 => Search::<4>::new(problem, request, space, labels).run(),
        5..=8 => Search::<8>::new(problem, request, space, labels).run(),
        9..=64 => Search::<64>::new(problem, request, space, labels).run(),
        _ => Outcome { cut_short: true, ..Outcome::default() },
    }
}

/// Gives bits to the critical elements (and, for enumeration, to tasks); returns how many.
fn number(modes: &mut [Mode], critical: &BTreeSet<usize>, all: bool) -> usize {
    let mut bits: BTreeMap<(bool, usize), usize> = BTreeMap::new();
    for mode in modes {
        let next = bits.len();
        let element = critical.contains(&mode.element).then(|| *bits.entry((false, mode.element)).or_insert(next));
        let next = bits.len();
        let task = all.then(|| *bits.entry((true, mode.task)).or_insert(next));
        mode.bits = [element.unwrap_or(UNTRACKED), task.unwrap_or(UNTRACKED)];
    }
    bits.len()
}
