//! Smooth multipliers over random problems: the bound they prove holds, and is nearly that of the linear program.

use super::Smooth;
use crate::fleet::{Fleet, Kinds};
use crate::generation::{Closed, EXACT, Pricing, Stage};
use crate::master::Master;
use crate::problem::{Control, Problem, Progress};
use crate::support::generate::{Size, problem};

struct Endless;

impl Control for Endless {
    fn seconds_left(&self) -> f64 {
        1e9
    }
    fn report(&self, _: Progress) {}
}

/// The bound that column generation proves, with the multipliers of the linear program or with smooth ones, and what
/// these and the linear program are worth over the same columns at the end.
fn bound(problem: &Problem, smooth: Option<&mut Smooth>) -> (f64, f64, f64) {
    let kinds = Kinds::new(problem);
    let reduced = kinds.reduce(problem);
    let fleet = Fleet::new(problem, &reduced, &kinds);
    let mut master = Master::new(&reduced, &kinds.counts());
    let closed = Closed::none(reduced.crews.len(), reduced.vehicles.len());
    let pricing = Pricing { threads: 1, max_labels: 1_000_000, stage: Stage::Usual, control: &Endless };
    let asked = (usize::MAX, EXACT, None);
    let generated = crate::generation::generate(&mut master, &fleet, &closed, asked, pricing, (smooth, None), |_| true);
    let bound = generated.expect("nobody stops it").bound;
    let (near, duals) = Smooth::new().improve(&master, true, &Endless);
    assert!((master.lagrange(&duals) - near).abs() < 1e-6 * near.abs().max(1.0), "the blocks have the rest");
    master.solve(&Endless);
    (bound, near, master.lp().objective())
}

#[test]
fn the_bound_of_smooth_multipliers_holds_and_is_near() {
    let (mut shares, mut pools) = (Vec::new(), Vec::new());
    for seed in 0..300 {
        let problem = problem(seed, &Size::SMALL);
        let best = crate::support::brute_force::solve(&problem).expect("small enough").objective;
        let (smooth, near, lp) = bound(&problem, Some(&mut Smooth::new()));
        let (exact, ..) = bound(&problem, None);
        let size = exact.abs().max(100.0);
        assert!(smooth >= best - 1e-6 * size, "small problem {seed}: bound {smooth} but {best} is possible");
        assert!(near >= lp - 1e-6 * size, "small problem {seed}: {near} below the linear program {lp}");
        shares.push((smooth - exact) / size);
        pools.push((near - lp) / size);
    }
    for (name, mut shares) in [("bounds", shares), ("pools", pools)] {
        shares.sort_by(f64::total_cmp);
        let (median, high) = (shares[shares.len() / 2], shares[shares.len() * 9 / 10]);
        assert!(median < 0.0005 && high < 0.003, "{name}: {median} in the median, {high} in one of ten");
    }
}

#[test]
fn rewards_are_lowered_at_no_cost_and_no_further() {
    let mut lowered = 0;
    for seed in 0..100 {
        let problem = problem(seed, &Size::SMALL);
        let kinds = Kinds::new(&problem);
        let reduced = kinds.reduce(&problem);
        let master = Master::new(&reduced, &kinds.counts());
        let (value, duals) = Smooth::new().improve(&master, true, &Endless);
        let least = master.least_rewards(duals.clone());
        assert!(
            (master.lagrange(&least) - value).abs() < 1e-6 * value.abs().max(1.0),
            "small problem {seed}: it costs"
        );
        let again = master.task_rewards(&master.least_rewards(least.clone()));
        for ((before, after), again) in master.task_rewards(&duals).iter().zip(master.task_rewards(&least)).zip(again) {
            assert!(after <= before + 1e-9, "small problem {seed}: {before} has become {after}");
            assert!((after - again).abs() < 1e-6, "small problem {seed}: {after} could have been {again}");
            lowered += usize::from(after < before - 1e-6);
        }
    }
    assert!(lowered > 50, "only {lowered} rewards are lower than they were");
}
