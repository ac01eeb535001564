//! Pins: what a planner fixes by hand is obeyed when it can be, and refused with the rule when it cannot.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod run;
mod under_way;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};
use vertrek::lang::Lang;
use vertrek::options::build;
use vertrek::plan::check::{check, check_repair};
use vertrek::plan::{LeftOut, Plan};
use vertrek::planner::{Unplannable, plan_week};
use vertrek::publish::explain;
use vertrek::replan::{Effort, repair};
use vertrek::synth::tiny;
use vertrek::week::{CaseId, Week};
use vertrek_solver::problem::{Control, Progress, Settings};

type Files = under_way::Files;

/// Lets a solve look at its control so many times: as much work on any machine.
struct Work(AtomicI64);

impl Control for Work {
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 looks")]
    fn seconds_left(&self) -> f64 {
        self.0.fetch_sub(1, Ordering::Relaxed) as f64
    }
    fn report(&self, _: Progress) {}
}

fn work(looks: i64) -> Work {
    Work(AtomicI64::new(looks))
}

/// The folder with these pins; a row is case, out, legs, escorts, shift.
fn pinned(files: &Files, rows: &[String]) -> Files {
    let mut text = "pin,case,out,legs,escorts,shift,reason,by\n".to_owned();
    for (at, row) in rows.iter().enumerate() {
        text += &format!("N{at},{row},family ties,V1\n");
    }
    let mut files = files.clone();
    files.insert("pins.csv".to_owned(), text.into_bytes());
    files
}

fn demo() -> Files {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap())).collect()
}

/// The plan of a pinned week, or nothing when its pins are refused.
fn planned(name: &str, week: &Week) -> Option<Plan> {
    match plan_week(week, &run::exact(), &run::Until::seconds(60.0), week.now) {
        Ok(_) => Some(run::checked_plan(name, week, &run::exact(), 60.0)),
        Err(Unplannable::Pins(refused)) => {
            assert!(!refused.is_empty(), "{name}");
            None
        }
        Err(other) => panic!("{name}: {other}"),
    }
}

/// Of all flights that a case can be pinned to, and of keeping it out, the best is the best plan there is.
#[test]
fn the_best_of_all_pins_of_a_case_is_the_best_plan() {
    let mut compared = 0;
    for seed in 0..120 {
        let files = tiny(seed);
        let week = run::week(&files);
        let free = run::checked_plan(&format!("tiny week {seed}"), &week, &run::exact(), 60.0);
        let options = build(&week);
        let Some(case) = (0..week.cases.len()).find(|&case| !options.cases[case].options.is_empty()) else { continue };
        let id = &week.cases.rows()[case].id;
        let mut rows: BTreeSet<String> = BTreeSet::from([format!("{id},true,,,")]);
        for option in options.cases[case].options.clone().map(|at| &options.options[at]) {
            let legs = options.itineraries[option.itinerary].legs.iter().map(|&leg| week.legs.rows()[leg].id.as_str());
            rows.insert(format!("{id},false,{},,", legs.collect::<Vec<_>>().join(" ")));
        }
        let mut best = f64::NEG_INFINITY;
        for row in rows {
            let week = run::week(&pinned(&files, std::slice::from_ref(&row)));
            if let Some(plan) = planned(&format!("tiny week {seed} {row}"), &week) {
                assert!(plan.objective.get() <= free.objective.get() + 0.02, "{seed} {row}");
                best = best.max(plan.objective.get());
            }
        }
        assert!((best - free.objective.get()).abs() < 0.02, "tiny week {seed}: {best} pinned, {} free", free.objective);
        compared += 1;
    }
    assert!(compared > 40, "{compared}");
}

/// Whatever is pinned, the plan is as pinned and lawful, or nothing is planned; so is the repair.
#[test]
fn random_pins_are_obeyed_or_refused() {
    let (mut obeyed, mut refused, mut repaired) = (0, BTreeSet::new(), 0);
    for seed in 0..300 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let files = tiny(seed);
        let week = run::week(&files);
        if week.cases.is_empty() {
            continue;
        }
        let mut rows: Vec<String> = Vec::new();
        for case in &week.cases {
            let leg = under_way::some(&week.legs, &mut rng);
            let escort = under_way::some(&week.escorts, &mut rng);
            let shift = under_way::some(&week.shifts, &mut rng);
            match (rng.random_range(0..8), leg, escort, shift) {
                (0, ..) => rows.push(format!("{},true,,,", case.id)),
                (1, Some(leg), ..) => rows.push(format!("{},false,{leg},,", case.id)),
                (2, _, Some(escort), _) => rows.push(format!("{},false,,{escort},", case.id)),
                (3, _, _, Some(shift)) => rows.push(format!("{},false,,,{shift}", case.id)),
                _ => {}
            }
        }
        let pinned = pinned(&files, &rows);
        let name = format!("tiny week {seed} {rows:?}");
        let week = run::week(&pinned);
        match plan_week(&week, &run::exact(), &run::Until::seconds(60.0), week.now) {
            Ok(_) => {
                run::checked_plan(&name, &week, &run::exact(), 60.0);
                obeyed += 1;
            }
            Err(Unplannable::Pins(list)) => {
                for refusal in &list {
                    assert_ne!(refusal.in_lang(Lang::En), refusal.in_lang(Lang::Nl), "{name}");
                }
                refused.extend(list.into_iter().filter_map(|refusal| refusal.rule));
            }
            Err(other) => panic!("{name}: {other}"),
        }
        // The same on a plan that was made without the pins.
        let free = run::week(&files);
        let earlier = run::checked_plan(&name, &free, &run::exact(), 60.0);
        let under_way = under_way::under_way(&pinned, &free, &earlier, 0.2, &mut rng);
        let week = run::week(&under_way);
        match repair(&week, &earlier, &run::exact(), Effort::Proof, &run::Until::seconds(60.0), week.now) {
            Ok(done) => {
                let report = check_repair(&week, &earlier, &done.plan, &done.changes);
                let found: Vec<String> = report.violations.iter().map(|found| found.in_lang(Lang::En)).collect();
                assert!(report.is_fine(), "{name}: {found:#?}");
                repaired += 1;
            }
            Err(Unplannable::Pins(list)) => refused.extend(list.into_iter().filter_map(|refusal| refusal.rule)),
            Err(other) => panic!("{name}: {other}"),
        }
    }
    assert!(obeyed > 30 && repaired > 20, "{obeyed} obeyed, {repaired} in a repair");
    for rule in ["release", "I-entry", "T-visa", "C-locked"] {
        assert!(refused.contains(rule), "{rule} is not among {refused:?}");
    }
}

#[test]
fn pins_are_refused_all_at_once_with_the_rule() {
    let rows = ["C02,false,L001,,", "C12,false,L018,,", "C01,false,,,V06"].map(str::to_owned);
    let week = run::week(&pinned(&demo(), &rows));
    let error = plan_week(&week, &run::exact(), &run::Until::seconds(60.0), week.now).unwrap_err();
    let Unplannable::Pins(refused) = &error else { panic!("{error}") };
    let rules: BTreeSet<&str> = refused.iter().filter_map(|refusal| refusal.rule.as_deref()).collect();
    assert!(rules.contains("release") && rules.len() > 1, "{refused:#?}");
    let (english, dutch) = (error.in_lang(Lang::En), error.in_lang(Lang::Nl));
    assert!(english.contains("gate release is closed") && english.contains("pins.csv:2"), "{english}");
    assert!(dutch.contains("poort release is dicht") && dutch.contains("pins.csv:2"), "{dutch}");
}

#[test]
fn a_pin_is_traced_in_the_explanation() {
    let files = demo();
    let week = run::week(&files);
    let free = run::checked_plan("demo", &week, &run::exact(), 60.0);
    let id = free.departures[0].case.clone();
    let week = run::week(&pinned(&files, &[format!("{id},true,,,")]));
    let plan = run::checked_plan("demo", &week, &run::exact(), 60.0);
    let row = plan.not_planned.iter().find(|row| row.case == id).unwrap();
    assert!(matches!(row.left_out, Some(LeftOut::Pinned { .. })), "{row:?}");
    let page = |lang| explain(&week, &plan, &CaseId::new(id.as_str()).unwrap(), lang).unwrap();
    assert!(page(Lang::En).contains("kept out by V1, because: family ties"), "{}", page(Lang::En));
    assert!(page(Lang::Nl).contains("uit het plan gehouden door V1, omdat: family ties"), "{}", page(Lang::Nl));
}

/// Premiums of what is pinned are no part of what is proven of the plan.
#[test]
fn a_larger_week_is_planned_around_its_pins_with_an_honest_bound() {
    for seed in 0..4 {
        let files = vertrek::synth::synthesise(&vertrek::synth::SynthSettings::week(30, seed));
        let week = run::week(&files);
        let settings = vertrek_solver::problem::Settings { gap: 0.02, threads: 1, seed };
        let free = run::checked_plan(&format!("week {seed}"), &week, &settings, 5.0);
        let mut rows: Vec<String> = Vec::new();
        for (at, row) in free.departures.iter().take(4).enumerate() {
            let legs: Vec<&str> = row.legs.iter().map(|leg| leg.as_str()).collect();
            rows.push(if at == 0 {
                format!("{},true,,,", row.case)
            } else {
                format!("{},false,{},,", row.case, legs.join(" "))
            });
        }
        let week = run::week(&pinned(&files, &rows));
        let plan = run::checked_plan(&format!("week {seed} with {rows:?}"), &week, &settings, 5.0);
        // Keeping somebody out and others where they are is no better than the best there is.
        assert!(plan.objective <= free.bound, "week {seed}: {} pinned, at most {} free", plan.objective, free.bound);
        // What is proven of every plan holds of pinned ones; both searches prove to the gap that is asked for.
        let wider = 2.0 * settings.gap * free.bound.get().abs();
        assert!(plan.bound.get() <= free.bound.get() + wider, "week {seed}: {} and {} free", plan.bound, free.bound);
    }
}

fn edit(files: &mut Files, file: &str, id: &str, column: &str, value: &str) {
    let text = String::from_utf8(files[file].clone()).unwrap();
    let at = text.lines().next().unwrap().split(',').position(|name| name == column).unwrap();
    let row = |line: &str| {
        let mut fields: Vec<&str> = line.split(',').collect();
        if fields[0] == id {
            fields[at] = value;
        }
        fields.join(",")
    };
    let text: Vec<String> = text.lines().map(row).collect();
    files.insert(file.to_owned(), (text.join("\n") + "\n").into_bytes());
}

fn legs_of(plan: &Plan, at: usize) -> String {
    let row = &plan.departures[at];
    let legs: Vec<&str> = row.legs.iter().map(|leg| leg.as_str()).collect();
    format!("{},false,{},,", row.case, legs.join(" "))
}

/// A pin that says what a plan does anyway costs the search next to nothing.
#[test]
fn a_large_week_with_a_harmless_pin_is_planned_as_well_as_without() {
    let files = vertrek::synth::synthesise(&vertrek::synth::SynthSettings::week(220, 1));
    let settings = Settings { gap: 0.01, threads: 1, seed: 1 };
    let week = run::week(&files);
    // More than the first cycle of cooling.
    let free = plan_week(&week, &settings, &work(32_000), week.now).unwrap();
    let week = run::week(&pinned(&files, &[legs_of(&free, 3)]));
    let plan = plan_week(&week, &settings, &work(32_000), week.now).unwrap();
    let least = free.objective.get() - 0.03 * free.objective.get().abs();
    assert!(plan.objective.get() > least, "{} pinned, {} free", plan.objective, free.objective);
    assert!(check(&week, &plan).is_fine());
}

/// Whatever it is worth, a pin does not let go of somebody who is on the way.
#[test]
fn a_pin_that_pushes_out_who_is_held_is_refused() {
    let mut files = demo();
    let week = run::week(&files);
    let earlier = run::checked_plan("demo", &week, &run::exact(), 60.0);
    assert!(earlier.departures.iter().any(|row| row.case.as_str() == "C03" && row.legs[0].as_str() == "L032"));
    edit(&mut files, "legs.csv", "L032", "max_returnees", "1");
    // Somebody like him, worth twice as much.
    for (file, like, new) in [
        ("cases.csv", "C03,", "C20,"),
        ("persons.csv", "P03,C03,", "P20,C20,"),
        ("documents.csv", "D03,P03,", "D20,P20,"),
        ("availability.csv", "C03,", "C20,"),
        ("procedures.csv", "R03,C03,", "R20,C20,"),
    ] {
        let text = String::from_utf8(files[file].clone()).unwrap();
        let row = text.lines().find(|line| line.starts_with(like)).unwrap().replacen(like, new, 1);
        files.insert(file.to_owned(), format!("{}\n{row}\n", text.trim_end()).into_bytes());
    }
    edit(&mut files, "cases.csv", "C20", "priority", "2");
    let mut text = String::from_utf8(files["commitments.csv"].clone()).unwrap();
    text += "C03,L032,S02,2027-04-21T09:30:00+02:00,,,,locked\n";
    files.insert("commitments.csv".to_owned(), text.into_bytes());
    let week = run::week(&pinned(&files, &["C20,false,L032,,".to_owned()]));
    for effort in [Effort::Quick, Effort::Proof] {
        let done = repair(&week, &earlier, &run::exact(), effort, &run::Until::seconds(60.0), week.now);
        let Err(error) = &done else { panic!("{done:?}") };
        let Unplannable::Pins(refused) = error else { panic!("{error}") };
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert_eq!(refused[0].rule.as_deref(), Some("C-locked"), "{refused:?}");
        assert!(refused[0].proven && error.is_proven());
    }
}

/// No priority outweighs a pin.
#[test]
fn a_pin_holds_against_cases_of_the_highest_priority() {
    for priority in ["300", "20000", "1000000"] {
        let mut files = demo();
        for case in ["C12", "C13", "C04"] {
            edit(&mut files, "cases.csv", case, "priority", priority);
        }
        let week = run::week(&pinned(&files, &["C01,false,L018,,".to_owned()]));
        let plan = run::checked_plan(&format!("priority {priority}"), &week, &run::exact(), 60.0);
        let row = plan.departures.iter().find(|row| row.case.as_str() == "C01").unwrap();
        assert_eq!(row.legs[0].as_str(), "L018");
    }
}

/// Pins copied from a plan go together, however little time there is; and no rule is named where none is broken.
#[test]
fn pins_that_go_together_are_not_refused_for_want_of_time() {
    let files = vertrek::synth::synthesise(&vertrek::synth::SynthSettings::week(120, 2));
    let settings = Settings { gap: 0.01, threads: 1, seed: 1 };
    let week = run::week(&files);
    let free = plan_week(&week, &settings, &work(4_000), week.now).unwrap();
    let count = free.departures.len().min(40);
    let rows: Vec<String> = (0..count).map(|at| legs_of(&free, at)).collect();
    let week = run::week(&pinned(&files, &rows));
    match plan_week(&week, &settings, &work(0), week.now) {
        Ok(plan) => assert!(check(&week, &plan).is_fine()),
        Err(Unplannable::Pins(refused)) => {
            assert!(refused.iter().all(|refusal| !refusal.proven), "{refused:?}");
            assert!(refused.iter().all(|refusal| refusal.rule.as_deref() != Some("F-known")), "{refused:?}");
        }
        Err(other) => panic!("{other}"),
    }
}
