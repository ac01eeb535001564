//! What is pinned by hand.

use super::runs::queued;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::pins;
use crate::server::fields::Fields;
use crate::server::http::{json, no_content};
use crate::server::problem::Problem;
use crate::server::store::pins::PinRow;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

pub(super) fn pin(row: &PinRow) -> Value {
    let PinRow { case, legs, why, set_at, set_by } = row;
    let names: Vec<&str> = legs.split(' ').filter(|leg| !leg.is_empty()).collect();
    json!({ "case": case, "out": names.is_empty(), "legs": names, "why": why, "set-at": set_at, "set-by": set_by })
}

pub(crate) async fn list(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    service.store.week(&id).await?;
    let pins: Vec<Value> = service.store.pins(&id).await?.iter().map(pin).collect();
    Ok(json(&json!({ "pins": pins })))
}

pub(crate) async fn fix(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let run = pins::fix(&service, &caller, &id, fields).await?;
    queued(&service, &id, &run).await
}

pub(crate) async fn take_back(
    State(service): State<Service>,
    Path((id, case)): Path<(String, String)>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    pins::take_back(&service, &caller, &id, &case, fields).await?;
    Ok(no_content())
}
