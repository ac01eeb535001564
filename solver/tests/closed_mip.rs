//! The two references agree: brute force and the closed integer programme over all rosters and routes.

#![allow(clippy::expect_used)] // A failure here is the test's.

mod support;

use support::generate::{Size, problem};
use support::{assert_feasible, brute_force, close, closed_mip};

#[test]
fn closed_mip_equals_brute_force() {
    for seed in 0..300 {
        let problem = problem(seed, &Size::SMALL);
        let name = format!("small problem {seed}");
        let brute = brute_force::solve(&problem).expect("small enough");
        let closed = closed_mip::solve(&problem).expect("small enough");
        assert_feasible(&name, &problem, &brute);
        assert_feasible(&name, &problem, &closed);
        assert!(close(brute.objective, closed.objective), "{name}: {} and {}", brute.objective, closed.objective);
    }
}
