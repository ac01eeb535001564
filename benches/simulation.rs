//! Plans by hand against plans of this program over many synthetic weeks, shares of absence that notice causes, and worlds.
//!
//! `cargo bench --bench simulation -- [--weeks 20] [--cases 60] [--seconds 10] [--runs 2000] > benches/simulation.md` writes
//! the report.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used)] // A tool for the terminal.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)] // It is the caller here and has the clock.

#[path = "support/argument.rs"]
mod argument;

use argument::argument;
use std::collections::BTreeMap;
use std::time::Instant;
use vertrek::simulate::{Level, Measured, Planned, Policy, Runs, World, WorldResult, built_in, plan_policy, simulate};
use vertrek::synth::{SynthSettings, synthesise};
use vertrek::week::read::read_files;
use vertrek_solver::problem::{Control, Progress, Settings};

const POLICIES: [Policy; 4] = [Policy::ByHand, Policy::Planner, Policy::PlannerNoRisk, Policy::PlannerWrongBelief];
const YEARS: [&str; 4] = ["2013", "2015", "2017", "2018"];
const SHOWN: [(Measured, &str, f64, usize); 8] = [
    (Measured::CancelledShare, "cancelled, points", 100.0, 1),
    (Measured::Departed, "departures", 1.0, 1),
    (Measured::Booked, "people told", 1.0, 1),
    (Measured::NoticesInVain, "told in vain, of 100 told", 100.0, 1),
    (Measured::FaresLost, "fares lost, euro", 1.0, 0),
    (Measured::EscortHours, "escort hours for nothing", 1.0, 1),
    (Measured::EscortTrips, "escort trips for nothing", 1.0, 2),
    (Measured::EuroPerDeparture, "euro a departure", 1.0, 0),
];

struct Until(Instant, f64);

impl Control for Until {
    fn seconds_left(&self) -> f64 {
        self.1 - self.0.elapsed().as_secs_f64()
    }
    fn report(&self, _: Progress) {}
}

/// A pair of policies, a measure, a world and a share: one difference a week.
type Key = (usize, usize, usize, usize, usize);

fn main() {
    let (weeks, cases) = (argument("--weeks", 20.0) as u64, argument("--cases", 60.0) as usize);
    let (seconds, count) = (argument("--seconds", 10.0), argument("--runs", 2_000.0) as usize);
    let worlds = worlds();
    let mut differences: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
    let mut levels: BTreeMap<(usize, usize, usize, usize), Vec<f64>> = BTreeMap::new();
    for seed in 1..=weeks {
        let week = read_files(&synthesise(&SynthSettings::week(cases, seed))).expect("a synthetic week");
        let settings = Settings { gap: 0.001, threads: 2, seed: 1 };
        let plans: Vec<Planned> = POLICIES
            .iter()
            .map(|&policy| {
                plan_policy(&week, policy, &settings, &Until(Instant::now(), seconds))
                    .expect("a plan that passes the checker")
            })
            .collect();
        eprintln!(
            "week {seed}: {:?} departures",
            plans.iter().map(|plan| plan.plan.departures.len()).collect::<Vec<_>>()
        );
        for (world_at, world) in worlds.iter().enumerate() {
            let results = simulate(&week, &plans[0], &plans, world, Runs { count, seed });
            for (share_at, result) in results.iter().enumerate() {
                note(&mut differences, &mut levels, world_at, share_at, result);
            }
        }
    }
    print(&differences, &levels, &[weeks as f64, cases as f64, seconds, count as f64]);
}

/// The worlds that are set once.
fn worlds() -> Vec<World> {
    YEARS.iter().map(|year| built_in(&format!("{year}-once")).expect("a built-in world")).collect()
}

fn note(
    differences: &mut BTreeMap<Key, Vec<f64>>,
    levels: &mut BTreeMap<(usize, usize, usize, usize), Vec<f64>>,
    world: usize,
    share: usize,
    result: &WorldResult,
) {
    let value = |policy: usize, what: Measured| {
        let measured = &result.policies[policy].measured;
        measured.iter().find(|(known, _)| *known == what).map_or(0.0, |(_, interval)| interval.value)
    };
    for (measure, &(what, ..)) in SHOWN.iter().enumerate() {
        for policy in 0..POLICIES.len() {
            levels.entry((world, share, policy, measure)).or_default().push(value(policy, what));
        }
        for (a, b) in PAIRS {
            differences.entry((a, b, world, share, measure)).or_default().push(value(a, what) - value(b, what));
        }
    }
}

/// Policies that are compared: the first less the second.
const PAIRS: [(usize, usize); 3] = [(1, 0), (1, 2), (1, 3)];

/// Mean and 95% interval over the weeks, by Student's t.
fn interval(numbers: &[f64]) -> (f64, f64) {
    let n = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    // 97.5% quantile of Student's t, by Cornish and Fisher's expansion; within 0.01 from 5 degrees of freedom on.
    let (z, v) = (1.959_964f64, (n - 1.0).max(1.0));
    let t = z + (z.powi(3) + z) / (4.0 * v) + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * v * v);
    (mean, t * (variance / n).sqrt())
}

fn print(
    differences: &BTreeMap<Key, Vec<f64>>,
    levels: &BTreeMap<(usize, usize, usize, usize), Vec<f64>>,
    settings: &[f64; 4],
) {
    let [weeks, cases, seconds, count] = settings;
    println!("# What the plan gains, by simulation\n");
    println!(
        "`cargo bench --bench simulation -- --weeks {weeks} --cases {cases} --seconds {seconds} --runs {count}`: {weeks} synthetic weeks of {cases} cases (seeds 1 to {weeks}), \
         {seconds} s a plan at most, {count} runs a plan with common random numbers. A difference is the mean over the weeks of paired differences, ± the half of its 95% interval over the weeks (Student's t). \
         The intervals carry the differences between weeks and the dice; they carry no doubt about the assumptions.\n"
    );
    println!(
        "The planner believes the defaults of the specification; the worlds have parameters of their own ([docs/risk.md](../docs/risk.md)), set once on 100 other weeks so that plans by hand are \
         cancelled at the published share; what they come to here is an outcome (first row of each world). Nothing published says what share of absence notice causes: read each row from left to right.\n"
    );
    println!("## Levels: mean over the weeks\n");
    println!(
        "| world | policy | measure | 0% | 25% | 50% | 75% | 100% |\n| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |"
    );
    for (world_at, name) in YEARS.iter().enumerate() {
        for (policy_at, policy) in POLICIES.iter().enumerate() {
            for (measure, &(_, label, factor, digits)) in SHOWN.iter().enumerate() {
                let cells: Vec<String> = (0..5)
                    .map(|share| {
                        let (mean, _) = interval(&levels[&(world_at, share, policy_at, measure)]);
                        format!("{:.digits$}", mean * factor)
                    })
                    .collect();
                let label = label.replace(", points", ", %");
                println!("| {name} | {policy} | {label} | {} |", cells.join(" | "));
            }
        }
    }
    for (a, b) in PAIRS {
        println!("\n## {} less {}\n", POLICIES[a], POLICIES[b]);
        println!("| world | measure | 0% | 25% | 50% | 75% | 100% |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        for (world_at, name) in YEARS.iter().enumerate() {
            for (measure, &(_, label, factor, digits)) in SHOWN.iter().enumerate() {
                let cells: Vec<String> = (0..5)
                    .map(|share| {
                        let (mean, half) = interval(&differences[&(a, b, world_at, share, measure)]);
                        format!("{:+.digits$} ± {:.digits$}", mean * factor, half * factor)
                    })
                    .collect();
                println!("| {name} | {label} | {} |", cells.join(" | "));
            }
        }
    }
    println!("\n## Assumptions of the worlds\n");
    let worlds = worlds();
    println!(
        "| world | published: cancelled | factors on absence, procedure, preparation, other |\n| --- | ---: | --- |"
    );
    for (year, world) in YEARS.iter().zip(&worlds) {
        if let Level::Once(target, factors) = world.level {
            let factors = factors.map(|factor| format!("{factor:.3}")).join(", ");
            println!("| {year} | {:.1}% | {factors} |", 100.0 * target.cancelled.get());
        }
    }
    if let Some(world) = worlds.first() {
        let hazards = &world.hazards;
        println!(
            "\nReference notice {:.2} days; carrier refusal {:.0}%, leg cancelled {:.0}%, mean delay of a ride {:.0}% of its driving time, last call {:.0} minutes before departure. \
             Hazards before the factor: absence {}; procedure {}; belongings {}, physical state {}, medical file {} where not known; other causes {} with escorts, {} without.",
            world.reference_days.unwrap_or_default(),
            100.0 * world.carrier_refusal.get(),
            100.0 * world.leg_cancelled.get(),
            100.0 * world.delay,
            world.last_call,
            hazards.measures.iter().map(|(m, h)| format!("{m} {}", h.base)).collect::<Vec<_>>().join(", "),
            hazards.measures.values().next().map_or(0.0, |h| h.procedure_base.get()),
            hazards.belongings,
            hazards.physical,
            hazards.medical,
            hazards.escorted,
            hazards.unescorted
        );
    }
}
