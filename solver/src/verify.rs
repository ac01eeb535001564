//! A solution against its problem, from first principles: feasibility and objective. Nothing of the search is used here.
//!
//! Readings: the cost and the uses of a job count once per person on it; a member counts in every demand of the job that
//! lists it; a shortage is max(0, base + Σ needs − members on the job that the demand lists); a task without a penalty is
//! driven if and only if a chosen choice asks for it, also where driving it would shorten the way.

mod fault;
mod rosters;
mod routes;

pub use crate::validate::{Malformed, validate};
pub use fault::Fault;

use std::collections::BTreeSet;

use crate::problem::{CrewId, Demand, JobId, Problem, Solution, TaskId};

/// What minutes and units may be off by.
pub const TOLERANCE: f64 = 1e-6;

/// Every fault of a solution; empty when it is feasible and states its kilometres, costs and objective truly.
pub fn verify(problem: &Problem, solution: &Solution) -> Vec<Fault> {
    let malformed = validate(problem);
    if malformed.is_empty() { faults(problem, solution) } else { malformed.into_iter().map(Fault::Malformed).collect() }
}

/// The same for a problem that is known to be well formed: to look at all of that again takes longer than a search of
/// thousands of rounds, where there are a million choices.
pub(crate) fn faults(problem: &Problem, solution: &Solution) -> Vec<Fault> {
    let mut faults = unknown(problem, solution);
    faults.extend(not_finite(solution));
    if !faults.is_empty() {
        return faults;
    }
    choices(problem, solution, &mut faults);
    capacities(problem, solution, &mut faults);
    demands(problem, solution, &mut faults);
    excluded(problem, solution, &mut faults);
    faults.extend(rosters::check(problem, solution));
    faults.extend(routes::check(problem, solution));
    let objective = value(problem, solution);
    if differs(solution.objective, objective) {
        faults.push(Fault::Objective(objective));
    }
    faults
}

/// The objective of a solution from its choices, rosters and routes (euro); not a number where it names what the
/// problem does not have.
pub fn objective(problem: &Problem, solution: &Solution) -> f64 {
    if validate(problem).is_empty() && unknown(problem, solution).is_empty() {
        value(problem, solution)
    } else {
        f64::NAN
    }
}

/// The same for a well-formed problem and a solution that names nothing else.
pub(crate) fn value(problem: &Problem, solution: &Solution) -> f64 {
    let values: f64 = solution.choices.iter().map(|&c| problem.choices[c].value).sum();
    let jobs: f64 = work(solution).map(|(crew, job)| problem.job_cost(crew, job)).sum();
    let used: f64 =
        solution.rosters.iter().filter(|(_, jobs)| !jobs.is_empty()).map(|(c, _)| problem.crews[*c].used).sum();
    let routes: f64 = solution.routes.iter().map(|route| routes::cost(problem, route)).sum();
    let short = shortages(problem, solution);
    let shortages: f64 =
        std::iter::zip(&problem.demands, short).map(|(demand, missing)| demand.shortage.unwrap_or(0.0) * missing).sum();
    let driven: BTreeSet<TaskId> = solution.routes.iter().flat_map(|r| &r.stops).map(|stop| stop.task).collect();
    let penalties: f64 = problem
        .tasks
        .iter()
        .enumerate()
        .filter(|(id, _)| !driven.contains(id))
        .filter_map(|(_, task)| task.penalty)
        .sum();
    values - jobs - used - routes - shortages - penalties
}

/// Whether an amount of money or kilometres is stated wrongly.
fn differs(stated: f64, is: f64) -> bool {
    stated.is_nan() || is.is_nan() || (stated - is).abs() > TOLERANCE * is.abs().max(1.0)
}

fn ascending(ids: impl Iterator<Item = usize>) -> bool {
    ids.is_sorted_by(|a, b| a < b)
}

/// Who does what.
fn work(solution: &Solution) -> impl Iterator<Item = (CrewId, JobId)> {
    solution.rosters.iter().flat_map(|(crew, jobs)| jobs.iter().map(|&job| (*crew, job)))
}

fn unknown(problem: &Problem, solution: &Solution) -> Vec<Fault> {
    let choices = solution.choices.iter().map(|&c| ("choice", c, problem.choices.len()));
    let crews = solution.rosters.iter().map(|(c, _)| ("crew", *c, problem.crews.len()));
    let jobs = work(solution).map(|(_, j)| ("job", j, problem.jobs.len()));
    let vehicles = solution.routes.iter().map(|r| ("vehicle", r.vehicle, problem.vehicles.len()));
    let stops = solution.routes.iter().flat_map(|r| &r.stops);
    let tasks = stops.map(|stop| ("task", stop.task, problem.tasks.len()));
    choices
        .chain(crews)
        .chain(jobs)
        .chain(vehicles)
        .chain(tasks)
        .filter(|(_, id, count)| id >= count)
        .map(|(what, id, _)| Fault::Unknown(what, id))
        .collect()
}

fn not_finite(solution: &Solution) -> Option<Fault> {
    let finite = solution.routes.iter().all(|route| {
        let stops = route.stops.iter().all(|stop| stop.at.is_finite());
        stops && route.leave.is_finite() && route.back.is_finite()
    });
    (!finite).then_some(Fault::NotFinite("times of a route"))
}

fn choices(problem: &Problem, solution: &Solution, faults: &mut Vec<Fault>) {
    if !ascending(solution.choices.iter().copied()) {
        faults.push(Fault::Order("choices"));
    }
    let mut taken = vec![0_usize; problem.groups];
    for &choice in &solution.choices {
        taken[problem.choices[choice].group] += 1;
    }
    let twice = taken.iter().enumerate().filter(|(_, n)| **n > 1);
    faults.extend(twice.map(|(group, _)| Fault::Group(group)));
}

fn capacities(problem: &Problem, solution: &Solution, faults: &mut Vec<Fault>) {
    let mut used = vec![0.0; problem.capacities.len()];
    let chosen = solution.choices.iter().flat_map(|&c| &problem.choices[c].uses);
    let jobs = work(solution).flat_map(|(_, j)| &problem.jobs[j].uses);
    for &(capacity, units) in chosen.chain(jobs) {
        used[capacity] += units;
    }
    for (id, (capacity, &used)) in std::iter::zip(&problem.capacities, &used).enumerate() {
        if used > capacity.limit + TOLERANCE {
            faults.push(Fault::Capacity(id, used));
        }
    }
}

/// Whether each switch is on.
fn switched(problem: &Problem, solution: &Solution) -> Vec<bool> {
    let mut on = vec![false; problem.switches.len()];
    for &switch in solution.choices.iter().flat_map(|&c| &problem.choices[c].switches) {
        on[switch] = true;
    }
    on
}

/// People missing, per demand.
fn shortages(problem: &Problem, solution: &Solution) -> Vec<f64> {
    let mut needed: Vec<f64> = problem.demands.iter().map(|demand| demand.base).collect();
    let chosen = solution.choices.iter().flat_map(|&c| &problem.choices[c].needs);
    let on = switched(problem, solution);
    let switches = std::iter::zip(&problem.switches, on).filter(|(_, on)| *on).flat_map(|(switch, _)| &switch.needs);
    for &(demand, units) in chosen.chain(switches) {
        needed[demand] += units;
    }
    let mut on_job: Vec<Vec<CrewId>> = vec![Vec::new(); problem.jobs.len()];
    work(solution).for_each(|(crew, job)| on_job[job].push(crew));
    let present = |demand: &Demand| on_job[demand.job].iter().filter(|c| demand.crews.binary_search(c).is_ok()).count();
    std::iter::zip(&problem.demands, needed)
        .map(|(demand, needed)| (needed - present(demand) as f64).max(0.0))
        .collect()
}

fn demands(problem: &Problem, solution: &Solution, faults: &mut Vec<Fault>) {
    for (id, missing) in shortages(problem, solution).into_iter().enumerate() {
        if missing > TOLERANCE && problem.demands[id].shortage.is_none() {
            faults.push(Fault::Demand(id, missing));
        }
    }
}

fn excluded(problem: &Problem, solution: &Solution, faults: &mut Vec<Fault>) {
    let on = switched(problem, solution);
    let work: BTreeSet<(CrewId, JobId)> = work(solution).collect();
    for (id, switch) in problem.switches.iter().enumerate().filter(|(id, _)| on[*id]) {
        for &(crew, job) in switch.excludes.iter().filter(|pair| work.contains(pair)) {
            faults.push(Fault::Excluded(id, crew, job));
        }
    }
}
