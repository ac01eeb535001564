//! Why a case is where it is: what bringing it in would cost, what stands in its way and who has it, the smallest change that
//! would bring it in; or, when it is planned, the best two other ways and what they would cost.
//!
//! Nothing is said that was not tried: alternatives and changes are planned again and checked, holders are those without whom
//! there would be room in the plan as it stands.

use super::scarce::Search;
use super::unit::Unit;
use super::{Answer, Asking, CENT, Range, others};
use crate::options::{CaseOption, Options};
use crate::plan::check::{RuleCode, Violation, check};
use crate::plan::{Plan, Scarce};
use crate::planner::Unplannable;
use crate::planner::assemble::Parts;
use crate::planner::fixed::{Fixed, Fixes};
use crate::planner::insertion::{Lack, Standing};
use crate::planner::model::{Limit, Load};
use crate::planner::why::scarce;
use crate::replan::{Ground, Present, Repaired, is_held, worth};
use crate::units::{Euro, Instant};
use crate::week::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{Choice, ChoiceId, Control, Problem, Settings, Solution};

/// Another way for a case, with the best plan found around it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// Its legs; empty: it does not depart.
    pub legs: Vec<LegId>,
    /// What the best plan loses by it, change costs included; below 0 it gains.
    pub cost: Range,
    /// What the plans that were found differ by.
    pub found: Euro,
    /// Other cases that depart otherwise then, with their legs; empty: not planned.
    pub others: BTreeMap<CaseId, Vec<LegId>>,
    /// Transfers that are not driven then, and are without it.
    pub undriven: Vec<TransferId>,
    /// Fixed duties that lack more people then than without it.
    pub unfilled: Vec<DutyId>,
}

/// A case whose place would be enough.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Holder {
    /// The case.
    pub case: CaseId,
    /// Value less tickets of its departure.
    pub worth: Euro,
}

/// The way out that comes nearest, in the plan as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Way {
    /// Its legs.
    pub legs: Vec<LegId>,
    /// Departure.
    pub departs: Instant,
    /// Value less tickets.
    pub worth: Euro,
    /// What it lacks; nothing: it fits, and costs more than it is worth.
    pub lacks: Vec<Scarce>,
    /// What it would add to escorts and transport, when it fits.
    pub adds: Option<Euro>,
    /// Cases of which any one, were it not planned, would leave room for it.
    pub holders: Vec<Holder>,
    /// Transfers of which any one, were it not driven, would leave room for it.
    pub transfers: Vec<TransferId>,
}

/// Something that would bring a case in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opening {
    /// What is added or changed.
    pub units: Vec<Unit>,
    /// The legs on which it departs then.
    pub legs: Vec<LegId>,
    /// What the plan that was found gains.
    pub gain: Euro,
    /// Whether it is proven that every best plan has it then, and that it would not pay without the change.
    pub proven: bool,
}

/// Why a case is where it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reasons {
    /// What the best plan found from here is worth, with which everything is compared.
    pub worth: Euro,
    /// No plan is worth more than this.
    pub bound: Euro,
    /// What the plan as it stands is worth; none: it cannot stand any more.
    pub stood: Option<Euro>,
    /// It is on its way, and stays as it is.
    pub held: bool,
    /// Its legs, when it is planned.
    pub legs: Option<Vec<LegId>>,
    /// When it is planned: the best other ways, the best first. When it is not: the best way to have it in.
    pub alternatives: Vec<Alternative>,
    /// Whether it is proven that there is no other way, where fewer are shown than were asked for.
    pub exhausted: bool,
    /// When it is planned: what leaving it out would cost.
    pub without: Option<Alternative>,
    /// When it is not planned: the way that comes nearest.
    pub way: Option<Way>,
    /// When it is not planned: the smallest of the changes tried that would bring it in.
    pub opening: Option<Opening>,
}

/// Other ways that are shown.
const WAYS: usize = 2;
/// What came of adding a choice to a plan: what it costs, or what it lacks.
type Added = Result<f64, Vec<Lack>>;
/// Changes that are tried, the smallest first.
const TRIED: usize = 5;

/// Why a case is where it is in a plan. A closed gate needs no such reasons, and gets none.
///
/// # Errors
/// [`Unplannable`].
pub fn reasons(
    week: &Week,
    plan: &Plan,
    case: &CaseId,
    settings: &Settings,
    control: &dyn Control,
) -> Result<Reasons, Unplannable> {
    let Some(position) = week.cases.position(case) else { return Ok(Reasons::default()) };
    let asking = Asking::new(Ground::UnderWay, settings, control);
    // What happened, and what searching on finds, is no answer to the question: everything is compared with the best from here.
    let base = asking.plainly(week, plan, &Fixes::of(week), TRIED)?;
    let stood = stands(week, plan)?;
    let (objective, bound) = (base.changes.repair_objective, base.changes.repair_bound);
    let ask = Ask { week, plan, base: &base.plan, case, position, asking, worth: objective, bound };
    let departure = base.plan.departures.iter().find(|row| row.case == *case);
    let legs = departure.map(|row| row.legs.clone());
    let mut reasons = Reasons { worth: objective, bound, stood, legs, ..Reasons::default() };
    if is_held(week, plan, position) {
        reasons.held = true;
        return Ok(reasons);
    }
    if let Some(departure) = departure {
        let on: Option<Vec<usize>> = departure.legs.iter().map(|leg| week.legs.position(leg)).collect();
        let mut not_on: Vec<Vec<usize>> = on.into_iter().collect();
        for left in (0..WAYS).rev() {
            let fixed = Fixed { departs: true, not_on: not_on.clone(), ..Fixed::default() };
            let other = match ask.fixed(fixed, left + 1)? {
                Tried::Other(other) => other,
                Tried::None { proven } => {
                    reasons.exhausted = proven;
                    break;
                }
            };
            not_on.extend(other.legs.iter().map(|leg| week.legs.position(leg)).collect::<Option<Vec<usize>>>());
            reasons.alternatives.push(other);
        }
        reasons.without = ask.fixed(Fixed { out: true, ..Fixed::default() }, 0)?.other();
        return Ok(reasons);
    }
    let present = Present::of(week, &base.plan, Ground::Anew)?;
    if present.repair.options.cases[position].gates.gate().is_some() {
        return Ok(reasons);
    }
    let forced = ask.fixed(Fixed { departs: true, ..Fixed::default() }, 2 * TRIED)?;
    // Having it in as it is is proven not to pay.
    let sure = match &forced {
        Tried::Other(forced) => forced.cost.least.get() >= 0.0,
        Tried::None { proven } => *proven,
    };
    reasons.exhausted = matches!(forced, Tried::None { proven: true });
    let forced = forced.other();
    let (way, changes) = ask.way(&present, forced.as_ref());
    // What is tried on something else than the plan says nothing of the plan.
    reasons.way = way.filter(|_| present.shows(week, &base.plan));
    // Where the search has missed that it pays as it is, nothing needs to change.
    let pays = forced.as_ref().is_some_and(|forced| forced.cost.most.get() <= 0.0);
    reasons.alternatives.extend(forced);
    reasons.opening = if pays { None } else { ask.opening(changes, sure)? };
    Ok(reasons)
}

/// What a plan is worth as it is in a week, less what it changes; none: it breaks a rule that is not about figures or words.
fn stands(week: &Week, plan: &Plan) -> Result<Option<Euro>, Unplannable> {
    const STATED: [RuleCode; 3] = [RuleCode::RouteKm, RuleCode::RouteHours, RuleCode::RouteCost];
    let report = check(week, plan);
    let stated = |found: &Violation| {
        let code = found.rule.code();
        let figures = ["F-", "M-", "P-", "U-"].iter().any(|family| code.starts_with(family));
        STATED.contains(&found.rule) || (figures && found.rule != RuleCode::Known)
    };
    if !report.violations.iter().all(stated) {
        return Ok(None);
    }
    worth(week, &Plan { objective: report.recomputed.objective, ..plan.clone() }).map(Some)
}

/// What came of fixing something of the case.
enum Tried {
    Other(Alternative),
    None {
        /// There is no such plan; otherwise none was found in the time.
        proven: bool,
    },
}

impl Tried {
    fn other(self) -> Option<Alternative> {
        match self {
            Self::Other(other) => Some(other),
            Self::None { .. } => None,
        }
    }
}

struct Ask<'a> {
    week: &'a Week,
    /// What people have been told.
    plan: &'a Plan,
    /// The best plan found from there.
    base: &'a Plan,
    case: &'a CaseId,
    position: usize,
    asking: Asking<'a>,
    worth: Euro,
    bound: Euro,
}

impl Ask<'_> {
    /// The best plan with something fixed of the case, compared with the best without.
    fn fixed(&self, fixed: Fixed, others_left: usize) -> Result<Tried, Unplannable> {
        let fixes = Fixes::of(self.week).with(self.position, fixed);
        let found = match self.asking.again(self.week, self.plan, &fixes, Some(self.case), others_left)? {
            Answer::Found(found) => found,
            Answer::None { proven } => return Ok(Tried::None { proven }),
        };
        let (objective, bound) = (found.changes.repair_objective, found.changes.repair_bound);
        let Some(cost) = Range::new(self.worth - bound, self.bound - objective) else {
            return Ok(Tried::None { proven: false });
        };
        let (legs, others) = (self.legs_in(&found.plan), others(self.base, &found.plan, Some(self.case)));
        let (undriven, unfilled) = self.unmet_in(&found.plan);
        let found = (self.worth - objective).to_cents();
        Ok(Tried::Other(Alternative { legs, cost, found, others, undriven, unfilled }))
    }

    /// Transfers that are not driven and duties that lack more people in another plan than in the best one.
    fn unmet_in(&self, plan: &Plan) -> (Vec<TransferId>, Vec<DutyId>) {
        let (was, is) = (&self.base.unmet, &plan.unmet);
        let undriven = is.transfers.iter().filter(|id| !was.transfers.contains(id)).cloned().collect();
        let missing = |duty: &DutyId| was.duties.iter().find(|row| row.duty == *duty).map_or(0, |row| row.missing);
        let unfilled = is.duties.iter().filter(|row| row.missing > missing(&row.duty)).map(|row| row.duty.clone());
        (undriven, unfilled.collect())
    }

    fn legs_in(&self, plan: &Plan) -> Vec<LegId> {
        let row = plan.departures.iter().find(|row| row.case == *self.case);
        row.map(|row| row.legs.clone()).unwrap_or_default()
    }

    /// The way that comes nearest, and the changes that might bring the case in, the smallest first.
    fn way(&self, present: &Present, forced: Option<&Alternative>) -> (Option<Way>, Vec<Vec<Unit>>) {
        let (options, model) = (&present.repair.options, &present.repair.model);
        let problem = &model.problem;
        let mut trial = Standing::new(problem, &present.solution);
        let search = Search { week: self.week, options, model, solution: &present.solution, promise: BTreeMap::new() };
        let mut best: Option<(usize, f64, ChoiceId, Added)> = None;
        let mut changes: BTreeSet<(usize, Vec<Unit>)> = BTreeSet::new();
        for (id, choice) in problem.choices.iter().enumerate() {
            if choice.group != self.position || id >= model.options.len() {
                continue;
            }
            let tried = trial.add(choice);
            let (count, gain) = match &tried {
                Ok(cost) => (0, choice.value - cost),
                Err(lacks) => {
                    let units = self.changes(&search, id, lacks).into_iter();
                    changes.extend(units.map(|units| (units.len(), units)));
                    (lacks.len(), choice.value)
                }
            };
            if best.as_ref().is_none_or(|known| (count, -gain) < (known.0, -known.1)) {
                best = Some((count, gain, id, tried));
            }
        }
        let mut list: Vec<Vec<Unit>> = changes.into_iter().map(|(_, units)| units).take(TRIED - 1).collect();
        list.extend(self.priority(options, forced));
        let way = best.map(|(_, _, id, tried)| {
            let option: &CaseOption = &options.options[model.options[id]];
            let itinerary = &options.itineraries[option.itinerary];
            let parts = Parts { week: self.week, options, model };
            let (adds, lacks) = match tried {
                Ok(cost) => (Some(Euro::new(cost).to_cents()), Vec::new()),
                Err(lacks) => (None, lacks),
            };
            let (holders, transfers) =
                if lacks.is_empty() { (Vec::new(), Vec::new()) } else { holders(&parts, &present.solution, id) };
            Way {
                legs: parts.legs(option.itinerary),
                departs: itinerary.departs,
                worth: option.value().to_cents(),
                lacks: lacks.into_iter().map(|lack| scarce(&parts, lack, self.position)).collect(),
                adds,
                holders,
                transfers,
            }
        });
        (way, list)
    }

    /// Units that make up for what a choice lacks, one of each, and as many as the whole case takes.
    fn changes(&self, search: &Search<'_>, choice: ChoiceId, lacks: &[Lack]) -> Vec<Vec<Unit>> {
        let row = &self.week.cases.rows()[self.position];
        let travellers = row.air_seats(self.week) + row.escorts + u32::from(row.medical_escort.is_some());
        let (mut one, mut all) = (Vec::new(), Vec::new());
        for &lack in lacks {
            let times = match lack {
                Lack::Capacity(capacity) => match search.model.limits[capacity] {
                    Limit::Seats(_) => travellers,
                    Limit::Returnees(_) | Limit::Unescorted(_) => row.air_seats(self.week),
                    Limit::ArrivalDay(_) => search.options.cases[self.position].persons,
                    _ => 1,
                },
                Lack::Crew => row.escorts.max(1),
                Lack::Vehicle => 1,
            };
            let of_lack = search.units(lack, choice);
            if of_lack.is_empty() {
                return Vec::new();
            }
            for unit in of_lack {
                let several = if matches!(&unit, Unit::Escort(new) if new.role != Role::Escort) { 1 } else { times };
                // A seat for two lacks of a leg is one seat.
                let known = |units: &[Unit]| units.iter().filter(|known| **known == unit).count();
                all.extend(std::iter::repeat_n(unit.clone(), (several as usize).saturating_sub(known(&all))));
                one.extend((known(&one) == 0).then_some(unit));
            }
        }
        vec![one, all]
    }

    /// The priority at which having it in would pay, when it can be had in at a cost.
    fn priority(&self, options: &Options, forced: Option<&Alternative>) -> Option<Vec<Unit>> {
        let forced = forced?;
        let row = &self.week.cases.rows()[self.position];
        let of_case = options.cases[self.position].options.clone().map(|at| &options.options[at]);
        let on = |option: &&CaseOption| {
            let legs = options.itineraries[option.itinerary].legs.iter();
            legs.map(|&leg| &self.week.legs.rows()[leg].id).eq(forced.legs.iter())
        };
        let value = of_case.filter(on).map(|option| option.worth.get()).fold(0.0, f64::max);
        let lost = forced.cost.most.get().max(0.0) + 1.0;
        let priority = row.priority.get() * (1.0 + lost / value);
        let thousandths = (priority * 1000.0).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within a range that is asked")]
        (thousandths.is_finite() && thousandths < 1e9)
            .then(|| vec![Unit::Priority(self.case.clone(), thousandths as u32)])
    }

    /// The first of the changes after which the best plan found has the case in it and is worth more.
    /// `sure`: having it in as it is is proven not to pay.
    fn opening(&self, changes: Vec<Vec<Unit>>, sure: bool) -> Result<Option<Opening>, Unplannable> {
        let fixes = Fixes::of(self.week);
        let tried = changes.len().min(TRIED);
        for (at, units) in changes.into_iter().take(TRIED).enumerate() {
            let changed = units.iter().fold(self.week.clone(), |week, unit| unit.added_to(&week));
            let left = 2 * (tried - at) - 1;
            let Answer::Found(found) = self.asking.again(&changed, self.plan, &fixes, Some(self.case), left)? else {
                continue;
            };
            let gain = (found.changes.repair_objective - self.worth).to_cents();
            let legs = self.legs_in(&found.plan);
            if legs.is_empty() || gain.get() <= 0.0 {
                continue;
            }
            let proven = sure && proven(&found) && self.needed(&changed, &found)?;
            return Ok(Some(Opening { units, legs, gain, proven }));
        }
        Ok(None)
    }

    /// Whether it is proven that every plan without the case is worth less than one that was found.
    fn needed(&self, week: &Week, found: &Repaired) -> Result<bool, Unplannable> {
        let fixes = Fixes::of(week).with(self.position, Fixed { out: true, ..Fixed::default() });
        Ok(match self.asking.again(week, self.plan, &fixes, Some(self.case), TRIED)? {
            Answer::Found(out) => (found.changes.repair_objective - out.changes.repair_bound).get() > CENT,
            Answer::None { proven } => proven,
        })
    }
}

/// Whether no plan is worth more than the one found.
fn proven(found: &Repaired) -> bool {
    Range::new(found.changes.repair_objective, found.changes.repair_bound).is_some_and(|range| range.is_plain())
}

/// Cases of which any one would leave room for a choice, the least valuable first; and transfers of which any one would.
fn holders(parts: &Parts<'_>, solution: &Solution, choice: ChoiceId) -> (Vec<Holder>, Vec<TransferId>) {
    let problem = &parts.model.problem;
    let (mut holders, mut transfers) = (Vec::new(), Vec::new());
    for (at, &held) in solution.choices.iter().enumerate() {
        let mut without = solution.clone();
        without.choices.remove(at);
        release(problem, &mut without, held, choice);
        if Standing::new(problem, &without).add(&problem.choices[choice]).is_ok() {
            let Some(&option) = parts.model.options.get(held) else {
                let load = problem.choices[held].task.map(|task| parts.model.loads[task]);
                if let Some(Load::Transfer(at)) = load {
                    transfers.push(parts.week.transfers.rows()[at].id.clone());
                }
                continue;
            };
            let option = &parts.options.options[option];
            let case = parts.week.cases.rows()[option.case].id.clone();
            holders.push(Holder { case, worth: option.value().to_cents() });
        }
    }
    holders.sort_by(|a, b| a.worth.get().total_cmp(&b.worth.get()).then_with(|| a.case.cmp(&b.case)));
    transfers.sort();
    (holders, transfers)
}

/// Takes the ride of a choice that is gone out of a solution, and everybody who is not needed any more, those first whom the
/// wanted choice could use. What is left is a solution.
fn release(problem: &Problem, solution: &mut Solution, gone: ChoiceId, wanted: ChoiceId) {
    if let Some(task) = problem.choices[gone].task {
        for route in &mut solution.routes {
            route.stops.retain(|stop| stop.task != task);
        }
        solution.routes.retain(|route| !route.stops.is_empty());
    }
    let mut needed: Vec<f64> = problem.demands.iter().map(|demand| demand.base).collect();
    let left: Vec<&Choice> = solution.choices.iter().map(|&id| &problem.choices[id]).collect();
    let on: BTreeSet<usize> = left.iter().flat_map(|choice| choice.switches.iter().copied()).collect();
    let switched = on.into_iter().flat_map(|switch| &problem.switches[switch].needs);
    left.iter().flat_map(|choice| &choice.needs).chain(switched).for_each(|&(d, units)| needed[d] += units);
    let jobs: BTreeSet<usize> = problem.choices[gone].needs.iter().map(|&(d, _)| problem.demands[d].job).collect();
    let useful = |crew: usize| {
        let needs = problem.choices[wanted].needs.iter();
        needs.into_iter().any(|&(demand, _)| problem.demands[demand].crews.contains(&crew))
    };
    for first in [true, false] {
        for at in 0..solution.rosters.len() {
            let crew = solution.rosters[at].0;
            for &job in jobs.iter().filter(|_| useful(crew) == first) {
                let spare = solution.rosters[at].1.contains(&job)
                    && problem.demands.iter().zip(&needed).filter(|(demand, _)| demand.job == job).all(
                        |(demand, &least)| {
                            let there = |(crew, roster): &&(usize, Vec<usize>)| {
                                roster.contains(&job) && demand.crews.contains(crew)
                            };
                            let after = solution.rosters.iter().filter(there).count() as f64
                                - f64::from(u8::from(demand.crews.contains(&crew)));
                            after >= least
                        },
                    );
                if spare {
                    solution.rosters[at].1.retain(|other| *other != job);
                }
            }
        }
    }
    solution.rosters.retain(|(_, roster)| !roster.is_empty());
}
