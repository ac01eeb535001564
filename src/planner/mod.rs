//! From a week to its plan: the options become a problem of pure mathematics, its solution becomes departures, teams,
//! duties and routes, and every case that is left out gets a reason that was verified.

pub(crate) mod assemble;
mod by_hand;
pub(crate) mod fixed;
mod in_steps;
pub(crate) mod insertion;
pub(crate) mod model;
mod money;
pub(crate) mod pins;
pub(crate) mod why;

pub use by_hand::plan_by_hand;
pub use in_steps::plan_in_steps;
pub use pins::PinRefusal;

use crate::lang::Lang;
use crate::options::{self, Stakes};
use crate::plan::Plan;
use crate::units::Instant;
use crate::week::Week;
use fixed::{Fixes, premium_of};
use vertrek_solver::problem::{Control, Outcome, Progress, Settings};
use vertrek_solver::solve;
use vertrek_solver::validate::Malformed;

/// Why a week cannot be planned.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.in_lang(Lang::En))]
pub enum Unplannable {
    /// Its figures make no problem that can be computed with: the reader admits nothing that should come to this.
    Figures(Vec<Malformed>),
    /// Pins break hard rules, or do not go together.
    Pins(Vec<PinRefusal>),
}

impl Unplannable {
    /// What is wrong, everything at once.
    pub fn in_lang(&self, lang: Lang) -> String {
        match self {
            Self::Figures(found) => {
                let found = found.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
                lang.pick(
                    format!("the week makes no problem that can be solved: {found}"),
                    format!("de week levert geen oplosbaar probleem op: {found}"),
                )
            }
            Self::Pins(refused) => {
                let count = refused.len();
                let list: Vec<String> = refused.iter().map(|refusal| refusal.in_lang(lang)).collect();
                lang.pick(
                    format!("pins are refused ({count}); nothing has been planned\n{}", list.join("\n")),
                    format!("pins worden geweigerd ({count}); er is niets gepland\n{}", list.join("\n")),
                )
            }
        }
    }
}

/// A control that ends sooner.
pub(crate) struct Until<'a> {
    pub(crate) control: &'a dyn Control,
    /// Seconds to leave to what comes after.
    pub(crate) left: f64,
}

impl Control for Until<'_> {
    fn seconds_left(&self) -> f64 {
        self.control.seconds_left() - self.left
    }
    fn report(&self, _: Progress) {}
}

/// Plans a week: the best plan found within the settings and the control, with a proven bound.
///
/// `made_at` is written into the plan as it is; `seconds` is left at 0 for the caller, who has a clock, to fill in. Whatever
/// is missing from the folder (cases, escorts, vehicles) is missing from the plan; it is never an error.
///
/// # Errors
/// [`Unplannable`] when the figures of the week are too large to be computed with, or a pin breaks a rule.
pub fn plan_week(
    week: &Week,
    settings: &Settings,
    control: &dyn Control,
    made_at: Instant,
) -> Result<Plan, Unplannable> {
    let fixes = Fixes::of(week);
    let options = options::build_with(week, &fixes.stakes(Stakes::default()));
    let mut model = model::build(week, &options, &fixes);
    let forced = fixes.forced();
    if forced.is_empty() {
        let outcome = solve(&model.problem, settings, control, None).map_err(Unplannable::Figures)?;
        return Ok(assemble::plan(&assemble::Parts { week, options: &options, model: &model }, &outcome, made_at));
    }
    let parts = assemble::Parts { week, options: &options, model: &model };
    pins::refuse(&parts, &fixes, &|_| None)?;
    let premiums = model.force(&forced);
    let parts = assemble::Parts { week, options: &options, model: &model };
    let start = pins::together(&parts, &forced, &premiums, settings, control)?;
    let scaled = pins::scaled(settings, &start, premium_of(&premiums, &start));
    let found = solve(&model.problem, &scaled, control, Some(&start)).map_err(Unplannable::Figures)?;
    let bound = found.bound - premium_of(&premiums, &found.solution);
    Ok(assemble::plan(&parts, &Outcome { bound, ..found }, made_at))
}
