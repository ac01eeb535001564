//! What is kept about one case, for whoever has a right to know it: its rows in the present folder as they were taken in, the
//! events reported about it, its notice and what is pinned of it, what each version of the plan made of it, and who opened or exported it.

use super::cases::case_of;
use super::notices::notice;
use super::pins::pin;
use crate::server::Service;
use crate::server::http::json;
use crate::server::problem::Problem;
use crate::week::read::Files;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Lines of the journal in a record at most.
const LINES: i64 = 10_000;

pub(crate) async fn record(
    State(service): State<Service>,
    Path((id, case)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let case = case_of(&view.week, &case)?;
    let subject = format!("case {id} {case}");
    let files = service.store.files(&id, view.row.folder).await?;
    let mut versions = Vec::new();
    for row in service.store.plans(&id).await? {
        let plan = service.desk.plan(&service.store, &row).await?;
        let departure = plan.departures.iter().find(|departure| departure.case == case);
        let stays = plan.not_planned.iter().find(|stays| stays.case == case);
        let published = row.plan == view.row.published;
        versions.push(json!({ "plan": row.plan, "made-at": row.made_at, "published": published, "departure": departure, "not-planned": stays }));
    }
    let lines = service.store.journal(&subject, LINES).await?;
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| json!({ "at": line.at, "who": line.who, "action": line.action, "why": line.why, "detail": line.detail }))
        .collect();
    let notices = service.store.notices(&id).await?;
    let notices: Vec<Value> = notices.iter().filter(|row| row.case == case.as_str()).map(notice).collect();
    let pins = service.store.pins(&id).await?;
    let pins: Vec<Value> = pins.iter().filter(|row| row.case == case.as_str()).map(pin).collect();
    let rows = rows(&files, case.as_str());
    let runs = service.store.runs(&id).await?;
    let events = events(runs.iter().rev().map(|run| run.besides.events.as_str()), &rows, case.as_str());
    Ok(json(
        &json!({ "week": id, "case": case, "rows": rows, "events": events, "notices": notices, "pins": pins, "versions": versions, "journal": lines }),
    ))
}

/// The rows of every table that are about the case or one of its persons, by the columns `case` and `person`.
fn rows(files: &Files, case: &str) -> Map<String, Value> {
    let mut persons = BTreeSet::new();
    if let Some(bytes) = files.get("persons.csv") {
        for row in table(bytes).iter().filter(|row| row["case"] == case) {
            persons.extend(row["person"].as_str().map(str::to_owned));
        }
    }
    let about =
        |row: &Value| row["case"] == case || row["person"].as_str().is_some_and(|person| persons.contains(person));
    let mut found = Map::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let rows: Vec<Value> = table(bytes).into_iter().filter(about).collect();
        if !rows.is_empty() {
            found.insert(name.clone(), Value::Array(rows));
        }
    }
    found
}

/// What was reported about the case, its persons or their documents, each once.
fn events<'r>(tables: impl Iterator<Item = &'r str>, rows: &Map<String, Value>, case: &str) -> Vec<Value> {
    let ids = |name: &str, column: &'static str| {
        let rows = rows.get(name).and_then(Value::as_array).into_iter().flatten();
        rows.filter_map(move |row| row[column].as_str()).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut subjects = BTreeSet::from([case.to_owned()]);
    subjects.extend(ids("persons.csv", "person"));
    subjects.extend(ids("documents.csv", "document"));
    let mut found = Vec::new();
    for mut row in tables.flat_map(|events| table(events.as_bytes())) {
        // Its number is that of the run it was reported to.
        row.as_object_mut().and_then(|row| row.remove("event"));
        if row["subject"].as_str().is_some_and(|subject| subjects.contains(subject)) && !found.contains(&row) {
            found.push(row);
        }
    }
    found
}

/// Rows by column.
fn table(bytes: &[u8]) -> Vec<Value> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let Ok(head) = reader.headers().cloned() else { return Vec::new() };
    let row = |cells: csv::StringRecord| {
        let pairs = head.iter().zip(cells.iter()).map(|(name, cell)| (name.to_owned(), json!(cell)));
        Value::Object(pairs.collect())
    };
    reader.records().filter_map(Result::ok).map(row).collect()
}
