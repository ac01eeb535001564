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
use crate::plan::check::{Violation, check};
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
/// What rounding to cents may make of two equal amounts.
const CENT: f64 = 0.011;

impl Range {
    fn new(least: Euro, most: Euro) -> Option<Self> {
        let (least, most) = (least.to_cents(), most.to_cents());
        // Rounding of two computations of the same plan is no interval; of a contradiction nothing is said.
        match (least - most).get() {
            over if over > CENT => None,
            over if over > 0.0 => Some(Self { least: most, most: least }),
            _ => Some(Self { least, most }),
        }
    }

    /// Whether it is known to the euro.
    pub fn is_plain(&self) -> bool {
        (self.most - self.least).get() <= PLAIN
    }
}

/// What came of planning again.
enum Answer {
    /// The best plan found.
    Found(Box<Repaired>),
    /// No plan.
    None {
        /// There is none; otherwise none was found in the time.
        proven: bool,
    },
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

    /// The best plan found from a plan, with what is fixed, in an equal share of the time left with `others` that come after.
    fn plainly(&self, week: &Week, plan: &Plan, fixes: &Fixes, others: usize) -> Result<Repaired, Unplannable> {
        let left = self.control.seconds_left() * others as f64 / (others + 1) as f64;
        let control = Until { control: self.control, left };
        repair_fixed(week, plan, self.ground, fixes, &self.settings, Effort::Proof, &control, plan.made_at)
    }

    /// The same, in which the checker finds no fault. What a pin says of the case that is asked about is put aside for the
    /// question.
    fn again(
        &self,
        week: &Week,
        plan: &Plan,
        fixes: &Fixes,
        about: Option<&CaseId>,
        others: usize,
    ) -> Result<Answer, Unplannable> {
        match self.plainly(week, plan, fixes, others) {
            Ok(found) => {
                let aside = |violation: &Violation| {
                    let of_case = about.is_some_and(|case| violation.subject.is_case(case));
                    of_case && violation.rule.code().starts_with("K-")
                };
                let lawful = check(week, &found.plan).violations.iter().all(aside);
                Ok(if lawful { Answer::Found(Box::new(found)) } else { Answer::None { proven: false } })
            }
            Err(error @ (Unplannable::Pins(_) | Unplannable::Asked { .. })) => {
                Ok(Answer::None { proven: error.is_proven() })
            }
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
