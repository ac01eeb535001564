//! A world from a file.

use super::{Level, Target, World};
use crate::units::{Hazard, Probability};
use crate::week::Measure;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Why a world file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// Not TOML, or a key or value it may not have.
    #[error("{0}")]
    Toml(String),
    /// A number outside its range.
    #[error("{key} = {value}: must be {}", .allowed[0])]
    Range {
        /// The key.
        key: String,
        /// Its value.
        value: f64,
        /// What is allowed, in English and Dutch.
        allowed: [&'static str; 2],
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
        let range = || WorldError::Range {
            key: key.to_owned(),
            value,
            allowed: ["a number of 0 to 1", "een getal van 0 tot en met 1"],
        };
        Probability::new(value).ok_or_else(range)
    };
    let number = |key: &str, value: f64| {
        let range = || WorldError::Range {
            key: key.to_owned(),
            value,
            allowed: ["a number of at least 0", "een getal van 0 of meer"],
        };
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
            let allowed = ["shares of what is cancelled that add up to 1", "delen van wat uitvalt die samen 1 zijn"];
            return Err(WorldError::Range {
                key: "target.no_show + procedure + preparation + other".to_owned(),
                value: sum,
                allowed,
            });
        }
        world.level = Level::EachWeek(Target { cancelled: share("target.cancelled", cancelled)?, causes });
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
