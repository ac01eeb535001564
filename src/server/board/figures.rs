//! Figures of a week: money by kind, departures by measure, causes of cancellation that are expected, escort hours, notice.

use super::parts::{figure, scroll};
use super::shell::Page;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::publish::format::{euro_cents, hours, number, percent};
use crate::publish::words as common;
use crate::server::Service;
use crate::server::http::Visitor;
use crate::server::problem::Problem;
use crate::units::Euro;
use crate::week::{Measure, Week};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use std::collections::BTreeMap;

pub(crate) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let view = service.desk.view(&service.store, &id).await?;
    let lang = visitor.lang;
    let title = lang.pick("Figures", "Cijfers");
    let content = html! {
        h1 { (title) " " (view.row.week) }
        @match &view.plan { Some((_, plan)) => (content(&view.week, plan, lang)), None => p { (lang.pick("There is no plan yet.", "Er is nog geen plan.")) } }
    };
    Ok(Page::of_week(&visitor, "/weeks/{week}/figures", &view.row, title).show(&content))
}

fn content(week: &Week, plan: &Plan, lang: Lang) -> Markup {
    let escort_hours: f64 = plan.teams.iter().map(|team| team.hours.get() * team.escorts.len() as f64).sum();
    let driven: f64 = plan.routes.iter().map(|route| route.km.get()).sum();
    html! {
        dl class="figures" {
            (figure(lang.pick("Departures", "Vertrekken"), &plan.departures.len().to_string(), ""))
            (figure(lang.pick("Escort hours", "Begeleidingsuren"), &hours(lang, escort_hours), lang.pick("on flights", "op vluchten")))
            (figure(lang.pick("Driven", "Gereden"), &format!("{} km", number(lang, driven, 0)), ""))
        }
        (money(plan, lang))
        (causes(week, plan, lang))
        (measures(week, plan, lang))
    }
}

fn money(plan: &Plan, lang: Lang) -> Markup {
    let of = plan.money;
    let rows = [
        (lang.pick("Value of departures", "Waarde van vertrekken"), of.value),
        (lang.pick("Tickets", "Tickets"), -of.tickets),
        (lang.pick("Escorts", "Begeleiding"), -of.escorts),
        (lang.pick("Transport", "Vervoer"), -of.transport),
        (lang.pick("Unmet", "Niet gelukt"), -of.unmet),
        (lang.pick("Together", "Samen"), plan.objective),
    ];
    let title = lang.pick("Money", "Geld");
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Line", "Post")) } th scope="col" class="number" { (lang.pick("Euro", "Euro")) } } }
            tbody { @for (name, amount) in rows { tr { th scope="row" { (name) } td class="number" { (euro_cents(lang, amount)) } } } }
        } }))
    }
}

/// Departures that are expected to be cancelled, by cause.
fn causes(week: &Week, plan: &Plan, lang: Lang) -> Markup {
    let mut rows: Vec<(&'static str, f64)> = Vec::new();
    for departure in &plan.departures {
        let persons = week.cases.get(&departure.case).map_or(0, |case| case.persons(week));
        for (at, (name, share)) in common::causes(lang, &departure.causes).into_iter().enumerate() {
            if rows.len() <= at {
                rows.push((name, 0.0));
            }
            rows[at].1 += f64::from(persons) * share.get();
        }
    }
    let title = lang.pick(
        "Persons whose departure is expected to be cancelled, by cause",
        "Personen van wie het vertrek naar verwachting wordt geannuleerd, naar oorzaak",
    );
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Cause", "Oorzaak")) } th scope="col" class="number" { (lang.pick("Persons", "Personen")) } } }
            tbody { @for (name, persons) in &rows { tr { th scope="row" { (name) } td class="number" { (number(lang, *persons, 2)) } } } }
        } }))
    }
}

fn measures(week: &Week, plan: &Plan, lang: Lang) -> Markup {
    let mut by: BTreeMap<Measure, (u32, f64, Vec<f64>)> = BTreeMap::new();
    for departure in &plan.departures {
        let Some(case) = week.cases.get(&departure.case) else { continue };
        let entry = by.entry(case.measure).or_default();
        entry.0 += 1;
        entry.1 += departure.p.get();
        entry.2.extend(departure.notice_hours.map(|hours| hours.get()));
    }
    let title = lang.pick("By measure", "Naar maatregel");
    html! {
        h2 { (title) }
        (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Measure", "Maatregel")) } th scope="col" class="number" { (lang.pick("Departures", "Vertrekken")) } th scope="col" class="number" { (lang.pick("Mean chance", "Gemiddelde kans")) } th scope="col" class="number" { (lang.pick("Mean notice", "Gemiddelde aanzegtijd")) } } }
            tbody { @for (measure, (count, p, notice)) in &by { tr {
                th scope="row" { (common::measure(lang, *measure)) }
                td class="number" { (count) }
                td class="number" { (percent(lang, p / f64::from(*count), 0)) }
                td class="number" { @if !notice.is_empty() { (hours(lang, notice.iter().sum::<f64>() / notice.len() as f64)) } }
            } } }
        } }))
        p class="quiet" { (lang.pick("Costs are those of the folder.", "Kosten zijn die van de map.")) " " (euro_cents(lang, Euro::new(week.costs.departure_value.get()))) " " (lang.pick("for each person who departs.", "voor elke persoon die vertrekt.")) }
    }
}
