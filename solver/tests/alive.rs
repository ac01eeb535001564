//! The random problems are worth solving: every feature of a problem decides something in some of them.

#![allow(clippy::expect_used)] // A failure here is the test's.

mod support;

use std::collections::BTreeMap;

use support::brute_force;
use support::generate::{Size, problem};
use vertrek_solver::problem::{Problem, RoutePlan, Solution};

#[test]
fn every_feature_decides_some_best_solution() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..250 {
        let problem = problem(seed, &Size::SMALL);
        let solution = brute_force::solve(&problem).expect("small enough");
        for (feature, shows) in features(&problem, &solution) {
            *seen.entry(feature).or_default() += usize::from(shows);
        }
    }
    assert!(seen.values().all(|&n| n >= 1), "{seen:?}");
}

fn features(problem: &Problem, solution: &Solution) -> Vec<(&'static str, bool)> {
    let best = solution.objective;
    let without = |change: &dyn Fn(&mut Problem)| {
        let mut other = problem.clone();
        change(&mut other);
        brute_force::solve(&other).is_some_and(|other| (other.objective - best).abs() > 1e-6)
    };
    let two = |route: &RoutePlan| route.stops.len() >= 4;
    let shared = |route: &RoutePlan| route.stops.windows(2).any(|w| w[0].pickup && w[1].pickup);
    vec![
        ("choices", solution.choices.len() >= 2),
        ("routes of two", solution.routes.iter().any(two)),
        ("shared", solution.routes.iter().any(shared)),
        ("routes of three", solution.routes.iter().any(|r| r.stops.len() >= 6)),
        ("two routes", solution.routes.len() >= 2),
        ("rosters of two jobs", solution.rosters.iter().any(|(_, jobs)| jobs.len() >= 2)),
        ("two people", solution.rosters.len() >= 2),
        ("all of it", solution.choices.len() >= 2 && !solution.routes.is_empty() && !solution.rosters.is_empty()),
        ("capacities", without(&|p| p.capacities.iter_mut().for_each(|c| c.limit = 1e3))),
        ("capacities of crew", without(&|p| p.jobs.iter_mut().for_each(|j| j.uses.clear()))),
        ("exclusions", without(&|p| p.switches.iter_mut().for_each(|s| s.excludes.clear()))),
        ("switch needs", without(&|p| p.switches.iter_mut().for_each(|s| s.needs.clear()))),
        ("rest", without(&|p| p.rest = 0.0)),
        ("load", without(&|p| p.crews.iter_mut().for_each(|c| c.max_load.fill(1e3)))),
        ("used", without(&|p| p.crews.iter_mut().for_each(|c| c.used = 0.0))),
        ("ride", without(&|p| p.tasks.iter_mut().for_each(|t| t.max_ride = 1e4))),
        ("windows", without(&|p| p.tasks.iter_mut().for_each(|t| t.pickup_windows.truncate(1)))),
        ("minutes", without(&|p| p.vehicles.iter_mut().for_each(|v| v.max_minutes = 1e4))),
        ("seats", without(&|p| p.vehicles.iter_mut().for_each(|v| v.seats = 9))),
        ("special", without(&|p| p.vehicles.iter_mut().for_each(|v| v.special = 9))),
        ("compartments", without(&|p| p.vehicles.iter_mut().for_each(|v| v.compartments = 9))),
        ("shortage", without(&|p| p.demands.iter_mut().for_each(|d| d.shortage = d.shortage.map(|x| x + 1.0)))),
        ("penalty", without(&|p| p.tasks.iter_mut().for_each(|t| t.penalty = t.penalty.map(|x| x + 1.0)))),
    ]
}
