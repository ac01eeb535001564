//! The vehicles and what they can drive: kinds of interchangeable vehicles, reachable tasks, times that no road beats, and
//! the cheapest route over a given set of tasks.
//!
//! Vehicles that are alike in everything are one *kind*: one pricing problem, one row with their number as its limit, and no
//! symmetry between them in the master; a vehicle that a task names is a kind of its own. Inside the solver a vehicle index is that of a kind; [`Kinds`] leads back.

use crate::closure::closure_of;
use crate::pricing::routes::{self, Effort, Reachable, Request};
use crate::problem::{PlaceId, Problem, RoutePlan, Task, TaskId, TravelMatrix, VehicleId};
use crate::schedule::{Visit, time_route};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Vehicles alike in everything, gathered.
#[derive(Clone, Debug)]
pub(crate) struct Kinds {
    /// The vehicles of each kind, ascending.
    pub(crate) members: Vec<Vec<VehicleId>>,
    /// The kind of each vehicle.
    pub(crate) of: Vec<VehicleId>,
}

impl Kinds {
    /// The kinds of a problem's vehicles, in order of their first member.
    pub(crate) fn new(problem: &Problem) -> Self {
        let mut kinds = Self { members: Vec::new(), of: Vec::new() };
        let named = problem.named_vehicles();
        for (id, vehicle) in problem.vehicles.iter().enumerate() {
            let alike =
                |members: &Vec<VehicleId>| problem.vehicles[members[0]] == *vehicle && !named[members[0]] && !named[id];
            let kind = kinds.members.iter().position(alike).unwrap_or(kinds.members.len());
            if kind == kinds.members.len() {
                kinds.members.push(Vec::new());
            }
            kinds.members[kind].push(id);
            kinds.of.push(kind);
        }
        kinds
    }

    /// The problem with one vehicle a kind.
    pub(crate) fn reduce(&self, problem: &Problem) -> Problem {
        let vehicles = self.members.iter().map(|members| problem.vehicles[members[0]].clone()).collect();
        let kind = |task: &Task| Task { only: task.only.map(|vehicle| self.of[vehicle]), ..task.clone() };
        let tasks = problem.tasks.iter().map(kind).collect();
        Problem { vehicles, tasks, ..problem.clone() }
    }

    /// How many vehicles each kind has.
    #[expect(clippy::cast_precision_loss, reason = "a number of vehicles")]
    pub(crate) fn counts(&self) -> Vec<f64> {
        self.members.iter().map(|members| members.len() as f64).collect()
    }
}

/// Vehicles prepared for pricing.
#[derive(Debug)]
pub(crate) struct Fleet<'a> {
    /// The problem as it was given.
    pub(crate) original: &'a Problem,
    /// The problem with one vehicle a kind.
    pub(crate) problem: &'a Problem,
    pub(crate) kinds: &'a Kinds,
    /// Reachable tasks of each vehicle.
    pub(crate) reachable: Vec<Reachable>,
    /// Least driving times and kilometres, over any way and without service.
    pub(crate) drives: TravelMatrix,
    /// What exact pricing of each kind found critical so far.
    critical: Mutex<Vec<BTreeSet<usize>>>,
    /// Whether leaving a stop out of a route never costs time or kilometres.
    pub(crate) direct: bool,
}

/// Least service time at each place, where any task stops; infinite elsewhere.
fn least_service(problem: &Problem) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; problem.travel.places];
    for task in &problem.tasks {
        least[task.pickup] = least[task.pickup].min(task.load);
        least[task.delivery] = least[task.delivery].min(task.unload);
    }
    least
}

impl<'a> Fleet<'a> {
    /// Prepares the vehicles of a problem; `problem` is `original` with one vehicle a kind.
    pub(crate) fn new(original: &'a Problem, problem: &'a Problem, kinds: &'a Kinds) -> Self {
        let places: Vec<PlaceId> = (0..problem.travel.places).collect();
        let (closure, direct) = closure_of(problem, &least_service(problem), &places);
        let (drives, _) = closure_of(problem, &vec![0.0; places.len()], &places);
        let reachable = (0..problem.vehicles.len()).map(|v| Reachable::new(problem, v, &closure)).collect();
        let critical = Mutex::new(vec![BTreeSet::new(); problem.vehicles.len()]);
        Self { original, problem, kinds, reachable, drives, critical, direct }
    }

    /// What is critical in exact pricing of a kind, as far as known.
    pub(crate) fn critical(&self, kind: VehicleId) -> BTreeSet<usize> {
        self.critical.lock().unwrap_or_else(PoisonError::into_inner)[kind].clone()
    }

    /// Takes note of what was found critical.
    pub(crate) fn learn(&self, kind: VehicleId, critical: BTreeSet<usize>) {
        self.critical.lock().unwrap_or_else(PoisonError::into_inner)[kind] = critical;
    }

    /// The cheapest route of a vehicle over exactly these tasks; exact unless the search is cut short at many stops.
    pub(crate) fn best_route(&self, vehicle: VehicleId, tasks: &[TaskId]) -> Option<(Vec<Visit>, RoutePlan)> {
        const EACH: f64 = 1e7;
        let mut rewards = vec![f64::NEG_INFINITY; self.problem.tasks.len()];
        for &task in tasks {
            rewards[task] = EACH;
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of tasks")]
        let threshold = EACH * (tasks.len() as f64 - 0.5);
        let request = Request {
            vehicle,
            rewards: &rewards,
            triples: &[],
            drives: &self.drives,
            direct: self.direct,
            threshold,
            vehicle_dual: 0.0,
            effort: Effort::All,
            wanted: 1,
            max_labels: 60_000,
            soon: false,
            critical: &BTreeSet::new(),
            control: None,
        };
        let found = routes::price(self.problem, &self.reachable[vehicle], &request).routes.into_iter().next()?;
        let plan = time_route(self.problem, vehicle, &found.visits)?;
        Some((found.visits, plan))
    }
}
