//! The way in: the table of routes, the guard before each, limits, headers, and how answers look.

mod answer;
mod guard;
mod headers;
mod open;
pub(crate) mod route;
pub(crate) mod routes;
pub(crate) mod serve;
pub(crate) mod visitor;

pub(crate) use answer::API_VERSION;
pub(crate) use answer::{created, json, no_content, see_other};
pub(crate) use guard::session_cookie;
pub(crate) use visitor::{Visitor, cookie};

use super::Service;
use super::problem::Problem;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

/// Every route behind its guard.
pub(crate) fn router(service: Service) -> Router {
    let mut router: Router<Service> = Router::new();
    for route in routes::ROUTES {
        let guard = from_fn_with_state((service.clone(), route), guard::guard);
        router = router.route(route.path, (route.handler)().route_layer(guard));
    }
    let lost = || async { Problem::not_found("such page", "zo'n pagina") };
    let router = router.fallback(lost).layer(from_fn(answer::finish)).with_state(service);
    router.layer(from_fn(headers::headers))
}
