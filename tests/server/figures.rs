//! Figures over time: of what was published, by month and year, with every euro of the plans in one of the lines; what happened;
//! and the cases of each year.

use super::house::{House, folder, on_every_store};
use super::life::publish;
use serde_json::json;
use std::collections::BTreeMap;

/// A table by its first column, each row by its other columns.
fn table(house: &House, file: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let answer = house.person("planner").get(&format!("/api/v1/figure-products/{file}")).expect(200);
    assert_eq!(answer.header("content-disposition").unwrap(), format!("attachment; filename=\"{file}\""));
    let text = answer.text();
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    lines.map(|row| (row[0].clone(), head.iter().cloned().zip(row).skip(1).collect())).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().expect("a number")
}

/// A week with a history, planned; gives its id.
fn planned(house: &House, history: &str) -> String {
    let mut files = folder();
    files["history.csv"] = json!(history);
    let planner = house.person("planner");
    let week = planner.post("/api/v1/weeks", &json!({ "files": files })).expect(201).json();
    let id = week["id"].as_str().unwrap().to_owned();
    planner.post(&format!("/api/v1/weeks/{id}/runs"), &json!({ "version": week["version"] })).expect(201);
    house.work();
    id
}

const HISTORY: &str = "departure,planned_on,kind,measure,notice_days,belongings_known,physical_known,medical_known,escorts,outcome\n\
    D1,2026-11-03,origin,detention,2.0,true,true,true,2,departed\n\
    D2,2026-12-08,origin,detention,2.0,true,true,true,2,no_show\n";

#[test]
fn figures_are_of_what_is_published_and_every_euro_is_in_a_line() {
    on_every_store(|house| {
        assert!(house.person("planner").page("/figures?lang=nl").expect(200).text().contains("nog niets gepubliceerd"));
        let week = planned(house, HISTORY);
        assert!(table(house, "by-month.csv").is_empty(), "a draft is nothing that was published");
        publish(house, &week);
        let plan = house.person("planner").get(&format!("/api/v1/weeks/{week}/plans/1")).expect(200).json();
        let months = table(house, "by-month.csv");
        let month = &months["2027-01"];
        let departures = plan["departures"].as_array().unwrap();
        assert_eq!(number(month, "departures") as usize, departures.len());
        let money = |line: &str| plan["money"][line].as_f64().unwrap();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 0.02, "{a} {b}");
        near(number(month, "returnee_travel_euro"), money("tickets"));
        near(number(month, "escort_travel_euro") + number(month, "escort_work_euro"), money("escorts"));
        near(number(month, "road_transport_euro"), money("transport"));
        near(number(month, "unmet_euro"), money("unmet"));
        near(number(month, "total_euro"), ["tickets", "escorts", "transport", "unmet"].map(money).iter().sum());
        // L1 is flown out and back by two escorts: 2 × (350 + the fare home), and L2 L3 by two more.
        assert!(number(month, "escort_travel_euro") >= 700.0, "{month:?}");
        let persons: f64 =
            ["expected_departed", "expected_no_show", "expected_procedure", "expected_preparation", "expected_other"]
                .iter()
                .map(|column| number(month, column))
                .sum();
        assert!((persons - number(month, "persons")).abs() < 0.01, "whoever does not depart is cancelled by a cause");
        for (file, period) in [("by-week.csv", "2027-W03"), ("by-year.csv", "2027")] {
            assert_eq!(table(house, file)[period], *month, "{file}");
        }
        for lang in ["en", "nl"] {
            for by in ["week", "month", "year"] {
                let page = house.person("auditor").page(&format!("/figures?by={by}&lang={lang}")).expect(200).text();
                assert!(page.contains(&format!("by-{by}.csv")) && page.contains("<th scope=\"row\">2027"), "{page}");
            }
        }
        house.person("planner").get("/api/v1/figure-products/secrets.csv").expect(404);
    });
}

#[test]
fn what_happened_counts_each_departure_once_and_cohorts_count_each_case_once() {
    on_every_store(|house| {
        let first = planned(house, HISTORY);
        publish(house, &first);
        let happened = |file: &str, period: &str| table(house, file)[period].clone();
        assert_eq!(happened("happened-by-year.csv", "2026")["planned"], "2");
        assert_eq!(happened("happened-by-month.csv", "2026-12")["no_show"], "1");
        let cohort = table(house, "cohorts.csv")["2026"].clone();
        // Of the cases released in 2026, C2 and C3 are planned.
        assert_eq!((cohort["cases"].as_str(), cohort["planned_once"].as_str()), ("2", "2"), "{cohort:?}");
        // A later folder has the same history and one more departure, and the same cases once more.
        let second =
            planned(house, &format!("{HISTORY}D3,2026-12-09,origin,detention,2.0,true,true,true,2,procedure\n"));
        publish(house, &second);
        assert_eq!(happened("happened-by-year.csv", "2026")["planned"], "3");
        let cohort = table(house, "cohorts.csv")["2026"].clone();
        let found = [&cohort["cases"], &cohort["planned_once"], &cohort["planned_again"]];
        assert_eq!(found, ["2", "0", "2"], "{cohort:?}");
        let purged = house.runtime.block_on(house.service.store().purge("2027-W04", "test")).expect("a purge");
        assert_eq!(purged.len(), 2);
        assert!(table(house, "cohorts.csv").is_empty(), "figures go with their weeks");
    });
}
