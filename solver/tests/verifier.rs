//! The verifier catches every way to spoil a good solution, and the malformed problems.

#![allow(clippy::expect_used)] // A failure here is the test's.

mod support;

use support::brute_force;
use support::generate::{Size, problem};
use vertrek_solver::problem::{Problem, RouteStop, Solution, Window};
use vertrek_solver::verify::{Fault, objective, validate, verify};

type Spoil = fn(&mut Problem, &mut Solution);
type Malform = fn(&mut Problem);
type Catch = fn(&Fault) -> bool;

/// Spoils the first solution that the spoiling changes into a faulty one, and asks for the fault.
fn caught(spoil: Spoil, fault: Catch) -> bool {
    (0..60).any(|seed| {
        let mut problem = problem(seed, &Size::SMALL);
        let mut solution = brute_force::solve(&problem).expect("small enough");
        spoil(&mut problem, &mut solution);
        verify(&problem, &solution).iter().any(fault)
    })
}

fn first_stop(solution: &mut Solution) -> Option<&mut RouteStop> {
    solution.routes.first_mut().and_then(|route| route.stops.first_mut())
}

#[test]
fn every_spoiled_solution_is_caught() {
    let spoilt: [(&str, Spoil, Catch); 26] = [
        ("group twice", |p, s| s.choices = (0..p.choices.len()).collect(), |f| matches!(f, Fault::Group(_))),
        ("choices out of order", |_, s| s.choices.reverse(), |f| matches!(f, Fault::Order(_))),
        ("no such choice", |p, s| s.choices.push(p.choices.len()), |f| matches!(f, Fault::Unknown("choice", _))),
        ("no such crew", |_, s| s.rosters.push((99, vec![])), |f| matches!(f, Fault::Unknown("crew", _))),
        ("capacity", |p, _| p.capacities.iter_mut().for_each(|c| c.limit = 0.0), |f| matches!(f, Fault::Capacity(..))),
        ("rosters gone", |_, s| s.rosters.clear(), |f| matches!(f, Fault::Demand(..))),
        (
            "excluded",
            |p, s| {
                let work: Vec<_> = s.rosters.iter().map(|(c, jobs)| (*c, jobs[0])).collect();
                p.switches.iter_mut().for_each(|switch| switch.excludes.clone_from(&work));
            },
            |f| matches!(f, Fault::Excluded(..)),
        ),
        ("not allowed", |p, _| p.crews.iter_mut().for_each(|c| c.jobs.clear()), |f| matches!(f, Fault::NotAllowed(..))),
        ("rest", |p, _| p.rest = 1e5, |f| matches!(f, Fault::Rest(..))),
        ("load", |p, _| p.crews.iter_mut().for_each(|c| c.max_load.fill(0.0)), |f| matches!(f, Fault::Load(..))),
        ("no jobs", |_, s| s.rosters.iter_mut().for_each(|(_, jobs)| jobs.clear()), |f| matches!(f, Fault::NoJobs(_))),
        ("no stops", |_, s| s.routes.iter_mut().for_each(|r| r.stops.clear()), |f| matches!(f, Fault::NoStops(_))),
        ("routes gone", |_, s| s.routes.clear(), |f| matches!(f, Fault::NotDriven(..))),
        ("choices gone", |_, s| s.choices.clear(), |f| matches!(f, Fault::Unasked(_))),
        (
            "delivery missing",
            |_, s| s.routes.iter_mut().for_each(|r| r.stops.truncate(1)),
            |f| matches!(f, Fault::Stops(_)),
        ),
        (
            "delivery first",
            |_, s| s.routes.iter_mut().for_each(|r| r.stops.reverse()),
            |f| matches!(f, Fault::Stops(_)),
        ),
        (
            "window",
            |p, _| p.tasks.iter_mut().for_each(|t| t.delivery_window = Window { from: 1e6, until: 1e6 }),
            |f| matches!(f, Fault::Window(_)),
        ),
        (
            "between windows",
            |_, s| first_stop(s).into_iter().for_each(|stop| stop.at -= 1e4),
            |f| matches!(f, Fault::Window(_)),
        ),
        ("ride", |p, _| p.tasks.iter_mut().for_each(|t| t.max_ride = 0.0), |f| matches!(f, Fault::Ride(..))),
        ("too early", |_, s| s.routes.iter_mut().for_each(|r| r.leave = r.back), |f| matches!(f, Fault::Early(..))),
        (
            "outside",
            |p, _| p.vehicles.iter_mut().for_each(|v| v.window.until = v.window.from),
            |f| matches!(f, Fault::Outside(_)),
        ),
        ("long", |p, _| p.vehicles.iter_mut().for_each(|v| v.max_minutes = 0.0), |f| matches!(f, Fault::Long(..))),
        (
            "seats",
            |p, _| p.vehicles.iter_mut().for_each(|v| v.seats = 0),
            |f| matches!(f, Fault::Aboard(_, _, "people")),
        ),
        (
            "special places",
            |p, _| p.vehicles.iter_mut().for_each(|v| v.special = 0),
            |f| matches!(f, Fault::Aboard(_, _, "in special places")),
        ),
        (
            "compartments",
            |p, _| p.vehicles.iter_mut().for_each(|v| v.compartments = 0),
            |f| matches!(f, Fault::Aboard(_, _, "classes")),
        ),
        (
            "times not finite",
            |_, s| first_stop(s).into_iter().for_each(|stop| stop.at = f64::NAN),
            |f| matches!(f, Fault::NotFinite(_)),
        ),
    ];
    for (name, spoil, fault) in spoilt {
        assert!(caught(spoil, fault), "{name}");
    }
}

#[test]
fn money_stated_wrongly_is_caught() {
    assert!(caught(|_, s| s.objective += 0.1, |f| matches!(f, Fault::Objective(_))));
    assert!(caught(|_, s| s.objective = f64::NAN, |f| matches!(f, Fault::Objective(_))));
    assert!(caught(
        |_, s| s.routes.iter_mut().for_each(|r| r.km += 0.1),
        |f| matches!(f, Fault::Route(_, "length in km", _))
    ));
    assert!(caught(
        |_, s| s.routes.iter_mut().for_each(|r| r.cost -= 0.1),
        |f| matches!(f, Fault::Route(_, "cost", _))
    ));
}

#[test]
fn malformed_problems_are_refused() {
    let spoilt: [(&str, Malform); 19] = [
        ("choice", |p| p.groups = 0),
        ("choice", |p| p.choices.iter_mut().for_each(|c| c.value = f64::NAN)),
        ("choice", |p| p.choices.iter_mut().for_each(|c| c.needs.push((99, 1.0)))),
        ("choice", |p| p.tasks.iter_mut().for_each(|t| t.group = None)),
        ("choice", |p| p.choices.iter_mut().for_each(|c| c.switches.extend(c.switches.clone()))),
        ("choice", |p| p.choices.iter_mut().for_each(|c| c.uses.extend(c.uses.clone()))),
        ("periods", |p| {
            p.jobs.iter_mut().enumerate().for_each(|(i, j)| (j.start, j.end, j.period) = (i as f64, 1e3, i % 2))
        }),
        ("capacity", |p| p.capacities.iter_mut().for_each(|c| c.limit = -1.0)),
        ("switch", |p| p.switches.iter_mut().for_each(|s| s.excludes.push((99, 0)))),
        ("job", |p| p.jobs.iter_mut().for_each(|j| j.end = j.start - 1.0)),
        ("demand", |p| p.demands.iter_mut().for_each(|d| (d.base, d.shortage) = (1.0, None))),
        ("demand", |p| p.jobs.clear()),
        ("crew", |p| p.crews.iter_mut().for_each(|c| c.max_load.clear())),
        ("crew", |p| p.crews.iter_mut().for_each(|c| c.jobs.reverse())),
        ("travel", |p| p.travel.km.clear()),
        ("travel", |p| p.travel.minutes.iter_mut().for_each(|m| *m = f64::INFINITY)),
        ("task", |p| p.tasks.iter_mut().for_each(|t| t.pickup_windows.push(Window { from: 1.0, until: 0.0 }))),
        ("task", |p| p.tasks.iter_mut().for_each(|t| t.delivery = 99)),
        ("vehicle", |p| p.vehicles.iter_mut().for_each(|v| v.per_km = -1.0)),
    ];
    for (part, spoil) in spoilt {
        let refused = (0..60).any(|seed| {
            let mut problem = problem(seed, &Size::SMALL);
            assert_eq!(validate(&problem), []);
            spoil(&mut problem);
            let unanswered = Solution::default();
            let faults = verify(&problem, &unanswered);
            validate(&problem).iter().any(|m| m.part == part)
                && faults.iter().all(|f| matches!(f, Fault::Malformed(_)))
                && objective(&problem, &unanswered).is_nan()
        });
        assert!(refused, "{part}");
    }
}

/// Two people wanted at 100 each, one there for 7 + 5 and counted in both demands; one task driven, one at a penalty.
#[test]
fn objective_of_a_problem_worked_by_hand() {
    use vertrek_solver::problem::*;
    let window = Window { from: 0.0, until: 600.0 };
    let demand = |base| Demand { job: 0, crews: vec![0], base, shortage: Some(100.0) };
    let task = |group, penalty| Task {
        pickup: 1,
        pickup_windows: vec![window],
        load: 15.0,
        delivery: 0,
        delivery_window: Window { from: 100.0, until: 120.0 },
        unload: 10.0,
        max_ride: 45.0,
        seats: 1,
        special: 0,
        class: 0,
        group,
        penalty,
        only: None,
    };
    let problem = Problem {
        groups: 1,
        choices: vec![Choice {
            group: 0,
            value: 1000.0,
            uses: vec![],
            needs: vec![(1, 1.0)],
            task: Some(0),
            switches: vec![0],
        }],
        switches: vec![Switch { needs: vec![(0, 0.5)], excludes: vec![] }],
        jobs: vec![Job { start: 0.0, end: 60.0, period: 0, load: 1.0, cost: 7.0, uses: vec![] }],
        demands: vec![demand(2.0), demand(0.0)],
        crews: vec![Crew { jobs: vec![0], max_load: vec![1.0], used: 5.0, extra: vec![] }],
        tasks: vec![task(Some(0), None), task(None, Some(40.0))],
        vehicles: vec![Vehicle {
            depot: 0,
            window,
            max_minutes: f64::INFINITY,
            seats: 1,
            special: 0,
            compartments: 1,
            fixed: 20.0,
            per_km: 0.5,
            per_minute: 0.1,
        }],
        travel: TravelMatrix { places: 2, minutes: vec![0.0, 30.0, 40.0, 0.0], km: vec![0.0, 50.0, 60.0, 0.0] },
        ..Problem::default()
    };
    // Leaves at 15, picks up at 45 until 60, delivers at 100 until 110 at the depot: 95 minutes, 110 km.
    let route = RoutePlan {
        vehicle: 0,
        leave: 15.0,
        stops: vec![RouteStop { task: 0, pickup: true, at: 45.0 }, RouteStop { task: 0, pickup: false, at: 100.0 }],
        back: 110.0,
        km: 110.0,
        cost: 20.0 + 55.0 + 9.5,
    };
    // 1000 − crew 12 − 1.5 missing of demand 0 − route 84.5 − penalty 40.
    let objective = 1000.0 - 12.0 - 150.0 - 84.5 - 40.0;
    let solution = Solution { choices: vec![0], rosters: vec![(0, vec![0])], routes: vec![route], objective };
    assert_eq!(verify(&problem, &solution), []);
    let brute = brute_force::solve(&problem).expect("small enough");
    assert!(support::close(brute.objective, objective), "{brute:?}");
}
