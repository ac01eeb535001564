//! What was planned before, in the terms of the problem of a repair: where its search starts.

use super::model::Adapted;
use crate::options::Notice;
use crate::plan::Plan;
use crate::planner::model::{Load, Work};
use crate::week::*;
use std::collections::BTreeMap;
use vertrek_solver::Wish;
use vertrek_solver::problem::{ChoiceId, CrewId, GroupId, JobId};

impl Adapted<'_> {
    /// What was planned, in the terms of the problem.
    pub(super) fn wish(&self, earlier: &Plan) -> Wish {
        let (week, problem) = (self.week, &self.model.problem);
        let mut of_group: Vec<Vec<(bool, bool, ChoiceId)>> = vec![Vec::new(); problem.groups];
        for (id, choice) in problem.choices.iter().enumerate() {
            let changed = choice.task.is_some_and(|task| problem.tasks[task].only.is_none());
            let Some(&at) = self.model.options.get(id) else {
                of_group[choice.group].push((changed, false, id));
                continue;
            };
            let option = &self.options.options[at];
            let Some(case) = self.standing.cases.get(&option.case) else { continue };
            if case.positions.as_ref() == Some(&self.options.itineraries[option.itinerary].legs) {
                let slot = match option.notice {
                    Notice::Slot(slot) => Some(&week.contact_slots.rows()[slot].id),
                    Notice::Kept(_) => None,
                };
                of_group[choice.group].push((slot != case.slot.as_ref(), changed, id));
            }
        }
        let choices = of_group.into_iter().enumerate().filter(|(_, list)| !list.is_empty());
        let choices = choices.map(|(group, mut list)| {
            list.sort();
            (group, list.into_iter().map(|(_, _, id)| id).collect())
        });
        let mut group_of: BTreeMap<&TransferId, GroupId> = BTreeMap::new();
        for (task, load) in self.model.loads.iter().enumerate() {
            if let (Load::Transfer(at), Some(group)) = (load, problem.tasks[task].group) {
                group_of.insert(&week.transfers.rows()[*at].id, group);
            }
        }
        let group = |stop: &crate::plan::Stop| {
            let case = stop.case.as_ref().and_then(|case| week.cases.position(case));
            case.or_else(|| group_of.get(stop.transfer.as_ref()?).copied())
        };
        let route = |route: &crate::plan::Route| {
            let stops = route.stops.iter();
            let stops = stops.filter_map(|stop| Some((group(stop)?, stop.kind == crate::plan::StopKind::Pickup)));
            Some((week.shifts.position(&route.shift)?, stops.collect()))
        };
        Wish {
            choices: choices.collect(),
            routes: earlier.routes.iter().filter_map(route).collect(),
            rosters: self.rosters(),
        }
    }

    fn rosters(&self) -> Vec<(CrewId, Vec<JobId>)> {
        let mut rosters: BTreeMap<CrewId, Vec<JobId>> = BTreeMap::new();
        for (job, work) in self.model.work.iter().enumerate() {
            let duty = match work {
                Work::Team(itinerary) => {
                    let legs = self.options.itineraries[*itinerary].legs.iter();
                    let legs: Vec<LegId> = legs.map(|&leg| self.week.legs.rows()[leg].id.clone()).collect();
                    self.standing.teams.get(&legs)
                }
                Work::Fixed(position) => self.standing.duties.get(&self.week.duties.rows()[*position].id),
            };
            for escort in duty.into_iter().flat_map(|duty| &duty.escorts) {
                if let Some(crew) = self.week.escorts.position(escort) {
                    rosters.entry(crew).or_default().push(job);
                }
            }
        }
        rosters.into_iter().collect()
    }
}
