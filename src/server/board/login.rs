//! Logging in and out, and making the first account.

use super::parts::{field, form};
use super::shell::Page;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::{federation, login};
use crate::server::fields::Fields;
use crate::server::http::{Visitor, see_other, session_cookie};
use crate::server::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use maud::{Markup, html};

pub(crate) async fn page(State(service): State<Service>, visitor: Visitor) -> Response {
    let first = service.first_code().is_some();
    let content = if first { first_form(&visitor) } else { login_form(&visitor, service.provider.is_some()) };
    let title = visitor.lang.pick("Log in", "Aanmelden");
    Page::new(&visitor, "/login", title).show(&content)
}

fn login_form(visitor: &Visitor, provider: bool) -> Markup {
    let lang = visitor.lang;
    let next = visitor.path.split_once("next=").map_or("", |(_, next)| next);
    html! {
        div class="narrow" {
            h1 { (lang.pick("Log in", "Aanmelden")) }
            p class="quiet" { (lang.pick(
                "What you see and change here is written down with your name.",
                "Wat u hier ziet en wijzigt wordt vastgelegd met uw naam.")) }
            @if provider {
                p { a class="button" href=(format!("/login/organisation?next={next}")) { (lang.pick("Log in with your organisation's account", "Aanmelden met het account van uw organisatie")) } }
            }
            (form(visitor, "/login", &html! {
                input type="hidden" name="next" value=(next);
                (field("name", lang.pick("Name", "Naam"), "", &html! {
                    input id="name" name="name" autocomplete="username" autocapitalize="none" required maxlength="40";
                }))
                (field("password", lang.pick("Password", "Wachtwoord"), "", &html! {
                    input id="password" name="password" type="password" autocomplete="current-password" required;
                }))
                button type="submit" { (lang.pick("Log in", "Aanmelden")) }
            }))
        }
    }
}

fn first_form(visitor: &Visitor) -> Markup {
    let lang = visitor.lang;
    html! {
        div class="narrow" {
            h1 { (lang.pick("Make the first account", "Maak het eerste account")) }
            p { (lang.pick(
                "Nobody has an account yet. The program printed a code when it started; with it you make the account of the administrator, who makes all others.",
                "Nog niemand heeft een account. Het programma drukte bij het starten een code af; daarmee maakt u het account van de beheerder, die alle andere maakt.")) }
            (form(visitor, "/first-account", &html! {
                (field("code", lang.pick("Code", "Code"), "", &html! { input id="code" name="code" autocomplete="off" autocapitalize="none" required; }))
                (field("name", lang.pick("Name", "Naam"), "", &html! {
                    input id="name" name="name" autocomplete="username" autocapitalize="none" required maxlength="40";
                }))
                (field("password", lang.pick("Password", "Wachtwoord"), lang.pick("At least 12 characters.", "Minstens 12 tekens."), &html! {
                    input id="password" name="password" type="password" autocomplete="new-password" aria-describedby="password-hint" required minlength="12";
                }))
                button type="submit" { (lang.pick("Make account", "Maak account")) }
            }))
        }
    }
}

/// A way on that stays in this house.
fn own_path(next: &str) -> &str {
    let decoded = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if decoded { next } else { "/" }
}

pub(super) fn entered(service: &Service, token: &str, next: &str) -> Response {
    let mut response = see_other(own_path(next));
    if let Some(cookie) = session_cookie(service, Some(token)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

pub(crate) async fn log_in(State(service): State<Service>, mut fields: Fields) -> Result<Response, Problem> {
    let next = fields.text("next").replace("%2F", "/").replace("%3F", "?").replace("%3D", "=").replace("%26", "&");
    let token = login::log_in(&service, fields).await?;
    Ok(entered(&service, &token, &next))
}

pub(crate) async fn first_account(State(service): State<Service>, fields: Fields) -> Result<Response, Problem> {
    let token = login::first_account(&service, fields).await?;
    Ok(entered(&service, &token, "/"))
}

pub(crate) async fn log_out(
    State(service): State<Service>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    login::log_out(&service, &caller).await?;
    let way_out = federation::way_out(&service, &caller.name).await?;
    let mut response = way_out.map_or_else(|| see_other("/login"), |way| on_to_provider(visitor, &way));
    if let Some(cookie) = session_cookie(&service, None) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Logged out here, and on to the identity provider: a page that leads there by itself, since no form may lead elsewhere.
fn on_to_provider(visitor: Visitor, way: &str) -> Response {
    let (lang, visitor) = (visitor.lang, Visitor { caller: None, ..visitor });
    let title = lang.pick("Logged out", "Afgemeld");
    let content = html! {
        div class="narrow" {
            h1 { (title) }
            p { (lang.pick("You are logged out here, and are led to your organisation to log out there too.", "U bent hier afgemeld, en wordt naar uw organisatie geleid om u ook daar af te melden.")) }
            p { a class="button" href=(way) { (lang.pick("Log out at your organisation", "Afmelden bij uw organisatie")) } }
        }
    };
    let mut response = Page::new(&visitor, "", title).show(&content);
    if let Ok(onward) = HeaderValue::from_str(&format!("0; url={way}")) {
        response.headers_mut().insert(header::REFRESH, onward);
    }
    response
}
