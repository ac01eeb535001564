//! The numbers that are fitted, in one row: base and per-day hazard of absence and of procedure for each measure, then
//! the parts of the file and the other causes.

use crate::risk::RiskState;
use crate::rules::{MeasureHazard, RiskBelief, RiskUse};
use crate::units::Hazard;
use crate::week::Measure;
use serde::Serialize;
use std::fmt;

/// Measures there are.
pub(crate) const MEASURES: usize = Measure::ALL.len();
/// Hazards of each measure: a, b, u, v.
pub(crate) const TYPES: usize = 4;
/// Numbers that are fitted.
pub(crate) const COUNT: usize = MEASURES * TYPES + 5;
const BELONGINGS: usize = MEASURES * TYPES;
const PHYSICAL: usize = BELONGINGS + 1;
const MEDICAL: usize = BELONGINGS + 2;
const ESCORTED: usize = BELONGINGS + 3;
const UNESCORTED: usize = BELONGINGS + 4;

/// What one fitted number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "String")]
pub enum Coefficient {
    /// a: absence under a measure, whatever the notice.
    Base(Measure),
    /// b: absence under a measure, per day of notice.
    PerDay(Measure),
    /// u: a new procedure, whatever the notice.
    ProcedureBase(Measure),
    /// v: a new procedure, per day of notice.
    ProcedurePerDay(Measure),
    /// Belongings not known.
    Belongings,
    /// Physical state not known.
    Physical,
    /// Medical file not complete.
    Medical,
    /// Other causes, with escorts.
    Escorted,
    /// Other causes, without.
    Unescorted,
}

impl Coefficient {
    /// Every one, in the order of the row.
    pub fn all() -> impl Iterator<Item = Self> {
        let of_measure =
            |&m: &Measure| [Self::Base(m), Self::PerDay(m), Self::ProcedureBase(m), Self::ProcedurePerDay(m)];
        let shared = [Self::Belongings, Self::Physical, Self::Medical, Self::Escorted, Self::Unescorted];
        Measure::ALL.iter().flat_map(of_measure).chain(shared)
    }

    /// Its measure, when it has one.
    pub fn measure(self) -> Option<Measure> {
        match self {
            Self::Base(m) | Self::PerDay(m) | Self::ProcedureBase(m) | Self::ProcedurePerDay(m) => Some(m),
            _ => None,
        }
    }
}

impl fmt::Display for Coefficient {
    /// Its key in `week.toml`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (measure, key) = match self {
            Self::Base(m) => (Some(m), "base"),
            Self::PerDay(m) => (Some(m), "per_day"),
            Self::ProcedureBase(m) => (Some(m), "procedure_base"),
            Self::ProcedurePerDay(m) => (Some(m), "procedure_per_day"),
            Self::Belongings => (None, "belongings"),
            Self::Physical => (None, "physical"),
            Self::Medical => (None, "medical"),
            Self::Escorted => (None, "escorted"),
            Self::Unescorted => (None, "unescorted"),
        };
        match measure {
            Some(measure) => write!(f, "risk.measure.{measure}.{key}"),
            None => write!(f, "risk.{key}"),
        }
    }
}

impl From<Coefficient> for String {
    fn from(coefficient: Coefficient) -> Self {
        coefficient.to_string()
    }
}

/// A value for each coefficient.
pub(crate) type Row = [f64; COUNT];

pub(crate) fn measure_index(measure: Measure) -> usize {
    Measure::ALL.iter().position(|&m| m == measure).unwrap_or(0)
}

/// A belief as a row.
pub(crate) fn row_of(belief: &RiskBelief) -> Row {
    let mut row = [0.0; COUNT];
    for (at, measure) in Measure::ALL.iter().enumerate() {
        if let Some(h) = belief.measures.get(measure) {
            let values = [h.base, h.per_day, h.procedure_base, h.procedure_per_day];
            values.iter().enumerate().for_each(|(kind, value)| row[at * TYPES + kind] = value.get());
        }
    }
    let shared = [belief.belongings, belief.physical, belief.medical, belief.escorted, belief.unescorted];
    shared.iter().enumerate().for_each(|(kind, value)| row[BELONGINGS + kind] = value.get());
    row
}

/// A row as a belief that weighs the objective.
pub(crate) fn belief_of(row: &Row) -> RiskBelief {
    let hazard = |at: usize| Hazard::new(row[at].max(0.0)).unwrap_or_default();
    let of_measure = |(at, &measure): (usize, &Measure)| {
        let first = at * TYPES;
        let hazards = MeasureHazard {
            base: hazard(first),
            per_day: hazard(first + 1),
            procedure_base: hazard(first + 2),
            procedure_per_day: hazard(first + 3),
        };
        (measure, hazards)
    };
    RiskBelief {
        usage: RiskUse::Hazards,
        measures: Measure::ALL.iter().enumerate().map(of_measure).collect(),
        belongings: hazard(BELONGINGS),
        physical: hazard(PHYSICAL),
        medical: hazard(MEDICAL),
        escorted: hazard(ESCORTED),
        unescorted: hazard(UNESCORTED),
    }
}

/// Coefficients that act on one state: position, cause (0 absence, 1 procedure, 2 preparation, 3 other) and exposure.
pub(crate) fn exposure(state: &RiskState) -> ([(usize, usize, f64); 8], usize) {
    let days = state.notice.get() / 24.0;
    let first = measure_index(state.measure) * TYPES;
    let other = if state.escorted { ESCORTED } else { UNESCORTED };
    let mut acting = [(0, 0, 0.0); 8];
    acting[..5].copy_from_slice(&[
        (first, 0, 1.0),
        (first + 1, 0, days),
        (first + 2, 1, 1.0),
        (first + 3, 1, days),
        (other, 3, 1.0),
    ]);
    let mut count = 5;
    let parts = [(state.file.belongings, BELONGINGS), (state.file.physical, PHYSICAL), (state.file.medical, MEDICAL)];
    for (_, at) in parts.into_iter().filter(|(known, _)| !known) {
        acting[count] = (at, 2, 1.0);
        count += 1;
    }
    (acting, count)
}
