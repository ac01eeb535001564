//! What becomes of a plan: it is executed many times against drawn endings, in a world that is not the planner's belief.
//!
//! Every policy meets the same draws (common random numbers), so that differences between policies are of the policies and
//! not of the dice. Nothing published says how absence depends on the length of notice; the share of absence that notice
//! causes is therefore a parameter that results are shown over, never one number.

mod draws;
mod execute;
mod policy;
mod prepared;
mod tally;
mod world;

pub use policy::{CannotPlan, Planned, Policy, plan_policy};
pub use tally::{Ended, Measured, Tally};
pub use world::{Assumption, BUILT_IN, Calibrated, Level, Target, World, WorldError, built_in, read_world};

use crate::risk::Interval;
use crate::units::Probability;
use crate::week::Week;
use draws::Draws;
use prepared::Prepared;

/// Shares of absence that notice causes, over which results are shown.
pub const NOTICE_SHARES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// How often, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    /// Runs.
    pub count: usize,
    /// Seed of every draw.
    pub seed: u64,
}

/// One policy in one world.
#[derive(Clone, Debug)]
pub struct PolicyResult {
    /// The policy.
    pub policy: Policy,
    /// Everything that was measured: mean over the runs with the 95% interval of that mean.
    pub measured: Vec<(Measured, Interval)>,
    /// The same less that of the first policy, run by run.
    pub less_first: Vec<(Measured, Interval)>,
}

/// All policies in one world, at one share of absence that notice causes.
#[derive(Clone, Debug)]
pub struct WorldResult {
    /// The share.
    pub notice_share: Probability,
    /// The world as it was used.
    pub world: Calibrated,
    /// One entry a policy, in the order given.
    pub policies: Vec<PolicyResult>,
}

/// Executes the plans in a world, for each share of absence that notice causes. `by_hand` matters where the world sets its level
/// or its reference notice by the plan by hand of the week.
pub fn simulate(week: &Week, by_hand: &Planned, plans: &[Planned], world: &World, runs: Runs) -> Vec<WorldResult> {
    let share = |&share: &f64| {
        let notice_share = Probability::new(share).unwrap_or_default();
        let calibrated = world.calibrated(week, &by_hand.plan, notice_share);
        let policies = at_share(week, plans, &calibrated, runs);
        WorldResult { notice_share, world: calibrated, policies }
    };
    NOTICE_SHARES.iter().map(share).collect()
}

/// Executes the plans in a world as it is.
pub fn at_share(week: &Week, plans: &[Planned], world: &Calibrated, runs: Runs) -> Vec<PolicyResult> {
    let prepared: Vec<Prepared> = plans.iter().map(|planned| Prepared::new(week, planned, world)).collect();
    let mut draws = Draws::new(week, runs.seed);
    let mut tallies: Vec<Vec<Tally>> = vec![Vec::with_capacity(runs.count); plans.len()];
    for run in 0..runs.count {
        draws.next(run);
        for (prepared, tallies) in prepared.iter().zip(&mut tallies) {
            tallies.push(execute::execute(prepared, &draws));
        }
    }
    let results = plans.iter().zip(&tallies).map(|(planned, own)| PolicyResult {
        policy: planned.policy,
        measured: Measured::ALL.iter().map(|&what| (what, what.mean(own))).collect(),
        less_first: Measured::ALL
            .iter()
            .map(|&what| (what, tallies.first().map_or(what.mean(own), |first| what.difference(own, first))))
            .collect(),
    });
    results.collect()
}
