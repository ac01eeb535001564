//! A plan made ready to be executed many times: everything that does not depend on the draws is computed once.

use super::policy::Planned;
use super::world::{Calibrated, World};
use crate::options::build_early;
use crate::plan::{Departure, Plan, StopKind};
use crate::risk::RiskState;
use crate::units::{Hours, minutes_between};
use crate::week::{Case, CaseId, Leg, LegKind, Week};
use std::collections::BTreeMap;

/// A departure of a plan as far as its endings go.
pub(super) struct PlannedHazards {
    pub(super) persons: f64,
    pub(super) state: RiskState,
    legs: usize,
    /// Minutes of driving up to the drop-off, and minutes from its end to departure; none: no ride.
    ride: Option<(f64, f64)>,
}

impl PlannedHazards {
    /// Chance of being lost on the day itself: refusal, a leg that is cancelled, a late ride.
    pub(super) fn lost_on_the_day(&self, world: &World) -> f64 {
        let flies = (1.0 - world.leg_cancelled.get()).powf(self.legs as f64);
        let in_time = self.ride.map_or(1.0, |(driving, slack)| 1.0 - late(world, driving, slack));
        1.0 - (1.0 - world.carrier_refusal.get()) * flies * in_time
    }
}

/// Chance that a ride comes after the last call: its delay is exponential.
fn late(world: &World, driving: f64, slack: f64) -> f64 {
    let mean = world.delay * driving;
    let left = slack - world.last_call;
    if left <= 0.0 {
        1.0
    } else if mean > 0.0 {
        (-left / mean).exp()
    } else {
        0.0
    }
}

/// The departures of a plan.
pub(super) fn planned_hazards(week: &Week, plan: &Plan) -> Vec<PlannedHazards> {
    let rides = rides(week, plan);
    let of = |departure: &Departure| {
        let case = week.cases.get(&departure.case)?;
        let state = state(week, case, departure)?;
        let ride = rides.get(&departure.case).map(|ride| (ride.driving, ride.slack));
        Some(PlannedHazards { persons: f64::from(case.persons(week)), state, legs: departure.legs.len(), ride })
    };
    plan.departures.iter().filter_map(of).collect()
}

/// Every case that could depart, on its first flight after the earliest notice, as if there were room for all.
pub(super) fn early_hazards(week: &Week) -> Vec<PlannedHazards> {
    let options = build_early(week);
    let of = |(case, of_case): (&Case, &crate::options::CaseOptions)| {
        let option = options.options.get(of_case.options.clone())?.first()?;
        let itinerary = options.itineraries.get(option.itinerary)?;
        let hours = minutes_between(option.noticed_at, itinerary.departs) / 60.0;
        let notice = Hours::new(hours).unwrap_or_default();
        let state = RiskState { measure: case.measure, notice, file: case.file, escorted: case.escorts > 0 };
        Some(PlannedHazards { persons: f64::from(of_case.persons), state, legs: itinerary.legs.len(), ride: None })
    };
    week.cases.iter().zip(&options.cases).filter_map(of).collect()
}

fn state(week: &Week, case: &Case, departure: &Departure) -> Option<RiskState> {
    let first = week.legs.get(departure.legs.first()?)?;
    let notice = Hours::new(minutes_between(departure.noticed_at, first.departs) / 60.0).unwrap_or_default();
    Some(RiskState { measure: case.measure, notice, file: case.file, escorted: case.escorts > 0 })
}

#[derive(Clone, Copy, Debug)]
struct Ride {
    shift: usize,
    driving: f64,
    slack: f64,
    cost: f64,
    /// Nobody else is on the route.
    alone: bool,
}

/// The ride of each case.
fn rides(week: &Week, plan: &Plan) -> BTreeMap<CaseId, Ride> {
    let first_leg = |case: &CaseId| {
        let departure = plan.departures.iter().find(|departure| departure.case == *case)?;
        week.legs.get(departure.legs.first()?)
    };
    let mut rides = BTreeMap::new();
    for route in &plan.routes {
        let Some(shift) = week.shifts.position(&route.shift) else { continue };
        let loads = route.stops.iter().filter(|stop| stop.kind == StopKind::Dropoff).count().max(1);
        let mut driving = 0.0;
        for pair in route.stops.windows(2) {
            driving += week.drive(&pair[0].location, &pair[1].location).minutes.get();
            let (Some(case), StopKind::Dropoff) = (&pair[1].case, pair[1].kind) else { continue };
            let Some(leg) = first_leg(case) else { continue };
            let slack = minutes_between(pair[1].at, leg.departs) - week.rules.unload.get();
            let cost = route.cost.get() / loads as f64;
            rides.insert(case.clone(), Ride { shift, driving, slack, cost, alone: loads == 1 });
        }
    }
    rides
}

/// A departure, ready.
#[derive(Debug)]
pub(super) struct Booked {
    /// Position in `Week::cases`.
    pub(super) case: usize,
    pub(super) persons: f64,
    pub(super) seats: f64,
    pub(super) hazards: [f64; 4],
    pub(super) notice_days: f64,
    pub(super) legs: Vec<usize>,
    pub(super) fares: f64,
    /// What is lost of the fares on cancellation.
    pub(super) lost: f64,
    pub(super) ride: Option<BookedRide>,
    pub(super) team: Option<usize>,
    pub(super) escorts: u32,
    pub(super) medic: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct BookedRide {
    pub(super) shift: usize,
    pub(super) driving: f64,
    pub(super) slack: f64,
    pub(super) cost: f64,
    pub(super) alone: bool,
}

/// The team of an itinerary, ready.
#[derive(Debug)]
pub(super) struct ReadyTeam {
    pub(super) members: u32,
    pub(super) standby: u32,
    /// Hours and fares of a member who flies.
    pub(super) cost: f64,
    /// Hours of a member who reports and stays.
    pub(super) waits: f64,
    /// What such a member costs: these hours and what is lost of the fares.
    pub(super) cost_for_nothing: f64,
}

/// A plan, ready.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) booked: Vec<Booked>,
    pub(super) teams: Vec<ReadyTeam>,
    /// Whether the file and the availability are looked at again 48 hours ahead.
    pub(super) rechecks: bool,
    pub(super) refusal: f64,
    pub(super) leg_cancelled: f64,
    pub(super) delay: f64,
    pub(super) last_call: f64,
}

impl Prepared {
    pub(super) fn new(week: &Week, planned: &Planned, world: &Calibrated) -> Self {
        let plan = &planned.plan;
        let teams: Vec<ReadyTeam> = plan.teams.iter().map(|team| ready_team(week, team)).collect();
        let rides = rides(week, plan);
        let booked = |departure: &Departure| {
            let case = week.cases.get(&departure.case)?;
            let state = state(week, case, departure)?;
            let legs: Vec<&Leg> = departure.legs.iter().filter_map(|leg| week.legs.get(leg)).collect();
            let seats = f64::from(case.air_seats(week));
            let fares = |leg: &&Leg| leg.fare.get() * seats;
            Some(Booked {
                case: week.cases.position(&departure.case)?,
                persons: f64::from(case.persons(week)),
                seats,
                hazards: world.hazards(&state),
                notice_days: state.notice.get() / 24.0,
                legs: departure.legs.iter().filter_map(|leg| week.legs.position(leg)).collect(),
                fares: legs.iter().map(fares).sum(),
                lost: legs.iter().map(|leg| fares(leg) * (1.0 - leg.refund_share.get())).sum(),
                ride: rides.get(&departure.case).map(|ride| BookedRide {
                    shift: ride.shift,
                    driving: ride.driving,
                    slack: ride.slack,
                    cost: ride.cost,
                    alone: ride.alone,
                }),
                team: plan.teams.iter().position(|team| team.legs == departure.legs),
                escorts: case.escorts,
                medic: case.medical_escort.is_some(),
            })
        };
        Self {
            booked: plan.departures.iter().filter_map(booked).collect(),
            teams,
            rechecks: planned.policy.rechecks(),
            refusal: world.world.carrier_refusal.get(),
            leg_cancelled: world.world.leg_cancelled.get(),
            delay: world.world.delay,
            last_call: world.world.last_call,
        }
    }
}

fn ready_team(week: &Week, team: &crate::plan::Team) -> ReadyTeam {
    let legs: Vec<&Leg> = team.legs.iter().filter_map(|leg| week.legs.get(leg)).collect();
    let home = team.return_flight.as_ref().and_then(|id| week.returns.get(id)).map_or(0.0, |flight| flight.fare.get());
    let out: f64 = legs.iter().map(|leg| leg.escort_fare.get()).sum();
    let lost: f64 = legs.iter().map(|leg| leg.escort_fare.get() * (1.0 - leg.refund_share.get())).sum();
    let rate = week.costs.escort_hour.get();
    let waits = legs.first().map_or(0.0, |leg| (minutes_between(team.report, leg.departs) / 60.0).max(0.0));
    let standby = legs.first().filter(|leg| leg.kind != LegKind::Scheduled).map_or(0, |leg| leg.standby_escorts);
    ReadyTeam {
        members: u32::try_from(team.escorts.len()).unwrap_or(u32::MAX),
        standby,
        cost: team.hours.get() * rate + out + home,
        waits,
        // The flight home has no refund in the folder: it counts as lost.
        cost_for_nothing: waits * rate + lost + home,
    }
}
