//! All weeks, and taking one in.

use super::parts::{badge, field, href, said, scroll, stamp, state, week_form};
use super::shell::Page;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::intake;
use crate::server::fields::Fields;
use crate::server::http::routes::may;
use crate::server::http::{Visitor, see_other};
use crate::server::problem::Problem;
use crate::server::roles::Role;
use crate::server::store::weeks::{State as Life, WeekRow};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};

/// Weeks shown when nobody asks for more: a year.
const SHOWN: usize = 52;

pub(crate) async fn page(
    State(service): State<Service>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    let mut weeks = service.store.weeks().await?;
    let (all, everything) = (weeks.len(), visitor.path.contains("all=yes"));
    if !everything {
        weeks.truncate(SHOWN);
    }
    let lang = visitor.lang;
    let content = html! {
        h1 { (lang.pick("Weeks", "Weken")) }
        (said(&visitor))
        @if weeks.is_empty() { p { (lang.pick("No week has been taken in yet.", "Er is nog geen week ingelezen.")) } }
        @else { (table(&visitor, &caller, &weeks)) }
        @if weeks.len() < all { p { a href="/weeks?all=yes" { (lang.pick(format!("Show all {all} weeks"), format!("Toon alle {all} weken"))) } } }
        @if may(&caller.roles, "POST", "/weeks") { (take_in_form(&visitor)) }
    };
    Ok(Page::new(&visitor, "/weeks", lang.pick("Weeks", "Weken")).show(&content))
}

/// The page of a week that somebody with these roles works on.
pub(super) fn first_page(caller: &Caller) -> &'static str {
    if may(&caller.roles, "GET", "/weeks/{week}") {
        ""
    } else if caller.roles.contains(&Role::TransportCoordinator) {
        "/transport"
    } else {
        "/escorts"
    }
}

pub(super) fn kind(state: Life) -> &'static str {
    match state {
        Life::Published | Life::Approved => "fine",
        Life::Proposed => "care",
        Life::Draft => "",
    }
}

fn table(visitor: &Visitor, caller: &Caller, weeks: &[WeekRow]) -> Markup {
    let lang = visitor.lang;
    scroll(
        lang.pick("Weeks", "Weken"),
        &html! {
            table {
                thead { tr {
                    th scope="col" { (lang.pick("Week", "Week")) }
                    th scope="col" { (lang.pick("State", "Staat")) }
                    th scope="col" { (lang.pick("Present plan", "Huidig plan")) }
                    th scope="col" { (lang.pick("Published", "Gepubliceerd")) }
                    th scope="col" { (lang.pick("Last edited", "Laatst bewerkt")) }
                } }
                tbody { @for week in weeks {
                    tr {
                        th scope="row" { a href=(format!("/weeks/{}{}", href(&week.id), first_page(caller))) { (week.id) } }
                        td { (badge(kind(week.state), state(lang, week.state))) }
                        td { @if week.plan == 0 { (lang.pick("none", "geen")) } @else { (lang.pick("version", "versie")) " " (week.plan) } }
                        td { @if week.published == 0 { "–" } @else { (lang.pick("version", "versie")) " " (week.published) } }
                        td { (stamp(lang, &week.edited_at)) ", " (week.editor) }
                    }
                } }
            }
        },
    )
}

fn take_in_form(visitor: &Visitor) -> Markup {
    let lang = visitor.lang;
    html! {
        section class="card narrow" aria-labelledby="take-in" {
            h2 id="take-in" { (lang.pick("Take a week in", "Een week inlezen")) }
            form method="post" action="/weeks" enctype="multipart/form-data" {
                input type="hidden" name="form_token" value=(visitor.form_token);
                (files(visitor))
                button type="submit" { (lang.pick("Take in", "Inlezen")) }
            }
        }
    }
}

fn files(visitor: &Visitor) -> Markup {
    let lang = visitor.lang;
    html! {
        (field("files", lang.pick("Files of the week folder", "Bestanden van de weekmap"),
            lang.pick("Choose week.toml and all tables at once.", "Kies week.toml en alle tabellen tegelijk."),
            &html! { input id="files" name="files" type="file" multiple accept=".csv,.toml" aria-describedby="files-hint" required; }))
        (field("folder-why", lang.pick("Why", "Waarom"), "", &html! { input id="folder-why" name="why" maxlength="2000" required; }))
    }
}

/// The form that takes a new version of a folder in.
pub(super) fn folder_form(visitor: &Visitor, row: &WeekRow) -> Markup {
    let lang = visitor.lang;
    html! {
        form class="narrow" method="post" action=(format!("/weeks/{}/folder", href(&row.id))) enctype="multipart/form-data" {
            input type="hidden" name="form_token" value=(visitor.form_token);
            input type="hidden" name="version" value=(row.version);
            (files(visitor))
            button class="second" type="submit" { (lang.pick("Take new folder in", "Nieuwe map inlezen")) }
        }
    }
}

pub(crate) async fn take_in(
    State(service): State<Service>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let id = intake::new_week(&service, &caller, fields).await?;
    Ok(see_other(&format!("/weeks/{}?said=taken-in", href(&id))))
}

pub(crate) async fn new_folder(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    intake::new_folder(&service, &caller, &id, fields).await?;
    Ok(see_other(&format!("/weeks/{}?said=new-folder", href(&id))))
}

/// A form with one button.
pub(super) fn button(visitor: &Visitor, row: &WeekRow, step: &str, class: &str, text: &str) -> Markup {
    let action = format!("/weeks/{}/{step}", href(&row.id));
    week_form(visitor, &action, row.version, &html! { button class=(class) type="submit" { (text) } })
}

/// The same with a reason that must be given.
pub(super) fn button_why(visitor: &Visitor, row: &WeekRow, step: &str, text: &str) -> Markup {
    let (action, id) = (format!("/weeks/{}/{step}", href(&row.id)), format!("{step}-why"));
    week_form(
        visitor,
        &action,
        row.version,
        &html! {
            (field(&id, visitor.lang.pick("Why", "Waarom"), "", &html! { input id=(id) name="why" required maxlength="2000"; }))
            button class="second" type="submit" { (text) }
        },
    )
}
