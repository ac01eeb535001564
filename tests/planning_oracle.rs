//! The optimiser against brute force: on tiny weeks with every rule alive, the objective is the best there is, to the cent.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod oracle;
mod run;

use vertrek::plan::Status;
use vertrek::synth::tiny;

fn objectives_equal_brute_force(seeds: std::ops::Range<u64>) {
    let mut departures = 0;
    for seed in seeds {
        let week = run::week(&tiny(seed));
        let plan = run::checked_plan(&format!("tiny week {seed}"), &week, &run::exact(), 120.0);
        let best = oracle::best_objective(&week);
        assert_eq!(plan.status, Status::Optimal, "tiny week {seed}");
        let off = (plan.objective.get() - best).abs();
        assert!(off <= 0.01, "tiny week {seed}: plan {}, brute force {best:.2}, bound {}", plan.objective, plan.bound);
        departures += plan.departures.len();
    }
    assert!(departures > 50, "weeks without departures would show nothing: {departures}");
}

#[test]
fn tiny_weeks_0_to_333_equal_brute_force() {
    objectives_equal_brute_force(0..334);
}

#[test]
fn tiny_weeks_334_to_666_equal_brute_force() {
    objectives_equal_brute_force(334..667);
}

#[test]
fn tiny_weeks_667_to_999_equal_brute_force() {
    objectives_equal_brute_force(667..1000);
}
