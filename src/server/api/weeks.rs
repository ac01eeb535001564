//! Weeks and the versions of their folders.

use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::intake;
use crate::server::fields::Fields;
use crate::server::http::{created, json};
use crate::server::problem::Problem;
use crate::server::store::weeks::WeekRow;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

/// A number that is none when it is 0.
pub(super) fn number(value: i64) -> Option<i64> {
    (value != 0).then_some(value)
}

/// A text that is none when it is empty.
pub(super) fn words(value: &str) -> Option<&str> {
    (!value.is_empty()).then_some(value)
}

pub(super) fn week(row: &WeekRow) -> Value {
    json!({
        "id": row.id,
        "week": row.week,
        "state": row.state.word(),
        "version": row.version,
        "folder": row.folder,
        "plan": number(row.plan),
        "published-plan": number(row.published),
        "publication": number(row.publication),
        "editor": row.editor,
        "edited-at": row.edited_at,
        "approver": words(&row.approver),
        "approved-at": words(&row.approved_at),
    })
}

pub(crate) async fn list(State(service): State<Service>) -> Result<Response, Problem> {
    let weeks: Vec<Value> = service.store.weeks().await?.iter().map(week).collect();
    Ok(json(&json!({ "weeks": weeks })))
}

pub(crate) async fn one(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(json(&week(&service.store.week(&id).await?)))
}

pub(crate) async fn take_in(
    State(service): State<Service>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let id = intake::new_week(&service, &caller, fields).await?;
    Ok(created(&format!("/api/v1/weeks/{id}"), &week(&service.store.week(&id).await?)))
}

pub(crate) async fn new_folder(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    intake::new_folder(&service, &caller, &id, fields).await?;
    Ok(created(&format!("/api/v1/weeks/{id}"), &week(&service.store.week(&id).await?)))
}
