//! Parameter recovery: histories are drawn from known truths, fitted, and the 95% intervals counted that cover the truth.
//!
//! `cargo bench --bench recovery -- [--rows 3000] [--replications 200]` prints the table of docs/risk.md.

#![allow(clippy::print_stdout, clippy::expect_used)] // A tool for the terminal.

#[path = "support/argument.rs"]
mod argument;

use argument::argument;
use vertrek::dice::Dice;
use vertrek::risk::{Coefficient, Observation, coefficients, fit, forecast};
use vertrek::rules::RiskBelief;
use vertrek::synth::{SynthSettings, synthesise, truth};
use vertrek::week::Outcome;
use vertrek::week::read::read_history;

/// Whether a coefficient is of a kind.
type Of = fn(&Coefficient) -> bool;

fn main() {
    let (rows, replications) = (argument("--rows", 3_000), argument("--replications", 200));
    let defaults = RiskBelief::default();
    for (name, belief) in [("synthetic weeks", truth()), ("defaults of the specification", defaults)] {
        println!("### Truth: {name}\n");
        table(&belief, rows, replications);
    }
}

fn table(truth: &RiskBelief, rows: usize, replications: usize) {
    let known = coefficients(truth);
    let mut found = vec![(0usize, 0.0, 0.0, 0.0); known.len()];
    for replication in 0..replications {
        let history = history(truth, rows, replication as u64 + 1);
        let fitted = fit(&history).expect("a history that is not empty");
        for (at, estimate) in fitted.estimates.iter().enumerate() {
            let truth = known[at].1.get();
            let covers = estimate.low.get() <= truth && truth <= estimate.high.get();
            found[at].0 += usize::from(covers);
            found[at].1 += estimate.value.get() - truth;
            found[at].3 += (estimate.value.get() - truth).powi(2);
            found[at].2 += (estimate.high.get() - estimate.low.get()) / 2.0;
        }
    }
    let all = replications as f64;
    println!(
        "| hazard | truth | bias | error | half the interval | covered |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    );
    for ((coefficient, value), (covered, bias, half, squares)) in known.iter().zip(&found) {
        let (bias, half, covered) = (bias / all, half / all, 100.0 * *covered as f64 / all);
        let error = (squares / all).sqrt();
        println!("| `{coefficient}` | {:.4} | {bias:+.4} | {error:.4} | {half:.4} | {covered:.1}% |", value.get());
    }
    let kinds: [(&str, Of); 6] = [
        ("base", |c| matches!(c, Coefficient::Base(_))),
        ("per_day", |c| matches!(c, Coefficient::PerDay(_))),
        ("procedure_base", |c| matches!(c, Coefficient::ProcedureBase(_))),
        ("procedure_per_day", |c| matches!(c, Coefficient::ProcedurePerDay(_))),
        ("file and other", |c| c.measure().is_none()),
        ("all", |_| true),
    ];
    for (name, is) in kinds {
        let of: Vec<usize> = (0..known.len()).filter(|&at| is(&known[at].0)).collect();
        let covered: usize = of.iter().map(|&at| found[at].0).sum();
        let share = 100.0 * covered as f64 / (all * of.len() as f64);
        println!("| **{name}** | | | | | **{share:.1}%** |");
    }
    let outside = found.iter().filter(|(covered, ..)| !(0.92..=0.98).contains(&(*covered as f64 / all))).count();
    println!("\nOutside 92% to 98%: {outside} of {}.\n", known.len());
}

/// States as synthetic weeks have them, with endings drawn from a truth.
fn history(truth: &RiskBelief, rows: usize, seed: u64) -> Vec<Observation> {
    let mut states = Vec::new();
    let mut part = 0;
    while states.len() < rows {
        let files = synthesise(&SynthSettings::week(120, seed * 1_000 + part));
        let table = read_history(files["history.csv"].clone()).expect("a synthetic history");
        states.extend(table.iter().map(Observation::of));
        part += 1;
    }
    states.truncate(rows);
    let mut dice = Dice::new(seed);
    for row in &mut states {
        let forecast = forecast(truth, &row.state);
        let chances = [
            (forecast.p, Outcome::Departed),
            (forecast.causes.no_show, Outcome::NoShow),
            (forecast.causes.procedure, Outcome::Procedure),
            (forecast.causes.preparation, Outcome::Preparation),
        ];
        let mut left = dice.unit();
        row.outcome = Outcome::Other;
        for (chance, outcome) in chances {
            left -= chance.get();
            if left < 0.0 {
                row.outcome = outcome;
                break;
            }
        }
    }
    states
}
