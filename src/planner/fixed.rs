//! What is fixed of a case before anything is chosen: by a pin of `pins.csv`, or by a question ("what if it departs all the
//! same?"). What does not agree with it is no choice of the problem; what must happen has a premium that nothing of the problem
//! outweighs.

use super::model::Model;
use crate::options::{CaseOption, Options, Stakes};
use crate::week::Week;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::plain_bound;
use vertrek_solver::problem::{ChoiceId, CrewId, GroupId, JobId, Problem, Solution};

/// What is fixed of one case; positions are those of the week's tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fixed {
    /// It departs, whatever that costs.
    pub(crate) departs: bool,
    /// It does not depart.
    pub(crate) out: bool,
    /// It departs on these legs alone.
    pub(crate) legs: Option<Vec<usize>>,
    /// It does not depart on any of these.
    pub(crate) not_on: Vec<Vec<usize>>,
    /// They are in its team.
    pub(crate) escorts: BTreeSet<usize>,
    /// This shift drives it.
    pub(crate) shift: Option<usize>,
    /// Ids that it is fixed to and that are not in the folder any more.
    pub(crate) gone: Vec<String>,
}

impl Fixed {
    fn admits(&self, legs: &Vec<usize>) -> bool {
        let on = self.legs.as_ref().is_none_or(|fixed| fixed == legs);
        on && !self.out && self.gone.is_empty() && !self.not_on.contains(legs)
    }
}

/// What is fixed, by position of the case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fixes(BTreeMap<usize, Fixed>);

impl Fixes {
    /// What the pins of a week fix.
    pub(crate) fn of(week: &Week) -> Self {
        let mut fixes = Self::default();
        for pin in &week.pins {
            let Some(case) = week.cases.position(&pin.case) else { continue };
            let fixed = fixes.0.entry(case).or_default();
            fixed.out |= pin.out;
            fixed.departs |= !pin.out;
            if !pin.legs.is_empty() {
                let legs = pin.legs.iter().map(|leg| week.legs.position(leg));
                fixed.legs = Some(legs.clone().flatten().collect());
                let lost = pin.legs.iter().zip(legs).filter(|(_, at)| at.is_none());
                fixed.gone.extend(lost.map(|(leg, _)| leg.to_string()));
            }
            for escort in &pin.escorts {
                match week.escorts.position(escort) {
                    Some(at) => drop(fixed.escorts.insert(at)),
                    None => fixed.gone.push(escort.to_string()),
                }
            }
            if let Some(shift) = &pin.shift {
                fixed.shift = week.shifts.position(shift);
                fixed.gone.extend(fixed.shift.is_none().then(|| shift.to_string()));
            }
        }
        fixes
    }

    /// The same with something more fixed of one case, in the place of what was.
    pub(crate) fn with(mut self, case: usize, fixed: Fixed) -> Self {
        self.0.insert(case, fixed);
        self
    }

    /// What is fixed of a case.
    pub(crate) fn get(&self, case: usize) -> Option<&Fixed> {
        self.0.get(&case)
    }

    /// Every case that something is fixed of.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Fixed)> {
        self.0.iter().map(|(&case, fixed)| (case, fixed))
    }

    /// Cases that depart whatever that costs.
    pub(crate) fn forced(&self) -> BTreeSet<usize> {
        self.iter().filter(|(_, fixed)| fixed.departs).map(|(case, _)| case).collect()
    }

    /// The stakes with what must be offered whatever it costs.
    pub(crate) fn stakes(&self, stakes: Stakes) -> Stakes {
        Stakes { departs: self.forced(), ..stakes }
    }

    /// Whether an option agrees with what is fixed, its team aside.
    pub(crate) fn admit(&self, options: &Options, option: &CaseOption) -> bool {
        let fixed = self.0.get(&option.case);
        let legs = &options.itineraries[option.itinerary].legs;
        fixed.is_none_or(|fixed| fixed.admits(legs) && (fixed.shift.is_none() || option.ride.is_some()))
    }
}

/// What must happen, and the premium on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Premiums {
    /// The premium on each.
    pub(crate) each: f64,
    /// Choices with one.
    pub(crate) choices: BTreeSet<ChoiceId>,
    /// People on jobs with one.
    pub(crate) work: BTreeSet<(CrewId, JobId)>,
}

impl Premiums {
    /// The premiums of choices and of people on jobs in a problem that has none yet: more than any solution could gain by
    /// leaving one out.
    pub(crate) fn of(problem: &Problem, choices: BTreeSet<ChoiceId>, work: BTreeSet<(CrewId, JobId)>) -> Self {
        let each = (plain_bound(problem).max(0.0) + worst(problem, &choices, &work)).ceil() + 1.0;
        Self { each, choices, work }
    }

    /// Puts them into the problem.
    pub(crate) fn put_into(&self, problem: &mut Problem) {
        for &choice in &self.choices {
            problem.choices[choice].value += self.each;
        }
        for &(crew, job) in &self.work {
            let extra = &mut problem.crews[crew].extra;
            match extra.binary_search_by_key(&job, |extra| extra.0) {
                Ok(at) => extra[at].1 -= self.each,
                Err(at) => extra.insert(at, (job, -self.each)),
            }
        }
    }

    /// What they make of a solution's value.
    pub(crate) fn within(&self, solution: &Solution) -> f64 {
        let choices = solution.choices.iter().filter(|choice| self.choices.contains(choice)).count();
        let work = solution.rosters.iter().flat_map(|(crew, jobs)| jobs.iter().map(|&job| (*crew, job)));
        self.each * (choices + work.filter(|pair| self.work.contains(pair)).count()) as f64
    }
}

impl Model {
    /// The choices of what must happen.
    pub(crate) fn choices_of(&self, forced: &BTreeSet<GroupId>) -> BTreeSet<ChoiceId> {
        let choices = self.problem.choices.iter().enumerate();
        choices.filter(|(_, choice)| forced.contains(&choice.group)).map(|(id, _)| id).collect()
    }
}

/// The most that serving these and nothing else can cost: the worst choice of each group with the dearest people it asks for,
/// every route at its longest, and the penalties of all that is short.
fn worst(problem: &Problem, choices: &BTreeSet<ChoiceId>, work: &BTreeSet<(CrewId, JobId)>) -> f64 {
    let dear = |(at, crew): (usize, &vertrek_solver::problem::Crew)| {
        let jobs = crew.jobs.iter().map(|&job| problem.job_cost(at, job));
        crew.used + jobs.fold(0.0, f64::max)
    };
    let person = problem.crews.iter().enumerate().map(dear).fold(0.0, f64::max);
    let mut lost: BTreeMap<GroupId, f64> = BTreeMap::new();
    let mut driven: BTreeSet<GroupId> = BTreeSet::new();
    for choice in choices.iter().map(|&id| &problem.choices[id]) {
        let switched = choice.switches.iter().flat_map(|&switch| &problem.switches[switch].needs);
        let people: f64 = choice.needs.iter().chain(switched).map(|need| need.1.ceil()).sum();
        let known = lost.entry(choice.group).or_default();
        *known = known.max(people * person - choice.value);
        driven.extend(choice.task.map(|_| choice.group));
    }
    let furthest = problem.travel.km.iter().copied().fold(0.0, f64::max);
    let per_km = problem.vehicles.iter().map(|vehicle| vehicle.per_km).fold(0.0, f64::max);
    let longest = problem.vehicles.iter().map(|vehicle| {
        let minutes = vehicle.max_minutes.min(vehicle.window.until - vehicle.window.from);
        vehicle.fixed + vehicle.per_minute * minutes
    });
    let routes = longest.sum::<f64>() + per_km * furthest * 3.0 * driven.len() as f64;
    let short: f64 = problem.demands.iter().filter_map(|demand| Some(demand.base * demand.shortage?)).sum();
    let undriven: f64 = problem.tasks.iter().filter_map(|task| task.penalty).sum();
    lost.values().sum::<f64>() + work.len() as f64 * person + routes + short + undriven
}
