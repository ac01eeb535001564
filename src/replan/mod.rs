//! Repair of a plan that is under way (section 10 of the specification): what stands, what changing it costs, the best plan
//! less those costs, and the difference as data.

mod difference;
mod ground;
mod model;
mod offer;
mod standing;
mod wish;

pub use ground::Ground;
pub(crate) use ground::{Present, is_held, worth};
pub use offer::{Offer, offers};

use crate::options::Options;
use crate::plan::Plan;
use crate::plan::changes::{Changes, Happened};
use crate::plan::check::RuleCode;
use crate::planner::assemble::{self, Parts};
use crate::planner::fixed::Fixes;
use crate::planner::{Unplannable, pins};
use crate::units::{Euro, Instant};
use crate::week::Week;
use model::RepairModel;
use standing::Standing;
use std::collections::BTreeSet;
use vertrek_solver::problem::{Control, Ending, Outcome, Settings, Solution};
use vertrek_solver::{gap, mend, plain_bound, solve};

/// A repaired plan and what is different in it.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// The plan.
    pub plan: Plan,
    /// The difference from the earlier one.
    pub changes: Changes,
}

/// How long a repair looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// A short search around what changed; the bound is a plain one.
    Quick,
    /// The short search, and then the full one until its settings or its control end it.
    Proof,
}

/// Relative gap below which a repair counts as optimal, as in planning.
const OPTIMAL: f64 = 1e-6;
/// Rounds of the short search for each ride, duty and case of the plan under way.
const ROUNDS: u64 = 12;
/// Rounds at least.
const LEAST: u64 = 2_000;

/// Repairs an earlier plan against a week at its `now`, to which events have been applied already.
///
/// # Errors
/// [`Unplannable`] when the figures of the week are too large to be computed with, or a pin breaks a rule.
pub fn repair(
    week: &Week,
    earlier: &Plan,
    settings: &Settings,
    effort: Effort,
    control: &dyn Control,
    made_at: Instant,
) -> Result<Repaired, Unplannable> {
    repair_fixed(week, earlier, Ground::UnderWay, &Fixes::of(week), settings, effort, control, made_at)
}

/// The same with more fixed than the pins of the week say.
#[expect(clippy::too_many_arguments, reason = "a repair with what is fixed; no two of these belong together")]
pub(crate) fn repair_fixed(
    week: &Week,
    earlier: &Plan,
    ground: Ground,
    fixes: &Fixes,
    settings: &Settings,
    effort: Effort,
    control: &dyn Control,
    made_at: Instant,
) -> Result<Repaired, Unplannable> {
    let forced = fixes.forced();
    let mut released = BTreeSet::new();
    loop {
        let standing = ground.standing(week, earlier, &released);
        let repair = model::build(week, earlier, &standing, fixes);
        let parts = Parts { week, options: &repair.options, model: &repair.model };
        if released.is_empty() {
            pins::refuse(&parts, fixes, &|case| locked(week, &standing, fixes, case))?;
        }
        let mut outcome = search(&repair, settings, effort, control)?;
        // Something that is held no longer goes with the rest of what is held: it is let go.
        let broken = repair.broken(&standing, &outcome.solution);
        let before = released.len();
        released.extend(broken);
        if released.len() > before {
            continue;
        }
        if !pins::kept(&repair.model.problem, &forced, &outcome.solution) {
            let start = pins::together(&parts, &forced, &repair.held_choices, settings, control)?;
            outcome = go_on(&repair, &start, settings, control)?;
        }
        return Ok(finish(week, earlier, &standing, &repair, &outcome, made_at));
    }
}

/// The rule that keeps a case as it is, where a pin says otherwise.
fn locked(week: &Week, standing: &Standing, fixes: &Fixes, case: usize) -> Option<RuleCode> {
    let (held, fixed) = (standing.cases.get(&case).filter(|case| case.held)?, fixes.get(case)?);
    let other_legs = fixed.legs.is_some() && fixed.legs != held.positions;
    let drives = held.ride.as_ref().and_then(|ride| week.shifts.position(&ride.shift));
    let other_shift = fixed.shift.is_some() && drives.is_some() && fixed.shift != drives;
    (fixed.out || other_legs || other_shift).then_some(RuleCode::Locked)
}

fn search(
    repair: &RepairModel,
    settings: &Settings,
    effort: Effort,
    control: &dyn Control,
) -> Result<Outcome, Unplannable> {
    let problem = &repair.model.problem;
    let rounds = (ROUNDS * (repair.wish.choices.len() + repair.wish.rosters.len()) as u64).max(LEAST);
    let start = mend(problem, &repair.wish, settings, rounds, control).map_err(Unplannable::Figures)?;
    if effort == Effort::Quick {
        let bound = plain_bound(problem).max(start.objective);
        return Ok(Outcome { solution: start, bound, ending: Ending::Stopped });
    }
    go_on(repair, &start, settings, control)
}

/// The full search from a start.
fn go_on(
    repair: &RepairModel,
    start: &Solution,
    settings: &Settings,
    control: &dyn Control,
) -> Result<Outcome, Unplannable> {
    // The gap is asked of what the repair is worth; premiums would make any gap look small.
    let premium = start.objective - repair.worth(start.objective, start);
    let scaled = pins::scaled(settings, start, premium);
    solve(&repair.model.problem, &scaled, control, Some(start)).map_err(Unplannable::Figures)
}

fn finish(
    week: &Week,
    earlier: &Plan,
    standing: &Standing,
    repair: &RepairModel,
    outcome: &Outcome,
    made_at: Instant,
) -> Repaired {
    let options: &Options = &repair.options;
    let parts = Parts { week, options, model: &repair.model };
    let mut plan = assemble::plan(&parts, outcome, made_at);
    let changes = difference::changes(&parts, earlier, standing, &plan, &outcome.solution);
    let change_costs: Euro = changes.iter().map(|change| change.cost).sum::<Euro>().to_cents();
    let worth = (plan.objective - change_costs).to_cents();
    let bound = repair.bound(outcome.bound, &outcome.solution).max(worth.get());
    let bound = Euro::new((bound * 100.0).ceil() / 100.0);
    // What plan.json calls bound is of its own objective: that of the repair with this plan's change costs put back.
    plan.bound = Euro::new((bound + change_costs).get().max(plan.objective.get())).to_cents();
    plan.gap = gap(plan.objective.get(), plan.bound.get());
    plan.status = if gap(worth.get(), bound.get()) <= OPTIMAL.max(0.02 / worth.get().abs().max(1.0)) {
        crate::plan::Status::Optimal
    } else if outcome.ending == Ending::Stopped {
        crate::plan::Status::TimeLimit
    } else {
        crate::plan::Status::Gap
    };
    let happened = |event: &crate::week::Event| Happened {
        event: event.id.clone(),
        at: event.at,
        kind: event.kind,
        subject: event.subject.clone(),
    };
    let changes = Changes {
        week: week.week.clone(),
        made_at,
        input_digest: week.input_digest.clone(),
        earlier_made_at: earlier.made_at,
        events: week.events.iter().map(happened).collect(),
        objective: plan.objective,
        change_costs,
        repair_objective: worth,
        repair_bound: bound,
        changes,
    };
    Repaired { plan, changes }
}
