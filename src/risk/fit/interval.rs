//! Intervals of the hazards of the measures: draws from what the history says of all hazards together, none of them below zero
//! (Gibbs sampling of a normal distribution cut off at zero: Geweke, 1991; Robert, 1995).
//!
//! Nothing is pooled here. An interval that leans on other measures is too wide where all are alike and too narrow for the
//! one that differs; one that rests on a measure's own departures covers as often as it says for each. The cut at zero matters: base
//! and per-day hazard are told apart badly, and each is bounded by the other being at least zero.

use super::coefficient::{COUNT, MEASURES, TYPES};
use super::likelihood::Slope;
use super::pooling::{MEANS, SHARED};
use super::{Row, measure_index};
use crate::dice::Dice;
use crate::week::Measure;

/// Sweeps over all hazards; those at the start are forgotten.
const SWEEPS: usize = 30_000;
const FORGOTTEN: usize = 500;
/// The same draws for the same history.
const SEED: u64 = 1;
/// What an interval holds.
const HELD: f64 = 0.95;

/// Draws of the hazards of the measures: a list for each.
#[derive(Clone, Debug)]
pub(crate) struct Draws(Vec<Vec<f64>>);

impl Draws {
    /// Draws from the likelihood around `row`, of which `slope` is the slope.
    pub(crate) fn new(row: &Row, slope: &Slope) -> Self {
        let linear: Vec<f64> = slope.information.times(row).iter().zip(&slope.score).map(|(a, b)| a + b).collect();
        // Weak knowledge beforehand, for hazards of which nothing was seen.
        let weak = |k: usize| if k < MEASURES * TYPES { MEANS[k % TYPES] } else { SHARED };
        let precisions: Vec<f64> = (0..COUNT).map(|k| slope.information.get(k, k) + weak(k).powi(-2)).collect();
        let mut dice = Dice::new(SEED);
        let mut at = *row;
        let mut draws: Vec<Vec<f64>> = (0..MEASURES * TYPES).map(|_| Vec::with_capacity(SWEEPS)).collect();
        for sweep in 0..SWEEPS + FORGOTTEN {
            for k in 0..COUNT {
                let all: f64 = slope.information.row(k).iter().zip(&at).map(|(a, b)| a * b).sum();
                let others = all - slope.information.get(k, k) * at[k];
                at[k] = above_zero(&mut dice, (linear[k] - others) / precisions[k], precisions[k].powf(-0.5));
            }
            if sweep >= FORGOTTEN {
                draws.iter_mut().zip(&at).for_each(|(draws, value)| draws.push(*value));
            }
        }
        Self(draws)
    }

    /// The interval of a hazard; none for those that all measures share.
    pub(crate) fn interval(&self, at: usize) -> Option<(f64, f64)> {
        self.0.get(at).map(|draws| shortest(draws.clone()))
    }

    /// The interval of absence (or of a new procedure) under a measure at so many days of notice.
    pub(crate) fn at_days(&self, measure: Measure, procedure: bool, days: f64) -> (f64, f64) {
        let first = measure_index(measure) * TYPES + if procedure { 2 } else { 0 };
        match (self.0.get(first), self.0.get(first + 1)) {
            (Some(base), Some(per_day)) => shortest(base.iter().zip(per_day).map(|(a, b)| a + b * days).collect()),
            _ => (0.0, f64::MAX),
        }
    }
}

/// The shortest stretch that holds 95% of the draws: it begins at zero where zero is as likely as anything.
fn shortest(mut draws: Vec<f64>) -> (f64, f64) {
    draws.sort_unstable_by(f64::total_cmp);
    let held = (HELD * draws.len() as f64) as usize;
    let ends = draws.iter().zip(draws.iter().skip(held));
    let best = ends.min_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    best.map_or((0.0, f64::MAX), |(low, high)| (*low, *high))
}

/// A standard normal number (Box and Muller, 1958).
fn normal(dice: &mut Dice) -> f64 {
    (2.0 * dice.exponential()).sqrt() * (std::f64::consts::TAU * dice.unit()).cos()
}

/// A normal number, given that it is not below zero (Robert, 1995).
fn above_zero(dice: &mut Dice, mean: f64, deviation: f64) -> f64 {
    let least = -mean / deviation;
    // Below this a normal number is tried again until it fits; above it an exponential one fits more often.
    if least < 0.4 {
        loop {
            let draw = normal(dice);
            if draw >= least {
                return mean + deviation * draw;
            }
        }
    }
    let rate = (least + (least * least + 4.0).sqrt()) / 2.0;
    loop {
        let draw = least + dice.exponential() / rate;
        if dice.unit() <= (-0.5 * (draw - rate).powi(2)).exp() {
            return (mean + deviation * draw).max(0.0);
        }
    }
}
