//! To the identity provider and back.

use super::login::entered;
use crate::server::Service;
use crate::server::deeds::federation::{Brought, begin, finish};
use crate::server::http::{cookie, json, see_other};
use crate::server::problem::Problem;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;

/// Cookie that keeps the state of a login in the browser that began it.
const BEGUN: &str = "vertrek-login";

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    next: String,
}

fn begun(service: &Service, state: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if service.config.secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{BEGUN}={state}; Path=/login; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"))
        .ok()
}

pub(crate) async fn go(State(service): State<Service>, Query(next): Query<Next>) -> Result<Response, Problem> {
    let (state, way) = begin(&service, &next.next).await?;
    let mut response = see_other(&way);
    if let Some(cookie) = begun(&service, &state, 600) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// What the provider sends the browser back with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    iss: String,
}

pub(crate) async fn back(
    State(service): State<Service>,
    Query(back): Query<Back>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let begun_here = cookie(&headers, BEGUN).unwrap_or_default();
    let brought = Brought { code: &back.code, state: &back.state, issuer: &back.iss, begun: begun_here };
    let (token, next) = finish(&service, &brought).await?;
    let mut response = entered(&service, &token, &next);
    if let Some(cookie) = begun(&service, "", 0) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The public half of the key that this client signs with, for the provider.
pub(crate) async fn keys(State(service): State<Service>) -> Result<Response, Problem> {
    let none = || Problem::not_found("identity provider set", "identiteitsprovider ingesteld");
    Ok(json(&service.provider.as_ref().ok_or_else(none)?.jwks()))
}
