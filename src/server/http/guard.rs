//! What stands before every route: who is it, may they, is what they send small enough and theirs, and was it sent before.

use super::route::{Open, Route};
use super::visitor::{Visitor, chosen_lang, cookie, lang_of};
use crate::journal::digest;
use crate::lang::Lang;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::clock::moment;
use crate::server::fields::{Fields, Read};
use crate::server::problem::Problem;
use crate::server::secrets::{form_token, kept, same};
use crate::server::store::answers::{Answer, DONE, KEY};
use crate::server::store::journal::Deed;
use axum::RequestExt;
use axum::body::{Body, to_bytes};
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use std::time::Duration;

/// Name of the session's cookie.
pub(crate) fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-vertrek" } else { "vertrek" }
}

/// A session is written down as used again after this many seconds at the earliest.
const SEEN_SECONDS: i64 = 60;
/// How far the clocks of the machines of one service may be apart, in minutes.
const CLOCKS_APART: i64 = 5;
/// How long a body may take to arrive.
const BODY_SECONDS: u64 = 60;

type Guarded = (Service, &'static Route);

pub(super) async fn guard(State((service, route)): State<Guarded>, request: Request, next: Next) -> Response {
    let lang = lang_of(request.headers(), request.uri().query());
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let chosen = chosen_lang(request.uri().query());
    let idle_minutes = service.config.idle_minutes;
    let mut visitor = Visitor { lang, caller: None, form_token: String::new(), path, sent: Vec::new(), idle_minutes };
    let mut response = match pass(&service, route, &mut visitor, request, next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    };
    if let Some(lang) = chosen {
        let cookie = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", lang.pick("en", "nl"));
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response.extensions_mut().insert(visitor);
    response
}

async fn pass(
    service: &Service,
    route: &'static Route,
    visitor: &mut Visitor,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if visitor.path.contains("%00") {
        return Err(Problem::not_found("such address", "zo'n adres"));
    }
    let proof = proof(request.headers(), service.config.secure);
    if let Some((token, _)) = &proof {
        visitor.caller = caller(service, token).await?;
        visitor.form_token = form_token(token);
    }
    match (route.open, &visitor.caller) {
        (Open::Anyone, _) => {}
        (_, None) if route.is_page() => return Ok(to_login(visitor)),
        (_, None) => {
            let (en, nl) = ("log in first", "log eerst in");
            return Err(Problem::new(StatusCode::UNAUTHORIZED, "not-logged-in", en, nl));
        }
        (Open::Roles(roles), Some(caller)) if !caller.is_one_of(roles) => {
            let en = "your role may not do or see this";
            let nl = "uw rol mag dit niet doen of zien";
            return Err(Problem::new(StatusCode::FORBIDDEN, "not-your-role", en, nl));
        }
        _ => {}
    }
    note_read(service, route, visitor, &mut request).await?;
    let bearer = proof.is_some_and(|(_, bearer)| bearer);
    let (mut parts, body) = request.into_parts();
    let mut key = None;
    let mut body = body;
    if parts.method != Method::GET && parts.method != Method::HEAD {
        let bytes = tokio::time::timeout(Duration::from_secs(BODY_SECONDS), to_bytes(body, route.largest)).await;
        let bytes = bytes.map_err(|_| too_slow())?.map_err(|_| too_large(route.largest))?;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let fields = Fields::of_body(kind, bytes.clone()).await?;
        theirs(&parts.headers, visitor, bearer, &fields)?;
        if route.is_page() && route.open != Open::Anyone {
            visitor.sent = fields.typed();
        }
        key = idempotency_key(&parts.headers, route)?;
        if let (Some(name), Some(caller)) = (&key, &visitor.caller) {
            let request = digest(&[parts.method.as_str().as_bytes(), visitor.path.as_bytes(), &bytes].join(&0));
            if let Some(answer) = service.store.claim_key(&caller.name, name, &request).await? {
                return replayed(answer, &request);
            }
        }
        parts.extensions.insert(Read::new(fields));
        body = Body::empty();
    }
    parts.extensions.insert(visitor.clone());
    let request = Request::from_parts(parts, body);
    match (key, &visitor.caller) {
        (Some(key), Some(caller)) => {
            let (service, account, lang) = (service.clone(), caller.name.clone(), visitor.lang);
            // Goes on when the client hangs up: what is done and what is kept of it stay together.
            let done = async move {
                let answer = KEY.scope((account.clone(), key.clone()), next.run(request)).await;
                remembered(&service, &account, &key, answer, lang).await
            };
            tokio::spawn(done).await.map_err(Problem::inside)?
        }
        _ => Ok(next.run(request).await),
    }
}

/// Writes down who reads what of cases, before they see it.
async fn note_read(
    service: &Service,
    route: &'static Route,
    visitor: &Visitor,
    request: &mut Request,
) -> Result<(), Problem> {
    let (Some(reads), Some(caller)) = (route.reads, &visitor.caller) else { return Ok(()) };
    let names = request.extract_parts::<RawPathParams>().await.map_err(Problem::inside)?;
    let subject = if route.path.contains("{case}") { "case {week} {case}" } else { "week {week}" };
    let filled = |text: &str| {
        names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    };
    let (subject, detail) = (filled(subject), filled(reads.detail));
    service
        .store
        .note(Deed { who: &caller.name, action: reads.action, subject: &subject, why: "", detail: &detail })
        .await
}

/// The token of a session, and whether it came as a bearer token and not as a cookie.
fn proof(headers: &HeaderMap, secure: bool) -> Option<(String, bool)> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(token) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
        return Some((token.trim().to_owned(), true));
    }
    cookie(headers, cookie_name(secure)).map(|token| (token.to_owned(), false))
}

/// Who a session belongs to, while it lasts.
async fn caller(service: &Service, token: &str) -> Result<Option<Caller>, Problem> {
    let session = kept(token);
    let Some(found) = service.store.session(&session).await? else { return Ok(None) };
    let (now, config) = (service.config.clock.now(), &service.config);
    let since = |stamp: &str| moment(stamp).map_or(TimeDelta::MAX, |at| now.signed_duration_since(at));
    let (idle, age) = (since(&found.seen_at), since(&found.made_at));
    // A session from the future was made while a clock was wrong: by it nobody knows when it ends.
    let over = idle > TimeDelta::minutes(config.idle_minutes)
        || age > TimeDelta::hours(config.session_hours)
        || age < TimeDelta::minutes(-CLOCKS_APART);
    if over || found.account.closed {
        return Ok(None);
    }
    if idle.abs() > TimeDelta::seconds(SEEN_SECONDS) {
        service.store.seen(&session).await?;
    }
    Ok(Some(Caller { name: found.account.name, roles: found.account.roles, session }))
}

fn to_login(visitor: &Visitor) -> Response {
    let next: String = visitor
        .path
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_./".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    super::see_other(&if visitor.path == "/" { "/login".to_owned() } else { format!("/login?next={next}") })
}

/// A write that a browser sends by itself, with the session's cookie, must carry what only our own pages know.
fn theirs(headers: &HeaderMap, visitor: &Visitor, bearer: bool, fields: &Fields) -> Result<(), Problem> {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    let elsewhere = site.is_some_and(|site| site != "same-origin" && site != "none");
    let header = headers.get("x-form-token").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let carries = same(header, &visitor.form_token) || same(fields.form_token(), &visitor.form_token);
    let cookie_only = visitor.caller.is_some() && !bearer;
    if elsewhere || (cookie_only && !carries) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "forged",
            "this did not come from a page of this session; open the page again and send it from there",
            "dit kwam niet van een pagina van deze sessie; open de pagina opnieuw en verstuur het vandaar",
        ));
    }
    Ok(())
}

fn idempotency_key(headers: &HeaderMap, route: &Route) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key").filter(|_| !route.is_page() && route.open != Open::Anyone) else {
        return Ok(None);
    };
    let key = key.to_str().unwrap_or_default();
    let sound = (1..=100).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if sound {
        Ok(Some(key.to_owned()))
    } else {
        Err(Problem::field(
            "Idempotency-Key",
            "must be 1 to 100 visible characters",
            "moet 1 tot 100 zichtbare tekens zijn",
        ))
    }
}

fn replayed(answer: Answer, request: &str) -> Result<Response, Problem> {
    if answer.digest != request {
        let en = "this idempotency key was used for another request";
        let nl = "deze idempotentiesleutel is voor een ander verzoek gebruikt";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "key-of-another", en, nl));
    }
    if answer.status == 0 {
        let en = "the same request is still being done";
        let nl = "hetzelfde verzoek wordt nog uitgevoerd";
        return Err(Problem::conflict("still-under-way", en, nl));
    }
    if answer.status == DONE {
        let en = "the same request was done, and its answer was lost; look at what there is";
        let nl = "hetzelfde verzoek is uitgevoerd, en het antwoord erop is verloren; kijk naar wat er is";
        return Err(Problem::conflict("done-before", en, nl));
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let kind = HeaderValue::from_str(&answer.kind).unwrap_or(HeaderValue::from_static("application/json"));
    let mut response = (status, [(header::CONTENT_TYPE, kind)], answer.body).into_response();
    if let Some(location) = HeaderValue::from_str(&answer.location).ok().filter(|location| !location.is_empty()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    Ok(response)
}

/// Keeps what was answered, also a refusal; what went wrong inside may be tried again.
async fn remembered(
    service: &Service,
    account: &str,
    key: &str,
    mut response: Response,
    lang: Lang,
) -> Result<Response, Problem> {
    let problem = response.extensions_mut().remove::<Problem>();
    let (parts, body) = response.into_parts();
    let (kind, body) = match &problem {
        Some(problem) => ("application/problem+json".to_owned(), problem.json(lang).to_string()),
        None => {
            let bytes = to_bytes(body, usize::MAX).await.map_err(Problem::inside)?;
            let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
            (kind.to_owned(), String::from_utf8_lossy(&bytes).into_owned())
        }
    };
    let location = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
    let status = if parts.status.is_server_error() { 0 } else { parts.status.as_u16() };
    let answer = Answer { digest: String::new(), status, kind, location, body: body.clone() };
    service.store.keep_answer(account, key, &answer).await?;
    let mut response = Response::from_parts(parts, Body::from(body));
    if let Some(problem) = problem {
        response.extensions_mut().insert(problem);
    }
    Ok(response)
}

fn too_large(largest: usize) -> Problem {
    let kilobytes = largest / 1024;
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too-large",
        format!("at most {kilobytes} kB may be sent here"),
        format!("hier mag hoogstens {kilobytes} kB worden verstuurd"),
    )
}

fn too_slow() -> Problem {
    Problem::new(
        StatusCode::REQUEST_TIMEOUT,
        "too-slow",
        "it took too long to arrive",
        "het duurde te lang voor het er was",
    )
}

/// A session's cookie, or its end.
pub(crate) fn session_cookie(service: &Service, token: Option<&str>) -> Option<HeaderValue> {
    let (name, secure) = (cookie_name(service.config.secure), if service.config.secure { "; Secure" } else { "" });
    let (value, age) = token.map_or(("", 0), |token| (token, service.config.session_hours * 3600));
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")).ok()
}
