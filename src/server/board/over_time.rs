//! Figures over time: by week, month or year, what happened to departures, and what became of each year's cases.

use super::parts::{href, scroll};
use super::shell::Page;
use crate::lang::Lang;
use crate::plan::Causes;
use crate::publish::format::{euro, hours, number};
use crate::publish::words as common;
use crate::server::Service;
use crate::server::figures::{Cohort, Endings, OverTime, Sums, over_time};
use crate::server::http::Visitor;
use crate::server::problem::Problem;
use crate::units::Euro;
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;

/// By which stretch of time.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    /// `week`, `month` or `year`.
    #[serde(default)]
    by: String,
}

/// Rows shown: the latest.
const SHOWN: usize = 60;

pub(crate) async fn page(
    State(service): State<Service>,
    Query(which): Query<Which>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let all = over_time(&service).await?;
    let lang = visitor.lang;
    let title = lang.pick("Figures over time", "Cijfers door de tijd");
    let content = html! {
        h1 { (title) }
        p class="quiet" { (lang.pick(
            "Of every week's published plan. Departures that are cancelled are expectations from the chances in the plans; what happened comes from the histories in the folders.",
            "Van het gepubliceerde plan van elke week. Annuleringen zijn verwachtingen uit de kansen in de plannen; wat er gebeurde komt uit de geschiedenis in de mappen.")) }
        (content(&all, &which, lang))
    };
    Ok(Page::new(&visitor, "/figures", title).show(&content))
}

fn content(all: &OverTime, which: &Which, lang: Lang) -> Markup {
    let (by, rows, happened) = match which.by.as_str() {
        "week" => ("week", &all.weeks, None),
        "year" => ("year", &all.years, Some(&all.happened_by_year)),
        _ => ("month", &all.months, Some(&all.happened_by_month)),
    };
    let choices = [
        ("week", lang.pick("by week", "per week")),
        ("month", lang.pick("by month", "per maand")),
        ("year", lang.pick("by year", "per jaar")),
    ];
    html! {
        nav class="pages" aria-label=(lang.pick("Stretch of time", "Tijdvak")) { ul { @for (word, name) in choices { li {
            @let link = format!("?by={word}");
            @if word == by { a href=(link) aria-current="page" { (name) } } @else { a href=(link) { (name) } }
        } } } }
        @if rows.is_empty() { p { (lang.pick("Nothing is published yet.", "Er is nog niets gepubliceerd.")) } }
        @else { (planned(by, rows, lang)) (money(by, rows, lang)) }
        @if let Some(happened) = happened.filter(|happened| !happened.is_empty()) { (endings(by, happened, lang)) }
        @if !all.cohorts.is_empty() { (cohorts(&all.cohorts, lang)) }
    }
}

/// The latest rows, the latest first.
fn latest<T>(rows: &BTreeMap<String, T>) -> impl Iterator<Item = (&String, &T)> {
    rows.iter().rev().take(SHOWN)
}

/// Names of the four causes.
fn causes(lang: Lang) -> Vec<&'static str> {
    common::causes(lang, &Causes::default()).into_iter().map(|(name, _)| name).collect()
}

fn download(file: &str, lang: Lang) -> Markup {
    html! { p { a href=(format!("/api/v1/figure-products/{}", href(file))) { (lang.pick("Download as CSV", "Download als CSV")) span class="quiet" { " " (file) } } } }
}

fn planned(by: &str, rows: &BTreeMap<String, Sums>, lang: Lang) -> Markup {
    let title = lang.pick(
        "Planned departures, and cancelled by cause as expected",
        "Geplande vertrekken, en geannuleerd naar oorzaak volgens verwachting",
    );
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr {
                th scope="col" { (lang.pick("Period", "Periode")) } th scope="col" class="number" { (lang.pick("Departures", "Vertrekken")) } th scope="col" class="number" { (lang.pick("Persons", "Personen")) }
                th scope="col" class="number" { (lang.pick("Depart", "Vertrekken echt")) } @for cause in causes(lang) { th scope="col" class="number" { (cause) } }
                th scope="col" class="number" { (lang.pick("Escort hours", "Begeleidingsuren")) }
            } }
            tbody { @for (period, sums) in latest(rows) { tr {
                th scope="row" { (period) } td class="number" { (sums.departures) } td class="number" { (sums.persons) }
                td class="number" { (number(lang, sums.expected, 1)) } @for share in sums.cancelled { td class="number" { (number(lang, share, 1)) } }
                td class="number" { (hours(lang, sums.escort_hours)) }
            } } }
        } }))
        (download(&format!("by-{by}.csv"), lang))
    }
}

fn money(by: &str, rows: &BTreeMap<String, Sums>, lang: Lang) -> Markup {
    let title = lang.pick(
        "Euro by the cost lines of the policy review of return",
        "Euro naar de kostenposten van de beleidsdoorlichting terugkeer",
    );
    let lines =
        |sums: &Sums| [sums.escort_travel, sums.returnee_travel, sums.escort_work, sums.road, sums.unmet, sums.euro()];
    let names = [
        lang.pick("Travel of escorts", "Reiskosten escorteurs"),
        lang.pick("Travel of returnees", "Reiskosten vreemdelingen"),
        lang.pick("Work of escorts", "Inzet escorteurs"),
        lang.pick("Road transport", "Vervoer (DV&O)"),
        lang.pick("Unmet", "Niet gelukt"),
        lang.pick("Together", "Samen"),
    ];
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Period", "Periode")) } @for name in names { th scope="col" class="number" { (name) } } } }
            tbody { @for (period, sums) in latest(rows) { tr { th scope="row" { (period) } @for line in lines(sums) { td class="number" { (euro(lang, Euro::new(line))) } } } } }
        } }))
        p class="quiet" { (lang.pick(
            "The lines on travel are those of table 12 of the review; work of escorts, road transport and what is not met stand beside it. The other lines of that table (interpreters, care, costs abroad) are not planned here.",
            "De reiskosten zijn de posten van tabel 12 van de doorlichting; inzet van escorteurs, vervoer en wat niet lukt staan ernaast. De andere posten van die tabel (tolken, zorg, kosten in het buitenland) worden hier niet gepland.")) }
        (download(&format!("by-{by}.csv"), lang))
    }
}

fn endings(by: &str, rows: &BTreeMap<String, Endings>, lang: Lang) -> Markup {
    let title = lang.pick("What happened to departures", "Wat er met vertrekken gebeurde");
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Planned in", "Gepland in")) } th scope="col" class="number" { (lang.pick("Planned", "Gepland")) } th scope="col" class="number" { (lang.pick("Departed", "Vertrokken")) } @for cause in causes(lang) { th scope="col" class="number" { (cause) } } } }
            tbody { @for (period, endings) in latest(rows) { tr { th scope="row" { (period) } td class="number" { (endings.planned()) } td class="number" { (endings.departed) } @for count in endings.cancelled { td class="number" { (count) } } } } }
        } }))
        (download(&format!("happened-by-{by}.csv"), lang))
    }
}

fn cohorts(rows: &BTreeMap<String, Cohort>, lang: Lang) -> Markup {
    let title = lang
        .pick("Cases by the year they were released for planning", "Zaken naar het jaar waarin zij zijn vrijgegeven");
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Released in", "Vrijgegeven in")) } th scope="col" class="number" { (lang.pick("Cases", "Zaken")) } th scope="col" class="number" { (lang.pick("Never planned", "Nooit gepland")) } th scope="col" class="number" { (lang.pick("Planned once", "Eén keer gepland")) } th scope="col" class="number" { (lang.pick("More than once", "Vaker gepland")) } } }
            tbody { @for (year, cohort) in rows.iter().rev() { tr {
                th scope="row" { @if year.is_empty() { (lang.pick("not released", "niet vrijgegeven")) } @else { (year) } }
                td class="number" { (cohort.cases) } td class="number" { (cohort.cases - cohort.once - cohort.again) } td class="number" { (cohort.once) } td class="number" { (cohort.again) }
            } } }
        } }))
        (download("cohorts.csv", lang))
    }
}
