//! The work list: closed gates by who can open them, what planned departures still need 48 hours ahead, and notices to give
//! in the next day.

use super::notices::notices;
use super::parts::{badge, href, said, scroll};
use super::shell::{Page, drawn};
use crate::gates::words as gate_words;
use crate::lang::Lang;
use crate::options::{self, WorkGroup};
use crate::plan::Plan;
use crate::publish::format::{euro, moment, number};
use crate::publish::need;
use crate::publish::words as common;
use crate::readiness::{Item, readiness};
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::desk::View;
use crate::server::http::Visitor;
use crate::server::problem::Problem;
use crate::week::{CaseId, RowRef, Week};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};

pub(crate) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let published = service.desk.view_at(&service.store, view.row.clone(), view.row.published).await?;
    let (given, now) = (service.store.notices(&id).await?, service.config.clock.instant());
    let show = move || {
        let lang = visitor.lang;
        let everything = visitor.path.contains("all=yes");
        let title = lang.pick("Work list", "Werklijst");
        let plan = view.plan.as_ref().map(|(_, plan)| &**plan);
        let content = html! {
            h1 { (title) " " (view.row.week) }
            p class="quiet" { (lang.pick("As of", "Stand van")) " " (moment(lang, view.week.now)) "." }
            (said(&visitor))
            (notices(&visitor, &caller, &published, &given, now))
            @if let Some(plan) = plan { (ready(&view, plan, everything, lang)) }
            h2 { (lang.pick("Closed gates, by who can open them", "Gesloten poorten, naar wie ze kan openen")) }
            @for group in options::work_list_of(&view.week, view.gated()) { (owner(&view, &group, everything, lang)) }
        };
        Page::of_week(&visitor, "/weeks/{week}/work-list", &view.row, title).show(&content)
    };
    drawn(&service, show).await
}

/// Rows of a list that are shown when nobody asks for more: the most urgent ones.
const SHOWN: usize = 25;

fn show_all(all: usize, lang: Lang) -> Markup {
    html! { p { a href="?all=yes" { (lang.pick(format!("Show all {all}"), format!("Toon alle {all}"))) } } }
}

pub(super) fn case_link(view: &View, case: &CaseId) -> Markup {
    html! { a href=(format!("/weeks/{}/cases/{}", href(&view.row.id), href(case.as_str()))) { (case) } }
}

fn ready(view: &View, plan: &Plan, everything: bool, lang: Lang) -> Markup {
    let items = readiness(&view.week, plan);
    let mut missing: Vec<&Item> = items.iter().filter(|item| !item.done).collect();
    let all = missing.len();
    if !everything {
        missing.truncate(SHOWN);
    }
    let title = lang.pick("Still needed 48 hours ahead", "Nog nodig, 48 uur vooraf");
    html! {
        h2 { (title) }
        @if missing.len() < all { (show_all(all, lang)) }
        @if missing.is_empty() { p { (lang.pick("Everything is there.", "Alles is er.")) } }
        @else { (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Case", "Zaak")) } th scope="col" { (lang.pick("What", "Wat")) } th scope="col" { (lang.pick("By", "Uiterlijk")) } th scope="col" class="number" { (lang.pick("Departures gained an hour", "Vertrekken gewonnen per uur")) } th scope="col" { (lang.pick("Rows", "Rijen")) } } }
            tbody { @for item in missing { tr {
                th scope="row" { (case_link(view, &item.case)) }
                td { (need(lang, item.need)) }
                td { (moment(lang, item.due)) @if item.overdue { " " (badge("wrong", lang.pick("late", "te laat"))) } }
                td class="number" { (number(lang, item.gain_per_hour(), 2)) }
                td class="rows" { (item.rows.join(" ")) }
            } } }
        } })) }
    }
}

fn owner(view: &View, group: &WorkGroup, everything: bool, lang: Lang) -> Markup {
    let week: &Week = &view.week;
    let name = common::sentence(gate_words::owner(group.owner, lang));
    html! {
        section {
            h3 { (name) " " span class="quiet" { "(" (group.items.len()) ", " (lang.pick("worth", "waard")) " " (euro(lang, group.gain)) ")" } }
            @if group.items.len() > SHOWN && !everything { (show_all(group.items.len(), lang)) }
            (scroll(&name, &html! { table {
                thead { tr { th scope="col" { (lang.pick("Case", "Zaak")) } th scope="col" { (lang.pick("First departure", "Eerste vertrek")) } th scope="col" { (lang.pick("Gate", "Poort")) } th scope="col" { (lang.pick("Why", "Waarom")) } th scope="col" { (lang.pick("Opens when", "Gaat open wanneer")) } th scope="col" { (lang.pick("Rows", "Rijen")) } } }
                tbody { @for item in group.items.iter().take(if everything { usize::MAX } else { SHOWN }) { @for (at, closed) in item.closed.iter().enumerate() { tr {
                    @let case = &week.cases.rows()[item.case];
                    th scope="row" { (case_link(view, &case.id)) }
                    td { @if at == 0 { (item.soonest.map_or_else(|| lang.pick("no flight", "geen vlucht").to_owned(), |at| moment(lang, at))) } }
                    td { (gate_words::gate(closed.gate, lang)) }
                    td { (gate_words::why(closed, lang)) }
                    td { (gate_words::remedy(closed, lang)) }
                    td class="rows" { (closed.rows.iter().map(RowRef::to_string).collect::<Vec<_>>().join(" ")) }
                } } } }
            } }))
        }
    }
}
