//! Notices on the work list: which of the published plan are to be given in the next day, which have been, and marking them.

use super::parts::{badge, field, form, href, scroll};
use super::work_list::case_link;
use crate::plan::Departure;
use crate::publish::format::moment;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::clock;
use crate::server::deeds;
use crate::server::desk::View;
use crate::server::fields::Fields;
use crate::server::http::routes::may;
use crate::server::http::{Visitor, see_other};
use crate::server::problem::Problem;
use crate::server::store::notices::NoticeRow;
use crate::units::{Instant, shift};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};

/// Notices of the published plan that are due within 24 hours and not given yet, and those that were given.
pub(super) fn notices(visitor: &Visitor, caller: &Caller, view: &View, given: &[NoticeRow], now: Instant) -> Markup {
    let lang = visitor.lang;
    let week = &*view.week;
    let until = shift(week.now.max(now), 24.0 * 60.0);
    let told = |departure: &Departure| given.iter().any(|notice| notice.case == departure.case.as_str());
    let departures = view.plan.iter().flat_map(|(_, plan)| &plan.departures);
    let mut due: Vec<&Departure> =
        departures.filter(|d| d.slot.is_some() && d.noticed_at < until && !told(d)).collect();
    due.sort_by(|a, b| (a.noticed_at, &a.case).cmp(&(b.noticed_at, &b.case)));
    let can = may(&caller.roles, "POST", "/weeks/{week}/notices");
    let title = lang.pick("Notices to give in 24 hours", "Aanzeggingen in de komende 24 uur");
    html! {
        h2 { (title) }
        @if view.plan.is_none() { p { (lang.pick("Nothing is published yet.", "Er is nog niets gepubliceerd.")) } }
        @else if due.is_empty() { p { (lang.pick("None.", "Geen.")) } }
        @else { (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("At", "Om")) } th scope="col" { (lang.pick("Case", "Zaak")) } th scope="col" { (lang.pick("Where", "Waar")) } th scope="col" { (lang.pick("Flight", "Vlucht")) } th scope="col" { (lang.pick("Departs", "Vertrekt")) } @if can { th scope="col" { (lang.pick("Given", "Gedaan")) } } } }
            tbody { @for departure in due { tr {
                th scope="row" { (moment(lang, departure.noticed_at)) @if departure.noticed_at < now { " " (badge("wrong", lang.pick("late", "te laat"))) } }
                td { (case_link(view, &departure.case)) }
                td { @if let Some(case) = week.cases.get(&departure.case) { (week.locations.get(&case.location).map_or(case.location.as_str(), |row| row.name.as_str())) } }
                td { (departure.legs.iter().map(|leg| leg.as_str()).collect::<Vec<_>>().join(" + ")) }
                td { @if let Some(leg) = departure.legs.first().and_then(|leg| week.legs.get(leg)) { (moment(lang, leg.departs)) } }
                @if can { td { (give_form(visitor, view, departure)) } }
            } } }
        } })) }
        @if !given.is_empty() { (told_table(visitor, view, given, can)) }
    }
}

fn give_form(visitor: &Visitor, view: &View, departure: &Departure) -> Markup {
    let lang = visitor.lang;
    let id = format!("given-{}", href(departure.case.as_str()));
    html! {
        details {
            summary { (lang.pick("Mark as given", "Markeer als gedaan")) span class="quiet" { " " (departure.case) } }
            (form(visitor, &format!("/weeks/{}/notices", href(&view.row.id)), &html! {
                input type="hidden" name="case" value=(departure.case);
                (field(&id, lang.pick("When (Amsterdam time)", "Wanneer (Nederlandse tijd)"), "", &html! { input id=(id) name="given-at" type="datetime-local" value=(crate::calendar::in_amsterdam(departure.noticed_at).format("%Y-%m-%dT%H:%M")); }))
                (field(&format!("{id}-why"), lang.pick("Remark", "Opmerking"), "", &html! { input id=(format!("{id}-why")) name="why" maxlength="2000"; }))
                button class="second" type="submit" { (lang.pick("Given", "Gedaan")) }
            }))
        }
    }
}

fn told_table(visitor: &Visitor, view: &View, given: &[NoticeRow], can: bool) -> Markup {
    let lang = visitor.lang;
    let title = lang.pick("Notices that were given", "Gedane aanzeggingen");
    let stamp = |text: &str| clock::moment(text).map_or(String::new(), |at| moment(lang, at));
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Case", "Zaak")) } th scope="col" { (lang.pick("Flight", "Vlucht")) } th scope="col" { (lang.pick("Told at", "Aangezegd om")) } th scope="col" { (lang.pick("Marked by", "Gemarkeerd door")) } th scope="col" { (lang.pick("Remark", "Opmerking")) } @if can { th scope="col" { (lang.pick("Take back", "Terugnemen")) } } } }
            tbody { @for notice in given { tr {
                th scope="row" { a href=(format!("/weeks/{}/cases/{}", href(&view.row.id), href(&notice.case))) { (notice.case) } }
                td { (notice.legs.replace(' ', " + ")) }
                td { (stamp(&notice.given_at)) }
                td { (notice.marked_by) span class="note" { (stamp(&notice.marked_at)) } }
                td { (notice.why) }
                @if can { td {
                    @let id = format!("back-{}", href(&notice.case));
                    details {
                        summary { (lang.pick("Take back", "Neem terug")) span class="quiet" { " " (notice.case) } }
                        (form(visitor, &format!("/weeks/{}/notices/{}/withdraw", href(&view.row.id), href(&notice.case)), &html! {
                            (field(&id, lang.pick("Why", "Waarom"), "", &html! { input id=(id) name="why" required maxlength="2000"; }))
                            button class="second" type="submit" { (lang.pick("Take back", "Neem terug")) }
                        }))
                    }
                } }
            } } }
        } }))
    }
}

pub(crate) async fn give(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    deeds::notices::give(&service, &caller, &id, fields).await?;
    Ok(see_other(&format!("/weeks/{}/work-list?said=given", href(&id))))
}

pub(crate) async fn take_back(
    State(service): State<Service>,
    Path((id, case)): Path<(String, String)>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    deeds::notices::take_back(&service, &caller, &id, &case, fields).await?;
    Ok(see_other(&format!("/weeks/{}/work-list?said=taken-back", href(&id))))
}
