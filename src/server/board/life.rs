//! The steps of a week's life from the board's buttons.

use super::parts::href;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::life;
use crate::server::fields::Fields;
use crate::server::http::see_other;
use crate::server::problem::Problem;
use axum::extract::{Path, State};
use axum::response::Response;

macro_rules! steps {
    ($($name:ident, $said:literal;)+) => {$(
        pub(crate) async fn $name(
            State(service): State<Service>,
            Path(id): Path<String>,
            caller: Caller,
            fields: Fields,
        ) -> Result<Response, Problem> {
            life::$name(&service, &caller, &id, fields).await?;
            Ok(see_other(&format!("/weeks/{}?said={}", href(&id), $said)))
        }
    )+};
}

steps! {
    propose, "proposed";
    approve, "approved";
    refuse, "refused";
    publish, "published";
}

/// Where to look after another version was taken, and what to say of it.
fn taken(id: &str, said: &str, dropped: usize) -> Response {
    let more = if dropped == 0 { "" } else { "-without-events" };
    see_other(&format!("/weeks/{}?said={said}{more}", href(id)))
}

pub(crate) async fn undo(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    Ok(taken(&id, "undone", life::undo(&service, &caller, &id, fields).await?))
}

pub(crate) async fn accept(
    State(service): State<Service>,
    Path((id, plan)): Path<(String, i64)>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    Ok(taken(&id, "accepted", life::accept(&service, &caller, &id, plan, fields).await?))
}
