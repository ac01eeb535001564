//! Where the search is: choices, rosters and routes with everything counted that they use. Every change is logged, so
//! that a trial is taken back at the cost of what it changed.

use super::index::{Index, SLACK};
use super::route::{Place, Route};
use super::timing::{Scratch, Stop};
use crate::problem::*;

/// What was changed, with what undoes it.
#[derive(Debug)]
pub(super) enum Change {
    Choice(GroupId, Option<ChoiceId>),
    Added(CrewId, JobId),
    Removed(CrewId, JobId),
    Route(VehicleId, Route),
}

/// A place to go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    changes: usize,
    pub(super) objective: f64,
}

/// The state of the search.
#[derive(Debug)]
pub(super) struct State<'i> {
    pub(super) index: &'i Index<'i>,
    pub(super) choice: Vec<Option<ChoiceId>>,
    used: Vec<f64>,
    need: Vec<f64>,
    present: Vec<f64>,
    on: Vec<u32>,
    excluded: Vec<u32>,
    /// Jobs of each member in order of time.
    pub(super) roster: Vec<Vec<JobId>>,
    /// Members on each job.
    pub(super) on_job: Vec<Vec<CrewId>>,
    load: Vec<f64>,
    /// For each member a row of bits: jobs that clash with his roster.
    barred: Vec<u64>,
    pub(super) vehicle_of: Vec<Option<VehicleId>>,
    pub(super) routes: Vec<Route>,
    pub(super) objective: f64,
    pub(super) log: Vec<Change>,
    pub(super) versions: u64,
    /// Best place of each task in each of its vehicles, with the version of the route.
    pub(super) places: Vec<(u64, Place)>,
    /// Jobs to look at, since their needs or their crew changed.
    pub(super) dirty: Vec<JobId>,
    pub(super) scratch: Scratch,
}

impl<'i> State<'i> {
    /// Nothing served.
    pub(super) fn new(index: &'i Index<'i>) -> Self {
        let problem = index.problem;
        let short: f64 = problem.demands.iter().map(|d| d.base * d.shortage.unwrap_or(0.0)).sum();
        let undriven: f64 = problem.tasks.iter().filter_map(|task| task.penalty).sum();
        Self {
            index,
            choice: vec![None; problem.groups],
            used: vec![0.0; problem.capacities.len()],
            need: problem.demands.iter().map(|d| d.base).collect(),
            present: vec![0.0; problem.demands.len()],
            on: vec![0; problem.switches.len()],
            excluded: vec![0; index.slot_crew.len()],
            roster: vec![Vec::new(); problem.crews.len()],
            on_job: vec![Vec::new(); problem.jobs.len()],
            load: vec![0.0; problem.crews.len() * index.periods],
            barred: vec![0; problem.crews.len() * index.words],
            vehicle_of: vec![None; problem.tasks.len()],
            routes: vec![Route::default(); problem.vehicles.len()],
            objective: -short - undriven,
            log: Vec::new(),
            versions: 0,
            places: vec![(u64::MAX, Place::NONE); index.entries.last().copied().unwrap_or(0)],
            dirty: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    /// Brings the state to a solution that is known to be feasible.
    pub(super) fn load(&mut self, solution: &Solution) {
        for group in 0..self.choice.len() {
            self.choose(group, None);
        }
        for crew in 0..self.roster.len() {
            while let Some(&job) = self.roster[crew].last() {
                self.remove(crew, job);
            }
        }
        for vehicle in 0..self.routes.len() {
            if !self.routes[vehicle].nodes.is_empty() {
                self.drive(vehicle, &[]);
            }
        }
        for &choice in &solution.choices {
            self.choose(self.index.problem.choices[choice].group, Some(choice));
        }
        for (crew, jobs) in &solution.rosters {
            jobs.iter().for_each(|&job| self.add(*crew, job));
        }
        for route in &solution.routes {
            let stops: Vec<Stop> = route.stops.iter().map(|s| Stop { task: s.task, pickup: s.pickup }).collect();
            self.drive(route.vehicle, &stops);
        }
        self.log.clear();
        self.dirty.clear();
        self.objective = solution.objective;
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { changes: self.log.len(), objective: self.objective }
    }

    /// Forgets what could be undone.
    pub(super) fn keep(&mut self) {
        self.log.clear();
    }

    /// Undoes everything since a mark.
    pub(super) fn back_to(&mut self, mark: Mark) {
        while self.log.len() > mark.changes {
            match self.log.pop() {
                Some(Change::Choice(group, choice)) => self.set_choice(group, choice),
                Some(Change::Added(crew, job)) => self.take_off(crew, job),
                Some(Change::Removed(crew, job)) => self.put_on(crew, job),
                Some(Change::Route(vehicle, route)) => {
                    self.set_route(vehicle, route);
                }
                None => break,
            }
        }
        self.objective = mark.objective;
        self.dirty.clear();
    }

    /// Whether a choice fits the capacities beside what is used now.
    pub(super) fn fits(&self, choice: ChoiceId) -> bool {
        self.room(&self.index.problem.choices[choice].uses)
    }

    fn room(&self, uses: &[(CapacityId, f64)]) -> bool {
        uses.iter().all(|&(c, units)| self.used[c] + units <= self.index.problem.capacities[c].limit + SLACK)
    }

    /// Whether a capacity has no room for so much.
    pub(super) fn full(&self, capacity: CapacityId, units: f64) -> bool {
        self.used[capacity] + units > self.index.problem.capacities[capacity].limit + SLACK
    }

    /// Takes a choice for a group, or none; its task is not driven by this.
    pub(super) fn choose(&mut self, group: GroupId, choice: Option<ChoiceId>) {
        let before = self.choice[group];
        if before != choice {
            self.set_choice(group, choice);
            self.log.push(Change::Choice(group, before));
            for c in [before, choice].into_iter().flatten() {
                self.dirty.extend_from_slice(&self.index.choice_jobs[c]);
            }
        }
    }

    fn set_choice(&mut self, group: GroupId, choice: Option<ChoiceId>) {
        let index = self.index;
        for (c, sign) in self.choice[group].map(|c| (c, -1.0)).into_iter().chain(choice.map(|c| (c, 1.0))) {
            let data = &index.problem.choices[c];
            self.objective += sign * data.value;
            for &(capacity, units) in &data.uses {
                self.used[capacity] += sign * units;
            }
            for &(demand, units) in &data.needs {
                self.want(demand, sign * units);
            }
            for &switch in &data.switches {
                let was = self.on[switch];
                self.on[switch] = if sign > 0.0 { was + 1 } else { was - 1 };
                if was == 0 || self.on[switch] == 0 {
                    for &(demand, units) in &index.problem.switches[switch].needs {
                        self.want(demand, sign * units);
                    }
                    for &slot in &index.switch_slots[switch] {
                        self.excluded[slot] =
                            if sign > 0.0 { self.excluded[slot] + 1 } else { self.excluded[slot] - 1 };
                    }
                }
            }
        }
        self.choice[group] = choice;
    }

    /// People missing in a demand; negative: to spare.
    pub(super) fn missing(&self, demand: DemandId) -> f64 {
        self.need[demand] - self.present[demand]
    }

    /// People missing in a demand.
    pub(super) fn short(&self, demand: DemandId) -> f64 {
        (self.need[demand] - self.present[demand]).max(0.0)
    }

    /// Whether one person fewer would be missed.
    fn tight(&self, demand: DemandId) -> bool {
        self.need[demand] - self.present[demand] > SLACK - 1.0
    }

    fn want(&mut self, demand: DemandId, units: f64) {
        let before = self.short(demand);
        self.need[demand] += units;
        self.charge(demand, before);
    }

    fn charge(&mut self, demand: DemandId, before: f64) {
        if let Some(penalty) = self.index.problem.demands[demand].shortage {
            self.objective -= penalty * (self.short(demand) - before);
        }
    }

    /// Demands of a job that are short, by bit.
    pub(super) fn short_bits(&self, job: JobId) -> u64 {
        let demands = self.index.demands_at[job].iter().enumerate();
        demands.filter(|(_, d)| self.short(**d) > SLACK).fold(0, |mask, (bit, _)| mask | 1 << bit)
    }

    /// Demands of a job in which nobody is to spare, by bit.
    pub(super) fn tight_bits(&self, job: JobId) -> u64 {
        let demands = self.index.demands_at[job].iter().enumerate();
        demands.filter(|(_, d)| self.tight(**d)).fold(0, |mask, (bit, _)| mask | 1 << bit)
    }

    /// Whether a switch keeps the member of a slot away.
    pub(super) fn excluded(&self, slot: usize) -> bool {
        self.excluded[slot] > 0
    }

    /// Whether one more person on a job fits the capacities.
    pub(super) fn job_fits(&self, job: JobId) -> bool {
        self.room(&self.index.problem.jobs[job].uses)
    }

    /// Jobs of a member's roster that overlap a job or leave no rest, as positions; a pair that is empty when none does.
    pub(super) fn clashes(&self, crew: CrewId, job: JobId) -> std::ops::Range<usize> {
        let (index, roster) = (self.index, &self.roster[crew]);
        let (jobs, rest) = (&index.problem.jobs, index.problem.rest);
        let at = roster.partition_point(|&j| index.rank[j] < index.rank[job]);
        let mut from = at;
        while from > 0 && jobs[job].start < jobs[roster[from - 1]].end + rest - SLACK {
            from -= 1;
        }
        let mut until = at;
        while until < roster.len() && jobs[roster[until]].start < jobs[job].end + rest - SLACK {
            until += 1;
        }
        from..until
    }

    /// Load above the limit when a member took a job too; negative: room.
    pub(super) fn over(&self, crew: CrewId, job: JobId) -> f64 {
        let data = &self.index.problem.jobs[job];
        let limit = self.index.problem.crews[crew].max_load.get(data.period).copied().unwrap_or(f64::INFINITY);
        self.load[crew * self.index.periods + data.period] + data.load - limit
    }

    /// Whether a member can take a job as his roster stands.
    pub(super) fn free(&self, crew: CrewId, job: JobId) -> bool {
        let word = self.barred[crew * self.index.words + job / 64];
        word >> (job % 64) & 1 == 0 && self.over(crew, job) <= SLACK
    }

    /// Puts a member on a job.
    pub(super) fn add(&mut self, crew: CrewId, job: JobId) {
        self.put_on(crew, job);
        self.log.push(Change::Added(crew, job));
    }

    /// Takes a member off a job.
    pub(super) fn remove(&mut self, crew: CrewId, job: JobId) {
        self.take_off(crew, job);
        self.log.push(Change::Removed(crew, job));
        self.dirty.push(job);
    }

    fn put_on(&mut self, crew: CrewId, job: JobId) {
        let index = self.index;
        if self.roster[crew].is_empty() {
            self.objective -= index.problem.crews[crew].used;
        }
        let at = self.roster[crew].partition_point(|&j| index.rank[j] < index.rank[job]);
        self.roster[crew].insert(at, job);
        self.on_job[job].push(crew);
        self.bar(crew, job);
        self.person(crew, job, 1.0);
    }

    fn bar(&mut self, crew: CrewId, job: JobId) {
        let words = self.index.words;
        let row = &mut self.barred[crew * words..(crew + 1) * words];
        row.iter_mut().zip(self.index.apart(job)).for_each(|(word, more)| *word |= more);
    }

    fn take_off(&mut self, crew: CrewId, job: JobId) {
        let index = self.index;
        self.roster[crew].retain(|&j| j != job);
        self.on_job[job].retain(|&c| c != crew);
        let words = index.words;
        self.barred[crew * words..(crew + 1) * words].fill(0);
        for at in 0..self.roster[crew].len() {
            self.bar(crew, self.roster[crew][at]);
        }
        if self.roster[crew].is_empty() {
            self.objective += self.index.problem.crews[crew].used;
        }
        self.person(crew, job, -1.0);
    }

    fn person(&mut self, crew: CrewId, job: JobId, sign: f64) {
        let index = self.index;
        let data = &index.problem.jobs[job];
        self.objective -= sign * index.problem.job_cost(crew, job);
        self.load[crew * index.periods + data.period] += sign * data.load;
        for &(capacity, units) in &data.uses {
            self.used[capacity] += sign * units;
        }
        let mask = index.slot(crew, job).map_or(0, |slot| index.slot_mask[slot]);
        for (bit, &demand) in index.demands_at[job].iter().enumerate() {
            if mask >> bit & 1 == 1 {
                let before = self.short(demand);
                self.present[demand] += sign;
                self.charge(demand, before);
            }
        }
    }

    /// The state as a solution with its objective computed afresh.
    pub(super) fn solution(&mut self) -> Solution {
        let index = self.index;
        let mut choices: Vec<ChoiceId> = self.choice.iter().copied().flatten().collect();
        choices.sort_unstable();
        let rosters = self.roster.iter().enumerate().filter(|(_, jobs)| !jobs.is_empty());
        let rosters = rosters.map(|(crew, jobs)| (crew, jobs.clone())).collect();
        let scratch = &mut self.scratch;
        let used = self.routes.iter().enumerate().filter(|(_, route)| !route.nodes.is_empty());
        let routes = used.filter_map(|(vehicle, route)| route.plan(index, vehicle, scratch)).collect();
        let mut solution = Solution { choices, rosters, routes, objective: 0.0 };
        solution.objective = crate::verify::value(index.problem, &solution);
        solution
    }
}
