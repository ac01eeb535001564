//! How long a repair takes on a large week that is under way, over all kinds of events, how far it stays from a longer
//! search, and how many cases it touches.
//!
//!     cargo bench --bench repair -- [--cases 260] [--plan-seconds 120] [--rounds 5] [--full-seconds 0] [--seed 1]
//!
//! Each event is repaired by itself, from the files of the folder in memory to the repaired plan. `--full-seconds`: how
//! long the full search with the same change costs runs for comparison; 0 leaves it out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may stop at the first surprise")]
#![allow(clippy::print_stdout)] // A tool for the terminal.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)] // It is the caller here and has the clock.

#[path = "../tests/run/mod.rs"]
mod run;
#[path = "../tests/under_way/mod.rs"]
mod under_way;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::time::Instant;
use vertrek::plan::Plan;
use vertrek::plan::changes::{Changes, What};
use vertrek::plan::check::check_repair;
use vertrek::planner::plan_week;
use vertrek::replan::{Effort, repair};
use vertrek::synth::{SynthSettings, synthesise};
use vertrek::units::Probability;
use vertrek::week::EventKind;
use vertrek::week::read::read_files_with_events;
use vertrek_solver::problem::Settings;

fn argument(name: &str, default: f64) -> f64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    sorted.get(((sorted.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Cases whose departure, notice or ride changes.
fn touched(changes: &Changes) -> usize {
    let of_cases = |what: What| matches!(what, What::Departure | What::Notice);
    let cases: std::collections::BTreeSet<&String> =
        changes.changes.iter().filter(|change| of_cases(change.what)).map(|change| &change.subject).collect();
    cases.len()
}

fn departures(one: &Plan, other: &Plan) -> usize {
    let legs = |plan: &Plan| -> BTreeMap<String, Vec<String>> {
        let of = |d: &vertrek::plan::Departure| (d.case.to_string(), d.legs.iter().map(ToString::to_string).collect());
        plan.departures.iter().map(of).collect()
    };
    let (a, b) = (legs(one), legs(other));
    let cases: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    cases.into_iter().filter(|case| a.get(*case) != b.get(*case)).count()
}

fn main() {
    let seed = argument("--seed", 1.0) as u64;
    let (cases, rounds) = (argument("--cases", 260.0) as usize, argument("--rounds", 5.0) as usize);
    let full = argument("--full-seconds", 0.0);
    let settings = Settings { gap: 0.001, threads: 2, seed };
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let committed = Probability::new(0.4).unwrap();
    let files = synthesise(&SynthSettings { committed, ..SynthSettings::week(cases, seed) });
    let week = run::week(&files);
    let until = run::Until::seconds(argument("--plan-seconds", 120.0));
    let earlier = plan_week(&week, &settings, &until, week.now).unwrap();
    println!(
        "{cases} cases, {} departures, plan {} (gap {:.4})",
        earlier.departures.len(),
        earlier.objective,
        earlier.gap
    );
    let files = under_way::under_way(&files, &week, &earlier, 0.0, &mut rng);
    let (mut all, mut count, mut losses) = (Vec::new(), Vec::new(), Vec::new());
    println!("{:24} {:>8} {:>8} {:>8} {:>8}", "event", "median s", "worst s", "touched", "loss");
    for &kind in EventKind::ALL {
        let (mut seconds, mut moved, mut loss) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rounds {
            let Some(event) = under_way::event(&week, kind, &mut rng) else { continue };
            let events = format!("event,at,kind,subject,until,value\nG1,{event}\n");
            let start = Instant::now();
            let week = read_files_with_events(&files, events.as_bytes()).unwrap();
            let quick = repair(&week, &earlier, &settings, Effort::Quick, &run::Until::seconds(2.0), week.now).unwrap();
            seconds.push(start.elapsed().as_secs_f64());
            let report = check_repair(&week, &earlier, &quick.plan, &quick.changes);
            assert!(report.is_fine(), "{events}{}", report.in_lang(vertrek::lang::Lang::En));
            moved.push(touched(&quick.changes) as f64);
            if full > 0.0 {
                let until = run::Until::seconds(full);
                let best = repair(&week, &earlier, &settings, Effort::Proof, &until, week.now).unwrap();
                let (quick, best) = (quick.changes.repair_objective.get(), best.changes.repair_objective.get());
                loss.push((best - quick) / best.abs().max(1.0));
            }
        }
        for list in [&mut seconds, &mut moved, &mut loss] {
            list.sort_by(f64::total_cmp);
        }
        let worst = seconds.last().copied().unwrap_or(f64::NAN);
        println!(
            "{:24} {:8.2} {:8.2} {:8.0} {:8.4}",
            kind.word(),
            quantile(&seconds, 0.5),
            worst,
            quantile(&moved, 0.5),
            quantile(&loss, 0.5)
        );
        all.extend(seconds);
        count.extend(moved);
        losses.extend(loss);
    }
    for list in [&mut all, &mut count, &mut losses] {
        list.sort_by(f64::total_cmp);
    }
    let until = run::Until::seconds(argument("--scratch-seconds", 20.0));
    let scratch = plan_week(&run::week(&files), &Settings { seed: seed + 1, ..settings }, &until, week.now).unwrap();
    println!(
        "all: p50 {:.2} s, p95 {:.2} s; cases touched p50 {:.0}, from scratch {}; loss p50 {:.4}, p95 {:.4}",
        quantile(&all, 0.5),
        quantile(&all, 0.95),
        quantile(&count, 0.5),
        departures(&earlier, &scratch),
        quantile(&losses, 0.5),
        quantile(&losses, 0.95)
    );
}
