//! Partial pooling: the hazards of one kind under all measures are drawn from one normal distribution whose mean and spread
//! are not known. The mean is integrated out, the spread by a grid with a flat prior on it (Gelman, 2006), so that standard
//! errors also carry what is not known of the pooling itself.

use super::coefficient::{COUNT, MEASURES, Row, TYPES};
use super::likelihood::Slope;
use super::matrix::Matrix;

/// Spreads that are tried, as shares of the largest hazard of the kind.
const SPREADS: [f64; 7] = [0.02, 0.06, 0.14, 0.28, 0.5, 0.9, 1.8];
/// Fewer of them, enough for the pool that estimates lean on.
const FEW: [f64; 4] = [0.03, 0.14, 0.5, 1.4];
/// Hazards of a kind are at least as large as this for the grid: base, per day, base, per day.
const SCALES: [f64; TYPES] = [0.02, 0.004, 0.02, 0.004];
const ALL: usize = COUNT + TYPES;
/// Weak knowledge beforehand, as standard deviations around zero: of the means of the kinds, and of each hazard that is not
/// pooled. It matters only where the history says nothing, such as notice that is always of one length.
pub(crate) const MEANS: [f64; TYPES] = [2.0, 0.5, 2.0, 0.5];
pub(crate) const SHARED: f64 = 1.0;

/// Mean and spread of each kind of hazard over the measures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pool {
    pub(crate) mean: [f64; TYPES],
    pub(crate) spread: [f64; TYPES],
}

impl Pool {
    /// Hardly any pooling, to start with.
    pub(crate) fn wide(row: &Row) -> Self {
        let kind = |kind: usize| largest(row, kind);
        let mean = std::array::from_fn(|at| kind(at) / 2.0);
        Self { mean, spread: std::array::from_fn(|at| 2.0 * kind(at)) }
    }

    /// Log density of a row.
    pub(crate) fn log_density(&self, row: &Row) -> f64 {
        let of = |at: usize| {
            let kind = at % TYPES;
            -0.5 * ((row[at] - self.mean[kind]) / self.spread[kind]).powi(2)
        };
        let shared = row[MEASURES * TYPES..].iter().map(|value| -0.5 * (value / SHARED).powi(2));
        (0..MEASURES * TYPES).map(of).sum::<f64>() + shared.sum::<f64>()
    }

    /// Adds its gradient and curvature.
    pub(crate) fn add_to(&self, row: &Row, slope: &mut Slope) {
        for (at, value) in row.iter().enumerate() {
            let (middle, spread) = match at {
                shared if shared >= MEASURES * TYPES => (0.0, SHARED),
                of_measure => (self.mean[of_measure % TYPES], self.spread[of_measure % TYPES]),
            };
            slope.score[at] -= (value - middle) / spread.powi(2);
            slope.information.add(at, at, spread.powi(-2));
        }
    }
}

fn largest(row: &Row, kind: usize) -> f64 {
    (0..MEASURES).map(|measure| row[measure * TYPES + kind]).fold(SCALES[kind], f64::max)
}

/// Covariance of the coefficients, from the likelihood around `row`: `slope` is of the likelihood alone.
pub(crate) fn covariance(row: &Row, slope: &Slope) -> Matrix {
    mix(slope, &weigh(row, slope, &SPREADS))
}

/// The pool alone, on a coarser grid.
pub(crate) fn pool(row: &Row, slope: &Slope) -> Pool {
    let weighed = weigh(row, slope, &FEW);
    let mut pool = Pool { mean: [0.0; TYPES], spread: [0.0; TYPES] };
    for (weight, point) in shares(&weighed) {
        for kind in 0..TYPES {
            pool.mean[kind] += weight * point.mean[COUNT + kind].max(0.0);
            pool.spread[kind] += weight * point.spread[kind];
        }
    }
    pool
}

/// One point of the grid: its log weight, the spreads, and the means of coefficients and pool means under them.
struct Point {
    log: f64,
    spread: [f64; TYPES],
    mean: Vec<f64>,
}

fn weigh(row: &Row, slope: &Slope, spreads: &[f64]) -> Vec<Point> {
    let linear: Vec<f64> = slope.information.times(row).iter().zip(&slope.score).map(|(a, b)| a + b).collect();
    let point = |spread: [f64; TYPES]| {
        let factor = precision(slope, &spread).cholesky();
        let mut b = linear.clone();
        b.resize(ALL, 0.0);
        let mean = factor.solve(&b);
        let fit: f64 = mean.iter().zip(&b).map(|(m, b)| m * b).sum();
        // The density of the hazards around their means; then flat on the spread, on a grid that is even in its logarithm.
        let prior: f64 = spread.iter().map(|s| (1.0 - MEASURES as f64) * s.ln()).sum();
        Point { log: prior - 0.5 * factor.log_determinant() + 0.5 * fit, spread, mean }
    };
    grid(row, spreads).into_iter().map(point).collect()
}

/// The points that weigh something, with their share.
fn shares(weighed: &[Point]) -> impl Iterator<Item = (f64, &Point)> {
    let best = weighed.iter().map(|point| point.log).fold(f64::NEG_INFINITY, f64::max);
    // Points with less than a thousandth of the best weight change nothing that is printed.
    let kept = move |point: &&Point| point.log - best > -7.0;
    let total: f64 = weighed.iter().filter(kept).map(|point| (point.log - best).exp()).sum();
    weighed.iter().filter(kept).map(move |point| ((point.log - best).exp() / total, point))
}

fn grid(row: &Row, spreads: &[f64]) -> Vec<[f64; TYPES]> {
    let mut grid = vec![[0.0; TYPES]];
    for kind in 0..TYPES {
        let scale = largest(row, kind);
        let with = |known: [f64; TYPES]| {
            spreads.iter().map(move |share| {
                let mut next = known;
                next[kind] = share * scale;
                next
            })
        };
        grid = grid.into_iter().flat_map(with).collect();
    }
    grid
}

/// Precision of coefficients and pool means together.
fn precision(slope: &Slope, spread: &[f64; TYPES]) -> Matrix {
    let mut precision = Matrix::new(ALL);
    for row in 0..COUNT {
        for column in 0..COUNT {
            precision.set(row, column, slope.information.get(row, column));
        }
    }
    (0..TYPES).for_each(|kind| precision.add(COUNT + kind, COUNT + kind, MEANS[kind].powi(-2)));
    (MEASURES * TYPES..COUNT).for_each(|at| precision.add(at, at, SHARED.powi(-2)));
    for at in 0..MEASURES * TYPES {
        let (kind, own) = (at % TYPES, spread[at % TYPES].powi(-2));
        precision.add(at, at, own);
        precision.add(COUNT + kind, COUNT + kind, own);
        precision.add(at, COUNT + kind, -own);
        precision.add(COUNT + kind, at, -own);
    }
    precision
}

/// The covariance of the mixture over the grid.
fn mix(slope: &Slope, weighed: &[Point]) -> Matrix {
    let mut middle = [0.0; COUNT];
    for (weight, point) in shares(weighed) {
        middle.iter_mut().zip(&point.mean).for_each(|(sum, mean)| *sum += weight * mean);
    }
    let mut covariance = Matrix::new(COUNT);
    for (weight, point) in shares(weighed) {
        let inverse = precision(slope, &point.spread).cholesky().inverse();
        for row in 0..COUNT {
            for column in 0..COUNT {
                let apart = (point.mean[row] - middle[row]) * (point.mean[column] - middle[column]);
                covariance.add(row, column, weight * (inverse.get(row, column) + apart));
            }
        }
    }
    covariance
}
