//! Planning in steps, as departments do it one after another: flights first, then escorts for those flights, then vehicles
//! for what has escorts. Each step keeps to what the one before has decided and can only drop cases. Lawful, and what
//! planning all of it at once is compared with.

use super::assemble::{self, Parts};
use super::{Unplannable, Until, model};
use crate::options;
use crate::plan::Plan;
use crate::units::Instant;
use crate::week::Week;
use vertrek_solver::problem::{Choice, ChoiceId, Control, Ending, Outcome, Problem, Settings, Solution, Switch};
use vertrek_solver::solve;

/// Plans a week in steps. Each has a third of the time that the control gives. The bound printed with the plan is
/// the plain one of the whole week: every case at its best.
///
/// # Errors
/// [`Unplannable`] when the figures of the week are too large to be computed with.
pub fn plan_in_steps(
    week: &Week,
    settings: &Settings,
    control: &dyn Control,
    made_at: Instant,
) -> Result<Plan, Unplannable> {
    let options = options::build(week);
    let model = model::build_whole(week, &options);
    let whole = &model.problem;
    let time = control.seconds_left();
    let step = |problem: &Problem, left: f64| {
        let control = Until { control, left: left * time };
        solve(problem, settings, &control, None).map(|outcome| outcome.solution).map_err(Unplannable::Figures)
    };
    let every: Vec<ChoiceId> = (0..whole.choices.len()).collect();
    let flown = pick(&every, &step(&flights(whole), 2.0 / 3.0)?);
    let staffed = step(&without_rides(&only(whole, &flown)), 1.0 / 3.0)?;
    let escorted = pick(&flown, &staffed);
    let mut driven = step(&rostered(only(whole, &escorted), &staffed), 0.0)?;
    driven.choices = pick(&escorted, &driven);
    let outcome = Outcome { solution: driven, bound: vertrek_solver::plain_bound(whole), ending: Ending::Stopped };
    Ok(assemble::plan(&Parts { week, options: &options, model: &model }, &outcome, made_at))
}

/// The choices of a solution, by their place among those offered to it.
fn pick(offered: &[ChoiceId], solution: &Solution) -> Vec<ChoiceId> {
    solution.choices.iter().map(|&choice| offered[choice]).collect()
}

/// Only some of the choices.
fn only(problem: &Problem, choices: &[ChoiceId]) -> Problem {
    Problem { choices: choices.iter().map(|&choice| problem.choices[choice].clone()).collect(), ..problem.clone() }
}

/// Seats, slots and arrivals alone: nobody has to be escorted or driven.
fn flights(problem: &Problem) -> Problem {
    let alone = |choice: &Choice| Choice { needs: Vec::new(), task: None, ..choice.clone() };
    let off = |_: &Switch| Switch { needs: Vec::new(), excludes: Vec::new() };
    Problem {
        choices: problem.choices.iter().map(alone).collect(),
        switches: problem.switches.iter().map(off).collect(),
        jobs: Vec::new(),
        demands: Vec::new(),
        crews: Vec::new(),
        tasks: Vec::new(),
        vehicles: Vec::new(),
        ..problem.clone()
    }
}

/// Everything but the rides.
fn without_rides(problem: &Problem) -> Problem {
    let walking = |choice: &Choice| Choice { task: None, ..choice.clone() };
    Problem {
        choices: problem.choices.iter().map(walking).collect(),
        tasks: Vec::new(),
        vehicles: Vec::new(),
        ..problem.clone()
    }
}

/// With the escorts on the work they have been given, or on none.
fn rostered(mut problem: Problem, staffed: &Solution) -> Problem {
    for (crew, member) in problem.crews.iter_mut().enumerate() {
        let given = staffed.rosters.iter().find(|roster| roster.0 == crew).map(|roster| &roster.1);
        member.jobs.retain(|job| given.is_some_and(|jobs| jobs.contains(job)));
        member.extra.retain(|extra| member.jobs.contains(&extra.0));
    }
    for demand in &mut problem.demands {
        demand.crews.retain(|&crew| problem.crews[crew].jobs.contains(&demand.job));
    }
    problem
}
