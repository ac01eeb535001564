//! Section 5: the team of every itinerary - who must be in it, when it works and how it comes home - and who fills the
//! fixed duties.

use super::codes::RuleCode;
use super::facts::{Facts, HOURS, Planned, Work, clock, legs, same_time, team_work};
use super::report::{Findings, Subject, text};
use crate::plan::{FilledDuty, Team};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    let mut teams: BTreeMap<&[LegId], usize> = BTreeMap::new();
    for team in &facts.plan.teams {
        *teams.entry(&team.legs).or_default() += 1;
    }
    one_team_each(facts, &teams, findings);
    for team in &facts.plan.teams {
        members(facts, team, findings);
        if let Some(legs) = legs(facts.week, &team.legs) {
            strength(facts, team, &legs, findings);
            bases(facts.week, team, legs[0], findings);
            times(facts.week, team, &legs, findings);
        }
    }
    fixed_duties(facts, findings);
}

/// What the cases of an itinerary ask of its team.
#[derive(Default)]
struct Need {
    escorts: usize,
    of_sex: BTreeMap<Sex, usize>,
    doctors: usize,
    medics: usize,
}

impl Need {
    fn of<'a>(cases: impl Iterator<Item = &'a Planned<'a>>) -> Self {
        let mut need = Self::default();
        for one in cases {
            need.escorts += one.case.escorts as usize;
            if let Some(sex) = one.case.escort_sex {
                *need.of_sex.entry(sex).or_default() += 1;
            }
            need.medics += usize::from(one.case.medical_escort.is_some());
            need.doctors += usize::from(one.case.medical_escort == Some(Medical::Doctor));
        }
        need
    }

    /// The need with the standby escorts of a joint or national leg that carries any case.
    fn with_standby(mut self, legs: &[&Leg], cases: usize) -> Self {
        let standby = legs.iter().filter(|leg| leg.kind != LegKind::Scheduled && cases > 0);
        self.escorts += standby.map(|leg| leg.standby_escorts as usize).sum::<usize>();
        self
    }
}

fn need(facts: &Facts, ids: &[LegId], legs: &[&Leg]) -> Need {
    Need::of(facts.on(ids)).with_standby(legs, facts.on(ids).count())
}

fn one_team_each(facts: &Facts, teams: &BTreeMap<&[LegId], usize>, findings: &mut Findings) {
    for (ids, at) in &facts.itineraries {
        let legs = &facts.planned[at[0]].legs;
        let need = need(facts, ids, legs);
        if need.escorts + need.medics > 0 && !teams.contains_key(ids) {
            let (escorts, medics) = (need.escorts, need.medics);
            let message = text!(
                "no team; {escorts} escorts and {medics} medics are needed",
                "geen team; {escorts} begeleiders en {medics} medici zijn nodig"
            );
            findings.refuse(RuleCode::Team, Subject::itinerary(ids), &[&legs[0].row], message);
        }
    }
    for (ids, count) in teams {
        if *count > 1 {
            let message = text!("{count} teams, one must be", "{count} teams, het moet er één zijn");
            findings.refuse(RuleCode::Team, Subject::itinerary(ids), &[], message);
        }
        if facts.on(ids).next().is_none() {
            let message = text!("a team, but no planned case", "een team, maar geen geplande zaak");
            findings.refuse(RuleCode::Team, Subject::itinerary(ids), &[], message);
        }
    }
}

fn members(facts: &Facts, team: &Team, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for id in &team.escorts {
        let Some(escort) = facts.week.escorts.get(id) else { continue };
        if !seen.insert(id) {
            let message = text!("{id} stands in the team twice", "{id} staat twee keer in het team");
            findings.refuse(RuleCode::TeamTwice, Subject::itinerary(&team.legs), &[&escort.row], message);
            continue;
        }
        let refused: BTreeSet<_> = facts
            .on(&team.legs)
            .map(|one| one.case.destination)
            .filter(|country| !escort.visas.hold(*country))
            .collect();
        for country in refused {
            let message = text!("{id} has no visa for {country}", "{id} heeft geen visum voor {country}");
            findings.refuse(RuleCode::Visa, Subject::itinerary(&team.legs), &[&escort.row], message);
        }
    }
}

/// Sizes by role and sex. Each member counts once, however often the plan names them.
fn strength(facts: &Facts, team: &Team, legs: &[&Leg], findings: &mut Findings) {
    let need = need(facts, &team.legs, legs);
    let ids: BTreeSet<_> = team.escorts.iter().collect();
    let members: Vec<_> = ids.into_iter().filter_map(|id| facts.week.escorts.get(id)).collect();
    let count = |wanted: &dyn Fn(&Escort) -> bool| members.iter().filter(|member| wanted(member)).count();
    let subject = || Subject::itinerary(&team.legs);
    let rows: Vec<_> = facts.on(&team.legs).map(|one| &one.case.row).chain([&legs[0].row]).collect();

    let (has, needs) = (count(&|m| m.role == Role::Escort), need.escorts);
    if has < needs {
        let message = text!("{has} escorts, {needs} are needed", "{has} begeleiders, {needs} zijn nodig");
        findings.refuse(RuleCode::TeamSize, subject(), &rows, message);
    }
    for (&sex, &needs) in &need.of_sex {
        let has = count(&|m| m.role == Role::Escort && m.sex == sex);
        if has < needs {
            let message = text!(
                "{has} escorts of sex {sex}, {needs} are needed",
                "{has} begeleiders met geslacht {sex}, {needs} zijn nodig"
            );
            findings.refuse(RuleCode::TeamSex, subject(), &rows, message);
        }
    }
    // A doctor may serve as nurse, but one for each case: so doctors cover the doctor cases, and all medics all medical cases.
    let (doctors, medics) = (count(&|m| m.role == Role::Doctor), count(&|m| m.role != Role::Escort));
    if doctors < need.doctors || medics < need.medics {
        let (need_doctors, need_medics) = (need.doctors, need.medics);
        let message = text!(
            "{medics} nurses and doctors, {doctors} of them doctors; {need_medics} are needed, {need_doctors} of them doctors",
            "{medics} verpleegkundigen en artsen, van wie {doctors} arts; {need_medics} zijn nodig, van wie {need_doctors} arts"
        );
        findings.refuse(RuleCode::TeamMedical, subject(), &rows, message);
    }
}

fn bases(week: &Week, team: &Team, first: &Leg, findings: &mut Findings) {
    for escort in team.escorts.iter().collect::<BTreeSet<_>>().into_iter().filter_map(|id| week.escorts.get(id)) {
        if let Some(base) = escort.base.as_ref().filter(|base| **base != first.from) {
            let (id, from) = (&escort.id, &first.from);
            let message = text!(
                "{id} is based at {base}, the flight leaves from {from}",
                "{id} heeft standplaats {base}, de vlucht gaat van {from}"
            );
            findings.refuse(RuleCode::Base, Subject::itinerary(&team.legs), &[&escort.row, &first.row], message);
        }
    }
}

fn times(week: &Week, team: &Team, legs: &[&Leg], findings: &mut Findings) {
    let subject = || Subject::itinerary(&team.legs);
    let Some(work) = team_work(week, legs) else {
        if !team.escorts.is_empty() || team.return_flight.is_some() {
            let message = text!(
                "no flight home is admissible, so no escorts may go",
                "geen terugvlucht is toegestaan, dus er mag geen begeleiding mee"
            );
            findings.refuse(RuleCode::Return, subject(), &[&legs[0].row], message);
        }
        return;
    };
    way_home(team, &work, legs[0], findings);
    if !same_time(team.report, work.report) {
        let (is, says) = (clock(work.report), clock(team.report));
        let message = text!("the team reports at {is}, not at {says}", "het team meldt zich om {is}, niet om {says}");
        findings.refuse(RuleCode::Report, subject(), &[&legs[0].row], message);
    }
    if !same_time(team.end, work.end) {
        let (is, says) = (clock(work.end), clock(team.end));
        let message = text!("the duty ends at {is}, not at {says}", "de dienst eindigt om {is}, niet om {says}");
        findings.refuse(RuleCode::End, subject(), &[&legs[0].row], message);
    }
    if (team.hours.get() - work.hours.get()).abs() > HOURS {
        let (is, says) = (work.hours, team.hours);
        let message = text!("the duty counts {is:.2} hours, not {says}", "de dienst telt {is:.2} uur, niet {says}");
        findings.refuse(RuleCode::TeamHours, subject(), &[&legs[0].row], message);
    }
}

fn way_home(team: &Team, work: &Work, first: &Leg, findings: &mut Findings) {
    let expected = work.home.map(|row| &row.id);
    if team.return_flight.as_ref() == expected {
        return;
    }
    let says = team.return_flight.as_ref().map_or("-", |id| id.as_str());
    let is = expected.map_or("-", |id| id.as_str());
    let message = text!("the way home is {is}, not {says}", "de terugreis is {is}, niet {says}");
    let mut rows = vec![&first.row];
    rows.extend(work.home.map(|row| &row.row));
    findings.refuse(RuleCode::Return, Subject::itinerary(&team.legs), &rows, message);
}

fn fixed_duties(facts: &Facts, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for filled in &facts.plan.duties {
        if !seen.insert(&filled.duty) {
            let message = text!("the duty is listed twice", "de dienst staat er twee keer in");
            findings.refuse(RuleCode::DutyTwice, &filled.duty, &[], message);
        }
        if let Some(duty) = facts.week.duties.get(&filled.duty) {
            fixed_duty(facts.week, filled, duty, findings);
        }
    }
}

fn fixed_duty(week: &Week, filled: &FilledDuty, duty: &Duty, findings: &mut Findings) {
    let (count, asked) = (filled.escorts.len(), duty.count);
    if count > asked as usize {
        let message = text!("{count} people, {asked} are asked for", "{count} mensen, {asked} zijn gevraagd");
        findings.refuse(RuleCode::DutyCount, &duty.id, &[&duty.row], message);
    }
    let mut seen = BTreeSet::new();
    for escort in filled.escorts.iter().filter_map(|id| week.escorts.get(id)) {
        let id = &escort.id;
        let rows = [&duty.row, &escort.row];
        if !seen.insert(id) {
            let message = text!("{id} stands in it twice", "{id} staat er twee keer in");
            findings.refuse(RuleCode::DutyTwice, &duty.id, &rows, message);
        }
        if let Some(role) = duty.role.filter(|role| *role != escort.role) {
            let has = escort.role;
            let message = text!("{id} is {has}, the duty asks for {role}", "{id} is {has}, de dienst vraagt {role}");
            findings.refuse(RuleCode::DutyRole, &duty.id, &rows, message);
        }
        if let Some(skill) = duty.skill.as_ref().filter(|skill| !escort.skills.contains(*skill)) {
            let message = text!("{id} lacks skill {skill}", "{id} mist vaardigheid {skill}");
            findings.refuse(RuleCode::DutySkill, &duty.id, &rows, message);
        }
    }
}
