//! Section 4: seats of every leg - travellers, returnees, returnees without escorts.

use super::codes::RuleCode;
use super::facts::Facts;
use super::report::{Findings, text};
use crate::week::*;
use std::collections::BTreeMap;

#[derive(Default)]
struct Load {
    returnees: usize,
    unescorted: usize,
    escorts: usize,
}

pub(super) fn check(facts: &Facts, findings: &mut Findings) {
    for (id, load) in loads(facts) {
        let Some(leg) = facts.week.legs.get(id) else { continue };
        let Load { returnees, unescorted, escorts } = load;
        let travellers = returnees + escorts;
        if travellers > leg.seats as usize {
            let seats = leg.seats;
            let message = text!(
                "{travellers} travellers ({escorts} of them escorts) on {seats} seats",
                "{travellers} reizigers (van wie {escorts} begeleiders) op {seats} stoelen"
            );
            findings.refuse(RuleCode::Seats, id, &[&leg.row], message);
        }
        if returnees > leg.max_returnees as usize {
            let limit = leg.max_returnees;
            let message = text!(
                "{returnees} returnees, at most {limit} may be",
                "{returnees} terugkeerders, hoogstens {limit} mag"
            );
            findings.refuse(RuleCode::Returnees, id, &[&leg.row], message);
        }
        if unescorted > leg.max_unescorted as usize {
            let limit = leg.max_unescorted;
            let message = text!(
                "{unescorted} returnees without escorts, at most {limit} may be",
                "{unescorted} terugkeerders zonder begeleiding, hoogstens {limit} mag"
            );
            findings.refuse(RuleCode::Unescorted, id, &[&leg.row], message);
        }
    }
}

/// Who is on each leg: cases that take it, and the teams of every itinerary that uses it.
fn loads<'a>(facts: &Facts<'a>) -> BTreeMap<&'a LegId, Load> {
    let mut loads: BTreeMap<&LegId, Load> = BTreeMap::new();
    for one in &facts.planned {
        let seated = facts.week.persons(&one.case.id).filter(|person| person.age_group != AgeGroup::Infant).count();
        for leg in &one.departure.legs {
            let load = loads.entry(leg).or_default();
            load.returnees += seated;
            if one.case.escorts == 0 {
                load.unescorted += seated;
            }
        }
    }
    for team in &facts.plan.teams {
        for leg in &team.legs {
            loads.entry(leg).or_default().escorts += team.escorts.len();
        }
    }
    loads
}
