//! Column generation: solves the master's linear program, prices what it lacks, and proves a bound.
//!
//! The bound is Lagrange's: the master's value plus, for every crew and vehicle, the most that one more column of it could
//! bring (each has at most one column in a solution). Rosters are priced exactly; routes exactly over the closure of the
//! roads, on which leaving a stop out never costs, so that tasks without reward need not be looked at, and then, where the
//! roads are not their own closure, over the roads as far as the labels reach. A pricing that is cut short gives a weaker bound.

use crate::beside::Beside;
use crate::enumerate;
use crate::fleet::Fleet;
use crate::lp::LpStatus;
use crate::master::{Duals, Master};
use crate::pricing::rosters;
use crate::pricing::routes::{self, Effort, Found, Priced, Request};
use crate::problem::{Control, CrewId, Part, Problem, Solution, VehicleId};
use crate::schedule::{Visit, time_route};
use crate::smooth::Smooth;
use crate::triples::{self, Triple};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A round of exact pricing that lowers the bound by less than this share is a slow one.
const SLOW: f64 = 5e-4;
/// The same with smooth multipliers, which leave the rest to others.
const SMOOTH_SLOW: f64 = 2e-3;
/// A vehicle with more than one of so many parts of all that is left unpriced may make so many times the labels.
const LARGE_PARTS: f64 = 16.0;
const FURTHER: usize = 4;
/// Slow rounds after which exact pricing is given up.
const TIRED: usize = 3;
/// Where there are fewer kinds of vehicles than this, more routes are wanted of each.
const KINDS: usize = 8;
/// Labels a vehicle may make in the first exact pricing at smooth multipliers, so that there is a bound soon.
const SOON: usize = 600_000;
/// Labels a vehicle may make in exact pricing at most.
const MOST_LABELS: usize = 4_000_000;
/// Share of the duals of the best bound in those that are priced with.
const SHARE: f64 = 0.5;
/// Reduced values below this count as none.
const TOLERANCE: f64 = 1e-5;

/// How far exact pricing looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// So that there is a bound soon: over the closure of the roads alone.
    Soon,
    /// As far as the labels reach.
    Usual,
    /// At the vehicles that could bring most again with more labels.
    Further,
}

/// How pricing is done.
#[derive(Clone, Copy)]
pub(crate) struct Pricing<'a> {
    /// Threads for the routes.
    pub(crate) threads: usize,
    /// Labels a vehicle may make in exact pricing.
    pub(crate) max_labels: usize,
    /// How far.
    pub(crate) stage: Stage,
    /// Who may stop it; what is left unpriced then has no bound.
    pub(crate) control: &'a dyn Control,
}

/// What a round of pricing did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    /// Columns added.
    pub(crate) added: usize,
    /// Most that columns not there could bring, over all crews and vehicles; infinite when not known.
    pub(crate) slack: f64,
    /// Nothing was cut short.
    pub(crate) complete: bool,
    /// Labels made.
    pub(crate) labels: u64,
}

/// Prices the rosters of every crew that is not `closed`; exact.
pub(crate) fn price_rosters(master: &mut Master<'_>, duals: &Duals, closed: &[bool]) -> Round {
    let problem = master.problem();
    let mut round = Round { added: 0, slack: 0.0, complete: true, labels: 0 };
    for crew in 0..problem.crews.len() {
        if closed.get(crew).copied().unwrap_or(false) {
            continue;
        }
        let dual = master.crew_dual(duals, crew);
        let found = rosters::price(problem, crew, master.job_rewards(duals, crew).into_iter(), 4);
        round.slack += found.first().map_or(0.0, |best| (best.value - dual).max(0.0));
        for roster in found {
            if roster.value - dual > TOLERANCE {
                round.added += usize::from(master.add_roster(crew, roster.jobs).1);
            }
        }
    }
    round
}

/// Prices routes of the given vehicles, in parallel, results in their order.
pub(crate) fn routes_of(
    fleet: &Fleet<'_>,
    jobs: &[(VehicleId, f64)],
    (rewards, triples): (&[f64], &[(Triple, f64)]),
    template: (Effort, f64, usize, usize),
    pricing: Pricing<'_>,
) -> Vec<Priced> {
    let (effort, threshold, wanted, max_labels) = template;
    let wanted = wanted.saturating_mul((KINDS / jobs.len().max(1)).max(1));
    let (threads, control) = (pricing.threads, Some(pricing.control));
    let one = |&(vehicle, vehicle_dual): &(VehicleId, f64)| {
        let critical = if effort == Effort::Exact { fleet.critical(vehicle) } else { BTreeSet::new() };
        let (drives, critical) = (&fleet.drives, &critical);
        let request = Request {
            vehicle,
            rewards,
            triples,
            drives,
            direct: fleet.direct,
            threshold,
            vehicle_dual,
            effort,
            wanted,
            max_labels,
            soon: pricing.stage == Stage::Soon,
            critical,
            control,
        };
        let priced = routes::price(fleet.problem, &fleet.reachable[vehicle], &request);
        if effort == Effort::Exact {
            fleet.learn(vehicle, priced.critical.clone());
        }
        priced
    };
    if threads <= 1 || jobs.len() < 2 {
        return jobs.iter().map(one).collect();
    }
    // Each thread takes the next when it is ready; the results are put back in order. Those with least to drive come first: where the
    // search is stopped, little is known of those that are left, so that few should be.
    let paid = |at: &usize| fleet.reachable[jobs[*at].0].tasks().filter(|&task| rewards[task] > 0.0).count();
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_cached_key(paid);
    let mut results: Vec<Option<Priced>> = vec![None; jobs.len()];
    let next = AtomicUsize::new(0);
    let parts: Vec<Vec<(usize, Priced)>> = std::thread::scope(|scope| {
        let take = || {
            let mut part = Vec::new();
            while let turn = next.fetch_add(1, Ordering::Relaxed)
                && let Some(&at) = order.get(turn)
            {
                part.push((at, one(&jobs[at])));
            }
            part
        };
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        handles.into_iter().filter_map(|h| h.join().ok()).collect()
    });
    for (i, priced) in parts.into_iter().flatten() {
        results[i] = Some(priced);
    }
    // A thread that panicked leaves its vehicles without a bound.
    let lost = || Priced { bound: f64::INFINITY, ..Priced::default() };
    results.into_iter().map(|r| r.unwrap_or_else(lost)).collect()
}

/// Whether a vehicle may drive what a sequence of stops serves, and has the places for it.
fn has_room(problem: &Problem, vehicle: VehicleId, visits: &[Visit]) -> bool {
    let v = &problem.vehicles[vehicle];
    let mut aboard: Vec<usize> = Vec::new();
    for visit in visits {
        if !visit.pickup {
            aboard.retain(|&task| task != visit.task);
            continue;
        }
        if problem.tasks[visit.task].only.is_some_and(|only| only != vehicle) {
            return false;
        }
        aboard.push(visit.task);
        let tasks = || aboard.iter().map(|&task| &problem.tasks[task]);
        let classes: BTreeSet<u32> = tasks().map(|task| task.class).collect();
        if tasks().map(|task| task.seats).sum::<u32>() > v.seats
            || tasks().map(|task| task.special).sum::<u32>() > v.special
            || classes.len() > v.compartments as usize
        {
            return false;
        }
    }
    true
}

/// Adds the routes found for vehicles whose reduced value is positive; with `shared`, for every other vehicle as well.
fn add_found(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    jobs: &[(VehicleId, f64)],
    (rewards, triples): (&[f64], &[(Triple, f64)]),
    found: Vec<(VehicleId, Found)>,
    shared: bool,
) -> usize {
    let mut added = 0;
    for (of, route) in found {
        let tasks = route.visits.iter().filter(|v| v.pickup).map(|v| v.task);
        let pays = triples::price(fleet.problem, triples, tasks.clone());
        let gain: f64 = tasks.map(|task| rewards[task]).sum::<f64>() - pays;
        for &(vehicle, dual) in jobs {
            if vehicle != of && !(shared && gain - fleet.problem.vehicles[vehicle].fixed - dual > TOLERANCE) {
                continue;
            }
            if vehicle != of && !has_room(fleet.problem, vehicle, &route.visits) {
                continue;
            }
            let Some(plan) = time_route(fleet.problem, vehicle, &route.visits) else { continue };
            if gain - plan.cost - dual > TOLERANCE {
                added += usize::from(master.add_route(vehicle, route.visits.clone(), plan.cost).1);
            }
        }
    }
    added
}

/// Prices the routes of every vehicle that is not `closed`.
pub(crate) fn price_routes(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    duals: &Duals,
    closed: &[bool],
    effort: Effort,
    pricing: Pricing<'_>,
) -> Round {
    let exact = effort == Effort::Exact;
    let rewards = if exact && !fleet.direct { master.signed_rewards(duals) } else { master.task_rewards(duals) };
    let triples = master.triple_prices(duals);
    let worth = (&rewards[..], &triples[..]);
    let jobs: Vec<(VehicleId, f64)> = (0..fleet.problem.vehicles.len())
        .filter(|&v| !closed.get(v).copied().unwrap_or(false))
        .map(|v| (v, master.vehicle_dual(duals, v)))
        .collect();
    let labels = if exact { pricing.max_labels } else { 200_000 };
    let wanted = if exact { 40 } else { 8 };
    let mut priced = routes_of(fleet, &jobs, worth, (effort, TOLERANCE, wanted, labels), pricing);
    if exact && pricing.stage == Stage::Further {
        // Often a few vehicles make up much of the bound: those are looked at again, with more labels.
        let most = |at: usize| fleet.kinds.members[jobs[at].0].len() as f64 * priced[at].bound.max(0.0);
        let large = (0..jobs.len()).map(most).sum::<f64>() / LARGE_PARTS;
        let again: Vec<usize> = (0..jobs.len()).filter(|&at| priced[at].open && most(at) > large).collect();
        let vehicles: Vec<(VehicleId, f64)> = again.iter().map(|&at| jobs[at]).collect();
        let further = routes_of(fleet, &vehicles, worth, (effort, TOLERANCE, wanted, FURTHER * labels), pricing);
        for (at, further) in
            again.into_iter().zip(further).filter(|(at, further)| further.bound < priced[*at].bound).collect::<Vec<_>>()
        {
            priced[at] = Priced { labels: priced[at].labels + further.labels, ..further };
        }
    }
    let mut round = Round { added: 0, slack: 0.0, complete: true, labels: 0 };
    let mut found = Vec::new();
    for (&(vehicle, _), result) in jobs.iter().zip(priced) {
        let many = fleet.kinds.members[vehicle].len() as f64;
        round.slack += if exact { many * result.bound.max(0.0) } else { f64::INFINITY };
        round.complete &= result.complete;
        round.labels += result.labels as u64;
        found.extend(result.routes.into_iter().map(|route| (vehicle, route)));
    }
    round.added = add_found(master, fleet, &jobs, worth, found, exact);
    round
}

/// Highest effort of a generation: no bound is proven.
pub(crate) const QUICK: usize = 0;
/// Highest effort: a bound is proven.
pub(crate) const EXACT: usize = 2;
const LADDER: [Effort; 3] = [Effort::Coarse { width: 1 }, Effort::Coarse { width: 6 }, Effort::Exact];
/// Two rounds that raised the master's value by less than this share together are the last of their effort.
const FLAT: f64 = 1e-3;
/// The same where the value is nearly the master's, and may fall; and while there is no bound at all.
const SMOOTH_FLAT: f64 = 3e-4;
const SOON_FLAT: f64 = 1e-3;
/// Rows of a linear program that is so soon solved that no effort ends before it finds nothing.
pub(crate) const FEW: usize = 2_000;

/// What generation reached.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    /// The master's value at the end.
    pub(crate) value: f64,
    /// Best proven bound.
    pub(crate) bound: f64,
    /// Duals that prove the bound (of the last solve while there is none).
    pub(crate) duals: Duals,
}

/// Columns that may not be priced, because they are fixed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Closed {
    pub(crate) crews: Vec<bool>,
    pub(crate) vehicles: Vec<bool>,
}

impl Closed {
    /// Nothing closed.
    pub(crate) fn none(crews: usize, vehicles: usize) -> Self {
        Self { crews: vec![false; crews], vehicles: vec![false; vehicles] }
    }
    /// Closes a crew.
    pub(crate) fn crew(&mut self, crew: CrewId) {
        self.crews[crew] = true;
    }
    /// Closes a vehicle.
    pub(crate) fn vehicle(&mut self, vehicle: VehicleId) {
        self.vehicles[vehicle] = true;
    }
}

/// Where a generation is.
pub(crate) struct Step {
    /// Best bound proven, infinite while there is none.
    pub(crate) bound: f64,
    /// A better solution than any before.
    pub(crate) better: Option<Solution>,
}

/// Generates columns until none is missing, or `steps` rounds, or `goes_on` or the control says stop; `top` is the highest
/// effort (index into the ladder). Where there is a search `beside`, it goes on while the linear program is solved.
pub(crate) fn generate(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    closed: &Closed,
    (steps, top, centre): (usize, usize, Option<Duals>),
    pricing: Pricing<'_>,
    (mut smooth, mut beside): (Option<&mut Smooth>, Option<&mut Beside<'_>>),
    mut goes_on: impl FnMut(Step) -> bool,
) -> Option<Generated> {
    let control = pricing.control;
    let mut pricing = pricing;
    let mut tired = 0;
    let smoothed = smooth.is_some();
    // Smooth multipliers are priced with quickly, until that brings little, and then exactly.
    let mut level = if smoothed { top } else { QUICK };
    let mut bound = f64::INFINITY;
    let mut proof: Option<Duals> = centre;
    let mut priced: Option<Duals> = None;
    let mut last = None;
    let usual = if control.leaves_out(Part::Stabilisation) { 0.0 } else { SHARE };
    let mut share = usual;
    // Quick rounds have been made before a bound is asked for.
    let mut before = [if top == QUICK { f64::NEG_INFINITY } else { f64::INFINITY }; 2];
    for _ in 0..steps {
        let multipliers = solve_beside(master, fleet, smooth.as_deref_mut(), beside.as_deref_mut(), control);
        let Some((mut value, mut solved)) = multipliers else { return last };
        let flat = match smooth {
            Some(_) => (value - before[0]).abs() < if top == QUICK { SOON_FLAT } else { SMOOTH_FLAT } * value.abs(),
            None => master.row_bounds().len() > FEW && value - before[0] < FLAT * value.abs(),
        };
        before = [before[1], value];
        if flat && level < top {
            level = if smoothed || proof.is_some() { top } else { level + 1 };
        }
        if let Some(smooth) = smooth.as_deref_mut()
            && level == EXACT
        {
            // A bound is worth the finest multipliers.
            (value, solved) = smooth.improve(master, true, control);
        }
        // Between the duals of the best bound and those just found (Wentges 1997). While there is no bound: and those priced with
        // before, unless they are smooth and lie in the middle anyway.
        let centre = proof.as_ref().or(priced.as_ref().filter(|_| !smoothed));
        let duals = match centre {
            Some(centre) if share > 0.0 => solved.towards(centre, share),
            _ => solved,
        };
        let duals = master.least_rewards(duals);
        let rosters = price_rosters(master, &duals, &closed.crews);
        let mut added = rosters.added;
        let mut slack = f64::INFINITY;
        let mut labels = 0;
        let mut complete;
        loop {
            let now = match smooth {
                Some(_) if bound.is_infinite() => Pricing { stage: Stage::Soon, max_labels: SOON, ..pricing },
                Some(_) => Pricing { stage: Stage::Further, ..pricing },
                None => pricing,
            };
            let round = price_routes(master, fleet, &duals, &closed.vehicles, LADDER[level], now);
            added += round.added;
            (slack, complete) = (slack.min(round.slack), round.complete);
            labels += round.labels;
            if round.added > 0 || level == top || smoothed || added > 0 && level + 1 == top {
                break;
            }
            level += 1;
        }
        let proven = if slack.is_finite() { master.lagrange(&duals) + rosters.slack + slack } else { f64::INFINITY };
        if proven.is_finite() {
            let slow = proven > bound - if smoothed { SMOOTH_SLOW } else { SLOW } * bound.abs();
            if let Some(smooth) = smooth.as_deref_mut() {
                // Multipliers that are held down for the sake of pricing come nearer first.
                if slow && !smooth.nearer() {
                    tired = TIRED;
                }
            } else if slow && !complete {
                // Where exact pricing is cut short its bounds stay loose: it looks further before it is given up.
                if pricing.max_labels < MOST_LABELS || bound.is_infinite() {
                    pricing.max_labels *= 4;
                } else {
                    tired += 1;
                }
            }
        }
        // Nothing found away from the duals of the linear program says nothing yet.
        let away = share > 0.0 && centre.is_some();
        if proven < bound {
            bound = proven;
            proof = Some(duals.clone());
        }
        priced = Some(duals);
        let converged = added == 0
            && level == top
            && match smooth.as_deref_mut() {
                Some(smooth) => !away && !smooth.nearer(),
                None => !away || bound - value < 1e-6 * value.abs().max(1.0),
            };
        share = if added == 0 && away { 0.0 } else { usual };
        if level == top && top > QUICK && added > 0 {
            (level, before[0]) = (QUICK, f64::NEG_INFINITY);
        } else if level < top && added == 0 {
            level = if smoothed { top } else { level + 1 };
        }
        let duals = proof.as_ref().or(priced.as_ref()).cloned()?;
        last = Some(Generated { value, bound, duals });
        let better = beside.as_deref_mut().and_then(Beside::better);
        let mut wanted = goes_on(Step { bound, better });
        if let Some(beside) = beside.as_deref_mut()
            && wanted
            && !converged
            && beside.after(labels, smoothed, control)
        {
            wanted = goes_on(Step { bound, better: beside.better() });
        }
        if converged || !wanted || tired >= TIRED || top == QUICK && flat || control.seconds_left() <= 0.0 {
            return last;
        }
    }
    last
}

/// The master's value and duals, by the linear program or roughly so by `smooth`; the search beside goes on meanwhile, and
/// what it has seen comes into the pool. None when stopped.
fn solve_beside(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    smooth: Option<&mut Smooth>,
    beside: Option<&mut Beside<'_>>,
    control: &dyn Control,
) -> Option<(f64, Duals)> {
    let looked = smooth.as_deref().map(Smooth::looked);
    let solve = || match smooth {
        Some(smooth) => (control.seconds_left() > 0.0).then(|| smooth.improve(master, false, control)),
        None => (master.solve(control) == LpStatus::Optimal).then(|| (master.lp().objective(), master.duals())),
    };
    let Some(beside) = beside else { return solve() };
    let solved = std::thread::scope(|scope| {
        scope.spawn(|| beside.go_on(looked, control));
        solve()
    });
    for solution in beside.seen() {
        enumerate::pool(master, fleet, &solution);
    }
    solved
}
