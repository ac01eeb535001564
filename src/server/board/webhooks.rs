//! Webhooks, for the administrator: where changes of weeks are told, and what came of it; auditors read along.

use super::parts::{badge, field, form, href, said, scroll, stamp};
use super::shell::Page;
use crate::lang::Lang;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::webhooks;
use crate::server::fields::Fields;
use crate::server::http::routes::may;
use crate::server::http::{Visitor, see_other};
use crate::server::problem::Problem;
use crate::server::store::webhooks::{Delivery, Webhook};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use serde_json::Value;

/// Deliveries of each webhook that are shown.
const SHOWN: i64 = 20;

pub(crate) async fn page(
    State(service): State<Service>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    show(&service, &visitor, &caller, None).await
}

async fn show(
    service: &Service,
    visitor: &Visitor,
    caller: &Caller,
    secret: Option<&str>,
) -> Result<Response, Problem> {
    let mut hooks = Vec::new();
    for hook in service.store.webhooks().await? {
        let told = service.store.deliveries(&hook.id, SHOWN).await?;
        hooks.push((hook, told));
    }
    let lang = visitor.lang;
    let can = may(&caller.roles, "POST", "/webhooks");
    let content = html! {
        h1 { "Webhooks" }
        (said(visitor))
        @if let Some(secret) = secret {
            div class="message fine" role="status" {
                p { (lang.pick("Made. Deliveries are signed with this secret, which is shown this once:", "Gemaakt. Berichten worden ondertekend met dit geheim, dat alleen nu wordt getoond:")) }
                p { code { (secret) } }
            }
        }
        p { (lang.pick(
            "What is done to a week is told to these addresses: which week and what, never who or which case.",
            "Wat met een week gebeurt wordt aan deze adressen verteld: welke week en wat, nooit wie of welke zaak.")) }
        @if hooks.is_empty() { p { (lang.pick("None yet.", "Nog geen.")) } }
        @for (hook, told) in &hooks { (one(visitor, hook, told, can)) }
        @if can { (make_form(visitor)) }
    };
    Ok(Page::new(visitor, "/webhooks", "Webhooks").show(&content))
}

fn state(one: &Delivery, lang: Lang) -> Markup {
    match one.state.as_str() {
        "delivered" => badge("fine", lang.pick("delivered", "bezorgd")),
        "failed" => badge("wrong", lang.pick("given up", "opgegeven")),
        _ => html! { (badge("care", lang.pick("waits", "wacht"))) " " (stamp(lang, &one.next_at)) },
    }
}

/// What was told: the event and its week, and the id by which whoever hears it knows it.
fn what(body: &str) -> Markup {
    let told: Value = serde_json::from_str(body).unwrap_or_default();
    let text = |name: &str| told[name].as_str().unwrap_or_default();
    html! { (text("event")) ", " (text("week")) span class="note" { (text("id")) } }
}

fn one(visitor: &Visitor, hook: &Webhook, told: &[Delivery], can: bool) -> Markup {
    let lang = visitor.lang;
    html! {
        section class="card" {
            h2 { (hook.url) }
            p class="quiet" { (hook.made_by) ", " (stamp(lang, &hook.made_at)) }
            @if told.is_empty() { p { (lang.pick("Nothing was told yet.", "Er is nog niets verteld.")) } }
            @else { (scroll(&hook.url, &html! { table {
                thead { tr { th scope="col" { (lang.pick("When", "Wanneer")) } th scope="col" { (lang.pick("What", "Wat")) } th scope="col" { (lang.pick("State", "Staat")) } th scope="col" class="number" { (lang.pick("Attempts", "Pogingen")) } th scope="col" { (lang.pick("Answer", "Antwoord")) } } }
                tbody { @for one in told { tr { th scope="row" { (stamp(lang, &one.made_at)) } td { (what(&one.body)) } td { (state(one, lang)) } td class="number" { (one.attempts) } td { (one.said) } } } }
            } })) }
            @if can { (form(visitor, &format!("/webhooks/{}/remove", href(&hook.id)), &html! { button class="second" type="submit" { (lang.pick("Remove", "Verwijder")) span class="quiet" { " " (hook.url) } } })) }
        }
    }
}

fn make_form(visitor: &Visitor) -> Markup {
    let lang = visitor.lang;
    html! {
        section class="card narrow" aria-labelledby="make" {
            h2 id="make" { (lang.pick("Add an address", "Voeg een adres toe")) }
            (form(visitor, "/webhooks", &html! {
                (field("url", lang.pick("Address (https)", "Adres (https)"), "", &html! { input id="url" name="url" type="url" required maxlength="500"; }))
                (field("why", lang.pick("Remark", "Opmerking"), "", &html! { input id="why" name="why" maxlength="2000"; }))
                button type="submit" { (lang.pick("Add", "Voeg toe")) }
            }))
        }
    }
}

pub(crate) async fn make(
    State(service): State<Service>,
    visitor: Visitor,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let (_, secret) = webhooks::make(&service, &caller, fields).await?;
    show(&service, &visitor, &caller, Some(secret.as_str())).await
}

pub(crate) async fn remove(
    State(service): State<Service>,
    Path(hook): Path<String>,
    caller: Caller,
) -> Result<Response, Problem> {
    webhooks::remove(&service, &caller, &hook).await?;
    Ok(see_other("/webhooks?said=changed"))
}
