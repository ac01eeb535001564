//! The record of one use of the program's chances: what was asked, of which data, with which figures. It holds no person.

use super::Product;
use crate::plan::Plan;
use crate::risk::coefficients;
use crate::rules::{RiskBelief, RiskUse};
use crate::units::Instant;
use crate::week::Week;
use chrono::SecondsFormat;
use serde_json::{Map, Value, json};

/// One use.
#[derive(Clone, Debug)]
pub struct Use {
    /// The command, for example `risk fit`.
    pub command: &'static str,
    /// When; none where it stands in the file beside it.
    pub made_at: Option<Instant>,
    /// What was read, with its SHA-256.
    pub inputs: Vec<(String, String)>,
    /// What came of it, figures of the whole.
    pub result: Value,
}

/// The record as a file.
pub fn record(usage: &Use, name: &str) -> Product {
    let inputs: Vec<Value> =
        usage.inputs.iter().map(|(name, digest)| json!({ "name": name, "sha256": digest })).collect();
    let record = json!({
        "program": "vertrek",
        "version": env!("CARGO_PKG_VERSION"),
        "command": usage.command,
        "made_at": usage.made_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, false)),
        "inputs": inputs,
        "result": usage.result,
        "sees": ["measure", "notice", "file parts known", "escorts or not"],
        "decides": "a person; the program proposes",
        "not_for": "detention or any harsher measure, shorter notice for one person, setting back a group",
    });
    let text = serde_json::to_string_pretty(&record).unwrap_or_default() + "\n";
    Product { name: name.to_owned(), bytes: text.into_bytes() }
}

/// What a plan used of the chances; when it was made stands in `plan.json`.
pub(super) fn of_plan(week: &Week, plan: &Plan) -> Product {
    let values: Map<String, Value> =
        coefficients(&week.risk).into_iter().map(|(name, value)| (name.to_string(), json!(value.get()))).collect();
    let defaults = RiskBelief { usage: week.risk.usage, ..RiskBelief::default() };
    let result = json!({
        "weighs_the_objective": week.risk.usage == RiskUse::Hazards,
        "figures": if week.risk == defaults { "defaults of the specification, not fitted" } else { "set in week.toml" },
        "hazards": values,
        "departures": plan.departures.len(),
        "not_planned": plan.not_planned.len(),
    });
    let inputs = vec![(format!("week {}", week.week), plan.input_digest.clone())];
    record(&Use { command: "plan", made_at: None, inputs, result }, "risk_use.json")
}
