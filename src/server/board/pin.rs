//! Pinning a case by hand: the form, which is also where a case that is dragged on the week's page arrives; and what is pinned.

use super::case::{about, legs_text};
use super::parts::{badge, field, form, href, scroll, stamp, week_form};
use super::shell::{Page, drawn};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::publish::format::moment;
use crate::server::Service;
use crate::server::api::cases::case_of;
use crate::server::caller::Caller;
use crate::server::deeds::pins::{self, OUT, legs, on};
use crate::server::desk::View;
use crate::server::fields::Fields;
use crate::server::http::{Visitor, see_other};
use crate::server::problem::Problem;
use crate::server::store::pins::PinRow;
use crate::server::store::weeks::WeekRow;
use crate::units::Instant;
use crate::week::{CaseId, LegId};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// The way to the form from a row of the week's page; with script, the row can be dragged by the mark before it.
pub(super) fn way(row: &WeekRow, case: &CaseId, lang: Lang) -> Markup {
    let to = format!("/weeks/{}/cases/{}/pin", href(&row.id), href(case.as_str()));
    html! {
        span class="note fix" {
            span class="grip" data-drag=(to) title=(lang.pick("Drag to another flight", "Sleep naar een andere vlucht")) aria-hidden="true" hidden {}
            a href=(to) aria-label=(lang.pick(format!("pin {case}"), format!("zet vast: {case}"))) { (lang.pick("pin", "zet vast")) }
        }
    }
}

/// Where a case is dropped that is to be kept out; seen while one is dragged.
pub(super) fn keep_out(lang: Lang) -> Markup {
    html! {
        div class="keep-out" data-on=(OUT) aria-hidden="true" { (lang.pick("Drop here to keep the case out", "Laat hier los om de zaak buiten te houden")) }
    }
}

/// Where a case is to be pinned.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Where {
    /// Legs joined by `+`, or `out`; what it is now when it is not there.
    #[serde(default)]
    on: String,
}

pub(crate) async fn page(
    State(service): State<Service>,
    Path((id, case)): Path<(String, String)>,
    Query(place): Query<Where>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let case = case_of(&view.week, &case)?;
    let present = service.store.pins(&id).await?.into_iter().find(|pin| pin.case == case.as_str());
    let show = move || {
        let lang = visitor.lang;
        let title = lang.pick(format!("Pin case {case}"), format!("Zet zaak {case} vast"));
        let content = html! {
            h1 { (title) }
            p { (about(&view.week, &view.week.cases[&case], lang)) }
            @if let Some(pin) = &present { (withdraw_form(&visitor, &view, pin)) }
            @match &view.plan {
                Some((_, plan)) => (pin_form(&visitor, &caller, &view, (plan, &case), present.as_ref(), &place)),
                None => p { (lang.pick("There is no plan yet.", "Er is nog geen plan.")) },
            }
            p { a href=(format!("/weeks/{}", href(&view.row.id))) { (lang.pick("Back to the week", "Terug naar de week")) } }
        };
        Page::of_week(&visitor, "", &view.row, title).show(&content)
    };
    drawn(&service, show).await
}

/// A place that can be chosen: as it is sent, when it departs, and its legs.
type Choice = (String, Option<Instant>, String);

/// The flights on which every gate of a case is open, the earliest first; and, where it is another, the one asked for.
fn choices(view: &View, case: &CaseId, chosen: &str) -> Vec<Choice> {
    let (week, gated) = (&view.week, view.gated());
    let open = week.cases.position(case).and_then(|at| gated.cases.get(at));
    let flight = |legs: &[LegId]| {
        let departs = legs.first().and_then(|leg| week.legs.get(leg)).map(|leg| leg.departs);
        (on(legs), departs, legs_text(legs))
    };
    let itinerary = |&at: &usize| {
        let legs = &gated.itineraries.all()[at].legs;
        flight(&legs.iter().map(|&leg| week.legs.rows()[leg].id.clone()).collect::<Vec<_>>())
    };
    let mut found: Vec<Choice> = open.into_iter().flat_map(|case| &case.open).map(itinerary).collect();
    if chosen != OUT && !chosen.is_empty() && found.iter().all(|(on, ..)| on != chosen) {
        found.extend(chosen.split('+').map(LegId::new).collect::<Option<Vec<_>>>().map(|legs| flight(&legs)));
    }
    found.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    found
}

fn pin_form(
    visitor: &Visitor,
    caller: &Caller,
    view: &View,
    (plan, case): (&Plan, &CaseId),
    pin: Option<&PinRow>,
    place: &Where,
) -> Markup {
    let lang = visitor.lang;
    let planned = plan.departures.iter().find(|departure| departure.case == *case).map(|departure| &*departure.legs);
    let fixed = pin.and_then(legs);
    let now = on(fixed.as_deref().or(planned).unwrap_or_default());
    let chosen = if place.on.is_empty() { now } else { place.on.clone() };
    html! {
        section class="card narrow" aria-labelledby="pin" {
            h2 id="pin" { (lang.pick("Pin by hand", "Vastzetten")) }
            p class="hint" { (lang.pick(
                "In every plan from now on the case departs so, whatever it costs, until it is taken back. What breaks a rule is refused with the rule. A repair of the present plan is proposed; nothing changes before it is accepted.",
                "In elk plan van nu af vertrekt de zaak zo, wat het ook kost, tot het wordt teruggenomen. Wat een regel overtreedt wordt geweigerd met de regel. Er wordt een herstel van het huidige plan voorgesteld; er verandert niets voordat het is aanvaard.")) }
            p { (lang.pick("In the present plan: ", "In het huidige plan: ")) strong { (planned.map_or_else(|| lang.pick("not planned", "niet gepland").to_owned(), legs_text)) } "." }
            (week_form(visitor, &format!("/weeks/{}/pins", href(&view.row.id)), view.row.version, &html! {
                input type="hidden" name="case" value=(case);
                (field("on", lang.pick("Flight", "Vlucht"), lang.pick("Flights on which every gate of the case is open.", "Vluchten waarop elke poort van de zaak open is."), &html! {
                    select id="on" name="on" aria-describedby="on-hint" {
                        option value=(OUT) selected[chosen == OUT] { (lang.pick("does not depart: kept out", "vertrekt niet: buiten gehouden")) }
                        @for (value, departs, name) in choices(view, case, &chosen) {
                            option value=(value) selected[value == chosen] { @if let Some(at) = departs { (moment(lang, at)) ": " } (name) }
                        }
                    }
                }))
                (field("why", lang.pick("Reason", "Reden"), &lang.pick(format!("Kept with your name, {}.", caller.name), format!("Wordt bewaard met uw naam, {}.", caller.name)), &html! {
                    input id="why" name="why" required maxlength="2000" aria-describedby="why-hint" autocomplete="off";
                }))
                button type="submit" { (lang.pick("Pin and repair", "Zet vast en herstel")) }
            }))
        }
    }
}

/// Where a pin has its case.
fn place(pin: &PinRow, lang: Lang) -> String {
    legs(pin)
        .filter(|legs| !legs.is_empty())
        .map_or_else(|| lang.pick("kept out", "buiten gehouden").to_owned(), |legs| legs_text(&legs))
}

fn withdraw_form(visitor: &Visitor, view: &View, pin: &PinRow) -> Markup {
    let lang = visitor.lang;
    let action = format!("/weeks/{}/pins/{}/withdraw", href(&view.row.id), href(&pin.case));
    html! {
        div class="message care" { p {
            (lang.pick("Pinned: ", "Vastgezet: ")) strong { (place(pin, lang)) } ", " (pin.why) " (" (pin.set_by) ", " (stamp(lang, &pin.set_at)) ")."
        } }
        div class="actions" { (form(visitor, &action, &html! {
            (field("back", lang.pick("Why no longer", "Waarom niet meer"), "", &html! { input id="back" name="why" required maxlength="2000" autocomplete="off"; }))
            button class="second" type="submit" { (lang.pick("Take back", "Neem terug")) }
        })) }
    }
}

/// Everything that is pinned of a week, and whether its present plan has it so.
pub(super) fn pinned(view: &View, plan: &Plan, pins: &[PinRow], fixes: bool, lang: Lang) -> Markup {
    let title = lang.pick("Pinned by hand", "Vastgezet");
    let obeyed = |pin: &PinRow| {
        let planned = plan.departures.iter().find(|departure| departure.case.as_str() == pin.case);
        legs(pin).is_some_and(|legs| legs == planned.map_or_else(Vec::new, |departure| departure.legs.clone()))
    };
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Case", "Zaak")) } th scope="col" { (lang.pick("Flight", "Vlucht")) } th scope="col" { (lang.pick("Reason", "Reden")) } th scope="col" { (lang.pick("By", "Door")) } th scope="col" { (lang.pick("In this plan", "In dit plan")) } } }
            tbody { @for pin in pins { tr {
                th scope="row" {
                    @if fixes { a href=(format!("/weeks/{}/cases/{}/pin", href(&view.row.id), href(&pin.case))) { (pin.case) } }
                    @else { a href=(format!("/weeks/{}/cases/{}", href(&view.row.id), href(&pin.case))) { (pin.case) } }
                }
                td { (place(pin, lang)) }
                td { (pin.why) }
                td { (pin.set_by) span class="note" { (stamp(lang, &pin.set_at)) } }
                td { @if obeyed(pin) { (badge("fine", lang.pick("so", "zo"))) } @else { (badge("care", lang.pick("not yet", "nog niet"))) } }
            } } }
        } }))
    }
}

pub(crate) async fn fix(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let run = pins::fix(&service, &caller, &id, fields).await?;
    Ok(see_other(&format!("/weeks/{}/repair/{run}", href(&id))))
}

pub(crate) async fn take_back(
    State(service): State<Service>,
    Path((id, case)): Path<(String, String)>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    pins::take_back(&service, &caller, &id, &case, fields).await?;
    Ok(see_other(&format!("/weeks/{}?said=freed", href(&id))))
}
