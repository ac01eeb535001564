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

/// Ten days in a row, of which each begins with what the plan of the day before has set going.
#[test]
fn a_week_lived_through_day_by_day_stays_lawful_and_does_not_drift() {
    let settings = Settings { gap: 0.0, threads: 1, seed: 1 };
    let (mut own, mut best, mut told) = (0.0, 0.0, 0);
    for seed in 0..2 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let files = synthesise(&SynthSettings::week(100, seed));
        let week = run::week(&files);
        let mut plan = run::checked_plan(&format!("week {seed}"), &week, &settings, 3.0);
        let mut lived = under_way::days::Days::new(&files);
        for day in 1..=10 {
            let week = lived.after(day, &plan, 4, &mut rng);
            let repaired = checked_repair(&format!("week {seed}, day {day}"), &week, &plan, Effort::Quick, 10.0);
            let long = checked_repair(&format!("week {seed}, day {day}, long"), &week, &plan, Effort::Proof, 0.5);
            own += repaired.changes.repair_objective.get();
            best += long.changes.repair_objective.get();
            told += week.commitments.len();
            plan = repaired.plan;
        }
    }
    assert!(told > 50, "only {told} commitments in twenty days");
    assert!(best - own <= 0.01 * best.abs(), "{own} where a longer search with the same commitments finds {best}");
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

/// The demo week: what each kind of event does to its plan, and the change that says so.
#[test]
fn every_kind_of_event_has_its_worked_example() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: &std::path::Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let files: under_way::Files = entries.map(|path| (named(&path), std::fs::read(&path).unwrap())).collect();
    let before = run::week(&files);
    let earlier = run::checked_plan("demo", &before, &run::exact(), 60.0);
    let id = |text: &str| vertrek::week::CaseId::new(text).unwrap();
    let person = before.persons(&id("C12")).next().unwrap().id.clone();
    let document = before.documents(&person).next().unwrap().id.clone();
    let ride = earlier.routes.iter().find(|route| route.stops.iter().any(|stop| stop.case == Some(id("C12")))).unwrap();
    let open = before.procedures.iter().find(|row| row.suspensive && row.closed.is_none()).unwrap();
    let (shift, transfer) = (&ride.shift, &before.transfers.rows()[0].id);
    let team = &earlier.teams.iter().find(|team| team.legs[0].as_str() == "L001").unwrap().escorts[0];
    let later = "2027-04-29T11:30:00+02:00";
    let gate = |gate: &str| format!("Departure C12 L001 - Gate {gate} G1");
    let examples = [
        ("procedure_opened,C12,,".to_owned(), Some(gate("procedure"))),
        ("voluntary,C12,,".to_owned(), Some(gate("voluntary"))),
        ("release_withdrawn,C12,,".to_owned(), Some(gate("release"))),
        ("availability_lost,C12,,".to_owned(), Some(gate("availability"))),
        (format!("document_withdrawn,{document},,"), Some(gate("document"))),
        (format!("unfit,{person},,"), Some(gate("fitness"))),
        ("leg_cancelled,L001,,".to_owned(), Some("Departure C12 L001 - Gone leg L001 G1".to_owned())),
        ("seats_changed,L001,,1".to_owned(), Some("Departure C12 L001 - Scarce L001 G1".to_owned())),
        (format!("escort_absent,{team},2027-05-10T00:00:00+02:00,"), Some(format!("Team {team} L001 - Unable G1"))),
        (format!("shift_out,{shift},,"), Some(format!("Ride C12 {shift} Gone shift {shift} G1"))),
        (format!("transfer_cancelled,{transfer},,"), Some(format!("Transfer {transfer} Gone transfer {transfer} G1"))),
        (format!("leg_retimed,L001,,{later}"), Some(format!("Ride C12 {shift} Along"))),
        // These force nothing here: the plan stays, or is worth no less.
        (format!("fit,{person},2027-06-01T00:00:00+02:00,"), None),
        (format!("document_issued,{document},,"), None),
        (format!("transfer_added,{transfer},,"), None),
        (format!("procedure_closed,{},,", open.case), None),
        ("released,C12,,V9".to_owned(), None),
        ("availability_confirmed,C12,2027-05-09T00:00:00+02:00,".to_owned(), None),
    ];
    let kinds: std::collections::BTreeSet<&str> =
        examples.iter().map(|(event, _)| event.split(',').next().unwrap()).collect();
    assert_eq!(kinds.len(), vertrek::week::EventKind::ALL.len(), "{kinds:?}");
    for (event, expected) in examples {
        let text = format!("event,at,kind,subject,until,value\nG1,2027-04-22T08:00:00+02:00,{event}\n");
        let week = read_files_with_events(&files, text.as_bytes()).unwrap();
        let repaired = checked_repair(&event, &week, &earlier, Effort::Proof, 60.0);
        let written: Vec<String> = repaired.changes.changes.iter().map(told).collect();
        match expected {
            Some(expected) => {
                let words: Vec<&str> = expected.split(' ').collect();
                let says = |line: &String| words.iter().all(|word| line.split(' ').any(|part| part == *word));
                assert!(written.iter().any(says), "{event}: {expected} is not in {written:#?}");
            }
            None => assert_eq!(repaired.changes.change_costs.get(), 0.0, "{event}: {written:#?}"),
        }
    }
}

/// A change in words.
fn told(change: &vertrek::plan::changes::Change) -> String {
    use vertrek::plan::Scarce;
    use vertrek::plan::changes::Cause;
    let because = match &change.because {
        Cause::Gate { gate, .. } => format!("Gate {gate}"),
        Cause::Gone { kind, id } => format!("Gone {kind} {id}"),
        Cause::Scarce(lacks) => {
            let legs = lacks.iter().filter_map(|lack| match lack {
                Scarce::Seats(leg) | Scarce::Returnees(leg) => Some(leg.to_string()),
                _ => None,
            });
            format!("Scarce {}", legs.collect::<Vec<_>>().join(" "))
        }
        other => format!("{other:?}"),
    };
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
    let event = change.event.as_ref().map_or("-".to_owned(), ToString::to_string);
    format!("{:?} {} {} {} {because} {event}", change.what, change.subject, side(&change.from), side(&change.to))
}
