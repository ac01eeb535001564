//! Pins: what a planner fixes by hand is obeyed when it can be, and refused with the rule when it cannot.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod run;
mod under_way;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use vertrek::lang::Lang;
use vertrek::options::build;
use vertrek::plan::check::check_repair;
use vertrek::plan::{LeftOut, Plan};
use vertrek::planner::{Unplannable, plan_week};
use vertrek::publish::explain;
use vertrek::replan::{Effort, repair};
use vertrek::synth::tiny;
use vertrek::week::{CaseId, Week};

type Files = under_way::Files;

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
                refused.extend(list.into_iter().map(|refusal| refusal.rule));
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
            Err(Unplannable::Pins(list)) => refused.extend(list.into_iter().map(|refusal| refusal.rule)),
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
    let rules: BTreeSet<&str> = refused.iter().map(|refusal| refusal.rule.as_str()).collect();
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
