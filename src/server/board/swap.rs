//! Another escort on a duty: who could take it, and what the checker says before it is done.

use super::parts::{badge, field, href, week_form};
use super::shell::Page;
use crate::lang::Lang;
use crate::publish::format::euro;
use crate::publish::words as common;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::swap::{self, Judged, Swap};
use crate::server::desk::View;
use crate::server::fields::Fields;
use crate::server::http::routes::may;
use crate::server::http::{Visitor, see_other};
use crate::server::problem::Problem;
use crate::units::Euro;
use crate::week::EscortId;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// Which duty, who leaves it, and who may come.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    on: String,
    #[serde(default)]
    out: String,
    #[serde(default, rename = "in")]
    into: String,
}

pub(crate) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    Query(which): Query<Which>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let show = move || {
        let lang = visitor.lang;
        let title = lang.pick("Another escort", "Een andere begeleider");
        let content = html! {
            h1 { (title) }
            p { (lang.pick("Duty", "Dienst")) " " strong { (which.on) } ", " (lang.pick("instead of", "in plaats van")) " " strong { (which.out) } "." }
            (choose(&view, &which, lang))
            (verdict(&view, &which, &visitor, &caller))
            p { a href=(format!("/weeks/{}/escorts", href(&view.row.id))) { (lang.pick("Back to the roster", "Terug naar het rooster")) } }
        };
        Page::of_week(&visitor, "/weeks/{week}/escorts", &view.row, title).show(&content)
    };
    tokio::task::spawn_blocking(show).await.map_err(Problem::inside)
}

fn choose(view: &View, which: &Which, lang: Lang) -> Markup {
    let role = EscortId::new(&which.out).and_then(|id| view.week.escorts.get(&id)).map(|escort| escort.role);
    let there = view.plan.as_ref().map(|(_, plan)| swap::people_on(plan, &which.on)).unwrap_or_default();
    html! {
        form class="filters" method="get" {
            input type="hidden" name="on" value=(which.on);
            input type="hidden" name="out" value=(which.out);
            (field("in", lang.pick("Who comes instead", "Wie komt in de plaats"), "", &html! { select id="in" name="in" {
                @for escort in view.week.escorts.iter().filter(|escort| Some(escort.role) == role && !there.contains(&escort.id)) {
                    option value=(escort.id) selected[escort.id.as_str() == which.into] { (escort.id) ", " (common::role(lang, escort.role)) }
                }
            } }))
            button class="second" type="submit" { (lang.pick("Check the rules", "Controleer de regels")) }
        }
    }
}

fn verdict(view: &View, which: &Which, visitor: &Visitor, caller: &Caller) -> Markup {
    let lang = visitor.lang;
    if which.into.is_empty() {
        return html! {};
    }
    let asked = EscortId::new(&which.out).zip(EscortId::new(&which.into));
    let asked = asked.map(|(out, into)| Swap { on: which.on.clone(), out, into });
    let judged = asked.zip(view.plan.as_ref()).and_then(|(asked, (_, plan))| swap::judge(&view.week, plan, &asked));
    let Some(Judged { breaks, gain, .. }) = judged else {
        return html! { div class="message wrong" { p { (lang.pick("Nobody of this name has this duty.", "Niemand met deze naam heeft deze dienst.")) } } };
    };
    html! {
        @if breaks.is_empty() {
            div class="message fine" role="status" {
                p { (badge("fine", lang.pick("allowed", "mag"))) " " (lang.pick("No rule is broken.", "Geen regel wordt overtreden.")) " " (worth(lang, gain)) }
            }
            @if may(&caller.roles, "POST", "/weeks/{week}/escorts/swap") {
                div class="actions" { (week_form(visitor, &format!("/weeks/{}/escorts/swap", href(&view.row.id)), view.row.version, &html! {
                    input type="hidden" name="on" value=(which.on);
                    input type="hidden" name="out" value=(which.out);
                    input type="hidden" name="in" value=(which.into);
                    (field("why", lang.pick("Remark", "Opmerking"), "", &html! { input id="why" name="why" maxlength="2000"; }))
                    button type="submit" { (lang.pick("Make the change", "Voer de wijziging door")) }
                })) }
            }
        } @else {
            div class="message wrong" role="status" {
                p { (badge("wrong", lang.pick("not allowed", "mag niet"))) " " (lang.pick("It would break:", "Het zou overtreden:")) }
                ul { @for found in &breaks { li { (found.subject.in_lang(lang)) ": " (found.message.in_lang(lang)) } } }
            }
        }
    }
}

/// What the plan gains or loses by it, in words.
fn worth(lang: Lang, gain: Euro) -> String {
    let more = gain.to_cents().get();
    if more > 0.0 {
        let size = euro(lang, gain);
        lang.pick(format!("The plan is worth {size} more."), format!("Het plan is {size} meer waard."))
    } else if more < 0.0 {
        let size = euro(lang, -gain);
        lang.pick(format!("The plan is worth {size} less."), format!("Het plan is {size} minder waard."))
    } else {
        lang.pick("The plan stays worth the same.", "Het plan blijft evenveel waard.").to_owned()
    }
}

pub(crate) async fn swap(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    swap::swap(&service, &caller, &id, fields).await?;
    Ok(see_other(&format!("/weeks/{}/escorts?said=swapped", href(&id))))
}
