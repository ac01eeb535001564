//! Plots as SVG: a reliability diagram, and hazards over days of notice with their bands.

use super::{FittedRisk, words};
use crate::lang::Lang;
use crate::publish::format::percent;
use crate::publish::svg::{Axis, Drawing};
use crate::publish::words::measure as name;
use crate::risk::Validation;
use crate::week::Measure;

/// Chances said against shares that came of them.
pub(super) fn reliability(validation: &Validation, lang: Lang) -> String {
    let share = |value: f64| percent(lang, value, 0);
    let axis = |title: &str| Axis { title: title.to_owned(), from: 0.0, until: 1.0, steps: 5 };
    let mut drawing = Drawing::new(
        words::reliability_title(lang),
        &words::reliability_about(lang, validation.judged),
        axis(words::forecast_axis(lang)),
        axis(words::observed_axis(lang)),
        &share,
    );
    drawing.line(&[(0.0, 0.0), (1.0, 1.0)], "#767676", true);
    for bin in &validation.bins {
        let (x, y) = (bin.forecast.get(), bin.observed.get());
        drawing.bar(x, bin.low.get(), bin.high.get(), "#154273");
        drawing.dot(x, y, "#154273", &words::bin(lang, bin.departures, x, y));
    }
    drawing.finish()
}

/// One panel a measure, on one scale.
pub(super) fn hazards(fitted: &FittedRisk, procedure: bool, lang: Lang) -> String {
    let bands: Vec<_> = Measure::ALL
        .iter()
        .map(|&measure| (measure, fitted.fit.band(measure, procedure, super::tables::days())))
        .collect();
    // Room for some twice the largest hazard: a band that rests on a handful of departures would flatten all others.
    let most = bands.iter().flat_map(|(_, band)| band.last()).map(|point| 2.0 * point.value.get()).fold(0.1, f64::max);
    let step = [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0].into_iter().find(|step| most <= 4.0 * step);
    let top = step.map_or(most, |step| 4.0 * step);
    let panels: Vec<String> = bands
        .iter()
        .map(|(measure, band)| {
            let rows = fitted.fit.rows_of.iter().find(|(known, _)| known == measure).map_or(0, |(_, rows)| *rows);
            let mut drawing = Drawing::new(
                &words::panel(lang, name(lang, *measure), rows),
                words::hazards_about(lang),
                Axis { title: words::days_axis(lang).to_owned(), from: 0.0, until: 14.0, steps: 7 },
                Axis { title: words::hazard_axis(lang, procedure).to_owned(), from: 0.0, until: top, steps: 4 },
                &|value| {
                    crate::publish::format::number(
                        lang,
                        value,
                        if value < 20.0 && value.fract() != 0.0 { 2 } else { 0 },
                    )
                },
            );
            let low: Vec<_> = band.iter().map(|point| (point.days, point.low.get())).collect();
            let high: Vec<_> = band.iter().map(|point| (point.days, point.high.get())).collect();
            let middle: Vec<_> = band.iter().map(|point| (point.days, point.value.get())).collect();
            drawing.band(&low, &high, "#154273");
            drawing.line(&middle, "#154273", false);
            drawing.finish()
        })
        .collect();
    crate::publish::svg::grid(&panels, 2, words::hazards_title(lang, procedure))
}
