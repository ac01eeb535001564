//! The checker of a plan: a right plan of a small week passes, with every figure as worked by hand, and every lie is refused
//! with the code of its rule and no other.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first thing that is not there")]

mod departures;
mod draft;
mod fields;
mod figures;
mod garbage;
mod pins;
mod plan;
mod repair;
mod rides;
mod week;
mod work;

use draft::{Draft, Lie};
use std::collections::BTreeSet;
use vertrek::lang::Lang;
use vertrek::plan::check::{Report, RuleCode, check, read_plan};
use vertrek::units::Euro;

fn lies() -> Vec<Lie> {
    [departures::lies(), pins::lies(), work::lies(), rides::lies(), figures::lies()].into_iter().flatten().collect()
}

fn told(lie: &Lie) -> Report {
    let week = week::week_with(lie.edits);
    let mut draft = Draft { week: &week, plan: plan::right_plan(&week) };
    (lie.change)(&mut draft);
    if lie.settled {
        draft.settle();
    }
    check(&week, &draft.plan)
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.violations.iter().map(|violation| violation.rule.code()).collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn the_right_plan_passes_with_the_figures_worked_by_hand() {
    let week = week::week_with(&[]);
    let report = check(&week, &plan::right_plan(&week));
    assert!(report.is_fine(), "{}", report.in_lang(Lang::En));
    let money = report.recomputed.money;
    assert_eq!(money.value, Euro::new(56088.70));
    assert_eq!(money.tickets, Euro::new(994.14));
    assert_eq!(money.escorts, Euro::new(9200.00));
    assert_eq!(money.transport, Euro::new(1109.17));
    assert_eq!(money.unmet, Euro::new(40000.00));
    assert_eq!(report.recomputed.objective, Euro::new(4785.40));
}

#[test]
fn every_lie_is_refused_with_the_code_of_its_rule_and_no_other() {
    let lies = lies();
    assert!(lies.len() >= 60, "{}", lies.len());
    let mut wrong = Vec::new();
    for lie in &lies {
        let report = told(lie);
        if codes(&report) != lie.codes {
            wrong.push(format!("{}: {:?} expected\n{}", lie.name, lie.codes, report.in_lang(Lang::En)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_lie() {
    let mut told: BTreeSet<_> = lies().iter().flat_map(|lie| lie.codes.iter().copied()).collect();
    told.extend(repair::lies().iter().flat_map(|lie| lie.codes.iter().copied()));
    // An unreadable plan is no plan that could be changed; it has a test of its own.
    let all = RuleCode::ALL.iter().filter(|&&code| code != RuleCode::Format).map(|code| code.code());
    assert_eq!(told.into_iter().collect::<Vec<_>>(), all.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
}

#[test]
fn an_unreadable_plan_is_refused_with_line_and_column() {
    let report = Report { violations: vec![*read_plan("no plan").unwrap_err()], ..Report::default() };
    assert!(!report.in_lang(Lang::En).contains("objective"), "no figures of what is no plan");
    assert!(serde_json::to_value(&report).unwrap().get("recomputed").is_none());
    let text = plan::TEXT.replace("\"hours\": 24.0", "\"hours\": -24.0");
    let violation = read_plan(&text).unwrap_err();
    assert_eq!(violation.rule, RuleCode::Format);
    let line = text.lines().position(|line| line.contains("-24.0")).unwrap() + 1;
    assert!(violation.message.en.contains(&format!("line {line}, column")), "{}", violation.message.en);
    assert!(violation.message.nl.contains(&format!("regel {line}, kolom")), "{}", violation.message.nl);
    for broken in ["", "{", "[]", "null", "{\"week\": 3}", &plan::TEXT.replace("\"p\":", "\"q\":")] {
        assert_eq!(read_plan(broken).unwrap_err().rule, RuleCode::Format, "{broken}");
    }
}

#[test]
fn a_plan_from_before_the_calendar_is_refused_and_nothing_else_is_said() {
    let week = week::week_with(&[]);
    for year in ["+262142", "-262143", "0001", "9999"] {
        let mut plan = plan::right_plan(&week);
        plan.routes[0].stops[1].at = format!("{year}-12-31T23:59:59Z").parse().unwrap();
        assert_eq!(codes(&check(&week, &plan)), ["F-format"], "{year}");
    }
}

#[test]
fn a_doctor_may_serve_as_nurse_and_a_bigger_team_is_no_violation() {
    let week = week::week_with(&[("legs.csv", "+00:00,4,1,0,0", "+00:00,5,1,0,0")]);
    let mut draft = Draft { week: &week, plan: plan::right_plan(&week) };
    draft.swap("L1", "N1", "M2");
    draft.team("L1").escorts.push(draft::escort("E9"));
    draft.settle();
    let report = check(&week, &draft.plan);
    assert!(report.is_fine(), "{}", report.in_lang(Lang::En));
}

#[test]
fn a_plan_within_the_tolerances_passes() {
    let week = week::week_with(&[]);
    let mut plan = plan::right_plan(&week);
    let second = chrono::TimeDelta::seconds(1);
    plan.teams.iter_mut().for_each(|team| team.end += second);
    plan.routes.iter_mut().for_each(|route| route.stops.iter_mut().for_each(|stop| stop.at += second));
    plan.departures.iter_mut().for_each(|row| row.noticed_at += second);
    draft::more(&mut plan.money.value, 0.9);
    draft::more(&mut plan.money.tickets, -0.9);
    draft::more(&mut plan.objective, 0.9);
    draft::more(&mut plan.bound, 0.9);
    let report = check(&week, &plan);
    assert!(report.is_fine(), "{}", report.in_lang(Lang::En));
}

#[test]
fn risk_that_is_not_used_weighs_nothing_but_is_still_printed() {
    // Value 10000 × (1 + 2 × 3 + 1 + 1 + 1); tickets 200 + 300 + 2 × 150 + 0 + 100 + 150.
    let week = week::week_with(&[("week.toml", "[costs]", "[risk]\nuse = \"none\"\n[costs]")]);
    let mut draft = Draft { week: &week, plan: plan::right_plan(&week) };
    draft.settle();
    let report = check(&week, &draft.plan);
    assert!(report.is_fine(), "{}", report.in_lang(Lang::En));
    assert_eq!(report.recomputed.money.value, Euro::new(100_000.0));
    assert_eq!(report.recomputed.money.tickets, Euro::new(1050.0));
}

#[test]
fn a_report_speaks_both_languages_and_json() {
    let lie = lies().into_iter().find(|lie| lie.name == "document only promised").unwrap();
    let report = told(&lie);
    let (en, nl) = (report.in_lang(Lang::En), report.in_lang(Lang::Nl));
    assert!(en.starts_with("G-document case X-promised: person PX8 has no document that admits this journey to FRA [documents.csv:19, persons.csv:19]\n"), "{en}");
    assert!(nl.starts_with("G-document zaak X-promised: persoon PX8 heeft geen document"), "{nl}");
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["violations"][0]["rule"], "G-document");
    assert_eq!(json["violations"][0]["subject"]["id"], "X-promised");
    assert_eq!(json["violations"][0]["rows"][0], "documents.csv:19");
    assert!(json["recomputed"]["objective"].is_number());
    for code in RuleCode::ALL {
        assert_ne!(code.sentence(Lang::En), code.sentence(Lang::Nl), "{code}");
        assert!((1..=8).contains(&code.section()) || code.section() == 10 || code.code().starts_with("K-"));
    }
}

/// The checker must be able to catch the planner lying, so it shares nothing with the rooms that plan.
#[test]
fn the_checker_knows_no_room_that_plans() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/plan/check");
    let allowed = ["week", "rules", "calendar", "units", "lang", "plan"];
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("crate::") {
            let room: String = text[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            assert!(allowed.contains(&room.as_str()), "{} uses {room}", path.display());
        }
        assert!(!text.contains("vertrek_solver"), "{}", path.display());
        files += 1;
    }
    assert!(files > 5);
}
