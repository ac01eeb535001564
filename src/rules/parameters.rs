//! The one table of parameters: key, unit, where it goes, and every value it has had with the date it holds from and
//! its source. A change of law is one more [`Dated`] row; `week.toml` may set any of them for one run.

use super::{ChangeCosts, Costs, Parameters, RiskBelief, Rules};
use crate::units::{Euro, Hazard, Hours, Minutes};
use crate::week::Measure;
use chrono::NaiveDate;

/// The unit of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Euro.
    Euro,
    /// A hazard: no unit.
    Hazard,
    /// A hazard for each day of notice.
    HazardPerDay,
}

/// A value and the date it holds from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dated {
    /// First day it holds on; the first row of a parameter holds before that day too.
    pub from: NaiveDate,
    /// The value, ≥ 0, in the unit of its parameter.
    pub value: f64,
    /// Law, guideline or section of the specification.
    pub source: &'static str,
}

/// One parameter that a week may set.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its place in `week.toml`, for example `rules.notice_min_hours`.
    pub key: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Its values, oldest first; never empty.
    pub values: &'static [Dated],
    /// Puts a value in its field.
    pub(crate) set: fn(&mut Parameters, f64),
    get: fn(&Parameters) -> f64,
}

impl Parameter {
    /// Its value in a set of parameters, in its unit.
    pub fn value(&self, of: &Parameters) -> f64 {
        (self.get)(of)
    }

    /// The row in force on a date; before the first row's date, the first row.
    pub fn in_force(&self, on: NaiveDate) -> Option<&'static Dated> {
        self.values.iter().rev().find(|row| row.from <= on).or(self.values.first())
    }
}

/// The parameter at this place of `week.toml`.
pub fn parameter(key: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|p| p.key == key)
}

/// A calendar date known to exist.
const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// Where the period starts that the specification's figures describe (policy review of return, 2011-2017). Values that
/// are a choice of the specification and not of a law carry it.
const SPECIFIED: NaiveDate = date(2011, 1, 1);

const fn specified(value: f64, source: &'static str) -> Dated {
    Dated { from: SPECIFIED, value, source }
}

const S3: &str = "specification section 3 (notice)";
const S2: &str = "specification section 2 (gates)";
const S4: &str = "specification section 4 (itineraries)";
const S5: &str = "specification section 5 (escorts)";
const S6: &str = "specification section 6 (rides)";
const S7: &str = "specification section 7 (objective)";
const ASSUMED: &str = "specification section 7; an assumption until fitted on history.csv";
const S10: &str = "specification section 10 (repair)";

/// Notice before departure. To enact another length, add a row below the last one, for example
/// `Dated { from: date(2020, 10, 1), value: 36.0, source: "<the amending decree>" }`, once its text has been seen.
const NOTICE: &[Dated] = &[specified(
    48.0,
    "specification section 3; policy review of return 2011-2017: DT&V must tell the person of the planned flight 48 hours \
     before departure. A non-governmental organisation reports that this became 36 hours in October 2020; no amending \
     decree was found, so 36 hours is not enacted here",
)];

/// A length of notice that is reported and not enacted here: no run uses it unless it is asked for, to see what it would do.
pub const REPORTED_NOTICE: Dated = Dated {
    from: date(2020, 10, 1),
    value: 36.0,
    source: "reported by a non-governmental organisation for October 2020; no amending decree was found",
};

/// Daily rest.
const REST: &[Dated] = &[Dated {
    from: date(2007, 4, 1),
    value: 11.0,
    source: "specification section 5; Arbeidstijdenwet article 5:3: 11 hours of unbroken rest in every 24",
}];

/// Where a parameter's value goes and is found: `field!(rules.rest, Hours)`, `hazard!(Detention.base)`.
macro_rules! field {
    ($room:ident.$field:ident, $unit:ident) => {
        (|p: &mut Parameters, v: f64| p.$room.$field = $unit::constant(v), |p: &Parameters| p.$room.$field.get())
    };
}
macro_rules! hazard {
    ($measure:ident.$field:ident) => {
        (
            |p: &mut Parameters, v: f64| {
                p.risk.measures.entry(Measure::$measure).or_default().$field = Hazard::constant(v)
            },
            |p: &Parameters| p.risk.measures.get(&Measure::$measure).map_or(0.0, |hazard| hazard.$field.get()),
        )
    };
}

macro_rules! parameters {
    ($($key:literal $unit:ident $values:expr => $access:expr;)+) => {
        /// Every parameter, in the order of the specification.
        pub const PARAMETERS: &[Parameter] =
            &[$(Parameter { key: $key, unit: Unit::$unit, values: $values, set: $access.0, get: $access.1 }),+];
    };
}

parameters! {
    "rules.notice_min_hours" Hours NOTICE => field!(rules.notice_min, Hours);
    "rules.notice_office_hours" Hours &[specified(8.0, S3)] => field!(rules.notice_office, Hours);
    "rules.document_margin_hours" Hours &[specified(24.0, S2)] => field!(rules.document_margin, Hours);
    "rules.availability_cover_hours" Hours &[specified(12.0, S2)] => field!(rules.availability_cover, Hours);
    "rules.availability_max_age_hours" Hours &[specified(168.0, S2)] => field!(rules.availability_max_age, Hours);
    "rules.connection_min_minutes" Minutes &[specified(90.0, S4)] => field!(rules.connection_min, Minutes);
    "rules.briefing_minutes" Minutes &[specified(180.0, S5)] => field!(rules.briefing, Minutes);
    "rules.handover_minutes" Minutes &[specified(60.0, S5)] => field!(rules.handover, Minutes);
    "rules.return_checkin_minutes" Minutes &[specified(90.0, S5)] => field!(rules.return_checkin, Minutes);
    "rules.debrief_minutes" Minutes &[specified(60.0, S5)] => field!(rules.debrief, Minutes);
    "rules.turnaround_max_hours" Hours &[specified(14.0, S5)] => field!(rules.turnaround_max, Hours);
    "rules.rest_hours" Hours REST => field!(rules.rest, Hours);
    "rules.checkin_min_minutes" Minutes &[specified(180.0, S6)] => field!(rules.checkin_min, Minutes);
    "rules.checkin_max_minutes" Minutes &[specified(360.0, S6)] => field!(rules.checkin_max, Minutes);
    "rules.load_minutes" Minutes &[specified(15.0, S6)] => field!(rules.load, Minutes);
    "rules.unload_minutes" Minutes &[specified(15.0, S6)] => field!(rules.unload, Minutes);
    "rules.max_detour_minutes" Minutes &[specified(45.0, S6)] => field!(rules.max_detour, Minutes);
    "costs.departure_value" Euro &[specified(10_000.0, S7)] => field!(costs.departure_value, Euro);
    "costs.escort_hour" Euro &[specified(45.0, S7)] => field!(costs.escort_hour, Euro);
    "costs.escort_used" Euro &[specified(0.0, S7)] => field!(costs.escort_used, Euro);
    "costs.unmet_transfer" Euro &[specified(20_000.0, S7)] => field!(costs.unmet_transfer, Euro);
    "costs.unmet_duty" Euro &[specified(20_000.0, S7)] => field!(costs.unmet_duty, Euro);
    "risk.measure.detention.base" Hazard &[specified(0.01, ASSUMED)] => hazard!(Detention.base);
    "risk.measure.detention.per_day" HazardPerDay &[specified(0.002, ASSUMED)] => hazard!(Detention.per_day);
    "risk.measure.detention.procedure_base" Hazard &[specified(0.05, ASSUMED)] => hazard!(Detention.procedure_base);
    "risk.measure.detention.procedure_per_day" HazardPerDay &[specified(0.02, ASSUMED)] => hazard!(Detention.procedure_per_day);
    "risk.measure.family_closed.base" Hazard &[specified(0.01, ASSUMED)] => hazard!(FamilyClosed.base);
    "risk.measure.family_closed.per_day" HazardPerDay &[specified(0.002, ASSUMED)] => hazard!(FamilyClosed.per_day);
    "risk.measure.family_closed.procedure_base" Hazard &[specified(0.05, ASSUMED)] => hazard!(FamilyClosed.procedure_base);
    "risk.measure.family_closed.procedure_per_day" HazardPerDay &[specified(0.02, ASSUMED)] => hazard!(FamilyClosed.procedure_per_day);
    "risk.measure.restricted.base" Hazard &[specified(0.25, ASSUMED)] => hazard!(Restricted.base);
    "risk.measure.restricted.per_day" HazardPerDay &[specified(0.10, ASSUMED)] => hazard!(Restricted.per_day);
    "risk.measure.restricted.procedure_base" Hazard &[specified(0.05, ASSUMED)] => hazard!(Restricted.procedure_base);
    "risk.measure.restricted.procedure_per_day" HazardPerDay &[specified(0.02, ASSUMED)] => hazard!(Restricted.procedure_per_day);
    "risk.measure.family.base" Hazard &[specified(0.30, ASSUMED)] => hazard!(Family.base);
    "risk.measure.family.per_day" HazardPerDay &[specified(0.10, ASSUMED)] => hazard!(Family.per_day);
    "risk.measure.family.procedure_base" Hazard &[specified(0.06, ASSUMED)] => hazard!(Family.procedure_base);
    "risk.measure.family.procedure_per_day" HazardPerDay &[specified(0.02, ASSUMED)] => hazard!(Family.procedure_per_day);
    "risk.measure.reporting.base" Hazard &[specified(0.25, ASSUMED)] => hazard!(Reporting.base);
    "risk.measure.reporting.per_day" HazardPerDay &[specified(0.12, ASSUMED)] => hazard!(Reporting.per_day);
    "risk.measure.reporting.procedure_base" Hazard &[specified(0.05, ASSUMED)] => hazard!(Reporting.procedure_base);
    "risk.measure.reporting.procedure_per_day" HazardPerDay &[specified(0.02, ASSUMED)] => hazard!(Reporting.procedure_per_day);
    "risk.measure.bail.base" Hazard &[specified(0.25, ASSUMED)] => hazard!(Bail.base);
    "risk.measure.bail.per_day" HazardPerDay &[specified(0.12, ASSUMED)] => hazard!(Bail.per_day);
    "risk.measure.bail.procedure_base" Hazard &[specified(0.05, ASSUMED)] => hazard!(Bail.procedure_base);
    "risk.measure.bail.procedure_per_day" HazardPerDay &[specified(0.02, ASSUMED)] => hazard!(Bail.procedure_per_day);
    "risk.measure.none.base" Hazard &[specified(0.40, ASSUMED)] => hazard!(None.base);
    "risk.measure.none.per_day" HazardPerDay &[specified(0.15, ASSUMED)] => hazard!(None.per_day);
    "risk.measure.none.procedure_base" Hazard &[specified(0.05, ASSUMED)] => hazard!(None.procedure_base);
    "risk.measure.none.procedure_per_day" HazardPerDay &[specified(0.02, ASSUMED)] => hazard!(None.procedure_per_day);
    "risk.belongings" Hazard &[specified(0.02, ASSUMED)] => field!(risk.belongings, Hazard);
    "risk.physical" Hazard &[specified(0.01, ASSUMED)] => field!(risk.physical, Hazard);
    "risk.medical" Hazard &[specified(0.05, ASSUMED)] => field!(risk.medical, Hazard);
    "risk.escorted" Hazard &[specified(0.02, ASSUMED)] => field!(risk.escorted, Hazard);
    "risk.unescorted" Hazard &[specified(0.04, ASSUMED)] => field!(risk.unescorted, Hazard);
    "changes.flight_noticed" Euro &[specified(3_000.0, S10)] => field!(changes.flight_noticed, Euro);
    "changes.escort_changed" Euro &[specified(150.0, S10)] => field!(changes.escort_changed, Euro);
    "changes.ride_changed" Euro &[specified(25.0, S10)] => field!(changes.ride_changed, Euro);
}

impl Parameters {
    /// Every parameter at the value in force on a date.
    pub fn in_force(on: NaiveDate) -> Self {
        let mut parameters = Self {
            rules: Rules::empty(),
            costs: Costs::empty(),
            risk: RiskBelief::empty(),
            changes: ChangeCosts::empty(),
        };
        for parameter in PARAMETERS {
            if let Some(row) = parameter.in_force(on) {
                (parameter.set)(&mut parameters, row.value);
            }
        }
        parameters
    }
}
