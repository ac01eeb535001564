//! The solver against brute force on random small problems, and what it owes on any problem: a feasible solution and a
//! valid bound whenever it is stopped, the same answer to the same question.

#![allow(clippy::expect_used)] // A failure here is the test's.

mod support;

use support::generate::{Size, problem};
use support::{Looks, Until, assert_sound, brute_force, close, exact};
use vertrek_solver::problem::*;
use vertrek_solver::solve;

/// Seconds after which a small problem counts as not solved.
const PATIENCE: f64 = 20.0;

fn equals_brute_force(seeds: std::ops::Range<u64>) {
    let mut wrong = Vec::new();
    for seed in seeds {
        let problem = problem(seed, &Size::SMALL);
        let name = format!("small problem {seed}");
        let brute = brute_force::solve(&problem).expect("small enough").objective;
        let outcome = solve(&problem, &exact(1), &Until::seconds(PATIENCE), None).expect("well formed");
        assert_sound(&name, &problem, &outcome);
        let (objective, bound) = (outcome.solution.objective, outcome.bound);
        assert!(bound >= brute - 1e-6 * brute.abs().max(1.0), "{name}: bound {bound} but {brute} is possible");
        if !close(objective, brute) || outcome.ending != Ending::Optimal {
            wrong.push(format!("{name}: {objective} {:?}, best {brute}, bound {bound}", outcome.ending));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn first_half_of_the_small_problems_is_solved_to_the_best() {
    equals_brute_force(0..500);
}

#[test]
fn second_half_of_the_small_problems_is_solved_to_the_best() {
    equals_brute_force(500..1000);
}

#[test]
fn the_same_question_has_the_same_answer() {
    for seed in 0..60 {
        let problem = problem(seed, &Size::SMALL);
        for threads in [1, 2] {
            let answer = || {
                let outcome = solve(&problem, &exact(threads), &Until::seconds(PATIENCE), None).expect("well formed");
                format!("{outcome:?}")
            };
            assert_eq!(answer(), answer(), "small problem {seed}, {threads} threads");
        }
    }
}

/// From not at all, through one look at the clock, to several.
#[test]
fn stopped_at_any_look_at_the_clock_it_still_answers() {
    for seed in 0..100 {
        let problem = problem(seed, &Size::SMALL);
        let brute = brute_force::solve(&problem).expect("small enough").objective;
        for looks in [0, 1, 2, 3, 5, 9, 20] {
            let name = format!("small problem {seed} stopped at look {looks}");
            let control = Looks::new(looks);
            let outcome = solve(&problem, &exact(1), &control, None).expect("well formed");
            assert_sound(&name, &problem, &outcome);
            assert!(outcome.bound >= brute - 1e-6 * brute.abs().max(1.0), "{name}: bound {}", outcome.bound);
        }
    }
}

#[test]
fn what_is_reported_never_gets_worse() {
    for seed in 0..100 {
        let problem = problem(seed, &Size::SMALL);
        let control = Looks::new(100_000);
        let outcome = solve(&problem, &exact(1), &control, None).expect("well formed");
        let reports = control.reports.lock().expect("no panic").clone();
        assert!(!reports.is_empty(), "small problem {seed}");
        for pair in reports.windows(2) {
            assert!(pair[1].incumbent >= pair[0].incumbent, "small problem {seed}: {pair:?}");
        }
        let best = reports.iter().map(|r| r.incumbent).fold(f64::NEG_INFINITY, f64::max);
        assert!(best <= outcome.solution.objective + 1e-9, "small problem {seed}: lost {best}");
        for report in &reports {
            assert!(report.bound >= outcome.solution.objective - 1e-6, "small problem {seed}: {report:?}");
        }
    }
}

#[test]
fn a_good_start_is_kept_and_a_bad_one_ignored() {
    for seed in 0..60 {
        let problem = problem(seed, &Size::SMALL);
        let brute = brute_force::solve(&problem).expect("small enough");
        let outcome = solve(&problem, &exact(1), &Looks::new(0), Some(&brute)).expect("well formed");
        assert_sound(&format!("small problem {seed}"), &problem, &outcome);
        assert!(close(outcome.solution.objective, brute.objective), "small problem {seed}: start lost");

        let nonsense = Solution { choices: vec![999], objective: 1e9, ..Solution::default() };
        let outcome = solve(&problem, &exact(1), &Looks::new(0), Some(&nonsense)).expect("well formed");
        assert_sound(&format!("small problem {seed}"), &problem, &outcome);
    }
}

#[test]
fn the_gap_asked_for_is_reached_and_said() {
    for seed in 0..200 {
        let problem = problem(seed, &Size::SMALL);
        let settings = Settings { gap: 0.05, ..exact(1) };
        let outcome = solve(&problem, &settings, &Until::seconds(PATIENCE), None).expect("well formed");
        assert_sound(&format!("small problem {seed}"), &problem, &outcome);
        let objective = outcome.solution.objective;
        let gap = (outcome.bound - objective) / objective.abs().max(1.0);
        assert!(gap <= 0.05 && outcome.ending != Ending::Stopped, "small problem {seed}: {gap} {:?}", outcome.ending);
    }
}

#[test]
fn nothing_to_do_is_done_at_once() {
    let outcome = solve(&Problem::default(), &exact(1), &Looks::endless(), None).expect("well formed");
    assert_eq!(outcome.solution, Solution::default());
    assert_eq!((outcome.bound, outcome.ending), (0.0, Ending::Optimal));
}

/// Values to gain and nobody to serve them; people wanted and nobody there; rides wanted and no vehicle.
#[test]
fn where_nothing_is_possible_all_penalties_are_due() {
    for seed in 0..60 {
        let mut problem = problem(seed, &Size::SMALL);
        problem.crews.clear();
        problem.demands.iter_mut().for_each(|d| d.crews.clear());
        problem.switches.iter_mut().for_each(|s| s.excludes.clear());
        problem.vehicles.clear();
        problem.tasks.iter_mut().for_each(|t| t.only = None);
        problem.capacities.iter_mut().for_each(|c| c.limit = 0.0);
        problem.choices.retain(|c| c.task.is_some() || c.uses.iter().any(|u| u.1 > 0.0));
        let demands = problem.demands.iter().filter_map(|d| Some(d.base * d.shortage?));
        let due: f64 = demands.chain(problem.tasks.iter().filter_map(|t| t.penalty)).sum();
        let outcome = solve(&problem, &exact(1), &Until::seconds(PATIENCE), None).expect("well formed");
        assert_sound(&format!("small problem {seed}"), &problem, &outcome);
        assert!(close(outcome.solution.objective, -due), "small problem {seed}: {} and {due}", outcome.bound);
        assert_eq!(outcome.ending, Ending::Optimal, "small problem {seed}");
    }
}

#[test]
fn a_malformed_problem_is_refused() {
    let choice = Choice { group: 0, value: 1.0, uses: vec![], needs: vec![], task: None, switches: vec![] };
    let problem = Problem { choices: vec![choice], ..Problem::default() };
    assert!(solve(&problem, &exact(1), &Looks::endless(), None).is_err());
}
