//! Cases: each with its departure or why it has none. The guard writes every read in the journal.

use crate::gates::words as gate_words;
use crate::lang::Lang;
use crate::publish::{explain, work_list_json};
use crate::readiness;
use crate::server::Service;
use crate::server::desk::View;
use crate::server::http::{Visitor, json};
use crate::server::problem::Problem;
use crate::week::{CaseId, Week};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A case of a week, by its id in an address.
pub(crate) fn case_of(week: &Week, case: &str) -> Result<CaseId, Problem> {
    let found = CaseId::new(case).filter(|case| week.cases.get(case).is_some());
    found.ok_or_else(|| Problem::not_found("such case", "zo'n zaak"))
}

pub(crate) async fn list(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let plan = view.plan.as_ref().map(|(_, plan)| plan);
    let cases: Vec<Value> = view
        .week
        .cases
        .iter()
        .map(|case| {
            let departure = plan.and_then(|plan| plan.departures.iter().find(|departure| departure.case == case.id));
            let stays = plan.and_then(|plan| plan.not_planned.iter().find(|stays| stays.case == case.id));
            json!({ "case": case.id, "persons": case.persons(&view.week), "destination": case.destination.code(),
                    "departure": departure, "not-planned": stays })
        })
        .collect();
    Ok(json(&json!({ "cases": cases })))
}

pub(crate) async fn one(
    State(service): State<Service>,
    Path((id, case)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let case = case_of(&view.week, &case)?;
    let lang = visitor.lang;
    let work = move || {
        let closed = closed_gates(&view, &case, lang);
        let plan = view.plan.as_ref().map(|(_, plan)| plan);
        let departure = plan.and_then(|plan| plan.departures.iter().find(|departure| departure.case == case));
        let text = plan.and_then(|plan| explain(&view.week, plan, &case, lang));
        json!({ "case": case, "departure": departure, "closed-gates": closed, "explanation": text })
    };
    Ok(json(&tokio::task::spawn_blocking(work).await.map_err(Problem::inside)?))
}

fn closed_gates(view: &View, case: &CaseId, lang: Lang) -> Vec<Value> {
    let found = view.week.cases.position(case).and_then(|at| view.gated().cases.get(at));
    let closed = found.into_iter().flat_map(|case| &case.gates.closed);
    let gate = |closed: &crate::gates::Closed| {
        let rows: Vec<String> = closed.rows.iter().map(ToString::to_string).collect();
        json!({ "gate": closed.gate.word(), "why": gate_words::why(closed, lang), "owner": gate_words::owner(closed.owner, lang),
                "opens-when": gate_words::remedy(closed, lang), "rows": rows })
    };
    closed.map(gate).collect()
}

pub(crate) async fn work_list(
    State(service): State<Service>,
    Path(id): Path<String>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let list = tokio::task::spawn_blocking(move || work_list_json(&view.week, visitor.lang)).await;
    Ok(([(header::CONTENT_TYPE, "application/json")], list.map_err(Problem::inside)?).into_response())
}

pub(crate) async fn readiness(State(service): State<Service>, Path(id): Path<String>) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let Some((_, plan)) = view.plan else { return Ok(json(&json!({ "items": [] }))) };
    let items =
        tokio::task::spawn_blocking(move || readiness::readiness(&view.week, &plan)).await.map_err(Problem::inside)?;
    Ok(json(&json!({ "items": items })))
}
