//! Every itinerary of a week, found once, and those that a case can take (section 4 of the specification).

use super::{Network, TeamDuty, WaysHome};
use crate::gates::{Dossier, Journey};
use crate::units::{Hours, Instant, shift};
use crate::week::{EntryPoints, LocationId, Week};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One leg, or two through a transit airport.
#[derive(Clone, Debug, PartialEq)]
pub struct Itinerary {
    /// The legs in order, positions in `Week::legs`; one or two.
    pub legs: Vec<usize>,
    /// The airport changed at, position in `Week::transits`.
    pub transit: Option<usize>,
    /// Departure of the first leg.
    pub departs: Instant,
    /// Arrival of the last leg, with the offset of its airport.
    pub arrives: Instant,
    /// Airport of departure, position in `Week::locations`.
    pub from: usize,
    /// Final airport, position in `Week::locations`.
    pub to: usize,
    /// The duty of a team; none: no admissible way home, so only for cases that need no team.
    pub duty: Option<TeamDuty>,
}

/// Why a case has no itinerary, told by the furthest step that any flight came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoItinerary {
    /// No flight of the horizon goes to any of its entry points.
    NoFlight,
    /// Every flight departs too soon to be booked, or to get the transit permit.
    LeadTime,
    /// Every connection goes through an airport where nobody passes without escorts.
    UnescortedTransit,
    /// No escorts can come home from any flight.
    NoWayHome,
}

/// Every itinerary of the horizon, in order of departure.
#[derive(Clone, Debug)]
pub struct Itineraries {
    all: Vec<Itinerary>,
    by_airport: BTreeMap<LocationId, Vec<usize>>,
}

impl Itineraries {
    /// Searches the network of a week from its home airports for first departures in `[start, end)`.
    pub fn of(week: &Week) -> Self {
        let network = Network::of(week);
        let ways_home = WaysHome::of(week);
        let homes: BTreeSet<&LocationId> = week.home_airports.iter().collect();
        let mut all = Vec::new();
        for (position, leg) in week.legs.iter().enumerate() {
            if !homes.contains(&leg.from) || leg.departs < week.start || leg.departs >= week.end {
                continue;
            }
            all.extend(itinerary(week, &ways_home, vec![position], None));
            let connections = network.onward(position);
            all.extend(
                connections.filter_map(|(next, at)| itinerary(week, &ways_home, vec![position, next], Some(at))),
            );
        }
        all.sort_by(|a, b| (a.departs, a.arrives, &a.legs).cmp(&(b.departs, b.arrives, &b.legs)));
        let mut by_airport: BTreeMap<LocationId, Vec<usize>> = BTreeMap::new();
        for (position, found) in all.iter().enumerate() {
            let airport = &week.locations.rows()[found.to].id;
            by_airport.entry(airport.clone()).or_default().push(position);
        }
        Self { all, by_airport }
    }

    /// All itineraries, in order of departure.
    pub fn all(&self) -> &[Itinerary] {
        &self.all
    }

    /// The itineraries that a case can take, as ascending positions in [`Self::all`], or why there is none.
    pub fn for_case(&self, dossier: &Dossier<'_>) -> Result<Vec<usize>, NoItinerary> {
        let mut furthest = NoItinerary::NoFlight;
        let mut found = Vec::new();
        for position in self.to(&dossier.case.entry_points) {
            match obstacle(dossier, &self.all[position]) {
                None => found.push(position),
                Some(step) => furthest = furthest.max(step),
            }
        }
        if found.is_empty() { Err(furthest) } else { Ok(found) }
    }

    fn to(&self, entry_points: &EntryPoints) -> Vec<usize> {
        match entry_points {
            EntryPoints::Any => (0..self.all.len()).collect(),
            EntryPoints::Only(airports) => {
                let mut found: Vec<usize> =
                    airports.iter().filter_map(|airport| self.by_airport.get(airport)).flatten().copied().collect();
                found.sort_unstable();
                found
            }
        }
    }
}

fn itinerary(week: &Week, ways_home: &WaysHome<'_>, legs: Vec<usize>, transit: Option<usize>) -> Option<Itinerary> {
    let journey = Journey::over(week, &legs)?;
    let (departs, arrives) = (journey.departs, journey.arrives);
    let to = week.locations.position(journey.airport)?;
    let from = week.locations.position(&week.legs.rows().get(*legs.first()?)?.from)?;
    let duty = ways_home.duty(&legs);
    Some(Itinerary { legs, transit, departs, arrives, from, to, duty })
}

/// What keeps a case from taking an itinerary to one of its entry points.
fn obstacle(dossier: &Dossier<'_>, itinerary: &Itinerary) -> Option<NoItinerary> {
    let week = dossier.week;
    let in_time = |departs, lead: Hours| shift(departs, -lead.minutes().get()) >= week.now;
    // Lead times do not apply to legs that the case is booked on (section 3).
    let bookable = itinerary.legs.iter().all(|leg| {
        let row = &week.legs.rows()[*leg];
        dossier.booked.contains(leg) || in_time(row.departs, row.booking_lead)
    });
    let booked_through = itinerary.legs.iter().all(|leg| dossier.booked.contains(leg));
    let transit = itinerary.transit.map(|transit| &week.transits.rows()[transit]);
    let permitted = transit.is_none_or(|terms| booked_through || in_time(itinerary.departs, terms.permit_lead));
    if !bookable || !permitted {
        return Some(NoItinerary::LeadTime);
    }
    if dossier.case.escorts == 0 && transit.is_some_and(|terms| !terms.unescorted) {
        return Some(NoItinerary::UnescortedTransit);
    }
    (dossier.case.needs_team() && itinerary.duty.is_none()).then_some(NoItinerary::NoWayHome)
}
