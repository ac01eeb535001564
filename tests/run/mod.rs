//! What the tests of planning share: a clock for the solver, weeks from memory, plans that passed the checker.

#![allow(
    dead_code,
    clippy::expect_used,
    reason = "each test file uses its part; a test may stop at the first surprise"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use vertrek::plan::Plan;
use vertrek::plan::check::check;
use vertrek::planner::plan_week;
use vertrek::week::Week;
use vertrek::week::read::read_files;
use vertrek_solver::problem::{Control, Progress, Settings};

/// Lets a solve run until a moment.
pub(crate) struct Until(Instant);

impl Until {
    pub(crate) fn seconds(seconds: f64) -> Self {
        Self(Instant::now() + Duration::from_secs_f64(seconds))
    }
}

impl Control for Until {
    fn seconds_left(&self) -> f64 {
        self.0.saturating_duration_since(Instant::now()).as_secs_f64()
    }
    fn report(&self, _: Progress) {}
}

pub(crate) fn week(files: &BTreeMap<String, Vec<u8>>) -> Week {
    read_files(files).expect("a synthetic week is valid")
}

/// Settings that ask for a proof of optimality.
pub(crate) fn exact() -> Settings {
    Settings { gap: 0.0, threads: 1, seed: 1 }
}

/// The plan of a week, after the checker has found no fault in it.
pub(crate) fn checked_plan(name: &str, week: &Week, settings: &Settings, seconds: f64) -> Plan {
    let plan = plan_week(week, settings, &Until::seconds(seconds), week.now).expect("a valid week can be planned");
    let report = check(week, &plan);
    let violations: Vec<String> =
        report.violations.iter().map(|found| found.in_lang(vertrek::lang::Lang::En)).collect();
    assert!(report.is_fine(), "{name}: {violations:#?}");
    assert!(plan.bound >= plan.objective, "{name}: bound {} below objective {}", plan.bound, plan.objective);
    plan
}
