//! Rows with the same state are one cell with a count of each outcome: the likelihood is the same and quicker.

use super::coefficient::{exposure, measure_index};
use crate::risk::{Observation, RiskState};
use crate::units::Hours;
use crate::week::{FileParts, Outcome};
use std::collections::BTreeMap;

/// Notice is told apart to a twentieth of a day: at most 36 minutes off, which no hazard a day is precise enough to notice.
/// Forecasts round nothing.
const PARTS: f64 = 20.0;

/// Departures that share one state.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Coefficients that act: position, cause, exposure.
    pub(crate) acting: [(usize, usize, f64); 8],
    pub(crate) acts: usize,
    /// Departed, then cancelled by absence, procedure, preparation, other.
    pub(crate) counts: [f64; 5],
}

impl Cell {
    /// Departures in it.
    pub(crate) fn total(&self) -> f64 {
        self.counts.iter().sum()
    }
}

/// The cells of a history, and how many cancellations by preparation had a complete file. The model has no hazard for those
/// (section 7 of the specification lets preparation come from unknown parts alone); they count as other causes.
pub(crate) fn cells(history: &[Observation]) -> (Vec<Cell>, usize) {
    let mut cells: BTreeMap<(usize, u64, [bool; 4]), Cell> = BTreeMap::new();
    let mut moved = 0;
    for Observation { state, outcome, .. } in history {
        let RiskState { measure, notice, file: FileParts { belongings, physical, medical }, escorted } = *state;
        let twentieths = (notice.get() / 24.0 * PARTS).round();
        let key = (measure_index(measure), twentieths.to_bits(), [belongings, physical, medical, escorted]);
        let cell = cells.entry(key).or_insert_with(|| {
            let notice = Hours::new(twentieths / PARTS * 24.0).unwrap_or_default();
            let (acting, acts) = exposure(&RiskState { notice, ..*state });
            Cell { acting, acts, counts: [0.0; 5] }
        });
        let complete = belongings && physical && medical;
        let at = match outcome {
            Outcome::Departed => 0,
            Outcome::NoShow => 1,
            Outcome::Procedure => 2,
            Outcome::Preparation if !complete => 3,
            Outcome::Preparation => {
                moved += 1;
                4
            }
            Outcome::Other => 4,
        };
        cell.counts[at] += 1.0;
    }
    (cells.into_values().collect(), moved)
}
