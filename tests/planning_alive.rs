//! The tiny weeks that the brute force is compared on have every rule alive: switching one off, or over, changes the best
//! plan of some of them, and every kind of departure, team, ride and reason occurs.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

#[path = "alive/rules.rs"]
mod rules;
mod run;
#[path = "alive/scenes.rs"]
mod scenes;

use std::collections::BTreeMap;
use vertrek::synth::tiny;

/// The weeks of `planning_oracle.rs`.
const SEEDS: std::ops::Range<u64> = 0..1000;

#[test]
fn every_rule_decides_something() {
    let mut dead: Vec<&rules::Rule> = rules::RULES.iter().collect();
    for seed in SEEDS {
        let week = run::week(&tiny(seed));
        let best = rules::best(&week);
        dead.retain(|(_, change)| {
            let mut other = week.clone();
            change(&mut other);
            (rules::best(&other) - best).abs() <= 0.005
        });
        if dead.is_empty() {
            return;
        }
    }
    let names: Vec<_> = dead.iter().map(|(name, _)| name).collect();
    panic!("these rules decide nothing: {names:?}");
}

#[test]
fn every_scene_occurs() {
    let mut seen: BTreeMap<&str, u32> = scenes::ALL.iter().map(|name| (*name, 0)).collect();
    for seed in SEEDS {
        let week = run::week(&tiny(seed));
        let plan = run::checked_plan(&format!("tiny week {seed}"), &week, &run::exact(), 120.0);
        for scene in scenes::of(&week, &plan) {
            *seen.get_mut(scene).unwrap_or_else(|| panic!("{scene} is not listed")) += 1;
        }
    }
    let rare: Vec<_> = seen.iter().filter(|(_, times)| **times == 0).collect();
    assert!(rare.is_empty(), "{rare:?} of {seen:?}");
}
