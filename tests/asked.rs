//! Reasons and marginal values survive being planned again: over 100 tiny weeks everything that is said is tried once more,
//! from files that are edited here, by the commands that a planner has.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod run;
mod under_way;

use std::collections::BTreeSet;
use vertrek::ask::{Range, Reasons, Unit, reasons, scarce};
use vertrek::lang::Lang;
use vertrek::options::build;
use vertrek::plan::{Plan, Status};
use vertrek::planner::plan_week;
use vertrek::publish::{reasons_section, scarcity_page};
use vertrek::replan::{Effort, Repaired, repair};
use vertrek::synth::tiny;
use vertrek::week::{CaseId, LegId, Week};

type Files = under_way::Files;

/// To the cent, twice.
const CENT: f64 = 0.02;

fn until() -> run::Until {
    run::Until::seconds(60.0)
}

fn edit(files: &mut Files, file: &str, id: &str, column: &str, change: impl Fn(&str) -> String) {
    let text = String::from_utf8(files[file].clone()).unwrap();
    let at = text.lines().next().unwrap().split(',').position(|name| name == column).unwrap();
    let row = |line: &str| {
        let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
        if fields[0] == id {
            fields[at] = change(&fields[at]);
        }
        fields.join(",")
    };
    let text: Vec<String> = text.lines().map(row).collect();
    files.insert(file.to_owned(), (text.join("\n") + "\n").into_bytes());
}

fn append(files: &mut Files, file: &str, header: &str, row: &str) {
    let text = files.get(file).map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    let text = text.unwrap_or_else(|| format!("{header}\n"));
    files.insert(file.to_owned(), format!("{}\n{row}\n", text.trim_end()).into_bytes());
}

/// The folder with one more unit, as somebody would edit it.
fn with(files: &Files, unit: &Unit, number: usize) -> Files {
    let mut files = files.clone();
    let one = |text: &str| (text.parse::<u32>().unwrap_or(0) + 1).to_string();
    match unit {
        Unit::Seat(leg) | Unit::UnescortedSeat(leg) => {
            edit(&mut files, "legs.csv", leg.as_str(), "seats", one);
            edit(&mut files, "legs.csv", leg.as_str(), "max_returnees", one);
            if matches!(unit, Unit::UnescortedSeat(_)) {
                edit(&mut files, "legs.csv", leg.as_str(), "max_unescorted", one);
            }
        }
        Unit::Place(slot) => edit(&mut files, "contact_slots.csv", slot.as_str(), "capacity", one),
        Unit::Priority(case, thousandths) => {
            let priority = f64::from(*thousandths) / 1000.0;
            edit(&mut files, "cases.csv", case.as_str(), "priority", |_| priority.to_string());
        }
        Unit::Arrival(country, kind) => {
            let text = String::from_utf8(files["destinations.csv"].clone()).unwrap();
            let names: Vec<&str> = text.lines().next().unwrap().split(',').collect();
            let at = |name: &str| names.iter().position(|column| *column == name).unwrap();
            let row = |line: &str| {
                let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
                let of_kind = fields[at("kind")] == kind.map_or("", |kind| kind.word());
                if fields[at("destination")] == country.to_string() && of_kind {
                    fields[at("max_per_day")] = one(&fields[at("max_per_day")]);
                }
                fields.join(",")
            };
            let text: Vec<String> = text.lines().map(row).collect();
            files.insert("destinations.csv".to_owned(), (text.join("\n") + "\n").into_bytes());
        }
        Unit::Shift(like) => {
            let text = String::from_utf8(files["shifts.csv"].clone()).unwrap();
            let row = text.lines().find(|line| line.split(',').next() == Some(like.as_str())).unwrap();
            let mut fields: Vec<String> = row.split(',').map(str::to_owned).collect();
            (fields[0], fields[1]) = (format!("NEW{number}"), format!("NEWVAN{number}"));
            append(&mut files, "shifts.csv", "", &fields.join(","));
        }
        Unit::Escort(new) => {
            let (id, sex) = (format!("NEW{number}"), new.sex.map_or("x", |sex| sex.word()));
            let base = new.base.as_ref().map_or("", |base| base.as_str());
            let visa = new.visa.map_or(String::new(), |country| country.to_string());
            let skill = new.skill.as_ref().map_or("", |skill| skill.as_str());
            let row = format!("{id},kmar,{},{base},{sex},{visa},{skill},", new.role.word());
            append(&mut files, "escorts.csv", "escort,organisation,role,base,sex,visas,skills,max_hours", &row);
            let (from, until) = (new.from.to_rfc3339(), new.until.to_rfc3339());
            let header = "escort,from,until,reason";
            append(&mut files, "absences.csv", header, &format!("{id},2026-01-01T00:00:00+01:00,{from},"));
            append(&mut files, "absences.csv", header, &format!("{id},{until},2028-12-31T00:00:00+01:00,"));
        }
    }
    files
}

fn pin(files: &Files, rows: &[String]) -> Files {
    let mut files = files.clone();
    for (at, row) in rows.iter().enumerate() {
        append(&mut files, "pins.csv", "pin,case,out,legs,escorts,shift,reason,by", &format!("N{at},{row},,,test,V1"));
    }
    files
}

fn on(case: &CaseId, legs: &[LegId]) -> String {
    let legs: Vec<&str> = legs.iter().map(LegId::as_str).collect();
    format!("{case},false,{}", legs.join(" "))
}

/// The repair of a folder, proven to be the best.
fn best(files: &Files, plan: &Plan) -> Option<Repaired> {
    let week = run::week(files);
    let found = repair(&week, plan, &run::exact(), Effort::Proof, &until(), week.now).ok()?;
    assert_eq!(found.plan.status, Status::Optimal);
    Some(found)
}

fn holds(range: &Range, value: f64) -> bool {
    range.least.get() - CENT <= value && value <= range.most.get() + CENT
}

#[test]
fn every_marginal_value_survives_planning_again() {
    let (mut tried, mut worth, mut wrong, mut arrivals) = (0, 0, Vec::new(), 0);
    for seed in 0..100 {
        let files = tiny(seed);
        let week = run::week(&files);
        let base = plan_week(&week, &run::exact(), &until(), week.now).unwrap();
        let found = scarce(&week, None, 40, &run::exact(), &until()).unwrap();
        assert!((found.objective - base.objective).get().abs() < CENT);
        assert!(found.priced, "tiny week {seed}: no duals");
        for one in &found.units {
            let more = run::week(&with(&files, &one.unit, 1));
            let best = plan_week(&more, &run::exact(), &until(), more.now).unwrap();
            let gain = (best.objective - base.objective).get();
            if !one.value.is_plain() || !holds(&one.value, gain) {
                wrong.push(format!("tiny week {seed}: {:?} said {:?}, is {gain:.2}", one.unit, one.value));
            }
            tried += 1;
            worth += usize::from(gain > 1.0);
            arrivals += usize::from(matches!(one.unit, Unit::Arrival(..)));
        }
        let (english, dutch) = (scarcity_page(&week, &found, Lang::En), scarcity_page(&week, &found, Lang::Nl));
        assert_ne!(english, dutch);
    }
    assert!(wrong.is_empty(), "{} of {tried}: {}", wrong.len(), wrong.join("\n"));
    assert!(tried > 200 && worth > 30 && arrivals > 0, "{tried} tried, {worth} worth something, {arrivals} arrivals");
}

/// Every way out of a case: its legs.
fn ways(week: &Week, case: &CaseId) -> BTreeSet<Vec<LegId>> {
    let options = build(week);
    let of_case = options.cases[week.cases.position(case).unwrap()].options.clone();
    let legs = |at: usize| options.itineraries[options.options[at].itinerary].legs.iter();
    of_case.map(|at| legs(at).map(|&leg| week.legs.rows()[leg].id.clone()).collect()).collect()
}

#[derive(Debug, Default)]
struct Count {
    others: usize,
    without: usize,
    forced: usize,
    holders: usize,
    transfers: usize,
    openings: usize,
}

fn survives(files: &Files, week: &Week, plan: &Plan, case: &CaseId, found: &Reasons, count: &mut Count) {
    let present = best(&pin(files, &everybody(plan, None)), plan).map(|found| found.changes.repair_objective.get());
    if let Some(present) = present {
        assert!(found.worth.get() >= present - CENT || found.legs.is_none(), "{} {present}", found.worth);
    }
    let lost = |files: &Files| best(files, plan).map(|other| (found.worth - other.changes.repair_objective).get());
    if let Some(legs) = &found.legs {
        let mut other: Vec<f64> = ways(week, case)
            .iter()
            .filter(|way| *way != legs)
            .filter_map(|way| lost(&pin(files, &[on(case, way)])))
            .collect();
        other.sort_by(f64::total_cmp);
        for (at, alternative) in found.alternatives.iter().enumerate() {
            let again = lost(&pin(files, &[on(case, &alternative.legs)])).expect("can be planned");
            assert!(alternative.cost.is_plain() && holds(&alternative.cost, again), "{alternative:?} {again}");
            if let Some(best) = other.get(at) {
                assert!((again - best).abs() < CENT, "{alternative:?} is not number {at}: {other:?}");
            }
            count.others += 1;
        }
        if let Some(without) = &found.without {
            let again = lost(&pin(files, &[format!("{case},true,")])).expect("can be planned");
            assert!(holds(&without.cost, again), "{without:?} {again}");
            count.without += 1;
        }
        return;
    }
    if let Some(forced) = found.alternatives.first() {
        let all = ways(week, case).into_iter().filter_map(|way| lost(&pin(files, &[on(case, &way)])));
        let least = all.fold(f64::INFINITY, f64::min);
        // Ways that are worth less than they cost by themselves are no options here; forced, they may still be the best.
        let again = lost(&pin(files, &[on(case, &forced.legs)])).expect("can be planned");
        assert!(
            forced.cost.is_plain() && holds(&forced.cost, again) && again <= least + CENT,
            "{forced:?} {again} {least}"
        );
        count.forced += 1;
    }
    if let Some(way) = &found.way {
        for holder in &way.holders {
            let mut rows = everybody(plan, Some(&holder.case));
            rows.extend([format!("{},true,", holder.case), on(case, &way.legs)]);
            let week = run::week(&pin(files, &rows));
            let room = plan_week(&week, &run::exact(), &until(), week.now);
            assert!(room.is_ok(), "{holder:?} leaves no room: {room:?}");
            count.holders += 1;
        }
        for transfer in &way.transfers {
            let mut rows = everybody(plan, None);
            rows.push(on(case, &way.legs));
            let mut files = pin(files, &rows);
            let table = String::from_utf8(files["transfers.csv"].clone()).unwrap();
            let others = table.lines().filter(|row| row.split(',').next() != Some(transfer.as_str()));
            let others = others.collect::<Vec<_>>().join("\n") + "\n";
            files.insert("transfers.csv".to_owned(), others.into_bytes());
            let room = plan_week(&run::week(&files), &run::exact(), &until(), week.now);
            assert!(room.is_ok(), "{transfer} leaves no room: {room:?}");
            count.transfers += 1;
        }
    }
    if let Some(opening) = &found.opening {
        let mut changed = files.clone();
        for (number, unit) in opening.units.iter().enumerate() {
            changed = with(&changed, unit, number);
        }
        let on = best(&pin(&changed, &[on(case, &opening.legs)]), plan).expect("can be planned");
        let best = best(&changed, plan).expect("can be planned").changes.repair_objective;
        assert!((best - on.changes.repair_objective).get().abs() < CENT, "{opening:?} is not best");
        let out = self::best(&pin(&changed, &[format!("{case},true,")]), plan).expect("can be planned");
        // Whether every best plan has it in: not where one without is as good.
        let needed = (best - out.changes.repair_objective).get() > CENT;
        assert_eq!(opening.proven, needed, "{opening:?}: {best} with, {} without", out.changes.repair_objective);
        assert!((best - found.worth - opening.gain).get().abs() < CENT, "{opening:?} {best}");
        count.openings += usize::from(opening.proven);
    }
}

/// Every planned case but one, pinned to its legs.
fn everybody(plan: &Plan, but: Option<&CaseId>) -> Vec<String> {
    let rows = plan.departures.iter().filter(|row| Some(&row.case) != but);
    rows.map(|row| on(&row.case, &row.legs)).collect()
}

#[test]
fn every_reason_survives_planning_again() {
    let mut count = Count::default();
    for seed in 0..400 {
        let files = tiny(seed);
        let week = run::week(&files);
        let plan = run::checked_plan(&format!("tiny week {seed}"), &week, &run::exact(), 60.0);
        for case in &week.cases {
            let found = reasons(&week, &plan, &case.id, &run::exact(), &until()).unwrap();
            let name = format!("tiny week {seed}, case {}", case.id);
            survives(&files, &week, &plan, &case.id, &found, &mut count);
            let (english, dutch) = (reasons_section(&week, &found, Lang::En), reasons_section(&week, &found, Lang::Nl));
            assert!(english.is_empty() == dutch.is_empty() && (english.is_empty() || english != dutch), "{name}");
        }
    }
    let Count { others, without, forced, holders, transfers, openings } = count;
    assert!(others > 20 && without > 150 && forced > 40 && holders > 40 && openings > 80, "{count:?}");
    assert!(transfers > 0, "{count:?}");
}

/// What happened to the plan is no cost of another way.
#[test]
fn reasons_after_something_happened_are_compared_with_the_repair() {
    let (mut fallen, mut compared) = (0, 0);
    for seed in 0..240 {
        let mut files = tiny(seed);
        let week = run::week(&files);
        let plan = run::checked_plan(&format!("tiny week {seed}"), &week, &run::exact(), 60.0);
        let Some(first) = plan.departures.first() else { continue };
        for column in ["seats", "max_returnees", "max_unescorted"] {
            edit(&mut files, "legs.csv", first.legs[0].as_str(), column, |_| "0".to_owned());
        }
        let week = run::week(&files);
        let repaired = best(&files, &plan).expect("can be planned").changes.repair_objective;
        for case in &week.cases {
            let found = reasons(&week, &plan, &case.id, &run::exact(), &until()).unwrap();
            let name = format!("tiny week {seed}, case {}", case.id);
            assert!(found.stood.is_none(), "{name}: {:?}", found.stood);
            assert!((found.worth - repaired).get().abs() < CENT, "{name}: {} and {repaired}", found.worth);
            for other in found.alternatives.iter().chain(&found.without) {
                let row = if other.legs.is_empty() { format!("{},true,", case.id) } else { on(&case.id, &other.legs) };
                let again = best(&pin(&files, &[row]), &plan).expect("can be planned").changes.repair_objective;
                assert!(holds(&other.cost, (repaired - again).get()), "{name}: {other:?} {again} {repaired}");
                compared += 1;
            }
            let page = reasons_section(&week, &found, Lang::En);
            assert!(found.held || page.is_empty() || page.contains("cannot stand as it is"), "{name}: {page}");
        }
        fallen += 1;
    }
    assert!(fallen > 30 && compared > 30, "{fallen} fallen, {compared} compared");
}

/// A search that ran out of time has proven nothing, and says nothing of the kind.
#[test]
fn what_was_not_found_in_time_is_not_said_not_to_be() {
    let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let entries = std::fs::read_dir(demo).unwrap().map(|entry| entry.unwrap().path());
    let files: Files = entries
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap()))
        .collect();
    let week = run::week(&files);
    let plan = run::checked_plan("demo", &week, &run::exact(), 60.0);
    for case in &week.cases {
        let hasty = reasons(&week, &plan, &case.id, &run::exact(), &run::Until::seconds(0.0)).unwrap();
        assert!(hasty.opening.is_none_or(|opening| !opening.proven));
        let fuller = reasons(&week, &plan, &case.id, &run::exact(), &until()).unwrap();
        let all = ways(&week, &case.id).len();
        for found in [&Reasons { opening: None, ..hasty }, &fuller] {
            let page = reasons_section(&week, found, Lang::En);
            let said = page.contains("No plan has it on another way.") || page.contains("No plan has it in.");
            assert!(!said || found.exhausted, "{page}");
        }
        // What is proven not to be is not found with more time either.
        assert!(
            !(fuller.exhausted && all > 3 && fuller.alternatives.is_empty() && fuller.legs.is_some()),
            "{fuller:?}"
        );
    }
}
