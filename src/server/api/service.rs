//! The service itself: health, sessions, journal.

use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::login;
use crate::server::fields::Fields;
use crate::server::http::{created, json, no_content};
use crate::server::problem::Problem;
use crate::server::roles::Role;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) async fn health(State(service): State<Service>) -> Response {
    let up = service.store.answers().await;
    let mut response = json(&json!({ "status": if up { "up" } else { "down" }, "version": env!("CARGO_PKG_VERSION") }));
    if !up {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    response
}

pub(crate) async fn log_in(State(service): State<Service>, fields: Fields) -> Result<Response, Problem> {
    let token = login::log_in(&service, fields).await?;
    Ok(created("/api/v1/sessions/present", &json!({ "token": token })))
}

pub(crate) async fn me(caller: Caller) -> Response {
    let roles: Vec<&str> = caller.roles.iter().map(|role| role.word()).collect();
    let may_see_cases = caller.is_one_of(&[Role::Planner, Role::Approver, Role::Gatekeeper, Role::Auditor]);
    json(&json!({ "name": caller.name, "roles": roles, "sees-cases": may_see_cases }))
}

pub(crate) async fn log_out(State(service): State<Service>, caller: Caller) -> Result<Response, Problem> {
    login::log_out(&service, &caller).await?;
    Ok(no_content())
}

/// Which lines of the journal.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    limit: Option<u16>,
}

pub(crate) async fn journal(State(service): State<Service>, which: Query<Which>) -> Result<Response, Problem> {
    let limit = i64::from(which.limit.unwrap_or(100).clamp(1, 1000));
    let lines = service.store.journal(&which.subject, limit).await?;
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({ "seq": line.seq, "at": line.at, "who": line.who, "action": line.action, "subject": line.subject,
                    "why": line.why, "detail": line.detail, "hash": line.hash })
        })
        .collect();
    Ok(json(&json!({ "lines": lines })))
}

pub(crate) async fn verdict(State(service): State<Service>) -> Result<Response, Problem> {
    let verdict = service.store.verify().await?;
    Ok(json(
        &json!({ "whole": verdict.broken.is_none(), "lines": verdict.lines, "head": verdict.head, "broken": verdict.broken }),
    ))
}

/// Figures in the text form that monitors read; nothing of any week, case or person.
pub(crate) async fn metrics(State(service): State<Service>) -> Result<Response, Problem> {
    let (waiting, running) = service.store.load().await?;
    let weeks = service.store.weeks().await?.len();
    let last = service.store.journal("", 1).await?.first().map_or(0, |line| line.seq);
    let text = format!(
        "# TYPE vertrek_runs_waiting gauge\nvertrek_runs_waiting {waiting}\n\
         # TYPE vertrek_runs_running gauge\nvertrek_runs_running {running}\n\
         # TYPE vertrek_weeks gauge\nvertrek_weeks {weeks}\n\
         # TYPE vertrek_journal_lines counter\nvertrek_journal_lines {last}\n"
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}
