//! Everything about one case: why it may depart and how the plan has it depart, or what keeps it here and who can change
//! that; every fact with the row it comes from.

mod chance;
mod gate_words;
mod gates;
mod money;
mod stays;
mod trip;
mod words;

pub(crate) use self::gates::Answer;

use super::facts::Facts;
use super::page::{heading, page_title, wrap};
use super::words as common;
use crate::lang::Lang;
use crate::plan::{Departure, Plan};
use crate::week::{Case, CaseId, Leg, Week};

/// Everything the plan knows about one case: why it departs as it does, or why it does not. None when no such case is in
/// the week. Lines of at most 110 characters.
pub fn explain(week: &Week, plan: &Plan, case: &CaseId, lang: Lang) -> Option<String> {
    let case = week.cases.get(case)?;
    let facts = Facts::new(week, plan);
    let planned = facts.departure(&case.id).and_then(|departure| {
        let legs = facts.legs(&departure.legs)?;
        Some(Planned { case, departure, legs })
    });
    Some(match planned {
        Some(planned) => departs(&facts, &planned, lang),
        None => {
            page_title(&words::stays(lang, case.id.as_str()))
                + &about(week, case, lang)
                + &stays::section(&facts, case, lang)
        }
    })
}

/// What every gate says of a planned case; none when it is not planned.
pub(crate) fn gate_answers(facts: &Facts, case: &CaseId, lang: Lang) -> Option<Vec<Answer>> {
    let (case, departure) = (facts.week.cases.get(case)?, facts.departure(case)?);
    let planned = Planned { case, departure, legs: facts.legs(&departure.legs)? };
    Some(gates::answers(facts, &planned, lang))
}

/// A case with its departure.
#[derive(Debug)]
struct Planned<'a> {
    case: &'a Case,
    departure: &'a Departure,
    /// At least one.
    legs: Vec<&'a Leg>,
}

fn departs(facts: &Facts, planned: &Planned, lang: Lang) -> String {
    let mut page = page_title(&words::departs(lang, planned.case.id.as_str(), planned.legs[0].departs));
    page += &about(facts.week, planned.case, lang);
    page += &heading(words::gates_heading(lang));
    page += &gates::open(facts, planned, lang);
    page += &trip::section(facts, planned, lang);
    page += &chance::section(facts.week, planned, lang);
    page + &money::section(facts, planned, lang)
}

/// What the case is, in two lines.
fn about(week: &Week, case: &Case, lang: Lang) -> String {
    let persons = common::persons(lang, case.persons(week));
    let location = week.locations.get(&case.location).map_or("", |row| row.name.as_str());
    let needs = words::needs(lang, case.escorts, case.medical_escort);
    let text = words::about(lang, &persons, common::case_kind(lang, case.kind), case, location);
    let pins = week.pins.iter().filter(|pin| pin.case == case.id);
    let pins: String = pins.map(|pin| wrap("", &words::pin(lang, pin))).collect();
    wrap("", &format!("{text} {needs} {}", rows([&case.row]))) + &pins
}

/// Rows as `[cases.csv:2 documents.csv:3]`; nothing when there are none.
fn rows<'a>(rows: impl IntoIterator<Item = &'a crate::week::RowRef>) -> String {
    let rows: Vec<String> = rows.into_iter().map(ToString::to_string).collect();
    if rows.is_empty() { String::new() } else { format!("[{}]", rows.join(" ")) }
}
