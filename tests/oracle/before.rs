//! What changing a plan under way costs, straight from section 10 of the specification, for weeks of which nothing is on its
//! way yet.

use super::ways::{gates_are_open, hours};
use std::collections::{BTreeMap, BTreeSet};
use vertrek::plan::{Plan, StopKind};
use vertrek::units::{minutes_between, shift};
use vertrek::week::*;

/// A published ride: its shift, when it is still there, and its pickup in minutes from now.
pub(crate) type Published = (Option<usize>, f64);

/// The plan under way; positions in the tables.
#[derive(Default)]
pub(crate) struct Before {
    /// Legs of a case that is told and whose gates are open on them, with what leaving them costs.
    pub(crate) off: BTreeMap<usize, (Option<Vec<usize>>, f64)>,
    pub(crate) rides: BTreeMap<usize, Published>,
    pub(crate) transfers: BTreeMap<usize, Published>,
    /// Published teams that report within 72 hours.
    pub(crate) teams: BTreeMap<Vec<usize>, BTreeSet<usize>>,
    pub(crate) duties: BTreeMap<usize, BTreeSet<usize>>,
}

impl Before {
    pub(crate) fn of(week: &Week, plan: &Plan) -> Self {
        let mut before = Self::default();
        let pickup = |wanted: &dyn Fn(&vertrek::plan::Stop) -> bool| {
            plan.routes.iter().find_map(|route| {
                let stop = route.stops.iter().find(|stop| stop.kind == StopKind::Pickup && wanted(stop))?;
                Some((route.shift.clone(), minutes_between(week.now, stop.at)))
            })
        };
        let escorts =
            |ids: &[EscortId]| -> BTreeSet<usize> { ids.iter().filter_map(|id| week.escorts.position(id)).collect() };
        for (position, case) in week.cases.iter().enumerate() {
            let Some(row) = week.commitments.get(&case.id).filter(|row| row.level > Level::Proposed) else { continue };
            let planned = plan.departures.iter().any(|d| d.case == case.id && d.legs == row.legs);
            let of_plan = pickup(&|stop| stop.case.as_ref() == Some(&case.id)).filter(|_| planned);
            let listed = row.shift.clone().zip(row.pickup_at).map(|(shift, at)| (shift, minutes_between(week.now, at)));
            if let Some((shift, at)) = listed.or(of_plan) {
                before.rides.insert(position, (week.shifts.position(&shift), at));
            }
            let legs: Option<Vec<usize>> = row.legs.iter().map(|leg| week.legs.position(leg)).collect();
            let Some(legs) = legs.filter(|legs| gates_are_open(week, case, legs)) else { continue };
            let rows = legs.iter().map(|&leg| &week.legs.rows()[leg]);
            let lost: f64 = rows.map(|leg| leg.fare.get() * (1.0 - leg.refund_share.get())).sum();
            let lost = if row.level == Level::Booked { lost * f64::from(case.air_seats(week)) } else { 0.0 };
            let report = shift(week.legs.rows()[legs[0]].departs, -week.rules.briefing.get());
            if hours(week.now, report) <= 72.0 {
                let on_plan = plan.teams.iter().find(|team| team.legs == row.legs).map(|team| escorts(&team.escorts));
                let team = before.teams.entry(legs.clone()).or_default();
                team.extend(escorts(&row.escorts));
                if team.is_empty() {
                    team.extend(on_plan.into_iter().flatten());
                }
            }
            before.off.insert(position, (Some(legs), week.changes.flight_noticed.get() + lost));
        }
        for (position, transfer) in week.transfers.iter().enumerate() {
            if let Some((shift, at)) = pickup(&|stop| stop.transfer.as_ref() == Some(&transfer.id)) {
                before.transfers.insert(position, (week.shifts.position(&shift), at));
            }
        }
        for row in &plan.duties {
            let Some(position) = week.duties.position(&row.duty) else { continue };
            if hours(week.now, week.duties.rows()[position].span.from()) <= 72.0 {
                before.duties.insert(position, escorts(&row.escorts));
            }
        }
        before
    }
}
