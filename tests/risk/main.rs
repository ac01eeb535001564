//! The risk room: what it may see, what it finds, how sure it says it is, and what comes out of it.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod firewall;
mod fitting;
mod products;
mod validation;

use vertrek::dice::Dice;
use vertrek::risk::{Observation, RiskState, forecast};
use vertrek::rules::RiskBelief;
use vertrek::synth::{SynthSettings, synthesise};
use vertrek::week::Outcome;
use vertrek::week::read::read_history;

/// States as synthetic weeks have them, `rows` of them, with endings drawn from a truth.
fn history(truth: &RiskBelief, rows: usize, seed: u64) -> Vec<Observation> {
    let mut states: Vec<Observation> = Vec::new();
    let mut part = 0;
    while states.len() < rows {
        let files = synthesise(&SynthSettings::week(120, seed * 1_000 + part));
        let table = read_history(files["history.csv"].clone()).expect("a synthetic history");
        states.extend(table.iter().map(Observation::of));
        part += 1;
    }
    states.truncate(rows);
    states.sort_by_key(|row| row.planned_on);
    let mut dice = Dice::new(seed);
    for row in &mut states {
        row.outcome = drawn(truth, &row.state, dice.unit());
    }
    states
}

/// The ending that a number in [0, 1) stands for.
fn drawn(truth: &RiskBelief, state: &RiskState, number: f64) -> Outcome {
    let forecast = forecast(truth, state);
    let chances = [
        (forecast.p, Outcome::Departed),
        (forecast.causes.no_show, Outcome::NoShow),
        (forecast.causes.procedure, Outcome::Procedure),
        (forecast.causes.preparation, Outcome::Preparation),
    ];
    let mut left = number;
    for (chance, outcome) in chances {
        left -= chance.get();
        if left < 0.0 {
            return outcome;
        }
    }
    Outcome::Other
}
