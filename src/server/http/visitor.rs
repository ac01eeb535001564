//! Who is asking, and in which language they want to be answered.

use crate::lang::Lang;
use crate::server::caller::Caller;
use crate::server::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

/// Whoever asks.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    pub(crate) lang: Lang,
    pub(crate) caller: Option<Caller>,
    /// What forms of this session carry.
    pub(crate) form_token: String,
    /// Path and query that were asked for.
    pub(crate) path: String,
    /// What a form sent, so that it is not lost when it cannot be done; no secrets.
    pub(crate) sent: Vec<(String, String)>,
    /// Minutes without a sign of life after which the session ends.
    pub(crate) idle_minutes: i64,
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Problem::inside("a route without its guard"))
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        visitor.caller.ok_or_else(|| Problem::inside("a route for callers without one"))
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The language asked for: in the address, by an earlier choice, or by the browser's; English otherwise.
pub(super) fn lang_of(headers: &HeaderMap, query: Option<&str>) -> Lang {
    if let Some(lang) = chosen_lang(query) {
        return lang;
    }
    match cookie(headers, "lang") {
        Some("nl") => return Lang::Nl,
        Some("en") => return Lang::En,
        _ => {}
    }
    let accepts = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = accepts
        .split(',')
        .map(|part| part.trim().to_ascii_lowercase())
        .find(|part| part.starts_with("nl") || part.starts_with("en"));
    if first.is_some_and(|part| part.starts_with("nl")) { Lang::Nl } else { Lang::En }
}

/// A language that the address chooses.
pub(super) fn chosen_lang(query: Option<&str>) -> Option<Lang> {
    query.unwrap_or_default().split('&').find_map(|pair| match pair {
        "lang=nl" => Some(Lang::Nl),
        "lang=en" => Some(Lang::En),
        _ => None,
    })
}
