//! What stands: how far each departure has gone and what has been published of duties and rides, from `commitments.csv` and
//! the earlier plan together (section 10 of the specification).
//!
//! Readings where the specification leaves room are in docs/repair.md; in short: what a commitment says goes before what the
//! plan says; published are the departures of level noticed and higher with the teams and rides they have, the fixed
//! duties, and the transfers; a team whose cases all have a closed gate has fallen away.

use crate::gates::{Closed, Dossier, Journey, NoticeBook, of_case, of_journey};
use crate::itinerary::WaysHome;
use crate::plan::{Plan, StopKind};
use crate::units::{Euro, Instant, shift};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};

/// Escorts are charged for changes of duties that report within this long (section 10).
const PUBLISHED_HOURS: f64 = 72.0;
/// A pickup moves when it is further away than this, in minutes (section 10).
pub(crate) const PICKUP_MINUTES: f64 = 30.0;

/// The ride of a case or transfer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StandingRide {
    pub(crate) shift: ShiftId,
    pub(crate) pickup: Option<Instant>,
    /// Known only from the earlier plan.
    pub(crate) dropoff: Option<Instant>,
}

/// A departure as it stands.
#[derive(Clone, Debug)]
pub(crate) struct StandingCase {
    pub(crate) legs: Vec<LegId>,
    /// Positions of the legs; none when one of them is gone.
    pub(crate) positions: Option<Vec<usize>>,
    pub(crate) slot: Option<SlotId>,
    pub(crate) noticed_at: Option<Instant>,
    /// Proposed when no commitment says more.
    pub(crate) level: Level,
    /// Why gates are closed on the legs; empty when all are open. Not asked when a leg is gone.
    pub(crate) closed: Vec<Closed>,
    pub(crate) ride: Option<StandingRide>,
    /// It stays exactly as it is: locked, or under way already, with everything of it still there.
    pub(crate) held: bool,
    /// Its pickup was before now.
    pub(crate) picked_up: bool,
}

impl StandingCase {
    /// Whether taking it off its legs costs something.
    pub(crate) fn is_told(&self) -> bool {
        self.level >= Level::Noticed
    }

    /// Whether every gate is open on its legs, all of which are there.
    pub(crate) fn is_open(&self) -> bool {
        self.positions.is_some() && self.closed.is_empty()
    }
}

/// The people of a duty as they stand.
#[derive(Clone, Debug)]
pub(crate) struct StandingDuty {
    pub(crate) escorts: BTreeSet<EscortId>,
    /// What adding or removing somebody costs.
    pub(crate) cost: Euro,
    /// Whether it is still somebody's who has been told, or a fixed duty.
    pub(crate) stands: bool,
    /// From report to end.
    pub(crate) span: Option<(Instant, Instant)>,
    /// It has begun: nobody is added.
    pub(crate) begun: bool,
    /// These stay on it.
    pub(crate) held: BTreeSet<EscortId>,
}

/// Everything as it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    /// By position in `Week::cases`.
    pub(crate) cases: BTreeMap<usize, StandingCase>,
    /// By legs.
    pub(crate) teams: BTreeMap<Vec<LegId>, StandingDuty>,
    pub(crate) duties: BTreeMap<DutyId, StandingDuty>,
    pub(crate) transfers: BTreeMap<TransferId, StandingRide>,
    /// When each shift left its depot in the earlier plan.
    pub(crate) left: BTreeMap<ShiftId, Instant>,
    /// Nobody has been told anything: the earlier plan is a start for the search, and nothing costs to change.
    pub(crate) fresh: bool,
}

impl Standing {
    /// What stands of an earlier plan. `released`: cases (positions) that are not held, whatever they are.
    pub(crate) fn of(week: &Week, earlier: &Plan, released: &BTreeSet<usize>) -> Self {
        let mut standing = Self::default();
        let rides = Rides::of(earlier);
        let book = NoticeBook::new(week);
        for (position, case) in week.cases.iter().enumerate() {
            if let Some(found) = standing_case(week, earlier, &rides, &book, case) {
                standing.cases.insert(position, found);
            }
        }
        standing.transfers = rides.transfers;
        standing.transfers.retain(|id, _| week.transfers.get(id).is_some());
        standing.left = rides.left;
        standing.people(week, earlier);
        standing.hold(week, released);
        standing
    }

    /// What stands when the plan is only a start: nobody has been told, nothing has begun.
    pub(crate) fn fresh(week: &Week, earlier: &Plan) -> Self {
        let untold = Week { commitments: Table::default(), ..week.clone() };
        let mut standing = Self { fresh: true, ..Self::of(&untold, earlier, &BTreeSet::new()) };
        for duty in standing.teams.values_mut().chain(standing.duties.values_mut()) {
            (duty.stands, duty.begun, duty.cost) = (false, false, Euro::ZERO);
            duty.held.clear();
        }
        standing
    }

    fn people(&mut self, week: &Week, earlier: &Plan) {
        let ways_home = WaysHome::of(week);
        let planned: BTreeMap<&[LegId], &Vec<EscortId>> =
            earlier.teams.iter().map(|team| (&team.legs[..], &team.escorts)).collect();
        let mut on: BTreeMap<&Vec<LegId>, Vec<usize>> = BTreeMap::new();
        for (position, case) in &self.cases {
            on.entry(&case.legs).or_default().push(*position);
        }
        let mut teams = BTreeMap::new();
        let all: BTreeSet<&[LegId]> = on.keys().map(|legs| &legs[..]).chain(planned.keys().copied()).collect();
        for legs in all {
            let cases: Vec<usize> = on.get(&legs.to_vec()).cloned().unwrap_or_default();
            let told: Vec<usize> = cases.iter().copied().filter(|c| self.cases[c].is_told()).collect();
            let listed: BTreeSet<EscortId> = told
                .iter()
                .filter_map(|&c| week.commitments.get(&week.cases.rows()[c].id))
                .flat_map(|commitment| commitment.escorts.iter().cloned())
                .collect();
            let of_plan = || planned.get(legs).into_iter().flat_map(|escorts| escorts.iter().cloned()).collect();
            let escorts: BTreeSet<EscortId> = if listed.is_empty() { of_plan() } else { listed };
            let positions: Option<Vec<usize>> = legs.iter().map(|leg| week.legs.position(leg)).collect();
            let duty = positions.as_ref().and_then(|legs| ways_home.duty(legs));
            let stands = told.iter().any(|c| self.cases[c].is_open());
            let report = duty.map(|duty| duty.report);
            let cost = report.filter(|_| stands).map_or(Euro::ZERO, |report| within(week, report));
            let begun = report.is_some_and(|report| report < week.now);
            let span = duty.map(|duty| (duty.report, duty.end));
            teams.insert(legs.to_vec(), StandingDuty { escorts, cost, stands, span, begun, held: BTreeSet::new() });
        }
        self.teams = teams;
        for filled in &earlier.duties {
            let Some(duty) = week.duties.get(&filled.duty) else { continue };
            let begun = duty.span.from() < week.now;
            let escorts: BTreeSet<EscortId> = filled.escorts.iter().cloned().collect();
            let held = if begun { escorts.clone() } else { BTreeSet::new() };
            let cost = within(week, duty.span.from());
            let span = Some((duty.span.from(), duty.span.until()));
            self.duties.insert(filled.duty.clone(), StandingDuty { escorts, cost, stands: true, span, begun, held });
        }
    }

    /// Which departures stay exactly as they are, with their escorts and rides.
    fn hold(&mut self, week: &Week, released: &BTreeSet<usize>) {
        for (position, case) in &mut self.cases {
            let departs = case.positions.as_ref().and_then(|legs| Some(week.legs.rows().get(*legs.first()?)?.departs));
            let under_way = case.level >= Level::Booked && departs.is_some_and(|departs| departs < week.now);
            let locked = case.level == Level::Locked || under_way;
            let shift_there = case.ride.as_ref().is_none_or(|ride| week.shifts.get(&ride.shift).is_some());
            let there =
                self.teams.get(&case.legs).is_none_or(|team| team.escorts.iter().all(|e| is_there(week, team, e)));
            case.held = locked && case.is_open() && shift_there && there && !released.contains(position);
            case.picked_up = case.is_told()
                && case.is_open()
                && shift_there
                && case.ride.as_ref().and_then(|ride| ride.pickup).is_some_and(|at| at < week.now);
            if case.held
                && let Some(team) = self.teams.get_mut(&case.legs)
            {
                team.held = team.escorts.clone();
            }
        }
        for team in self.teams.values_mut().filter(|team| team.begun && team.stands) {
            team.held = team.escorts.clone();
        }
    }
}

/// Whether an escort is still in the folder, and not away during a duty.
pub(crate) fn is_there(week: &Week, duty: &StandingDuty, escort: &EscortId) -> bool {
    let away = |(report, end)| {
        let absent = |a: &Absence| a.escort == *escort && report < a.span.until() && a.span.from() < end;
        week.absences.iter().any(absent)
    };
    week.escorts.get(escort).is_some() && !duty.span.is_some_and(away)
}

/// The cost of a change of a duty that reports then.
fn within(week: &Week, report: Instant) -> Euro {
    let published = week.now <= report && report <= shift(week.now, PUBLISHED_HOURS * 60.0);
    if published { week.changes.escort_changed } else { Euro::ZERO }
}

fn standing_case(week: &Week, earlier: &Plan, rides: &Rides, book: &NoticeBook, case: &Case) -> Option<StandingCase> {
    let planned = earlier.departures.iter().find(|departure| departure.case == case.id);
    let commitment = week.commitments.get(&case.id).filter(|c| c.level >= Level::Noticed && !c.legs.is_empty());
    let legs = commitment.map(|c| c.legs.clone()).or_else(|| planned.map(|departure| departure.legs.clone()))?;
    let same = planned.filter(|departure| departure.legs == legs);
    let noticed_at = commitment.and_then(|c| c.noticed_at).or_else(|| same.map(|departure| departure.noticed_at));
    let slot = match commitment {
        Some(commitment) if commitment.noticed_at.is_some() => None,
        _ => same.and_then(|departure| departure.slot.clone()),
    };
    let of_plan = same.and_then(|_| rides.cases.get(&case.id).cloned());
    let listed = commitment.and_then(|c| Some((c.shift.clone()?, c.pickup_at)));
    let ride = match listed {
        Some((shift, pickup)) => {
            let agrees = of_plan.filter(|ride| ride.shift == shift && pickup.is_none_or(|at| Some(at) == ride.pickup));
            let pickup = pickup.or_else(|| agrees.as_ref().and_then(|ride| ride.pickup));
            Some(StandingRide { shift, pickup, dropoff: agrees.and_then(|ride| ride.dropoff) })
        }
        None => of_plan,
    };
    let positions: Option<Vec<usize>> = legs.iter().map(|leg| week.legs.position(leg)).collect();
    let closed = positions.as_ref().and_then(|legs| {
        let dossier = Dossier::of(week, case, book);
        let journey = Journey::over(week, legs)?;
        let mut closed = of_case(&dossier);
        closed.extend(of_journey(&dossier, &journey));
        Some(closed)
    });
    Some(StandingCase {
        positions,
        slot,
        noticed_at,
        level: commitment.map_or(Level::Proposed, |c| c.level),
        closed: closed.unwrap_or_default(),
        ride,
        held: false,
        picked_up: false,
        legs,
    })
}

/// The rides of an earlier plan.
#[derive(Default)]
struct Rides {
    cases: BTreeMap<CaseId, StandingRide>,
    transfers: BTreeMap<TransferId, StandingRide>,
    left: BTreeMap<ShiftId, Instant>,
}

impl Rides {
    fn of(plan: &Plan) -> Self {
        let mut rides = Self::default();
        for route in &plan.routes {
            if let Some(first) = route.stops.first() {
                rides.left.insert(route.shift.clone(), first.at);
            }
            for pickup in route.stops.iter().filter(|stop| stop.kind == StopKind::Pickup) {
                let same = |stop: &&crate::plan::Stop| {
                    stop.kind == StopKind::Dropoff && stop.case == pickup.case && stop.transfer == pickup.transfer
                };
                let dropoff = route.stops.iter().find(same).map(|stop| stop.at);
                let ride = StandingRide { shift: route.shift.clone(), pickup: Some(pickup.at), dropoff };
                match (&pickup.case, &pickup.transfer) {
                    (Some(case), None) => drop(rides.cases.insert(case.clone(), ride)),
                    (None, Some(transfer)) => drop(rides.transfers.insert(transfer.clone(), ride)),
                    _ => {}
                }
            }
        }
        rides
    }
}
