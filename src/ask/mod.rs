//! Questions about a plan, each answered by planning again: what one more of something scarce would be worth, why a case is
//! where it is, what it would take to bring it in.
//!
//! A re-solve gives a plan and a proven bound. What is said of a difference is the interval that follows from them; it is said
//! as a plain number only where the interval is one.

mod reasons;
mod scarce;
mod unit;

pub use reasons::{Alternative, Holder, Opening, Reasons, Way, reasons};
pub use scarce::{Marginal, Scarcity, scarce};
pub use unit::{NewEscort, Unit};

use crate::plan::Plan;
use crate::plan::check::check;
use crate::planner::fixed::Fixes;
use crate::planner::{Unplannable, Until};
use crate::replan::{Effort, Ground, Repaired, repair_fixed};
use crate::units::Euro;
use crate::week::{CaseId, LegId, Week};
use serde::Serialize;
use std::collections::BTreeMap;
use vertrek_solver::problem::{Control, Settings};

/// What is known of an amount: it is proven to lie in here.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Range {
    /// At least.
    pub least: Euro,
    /// At most.
    pub most: Euro,
}

/// An interval this narrow, in euro, is a plain number.
const PLAIN: f64 = 1.0;

impl Range {
    fn new(least: Euro, most: Euro) -> Self {
        let (least, most) = (least.to_cents(), most.to_cents());
        // Rounding of two computations of the same plan is no interval.
        if most < least { Self { least: most, most: least } } else { Self { least, most } }
    }

    /// Whether it is known to the euro.
    pub fn is_plain(&self) -> bool {
        (self.most - self.least).get() <= PLAIN
    }
}

/// How questions are answered.
struct Asking<'a> {
    ground: Ground,
    settings: Settings,
    control: &'a dyn Control,
}

/// Differences are asked for, which are small beside what they are differences of: this share of the gap.
const FINER: f64 = 0.01;

impl<'a> Asking<'a> {
    fn new(ground: Ground, settings: &Settings, control: &'a dyn Control) -> Self {
        Self { ground, settings: Settings { gap: settings.gap * FINER, ..*settings }, control }
    }

    /// The best plan found from a plan, with what is fixed; none when there is none, or the checker finds fault with it.
    /// It has an equal share of the time left with `others` that come after it.
    fn again(&self, week: &Week, plan: &Plan, fixes: &Fixes, others: usize) -> Result<Option<Repaired>, Unplannable> {
        let left = self.control.seconds_left() * others as f64 / (others + 1) as f64;
        let control = Until { control: self.control, left };
        let made_at = plan.made_at;
        let found = repair_fixed(week, plan, self.ground, fixes, &self.settings, Effort::Proof, &control, made_at);
        match found {
            // What a pin says of the case that is asked about is put aside for the question.
            Ok(found) => {
                let report = check(week, &found.plan);
                let lawful = report.violations.iter().all(|violation| violation.rule.code().starts_with("K-"));
                Ok(lawful.then_some(found))
            }
            Err(Unplannable::Pins(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Cases other than one that depart otherwise in another plan, with their legs there; empty: not planned.
fn others(plan: &Plan, other: &Plan, but: Option<&CaseId>) -> BTreeMap<CaseId, Vec<LegId>> {
    let of = |plan: &Plan| -> BTreeMap<CaseId, Vec<LegId>> {
        plan.departures.iter().map(|row| (row.case.clone(), row.legs.clone())).collect()
    };
    let (was, mut is) = (of(plan), of(other));
    for case in was.keys() {
        is.entry(case.clone()).or_default();
    }
    is.retain(|case, legs| Some(case) != but && was.get(case).map_or(!legs.is_empty(), |before| before != legs));
    is
}
