//! The gates of a planned case, each with the rows that open it.

use super::{Planned, gate_words as open_words, rows};
use crate::calendar;
use crate::gates::{
    Closed, Dossier, GateName, Journey, NoticeBook, availability, document, of_case, of_journey, words as gate_words,
};
use crate::lang::Lang;
use crate::publish::facts::{Facts, notice_hours};
use crate::publish::format::{hours, moment_year, own_clock_on};
use crate::publish::page::wrap;
use crate::week::{RowRef, Week};

/// One line a gate: what opens it, or what closes it (a plan that does not pass `check`).
pub(super) fn open(facts: &Facts, planned: &Planned, lang: Lang) -> String {
    let width = GateName::ALL.iter().map(|gate| gate_words::gate(*gate, lang).chars().count()).max().unwrap_or(0);
    let mut page = String::new();
    for Answer { gate, closed, opened } in answers(facts, planned, lang) {
        let name = gate_words::gate(gate, lang);
        let text = match opened {
            Some((why, from)) => format!("{why} {}", rows(&from)),
            None => {
                let why: Vec<String> =
                    closed.iter().map(|c| format!("{} {}", gate_words::why(c, lang), rows(&c.rows))).collect();
                open_words::closed(lang, &why.join("; "))
            }
        };
        page += &wrap(&format!("  {name:<width$}  "), &text);
    }
    page
}

/// What a gate says of a planned case.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The gate.
    pub(crate) gate: GateName,
    /// Why it is closed; nothing when it is open.
    pub(crate) closed: Vec<Closed>,
    /// What opens it, with the rows that say so.
    pub(crate) opened: Option<(String, Vec<RowRef>)>,
}

/// What every gate says, in the order of the specification; nothing when a leg is not known.
pub(super) fn answers(facts: &Facts, planned: &Planned, lang: Lang) -> Vec<Answer> {
    let week = facts.week;
    let notices = NoticeBook::new(week);
    let dossier = Dossier::of(week, planned.case, &notices);
    let legs: Vec<usize> = planned.legs.iter().filter_map(|leg| week.legs.position(&leg.id)).collect();
    let Some(journey) = Journey::over(week, &legs) else { return Vec::new() };
    let all: Vec<Closed> = of_case(&dossier).into_iter().chain(of_journey(&dossier, &journey)).collect();
    let answer = |gate: GateName| {
        let closed: Vec<Closed> = all.iter().filter(|closed| closed.gate == gate).cloned().collect();
        let opened = closed.is_empty().then(|| opened_by(gate, planned, facts, &dossier, &journey, lang));
        Answer { gate, closed, opened }
    };
    GateName::ALL.into_iter().map(answer).collect()
}

fn opened_by(
    gate: GateName,
    planned: &Planned,
    facts: &Facts,
    dossier: &Dossier,
    journey: &Journey,
    lang: Lang,
) -> (String, Vec<RowRef>) {
    let case = planned.case;
    let own = || vec![case.row.clone()];
    match gate {
        GateName::Release => (released(planned, lang), own()),
        GateName::Voluntary => (open_words::no_voluntary(lang).to_owned(), own()),
        GateName::Period => (open_words::period(lang, case), own()),
        GateName::Procedure => {
            let from = dossier.procedures.iter().map(|row| row.row.clone()).collect();
            (open_words::procedures(lang, dossier.procedures.len()), from)
        }
        GateName::Document => documents_open(dossier, journey, lang),
        GateName::Availability => available(dossier, journey, lang),
        GateName::Fitness => fitness(dossier, lang),
        GateName::Reception => reception(dossier, lang),
        GateName::Arrival => arrival(facts.week, planned, dossier, lang),
        GateName::Notice => notice(facts, planned, lang),
    }
}

fn released(planned: &Planned, lang: Lang) -> String {
    let release = &planned.case.release;
    let by = release.by.as_ref().map_or("", |officer| officer.as_str());
    open_words::released(lang, by, &release.at.map_or(String::new(), |at| moment_year(lang, at)))
}

/// For each person the first document that opens the gate when it stands alone.
fn documents_open(dossier: &Dossier, journey: &Journey, lang: Lang) -> (String, Vec<RowRef>) {
    let mut parts = Vec::new();
    let mut from = Vec::new();
    for traveller in &dossier.travellers {
        let opens = traveller.documents.iter().find(|document| {
            let mut alone = dossier.clone();
            alone.travellers = vec![traveller.clone()];
            alone.travellers.iter_mut().for_each(|only| only.documents.retain(|other| other.id == document.id));
            document::ask(&alone, journey).is_empty()
        });
        if let Some(document) = opens {
            let until = document.valid_until.map_or(String::new(), |at| moment_year(lang, at));
            parts.push(open_words::document(lang, traveller.person.id.as_str(), document, &until));
            from.push(document.row.clone());
        }
    }
    (parts.join("; "), from)
}

/// The first row that opens the gate when it stands alone.
fn available(dossier: &Dossier, journey: &Journey, lang: Lang) -> (String, Vec<RowRef>) {
    let opens = dossier.availability.iter().find(|row| {
        let mut alone = dossier.clone();
        alone.availability.retain(|other| other.row == row.row);
        availability::ask(&alone, journey).is_empty()
    });
    let Some(row) = opens else { return Default::default() };
    let [from, until] = [row.span.from(), row.span.until()].map(|at| moment_year(lang, at));
    let confirmed = row.confirmed_at.map_or(String::new(), |at| moment_year(lang, at));
    (open_words::available(lang, &row.source, &from, &until, &confirmed), vec![row.row.clone()])
}

fn fitness(dossier: &Dossier, lang: Lang) -> (String, Vec<RowRef>) {
    let persons = dossier.travellers.iter().map(|traveller| traveller.person);
    let parts: Vec<String> = persons.clone().map(|person| open_words::fit(lang, person)).collect();
    (parts.join("; "), persons.map(|person| person.row.clone()).collect())
}

fn reception(dossier: &Dossier, lang: Lang) -> (String, Vec<RowRef>) {
    let minors =
        dossier.travellers.iter().map(|traveller| traveller.person).filter(|person| person.unaccompanied_minor);
    let from: Vec<RowRef> = minors.map(|person| person.row.clone()).collect();
    (open_words::reception(lang, from.len()), from)
}

fn arrival(week: &Week, planned: &Planned, dossier: &Dossier, lang: Lang) -> (String, Vec<RowRef>) {
    let Some(terms) = dossier.terms else { return (open_words::no_terms(lang).to_owned(), Vec::new()) };
    let asked = if dossier.is_special() { terms.announce_days_special } else { terms.announce_days };
    let first = planned.legs[0];
    let date = calendar::local_date(first.departs);
    let ahead = calendar::days_between(calendar::local_date(week.now), date);
    let arrives = planned.legs[planned.legs.len() - 1].arrives;
    let text = open_words::arrival(lang, ahead, asked, &own_clock_on(lang, arrives, date), terms);
    (text, vec![terms.row.clone()])
}

fn notice(facts: &Facts, planned: &Planned, lang: Lang) -> (String, Vec<RowRef>) {
    let (week, departure) = (facts.week, planned.departure);
    let departs = planned.legs[0].departs;
    let given = hours(lang, notice_hours(departure, departs));
    let (text, row) = match &departure.slot {
        Some(slot) => {
            let office = calendar::office_hours(departure.noticed_at, departs, &week.holidays).get();
            let asked =
                [week.rules.notice_for(planned.case.measure), week.rules.notice_office].map(|h| hours(lang, h.get()));
            (
                open_words::notice(lang, &given, &hours(lang, office), &asked),
                week.contact_slots.get(slot).map(|s| &s.row),
            )
        }
        None => (open_words::notice_kept(lang, &given), week.commitments.get(&planned.case.id).map(|c| &c.row)),
    };
    (text, row.cloned().into_iter().collect())
}
