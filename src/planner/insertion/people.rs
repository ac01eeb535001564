//! The crew that a choice needs on top of who is there already.

use super::{ROUNDING, Standing};
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{Choice, CrewId, DemandId, JobId, SwitchId};

impl Standing<'_> {
    /// Free crew that fill what the choice asks for, the cheapest first; none when there are not enough of them, or
    /// somebody who is there already would have to go.
    pub(super) fn crew_for(&self, choice: &Choice) -> Option<Vec<(CrewId, JobId)>> {
        let new: BTreeSet<SwitchId> =
            choice.switches.iter().copied().filter(|&switch| !self.switched[switch]).collect();
        let mut short: BTreeMap<DemandId, f64> = BTreeMap::new();
        let switched_on = new.iter().flat_map(|&switch| &self.problem.switches[switch].needs);
        for &(demand, units) in choice.needs.iter().chain(switched_on) {
            *short.entry(demand).or_insert_with(|| self.needed[demand] - self.present(demand)) += units;
        }
        let barred = |crew: CrewId, job: JobId| {
            let on = (0..self.switched.len()).filter(|switch| self.switched[*switch] || new.contains(switch));
            on.into_iter().any(|switch| self.problem.switches[switch].excludes.contains(&(crew, job)))
        };
        let jobs: BTreeSet<JobId> = short.keys().map(|&demand| self.problem.demands[demand].job).collect();
        let there = self.rosters.iter().flat_map(|(&crew, roster)| roster.iter().map(move |&job| (crew, job)));
        if there.filter(|(_, job)| jobs.contains(job)).any(|(crew, job)| barred(crew, job)) {
            return None;
        }
        let mut added: Vec<(CrewId, JobId)> = Vec::new();
        // Demands of one job lie inside one another or apart (a sex among the escorts, doctors among the medics), so the
        // narrow ones go first and everybody they bring counts for the wide ones.
        let mut order: Vec<DemandId> = short.keys().copied().collect();
        order.sort_by_key(|&demand| (self.problem.demands[demand].crews.len(), demand));
        for demand in order {
            let job = self.problem.demands[demand].job;
            let mut free: Vec<CrewId> = self.problem.demands[demand].crews.clone();
            free.retain(|&crew| !added.contains(&(crew, job)) && !barred(crew, job) && self.can_take_on(crew, job));
            free.sort_by(|&a, &b| self.joining(a).total_cmp(&self.joining(b)).then(a.cmp(&b)));
            let mut free = free.into_iter();
            while short.get(&demand).is_some_and(|&missing| missing > ROUNDING) {
                let crew = free.next()?;
                added.push((crew, job));
                for (other, missing) in &mut short {
                    let other = &self.problem.demands[*other];
                    if other.job == job && other.crews.binary_search(&crew).is_ok() {
                        *missing -= 1.0;
                    }
                }
            }
        }
        Some(added)
    }

    /// The first of the crew that a demand wants and that can take its job on.
    pub(in crate::planner) fn first_free(&self, demand: DemandId) -> Option<CrewId> {
        let demand = &self.problem.demands[demand];
        demand.crews.iter().copied().find(|&crew| self.can_take_on(crew, demand.job))
    }

    /// The crew that a choice needs, when they are there and nothing limited runs out.
    pub(in crate::planner) fn taken_on(&self, choice: &Choice) -> Option<Vec<(CrewId, JobId)>> {
        let crew = self.crew_for(choice)?;
        let mut uses: BTreeMap<usize, f64> = BTreeMap::new();
        let of_crew = crew.iter().flat_map(|&(_, job)| &self.problem.jobs[job].uses);
        choice.uses.iter().chain(of_crew).for_each(|&(capacity, units)| *uses.entry(capacity).or_default() += units);
        let fits = |(&capacity, &units): (&usize, &f64)| {
            self.used[capacity] + units <= self.problem.capacities[capacity].limit + ROUNDING
        };
        uses.iter().all(fits).then_some(crew)
    }

    fn present(&self, demand: DemandId) -> f64 {
        let demand = &self.problem.demands[demand];
        let on = |crew: &&CrewId| self.rosters.get(crew).is_some_and(|roster| roster.contains(&demand.job));
        demand.crews.iter().filter(on).count() as f64
    }

    /// What one more of the crew costs beside the job.
    fn joining(&self, crew: CrewId) -> f64 {
        if self.rosters.contains_key(&crew) { 0.0 } else { self.problem.crews[crew].used }
    }

    fn can_take_on(&self, crew: CrewId, job: JobId) -> bool {
        let (member, new) = (&self.problem.crews[crew], &self.problem.jobs[job]);
        let roster = self.rosters.get(&crew).copied().unwrap_or_default();
        let apart = |other: &JobId| {
            let (other, rest) = (&self.problem.jobs[*other], self.problem.rest);
            other.end + rest <= new.start + ROUNDING || new.end + rest <= other.start + ROUNDING
        };
        let in_period =
            roster.iter().map(|&other| &self.problem.jobs[other]).filter(|other| other.period == new.period);
        let load: f64 = in_period.map(|other| other.load).sum();
        member.jobs.binary_search(&job).is_ok()
            && !roster.contains(&job)
            && roster.iter().all(apart)
            && member.max_load.get(new.period).is_none_or(|&most| load + new.load <= most + ROUNDING)
    }
}
