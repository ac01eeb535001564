//! All gates of one case over all its journeys, and which closed gate is the one to name.

use super::{Closed, Dossier, GateName, Journey, of_case, of_journey};
use crate::units::Instant;

/// What the gates say of one case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseGates {
    /// The case, as position in `Week::cases`.
    pub case: usize,
    /// How many journeys there are for it (section 4 of the specification), whatever its gates say.
    pub journeys: usize,
    /// The journeys on which every gate is open, as positions in the list that was given.
    pub open: Vec<usize>,
    /// What stands between the case and the journey that is nearest to being open, the gate to name first. Empty when a
    /// journey is open, and when there is no journey and no gate of the case itself is closed.
    pub closed: Vec<Closed>,
    /// The departure of the nearest journey: the first that would be possible if `closed` were opened (or that is possible).
    pub soonest: Option<Instant>,
}

impl CaseGates {
    /// The gate to name when the case cannot be planned: a case without a journey is not closed by the journey's gates.
    pub fn gate(&self) -> Option<&Closed> {
        self.closed.first()
    }
}

/// Asks every gate for every journey.
///
/// When no journey is open, the gate to name is, in this order: the first closed gate of the case itself; the first gate
/// that by itself closes every journey; the first closed gate on the nearest journey. The nearest journey is the one on
/// which fewest gates are closed, the earliest of these. "First" is the order of section 2 of the specification.
pub fn assess(case: usize, dossier: &Dossier<'_>, journeys: &[Journey<'_>]) -> CaseGates {
    let mut closed = of_case(dossier);
    let mut open = Vec::new();
    let mut nearest: Option<Nearest> = None;
    let mut closes_all = GateName::ALL.map(|_| true);
    for (position, journey) in journeys.iter().enumerate() {
        let reasons = of_journey(dossier, journey);
        if reasons.is_empty() && closed.is_empty() {
            open.push(position);
        }
        let shut = GateName::ALL.map(|gate| reasons.iter().any(|reason| reason.gate == gate));
        closes_all.iter_mut().zip(shut).for_each(|(all, shut)| *all &= shut);
        let gates = shut.iter().filter(|&&shut| shut).count();
        if nearest.as_ref().is_none_or(|best| (gates, journey.departs) < (best.gates, best.departs)) {
            nearest = Some(Nearest { gates, departs: journey.departs, reasons });
        }
    }
    let soonest = nearest.as_ref().map(|best| best.departs);
    if let Some(mut best) = nearest {
        best.reasons.sort_by_key(|reason| (!closes_all[reason.gate as usize], reason.gate));
        closed.append(&mut best.reasons);
    }
    CaseGates { case, journeys: journeys.len(), open, closed, soonest }
}

/// The journey that is nearest to being open so far.
struct Nearest {
    gates: usize,
    departs: Instant,
    reasons: Vec<Closed>,
}
