//! What one more of something scarce would be worth: candidates from the duals of the linear program, from what open cases
//! lack in a plan and from what it uses up, each planned again with one more unit.
//!
//! With base plan o0, bound b0 and with the unit o1, b1, the best plans differ by something in [o1 − b0, b1 − o0], and by no less
//! than nothing, since whatever could be planned without the unit can be planned with it.

use super::unit::{NewEscort, Unit};
use super::{Answer, Asking, Range};
use crate::calendar::{instant, local_date};
use crate::options::Options;
use crate::plan::Plan;
use crate::planner::fixed::Fixes;
use crate::planner::insertion::{Lack, Standing};
use crate::planner::model::{Limit, Load, Model, Work};
use crate::planner::{Unplannable, Until, plan_week};
use crate::replan::{Ground, Present};
use crate::units::{Euro, Instant};
use crate::week::*;
use chrono::NaiveTime;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{Choice, Control, DemandId, Settings, Solution};
use vertrek_solver::{Prices, prices};

/// What one more unit is worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Marginal {
    /// The unit.
    pub unit: Unit,
    /// What the best plan gains by it.
    pub value: Range,
    /// What the plans that were found differ by.
    pub found: Euro,
    /// Departures more in the plan that was found.
    pub departures: i64,
    /// The cases that depart otherwise in it.
    pub differ: Vec<CaseId>,
}

/// What is scarce in a week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scarcity {
    /// Objective (less change costs, for a plan under way) of the plan that units are compared with.
    pub objective: Euro,
    /// Its bound.
    pub bound: Euro,
    /// The units tried, the most valuable first.
    pub units: Vec<Marginal>,
    /// How many more there were that might be scarce and that were not tried.
    pub untried: usize,
    /// Whether the duals of the linear program chose them first; otherwise it was not solved in the time, and what is full did.
    pub priced: bool,
}

/// The marginal values of what is scarce in a plan under way, or in the week planned anew; `most` units at most are tried.
///
/// # Errors
/// [`Unplannable`].
pub fn scarce(
    week: &Week,
    under_way: Option<&Plan>,
    most: usize,
    settings: &Settings,
    control: &dyn Control,
) -> Result<Scarcity, Unplannable> {
    let ground = if under_way.is_some() { Ground::UnderWay } else { Ground::Anew };
    let asking = Asking::new(ground, settings, control);
    let fixes = Fixes::of(week);
    // The base has as much time as four units: everything is compared with it.
    let (objective, bound, plan) = match under_way {
        Some(plan) => {
            let found = asking.plainly(week, plan, &fixes, most / 4 + 1)?;
            (found.changes.repair_objective, found.changes.repair_bound, found.plan)
        }
        None => {
            let left = control.seconds_left() * (most / 4 + 1) as f64 / (most / 4 + 2) as f64;
            let plan = plan_week(week, &asking.settings, &Until { control, left }, week.now)?;
            (plan.objective, plan.bound, plan)
        }
    };
    // Repairs start from the plan that is under way, so that the same changes cost the same; the search, from the best known.
    let from = under_way.unwrap_or(&plan);
    // The linear program has as much time as one unit.
    let share = 1.0 / (most.max(1) + 1) as f64;
    let until = Until { control, left: control.seconds_left() * (1.0 - share) };
    let (candidates, priced) = candidates(week, &plan, &asking.settings, &until)?;
    let untried = candidates.len().saturating_sub(most);
    let tried = candidates.len().min(most);
    let mut units = Vec::new();
    for (at, unit) in candidates.into_iter().take(most).enumerate() {
        let Answer::Found(found) = asking.again(&unit.added_to(week), from, &fixes, None, tried - at - 1)? else {
            continue;
        };
        let (worth, most) = (found.changes.repair_objective, found.changes.repair_bound);
        // The plan without the unit is a plan with it.
        let best = if worth > objective { worth } else { objective };
        let least = if best > bound { best - bound } else { Euro::ZERO };
        let better = best == worth;
        let differ = super::others(&plan, &found.plan, None).into_keys().collect();
        let Some(value) = Range::new(least, (most - objective).at_least(least)) else { continue };
        units.push(Marginal {
            unit,
            value,
            found: (best - objective).to_cents(),
            departures: if better { found.plan.departures.len() as i64 - plan.departures.len() as i64 } else { 0 },
            differ: if better { differ } else { Vec::new() },
        });
    }
    units.sort_by(|a, b| {
        let key = |unit: &Marginal| (-unit.found.get(), -unit.value.most.get());
        key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal)
    });
    Ok(Scarcity { objective, bound, units, untried, priced })
}

/// Units that might be worth something, the most promising first, and whether the duals say so: what the linear program would
/// pay for; then what open cases lack alone, what they lack together, what transfers and duties lack, what is used up.
fn candidates(
    week: &Week,
    plan: &Plan,
    settings: &Settings,
    control: &dyn Control,
) -> Result<(Vec<Unit>, bool), Unplannable> {
    let present = Present::of(week, plan, Ground::Anew)?;
    let problem = &present.repair.model.problem;
    let prices = prices(problem, settings, control, &present.solution).map_err(Unplannable::Figures)?;
    let search = Search {
        week,
        options: &present.repair.options,
        model: &present.repair.model,
        solution: &present.solution,
        promise: BTreeMap::new(),
    };
    Ok((search.all(prices.as_ref()), prices.is_some()))
}

/// Candidates with what they promise.
pub(super) struct Search<'a> {
    pub(super) week: &'a Week,
    pub(super) options: &'a Options,
    pub(super) model: &'a Model,
    pub(super) solution: &'a Solution,
    pub(super) promise: BTreeMap<Unit, Promise>,
}

/// What a unit may be worth: to the linear program, and by what would be possible with it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Promise {
    dual: f64,
    guess: f64,
}

/// Less than this, in euro, is no price.
const PRICE: f64 = 0.5;

impl Search<'_> {
    fn all(mut self, prices: Option<&Prices>) -> Vec<Unit> {
        self.of_cases();
        self.of_transfers();
        self.of_duties();
        self.used_up();
        if let Some(prices) = prices {
            self.priced(prices);
        }
        let mut all: Vec<(Unit, Promise)> = self.promise.into_iter().collect();
        let by = |of: fn(&Promise) -> f64, a: &Promise, b: &Promise| of(b).total_cmp(&of(a));
        all.sort_by(|(one, a), (other, b)| {
            by(|of| of.dual, a, b).then_with(|| by(|of| of.guess, a, b)).then_with(|| one.cmp(other))
        });
        all.into_iter().map(|(unit, _)| unit).collect()
    }

    fn promise(&mut self, unit: Unit, value: f64) {
        let known = self.promise.entry(unit).or_insert(Promise { dual: 0.0, guess: value });
        known.guess = known.guess.max(value);
    }

    fn price(&mut self, unit: Unit, value: f64) {
        if value >= PRICE {
            let known = self.promise.entry(unit).or_default();
            known.dual = known.dual.max(value);
        }
    }

    /// What the linear program would pay for one more.
    fn priced(&mut self, prices: &Prices) {
        let problem = &self.model.problem;
        for (capacity, &price) in prices.capacities.iter().enumerate() {
            if let Some(unit) = self.of_limit(capacity) {
                self.price(unit, price);
            }
        }
        // Of shifts alike in everything one is enough.
        let mut known: Vec<usize> = Vec::new();
        for (vehicle, &price) in prices.vehicles.iter().enumerate() {
            if known.iter().all(|&like| problem.vehicles[like] != problem.vehicles[vehicle]) {
                known.push(vehicle);
                self.price(Unit::Shift(self.week.shifts.rows()[vehicle].id.clone()), price);
            }
        }
        // Somebody who could be on the team of a choice and does nothing else.
        for (id, choice) in problem.choices.iter().enumerate().filter(|(id, _)| *id < self.model.options.len()) {
            let case = &self.week.cases.rows()[choice.group];
            let escorts = usize::from(case.escorts > 0) + usize::from(case.escort_sex.is_some());
            let (escorts, medics) = choice.needs.split_at(escorts.min(choice.needs.len()));
            let worth = |needs: &[(DemandId, f64)]| {
                let job = needs.first().map(|need| &problem.jobs[problem.demands[need.0].job])?;
                let seats = job.uses.iter().map(|&(capacity, units)| units * prices.capacities[capacity]).sum::<f64>();
                Some(needs.iter().map(|need| prices.demands[need.0]).sum::<f64>() - job.cost - seats)
            };
            for unit in self.escorts(id) {
                let Unit::Escort(somebody) = &unit else { continue };
                let needs = if somebody.role == Role::Escort { escorts } else { medics };
                if let Some(worth) = worth(needs) {
                    self.price(unit, worth);
                }
            }
        }
        for (demand, &price) in problem.demands.iter().zip(&prices.demands) {
            if let Work::Fixed(position) = self.model.work[demand.job] {
                self.price(self.for_duty(position), price - problem.jobs[demand.job].cost);
            }
        }
    }

    /// One more of what a capacity limits.
    fn of_limit(&self, capacity: usize) -> Option<Unit> {
        let leg = |at: usize| self.week.legs.rows()[at].id.clone();
        match *self.model.limits.get(capacity)? {
            Limit::Seats(at) | Limit::Returnees(at) => Some(Unit::Seat(leg(at))),
            Limit::Unescorted(at) => Some(Unit::UnescortedSeat(leg(at))),
            Limit::Slot(at) => Some(Unit::Place(self.week.contact_slots.rows()[at].id.clone())),
            Limit::ArrivalDay(day) => {
                let terms = &self.week.destinations[self.options.arrival_days[day].terms];
                Some(Unit::Arrival(terms.destination, terms.kind))
            }
            Limit::Places(_) => None,
        }
    }

    /// What each way out of a case that is not planned lacks.
    fn of_cases(&mut self) {
        let problem = &self.model.problem;
        let planned: BTreeSet<usize> = self.solution.choices.iter().map(|&id| problem.choices[id].group).collect();
        let mut trial = Standing::new(problem, self.solution);
        for (id, choice) in problem.choices.iter().enumerate() {
            if planned.contains(&choice.group) || id >= self.model.options.len() {
                continue;
            }
            let Err(lacks) = trial.add(choice) else { continue };
            // One unit opens a way that lacks one thing; with more to lack it promises less.
            let promise = choice.value / (lacks.len() * lacks.len()) as f64;
            for lack in lacks {
                for unit in self.units(lack, id) {
                    self.promise(unit, promise);
                }
            }
        }
    }

    /// What one more unit of a lack could be, for a choice.
    pub(super) fn units(&self, lack: Lack, choice: usize) -> Vec<Unit> {
        match lack {
            Lack::Capacity(capacity) => self.of_limit(capacity).into_iter().collect(),
            Lack::Crew => self.escorts(choice),
            Lack::Vehicle => self.shift_for(&self.model.problem.choices[choice]).into_iter().collect(),
        }
    }

    /// Somebody for the team of a choice, by each role that it asks for.
    fn escorts(&self, choice: usize) -> Vec<Unit> {
        let option = &self.options.options[self.model.options[choice]];
        let case = &self.week.cases.rows()[option.case];
        let itinerary = &self.options.itineraries[option.itinerary];
        let Some(duty) = itinerary.duty else { return Vec::new() };
        let (from, until) = self.day_of(duty.report, duty.end);
        let first = &self.week.legs.rows()[itinerary.legs[0]];
        let somebody = |role, sex| {
            Unit::Escort(NewEscort {
                role,
                sex,
                visa: Some(case.destination),
                skill: None,
                base: Some(first.from.clone()),
                from,
                until,
            })
        };
        let mut units = Vec::new();
        if case.escorts > 0 || (first.kind != LegKind::Scheduled && first.standby_escorts > 0) {
            units.push(somebody(Role::Escort, case.escort_sex));
        }
        units.extend(case.medical_escort.map(|medical| match medical {
            Medical::Nurse => somebody(Role::Nurse, None),
            Medical::Doctor => somebody(Role::Doctor, None),
        }));
        units
    }

    /// The local day on which a duty reports, until the last of its duties ends.
    fn day_of(&self, report: Instant, end: Instant) -> (Instant, Instant) {
        let day = local_date(report);
        let ends = self.options.itineraries.iter().filter_map(|itinerary| itinerary.duty);
        let last = ends.filter(|duty| local_date(duty.report) == day).map(|duty| duty.end).max();
        (instant(day, NaiveTime::MIN), last.map_or(end, |last| last.max(end)))
    }

    /// A shift like the one that could drive it at least cost, had that nothing else to do.
    fn shift_for(&self, choice: &Choice) -> Option<Unit> {
        let nothing = Solution::default();
        let (_, vehicle) = Standing::new(&self.model.problem, &nothing).joins(choice);
        vehicle.map(|vehicle| Unit::Shift(self.week.shifts.rows()[vehicle].id.clone()))
    }

    fn of_transfers(&mut self) {
        let driven: BTreeSet<usize> =
            self.solution.routes.iter().flat_map(|route| route.stops.iter().map(|stop| stop.task)).collect();
        for (task, load) in self.model.loads.iter().enumerate() {
            if !matches!(load, Load::Transfer(_)) || driven.contains(&task) {
                continue;
            }
            let (uses, needs, switches) = (Vec::new(), Vec::new(), Vec::new());
            let ride = Choice { group: 0, value: 0.0, uses, needs, task: Some(task), switches };
            if let Some(unit) = self.shift_for(&ride) {
                self.promise(unit, self.week.costs.unmet_transfer.get());
            }
        }
    }

    fn of_duties(&mut self) {
        for (job, work) in self.model.work.iter().enumerate() {
            let Work::Fixed(position) = work else { continue };
            let duty = &self.week.duties.rows()[*position];
            let on = self.solution.rosters.iter().filter(|(_, jobs)| jobs.contains(&job)).count();
            if on >= usize::try_from(duty.count).unwrap_or(usize::MAX) {
                continue;
            }
            self.promise(self.for_duty(*position), self.week.costs.unmet_duty.get());
        }
    }

    /// Somebody for a fixed duty.
    fn for_duty(&self, position: usize) -> Unit {
        let duty = &self.week.duties.rows()[position];
        let (from, until) = (instant(local_date(duty.span.from()), NaiveTime::MIN), duty.span.until());
        let (role, skill) = (duty.role.unwrap_or(Role::Escort), duty.skill.clone());
        Unit::Escort(NewEscort { role, sex: None, visa: None, skill, base: None, from, until })
    }

    /// What the plan uses to the last, and shifts that drive.
    fn used_up(&mut self) {
        let trial = Standing::new(&self.model.problem, self.solution);
        for (capacity, limit) in self.model.limits.iter().enumerate() {
            let none = matches!(limit, Limit::Unescorted(at) if self.week.legs.rows()[*at].max_unescorted == 0);
            if let Some(unit) = self.of_limit(capacity).filter(|_| trial.is_full(capacity) && !none) {
                self.promise(unit, 0.0);
            }
        }
        for route in &self.solution.routes {
            self.promise(Unit::Shift(self.week.shifts.rows()[route.vehicle].id.clone()), -1.0);
        }
    }
}
