//! Slots for one case: the itineraries still open to it within the plan as it stands, with what each would add. Each was
//! tried on the plan: the seats, the people who are free, the shift whose route can take it along.

use super::model::{self, RepairModel};
use super::standing::Standing;
use crate::options::Notice;
use crate::plan::{Plan, Scarce};
use crate::planner::Unplannable;
use crate::planner::assemble::Parts;
use crate::planner::fixed::Fixes;
use crate::planner::insertion;
use crate::planner::model::Work;
use crate::planner::why::scarce;
use crate::units::{Euro, Instant, Probability};
use crate::week::{CaseId, EscortId, LegId, ShiftId, SlotId, Week};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::seat;

/// A way for a case to depart beside what is planned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Offer {
    /// The legs in order.
    pub legs: Vec<LegId>,
    /// Departure of the first.
    pub departs: Instant,
    /// The contact slot of the notice; none: a notice is kept.
    pub slot: Option<SlotId>,
    /// When notice is or was given.
    pub noticed_at: Instant,
    /// Chance that it goes through.
    pub p: Probability,
    /// Value less tickets.
    pub worth: Euro,
    /// What it adds to escorts, transport and change costs; none when it lacks something.
    pub adds: Option<Euro>,
    /// Who would join its team.
    pub escorts: Vec<EscortId>,
    /// The shift that would drive it; none: it is at the airport already.
    pub shift: Option<ShiftId>,
    /// What it lacks; nothing when it fits.
    pub lacks: Vec<Scarce>,
}

impl Offer {
    /// What the plan would gain; none when it does not fit.
    pub fn gain(&self) -> Option<Euro> {
        self.adds.map(|adds| self.worth - adds)
    }
}

/// The ways out of a case within a plan, those that fit first, best gain first; of each itinerary the best notice. A case that is
/// planned is taken out first, so that its present departure is among them.
///
/// # Errors
/// [`Unplannable`] when the figures of the week are too large to be computed with.
pub fn offers(week: &Week, plan: &Plan, case: &CaseId) -> Result<Vec<Offer>, Unplannable> {
    let Some(position) = week.cases.position(case) else { return Ok(Vec::new()) };
    let standing = Standing::of(week, plan, &BTreeSet::new());
    let mut repair = model::build(week, plan, &standing, &Fixes::of(week));
    repair.force();
    let problem = &repair.model.problem;
    let mut wish = repair.wish.clone();
    wish.choices.retain(|(group, _)| *group != position);
    let present = seat(problem, &wish).map_err(Unplannable::Figures)?;
    let mut trial = insertion::Standing::new(problem, &present);
    let mut best: BTreeMap<usize, Offer> = BTreeMap::new();
    for (id, choice) in problem.choices.iter().enumerate().filter(|(_, choice)| choice.group == position) {
        let Some(&at) = repair.model.options.get(id) else { continue };
        let offer = offer(week, &repair, &mut trial, id, at, position);
        let key = |offer: &Offer| (offer.lacks.len(), -offer.gain().unwrap_or(offer.worth).get());
        let itinerary = repair.options.options[at].itinerary;
        let better = best.get(&itinerary).is_none_or(|known| key(&offer) < key(known));
        if better && choice.value.is_finite() {
            best.insert(itinerary, offer);
        }
    }
    let mut offers: Vec<Offer> = best.into_values().collect();
    offers.sort_by(|a, b| {
        let gain = |offer: &Offer| offer.gain().unwrap_or(offer.worth).get();
        a.lacks.len().cmp(&b.lacks.len()).then(gain(b).total_cmp(&gain(a))).then(a.departs.cmp(&b.departs))
    });
    Ok(offers)
}

fn offer(
    week: &Week,
    repair: &RepairModel,
    trial: &mut insertion::Standing<'_>,
    id: usize,
    at: usize,
    case: usize,
) -> Offer {
    let parts = Parts { week, options: &repair.options, model: &repair.model };
    let (choice, option) = (&repair.model.problem.choices[id], &repair.options.options[at]);
    let tried = trial.add(choice);
    let (crew, vehicle) = if tried.is_ok() { trial.joins(choice) } else { (Vec::new(), None) };
    let on_team = |job: usize| matches!(repair.model.work[job], Work::Team(of) if of == option.itinerary);
    let escorts = crew.iter().filter(|(_, job)| on_team(*job));
    let (adds, lacks) = match tried {
        Ok(cost) => (Some(Euro::new(cost).to_cents()), Vec::new()),
        Err(lacks) => (None, lacks.into_iter().map(|lack| scarce(&parts, lack, case)).collect()),
    };
    Offer {
        legs: parts.legs(option.itinerary),
        departs: repair.options.itineraries[option.itinerary].departs,
        slot: match option.notice {
            Notice::Slot(slot) => Some(week.contact_slots.rows()[slot].id.clone()),
            Notice::Kept(_) => None,
        },
        noticed_at: option.noticed_at,
        p: option.forecast.p,
        worth: option.value().to_cents(),
        adds,
        escorts: escorts.map(|&(crew, _)| week.escorts.rows()[crew].id.clone()).collect(),
        shift: vehicle.map(|vehicle| week.shifts.rows()[vehicle].id.clone()),
        lacks,
    }
}
