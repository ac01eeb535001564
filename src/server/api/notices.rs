//! Notices that were given.

use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::notices;
use crate::server::fields::Fields;
use crate::server::http::{created, json, no_content};
use crate::server::problem::Problem;
use crate::server::store::notices::NoticeRow;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

pub(super) fn notice(row: &NoticeRow) -> Value {
    let NoticeRow { case, plan, legs, slot, given_at, marked_at, marked_by, why } = row;
    let legs: Vec<&str> = legs.split(' ').collect();
    json!({ "case": case, "plan": plan, "legs": legs, "slot": slot, "given-at": given_at, "marked-at": marked_at,
            "marked-by": marked_by, "why": why })
}

pub(crate) async fn list(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    service.store.week(&id).await?;
    let notices: Vec<Value> = service.store.notices(&id).await?.iter().map(notice).collect();
    Ok(json(&json!({ "notices": notices })))
}

pub(crate) async fn give(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    mut fields: Fields,
) -> Result<Response, Problem> {
    let case = fields.text("case");
    notices::give(&service, &caller, &id, fields).await?;
    let given = service.store.notices(&id).await?.iter().find(|row| row.case == case).map(notice);
    Ok(created(&format!("/api/v1/weeks/{id}/notices"), &json!(given)))
}

pub(crate) async fn take_back(
    State(service): State<Service>,
    Path((id, case)): Path<(String, String)>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    notices::take_back(&service, &caller, &id, &case, fields).await?;
    Ok(no_content())
}
