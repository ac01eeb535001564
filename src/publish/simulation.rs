//! The page and the tables of a simulation: always a curve over the share of absence that notice causes, always with the
//! assumptions beside it.

use super::Product;
use super::format::{number, percent};
use super::page::{Align, heading, page_title, table, wrap};
use super::sheet::sheet;
use crate::lang::Lang;
use crate::risk::Interval;
use crate::simulate::{Measured, Planned, PolicyResult, Runs, WorldResult};

/// What is printed for people.
pub fn simulation_page(plans: &[Planned], worlds: &[WorldResult], runs: Runs, lang: Lang) -> String {
    let Some(first) = worlds.first() else { return String::new() };
    let name = &first.world.world.name;
    let mut page = page_title(
        &lang.pick(format!("Plans executed in the world {name}"), format!("Plannen uitgevoerd in de wereld {name}")),
    );
    let count = number(lang, runs.count as f64, 0);
    let seed = runs.seed;
    page += &wrap("  ", &lang.pick(
        format!("{count} runs, seed {seed}; every policy meets the same draws. A value is the mean over the runs. Differences are from the first policy, run by run, with 95% intervals of the draws; they carry no doubt about the assumptions, and there is much of that."),
        format!("{count} keer, toevalsgetal {seed}; elk beleid krijgt dezelfde trekkingen. Een waarde is het gemiddelde. Verschillen zijn met het eerste beleid, per trekking, met 95%-intervallen van de trekkingen; twijfel over de aannames zit er niet in, en die is er veel."),
    ));
    page += &wrap("  ", lang.pick(
        "Nothing published says how absence depends on the length of notice. Read each result as a curve: from no absence caused by notice to all of it.",
        "Niets gepubliceerds zegt hoe afwezigheid van de lengte van de aanzegging afhangt. Lees elke uitkomst als een reeks: van geen afwezigheid door de aanzegging tot alle.",
    ));
    for planned in plans.iter().filter(|planned| planned.reported_rule) {
        let policy = planned.policy;
        page += &wrap("  ", &lang.pick(
            format!("{policy} plans under a rule that is reported (October 2020) and not enacted; under the rule in force it is no lawful plan."),
            format!("{policy} plant onder een regel die is gemeld (oktober 2020) en niet vastgesteld; onder de geldende regel is het geen rechtmatig plan."),
        ));
    }
    for world in worlds {
        let share = percent(lang, world.notice_share.get(), 0);
        page += &heading(&lang.pick(
            format!("Notice causes {share} of absence"),
            format!("De aanzegging veroorzaakt {share} van de afwezigheid"),
        ));
        page += &values(&world.policies, lang);
        if world.policies.len() > 1 {
            page += "\n";
            page += &differences(&world.policies, lang);
        }
    }
    page += &heading(lang.pick("Assumptions", "Aannames"));
    let at = usize::from(lang == Lang::Nl);
    let rows: Vec<Vec<String>> = first
        .world
        .assumptions()
        .into_iter()
        .map(|line| vec![line.what[at].to_owned(), line.value, line.source[at].to_owned()])
        .collect();
    page + &table(2, &[("", Align::Left), ("", Align::Left), ("", Align::Left)], &rows)
}

fn get(measured: &[(Measured, Interval)], what: Measured) -> Interval {
    let none = Interval { value: 0.0, low: 0.0, high: 0.0 };
    measured.iter().find(|(known, _)| *known == what).map_or(none, |(_, interval)| *interval)
}

fn values(policies: &[PolicyResult], lang: Lang) -> String {
    let columns = [
        (lang.pick("policy", "beleid"), Align::Left),
        (lang.pick("told", "aangezegd"), Align::Right),
        (lang.pick("left", "vertrok"), Align::Right),
        (lang.pick("cancelled", "uitval"), Align::Right),
        (lang.pick("absent", "afwezig"), Align::Right),
        (lang.pick("procedure", "procedure"), Align::Right),
        (lang.pick("prep.", "voorb."), Align::Right),
        (lang.pick("other", "anders"), Align::Right),
        (lang.pick("seats", "plaatsen"), Align::Right),
        (lang.pick("fares €", "tickets €"), Align::Right),
        (lang.pick("escort h", "escorturen"), Align::Right),
        (lang.pick("€/left", "€/vertrek"), Align::Right),
    ];
    let row = |result: &PolicyResult| {
        let of = |what| get(&result.measured, what).value;
        let other = of(Measured::Other) + of(Measured::Refused) + of(Measured::LegCancelled) + of(Measured::LateRide);
        vec![
            result.policy.to_string(),
            number(lang, of(Measured::Booked), 0),
            number(lang, of(Measured::Departed), 1),
            percent(lang, of(Measured::CancelledShare), 1),
            number(lang, of(Measured::NoShow), 1),
            number(lang, of(Measured::Procedure), 1),
            number(lang, of(Measured::Preparation), 1),
            number(lang, other, 1),
            number(lang, of(Measured::SeatsLost), 1),
            number(lang, of(Measured::FaresLost), 0),
            number(lang, of(Measured::EscortHours), 0),
            number(lang, of(Measured::EuroPerDeparture), 0),
        ]
    };
    table(2, &columns, &policies.iter().map(row).collect::<Vec<_>>())
}

fn differences(policies: &[PolicyResult], lang: Lang) -> String {
    let Some(first) = policies.first() else { return String::new() };
    let head = lang.pick(format!("less {}", first.policy), format!("min {}", first.policy));
    let columns = [
        (head.as_str(), Align::Left),
        (lang.pick("left", "vertrok"), Align::Right),
        (lang.pick("cancelled, points", "uitval, punten"), Align::Right),
        (lang.pick("fares lost €", "tickets kwijt €"), Align::Right),
        (lang.pick("€/left", "€/vertrek"), Align::Right),
    ];
    let row = |result: &PolicyResult| {
        let cell = |what, factor: f64, decimals| {
            let Interval { value, low, high } = get(&result.less_first, what);
            let digits = |value: f64| number(lang, value * factor, decimals);
            format!("{} ({} – {})", digits(value), digits(low), digits(high))
        };
        vec![
            result.policy.to_string(),
            cell(Measured::Departed, 1.0, 1),
            cell(Measured::CancelledShare, 100.0, 1),
            cell(Measured::FaresLost, 1.0, 0),
            cell(Measured::EuroPerDeparture, 1.0, 0),
        ]
    };
    table(2, &columns, &policies.iter().skip(1).map(row).collect::<Vec<_>>())
}

/// The tables of a simulation: every measure of every policy at every share, and the assumptions.
pub fn simulation_products(worlds: &[WorldResult], lang: Lang) -> Vec<Product> {
    let digits = |value: f64| format!("{value:.6}");
    let mut rows = Vec::new();
    for world in worlds {
        for result in &world.policies {
            for ((what, value), (_, less)) in result.measured.iter().zip(&result.less_first) {
                let mut row = vec![
                    world.world.world.name.clone(),
                    world.notice_share.get().to_string(),
                    result.policy.to_string(),
                    what.word().to_owned(),
                ];
                row.extend([value.value, value.low, value.high, less.value, less.low, less.high].map(digits));
                rows.push(row);
            }
        }
    }
    let columns = [
        "world",
        "notice_share",
        "policy",
        "measure",
        "value",
        "low",
        "high",
        "less_first",
        "less_first_low",
        "less_first_high",
    ];
    let at = usize::from(lang == Lang::Nl);
    let mut assumptions = Vec::new();
    for world in worlds {
        for line in world.world.assumptions() {
            let share = world.notice_share.get().to_string();
            assumptions.push(vec![share, line.what[at].to_owned(), line.value, line.source[at].to_owned()]);
        }
    }
    vec![
        Product {
            name: "assumptions.csv".to_owned(),
            bytes: sheet(&["notice_share", "assumption", "value", "source"], &assumptions),
        },
        Product { name: "simulation.csv".to_owned(), bytes: sheet(&columns, &rows) },
    ]
}
