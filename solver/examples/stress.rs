//! Solves random problems by seed and says what is wrong with the answers:
//! `cargo run --release -p vertrek-solver --example stress -- SIZE FROM UNTIL [SECONDS]`, where SIZE is `small` (held
//! against brute force), `medium` (against a closed integer programme) or a number (so many times medium, no reference).
//! One seed is reproduced by asking for it alone; then the problem, the progress and the outcome are printed too.

#![allow(clippy::print_stdout, clippy::expect_used)] // A tool for the terminal.
#![allow(clippy::disallowed_types)] // It is the caller here and has the clock.

#[path = "../tests/support/mod.rs"]
mod support;

use std::panic::catch_unwind;
use std::time::Instant;

use support::generate::{self, Size};
use support::{Until, brute_force, close, closed_mip, exact};
use vertrek_solver::problem::{Control, Ending, Outcome, Problem, Progress, Solution};
use vertrek_solver::solve;
use vertrek_solver::verify::verify;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [kind, from, until, rest @ ..] = &arguments[..] else {
        println!("SIZE (small, medium or a number) FROM UNTIL [SECONDS] are wanted");
        return;
    };
    let size = match &kind[..] {
        "small" => Size::SMALL,
        "medium" => Size::MEDIUM,
        factor => Size::large(factor.parse().expect("small, medium or a number")),
    };
    let range: (u64, u64) = (from.parse().expect("a seed"), until.parse().expect("a seed"));
    let seconds: f64 = rest.first().map_or(20.0, |s| s.parse().expect("seconds"));
    let mut count = Count::default();
    for seed in range.0..range.1 {
        let problem = generate::problem(seed, &size);
        let reference = match &kind[..] {
            "small" => brute_force::solve(&problem),
            "medium" => closed_mip::solve(&problem),
            _ => None,
        };
        let started = Instant::now();
        let control = Spoken { until: Until::seconds(seconds), aloud: range.1 - range.0 == 1 };
        let outcome = catch_unwind(|| solve(&problem, &exact(1), &control, None).expect("well formed"));
        let took = started.elapsed().as_secs_f64();
        let complaint = match &outcome {
            Err(_) => Some("PANIC".to_owned()),
            Ok(outcome) => count.judge(&problem, outcome, reference.as_ref(), took, seconds),
        };
        if let Some(complaint) = complaint {
            println!("{kind} {seed} ({took:.2} s): {complaint}");
        }
        if range.1 - range.0 == 1 {
            println!("{problem:#?}\nreference {reference:#?}\n{outcome:#?}");
        }
    }
    println!("{kind} {}..{}: {count:?}", range.0, range.1);
}

/// Prints the progress where it is wanted.
struct Spoken {
    until: Until,
    aloud: bool,
}

impl Control for Spoken {
    fn seconds_left(&self) -> f64 {
        self.until.seconds_left()
    }
    fn report(&self, progress: Progress) {
        if self.aloud {
            println!("{:.2} s left: {progress:?}", self.seconds_left());
        }
    }
}

/// Whether no detour over a third place is faster or shorter than a road.
fn direct(problem: &Problem) -> bool {
    let travel = &problem.travel;
    let places = 0..travel.places;
    places.clone().all(|a| {
        places.clone().all(|b| {
            places.clone().all(|c| {
                travel.minutes(a, b) <= travel.minutes(a, c) + travel.minutes(c, b) + 1e-9
                    && travel.km(a, b) <= travel.km(a, c) + travel.km(c, b) + 1e-9
            })
        })
    })
}

#[derive(Debug, Default)]
struct Count {
    problems: usize,
    optimal: usize,
    compared: usize,
    slowest: f64,
    worst_gap: f64,
}

impl Count {
    fn judge(
        &mut self,
        problem: &Problem,
        outcome: &Outcome,
        reference: Option<&Solution>,
        took: f64,
        seconds: f64,
    ) -> Option<String> {
        let (objective, bound) = (outcome.solution.objective, outcome.bound);
        let gap = (bound - objective) / objective.abs().max(1.0);
        let optimal = outcome.ending == Ending::Optimal;
        self.problems += 1;
        self.optimal += usize::from(optimal);
        self.compared += usize::from(reference.is_some());
        self.slowest = self.slowest.max(took);
        self.worst_gap = self.worst_gap.max(gap);
        let faults = verify(problem, &outcome.solution);
        if !faults.is_empty() {
            return Some(format!("INFEASIBLE {faults:?}"));
        }
        if bound < objective - 1e-6 || (optimal && gap > 1e-6) {
            return Some(format!("ENDING {:?} objective {objective} bound {bound}", outcome.ending));
        }
        if took > seconds + 2.0 {
            return Some(format!("LATE by {:.1} s", took - seconds));
        }
        if let Some(best) = reference.map(|r| r.objective) {
            if bound < best - 1e-6 * best.abs().max(1.0) {
                return Some(format!("WRONG BOUND {bound} objective {objective} but {best} is possible"));
            }
            if !close(best, objective) {
                return Some(format!("NOT BEST {objective} bound {bound} best {best} {:?}", outcome.ending));
            }
        }
        if !optimal && took < 0.9 * seconds {
            return Some(format!("GAVE UP objective {objective} bound {bound} gap {gap:.2e}"));
        }
        let roads = if direct(problem) { "direct" } else { "arbitrary" };
        (!optimal).then(|| format!("open gap {gap:.2e}, {roads} roads"))
    }
}
