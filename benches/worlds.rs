//! The built-in worlds: their numbers, set on many synthetic weeks together, and how near other weeks come to the published years.
//!
//! `cargo bench --bench worlds -- [--weeks 100] [--cases 260] [--runs 2000]`: seeds 1001 on set the numbers, which stand in
//! src/simulate/world; seeds 1 on try those that stand there, by simulation of the plan by hand.

#![allow(clippy::print_stdout, clippy::expect_used)] // A tool for the terminal.

#[path = "support/argument.rs"]
mod argument;

use argument::argument;
use vertrek::plan::Plan;
use vertrek::planner::plan_by_hand;
use vertrek::simulate::{Level, Measured, NOTICE_SHARES, Planned, Policy, Runs, World, built_in, simulate};
use vertrek::synth::{SynthSettings, synthesise};
use vertrek::units::Probability;
use vertrek::week::Week;
use vertrek::week::read::read_files;

const YEARS: [&str; 4] = ["2013", "2015", "2017", "2018"];

/// The world of a year that is set once.
fn once(year: &str) -> World {
    built_in(&format!("{year}-once")).expect("a built-in world")
}

fn weeks(cases: usize, seeds: impl Iterator<Item = u64>) -> Vec<(Week, Plan)> {
    seeds
        .map(|seed| {
            let week = read_files(&synthesise(&SynthSettings::week(cases, seed))).expect("a synthetic week");
            let plan = plan_by_hand(&week, week.now);
            (week, plan)
        })
        .collect()
}

fn main() {
    let (count, cases, runs) = (argument("--weeks", 100), argument("--cases", 260), argument("--runs", 2_000));
    println!("### Set on {count} weeks of {cases} cases\n");
    println!(
        "| world | days | absence | procedure | preparation | other |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    );
    let setting = weeks(cases, 1_001..=1_000 + count as u64);
    for name in YEARS {
        let Level::Once(target, _) = once(name).level else { continue };
        let world = World::default().set_once(&setting, target, Probability::new(0.5).unwrap_or_default());
        if let Level::Once(_, [absence, procedure, preparation, other]) = world.level {
            let days = world.reference_days.unwrap_or_default();
            println!("| {name} | {days:.2} | {absence:.3} | {procedure:.3} | {preparation:.3} | {other:.3} |");
        }
    }
    println!("\n### Tried on {count} other weeks\n");
    println!(
        "| world | published | notice causes | cancelled, all weeks | apart, points | single week, 10% to 90% | absent | procedure | preparation | all else |\n\
         | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |"
    );
    let trying = weeks(cases, 1..=count as u64);
    for name in YEARS {
        let world = once(name);
        let Level::Once(target, _) = world.level else { continue };
        // Persons booked, and cancelled by each cause; and the share cancelled in each week.
        let mut sums = vec![(0.0, [0.0; 4]); NOTICE_SHARES.len()];
        let mut single = vec![Vec::new(); NOTICE_SHARES.len()];
        for (seed, (week, plan)) in trying.iter().enumerate() {
            let planned = Planned { policy: Policy::ByHand, plan: plan.clone(), reported_rule: false };
            let runs = Runs { count: runs, seed: seed as u64 + 1 };
            for (at, result) in
                simulate(week, &planned, std::slice::from_ref(&planned), &world, runs).iter().enumerate()
            {
                let of = |what: Measured| {
                    let measured = &result.policies[0].measured;
                    measured.iter().find(|(known, _)| *known == what).map_or(0.0, |(_, interval)| interval.value)
                };
                let rest = [Measured::Other, Measured::Refused, Measured::LegCancelled, Measured::LateRide];
                let causes = [
                    of(Measured::NoShow),
                    of(Measured::Procedure),
                    of(Measured::Preparation),
                    rest.into_iter().map(of).sum(),
                ];
                sums[at].0 += of(Measured::Booked);
                sums[at].1.iter_mut().zip(causes).for_each(|(sum, cause)| *sum += cause);
                single[at].push(100.0 * of(Measured::CancelledShare));
            }
        }
        for (at, share) in NOTICE_SHARES.iter().enumerate() {
            let (booked, causes) = sums[at];
            let gone: f64 = causes.iter().sum();
            let (published, cancelled) = (100.0 * target.cancelled.get(), 100.0 * gone / booked);
            single[at].sort_by(f64::total_cmp);
            let quantile = |share: f64| single[at][((single[at].len() as f64 - 1.0) * share).round() as usize];
            let causes = causes.map(|cause| format!("{:.0}%", 100.0 * cause / gone)).join(" | ");
            println!(
                "| {name} | {published:.1}% | {:.0}% | {cancelled:.1}% | {:+.1} | {:.1}% to {:.1}% | {causes} |",
                100.0 * share,
                cancelled - published,
                quantile(0.1),
                quantile(0.9)
            );
        }
    }
}
