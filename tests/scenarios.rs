//! Scenarios of a week: one thing is different, and nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod run;

use std::collections::BTreeMap;
use vertrek::lang::Lang;
use vertrek::publish::{Scenario, scenario_figures, scenarios_page};
use vertrek::whatif::{Refusal, Tweak};

fn files() -> BTreeMap<String, Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap())).collect()
}

fn set(key: &str, value: &str) -> Tweak {
    Tweak::Set(key.to_owned(), value.to_owned())
}

#[test]
fn a_scenario_changes_what_it_says_and_nothing_else() {
    let files = files();
    let was = Tweak::Nothing.week(&files).unwrap();
    let week = set("costs.departure_value", "12000").week(&files).unwrap();
    assert_eq!(week.costs.departure_value.get(), 12_000.0);
    assert_eq!((week.rules, week.now, week.cases.len()), (was.rules.clone(), was.now, was.cases.len()));
    let week = set("rules.notice_min_hours_for.family", "96").week(&files).unwrap();
    assert_eq!(week.rules.notice_min_for.len(), 1);

    let leg = was.legs.rows()[0].id.clone();
    assert!(Tweak::Without(leg.to_string()).week(&files).unwrap().legs.get(&leg).is_none());
    let escort = was.escorts.rows()[0].id.to_string();
    assert_eq!(Tweak::Without(escort).week(&files).unwrap().absences.len(), was.absences.len() + 1);

    let header = "shift,vehicle,depot,seats,wheelchairs,compartments,from,until,max_hours,fixed,per_km,per_hour";
    let row = "V99,X99,DVO-UTRECHT,4,1,2,2027-04-30T05:00:00+02:00,2027-04-30T20:00:00+02:00,,100,1,50";
    let depot = was.shifts.rows()[0].depot.to_string();
    let rows = format!("{header}\n{}\n", row.replace("DVO-UTRECHT", &depot));
    let week = Tweak::Add("shifts.csv".to_owned(), rows.into_bytes()).week(&files).unwrap();
    assert_eq!(week.shifts.len(), was.shifts.len() + 1);
}

#[test]
fn a_scenario_that_cannot_be_is_refused_in_both_languages() {
    let files = files();
    let add = Tweak::Add("shifts.csv".to_owned(), b"shift,vehicle\nV99,X99\n".to_vec());
    let refused = [
        set("costs.departure_value", "a lot"),
        set("", "1"),
        set("costs.departures", "1"),
        Tweak::Without("nobody".to_owned()),
        add,
    ];
    for tweak in refused {
        let refusal = tweak.week(&files).unwrap_err();
        assert_ne!(refusal.in_lang(Lang::En), refusal.in_lang(Lang::Nl), "{tweak:?}");
    }
    assert!(matches!(set("costs.departures", "1").week(&files), Err(Refusal::Invalid(_))));
}

#[test]
fn scenarios_stand_side_by_side_with_the_cases_that_differ() {
    let files = files();
    let scenario = |tweak: Tweak| {
        let week = tweak.week(&files).unwrap();
        let plan = run::checked_plan("scenario", &week, &run::exact(), 60.0);
        Scenario { name: tweak.name(Lang::En), week, plan, changes: None }
    };
    let scenarios = [scenario(Tweak::Nothing), scenario(Tweak::Without("L001".to_owned()))];
    let figures = scenario_figures(&scenarios);
    assert!(figures[0].differ.is_empty());
    assert!(figures[1].objective < figures[0].objective);
    assert!(figures[1].differ.contains_key("C12"), "{:?}", figures[1].differ);
    let persons: f64 = figures[0].persons;
    assert!((figures[0].expected - persons * (1.0 - figures[0].cancelled)).abs() < 1e-9);
    let (english, dutch) = (scenarios_page(&figures, Lang::En), scenarios_page(&figures, Lang::Nl));
    assert!(english.contains("without L001") && english.contains("cases differ"), "{english}");
    assert!(dutch.contains("zaken anders") && dutch.contains("verwacht"), "{dutch}");
}
