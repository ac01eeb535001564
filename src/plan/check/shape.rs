//! Section 8: the facts a plan states about itself - its folder, ids, completeness, bound and gap, what is not met.

use super::codes::RuleCode;
use super::facts::{EURO, Facts};
use super::notice;
use super::report::{Findings, Subject, text};
use super::rides::{Task, stops_of_tasks};
use crate::plan::{Plan, Status};
use crate::units::Euro;
use crate::week::*;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    let (week, plan) = (facts.week, facts.plan);
    if plan.week != week.week {
        let (says, is) = (&plan.week, &week.week);
        let message = text!("the plan is for {says}, the folder for {is}", "het plan is voor {says}, de map voor {is}");
        findings.refuse(RuleCode::Week, Subject::plan(), &[], message);
    }
    if plan.input_digest != week.input_digest {
        let (says, is) = (&plan.input_digest, &week.input_digest);
        let message = text!(
            "the plan was made from content {says}, the folder has {is}: plan it again",
            "het plan is gemaakt uit inhoud {says}, de map heeft {is}: maak het plan opnieuw"
        );
        findings.refuse(RuleCode::Digest, Subject::plan(), &[], message);
    }
    known(facts, findings);
    once(facts, findings);
    notice::check_printed(facts, findings);
}

/// Whether every time of the plan lies in a year of four digits, so that no arithmetic on it can leave the calendar.
pub(super) fn has_sane_times(plan: &Plan) -> bool {
    let notices = plan.departures.iter().map(|departure| departure.noticed_at);
    let teams = plan.teams.iter().flat_map(|team| [team.report, team.end]);
    let stops = plan.routes.iter().flat_map(|route| &route.stops).map(|stop| stop.at);
    let mut times = [plan.made_at].into_iter().chain(notices).chain(teams).chain(stops);
    times.all(|at| (1000..9999).contains(&at.naive_utc().year()))
}

pub(super) fn refuse_times(findings: &mut Findings) {
    let message = text!(
        "a time lies outside the years 1000 to 9998; nothing else was verified",
        "een tijdstip ligt buiten de jaren 1000 tot 9998; verder is niets nagegaan"
    );
    findings.refuse(RuleCode::Format, Subject::plan(), &[], message);
}

/// Every id of the plan is an id of the folder.
fn known(facts: &Facts, findings: &mut Findings) {
    let (week, plan) = (facts.week, facts.plan);
    let mut ids = Unknown { findings };
    for departure in &plan.departures {
        ids.note("case", &departure.case, week.cases.get(&departure.case));
        ids.all("leg", &departure.legs, &week.legs);
        ids.all("slot", &departure.slot, &week.contact_slots);
    }
    for team in &plan.teams {
        ids.all("leg", &team.legs, &week.legs);
        ids.all("return", &team.return_flight, &week.returns);
        ids.all("escort", &team.escorts, &week.escorts);
    }
    for filled in &plan.duties {
        ids.note("duty", &filled.duty, week.duties.get(&filled.duty));
        ids.all("escort", &filled.escorts, &week.escorts);
    }
    for route in &plan.routes {
        ids.note("shift", &route.shift, week.shifts.get(&route.shift));
        for stop in &route.stops {
            ids.note("location", &stop.location, week.locations.get(&stop.location));
            ids.all("case", &stop.case, &week.cases);
            ids.all("transfer", &stop.transfer, &week.transfers);
        }
    }
    ids.all("transfer", &plan.unmet.transfers, &week.transfers);
    for missing in &plan.unmet.duties {
        ids.note("duty", &missing.duty, week.duties.get(&missing.duty));
    }
    for row in &plan.not_planned {
        ids.note("case", &row.case, week.cases.get(&row.case));
    }
}

struct Unknown<'f> {
    findings: &'f mut Findings,
}

impl Unknown<'_> {
    fn note<T>(&mut self, kind: &'static str, id: impl Display, row: Option<&T>) {
        if row.is_none() {
            let message = text!("no row of the folder has this id", "geen rij van de map heeft dit kenmerk");
            self.findings.refuse(RuleCode::Known, Subject::of(kind, &id), &[], message);
        }
    }

    fn all<'a, T: Keyed<Key: Display> + 'a>(
        &mut self,
        kind: &'static str,
        ids: impl IntoIterator<Item = &'a T::Key>,
        table: &Table<T>,
    ) {
        ids.into_iter().for_each(|id| self.note(kind, id, table.get(id)));
    }
}

/// Every case is in `departures` or in `not_planned`, and there once.
fn once(facts: &Facts, findings: &mut Findings) {
    let mut listed: BTreeMap<&CaseId, [usize; 2]> = BTreeMap::new();
    facts.plan.departures.iter().for_each(|row| listed.entry(&row.case).or_default()[0] += 1);
    facts.plan.not_planned.iter().for_each(|row| listed.entry(&row.case).or_default()[1] += 1);
    for case in &facts.week.cases {
        let [planned, not_planned] = listed.get(&case.id).copied().unwrap_or_default();
        if planned + not_planned != 1 {
            let message = text!(
                "{planned} times in departures and {not_planned} times in not_planned",
                "{planned} keer in departures en {not_planned} keer in not_planned"
            );
            findings.refuse(RuleCode::Once, &case.id, &[&case.row], message);
        }
    }
}

/// The bound is no less than the objective, as printed and as recomputed, the gap is that of the printed figures, and
/// nothing is called optimal that is not proven to be.
pub(super) fn check_bound(facts: &Facts, objective: Euro, findings: &mut Findings) {
    let plan = facts.plan;
    let (bound, printed) = (plan.bound, plan.objective);
    if bound.get() < objective.get().max(printed.get()) - EURO {
        let message = text!(
            "bound {bound} is less than the objective, {printed} as printed and {objective} recomputed",
            "grens {bound} is kleiner dan de doelwaarde, {printed} volgens het plan en {objective} nagerekend"
        );
        findings.refuse(RuleCode::Bound, Subject::plan(), &[], message);
    }
    let scale = printed.get().abs().max(1.0);
    let (is, says) = ((bound - printed).get() / scale, plan.gap);
    // Figures printed to the cent may each be half a cent off, and the gap itself may be rounded to four places.
    if (is - says).abs() > 1e-4 + 0.02 / scale {
        let message = text!("the gap is {is:.6}, not {says}", "de kloof is {is:.6}, niet {says}");
        findings.refuse(RuleCode::Gap, Subject::plan(), &[], message);
    }
    if plan.status == Status::Optimal && (bound - printed).get() > EURO + OPTIMAL * scale {
        let message = text!(
            "the plan is called optimal with bound {bound} over objective {printed}",
            "het plan heet optimaal met grens {bound} boven doelwaarde {printed}"
        );
        findings.refuse(RuleCode::Status, Subject::plan(), &[], message);
    }
}

/// Relative difference between bound and objective that a proof of optimality may leave, beside the tolerance on money.
const OPTIMAL: f64 = 1e-4;

/// Places of each fixed duty that nobody fills, where there are any. Nobody fills two.
pub(super) fn missing_places<'a>(facts: &Facts<'a>) -> BTreeMap<&'a DutyId, u32> {
    let mut filled: BTreeMap<&DutyId, BTreeSet<&EscortId>> = BTreeMap::new();
    facts.plan.duties.iter().for_each(|row| filled.entry(&row.duty).or_default().extend(&row.escorts));
    let week: &'a Week = facts.week;
    let missing = |duty: &'a Duty| {
        let there = filled.get(&duty.id).map_or(0, BTreeSet::len);
        (&duty.id, duty.count.saturating_sub(u32::try_from(there).unwrap_or(u32::MAX)))
    };
    week.duties.iter().map(missing).filter(|(_, missing)| *missing > 0).collect()
}

/// The lists of what is not met are exact.
pub(super) fn check_unmet(facts: &Facts, findings: &mut Findings) {
    let driven = stops_of_tasks(facts);
    let mut listed: BTreeMap<&TransferId, usize> = BTreeMap::new();
    facts.plan.unmet.transfers.iter().for_each(|id| *listed.entry(id).or_default() += 1);
    for transfer in &facts.week.transfers {
        let is_driven = driven.contains_key(&Task::Transfer(&transfer.id));
        let times = listed.get(&transfer.id).copied().unwrap_or_default();
        if times != usize::from(!is_driven) {
            let message = if is_driven {
                text!("driven, but listed as unmet", "uitgevoerd, maar vermeld als niet uitgevoerd")
            } else {
                text!("not driven, but {times} times in unmet", "niet uitgevoerd, maar {times} keer vermeld")
            };
            findings.refuse(RuleCode::UnmetTransfers, &transfer.id, &[&transfer.row], message);
        }
    }
    let missing = missing_places(facts);
    let mut listed: BTreeMap<&DutyId, Vec<u32>> = BTreeMap::new();
    facts.plan.unmet.duties.iter().for_each(|row| listed.entry(&row.duty).or_default().push(row.missing));
    for duty in &facts.week.duties {
        let is = missing.get(&duty.id).copied().unwrap_or_default();
        let rows = listed.remove(&duty.id).unwrap_or_default();
        let right = if is == 0 { rows.is_empty() } else { rows == [is] };
        if !right {
            let (says, rows) = (rows.iter().copied().map(u64::from).sum::<u64>(), rows.len());
            let message = text!(
                "{is} places are missing; {rows} rows of unmet say {says}",
                "er ontbreken {is} plaatsen; {rows} rijen van unmet zeggen {says}"
            );
            findings.refuse(RuleCode::UnmetDuties, &duty.id, &[&duty.row], message);
        }
    }
}
