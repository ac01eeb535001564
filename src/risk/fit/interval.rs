//! Intervals of the hazards: a value belongs to the 95% interval when a score test of that value does not reject it.
//!
//! What is tested rests on a measure's own departures: one step of scoring from the pooled fit, towards what the history
//! says without the pool and without the bound at zero. Cut off at zero before it is tested, or leaning on other measures, an
//! estimate is off by more for some truths than for others, and so is the coverage of its interval. The variance is that
//! at the value tested, as in the interval of Wilson (1927) for shares: a hazard with few events has a long upper side.

use super::coefficient::{COUNT, MEASURES, TYPES};
use super::likelihood::{Slope, slope};
use super::matrix::Cholesky;
use super::pooling::{MEANS, SHARED};
use super::{Data, Row, Z};

/// How far a hazard is moved to see its variance grow, in standard errors.
const MOVE: f64 = 0.1;

/// A sum of hazards: positions, and times that each counts.
pub(crate) type Sum<'a> = &'a [(usize, f64)];

/// What a history says of its hazards, without the pool.
#[derive(Clone, Debug)]
pub(crate) struct Unpooled {
    data: Data,
    /// The pooled fit, with at least half an event of each hazard: where the likelihood is taken as normal.
    around: Row,
    information: Cholesky,
    estimate: Row,
}

impl Unpooled {
    pub(crate) fn new(data: Data, fitted: &Row) -> Self {
        let around = data.steady(fitted);
        let slope = with_weak(slope(&data.cells, &around, &around), &around);
        let information = slope.information.cholesky();
        let step = information.solve(&slope.score);
        Self { data, around, information, estimate: std::array::from_fn(|at| around[at] + step[at]) }
    }

    /// The values of a sum of hazards that are not rejected; none when all that are not are below zero.
    pub(crate) fn interval(&self, sum: Sum<'_>) -> Option<(f64, f64)> {
        let along = self.information.solve(&as_row(sum));
        let variance = of(sum, &along);
        let by = MOVE * variance.sqrt();
        // Other hazards move along as the history would have them.
        let moved: Row = std::array::from_fn(|at| self.around[at] + by * along[at] / variance);
        let moved = self.data.steady(&moved);
        let there = with_weak(slope(&self.data.cells, &moved, &moved), &moved).information.cholesky();
        let growth = ((of(sum, &there.solve(&as_row(sum))) - variance) / by).max(0.0);
        // All x with (estimate - x)² ≤ z²·(variance + growth·(x - around)).
        let (estimate, around) = (of(sum, &self.estimate), of(sum, &self.around));
        let shift = Z * Z * growth / 2.0;
        let middle = estimate + shift;
        let half = (Z * Z * (variance + growth * (estimate - around)) + shift * shift).sqrt();
        // Not a number is also none.
        (middle + half >= 0.0).then_some((middle - half, middle + half))
    }
}

/// Weak knowledge beforehand, for hazards of which nothing was seen.
fn with_weak(mut slope: Slope, row: &Row) -> Slope {
    for (at, value) in row.iter().enumerate() {
        let deviation = if at < MEASURES * TYPES { MEANS[at % TYPES] } else { SHARED };
        let precision = deviation.powi(-2);
        slope.score[at] -= precision * value;
        slope.information.add(at, at, precision);
    }
    slope
}

fn as_row(sum: Sum<'_>) -> Row {
    let mut row = [0.0; COUNT];
    sum.iter().for_each(|&(at, times)| row[at] += times);
    row
}

fn of(sum: Sum<'_>, row: &[f64]) -> f64 {
    sum.iter().map(|&(at, times)| times * row[at]).sum()
}
