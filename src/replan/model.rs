//! The problem of a repair: that of the week, with what changes cost in it (docs/repair.md has the formulas).
//!
//! - A case that is told keeps a bonus on its legs for what leaving them would cost; the sum of all bonuses is a constant.
//! - A ride that is published is two tasks of one group: one that its own shift alone may drive, with the pickup within
//!   half an hour, and one that costs the change. Published transfers become groups of that kind.
//! - A member of a published duty costs as much less on it as his leaving would cost, anybody else as much more.
//! - What is held or pinned is a choice, a roster place or a ride with a premium that nothing of the problem outweighs.
//! - Nothing new begins before now.

use super::standing::{PICKUP_MINUTES, Standing, StandingCase, StandingDuty, StandingRide};
use crate::options::{CaseOption, Options, Stakes, WHATEVER, build_with};
use crate::plan::Plan;
use crate::planner::fixed::{Fixes, Premiums};
use crate::planner::model::{self, Limit, Load, Model, Work};
use crate::units::{Euro, Instant, minutes_between};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::Wish;
use vertrek_solver::problem::{Capacity, Choice, ChoiceId, CrewId, GroupId, JobId, Solution, Task, TaskId, Window};

/// Half a second, in minutes: what is held exactly may be written to the second.
const EXACT: f64 = 0.5 / 60.0;

/// The problem of a repair, and what its objective leaves out.
#[derive(Debug)]
pub(crate) struct RepairModel {
    pub(crate) options: Options,
    pub(crate) model: Model,
    /// To be added to the solver's objective, premiums aside.
    constant: f64,
    /// What the bound is too low by at most: costs of change that had to be cut off.
    slack: f64,
    /// Choices of what is held or pinned, and the people on duties that stay on them.
    held_choices: BTreeSet<ChoiceId>,
    pub(crate) held_work: BTreeSet<(CrewId, JobId)>,
    /// Groups that stay as they are.
    pub(crate) held: BTreeSet<GroupId>,
    /// What is in the problem, when it is, for those.
    pub(crate) premiums: Premiums,
    /// What was planned, for a start.
    pub(crate) wish: Wish,
}

impl RepairModel {
    /// What a solver's value, of this solution or its bound, is worth as objective less change costs.
    pub(crate) fn worth(&self, value: f64, solution: &Solution) -> f64 {
        value + self.constant - self.premiums.within(solution)
    }

    /// Puts the premiums of what is held or pinned into the problem.
    pub(crate) fn force(&mut self) {
        self.premiums = Premiums::of(&self.model.problem, self.held_choices.clone(), self.held_work.clone());
        self.premiums.put_into(&mut self.model.problem);
    }

    /// The same for a bound.
    pub(crate) fn bound(&self, bound: f64, solution: &Solution) -> f64 {
        self.worth(bound, solution) + self.slack
    }

    /// Cases (positions) that are held and not as they were in a solution.
    pub(crate) fn broken(&self, standing: &Standing, solution: &Solution) -> BTreeSet<usize> {
        let kept: BTreeSet<GroupId> = solution
            .choices
            .iter()
            .filter(|choice| self.held_choices.contains(choice))
            .map(|&choice| self.model.problem.choices[choice].group)
            .collect();
        standing.cases.iter().filter(|(at, case)| case.held && !kept.contains(at)).map(|(at, _)| *at).collect()
    }
}

/// What taking a case off its legs costs while its gates are open on them: the person hears another date, and the lost
/// share of the fares of one that is booked.
pub(crate) fn cost_off(week: &Week, position: usize, case: &StandingCase) -> Euro {
    if !case.is_told() || !case.is_open() {
        return Euro::ZERO;
    }
    let seats = f64::from(week.cases.rows()[position].air_seats(week));
    let lost = |leg: &usize| {
        let row = &week.legs.rows()[*leg];
        row.fare * ((1.0 - row.refund_share.get()) * seats)
    };
    let booked = case.level >= Level::Booked;
    let fares: Euro = case.positions.iter().flatten().filter(|_| booked).map(lost).sum();
    week.changes.flight_noticed + fares
}

/// What two windows have in common.
fn both(one: &Window, other: &Window) -> Option<Window> {
    let (from, until) = (one.from.max(other.from), one.until.min(other.until));
    (from <= until).then_some(Window { from, until })
}

/// Builds the problem of repairing what stands.
pub(crate) fn build(week: &Week, earlier: &Plan, standing: &Standing, fixes: &Fixes) -> RepairModel {
    let mut stakes = Stakes::default();
    for (&position, case) in &standing.cases {
        if let Some(legs) = case.positions.clone().filter(|_| case.is_told()) {
            let stake = if case.held { WHATEVER } else { cost_off(week, position, case) };
            stakes.off.insert((position, legs), stake);
        }
    }
    for (legs, duty) in &standing.teams {
        let positions: Option<Vec<usize>> = legs.iter().map(|leg| week.legs.position(leg)).collect();
        if let Some(positions) = positions.filter(|_| duty.cost != Euro::ZERO) {
            stakes.member.insert(positions, duty.cost);
        }
    }
    let options = build_with(week, &fixes.stakes(stakes));
    let model = model::build(week, &options, fixes);
    let mut adapted = Adapted {
        week,
        standing,
        forced: fixes.forced(),
        options: &options,
        pickups: model.problem.tasks.iter().map(|task| task.pickup_windows.clone()).collect(),
        model,
        constant: 0.0,
        slack: 0.0,
        held_choices: BTreeSet::new(),
        held_work: BTreeSet::new(),
        held: standing.cases.iter().filter(|(_, case)| case.held).map(|(at, _)| *at).collect(),
    };
    if !standing.fresh {
        adapted.clip();
    }
    adapted.cases();
    adapted.transfers();
    if !standing.fresh {
        adapted.duties();
    }
    let wish = adapted.wish(earlier);
    let Adapted { model, constant, slack, held_choices, held_work, held, .. } = adapted;
    let premiums = Premiums::default();
    RepairModel { model, constant, slack, held_choices, held_work, held, premiums, wish, options }
}

/// The problem of the week on its way to that of the repair.
pub(super) struct Adapted<'a> {
    pub(super) week: &'a Week,
    pub(super) standing: &'a Standing,
    /// Cases that depart whatever that costs.
    forced: BTreeSet<usize>,
    pub(super) options: &'a Options,
    pub(super) model: Model,
    /// When each task of the week may be picked up, whatever lies behind.
    pickups: Vec<Vec<Window>>,
    constant: f64,
    slack: f64,
    held_choices: BTreeSet<ChoiceId>,
    held_work: BTreeSet<(CrewId, JobId)>,
    held: BTreeSet<GroupId>,
}

impl Adapted<'_> {
    fn minutes(&self, at: Instant) -> f64 {
        minutes_between(self.week.now, at)
    }

    /// Nothing new is picked up before now, and no shift leaves before now that has not left.
    fn clip(&mut self) {
        for task in &mut self.model.problem.tasks {
            task.pickup_windows.retain(|window| window.until >= 0.0);
            task.pickup_windows.iter_mut().for_each(|window| window.from = window.from.max(0.0));
        }
        for (position, shift) in self.week.shifts.iter().enumerate() {
            let left = self.standing.left.get(&shift.id).map_or(0.0, |&at| self.minutes(at).min(0.0));
            let window = &mut self.model.problem.vehicles[position].window;
            window.from = window.from.max(left).min(window.until);
        }
    }

    /// The task of a ride that is driven as published; none when that is not possible.
    fn as_published(&self, id: TaskId, ride: &StandingRide, exact: bool) -> Option<Task> {
        let task = self.model.problem.tasks.get(id)?;
        let only = self.week.shifts.position(&ride.shift)?;
        if task.only.is_some_and(|other| other != only) {
            return None;
        }
        let mut kept = Task { only: Some(only), ..task.clone() };
        if let Some(pickup) = ride.pickup.map(|at| self.minutes(at)) {
            let room = if exact { EXACT } else { PICKUP_MINUTES };
            let around = Window { from: pickup - room, until: pickup + room };
            if exact {
                // Half a second here and half a second there would carry it out of its window in the end.
                let allowed = self.pickups.get(id).into_iter().flatten();
                kept.pickup_windows = allowed.filter_map(|window| both(window, &around)).collect();
                if kept.pickup_windows.is_empty() {
                    kept.pickup_windows.push(around);
                }
                if let Some(dropoff) = ride.dropoff.map(|at| self.minutes(at)) {
                    let around = Window { from: dropoff - EXACT, until: dropoff + EXACT };
                    kept.delivery_window = both(&task.delivery_window, &around).unwrap_or(around);
                }
            } else {
                kept.pickup_windows.retain(|w| w.until >= around.from && w.from <= around.until);
                for window in &mut kept.pickup_windows {
                    window.from = window.from.max(around.from);
                    window.until = window.until.min(around.until);
                }
            }
        }
        (!kept.pickup_windows.is_empty()).then_some(kept)
    }

    fn push_task(&mut self, task: Task, load: Load) -> TaskId {
        self.model.problem.tasks.push(task);
        self.model.loads.push(load);
        self.model.problem.tasks.len() - 1
    }

    /// Choices of cases that are told: bonus on their legs, rides as published or changed.
    fn cases(&mut self) {
        let (week, standing, options) = (self.week, self.standing, self.options);
        let changed = week.changes.ride_changed.get();
        for (&position, case) in &standing.cases {
            self.constant -= cost_off(week, position, case).get();
        }
        let mut kept: BTreeMap<(usize, bool), Option<TaskId>> = BTreeMap::new();
        let choices = std::mem::take(&mut self.model.problem.choices);
        let positions = std::mem::take(&mut self.model.options);
        for (choice, at) in choices.into_iter().zip(positions) {
            let option: &CaseOption = &options.options[at];
            let Some(case) = standing.cases.get(&option.case).filter(|case| case.is_told()) else {
                let forced = self.forced.contains(&option.case);
                self.push_choice(choice, at, forced);
                continue;
            };
            let on_legs = case.positions.as_ref() == Some(&options.itineraries[option.itinerary].legs);
            if case.held && !on_legs {
                continue;
            }
            let bonus = if on_legs { cost_off(week, option.case, case).get() } else { 0.0 };
            let held = case.held || self.forced.contains(&option.case);
            let choice = Choice { value: choice.value + bonus, ..choice };
            let (Some(task), Some(ride)) = (choice.task, &case.ride) else {
                self.push_choice(choice, at, held);
                continue;
            };
            let exact = on_legs && (case.held || case.picked_up);
            let kept = *kept.entry((task, exact)).or_insert_with(|| {
                let published = self.as_published(task, ride, exact)?;
                Some(self.push_task(published, self.model.loads[task]))
            });
            if let Some(kept) = kept {
                self.push_choice(Choice { task: Some(kept), ..choice.clone() }, at, held);
            }
            if !exact {
                self.push_choice(Choice { value: choice.value - changed, ..choice }, at, held);
            }
        }
    }

    fn push_choice(&mut self, choice: Choice, option: usize, held: bool) {
        if held {
            self.held_choices.insert(self.model.problem.choices.len());
        }
        self.model.problem.choices.push(choice);
        self.model.options.push(option);
    }

    /// Transfers that are published become groups with two choices.
    fn transfers(&mut self) {
        let (week, standing) = (self.week, self.standing);
        let (unmet, changed) = (week.costs.unmet_transfer.get(), week.changes.ride_changed.get());
        let first = self.options.rides.len();
        for (at, transfer) in week.transfers.iter().enumerate() {
            let Some(ride) = standing.transfers.get(&transfer.id) else { continue };
            let group = self.model.problem.groups;
            self.model.problem.groups += 1;
            let task = first + at;
            let data = &mut self.model.problem.tasks[task];
            (data.group, data.penalty) = (Some(group), None);
            let there = week.shifts.get(&ride.shift).is_some();
            let begun = there && ride.pickup.is_some_and(|at| at < week.now);
            let kept = self.as_published(task, ride, begun);
            self.constant -= unmet;
            let published = !standing.fresh;
            let kept = kept.filter(|_| published);
            let begun = begun && published;
            let changed = if published { changed } else { 0.0 };
            let choice = |value: f64, task: TaskId| Choice {
                group,
                value,
                uses: Vec::new(),
                needs: Vec::new(),
                task: Some(task),
                switches: Vec::new(),
            };
            // These have no option: they stand behind all that have.
            if let Some(kept) = kept {
                let kept = self.push_task(kept, Load::Transfer(at));
                if begun {
                    self.held_choices.insert(self.model.problem.choices.len());
                    self.held.insert(group);
                }
                self.model.problem.choices.push(choice(unmet, kept));
            }
            if !begun {
                self.model.problem.choices.push(choice(unmet - changed, task));
            }
        }
    }

    /// Who stays on published duties.
    fn duties(&mut self) {
        let mut extras: Vec<BTreeMap<JobId, f64>> = vec![BTreeMap::new(); self.week.escorts.len()];
        let mut seen: BTreeSet<Vec<LegId>> = BTreeSet::new();
        for job in 0..self.model.work.len() {
            match self.model.work[job] {
                Work::Team(itinerary) => {
                    let legs = &self.options.itineraries[itinerary].legs;
                    let legs: Vec<LegId> = legs.iter().map(|&leg| self.week.legs.rows()[leg].id.clone()).collect();
                    if let Some(duty) = self.standing.teams.get(&legs).filter(|duty| duty.stands) {
                        self.duty(job, duty, true, &mut extras);
                    }
                    seen.insert(legs);
                }
                Work::Fixed(position) => {
                    let id = &self.week.duties.rows()[position].id;
                    let Some(duty) = self.standing.duties.get(id) else { continue };
                    self.duty(job, duty, false, &mut extras);
                    self.cap(job, position);
                }
            }
        }
        // Duties that nobody can do any more: whoever was on them is off.
        for (_, duty) in self.standing.teams.iter().filter(|(legs, duty)| duty.stands && !seen.contains(*legs)) {
            self.constant -= duty.cost.get() * duty.escorts.len() as f64;
        }
        for (crew, extra) in self.model.problem.crews.iter_mut().zip(extras) {
            crew.extra = extra.into_iter().filter(|(_, cost)| *cost != 0.0).collect();
        }
    }

    fn duty(&mut self, job: JobId, duty: &StandingDuty, team: bool, extras: &mut [BTreeMap<JobId, f64>]) {
        let cost = duty.cost.get();
        self.constant -= cost * duty.escorts.len() as f64;
        let own = self.model.problem.jobs[job].cost;
        for (crew, escort) in self.week.escorts.iter().enumerate() {
            let jobs = &mut self.model.problem.crews[crew].jobs;
            let Ok(at) = jobs.binary_search(&job) else { continue };
            let was = duty.escorts.contains(&escort.id);
            if duty.begun && !was {
                jobs.remove(at);
                continue;
            }
            let mut extra = if was { -cost } else { cost };
            // Where staying on a team pays by itself, somebody would fly along with nobody.
            if team && own + extra < 0.0 {
                self.slack -= own + extra;
                extra = -own;
            }
            if duty.held.contains(&escort.id) {
                self.held_work.insert((crew, job));
            }
            extras[crew].insert(job, extra);
        }
    }

    /// No more people on a fixed duty than it asks for, whoever would like to stay.
    fn cap(&mut self, job: JobId, position: usize) {
        let limit = Limit::Places(position);
        self.model.problem.capacities.push(Capacity { limit: limit.units(self.week, self.options) });
        self.model.limits.push(limit);
        self.model.problem.jobs[job].uses.push((self.model.problem.capacities.len() - 1, 1.0));
    }
}
