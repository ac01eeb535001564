//! What is fixed of a case before anything is chosen: by a pin of `pins.csv`, or by a question ("what if it departs all the
//! same?"). What does not agree with it is no choice of the problem; what must happen has a premium that nothing outweighs.

use super::model::Model;
use crate::options::{CaseOption, Options, Stakes};
use crate::week::Week;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{ChoiceId, GroupId, Solution};

/// Premium of what must happen; far above what any plan could gain without it.
pub(crate) const PREMIUM: f64 = 1e6;

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

impl Model {
    /// Adds the premium to every choice of what must happen; gives those choices.
    pub(crate) fn force(&mut self, forced: &BTreeSet<GroupId>) -> BTreeSet<ChoiceId> {
        let mut premiums = BTreeSet::new();
        for (id, choice) in self.problem.choices.iter_mut().enumerate() {
            if forced.contains(&choice.group) {
                choice.value += PREMIUM;
                premiums.insert(id);
            }
        }
        premiums
    }
}

/// What premiums make of a solution's value.
pub(crate) fn premium_of(premiums: &BTreeSet<ChoiceId>, solution: &Solution) -> f64 {
    PREMIUM * solution.choices.iter().filter(|choice| premiums.contains(choice)).count() as f64
}
