//! What was planned before, in the terms of the problem of a repair: where its search starts.

use super::model::Adapted;
use crate::options::Notice;
use crate::plan::{Plan, StopKind};
use crate::planner::model::{Load, Work};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};
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
        let otherwise = self.otherwise(earlier, &of_group);
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
            let stops = stops.filter_map(|stop| Some((group(stop)?, stop.kind == StopKind::Pickup)));
            Some((week.shifts.position(&route.shift)?, stops.collect()))
        };
        Wish {
            choices: choices.collect(),
            routes: earlier.routes.iter().filter_map(route).collect(),
            rosters: self.rosters(),
            otherwise,
        }
    }

    /// How many things are not as they were when the earlier plan was made, beside what can be seen in the problem: cases
    /// that cannot depart as they were to, cases that could not depart and can now, shifts' rides, and new transfers.
    fn otherwise(&self, earlier: &Plan, of_group: &[Vec<(bool, bool, ChoiceId)>]) -> u64 {
        let (week, problem) = (self.week, &self.model.problem);
        let mut offered = vec![false; problem.groups];
        problem.choices.iter().for_each(|choice| offered[choice.group] = true);
        let planned: BTreeSet<&CaseId> = earlier.departures.iter().map(|departure| &departure.case).collect();
        let left = earlier.not_planned.iter().filter(|row| row.gate.is_none());
        let open: BTreeSet<&CaseId> = left.map(|row| &row.case).collect();
        let case = |(at, case): &(usize, &Case)| {
            let fell = planned.contains(&case.id) && of_group[*at].is_empty();
            fell || offered[*at] && !planned.contains(&case.id) && !open.contains(&case.id)
        };
        let cases = week.cases.iter().enumerate().filter(case).count();
        let gone = earlier.routes.iter().filter(|route| week.shifts.get(&route.shift).is_none());
        let rides = gone.map(|route| route.stops.iter().filter(|stop| stop.kind == StopKind::Pickup).count());
        let unmet: BTreeSet<&TransferId> = earlier.unmet.transfers.iter().collect();
        let known = |id: &TransferId| self.standing.transfers.contains_key(id) || unmet.contains(id);
        let transfers = week.transfers.iter().filter(|transfer| !known(&transfer.id)).count();
        (cases + rides.sum::<usize>() + transfers) as u64
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
