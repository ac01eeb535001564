//! A plan under way is repaired: whatever happens, the repaired plan passes the checker, which also verifies the repair
//! itself - no case behind a closed gate stays, what is on its way is untouched unless forced, change costs add up.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod run;
mod under_way;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use vertrek::lang::Lang;
use vertrek::plan::check::check_repair;
use vertrek::plan::{Plan, changes::What};
use vertrek::replan::{Effort, Repaired, repair};
use vertrek::synth::{SynthSettings, synthesise, tiny};
use vertrek::week::Week;
use vertrek::week::read::read_files_with_events;
use vertrek_solver::problem::Settings;

/// A repair that the checker has found no fault in.
fn checked_repair(name: &str, week: &Week, earlier: &Plan, effort: Effort, seconds: f64) -> Repaired {
    let settings = Settings { gap: 0.0, threads: 1, seed: 1 };
    let repaired =
        repair(week, earlier, &settings, effort, &run::Until::seconds(seconds), week.now).expect("can be planned");
    let report = check_repair(week, earlier, &repaired.plan, &repaired.changes);
    let violations: Vec<String> = report.violations.iter().map(|found| found.in_lang(Lang::En)).collect();
    assert!(report.is_fine(), "{name}: {violations:#?}\n{:#?}", repaired.changes);
    repaired
}

fn tiny_weeks_are_repaired(seeds: std::ops::Range<u64>) {
    let mut changed = 0;
    for seed in seeds {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let files = tiny(seed);
        let week = run::week(&files);
        let earlier = run::checked_plan(&format!("tiny week {seed}"), &week, &run::exact(), 60.0);
        let mut files = under_way::under_way(&files, &week, &earlier, 0.3, &mut rng);
        if seed % 2 == 0 {
            // In the middle of it: some of it lies behind.
            let now = under_way::first_moment(&week) + chrono::TimeDelta::minutes(rng.random_range(-600..2400));
            files = under_way::at_moment(files, &week, now);
        }
        let count = rng.random_range(1..6);
        let events = under_way::events(&week, count, &mut rng);
        let week =
            read_files_with_events(&files, events.as_bytes()).unwrap_or_else(|e| panic!("{seed}: {e:?}\n{events}"));
        let effort = if seed % 3 == 0 { Effort::Quick } else { Effort::Proof };
        let repaired = checked_repair(&format!("tiny week {seed}\n{events}"), &week, &earlier, effort, 60.0);
        changed += repaired.changes.changes.iter().filter(|change| change.what == What::Departure).count();
    }
    assert!(changed > 10, "only {changed} departures changed");
}

#[test]
fn tiny_weeks_0_to_99_are_repaired_whatever_happens() {
    tiny_weeks_are_repaired(0..100);
}

#[test]
fn tiny_weeks_100_to_199_are_repaired_whatever_happens() {
    tiny_weeks_are_repaired(100..200);
}

/// Weeks of some dozens of cases, most of them told, each repaired in the time in which somebody waits.
#[test]
fn larger_weeks_are_repaired_whatever_happens() {
    for seed in 0..20 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let files = synthesise(&SynthSettings::week(20 + usize::try_from(seed).unwrap(), seed));
        let week = run::week(&files);
        let settings = Settings { gap: 0.05, threads: 1, seed };
        let earlier = run::checked_plan(&format!("week {seed}"), &week, &settings, 1.0);
        let files = under_way::under_way(&files, &week, &earlier, 0.1, &mut rng);
        let events = under_way::events(&week, 3, &mut rng);
        let week = read_files_with_events(&files, events.as_bytes()).unwrap();
        checked_repair(&format!("week {seed}\n{events}"), &week, &earlier, Effort::Quick, 10.0);
    }
}

#[test]
fn when_nothing_happens_nothing_changes() {
    for seed in 0..30 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let files = tiny(seed);
        let week = run::week(&files);
        let earlier = run::checked_plan(&format!("tiny week {seed}"), &week, &run::exact(), 60.0);
        let files = under_way::under_way(&files, &week, &earlier, 0.2, &mut rng);
        let week = run::week(&files);
        let repaired = checked_repair(&format!("tiny week {seed}"), &week, &earlier, Effort::Quick, 60.0);
        let costly: Vec<_> = repaired.changes.changes.iter().filter(|change| change.cost.get() > 0.0).collect();
        assert!(costly.is_empty(), "tiny week {seed}: {costly:#?}");
    }
}
