//! Figures over time as tables for spreadsheets.

use crate::server::Service;
use crate::server::figures::{Endings, Sums, over_time};
use crate::server::problem::Problem;
use crate::server::store::besides::table;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

const SUMS: [&str; 16] = [
    "period",
    "departures",
    "persons",
    "expected_departed",
    "expected_no_show",
    "expected_procedure",
    "expected_preparation",
    "expected_other",
    "escort_hours",
    "escort_travel_euro",
    "returnee_travel_euro",
    "escort_work_euro",
    "road_transport_euro",
    "unmet_euro",
    "total_euro",
    "euro_per_expected_person",
];
const ENDINGS: [&str; 7] = ["period", "planned", "departed", "no_show", "procedure", "preparation", "other"];
const COHORTS: [&str; 5] = ["released_in", "cases", "never_planned", "planned_once", "planned_again"];

fn sums(rows: &BTreeMap<String, Sums>) -> Result<String, Problem> {
    let row = |(period, sums): (&String, &Sums)| {
        let mut cells = vec![period.clone(), sums.departures.to_string(), sums.persons.to_string()];
        let persons = [sums.expected].into_iter().chain(sums.cancelled);
        cells.extend(persons.map(|value| format!("{value:.3}")));
        let each = if sums.expected > 0.0 { sums.euro() / sums.expected } else { 0.0 };
        let rest =
            [sums.escort_hours, sums.escort_travel, sums.returnee_travel, sums.escort_work, sums.road, sums.unmet];
        cells.extend(rest.into_iter().chain([sums.euro(), each]).map(|value| format!("{value:.2}")));
        cells
    };
    table(&SUMS, rows.iter().map(row))
}

fn endings(rows: &BTreeMap<String, Endings>) -> Result<String, Problem> {
    let row = |(period, endings): (&String, &Endings)| {
        let numbers = [endings.planned(), endings.departed].into_iter().chain(endings.cancelled);
        std::iter::once(period.clone()).chain(numbers.map(|number| number.to_string())).collect::<Vec<_>>()
    };
    table(&ENDINGS, rows.iter().map(row))
}

pub(crate) async fn file(State(service): State<Service>, Path(file): Path<String>) -> Result<Response, Problem> {
    let all = over_time(&service).await?;
    let text = match file.as_str() {
        "by-week.csv" => sums(&all.weeks)?,
        "by-month.csv" => sums(&all.months)?,
        "by-year.csv" => sums(&all.years)?,
        "happened-by-month.csv" => endings(&all.happened_by_month)?,
        "happened-by-year.csv" => endings(&all.happened_by_year)?,
        "cohorts.csv" => {
            let row = |(year, cohort): (&String, &crate::server::figures::Cohort)| {
                let never = cohort.cases - cohort.once - cohort.again;
                let numbers = [cohort.cases, never, cohort.once, cohort.again];
                std::iter::once(year.clone()).chain(numbers.map(|number| number.to_string())).collect::<Vec<_>>()
            };
            table(&COHORTS, all.cohorts.iter().map(row))?
        }
        _ => return Err(Problem::not_found("such table of figures", "zo'n tabel met cijfers")),
    };
    let disposition = format!("attachment; filename=\"{file}\"");
    let kind = "text/csv; charset=utf-8".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text).into_response())
}
