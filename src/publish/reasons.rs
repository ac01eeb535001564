//! Why a case is where it is, as a part of the page that explains it: other ways and what they would cost, what stands in the
//! way and who has it, what would bring it in.

use super::format::{euro, moment};
use super::page::{heading, wrap};
use super::units::{range, units};
use crate::ask::{Alternative, Opening, Reasons, Way};
use crate::lang::Lang;
use crate::plan::changes::legs_text;
use crate::week::{CaseId, LegId, Week};
use std::collections::BTreeMap;

/// The reasons of a case as a section; nothing when a gate is closed on it, which is reason enough.
pub fn reasons_section(week: &Week, reasons: &Reasons, lang: Lang) -> String {
    if reasons.held {
        let text = lang.pick(
            "It is on its way, and stays exactly as it is.",
            "De zaak is onderweg, en blijft precies zoals zij is.",
        );
        return heading(lang.pick("Other ways", "Andere wegen")) + &wrap("  ", text);
    }
    match &reasons.legs {
        Some(_) => planned(reasons, lang),
        None if reasons.way.is_none() && reasons.alternatives.is_empty() => String::new(),
        None => left_out(week, reasons, lang),
    }
}

fn planned(reasons: &Reasons, lang: Lang) -> String {
    let mut page = heading(lang.pick("Other ways, each planned again", "Andere wegen, elk opnieuw gepland"));
    if reasons.alternatives.is_empty() {
        page += &wrap("  ", lang.pick("No plan has it on another way.", "Geen plan heeft haar op een andere weg."));
    }
    for other in reasons.alternatives.iter().chain(&reasons.without) {
        page += &wrap("  ", &(way_of(other, lang) + &cost(other, lang)));
        page += &along(&other.others, lang);
    }
    page
}

fn way_of(other: &Alternative, lang: Lang) -> String {
    match legs_text(&other.legs) {
        Some(legs) => lang.pick(format!("On {legs}: "), format!("Op {legs}: ")),
        None => lang.pick("Not planned: ", "Niet gepland: ").to_owned(),
    }
}

fn cost(other: &Alternative, lang: Lang) -> String {
    let cost = range(&other.cost, lang);
    lang.pick(format!("the plan as a whole loses {cost}."), format!("het plan als geheel verliest {cost}."))
}

/// Who else departs otherwise then.
fn along(others: &BTreeMap<CaseId, Vec<LegId>>, lang: Lang) -> String {
    if others.is_empty() {
        return String::new();
    }
    let stays = || lang.pick("not planned", "niet gepland").to_owned();
    let list: Vec<String> =
        others.iter().map(|(case, legs)| format!("{case}: {}", legs_text(legs).unwrap_or_else(stays))).collect();
    let list = list.join(", ");
    wrap("    ", &lang.pick(format!("Others then: {list}."), format!("Anderen dan: {list}.")))
}

fn left_out(week: &Week, reasons: &Reasons, lang: Lang) -> String {
    let mut page = heading(lang.pick("What stands in its way", "Wat in de weg staat"));
    if let Some(way) = &reasons.way {
        page += &nearest(way, lang);
    }
    match reasons.alternatives.first() {
        Some(other) => {
            let on = way_of(other, lang);
            let text = lang.pick(
                format!("{on}the best way to have it in. With it, {}", cost(other, lang)),
                format!("{on}de beste weg om haar erin te hebben. Daarmee geldt: {}", cost(other, lang)),
            );
            page += &wrap("  ", &text);
            page += &along(&other.others, lang);
        }
        None => {
            let text = lang.pick("No plan with it in was found.", "Er is geen plan gevonden met haar erin.");
            page += &wrap("  ", text);
        }
    }
    if let Some(opening) = &reasons.opening {
        page += &opens(week, opening, lang);
    }
    page
}

fn nearest(way: &Way, lang: Lang) -> String {
    let legs = legs_text(&way.legs).unwrap_or_default();
    let (departs, worth) = (moment(lang, way.departs), euro(lang, way.worth));
    let mut text = lang.pick(
        format!("The way that comes nearest: {legs}, {departs}, worth {worth}"),
        format!("De weg die het dichtst in de buurt komt: {legs}, {departs}, {worth} waard"),
    );
    let lacks: Vec<String> = way.lacks.iter().map(|lack| lack.sentence(lang)).collect();
    text += &match way.adds {
        Some(adds) => {
            let adds = euro(lang, adds);
            lang.pick(
                format!("; it fits in the plan as it stands, and adds {adds} of escorts and transport."),
                format!("; zij past in het plan zoals het er ligt, en kost {adds} aan begeleiding en vervoer."),
            )
        }
        None => lang.pick(format!("; it lacks: {}.", lacks.join(", ")), format!("; zij mist: {}.", lacks.join(", "))),
    };
    let mut page = wrap("  ", &text);
    if !way.holders.is_empty() {
        let list: Vec<String> =
            way.holders.iter().map(|holder| format!("{} ({})", holder.case, euro(lang, holder.worth))).collect();
        let list = list.join(", ");
        page += &wrap(
            "    ",
            &lang.pick(
                format!("Without any one of these (value less tickets) there would be room: {list}."),
                format!("Zonder een van deze (waarde min tickets) zou er plaats zijn: {list}."),
            ),
        );
    } else if !way.lacks.is_empty() {
        let text = lang.pick(
            "With everybody else's work as it stands, the place of no single case would be enough.",
            "Met ieders werk zoals het er ligt, is de plaats van geen enkele zaak alleen genoeg.",
        );
        page += &wrap("    ", text);
    }
    page
}

fn opens(week: &Week, opening: &Opening, lang: Lang) -> String {
    let units = units(week, &opening.units, lang);
    let (legs, gain) = (legs_text(&opening.legs).unwrap_or_default(), euro(lang, opening.gain));
    let how = if opening.proven {
        lang.pick("proven by planning again", "bewezen door opnieuw te plannen")
    } else {
        lang.pick("found by planning again, not proven", "gevonden door opnieuw te plannen, niet bewezen")
    };
    wrap(
        "  ",
        &lang.pick(
            format!("The smallest change tried that brings it in: {units}. It departs on {legs} then, and the plan is worth {gain} more ({how})."),
            format!("De kleinste geprobeerde wijziging die haar erin brengt: {units}. Zij vertrekt dan op {legs}, en het plan is {gain} meer waard ({how})."),
        ),
    )
}
