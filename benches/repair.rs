//! How long a repair takes on a large week that is under way, over all kinds of events, how far it stays from a longer
//! search, and how many cases it touches.
//!
//!     cargo bench --bench repair -- [--cases 260] [--plan-seconds 120] [--rounds 28] [--seconds 0]
//!         [--improve-seconds 120] [--every 1] [--scratch-seconds 0] [--full-seconds 0] [--seed 1] [--keep FOLDER]
//!
//! Each event is repaired by itself, from the files of the folder in memory to the repaired plan, of which 40% of the departures
//! have been told, after two searches of `--improve-seconds` for what the plan lacks before anything happens. `--seconds`: how long a repair looks; 0 is the short search alone. After every so many events (`--every`)
//! comes a plan from scratch and a full search with the same change costs, each of so many seconds; 0 leaves it out. `--keep`:
//! the plans under way are kept there, and read from there the next time.

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
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use vertrek::plan::Plan;
use vertrek::plan::check::check_repair;
use vertrek::planner::plan_week;
use vertrek::replan::{Effort, Repaired, offers, repair};
use vertrek::synth::{SynthSettings, synthesise};
use vertrek::units::Probability;
use vertrek::week::read::read_files_with_events;
use vertrek::week::{CaseId, EventKind, LegId, Week};
use vertrek_solver::problem::Settings;

/// A plan that was kept, or one that is made now.
fn kept(name: &str, make: impl FnOnce() -> Plan) -> Plan {
    let folder: String = argument("--keep", String::new());
    let path = std::path::Path::new(&folder).join(name);
    if let Some(plan) = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
        return plan;
    }
    let plan = make();
    if !folder.is_empty() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(path, serde_json::to_vec(&plan).unwrap()).unwrap();
    }
    plan
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    sorted.get(((sorted.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Other cases than the one that an event is about, whose flights or notice are not as they stood.
fn touched(standing: &Week, earlier: &Plan, plan: &Plan, about: Option<&CaseId>) -> usize {
    let of = |plan: &Plan| -> BTreeMap<CaseId, (Vec<LegId>, vertrek::units::Instant)> {
        plan.departures.iter().map(|d| (d.case.clone(), (d.legs.clone(), d.noticed_at))).collect()
    };
    let (mut before, after) = (of(earlier), of(plan));
    // Who has been told has been told when the commitment says so.
    for row in standing.commitments.iter() {
        if let (Some(known), Some(at)) = (before.get_mut(&row.case), row.noticed_at) {
            known.1 = at;
        }
    }
    let cases: BTreeSet<&CaseId> = before.keys().chain(after.keys()).collect();
    cases.into_iter().filter(|case| Some(*case) != about && before.get(*case) != after.get(*case)).count()
}

/// Seconds of processor that this process has used, over all its threads; in steps of a hundredth.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// What is found of one kind of event.
#[derive(Default)]
struct Found {
    seconds: Vec<f64>,
    processor: Vec<f64>,
    touched: Vec<f64>,
    scratch: Vec<f64>,
    loss: Vec<f64>,
}

impl Found {
    fn sort(&mut self) {
        for list in [&mut self.seconds, &mut self.processor, &mut self.touched, &mut self.scratch, &mut self.loss] {
            list.sort_by(f64::total_cmp);
        }
    }
}

/// What the full search with the same change costs gains on a quick repair, of its own worth.
fn loss(week: &Week, earlier: &Plan, quick: &Repaired, settings: &Settings, seconds: f64) -> f64 {
    let until = run::Until::seconds(seconds);
    let best = repair(week, earlier, settings, Effort::Proof, &until, week.now).unwrap();
    let (quick, best) = (quick.changes.repair_objective.get(), best.changes.repair_objective.get());
    100.0 * (best - quick) / best.abs().max(1.0)
}

fn main() {
    let seed = argument("--seed", 1.0) as u64;
    let (cases, rounds) = (argument("--cases", 260.0) as usize, argument("--rounds", 28.0) as usize);
    let (full, scratch) = (argument("--full-seconds", 0.0), argument("--scratch-seconds", 0.0));
    let (every, effort_seconds) = (argument("--every", 1.0) as usize, argument("--seconds", 0.0));
    let settings = Settings { gap: 0.001, threads: 2, seed };
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let committed = Probability::new(0.05).unwrap();
    let files = synthesise(&SynthSettings { committed, ..SynthSettings::week(cases, seed) });
    let week = run::week(&files);
    let earlier = kept("plan.json", || {
        let until = run::Until::seconds(argument("--plan-seconds", 120.0));
        plan_week(&week, &settings, &until, week.now).unwrap()
    });
    let (departures, objective, gap) = (earlier.departures.len(), earlier.objective, earlier.gap);
    println!("{cases} cases, {departures} departures, plan {objective} (gap {gap:.4})");
    let files = under_way::told(&files, &week, &earlier, 0.4, 0.0, &mut rng);
    let (mut files, mut standing, mut earlier) = (files.clone(), run::week(&files), earlier);
    // What the plan lacks before anything happens is no loss of a repair. Who is moved by this is told so, and then the rest
    // is looked at once more.
    for pass in 1..=2 {
        earlier = kept(&format!("improved-{pass}.json"), || {
            let until = run::Until::seconds(argument("--improve-seconds", 120.0));
            repair(&standing, &earlier, &settings, Effort::Proof, &until, standing.now).unwrap().plan
        });
        files = under_way::told_again(&files, &standing, &earlier);
        standing = run::week(&files);
    }
    println!("improved with what has been told: {} departures, plan {}", earlier.departures.len(), earlier.objective);
    let effort = if effort_seconds > 0.0 { Effort::Proof } else { Effort::Quick };
    let repaired = |week: &Week| {
        // The short search ends by itself; a clock would cut it off on a machine that does other work.
        let until = run::Until::seconds(if effort_seconds > 0.0 { effort_seconds } else { 60.0 });
        repair(week, &earlier, &settings, effort, &until, week.now).unwrap()
    };
    if full > 0.0 {
        let nothing = repaired(&standing);
        println!("nothing happened: {:.2}% loss", loss(&standing, &earlier, &nothing, &settings, full));
    }
    println!(
        "| event | median s | worst s | median s of processor | touched | from scratch | loss, % |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    let (mut all, mut made) = (Found::default(), 0);
    for &kind in EventKind::ALL {
        let mut found = Found::default();
        for _ in 0..rounds {
            let Some(event) = under_way::event(&week, kind, &mut rng) else { continue };
            let events = format!("event,at,kind,subject,until,value\nG1,{event}\n");
            let (start, processor) = (Instant::now(), processor_seconds());
            let week = read_files_with_events(&files, events.as_bytes()).unwrap();
            let quick = repaired(&week);
            found.seconds.push(start.elapsed().as_secs_f64());
            found.processor.push(processor_seconds() - processor);
            let report = check_repair(&week, &earlier, &quick.plan, &quick.changes);
            assert!(report.is_fine(), "{events}{}", report.in_lang(vertrek::lang::Lang::En));
            let subject = event.split(',').nth(2).unwrap_or_default();
            let about = under_way::days::case_of(&week, kind, subject);
            found.touched.push(touched(&standing, &earlier, &quick.plan, about.as_ref()) as f64);
            made += 1;
            if made % every == 0 {
                if scratch > 0.0 {
                    let settings = Settings { seed: seed + 1, ..settings };
                    let plan = plan_week(&week, &settings, &run::Until::seconds(scratch), week.now).unwrap();
                    found.scratch.push(touched(&standing, &earlier, &plan, about.as_ref()) as f64);
                }
                if full > 0.0 {
                    found.loss.push(loss(&week, &earlier, &quick, &settings, full));
                }
            }
        }
        found.sort();
        row(kind.word(), &found);
        all.seconds.extend(found.seconds);
        all.processor.extend(found.processor);
        all.touched.extend(found.touched);
        all.scratch.extend(found.scratch);
        all.loss.extend(found.loss);
    }
    all.sort();
    row("all", &all);
    println!(
        "p95: repair {:.2} s, {:.2} s of processor, touched {:.0}, loss {:.2}%; {} events, {} from scratch, {} full searches",
        quantile(&all.seconds, 0.95),
        quantile(&all.processor, 0.95),
        quantile(&all.touched, 0.95),
        quantile(&all.loss, 0.95),
        all.seconds.len(),
        all.scratch.len(),
        all.loss.len()
    );
    let mut seconds: Vec<f64> = standing
        .cases
        .iter()
        .map(|case| {
            let start = Instant::now();
            let _ = offers(&standing, &earlier, &case.id).unwrap();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    println!(
        "offers to each of {} cases: p50 {:.3} s, p95 {:.3} s",
        seconds.len(),
        quantile(&seconds, 0.5),
        quantile(&seconds, 0.95)
    );
}

fn row(name: &str, found: &Found) {
    let middle = |list: &[f64], digits: usize| {
        if list.is_empty() { String::new() } else { format!("{:.digits$}", quantile(list, 0.5)) }
    };
    let worst = found.seconds.last().copied().unwrap_or(f64::NAN);
    println!(
        "| {name} | {} | {worst:.2} | {} | {} | {} | {} |",
        middle(&found.seconds, 2),
        middle(&found.processor, 2),
        middle(&found.touched, 0),
        middle(&found.scratch, 0),
        middle(&found.loss, 2)
    );
}
