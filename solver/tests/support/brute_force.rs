//! The best solution of a small problem by looking at all of them: choices group by group, for each the cheapest routes
//! and the cheapest rosters.

use std::collections::BTreeMap;

use super::drives::{self, Tasks};
use vertrek_solver::problem::{ChoiceId, CrewId, DemandId, JobId, Problem, RoutePlan, Solution};
use vertrek_solver::verify::objective;

/// The best solution; none: too large to look at everything.
pub fn solve(problem: &Problem) -> Option<Solution> {
    let mut search = Search {
        problem,
        drives: cheapest_drives(problem)?,
        crews: BTreeMap::new(),
        best: f64::NEG_INFINITY,
        found: Solution::default(),
        chosen: Vec::new(),
    };
    search.group(0)?;
    let mut solution = search.found;
    solution.objective = objective(problem, &solution);
    Some(solution)
}

/// Cost and routes per set of tasks driven by the vehicles together.
type Drives = BTreeMap<Tasks, (f64, Vec<RoutePlan>)>;

fn cheapest_drives(problem: &Problem) -> Option<Drives> {
    let mut all: Drives = BTreeMap::from([(0, (0.0, Vec::new()))]);
    for routes in drives::of_all(problem, 2_000_000)? {
        let before = all.clone();
        for (tasks, (cost, others)) in &before {
            for (more, route) in routes.iter().filter(|(more, _)| tasks & **more == 0) {
                let cost = cost + route.cost;
                if all.get(&(tasks | more)).is_none_or(|best| cost < best.0) {
                    let routes = others.iter().cloned().chain([route.clone()]).collect();
                    all.insert(tasks | more, (cost, routes));
                }
            }
        }
    }
    Some(all)
}

/// How many people are on every job and count in every demand.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Present {
    jobs: Vec<u8>,
    demands: Vec<u8>,
}

/// All ways to employ the crew that differ in who is present, with the least cost of each.
type Employment = BTreeMap<Present, (f64, Vec<(CrewId, Vec<JobId>)>)>;

fn employment(problem: &Problem, excluded: &[(CrewId, JobId)]) -> Option<Employment> {
    let nobody = Present { jobs: vec![0; problem.jobs.len()], demands: vec![0; problem.demands.len()] };
    let mut all: Employment = BTreeMap::from([(nobody, (0.0, Vec::new()))]);
    for (crew, member) in problem.crews.iter().enumerate() {
        let before = all.clone();
        for jobs in rosters(problem, crew, excluded).into_iter().filter(|jobs| !jobs.is_empty()) {
            let cost = member.used + jobs.iter().map(|&j| problem.job_cost(crew, j)).sum::<f64>();
            for (present, (others_cost, others)) in &before {
                let mut present = present.clone();
                jobs.iter().for_each(|&j| present.jobs[j] += 1);
                for (id, demand) in problem.demands.iter().enumerate() {
                    present.demands[id] += u8::from(jobs.contains(&demand.job) && demand.crews.contains(&crew));
                }
                let cost = others_cost + cost;
                if all.get(&present).is_none_or(|best| cost < best.0) {
                    let rosters = others.iter().cloned().chain([(crew, jobs.clone())]).collect();
                    all.insert(present, (cost, rosters));
                }
            }
        }
        if all.len() > 200_000 {
            return None;
        }
    }
    Some(all)
}

/// Every set of jobs that one member can do, jobs by start.
pub fn rosters(problem: &Problem, crew: CrewId, excluded: &[(CrewId, JobId)]) -> Vec<Vec<JobId>> {
    let member = &problem.crews[crew];
    let mut jobs: Vec<JobId> = member.jobs.iter().copied().filter(|&j| !excluded.contains(&(crew, j))).collect();
    let time = |j: &JobId| (problem.jobs[*j].start, problem.jobs[*j].end);
    jobs.sort_by(|a, b| time(a).partial_cmp(&time(b)).unwrap());
    let mut all = vec![Vec::new()];
    for job in jobs {
        for i in 0..all.len() {
            let mut longer: Vec<JobId> = all[i].clone();
            longer.push(job);
            if may_do(problem, crew, &longer) {
                all.push(longer);
            }
        }
    }
    all
}

fn may_do(problem: &Problem, crew: CrewId, jobs: &[JobId]) -> bool {
    let rested = jobs.windows(2).all(|pair| {
        let (before, after) = (&problem.jobs[pair[0]], &problem.jobs[pair[1]]);
        before.end + problem.rest <= after.start + 1e-9
    });
    let mut load = vec![0.0; problem.crews[crew].max_load.len()];
    for &job in jobs {
        load[problem.jobs[job].period] += problem.jobs[job].load;
    }
    rested && std::iter::zip(&load, &problem.crews[crew].max_load).all(|(load, most)| *load <= most + 1e-9)
}

struct Search<'a> {
    problem: &'a Problem,
    drives: Drives,
    /// Per set of switches that are on.
    crews: BTreeMap<Vec<usize>, Employment>,
    best: f64,
    found: Solution,
    chosen: Vec<ChoiceId>,
}

impl Search<'_> {
    fn group(&mut self, group: usize) -> Option<()> {
        if group == self.problem.groups {
            return self.complete();
        }
        self.group(group + 1)?;
        for choice in 0..self.problem.choices.len() {
            if self.problem.choices[choice].group == group {
                self.chosen.push(choice);
                self.group(group + 1)?;
                self.chosen.pop();
            }
        }
        Some(())
    }

    /// The best solution with exactly the chosen choices.
    fn complete(&mut self) -> Option<()> {
        let problem = self.problem;
        let choices = || self.chosen.iter().map(|&c| &problem.choices[c]);
        let Some((road, routes)) = self.cheapest_road(choices().filter_map(|c| c.task)) else { return Some(()) };
        let value = choices().map(|c| c.value).sum::<f64>() - road;
        // Some jobs bring more than they cost.
        let extras = problem.crews.iter().flat_map(|crew| &crew.extra).map(|extra| (-extra.1).max(0.0));
        if value + extras.sum::<f64>() <= self.best {
            return Some(());
        }
        let mut on: Vec<usize> = choices().flat_map(|c| c.switches.iter().copied()).collect();
        on.sort_unstable();
        on.dedup();
        let mut needed: Vec<f64> = problem.demands.iter().map(|d| d.base).collect();
        let switched = on.iter().flat_map(|&s| &problem.switches[s].needs);
        choices().flat_map(|c| &c.needs).chain(switched).for_each(|&(d, units)| needed[d] += units);
        let mut left: Vec<f64> = problem.capacities.iter().map(|c| c.limit).collect();
        choices().flat_map(|c| &c.uses).for_each(|&(c, units)| left[c] -= units);

        if !self.crews.contains_key(&on) {
            let excluded: Vec<_> = on.iter().flat_map(|&s| problem.switches[s].excludes.clone()).collect();
            self.crews.insert(on.clone(), employment(problem, &excluded)?);
        }
        let mut better = None;
        for (present, (cost, rosters)) in &self.crews[&on] {
            let short = shortage(problem, &needed, present);
            let total = value - cost - short;
            if total > self.best && fits(problem, &left, present) {
                self.best = total;
                better = Some(rosters);
            }
        }
        if let Some(rosters) = better {
            let mut choices = self.chosen.clone();
            choices.sort_unstable();
            self.found = Solution { choices, rosters: rosters.clone(), routes, objective: 0.0 };
        }
        Some(())
    }

    /// The cheapest way to drive the tasks asked for and some of those with a penalty, penalties included.
    fn cheapest_road(&self, asked: impl Iterator<Item = usize>) -> Option<(f64, Vec<RoutePlan>)> {
        let asked: Tasks = asked.fold(0, |set, t| set | (1 << t));
        let penalty = |t: usize| self.problem.tasks[t].penalty;
        let tasks = 0..self.problem.tasks.len();
        let wanted: Tasks = tasks.clone().filter(|&t| penalty(t).is_some()).fold(0, |set, t| set | (1 << t));
        let missing =
            |driven: Tasks| -> f64 { tasks.clone().filter(|t| driven & (1 << t) == 0).filter_map(penalty).sum() };
        self.drives
            .iter()
            .filter(|(driven, _)| **driven & asked == asked && **driven & !(asked | wanted) == 0)
            .map(|(&driven, (cost, routes))| (cost + missing(driven), routes))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(cost, routes)| (cost, routes.clone()))
    }
}

/// Penalties of what is missing; infinite where nothing may be.
fn shortage(problem: &Problem, needed: &[f64], present: &Present) -> f64 {
    let penalty = |id: DemandId| {
        let missing = needed[id] - f64::from(present.demands[id]);
        match problem.demands[id].shortage {
            _ if missing <= 1e-9 => 0.0,
            Some(penalty) => penalty * missing,
            None => f64::INFINITY,
        }
    };
    (0..problem.demands.len()).map(penalty).sum()
}

fn fits(problem: &Problem, left: &[f64], present: &Present) -> bool {
    let mut left = left.to_vec();
    for (job, &people) in std::iter::zip(&problem.jobs, &present.jobs) {
        job.uses.iter().for_each(|&(c, units)| left[c] -= units * f64::from(people));
    }
    left.iter().all(|&left| left >= -1e-9)
}
