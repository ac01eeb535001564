//! What an option is worth and what its tickets cost (section 7 of the specification).

use crate::itinerary::Itinerary;
use crate::risk::{Forecast, RiskState, forecast};
use crate::units::{Euro, Hours, Instant, minutes_between};
use crate::week::{Case, Week};

/// p, worth and tickets of an option.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    pub(super) forecast: Forecast,
    pub(super) worth: Euro,
    pub(super) tickets: Euro,
}

/// Prices one case on one itinerary when told at `noticed_at`.
pub(super) fn price(week: &Week, case: &Case, party: Party, itinerary: &Itinerary, noticed_at: Instant) -> Price {
    let notice = Hours::new(minutes_between(noticed_at, itinerary.departs) / 60.0).unwrap_or_default();
    let state = RiskState { measure: case.measure, notice, file: case.file, escorted: case.escorts > 0 };
    let forecast = forecast(&week.risk, &state);
    let p = forecast.weight(week.risk.usage).get();
    let worth = week.costs.departure_value * (case.priority.get() * f64::from(party.persons) * p);
    let legs = itinerary.legs.iter().map(|&leg| &week.legs.rows()[leg]);
    let ticket = |leg: &crate::week::Leg| leg.fare * (p + (1.0 - p) * (1.0 - leg.refund_share.get()));
    let tickets = legs.map(ticket).sum::<Euro>() * f64::from(party.air_seats);
    Price { forecast, worth, tickets }
}

/// How many travel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Party {
    /// All persons.
    pub(super) persons: u32,
    /// Persons but infants.
    pub(super) air_seats: u32,
}

/// The team members that a case needs whoever else is on the itinerary: a team is at least their sum over its cases.
pub(super) fn own_team(case: &Case) -> u32 {
    case.escorts.saturating_add(u32::from(case.medical_escort.is_some()))
}

/// What the own team costs at least; nothing where there is no duty because no team is needed.
pub(super) fn own_team_cost(case: &Case, itinerary: &Itinerary) -> Euro {
    itinerary.duty.map_or(Euro::ZERO, |duty| duty.cost * f64::from(own_team(case)))
}
