//! A problem as one closed integer programme: every roster and every route is a column.

use std::collections::BTreeMap;

use good_lp::{
    Expression, ProblemVariables, Solution as _, SolverModel, Variable, constraint, highs, variable, variables,
};

use super::{brute_force, drives};
use vertrek_solver::problem::{CrewId, JobId, Problem, RoutePlan, Solution};
use vertrek_solver::verify::objective;

/// Columns at most.
const MOST: usize = 60_000;

struct Columns {
    choices: Vec<Variable>,
    switches: Vec<Variable>,
    short: Vec<Option<Variable>>,
    undriven: Vec<Option<Variable>>,
    rosters: Vec<(CrewId, Vec<JobId>, Variable)>,
    routes: Vec<(drives::Tasks, RoutePlan, Variable)>,
}

/// The best solution; none: too many columns.
pub fn solve(problem: &Problem) -> Option<Solution> {
    let rosters = rosters(problem)?;
    let routes = drives::of_all(problem, 300_000)?;
    if rosters.len() + routes.iter().map(BTreeMap::len).sum::<usize>() > MOST {
        return None;
    }
    let mut vars = variables!();
    // HiGHS refuses a model without variables.
    vars.add(variable().min(0.0).max(0.0));
    let columns = columns(problem, &mut vars, rosters, routes);
    let mut model = vars
        .maximise(gain(problem, &columns))
        .using(highs)
        .set_threads(1)
        .set_mip_rel_gap(0.0)
        .and_then(|model| model.set_mip_abs_gap(0.0))
        .expect("a gap of 0 is allowed");
    for row in rows(problem, &columns) {
        model.add_constraint(row);
    }
    let found = model.solve().expect("choosing nothing is always possible");
    let taken = |x: &Variable| found.value(*x) > 0.5;
    let mut rosters: Vec<(CrewId, Vec<JobId>)> =
        columns.rosters.into_iter().filter(|(_, _, x)| taken(x)).map(|(crew, jobs, _)| (crew, jobs)).collect();
    rosters.sort();
    let mut routes: Vec<RoutePlan> =
        columns.routes.into_iter().filter(|(_, _, x)| taken(x)).map(|(_, route, _)| route).collect();
    routes.sort_by_key(|route| route.vehicle);
    let choices = (0..problem.choices.len()).filter(|&c| taken(&columns.choices[c])).collect();
    let mut solution = Solution { choices, rosters, routes, objective: 0.0 };
    solution.objective = objective(problem, &solution);
    Some(solution)
}

fn rosters(problem: &Problem) -> Option<Vec<(CrewId, Vec<JobId>)>> {
    let mut all = Vec::new();
    for crew in 0..problem.crews.len() {
        let jobs = brute_force::rosters(problem, crew, &[]);
        all.extend(jobs.into_iter().filter(|jobs| !jobs.is_empty()).map(|jobs| (crew, jobs)));
        if all.len() > MOST {
            return None;
        }
    }
    Some(all)
}

fn columns(
    problem: &Problem,
    vars: &mut ProblemVariables,
    rosters: Vec<(CrewId, Vec<JobId>)>,
    routes: Vec<BTreeMap<drives::Tasks, RoutePlan>>,
) -> Columns {
    let mut binary = || vars.add(variable().binary());
    let choices = problem.choices.iter().map(|_| binary()).collect();
    let switches = problem.switches.iter().map(|_| binary()).collect();
    let undriven = problem.tasks.iter().map(|task| task.penalty.map(|_| binary())).collect();
    let rosters = rosters.into_iter().map(|(crew, jobs)| (crew, jobs, binary())).collect();
    let routes = routes.into_iter().flatten().map(|(tasks, route)| (tasks, route, binary())).collect();
    let short = problem.demands.iter().map(|d| d.shortage.map(|_| vars.add(variable().min(0.0)))).collect();
    Columns { choices, switches, short, undriven, rosters, routes }
}

fn gain(problem: &Problem, columns: &Columns) -> Expression {
    let mut gain = Expression::from(0.0);
    for (choice, x) in std::iter::zip(&problem.choices, &columns.choices) {
        gain += choice.value * *x;
    }
    for (crew, jobs, x) in &columns.rosters {
        let jobs: f64 = jobs.iter().map(|&j| problem.job_cost(*crew, j)).sum();
        gain -= (problem.crews[*crew].used + jobs) * *x;
    }
    for (_, route, x) in &columns.routes {
        gain -= route.cost * *x;
    }
    for (demand, x) in std::iter::zip(&problem.demands, &columns.short) {
        if let (Some(penalty), Some(x)) = (demand.shortage, x) {
            gain -= penalty * *x;
        }
    }
    for (task, x) in std::iter::zip(&problem.tasks, &columns.undriven) {
        if let (Some(penalty), Some(x)) = (task.penalty, x) {
            gain -= penalty * *x;
        }
    }
    gain
}

fn rows(problem: &Problem, columns: &Columns) -> Vec<good_lp::Constraint> {
    let zero = || Expression::from(0.0);
    let mut group = vec![zero(); problem.groups];
    let mut used = vec![zero(); problem.capacities.len()];
    let mut over: Vec<Expression> = problem.demands.iter().map(|d| Expression::from(-d.base)).collect();
    let mut asked = vec![zero(); problem.tasks.len()];
    let mut rows = Vec::new();
    for (choice, &x) in std::iter::zip(&problem.choices, &columns.choices) {
        group[choice.group] += x;
        choice.uses.iter().for_each(|&(c, units)| used[c] += units * x);
        choice.needs.iter().for_each(|&(d, units)| over[d] -= units * x);
        choice.task.iter().for_each(|&t| asked[t] += x);
        rows.extend(choice.switches.iter().map(|&s| constraint!(x <= columns.switches[s])));
    }
    for (switch, &x) in std::iter::zip(&problem.switches, &columns.switches) {
        switch.needs.iter().for_each(|&(d, units)| over[d] -= units * x);
        for &(crew, job) in &switch.excludes {
            let with = columns.rosters.iter().filter(|(c, jobs, _)| *c == crew && jobs.contains(&job));
            let does: Expression = with.map(|(_, _, x)| *x).sum();
            rows.push(constraint!(does + x <= 1.0));
        }
    }
    let mut once_crew = vec![zero(); problem.crews.len()];
    for (crew, jobs, x) in &columns.rosters {
        once_crew[*crew] += *x;
        let uses = jobs.iter().flat_map(|&j| &problem.jobs[j].uses);
        uses.for_each(|&(c, units)| used[c] += units * *x);
        let counts = problem.demands.iter().enumerate();
        counts.filter(|(_, d)| jobs.contains(&d.job) && d.crews.contains(crew)).for_each(|(d, _)| over[d] += *x);
    }
    let mut once_vehicle = vec![zero(); problem.vehicles.len()];
    let mut driven = vec![zero(); problem.tasks.len()];
    for (tasks, route, x) in &columns.routes {
        once_vehicle[route.vehicle] += *x;
        let on = (0..problem.tasks.len()).filter(|t| tasks & (1 << t) != 0);
        on.for_each(|t| driven[t] += *x);
    }
    for (over, short) in std::iter::zip(over, &columns.short) {
        rows.push(match short {
            Some(short) => constraint!(over + *short >= 0.0),
            None => constraint!(over >= 0.0),
        });
    }
    for ((driven, asked), undriven) in std::iter::zip(std::iter::zip(driven, asked), &columns.undriven) {
        rows.push(match undriven {
            Some(undriven) => constraint!(driven + *undriven == 1.0),
            None => constraint!(driven == asked),
        });
    }
    let once = group.into_iter().chain(once_crew).chain(once_vehicle);
    rows.extend(once.map(|sum| constraint!(sum <= 1.0)));
    let limits = std::iter::zip(used, &problem.capacities);
    rows.extend(limits.filter(|(_, c)| c.limit.is_finite()).map(|(used, c)| constraint!(used <= c.limit)));
    rows
}
