//! What keeps somebody from a duty, whoever asks: the model leaves him out of it, a pin that names him is refused with it.

use crate::itinerary::TeamDuty;
use crate::units::{Hours, Instant};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};

/// Slack for summed hours, far below what plans are checked to.
const ROUNDING: f64 = 1e-9;

/// Why somebody cannot do a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hindrance {
    /// A visa for none of the destinations.
    Visa,
    /// Another base.
    Base,
    /// Away during it; the row.
    Away(RowRef),
    /// It alone is longer than he may work in a week.
    Hours,
}

/// The absences of everybody.
pub(crate) struct Absences<'a>(BTreeMap<&'a EscortId, Vec<&'a Absence>>);

impl<'a> Absences<'a> {
    pub(crate) fn of(week: &'a Week) -> Self {
        let mut absences: BTreeMap<&EscortId, Vec<&Absence>> = BTreeMap::new();
        for absence in &week.absences {
            absences.entry(&absence.escort).or_default().push(absence);
        }
        Self(absences)
    }

    /// What keeps an escort from the duty of a team that leaves `from` for some of the destinations.
    pub(crate) fn hindrance(
        &self,
        escort: &Escort,
        duty: &TeamDuty,
        from: &LocationId,
        destinations: &BTreeSet<Country>,
    ) -> Option<Hindrance> {
        if !destinations.iter().any(|&country| escort.visas.hold(country)) {
            return Some(Hindrance::Visa);
        }
        if escort.base.as_ref().is_some_and(|base| base != from) {
            return Some(Hindrance::Base);
        }
        self.of_time(escort, (duty.report, duty.end), duty.hours)
    }

    /// What keeps an escort from work between two moments.
    pub(crate) fn of_time(
        &self,
        escort: &Escort,
        (from, until): (Instant, Instant),
        hours: Hours,
    ) -> Option<Hindrance> {
        let mut absences = self.0.get(&escort.id).into_iter().flatten();
        if let Some(away) = absences.find(|absence| absence.span.from() < until && from < absence.span.until()) {
            return Some(Hindrance::Away(away.row.clone()));
        }
        escort.max_hours.is_some_and(|most| hours.get() > most.get() + ROUNDING).then_some(Hindrance::Hours)
    }
}
