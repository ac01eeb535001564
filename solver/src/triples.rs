//! Subset-row cuts over three rides (Jepsen, Petersen, Spoorendonk & Pisinger 2008, Operations Research 56(2)): of three that
//! are each driven at most once, at most one route drives two or more. What counts as a ride is a task, or a group: of its
//! tasks only one can ever be asked for.
//!
//! They hold for every solution in which nothing is driven twice or for nothing, and every other is no better than one of
//! those. Pricing has to know them: a route pays the price of a triple once it drives two of it.

use crate::lp::Col;
use crate::master::{Kind, Master};
use crate::problem::{Problem, TaskId};
use std::collections::{BTreeMap, BTreeSet};

/// What is driven at most once: groups first, then tasks without one.
pub(crate) type Element = usize;

/// Three of them, ascending.
pub(crate) type Triple = [Element; 3];

/// The element that a task is, or is one of.
pub(crate) fn element(problem: &Problem, task: TaskId) -> Element {
    problem.tasks[task].group.unwrap_or(problem.groups + task)
}

/// How many of a triple are among these.
fn members(triple: &Triple, elements: impl Iterator<Item = Element>) -> usize {
    elements.filter(|element| triple.contains(element)).collect::<BTreeSet<Element>>().len()
}

/// Whether a route over these tasks counts in the cut of a triple.
pub(crate) fn counts(problem: &Problem, triple: &Triple, tasks: impl Iterator<Item = TaskId>) -> bool {
    members(triple, tasks.map(|task| element(problem, task))) > 1
}

/// Cuts added in a round at most, and how often one ride may be in them.
const A_ROUND: usize = 40;
const EACH: usize = 6;
/// Left-hand side above the limit from which a cut counts as violated.
const VIOLATED: f64 = 0.02;

/// Adds the cuts that the last solution of the linear program violates most; returns how many.
pub(crate) fn cut(master: &mut Master<'_>) -> usize {
    let problem = master.problem();
    let values = master.lp().values();
    let driven: Vec<(f64, BTreeSet<Element>)> = master
        .columns()
        .iter()
        .zip(values)
        .filter(|(_, value)| **value > 1e-6)
        .filter_map(|(column, &value)| match &column.kind {
            Kind::Route { tasks, .. } if value < 1.0 - 1e-6 => {
                Some((value, tasks.iter().map(|&task| element(problem, task)).collect()))
            }
            _ => None,
        })
        .collect();
    // Triples of which two pairs at least are driven together.
    let mut pairs: BTreeMap<(Element, Element), f64> = BTreeMap::new();
    let mut with: BTreeMap<Element, BTreeSet<Element>> = BTreeMap::new();
    for (value, elements) in &driven {
        for &a in elements {
            for &b in elements.range(a + 1..) {
                *pairs.entry((a, b)).or_default() += value;
                with.entry(a).or_default().insert(b);
                with.entry(b).or_default().insert(a);
            }
        }
    }
    let mut seen: BTreeMap<Triple, f64> = BTreeMap::new();
    for (&middle, others) in &with {
        for &a in others {
            for &b in others.range(a + 1..) {
                let mut triple = [middle, a, b];
                triple.sort_unstable();
                if !master.has_triple(&triple) {
                    seen.insert(triple, 0.0);
                }
            }
        }
    }
    for (triple, sum) in &mut seen {
        let pair = |a: usize, b: usize| pairs.get(&(triple[a], triple[b])).copied().unwrap_or(0.0);
        if pair(0, 1) + pair(0, 2) + pair(1, 2) > 1.0 + VIOLATED {
            *sum = driven
                .iter()
                .filter(|(_, elements)| triple.iter().filter(|element| elements.contains(element)).count() > 1)
                .map(|(value, _)| value)
                .sum();
        }
    }
    let mut violated: Vec<(f64, Triple)> =
        seen.into_iter().filter(|(_, sum)| *sum > 1.0 + VIOLATED).map(|(triple, sum)| (sum, triple)).collect();
    violated.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut often: BTreeMap<Element, usize> = BTreeMap::new();
    let mut added = 0;
    for (_, triple) in violated {
        if added == A_ROUND || triple.iter().any(|element| often.get(element).is_some_and(|&many| many >= EACH)) {
            continue;
        }
        triple.iter().for_each(|element| *often.entry(*element).or_default() += 1);
        master.add_triple(triple);
        added += 1;
    }
    added
}

/// What the triples cost a route, as pricing sees them: at most 64 of those with a price of which the vehicle can drive two. A
/// price that is left out makes routes look better, and bounds weaker, but not wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prices {
    prices: Vec<f64>,
    masks: BTreeMap<Element, u64>,
}

impl Prices {
    /// Of these triples, for a vehicle that can drive these elements.
    pub(crate) fn new(triples: &[(Triple, f64)], elements: &BTreeSet<Element>) -> Self {
        let two = |triple: &Triple| triple.iter().filter(|element| elements.contains(element)).count() > 1;
        let mut dear: Vec<&(Triple, f64)> = triples.iter().filter(|(triple, _)| two(triple)).collect();
        dear.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        dear.truncate(64);
        let mut masks: BTreeMap<Element, u64> = BTreeMap::new();
        for (at, (triple, _)) in dear.iter().enumerate() {
            triple.iter().for_each(|element| *masks.entry(*element).or_default() |= 1 << at);
        }
        Self { prices: dear.iter().map(|(_, price)| *price).collect(), masks }
    }

    /// The triples that an element is in.
    pub(crate) fn mask(&self, element: Element) -> u64 {
        self.masks.get(&element).copied().unwrap_or(0)
    }

    /// What these triples cost together.
    pub(crate) fn sum(&self, mut mask: u64) -> f64 {
        let mut sum = 0.0;
        while mask != 0 {
            sum += self.prices[mask.trailing_zeros() as usize];
            mask &= mask - 1;
        }
        sum
    }
}

/// What a route over these tasks pays for all triples.
pub(crate) fn price(problem: &Problem, triples: &[(Triple, f64)], tasks: impl Iterator<Item = TaskId> + Clone) -> f64 {
    triples.iter().filter(|(triple, _)| counts(problem, triple, tasks.clone())).map(|(_, price)| price).sum()
}

/// Columns of routes that count in the cut of a triple.
pub(crate) fn columns(master: &Master<'_>, triple: &Triple) -> Vec<(Col, f64)> {
    let counting = |(at, column): (usize, &crate::master::Column)| match &column.kind {
        Kind::Route { tasks, .. } if counts(master.problem(), triple, tasks.iter().copied()) => Some((at, 1.0)),
        _ => None,
    };
    master.columns().iter().enumerate().filter_map(counting).collect()
}
