//! Transport: vehicles × time, the stops of each route with their times, and a sketch of where they drive.

use super::parts::{href, scroll};
use super::shell::{Page, drawn};
use crate::lang::Lang;
use crate::plan::{Plan, Route, StopKind};
use crate::publish::format::{clock, date_long, date_of, date_short, hours, number};
use crate::server::Service;
use crate::server::desk::View;
use crate::server::http::Visitor;
use crate::server::problem::Problem;
use crate::units::{Instant, minutes_between};
use crate::week::{LocationId, Shift, Week};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Which day.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    day: String,
}

/// With more shifts than this, one day is shown at a time.
const SHOWN: usize = 20;

pub(crate) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    Query(which): Query<Which>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let show = move || {
        let lang = visitor.lang;
        let title = lang.pick("Transport", "Vervoer");
        let content = html! { h1 { (title) " " (view.row.week) } (content(&view, &which, lang)) };
        Page::of_week(&visitor, "/weeks/{week}/transport", &view.row, title).show(&content)
    };
    drawn(&service, show).await
}

fn content(view: &View, which: &Which, lang: Lang) -> Markup {
    let Some((_, plan)) = &view.plan else {
        return html! { p { (lang.pick("There is no plan yet.", "Er is nog geen plan.")) } };
    };
    let week = &*view.week;
    let mut days: BTreeMap<NaiveDate, Vec<(&Shift, Option<&Route>)>> = BTreeMap::new();
    for shift in week.shifts.iter() {
        let route = plan.routes.iter().find(|route| route.shift == shift.id);
        days.entry(date_of(shift.span.from())).or_default().push((shift, route));
    }
    let every: Vec<NaiveDate> = days.keys().copied().collect();
    let chosen = which.day.parse().ok().filter(|day| days.contains_key(day));
    let one = chosen.or(every.first().copied()).filter(|_| chosen.is_some() || week.shifts.len() > SHOWN);
    if let Some(one) = one {
        days.retain(|day, _| *day == one);
    }
    html! {
        @if every.len() > 1 {
            nav class="pages" aria-label=(lang.pick("Days", "Dagen")) { ul { @for day in &every { li {
                @let link = format!("?day={day}");
                @if one == Some(*day) { a href=(link) aria-current="page" { (date_short(lang, *day)) } } @else { a href=(link) { (date_short(lang, *day)) } }
            } } } }
        }
        @if view.row.published != view.row.plan {
            div class="message care" { p { (lang.pick("This is a draft: what is published may differ.", "Dit is een concept: wat gepubliceerd is kan anders zijn.")) } }
        }
        (unmet(plan, lang))
        div class="actions" {
            button class="second" type="button" data-print hidden { (lang.pick("Print", "Afdrukken")) }
            @if view.row.published != 0 {
                a href=(format!("/api/v1/weeks/{}/run-sheet-products/runsheets.csv", href(&view.row.id))) { (lang.pick("Published run sheets (CSV)", "Gepubliceerde ritbladen (CSV)")) }
            }
        }
        @for (day, shifts) in &days {
            section aria-label=(date_long(lang, *day)) {
                h2 { (date_long(lang, *day)) }
                (timeline(*day, shifts, lang))
                @let driven: Vec<&Route> = shifts.iter().filter_map(|(_, route)| *route).collect();
                @if driven.is_empty() { p class="quiet" { (lang.pick("Nothing is driven.", "Er wordt niet gereden.")) } }
                @else { div class="columns" { div { @for route in &driven { (run_sheet(week, view, route, lang)) } } (sketch(week, &driven, lang)) } }
            }
        }
    }
}

fn unmet(plan: &Plan, lang: Lang) -> Markup {
    html! {
        @if !plan.unmet.transfers.is_empty() {
            div class="message wrong" {
                p { strong { (lang.pick("Transfers that nobody drives", "Vervoersopdrachten die niemand rijdt")) } }
                ul { @for transfer in &plan.unmet.transfers { li { (transfer) } } }
            }
        }
    }
}

const WIDTH: f64 = 1000.0;
const LEFT: f64 = 110.0;
const ROW: f64 = 26.0;

/// Vehicles × time of one day: each shift as a frame, its route as a bar with its stops.
fn timeline(day: NaiveDate, shifts: &[(&Shift, Option<&Route>)], lang: Lang) -> Markup {
    let begins = shifts.iter().map(|(shift, _)| shift.span.from()).min();
    let ends = shifts.iter().map(|(shift, _)| shift.span.until()).max();
    let (Some(begins), Some(ends)) = (begins, ends) else { return html! {} };
    let length = minutes_between(begins, ends).max(60.0);
    let x = |at: Instant| LEFT + (minutes_between(begins, at) / length).clamp(0.0, 1.0) * (WIDTH - LEFT - 10.0);
    let height = 24.0 + ROW * shifts.len() as f64;
    let step = if length > 20.0 * 60.0 { 4 } else { 2 };
    let marks: Vec<Instant> = (0..200)
        .map(|at| {
            crate::units::shift(crate::calendar::instant(day, chrono::NaiveTime::MIN), 60.0 * f64::from(at * step))
        })
        .filter(|at| *at >= begins && *at <= ends)
        .collect();
    let title = lang.pick("Vehicles by time", "Voertuigen in de tijd");
    scroll(
        &format!("{title}, {}", date_long(lang, day)),
        &html! {
            svg class="plot" viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(format!("{title}; {}", lang.pick("the same is in the run sheets", "hetzelfde staat in de ritbladen"))) {
                @for mark in &marks {
                    line class="grid" x1=(f(x(*mark))) x2=(f(x(*mark))) y1="18" y2=(f(height)) {}
                    text x=(f(x(*mark))) y="12" text-anchor=(if x(*mark) > WIDTH - 30.0 { "end" } else { "middle" }) { (clock(*mark)) }
                }
                @for (at, (shift, route)) in shifts.iter().enumerate() {
                    @let y = 22.0 + ROW * at as f64;
                    text x="0" y=(f(y + 14.0)) { (shift.id) " " (shift.vehicle) }
                    rect class="shift" x=(f(x(shift.span.from()))) y=(f(y)) width=(f(x(shift.span.until()) - x(shift.span.from()))) height=(f(ROW - 6.0)) {}
                    @if let Some(route) = route {
                        @if let (Some(first), Some(last)) = (route.stops.first(), route.stops.last()) {
                            rect class="route" x=(f(x(first.at))) y=(f(y + 4.0)) width=(f((x(last.at) - x(first.at)).max(1.0))) height=(f(ROW - 14.0)) {}
                            @for stop in &route.stops { line class="stop" x1=(f(x(stop.at))) x2=(f(x(stop.at))) y1=(f(y + 2.0)) y2=(f(y + ROW - 8.0)) {} }
                        }
                    }
                }
            }
        },
    )
}

/// A coordinate as written.
fn f(value: f64) -> String {
    format!("{value:.1}")
}

fn run_sheet(week: &Week, view: &View, route: &Route, lang: Lang) -> Markup {
    let shift = week.shifts.get(&route.shift);
    let name = |id: &LocationId| week.locations.get(id).map_or_else(String::new, |row| row.name.clone());
    html! {
        article class="card" {
            h3 { (route.shift) " " span class="quiet" { (shift.map_or("", |shift| shift.vehicle.as_str())) } }
            p class="quiet" { (number(lang, route.km.get(), 0)) " km, " (hours(lang, route.hours.get()))
                @if view.row.published != 0 { ", " a href=(format!("/api/v1/weeks/{}/shifts/{}/calendar", href(&view.row.id), href(route.shift.as_str()))) { (lang.pick("calendar", "agenda")) " .ics" } } }
            (scroll(route.shift.as_str(), &html! { table {
                thead { tr { th scope="col" { (lang.pick("At", "Om")) } th scope="col" { (lang.pick("What", "Wat")) } th scope="col" { (lang.pick("Where", "Waar")) } th scope="col" { (lang.pick("Who", "Wie")) } } }
                tbody { @for (at, stop) in route.stops.iter().enumerate() { tr {
                    th scope="row" { (clock(stop.at)) }
                    td { (what(stop.kind, at == 0, lang)) }
                    td { (stop.location) span class="note" { (name(&stop.location)) } }
                    td { @match (&stop.case, &stop.transfer) {
                        (Some(case), _) => (load(week, case, lang)),
                        (None, Some(transfer)) => { (transfer) }
                        (None, None) => {}
                    } }
                } } }
            } }))
        }
    }
}

/// What driving needs to know of a case.
fn load(week: &Week, case: &crate::week::CaseId, lang: Lang) -> Markup {
    let Some(row) = week.cases.get(case) else { return html! { (case) } };
    let wheelchairs = row.wheelchairs(week);
    html! {
        (case) span class="note" {
            (crate::publish::words::persons(lang, row.persons(week))) ", " (crate::publish::words::class(lang, row.ride_class(week)))
            @if wheelchairs > 0 { ", " (crate::publish::words::wheelchairs(lang, wheelchairs)) }
        }
    }
}

fn what(kind: StopKind, first: bool, lang: Lang) -> &'static str {
    match kind {
        StopKind::Depot if first => lang.pick("leave", "vertrek"),
        StopKind::Depot => lang.pick("back", "terug"),
        StopKind::Pickup => lang.pick("load", "instappen"),
        StopKind::Dropoff => lang.pick("unload", "uitstappen"),
    }
}

const MAP: f64 = 360.0;

/// Where the routes of a day lead, as lines between places; no map of anybody else's.
fn sketch(week: &Week, routes: &[&Route], lang: Lang) -> Markup {
    let ids: BTreeSet<&LocationId> = routes.iter().flat_map(|route| &route.stops).map(|stop| &stop.location).collect();
    let places: Vec<_> = ids.into_iter().filter_map(|id| week.locations.get(id)).collect();
    let (mut south, mut north, mut west, mut east) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
    for place in &places {
        (south, north, west, east) =
            (south.min(place.lat), north.max(place.lat), west.min(place.lon), east.max(place.lon));
    }
    // A degree of longitude is shorter up here.
    let narrow = ((south + north) / 2.0).to_radians().cos();
    let size = (north - south).max((east - west) * narrow).max(0.05);
    let at = |lat: f64, lon: f64| {
        let (x, y) = ((lon - west) * narrow / size, (north - lat) / size);
        (30.0 + x * (MAP - 90.0), 20.0 + y * (MAP - 40.0))
    };
    let path = |route: &Route| {
        let points = route.stops.iter().filter_map(|stop| week.locations.get(&stop.location)).map(|place| {
            let (x, y) = at(place.lat, place.lon);
            format!("{x:.1},{y:.1}")
        });
        points.collect::<Vec<_>>().join(" ")
    };
    let title = lang.pick("Sketch of the routes", "Schets van de routes");
    let names = names(places.iter().map(|place| (place.id.as_str(), at(place.lat, place.lon))).collect());
    let height = names.iter().fold(0.0, |low: f64, name| low.max(name.place.1).max(name.line)) + 20.0;
    html! {
        figure class="sketch" {
            svg class="plot map" viewBox=(format!("0 0 {MAP} {height:.0}")) role="img" aria-label=(title) {
                @for route in routes { polyline class="road" points=(path(route)) {} }
                @for Name { text, place: (x, y), line, left } in &names {
                    circle class="place" cx=(f(*x)) cy=(f(*y)) r="4" {}
                    @if *left { text x=(f(x - 6.0)) y=(f(*line)) text-anchor="end" { (text) } }
                    @else { text x=(f(x + 6.0)) y=(f(*line)) { (text) } }
                }
            }
            figcaption class="quiet" { (title) }
        }
    }
}

/// A place of the sketch and where its name stands.
struct Name<'p> {
    text: &'p str,
    place: (f64, f64),
    /// Its base line.
    line: f64,
    /// On the left of its place.
    left: bool,
}

/// Width of a letter and height of a line on the sketch.
const LETTER: (f64, f64) = (6.0, 10.0);

/// Names beside their places: on the left in the right part, and lower where another name is in the way.
fn names<'p>(mut places: Vec<(&'p str, (f64, f64))>) -> Vec<Name<'p>> {
    places.sort_by(|(a, (_, y)), (b, (_, other))| y.total_cmp(other).then(a.cmp(b)));
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let stand = |(text, (x, y)): (&'p str, (f64, f64))| {
        let (left, wide) = (x > MAP * 0.6, text.chars().count() as f64 * LETTER.0);
        let (from, to) = if left { (x - 6.0 - wide, x - 6.0) } else { (x + 6.0, x + 6.0 + wide) };
        let mut line = y + 3.0;
        let beside = |(a, b, _): &&(f64, f64, f64)| *a < to && from < *b;
        while let Some((.., other)) =
            taken.iter().filter(beside).find(|(.., other)| (other - line).abs() < LETTER.1 - 0.1)
        {
            line = other + LETTER.1;
        }
        taken.push((from, to, line));
        Name { text, place: (x, y), line, left }
    };
    places.into_iter().map(stand).collect()
}
