//! From chosen columns to a solution: what is served twice or for nothing is taken out, routes are put in their best
//! order, and the result is verified from first principles before anybody sees it.

use crate::fleet::Fleet;
use crate::pricing::rosters::in_time;
use crate::problem::*;
use crate::schedule::Visit;
use crate::verify;
use std::collections::BTreeSet;

/// Columns taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) choices: Vec<ChoiceId>,
    pub(crate) rosters: Vec<(CrewId, Vec<JobId>)>,
    /// By kind of vehicle.
    pub(crate) routes: Vec<(VehicleId, Vec<Visit>)>,
}

/// The solution made of these parts, or none when they do not fit together.
pub(crate) fn assemble(fleet: &Fleet<'_>, parts: &Parts) -> Option<Solution> {
    let problem = fleet.problem;
    let mut choices = parts.choices.clone();
    choices.sort_unstable();
    let mut wanted: BTreeSet<TaskId> = choices.iter().filter_map(|&c| problem.choices[c].task).collect();
    wanted.extend((0..problem.tasks.len()).filter(|&t| problem.tasks[t].penalty.is_some()));
    let mut routes = Vec::new();
    let mut used = vec![0; fleet.kinds.members.len()];
    for (kind, visits) in &parts.routes {
        let mut tasks: Vec<TaskId> =
            visits.iter().filter(|v| v.pickup && wanted.contains(&v.task)).map(|v| v.task).collect();
        let plan = loop {
            if tasks.is_empty() {
                break None;
            }
            if let Some((_, plan)) = fleet.best_route(*kind, &tasks) {
                break Some(plan);
            }
            // Only on roads where a stop shortens the way: leave out what makes the rest possible, or the last.
            let fits = |&out: &usize| {
                let rest: Vec<TaskId> = tasks.iter().copied().filter(|&t| t != tasks[out]).collect();
                !rest.is_empty() && fleet.best_route(*kind, &rest).is_some()
            };
            let out = (0..tasks.len()).find(fits).unwrap_or(tasks.len() - 1);
            tasks.remove(out);
        };
        if let Some(plan) = plan {
            let vehicle = *fleet.kinds.members[*kind].get(used[*kind])?;
            used[*kind] += 1;
            for task in &tasks {
                wanted.remove(task);
            }
            routes.push(RoutePlan { vehicle, ..plan });
        }
    }
    choices.retain(|&c| problem.choices[c].task.is_none_or(|t| !wanted.contains(&t)));
    routes.sort_by_key(|r| r.vehicle);
    let rosters = trim_rosters(problem, &choices, &parts.rosters);
    let mut solution = Solution { choices, rosters, routes, objective: 0.0 };
    solution.objective = verify::value(fleet.original, &solution);
    verify::faults(fleet.original, &solution).is_empty().then_some(solution)
}

/// People wanted by each demand.
pub(crate) fn wanted_by(problem: &Problem, choices: &[ChoiceId]) -> Vec<f64> {
    let mut wanted: Vec<f64> = problem.demands.iter().map(|d| d.base).collect();
    let mut on = BTreeSet::new();
    for &choice in choices {
        for &(demand, units) in &problem.choices[choice].needs {
            wanted[demand] += units;
        }
        on.extend(problem.choices[choice].switches.iter().copied());
    }
    for switch in on {
        for &(demand, units) in &problem.switches[switch].needs {
            wanted[demand] += units;
        }
    }
    wanted
}

/// Takes people off jobs on which nobody misses them.
fn trim_rosters(
    problem: &Problem,
    choices: &[ChoiceId],
    rosters: &[(CrewId, Vec<JobId>)],
) -> Vec<(CrewId, Vec<JobId>)> {
    let wanted = wanted_by(problem, choices);
    let mut demands_at: Vec<Vec<DemandId>> = vec![Vec::new(); problem.jobs.len()];
    for (id, demand) in problem.demands.iter().enumerate() {
        demands_at[demand.job].push(id);
    }
    let mut spare: Vec<f64> = wanted.iter().map(|w| -w).collect();
    let counts = |crew: &CrewId, d: DemandId| problem.demands[d].crews.binary_search(crew).is_ok();
    for (crew, jobs) in rosters {
        for &job in jobs {
            for &d in &demands_at[job] {
                spare[d] += f64::from(u8::from(counts(crew, d)));
            }
        }
    }
    let mut trimmed: Vec<(CrewId, Vec<JobId>)> = rosters.to_vec();
    trimmed.sort();
    // Short rosters first: they are the likeliest to vanish whole.
    let mut order: Vec<usize> = (0..trimmed.len()).collect();
    order.sort_by_key(|&i| trimmed[i].1.len());
    for i in order {
        let crew = trimmed[i].0;
        trimmed[i].1.retain(|&job| {
            let mine: Vec<DemandId> = demands_at[job].iter().copied().filter(|&d| counts(&crew, d)).collect();
            // Who brings more than he costs stays, missed or not.
            let missed = problem.job_cost(crew, job) < 0.0 || mine.iter().any(|&d| spare[d] < 1.0 - 1e-6);
            if !missed {
                for d in mine {
                    spare[d] -= 1.0;
                }
            }
            missed
        });
    }
    trimmed.retain(|(_, jobs)| !jobs.is_empty());
    for (_, jobs) in &mut trimmed {
        jobs.sort_by(|&a, &b| in_time(problem, a, b));
    }
    trimmed
}
