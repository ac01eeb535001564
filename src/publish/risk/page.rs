//! The page of a fit for people.

use super::{FittedRisk, words};
use crate::lang::Lang;
use crate::publish::format::number;
use crate::publish::page::{Align, heading, page_title, table, wrap};
use crate::risk::{Interval, Validation, Verdict, coefficients};
use crate::rules::RiskBelief;

/// What the fit says, how sure it is, and what to use.
pub fn risk_page(fitted: &FittedRisk, lang: Lang) -> String {
    let fit = &fitted.fit;
    let mut page = page_title(words::page_title(lang));
    page += &wrap("  ", &words::rows(lang, fit.rows, &fitted.dates.0.to_string(), &fitted.dates.1.to_string()));
    if fit.moved_to_other > 0 {
        page += &wrap("  ", &words::moved(lang, fit.moved_to_other));
    }
    let unseen = fitted.unseen();
    if !unseen.is_empty() {
        page += &wrap("  ", &words::unseen(lang, &unseen));
    }
    page += &match (&fitted.validation, fitted.verdict()) {
        (None, _) => wrap("  ", words::no_validation(lang)),
        (Some(_), Verdict::Fitted) => wrap("  ", words::use_fitted(lang)),
        (Some(_), Verdict::Constant) => wrap("  ", words::use_constant(lang)),
    };
    page += &wrap("  ", words::process_only(lang));
    page += &heading(words::hazards_heading(lang));
    page += &hazards(fitted, lang);
    if let Some(validation) = &fitted.validation {
        page += &heading(words::validation_heading(lang));
        page += &wrap("  ", &words::split(lang, validation));
        page += &scores(validation, lang);
    }
    page
}

pub(super) fn span(lang: Lang, low: f64, high: f64, decimals: usize) -> String {
    format!("{} – {}", number(lang, low, decimals), number(lang, high, decimals))
}

fn hazards(fitted: &FittedRisk, lang: Lang) -> String {
    let defaults = coefficients(&RiskBelief::default());
    let row = |(estimate, default): (&crate::risk::Estimate, &(_, crate::units::Hazard))| {
        vec![
            words::coefficient(lang, estimate.coefficient),
            number(lang, estimate.value.get(), 4),
            span(lang, estimate.low.get(), estimate.high.get(), 4),
            number(lang, default.1.get(), 3),
        ]
    };
    let rows: Vec<Vec<String>> = fitted.fit.estimates.iter().zip(&defaults).map(row).collect();
    let columns = [
        (words::column_hazard(lang), Align::Left),
        (words::column_value(lang), Align::Right),
        (words::column_interval(lang), Align::Right),
        (words::column_default(lang), Align::Right),
    ];
    table(2, &columns, &rows)
}

/// The scores with what they are compared with.
fn scores(validation: &Validation, lang: Lang) -> String {
    let digits = |value: f64| number(lang, value, 4);
    let line = |name: &str, fit: f64, constant: Option<f64>, defaults: Option<f64>| {
        let other = |value: Option<f64>| value.map(digits).unwrap_or_default();
        vec![name.to_owned(), digits(fit), String::new(), other(constant), other(defaults)]
    };
    let between = |name: &str, at: Interval| {
        vec![name.to_owned(), digits(at.value), span(lang, at.low, at.high, 4), String::new(), String::new()]
    };
    let (constant, defaults) = (&validation.against_constant, &validation.against_defaults);
    let mut rows = vec![
        line(words::log_loss(lang), validation.log_loss, Some(constant.log_loss), Some(defaults.log_loss)),
        line(words::brier(lang), validation.brier.score, Some(constant.brier), Some(defaults.brier)),
        between(words::less_constant(lang), constant.difference),
        between(words::less_defaults(lang), defaults.difference),
    ];
    if let Some(calibration) = validation.calibration {
        rows.push(between(words::slope(lang), calibration.slope));
        rows.push(between(words::intercept(lang), calibration.intercept));
    }
    rows.push(between(words::calibration_error(lang), validation.calibration_error));
    rows.push(line(words::by_chance(lang), validation.error_by_chance, None, None));
    let columns = [
        ("", Align::Left),
        (words::column_fit(lang), Align::Right),
        (words::column_interval(lang), Align::Right),
        (words::column_constant(lang), Align::Right),
        (words::column_default(lang), Align::Right),
    ];
    table(2, &columns, &rows)
}
