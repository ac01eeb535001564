//! What the search looks up again and again, gathered once from the problem: who can do which job, which vehicles can
//! drive which task, which choices can pay at all.

use super::timing::{Scratch, Stop, timing};
use crate::problem::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// Slack for sums of units.
pub(super) const SLACK: f64 = 1e-7;

/// Choices of a group that ask for the same task, people and switches, and differ in value and in what they use.
#[derive(Debug)]
pub(super) struct Bundle {
    /// The best value among them.
    pub(super) value: f64,
    /// Those that can pay, best value first.
    pub(super) choices: Vec<ChoiceId>,
}

/// A problem, indexed.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    pub(super) problem: &'a Problem,
    /// Choices of each group that can pay, best value first.
    pub(super) choices_of: Vec<Vec<ChoiceId>>,
    /// The same in bundles, in the order of their best.
    pub(super) bundles_of: Vec<Vec<Bundle>>,
    /// Jobs whose demands or crews a choice touches, itself or by its switches.
    pub(super) choice_jobs: Vec<Vec<JobId>>,
    /// Slots (pairs of a job and a member who may do it) of each job.
    slots: Vec<Range<usize>>,
    /// The member of each slot; ascending within a job.
    pub(super) slot_crew: Vec<CrewId>,
    /// The demands of the job in which the member counts, by bit.
    pub(super) slot_mask: Vec<u64>,
    /// The demands of each job; the position is the bit.
    pub(super) demands_at: Vec<Vec<DemandId>>,
    /// The bits of each job's demands that may not be short.
    pub(super) hard: Vec<u64>,
    /// Slots that each switch closes.
    pub(super) switch_slots: Vec<Vec<usize>>,
    /// Jobs that each switch touches.
    pub(super) switch_jobs: Vec<Vec<JobId>>,
    /// Place of each job in order of time.
    pub(super) rank: Vec<usize>,
    /// For each job a row of bits: jobs that nobody can do beside it, itself among them.
    apart: Vec<u64>,
    /// Words in such a row.
    pub(super) words: usize,
    /// Least cost of each job over those who may do it, not below 0.
    pub(super) least_cost: Vec<f64>,
    /// Members whom a job costs less than nothing.
    pub(super) paying: Vec<(CrewId, JobId)>,
    /// How sought a member is: many demands count him that count few others; 0 to 1.
    pub(super) sought: Vec<f64>,
    /// Number of periods.
    pub(super) periods: usize,
    /// Jobs wanted whatever is chosen.
    pub(super) wanted_jobs: Vec<JobId>,
    /// Tasks wanted whatever is chosen.
    pub(super) wanted_tasks: Vec<TaskId>,
    /// Pickup windows of each task that fit its delivery.
    pub(super) windows: Vec<Vec<Window>>,
    /// Vehicles that can drive each task.
    pub(super) vehicles_of: Vec<Vec<VehicleId>>,
    /// Where the entries of each task start in a table over [`Self::vehicles_of`].
    pub(super) entries: Vec<usize>,
    /// What a task can bring at most.
    pub(super) worth: Vec<f64>,
    /// Kind of each vehicle; those alike in everything are one kind.
    pub(super) kind: Vec<usize>,
}

impl<'a> Index<'a> {
    /// Indexes a problem; none when a job has more demands than there are bits.
    pub(crate) fn new(problem: &'a Problem) -> Option<Self> {
        let jobs = problem.jobs.len();
        let mut demands_at: Vec<Vec<DemandId>> = vec![Vec::new(); jobs];
        for (id, demand) in problem.demands.iter().enumerate() {
            demands_at[demand.job].push(id);
        }
        if demands_at.iter().any(|demands| demands.len() > 64) {
            return None;
        }
        let bits = |job: JobId, test: &dyn Fn(&Demand) -> bool| {
            let demands = demands_at[job].iter().enumerate();
            demands.filter(|(_, d)| test(&problem.demands[**d])).fold(0, |mask, (bit, _)| mask | 1_u64 << bit)
        };
        let hard = (0..jobs).map(|job| bits(job, &|demand| demand.shortage.is_none())).collect();
        let mut crews_of: Vec<Vec<CrewId>> = vec![Vec::new(); jobs];
        for (crew, member) in problem.crews.iter().enumerate() {
            member.jobs.iter().for_each(|&job| crews_of[job].push(crew));
        }
        let (mut slots, mut slot_crew, mut slot_mask) = (Vec::new(), Vec::new(), Vec::new());
        let mut sought = vec![0.0; problem.crews.len()];
        for (job, crews) in crews_of.iter().enumerate() {
            let from = slot_crew.len();
            for &crew in crews {
                let mask = bits(job, &|demand| demand.crews.binary_search(&crew).is_ok());
                slot_crew.push(crew);
                slot_mask.push(mask);
                let counts = demands_at[job].iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
                sought[crew] += counts.map(|(_, d)| 1.0 / problem.demands[*d].crews.len() as f64).sum::<f64>();
            }
            slots.push(from..slot_crew.len());
        }
        let most = sought.iter().copied().fold(1e-9, f64::max);
        sought.iter_mut().for_each(|s| *s /= most);
        let mut order: Vec<JobId> = (0..jobs).collect();
        order.sort_by(|&a, &b| crate::pricing::rosters::in_time(problem, a, b));
        let mut rank = vec![0; jobs];
        order.iter().enumerate().for_each(|(at, &job)| rank[job] = at);
        let words = jobs.div_ceil(64);
        let wanted_tasks: Vec<TaskId> =
            (0..problem.tasks.len()).filter(|&t| problem.tasks[t].penalty.is_some()).collect();
        let mut index = Self {
            problem,
            choices_of: Vec::new(),
            bundles_of: Vec::new(),
            choice_jobs: Vec::new(),
            slots,
            slot_crew,
            slot_mask,
            hard,
            switch_slots: Vec::new(),
            switch_jobs: Vec::new(),
            apart: apart(problem, &order, words),
            words,
            rank,
            least_cost: least_cost(problem),
            paying: paying(problem),
            sought,
            periods: problem.jobs.iter().map(|job| job.period + 1).max().unwrap_or(0),
            wanted_jobs: (0..jobs)
                .filter(|&job| demands_at[job].iter().any(|&d| problem.demands[d].base > 0.0))
                .collect(),
            demands_at,
            wanted_tasks,
            windows: problem.tasks.iter().map(windows).collect(),
            vehicles_of: Vec::new(),
            entries: Vec::new(),
            worth: vec![0.0; problem.tasks.len()],
            kind: kinds(problem),
        };
        index.road();
        index.switches();
        index.choices();
        Some(index)
    }

    /// Jobs that nobody can do beside this one, as bits.
    pub(super) fn apart(&self, job: JobId) -> &[u64] {
        &self.apart[job * self.words..(job + 1) * self.words]
    }

    /// Slots of a job.
    pub(super) fn slots(&self, job: JobId) -> Range<usize> {
        self.slots[job].clone()
    }

    /// The slot of a member on a job.
    pub(super) fn slot(&self, crew: CrewId, job: JobId) -> Option<usize> {
        let range = self.slots(job);
        self.slot_crew[range.clone()].binary_search(&crew).ok().map(|at| range.start + at)
    }

    fn switches(&mut self) {
        for switch in &self.problem.switches {
            let slots: Vec<usize> = switch.excludes.iter().filter_map(|&(crew, job)| self.slot(crew, job)).collect();
            let mut jobs: Vec<JobId> = switch.excludes.iter().map(|pair| pair.1).collect();
            jobs.extend(switch.needs.iter().map(|need| self.problem.demands[need.0].job));
            jobs.sort_unstable();
            jobs.dedup();
            self.switch_slots.push(slots);
            self.switch_jobs.push(jobs);
        }
    }

    fn choices(&mut self) {
        let problem = self.problem;
        self.choices_of = vec![Vec::new(); problem.groups];
        for (id, choice) in problem.choices.iter().enumerate() {
            let mut jobs: Vec<JobId> = choice.needs.iter().map(|need| problem.demands[need.0].job).collect();
            jobs.extend(choice.switches.iter().flat_map(|&s| &self.switch_jobs[s]));
            jobs.sort_unstable();
            jobs.dedup();
            self.choice_jobs.push(jobs);
            let fits = choice.uses.iter().all(|&(c, units)| units <= problem.capacities[c].limit + SLACK);
            let driven = choice.task.is_none_or(|task| !self.vehicles_of[task].is_empty());
            if choice.value > 0.0 && fits && driven {
                self.choices_of[choice.group].push(id);
            }
            if let Some(task) = choice.task {
                self.worth[task] = self.worth[task].max(choice.value);
            }
        }
        for choices in &mut self.choices_of {
            choices.sort_by(|&a, &b| problem.choices[b].value.total_cmp(&problem.choices[a].value).then(a.cmp(&b)));
        }
        self.bundles_of = self.choices_of.iter().map(|choices| bundles(problem, choices)).collect();
    }

    fn road(&mut self) {
        let problem = self.problem;
        let mut scratch = Scratch::default();
        let kinds = self.kind.iter().copied().max().map_or(0, |most| most + 1);
        for (id, task) in problem.tasks.iter().enumerate() {
            self.worth[id] = task.penalty.unwrap_or(0.0);
            let mut able: Vec<Option<bool>> = vec![None; kinds];
            let stops = [Stop { task: id, pickup: true }, Stop { task: id, pickup: false }];
            let mut vehicles = Vec::new();
            for (v, vehicle) in problem.vehicles.iter().enumerate() {
                let kind = self.kind[v];
                if task.only.is_some_and(|only| only != v) {
                    continue;
                }
                let fits = task.seats <= vehicle.seats && task.special <= vehicle.special && vehicle.compartments > 0;
                let able = *able[kind].get_or_insert_with(|| fits && timing(self, v, &stops, &mut scratch).is_some());
                if able {
                    vehicles.push(v);
                }
            }
            self.vehicles_of.push(vehicles);
        }
        let mut from = 0;
        for vehicles in &self.vehicles_of {
            self.entries.push(from);
            from += vehicles.len();
        }
        self.entries.push(from);
    }
}

/// Choices, best value first, in bundles.
fn bundles(problem: &Problem, choices: &[ChoiceId]) -> Vec<Bundle> {
    let mut bundles: Vec<Bundle> = Vec::new();
    let mut with_task: BTreeMap<Option<TaskId>, Vec<usize>> = BTreeMap::new();
    for &id in choices {
        let choice = &problem.choices[id];
        let alike = with_task.entry(choice.task).or_default();
        let same = |at: &&usize| {
            let other = &problem.choices[bundles[**at].choices[0]];
            other.needs == choice.needs && other.switches == choice.switches
        };
        if let Some(&at) = alike.iter().find(same) {
            bundles[at].choices.push(id);
        } else {
            alike.push(bundles.len());
            bundles.push(Bundle { value: choice.value, choices: vec![id] });
        }
    }
    bundles
}

/// Jobs that overlap or leave no rest between them, as rows of bits; `order` is that of time.
fn apart(problem: &Problem, order: &[JobId], words: usize) -> Vec<u64> {
    let mut rows = vec![0; problem.jobs.len() * words];
    let mut set = |a: JobId, b: JobId| rows[a * words + b / 64] |= 1 << (b % 64);
    for (at, &first) in order.iter().enumerate() {
        set(first, first);
        for &next in &order[at + 1..] {
            if problem.jobs[next].start >= problem.jobs[first].end + problem.rest - SLACK {
                break;
            }
            set(first, next);
            set(next, first);
        }
    }
    rows
}

/// Pickup windows from which the delivery can be in time.
fn windows(task: &Task) -> Vec<Window> {
    // The direct drive is no bound on roads where a stop shortens the way.
    let until = task.delivery_window.until - task.load;
    let from = task.delivery_window.from - task.load - task.max_ride;
    task.pickup_windows.iter().filter(|w| w.from <= until + SLACK && w.until >= from - SLACK).copied().collect()
}

fn paying(problem: &Problem) -> Vec<(CrewId, JobId)> {
    let of = |(crew, member): (CrewId, &Crew)| {
        let able = member.extra.iter().filter(|extra| member.jobs.binary_search(&extra.0).is_ok());
        able.map(|extra| extra.0).filter(|&job| problem.job_cost(crew, job) < 0.0).map(|job| (crew, job)).collect()
    };
    problem.crews.iter().enumerate().flat_map(|member| -> Vec<_> { of(member) }).collect()
}

fn least_cost(problem: &Problem) -> Vec<f64> {
    let mut least: Vec<f64> = problem.jobs.iter().map(|job| job.cost).collect();
    for &(job, extra) in problem.crews.iter().flat_map(|crew| &crew.extra) {
        least[job] = least[job].min(problem.jobs[job].cost + extra).max(0.0);
    }
    least
}

fn kinds(problem: &Problem) -> Vec<usize> {
    let mut firsts: Vec<VehicleId> = Vec::new();
    let mut kind = Vec::new();
    let named = problem.named_vehicles();
    for (id, vehicle) in problem.vehicles.iter().enumerate() {
        let known = firsts.iter().position(|&first| problem.vehicles[first] == *vehicle && !named[first] && !named[id]);
        kind.push(known.unwrap_or(firsts.len()));
        if known.is_none() {
            firsts.push(id);
        }
    }
    kind
}
