//! The chance that a departure goes through, from the state of the process alone (section 7 of the specification).
//!
//! There is no field here for anything that a person is: the measure, the length of notice, what is known of the file
//! and whether escorts go along is all that a forecast may look at.

mod fit;
mod observation;
mod validate;

pub use fit::{BandPoint, Coefficient, Estimate, Fit, coefficients, constant, fit};
pub use observation::Observation;
pub use validate::{
    Against, Bin, Brier, Calibration, Interval, Scored, Step, Validation, Verdict, bins, brier, calibration,
    cause_log_loss, expected_calibration_error, log_loss, score, share, steps, validate,
};

use crate::rules::{RiskBelief, RiskUse};
use crate::units::{Hours, Probability};
use crate::week::{FileParts, Measure};

/// The state of the process that a forecast is made from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskState {
    /// The supervision measure.
    pub measure: Measure,
    /// From notice to the first departure; not rounded to days.
    pub notice: Hours,
    /// Parts of the file that are known.
    pub file: FileParts,
    /// Whether escorts of role escort go along (`escorts` > 0).
    pub escorted: bool,
}

/// Chances that a departure is cancelled, by cause; with p they add up to one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Causes {
    /// The person is not there.
    pub no_show: Probability,
    /// A new procedure.
    pub procedure: Probability,
    /// The file is incomplete.
    pub preparation: Probability,
    /// Anything else.
    pub other: Probability,
}

/// What is expected of a departure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// The chance that it goes through, as printed.
    pub p: Probability,
    /// The chances that it does not, by cause.
    pub causes: Causes,
}

impl Forecast {
    /// The p that weighs the objective: 1 when the run does not use hazards.
    pub fn weight(&self, usage: RiskUse) -> Probability {
        match usage {
            RiskUse::Hazards => self.p,
            RiskUse::None => Probability::ONE,
        }
    }
}

/// p = exp(−H), and the causes in proportion to their hazards (section 7 of the specification).
pub fn forecast(belief: &RiskBelief, state: &RiskState) -> Forecast {
    let days = state.notice.get() / 24.0;
    let (no_show, procedure) = belief.measures.get(&state.measure).map_or((0.0, 0.0), |m| {
        (m.base.get() + m.per_day.get() * days, m.procedure_base.get() + m.procedure_per_day.get() * days)
    });
    let unknown = |known: bool, hazard: crate::units::Hazard| if known { 0.0 } else { hazard.get() };
    let preparation = unknown(state.file.belongings, belief.belongings)
        + unknown(state.file.physical, belief.physical)
        + unknown(state.file.medical, belief.medical);
    let other = if state.escorted { belief.escorted.get() } else { belief.unescorted.get() };
    let total = no_show + procedure + preparation + other;
    let p = (-total).exp();
    let share = |hazard: f64| {
        let chance = if total > 0.0 { (1.0 - p) * hazard / total } else { 0.0 };
        Probability::new(chance).unwrap_or_default()
    };
    Forecast {
        p: Probability::new(p).unwrap_or_default(),
        causes: Causes {
            no_show: share(no_show),
            procedure: share(procedure),
            preparation: share(preparation),
            other: share(other),
        },
    }
}
