//! The steps of a week's life from the board's buttons.

use super::parts::href;
use crate::server::Service;
use crate::server::deeds::life;
use crate::server::http::{Caller, Fields, see_other};
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
    undo, "undone";
}

pub(crate) async fn accept(
    State(service): State<Service>,
    Path((id, plan)): Path<(String, i64)>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    life::accept(&service, &caller, &id, plan, fields).await?;
    Ok(see_other(&format!("/weeks/{}?said=accepted", href(&id))))
}
