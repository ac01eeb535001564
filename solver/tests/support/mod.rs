//! What the tests of the solver share: random problems by seed, and two exact methods to hold the solver against.

// Every test file compiles its own copy and uses only a part of it.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]
// The solver has no clock of its own; whoever calls it has.
#![allow(clippy::disallowed_types)]

pub mod brute_force;
pub mod closed_mip;
pub mod drives;
pub mod generate;
pub mod schedule;

use std::sync::Mutex;
use std::time::{Duration, Instant};

use vertrek_solver::problem::{Control, Ending, Outcome, Problem, Progress, Settings, Solution};
use vertrek_solver::verify::verify;

/// A control that allows a number of further looks at the clock and keeps what is reported.
pub struct Looks {
    left: Mutex<u64>,
    /// Everything reported, in order.
    pub reports: Mutex<Vec<Progress>>,
}

impl Looks {
    /// Stops when asked for the time left more often than this.
    pub fn new(looks: u64) -> Looks {
        Looks { left: Mutex::new(looks), reports: Mutex::default() }
    }

    /// Never stops.
    pub fn endless() -> Looks {
        Looks::new(u64::MAX)
    }
}

impl Control for Looks {
    fn seconds_left(&self) -> f64 {
        let mut left = self.left.lock().unwrap();
        *left = left.saturating_sub(1);
        if *left == 0 { 0.0 } else { 1e9 }
    }
    fn report(&self, progress: Progress) {
        self.reports.lock().unwrap().push(progress);
    }
}

/// A control that stops after some seconds of the clock.
pub struct Until(Instant);

impl Until {
    /// Stops this many seconds from now.
    pub fn seconds(seconds: f64) -> Until {
        Until(Instant::now() + Duration::from_secs_f64(seconds))
    }
}

impl Control for Until {
    fn seconds_left(&self) -> f64 {
        self.0.saturating_duration_since(Instant::now()).as_secs_f64()
    }
    fn report(&self, _progress: Progress) {}
}

/// Settings that ask for proven optimality.
pub fn exact(threads: usize) -> Settings {
    Settings { gap: 0.0, threads, seed: 1 }
}

/// Fails when a solution is not feasible, saying for which problem.
pub fn assert_feasible(name: &str, problem: &Problem, solution: &Solution) {
    let faults = verify(problem, solution);
    assert!(faults.is_empty(), "{name}: {}", faults.iter().map(|f| format!("{f}; ")).collect::<String>());
}

/// Equal within 1e-6 relative.
pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}

/// Fails when an outcome is not what it must be however a solve ended.
pub fn assert_sound(name: &str, problem: &Problem, outcome: &Outcome) {
    assert_feasible(name, problem, &outcome.solution);
    let (objective, bound) = (outcome.solution.objective, outcome.bound);
    assert!(bound >= objective - 1e-6, "{name}: bound {bound} is below the objective {objective}");
    let gap = (bound - objective) / objective.abs().max(1.0);
    assert!(outcome.ending != Ending::Optimal || gap <= 1e-6, "{name}: called optimal with gap {gap}");
}
