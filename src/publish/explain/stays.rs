//! Why a case is not planned: the gates that are closed on it with who can open them, or what it lost against.

use super::{rows, words};
use crate::gates::{Closed, words as gate_words};
use crate::lang::Lang;
use crate::options::{self, GatedCase};
use crate::publish::facts::Facts;
use crate::publish::format::moment;
use crate::publish::page::{heading, wrap};
use crate::publish::words as common;
use crate::week::Case;

pub(super) fn section(facts: &Facts, case: &Case, lang: Lang) -> String {
    let position = facts.week.cases.position(&case.id);
    let gated = position.and_then(|at| options::gate(facts.week).cases.into_iter().nth(at));
    match gated {
        Some(gated) if gated.gates.gate().is_some() => closed(&gated, lang),
        _ => left_out(facts, case, lang),
    }
}

fn closed(gated: &GatedCase, lang: Lang) -> String {
    let mut page = heading(words::closed_heading(lang));
    for (at, reason) in gated.gates.closed.iter().enumerate() {
        if at > 0 {
            page.push('\n');
        }
        page += &one(reason, lang);
    }
    let after = match gated.gates.soonest {
        Some(departs) => words::soonest(lang, &moment(lang, departs)),
        None => words::no_flight(lang).to_owned(),
    };
    format!("{page}\n{}", wrap("", &after))
}

fn one(closed: &Closed, lang: Lang) -> String {
    let head =
        format!("{}: {} {}", gate_words::gate(closed.gate, lang), gate_words::why(closed, lang), rows(&closed.rows));
    let opens = words::opens(lang, &gate_words::remedy(closed, lang), gate_words::owner(closed.owner, lang));
    let source = words::source(lang, gate_words::source(closed.gate, lang));
    wrap("  ", &head) + &wrap("    ", &opens) + &wrap("    ", &source)
}

fn left_out(facts: &Facts, case: &Case, lang: Lang) -> String {
    let mut page = heading(words::open_heading(lang));
    page += &wrap("  ", words::gates_open(lang));
    if let Some(found) = facts.left_out().find(|other| other.case == case.id) {
        let rows = if found.rows.is_empty() { String::new() } else { format!(" [{}]", found.rows.join(" ")) };
        page += &wrap("  ", &format!("{}.{rows}", common::sentence(&common::reason(lang, found))));
        if let Some(why) = &found.left_out {
            page += &wrap("  ", &words::changes(lang, &why.opens_when(lang)));
        }
    }
    page
}
