//! What a plan and its week say together: the flight, team, ride and notice of each departure. Ids of the plan that are
//! not in the week are passed over here; `check` reports them.

use crate::calendar;
use crate::gates::Closed;
use crate::options::{self, Gated, GatedCase};
use crate::plan::{Departure, NotPlanned, Plan, Route, Stop, StopKind, Team};
use crate::units::{Instant, Minutes, minutes_between, shift};
use crate::week::*;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// One itinerary with everyone on it.
#[derive(Debug)]
pub(crate) struct Flight<'a> {
    /// Its legs in order; at least one.
    pub(crate) legs: Vec<&'a Leg>,
    /// Departures on it, in order of case.
    pub(crate) departures: Vec<&'a Departure>,
    /// Its team, when it needs one.
    pub(crate) team: Option<&'a Team>,
}

impl Flight<'_> {
    /// Departure of the first leg.
    pub(crate) fn departs(&self) -> Instant {
        self.legs[0].departs
    }
}

/// The drive of a case or transfer, from pickup to drop-off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ride<'a> {
    /// The route it is part of.
    pub(crate) route: &'a Route,
    /// Pickup.
    pub(crate) pickup: &'a Stop,
    /// Drop-off.
    pub(crate) dropoff: &'a Stop,
    /// Loading time at pickup.
    pub(crate) load: Minutes,
}

impl Ride<'_> {
    /// Minutes from the end of loading to the start of drop-off (section 6 of the specification).
    pub(crate) fn aboard(&self) -> f64 {
        minutes_between(self.pickup.at, self.dropoff.at) - self.load.get()
    }
}

/// A plan with its week, joined.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) week: &'a Week,
    pub(crate) plan: &'a Plan,
    teams: BTreeMap<&'a [LegId], &'a Team>,
    case_rides: BTreeMap<&'a CaseId, Ride<'a>>,
    transfer_rides: BTreeMap<&'a TransferId, Ride<'a>>,
    first_closed: OnceCell<BTreeMap<&'a CaseId, Closed>>,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(week: &'a Week, plan: &'a Plan) -> Self {
        let mut facts = Self {
            week,
            plan,
            teams: plan.teams.iter().map(|team| (&team.legs[..], team)).collect(),
            case_rides: BTreeMap::new(),
            transfer_rides: BTreeMap::new(),
            first_closed: OnceCell::new(),
        };
        for route in &plan.routes {
            facts.add_rides(route);
        }
        facts
    }

    /// The same for a week whose gates have been asked already.
    pub(crate) fn gated(week: &'a Week, plan: &'a Plan, gated: &Gated) -> Self {
        let facts = Self::new(week, plan);
        let _ = facts.first_closed.set(named(week, gated));
        facts
    }

    fn add_rides(&mut self, route: &'a Route) {
        for pickup in route.stops.iter().filter(|stop| stop.kind == StopKind::Pickup) {
            let same = |stop: &&Stop| {
                stop.kind == StopKind::Dropoff && stop.case == pickup.case && stop.transfer == pickup.transfer
            };
            let Some(dropoff) = route.stops.iter().find(same) else { continue };
            let load = self.load_minutes(pickup);
            let ride = Ride { route, pickup, dropoff, load };
            if let Some(case) = &pickup.case {
                self.case_rides.insert(case, ride);
            } else if let Some(transfer) = &pickup.transfer {
                self.transfer_rides.insert(transfer, ride);
            }
        }
    }

    fn load_minutes(&self, pickup: &Stop) -> Minutes {
        let transfer = pickup.transfer.as_ref().and_then(|id| self.week.transfers.get(id));
        transfer.map_or(self.week.rules.load, |transfer| transfer.load)
    }

    /// The flights of the plan with their departures, in order of departure.
    pub(crate) fn flights(&self) -> Vec<Flight<'a>> {
        let mut by_legs: BTreeMap<&'a [LegId], Vec<&'a Departure>> = BTreeMap::new();
        for departure in &self.plan.departures {
            by_legs.entry(&departure.legs).or_default().push(departure);
        }
        let mut flights: Vec<Flight<'a>> = by_legs
            .into_iter()
            .filter_map(|(ids, mut departures)| {
                departures.sort_by(|a, b| a.case.cmp(&b.case));
                Some(Flight { legs: self.legs(ids)?, departures, team: self.teams.get(ids).copied() })
            })
            .collect();
        flights.sort_by_key(Flight::departs);
        flights
    }

    /// The rows of an itinerary's legs; none when one is unknown or there is none.
    pub(crate) fn legs(&self, ids: &[LegId]) -> Option<Vec<&'a Leg>> {
        let legs: Option<Vec<&'a Leg>> = ids.iter().map(|id| self.week.legs.get(id)).collect();
        legs.filter(|legs| !legs.is_empty())
    }

    /// The departure of a case.
    pub(crate) fn departure(&self, case: &CaseId) -> Option<&'a Departure> {
        self.plan.departures.iter().find(|departure| departure.case == *case)
    }

    /// The team of an itinerary.
    pub(crate) fn team(&self, legs: &[LegId]) -> Option<&'a Team> {
        self.teams.get(legs).copied()
    }

    /// The ride of a case.
    pub(crate) fn case_ride(&self, case: &CaseId) -> Option<Ride<'a>> {
        self.case_rides.get(case).copied()
    }

    /// All rides in order of pickup; ties by id.
    pub(crate) fn rides(&self) -> Vec<Ride<'a>> {
        let mut rides: Vec<Ride<'a>> = self.case_rides.values().chain(self.transfer_rides.values()).copied().collect();
        rides.sort_by_key(|ride| ride.pickup.at);
        rides
    }

    /// How many transfers are driven.
    pub(crate) fn driven_transfers(&self) -> usize {
        self.transfer_rides.len()
    }

    /// Persons of the planned cases.
    pub(crate) fn departing_persons(&self) -> u32 {
        self.plan.departures.iter().map(|departure| self.persons(&departure.case)).sum()
    }

    /// Persons of a case; none when it is unknown.
    pub(crate) fn persons(&self, case: &CaseId) -> u32 {
        self.week.cases.get(case).map_or(0, |row| row.persons(self.week))
    }

    /// Id and name of a place.
    pub(crate) fn place(&self, id: &LocationId) -> String {
        match self.week.locations.get(id) {
            Some(row) if row.name.starts_with(id.as_str()) => row.name.clone(),
            Some(row) if !row.name.is_empty() => format!("{id} {}", row.name),
            _ => id.to_string(),
        }
    }

    /// Cases that no gate keeps from being planned.
    pub(crate) fn open_cases(&self) -> usize {
        self.plan.departures.len() + self.left_out().count()
    }

    /// Open cases that the plan leaves out.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = &'a NotPlanned> {
        self.plan.not_planned.iter().filter(|case| case.gate.is_none())
    }

    /// Cases that a gate keeps from being planned.
    pub(crate) fn closed(&self) -> impl Iterator<Item = &'a NotPlanned> {
        self.plan.not_planned.iter().filter(|case| case.gate.is_some())
    }

    /// The closed gate to name of each case that has one.
    pub(crate) fn first_closed(&self) -> &BTreeMap<&'a CaseId, Closed> {
        self.first_closed.get_or_init(|| named(self.week, &options::gate(self.week)))
    }

    /// The last whole minute at which notice of a flight could still be given to a case of this measure: both the
    /// hours and the office hours of section 3 are met.
    pub(crate) fn last_notice(&self, departs: Instant, measure: Measure) -> Instant {
        let latest = shift(departs, -self.week.rules.notice_for(measure).minutes().get());
        let office = self.week.rules.notice_office.get();
        let enough = |back: u32| {
            let from = shift(latest, -f64::from(back));
            calendar::office_hours(from, departs, &self.week.holidays).get() >= office - 1e-6
        };
        let (mut short, mut long) = (0, 1);
        if enough(short) {
            return latest;
        }
        while !enough(long) && long < LOOK_BACK_MINUTES {
            (short, long) = (long, long * 2);
        }
        while long - short > 1 {
            let middle = short + (long - short) / 2;
            if enough(middle) { long = middle } else { short = middle }
        }
        shift(latest, -f64::from(long))
    }
}

/// No office hours are asked for that a look back of this long (about three months) would not find.
const LOOK_BACK_MINUTES: u32 = 1 << 17;

/// Hours from notice to departure of the first leg.
pub(crate) fn notice_hours(departure: &Departure, departs: Instant) -> f64 {
    minutes_between(departure.noticed_at, departs) / 60.0
}

/// The closed gate to name of each case that has one.
fn named<'a>(week: &'a Week, gated: &Gated) -> BTreeMap<&'a CaseId, Closed> {
    let of = |case: &GatedCase| Some((&week.cases.rows()[case.gates.case].id, case.gates.gate()?.clone()));
    gated.cases.iter().filter_map(of).collect()
}
