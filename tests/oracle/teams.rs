//! The cheapest teams and fixed duties (section 5), by going through the escorts one by one and trying every roster.

use super::before::Before;
use super::ways::hours;
use std::collections::{BTreeMap, BTreeSet};
use vertrek::calendar::iso_week;
use vertrek::units::{Instant, shift};
use vertrek::week::*;

/// The people that the planned cases ask for on one itinerary.
#[derive(Clone, Default)]
pub(crate) struct Wanted {
    pub(crate) escorts: u32,
    pub(crate) by_sex: [u32; 3],
    pub(crate) medics: u32,
    pub(crate) doctors: u32,
    pub(crate) destinations: Vec<Country>,
}

impl Wanted {
    pub(crate) fn team(&self) -> u32 {
        self.escorts + self.medics
    }
}

/// A duty in time: either of an itinerary or fixed.
#[derive(Clone)]
struct Work {
    report: Instant,
    end: Instant,
    hours: f64,
    cost: f64,
}

/// Cost of the cheapest people for these itineraries and the fixed duties, unfilled places included; none when impossible.
pub(crate) fn cheapest(week: &Week, teams: &[(&[usize], Wanted)], before: &Before) -> Option<f64> {
    let teams: Vec<&(&[usize], Wanted)> = teams.iter().filter(|(_, wanted)| wanted.team() > 0).collect();
    let mut work = Vec::new();
    for (legs, _) in &teams {
        work.push(duty_of(week, legs)?);
    }
    for duty in &week.duties {
        let hours = hours(duty.span.from(), duty.span.until());
        let cost = hours * week.costs.escort_hour.get();
        work.push(Work { report: duty.span.from(), end: duty.span.until(), hours, cost });
    }
    // Everybody off what he was on, unless he is put on it again.
    let change = week.changes.escort_changed.get();
    let published: usize = before.teams.values().chain(before.duties.values()).map(BTreeSet::len).sum();
    let all_off = change * published as f64;
    let was: Vec<Option<&BTreeSet<usize>>> = teams
        .iter()
        .map(|(legs, _)| before.teams.get(*legs))
        .chain((0..week.duties.len()).map(|duty| before.duties.get(&duty)))
        .collect();
    let mut reached: BTreeMap<Vec<u32>, f64> = BTreeMap::from([(vec![0; 6 * work.len()], all_off)]);
    for (position, escort) in week.escorts.iter().enumerate() {
        let able: Vec<usize> = (0..work.len()).filter(|&w| may_do(week, escort, &teams, &work, w)).collect();
        let rosters = rosters(week, escort, &work, &able);
        let mut next: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
        for (state, cost) in &reached {
            for roster in &rosters {
                let Some((state, cost)) = add(week, escort, &teams, &work, roster, state.clone(), *cost) else {
                    continue;
                };
                let changes = roster.iter().filter_map(|&w| was[w]);
                let cost =
                    cost + changes.map(|was| if was.contains(&position) { -change } else { change }).sum::<f64>();
                let best = next.entry(state).or_insert(f64::INFINITY);
                *best = best.min(cost);
            }
        }
        reached = next;
    }
    let complete = |state: &Vec<u32>| {
        teams.iter().enumerate().all(|(i, (_, wanted))| {
            let s = &state[6 * i..6 * i + 6];
            s[0] == wanted.escorts
                && (0..3).all(|x| s[1 + x] >= wanted.by_sex[x])
                && s[4] == wanted.medics
                && s[5] >= wanted.doctors
        })
    };
    let unfilled = |state: &Vec<u32>| -> f64 {
        let short = |(i, duty): (usize, &Duty)| f64::from(duty.count - state[6 * (teams.len() + i)]);
        week.duties.iter().enumerate().map(short).sum::<f64>() * week.costs.unmet_duty.get()
    };
    let costs = reached.iter().filter(|(state, _)| complete(state)).map(|(state, cost)| cost + unfilled(state));
    costs.min_by(f64::total_cmp)
}

/// The state after an escort takes on a roster; none when somebody would be one too many. (A team that is larger than
/// wanted is never cheaper and never helps: some member can always be left out.)
fn add(
    week: &Week,
    escort: &Escort,
    teams: &[&(&[usize], Wanted)],
    work: &[Work],
    roster: &[usize],
    mut state: Vec<u32>,
    mut cost: f64,
) -> Option<(Vec<u32>, f64)> {
    for &w in roster {
        cost += work[w].cost;
        let s = &mut state[6 * w..6 * w + 6];
        if let Some((_, wanted)) = teams.get(w) {
            match escort.role {
                Role::Escort => {
                    s[0] += 1;
                    s[1 + escort.sex as usize] += 1;
                }
                Role::Nurse => s[4] += 1,
                Role::Doctor => {
                    s[4] += 1;
                    s[5] += 1;
                }
            }
            if s[0] > wanted.escorts || s[4] > wanted.medics {
                return None;
            }
            for x in 0..3 {
                s[1 + x] = s[1 + x].min(wanted.by_sex[x]);
            }
            s[5] = s[5].min(wanted.doctors);
        } else {
            s[0] += 1;
            if s[0] > week.duties.rows()[w - teams.len()].count {
                return None;
            }
        }
    }
    if !roster.is_empty() {
        cost += week.costs.escort_used.get();
    }
    Some((state, cost))
}

fn may_do(week: &Week, escort: &Escort, teams: &[&(&[usize], Wanted)], work: &[Work], w: usize) -> bool {
    let absent = |a: &Absence| a.escort == escort.id && a.span.from() < work[w].end && work[w].report < a.span.until();
    if week.absences.iter().any(absent) {
        return false;
    }
    if let Some((legs, wanted)) = teams.get(w) {
        let home = &week.legs.rows()[legs[0]].from;
        escort.base.as_ref().is_none_or(|base| base == home)
            && wanted.destinations.iter().all(|&country| escort.visas.hold(country))
    } else {
        let duty = &week.duties.rows()[w - teams.len()];
        duty.role.is_none_or(|role| role == escort.role)
            && duty.skill.as_ref().is_none_or(|s| escort.skills.contains(s))
    }
}

/// Every set of work that one escort can do: no overlap, rest between, hours a week.
fn rosters(week: &Week, escort: &Escort, work: &[Work], able: &[usize]) -> Vec<Vec<usize>> {
    let rest = week.rules.rest.get() * 60.0;
    let mut found = vec![Vec::new()];
    for &w in able {
        for at in 0..found.len() {
            let apart = |&o: &usize| {
                let (a, b) = (&work[o], &work[w]);
                shift(a.end, rest) <= b.report || shift(b.end, rest) <= a.report
            };
            if found[at].iter().all(apart) {
                let mut longer = found[at].clone();
                longer.push(w);
                found.push(longer);
            }
        }
    }
    found.retain(|roster| {
        let mut weeks: BTreeMap<(i32, u32), f64> = BTreeMap::new();
        for &w in roster {
            *weeks.entry(iso_week(work[w].report)).or_default() += work[w].hours;
        }
        escort.max_hours.is_none_or(|most| weeks.values().all(|&hours| hours <= most.get() + 1e-9))
    });
    found
}

/// The duty of an itinerary; none when there is no way home.
fn duty_of(week: &Week, legs: &[usize]) -> Option<Work> {
    let rules = &week.rules;
    let legs: Vec<&Leg> = legs.iter().map(|&l| &week.legs.rows()[l]).collect();
    let (first, last) = (legs[0], legs[legs.len() - 1]);
    let report = shift(first.departs, -rules.briefing.get());
    let free = shift(last.arrives, rules.handover.get());
    let mut fares: f64 = legs.iter().map(|leg| leg.escort_fare.get()).sum();
    let (end, paid) = if first.kind == LegKind::Scheduled {
        let mut home: Vec<&ReturnFlight> = week
            .returns
            .iter()
            .filter(|r| {
                let checkin = rules.return_checkin.get();
                let turned_around = hours(report, shift(r.arrives, rules.debrief.get())) <= rules.turnaround_max.get();
                r.from == last.to
                    && r.to == first.from
                    && r.departs >= shift(free, checkin)
                    && (turned_around || r.departs >= shift(free, rules.rest.get() * 60.0))
            })
            .collect();
        home.sort_by(|a, b| {
            a.arrives.cmp(&b.arrives).then(a.fare.get().total_cmp(&b.fare.get())).then(a.id.cmp(&b.id))
        });
        let back = home.first()?;
        fares += back.fare.get();
        let end = shift(back.arrives, rules.debrief.get());
        let whole = hours(report, end);
        let away = hours(report, free) + hours(shift(back.departs, -rules.return_checkin.get()), end);
        (end, if whole <= rules.turnaround_max.get() { whole } else { away })
    } else {
        let end = shift(first.home_at?, rules.debrief.get());
        (end, hours(report, end))
    };
    Some(Work { report, end, hours: paid, cost: paid * week.costs.escort_hour.get() + fares })
}
