//! Section 10: a repaired plan against the one before it. Every change is listed, once and truly, with what it costs; what is
//! locked or under way is as it was; nothing new begins in the past.

use super::codes::RuleCode;
use super::facts::{Facts, SECOND, clock, legs, same_money};
use super::gates;
use super::report::{Findings, Report, Subject, text};
use super::stands::{Crew, Ride, Stands, Stood, rides};
use crate::plan::Plan;
use crate::plan::changes::{Cause, Change, Changes, What, legs_text, notice_text, ride_text};
use crate::units::{Euro, minutes_between};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};

/// A pickup has moved when it is more than 30 minutes away, within the tolerance on times.
const MOVED: f64 = 30.0 + SECOND / 60.0;

/// Verifies a repaired plan: every rule as [`super::check`] does, and the repair against the earlier plan. The week is the
/// folder after the events.
pub fn check_repair(week: &Week, earlier: &Plan, plan: &Plan, changes: &Changes) -> Report {
    let mut report = super::check(week, plan);
    if !super::shape::has_sane_times(plan) || !super::shape::has_sane_times(earlier) {
        return report;
    }
    let mut findings = Findings::default();
    let facts = Facts::new(week, plan);
    let stands = Stands::of(week, earlier);
    let repair = Repair { facts: &facts, earlier, stands: &stands };
    let is = repair.changes();
    listed(&is, changes, &mut findings);
    totals(&is, &report, changes, &mut findings);
    repair.causes(changes, &mut findings);
    repair.held(&mut findings);
    repair.past(&mut findings);
    report.violations.extend(findings.0);
    report
}

/// What a change is, whatever is said of its cost and cause.
type Key = (What, String, Option<String>, Option<String>);

struct Repair<'a> {
    facts: &'a Facts<'a>,
    earlier: &'a Plan,
    stands: &'a Stands<'a>,
}

impl Repair<'_> {
    /// Every change with its cost.
    fn changes(&self) -> BTreeMap<Key, Euro> {
        let mut all = BTreeMap::new();
        self.departures(&mut all);
        let now: BTreeMap<&[LegId], BTreeSet<&EscortId>> =
            self.facts.plan.teams.iter().map(|team| (&team.legs[..], team.escorts.iter().collect())).collect();
        let places: BTreeSet<&[LegId]> = self.stands.teams.keys().copied().chain(now.keys().copied()).collect();
        for legs in places {
            let place = legs_text(legs).unwrap_or_default();
            people(What::Team, &place, self.stands.teams.get(legs), now.get(legs), &mut all);
        }
        let now: BTreeMap<&DutyId, BTreeSet<&EscortId>> =
            self.facts.plan.duties.iter().map(|row| (&row.duty, row.escorts.iter().collect())).collect();
        let places: BTreeSet<&DutyId> = self.stands.duties.keys().copied().chain(now.keys().copied()).collect();
        for duty in places {
            people(What::Duty, duty.as_str(), self.stands.duties.get(duty), now.get(duty), &mut all);
        }
        self.rides(&mut all);
        all
    }

    fn departures(&self, all: &mut BTreeMap<Key, Euro>) {
        let week = self.facts.week;
        for case in &week.cases {
            let was = self.stands.cases.get(&case.id);
            let is = self.facts.of_case(&case.id).map(|one| one.departure);
            let from = was.and_then(|stood| legs_text(stood.legs));
            let to = is.and_then(|departure| legs_text(&departure.legs));
            let subject = case.id.to_string();
            if from != to {
                let cost = was.map_or(Euro::ZERO, |stood| stood.off(week, case));
                all.insert((What::Departure, subject, from, to), cost);
            } else if let (Some(stood), Some(departure)) = (was, is) {
                let from = stood.noticed_at.map(|at| notice_text(stood.slot, at));
                let to = Some(notice_text(departure.slot.as_ref(), departure.noticed_at));
                if from != to {
                    all.insert((What::Notice, subject, from, to), Euro::ZERO);
                }
            }
        }
        for row in self.earlier.departures.iter().filter(|row| week.cases.get(&row.case).is_none()) {
            all.insert((What::Departure, row.case.to_string(), legs_text(&row.legs), None), Euro::ZERO);
        }
    }

    fn rides(&self, all: &mut BTreeMap<Key, Euro>) {
        let week = self.facts.week;
        let (cases, transfers) = rides(self.facts.plan);
        for case in &week.cases {
            let stood = self.stands.cases.get(&case.id);
            let was = stood.and_then(|stood| stood.ride);
            let cost = ride_cost(week, stood.is_some_and(|stood| stood.told.is_some()));
            ride(What::Ride, case.id.as_str(), was, cases.get(&case.id).copied(), cost, all);
        }
        let known: BTreeSet<&TransferId> =
            week.transfers.iter().map(|row| &row.id).chain(self.stands.transfers.keys().copied()).collect();
        for id in known {
            let was = self.stands.transfers.get(id).copied();
            ride(What::Transfer, id.as_str(), was, transfers.get(id).copied(), ride_cost(week, true), all);
        }
    }

    /// Gates that are named are closed, rows that are gone are gone, events that are named happened.
    fn causes(&self, changes: &Changes, findings: &mut Findings) {
        let week = self.facts.week;
        for change in &changes.changes {
            let id = change.subject.as_str();
            let event = change.event.as_ref().is_none_or(|event| week.events.iter().any(|row| row.id == *event));
            let holds = match &change.because {
                Cause::Gate { gate, .. } => self.closes(id, gate),
                Cause::Gone { kind, id } => !exists(week, kind, id),
                Cause::Pin(pin) => week.pins.get(pin).is_some_and(|pin| match change.what {
                    What::Team => pin.escorts.iter().any(|escort| escort.as_str() == id),
                    _ => pin.case.as_str() == id,
                }),
                _ => true,
            };
            if !event || !holds {
                let message = text!(
                    "what is said to have forced the change of {id} is not so",
                    "wat de wijziging van {id} zou hebben afgedwongen, is niet zo"
                );
                findings.refuse(RuleCode::ChangeCause, subject(change), &[], message);
            }
        }
    }

    fn closes(&self, case: &str, gate: &str) -> bool {
        let case = CaseId::new(case).and_then(|id| self.facts.week.cases.get(&id));
        let Some((case, stood)) = case.and_then(|case| Some((case, self.stands.cases.get(&case.id)?))) else {
            return false;
        };
        let legs = legs(self.facts.week, stood.legs);
        legs.is_some_and(|legs| gates::closed_on(self.facts.week, case, &legs).contains(&gate))
    }

    /// What is locked, or under way, is exactly as it was, unless a gate is closed or its leg, escort or shift is gone.
    fn held(&self, findings: &mut Findings) {
        let (week, plan) = (self.facts.week, self.facts.plan);
        let (now, _) = rides(plan);
        let held: Vec<(&CaseId, &Stood)> =
            self.stands.cases.iter().filter(|(_, stood)| self.is_held(stood)).map(|(id, stood)| (*id, stood)).collect();
        let crowded = self.crowded(&held);
        for (id, stood) in held {
            if stood.legs.iter().any(|leg| crowded.contains(leg)) {
                continue;
            }
            let row = week.commitments.get(id).map(|row| &row.row);
            let rows: Vec<&RowRef> = row.into_iter().collect();
            let same_legs = self.facts.of_case(id).is_some_and(|one| one.departure.legs == stood.legs);
            let was = self.stands.teams.get(stood.legs).map(|crew| &crew.escorts);
            let team = plan.teams.iter().find(|team| team.legs == stood.legs);
            let same_team =
                was.is_none_or(|was| was.iter().all(|escort| team.is_some_and(|team| team.escorts.contains(escort))));
            let same_ride = match (stood.ride, now.get(id)) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some((shift, at)), Some((other, new))) => {
                    let apart = at.zip(*new).map_or(0.0, |(at, new)| minutes_between(at, new).abs() * 60.0);
                    shift == *other && apart <= SECOND
                }
            };
            if !(same_legs && same_team && same_ride) {
                let message = text!(
                    "it is on its way, and is not exactly as it was (legs {same_legs}, escorts {same_team}, ride {same_ride})",
                    "zij is onderweg, en is niet precies zoals zij was (vluchten {same_legs}, begeleiding {same_team}, rit {same_ride})"
                );
                findings.refuse(RuleCode::Locked, id, &rows, message);
            }
        }
    }

    fn is_held(&self, stood: &Stood) -> bool {
        let week = self.facts.week;
        let Some(level) = stood.told.filter(|_| stood.is_open()) else { return false };
        let first = stood.legs.first().and_then(|leg| week.legs.get(leg));
        let under_way = level >= Level::Booked && first.is_some_and(|leg| leg.departs < week.now);
        let shift_there = stood.ride.is_none_or(|(shift, _)| week.shifts.get(shift).is_some());
        let crew = self.stands.teams.get(stood.legs);
        let escorts_there = crew.is_none_or(|crew| crew.escorts.iter().all(|escort| is_present(week, crew, escort)));
        (level == Level::Locked || under_way) && shift_there && escorts_there
    }

    /// Legs that no longer have seats for those who are held on them.
    fn crowded(&self, held: &[(&CaseId, &Stood)]) -> BTreeSet<LegId> {
        let week = self.facts.week;
        let mut aboard: BTreeMap<&LegId, (usize, BTreeSet<&EscortId>)> = BTreeMap::new();
        for (id, stood) in held {
            let seats = week.cases.get(id).map_or(0, |case| case.air_seats(week) as usize);
            for leg in stood.legs {
                let entry = aboard.entry(leg).or_default();
                entry.0 += seats;
                entry.1.extend(self.stands.teams.get(stood.legs).into_iter().flat_map(|crew| crew.escorts.iter()));
            }
        }
        let full = |(leg, (seats, escorts)): (&LegId, (usize, BTreeSet<&EscortId>))| {
            let row = week.legs.get(leg)?;
            (seats + escorts.len() > row.seats as usize || seats > row.max_returnees as usize).then(|| leg.clone())
        };
        aboard.into_iter().filter_map(full).collect()
    }

    /// A pickup before now is one that stood.
    fn past(&self, findings: &mut Findings) {
        let week = self.facts.week;
        let (cases, transfers) = rides(self.facts.plan);
        let stood_of = |id: &CaseId| self.stands.cases.get(id).and_then(|stood| stood.ride);
        let of_cases = cases.iter().map(|(id, ride)| (Subject::from(*id), *ride, stood_of(id)));
        let stood_of = |id: &TransferId| self.stands.transfers.get(id).copied();
        let of_transfers = transfers.iter().map(|(id, ride)| (Subject::from(*id), *ride, stood_of(id)));
        for (subject, (shift, at), stood) in of_cases.chain(of_transfers) {
            let Some(at) = at.filter(|at| minutes_between(*at, week.now) * 60.0 > SECOND) else { continue };
            let same = stood.is_some_and(|(was, then)| {
                was == shift && then.is_none_or(|then| minutes_between(then, at).abs() * 60.0 <= SECOND)
            });
            if !same {
                let at = clock(at);
                let message = text!("a new pickup at {at}, before now", "een nieuwe ophaalrit om {at}, vóór nu");
                findings.refuse(RuleCode::NewPast, subject, &[], message);
            }
        }
    }
}

fn is_present(week: &Week, crew: &Crew, escort: &EscortId) -> bool {
    let away = |absence: &Absence| {
        absence.escort == *escort
            && crew.span.is_some_and(|(from, until)| from < absence.span.until() && absence.span.from() < until)
    };
    week.escorts.get(escort).is_some() && !week.absences.iter().any(away)
}

fn ride_cost(week: &Week, published: bool) -> Euro {
    if published { week.changes.ride_changed } else { Euro::ZERO }
}

fn people(
    what: What,
    place: &str,
    was: Option<&Crew>,
    is: Option<&BTreeSet<&EscortId>>,
    all: &mut BTreeMap<Key, Euro>,
) {
    let none = BTreeSet::new();
    let (before, after) = (was.map_or(&none, |crew| &crew.escorts), is.unwrap_or(&none));
    let cost = was.map_or(Euro::ZERO, |crew| crew.cost);
    for escort in before.difference(after) {
        all.insert((what, escort.to_string(), Some(place.to_owned()), None), cost);
    }
    for escort in after.difference(before) {
        all.insert((what, escort.to_string(), None, Some(place.to_owned())), cost);
    }
}

fn ride(what: What, subject: &str, was: Option<Ride>, is: Option<Ride>, cost: Euro, all: &mut BTreeMap<Key, Euro>) {
    let from = was.map(|(shift, at)| ride_text(shift, at));
    // Where the pickup was not known before, only the shift is compared.
    let known = was.is_none_or(|(_, at)| at.is_some());
    let to = is.map(|(shift, at)| ride_text(shift, at.filter(|_| known)));
    if from == to {
        return;
    }
    let moved = was.zip(is).is_some_and(|((shift, at), (other, new))| {
        shift != other || at.zip(new).is_some_and(|(at, new)| minutes_between(at, new).abs() > MOVED)
    });
    all.insert((what, subject.to_owned(), from, to), if moved { cost } else { Euro::ZERO });
}

fn subject(change: &Change) -> Subject {
    let kind = match change.what {
        What::Departure | What::Notice | What::Ride => "case",
        What::Team | What::Duty => "escort",
        What::Transfer => "transfer",
    };
    Subject::of(kind, &change.subject)
}

/// The changes listed are those there are, each once, with its cost.
fn listed(is: &BTreeMap<Key, Euro>, changes: &Changes, findings: &mut Findings) {
    let mut says: BTreeMap<Key, Vec<&Change>> = BTreeMap::new();
    for change in &changes.changes {
        let key = (change.what, change.subject.clone(), change.from.clone(), change.to.clone());
        says.entry(key).or_default().push(change);
    }
    for (key, cost) in is {
        let (_, id, from, to) = key;
        let (from, to) = (from.as_deref().unwrap_or("-"), to.as_deref().unwrap_or("-"));
        match says.remove(key).as_deref() {
            Some([change]) => {
                let says = change.cost;
                if !same_money(*cost, says) {
                    let message = text!(
                        "the change of {id} from {from} to {to} costs {cost} euro, not {says}",
                        "de wijziging van {id} van {from} naar {to} kost {cost} euro, niet {says}"
                    );
                    findings.refuse(RuleCode::ChangeCost, subject(change), &[], message);
                }
            }
            other => {
                let times = other.map_or(0, <[&Change]>::len);
                let message = text!(
                    "{id} changes from {from} to {to}, which is listed {times} times",
                    "{id} verandert van {from} naar {to}, wat {times} keer vermeld is"
                );
                findings.refuse(RuleCode::ChangeListed, Subject::plan(), &[], message);
            }
        }
    }
    for change in says.into_values().flatten() {
        let id = &change.subject;
        let message = text!("{id} does not change as listed", "{id} verandert niet zoals vermeld");
        findings.refuse(RuleCode::ChangeTrue, subject(change), &[], message);
    }
}

/// Change costs add up, and the repair is worth its objective less them.
fn totals(is: &BTreeMap<Key, Euro>, report: &Report, changes: &Changes, findings: &mut Findings) {
    let costs: Euro = is.values().copied().sum();
    let objective = report.recomputed.objective;
    let worth = objective - costs;
    let right = same_money(changes.change_costs, costs)
        && same_money(changes.objective, objective)
        && same_money(changes.repair_objective, worth)
        && changes.repair_bound.get() >= worth.get() - 1.0;
    if !right {
        let message = text!(
            "objective {objective} less change costs {costs} is {worth} euro, and the bound is no less",
            "doelwaarde {objective} min wijzigingskosten {costs} is {worth} euro, en de grens is niet kleiner"
        );
        findings.refuse(RuleCode::ChangeTotal, Subject::plan(), &[], message);
    }
}

fn exists(week: &Week, kind: &str, id: &str) -> bool {
    match kind {
        "leg" => LegId::new(id).is_some_and(|id| week.legs.get(&id).is_some()),
        "escort" => EscortId::new(id).is_some_and(|id| week.escorts.get(&id).is_some()),
        "shift" => ShiftId::new(id).is_some_and(|id| week.shifts.get(&id).is_some()),
        "transfer" => TransferId::new(id).is_some_and(|id| week.transfers.get(&id).is_some()),
        "duty" => DutyId::new(id).is_some_and(|id| week.duties.get(&id).is_some()),
        "case" => CaseId::new(id).is_some_and(|id| week.cases.get(&id).is_some()),
        _ => true,
    }
}
