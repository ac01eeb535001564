//! The parts of the method one by one: each may be left out without the answer being wrong, and those that are there for the
//! bound are missed when they are.

#![allow(clippy::expect_used)] // A failure here is the test's.

mod support;

use support::generate::{Size, problem};
use support::{assert_sound, brute_force, exact};
use vertrek_solver::problem::*;
use vertrek_solver::solve;

/// A control that leaves parts out and stops after so many looks at the clock.
struct Without {
    parts: Vec<Part>,
    looks: support::Looks,
}

impl Without {
    fn new(parts: &[Part], looks: u64) -> Self {
        Self { parts: parts.to_vec(), looks: support::Looks::new(looks) }
    }
}

impl Control for Without {
    fn seconds_left(&self) -> f64 {
        self.looks.seconds_left()
    }
    fn report(&self, progress: Progress) {
        self.looks.report(progress);
    }
    fn leaves_out(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

const ALL: [Part; 12] = [
    Part::Stabilisation,
    Part::Smoothing,
    Part::Rounding,
    Part::Covers,
    Part::Triples,
    Part::Beside,
    Part::Restricted,
    Part::Branching,
    Part::Diving,
    Part::Enumeration,
    Part::Neighbourhoods,
    Part::Recreation,
];
/// What closes gaps after the root.
const AFTERWARDS: [Part; 5] =
    [Part::Branching, Part::Diving, Part::Enumeration, Part::Neighbourhoods, Part::Recreation];

#[test]
fn whatever_is_left_out_no_bound_is_beaten() {
    let mut compared = 0;
    for part in ALL {
        for seed in 0..25 {
            let problem = problem(seed, &Size::SMALL);
            let Some(best) = brute_force::solve(&problem) else { continue };
            let outcome = solve(&problem, &exact(2), &Without::new(&[part], 3_000), None).expect("well formed");
            let name = format!("{part:?} left out of problem {seed}");
            assert_sound(&name, &problem, &outcome);
            let slack = 1e-6 * best.objective.abs().max(1.0);
            assert!(outcome.bound >= best.objective - slack, "{name}: {} beaten", outcome.bound);
            compared += 1;
        }
    }
    assert!(compared >= 250, "only {compared} were compared");
}

/// Three people to be driven at the same moment in vehicles for two: half a vehicle for each pair of them would do, 15 euro;
/// whole vehicles are two, 20 euro.
fn three_in_cars_for_two() -> Problem {
    let moment = |at: f64| Window { from: at, until: at };
    let task = Task {
        pickup: 1,
        pickup_windows: vec![moment(100.0)],
        load: 0.0,
        delivery: 2,
        delivery_window: moment(130.0),
        unload: 0.0,
        max_ride: f64::INFINITY,
        seats: 1,
        special: 0,
        class: 0,
        group: None,
        penalty: Some(1_000.0),
        only: None,
    };
    let vehicle = Vehicle {
        depot: 0,
        window: Window { from: 0.0, until: 300.0 },
        max_minutes: f64::INFINITY,
        seats: 2,
        special: 0,
        compartments: 1,
        fixed: 10.0,
        per_km: 0.0,
        per_minute: 0.0,
    };
    let minutes = vec![0.0, 30.0, 30.0, 30.0, 0.0, 30.0, 30.0, 30.0, 0.0];
    Problem {
        tasks: vec![task; 3],
        vehicles: vec![vehicle; 3],
        travel: TravelMatrix { places: 3, km: minutes.clone(), minutes },
        ..Problem::default()
    }
}

#[test]
fn triples_take_half_routes_away() {
    let problem = three_in_cars_for_two();
    let with = solve(&problem, &exact(1), &Without::new(&AFTERWARDS, 3_000), None).expect("well formed");
    let without = [&AFTERWARDS[..], &[Part::Triples]].concat();
    let without = solve(&problem, &exact(1), &Without::new(&without, 3_000), None).expect("well formed");
    assert!((with.solution.objective + 20.0).abs() < 1e-6, "{}", with.solution.objective);
    assert!((with.bound + 20.0).abs() < 1e-4, "{}", with.bound);
    assert!((without.bound + 15.0).abs() < 1e-4, "{}", without.bound);
}

/// Three groups, any two of which want the same place for one: half of each makes 150 euro, one of them whole 100.
fn three_that_exclude_one_another() -> Problem {
    let choice = |group: usize, uses: [usize; 2]| Choice {
        group,
        value: 100.0,
        uses: uses.iter().map(|&capacity| (capacity, 1.0)).collect(),
        needs: vec![],
        task: None,
        switches: vec![],
    };
    Problem {
        groups: 3,
        choices: vec![choice(0, [0, 1]), choice(1, [0, 2]), choice(2, [1, 2])],
        capacities: vec![Capacity { limit: 1.0 }; 3],
        ..Problem::default()
    }
}

#[test]
fn branching_takes_half_choices_away() {
    let problem = three_that_exclude_one_another();
    let others = [Part::Diving, Part::Enumeration, Part::Neighbourhoods, Part::Recreation];
    let with = solve(&problem, &exact(1), &Without::new(&others, 3_000), None).expect("well formed");
    let without = [&others[..], &[Part::Branching]].concat();
    let without = solve(&problem, &exact(1), &Without::new(&without, 3_000), None).expect("well formed");
    assert!((with.solution.objective - 100.0).abs() < 1e-6, "{}", with.solution.objective);
    assert!((with.bound - 100.0).abs() < 1e-4, "{}", with.bound);
    assert!((without.bound - 150.0).abs() < 1e-4, "{}", without.bound);
}
