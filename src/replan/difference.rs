//! What is different between what stood and a repaired plan: every change with what, from, to, cost and cause. A cause is
//! said only after it has been verified: gates by asking them, rows by looking, what is scarce by trying on the plan.

use super::model::cost_off;
use super::standing::{PICKUP_MINUTES, Standing, StandingCase, StandingDuty, StandingRide, is_there};
use crate::gates::{Dossier, NoticeBook};
use crate::itinerary::Itineraries;
use crate::plan::changes::{Cause, Change, What, legs_text, notice_text, ride_text};
use crate::plan::{Departure, Plan, Scarce, StopKind};
use crate::planner::assemble::Parts;
use crate::planner::insertion;
use crate::planner::why::scarce;
use crate::units::{Euro, Instant, minutes_between};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::Solution;

/// What is beyond the half hour by rounding alone, in minutes.
const ROUNDING: f64 = 1.0 / 60.0;

/// Every change, departures first.
pub(super) fn changes(
    parts: &Parts<'_>,
    earlier: &Plan,
    standing: &Standing,
    plan: &Plan,
    solution: &Solution,
) -> Vec<Change> {
    let mut difference = Difference {
        parts,
        week: parts.week,
        earlier,
        standing,
        plan,
        solution,
        list: Vec::new(),
        moved: BTreeSet::new(),
    };
    difference.departures();
    difference.teams();
    difference.duties();
    difference.rides();
    difference.list
}

struct Difference<'a> {
    parts: &'a Parts<'a>,
    week: &'a Week,
    earlier: &'a Plan,
    standing: &'a Standing,
    plan: &'a Plan,
    solution: &'a Solution,
    list: Vec<Change>,
    /// Legs that a case left or came to.
    moved: BTreeSet<Vec<LegId>>,
}

impl Difference<'_> {
    fn add(&mut self, what: What, subject: &str, (from, to): (Option<String>, Option<String>), cost: Euro, why: Why) {
        let Why { because, event } = why;
        self.list.push(Change { what, subject: subject.to_owned(), from, to, cost, because, event });
    }

    fn departures(&mut self) {
        let now: BTreeMap<&CaseId, &Departure> = self.plan.departures.iter().map(|row| (&row.case, row)).collect();
        let book = NoticeBook::new(self.week);
        let itineraries = Itineraries::of(self.week);
        for (position, case) in self.week.cases.iter().enumerate() {
            let (was, is) = (self.standing.cases.get(&position), now.get(&case.id));
            let from = was.and_then(|was| legs_text(&was.legs));
            let to = is.and_then(|is| legs_text(&is.legs));
            if from != to {
                let cost = was.map_or(Euro::ZERO, |was| cost_off(self.week, position, was).to_cents());
                let pinned = self.pin_of(&case.id, |pin| pin.out || !pin.legs.is_empty());
                let why = pinned.unwrap_or_else(|| match was {
                    Some(was) => self.why_off(position, was, &book, &itineraries),
                    None => Why { because: Cause::Room, event: self.event_of_case(&case.id) },
                });
                self.moved.extend(was.map(|was| was.legs.clone()));
                self.moved.extend(is.map(|is| is.legs.clone()));
                self.add(What::Departure, case.id.as_str(), (from, to), cost, why);
                continue;
            }
            let (Some(was), Some(is)) = (was, is) else { continue };
            let from = was.noticed_at.map(|at| notice_text(was.slot.as_ref(), at));
            let to = Some(notice_text(is.slot.as_ref(), is.noticed_at));
            if from != to {
                let why = Why::of(Cause::Worth);
                self.add(What::Notice, case.id.as_str(), (from, to), Euro::ZERO, why);
            }
        }
        for row in self.earlier.departures.iter().filter(|row| self.week.cases.get(&row.case).is_none()) {
            let why = Why::of(gone("case", &row.case));
            self.add(What::Departure, row.case.as_str(), (legs_text(&row.legs), None), Euro::ZERO, why);
        }
    }

    /// Why a case is not on its legs any more.
    fn why_off(&self, position: usize, was: &StandingCase, book: &NoticeBook, itineraries: &Itineraries) -> Why {
        let week = self.week;
        if let Some(leg) = was.legs.iter().find(|leg| week.legs.get(leg).is_none()) {
            return Why { because: gone("leg", leg), event: self.event(EventKind::LegCancelled, leg.as_str()) };
        }
        if let Some(closed) = was.closed.first() {
            let rows = closed.rows.iter().map(ToString::to_string).collect();
            let event = closed.rows.iter().find_map(|row| self.event_at(row));
            return Why { because: Cause::Gate { gate: closed.gate.word().to_owned(), rows }, event };
        }
        let case = &week.cases.rows()[position];
        let legs = was.positions.clone().unwrap_or_default();
        let touched = legs.iter().find_map(|&leg| self.event_at(&week.legs.rows()[leg].row));
        let choices = &self.parts.model.problem.choices;
        let on_legs = |choice: &usize| {
            let at = self.parts.model.options.get(*choice);
            let option = at.map(|&at| &self.parts.options.options[at]);
            option.is_some_and(|o| o.case == position && self.parts.options.itineraries[o.itinerary].legs == legs)
        };
        let ways: Vec<usize> = (0..choices.len()).filter(on_legs).collect();
        if ways.is_empty() {
            let travellers = case.air_seats(week).saturating_add(case.escorts);
            let full = legs.iter().map(|&leg| &week.legs.rows()[leg]).find(|leg| leg.seats < travellers);
            if let Some(leg) = full {
                return Why { because: Cause::Scarce(vec![Scarce::Seats(leg.id.clone())]), event: touched };
            }
            let found = itineraries.for_case(&Dossier::of(week, case, book)).unwrap_or_default();
            let there = found.iter().any(|&at| itineraries.all()[at].legs == legs);
            let because = if there { Cause::Scarce(vec![Scarce::Ride]) } else { Cause::NoItinerary };
            return Why { because, event: touched };
        }
        let mut rest = self.solution.clone();
        rest.choices.retain(|&choice| choices[choice].group != position);
        let mut trial = insertion::Standing::new(&self.parts.model.problem, &rest);
        let mut least: Option<Vec<insertion::Lack>> = None;
        for way in ways {
            match trial.add(&choices[way]) {
                Ok(_) => return Why { because: Cause::Worth, event: touched },
                Err(lacks) if least.as_ref().is_none_or(|known| lacks.len() < known.len()) => least = Some(lacks),
                Err(_) => {}
            }
        }
        let lacks = least.into_iter().flatten().map(|lack| scarce(self.parts, lack, position)).collect();
        Why { because: Cause::Scarce(lacks), event: touched }
    }

    fn teams(&mut self) {
        let now: BTreeMap<&Vec<LegId>, BTreeSet<&EscortId>> =
            self.plan.teams.iter().map(|team| (&team.legs, team.escorts.iter().collect())).collect();
        let all: BTreeSet<&Vec<LegId>> = self.standing.teams.keys().chain(now.keys().copied()).collect();
        for legs in all {
            let is = now.get(legs).cloned().unwrap_or_default();
            let was = self.standing.teams.get(legs);
            let lost = legs.iter().find(|leg| self.week.legs.get(leg).is_none());
            let place = legs_text(legs).unwrap_or_default();
            let lost = lost
                .map(|leg| Why { because: gone("leg", leg), event: self.event(EventKind::LegCancelled, leg.as_str()) });
            let along = self.moved.contains(legs);
            self.people(What::Team, &place, was, &is, lost, along);
        }
    }

    fn duties(&mut self) {
        let now: BTreeMap<&DutyId, BTreeSet<&EscortId>> =
            self.plan.duties.iter().map(|row| (&row.duty, row.escorts.iter().collect())).collect();
        let all: BTreeSet<&DutyId> = self.standing.duties.keys().chain(now.keys().copied()).collect();
        for duty in all {
            let is = now.get(duty).cloned().unwrap_or_default();
            self.people(What::Duty, duty.as_str(), self.standing.duties.get(duty), &is, None, false);
        }
        for row in self.earlier.duties.iter().filter(|row| self.week.duties.get(&row.duty).is_none()) {
            for escort in &row.escorts {
                let why = Why::of(gone("duty", &row.duty));
                self.add(What::Duty, escort.as_str(), (Some(row.duty.to_string()), None), Euro::ZERO, why);
            }
        }
    }

    fn people(
        &mut self,
        what: What,
        place: &str,
        was: Option<&StandingDuty>,
        is: &BTreeSet<&EscortId>,
        lost: Option<Why>,
        along: bool,
    ) {
        let none = BTreeSet::new();
        let before = was.map_or(&none, |duty| &duty.escorts);
        let cost = was.filter(|duty| duty.stands).map_or(Euro::ZERO, |duty| duty.cost).to_cents();
        let off: Vec<&EscortId> = before.iter().filter(|escort| !is.contains(escort)).collect();
        let on: Vec<&EscortId> = is.iter().copied().filter(|escort| !before.contains(*escort)).collect();
        let along = along || !off.is_empty() && !on.is_empty();
        for &escort in &off {
            let why = match was {
                _ if lost.is_some() => lost.clone().unwrap_or(Why::of(Cause::Along)),
                _ if self.week.escorts.get(escort).is_none() => Why::of(gone("escort", escort)),
                Some(duty) if !is_there(self.week, duty, escort) => {
                    Why { because: Cause::Unable, event: self.event(EventKind::EscortAbsent, escort.as_str()) }
                }
                _ if along => Why::of(Cause::Along),
                _ => Why::of(Cause::Worth),
            };
            self.add(what, escort.as_str(), (Some(place.to_owned()), None), cost, why);
        }
        for &escort in &on {
            let names = |pin: &&Pin| {
                let departure = self.plan.departures.iter().find(|row| row.case == pin.case);
                what == What::Team
                    && pin.escorts.contains(escort)
                    && departure.is_some_and(|row| legs_text(&row.legs).as_deref() == Some(place))
            };
            let pinned = self.week.pins.iter().find(names).map(|pin| Why::of(Cause::Pin(pin.id.clone())));
            let why = pinned.unwrap_or(Why::of(if along { Cause::Along } else { Cause::Worth }));
            self.add(what, escort.as_str(), (None, Some(place.to_owned())), cost, why);
        }
    }

    fn rides(&mut self) {
        let (cases, transfers) = rides(self.plan);
        let (week, standing) = (self.week, self.standing);
        for (position, case) in week.cases.iter().enumerate() {
            let was = standing.cases.get(&position);
            let ride = was.and_then(|was| was.ride.as_ref());
            let told = was.is_some_and(StandingCase::is_told);
            let moved = self.list.iter().any(|c| c.what == What::Departure && c.subject == case.id.as_str());
            self.ride(What::Ride, case.id.as_str(), ride, cases.get(&case.id).copied(), told, moved);
        }
        for transfer in &week.transfers {
            let was = standing.transfers.get(&transfer.id);
            self.ride(What::Transfer, transfer.id.as_str(), was, transfers.get(&transfer.id).copied(), true, false);
        }
        for (id, (shift, pickup)) in super::difference::rides(self.earlier).1 {
            if week.transfers.get(id).is_none() {
                let event = self.event(EventKind::TransferCancelled, id.as_str());
                let why = Why { because: gone("transfer", id), event };
                self.add(What::Transfer, id.as_str(), (Some(ride_text(shift, Some(pickup))), None), Euro::ZERO, why);
            }
        }
    }

    fn ride(
        &mut self,
        what: What,
        subject: &str,
        was: Option<&StandingRide>,
        is: Option<(&ShiftId, Instant)>,
        published: bool,
        moved: bool,
    ) {
        let from = was.map(|ride| ride_text(&ride.shift, ride.pickup));
        let to = is.map(|(shift, at)| ride_text(shift, was.is_none_or(|ride| ride.pickup.is_some()).then_some(at)));
        if from == to {
            return;
        }
        let far = |ride: &StandingRide, (shift, at): (&ShiftId, Instant)| {
            let moved = ride.pickup.is_some_and(|was| minutes_between(was, at).abs() > PICKUP_MINUTES + ROUNDING);
            ride.shift != *shift || moved
        };
        let charged = published && !self.standing.fresh && was.zip(is).is_some_and(|(ride, is)| far(ride, is));
        let cost = if charged { self.week.changes.ride_changed.to_cents() } else { Euro::ZERO };
        let lost = was.filter(|ride| self.week.shifts.get(&ride.shift).is_none());
        let pinned =
            is.filter(|_| what == What::Ride && was.is_none_or(|ride| is.is_some_and(|is| ride.shift != *is.0)));
        let pinned = pinned.and_then(|(shift, _)| {
            let case = CaseId::new(subject)?;
            self.pin_of(&case, |pin| pin.shift.as_ref() == Some(shift))
        });
        let why = match lost {
            _ if pinned.is_some() => pinned.unwrap_or(Why::of(Cause::Along)),
            Some(ride) => {
                Why { because: gone("shift", &ride.shift), event: self.event(EventKind::ShiftOut, ride.shift.as_str()) }
            }
            None if moved || was.is_some() => Why::of(Cause::Along),
            None => Why { because: Cause::Room, event: self.event(EventKind::TransferAdded, subject) },
        };
        self.add(what, subject, (from, to), cost, why);
    }

    /// The pin of a case that says something.
    fn pin_of(&self, case: &CaseId, says: impl Fn(&Pin) -> bool) -> Option<Why> {
        let pin = self.week.pins.iter().find(|pin| pin.case == *case && says(pin))?;
        Some(Why::of(Cause::Pin(pin.id.clone())))
    }

    fn event(&self, kind: EventKind, subject: &str) -> Option<EventId> {
        let found = self.week.events.iter().rev().find(|event| event.kind == kind && event.subject == subject);
        found.map(|event| event.id.clone())
    }

    fn event_at(&self, row: &RowRef) -> Option<EventId> {
        self.week.events.iter().find(|event| event.row == *row).map(|event| event.id.clone())
    }

    /// The last event about a case, its persons or their documents.
    fn event_of_case(&self, case: &CaseId) -> Option<EventId> {
        let week = self.week;
        let persons: Vec<&Person> = week.persons(case).collect();
        let about = |event: &&Event| {
            event.subject == case.as_str()
                || persons.iter().any(|person| {
                    person.id.as_str() == event.subject
                        || week.documents(&person.id).any(|document| document.id.as_str() == event.subject)
                })
        };
        week.events.iter().rev().find(about).map(|event| event.id.clone())
    }
}

#[derive(Clone)]
struct Why {
    because: Cause,
    event: Option<EventId>,
}

impl Why {
    fn of(because: Cause) -> Self {
        Self { because, event: None }
    }
}

fn gone(kind: &str, id: impl std::fmt::Display) -> Cause {
    Cause::Gone { kind: kind.to_owned(), id: id.to_string() }
}

type Pickups<'a, K> = BTreeMap<&'a K, (&'a ShiftId, Instant)>;

/// Shift and pickup of every case and transfer of a plan.
fn rides(plan: &Plan) -> (Pickups<'_, CaseId>, Pickups<'_, TransferId>) {
    let (mut cases, mut transfers) = (BTreeMap::new(), BTreeMap::new());
    for route in &plan.routes {
        for stop in route.stops.iter().filter(|stop| stop.kind == StopKind::Pickup) {
            cases.extend(stop.case.as_ref().map(|case| (case, (&route.shift, stop.at))));
            transfers.extend(stop.transfer.as_ref().map(|transfer| (transfer, (&route.shift, stop.at))));
        }
    }
    (cases, transfers)
}
