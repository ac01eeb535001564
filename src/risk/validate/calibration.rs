//! Whether chances mean what they say: groups of equal size, expected calibration error, slope and intercept.

use super::Scored;
use crate::dice::Dice;
use crate::risk::fit::Z;
use crate::units::Probability;
use serde::Serialize;

/// Groups of a reliability diagram.
const GROUPS: usize = 10;
/// Resamples of the bootstrap.
const RESAMPLES: usize = 200;

/// A value with its 95% interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// One group of departures with chances alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Departures in it.
    pub departures: usize,
    /// Mean chance of going through.
    pub forecast: Probability,
    /// Share that went through.
    pub observed: Probability,
    /// Lower end of that share's 95% interval (Wilson, 1927).
    pub low: Probability,
    /// Upper end.
    pub high: Probability,
}

/// Logistic recalibration (Cox, 1958): 1 and 0 are perfect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// Slope of the endings on the log odds; below 1 the chances are too extreme.
    pub slope: Interval,
    /// Intercept with the slope held at 1; above 0 more went through than was said.
    pub intercept: Interval,
}

/// The 95% interval of a share (Wilson, 1927).
pub fn share(hits: usize, of: usize) -> (Probability, Probability, Probability) {
    let n = (of as f64).max(1.0);
    let p = hits as f64 / n;
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let chance = |value: f64| Probability::new(value.clamp(0.0, 1.0)).unwrap_or_default();
    (chance(p), chance(middle - half), chance(middle + half))
}

/// Positions of the rows in groups of equal size, lowest chances first; rows with the same chance stay together.
fn groups(rows: &[Scored]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| rows[a].p.get().total_cmp(&rows[b].p.get()).then(a.cmp(&b)));
    let size = rows.len().div_ceil(GROUPS).max(1);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in order {
        match groups.last_mut() {
            Some(group) if group.len() < size || group.last().is_some_and(|&last| rows[last].p == rows[at].p) => {
                group.push(at);
            }
            _ => groups.push(vec![at]),
        }
    }
    groups
}

/// The groups of a reliability diagram.
pub fn bins(rows: &[Scored]) -> Vec<Bin> {
    let bin = |group: &Vec<usize>| {
        let sum: f64 = group.iter().map(|&at| rows[at].p.get()).sum();
        let (observed, low, high) = share(group.iter().filter(|&&at| rows[at].departed()).count(), group.len());
        let forecast = Probability::new((sum / group.len() as f64).clamp(0.0, 1.0)).unwrap_or_default();
        Bin { departures: group.len(), forecast, observed, low, high }
    };
    groups(rows).iter().map(bin).collect()
}

/// Mean distance of chance and share over the groups.
fn error(groups: &[Vec<(f64, bool)>]) -> f64 {
    let all: usize = groups.iter().map(Vec::len).sum();
    let of_group = |group: &Vec<(f64, bool)>| {
        let apart: f64 = group.iter().map(|(p, departed)| p - f64::from(u8::from(*departed))).sum();
        apart.abs()
    };
    groups.iter().map(of_group).sum::<f64>() / (all as f64).max(1.0)
}

fn paired(rows: &[Scored]) -> Vec<Vec<(f64, bool)>> {
    let pair = |&at: &usize| (rows[at].p.get(), rows[at].departed());
    groups(rows).iter().map(|group| group.iter().map(pair).collect()).collect()
}

/// Expected calibration error over ten groups, with a bootstrap interval.
pub fn expected_calibration_error(rows: &[Scored]) -> Interval {
    let groups = paired(rows);
    let mut dice = Dice::new(1);
    let mut errors: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let again = |group: &Vec<(f64, bool)>| (0..group.len()).map(|_| group[dice.index(group.len())]).collect();
            error(&groups.iter().map(again).collect::<Vec<_>>())
        })
        .collect();
    errors.sort_by(f64::total_cmp);
    let quantile = |share: f64| errors[((RESAMPLES as f64 * share) as usize).min(RESAMPLES - 1)];
    let value = error(&groups);
    Interval { value, low: quantile(0.025).min(value), high: quantile(0.975).max(value) }
}

/// The error of forecasts without fault: endings are drawn from the chances themselves.
pub(super) fn error_by_chance(rows: &[Scored]) -> f64 {
    let groups = paired(rows);
    let mut dice = Dice::new(2);
    let drawn = |_| {
        let again = |group: &Vec<(f64, bool)>| group.iter().map(|&(p, _)| (p, dice.unit() < p)).collect();
        error(&groups.iter().map(again).collect::<Vec<_>>())
    };
    (0..RESAMPLES).map(drawn).sum::<f64>() / RESAMPLES as f64
}

/// Slope and intercept; none when the chances or the endings are all the same.
pub fn calibration(rows: &[Scored]) -> Option<Calibration> {
    let odds = |row: &Scored| {
        let p = row.p.get().clamp(1e-6, 1.0 - 1e-6);
        ((p / (1.0 - p)).ln(), f64::from(u8::from(row.departed())))
    };
    let points: Vec<(f64, f64)> = rows.iter().map(odds).collect();
    let (first, ended) = points.first()?;
    if points.iter().all(|(x, _)| x == first) || points.iter().all(|(_, y)| y == ended) {
        return None;
    }
    let (slope, slope_error) = logistic(&points)?;
    let (intercept, intercept_error) = offset(&points)?;
    let interval = |value: f64, error: f64| Interval { value, low: value - Z * error, high: value + Z * error };
    Some(Calibration { slope: interval(slope, slope_error), intercept: interval(intercept, intercept_error) })
}

fn odds_to_chance(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Slope of a logistic regression with intercept, and its standard error.
fn logistic(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let (mut a, mut b) = (0.0, 1.0);
    for _ in 0..100 {
        let mut sums = [0.0; 5];
        for &(x, y) in points {
            let p = odds_to_chance(a + b * x);
            let w = p * (1.0 - p);
            let parts = [y - p, (y - p) * x, w, w * x, w * x * x];
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        let [ga, gb, aa, ab, bb] = sums;
        let det = aa * bb - ab * ab;
        if !(det.is_finite() && det > 1e-12) {
            return None;
        }
        let (da, db) = ((bb * ga - ab * gb) / det, (aa * gb - ab * ga) / det);
        (a, b) = (a + da.clamp(-2.0, 2.0), b + db.clamp(-2.0, 2.0));
        if da.abs() + db.abs() < 1e-10 {
            return Some((b, (aa / det).sqrt()));
        }
    }
    None
}

/// Intercept with the slope held at 1, and its standard error.
fn offset(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut a = 0.0;
    for _ in 0..100 {
        let (mut gradient, mut weight) = (0.0, 0.0);
        for &(x, y) in points {
            let p = odds_to_chance(a + x);
            gradient += y - p;
            weight += p * (1.0 - p);
        }
        if weight < 1e-9 {
            return None;
        }
        a += (gradient / weight).clamp(-2.0, 2.0);
        if (gradient / weight).abs() < 1e-10 {
            return Some((a, weight.sqrt().recip()));
        }
    }
    None
}
