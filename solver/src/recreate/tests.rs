//! The search over random problems: whatever it finds is feasible, it never loses ground, and it finds most optima.

use super::{CYCLE, Index, Walk, Wish, mend};
use crate::problem::{Control, Problem, Progress, Settings, Solution};
use crate::support::generate::{Size, problem};
use crate::verify::verify;

const SETTINGS: Settings = Settings { gap: 0.0, threads: 1, seed: 1 };

fn nothing(problem: &Problem) -> Solution {
    let mut nothing = Solution::default();
    nothing.objective = crate::verify::objective(problem, &nothing);
    nothing
}

fn assert_feasible(name: &str, problem: &Problem, solution: &Solution) {
    let faults = verify(problem, solution);
    assert!(faults.is_empty(), "{name}: {faults:?}");
}

/// Equal within 1e-6 relative.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}

/// The solution found and every better one on the way.
fn run(problem: &Problem, start: &Solution, thread: u64, limit: u64) -> (Solution, Vec<Solution>) {
    let mut found = Vec::new();
    let Some(index) = Index::new(problem) else { return (start.clone(), found) };
    let mut walk = Walk::new(&index, start, &SETTINGS, thread, CYCLE);
    let mut last = start.objective;
    for _ in 0..limit {
        walk.run(1, &|| false);
        if walk.best().objective > last {
            last = walk.best().objective;
            found.push(walk.best().clone());
        }
    }
    (walk.best().clone(), found)
}

#[test]
fn everything_found_is_feasible_and_better_than_before() {
    let sizes = (0..240).map(|seed| (seed, Size::SMALL)).chain((0..80).map(|seed| (seed, Size::MEDIUM)));
    let sizes = sizes.chain((0..20).map(|seed| (seed, Size::large(3))));
    for (seed, size) in sizes {
        let problem = problem(seed, &size);
        let start = nothing(&problem);
        let (best, found) = run(&problem, &start, 0, 150);
        let mut last = start.objective;
        for solution in &found {
            assert_feasible(&format!("seed {seed}"), &problem, solution);
            assert!(solution.objective > last, "seed {seed}: found {} after {last}", solution.objective);
            last = solution.objective;
        }
        assert!(close(best.objective, last), "seed {seed}: returned {} after finding {last}", best.objective);
    }
}

#[test]
fn a_start_is_never_lost() {
    for seed in 0..60 {
        let problem = problem(seed, &Size::MEDIUM);
        let (good, _) = run(&problem, &nothing(&problem), 0, 300);
        let (better, found) = run(&problem, &good, 1, 60);
        assert_feasible(&format!("seed {seed}"), &problem, &better);
        assert!(better.objective >= good.objective - 1e-9, "seed {seed}");
        assert!(found.iter().all(|s| s.objective > good.objective), "seed {seed}");
    }
}

#[test]
fn most_small_problems_are_solved_to_the_optimum() {
    let (mut solved, mut compared, mut missed) = (0, 0, Vec::new());
    for seed in 0..200 {
        let problem = problem(seed, &Size::SMALL);
        let Some(optimum) = crate::support::brute_force::solve(&problem) else { continue };
        let (best, _) = run(&problem, &nothing(&problem), 0, 400);
        compared += 1;
        assert!(best.objective <= optimum.objective + 1e-6 * optimum.objective.abs().max(1.0), "seed {seed}");
        if close(best.objective, optimum.objective) {
            solved += 1;
        } else {
            missed.push((seed, best.objective, optimum.objective));
        }
    }
    assert!(compared >= 150, "only {compared} problems were small enough");
    assert!(solved * 10 >= compared * 9, "{solved} of {compared}; missed: {missed:?}");
}

#[test]
fn a_limit_of_rounds_makes_runs_alike_and_threads_differ() {
    let problem = problem(7, &Size::large(3));
    let start = nothing(&problem);
    let (first, found) = run(&problem, &start, 0, 200);
    assert_eq!((first.clone(), found), run(&problem, &start, 0, 200));
    let others = (1..5).map(|thread| run(&problem, &start, thread, 200).0);
    assert!(others.into_iter().any(|other| other != first));
}

/// Nothing ends it but itself.
struct Patient;

impl Control for Patient {
    fn seconds_left(&self) -> f64 {
        f64::INFINITY
    }
    fn report(&self, _: Progress) {}
}

/// The same wish with more of it hurt is searched on for longer, and never to something worse; and twice the same.
#[test]
fn what_is_badly_hurt_is_mended_longer() {
    let (mut short, mut long, mut better) = (0.0, 0.0, 0);
    for seed in 0..20 {
        let problem = problem(seed, &Size::large(3));
        let mended = |otherwise: u64, more: u64| {
            let wish = Wish { otherwise, ..Wish::default() };
            mend(&problem, &wish, &SETTINGS, 60, more, &Patient).expect("a problem that is well formed")
        };
        let (few, many) = (mended(0, 20), mended(30, 20));
        assert_feasible(&format!("seed {seed}"), &problem, &many);
        assert_eq!(mended(30, 0), few, "seed {seed}: no more was to follow");
        assert_eq!(mended(30, 20), many, "seed {seed}");
        assert!(many.objective >= few.objective - 1e-9, "seed {seed}: {} after {}", many.objective, few.objective);
        better += usize::from(many.objective > few.objective + 1e-6);
        short += few.objective;
        long += many.objective;
    }
    assert!(better >= 10 && long > short, "{better} of 20 better, {short} and {long}");
}
