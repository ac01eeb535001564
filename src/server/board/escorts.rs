//! Escorts: people × days, their duties with rest and hours between, who is away, and places that nobody fills. Of a case it
//! says no more than escorting needs.

use super::parts::{badge, href, scroll};
use super::shell::{Page, drawn};
use crate::calendar;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::publish::format::{clock, clock_on, date_of, date_short, hours};
use crate::publish::words as common;
use crate::server::Service;
use crate::server::desk::View;
use crate::server::http::Visitor;
use crate::server::problem::Problem;
use crate::units::{Instant, minutes_between};
use crate::week::{Absence, Escort, EscortId, LegId, Week};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::{Days, NaiveDate, NaiveTime};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which days.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    /// First day.
    #[serde(default)]
    from: String,
}

/// A turn of duty.
struct Turn {
    /// As a swap names it.
    on: String,
    what: String,
    fixed: bool,
    report: Instant,
    end: Instant,
    hours: f64,
}

/// Days side by side.
const DAYS: u64 = 7;

pub(crate) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    Query(which): Query<Which>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let show = move || {
        let lang = visitor.lang;
        let title = lang.pick("Escorts", "Begeleiding");
        let content =
            html! { h1 { (title) " " (view.row.week) } (super::parts::said(&visitor)) (content(&view, &which, lang)) };
        Page::of_week(&visitor, "/weeks/{week}/escorts", &view.row, title).show(&content)
    };
    drawn(&service, show).await
}

fn content(view: &View, which: &Which, lang: Lang) -> Markup {
    let Some((_, plan)) = &view.plan else {
        return html! { p { (lang.pick("There is no plan yet.", "Er is nog geen plan.")) } };
    };
    let week = &*view.week;
    let turns = turns(week, plan, lang);
    let monday = calendar::local_date(week.start);
    let begins = turns.values().flatten().map(|turn| date_of(turn.report)).min().map_or(monday, |day| day.min(monday));
    let last = turns.values().flatten().map(|turn| date_of(turn.end)).max().unwrap_or(begins);
    let from = which.from.parse::<NaiveDate>().unwrap_or(begins);
    let days: Vec<NaiveDate> = (0..DAYS).filter_map(|at| from.checked_add_days(Days::new(at))).collect();
    html! {
        @if view.row.published != view.row.plan {
            div class="message care" { p { (lang.pick("This is a draft: what is published may differ.", "Dit is een concept: wat gepubliceerd is kan anders zijn.")) } }
        }
        (unfilled(plan, lang))
        div class="actions" {
            @if let Some(back) = from.checked_sub_days(Days::new(DAYS)).filter(|_| from > begins) { a class="button second" href=(format!("?from={back}")) { (lang.pick("Earlier", "Eerder")) } }
            @if let Some(on) = from.checked_add_days(Days::new(DAYS)).filter(|on| *on <= last) { a class="button second" href=(format!("?from={on}")) { (lang.pick("Later", "Later")) } }
            button class="second" type="button" data-print hidden { (lang.pick("Print", "Afdrukken")) }
            @if view.row.published != 0 {
                a href=(format!("/api/v1/weeks/{}/roster-products/rosters.csv", href(&view.row.id))) { (lang.pick("Published rosters (CSV)", "Gepubliceerde roosters (CSV)")) }
            }
        }
        (scroll(lang.pick("Roster", "Rooster"), &html! {
            table class="roster" {
                caption { (lang.pick("People by day; times are Amsterdam's", "Mensen per dag; tijden zijn Nederlands")) }
                thead { tr {
                    th scope="col" { (lang.pick("Escort", "Begeleider")) }
                    th scope="col" class="number" { (lang.pick("Hours", "Uren")) }
                    @for day in &days { th scope="col" { (date_short(lang, *day)) } }
                } }
                tbody { @for escort in week.escorts.iter() {
                    (person(week, view, escort, turns.get(&escort.id).map_or(&[], Vec::as_slice), &days, lang))
                } }
            }
        }))
    }
}

/// Places of duties that nobody fills.
fn unfilled(plan: &Plan, lang: Lang) -> Markup {
    html! {
        @if !plan.unmet.duties.is_empty() {
            div class="message wrong" {
                p { strong { (lang.pick("Places that nobody fills", "Plaatsen die niemand vult")) } }
                ul { @for duty in &plan.unmet.duties { li { (duty.duty) ": " (duty.missing) } } }
            }
        }
    }
}

fn turns(week: &Week, plan: &Plan, lang: Lang) -> BTreeMap<EscortId, Vec<Turn>> {
    let mut turns: BTreeMap<EscortId, Vec<Turn>> = BTreeMap::new();
    for team in &plan.teams {
        let legs = team.legs.iter().map(LegId::as_str).collect::<Vec<_>>().join(" + ");
        let on = legs.replace(' ', "");
        let cases = plan
            .departures
            .iter()
            .filter(|departure| departure.legs == team.legs)
            .filter_map(|departure| week.cases.get(&departure.case));
        let persons: u32 = cases.map(|case| case.persons(week)).sum();
        let to = team.legs.last().and_then(|leg| week.legs.get(leg)).map_or("", |leg| leg.to.as_str());
        let what = format!("{legs} → {to}, {}", common::persons(lang, persons));
        for escort in &team.escorts {
            let turn = Turn {
                on: on.clone(),
                what: what.clone(),
                fixed: false,
                report: team.report,
                end: team.end,
                hours: team.hours.get(),
            };
            turns.entry(escort.clone()).or_default().push(turn);
        }
    }
    for filled in &plan.duties {
        let Some(duty) = week.duties.get(&filled.duty) else { continue };
        let (report, end) = (duty.span.from(), duty.span.until());
        for escort in &filled.escorts {
            let hours = minutes_between(report, end) / 60.0;
            turns.entry(escort.clone()).or_default().push(Turn {
                on: duty.id.to_string(),
                what: duty.id.to_string(),
                fixed: true,
                report,
                end,
                hours,
            });
        }
    }
    turns.values_mut().for_each(|turns| turns.sort_by_key(|turn| turn.report));
    turns
}

fn person(week: &Week, view: &View, escort: &Escort, turns: &[Turn], days: &[NaiveDate], lang: Lang) -> Markup {
    let total: f64 = turns.iter().map(|turn| turn.hours).sum();
    let limit = escort.max_hours.map(|limit| hours(lang, limit.get()));
    let calendar_path = format!("/api/v1/weeks/{}/escorts/{}/calendar", href(&view.row.id), href(escort.id.as_str()));
    html! {
        tr {
            th scope="row" {
                (escort.id) span class="note" { (common::role(lang, escort.role)) }
                @if view.row.published != 0 && !turns.is_empty() { span class="note" { a href=(calendar_path) { (lang.pick("calendar", "agenda")) span class="quiet" { " .ics" } } } }
            }
            td class="number" { (hours(lang, total)) @if let Some(limit) = limit { span class="note" { (lang.pick("a week at most", "per week hoogstens")) " " (limit) } } }
            @for day in days {
                td {
                    @for absence in week.absences.iter().filter(|absence| absence.escort == escort.id) {
                        (away(absence, *day, lang))
                    }
                    @for (at, turn) in turns.iter().enumerate().filter(|(_, turn)| date_of(turn.report) == *day) {
                        @if let Some(before) = at.checked_sub(1).and_then(|at| turns.get(at)) {
                            @let rest = minutes_between(before.end, turn.report) / 60.0;
                            div class="rest" { (lang.pick("rest", "rust")) " " (hours(lang, rest))
                                @if rest < week.rules.rest.get() - 0.01 { " " (badge("wrong", lang.pick("too short", "te kort"))) } }
                        }
                        div class=(if turn.fixed { "duty fixed" } else { "duty" }) {
                            (clock(turn.report)) "–" (clock_on(lang, turn.end, *day)) ", " (hours(lang, turn.hours)) br; (turn.what)
                            @let swap = format!("/weeks/{}/escorts/swap?on={}&out={}", href(&view.row.id), href(&turn.on), href(escort.id.as_str()));
                            " " a class="swap" href=(swap) aria-label=(lang.pick(format!("swap {} on {}", escort.id, turn.what), format!("ruil {} op {}", escort.id, turn.what))) { (lang.pick("swap", "ruil")) }
                        }
                    }
                    @for turn in turns.iter().filter(|turn| date_of(turn.report) < *day && date_of(turn.end) >= *day) {
                        div class="rest" { (lang.pick("under way until", "onderweg tot")) " " (clock_on(lang, turn.end, *day)) }
                    }
                }
            }
        }
    }
}

/// An absence on a day, if there is any: all day long, or from when until when.
fn away(absence: &Absence, day: NaiveDate, lang: Lang) -> Markup {
    let begins = calendar::instant(day, NaiveTime::MIN);
    let ends = day.checked_add_days(Days::new(1)).map_or(begins, |next| calendar::instant(next, NaiveTime::MIN));
    let (from, until) = (absence.span.from(), absence.span.until());
    html! {
        @if from < ends && until > begins {
            div class="away" {
                (lang.pick("away", "afwezig"))
                @if from > begins { " " (lang.pick("from", "vanaf")) " " (clock(from)) }
                @if until < ends { " " (lang.pick("until", "tot")) " " (clock(until)) }
            }
        }
    }
}
