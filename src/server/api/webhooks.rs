//! Webhooks and the state of what is told to them.

use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::webhooks;
use crate::server::fields::Fields;
use crate::server::http::{created, json, no_content};
use crate::server::problem::Problem;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

/// Deliveries told of at most.
const TOLD: i64 = 200;

pub(crate) async fn list(State(service): State<Service>) -> Result<Response, Problem> {
    let hooks: Vec<Value> = service
        .store
        .webhooks()
        .await?
        .iter()
        .map(|hook| json!({ "id": hook.id, "url": hook.url, "made-at": hook.made_at, "made-by": hook.made_by }))
        .collect();
    Ok(json(&json!({ "webhooks": hooks })))
}

pub(crate) async fn make(State(service): State<Service>, caller: Caller, fields: Fields) -> Result<Response, Problem> {
    let (id, secret) = webhooks::make(&service, &caller, fields).await?;
    Ok(created(&format!("/api/v1/webhooks/{id}/deliveries"), &json!({ "id": id, "secret": secret })))
}

pub(crate) async fn remove(
    State(service): State<Service>,
    Path(hook): Path<String>,
    caller: Caller,
) -> Result<Response, Problem> {
    webhooks::remove(&service, &caller, &hook).await?;
    Ok(no_content())
}

pub(crate) async fn deliveries(State(service): State<Service>, Path(hook): Path<String>) -> Result<Response, Problem> {
    service.store.webhook(&hook).await?;
    let told: Vec<Value> = service
        .store
        .deliveries(&hook, TOLD)
        .await?
        .iter()
        .map(|one| {
            let body: Value = serde_json::from_str(&one.body).unwrap_or_default();
            let next = (one.state == "waiting").then_some(&one.next_at);
            json!({ "id": one.id, "state": one.state, "attempts": one.attempts, "next-at": next, "said": one.said,
                    "made-at": one.made_at, "event": body["event"], "week": body["week"] })
        })
        .collect();
    Ok(json(&json!({ "deliveries": told })))
}
