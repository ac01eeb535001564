//! Proper scores: log loss, and the Brier score with its parts.

use super::{Scored, bins};
use crate::week::Outcome;

/// Chances closer to 0 or 1 than this count as this.
const EDGE: f64 = 1e-9;

/// The Brier score and its parts (Murphy, 1973; within groups: Stephenson, Coelho and Jolliffe, 2008):
/// score = reliability − resolution + uncertainty + within.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Brier {
    /// Mean squared distance of chance and ending.
    pub score: f64,
    /// How far the chances of a group are from what came of it; 0 is best.
    pub reliability: f64,
    /// How far what came of the groups lies apart; more is better.
    pub resolution: f64,
    /// Spread of the endings themselves; nothing can be done about it.
    pub uncertainty: f64,
    /// What the chances differ within their groups.
    pub within: f64,
}

/// Log loss of one forecast: going through or not.
pub(super) fn loss(row: &Scored) -> f64 {
    let p = row.p.get().clamp(EDGE, 1.0 - EDGE);
    if row.departed() { -p.ln() } else { -(1.0 - p).ln() }
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

/// Mean log loss of going through or not.
pub fn log_loss(rows: &[Scored]) -> f64 {
    mean(rows.iter().map(loss))
}

/// Mean log loss over going through and the four causes. A cause that was given no chance at all counts as one in a thousand.
pub fn cause_log_loss(rows: &[Scored]) -> f64 {
    let chance = |row: &Scored| match row.outcome {
        Outcome::Departed => row.p.get(),
        Outcome::NoShow => row.causes.no_show.get(),
        Outcome::Procedure => row.causes.procedure.get(),
        Outcome::Preparation => row.causes.preparation.get(),
        Outcome::Other => row.causes.other.get(),
    };
    mean(rows.iter().map(|row| -chance(row).max(1e-3).ln()))
}

/// The Brier score with its parts over ten groups.
pub fn brier(rows: &[Scored]) -> Brier {
    let all = (rows.len() as f64).max(1.0);
    let ended = |row: &Scored| f64::from(u8::from(row.departed()));
    let base = mean(rows.iter().map(ended));
    let score = mean(rows.iter().map(|row| (row.p.get() - ended(row)).powi(2)));
    let (mut reliability, mut resolution) = (0.0, 0.0);
    for bin in bins(rows) {
        let share = bin.departures as f64 / all;
        reliability += share * (bin.forecast.get() - bin.observed.get()).powi(2);
        resolution += share * (bin.observed.get() - base).powi(2);
    }
    let uncertainty = base * (1.0 - base);
    Brier { score, reliability, resolution, uncertainty, within: score - (reliability - resolution + uncertainty) }
}
