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

mod ahead;
mod label;
mod modes;
mod promise;

pub(crate) use modes::Reachable;

use crate::closure::closure_of;
use crate::problem::{Control, PlaceId, Problem, TaskId, TravelMatrix, VehicleId};
use crate::schedule::Visit;
use crate::triples::{Prices, Triple, element};
use ahead::Ahead;
use label::{Outcome, Search, Space, Start};
use modes::{Mode, Shortcuts, UNTRACKED};
use promise::Promise;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const SLACK: f64 = 1e-7;

/// Rounds of relaxation at most.
const ROUNDS: usize = 12;

/// Part of the labels that may be made over the roads themselves.
const ROADS: usize = 5;

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
    /// What a route pays that drives two of three.
    pub(crate) triples: &'a [(Triple, f64)],
    /// Least driving times and distances, service left out.
    pub(crate) drives: &'a TravelMatrix,
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
    /// Whether a bound over roads on which a stop less never costs will do.
    pub(crate) soon: bool,
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
    /// Everything was looked at.
    pub(crate) complete: bool,
    /// Not even all over roads on which a stop less never costs, where there is less to look at.
    pub(crate) open: bool,
}

/// Prices routes of one vehicle.
pub(crate) fn price(problem: &Problem, reachable: &Reachable, request: &Request<'_>) -> Priced {
    let v = &problem.vehicles[request.vehicle];
    let paid = |m: &&Mode| request.rewards[m.task] > SLACK;
    let elements = reachable.modes.iter().filter(paid).map(|m| element(problem, m.task)).collect();
    let triples = Prices::new(request.triples, &elements);
    let with_reward = |m: &Mode| {
        let triples = triples.mask(element(problem, m.task));
        Mode { reward: request.rewards[m.task], triples, ..m.clone() }
    };
    let paid = Modes::new(reachable.modes.iter().filter(paid).map(with_reward).collect(), request.effort, &triples);
    let entry = v.fixed + request.vehicle_dual;
    // What can be served again at once must not be: time would not end it.
    let again = |m: &&Mode| {
        let drives = request.drives.minutes(m.pickup, m.delivery) + request.drives.minutes(m.delivery, m.pickup);
        m.load + m.unload + drives < AT_ONCE
    };
    let critical: BTreeSet<usize> =
        paid.list.iter().filter(again).map(|m| m.element).chain(request.critical.iter().copied()).collect();
    let base = Space {
        modes: &[],
        covers: &[],
        triples: &triples,
        promise: &Promise::default(),
        roads: &problem.travel,
        start: Start::Depot,
        ahead: None,
        shortcuts: &Shortcuts::default(),
        least_lure: f64::INFINITY,
        threshold: request.threshold,
        entry,
    };
    let mut result = Priced { bound: f64::INFINITY, ..Priced::default() };
    let mut found = BTreeMap::new();
    if let Effort::Coarse { .. } = request.effort {
        let every = paid.list.iter().map(|m| m.element).collect();
        rounds(problem, request, &paid, base, every, &mut result, &mut found);
        return result.with(found, request.wanted);
    }
    let out = v.max_minutes.min(v.window.until - v.window.from);
    let promised = Promise::new(&paid.list, v, request.drives).most(&[], v.window.from, out);
    // Stops that may be on the way: where what is not paid for stops, too, unless it costs more than all else can bring.
    let unpaid = |most: f64| {
        let worth = move |m: &&Mode| {
            let reward = request.rewards[m.task];
            reward <= SLACK && reward > -1e12 && most + reward > request.threshold
        };
        reachable.modes.iter().filter(worth)
    };
    let near = |most: f64| {
        if request.direct {
            return (problem.travel.clone(), true);
        }
        closure(problem, v.depot, paid.list.iter().chain(unpaid(most)))
    };
    let roads = near(promised - entry);
    let mut critical = critical;
    let mut ahead = Ahead::new(problem, request.vehicle, &paid.list, &roads.0);
    result.labels = look_ahead(problem, request, (&paid, &triples), &roads.0, &mut critical, &mut ahead);
    let base = Space { ahead: Some(&ahead), ..base };
    let mut most = ahead.most(v.depot, v.window.from).min(promised) - entry;
    let exact = request.effort != Effort::All;
    if exact {
        // Over roads on which a stop less never costs, where only what is paid for needs to be looked at.
        let roads = near(most);
        result.bound = most.max(request.threshold);
        let metric = Request { direct: true, ..*request };
        let space = Space { roads: &roads.0, ..base };
        let closed = rounds(problem, &metric, &paid, space, critical, &mut result, &mut found);
        result.open = !closed;
        if roads.1 || !closed || result.bound <= request.threshold || request.soon {
            result.complete = closed && !request.soon;
            return result.with(found, request.wanted);
        }
        // What the roads themselves allow is often less.
        found.clear();
        most = result.bound;
    }
    let more = unpaid(most).map(with_reward);
    let modes = Modes::new(paid.list.iter().cloned().chain(more).collect(), request.effort, &triples);
    let shortcuts = Shortcuts::new(problem, &modes.list, v.depot);
    let space = Space { shortcuts: &shortcuts, least_lure: 2.0 * v.per_km * shortcuts.km, ..base };
    let critical =
        if exact { result.critical.clone() } else { modes.list.iter().map(|m| m.element).collect::<BTreeSet<usize>>() };
    let request =
        &Request { max_labels: if exact { request.max_labels / ROADS } else { request.max_labels }, ..*request };
    result.complete = rounds(problem, request, &modes, space, critical, &mut result, &mut found);
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
        let labels = if round < 2 { labels_left - labels_left / 4 } else { labels_left };
        let outcome = search(problem, request, &mut list, &critical, space, labels);
        labels_left = labels_left.saturating_sub(outcome.labels);
        result.labels += outcome.labels;
        for (tasks, value, visits) in outcome.routes {
            let entry = found.entry(tasks).or_insert((f64::NEG_INFINITY, Vec::new()));
            if value > entry.0 {
                *entry = (value, visits);
            }
        }
        result.bound = result.bound.min(outcome.bound.max(request.threshold));
        if outcome.cut_short {
            if outcome.repeated.is_empty() || labels_left == 0 {
                return false;
            }
            // Serving the same again and again has no end; it may have one without.
            critical.extend(outcome.repeated);
            continue;
        }
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
    fn new(mut list: Vec<Mode>, effort: Effort, triples: &Prices) -> Self {
        list.sort_by(|a, b| {
            b.pickup_until.total_cmp(&a.pickup_until).then(a.task.cmp(&b.task)).then(a.window.cmp(&b.window))
        });
        let covers = if effort == Effort::All { vec![Vec::new(); list.len()] } else { modes::covers(&list, triples) };
        Self { list, covers }
    }
}

/// The closure of the roads through the stops of these modes, and whether the roads are their own closure there.
fn closure<'a>(problem: &Problem, depot: PlaceId, modes: impl Iterator<Item = &'a Mode>) -> (TravelMatrix, bool) {
    let mut service = vec![f64::INFINITY; problem.travel.places];
    let mut among = BTreeSet::from([depot]);
    for m in modes {
        for (place, minutes) in [(m.pickup, m.load), (m.delivery, m.unload)] {
            service[place] = service[place].min(minutes);
            among.insert(place);
        }
    }
    closure_of(problem, &service, &among.into_iter().collect::<Vec<_>>())
}

/// Labels of one search of [`look_ahead`] at most, and part of the labels that may be made in all of it.
const STEP_LABELS: usize = 50_000;
const AHEAD: usize = 4;
/// How often one of its searches is done again with what it served twice as critical.
const AGAIN: usize = 8;

/// Fills the bounds on what a route can still gain, from the end of the shift backwards, each search pruned by those
/// before. What the best part of a route serves twice becomes critical. Returns the labels made.
fn look_ahead(
    problem: &Problem,
    request: &Request<'_>,
    (paid, triples): (&Modes, &Prices),
    roads: &TravelMatrix,
    critical: &mut BTreeSet<usize>,
    ahead: &mut Ahead,
) -> usize {
    let mut list = paid.list.clone();
    let relaxed = Request { effort: Effort::Exact, direct: true, wanted: 0, ..*request };
    let mut labels = 0;
    for step in (0..ahead.steps()).rev() {
        let (from, until) = ahead.span(step);
        for group in 0..ahead.groups.len() {
            let places = ahead.groups[group].clone();
            let threshold = ahead.next(group, step);
            let starts = |m: &Mode| places.contains(&m.pickup) && m.pickup_from < until && m.pickup_until >= from;
            let mut bound = if paid.list.iter().any(starts) { f64::INFINITY } else { threshold };
            for _ in 0..AGAIN {
                if bound <= threshold || labels > request.max_labels / AHEAD {
                    break;
                }
                let space = Space {
                    modes: &[],
                    promise: &Promise::default(),
                    covers: &paid.covers,
                    triples,
                    roads,
                    start: Start::Group(&places, from, until),
                    ahead: Some(ahead),
                    shortcuts: &Shortcuts::default(),
                    least_lure: f64::INFINITY,
                    threshold,
                    entry: 0.0,
                };
                let outcome = search(problem, &relaxed, &mut list, critical, space, STEP_LABELS);
                labels += outcome.labels;
                bound = bound.min(outcome.bound.max(threshold));
                let before = critical.len();
                critical.extend(outcome.repeated);
                if outcome.cut_short || critical.len() == before {
                    break;
                }
            }
            if bound.is_infinite() {
                return labels;
            }
            ahead.learn(group, step, bound);
        }
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
