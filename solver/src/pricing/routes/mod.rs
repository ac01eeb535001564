//! Pricing of vehicle routes: the pickup-and-delivery route of one vehicle with the best reduced value, by forward
//! labelling (Gschwind & Irnich 2015, Transportation Science 49(2), for labels that carry ride times exactly).
//!
//! Exact pricing relaxes "served at most once" and restores it only where it matters (decremental state-space relaxation,
//! Righini & Salani 2008, Networks 51(3)): labels remember what was served of a few critical elements, and an element
//! becomes critical when the best route serves it twice. Every relaxed optimum is a bound. Two rules keep the labels few:
//! the promise (see `promise.rs`), and the exchange: a ride is not driven when a better-paid one could take its place in
//! the vehicle whatever the schedule, unless that one is aboard at some time during the ride as well.
//!
//! [`Effort::Coarse`] and [`Effort::Quick`] dominate more than is right and may miss routes, never inventing one.

mod label;
mod modes;
mod promise;

pub(crate) use modes::Reachable;

use crate::problem::{Control, Problem, TaskId, TravelMatrix, VehicleId};
use crate::schedule::Visit;
use label::{Outcome, Search};
use modes::{Mode, UNTRACKED};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const SLACK: f64 = 1e-7;

/// Rounds of relaxation at most.
const ROUNDS: usize = 12;

/// How hard to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// One label a place and number aboard, as good as any in time and cost.
    Coarse,
    /// Dominance that forgets what was served.
    Quick,
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
    /// Least driving times and distances, service left out.
    pub(crate) drives: &'a TravelMatrix,
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
    let all = request.effort == Effort::All;
    let mut modes: Vec<Mode> = reachable
        .modes
        .iter()
        .map(|m| Mode { reward: request.rewards[m.task], ..m.clone() })
        .filter(|m| m.reward > SLACK || all && m.reward > -1e12)
        .collect();
    modes.sort_by(|a, b| b.pickup_until.total_cmp(&a.pickup_until).then(a.task.cmp(&b.task)).then(a.window.cmp(&b.window)));
    let covers = if all { vec![Vec::new(); modes.len()] } else { modes::covers(&modes) };
    let mut critical: BTreeSet<usize> = match request.effort {
        Effort::Exact => request.critical.clone(),
        _ => modes.iter().map(|m| m.element).collect(),
    };
    let mut result = Priced { bound: f64::INFINITY, ..Priced::default() };
    let mut found: BTreeMap<Vec<TaskId>, (f64, Vec<Visit>)> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let bits = number(&mut modes, &critical, all);
        let labels_left = request.max_labels.saturating_sub(result.labels);
        let outcome = match bits.div_ceil(64) {
            0 | 1 => Search::<1>::new(problem, request, &modes, &covers, labels_left).run(),
            2 => Search::<2>::new(problem, request, &modes, &covers, labels_left).run(),
            3 | 4 => Search::<4>::new(problem, request, &modes, &covers, labels_left).run(),
            5..=8 => Search::<8>::new(problem, request, &modes, &covers, labels_left).run(),
            9..=64 => Search::<64>::new(problem, request, &modes, &covers, labels_left).run(),
            _ => Outcome { cut_short: true, ..Outcome::default() },
        };
        result.labels += outcome.labels;
        for (tasks, value, visits) in outcome.routes {
            let entry = found.entry(tasks).or_insert((f64::NEG_INFINITY, Vec::new()));
            if value > entry.0 {
                *entry = (value, visits);
            }
        }
        if outcome.cut_short {
            break;
        }
        result.bound = result.bound.min(outcome.best.max(request.threshold));
        if outcome.repeated.is_empty() {
            break;
        }
        critical.extend(outcome.repeated);
    }
    let mut best: Vec<(f64, Vec<Visit>)> = found.into_values().collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    best.truncate(request.wanted);
    if let (Some(top), true) = (best.first(), request.effort != Effort::Exact) {
        result.bound = result.bound.max(top.0);
    }
    result.routes = best.into_iter().map(|(_, visits)| Found { visits }).collect();
    if request.effort == Effort::Exact {
        result.critical = critical;
    }
    result
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
