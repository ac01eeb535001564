//! Every plan of the optimiser passes the checker, and the same input gives the same plan.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod run;

use vertrek::synth::{Kind, SynthSettings, synthesise};
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

#[test]
fn a_week_of_260_cases_is_planned() {
    let week = run::week(&synthesise(&SynthSettings::week(260, 1)));
    let settings = Settings { gap: 0.05, threads: 1, seed: 1 };
    run::checked_plan("260 cases", &week, &settings, 15.0);
}

#[test]
fn weeks_on_end_are_planned() {
    let asked = SynthSettings { weeks: 3, ..SynthSettings::week(30, 1) };
    let settings = Settings { gap: 0.05, threads: 1, seed: 1 };
    let plan = run::checked_plan("three weeks", &run::week(&synthesise(&asked)), &settings, 10.0);
    assert!(!plan.departures.is_empty());
}

#[test]
fn a_day_of_rides_is_planned() {
    for seed in 1..=3 {
        let week = run::week(&synthesise(&SynthSettings::week(25, seed).of_kind(Kind::Rides)));
        let settings = Settings { gap: 0.0, threads: 1, seed };
        let plan = run::checked_plan(&format!("rides, seed {seed}"), &week, &settings, 10.0);
        assert!(plan.unmet.transfers.len() * 2 <= week.transfers.len(), "seed {seed}: {:?}", plan.unmet.transfers);
    }
}

#[test]
fn a_roster_fills_every_place_with_fewer_people_than_there_are() {
    for seed in 1..=3 {
        let week = run::week(&synthesise(&SynthSettings::week(40, seed).of_kind(Kind::Roster)));
        let settings = Settings { gap: 0.0, threads: 1, seed };
        let plan = run::checked_plan(&format!("roster, seed {seed}"), &week, &settings, 10.0);
        assert_eq!(plan.unmet.duties, [], "seed {seed}");
        let people = -plan.objective.get();
        assert!(people >= 1.0 && people < week.escorts.len() as f64, "seed {seed}: {people} people");
    }
}
