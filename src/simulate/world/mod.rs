//! Worlds: what endings are drawn from. A world has parameters of its own, so that a wrong belief of the planner costs something.

mod assumptions;
mod file;
mod level;

pub use file::{WorldError, read_world};

use crate::rules::{MeasureHazard, RiskBelief, RiskUse};
use crate::units::{Hazard, Probability};
use crate::week::Measure;

/// How often a plan by hand is cancelled in the published figures of a year, and by what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Share of booked seats that was cancelled.
    pub cancelled: Probability,
    /// Of these, by absence, procedure, preparation and all other causes; they add up to one.
    pub causes: [f64; 4],
}

/// What sets how often departures are cancelled in a world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    /// Its hazards, taken as they are.
    Hazards,
    /// In every week anew: the hazards are scaled until the plan by hand of that week is expected to come to the target.
    EachWeek(Target),
    /// Once, over many weeks: the factors on absence, procedure, preparation and other hazards are the same in every week,
    /// and how near a week comes to the target is an outcome.
    Once(Target, [f64; 4]),
}

/// A world.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// Its name.
    pub name: String,
    /// The hazards at the reference notice; those a day of notice are of no account but for the share that notice causes.
    pub hazards: RiskBelief,
    /// Days of notice at which absence is what `hazards` say, whatever share notice causes; none: the mean of the plan by hand.
    pub reference_days: Option<f64>,
    /// The carrier refuses a case on the day.
    pub carrier_refusal: Probability,
    /// A leg is cancelled.
    pub leg_cancelled: Probability,
    /// Mean delay of a ride, as a share of the driving time up to the drop-off.
    pub delay: f64,
    /// Minutes before departure after which nobody is taken along.
    pub last_call: f64,
    /// How often departures are cancelled.
    pub level: Level,
}

/// One line of the table of assumptions.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// What, in English and Dutch.
    pub what: [&'static str; 2],
    /// The value, as text.
    pub value: String,
    /// Where it comes from, in English and Dutch.
    pub source: [&'static str; 2],
}

/// A world, ready for a week: every parameter is a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrated {
    /// The world.
    pub world: World,
    /// Share of absence that notice causes.
    pub notice_share: Probability,
    /// Days of notice at which absence is the same whatever that share.
    pub reference_days: f64,
    /// Factors on absence, procedure, preparation and other hazards.
    pub factors: [f64; 4],
}

/// Names of the built-in worlds: those set anew for each week, then those set once.
pub const BUILT_IN: [&str; 8] = ["2013", "2015", "2017", "2018", "2013-once", "2015-once", "2017-once", "2018-once"];

/// Ways in which causes share what was cancelled: of the nearly 3,000 of 2017, nearly 2,000 people were gone, 14% new procedures and
/// 5% poor preparation. The review does not say of what these are shares; they are read as shares of what was cancelled, and
/// what is left is other causes. No other year has causes; they take these.
const CAUSES: [f64; 4] = [0.67, 0.14, 0.05, 0.14];

/// Days of notice of the plan by hand, by person, over the weeks that the worlds are set on once.
const REFERENCE_DAYS: f64 = 5.47;

/// A built-in world. A bare year is set anew for each week. The numbers of those set once are what `cargo bench --bench worlds`
/// finds on 100 synthetic weeks of 260 cases, where half of the absence comes from notice; the command tries them on 100 others.
pub fn built_in(name: &str) -> Option<World> {
    let year = name.strip_suffix("-once");
    let (cancelled, factors) = match year.unwrap_or(name) {
        "2013" => (0.30, [1.449, 0.758, 0.741, 0.550]),
        "2015" => (1_225.0 / 3_165.0, [2.446, 1.105, 1.084, 0.975]),
        "2017" => (0.47, [4.052, 1.489, 1.465, 1.456]),
        "2018" => (3_260.0 / 6_670.0, [4.557, 1.578, 1.554, 1.570]),
        _ => return None,
    };
    let target = Target { cancelled: Probability::new(cancelled)?, causes: CAUSES };
    let (level, reference_days) = match year {
        Some(_) => (Level::Once(target, factors), Some(REFERENCE_DAYS)),
        None => (Level::EachWeek(target), None),
    };
    Some(World { name: name.to_owned(), reference_days, level, ..World::default() })
}

impl Default for World {
    /// Only the proportions of these hazards within a cause matter where factors set the level.
    fn default() -> Self {
        let hazard = |value: f64| Hazard::new(value).unwrap_or_default();
        let measure = |(measure, absence): (Measure, f64)| {
            let hazards = MeasureHazard {
                base: hazard(absence),
                per_day: Hazard::ZERO,
                procedure_base: hazard(0.09),
                procedure_per_day: Hazard::ZERO,
            };
            (measure, hazards)
        };
        let measures = [
            (Measure::Detention, 0.03),
            (Measure::FamilyClosed, 0.03),
            (Measure::Restricted, 0.90),
            (Measure::Family, 0.80),
            (Measure::Reporting, 0.90),
            (Measure::Bail, 0.60),
            (Measure::None, 1.20),
        ];
        Self {
            name: "default".to_owned(),
            hazards: RiskBelief {
                usage: RiskUse::Hazards,
                measures: measures.into_iter().map(measure).collect(),
                belongings: hazard(0.03),
                physical: hazard(0.02),
                medical: hazard(0.06),
                escorted: hazard(0.06),
                unescorted: hazard(0.08),
            },
            reference_days: None,
            carrier_refusal: Probability::new(0.01).unwrap_or_default(),
            leg_cancelled: Probability::new(0.01).unwrap_or_default(),
            delay: 0.15,
            last_call: 60.0,
            level: Level::Hazards,
        }
    }
}

impl Calibrated {
    /// Hazards of absence, procedure, preparation and other causes of one departure.
    pub(super) fn hazards(&self, state: &crate::risk::RiskState) -> [f64; 4] {
        let reference = self.reference_days.max(0.1);
        let days = state.notice.get() / 24.0;
        let belief = &self.world.hazards;
        let of = belief.measures.get(&state.measure).copied().unwrap_or_default();
        let share = self.notice_share.get();
        let absence = of.base.get() + of.per_day.get() * reference;
        let unknown = |known: bool, hazard: Hazard| if known { 0.0 } else { hazard.get() };
        let hazards = [
            absence * (1.0 - share + share * days / reference),
            of.procedure_base.get() + of.procedure_per_day.get() * days,
            unknown(state.file.belongings, belief.belongings)
                + unknown(state.file.physical, belief.physical)
                + unknown(state.file.medical, belief.medical),
            if state.escorted { belief.escorted.get() } else { belief.unescorted.get() },
        ];
        std::array::from_fn(|cause| hazards[cause] * self.factors[cause])
    }
}
