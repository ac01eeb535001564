//! The steps of a week's life. Each answers with the week as it is then.

use super::weeks::week;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::{life, swap};
use crate::server::fields::Fields;
use crate::server::http::json;
use crate::server::problem::Problem;
use axum::extract::{Path, State};
use axum::response::Response;

macro_rules! steps {
    ($($name:ident),+ $(,)?) => {$(
        pub(crate) async fn $name(
            State(service): State<Service>,
            Path(id): Path<String>,
            caller: Caller,
            fields: Fields,
        ) -> Result<Response, Problem> {
            life::$name(&service, &caller, &id, fields).await?;
            Ok(json(&week(&service.store.week(&id).await?)))
        }
    )+};
}

steps!(propose, approve, refuse, publish);

/// The week as it is then, and how many of the events reported do not hold in the version that was taken.
async fn taken(service: &Service, id: &str, dropped: usize) -> Result<Response, Problem> {
    let mut value = week(&service.store.week(id).await?);
    value["dropped-events"] = dropped.into();
    Ok(json(&value))
}

pub(crate) async fn undo(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let dropped = life::undo(&service, &caller, &id, fields).await?;
    taken(&service, &id, dropped).await
}

pub(crate) async fn accept(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    mut fields: Fields,
) -> Result<Response, Problem> {
    let plan = fields.number("plan");
    let dropped = life::accept(&service, &caller, &id, plan, fields).await?;
    taken(&service, &id, dropped).await
}

pub(crate) async fn swap(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    swap::swap(&service, &caller, &id, fields).await?;
    Ok(json(&week(&service.store.week(&id).await?)))
}
