//! Column generation: solves the master's linear program, prices what it lacks, and proves a bound.
//!
//! The bound is Lagrange's: the master's value plus, for every crew and vehicle, the most that one more column of it could
//! bring (each has at most one column in a solution). Rosters are priced exactly; routes exactly over the closure of the
//! roads, on which leaving a stop out never costs, so that tasks without reward need not be looked at. Where the roads are
//! not their own closure the bound is a little weaker and still valid.

use crate::fleet::Fleet;
use crate::lp::LpStatus;
use crate::master::{Duals, Master};
use crate::pricing::rosters;
use crate::pricing::routes::{self, Effort, Found, Priced, Request};
use crate::problem::{Control, CrewId, TravelMatrix, VehicleId};
use crate::schedule::time_route;
use std::collections::BTreeSet;

/// Reduced values below this count as none.
const TOLERANCE: f64 = 1e-5;

/// How pricing is done.
#[derive(Clone, Copy)]
pub(crate) struct Pricing<'a> {
    /// Threads for the routes.
    pub(crate) threads: usize,
    /// Labels a vehicle may make in exact pricing.
    pub(crate) max_labels: usize,
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
}

/// Prices the rosters of every crew that is not `closed`; exact.
pub(crate) fn price_rosters(master: &mut Master<'_>, duals: &Duals, closed: &[bool]) -> Round {
    let problem = master.problem();
    let mut round = Round { added: 0, slack: 0.0 };
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
    rewards: &[f64],
    roads: &TravelMatrix,
    template: (Effort, f64, usize, usize),
    pricing: Pricing<'_>,
) -> Vec<Priced> {
    let (effort, threshold, wanted, max_labels) = template;
    let (threads, control) = (pricing.threads, Some(pricing.control));
    let one = |&(vehicle, vehicle_dual): &(VehicleId, f64)| {
        let critical = if effort == Effort::Exact { fleet.critical(vehicle) } else { BTreeSet::new() };
        let (drives, critical) = (&fleet.drives, &critical);
        let request =
            Request { vehicle, rewards, roads, drives, threshold, vehicle_dual, effort, wanted, max_labels, critical, control };
        let priced = routes::price(fleet.problem, &fleet.reachable[vehicle], &request);
        if effort == Effort::Exact {
            fleet.learn(vehicle, priced.critical.clone());
        }
        priced
    };
    if threads <= 1 || jobs.len() < 2 {
        return jobs.iter().map(one).collect();
    }
    // Striped, so that neighbours in time share the load; put back in order afterwards.
    let mut results: Vec<Option<Priced>> = vec![None; jobs.len()];
    let stripes: Vec<Vec<(usize, Priced)>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|t| {
                let one = &one;
                scope.spawn(move || (t..jobs.len()).step_by(threads).map(|i| (i, one(&jobs[i]))).collect::<Vec<_>>())
            })
            .collect();
        handles.into_iter().filter_map(|h| h.join().ok()).collect()
    });
    for (i, priced) in stripes.into_iter().flatten() {
        results[i] = Some(priced);
    }
    // A thread that panicked leaves its vehicles without a bound.
    let lost = || Priced { bound: f64::INFINITY, ..Priced::default() };
    results.into_iter().map(|r| r.unwrap_or_else(lost)).collect()
}

/// Adds the routes found for a vehicle whose true reduced value is positive.
fn add_found(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    vehicle: VehicleId,
    dual: f64,
    rewards: &[f64],
    found: Vec<Found>,
) -> usize {
    let mut added = 0;
    for route in found {
        let Some(plan) = time_route(fleet.problem, vehicle, &route.visits) else { continue };
        let gain: f64 = route.visits.iter().filter(|v| v.pickup).map(|v| rewards[v.task]).sum();
        if gain - plan.cost - dual > TOLERANCE {
            added += usize::from(master.add_route(vehicle, route.visits, plan.cost).1);
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
    let rewards = master.task_rewards(duals);
    let jobs: Vec<(VehicleId, f64)> = (0..fleet.problem.vehicles.len())
        .filter(|&v| !closed.get(v).copied().unwrap_or(false))
        .map(|v| (v, master.vehicle_dual(duals, v)))
        .collect();
    let exact = effort == Effort::Exact;
    let roads = if exact { &fleet.closure } else { &fleet.problem.travel };
    let labels = if exact { pricing.max_labels } else { 200_000 };
    let priced = routes_of(fleet, &jobs, &rewards, roads, (effort, TOLERANCE, 6, labels), pricing);
    let mut round = Round { added: 0, slack: 0.0 };
    if std::env::var("DBG").is_ok() {
        let total: usize = priced.iter().map(|p| p.labels).sum();
        let most = priced.iter().enumerate().max_by_key(|p| p.1.labels).map(|p| (p.0, p.1.labels));
        let cut = priced.iter().filter(|p| p.bound.is_infinite()).count();
        let pos = rewards.iter().filter(|r| **r > 1e-7).count();
        eprintln!("{effort:?} labels {total} most {most:?} cut {cut} positive rewards {pos} of {} left {:.1}", rewards.len(), pricing.control.seconds_left());
    }
    for ((vehicle, dual), result) in jobs.into_iter().zip(priced) {
        round.slack += if exact { fleet.kinds.members[vehicle].len() as f64 * result.bound.max(0.0) } else { f64::INFINITY };
        round.added += add_found(master, fleet, vehicle, dual, &rewards, result.routes);
    }
    round
}

/// Efforts from quick to exact.
const LADDER: [Effort; 3] = [Effort::Coarse, Effort::Quick, Effort::Exact];

/// What generation reached.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    /// The master's value at the end.
    pub(crate) value: f64,
    /// Best proven bound.
    pub(crate) bound: f64,
    /// Duals that prove the bound (of the last solve while there is none).
    pub(crate) duals: Duals,
    /// Nothing was left to price.
    pub(crate) converged: bool,
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

/// Generates columns until none is missing, or `steps` rounds, or the control says stop; `top` is the highest effort (index into the ladder).
pub(crate) fn generate(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    closed: &Closed,
    (steps, top): (usize, usize),
    pricing: Pricing<'_>,
    control: &dyn Control,
    mut told: impl FnMut(f64, f64),
) -> Option<Generated> {
    let mut level = 0;
    let mut bound = f64::INFINITY;
    let mut proof: Option<Duals> = None;
    let mut last = None;
    for _ in 0..steps {
        if master.solve(control) != LpStatus::Optimal {
            return last;
        }
        let value = master.lp().objective();
        let duals = master.duals();
        let rosters = price_rosters(master, &duals, &closed.crews);
        let mut added = rosters.added;
        let mut slack = f64::INFINITY;
        loop {
            let round = price_routes(master, fleet, &duals, &closed.vehicles, LADDER[level], pricing);
            added += round.added;
            slack = slack.min(round.slack);
            if round.added > 0 || level == top || added > 0 && level + 1 == top {
                break;
            }
            level += 1;
        }
        if value + rosters.slack + slack < bound {
            bound = value + rosters.slack + slack;
            proof = Some(duals.clone());
        }
        told(value, bound);
        let converged = added == 0;
        if level == top && !converged {
            level = top.saturating_sub(1);
        }
        let duals = proof.clone().unwrap_or(duals);
        last = Some(Generated { value, bound, duals, converged });
        if converged || control.seconds_left() <= 0.0 {
            return last;
        }
    }
    last
}
