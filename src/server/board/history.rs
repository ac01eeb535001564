//! The versions of a week's plan, what differs between any two of them, and what was published when.

use super::parts::{badge, field, href, scroll, stamp, week_form};
use super::shell::Page;
use crate::lang::Lang;
use crate::plan::changes::{What, legs_text, notice_text, ride_text};
use crate::plan::{Plan, StopKind};
use crate::publish::change_what;
use crate::publish::format::euro;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::events::dropped;
use crate::server::http::Visitor;
use crate::server::http::routes::may;
use crate::server::problem::Problem;
use crate::server::store::plans::{PlanRow, Publication};
use crate::server::store::weeks::{FolderRow, WeekRow};
use crate::units::Euro;
use crate::week::{EscortId, LegId};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Which two to compare.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Two {
    #[serde(default)]
    from: Option<i64>,
    #[serde(default)]
    to: Option<i64>,
}

pub(crate) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    Query(two): Query<Two>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    let (row, plans) = (service.store.week(&id).await?, service.store.plans(&id).await?);
    let (folders, published) = (service.store.folders(&id).await?, service.store.publications(&id).await?);
    let lang = visitor.lang;
    let compared = match (two.from, two.to) {
        (Some(from), Some(to)) => {
            Some((from, version(&service, &id, from).await?, to, version(&service, &id, to).await?))
        }
        _ => None,
    };
    let title = lang.pick("Versions", "Versies");
    let content = html! {
        h1 { (title) }
        @if plans.len() > 1 { (compare_form(&plans, &two, lang)) }
        @if let Some((from, before, to, after)) = &compared { (difference(&row, (*from, before), (*to, after), lang)) }
        (versions(&visitor, &caller, &row, &plans, &published))
        (publications(&published, lang))
        (folder_table(&folders, lang))
    };
    Ok(Page::of_week(&visitor, "/weeks/{week}/history", &row, title).show(&content))
}

async fn version(service: &Service, id: &str, number: i64) -> Result<Arc<Plan>, Problem> {
    let row = service.store.plan(id, number).await?;
    service.desk.plan(&service.store, &row).await
}

fn compare_form(plans: &[PlanRow], two: &Two, lang: Lang) -> Markup {
    let choice = |id: &str, label: &str, chosen: Option<i64>, usual: i64| {
        field(
            id,
            label,
            "",
            &html! {
                select id=(id) name=(id) { @for plan in plans { option value=(plan.plan) selected[plan.plan == chosen.unwrap_or(usual)] { (plan.plan) } } }
            },
        )
    };
    html! {
        form class="filters" method="get" {
            (choice("from", lang.pick("Compare version", "Vergelijk versie"), two.from, plans[1].plan))
            (choice("to", lang.pick("with version", "met versie"), two.to, plans[0].plan))
            button class="second" type="submit" { (lang.pick("Compare", "Vergelijk")) }
        }
    }
}

fn kind(plan: &PlanRow, lang: Lang) -> &'static str {
    match plan.kind.as_str() {
        "repair" => lang.pick("repair", "herstel"),
        "swap" => lang.pick("escort swap", "ruil van begeleiders"),
        _ => lang.pick("plan", "plan"),
    }
}

fn versions(visitor: &Visitor, caller: &Caller, row: &WeekRow, plans: &[PlanRow], published: &[Publication]) -> Markup {
    let lang = visitor.lang;
    let can = may(&caller.roles, "POST", "/weeks/{week}/accept/{plan}");
    let present = plans.iter().find(|plan| plan.plan == row.plan);
    let without = |plan: &PlanRow| present.map_or(0, |present| dropped(present, plan).len());
    html! {
        h2 { (lang.pick("Versions of the plan", "Versies van het plan")) }
        (scroll(lang.pick("Versions of the plan", "Versies van het plan"), &html! { table {
            thead { tr {
                th scope="col" { (lang.pick("Version", "Versie")) } th scope="col" { (lang.pick("From", "Uit")) } th scope="col" { (lang.pick("Kind", "Soort")) } th scope="col" { (lang.pick("Made", "Gemaakt")) }
                th scope="col" class="number" { (lang.pick("Departures", "Vertrekken")) } th scope="col" class="number" { (lang.pick("Worth", "Waarde")) } th scope="col" { (lang.pick("Remark", "Opmerking")) } th scope="col" { (lang.pick("State", "Staat")) }
            } }
            tbody { @for plan in plans { tr {
                th scope="row" { (plan.plan) }
                td { @if plan.parent == 0 { "–" } @else { (plan.parent) } }
                td { (kind(plan, lang)) }
                td { (stamp(lang, &plan.made_at)) span class="note" { (plan.made_by) } }
                td class="number" { (plan.departures) }
                td class="number" { (euro(lang, Euro::new(plan.objective))) }
                td { (plan.why) }
                td {
                    @if plan.plan == row.plan { (badge("fine", lang.pick("present", "huidig"))) }
                    @else if can { (week_form(visitor, &format!("/weeks/{}/accept/{}", href(&row.id), plan.plan), row.version, &html! {
                        button class="plain" type="submit" { (lang.pick("take this one", "neem deze")) span class="quiet" { " (" (plan.plan) ")" } }
                        @if without(plan) != 0 { span class="note" { (lang.pick("without events reported: ", "zonder gemelde gebeurtenissen: ")) (without(plan)) } }
                    })) }
                    @if plan.plan == row.published { " " (badge("care", lang.pick("published", "gepubliceerd"))) }
                    @else if published.iter().any(|one| one.plan == plan.plan) { " " (badge("", lang.pick("superseded", "vervangen"))) }
                }
            } } }
        } }))
    }
}

fn publications(published: &[Publication], lang: Lang) -> Markup {
    html! {
        @if !published.is_empty() {
            h2 { (lang.pick("Published", "Gepubliceerd")) }
            (scroll(lang.pick("Published", "Gepubliceerd"), &html! { table {
                thead { tr { th scope="col" { (lang.pick("Number", "Nummer")) } th scope="col" { (lang.pick("Version", "Versie")) } th scope="col" { (lang.pick("When", "Wanneer")) } th scope="col" { (lang.pick("By", "Door")) } } }
                tbody { @for one in published { tr { th scope="row" { (one.number) } td { (one.plan) } td { (stamp(lang, &one.made_at)) } td { (one.made_by) } } } }
            } }))
        }
    }
}

fn folder_table(folders: &[FolderRow], lang: Lang) -> Markup {
    html! {
        h2 { (lang.pick("Versions of the folder", "Versies van de map")) }
        (scroll(lang.pick("Versions of the folder", "Versies van de map"), &html! { table {
            thead { tr { th scope="col" { (lang.pick("Version", "Versie")) } th scope="col" { (lang.pick("Taken in", "Ingelezen")) } th scope="col" { (lang.pick("Why", "Waarom")) } th scope="col" { "SHA-256" } } }
            tbody { @for one in folders { tr { th scope="row" { (one.folder) } td { (stamp(lang, &one.made_at)) span class="note" { (one.made_by) } } td { (one.why) } td class="rows" { (one.digest) } } } }
        } }))
    }
}

/// What a plan says of a case, duty or shift in one line each, in the texts of a change, so that two plans can be compared
/// line by line.
fn lines(plan: &Plan) -> BTreeMap<(What, String), String> {
    let legs = |legs: &[LegId]| legs_text(legs).unwrap_or_default();
    let people = |escorts: &[EscortId]| {
        let escorts: BTreeSet<&str> = escorts.iter().map(EscortId::as_str).collect();
        escorts.into_iter().collect::<Vec<_>>().join(", ")
    };
    let mut lines = BTreeMap::new();
    for departure in &plan.departures {
        let case = departure.case.to_string();
        lines.insert((What::Departure, case.clone()), legs(&departure.legs));
        lines.insert((What::Notice, case), notice_text(departure.slot.as_ref(), departure.noticed_at));
    }
    for team in &plan.teams {
        lines.insert((What::Team, legs(&team.legs)), people(&team.escorts));
    }
    for duty in &plan.duties {
        lines.insert((What::Duty, duty.duty.to_string()), people(&duty.escorts));
    }
    for route in &plan.routes {
        for stop in route.stops.iter().filter(|stop| stop.kind == StopKind::Pickup) {
            let ride = ride_text(&route.shift, Some(stop.at));
            if let Some(case) = &stop.case {
                lines.insert((What::Ride, case.to_string()), ride);
            } else if let Some(transfer) = &stop.transfer {
                lines.insert((What::Transfer, transfer.to_string()), ride);
            }
        }
    }
    lines
}

fn difference(row: &WeekRow, (from, before): (i64, &Plan), (to, after): (i64, &Plan), lang: Lang) -> Markup {
    let (before, after) = (lines(before), lines(after));
    let keys: BTreeSet<&(What, String)> = before.keys().chain(after.keys()).collect();
    let changed: Vec<&(What, String)> = keys.into_iter().filter(|key| before.get(*key) != after.get(*key)).collect();
    let title = lang.pick(format!("From version {from} to {to}"), format!("Van versie {from} naar {to}"));
    html! {
        h2 { (title) }
        @if changed.is_empty() { p { (lang.pick("Nothing differs.", "Er is geen verschil.")) } }
        @else { (scroll(&title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("What", "Wat")) } th scope="col" { (lang.pick("Of", "Van")) } th scope="col" { (lang.pick("Version", "Versie")) " " (from) } th scope="col" { (lang.pick("Version", "Versie")) " " (to) } } }
            tbody { @for key in changed { tr {
                th scope="row" { (change_what(key.0, lang)) }
                td { @if matches!(key.0, What::Departure | What::Notice | What::Ride) { a href=(format!("/weeks/{}/cases/{}", href(&row.id), href(&key.1))) { (key.1) } } @else { (key.1) } }
                td { (before.get(key).map_or("–", String::as_str)) } td { (after.get(key).map_or("–", String::as_str)) }
            } } }
        } })) }
    }
}
