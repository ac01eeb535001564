//! What the plan decides, resolved against the folder once: who departs on which legs, with which notice; who works when.
//! Nothing the plan merely prints (p, hours, money) is taken over.

use crate::plan::{Departure, Plan, Team};
use crate::units::{Euro, Hours, Instant, minutes_between, shift};
use crate::week::*;
use std::collections::BTreeMap;

/// A case on a journey: what the gates of section 2 look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trip<'a> {
    pub(super) case: &'a Case,
    pub(super) first: &'a Leg,
    pub(super) last: &'a Leg,
}

impl Trip<'_> {
    /// Departure of the first leg.
    pub(super) fn departs(&self) -> Instant {
        self.first.departs
    }
    /// Arrival of the last leg.
    pub(super) fn arrives(&self) -> Instant {
        self.last.arrives
    }
}

/// A planned case whose ids all resolve.
#[derive(Debug)]
pub(super) struct Planned<'a> {
    pub(super) departure: &'a Departure,
    pub(super) case: &'a Case,
    /// One leg at least, in order.
    pub(super) legs: Vec<&'a Leg>,
    pub(super) first: &'a Leg,
    pub(super) last: &'a Leg,
    /// The commitment whose notice it keeps.
    pub(super) kept: Option<&'a Commitment>,
    /// The notice as it really is: kept, or the start of the slot; as printed when neither is there.
    pub(super) noticed_at: Instant,
}

impl<'a> Planned<'a> {
    /// The case on its journey.
    pub(super) fn trip(&self) -> Trip<'a> {
        Trip { case: self.case, first: self.first, last: self.last }
    }
    /// Departure of the first leg.
    pub(super) fn departs(&self) -> Instant {
        self.first.departs
    }
    /// Arrival of the last leg.
    pub(super) fn arrives(&self) -> Instant {
        self.last.arrives
    }
    /// Hours from notice to departure; zero when notice comes after it.
    pub(super) fn notice_hours(&self) -> f64 {
        hours_between(self.noticed_at, self.departs()).get()
    }
}

/// The work of a team, as section 5 of the specification defines it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work<'a> {
    pub(super) report: Instant,
    pub(super) end: Instant,
    pub(super) hours: Hours,
    /// The flight home; none on a joint or national leg.
    pub(super) home: Option<&'a ReturnFlight>,
}

/// One duty of one escort.
#[derive(Clone, Copy, Debug)]
pub(super) struct Duty<'a> {
    pub(super) report: Instant,
    pub(super) end: Instant,
    pub(super) hours: Hours,
    /// The row of the fixed duty, or of the first leg.
    pub(super) row: &'a RowRef,
}

/// The plan against its folder.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) week: &'a Week,
    pub(super) plan: &'a Plan,
    pub(super) planned: Vec<Planned<'a>>,
    /// Positions in `planned`, by itinerary.
    pub(super) itineraries: BTreeMap<&'a [LegId], Vec<usize>>,
    /// Positions in `planned` of the first departure of each case.
    pub(super) by_case: BTreeMap<&'a CaseId, usize>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(week: &'a Week, plan: &'a Plan) -> Self {
        let planned: Vec<_> = plan.departures.iter().filter_map(|departure| resolve(week, departure)).collect();
        let mut itineraries: BTreeMap<&[LegId], Vec<usize>> = BTreeMap::new();
        let mut by_case = BTreeMap::new();
        for (at, one) in planned.iter().enumerate() {
            itineraries.entry(&one.departure.legs).or_default().push(at);
            by_case.entry(&one.departure.case).or_insert(at);
        }
        Self { week, plan, planned, itineraries, by_case }
    }

    /// The departure of a case, the first if it is wrongly there twice.
    pub(super) fn of_case(&self, case: &CaseId) -> Option<&Planned<'a>> {
        self.by_case.get(case).map(|&at| &self.planned[at])
    }

    /// The planned cases on an itinerary.
    pub(super) fn on(&self, legs: &[LegId]) -> impl Iterator<Item = &Planned<'a>> {
        self.itineraries.get(legs).into_iter().flatten().map(|&at| &self.planned[at])
    }

    /// Every duty of every escort the plan gives work, in order of report. A team whose work cannot be told (no admissible
    /// way home) counts as printed.
    pub(super) fn duties_of_escorts(&self) -> BTreeMap<&'a EscortId, Vec<Duty<'a>>> {
        let mut duties: BTreeMap<_, Vec<Duty<'a>>> = BTreeMap::new();
        for team in &self.plan.teams {
            if let Some(duty) = self.team_duty(team) {
                team.escorts.iter().for_each(|escort| duties.entry(escort).or_default().push(duty));
            }
        }
        for filled in &self.plan.duties {
            if let Some(row) = self.week.duties.get(&filled.duty) {
                let duty =
                    Duty { report: row.span.from(), end: row.span.until(), hours: fixed_hours(row), row: &row.row };
                filled.escorts.iter().for_each(|escort| duties.entry(escort).or_default().push(duty));
            }
        }
        duties.values_mut().for_each(|list| list.sort_by_key(|duty| (duty.report, duty.end, duty.row)));
        duties
    }

    fn team_duty(&self, team: &Team) -> Option<Duty<'a>> {
        let legs = legs(self.week, &team.legs)?;
        let row = &legs.first()?.row;
        let work = team_work(self.week, &legs);
        Some(work.map_or(Duty { report: team.report, end: team.end, hours: team.hours, row }, |work| Duty {
            report: work.report,
            end: work.end,
            hours: work.hours,
            row,
        }))
    }
}

/// Hours of a fixed duty.
pub(super) fn fixed_hours(duty: &crate::week::Duty) -> Hours {
    hours_between(duty.span.from(), duty.span.until())
}

/// Hours between two instants, zero when they come the other way round.
pub(super) fn hours_between(from: Instant, until: Instant) -> Hours {
    Hours::new((minutes_between(from, until) / 60.0).max(0.0)).unwrap_or_default()
}

/// The legs of a list of ids, or none when it is empty or one of them is not known.
pub(super) fn legs<'a>(week: &'a Week, ids: &[LegId]) -> Option<Vec<&'a Leg>> {
    let legs: Option<Vec<_>> = ids.iter().map(|id| week.legs.get(id)).collect();
    legs.filter(|legs| !legs.is_empty())
}

fn resolve<'a>(week: &'a Week, departure: &'a Departure) -> Option<Planned<'a>> {
    let case = week.cases.get(&departure.case)?;
    let legs = legs(week, &departure.legs)?;
    let (first, last) = (*legs.first()?, *legs.last()?);
    let kept = week.commitments.get(&departure.case).filter(|c| keeps_notice(c, &departure.legs));
    let told = kept.and_then(|c| c.noticed_at);
    let slot = || departure.slot.as_ref().and_then(|slot| week.contact_slots.get(slot)).map(|slot| slot.starts);
    let noticed_at = told.or_else(slot).unwrap_or(departure.noticed_at);
    Some(Planned { departure, case, legs, first, last, kept, noticed_at })
}

/// Section 3: level noticed, booked or locked, `noticed_at` set, and the very same legs in order.
pub(super) fn keeps_notice(commitment: &Commitment, legs: &[LegId]) -> bool {
    commitment.level >= Level::Noticed && commitment.noticed_at.is_some() && commitment.legs == legs
}

/// Report, end, hours and way home of the team of an itinerary; none without an admissible way home.
pub(super) fn team_work<'a>(week: &'a Week, legs: &[&'a Leg]) -> Option<Work<'a>> {
    let rules = &week.rules;
    let (first, last) = (legs.first()?, legs.last()?);
    let report = shift(first.departs, -rules.briefing.get());
    if first.kind != LegKind::Scheduled {
        let end = shift(first.home_at?, rules.debrief.get());
        return Some(Work { report, end, hours: hours_between(report, end), home: None });
    }
    let free = shift(last.arrives, rules.handover.get());
    let checkin = rules.return_checkin.get();
    let turned_around = |row: &ReturnFlight| {
        shift(row.arrives, rules.debrief.get()) <= shift(report, rules.turnaround_max.minutes().get())
    };
    let rested = |row: &ReturnFlight| row.departs >= shift(free, rules.rest.minutes().get());
    let home = week
        .returns
        .iter()
        .filter(|row| row.from == last.to && row.to == first.from && row.departs >= shift(free, checkin))
        .filter(|row| turned_around(row) || rested(row))
        .min_by(|a, b| {
            let fare = |row: &ReturnFlight| row.fare.get();
            a.arrives.cmp(&b.arrives).then(fare(a).total_cmp(&fare(b))).then_with(|| a.id.cmp(&b.id))
        })?;
    let end = shift(home.arrives, rules.debrief.get());
    let hours = if turned_around(home) {
        hours_between(report, end).get()
    } else {
        hours_between(report, free).get() + hours_between(shift(home.departs, -checkin), end).get()
    };
    Some(Work { report, end, hours: Hours::new(hours).unwrap_or_default(), home: Some(home) })
}

/// Whether two instants are the same within the tolerance of section 8.
pub(super) fn same_time(a: Instant, b: Instant) -> bool {
    (minutes_between(a, b) * 60.0).abs() <= SECOND
}

/// Tolerance on times in seconds (section 8), with a millisecond for the arithmetic.
pub(super) const SECOND: f64 = 1.001;
/// Tolerance on printed hours (section 8).
pub(super) const HOURS: f64 = 0.01 + 1e-9;
/// Tolerance on printed kilometres (section 8).
pub(super) const KM: f64 = 0.1 + 1e-9;
/// Tolerance on p (section 8).
pub(super) const CHANCE: f64 = 0.001 + 1e-9;
/// Tolerance on money in euro (section 8).
pub(super) const EURO: f64 = 1.0 + 1e-9;

/// Whether two amounts are the same within the tolerance of section 8.
pub(super) fn same_money(a: Euro, b: Euro) -> bool {
    (a - b).get().abs() <= EURO
}

/// An instant as printed in a message: Amsterdam clock.
pub(super) fn clock(at: Instant) -> String {
    crate::calendar::in_amsterdam(at).format("%Y-%m-%d %H:%M:%S").to_string()
}
