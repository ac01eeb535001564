//! Bounds on what a route can still gain from a place and a moment on: Russian doll search (Verfaillie, Lemaître & Schiex
//! 1996, AAAI) over the groups of places where rides are picked up.
//!
//! For each group and moment it holds a bound on the best part of a route that begins, empty, with a pickup in the group at
//! that moment or later. Whatever a label does next, it drives to a pickup first or to the depot; who is aboard until
//! then can be left out, over roads on which leaving a stop out never costs.

use super::modes::Mode;
use crate::problem::{PlaceId, Problem, TravelMatrix, VehicleId};
use std::collections::BTreeSet;

/// Minutes between the moments.
pub(super) const STEP: f64 = 30.0;
/// Groups of places at most; and where pickups at a place fall into so few half hours on average that there are few searches
/// anyway.
const GROUPS: usize = 12;
const FINE: usize = 48;
const FEW: usize = 3;

/// From a place to a group: least minutes, and least cost of minutes and kilometres.
#[derive(Clone, Copy, Debug)]
struct Way {
    minutes: f64,
    cost: f64,
}

/// The bounds, as far as they are known.
#[derive(Clone, Debug)]
pub(super) struct Ahead {
    origin: f64,
    /// Places of each group.
    pub(super) groups: Vec<Vec<PlaceId>>,
    /// Ways from each place to each group.
    ways: Vec<Vec<Way>>,
    /// Cost from each place to the depot.
    home: Vec<f64>,
    /// For each group and moment, by number; moments before `known` of the group are not known.
    best: Vec<Vec<f64>>,
    known: Vec<usize>,
}

impl Ahead {
    /// Nothing known yet but that no ride of `paid` is picked up after the last moment.
    pub(super) fn new(problem: &Problem, vehicle: VehicleId, paid: &[Mode], closure: &TravelMatrix) -> Self {
        let v = &problem.vehicles[vehicle];
        let cost =
            |from: PlaceId, to: PlaceId| v.per_km * closure.km(from, to) + v.per_minute * closure.minutes(from, to);
        let groups = group(paid, closure);
        let way = |from: PlaceId, group: &Vec<PlaceId>| Way {
            minutes: group.iter().map(|&to| closure.minutes(from, to)).fold(f64::INFINITY, f64::min),
            cost: group.iter().map(|&to| cost(from, to)).fold(f64::INFINITY, f64::min),
        };
        let places = 0..closure.places;
        let ways = places.clone().map(|from| groups.iter().map(|group| way(from, group)).collect()).collect();
        let home = places.map(|from| cost(from, v.depot)).collect();
        let last = paid.iter().map(|m| m.pickup_until).fold(v.window.from, f64::max);
        let steps = number((last - v.window.from) / STEP) + 1;
        let best = vec![vec![f64::NEG_INFINITY; steps + 1]; groups.len()];
        let known = vec![steps; groups.len()];
        Self { origin: v.window.from, groups, ways, home, best, known }
    }

    /// How many moments there are.
    pub(super) fn steps(&self) -> usize {
        self.best.first().map_or(0, |best| best.len() - 1)
    }

    /// The moments that bound a step.
    #[expect(clippy::cast_precision_loss, reason = "a number of half hours")]
    pub(super) fn span(&self, step: usize) -> (f64, f64) {
        let from = self.origin + step as f64 * STEP;
        (from, from + STEP)
    }

    /// What is known of the group from the step after this one on; no part that is worth less than driving home is of use.
    pub(super) fn next(&self, group: usize, step: usize) -> f64 {
        let home = self.home.iter().fold(0.0_f64, |a, &b| a.max(b));
        self.best[group][step + 1].max(-home)
    }

    /// Takes a bound on the parts that begin in the group at the step or later.
    pub(super) fn learn(&mut self, group: usize, step: usize, bound: f64) {
        self.best[group][step] = bound;
        self.known[group] = step;
    }

    /// Most that can still be gained from a place after a moment, the way home included; infinite where not known.
    pub(super) fn most(&self, place: PlaceId, ready: f64) -> f64 {
        let mut most = -self.home[place];
        for (group, way) in self.ways[place].iter().enumerate() {
            let step = number((ready + way.minutes - self.origin - super::SLACK) / STEP);
            if step < self.known[group] {
                return f64::INFINITY;
            }
            most = most.max(self.best[group].get(step).copied().unwrap_or(f64::NEG_INFINITY) - way.cost);
        }
        most
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and small")]
fn number(x: f64) -> usize {
    x.max(0.0) as usize
}

/// The places of pickups in groups of places near to one another: centres far apart first (Gonzalez 1985, Theoretical
/// Computer Science 38).
fn group(paid: &[Mode], closure: &TravelMatrix) -> Vec<Vec<PlaceId>> {
    let moments = |m: &Mode| {
        let steps = number(m.pickup_from.max(0.0) / STEP)..=number(m.pickup_until.max(0.0) / STEP);
        steps.map(move |step| (m.pickup, step)).collect::<Vec<_>>()
    };
    let searches: BTreeSet<(PlaceId, usize)> = paid.iter().flat_map(moments).collect();
    let mut places: Vec<PlaceId> = paid.iter().map(|m| m.pickup).collect();
    places.sort_unstable();
    places.dedup();
    let most = if searches.len() <= FEW * places.len() { FINE } else { GROUPS };
    let mut centres: Vec<PlaceId> = places.first().copied().into_iter().collect();
    let near = |centres: &[PlaceId], place: PlaceId| {
        let minutes = centres.iter().map(|&c| closure.minutes(c, place) + closure.minutes(place, c));
        minutes.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0))
    };
    while centres.len() < most.min(places.len()) {
        let far = places.iter().map(|&p| (near(&centres, p).1, p)).max_by(|a, b| a.0.total_cmp(&b.0));
        centres.extend(far.map(|far| far.1));
    }
    let mut groups = vec![Vec::new(); centres.len()];
    for place in places {
        groups[near(&centres, place).0].push(place);
    }
    groups.retain(|group| !group.is_empty());
    groups
}
