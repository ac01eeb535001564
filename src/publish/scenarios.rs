//! Scenarios side by side as a page: departures, expected departures, euro by kind, cancelled share, and which cases differ.

use super::page::{Align, heading, page_title, table, wrap};
use crate::lang::Lang;
use crate::plan::{Departure, Plan, StopKind};
use crate::units::minutes_between;
use crate::week::{CaseId, LegId, Week};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A scenario with its plan.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Its week.
    pub week: Week,
    /// Its plan.
    pub plan: Plan,
    /// Change costs, when it repairs a plan under way.
    pub changes: Option<crate::units::Euro>,
}

/// The figures of one scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Its name.
    pub name: String,
    /// Departures planned: cases.
    pub departures: usize,
    /// Persons planned.
    pub persons: f64,
    /// Persons expected to depart: Σ p.
    pub expected: f64,
    /// Share of those planned who are expected to be cancelled.
    pub cancelled: f64,
    /// Euro by kind.
    pub money: crate::plan::Money,
    /// Objective of section 7.
    pub objective: crate::units::Euro,
    /// Proven bound on it.
    pub bound: crate::units::Euro,
    /// Change costs, when it repairs a plan under way.
    pub changes: Option<crate::units::Euro>,
    /// Rides driven: of cases and transfers.
    pub rides: usize,
    /// Days from now until the departure of a person who is planned, on average.
    pub wait_days: f64,
    /// Cases whose legs differ from the first scenario, with what they are here.
    pub differ: BTreeMap<String, Option<String>>,
}

/// The figures of scenarios; each is compared with the first.
pub fn scenario_figures(scenarios: &[Scenario]) -> Vec<Figures> {
    let first = scenarios.first().map(|scenario| legs(&scenario.plan)).unwrap_or_default();
    let figures = |scenario: &Scenario| {
        let plan = &scenario.plan;
        let of = |case: &CaseId| scenario.week.cases.get(case).map_or(0, |case| case.persons(&scenario.week));
        let persons: f64 = plan.departures.iter().map(|row| f64::from(of(&row.case))).sum();
        let expected: f64 = plan.departures.iter().map(|row| f64::from(of(&row.case)) * row.p.get()).sum();
        let days = |row: &Departure| {
            let first = row.legs.first().and_then(|leg| scenario.week.legs.get(leg));
            first.map_or(0.0, |leg| minutes_between(scenario.week.now, leg.departs) / (24.0 * 60.0))
        };
        let waited: f64 = plan.departures.iter().map(|row| f64::from(of(&row.case)) * days(row)).sum();
        let here = legs(plan);
        let cases: BTreeSet<&CaseId> = first.keys().chain(here.keys()).copied().collect();
        let differ = cases.into_iter().filter(|case| first.get(*case) != here.get(*case));
        Figures {
            name: scenario.name.clone(),
            departures: plan.departures.len(),
            persons,
            expected,
            cancelled: if persons > 0.0 { 1.0 - expected / persons } else { 0.0 },
            money: plan.money,
            objective: plan.objective,
            bound: plan.bound,
            changes: scenario.changes,
            rides: plan
                .routes
                .iter()
                .flat_map(|route| &route.stops)
                .filter(|stop| stop.kind == StopKind::Pickup)
                .count(),
            wait_days: if persons > 0.0 { waited / persons } else { 0.0 },
            differ: differ.map(|case| (case.to_string(), here.get(case).cloned())).collect(),
        }
    };
    scenarios.iter().map(figures).collect()
}

fn legs(plan: &Plan) -> BTreeMap<&CaseId, String> {
    let of = |ids: &[LegId]| ids.iter().map(LegId::as_str).collect::<Vec<_>>().join("+");
    plan.departures.iter().map(|row| (&row.case, of(&row.legs))).collect()
}

/// The page of scenarios side by side.
pub fn scenarios_page(figures: &[Figures], lang: Lang) -> String {
    let mut page = page_title(lang.pick("What if", "Wat als"));
    let titles = [
        ("scenario", "scenario", Align::Left),
        ("cases", "zaken", Align::Right),
        ("persons", "personen", Align::Right),
        ("expected", "verwacht", Align::Right),
        ("cancelled", "vervallen", Align::Right),
        ("value", "waarde", Align::Right),
        ("tickets", "tickets", Align::Right),
        ("escorts", "begeleiding", Align::Right),
        ("transport", "vervoer", Align::Right),
        ("unmet", "niet-gelukt", Align::Right),
        ("changes", "wijzigingen", Align::Right),
        ("objective", "doelwaarde", Align::Right),
        ("bound", "grens", Align::Right),
    ];
    let titles = titles.map(|(english, dutch, align)| (lang.pick(english, dutch), align));
    let euro = |amount: crate::units::Euro| format!("{:.0}", amount.get());
    let row = |row: &Figures| {
        let money = row.money;
        let mut cells = vec![row.name.clone(), row.departures.to_string()];
        cells.extend([format!("{:.0}", row.persons), format!("{:.1}", row.expected)]);
        cells.push(format!("{:.0}%", 100.0 * row.cancelled));
        cells.extend([money.value, money.tickets, money.escorts, money.transport, money.unmet].map(euro));
        cells.push(row.changes.map_or(String::new(), euro));
        cells.extend([row.objective, row.bound].map(euro));
        cells
    };
    page += &table(2, &titles, &figures.iter().map(row).collect::<Vec<_>>());
    page.push('\n');
    page += &wrap(
        "  ",
        lang.pick(
            "Every scenario is planned by itself within the same limits; differences below bound less objective may be those of the search.",
            "Elk scenario is op zichzelf gepland binnen dezelfde grenzen; verschillen kleiner dan grens min doelwaarde kunnen van het zoeken komen.",
        ),
    );
    for figures in figures.iter().skip(1).filter(|figures| !figures.differ.is_empty()) {
        let count = match figures.differ.len() {
            1 => lang.pick("1 case differs", "1 zaak anders").to_owned(),
            n => lang.pick(format!("{n} cases differ"), format!("{n} zaken anders")),
        };
        page += &heading(&format!("{}: {count}", figures.name));
        let stays = lang.pick("not planned", "niet gepland");
        let list: Vec<String> =
            figures.differ.iter().map(|(case, legs)| format!("{case}: {}", legs.as_deref().unwrap_or(stays))).collect();
        page += &wrap("  ", &list.join(", "));
    }
    page
}
