//! How answers look: JSON with its version, redirects after a form, and problems as JSON or as a page.

use super::visitor::{Visitor, lang_of};
use crate::server::board;
use crate::server::problem::Problem;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// The version of the API, in every answer of it.
pub(crate) const API_VERSION: &str = "1.0.0";

/// Seconds after which it is worth asking again when the store is the matter.
const RETRY_AFTER: &str = "5";

/// An answer of the API.
pub(crate) fn json(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// Something was made: 201, and where it is.
pub(crate) fn created(at: &str, value: &Value) -> Response {
    let mut response = json(value);
    *response.status_mut() = StatusCode::CREATED;
    if let Ok(at) = HeaderValue::from_str(at) {
        response.headers_mut().insert(header::LOCATION, at);
    }
    response
}

/// Done, nothing to say.
pub(crate) fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// After a form: go and look there.
pub(crate) fn see_other(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// Gives every problem its form: JSON below `/api`, a page elsewhere; and the API its version.
pub(super) async fn finish(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let lang = lang_of(request.headers(), request.uri().query());
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let visitor = response.extensions_mut().remove::<Visitor>();
        response = if api { problem_json(&problem, lang) } else { board::problem_page(&problem, visitor, lang) };
        if problem.passes() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
    } else if api && (response.status().is_client_error() || response.status().is_server_error()) && bare(&response) {
        let problem = Problem::new(response.status(), "refused", "this cannot be done here", "dit kan hier niet");
        let allow = response.headers().get(header::ALLOW).cloned();
        response = problem_json(&problem, lang);
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    if api {
        response.headers_mut().insert("api-version", HeaderValue::from_static(API_VERSION));
    }
    response
}

/// Whether an answer has no form of its own.
fn bare(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

fn problem_json(problem: &Problem, lang: crate::lang::Lang) -> Response {
    let body = Body::from(problem.json(lang).to_string());
    let mut response = (problem.status(), [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
    if problem.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
