//! The versions of a plan, and what was published.

use super::weeks::{number, words};
use crate::server::Service;
use crate::server::deeds::life::verify;
use crate::server::http::json;
use crate::server::problem::Problem;
use crate::server::store::plans::PlanRow;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

fn version(row: &PlanRow) -> Value {
    json!({
        "plan": row.plan,
        "parent": number(row.parent),
        "folder": row.folder,
        "kind": row.kind,
        "events": words(&row.besides.events),
        "objective": row.objective,
        "bound": row.bound,
        "departures": row.departures,
        "made-at": row.made_at,
        "made-by": row.made_by,
        "why": row.why,
    })
}

pub(crate) async fn list(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    service.store.week(&id).await?;
    let plans: Vec<Value> = service.store.plans(&id).await?.iter().map(version).collect();
    Ok(json(&json!({ "plans": plans })))
}

/// A stored document, as it was kept.
async fn document(service: &Service, digest: &str) -> Result<Response, Problem> {
    let bytes = service.store.bytes(digest).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

pub(crate) async fn one(
    State(service): State<Service>,
    Path((id, plan)): Path<(String, i64)>,
) -> Result<Response, Problem> {
    let row = service.store.plan(&id, plan).await?;
    document(&service, &row.body).await
}

pub(crate) async fn changes(
    State(service): State<Service>,
    Path((id, plan)): Path<(String, i64)>,
) -> Result<Response, Problem> {
    let row = service.store.plan(&id, plan).await?;
    if row.changes.is_empty() {
        return Err(Problem::not_found("repair in this version", "herstel in deze versie"));
    }
    document(&service, &row.changes).await
}

pub(crate) async fn verdict(
    State(service): State<Service>,
    Path((id, plan)): Path<(String, i64)>,
) -> Result<Response, Problem> {
    let row = service.store.plan(&id, plan).await?;
    let report = verify(&service, &id, &row).await?;
    let value = serde_json::to_value(&report).map_err(Problem::inside)?;
    Ok(json(&json!({ "fine": report.is_fine(), "report": value })))
}

pub(crate) async fn publications(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    service.store.week(&id).await?;
    let published = service.store.publications(&id).await?;
    let published: Vec<Value> = published
        .iter()
        .map(|row| json!({ "number": row.number, "plan": row.plan, "made-at": row.made_at, "made-by": row.made_by }))
        .collect();
    Ok(json(&json!({ "publications": published })))
}
