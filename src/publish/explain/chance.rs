//! The chance that a departure goes through, cause by cause, with the numbers of section 7 of the specification.

use super::{Planned, words};
use crate::lang::Lang;
use crate::publish::facts::notice_hours;
use crate::publish::format::{number, percent};
use crate::publish::page::{Align, heading, table, wrap};
use crate::publish::words as common;
use crate::rules::{MeasureHazard, RiskUse};
use crate::week::Week;

pub(super) fn section(week: &Week, planned: &Planned, lang: Lang) -> String {
    let departure = planned.departure;
    let mut page = heading(&words::chance_heading(lang, &percent(lang, departure.p.get(), 1)));
    let days = notice_hours(departure, planned.legs[0].departs) / 24.0;
    let formulas = formulas(week, planned, days, lang);
    let total: f64 = formulas.iter().map(|(_, hazard)| hazard).sum();
    page += &wrap("  ", &words::formula(lang, &number(lang, total, 4), &number(lang, days, 2)));
    let causes = common::causes(lang, &departure.causes);
    let rows: Vec<Vec<String>> = causes
        .iter()
        .zip(&formulas)
        .map(|((name, chance), (formula, hazard))| {
            vec![(*name).to_owned(), formula.clone(), number(lang, *hazard, 4), percent(lang, chance.get(), 1)]
        })
        .collect();
    let columns = [
        (words::cause(lang), Align::Left),
        (words::hazard_of(lang), Align::Left),
        ("H", Align::Right),
        (words::cancelled(lang), Align::Right),
    ];
    page += &table(2, &columns, &rows);
    page += &wrap("  ", words::assumed(lang));
    if week.risk.usage == RiskUse::None {
        page += &wrap("  ", words::not_used(lang));
    }
    page
}

/// Formula and value of the hazard of each cause, in the order of the specification.
fn formulas(week: &Week, planned: &Planned, days: f64, lang: Lang) -> [(String, f64); 4] {
    let (risk, case) = (&week.risk, planned.case);
    let n = |value: f64| number(lang, value, 4).trim_end_matches('0').trim_end_matches(['.', ',']).to_owned();
    let measure = risk.measures.get(&case.measure).copied().unwrap_or_default();
    let MeasureHazard { base, per_day, procedure_base, procedure_per_day } = measure;
    let linear = |base: f64, per_day: f64| {
        (format!("{} + {} × {}", n(base), n(per_day), number(lang, days, 2)), base + per_day * days)
    };
    let parts = [
        (case.file.belongings, words::belongings(lang), risk.belongings),
        (case.file.physical, words::physical(lang), risk.physical),
        (case.file.medical, words::medical(lang), risk.medical),
    ];
    let unknown: Vec<(&str, f64)> =
        parts.iter().filter(|(known, ..)| !known).map(|(_, name, hazard)| (*name, hazard.get())).collect();
    let text: Vec<String> = unknown.iter().map(|(name, hazard)| format!("{} ({name})", n(*hazard))).collect();
    let text = if text.is_empty() { words::file_complete(lang).to_owned() } else { text.join(" + ") };
    let (other, company) = match case.escorts {
        0 => (risk.unescorted.get(), words::without_escorts(lang)),
        _ => (risk.escorted.get(), words::with_escorts(lang)),
    };
    [
        linear(base.get(), per_day.get()),
        linear(procedure_base.get(), procedure_per_day.get()),
        (text, unknown.iter().map(|(_, hazard)| hazard).sum()),
        (format!("{} ({company})", n(other)), other),
    ]
}
