//! Planning in steps keeps every rule, is never worth more than what is proven of planning all at once, and is sometimes
//! worth less.

#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use vertrek::plan::check::check;
use vertrek::planner::{plan_in_steps, plan_week};
use vertrek::synth::tiny;
use vertrek::week::read::read_files;
use vertrek_solver::problem::{Control, Progress, Settings};

/// Nobody ends the run.
struct Unhurried;

impl Control for Unhurried {
    fn seconds_left(&self) -> f64 {
        1e9
    }
    fn report(&self, _: Progress) {}
}

#[test]
fn planning_in_steps_is_lawful_and_never_better_than_at_once() {
    let settings = Settings { gap: 0.0, threads: 1, seed: 1 };
    let (mut worse, mut departures) = (0, 0);
    for seed in 1..=200 {
        let week = read_files(&tiny(seed)).expect("a tiny week");
        let steps = plan_in_steps(&week, &settings, &Unhurried, week.now).expect("a week that can be planned");
        let once = plan_week(&week, &settings, &Unhurried, week.now).expect("a week that can be planned");
        let report = check(&week, &steps);
        assert!(report.is_fine(), "seed {seed}: {:?}", report.violations);
        let (steps_worth, bound) = (steps.objective.get(), once.bound.get());
        assert!(steps_worth <= bound + 0.01, "seed {seed}: {steps_worth} above {bound}");
        worse += usize::from(steps_worth < once.objective.get() - 1.0);
        departures += steps.departures.len();
    }
    assert!(departures > 50, "{departures} departures");
    assert!(worse > 10, "worse in {worse} weeks: the steps are not taken one by one");
}
