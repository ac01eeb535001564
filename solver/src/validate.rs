//! Whether a problem is well formed, so that a solve can refuse it instead of going wrong on it.
//!
//! A well-formed problem always has a feasible solution, the empty one: what is wanted whatever is chosen
//! ([`Demand::base`], [`Task::penalty`]) may be left undone at a penalty.

use std::fmt;

use crate::problem::{Demand, Problem, Task, Window};

/// A part of a problem that breaks what [`crate::problem`] says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What kind of part, in the words of [`Problem`].
    pub part: &'static str,
    /// Which of them.
    pub index: usize,
    /// What it must be.
    pub must: &'static str,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.part, self.index, self.must)
    }
}

impl std::error::Error for Malformed {}

/// Everything malformed in a problem; empty when a solve accepts it.
pub fn validate(problem: &Problem) -> Vec<Malformed> {
    let mut list = List(Vec::new());
    choices(problem, &mut list);
    limits_and_switches(problem, &mut list);
    jobs_and_demands(problem, &mut list);
    crews(problem, &mut list);
    travel(problem, &mut list);
    tasks(problem, &mut list);
    vehicles(problem, &mut list);
    list.0
}

/// Collects what is malformed.
struct List(Vec<Malformed>);

impl List {
    fn check(&mut self, part: &'static str, index: usize, holds: bool, must: &'static str) {
        if !holds {
            self.0.push(Malformed { part, index, must });
        }
    }
}

/// Finite and not negative.
fn amount(x: f64) -> bool {
    x.is_finite() && x >= 0.0
}

/// Not negative, infinity allowed.
fn limit(x: f64) -> bool {
    x >= 0.0
}

fn window(w: &Window) -> bool {
    w.from.is_finite() && w.until.is_finite() && w.from <= w.until
}

fn amounts(pairs: &[(usize, f64)], ids: usize) -> bool {
    pairs.iter().all(|&(id, x)| id < ids && amount(x)) && each_once(pairs.iter().map(|pair| pair.0).collect())
}

fn each_once(mut ids: Vec<usize>) -> bool {
    ids.sort_unstable();
    ids.is_sorted_by(|a, b| a < b)
}

fn ascending_below(list: &[usize], ids: usize) -> bool {
    list.windows(2).all(|w| w[0] < w[1]) && list.last().is_none_or(|&id| id < ids)
}

fn choices(problem: &Problem, list: &mut List) {
    for (i, choice) in problem.choices.iter().enumerate() {
        let mut check = |holds, must| list.check("choice", i, holds, must);
        check(choice.group < problem.groups, "the group must exist");
        check(choice.value.is_finite(), "the value must be finite");
        check(
            amounts(&choice.uses, problem.capacities.len()),
            "uses must name capacities, each once, with finite units of at least 0",
        );
        check(
            amounts(&choice.needs, problem.demands.len()),
            "needs must name demands, each once, with finite units of at least 0",
        );
        check(
            choice.switches.iter().all(|&s| s < problem.switches.len()) && each_once(choice.switches.clone()),
            "switches must exist and be named once",
        );
        // Otherwise the same ride could be asked for by choices that do not exclude one another.
        check(
            choice.task.is_none_or(|t| problem.tasks.get(t).is_some_and(|task| task.group == Some(choice.group))),
            "the task must exist and be of the choice's group",
        );
    }
}

fn limits_and_switches(problem: &Problem, list: &mut List) {
    for (i, capacity) in problem.capacities.iter().enumerate() {
        list.check("capacity", i, limit(capacity.limit), "the limit must be at least 0");
    }
    for (i, switch) in problem.switches.iter().enumerate() {
        let mut check = |holds, must| list.check("switch", i, holds, must);
        check(
            amounts(&switch.needs, problem.demands.len()),
            "needs must name demands, each once, with finite units of at least 0",
        );
        check(
            switch.excludes.iter().all(|&(crew, job)| crew < problem.crews.len() && job < problem.jobs.len()),
            "excluded crew and jobs must exist",
        );
    }
}

fn jobs_and_demands(problem: &Problem, list: &mut List) {
    for (i, job) in problem.jobs.iter().enumerate() {
        let mut check = |holds, must| list.check("job", i, holds, must);
        check(
            job.start.is_finite() && job.end.is_finite() && job.start <= job.end,
            "start and end must be finite, and the end not before the start",
        );
        check(amount(job.load) && amount(job.cost), "load and cost must be finite and at least 0");
        check(
            amounts(&job.uses, problem.capacities.len()),
            "uses must name capacities, each once, with finite units of at least 0",
        );
    }
    list.check("periods", 0, periods_follow(problem), "the jobs of a period must follow one another in time");
    for (i, demand) in problem.demands.iter().enumerate() {
        let Demand { job, crews, base, shortage } = demand;
        let mut check = |holds, must| list.check("demand", i, holds, must);
        check(*job < problem.jobs.len(), "the job must exist");
        check(ascending_below(crews, problem.crews.len()), "crews must exist and be ascending");
        check(amount(*base), "the base must be finite and at least 0");
        check(shortage.is_none_or(amount), "the penalty of shortage must be finite and at least 0");
        check(
            *base == 0.0 || shortage.is_some(),
            "a base above 0 needs a penalty of shortage, or nothing might be feasible",
        );
    }
}

/// Whether the jobs of each period follow one another, as the days of a week do.
fn periods_follow(problem: &Problem) -> bool {
    let mut jobs: Vec<(f64, usize)> = problem.jobs.iter().map(|job| (job.start, job.period)).collect();
    jobs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut periods: Vec<usize> = jobs.into_iter().map(|job| job.1).collect();
    periods.dedup();
    each_once(periods)
}

fn crews(problem: &Problem, list: &mut List) {
    list.check("rest", 0, amount(problem.rest), "the rest must be finite and at least 0");
    for (i, crew) in problem.crews.iter().enumerate() {
        let mut check = |holds, must| list.check("crew", i, holds, must);
        check(amount(crew.used), "the cost of use must be finite and at least 0");
        check(crew.max_load.iter().all(|&x| limit(x)), "limits of load must be at least 0");
        check(ascending_below(&crew.jobs, problem.jobs.len()), "jobs must exist and be ascending");
        let named: Vec<usize> = crew.extra.iter().map(|extra| extra.0).collect();
        check(
            ascending_below(&named, problem.jobs.len()) && crew.extra.iter().all(|extra| extra.1.is_finite()),
            "extra costs must name jobs, ascending, and be finite",
        );
        check(
            crew.jobs.iter().filter_map(|&j| problem.jobs.get(j)).all(|job| job.period < crew.max_load.len()),
            "every period of its jobs must have a limit of load",
        );
    }
}

fn travel(problem: &Problem, list: &mut List) {
    let travel = &problem.travel;
    let mut check = |holds, must| list.check("travel", 0, holds, must);
    let cells = travel.places.checked_mul(travel.places);
    check(
        cells == Some(travel.minutes.len()) && cells == Some(travel.km.len()),
        "minutes and km must each have places × places entries",
    );
    let all = || travel.minutes.iter().chain(&travel.km);
    check(all().all(|&x| amount(x)), "minutes and km must be finite and at least 0");
    let diagonal = |cells: &[f64]| cells.iter().step_by(travel.places.saturating_add(1)).all(|&x| x == 0.0);
    check(diagonal(&travel.minutes) && diagonal(&travel.km), "minutes and km from a place to itself must be 0");
}

fn tasks(problem: &Problem, list: &mut List) {
    for (i, task) in problem.tasks.iter().enumerate() {
        let Task { pickup_windows: pickups, .. } = task;
        let mut check = |holds, must| list.check("task", i, holds, must);
        check(
            task.pickup < problem.travel.places && task.delivery < problem.travel.places,
            "pickup and delivery must be places of the travel matrix",
        );
        check(
            pickups.iter().all(window) && pickups.windows(2).all(|w| w[0].until <= w[1].from),
            "pickup windows must be finite, disjoint and ascending",
        );
        check(window(&task.delivery_window), "the delivery window must be finite and not empty");
        check(amount(task.load) && amount(task.unload), "service times must be finite and at least 0");
        check(limit(task.max_ride), "the longest ride must be at least 0");
        check(task.group.is_none_or(|g| g < problem.groups), "the group must exist");
        check(task.penalty.is_none_or(amount), "the penalty must be finite and at least 0");
        check(task.only.is_none_or(|v| v < problem.vehicles.len()), "the only vehicle must exist");
        check(
            task.group.is_none() || task.penalty.is_none(),
            "a task of a group is asked for by choices and can have no penalty",
        );
    }
}

fn vehicles(problem: &Problem, list: &mut List) {
    for (i, vehicle) in problem.vehicles.iter().enumerate() {
        let mut check = |holds, must| list.check("vehicle", i, holds, must);
        check(vehicle.depot < problem.travel.places, "the depot must be a place of the travel matrix");
        check(window(&vehicle.window), "the window must be finite and not empty");
        check(limit(vehicle.max_minutes), "the longest route must be at least 0");
        check(
            amount(vehicle.fixed) && amount(vehicle.per_km) && amount(vehicle.per_minute),
            "costs must be finite and at least 0",
        );
    }
}
