//! Ways of planning that are compared.

use crate::plan::Plan;
use crate::plan::check::check;
use crate::planner::{Unplannable, plan_by_hand, plan_week};
use crate::rules::{REPORTED_NOTICE, RiskBelief, RiskUse};
use crate::units::Hours;
use crate::week::{Measure, Week};
use std::collections::BTreeMap;
use std::fmt;
use vertrek_solver::problem::{Control, Settings};

/// A way of planning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Policy {
    /// First come, first flight, told as early as possible, a vehicle for each ride, no re-check.
    ByHand,
    /// This program.
    Planner,
    /// This program, without looking again at T-48.
    PlannerNoRecheck,
    /// This program with `use = "none"`.
    PlannerNoRisk,
    /// This program with the hazards of the measures exchanged: the worst believed the best.
    PlannerWrongBelief,
    /// This program, with at least so many hours of notice, as little above it as slots allow.
    Notice(u32),
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::ByHand,
        Self::Planner,
        Self::PlannerNoRecheck,
        Self::PlannerNoRisk,
        Self::PlannerWrongBelief,
        Self::Notice(36),
        Self::Notice(48),
        Self::Notice(72),
        Self::Notice(96),
        Self::Notice(168),
    ];

    /// The policy of a name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.to_string() == word)
    }

    /// Whether it looks again 48 hours ahead.
    pub fn rechecks(self) -> bool {
        !matches!(self, Self::ByHand | Self::PlannerNoRecheck)
    }

    /// The week as the policy sees it.
    fn view(self, week: &Week) -> Result<Week, CannotPlan> {
        let mut view = week.clone();
        match self {
            Self::ByHand | Self::Planner | Self::PlannerNoRecheck => {}
            Self::PlannerNoRisk => view.risk.usage = RiskUse::None,
            Self::PlannerWrongBelief => view.risk = exchanged(&week.risk),
            Self::Notice(hours) => {
                let least = f64::from(hours);
                // Less notice than the week's own rule is only to be had under the dated rule that is reported.
                let reported = least >= REPORTED_NOTICE.value && week.start.date_naive() >= REPORTED_NOTICE.from;
                if least < week.rules.notice_min.get() && !reported {
                    return Err(CannotPlan::Notice { policy: self });
                }
                view.rules.notice_min = Hours::new(least).unwrap_or_default();
            }
        }
        Ok(view)
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByHand => f.pad("by-hand"),
            Self::Planner => f.pad("planner"),
            Self::PlannerNoRecheck => f.pad("planner-no-recheck"),
            Self::PlannerNoRisk => f.pad("planner-no-risk"),
            Self::PlannerWrongBelief => f.pad("planner-wrong-belief"),
            Self::Notice(hours) => f.pad(&format!("notice-{hours}")),
        }
    }
}

/// A belief with the hazards of the measures in reverse order of absence.
fn exchanged(belief: &RiskBelief) -> RiskBelief {
    let mut order: Vec<Measure> = belief.measures.keys().copied().collect();
    let absence =
        |measure: &Measure| belief.measures.get(measure).map_or(0.0, |h| h.base.get() + 7.0 * h.per_day.get());
    order.sort_by(|a, b| absence(a).total_cmp(&absence(b)).then(a.cmp(b)));
    let hazards = order.iter().rev().filter_map(|measure| belief.measures.get(measure).copied());
    let measures: BTreeMap<_, _> = order.iter().copied().zip(hazards).collect();
    RiskBelief { measures, ..belief.clone() }
}

/// A plan and the policy that made it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The policy.
    pub policy: Policy,
    /// Its plan.
    pub plan: Plan,
    /// Whether it rests on a rule that is reported and not enacted.
    pub reported_rule: bool,
}

/// Why a policy has no plan.
#[derive(Debug, thiserror::Error)]
pub enum CannotPlan {
    /// It asks for less notice than any rule, also a reported one, admits in this week.
    #[error("{policy}: no rule admits so short a notice in this week, also none that is only reported")]
    Notice {
        /// The policy.
        policy: Policy,
    },
    /// The figures are too large to be computed with.
    #[error(transparent)]
    Unplannable(#[from] Unplannable),
    /// The plan breaks a rule of its own week.
    #[error("{policy}: the plan does not pass the checker: {first}")]
    Unlawful {
        /// The policy.
        policy: Policy,
        /// The first violation.
        first: String,
    },
}

/// Plans a week by a policy, and has the plan checked under the rules that the policy plans by.
///
/// # Errors
/// [`CannotPlan`].
pub fn plan_policy(
    week: &Week,
    policy: Policy,
    settings: &Settings,
    control: &dyn Control,
) -> Result<Planned, CannotPlan> {
    let view = policy.view(week)?;
    let plan = match policy {
        Policy::ByHand => plan_by_hand(&view, week.now),
        _ => plan_week(&view, settings, control, week.now)?,
    };
    let report = check(&view, &plan);
    if let Some(first) = report.violations.first() {
        return Err(CannotPlan::Unlawful { policy, first: first.in_lang(crate::lang::Lang::En) });
    }
    let reported_rule = view.rules.notice_min < week.rules.notice_min;
    Ok(Planned { policy, plan, reported_rule })
}
