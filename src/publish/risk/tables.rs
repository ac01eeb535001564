//! The tables behind page, plots and model card, with a point as decimal sign.

use super::FittedRisk;
use crate::publish::sheet::sheet;
use crate::risk::{Brier, Interval, Validation, coefficients};
use crate::rules::RiskBelief;
use crate::week::Measure;

/// Days of notice that hazards are plotted over.
pub(super) fn days() -> impl Iterator<Item = f64> {
    (0..=28).map(|half| f64::from(half) / 2.0)
}

fn digits(value: f64) -> String {
    format!("{value:.6}")
}

pub(super) fn hazards(fitted: &FittedRisk) -> Vec<u8> {
    let (defaults, constant) = (coefficients(&RiskBelief::default()), coefficients(&fitted.constant));
    let rows_of = |measure: Option<Measure>| {
        let of = measure.and_then(|measure| fitted.fit.rows_of.iter().find(|(known, _)| *known == measure));
        of.map_or(fitted.fit.rows, |(_, rows)| *rows).to_string()
    };
    let row = |(at, estimate): (usize, &crate::risk::Estimate)| {
        vec![
            estimate.coefficient.to_string(),
            rows_of(estimate.coefficient.measure()),
            digits(estimate.value.get()),
            digits(estimate.standard_error.get()),
            digits(estimate.low.get()),
            digits(estimate.high.get()),
            digits(constant[at].1.get()),
            digits(defaults[at].1.get()),
        ]
    };
    let rows: Vec<_> = fitted.fit.estimates.iter().enumerate().map(row).collect();
    sheet(&["hazard", "departures", "value", "standard_error", "low", "high", "constant", "default"], &rows)
}

pub(super) fn by_day(fitted: &FittedRisk) -> Vec<u8> {
    let mut rows = Vec::new();
    for &measure in Measure::ALL {
        for (cause, procedure) in [("no_show", false), ("procedure", true)] {
            for point in fitted.fit.band(measure, procedure, days()) {
                let values = [point.value, point.low, point.high].map(|hazard| digits(hazard.get()));
                let mut row = vec![measure.to_string(), cause.to_owned(), point.days.to_string()];
                row.extend(values);
                rows.push(row);
            }
        }
    }
    sheet(&["measure", "cause", "notice_days", "hazard", "low", "high"], &rows)
}

pub(super) fn reliability(validation: &Validation) -> Vec<u8> {
    let row = |bin: &crate::risk::Bin| {
        let values = [bin.forecast, bin.observed, bin.low, bin.high].map(|chance| digits(chance.get()));
        std::iter::once(bin.departures.to_string()).chain(values).collect()
    };
    let rows: Vec<Vec<String>> = validation.bins.iter().map(row).collect();
    sheet(&["departures", "forecast", "departed", "low", "high"], &rows)
}

pub(super) fn validation(validation: &Validation) -> Vec<u8> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut plain =
        |name: &str, value: f64| rows.push(vec![name.to_owned(), digits(value), String::new(), String::new()]);
    plain("seen_at_first", validation.seen as f64);
    plain("steps", validation.steps as f64);
    plain("judged", validation.judged as f64);
    plain("departed_share", validation.departed.get());
    plain("log_loss", validation.log_loss);
    plain("log_loss_constant", validation.against_constant.log_loss);
    plain("log_loss_defaults", validation.against_defaults.log_loss);
    plain("log_loss_by_cause", validation.cause_log_loss);
    let Brier { score, reliability, resolution, uncertainty, within } = validation.brier;
    plain("brier", score);
    plain("brier_reliability", reliability);
    plain("brier_resolution", resolution);
    plain("brier_uncertainty", uncertainty);
    plain("brier_within", within);
    plain("brier_constant", validation.against_constant.brier);
    plain("brier_defaults", validation.against_defaults.brier);
    plain("calibration_error_by_chance", validation.error_by_chance);
    let mut interval = |name: &str, at: Interval| {
        rows.push(vec![name.to_owned(), digits(at.value), digits(at.low), digits(at.high)]);
    };
    interval("log_loss_less_constant", validation.against_constant.difference);
    interval("log_loss_less_defaults", validation.against_defaults.difference);
    interval("calibration_error", validation.calibration_error);
    if let Some(calibration) = validation.calibration {
        interval("calibration_slope", calibration.slope);
        interval("calibration_intercept", calibration.intercept);
    }
    sheet(&["what", "value", "low", "high"], &rows)
}
