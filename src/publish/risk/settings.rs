//! A belief as tables of `week.toml`.

use super::FittedRisk;
use crate::risk::{Coefficient, Verdict, coefficients};

/// The tables, with comments that say where they come from.
pub(super) fn toml(fitted: &FittedRisk, which: Verdict, recommended: bool) -> String {
    let belief = match which {
        Verdict::Fitted => &fitted.fit.belief,
        Verdict::Constant => &fitted.constant,
    };
    let (from, until) = fitted.dates;
    let what = match which {
        Verdict::Fitted => "hazards fitted by state of the process",
        Verdict::Constant => "one constant rate of each cause, the same for every state",
    };
    let mut out = format!(
        "# Cancellation hazards: {what}.\n# From {} departures planned {from} to {until}; sha256 of the history {}.\n",
        fitted.fit.rows, fitted.digest
    );
    if recommended {
        out += match (which, &fitted.validation) {
            (Verdict::Fitted, _) => {
                "# Recommended: better than one constant rate on later departures, with 95% confidence.\n"
            }
            (Verdict::Constant, Some(_)) => {
                "# Recommended: the fitted hazards were not shown to be better on later departures.\n"
            }
            (Verdict::Constant, None) => "# Recommended: too little history to judge anything finer.\n",
        };
    }
    out += "# Paste into week.toml, in the place of any [risk] tables there. They describe the process, never a person.\n\n[risk]\n";
    let values = coefficients(belief);
    let shared = values.iter().filter(|(coefficient, _)| coefficient.measure().is_none());
    shared.for_each(|(coefficient, value)| out += &line(*coefficient, value.get()));
    let mut measure = None;
    for (coefficient, value) in values.iter().filter(|(coefficient, _)| coefficient.measure().is_some()) {
        if coefficient.measure() != measure {
            measure = coefficient.measure();
            out += &measure.map(|measure| format!("\n[risk.measure.{measure}]\n")).unwrap_or_default();
        }
        out += &line(*coefficient, value.get());
    }
    out
}

fn line(coefficient: Coefficient, value: f64) -> String {
    let key = coefficient.to_string();
    format!("{} = {value:.6}\n", key.rsplit('.').next().unwrap_or(&key))
}
