//! Section 5: the roster of every escort - overlap, rest, absences, hours a week.

use super::codes::RuleCode;
use super::facts::{Duty, Facts, clock};
use super::report::{Findings, text};
use crate::calendar;
use crate::units::{minutes_between, shift};
use crate::week::*;
use std::collections::BTreeMap;

/// Slack for floating-point sums, in hours.
const ROUNDING: f64 = 1e-6;

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    let week = facts.week;
    let mut absences: BTreeMap<&EscortId, Vec<&Absence>> = BTreeMap::new();
    for absence in &week.absences {
        absences.entry(&absence.escort).or_default().push(absence);
    }
    for (id, duties) in facts.duties_of_escorts() {
        let Some(escort) = week.escorts.get(id) else { continue };
        apart(week, escort, &duties, findings);
        for absence in absences.get(id).into_iter().flatten() {
            present(escort, absence, &duties, findings);
        }
        hours(escort, &duties, findings);
    }
}

/// No overlap, and rest between the end of one duty and the report of the next.
fn apart(week: &Week, escort: &Escort, duties: &[Duty], findings: &mut Findings) {
    let mut before: Option<&Duty> = None;
    for duty in duties {
        if let Some(last) = before {
            let rows = [last.row, duty.row, &escort.row];
            let (end, report) = (clock(last.end), clock(duty.report));
            if duty.report < last.end {
                let message = text!(
                    "a duty reports at {report}, before another ends at {end}",
                    "een dienst begint om {report}, voordat een andere om {end} eindigt"
                );
                findings.refuse(RuleCode::Overlap, &escort.id, &rows, message);
            } else if duty.report < shift(last.end, week.rules.rest.minutes().get()) {
                let rest = minutes_between(last.end, duty.report) / 60.0;
                let needed = week.rules.rest;
                let message = text!(
                    "{rest:.2} hours of rest between {end} and {report}, {needed} are needed",
                    "{rest:.2} uur rust tussen {end} en {report}, {needed} is nodig"
                );
                findings.refuse(RuleCode::Rest, &escort.id, &rows, message);
            }
        }
        before = before.into_iter().chain([duty]).max_by_key(|duty| duty.end);
    }
}

fn present(escort: &Escort, absence: &Absence, duties: &[Duty], findings: &mut Findings) {
    for duty in duties {
        if duty.report < absence.span.until() && absence.span.from() < duty.end {
            let (report, end) = (clock(duty.report), clock(duty.end));
            let message = text!(
                "absent during the duty of {report} to {end}",
                "afwezig tijdens de dienst van {report} tot {end}"
            );
            findings.refuse(RuleCode::Absence, &escort.id, &[&absence.row, duty.row], message);
        }
    }
}

fn hours(escort: &Escort, duties: &[Duty], findings: &mut Findings) {
    let Some(most) = escort.max_hours else { return };
    let mut weeks: BTreeMap<(i32, u32), f64> = BTreeMap::new();
    for duty in duties {
        *weeks.entry(calendar::iso_week(duty.report)).or_default() += duty.hours.get();
    }
    for ((year, week), hours) in weeks {
        if hours > most.get() + ROUNDING {
            let message = text!(
                "{hours:.2} hours in week {year}-W{week:02}, at most {most} may be",
                "{hours:.2} uur in week {year}-W{week:02}, hoogstens {most} mag"
            );
            findings.refuse(RuleCode::WeekHours, &escort.id, &[&escort.row], message);
        }
    }
}
