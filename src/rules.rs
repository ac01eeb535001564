//! Every rule, cost and risk parameter as typed values; their defaults, units, sources and dates stand in one table,
//! [`PARAMETERS`]. A change of law is a new dated row there, not a change of code; `week.toml` may set any for one run.

mod parameters;

use crate::units::{Euro, Hazard, Hours, Minutes};
use crate::week::Measure;
use chrono::NaiveDate;
use std::collections::BTreeMap;

pub use parameters::{Dated, PARAMETERS, Parameter, REPORTED_NOTICE, Unit, parameter};

/// Everything that may be set for a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// `[rules]`.
    pub rules: Rules,
    /// `[costs]`.
    pub costs: Costs,
    /// `[risk]`.
    pub risk: RiskBelief,
    /// `[changes]`.
    pub changes: ChangeCosts,
}

/// Legal and operational parameters in force (sections 2 to 6 of the specification).
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Notice before departure.
    pub notice_min: Hours,
    /// A longer notice for some measures.
    pub notice_min_for: BTreeMap<Measure, Hours>,
    /// Office hours between notice and departure.
    pub notice_office: Hours,
    /// Documents must hold this long after arrival.
    pub document_margin: Hours,
    /// Availability must cover this long before departure.
    pub availability_cover: Hours,
    /// Availability must be confirmed within this long before now.
    pub availability_max_age: Hours,
    /// Shortest connection.
    pub connection_min: Minutes,
    /// Escorts report this long before departure.
    pub briefing: Minutes,
    /// Handover after arrival.
    pub handover: Minutes,
    /// Escorts check in this long before the flight home.
    pub return_checkin: Minutes,
    /// Debrief after coming home.
    pub debrief: Minutes,
    /// Longest duty that turns around without a rest.
    pub turnaround_max: Hours,
    /// Rest between duties, and before a flight home that is no turnaround.
    pub rest: Hours,
    /// Drop-off at the airport at least this long before departure.
    pub checkin_min: Minutes,
    /// Drop-off at the airport at most this long before departure.
    pub checkin_max: Minutes,
    /// Loading at pickup.
    pub load: Minutes,
    /// Unloading at drop-off.
    pub unload: Minutes,
    /// Detour allowed on top of the direct drive.
    pub max_detour: Minutes,
}

/// Costs and values (section 7).
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    /// Worth of one person's realised departure.
    pub departure_value: Euro,
    /// Per escort hour.
    pub escort_hour: Euro,
    /// Per escort with at least one duty.
    pub escort_used: Euro,
    /// Per transfer that is not driven.
    pub unmet_transfer: Euro,
    /// Per place of a fixed duty that is not filled.
    pub unmet_duty: Euro,
}

/// Hazards of one measure (section 7).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeasureHazard {
    /// a: absence, whatever the notice.
    pub base: Hazard,
    /// b: absence per day of notice.
    pub per_day: Hazard,
    /// u: a new procedure, whatever the notice.
    pub procedure_base: Hazard,
    /// v: a new procedure per day of notice.
    pub procedure_per_day: Hazard,
}

/// Whether the objective uses the computed p.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskUse {
    /// p weighs the objective.
    Hazards,
    /// Every p in the objective is 1; the printed p stays as computed (`use = "none"`).
    None,
}

/// Beliefs about cancellation (section 7); assumptions until fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskBelief {
    /// Whether they weigh the objective.
    pub usage: RiskUse,
    /// Hazards of every measure.
    pub measures: BTreeMap<Measure, MeasureHazard>,
    /// Belongings not known.
    pub belongings: Hazard,
    /// Physical state not known.
    pub physical: Hazard,
    /// Medical file not complete.
    pub medical: Hazard,
    /// Other causes, with escorts.
    pub escorted: Hazard,
    /// Other causes, without escorts.
    pub unescorted: Hazard,
}

/// Costs of changing a plan under way (section 10).
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeCosts {
    /// A noticed or booked case taken off its legs.
    pub flight_noticed: Euro,
    /// An escort added to or removed from a published duty within 72 hours.
    pub escort_changed: Euro,
    /// A published ride whose shift changes or whose pickup moves more than 30 minutes.
    pub ride_changed: Euro,
}

impl Rules {
    /// The rules in force on a date, without longer notice for any measure.
    pub fn in_force(on: NaiveDate) -> Self {
        Parameters::in_force(on).rules
    }

    /// Notice before departure for a measure: the general one, or the longer one of that measure (section 3).
    pub fn notice_for(&self, measure: Measure) -> Hours {
        match self.notice_min_for.get(&measure) {
            Some(&longer) if longer > self.notice_min => longer,
            _ => self.notice_min,
        }
    }

    fn empty() -> Self {
        Self {
            notice_min: Hours::ZERO,
            notice_min_for: BTreeMap::new(),
            notice_office: Hours::ZERO,
            document_margin: Hours::ZERO,
            availability_cover: Hours::ZERO,
            availability_max_age: Hours::ZERO,
            connection_min: Minutes::ZERO,
            briefing: Minutes::ZERO,
            handover: Minutes::ZERO,
            return_checkin: Minutes::ZERO,
            debrief: Minutes::ZERO,
            turnaround_max: Hours::ZERO,
            rest: Hours::ZERO,
            checkin_min: Minutes::ZERO,
            checkin_max: Minutes::ZERO,
            load: Minutes::ZERO,
            unload: Minutes::ZERO,
            max_detour: Minutes::ZERO,
        }
    }
}

impl Costs {
    fn empty() -> Self {
        let zero = Euro::ZERO;
        Self { departure_value: zero, escort_hour: zero, escort_used: zero, unmet_transfer: zero, unmet_duty: zero }
    }
}

impl RiskBelief {
    fn empty() -> Self {
        let zero = Hazard::ZERO;
        Self {
            usage: RiskUse::Hazards,
            measures: BTreeMap::new(),
            belongings: zero,
            physical: zero,
            medical: zero,
            escorted: zero,
            unescorted: zero,
        }
    }
}

impl ChangeCosts {
    fn empty() -> Self {
        Self { flight_noticed: Euro::ZERO, escort_changed: Euro::ZERO, ride_changed: Euro::ZERO }
    }
}

impl Default for Costs {
    /// The costs of the newest rows of [`PARAMETERS`].
    fn default() -> Self {
        Parameters::in_force(NaiveDate::MAX).costs
    }
}

impl Default for RiskBelief {
    /// The beliefs of the newest rows of [`PARAMETERS`].
    fn default() -> Self {
        Parameters::in_force(NaiveDate::MAX).risk
    }
}

impl Default for ChangeCosts {
    /// The change costs of the newest rows of [`PARAMETERS`].
    fn default() -> Self {
        Parameters::in_force(NaiveDate::MAX).changes
    }
}
