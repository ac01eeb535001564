//! Ruin: what is taken out of a solution, so that it can be put back in a better way.

use super::insert::Item;
use super::state::State;
use crate::problem::{ChoiceId, GroupId, Problem, TaskId, VehicleId};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// Ways to ruin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruin {
    /// Strings of adjacent routes (Christiaens & Vanden Berghe 2020).
    Strings,
    /// Anything at random.
    Random,
    /// All that one vehicle drives, or two.
    Vehicles,
    /// The crew of some members.
    Crew,
    /// Groups of one job and of those at the same time.
    Jobs,
    /// Whatever blocks a group that is not served.
    Blockers,
}

/// The ways that can take something out.
pub(super) fn kinds(problem: &Problem) -> Vec<Ruin> {
    let mut kinds = vec![Ruin::Random, Ruin::Blockers];
    if !problem.tasks.is_empty() {
        kinds.extend([Ruin::Strings, Ruin::Vehicles]);
    }
    if !problem.choices.is_empty() {
        kinds.push(Ruin::Jobs);
    }
    if !problem.crews.is_empty() {
        kinds.push(Ruin::Crew);
    }
    kinds
}

impl State<'_> {
    /// Takes something out; what, and what is to be put in first.
    pub(super) fn ruin(&mut self, ruin: Ruin, rng: &mut ChaCha8Rng) -> (Vec<Item>, Option<Item>) {
        let mut gone = Vec::new();
        let mut urgent = None;
        match ruin {
            Ruin::Strings => self.strings(rng, &mut gone),
            Ruin::Random => self.at_random(rng, &mut gone),
            Ruin::Vehicles => {
                for _ in 0..rng.random_range(1..=2) {
                    if let Some(vehicle) = self.some_vehicle(rng) {
                        self.empty(vehicle, &mut gone);
                    }
                }
            }
            Ruin::Crew => {
                for _ in 0..rng.random_range(1..=3) {
                    self.free_member(rng);
                }
            }
            Ruin::Jobs => self.jobs(rng, &mut gone),
            Ruin::Blockers => urgent = self.blockers(rng, &mut gone),
        }
        (gone, urgent)
    }

    fn some_task(&self, rng: &mut ChaCha8Rng) -> Option<TaskId> {
        let driven: Vec<TaskId> = (0..self.vehicle_of.len()).filter(|&t| self.vehicle_of[t].is_some()).collect();
        (!driven.is_empty()).then(|| driven[rng.random_range(0..driven.len())])
    }

    fn some_vehicle(&self, rng: &mut ChaCha8Rng) -> Option<VehicleId> {
        self.vehicle_of[self.some_task(rng)?]
    }

    fn empty(&mut self, vehicle: VehicleId, gone: &mut Vec<Item>) {
        let tasks: Vec<TaskId> = self.routes[vehicle].stops().filter(|s| s.pickup).map(|s| s.task).collect();
        self.drive(vehicle, &[]);
        for task in tasks {
            match self.index.problem.tasks[task].group {
                Some(group) => {
                    self.choose(group, None);
                    gone.push(Item::Group(group));
                }
                None => gone.push(Item::Task(task)),
            }
        }
    }

    /// Strings of tasks around a task, in its own and in the nearest other routes.
    fn strings(&mut self, rng: &mut ChaCha8Rng, gone: &mut Vec<Item>) {
        let Some(seed) = self.some_task(rng) else { return };
        let problem = self.index.problem;
        let s = &problem.tasks[seed];
        let mut near: Vec<(f64, TaskId)> = Vec::new();
        for (id, task) in problem.tasks.iter().enumerate() {
            if self.vehicle_of[id].is_some() {
                let roads = &problem.travel;
                let apart = roads.minutes(s.pickup, task.pickup) + roads.minutes(s.delivery, task.delivery);
                let times = (s.delivery_window.until - task.delivery_window.until).abs();
                near.push((apart + times * 0.5, id));
            }
        }
        // More than a few dozen are never looked at.
        if near.len() > 64 {
            near.select_nth_unstable_by(63, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            near.truncate(64);
        }
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let routes = rng.random_range(1..=4);
        let length = rng.random_range(1..=6);
        let mut ruined: Vec<VehicleId> = Vec::new();
        for (_, task) in near {
            let Some(vehicle) = self.vehicle_of[task] else { continue };
            if ruined.contains(&vehicle) {
                continue;
            }
            if ruined.len() == routes {
                break;
            }
            ruined.push(vehicle);
            let order: Vec<TaskId> = self.routes[vehicle].stops().filter(|s| s.pickup).map(|s| s.task).collect();
            let at = order.iter().position(|&t| t == task).unwrap_or(0);
            let length = rng.random_range(1..=length.min(order.len()));
            let from = rng.random_range(at.saturating_sub(length - 1)..=at.min(order.len() - length));
            for &task in &order[from..from + length] {
                self.drop_task(task, gone);
            }
        }
    }

    fn served(&self) -> Vec<GroupId> {
        (0..self.choice.len()).filter(|&g| self.choice[g].is_some()).collect()
    }

    fn at_random(&mut self, rng: &mut ChaCha8Rng, gone: &mut Vec<Item>) {
        let mut items: Vec<Item> = self.served().into_iter().map(Item::Group).collect();
        let wanted = self.index.wanted_tasks.iter().copied();
        items.extend(wanted.filter(|&t| self.vehicle_of[t].is_some()).map(Item::Task));
        items.shuffle(rng);
        for item in items.into_iter().take(rng.random_range(1..=8)) {
            match item {
                Item::Group(group) => self.drop_group(group, gone),
                Item::Task(task) => self.drop_task(task, gone),
                Item::Job(_) => {}
            }
        }
    }

    fn free_member(&mut self, rng: &mut ChaCha8Rng) {
        let busy: Vec<usize> = (0..self.roster.len()).filter(|&c| !self.roster[c].is_empty()).collect();
        if busy.is_empty() {
            return;
        }
        let crew = busy[rng.random_range(0..busy.len())];
        let jobs = self.roster[crew].clone();
        jobs.into_iter().for_each(|job| self.remove(crew, job));
    }

    /// Groups of a job with crew, and of jobs that overlap it.
    fn jobs(&mut self, rng: &mut ChaCha8Rng, gone: &mut Vec<Item>) {
        let index = self.index;
        let served = self.served();
        let job_of = |c: ChoiceId| index.choice_jobs[c].first().copied();
        let with: Vec<(GroupId, usize)> =
            served.iter().filter_map(|&g| self.choice[g].and_then(job_of).map(|job| (g, job))).collect();
        if with.is_empty() {
            return;
        }
        let seed = &index.problem.jobs[with[rng.random_range(0..with.len())].1];
        let apart = |job: usize| {
            let other = &index.problem.jobs[job];
            (other.start - seed.start).abs() + (other.end - seed.end).abs()
        };
        let mut near: Vec<(f64, GroupId)> = with.iter().map(|&(g, job)| (apart(job), g)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (_, group) in near.into_iter().take(rng.random_range(2..=10)) {
            if rng.random_bool(0.85) {
                self.drop_group(group, gone);
            }
        }
    }

    /// What stands in the way of a group that is not served: who fills its capacities, its vehicle, its job's crew.
    fn blockers(&mut self, rng: &mut ChaCha8Rng, gone: &mut Vec<Item>) -> Option<Item> {
        let index = self.index;
        let out: Vec<GroupId> =
            (0..self.choice.len()).filter(|&g| self.choice[g].is_none() && !index.choices_of[g].is_empty()).collect();
        let tasks: Vec<TaskId> = index.wanted_tasks.iter().copied().filter(|&t| self.vehicle_of[t].is_none()).collect();
        if out.is_empty() && tasks.is_empty() {
            self.strings(rng, gone);
            return None;
        }
        let at = rng.random_range(0..out.len() + tasks.len());
        if at >= out.len() {
            let task = tasks[at - out.len()];
            self.make_way(task, rng, gone);
            return Some(Item::Task(task));
        }
        let group = out[at];
        self.make_room(group, rng, gone);
        Some(Item::Group(group))
    }

    /// Takes out what fills the capacities, the vehicle and the crew of some way to serve a group.
    pub(super) fn make_room(&mut self, group: GroupId, rng: &mut ChaCha8Rng, gone: &mut Vec<Item>) {
        let index = self.index;
        let problem = index.problem;
        let choices = &index.choices_of[group];
        if choices.is_empty() {
            return;
        }
        let choice = choices[rng.random_range(0..choices.len()).min(rng.random_range(0..choices.len()))];
        for &(capacity, units) in &problem.choices[choice].uses {
            let mut users = self.served();
            users.retain(|&g| {
                self.choice[g].is_some_and(|c| problem.choices[c].uses.iter().any(|u| u.0 == capacity && u.1 > 0.0))
            });
            users.shuffle(rng);
            while self.full(capacity, units) {
                let Some(group) = users.pop() else { break };
                self.drop_group(group, gone);
            }
        }
        if let Some(task) = problem.choices[choice].task {
            self.make_way(task, rng, gone);
        }
        for &job in &index.choice_jobs[choice] {
            let crowded = index.slots(job).filter(|&slot| !self.free(index.slot_crew[slot], job));
            let crowded: Vec<usize> = crowded.collect();
            for _ in 0..rng.random_range(0..=2) {
                if crowded.is_empty() {
                    break;
                }
                let crew = index.slot_crew[crowded[rng.random_range(0..crowded.len())]];
                let clashes = self.clashes(crew, job);
                let mut away: Vec<usize> = self.roster[crew][clashes].to_vec();
                if away.is_empty() && !self.roster[crew].is_empty() {
                    away.push(self.roster[crew][rng.random_range(0..self.roster[crew].len())]);
                }
                away.into_iter().for_each(|j| self.remove(crew, j));
            }
        }
    }

    /// Takes from some vehicle of a task what is driven around its time, unless the task has a place anyway.
    fn make_way(&mut self, task: TaskId, rng: &mut ChaCha8Rng, gone: &mut Vec<Item>) {
        let index = self.index;
        let vehicles = &index.vehicles_of[task];
        if vehicles.is_empty() || (0..vehicles.len()).any(|at| self.place(task, at).cost.is_finite()) {
            return;
        }
        let vehicle = vehicles[rng.random_range(0..vehicles.len())];
        let tasks: Vec<TaskId> = self.routes[vehicle].stops().filter(|s| s.pickup).map(|s| s.task).collect();
        let window = index.problem.tasks[task].delivery_window;
        let mut order: Vec<(f64, TaskId)> = tasks
            .into_iter()
            .map(|t| {
                ((index.problem.tasks[t].delivery_window.until - window.until).abs() * rng.random_range(0.7..1.3), t)
            })
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let at = vehicles.iter().position(|&v| v == vehicle).unwrap_or(0);
        for (_, other) in order {
            self.drop_task(other, gone);
            if self.place(task, at).cost.is_finite() {
                break;
            }
        }
    }
}
