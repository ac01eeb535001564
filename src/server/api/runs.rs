//! Runs: asking, watching, stopping; and events, which ask for a repair.

use super::weeks::{number, words};
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::{events, parts, runs};
use crate::server::fields::Fields;
use crate::server::http::{created, json, no_content};
use crate::server::problem::Problem;
use crate::server::store::runs::RunRow;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::time::Duration;

fn run(row: &RunRow) -> Value {
    json!({
        "id": row.id,
        "kind": row.kind,
        "state": row.state,
        "base": number(row.base),
        "asked-by": row.asked_by,
        "asked-at": row.asked_at,
        "seconds": row.seconds,
        "attempts": row.attempts,
        "worker": words(&row.worker),
        "phase": words(&row.phase),
        "incumbent": row.incumbent,
        "bound": row.bound,
        "gap": row.found_gap(),
        "stopping": row.stop,
        "plan": number(row.result),
        "error": words(&row.error.en),
        "ended-at": words(&row.ended_at),
    })
}

pub(crate) async fn list(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    service.store.week(&id).await?;
    let rows: Vec<Value> = service.store.runs(&id).await?.iter().map(run).collect();
    Ok(json(&json!({ "runs": rows })))
}

async fn found(service: &Service, id: &str, name: &str) -> Result<RunRow, Problem> {
    let row = service.store.run(name).await?;
    if row.week == id { Ok(row) } else { Err(Problem::not_found("such run", "zo'n berekening")) }
}

pub(crate) async fn one(
    State(service): State<Service>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    Ok(json(&run(&found(&service, &id, &name).await?)))
}

pub(crate) async fn ask(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let name = runs::ask(&service, &caller, &id, fields).await?;
    queued(&service, &id, &name).await
}

pub(crate) async fn report(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let name = events::report(&service, &caller, &id, fields).await?;
    queued(&service, &id, &name).await
}

pub(crate) async fn accept_parts(
    State(service): State<Service>,
    Path((id, proposal)): Path<(String, String)>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let name = parts::accept(&service, &caller, &id, &proposal, fields).await?;
    queued(&service, &id, &name).await
}

pub(super) async fn queued(service: &Service, id: &str, name: &str) -> Result<Response, Problem> {
    Ok(created(&format!("/api/v1/weeks/{id}/runs/{name}"), &run(&service.store.run(name).await?)))
}

pub(crate) async fn stop(
    State(service): State<Service>,
    Path((id, name)): Path<(String, String)>,
    caller: Caller,
) -> Result<Response, Problem> {
    runs::stop(&service, &caller, &id, &name).await?;
    Ok(no_content())
}

/// How often a run is looked at when nobody says that it changed: another process may have it.
const LOOK: Duration = Duration::from_secs(1);

/// The run as it is, again whenever it has changed, until it ends.
pub(crate) async fn progress(
    State(service): State<Service>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let first = found(&service, &id, &name).await?;
    let changes = service.changes.subscribe();
    let watch = Watch { service, name, changes, first: Some(first), last: String::new() };
    let stream = unfold(watch, |mut watch| async move {
        let event = watch.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(event)), watch))
    });
    Ok(([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(stream)).into_response())
}

/// Somebody looking on.
struct Watch {
    service: Service,
    /// Empty after the last event.
    name: String,
    changes: tokio::sync::watch::Receiver<u64>,
    first: Option<RunRow>,
    last: String,
}

impl Watch {
    async fn next(&mut self) -> Option<String> {
        while !self.name.is_empty() {
            let row = match self.first.take() {
                Some(row) => row,
                None => self.service.store.run(&self.name).await.ok()?,
            };
            let text = run(&row).to_string();
            if text != self.last {
                if !row.is_open() {
                    self.name.clear();
                }
                self.last.clone_from(&text);
                return Some(format!("event: run\ndata: {text}\n\n"));
            }
            let _ = tokio::time::timeout(LOOK, self.changes.changed()).await;
        }
        None
    }
}
