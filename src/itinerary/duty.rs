//! The duty of an itinerary's team: report, handover, way home, hours and cost of each member (section 5 of the specification).

use crate::units::{Euro, Hours, Instant, minutes_between, shift};
use crate::week::{Leg, LegKind, LocationId, Week};
use std::collections::BTreeMap;

/// How a team comes home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayHome {
    /// With the aircraft of the joint or national leg.
    Aircraft,
    /// By a row of `returns.csv`, its position in `Week::returns`, without a rest before it.
    TurnedAround(usize),
    /// By a row of `returns.csv`, its position in `Week::returns`, after a rest.
    Rested(usize),
}

impl WayHome {
    /// The position in `Week::returns`, when it is a flight home.
    pub fn return_flight(self) -> Option<usize> {
        match self {
            Self::Aircraft => None,
            Self::TurnedAround(position) | Self::Rested(position) => Some(position),
        }
    }
}

/// The duty of every member of an itinerary's team.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeamDuty {
    /// Reporting time.
    pub report: Instant,
    /// End of the handover after arrival.
    pub free: Instant,
    /// Way home.
    pub way_home: WayHome,
    /// End of the duty.
    pub end: Instant,
    /// Paid hours, which also count for the weekly limit.
    pub hours: Hours,
    /// Hours, fares out and fare home of one member.
    pub cost: Euro,
}

/// Flights home by (from, to), ready to find the one that is home first.
#[derive(Clone, Debug)]
pub struct WaysHome<'a> {
    week: &'a Week,
    /// Rows in order of departure, each with the best row (arrival, then fare, then id) from it onwards.
    flights: BTreeMap<(&'a LocationId, &'a LocationId), Vec<(Instant, usize)>>,
}

impl<'a> WaysHome<'a> {
    /// The flights home of a week.
    pub fn of(week: &'a Week) -> Self {
        let mut flights: BTreeMap<_, Vec<(Instant, usize)>> = BTreeMap::new();
        for (position, row) in week.returns.iter().enumerate() {
            flights.entry((&row.from, &row.to)).or_default().push((row.departs, position));
        }
        let rows = week.returns.rows();
        for list in flights.values_mut() {
            list.sort_by_key(|&(departs, _)| departs);
            let mut best: Option<usize> = None;
            for (_, position) in list.iter_mut().rev() {
                let better = best.filter(|&best| is_home_sooner(&rows[best], &rows[*position]));
                *position = better.unwrap_or(*position);
                best = Some(*position);
            }
        }
        Self { week, flights }
    }

    /// The duty on an itinerary; none when no way home is admissible, so that no escorts can go along.
    pub fn duty(&self, legs: &[usize]) -> Option<TeamDuty> {
        let legs: Vec<&Leg> = legs.iter().filter_map(|&leg| self.week.legs.rows().get(leg)).collect();
        let (first, last) = (*legs.first()?, *legs.last()?);
        let rules = &self.week.rules;
        let report = shift(first.departs, -rules.briefing.get());
        let free = shift(last.arrives, rules.handover.get());
        let (way_home, lands) = match first.kind {
            LegKind::Scheduled => self.flight_home(report, free, &last.to, &first.from)?,
            LegKind::Joint | LegKind::National => (WayHome::Aircraft, first.home_at?),
        };
        let end = shift(lands, rules.debrief.get());
        let fare_home = way_home.return_flight().map_or(Euro::ZERO, |position| self.week.returns.rows()[position].fare);
        let hours = self.hours(report, free, way_home, end)?;
        let fares: Euro = legs.iter().map(|leg| leg.escort_fare).sum();
        let cost = self.week.costs.escort_hour * hours.get() + fares + fare_home;
        Some(TeamDuty { report, free, way_home, end, hours, cost })
    }

    /// The admissible flight that is home first, and when it lands.
    fn flight_home(
        &self,
        report: Instant,
        free: Instant,
        from: &'a LocationId,
        to: &'a LocationId,
    ) -> Option<(WayHome, Instant)> {
        let rules = &self.week.rules;
        let flights = self.flights.get(&(from, to))?;
        let checked_in = shift(free, rules.return_checkin.get());
        let first_from = |at: Instant| {
            let position = flights.get(flights.partition_point(|&(departs, _)| departs < at))?.1;
            Some((position, self.week.returns.rows()[position].arrives))
        };
        // Only arrival decides whether a flight turns around, so if the first one home does not, none does.
        let (position, lands) = first_from(checked_in)?;
        if shift(lands, rules.debrief.get()) <= shift(report, rules.turnaround_max.minutes().get()) {
            return Some((WayHome::TurnedAround(position), lands));
        }
        let rested = shift(free, rules.rest.minutes().get());
        first_from(checked_in.max(rested)).map(|(position, lands)| (WayHome::Rested(position), lands))
    }

    /// The whole stretch, or without the rest when there was one.
    fn hours(&self, report: Instant, free: Instant, way_home: WayHome, end: Instant) -> Option<Hours> {
        let minutes = match way_home {
            WayHome::Aircraft | WayHome::TurnedAround(_) => minutes_between(report, end),
            WayHome::Rested(position) => {
                let departs = self.week.returns.rows()[position].departs;
                let back_on_duty = shift(departs, -self.week.rules.return_checkin.get());
                minutes_between(report, free) + minutes_between(back_on_duty, end)
            }
        };
        Hours::new(minutes / 60.0)
    }
}

/// Whether `a` lands before `b`; ties by lower fare, then by id.
fn is_home_sooner(a: &crate::week::ReturnFlight, b: &crate::week::ReturnFlight) -> bool {
    let fares = a.fare.partial_cmp(&b.fare).unwrap_or(std::cmp::Ordering::Equal);
    a.arrives.cmp(&b.arrives).then(fares).then_with(|| a.id.cmp(&b.id)).is_lt()
}
