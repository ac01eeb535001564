//! What an earlier plan is to the question that is asked: what people have been told, or a start for the search; and what of it
//! stands when nothing is changed.

use super::difference;
use super::model::{self, RepairModel};
use super::standing::Standing;
use crate::plan::{Plan, Route, StopKind};
use crate::planner::Unplannable;
use crate::planner::assemble::Parts;
use crate::planner::fixed::Fixes;
use crate::units::Euro;
use crate::week::{CaseId, LegId, Week};
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::Solution;
use vertrek_solver::seat;

/// What an earlier plan is to a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A start for the search.
    Anew,
    /// What people have been told: changing it costs.
    UnderWay,
}

impl Ground {
    pub(super) fn standing(self, week: &Week, earlier: &Plan, released: &BTreeSet<usize>) -> Standing {
        match self {
            Self::Anew => Standing::fresh(week, earlier),
            Self::UnderWay => Standing::of(week, earlier, released),
        }
    }
}

/// An earlier plan as a solution of the problem that it is to be changed in.
pub(crate) struct Present {
    pub(crate) repair: RepairModel,
    pub(crate) solution: Solution,
}

impl Present {
    pub(crate) fn of(week: &Week, earlier: &Plan, ground: Ground) -> Result<Self, Unplannable> {
        let standing = ground.standing(week, earlier, &BTreeSet::new());
        let mut repair = model::build(week, earlier, &standing, &Fixes::of(week));
        repair.force();
        let solution = seat(&repair.model.problem, &repair.wish).map_err(Unplannable::Figures)?;
        Ok(Self { repair, solution })
    }

    /// Whether all of the plan is in the solution: who departs how, what is driven, who works.
    pub(crate) fn shows(&self, week: &Week, plan: &Plan) -> bool {
        let (repair, solution) = (&self.repair, &self.solution);
        let parts = Parts { week, options: &repair.options, model: &repair.model };
        let options = solution.choices.iter().filter_map(|&id| repair.model.options.get(id));
        let departures: BTreeMap<&CaseId, Vec<LegId>> = options
            .map(|&at| &repair.options.options[at])
            .map(|option| (&week.cases.rows()[option.case].id, parts.legs(option.itinerary)))
            .collect();
        let planned = plan.departures.iter().map(|row| (&row.case, row.legs.clone())).collect();
        let rides: usize = solution.routes.iter().map(|route| route.stops.len()).sum();
        let of_depot = |route: &Route| route.stops.iter().filter(|stop| stop.kind != StopKind::Depot).count();
        let work: usize = solution.rosters.iter().map(|(_, jobs)| jobs.len()).sum();
        let teams = plan.teams.iter().map(|team| team.escorts.len());
        departures == planned
            && rides == plan.routes.iter().map(of_depot).sum::<usize>()
            && work == teams.chain(plan.duties.iter().map(|duty| duty.escorts.len())).sum::<usize>()
    }
}

/// What a plan is worth as it is, less what it changes of what people have been told otherwise.
pub(crate) fn worth(week: &Week, plan: &Plan) -> Result<Euro, Unplannable> {
    let standing = Standing::of(week, plan, &BTreeSet::new());
    let mut repair = model::build(week, plan, &standing, &Fixes::of(week));
    repair.force();
    let solution = seat(&repair.model.problem, &repair.wish).map_err(Unplannable::Figures)?;
    let parts = Parts { week, options: &repair.options, model: &repair.model };
    let changes = difference::changes(&parts, plan, &standing, plan, &solution);
    Ok((plan.objective - changes.iter().map(|change| change.cost).sum()).to_cents())
}

/// Whether a case (position) is on its way, so that it stays as it is.
pub(crate) fn is_held(week: &Week, earlier: &Plan, case: usize) -> bool {
    Standing::of(week, earlier, &BTreeSet::new()).cases.get(&case).is_some_and(|case| case.held)
}
