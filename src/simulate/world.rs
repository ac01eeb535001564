//! Worlds: what endings are drawn from. A world has parameters of its own, so that a wrong belief of the planner costs something.

use super::prepared::{PlannedHazards, early_hazards, planned_hazards};
use crate::plan::Plan;
use crate::rules::{MeasureHazard, RiskBelief, RiskUse};
use crate::units::{Hazard, Probability};
use crate::week::{Measure, Week};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How often a plan by hand is cancelled in the published figures of a year, and by what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Share of booked seats that was cancelled.
    pub cancelled: Probability,
    /// Of these, by absence, procedure, preparation and all other causes; they add up to one.
    pub causes: [f64; 4],
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
    /// What the plan by hand is to come to; none: the hazards are taken as they are.
    pub target: Option<Target>,
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

/// Names of the built-in worlds.
pub const BUILT_IN: [&str; 4] = ["2013", "2015", "2017", "2018"];

/// Ways in which causes share what was cancelled: of the nearly 3,000 of 2017, nearly 2,000 people were gone, 14% new procedures and
/// 5% poor preparation. The review does not say of what these are shares; they are read as shares of what was cancelled, and
/// what is left is other causes. No other year has causes; they take these.
const CAUSES: [f64; 4] = [0.67, 0.14, 0.05, 0.14];

/// A built-in world.
pub fn built_in(name: &str) -> Option<World> {
    let cancelled = match name {
        "2013" => 0.30,
        "2015" => 1_225.0 / 3_165.0,
        "2017" => 0.47,
        "2018" => 3_260.0 / 6_670.0,
        _ => return None,
    };
    let target = Target { cancelled: Probability::new(cancelled)?, causes: CAUSES };
    Some(World { name: name.to_owned(), target: Some(target), ..World::default() })
}

impl Default for World {
    /// Only the proportions of these hazards matter where a target sets the level.
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
            target: None,
        }
    }
}

/// Why a world file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// Not TOML, or a key or value it may not have.
    #[error("{0}")]
    Toml(String),
    /// A number outside its range.
    #[error("{key} = {value}: must be {allowed}")]
    Range {
        /// The key.
        key: String,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    name: Option<String>,
    reference_days: Option<f64>,
    carrier_refusal: Option<f64>,
    leg_cancelled: Option<f64>,
    delay: Option<f64>,
    last_call_minutes: Option<f64>,
    target: Option<TargetFile>,
    risk: RiskFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetFile {
    cancelled: f64,
    no_show: f64,
    procedure: f64,
    preparation: f64,
    other: f64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RiskFile {
    belongings: Option<f64>,
    physical: Option<f64>,
    medical: Option<f64>,
    escorted: Option<f64>,
    unescorted: Option<f64>,
    measure: BTreeMap<Measure, MeasureFile>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MeasureFile {
    base: Option<f64>,
    per_day: Option<f64>,
    procedure_base: Option<f64>,
    procedure_per_day: Option<f64>,
}

/// Reads a world from TOML: the keys of [`World`], its hazards as `[risk]` tables as in `week.toml`. What it does not set stays
/// as in the built-in worlds.
///
/// # Errors
/// [`WorldError`], with the key and what is allowed.
pub fn read_world(text: &str) -> Result<World, WorldError> {
    let file: File = toml::from_str(text).map_err(|error| WorldError::Toml(error.to_string()))?;
    let mut world = World { name: file.name.unwrap_or_else(|| "file".to_owned()), ..World::default() };
    let share = |key: &str, value: f64| {
        let range = || WorldError::Range { key: key.to_owned(), value, allowed: "a number of 0 to 1" };
        Probability::new(value).ok_or_else(range)
    };
    let number = |key: &str, value: f64| {
        let range = || WorldError::Range { key: key.to_owned(), value, allowed: "a number of at least 0" };
        Hazard::new(value).ok_or_else(range)
    };
    if let Some(value) = file.carrier_refusal {
        world.carrier_refusal = share("carrier_refusal", value)?;
    }
    if let Some(value) = file.leg_cancelled {
        world.leg_cancelled = share("leg_cancelled", value)?;
    }
    if let Some(value) = file.delay {
        world.delay = number("delay", value)?.get();
    }
    if let Some(value) = file.last_call_minutes {
        world.last_call = number("last_call_minutes", value)?.get();
    }
    if let Some(value) = file.reference_days {
        world.reference_days = Some(number("reference_days", value)?.get());
    }
    if let Some(TargetFile { cancelled, no_show, procedure, preparation, other }) = file.target {
        let causes = [no_show, procedure, preparation, other];
        for (key, value) in ["no_show", "procedure", "preparation", "other"].into_iter().zip(causes) {
            share(&format!("target.{key}"), value)?;
        }
        let sum: f64 = causes.iter().sum();
        if (sum - 1.0).abs() > 1e-6 {
            let allowed = "shares of what is cancelled that add up to 1";
            return Err(WorldError::Range {
                key: "target.no_show + procedure + preparation + other".to_owned(),
                value: sum,
                allowed,
            });
        }
        world.target = Some(Target { cancelled: share("target.cancelled", cancelled)?, causes });
    }
    let shared = [
        ("risk.belongings", file.risk.belongings, &mut world.hazards.belongings),
        ("risk.physical", file.risk.physical, &mut world.hazards.physical),
        ("risk.medical", file.risk.medical, &mut world.hazards.medical),
        ("risk.escorted", file.risk.escorted, &mut world.hazards.escorted),
        ("risk.unescorted", file.risk.unescorted, &mut world.hazards.unescorted),
    ];
    for (key, value, field) in shared {
        if let Some(value) = value {
            *field = number(key, value)?;
        }
    }
    for (measure, of_file) in &file.risk.measure {
        let of = world.hazards.measures.entry(*measure).or_default();
        let values = [
            ("base", of_file.base, &mut of.base),
            ("per_day", of_file.per_day, &mut of.per_day),
            ("procedure_base", of_file.procedure_base, &mut of.procedure_base),
            ("procedure_per_day", of_file.procedure_per_day, &mut of.procedure_per_day),
        ];
        for (key, value, field) in values {
            if let Some(value) = value {
                *field = number(&format!("risk.measure.{measure}.{key}"), value)?;
            }
        }
    }
    Ok(world)
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

impl World {
    /// The world for a week: with a target, the hazards are scaled until the plan by hand is expected to come to it.
    pub fn calibrated(&self, week: &Week, by_hand: &Plan, notice_share: Probability) -> Calibrated {
        let departures = planned_hazards(week, by_hand);
        let persons: f64 = departures.iter().map(|departure| departure.persons).sum();
        let days: f64 = departures.iter().map(|d| d.persons * d.state.notice.get() / 24.0).sum();
        let mean = if persons > 0.0 { days / persons } else { 7.0 };
        let mut calibrated = Calibrated {
            world: self.clone(),
            notice_share,
            reference_days: self.reference_days.unwrap_or(mean),
            factors: [1.0; 4],
        };
        let Some(target) = self.target.filter(|_| persons > 0.0) else { return calibrated };
        // First the causes, over every case that could depart: a plan by hand of a handful of cases says little about them.
        let all = early_hazards(week);
        for _ in 0..200 {
            let (by_cause, on_the_day) = calibrated.expected(if all.is_empty() { &departures } else { &all });
            calibrated.towards_causes(target, by_cause, on_the_day);
        }
        // Then one factor on all, so that the plan by hand comes to the published share.
        for _ in 0..200 {
            let (by_cause, on_the_day) = calibrated.expected(&departures);
            let borne: f64 = by_cause.iter().sum();
            let wanted = (target.cancelled.get() - on_the_day).max(0.0);
            if borne > 0.0 {
                let factor = (wanted / borne).clamp(0.2, 5.0);
                calibrated.factors.iter_mut().for_each(|known| *known = (*known * factor).clamp(0.0, 1_000.0));
            }
        }
        calibrated
    }
}

impl Calibrated {
    /// Shares of persons expected to be cancelled by each hazard, and on the day itself.
    fn expected(&self, departures: &[PlannedHazards]) -> ([f64; 4], f64) {
        let persons: f64 = departures.iter().map(|departure| departure.persons).sum();
        let (mut by_cause, mut on_the_day) = ([0.0; 4], 0.0);
        for departure in departures {
            let hazards = self.hazards(&departure.state);
            let total: f64 = hazards.iter().sum();
            let through = (-total).exp();
            let weight = departure.persons / persons;
            for (sum, hazard) in by_cause.iter_mut().zip(hazards) {
                *sum += if total > 0.0 { weight * (1.0 - through) * hazard / total } else { 0.0 };
            }
            on_the_day += weight * through * departure.lost_on_the_day(&self.world);
        }
        (by_cause, on_the_day)
    }

    /// One step towards the causes of the target. A cause that nothing bears (no file with unknown parts) leaves its share to the others.
    fn towards_causes(&mut self, target: Target, by_cause: [f64; 4], on_the_day: f64) {
        let cancelled = target.cancelled.get();
        let mut wanted = target.causes.map(|share| share * cancelled);
        wanted[3] = (wanted[3] - on_the_day).max(0.0);
        let borne: f64 = (0..4).filter(|&cause| by_cause[cause] > 0.0).map(|cause| wanted[cause]).sum();
        if borne <= 0.0 {
            return;
        }
        let stretch = (cancelled - on_the_day).max(0.0) / borne;
        for cause in (0..4).filter(|&cause| by_cause[cause] > 0.0) {
            let factor = self.factors[cause] * (wanted[cause] * stretch / by_cause[cause]).clamp(0.2, 5.0);
            self.factors[cause] = factor.clamp(0.0, 1_000.0);
        }
    }

    /// The table of assumptions, printed beside every result.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let world = &self.world;
        let line = |what, value, source| Assumption { what, value, source };
        let percent = |share: f64| format!("{:.1}%", 100.0 * share);
        let assumed = ["assumed", "aangenomen"];
        let mut lines = Vec::new();
        if let Some(target) = world.target {
            let published = [
                "published: 30% (2013), 1,225 of 3,165 seats (2015), nearly 3,000 of 6,300 (2017): policy review of return 2011-2017; 3,260 of 6,670 (2018): NRC, 4 July 2019. The counts include voluntary departures, and some who left earlier",
                "gepubliceerd: 30% (2013), 1.225 van 3.165 plaatsen (2015), bijna 3.000 van 6.300 (2017): beleidsdoorlichting terugkeer 2011-2017; 3.260 van 6.670 (2018): NRC, 4 juli 2019. Vrijwillig vertrek telt erin mee, en wie eerder vertrok",
            ];
            lines.push(line(
                ["cancelled, plan by hand", "uitgevallen, plan met de hand"],
                percent(target.cancelled.get()),
                published,
            ));
            let causes = [
                ["of these absent", "waarvan afwezig"],
                ["of these a new procedure", "waarvan een nieuwe procedure"],
                ["of these preparation", "waarvan voorbereiding"],
                ["of these all else", "waarvan al het andere"],
            ];
            let of_2017 = [
                "2017: nearly 2,000 gone, 14% procedures, 5% preparation, read as shares of what was cancelled (the review does not say); other years take the same",
                "2017: bijna 2.000 verdwenen, 14% procedures, 5% voorbereiding, gelezen als deel van wat uitviel (de doorlichting zegt het niet); andere jaren nemen hetzelfde",
            ];
            for (what, share) in causes.into_iter().zip(target.causes) {
                lines.push(line(what, percent(share), of_2017));
            }
            let level = [
                "set so that the plan by hand of this week comes to the above",
                "zo gezet dat het plan met de hand van deze week hierop uitkomt",
            ];
            let factors: Vec<String> = self.factors.iter().map(|factor| format!("{factor:.2}")).collect();
            lines.push(line(
                ["factors on the four hazards", "factoren op de vier uitvalrisico's"],
                factors.join(", "),
                level,
            ));
        }
        let unknown =
            ["not known: results are shown over 0 to 100%", "niet bekend: uitkomsten staan er voor 0 tot 100%"];
        lines.push(line(
            ["absence that notice causes", "afwezigheid door de aanzegging"],
            percent(self.notice_share.get()),
            unknown,
        ));
        let days = format!("{:.1}", self.reference_days);
        lines.push(line(
            ["days of notice at which that share changes nothing", "dagen aanzegging waarbij dat deel niets uitmaakt"],
            days,
            [
                "mean of the plan by hand, or the world file",
                "gemiddelde van het plan met de hand, of het wereldbestand",
            ],
        ));
        for (measure, hazards) in &world.hazards.measures {
            let value = format!("{measure}: {:.3}", hazards.base.get() + hazards.per_day.get() * self.reference_days);
            lines.push(line(["absence before the factor", "afwezigheid vóór de factor"], value, assumed));
        }
        lines.push(line(
            ["carrier refuses on the day", "vervoerder weigert op de dag zelf"],
            percent(world.carrier_refusal.get()),
            assumed,
        ));
        lines.push(line(["leg cancelled", "vlucht vervalt"], percent(world.leg_cancelled.get()), assumed));
        lines.push(line(
            ["mean delay of a ride, of its driving time", "gemiddelde vertraging van een rit, van de rijtijd"],
            percent(world.delay),
            assumed,
        ));
        lines.push(line(
            ["last call, minutes before departure", "laatste oproep, minuten voor vertrek"],
            format!("{:.0}", world.last_call),
            assumed,
        ));
        lines
    }
}
