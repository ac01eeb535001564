//! One run of one plan: what happens to each departure, who flies, who waits, what is spent.

use super::draws::Draws;
use super::prepared::{Booked, Prepared};
use super::tally::{Ended, Tally};

/// Hours before departure at which a policy that re-checks looks again (the readiness check of DT&V).
const RECHECK_DAYS: f64 = 2.0;

/// How one departure ended, and whether that was known at the re-check.
fn ending(plan: &Prepared, booked: &Booked, draws: &Draws) -> (Ended, bool) {
    let draw = &draws.cases[booked.case];
    // The causes race: each happens after the share of the notice in which its hazard reaches what the draw bears.
    let mut first: Option<(f64, usize)> = None;
    for (cause, (&hazard, &bears)) in booked.hazards.iter().zip(&draw.bears).enumerate() {
        if bears < hazard && first.is_none_or(|(at, _)| bears / hazard < at) {
            first = Some((bears / hazard, cause));
        }
    }
    if let Some((at, cause)) = first {
        let seen = plan.rechecks && at * booked.notice_days <= booked.notice_days - RECHECK_DAYS;
        return (Ended::BY_HAZARD[cause], seen);
    }
    if booked.legs.iter().any(|&leg| draws.legs[leg] < plan.leg_cancelled) {
        return (Ended::LegCancelled, false);
    }
    let late = |ride: &super::prepared::BookedRide| {
        draws.shifts[ride.shift] * plan.delay * ride.driving > ride.slack - plan.last_call
    };
    if booked.ride.as_ref().is_some_and(late) {
        return (Ended::LateRide, false);
    }
    if draw.refusal < plan.refusal {
        return (Ended::Refused, false);
    }
    (Ended::Departed, false)
}

/// One run.
pub(super) fn execute(plan: &Prepared, draws: &Draws) -> Tally {
    let mut tally = Tally::default();
    // Members needed by those not yet known to be cancelled at the re-check, and by those who depart.
    let mut expected = vec![(0, false); plan.teams.len()];
    let mut flying = vec![(0, false); plan.teams.len()];
    for booked in &plan.booked {
        let (ended, seen) = ending(plan, booked, draws);
        tally.count(booked, ended);
        let ride = booked.ride.as_ref().filter(|ride| !(seen && ride.alone)).map_or(0.0, |ride| ride.cost);
        tally.spent += ride + if ended == Ended::Departed { booked.fares } else { booked.lost };
        let Some(team) = booked.team else { continue };
        let needs = booked.escorts + u32::from(booked.medic);
        if !seen {
            expected[team] = (expected[team].0 + needs, true);
        }
        if ended == Ended::Departed {
            flying[team] = (flying[team].0 + needs, true);
        }
    }
    for (at, team) in plan.teams.iter().enumerate() {
        let wanted = |(needs, any): (u32, bool)| if any { (needs + team.standby).min(team.members) } else { 0 };
        // Without a re-check the whole team reports; what its planner added beyond the need goes with it.
        let report = if plan.rechecks { wanted(expected[at]) } else { team.members };
        let fly = wanted(flying[at]).min(report);
        let wait = f64::from(report - fly);
        tally.escort_trips_for_nothing += wait;
        tally.escort_hours_for_nothing += wait * team.waits;
        tally.spent += f64::from(fly) * team.cost + wait * team.cost_for_nothing;
    }
    tally
}
