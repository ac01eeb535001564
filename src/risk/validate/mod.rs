//! Validation on departures that were planned after those the fit has seen: never a random split, since a forecast is
//! always of what comes later. Against one constant rate and against the defaults of the specification.

mod calibration;
mod scores;

pub use calibration::{Bin, Calibration, Interval, bins, calibration, expected_calibration_error, share};
pub use scores::{Brier, brier, cause_log_loss, log_loss};

use super::fit::{Z, constant, fit_belief};
use super::{Causes, Observation, forecast};
use crate::rules::RiskBelief;
use crate::units::Probability;
use crate::week::Outcome;
use chrono::NaiveDate;

/// Shares of the history, by date, after which a step starts.
const STARTS: [f64; 5] = [0.5, 0.6, 0.7, 0.8, 0.9];
/// Fewer departures judged than this decide nothing.
const FEWEST: usize = 50;

/// A forecast with what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// The chance that it goes through.
    pub p: Probability,
    /// The chances of each cause.
    pub causes: Causes,
    /// How it ended.
    pub outcome: Outcome,
}

impl Scored {
    /// Whether it went through.
    pub fn departed(&self) -> bool {
        self.outcome == Outcome::Departed
    }
}

/// What to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The fitted hazards: better than one constant rate, with 95% confidence.
    Fitted,
    /// One constant rate: the fit is not shown to be better.
    Constant,
}

/// The fit against another forecast on the same departures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// Log loss of the other.
    pub log_loss: f64,
    /// Brier score of the other.
    pub brier: f64,
    /// Log loss of the fit less that of the other, a departure: below zero the fit is better.
    pub difference: Interval,
}

/// How the fit does on departures it has not seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Validation {
    /// The fit of the first step has seen what was planned on or before this date.
    pub seen_until: NaiveDate,
    /// Departures that it has seen; later steps see more.
    pub seen: usize,
    /// Steps.
    pub steps: usize,
    /// Departures judged.
    pub judged: usize,
    /// Share of those judged that went through.
    pub departed: Probability,
    /// Log loss of going through or not.
    pub log_loss: f64,
    /// Log loss over going through and the four causes.
    pub cause_log_loss: f64,
    /// Brier score with its parts.
    pub brier: Brier,
    /// Slope and intercept.
    pub calibration: Option<Calibration>,
    /// Expected calibration error over ten groups.
    pub calibration_error: Interval,
    /// The same error that forecasts without any fault would show on so many departures, by chance alone.
    pub error_by_chance: f64,
    /// The ten groups.
    pub bins: Vec<Bin>,
    /// Against one constant rate.
    pub against_constant: Against,
    /// Against the defaults of the specification.
    pub against_defaults: Against,
    /// What to use.
    pub verdict: Verdict,
}

/// Forecasts of a belief for departures.
pub fn score(belief: &RiskBelief, history: &[Observation]) -> Vec<Scored> {
    let of = |row: &Observation| {
        let forecast = forecast(belief, &row.state);
        Scored { p: forecast.p, causes: forecast.causes, outcome: row.outcome }
    };
    history.iter().map(of).collect()
}

/// One step of the validation: a fit on all that was planned up to a date, judged on what was planned next.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The fit sees what was planned on or before this date.
    pub until: NaiveDate,
    /// Departures it sees.
    pub seen: Vec<Observation>,
    /// Departures it is judged on: planned later, before the next step's date.
    pub judged: Vec<Observation>,
}

/// The later half of the history in five steps, each judged from all that was planned before it (rolling origin: Tashman,
/// 2000). None when there is too little, or no two dates.
pub fn steps(history: &[Observation]) -> Option<Vec<Step>> {
    let mut rows = history.to_vec();
    rows.sort_by_key(|row| row.planned_on);
    let last = rows.last()?.planned_on;
    let dates = STARTS.iter().filter_map(|share| rows.get((rows.len() as f64 * share) as usize)?.planned_on.pred_opt());
    let mut dates: Vec<NaiveDate> = dates.collect();
    dates.push(last);
    dates.dedup();
    let step = |pair: &[NaiveDate]| {
        let (until, next) = (pair[0], pair[1]);
        let seen: Vec<Observation> = rows.iter().copied().filter(|row| row.planned_on <= until).collect();
        let judged: Vec<Observation> =
            rows.iter().copied().filter(|row| until < row.planned_on && row.planned_on <= next).collect();
        (mixed(seen.iter()) && !judged.is_empty()).then_some(Step { until, seen, judged })
    };
    let steps: Vec<Step> = dates.windows(2).filter_map(step).collect();
    let judged = || steps.iter().flat_map(|step| &step.judged);
    (judged().count() >= FEWEST && mixed(judged())).then_some(steps)
}

/// Whether some departures went through and some did not.
fn mixed<'a>(rows: impl Iterator<Item = &'a Observation> + Clone) -> bool {
    let departed = |row: &&Observation| row.outcome == Outcome::Departed;
    rows.clone().any(|row| departed(&row)) && !rows.clone().all(|row| departed(&row))
}

/// Fits on the earlier part of a history and judges on the later one, step by step; none when there is too little of it.
pub fn validate(history: &[Observation]) -> Option<Validation> {
    let steps = steps(history)?;
    let (mut fitted, mut fixed, mut assumed) = (Vec::new(), Vec::new(), Vec::new());
    // Each step is a fit of its own; side by side they take the time of the longest.
    let beliefs: Vec<RiskBelief> = std::thread::scope(|scope| {
        let fits: Vec<_> = steps.iter().map(|step| scope.spawn(|| fit_belief(&step.seen))).collect();
        fits.into_iter().filter_map(|fit| fit.join().ok()).collect()
    });
    if beliefs.len() < steps.len() {
        return None;
    }
    for (step, belief) in steps.iter().zip(&beliefs) {
        fitted.extend(score(belief, &step.judged));
        fixed.extend(score(&constant(&step.seen), &step.judged));
        assumed.extend(score(&RiskBelief::default(), &step.judged));
    }
    let against = |other: &[Scored]| Against {
        log_loss: log_loss(other),
        brier: brier(other).score,
        difference: Interval::of_mean(fitted.iter().zip(other).map(|(a, b)| scores::loss(a) - scores::loss(b))),
    };
    let against_constant = against(&fixed);
    let verdict = if against_constant.difference.high < 0.0 { Verdict::Fitted } else { Verdict::Constant };
    let departed = fitted.iter().filter(|row| row.departed()).count() as f64 / fitted.len() as f64;
    Some(Validation {
        seen_until: steps.first()?.until,
        seen: steps.first()?.seen.len(),
        steps: steps.len(),
        judged: fitted.len(),
        departed: Probability::new(departed).unwrap_or_default(),
        log_loss: log_loss(&fitted),
        cause_log_loss: cause_log_loss(&fitted),
        brier: brier(&fitted),
        calibration: calibration(&fitted),
        calibration_error: expected_calibration_error(&fitted),
        error_by_chance: calibration::error_by_chance(&fitted),
        bins: bins(&fitted),
        against_constant,
        against_defaults: against(&assumed),
        verdict,
    })
}

impl Interval {
    /// Mean and 95% interval of independent numbers.
    pub fn of_mean(numbers: impl Iterator<Item = f64>) -> Self {
        let (mut count, mut mean, mut square) = (0.0, 0.0, 0.0);
        for number in numbers {
            // Welford, 1962.
            count += 1.0;
            let apart: f64 = number - mean;
            mean += apart / count;
            square += apart * (number - mean);
        }
        let error = if count > 1.0 { (square / (count - 1.0) / count).sqrt() } else { f64::INFINITY };
        Self { value: mean, low: mean - Z * error, high: mean + Z * error }
    }
}
