//! Why each case that is not in the plan is not in it: the closed gate, what its options stumbled on, or what was verified
//! by trying to add it to the plan as it stands.

use super::assemble::Parts;
use super::insertion::{Lack, Standing};
use super::model::Limit;
use crate::gates::{self, Closed};
use crate::itinerary::NoItinerary;
use crate::lang::Lang;
use crate::options::{CaseOption, Obstacle};
use crate::plan::{LeftOut, NotPlanned, Scarce};
use crate::units::Euro;
use crate::week::LegId;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{ChoiceId, Solution};

/// The language of `plan.json`; readable products make their own sentences from its data.
const LANG: Lang = Lang::En;

/// One entry for each case that is not among the chosen, in file order.
pub(super) fn not_planned(parts: &Parts<'_>, solution: &Solution, chosen: &[&CaseOption]) -> Vec<NotPlanned> {
    let planned: BTreeSet<usize> = chosen.iter().map(|option| option.case).collect();
    let mut choices_of: BTreeMap<usize, Vec<ChoiceId>> = BTreeMap::new();
    for (id, choice) in parts.model.problem.choices.iter().enumerate() {
        choices_of.entry(choice.group).or_default().push(id);
    }
    let nothing = Solution::default();
    let mut trial = Trial {
        parts,
        alone: Standing::new(&parts.model.problem, &nothing),
        planned: Standing::new(&parts.model.problem, solution),
    };
    let cases = (0..parts.options.cases.len()).filter(|case| !planned.contains(case));
    cases.map(|case| trial.not_planned(case, choices_of.get(&case).map_or(&[], Vec::as_slice))).collect()
}

struct Trial<'a> {
    parts: &'a Parts<'a>,
    /// A plan without any departure, work or ride.
    alone: Standing<'a>,
    planned: Standing<'a>,
}

impl Trial<'_> {
    fn not_planned(&mut self, position: usize, choices: &[ChoiceId]) -> NotPlanned {
        let of_case = &self.parts.options.cases[position];
        let case = &self.parts.week.cases.rows()[position];
        if let Some(closed) = of_case.gates.gate() {
            return closed_gate(case.id.clone(), closed);
        }
        if let Some(pin) = self.parts.week.pins.iter().find(|pin| pin.out && pin.case == case.id) {
            let why = LeftOut::Pinned { pin: pin.id.clone(), by: pin.by.clone(), reason: pin.reason.clone() };
            return left_out_by(case, why, vec![pin.row.to_string()]);
        }
        let left_out = of_case.obstacle.map_or_else(|| self.tried(choices), LeftOut::Obstacle);
        left_out_by(case, left_out, vec![case.row.to_string()])
    }

    /// What comes of adding each choice, first to nothing, then to the plan.
    fn tried(&mut self, choices: &[ChoiceId]) -> LeftOut {
        let problem = &self.parts.model.problem;
        let mut alone: Option<Vec<Lack>> = None;
        let possible: Vec<ChoiceId> = choices
            .iter()
            .copied()
            .filter(|&choice| match self.alone.add(&problem.choices[choice]) {
                Ok(_) => true,
                Err(lacks) => {
                    alone.get_or_insert(lacks);
                    false
                }
            })
            .collect();
        let mut fits: Option<(f64, f64, ChoiceId)> = None;
        let mut lacking: Option<(usize, f64, Vec<Lack>, ChoiceId)> = None;
        for choice in possible {
            let value = problem.choices[choice].value;
            match self.planned.add(&problem.choices[choice]) {
                Ok(cost) if fits.is_none_or(|(gain, ..)| value - cost > gain) => {
                    fits = Some((value - cost, cost, choice))
                }
                Ok(_) => {}
                Err(lacks) => {
                    let nearer = |(count, worth, ..): &(usize, f64, _, _)| (lacks.len(), -value) < (*count, -worth);
                    if lacking.as_ref().is_none_or(nearer) {
                        lacking = Some((lacks.len(), value, lacks, choice));
                    }
                }
            }
        }
        match (fits, lacking) {
            (Some((gain, _, choice)), _) if gain > 0.005 => {
                LeftOut::NotDecided { legs: self.legs(choice), gain: Euro::new(gain).to_cents() }
            }
            (Some((_, cost, choice)), _) => LeftOut::CostsMore {
                legs: self.legs(choice),
                worth: self.option(choice).value().to_cents(),
                cost: Euro::new(cost).to_cents(),
            },
            (None, Some((_, _, lacks, choice))) => LeftOut::NoRoom {
                legs: self.legs(choice),
                worth: self.option(choice).value().to_cents(),
                lacks: lacks.into_iter().map(|lack| self.scarce(lack, choice)).collect(),
            },
            (None, None) => {
                alone.map_or(LeftOut::Obstacle(Obstacle::Itinerary(NoItinerary::NoFlight)), |lacks| of_itself(&lacks))
            }
        }
    }

    fn option(&self, choice: ChoiceId) -> &CaseOption {
        &self.parts.options.options[self.parts.model.options[choice]]
    }

    fn legs(&self, choice: ChoiceId) -> Vec<LegId> {
        self.parts.legs(self.option(choice).itinerary)
    }

    fn scarce(&self, lack: Lack, choice: ChoiceId) -> Scarce {
        scarce(self.parts, lack, self.option(choice).case)
    }
}

/// What a lack is in the words of the week, for a case (position in `Week::cases`).
pub(crate) fn scarce(parts: &Parts<'_>, lack: Lack, case: usize) -> Scarce {
    let week = parts.week;
    let leg = |leg: usize| week.legs.rows()[leg].id.clone();
    match lack {
        Lack::Crew => Scarce::Team,
        Lack::Vehicle => Scarce::Ride,
        Lack::Capacity(capacity) => match parts.model.limits[capacity] {
            Limit::Seats(at) => Scarce::Seats(leg(at)),
            Limit::Returnees(at) => Scarce::Returnees(leg(at)),
            Limit::Unescorted(at) => Scarce::Unescorted(leg(at)),
            Limit::Slot(_) => Scarce::ContactSlot(week.cases.rows()[case].location.clone()),
            Limit::ArrivalDay(day) => Scarce::Arrivals(parts.options.arrival_days[day].date),
            Limit::Places(_) => Scarce::Team,
        },
    }
}

fn left_out_by(case: &crate::week::Case, why: LeftOut, rows: Vec<String>) -> NotPlanned {
    let (reason, opens_when) = (why.sentence(LANG), why.opens_when(LANG));
    NotPlanned { case: case.id.clone(), gate: None, reason, rows, opens_when, left_out: Some(why) }
}

fn closed_gate(case: crate::week::CaseId, closed: &Closed) -> NotPlanned {
    NotPlanned {
        case,
        gate: Some(closed.gate.word().to_owned()),
        reason: gates::words::why(closed, LANG),
        rows: closed.rows.iter().map(ToString::to_string).collect(),
        opens_when: gates::words::remedy(closed, LANG),
        left_out: None,
    }
}

/// What a case lacks even where nobody else takes anything.
fn of_itself(lacks: &[Lack]) -> LeftOut {
    match lacks.first() {
        Some(Lack::Crew) => LeftOut::Team,
        Some(Lack::Vehicle) => LeftOut::Obstacle(Obstacle::Ride),
        _ => LeftOut::Obstacle(Obstacle::Seats),
    }
}
