//! Folders that are about rides or rosters only say so, and show what they have.

use crate::{all, files, plan, week_of};
use vertrek::lang::Lang;
use vertrek::plan::Plan;
use vertrek::publish::{products, summary};
use vertrek::units::{Euro, Probability};
use vertrek::week::read::Files;

fn only(names: &[&str]) -> Files {
    let mut kept = files();
    kept.retain(|name, _| names.contains(&name.as_str()));
    let head = "week = \"2027-W03\"\nnow = 2027-01-14T08:30:00+01:00\nstart = 2027-01-18T00:00:00+01:00\nend = 2027-01-25T00:00:00+01:00\nhome_airports = [\"AMS\"]\n";
    kept.insert("week.toml".to_owned(), head.as_bytes().to_vec());
    kept
}

/// The plan of the week without its departures.
fn without_cases() -> Plan {
    let mut plan = plan();
    plan.departures.clear();
    plan.teams.clear();
    plan.not_planned.clear();
    plan.notice_by_measure.clear();
    plan.money.value = Euro::ZERO;
    plan.money.tickets = Euro::ZERO;
    plan
}

#[test]
fn rides_only() {
    let week = week_of(&only(&["locations.csv", "travel.csv", "shifts.csv", "transfers.csv"]));
    let mut plan = without_cases();
    plan.duties.clear();
    plan.money.escorts = Euro::ZERO;
    plan.unmet.duties.clear();
    plan.routes.truncate(1);
    plan.routes[0].stops.retain(|stop| stop.case.is_none());
    for (lang, suffix) in [(Lang::En, "en"), (Lang::Nl, "nl")] {
        insta::assert_snapshot!(format!("rides_only_{suffix}"), summary(&week, &plan, lang));
    }
    let names: Vec<String> = products(&week, &plan, Lang::En).into_iter().map(|product| product.name).collect();
    assert_eq!(names, ["runsheets.csv", "runsheets.txt", "runsheets/V1.ics", "samenvatting.txt", "summary.txt"]);
}

#[test]
fn roster_only() {
    let week = week_of(&only(&["locations.csv", "escorts.csv", "duties.csv"]));
    let mut plan = without_cases();
    plan.routes.clear();
    plan.money.transport = Euro::ZERO;
    plan.unmet.transfers.clear();
    for (lang, suffix) in [(Lang::En, "en"), (Lang::Nl, "nl")] {
        insta::assert_snapshot!(format!("roster_only_{suffix}"), summary(&week, &plan, lang));
    }
    let names: Vec<String> = products(&week, &plan, Lang::En).into_iter().map(|product| product.name).collect();
    assert_eq!(
        names,
        ["rosters.csv", "rosters.txt", "rosters/E1.ics", "rosters/E2.ics", "samenvatting.txt", "summary.txt"]
    );
}

#[test]
fn a_plan_of_another_week_is_printed_without_what_is_not_there() {
    let week = week_of(&only(&["locations.csv"]));
    let mut plan = plan();
    plan.departures[0].p = Probability::ONE;
    for lang in Lang::ALL {
        assert!(summary(&week, &plan, lang).contains("2027-W03"));
        assert!(!products(&week, &plan, lang).is_empty());
    }
}

#[test]
fn no_product_leaves_the_output_folder() {
    let rename = |text: &str| text.replace("E3", "../E3").replace("V2", "/V2");
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).expect("UTF-8");
    let files: Files = files().iter().map(|(name, bytes)| (name.clone(), rename(&text(bytes)).into_bytes())).collect();
    let plan: Plan = serde_json::from_str(&rename(include_str!("plan.json"))).expect("a plan that can be read");
    let names: Vec<String> = all(&week_of(&files), &plan, Lang::En).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"rosters/~2e~2e~2fE3.ics".to_owned()), "{names:?}");
    assert!(names.contains(&"runsheets/~2fV2.ics".to_owned()), "{names:?}");
}
