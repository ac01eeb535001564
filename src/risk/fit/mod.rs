//! Fitting the hazards of section 7 of the specification on history: penalised maximum likelihood with the measures
//! partially pooled, no hazard below zero, and intervals that rest on a measure's own departures.
//! Formulas and sources stand in docs/risk.md.

mod cells;
mod coefficient;
mod interval;
mod likelihood;
mod matrix;
mod pooling;

pub use coefficient::Coefficient;

use super::Observation;
use crate::rules::RiskBelief;
use crate::units::Hazard;
use crate::week::{Measure, Outcome};
use cells::{Cell, cells};
use coefficient::{COUNT, MEASURES, Row, TYPES, belief_of, measure_index};
use interval::{Sum, Unpooled};
use likelihood::{Slope, exposures, log_likelihood, slope};
use matrix::Matrix;
use pooling::Pool;
use serde::Serialize;

/// Steps of scoring at most; a fit takes about ten.
const STEPS: usize = 200;
/// A hazard shrinks to this share in one step at most, so that none jumps to zero where something was seen.
const NEAR_ZERO: f64 = 0.1;
/// A hazard below this is zero.
const NOTHING: f64 = 1e-9;
/// A gain in log likelihood below this is none.
const SETTLED: f64 = 1e-5;
/// Standard normal quantile of 97.5%.
pub(crate) const Z: f64 = 1.959_963_985;

/// One fitted hazard.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// What it is.
    pub coefficient: Coefficient,
    /// Its value.
    pub value: Hazard,
    /// Its standard error, where the measures are as alike as the pooling says.
    pub standard_error: Hazard,
    /// Lower end of the 95% interval.
    pub low: Hazard,
    /// Upper end of the 95% interval.
    pub high: Hazard,
}

/// What was fitted on a history.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The hazards, as the planner takes them.
    pub belief: RiskBelief,
    /// The same with their errors, in the order of the specification.
    pub estimates: Vec<Estimate>,
    /// Rows it was fitted on.
    pub rows: usize,
    /// Rows of each measure, in the order of the specification.
    pub rows_of: Vec<(Measure, usize)>,
    /// Cancellations by preparation with a complete file: the model has no hazard for them, they count as other causes.
    pub moved_to_other: usize,
    unpooled: Unpooled,
}

/// A hazard over days of notice, with its 95% band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandPoint {
    /// Days of notice.
    pub days: f64,
    /// The hazard.
    pub value: Hazard,
    /// Lower end.
    pub low: Hazard,
    /// Upper end.
    pub high: Hazard,
}

/// Fits a history; none when it is empty.
pub fn fit(history: &[Observation]) -> Option<Fit> {
    if history.is_empty() {
        return None;
    }
    let (cells, moved_to_other) = cells(history);
    let data = Data { exposures: exposures(&cells), cells };
    let mut rows_of = [0.0; MEASURES];
    data.cells.iter().for_each(|cell| rows_of[cell.acting[0].0 / TYPES] += cell.total());
    let row = data.estimate();
    let covariance = pooling::covariance(&row, &data.slope(&row));
    let unpooled = Unpooled::new(data, &row);
    let count = |(at, &measure): (usize, &Measure)| (measure, rows_of[at] as usize);
    Some(Fit {
        belief: belief_of(&row),
        estimates: estimates(&row, &covariance, &unpooled),
        rows: history.len(),
        rows_of: Measure::ALL.iter().enumerate().map(count).collect(),
        moved_to_other,
        unpooled,
    })
}

/// The hazards alone, without their errors.
pub(crate) fn fit_belief(history: &[Observation]) -> RiskBelief {
    let (cells, _) = cells(history);
    belief_of(&Data { exposures: exposures(&cells), cells }.estimate())
}

/// Every hazard of a belief, in the order of the specification.
pub fn coefficients(belief: &RiskBelief) -> Vec<(Coefficient, Hazard)> {
    let row = coefficient::row_of(belief);
    Coefficient::all()
        .zip(row)
        .map(|(coefficient, value)| (coefficient, Hazard::new(value).unwrap_or_default()))
        .collect()
}

/// The belief that ignores every state: one rate of each cause, the same for all.
pub fn constant(history: &[Observation]) -> RiskBelief {
    let count = |outcome: Outcome| history.iter().filter(|row| row.outcome == outcome).count() as f64;
    let all = (history.len() as f64).max(1.0);
    let cancelled = (all - count(Outcome::Departed)).clamp(0.0, all - 0.5);
    let total = -(1.0 - cancelled / all).ln();
    let share = |outcome: Outcome| if cancelled > 0.0 { total * count(outcome) / cancelled } else { 0.0 };
    let mut row: Row = [0.0; COUNT];
    for measure in 0..MEASURES {
        row[measure * TYPES] = share(Outcome::NoShow);
        row[measure * TYPES + 2] = share(Outcome::Procedure);
    }
    // Preparation has no hazard of its own where the file is complete; as one rate for all it goes with the other causes.
    row[COUNT - 2] = share(Outcome::Preparation) + share(Outcome::Other);
    row[COUNT - 1] = row[COUNT - 2];
    belief_of(&row)
}

/// Every hazard a little above zero, at the level of the whole history.
fn start(cells: &[Cell]) -> Row {
    let all: f64 = cells.iter().map(Cell::total).sum();
    let rate = |at: usize| cells.iter().map(|cell| cell.counts[at]).sum::<f64>().max(0.5) / all.max(1.0);
    let mut row: Row = [0.0; COUNT];
    for measure in 0..MEASURES {
        let first = measure * TYPES;
        row[first..first + TYPES].copy_from_slice(&[rate(1) / 2.0, rate(1) / 20.0, rate(2) / 2.0, rate(2) / 20.0]);
    }
    row[COUNT - 5..].copy_from_slice(&[rate(3), rate(3), rate(3), rate(4), rate(4)]);
    row
}

/// A history, ready to be fitted.
#[derive(Clone, Debug)]
struct Data {
    cells: Vec<Cell>,
    exposures: Row,
}

impl Data {
    /// The row with at least half an event of every hazard in it.
    fn steady(&self, row: &Row) -> Row {
        std::array::from_fn(|at| row[at].max(0.5 / self.exposures[at].max(1.0)))
    }

    /// The estimates: pooled as much as the history itself says.
    fn estimate(&self) -> Row {
        let start = start(&self.cells);
        let mut row = self.maximise(start, &Pool::wide(&start));
        // The pool moves with the row; twice is enough for both to stand.
        for _ in 0..2 {
            row = self.maximise(row, &pooling::pool(&row, &self.slope(&row)));
        }
        row
    }

    fn slope(&self, row: &Row) -> Slope {
        slope(&self.cells, row, &self.steady(row))
    }

    /// The row with the highest likelihood and density under the pool, by Fisher scoring with steps that stop short of zero.
    fn maximise(&self, start: Row, pool: &Pool) -> Row {
        let worth = |row: &Row| log_likelihood(&self.cells, row) + pool.log_density(row);
        // A hazard at zero would stay there; it starts from half an event.
        let mut row = self.steady(&start);
        let mut value = worth(&row);
        for _ in 0..STEPS {
            let mut at = self.slope(&row);
            pool.add_to(&row, &mut at);
            let Some((next, better)) = step(&row, value, &at, &worth) else { break };
            let gained = better - value;
            (row, value) = (next, better);
            if gained < SETTLED {
                break;
            }
        }
        row.map(|value| if value < NOTHING { 0.0 } else { value })
    }
}

/// One step to a better row; none when there is none within reach.
fn step(row: &Row, value: f64, at: &Slope, worth: &dyn Fn(&Row) -> f64) -> Option<(Row, f64)> {
    let free: Vec<usize> = (0..COUNT).filter(|&k| row[k] > NOTHING || at.score[k] > 0.0).collect();
    let score: Vec<f64> = free.iter().map(|&k| at.score[k]).collect();
    let move_by = at.information.part(&free).cholesky().solve(&score);
    let mut share = 1.0;
    while share > 1e-6 {
        let mut next = *row;
        for (&k, by) in free.iter().zip(&move_by) {
            next[k] = (row[k] + share * by).max(NEAR_ZERO * row[k]);
        }
        let better = worth(&next);
        if better > value {
            return Some((next, better));
        }
        share /= 2.0;
    }
    None
}

fn hazard(value: f64) -> Hazard {
    Hazard::new(value.max(0.0)).unwrap_or_default()
}

/// The interval of a sum of hazards, made to hold its fitted value: that leans on other measures and may lie outside. Where all
/// that is not rejected lies below zero, zero to the fitted value.
fn holding(unpooled: &Unpooled, sum: Sum<'_>, value: f64) -> (Hazard, Hazard) {
    let (low, high) = unpooled.interval(sum).unwrap_or((0.0, 0.0));
    (hazard(low.min(value)), hazard(high.max(value)))
}

fn estimates(row: &Row, covariance: &Matrix, unpooled: &Unpooled) -> Vec<Estimate> {
    let estimate = |(at, coefficient): (usize, Coefficient)| {
        let (low, high) = holding(unpooled, &[(at, 1.0)], row[at]);
        let standard_error = hazard(covariance.get(at, at).max(0.0).sqrt());
        Estimate { coefficient, value: hazard(row[at]), standard_error, low, high }
    };
    Coefficient::all().enumerate().map(estimate).collect()
}

impl Fit {
    /// Hazard of absence (or of a new procedure) under a measure, over days of notice.
    pub fn band(&self, measure: Measure, procedure: bool, days: impl Iterator<Item = f64>) -> Vec<BandPoint> {
        let first = measure_index(measure) * TYPES + if procedure { 2 } else { 0 };
        let (base, per_day) = (self.estimates[first].value.get(), self.estimates[first + 1].value.get());
        days.map(|days| {
            let value = base + per_day * days;
            let (low, high) = holding(&self.unpooled, &[(first, 1.0), (first + 1, days)], value);
            BandPoint { days, value: hazard(value), low, high }
        })
        .collect()
    }
}
