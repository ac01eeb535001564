//! From open gates to priced options.
//!
//! Left out is only what cannot make a plan better:
//! - an itinerary without room for the case and its own team, or with more arrivals than the receiving state admits a day;
//! - a ride that no shift could drive even if it had nothing else to do;
//! - an option worth no more than its tickets and its own team: without the case the plan stays feasible (the team can
//!   be smaller by as many, a slot, seats and a ride are free) and is no worse. This takes it that no listed drive is so
//!   much longer than the way over another place that loading and unloading there still is a short cut: nobody is put on
//!   a flight at a loss for the sake of a short cut;
//! - a contact slot when later slots that also leave enough notice have places for every case of the location that could
//!   be planned: one of these is free then, and since no hazard falls with the length of notice it is worth no less.

use super::price::{Party, own_team, own_team_cost, price};
use super::roads::Roads;
use super::{ArrivalDay, CaseOption, CaseOptions, GatedCase, Notice, Obstacle, Options, Ride, Stakes, gate};
use crate::calendar::own_clock;
use crate::gates::{Dossier, NoticeBook};
use crate::itinerary::{Itineraries, Itinerary};
use crate::units::{Euro, Instant};
use crate::week::{Case, LegKind, LocationId, Week};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Every option of every case of a week.
pub fn build(week: &Week) -> Options {
    build_of(week, Offered::Latest, &Stakes::default())
}

/// Every option of every case of a week whose plan is under way: an option may be worth taking because leaving it costs.
pub fn build_with(week: &Week, stakes: &Stakes) -> Options {
    build_of(week, Offered::Latest, stakes)
}

/// The options of somebody who tells people as early as possible: the earliest slots instead of the latest.
pub(crate) fn build_early(week: &Week) -> Options {
    build_of(week, Offered::Earliest, &Stakes::default())
}

/// Which contact slots are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offered {
    Latest,
    Earliest,
}

fn build_of(week: &Week, offered: Offered, stakes: &Stakes) -> Options {
    let gated = gate(week);
    let mut could_depart: BTreeMap<&LocationId, u32> = BTreeMap::new();
    for (case, of_case) in week.cases.iter().zip(&gated.cases) {
        *could_depart.entry(&case.location).or_default() += u32::from(!of_case.open.is_empty());
    }
    let mut builder = Builder {
        week,
        stakes,
        notices: &gated.notices,
        itineraries: &gated.itineraries,
        could_depart,
        offered,
        roads: Roads::of(week),
        arrival_days: BTreeMap::new(),
        built: Options::default(),
    };
    for (position, of_case) in gated.cases.into_iter().enumerate() {
        builder.add(position, of_case);
    }
    let mut options = builder.built;
    keep_used(&mut options, &gated.itineraries);
    options
}

struct Builder<'a> {
    week: &'a Week,
    stakes: &'a Stakes,
    notices: &'a NoticeBook,
    itineraries: &'a Itineraries,
    /// Cases with an open journey at each location: more will never take a slot there.
    could_depart: BTreeMap<&'a LocationId, u32>,
    offered: Offered,
    roads: Roads<'a>,
    arrival_days: BTreeMap<(usize, NaiveDate), usize>,
    built: Options,
}

/// A case while its options are built.
struct Subject<'a> {
    position: usize,
    case: &'a Case,
    dossier: Dossier<'a>,
    party: Party,
    /// Position of the receiving state's terms, with the limit a day.
    limit: Option<(usize, u32)>,
    /// Rides by airport and departure, as positions in the list of rides; none: not possible.
    rides: BTreeMap<(usize, Instant), Option<usize>>,
}

impl<'a> Builder<'a> {
    fn add(&mut self, position: usize, of_case: GatedCase) {
        let week = self.week;
        let case = &week.cases.rows()[position];
        let party = Party { persons: case.persons(week), air_seats: case.air_seats(week) };
        let dossier = Dossier::of(week, case, self.notices);
        let terms = dossier.terms.and_then(|terms| Some((terms, terms.max_per_day?)));
        let limit = terms.and_then(|(terms, limit)| {
            let position = week.destinations.iter().position(|row| std::ptr::eq(row, terms))?;
            Some((position, limit))
        });
        let mut subject = Subject { position, case, dossier, party, limit, rides: BTreeMap::new() };
        let first = self.built.options.len();
        let mut furthest = of_case.no_itinerary.map(Obstacle::Itinerary);
        for &itinerary in &of_case.open {
            if let Some(obstacle) = self.add_itinerary(&mut subject, itinerary) {
                furthest = furthest.max(Some(obstacle));
            }
        }
        let options = first..self.built.options.len();
        let closed = of_case.gates.gate().is_some() || !options.is_empty();
        self.built.cases.push(CaseOptions {
            gates: of_case.gates,
            options,
            obstacle: furthest.filter(|_| !closed),
            persons: party.persons,
            air_seats: party.air_seats,
        });
    }

    /// Adds the options of one case on one itinerary; gives the obstacle when there is none.
    fn add_itinerary(&mut self, subject: &mut Subject<'a>, position: usize) -> Option<Obstacle> {
        let itinerary = &self.itineraries.all()[position];
        if !has_seats(self.week, subject.case, subject.party, itinerary) {
            return Some(Obstacle::Seats);
        }
        if subject.limit.is_some_and(|(_, limit)| subject.party.persons > limit) {
            return Some(Obstacle::ArrivalLimit);
        }
        let Ok(ride) = self.ride(subject, itinerary) else { return Some(Obstacle::Ride) };
        let arrival_day = subject.limit.map(|(terms, persons)| self.arrival_day(terms, persons, itinerary));
        let stake = self.stakes.of(subject.position, &itinerary.legs, own_team(subject.case));
        let team_cost = own_team_cost(subject.case, itinerary);
        let before = self.built.options.len();
        for (notice, noticed_at) in self.notices(subject, itinerary) {
            let priced = price(self.week, subject.case, subject.party, itinerary, noticed_at);
            let option = CaseOption {
                case: subject.position,
                itinerary: position,
                notice,
                noticed_at,
                ride,
                arrival_day,
                forecast: priced.forecast,
                worth: priced.worth,
                tickets: priced.tickets,
            };
            if (option.value() + stake - team_cost).get() > Euro::ZERO.get() {
                self.built.options.push(option);
            }
        }
        (self.built.options.len() == before).then_some(Obstacle::Gain)
    }

    /// The ride the case needs to an itinerary: none when it is at the airport; an error when no shift could drive it.
    fn ride(&mut self, subject: &mut Subject<'a>, itinerary: &Itinerary) -> Result<Option<usize>, ()> {
        let week = self.week;
        if week.locations.position(&subject.case.location) == Some(itinerary.from) {
            return Ok(None);
        }
        let known = subject.rides.entry((itinerary.from, itinerary.departs)).or_insert_with(|| {
            let ride = Ride::of(week, subject.position, subject.case, itinerary.from, itinerary.departs)?;
            self.roads.might_drive(&ride).then(|| {
                self.built.rides.push(ride);
                self.built.rides.len() - 1
            })
        });
        known.map(Some).ok_or(())
    }

    fn arrival_day(&mut self, terms: usize, persons: u32, itinerary: &Itinerary) -> usize {
        let date = own_clock(itinerary.arrives).date();
        *self.arrival_days.entry((terms, date)).or_insert_with(|| {
            self.built.arrival_days.push(ArrivalDay { terms, date, persons });
            self.built.arrival_days.len() - 1
        })
    }

    /// The notices to offer, best first: the one that holds already, or the latest slots that together have room for
    /// every case of the location.
    fn notices(&self, subject: &Subject<'_>, itinerary: &Itinerary) -> Vec<(Notice, Instant)> {
        if let Some(noticed_at) = subject.dossier.kept_on(&itinerary.legs) {
            return vec![(Notice::Kept(noticed_at), noticed_at)];
        }
        let Some(&leg) = itinerary.legs.first() else { return Vec::new() };
        let cases = self.could_depart.get(&subject.case.location).copied().unwrap_or(1);
        let mut places = 0;
        let in_time = self.notices.in_time(self.week, subject.case, leg, itinerary.departs);
        let ordered: Vec<_> = match self.offered {
            Offered::Latest => in_time.iter().rev().collect(),
            Offered::Earliest => in_time.iter().collect(),
        };
        let needed = ordered.into_iter().take_while(|slot| {
            let wanted = places < cases;
            places = places.saturating_add(self.week.contact_slots.rows()[slot.position].capacity);
            wanted
        });
        needed.map(|slot| (Notice::Slot(slot.position), slot.starts)).collect()
    }
}

/// Whether every leg has room for the case and its own team when nobody else is aboard (section 4 of the specification).
fn has_seats(week: &Week, case: &Case, party: Party, itinerary: &Itinerary) -> bool {
    itinerary.legs.iter().map(|&leg| &week.legs.rows()[leg]).all(|leg| {
        let standby = if leg.kind == LegKind::Scheduled { 0 } else { leg.standby_escorts };
        let travellers = party.air_seats.saturating_add(own_team(case)).saturating_add(standby);
        let unescorted = case.escorts > 0 || party.air_seats <= leg.max_unescorted;
        travellers <= leg.seats && party.air_seats <= leg.max_returnees && unescorted
    })
}

/// Keeps the itineraries, rides and arrival days that an option refers to, and renumbers.
fn keep_used(options: &mut Options, itineraries: &Itineraries) {
    let itinerary = renumber(options.options.iter().map(|o| Some(o.itinerary)), itineraries.all().len());
    let ride = renumber(options.options.iter().map(|o| o.ride), options.rides.len());
    let arrival_day = renumber(options.options.iter().map(|o| o.arrival_day), options.arrival_days.len());
    for option in &mut options.options {
        option.itinerary = itinerary[option.itinerary].unwrap_or(0);
        option.ride = option.ride.and_then(|at| ride[at]);
        option.arrival_day = option.arrival_day.and_then(|at| arrival_day[at]);
    }
    options.itineraries = kept(itineraries.all(), &itinerary);
    options.rides = kept(&options.rides, &ride);
    options.arrival_days = kept(&options.arrival_days, &arrival_day);
}

/// New positions of those used, in the old order; none for the others.
fn renumber(used: impl Iterator<Item = Option<usize>>, len: usize) -> Vec<Option<usize>> {
    let mut is_used = vec![false; len];
    used.flatten().for_each(|at| is_used[at] = true);
    let mut next = 0;
    let number = |used: &bool| {
        used.then(|| {
            next += 1;
            next - 1
        })
    };
    is_used.iter().map(number).collect()
}

fn kept<T: Clone>(all: &[T], numbers: &[Option<usize>]) -> Vec<T> {
    all.iter().zip(numbers).filter(|(_, number)| number.is_some()).map(|(item, _)| item.clone()).collect()
}
