//! Rosters, run sheets and notices of the plan that is published; of nothing else, so that nobody works from a draft.

use crate::lang::Lang;
use crate::publish::{Edition, Product, agendas, feed, products, stem};
use crate::server::Service;
use crate::server::clock;
use crate::server::desk::View;
use crate::server::http::Visitor;
use crate::server::problem::Problem;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

fn none() -> Problem {
    Problem::not_found(
        "such product: nothing is published, or nobody has work of this name",
        "zo'n product: er is niets gepubliceerd, of niemand met deze naam heeft werk",
    )
}

/// A product of the published plan by its name.
async fn published(service: &Service, id: &str, name: String, lang: Lang) -> Result<Response, Problem> {
    let row = service.store.week(id).await?;
    if row.published == 0 {
        return Err(none());
    }
    let published = row.published;
    let view = service.desk.view_at(&service.store, row, published).await?;
    let Some((_, plan)) = view.plan else { return Err(none()) };
    let find = move || products(&view.week, &plan, lang).into_iter().find(|product| product.name == name);
    let product = tokio::task::spawn_blocking(find).await.map_err(Problem::inside)?;
    product.map(file).ok_or_else(none)
}

fn file(product: Product) -> Response {
    let kind = match product.name.rsplit('.').next() {
        Some("csv") => "text/csv; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
    let name = product.name.rsplit('/').next().unwrap_or_default();
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], product.bytes)
        .into_response()
}

/// A calendar by its name, over everything that was published of the week.
async fn calendar(service: &Service, id: &str, name: String, lang: Lang) -> Result<Response, Problem> {
    let row = service.store.week(id).await?;
    let mut views = Vec::new();
    for one in service.store.publications(id).await?.into_iter().rev() {
        let at = clock::moment(&one.made_at).ok_or_else(|| Problem::inside("a publication without its moment"))?;
        views.push((at.to_utc(), service.desk.view_at(&service.store, row.clone(), one.plan).await?));
    }
    let find = move || {
        let edition = |(at, view): (DateTime<Utc>, View)| {
            let agendas = view.plan.iter().flat_map(|(_, plan)| agendas(&view.week, plan, lang));
            Edition { at, agenda: agendas.into_iter().find(|agenda| agenda.name == name) }
        };
        let editions: Vec<Edition> = views.into_iter().map(edition).collect();
        feed(&row.week, &editions, lang).map(|bytes| Product { name, bytes })
    };
    let product = tokio::task::spawn_blocking(find).await.map_err(Problem::inside)?;
    product.map(file).ok_or_else(none)
}

async fn one_of(service: &Service, id: &str, file: String, names: &[&str], lang: Lang) -> Result<Response, Problem> {
    if !names.contains(&file.as_str()) {
        return Err(none());
    }
    published(service, id, file, lang).await
}

pub(crate) async fn roster(
    State(service): State<Service>,
    Path((id, file)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    one_of(&service, &id, file, &["rosters.csv", "rosters.txt"], visitor.lang).await
}

pub(crate) async fn run_sheet(
    State(service): State<Service>,
    Path((id, file)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    one_of(&service, &id, file, &["runsheets.csv", "runsheets.txt"], visitor.lang).await
}

pub(crate) async fn notice(
    State(service): State<Service>,
    Path((id, file)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    if file == "notices.ics" {
        return calendar(&service, &id, file, visitor.lang).await;
    }
    one_of(&service, &id, file, &["notices.csv", "notices.txt"], visitor.lang).await
}

pub(crate) async fn escort(
    State(service): State<Service>,
    Path((id, escort)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    calendar(&service, &id, format!("rosters/{}.ics", stem(&escort)), visitor.lang).await
}

pub(crate) async fn shift(
    State(service): State<Service>,
    Path((id, shift)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    calendar(&service, &id, format!("runsheets/{}.ics", stem(&shift)), visitor.lang).await
}
