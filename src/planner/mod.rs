//! From a week to its plan: the options become a problem of pure mathematics, its solution becomes departures, teams,
//! duties and routes, and every case that is left out gets a reason that was verified.

pub(crate) mod assemble;
mod by_hand;
mod in_steps;
pub(crate) mod insertion;
pub(crate) mod model;
mod money;
pub(crate) mod why;

pub use by_hand::plan_by_hand;
pub use in_steps::plan_in_steps;

use crate::options;
use crate::plan::Plan;
use crate::units::Instant;
use crate::week::Week;
use vertrek_solver::problem::{Control, Settings};
use vertrek_solver::solve;
use vertrek_solver::validate::Malformed;

/// A week whose figures make no problem that can be computed with: the reader admits nothing that should come to this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the week makes no problem that can be solved: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Unplannable(pub(crate) Vec<Malformed>);

/// Plans a week: the best plan found within the settings and the control, with a proven bound.
///
/// `made_at` is written into the plan as it is; `seconds` is left at 0 for the caller, who has a clock, to fill in. Whatever
/// is missing from the folder (cases, escorts, vehicles) is missing from the plan; it is never an error.
///
/// # Errors
/// [`Unplannable`] when the figures of the week are too large to be computed with.
pub fn plan_week(
    week: &Week,
    settings: &Settings,
    control: &dyn Control,
    made_at: Instant,
) -> Result<Plan, Unplannable> {
    let options = options::build(week);
    let model = model::build(week, &options);
    let outcome = solve(&model.problem, settings, control, None).map_err(Unplannable)?;
    Ok(assemble::plan(&assemble::Parts { week, options: &options, model: &model }, &outcome, made_at))
}
