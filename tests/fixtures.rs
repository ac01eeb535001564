//! The week folders of `fixtures/` that are planned: the best plan of the demo week is that of brute force, in both languages;
//! the small week is solved to its end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first thing that is not there")]

mod oracle;
mod run;

use std::path::Path;
use vertrek::lang::Lang;
use vertrek::plan::{Plan, Status};
use vertrek::publish::summary;
use vertrek::week::Week;
use vertrek::week::read::read;

fn best_plan(name: &str) -> (Week, Plan) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let week = read(&folder).unwrap_or_else(|diagnostics| panic!("{name} is valid: {diagnostics:?}"));
    let plan = run::checked_plan(name, &week, &run::exact(), 300.0);
    assert_eq!(plan.status, Status::Optimal, "{name}");
    (week, plan)
}

#[test]
fn demo_objective_is_that_of_brute_force() {
    let (week, plan) = best_plan("demo");
    let best = oracle::best_objective(&week);
    assert!((best - plan.objective.get()).abs() < 0.01, "plan {}, brute force {best:.2}", plan.objective);
    assert_eq!(plan.objective.to_string(), "38297.60");
}

#[test]
fn demo_summary_says_the_same_in_both_languages() {
    let (week, plan) = best_plan("demo");
    let figures = |text: &str| -> Vec<String> {
        let digits: String = text.chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
        let mut found: Vec<String> = digits.split_whitespace().map(str::to_owned).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let (en, nl) = (summary(&week, &plan, Lang::En), summary(&week, &plan, Lang::Nl));
    assert_eq!(figures(&en), figures(&nl));
    for departure in &plan.departures {
        assert!(en.contains(departure.case.as_str()) && nl.contains(departure.case.as_str()));
    }
}

#[test]
fn small_week_is_solved_to_its_end() {
    let (week, plan) = best_plan("small");
    assert_eq!((week.cases.len(), plan.departures.len(), plan.unmet.transfers.len()), (40, 11, 6));
}
