//! A week: where it is in its life, its figures, its departures by day and flight, and who stays.

use super::departures::{Of, departures};
use super::parts::{field, figure, href, said, scroll, stamp, state};
use super::pin;
use super::shell::{Page, drawn};
use super::weeks::{button, button_why, folder_form};
use crate::lang::Lang;
use crate::plan::{NotPlanned, Status};
use crate::publish::facts::{Facts, Flight};
use crate::publish::format::{date_long, date_of, euro, number, percent};
use crate::publish::words as common;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::events::dropped;
use crate::server::http::routes::may;
use crate::server::http::{Visitor, cookie};
use crate::server::problem::Problem;
use crate::server::store::weeks::{State as Life, WeekRow};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// What is shown of a week.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filter {
    /// An Amsterdam date.
    #[serde(default)]
    pub(super) day: String,
    /// A part of a case, flight or destination.
    #[serde(default)]
    find: String,
    /// `planned`, `closed`, `left-out`, or everything.
    #[serde(default)]
    show: String,
}

impl Filter {
    /// Whether one of these words is looked for.
    pub(super) fn fits(&self, words: &[&str]) -> bool {
        let find = self.find.trim().to_lowercase();
        find.is_empty() || words.iter().any(|word| word.to_lowercase().contains(&find))
    }
}

pub(crate) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    Query(filter): Query<Filter>,
    visitor: Visitor,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let seen = format!("seen-{id}");
    let last: i64 = cookie(&headers, &seen).and_then(|plan| plan.parse().ok()).unwrap_or(0);
    let present = view.row.plan;
    let without = match view.plan.as_ref().filter(|(plan, _)| plan.parent != 0) {
        Some((plan, _)) => dropped(plan, &service.store.plan(&id, plan.parent).await?).len(),
        None => 0,
    };
    let (told, pins) = (service.store.notices(&id).await?, service.store.pins(&id).await?);
    let runs = service.store.runs(&id).await?;
    let open_run = runs.iter().find(|run| run.is_open() && run.kind == "plan").map(|run| run.id.clone());
    let show = move || {
        let lang = visitor.lang;
        let fixes = view.plan.is_some() && may(&caller.roles, "POST", "/weeks/{week}/pins");
        let stale = view.plan.as_ref().is_some_and(|(plan, _)| plan.folder != view.row.folder);
        let title = lang.pick(format!("Week {}", view.row.week), format!("Week {}", view.row.week));
        let content = html! {
            h1 { (title) }
            (said(&visitor))
            (life(&visitor, &caller, &view.row, stale, without))
            @if last != 0 && last != present && may(&caller.roles, "GET", "/weeks/{week}/history") {
                div class="message care" { p {
                    (lang.pick("Since you last looked the plan changed from version", "Sinds u laatst keek is het plan gewijzigd van versie")) " " (last) " " (lang.pick("to", "naar")) " " (present) ". "
                    a href=(format!("/weeks/{}/history?from={last}&to={present}", href(&view.row.id))) { (lang.pick("What differs", "Wat er verschilt")) }
                } }
            }
            @if let Some(run) = &open_run {
                div class="message care" { p { (lang.pick("A run is under way.", "Er loopt een berekening.")) " "
                    a href=(format!("/weeks/{}/runs?run={run}", href(&view.row.id))) { (lang.pick("Look on", "Kijk mee")) } } }
            }
            (content(&Of { view: &view, told: &told, pins: &pins, fixes }, &filter, lang))
            @if may(&caller.roles, "POST", "/weeks/{week}/folder") {
                details { summary { (lang.pick("New folder for this week", "Nieuwe map voor deze week")) } (folder_form(&visitor, &view.row)) }
            }
        };
        Page::of_week(&visitor, "/weeks/{week}", &view.row, title).show(&content)
    };
    let mut response = drawn(&service, show).await?;
    let looked = format!("{seen}={present}; Path=/weeks; Max-Age=5184000; HttpOnly; SameSite=Lax");
    if let Ok(looked) = HeaderValue::from_str(&looked) {
        response.headers_mut().append(header::SET_COOKIE, looked);
    }
    Ok(response)
}

/// Where the week is in its life, and the steps that this caller can take; going back would drop `without` events.
fn life(visitor: &Visitor, caller: &Caller, row: &WeekRow, stale: bool, without: usize) -> Markup {
    let lang = visitor.lang;
    let can = |step: &str| may(&caller.roles, "POST", &format!("/weeks/{{week}}/{step}"));
    let steps = [Life::Draft, Life::Proposed, Life::Approved, Life::Published];
    html! {
        ol class="steps" aria-label=(lang.pick("Life of the week", "Levensloop van de week")) {
            @for step in steps {
                @if step == row.state { li aria-current="step" { (state(lang, step)) } } @else { li { (state(lang, step)) } }
            }
        }
        p class="quiet" {
            @if row.plan == 0 { (lang.pick("No plan yet.", "Nog geen plan.")) }
            @else { (lang.pick("Plan version", "Planversie")) " " (row.plan) "." }
            " " (lang.pick("Last edited by", "Laatst bewerkt door")) " " (row.editor) ", " (stamp(lang, &row.edited_at)) "."
            @if !row.approver.is_empty() { " " (lang.pick("Approved by", "Goedgekeurd door")) " " (row.approver) ", " (stamp(lang, &row.approved_at)) "." }
            @if row.published != 0 { " " (lang.pick("Published: version", "Gepubliceerd: versie")) " " (row.published) "." }
        }
        @if stale && row.state == Life::Draft {
            div class="message care" { p { (lang.pick("The plan was made for an earlier folder. Plan anew, or repair it under Runs.", "Het plan is voor een eerdere map gemaakt. Plan opnieuw, of herstel het onder Berekeningen.")) } }
        }
        @if without != 0 && row.state == Life::Draft && can("undo") {
            p class="quiet" { (lang.pick("Undo goes back to a version that does not know events reported since: ", "Ongedaan maken gaat terug naar een versie die gebeurtenissen niet kent die sindsdien zijn gemeld: ")) (without) "." }
        }
        div class="actions" {
            @if row.state == Life::Draft && can("runs") {
                @let (class, text) = if row.plan == 0 { ("", lang.pick("Plan", "Plan")) } else { ("second", lang.pick("Plan again", "Opnieuw plannen")) };
                (button(visitor, row, "runs", class, text))
            }
            @if row.state == Life::Draft && row.plan != 0 && can("propose") { (button(visitor, row, "propose", "", lang.pick("Propose", "Voorstellen"))) }
            @if row.state == Life::Proposed && can("approve") { (button(visitor, row, "approve", "", lang.pick("Approve", "Goedkeuren"))) }
            @if row.state == Life::Approved && can("publish") { (button(visitor, row, "publish", "", lang.pick("Publish", "Publiceren"))) }
            @if row.state == Life::Draft && row.plan > 1 && can("undo") { (button(visitor, row, "undo", "second", lang.pick("Undo", "Ongedaan maken"))) }
            @if matches!(row.state, Life::Proposed | Life::Approved) && can("refuse") { (button_why(visitor, row, "refuse", lang.pick("Back to draft", "Terug naar concept"))) }
        }
    }
}

fn content(of: &Of<'_>, filter: &Filter, lang: Lang) -> Markup {
    let view = of.view;
    let Some((_, plan)) = &view.plan else {
        return html! {
            p { (lang.pick("Cases in the folder: ", "Zaken in de map: ")) (view.week.cases.len()) "." }
        };
    };
    let facts = Facts::gated(&view.week, plan, view.gated());
    let flights = facts.flights();
    let days: std::collections::BTreeSet<_> = flights.iter().map(|flight| date_of(flight.departs())).collect();
    let (wants_planned, wants_closed, wants_left) = (
        matches!(filter.show.as_str(), "" | "planned"),
        matches!(filter.show.as_str(), "" | "closed"),
        matches!(filter.show.as_str(), "" | "left-out"),
    );
    html! {
        (figures(&facts, lang))
        form class="filters" method="get" role="search" aria-label=(lang.pick("Filter", "Filter")) {
            (field("find", lang.pick("Case, flight or destination", "Zaak, vlucht of bestemming"), "", &html! { input id="find" name="find" type="search" value=(filter.find); }))
            (field("day", lang.pick("Day", "Dag"), "", &html! { select id="day" name="day" {
                option value="" { (lang.pick("all days", "alle dagen")) }
                @for day in &days { option value=(day.to_string()) selected[day.to_string() == filter.day] { (date_long(lang, *day)) } }
            } }))
            (field("show", lang.pick("Show", "Toon"), "", &html! { select id="show" name="show" {
                @for (value, text) in [("", lang.pick("everything", "alles")), ("planned", lang.pick("departures", "vertrekken")),
                    ("closed", lang.pick("closed gates", "gesloten poorten")), ("left-out", lang.pick("left out", "niet ingepland"))] {
                    option value=(value) selected[value == filter.show] { (text) }
                }
            } }))
            button class="second" type="submit" { (lang.pick("Filter", "Filter")) }
        }
        @if !of.pins.is_empty() { (pin::pinned(view, plan, of.pins, of.fixes, lang)) }
        @if flights.len() > 1 { (by_day(&facts, &flights, lang)) }
        @if wants_planned && !too_many(&facts, filter) { (departures(&facts, &flights, of, filter, lang)) }
        @if wants_left { (stays(&facts, of, filter, lang, false)) }
        @if wants_closed { (stays(&facts, of, filter, lang, true)) }
        @if of.fixes { (pin::keep_out(lang)) }
    }
}

/// Departures, and rows of who stays, that a page shows when nothing was asked for.
const SHOWN: usize = 40;

/// Whether there are more departures than a page can show well; its days then lead to them.
fn too_many(facts: &Facts<'_>, filter: &Filter) -> bool {
    facts.plan.departures.len() > SHOWN && filter.day.is_empty() && filter.find.is_empty() && filter.show.is_empty()
}

/// The days of the week with what departs on each.
fn by_day(facts: &Facts<'_>, flights: &[Flight<'_>], lang: Lang) -> Markup {
    let mut days: std::collections::BTreeMap<chrono::NaiveDate, (usize, usize, u32, f64)> = Default::default();
    for flight in flights {
        let day = days.entry(date_of(flight.departs())).or_default();
        day.0 += 1;
        for departure in &flight.departures {
            let persons = facts.persons(&departure.case);
            day.1 += 1;
            day.2 += persons;
            day.3 += f64::from(persons) * departure.p.get();
        }
    }
    let title = lang.pick("By day", "Per dag");
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr {
                th scope="col" { (lang.pick("Day", "Dag")) } th scope="col" class="number" { (lang.pick("Flights", "Vluchten")) } th scope="col" class="number" { (lang.pick("Departures", "Vertrekken")) }
                th scope="col" class="number" { (lang.pick("Persons", "Personen")) } th scope="col" class="number" { (lang.pick("Expected to depart", "Vertrekken naar verwachting")) }
            } }
            tbody { @for (day, (flights, departures, persons, expected)) in &days { tr {
                th scope="row" { a href=(format!("?day={day}&show=planned")) { (date_long(lang, *day)) } }
                td class="number" { (flights) } td class="number" { (departures) } td class="number" { (persons) } td class="number" { (number(lang, *expected, 1)) }
            } } }
        } }))
    }
}

fn figures(facts: &Facts<'_>, lang: Lang) -> Markup {
    let plan = facts.plan;
    let expected: f64 = plan.departures.iter().map(|d| f64::from(facts.persons(&d.case)) * d.p.get()).sum();
    let proof = match plan.status {
        Status::Optimal => lang.pick("proven best", "bewezen beste"),
        Status::Gap => lang.pick("within the gap asked for", "binnen de gevraagde marge"),
        Status::TimeLimit => lang.pick("time was up", "tijd was om"),
    };
    html! {
        dl class="figures" {
            (figure(lang.pick("Departures", "Vertrekken"), &plan.departures.len().to_string(),
                &lang.pick(format!("of {} cases", facts.week.cases.len()), format!("van {} zaken", facts.week.cases.len()))))
            (figure(lang.pick("Persons", "Personen"), &facts.departing_persons().to_string(),
                &lang.pick(format!("{} expected to depart", number(lang, expected, 1)), format!("{} vertrekken naar verwachting", number(lang, expected, 1)))))
            (figure(lang.pick("Closed by a gate", "Poort gesloten"), &facts.closed().count().to_string(), ""))
            (figure(lang.pick("Left out", "Niet ingepland"), &facts.left_out().count().to_string(), lang.pick("gates open", "poorten open")))
            (figure(lang.pick("Worth less costs", "Waarde min kosten"), &euro(lang, plan.objective), proof))
            (figure(lang.pick("Gap", "Marge"), &percent(lang, plan.gap, 2), &lang.pick(format!("at most {}", euro(lang, plan.bound)), format!("hoogstens {}", euro(lang, plan.bound)))))
        }
    }
}

fn stays(facts: &Facts<'_>, of: &Of<'_>, filter: &Filter, lang: Lang, closed: bool) -> Markup {
    let wanted = |case: &&NotPlanned| {
        case.gate.is_some() == closed && filter.fits(&[case.case.as_str(), case.gate.as_deref().unwrap_or_default()])
    };
    let mut cases: Vec<&NotPlanned> = facts.plan.not_planned.iter().filter(wanted).collect();
    if cases.is_empty() {
        return html! {};
    }
    let all = cases.len();
    if filter.show.is_empty() {
        cases.truncate(SHOWN);
    }
    let show = if closed { "closed" } else { "left-out" };
    let title = if closed {
        lang.pick("Closed by a gate", "Poort gesloten")
    } else {
        lang.pick("Left out, gates open", "Niet ingepland, poorten open")
    };
    let first = facts.first_closed();
    html! {
        h2 { (title) }
        @if cases.len() < all { p { a href=(format!("?show={show}")) { (lang.pick(format!("Show all {all}"), format!("Toon alle {all}"))) } } }
        (scroll(title, &html! {
            table {
                thead { tr {
                    th scope="col" { (lang.pick("Case", "Zaak")) }
                    @if closed { th scope="col" { (lang.pick("Gate", "Poort")) } }
                    th scope="col" { (lang.pick("Why", "Waarom")) }
                    th scope="col" { (lang.pick("Opens when", "Gaat open wanneer")) }
                    @if closed { th scope="col" { (lang.pick("Who", "Wie")) } }
                } }
                tbody { @for case in cases {
                    @let gate = first.get(&case.case).filter(|_| closed);
                    tr {
                        th scope="row" {
                            a href=(format!("/weeks/{}/cases/{}", href(&of.view.row.id), href(case.case.as_str()))) { (case.case) }
                            @if of.fixes && !closed { (pin::way(&of.view.row, &case.case, lang)) }
                        }
                        @match gate {
                            Some(gate) => {
                                td { (crate::gates::words::gate(gate.gate, lang)) }
                                td { (crate::gates::words::why(gate, lang)) }
                                td { (crate::gates::words::remedy(gate, lang)) }
                                td { (crate::gates::words::owner(gate.owner, lang)) }
                            }
                            None => {
                                @if closed { td { (case.gate.as_deref().unwrap_or_default()) } }
                                td { (common::reason(lang, case)) }
                                td { @match &case.left_out { Some(why) => (why.opens_when(lang)), None => (case.opens_when) } }
                                @if closed { td {} }
                            }
                        }
                    }
                } }
            }
        }))
    }
}
