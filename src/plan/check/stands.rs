//! Section 10: what stood before a repair - departures, people and rides - from `commitments.csv` and the earlier plan.

use super::facts::{legs, team_work};
use super::gates;
use crate::plan::{Plan, StopKind};
use crate::units::{Euro, Instant, shift};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};

/// A ride: shift and pickup, the pickup where it is known.
pub(super) type Ride<'a> = (&'a ShiftId, Option<Instant>);

/// How a departure stood.
#[derive(Debug)]
pub(super) struct Stood<'a> {
    pub(super) legs: &'a [LegId],
    pub(super) slot: Option<&'a SlotId>,
    pub(super) noticed_at: Option<Instant>,
    /// Noticed, booked or locked.
    pub(super) told: Option<Level>,
    /// The gate that is closed on its legs; `Some(None)` when all are open, none when a leg is gone.
    pub(super) closed: Option<Option<&'static str>>,
    pub(super) ride: Option<Ride<'a>>,
}

impl Stood<'_> {
    pub(super) fn is_open(&self) -> bool {
        self.closed == Some(None)
    }

    /// What taking it off its legs costs.
    pub(super) fn off(&self, week: &Week, case: &Case) -> Euro {
        let Some(level) = self.told.filter(|_| self.is_open()) else { return Euro::ZERO };
        let seats = f64::from(case.air_seats(week));
        let booked = level >= Level::Booked;
        let lost = self.legs.iter().filter(|_| booked).filter_map(|id| week.legs.get(id));
        week.changes.flight_noticed + lost.map(|leg| leg.fare * (seats * (1.0 - leg.refund_share.get()))).sum()
    }
}

/// People on a duty as it stood, and what a change of them costs.
#[derive(Debug, Default)]
pub(super) struct Crew<'a> {
    pub(super) escorts: BTreeSet<&'a EscortId>,
    pub(super) cost: Euro,
    pub(super) span: Option<(Instant, Instant)>,
}

/// Everything that stood.
#[derive(Debug, Default)]
pub(super) struct Stands<'a> {
    pub(super) cases: BTreeMap<&'a CaseId, Stood<'a>>,
    pub(super) teams: BTreeMap<&'a [LegId], Crew<'a>>,
    pub(super) duties: BTreeMap<&'a DutyId, Crew<'a>>,
    pub(super) transfers: BTreeMap<&'a TransferId, Ride<'a>>,
}

impl<'a> Stands<'a> {
    pub(super) fn of(week: &'a Week, earlier: &'a Plan) -> Self {
        let (cases, transfers) = rides(earlier);
        let mut stands = Self { transfers, ..Self::default() };
        for case in &week.cases {
            if let Some(stood) = stood(week, earlier, &cases, case) {
                stands.cases.insert(&case.id, stood);
            }
        }
        stands.crews(week, earlier);
        stands
    }

    fn crews(&mut self, week: &'a Week, earlier: &'a Plan) {
        let mut lists: BTreeMap<&[LegId], (BTreeSet<&EscortId>, bool)> = BTreeMap::new();
        for (case, stood) in &self.cases {
            let entry = lists.entry(stood.legs).or_default();
            if stood.told.is_some() {
                entry.1 |= stood.is_open();
                entry.0.extend(week.commitments.get(case).into_iter().flat_map(|row| &row.escorts));
            }
        }
        for team in &earlier.teams {
            let entry = lists.entry(&team.legs).or_default();
            if entry.0.is_empty() {
                entry.0.extend(&team.escorts);
            }
        }
        for (ids, (escorts, stands)) in lists {
            let work = legs(week, ids).and_then(|legs| team_work(week, &legs));
            let report = work.filter(|_| stands).map(|work| work.report);
            let span = work.map(|work| (work.report, work.end));
            self.teams.insert(ids, Crew { escorts, cost: published(week, report), span });
        }
        for filled in &earlier.duties {
            let span = week.duties.get(&filled.duty).map(|duty| (duty.span.from(), duty.span.until()));
            let cost = published(week, span.map(|span| span.0));
            self.duties.insert(&filled.duty, Crew { escorts: filled.escorts.iter().collect(), cost, span });
        }
    }
}

/// A change of a published duty that reports within 72 hours.
fn published(week: &Week, report: Option<Instant>) -> Euro {
    let soon = |at: Instant| week.now <= at && at <= shift(week.now, 72.0 * 60.0);
    if report.is_some_and(soon) { week.changes.escort_changed } else { Euro::ZERO }
}

fn stood<'a>(
    week: &'a Week,
    earlier: &'a Plan,
    rides: &BTreeMap<&'a CaseId, Ride<'a>>,
    case: &'a Case,
) -> Option<Stood<'a>> {
    let row = week.commitments.get(&case.id).filter(|row| row.level != Level::Proposed && !row.legs.is_empty());
    let planned = earlier.departures.iter().find(|departure| departure.case == case.id);
    let ids: &[LegId] = row.map(|row| &row.legs[..]).or_else(|| planned.map(|departure| &departure.legs[..]))?;
    let planned = planned.filter(|departure| departure.legs == ids);
    let told_at = row.and_then(|row| row.noticed_at);
    let of_plan = planned.and_then(|_| rides.get(&case.id).copied());
    let listed = row.and_then(|row| row.shift.as_ref().map(|shift| (shift, row.pickup_at)));
    let ride = listed.map(|(shift, at)| {
        (shift, at.or_else(|| of_plan.filter(|(same, _)| *same == shift).and_then(|(_, pickup)| pickup)))
    });
    Some(Stood {
        legs: ids,
        slot: planned.filter(|_| told_at.is_none()).and_then(|departure| departure.slot.as_ref()),
        noticed_at: told_at.or_else(|| planned.map(|departure| departure.noticed_at)),
        told: row.map(|row| row.level),
        closed: legs(week, ids).map(|legs| gates::closed_on(week, case, &legs).first().copied()),
        ride: ride.or(of_plan),
    })
}

type Rides<'a, K> = BTreeMap<&'a K, Ride<'a>>;

/// Shift and pickup of every case and transfer of a plan.
pub(super) fn rides(plan: &Plan) -> (Rides<'_, CaseId>, Rides<'_, TransferId>) {
    let (mut cases, mut transfers) = (BTreeMap::new(), BTreeMap::new());
    for route in &plan.routes {
        for stop in route.stops.iter().filter(|stop| stop.kind == StopKind::Pickup) {
            match (&stop.case, &stop.transfer) {
                (Some(case), None) => drop(cases.insert(case, (&route.shift, Some(stop.at)))),
                (None, Some(transfer)) => drop(transfers.insert(transfer, (&route.shift, Some(stop.at)))),
                _ => {}
            }
        }
    }
    (cases, transfers)
}
