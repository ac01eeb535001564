//! Beyond brute force: medium problems against a closed integer programme, large ones for what is owed however far the
//! search comes.

#![allow(clippy::expect_used)] // A failure here is the test's.

mod support;

use support::generate::{Size, problem};
use support::{Until, assert_sound, close, closed_mip, exact};
use vertrek_solver::problem::Ending;
use vertrek_solver::solve;

#[test]
fn medium_problems_are_solved_to_the_best() {
    let mut compared = 0;
    for seed in 0..120 {
        let problem = problem(seed, &Size::MEDIUM);
        let name = format!("medium problem {seed}");
        let outcome = solve(&problem, &exact(2), &Until::seconds(20.0), None).expect("well formed");
        assert_sound(&name, &problem, &outcome);
        // Where every column would be too many there is nothing to compare with.
        let Some(reference) = closed_mip::solve(&problem) else { continue };
        assert!(
            close(outcome.solution.objective, reference.objective) && outcome.ending == Ending::Optimal,
            "{name}: {} {:?}, best {}, bound {}",
            outcome.solution.objective,
            outcome.ending,
            reference.objective,
            outcome.bound
        );
        compared += 1;
    }
    assert!(compared >= 110, "only {compared} were compared");
}

#[test]
fn large_problems_stopped_early_have_a_feasible_answer_and_a_valid_bound() {
    for (factor, seeds) in [(2, 0..20), (5, 0..6), (12, 0..3)] {
        for seed in seeds {
            let problem = problem(seed, &Size::large(factor));
            let name = format!("problem {seed} of {factor} times medium");
            let soon = solve(&problem, &exact(2), &Until::seconds(0.3), None).expect("well formed");
            let later = solve(&problem, &exact(2), &Until::seconds(1.5), Some(&soon.solution)).expect("well formed");
            assert_sound(&name, &problem, &soon);
            assert_sound(&name, &problem, &later);
            let slack = 1e-6 * later.bound.abs().max(1.0);
            assert!(later.solution.objective >= soon.solution.objective - slack, "{name}: start lost");
            assert!(later.solution.objective <= soon.bound + slack, "{name}: early bound {} beaten", soon.bound);
            assert!(soon.solution.objective <= later.bound + slack, "{name}: later bound {} beaten", later.bound);
        }
    }
}
