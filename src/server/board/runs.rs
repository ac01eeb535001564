//! Runs: ask for one, watch bound, incumbent and gap, stop and take the best.

use super::parts::{badge, field, figure, href, said, scroll, stamp, week_form};
use super::shell::Page;
use crate::lang::Lang;
use crate::publish::format::{euro, number, percent};
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::runs;
use crate::server::fields::Fields;
use crate::server::http::routes::may;
use crate::server::http::{Visitor, see_other};
use crate::server::problem::Problem;
use crate::server::store::runs::RunRow;
use crate::server::store::weeks::WeekRow;
use crate::units::Euro;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};

pub(crate) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    let row = service.store.week(&id).await?;
    let found = service.store.runs(&id).await?;
    let lang = visitor.lang;
    let title = lang.pick("Runs", "Berekeningen");
    let live = found.iter().find(|run| run.is_open());
    let content = html! {
        h1 { (title) }
        (said(&visitor))
        @if let Some(run) = live { (watch(&visitor, &caller, &row, run)) }
        @if may(&caller.roles, "POST", "/weeks/{week}/runs") { (ask_form(&visitor, &row)) }
        h2 { (lang.pick("All runs", "Alle berekeningen")) }
        @if found.is_empty() { p { (lang.pick("None yet.", "Nog geen.")) } } @else { (table(&row, &found, lang)) }
    };
    let again = live.map(|_| 3);
    Ok(Page { again, ..Page::of_week(&visitor, "/weeks/{week}/runs", &row, title) }.show(&content))
}

fn money(lang: Lang, value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| euro(lang, Euro::new(value)))
}

fn watch(visitor: &Visitor, caller: &Caller, row: &WeekRow, run: &RunRow) -> Markup {
    let lang = visitor.lang;
    let gap = run.found_gap().map_or_else(|| "–".to_owned(), |gap| percent(lang, gap, 2));
    let shown = |name: &str, part: &'static str, value: &str| {
        html! {
            div class="figure" { dt { (name) } dd { strong data-show=(part) { (value) } } }
        }
    };
    html! {
        section class="card" data-progress=(format!("/api/v1/weeks/{}/runs/{}/progress", href(&row.id), run.id)) aria-labelledby="live" {
            h2 id="live" { (lang.pick("Under way", "Onderweg")) }
            dl class="figures" {
                (shown(lang.pick("Phase", "Fase"), "phase", if run.phase.is_empty() { &run.state } else { &run.phase }))
                (shown(lang.pick("Best so far", "Beste tot nu toe"), "incumbent", &money(lang, run.incumbent)))
                (shown(lang.pick("At most", "Hoogstens"), "bound", &money(lang, run.bound)))
                (shown(lang.pick("Gap", "Marge"), "gap", &gap))
                (figure(lang.pick("Time limit", "Tijdslimiet"), &format!("{} s", number(lang, run.seconds, 0)), ""))
            }
            @if may(&caller.roles, "POST", "/weeks/{week}/runs/{run}/stop") {
                (week_form(visitor, &format!("/weeks/{}/runs/{}/stop", href(&row.id), run.id), row.version, &html! {
                    button class="second" type="submit" { (lang.pick("Stop and take the best", "Stop en neem de beste")) }
                }))
            }
        }
    }
}

fn ask_form(visitor: &Visitor, row: &WeekRow) -> Markup {
    let lang = visitor.lang;
    html! {
            section aria-labelledby="ask" {
                h2 id="ask" { (lang.pick("Plan this week", "Plan deze week")) }
                div class="actions" { (week_form(visitor, &format!("/weeks/{}/runs", href(&row.id)), row.version, &html! {
                    (field("seconds", lang.pick("Seconds at most", "Seconden hoogstens"), "", &html! { input id="seconds" name="seconds" type="number" min="1" max="7200" value="300"; }))
                    (field("gap", lang.pick("Gap asked for", "Gevraagde marge"), "", &html! { input id="gap" name="gap" type="number" min="0" max="1" step="0.0001" value="0.001"; }))
    (field("kind", lang.pick("What", "Wat"), "", &html! { select id="kind" name="kind" {
                        option value="plan" { (lang.pick("plan anew", "opnieuw plannen")) }
                        @if row.plan != 0 { option value="repair" { (lang.pick("repair the present plan for the present folder", "het huidige plan herstellen voor de huidige map")) } }
                    } }))
                                    (field("why", lang.pick("Remark", "Opmerking"), "", &html! { input id="why" name="why" maxlength="2000"; }))
                    button type="submit" { (lang.pick("Start", "Start")) }
                })) }
            }
        }
}

fn state(run: &RunRow, lang: Lang) -> Markup {
    match run.state.as_str() {
        "queued" => badge("", lang.pick("waits", "wacht")),
        "running" => badge("care", lang.pick("runs", "loopt")),
        "done" => badge("fine", lang.pick("done", "klaar")),
        _ => html! { (badge("wrong", lang.pick("failed", "mislukt"))) span class="note" { (run.error.in_lang(lang)) } },
    }
}

fn table(row: &WeekRow, runs: &[RunRow], lang: Lang) -> Markup {
    scroll(
        lang.pick("All runs", "Alle berekeningen"),
        &html! { table {
            thead { tr {
                th scope="col" { (lang.pick("Asked", "Gevraagd")) } th scope="col" { (lang.pick("Kind", "Soort")) } th scope="col" { (lang.pick("State", "Staat")) }
                th scope="col" class="number" { (lang.pick("Best", "Beste")) } th scope="col" class="number" { (lang.pick("At most", "Hoogstens")) } th scope="col" class="number" { (lang.pick("Gap", "Marge")) } th scope="col" { (lang.pick("Version", "Versie")) }
            } }
            tbody { @for run in runs { tr {
                th scope="row" { (stamp(lang, &run.asked_at)) span class="note" { (run.asked_by) } }
                td { @if run.kind == "repair" { a href=(format!("/weeks/{}/repair/{}", href(&row.id), run.id)) { (lang.pick("repair", "herstel")) } } @else { (lang.pick("plan", "plan")) } }
                td { (state(run, lang)) }
                td class="number" { (money(lang, run.incumbent)) } td class="number" { (money(lang, run.bound)) }
                td class="number" { @if let Some(gap) = run.found_gap() { (percent(lang, gap, 2)) } }
                td { @if run.result != 0 { (run.result) } }
            } } }
        } },
    )
}

pub(crate) async fn ask(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let run = runs::ask(&service, &caller, &id, fields).await?;
    Ok(see_other(&format!("/weeks/{}/runs?run={run}", href(&id))))
}

pub(crate) async fn stop(
    State(service): State<Service>,
    Path((id, run)): Path<(String, String)>,
    caller: Caller,
) -> Result<Response, Problem> {
    runs::stop(&service, &caller, &id, &run).await?;
    Ok(see_other(&format!("/weeks/{}/runs?said=stopping", href(&id))))
}
