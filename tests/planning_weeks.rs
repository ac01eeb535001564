//! Every plan of the optimiser passes the checker, and the same input gives the same plan.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod run;

use vertrek::synth::{SynthSettings, synthesise};
use vertrek_solver::problem::Settings;

/// 125 synthetic weeks of 5 to 20 cases, each stopped early: a plan cut short is a plan all the same.
fn plans_pass_the_checker(first_seed: u64) {
    for seed in first_seed..first_seed + 125 {
        let cases = 5 + usize::try_from(seed % 16).unwrap();
        let week = run::week(&synthesise(&SynthSettings::week(cases, seed)));
        let settings = Settings { gap: 0.05, threads: 1, seed };
        run::checked_plan(&format!("{cases} cases, seed {seed}"), &week, &settings, 0.25);
    }
}

#[test]
fn plans_of_weeks_from_seed_1_pass_the_checker() {
    plans_pass_the_checker(1);
}

#[test]
fn plans_of_weeks_from_seed_1001_pass_the_checker() {
    plans_pass_the_checker(1001);
}

#[test]
fn plans_of_weeks_from_seed_2001_pass_the_checker() {
    plans_pass_the_checker(2001);
}

#[test]
fn plans_of_weeks_from_seed_3001_pass_the_checker() {
    plans_pass_the_checker(3001);
}

#[test]
fn the_same_week_seed_and_threads_give_the_same_plan() {
    for (cases, threads) in [(12, 1), (12, 2), (25, 2)] {
        let files = synthesise(&SynthSettings::week(cases, 7));
        let settings = Settings { gap: 0.02, threads, seed: 3 };
        let plan = || run::checked_plan("twice", &run::week(&files), &settings, 300.0);
        let (one, two) = (serde_json::to_string(&plan()).unwrap(), serde_json::to_string(&plan()).unwrap());
        assert_eq!(one, two, "{cases} cases, {threads} threads");
    }
}
