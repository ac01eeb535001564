//! Trying to add one choice to a solution that otherwise stays as it is: what it lacks, or what it would cost.

mod people;
mod route;

use std::collections::BTreeMap;
use vertrek_solver::problem::{CapacityId, Choice, CrewId, JobId, Problem, RoutePlan, Solution, TaskId, VehicleId};

/// Slack for sums of units and hours.
const ROUNDING: f64 = 1e-6;

/// What a choice lacks in a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lack {
    /// Units of a capacity.
    Capacity(CapacityId),
    /// Free crew.
    Crew,
    /// A vehicle.
    Vehicle,
}

/// A solution, ready to have choices tried on it.
#[derive(Debug)]
pub(crate) struct Standing<'a> {
    problem: &'a Problem,
    used: Vec<f64>,
    /// Units needed of each demand.
    needed: Vec<f64>,
    switched: Vec<bool>,
    rosters: BTreeMap<CrewId, &'a [JobId]>,
    routes: BTreeMap<VehicleId, &'a RoutePlan>,
    /// Extra cost of the best insertion of each task, and where; none: it cannot be inserted.
    rides: BTreeMap<TaskId, Option<(f64, VehicleId)>>,
}

impl<'a> Standing<'a> {
    pub(crate) fn new(problem: &'a Problem, solution: &'a Solution) -> Self {
        let mut standing = Self {
            problem,
            used: vec![0.0; problem.capacities.len()],
            needed: problem.demands.iter().map(|demand| demand.base).collect(),
            switched: vec![false; problem.switches.len()],
            rosters: solution.rosters.iter().map(|(crew, jobs)| (*crew, jobs.as_slice())).collect(),
            routes: solution.routes.iter().map(|route| (route.vehicle, route)).collect(),
            rides: BTreeMap::new(),
        };
        for &choice in &solution.choices {
            let choice = &problem.choices[choice];
            choice.uses.iter().for_each(|&(capacity, units)| standing.used[capacity] += units);
            choice.needs.iter().for_each(|&(demand, units)| standing.needed[demand] += units);
            for &switch in &choice.switches {
                if !std::mem::replace(&mut standing.switched[switch], true) {
                    let needs = &problem.switches[switch].needs;
                    needs.iter().for_each(|&(demand, units)| standing.needed[demand] += units);
                }
            }
        }
        for &job in solution.rosters.iter().flat_map(|(_, jobs)| jobs) {
            problem.jobs[job].uses.iter().for_each(|&(capacity, units)| standing.used[capacity] += units);
        }
        standing
    }

    /// Whether nothing is left of a capacity.
    pub(crate) fn is_full(&self, capacity: CapacityId) -> bool {
        self.used[capacity] + ROUNDING >= self.problem.capacities[capacity].limit
    }

    /// Who would join which job for a choice, and the vehicle that would drive its task.
    pub(crate) fn joins(&mut self, choice: &Choice) -> (Vec<(CrewId, JobId)>, Option<VehicleId>) {
        let crew = self.crew_for(choice).unwrap_or_default();
        (crew, choice.task.and_then(|task| Some(self.ride(task)?.1)))
    }

    /// What adding the choice costs in crew and routes, or everything that it lacks.
    pub(crate) fn add(&mut self, choice: &Choice) -> Result<f64, Vec<Lack>> {
        let mut lacks = Vec::new();
        let mut uses: BTreeMap<CapacityId, f64> = BTreeMap::new();
        choice.uses.iter().for_each(|&(capacity, units)| *uses.entry(capacity).or_default() += units);
        let mut cost = 0.0;
        match self.crew_for(choice) {
            Some(added) => {
                for &(crew, id) in &added {
                    let Some(job) = self.problem.jobs.get(id) else { continue };
                    cost += self.problem.job_cost(crew, id)
                        + if self.rosters.contains_key(&crew) { 0.0 } else { self.problem.crews[crew].used };
                    job.uses.iter().for_each(|&(capacity, units)| *uses.entry(capacity).or_default() += units);
                }
            }
            None => lacks.push(Lack::Crew),
        }
        if let Some(task) = choice.task {
            match self.ride(task) {
                Some((ride, _)) => cost += ride,
                None => lacks.push(Lack::Vehicle),
            }
        }
        let short = |(&capacity, &units): (&CapacityId, &f64)| {
            let limit = self.problem.capacities[capacity].limit;
            (units > 0.0 && self.used[capacity] + units > limit + ROUNDING).then_some(Lack::Capacity(capacity))
        };
        lacks.extend(uses.iter().filter_map(short));
        lacks.sort_unstable();
        if lacks.is_empty() { Ok(cost) } else { Err(lacks) }
    }

    fn ride(&mut self, task: TaskId) -> Option<(f64, VehicleId)> {
        if let Some(&known) = self.rides.get(&task) {
            return known;
        }
        let extra = |vehicle| {
            let route = self.routes.get(&vehicle).copied();
            Some((route::cheapest_insertion(self.problem, vehicle, route, task)?, vehicle))
        };
        let best = (0..self.problem.vehicles.len()).filter_map(extra).min_by(|a, b| a.0.total_cmp(&b.0));
        self.rides.insert(task, best);
        best
    }
}
