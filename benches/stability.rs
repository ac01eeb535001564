//! A week that is lived through day by day: each day something happens, the plan of the day before is repaired, and what it has
//! set going stands. How far does the plan drift from what a long search with the same commitments finds?
//!
//!     cargo bench --bench stability -- [--cases 260] [--plan-seconds 120] [--days 10] [--events 20] [--seconds 0] [--full-seconds 30] [--seed 1]
//!
//! `--seconds 0`: the short search alone. Every repaired plan goes through the checker.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop at the first surprise")]
#![allow(clippy::print_stdout)] // A tool for the terminal.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)] // It is the caller here and has the clock.

#[path = "support/argument.rs"]
mod argument;
#[path = "../tests/run/mod.rs"]
mod run;
#[path = "../tests/under_way/mod.rs"]
mod under_way;

use argument::argument;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::time::Instant;
use under_way::days::Days;
use vertrek::lang::Lang;
use vertrek::plan::check::check_repair;
use vertrek::planner::plan_week;
use vertrek::replan::{Effort, Repaired, repair};
use vertrek::synth::{SynthSettings, synthesise};
use vertrek_solver::problem::Settings;

fn main() {
    let seed = argument("--seed", 1.0) as u64;
    let (days, count) = (argument("--days", 10.0) as i64, argument("--events", 20.0) as usize);
    let (seconds, full) = (argument("--seconds", 0.0), argument("--full-seconds", 30.0));
    let settings = Settings { gap: 0.001, threads: 2, seed };
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let files = synthesise(&SynthSettings::week(argument("--cases", 260.0) as usize, seed));
    let week = run::week(&files);
    let until = run::Until::seconds(argument("--plan-seconds", 120.0));
    let mut plan = plan_week(&week, &settings, &until, week.now).unwrap();
    println!(
        "{} cases, {} departures, plan {} (gap {:.4})\n",
        week.cases.len(),
        plan.departures.len(),
        plan.objective,
        plan.gap
    );
    println!(
        "| day | departures | told | seconds | changes cost, euro | objective less these | of a long search | drift |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut lived = Days::new(&files);
    let mut unlawful = 0;
    for day in 1..=days {
        let week = lived.after(day, &plan, count, &mut rng);
        let effort = if seconds > 0.0 { Effort::Proof } else { Effort::Quick };
        let start = Instant::now();
        let until = run::Until::seconds(if seconds > 0.0 { seconds } else { 60.0 });
        let Repaired { plan: next, changes } = repair(&week, &plan, &settings, effort, &until, week.now).unwrap();
        let took = start.elapsed().as_secs_f64();
        let report = check_repair(&week, &plan, &next, &changes);
        if !report.is_fine() {
            unlawful += 1;
            println!("day {day}: {}", report.in_lang(Lang::En));
        }
        let until = run::Until::seconds(full);
        let long = repair(&week, &plan, &settings, Effort::Proof, &until, week.now).unwrap();
        let (own, best) = (changes.repair_objective.get(), long.changes.repair_objective.get());
        println!(
            "| {day} | {} | {} | {took:.2} | {} | {own:.2} | {best:.2} | {:+.2}% |",
            next.departures.len(),
            week.commitments.len(),
            changes.change_costs,
            100.0 * (best - own) / best.abs().max(1.0)
        );
        plan = next;
    }
    println!("\n{unlawful} of {days} plans with a violation");
}
