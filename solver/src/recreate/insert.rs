//! Recreate: whatever is not served is tried in some order, each time in the way that looks best where it stands now
//! (Christiaens & Vanden Berghe 2020, "Slack induction by string removals").

use super::index::SLACK;
use super::route::Place;
use super::state::State;
use crate::problem::{ChoiceId, GroupId, JobId, TaskId, VehicleId};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// Something that can be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    Group(GroupId),
    Task(TaskId),
    /// People wanted on a job whatever is chosen.
    Job(JobId),
}

/// Chance to overlook a vehicle.
const BLINK: f64 = 0.01;
/// Chance that tasks wanted anyway are put in by regret.
const REGRET: f64 = 0.3;
/// Ways tried in full for a group before it is left out.
const WAYS: usize = 6;
/// Items looked at in a round besides those that were just taken out.
const OTHERS: usize = 60;

/// A way to serve a group, and what it looks like it brings.
#[derive(Clone, Copy, Debug)]
struct Way {
    gain: f64,
    choice: ChoiceId,
    road: Option<(VehicleId, Place)>,
}

impl State<'_> {
    /// Everything not served, those before others.
    fn unserved(&self, first: &[Item], rng: &mut ChaCha8Rng) -> Vec<Item> {
        let index = self.index;
        let mut others: Vec<Item> = Vec::new();
        let groups = self.choice.iter().enumerate();
        others.extend(
            groups.filter(|(g, c)| c.is_none() && !index.choices_of[*g].is_empty()).map(|(g, _)| Item::Group(g)),
        );
        if others.len() > OTHERS {
            others.shuffle(rng);
            others.truncate(OTHERS);
            others.extend(first.iter().filter(|i| matches!(i, Item::Group(_))));
        }
        let tasks = index.wanted_tasks.iter().copied();
        others.extend(tasks.filter(|&t| self.vehicle_of[t].is_none()).map(Item::Task));
        let jobs = index.wanted_jobs.iter().copied();
        others.extend(jobs.filter(|&j| self.short_bits(j) & !index.hard[j] != 0).map(Item::Job));
        others.sort_unstable();
        others.dedup();
        others
    }

    /// What serving an item can bring at most.
    fn worth(&self, item: Item) -> f64 {
        let index = self.index;
        match item {
            Item::Group(group) => {
                index.choices_of[group].first().map_or(0.0, |&choice| index.problem.choices[choice].value)
            }
            Item::Task(task) => index.worth[task],
            Item::Job(job) => index.demands_at[job]
                .iter()
                .map(|&d| self.short(d) * index.problem.demands[d].shortage.unwrap_or(0.0))
                .sum(),
        }
    }

    /// How hard an item is to place: fewer ways first.
    fn ways(&self, item: Item) -> f64 {
        let index = self.index;
        (match item {
            Item::Group(group) => index.choices_of[group]
                .iter()
                .map(|&c| index.problem.choices[c].task.map_or(0, |t| index.vehicles_of[t].len()))
                .max()
                .unwrap_or(0),
            Item::Task(task) => index.vehicles_of[task].len(),
            Item::Job(job) => index.slots(job).len(),
        }) as f64
    }

    /// Serves what pays, in a random kind of order; `first` before all others when `urgent`.
    pub(super) fn recreate(&mut self, first: &[Item], urgent: Option<Item>, rng: &mut ChaCha8Rng) {
        self.settle(rng);
        // Before others need them, or after.
        let early = !self.index.paying.is_empty() && rng.random_bool(0.5);
        if early {
            self.join();
        }
        let items = self.unserved(first, rng);
        if rng.random_bool(REGRET) {
            self.regret(&items, rng);
        }
        let kind = rng.random_range(0..8);
        let mut order: Vec<(f64, Item)> = Vec::with_capacity(items.len());
        for item in items {
            let key = match kind {
                0..=2 => rng.random::<f64>(),
                3 | 4 => -self.worth(item),
                5 => -self.worth(item) * (0.5 + rng.random::<f64>()),
                6 => self.ways(item) + rng.random::<f64>(),
                _ => f64::from(u8::from(!first.contains(&item))) + rng.random::<f64>(),
            };
            order.push((if urgent == Some(item) { f64::NEG_INFINITY } else { key }, item));
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (_, item) in order {
            match item {
                Item::Group(group) => {
                    if self.choice[group].is_none() {
                        self.serve(group, rng);
                    }
                }
                Item::Task(task) => {
                    if self.vehicle_of[task].is_none()
                        && let Some((vehicle, place)) = self.best_place(task, rng)
                    {
                        self.insert(task, vehicle, place);
                    }
                }
                Item::Job(job) => {
                    self.cover(job, 2, rng);
                    self.settle(rng);
                }
            }
        }
        self.join();
    }

    /// Drives the tasks among these, each time the one that loses most when it must take its second best vehicle.
    fn regret(&mut self, items: &[Item], rng: &mut ChaCha8Rng) {
        let task = |item: &Item| if let Item::Task(task) = item { Some(*task) } else { None };
        let mut tasks: Vec<TaskId> = items.iter().filter_map(task).collect();
        while !tasks.is_empty() {
            let mut best: Option<(f64, usize, VehicleId, Place)> = None;
            for (at, &task) in tasks.iter().enumerate() {
                if let Some((regret, vehicle, place)) = self.two_best(task, rng)
                    && best.is_none_or(|b| regret > b.0)
                {
                    best = Some((regret, at, vehicle, place));
                }
            }
            let Some((_, at, vehicle, place)) = best else { return };
            let task = tasks.swap_remove(at);
            self.insert(task, vehicle, place);
        }
    }

    /// How much worse the second best vehicle of a task is, and its best place.
    fn two_best(&mut self, task: TaskId, rng: &mut ChaCha8Rng) -> Option<(f64, VehicleId, Place)> {
        let index = self.index;
        let (mut least, mut second) = (index.worth[task], index.worth[task]);
        let mut best = None;
        for (at, &vehicle) in index.vehicles_of[task].iter().enumerate() {
            let place = self.place(task, at);
            if place.cost < least {
                (second, least) = (least, place.cost);
                best = Some((vehicle, place));
            } else {
                second = second.min(place.cost);
            }
        }
        let (vehicle, place) = best?;
        Some(((second - least) * rng.random_range(0.8..1.2), vehicle, place))
    }

    /// Puts the crew of all jobs touched in order; groups whose crew cannot be found are dropped.
    pub(super) fn settle(&mut self, rng: &mut ChaCha8Rng) {
        for _ in 0..10_000 {
            let Some(job) = self.dirty.pop() else { return };
            self.trim(job, rng);
            let hard = self.index.hard[job];
            if self.short_bits(job) & hard != 0 && !self.cover(job, 2, rng) {
                self.drop_at(job, rng);
            }
        }
    }

    /// Drops groups that ask for people on a job until nobody is missing.
    fn drop_at(&mut self, job: JobId, rng: &mut ChaCha8Rng) {
        let index = self.index;
        let at = |c: &Option<ChoiceId>| c.is_some_and(|c| index.choice_jobs[c].contains(&job));
        let mut groups: Vec<GroupId> =
            self.choice.iter().enumerate().filter(|(_, c)| at(c)).map(|(group, _)| group).collect();
        groups.shuffle(rng);
        let mut gone = Vec::new();
        for group in groups {
            if self.short_bits(job) & index.hard[job] == 0 {
                break;
            }
            self.drop_group(group, &mut gone);
        }
        self.dirty.push(job);
    }

    /// Leaves a group out, with its task.
    pub(super) fn drop_group(&mut self, group: GroupId, gone: &mut Vec<Item>) {
        let Some(choice) = self.choice[group] else { return };
        self.choose(group, None);
        gone.push(Item::Group(group));
        if let Some(task) = self.index.problem.choices[choice].task {
            self.drop_task(task, gone);
        }
    }

    /// Drives a task no more, nor serves the groups that ask for what went with it.
    pub(super) fn drop_task(&mut self, task: TaskId, gone: &mut Vec<Item>) {
        let mut tasks = Vec::new();
        self.undrive(task, &mut tasks);
        for task in tasks {
            match self.index.problem.tasks[task].group {
                Some(group) => {
                    if self.choice[group].is_some() {
                        self.choose(group, None);
                        gone.push(Item::Group(group));
                    }
                }
                None => gone.push(Item::Task(task)),
            }
        }
    }

    /// The vehicle and place that add least to the cost, if that is less than the task can bring.
    pub(super) fn best_place(&mut self, task: TaskId, rng: &mut ChaCha8Rng) -> Option<(VehicleId, Place)> {
        let index = self.index;
        let mut best: Option<(VehicleId, Place)> = None;
        let mut least = index.worth[task];
        let mut empty = usize::MAX;
        for at in 0..index.vehicles_of[task].len() {
            let vehicle = index.vehicles_of[task][at];
            if self.routes[vehicle].nodes.is_empty() {
                // One idle vehicle of a kind is like another (those of a kind mostly follow one another).
                if empty == index.kind[vehicle] {
                    continue;
                }
                empty = index.kind[vehicle];
            }
            let place = self.place(task, at);
            if place.cost < least && !rng.random_bool(BLINK) {
                least = place.cost;
                best = Some((vehicle, place));
            }
        }
        best
    }

    /// Serves a group in the best way found, if that pays.
    pub(super) fn serve(&mut self, group: GroupId, rng: &mut ChaCha8Rng) -> bool {
        let index = self.index;
        let problem = index.problem;
        let mut ways: Vec<Way> = Vec::new();
        let mut roads: Vec<(TaskId, Option<(VehicleId, Place)>)> = Vec::new();
        for bundle in &index.bundles_of[group] {
            let worst = if ways.len() == WAYS { ways[WAYS - 1].gain } else { SLACK };
            if bundle.value <= worst {
                break;
            }
            // Only the capacities differ: the best that has them.
            let Some(&choice) = bundle.choices.iter().find(|&&choice| self.fits(choice)) else { continue };
            let data = &problem.choices[choice];
            let mut gain = data.value - self.people_at_least(choice);
            if gain <= worst {
                continue;
            }
            let mut road = None;
            if let Some(task) = data.task {
                let known = roads.iter().find(|r| r.0 == task).map(|r| r.1);
                let found = known.unwrap_or_else(|| self.best_place(task, rng));
                if known.is_none() {
                    roads.push((task, found));
                }
                let Some(found) = found else { continue };
                gain -= found.1.cost;
                road = Some(found);
            }
            if gain <= worst {
                continue;
            }
            let at = ways.partition_point(|way| way.gain >= gain);
            ways.truncate(WAYS - 1);
            ways.insert(at.min(ways.len()), Way { gain, choice, road });
        }
        ways.into_iter().any(|way| self.take(group, way, rng))
    }

    /// Cost of the people whom a choice asks for beyond those present, at least.
    fn people_at_least(&self, choice: ChoiceId) -> f64 {
        let problem = self.index.problem;
        let mut cost: f64 = 0.0;
        for &(demand, units) in &problem.choices[choice].needs {
            let missing = (self.missing(demand) + units - SLACK).ceil().max(0.0);
            if problem.demands[demand].shortage.is_none() {
                cost = cost.max(missing * self.index.least_cost[problem.demands[demand].job]);
            }
        }
        cost
    }

    /// Serves a group in a way, or changes nothing.
    fn take(&mut self, group: GroupId, way: Way, rng: &mut ChaCha8Rng) -> bool {
        let mark = self.mark();
        self.dirty.clear();
        self.choose(group, Some(way.choice));
        let road = match (self.index.problem.choices[way.choice].task, way.road) {
            (Some(task), Some((vehicle, place))) => self.insert(task, vehicle, place),
            _ => true,
        };
        let taken = road && self.crew_touched(rng) && self.objective > mark.objective + SLACK;
        if !taken {
            self.back_to(mark);
        }
        taken
    }

    /// Finds the crew of all jobs touched, without dropping anybody.
    fn crew_touched(&mut self, rng: &mut ChaCha8Rng) -> bool {
        for _ in 0..1_000 {
            let Some(job) = self.dirty.pop() else { return true };
            self.trim(job, rng);
            if !self.cover(job, 1, rng) {
                self.dirty.clear();
                return false;
            }
        }
        false
    }
}
