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
use crate::planner::together::{Musts, together, wish_of};
use crate::planner::{Unplannable, Until, pins};
use crate::units::{Euro, Instant};
use crate::week::Week;
use model::RepairModel;
use standing::Standing;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{Control, Ending, Outcome, Settings, Solution};
use vertrek_solver::{Wish, gap, mend, plain_bound, solve};

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
    /// A short search around what changed, longer where much has; the bound is a plain one.
    Quick,
    /// The short search, and then the full one until its settings or its control end it.
    Proof,
}

/// Relative gap below which a repair counts as optimal, as in planning.
const OPTIMAL: f64 = 1e-6;
/// Rounds of the short search for each ride, duty and case of the plan under way.
const ROUNDS: u64 = 24;
/// Rounds at least.
const LEAST: u64 = 4_000;
/// How many times as many follow at most where nothing else does and much of the plan has gone: some seconds of a week of
/// 260 cases.
const MORE: u64 = 20;

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
    // What is held is decided without the pins: none of them lets go of anything.
    let mut released =
        if forced.is_empty() { BTreeSet::new() } else { let_go(week, earlier, ground, settings, effort, control)? };
    for round in 0_u32.. {
        let standing = ground.standing(week, earlier, &released);
        let mut repair = model::build(week, earlier, &standing, fixes);
        let parts = Parts { week, options: &repair.options, model: &repair.model };
        if round == 0 {
            pins::refuse(&parts, fixes, &|case| locked(week, &standing, fixes, case))?;
        }
        if forced.is_empty() {
            repair.force();
            let outcome = search(&repair, settings, effort, control)?;
            // Something that is held no longer goes with the rest of what is held: it is let go.
            let before = released.len();
            released.extend(repair.broken(&standing, &outcome.solution));
            if released.len() == before {
                return Ok(finish(week, earlier, &standing, &repair, &outcome, made_at));
            }
            continue;
        }
        let musts = Musts { held: &repair.held, work: &repair.held_work, forced: &forced, wish: &repair.wish };
        let mut start = pins::together(&parts, musts, settings, control)?;
        repair.force();
        start.objective += repair.premiums.within(&start);
        let outcome = search_from(&repair, start, settings, effort, control)?;
        let mut missed = pins::missed(&repair.model.problem, &forced, &outcome.solution);
        if !repair.broken(&standing, &outcome.solution).is_empty() {
            missed.clone_from(&forced);
        }
        if !missed.is_empty() {
            return Err(pins::lost(week, &missed));
        }
        return Ok(finish(week, earlier, &standing, &repair, &outcome, made_at));
    }
    Err(pins::lost(week, &forced))
}

/// Cases that are held and do not go with the rest of what is held.
fn let_go(
    week: &Week,
    earlier: &Plan,
    ground: Ground,
    settings: &Settings,
    effort: Effort,
    control: &dyn Control,
) -> Result<BTreeSet<usize>, Unplannable> {
    let mut released = BTreeSet::new();
    loop {
        let standing = ground.standing(week, earlier, &released);
        let mut repair = model::build(week, earlier, &standing, &Fixes::default());
        let musts = Musts { held: &repair.held, work: &repair.held_work, forced: &BTreeSet::new(), wish: &repair.wish };
        let found = together(&repair.model.problem, musts, settings, control).map_err(Unplannable::Figures)?;
        if found.missed.is_empty() {
            return Ok(released);
        }
        repair.force();
        let control = Until { control, left: control.seconds_left() / 2.0 };
        let outcome = search(&repair, settings, effort, &control)?;
        let before = released.len();
        released.extend(repair.broken(&standing, &outcome.solution));
        if released.len() == before {
            return Ok(released);
        }
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
    let start = mended(repair, &repair.wish, settings, effort, control)?;
    on_from(repair, start, settings, effort, control)
}

/// The same from a solution with all that must happen in it, which what was planned is put around.
fn search_from(
    repair: &RepairModel,
    start: Solution,
    settings: &Settings,
    effort: Effort,
    control: &dyn Control,
) -> Result<Outcome, Unplannable> {
    let problem = &repair.model.problem;
    let musts = wish_of(problem, &start);
    let placed: BTreeSet<usize> = musts.choices.iter().map(|(group, _)| *group).collect();
    let others = repair.wish.choices.iter().filter(|(group, _)| !placed.contains(group)).cloned();
    let choices: Vec<_> = musts.choices.iter().cloned().chain(others).collect();
    // Routes and people as they were, with what must happen put in; or else as they are in the start.
    let as_planned = Wish { choices: choices.clone(), ..repair.wish.clone() };
    let found = mended(repair, &as_planned, settings, effort, control)?;
    if found.objective > start.objective {
        return on_from(repair, found, settings, effort, control);
    }
    let mut routes: BTreeMap<usize, Vec<(usize, bool)>> = repair.wish.routes.iter().cloned().collect();
    routes.values_mut().for_each(|stops| stops.retain(|(group, _)| !placed.contains(group)));
    routes.extend(musts.routes);
    let mut rosters: BTreeMap<usize, Vec<usize>> = repair.wish.rosters.iter().cloned().collect();
    rosters.extend(musts.rosters);
    let otherwise = repair.wish.otherwise;
    let wish =
        Wish { choices, routes: routes.into_iter().collect(), rosters: rosters.into_iter().collect(), otherwise };
    let found = mended(repair, &wish, settings, effort, control)?;
    let start = if found.objective > start.objective { found } else { start };
    on_from(repair, start, settings, effort, control)
}

/// A short search around a wish.
fn mended(
    repair: &RepairModel,
    wish: &Wish,
    settings: &Settings,
    effort: Effort,
    control: &dyn Control,
) -> Result<Solution, Unplannable> {
    let more = if effort == Effort::Quick { MORE } else { 0 };
    let rounds = (ROUNDS * (wish.choices.len() + wish.rosters.len()) as u64).max(LEAST);
    mend(&repair.model.problem, wish, settings, rounds, more, control).map_err(Unplannable::Figures)
}

/// From a start, as far as the effort goes.
fn on_from(
    repair: &RepairModel,
    start: Solution,
    settings: &Settings,
    effort: Effort,
    control: &dyn Control,
) -> Result<Outcome, Unplannable> {
    if effort == Effort::Quick {
        let bound = plain_bound(&repair.model.problem).max(start.objective);
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
