//! A case: its gates with their rows and owners, how it departs or what it lacks, the flights still open to it, and which
//! versions had it on which flight.

use super::parts::{badge, chance, href, scroll, stamp};
use super::shell::{Page, drawn};
use crate::gates::{Closed, GateName, words as gate_words};
use crate::lang::Lang;
use crate::plan::Departure;
use crate::publish::facts::{Facts, notice_hours};
use crate::publish::format::{euro, hours, moment};
use crate::publish::words as common;
use crate::publish::{Answer, explain, gate_answers};
use crate::replan::offers;
use crate::server::Service;
use crate::server::api::cases::case_of;
use crate::server::desk::View;
use crate::server::http::Visitor;
use crate::server::http::routes::may;
use crate::server::problem::Problem;
use crate::week::{Case, CaseId, LegId, RowRef, Week};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// What is asked besides.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Besides {
    /// Whether the flights still open to it are.
    #[serde(default)]
    options: String,
}

/// On which flight a version has a case.
struct Had {
    plan: i64,
    made: String,
    legs: String,
}

pub(crate) async fn page(
    State(service): State<Service>,
    Path((id, case)): Path<(String, String)>,
    Query(besides): Query<Besides>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let case = case_of(&view.week, &case)?;
    let had = history(&service, &id, &case, visitor.lang).await?;
    let tries = besides.options == "yes";
    let pins =
        visitor.caller.as_ref().is_some_and(|caller| may(&caller.roles, "GET", "/weeks/{week}/cases/{case}/pin"));
    let show = move || {
        let lang = visitor.lang;
        let title = lang.pick(format!("Case {case}"), format!("Zaak {case}"));
        let content = html! {
            (content(&view, &case, &besides, &had, lang))
            @if pins && view.plan.is_some() {
                p { a class="button second" href=(format!("/weeks/{}/cases/{}/pin", href(&view.row.id), href(case.as_str()))) { (lang.pick("Pin by hand", "Zet vast")) } }
            }
        };
        Page::of_week(&visitor, "", &view.row, title).show(&content)
    };
    // Trying flights takes long: it does not keep other pages from being made.
    if tries { tokio::task::spawn_blocking(show).await.map_err(Problem::inside) } else { drawn(&service, show).await }
}

/// Versions looked back at.
const BACK: usize = 12;

async fn history(service: &Service, id: &str, case: &CaseId, lang: Lang) -> Result<Vec<Had>, Problem> {
    let mut had = Vec::new();
    for row in service.store.plans(id).await?.into_iter().take(BACK) {
        let plan = service.desk.plan(&service.store, &row).await?;
        let legs = plan
            .departures
            .iter()
            .find(|departure| departure.case == *case)
            .map(|departure| legs_text(&departure.legs));
        let legs = legs.unwrap_or_else(|| lang.pick("not planned", "niet gepland").to_owned());
        had.push(Had { plan: row.plan, made: format!("{}, {}", stamp(lang, &row.made_at), row.made_by), legs });
    }
    Ok(had)
}

pub(super) fn legs_text(legs: &[LegId]) -> String {
    legs.iter().map(LegId::as_str).collect::<Vec<_>>().join(" + ")
}

fn content(view: &View, id: &CaseId, besides: &Besides, had: &[Had], lang: Lang) -> Markup {
    let week = &*view.week;
    let case = &week.cases[id];
    let plan = view.plan.as_ref().map(|(_, plan)| &**plan);
    let facts = plan.map(|plan| Facts::new(week, plan));
    let departure = facts.as_ref().and_then(|facts| facts.departure(id));
    html! {
        h1 { (lang.pick("Case", "Zaak")) " " (id) }
        p { (about(week, case, lang)) " " span class="rows" { "[" (case.row) "]" } }
        @match (departure, plan) {
            (Some(departure), _) => (trip(week, facts.as_ref(), departure, lang)),
            (None, Some(plan)) => {
                @if let Some(stays) = plan.not_planned.iter().find(|stays| stays.case == *id) {
                    div class="message care" { p { strong { (lang.pick("Not planned", "Niet gepland")) } ": " (common::reason(lang, stays)) "." } }
                }
            }
            (None, None) => p { (lang.pick("There is no plan yet.", "Er is nog geen plan.")) },
        }
        h2 { (lang.pick("Gates", "Poorten")) }
        (gates(view, facts.as_ref(), id, lang))
        h2 { (lang.pick("Flights still open", "Vluchten die openstaan")) }
        @if besides.options == "yes" { (open_flights(week, plan, id, lang)) }
        @else {
            p { a class="button second" href="?options=yes" { (lang.pick("Try every flight on the plan", "Probeer elke vlucht op het plan")) } }
        }
        @if let Some(text) = plan.and_then(|plan| explain(week, plan, id, lang)) {
            h2 { (lang.pick("The whole explanation", "De hele uitleg")) }
            details { summary { (lang.pick("Every fact with the row it comes from", "Elk feit met de rij waar het uit komt")) } pre class="explain" { (text) } }
        }
        @if !had.is_empty() {
            h2 { (lang.pick("In the versions of the plan", "In de versies van het plan")) }
            (scroll(lang.pick("Versions", "Versies"), &html! { table {
                thead { tr { th scope="col" { (lang.pick("Version", "Versie")) } th scope="col" { (lang.pick("Made", "Gemaakt")) } th scope="col" { (lang.pick("Flight", "Vlucht")) } } }
                tbody { @for row in had { tr { th scope="row" { (row.plan) } td { (row.made) } td { (row.legs) } } } }
            } }))
        }
    }
}

pub(super) fn about(week: &Week, case: &Case, lang: Lang) -> String {
    let persons = common::persons(lang, case.persons(week));
    let place = week.locations.get(&case.location).map_or("", |row| row.name.as_str());
    let escorts = match case.escorts {
        0 => lang.pick("no escorts", "geen begeleiders").to_owned(),
        n => lang.pick(format!("{n} escorts"), format!("{n} begeleiders")),
    };
    format!(
        "{persons}, {}, {}; {} {place}, {}; {escorts}.",
        common::case_kind(lang, case.kind),
        case.destination,
        lang.pick("at", "in"),
        common::measure(lang, case.measure)
    )
}

fn trip(week: &Week, facts: Option<&Facts<'_>>, departure: &Departure, lang: Lang) -> Markup {
    let legs: Vec<_> = departure.legs.iter().filter_map(|leg| week.legs.get(leg)).collect();
    let (Some(first), Some(last)) = (legs.first(), legs.last()) else { return html! {} };
    let team = facts.and_then(|facts| facts.team(&departure.legs));
    let ride = facts.and_then(|facts| facts.case_ride(&departure.case));
    html! {
        dl class="figures" {
            div class="figure" { dt { (lang.pick("Departs", "Vertrekt")) } dd { strong { (moment(lang, first.departs)) } span class="note" { (legs_text(&departure.legs)) ", " (first.from) " → " (last.to) } } }
            div class="figure" { dt { (lang.pick("Notice", "Aanzegging")) } dd { strong { (moment(lang, departure.noticed_at)) } span class="note" { (hours(lang, notice_hours(departure, first.departs))) " " (lang.pick("before", "vooraf")) } } }
            div class="figure" { dt { (lang.pick("Team", "Team")) } dd { strong { (team.map_or(0, |team| team.escorts.len())) } @if let Some(team) = team { span class="note" { (team.escorts.iter().map(|e| e.as_str()).collect::<Vec<_>>().join(", ")) } } } }
            div class="figure" { dt { (lang.pick("Ride", "Rit")) } dd { @match ride {
                Some(ride) => { strong { (ride.route.shift) } span class="note" { (moment(lang, ride.pickup.at)) " " (ride.pickup.location) } }
                None => (lang.pick("none needed", "niet nodig"))
            } } }
            div class="figure" { dt { (lang.pick("Chance that it goes through", "Kans dat het doorgaat")) } dd { (chance(lang, departure.p.get(), &departure.causes)) } }
        }
    }
}

/// Every gate: closed by what and for whom to open, or open by what; on the flight that it takes, else on the nearest.
fn gates(view: &View, facts: Option<&Facts<'_>>, id: &CaseId, lang: Lang) -> Markup {
    let planned = facts.and_then(|facts| gate_answers(facts, id, lang));
    let (answers, flies) = planned.map_or_else(|| nearest(view, id), |answers| (answers, true));
    let rows = |rows: &[RowRef]| rows.iter().map(RowRef::to_string).collect::<Vec<_>>().join(" ");
    html! {
        (scroll(lang.pick("Gates", "Poorten"), &html! { table {
            thead { tr {
                th scope="col" { (lang.pick("Gate", "Poort")) }
                th scope="col" { (lang.pick("State", "Staat")) }
                th scope="col" { (lang.pick("Why", "Waarom")) }
                th scope="col" { (lang.pick("Opens when", "Gaat open wanneer")) }
                th scope="col" { (lang.pick("Who", "Wie")) }
                th scope="col" { (lang.pick("Rows", "Rijen")) }
            } }
            tbody { @for answer in &answers {
                @if answer.closed.is_empty() {
                    @let (why, from) = answer.opened.clone().unwrap_or_default();
                    tr {
                        th scope="row" { (gate_words::gate(answer.gate, lang)) }
                        td {
                            @if flies || answer.gate.is_of_case() { (badge("fine", lang.pick("open", "open"))) }
                            @else { (badge("care", lang.pick("not asked: no flight", "niet gevraagd: geen vlucht"))) }
                        }
                        td { (why) } td {} td {}
                        td class="rows" { (rows(&from)) }
                    }
                }
                @for reason in &answer.closed {
                    tr {
                        th scope="row" { (gate_words::gate(answer.gate, lang)) }
                        td { (badge("wrong", lang.pick("closed", "dicht"))) }
                        td { (gate_words::why(reason, lang)) }
                        td { (gate_words::remedy(reason, lang)) }
                        td { (gate_words::owner(reason.owner, lang)) }
                        td class="rows" { (rows(&reason.rows)) }
                    }
                }
            } }
        } }))
    }
}

/// What the gates say of a case that is not planned, on the flight that is nearest to being open; and whether there is any.
fn nearest(view: &View, id: &CaseId) -> (Vec<Answer>, bool) {
    let found = view.week.cases.position(id).and_then(|at| view.gated().cases.get(at));
    let closed = found.map(|case| case.gates.closed.clone()).unwrap_or_default();
    let answer = |gate: GateName| {
        let closed: Vec<Closed> = closed.iter().filter(|closed| closed.gate == gate).cloned().collect();
        Answer { gate, closed, opened: None }
    };
    (GateName::ALL.into_iter().map(answer).collect(), found.is_some_and(|case| case.gates.journeys > 0))
}

fn open_flights(week: &Week, plan: Option<&crate::plan::Plan>, id: &CaseId, lang: Lang) -> Markup {
    let Some(plan) = plan else { return html! { p { (lang.pick("There is no plan yet.", "Er is nog geen plan.")) } } };
    let found = offers(week, plan, id).unwrap_or_default();
    if found.is_empty() {
        return html! { p { (lang.pick("None: a gate is closed on every flight, or no flight goes there.", "Geen: op elke vlucht is een poort dicht, of er gaat geen vlucht heen.")) } };
    }
    html! {
        (scroll(lang.pick("Flights still open", "Vluchten die openstaan"), &html! { table {
            thead { tr {
                th scope="col" { (lang.pick("Flight", "Vlucht")) } th scope="col" { (lang.pick("Departs", "Vertrekt")) } th scope="col" { (lang.pick("Notice", "Aanzegging")) }
                th scope="col" class="number" { (lang.pick("Chance", "Kans")) } th scope="col" class="number" { (lang.pick("Gain", "Winst")) }
                th scope="col" { (lang.pick("Joins the team", "Erbij in het team")) } th scope="col" { (lang.pick("Shift", "Dienst")) } th scope="col" { (lang.pick("Lacks", "Mist")) }
            } }
            tbody { @for offer in &found { tr {
                th scope="row" { (legs_text(&offer.legs)) }
                td { (moment(lang, offer.departs)) } td { (moment(lang, offer.noticed_at)) }
                td class="number" { (format!("{:.0}%", 100.0 * offer.p.get())) }
                td class="number" { @if let Some(gain) = offer.gain() { (euro(lang, gain)) } }
                td { (offer.escorts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) }
                td { @if let Some(shift) = &offer.shift { (shift) } }
                td { (offer.lacks.iter().map(|lack| lack.sentence(lang)).collect::<Vec<_>>().join(", ")) }
            } } }
        } }))
        p class="hint" { a href=(format!("?#{}", href("content"))) { (lang.pick("Hide", "Verberg")) } }
    }
}
