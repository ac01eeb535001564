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
pub(crate) mod together;
pub(crate) mod why;

pub use by_hand::plan_by_hand;
pub use in_steps::plan_in_steps;
pub use pins::PinRefusal;

use crate::lang::Lang;
use crate::options::{self, Stakes};
use crate::plan::Plan;
use crate::units::Instant;
use crate::week::Week;
use fixed::{Fixes, Premiums};
use std::collections::BTreeSet;
use together::Musts;
use vertrek_solver::Wish;
use vertrek_solver::problem::{Control, Ending, Outcome, Progress, Settings};
use vertrek_solver::validate::Malformed;
use vertrek_solver::{gap, solve};

/// Relative gap below which a plan counts as optimal.
const OPTIMAL: f64 = 1e-6;

/// Why a week cannot be planned.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.in_lang(Lang::En))]
pub enum Unplannable {
    /// Its figures make no problem that can be computed with: the reader admits nothing that should come to this.
    Figures(Vec<Malformed>),
    /// Pins break hard rules, or do not go together.
    Pins(Vec<PinRefusal>),
    /// No plan has what a question asks for.
    Asked {
        /// There is none; otherwise none was found in the time given.
        proven: bool,
    },
}

impl Unplannable {
    /// Whether it is proven that there is no plan; otherwise none was found in the time given.
    pub fn is_proven(&self) -> bool {
        match self {
            Self::Figures(_) => true,
            // One pin that cannot be obeyed is enough.
            Self::Pins(refused) => refused.iter().any(|refusal| refusal.proven),
            Self::Asked { proven } => *proven,
        }
    }

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
            Self::Asked { proven: true } => lang.pick("there is no such plan", "zo'n plan is er niet").to_owned(),
            Self::Asked { proven: false } => lang
                .pick("no such plan was found in the time given", "in de gegeven tijd is zo'n plan niet gevonden")
                .to_owned(),
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
    let musts = Musts { held: &BTreeSet::new(), work: &BTreeSet::new(), forced: &forced, wish: &Wish::default() };
    let mut start = pins::together(&parts, musts, settings, control)?;
    let premiums = Premiums::of(&model.problem, model.choices_of(&forced), BTreeSet::new());
    premiums.put_into(&mut model.problem);
    start.objective += premiums.within(&start);
    // The search fills the rest in: better than what is put in one by one where it adds least.
    let scaled = pins::scaled(settings, &start, premiums.within(&start));
    let found = solve(&model.problem, &scaled, control, Some(&start)).map_err(Unplannable::Figures)?;
    let missed = pins::missed(&model.problem, &forced, &found.solution);
    if !missed.is_empty() {
        return Err(pins::lost(week, &missed));
    }
    let premium = premiums.within(&found.solution);
    let bound = found.bound - premium;
    // What is optimal to a share of the premiums need not be to a share of the plan.
    let proven = gap(found.solution.objective - premium, bound) <= OPTIMAL;
    let ending = if found.ending == Ending::Optimal && !proven { Ending::Gap } else { found.ending };
    let parts = assemble::Parts { week, options: &options, model: &model };
    Ok(assemble::plan(&parts, &Outcome { bound, ending, ..found }, made_at))
}
