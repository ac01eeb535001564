//! Scenarios of a week: one thing is different, and nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod run;

use std::collections::BTreeMap;
use vertrek::lang::Lang;
use vertrek::publish::{Scenario, experiments_section, scenario_figures, scenarios_page, tried};
use vertrek::whatif::{Experiment, Refusal, Tweak};

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
    assert!(english.contains("without L001") && english.contains(" differ"), "{english}");
    assert!(dutch.contains("zaken anders") && dutch.contains("verwacht"), "{dutch}");
}

#[test]
fn fields_are_edited_rows_copied_and_changes_combined() {
    let files = files();
    let was = Tweak::Nothing.week(&files).unwrap();
    let text = |text: &str| text.to_owned();
    let edit = Tweak::Edit(text("legs.csv"), text("L001"), text("seats"), text("7"));
    let with_absence = was.absences[0].escort.clone();
    let copy = Tweak::Copy(text("escorts.csv"), with_absence.to_string(), vec![(text("base"), String::new())]);
    let all = Tweak::All(vec![edit, copy, Tweak::Without(text("V06")), set("costs.escort_hour", "60")]);
    let week = all.week(&files).unwrap();
    let leg = &was.legs.rows()[0];
    assert_eq!((week.legs[&leg.id].seats, week.legs[&leg.id].max_returnees), (7, leg.max_returnees));
    let new = week.escorts.rows().last().unwrap();
    let old = &was.escorts[&with_absence];
    assert_eq!(new.id.as_str(), format!("{with_absence}+"));
    assert_eq!((&new.base, new.role, &new.visas), (&None, old.role, &old.visas));
    let away = |week: &vertrek::week::Week, id: &vertrek::week::EscortId| {
        week.absences.iter().filter(|absence| absence.escort == *id).map(|absence| absence.span).collect::<Vec<_>>()
    };
    assert_eq!(away(&week, &new.id), away(&was, &with_absence));
    assert_eq!((week.shifts.len(), week.costs.escort_hour.get()), (was.shifts.len() - 1, 60.0));
    for wrong in [("legs.csv", "nobody", "seats"), ("legs.csv", "L001", "chairs"), ("chairs.csv", "L001", "seats")] {
        let tweak = Tweak::Edit(text(wrong.0), text(wrong.1), text(wrong.2), text("1"));
        assert!(matches!(tweak.week(&files), Err(Refusal::NoField(_))), "{wrong:?}");
    }
}

#[test]
fn experiments_change_what_they_say_and_stand_beside_the_guess() {
    let files = files();
    let was = Tweak::Nothing.week(&files).unwrap();
    let week = |experiment| Tweak::Experiment(experiment).week(&files).unwrap();
    let (joint, road) = (week(Experiment::Joint), week(Experiment::Road));
    let (old, new) = (&was.legs.rows()[0], joint.legs.rows().last().unwrap());
    assert_eq!((new.kind, new.departs - old.departs), (old.kind, chrono::TimeDelta::days(1)));
    assert_eq!(new.home_at.unwrap() - old.home_at.unwrap(), chrono::TimeDelta::days(1));
    assert_eq!(road.rules.max_detour.get(), 2.0 * was.rules.max_detour.get());
    assert!(road.shifts.iter().zip(&was.shifts).all(|(new, old)| new.compartments == old.compartments + 1));
    assert_eq!(week(Experiment::Pair).escorts.len(), was.escorts.len() + 2);
    let vehicle = week(Experiment::Vehicle);
    let added = vehicle.shifts.rows()[was.shifts.len()..].iter().map(|shift| &shift.vehicle);
    assert!(added.clone().count() > 0 && added.clone().all(|vehicle| vehicle.ends_with('+')));

    let scenario = |tweak: Tweak| {
        let week = tweak.week(&files).unwrap();
        let plan = run::checked_plan("scenario", &week, &run::exact(), 60.0);
        Scenario { name: tweak.name(Lang::En), week, plan, changes: None }
    };
    let all = Experiment::ALL.map(Tweak::Experiment);
    let scenarios: Vec<Scenario> = std::iter::once(Tweak::Nothing).chain(all).map(scenario).collect();
    let figures = scenario_figures(&scenarios);
    let list: Vec<_> =
        Experiment::ALL.iter().zip(&figures[1..]).map(|(one, with)| tried(*one, &figures[0], with)).collect();
    for one in &list {
        // More is allowed or there in each of them: none can be worth less.
        assert!(
            one.objective.get() >= -0.02 && one.between.0 <= one.objective && one.objective <= one.between.1,
            "{one:?}"
        );
    }
    let section = |lang| experiments_section(&list, lang).split_whitespace().collect::<Vec<_>>().join(" ");
    let (english, dutch) = (section(Lang::En), section(Lang::Nl));
    assert!(english.contains("615,000 euro a year") && english.contains("about 1.3 million euro"), "{english}");
    assert_eq!(english.matches("No guess was published.").count(), 2);
    assert!(dutch.contains("615.000 euro per jaar") && dutch.contains("busjes met minder kwaliteitseisen"), "{dutch}");
}
