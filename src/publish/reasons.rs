//! Why a case is where it is, as a part of the page that explains it: other ways and what they would cost, what stands in the
//! way and who has it, what would bring it in.

use super::format::{euro, moment};
use super::page::{heading, wrap};
use super::units::units;
use crate::ask::{Alternative, Opening, Reasons, Way};
use crate::lang::Lang;
use crate::plan::changes::legs_text;
use crate::units::Euro;
use crate::week::Week;

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
    page += &compared(reasons, lang);
    if reasons.alternatives.is_empty() {
        let text = if reasons.exhausted {
            lang.pick("No plan has it on another way.", "Geen plan heeft haar op een andere weg.")
        } else {
            lang.pick(
                "No plan with it on another way was found in the time given.",
                "In de gegeven tijd is geen plan gevonden met haar op een andere weg.",
            )
        };
        page += &wrap("  ", text);
    }
    for other in reasons.alternatives.iter().chain(&reasons.without) {
        page += &wrap("  ", &(way_of(other, lang) + &cost(other, lang)));
        page += &along(other, lang);
    }
    page
}

/// What other ways are compared with, where that is not the plan as it stands.
fn compared(reasons: &Reasons, lang: Lang) -> String {
    let best = euro(lang, reasons.worth);
    let text = match reasons.stood {
        None => lang.pick(
            format!("The plan cannot stand as it is: other ways are compared with the best repair found, worth {best}."),
            format!("Het plan kan zo niet blijven staan: andere wegen zijn vergeleken met het beste herstel dat is gevonden, {best} waard."),
        ),
        Some(stood) if (reasons.worth - stood).get() > 1.0 => {
            let more = euro(lang, reasons.worth - stood);
            lang.pick(
                format!("Found by searching on: a plan worth {more} more than the plan as it stands. Other ways are compared with that one."),
                format!("Gevonden door verder te zoeken: een plan dat {more} meer waard is dan het plan zoals het er ligt. Andere wegen zijn daarmee vergeleken."),
            )
        }
        Some(_) => return String::new(),
    };
    let now = match reasons.legs.as_ref().and_then(|legs| legs_text(legs)) {
        Some(legs) => lang.pick(format!(" In it, the case is on {legs}."), format!(" Daarin is de zaak op {legs}.")),
        None => lang.pick(" In it, the case is not planned.", " Daarin is de zaak niet gepland.").to_owned(),
    };
    wrap("  ", &(text + &now))
}

fn way_of(other: &Alternative, lang: Lang) -> String {
    match legs_text(&other.legs) {
        Some(legs) => lang.pick(format!("On {legs}: "), format!("Op {legs}: ")),
        None => lang.pick("Not planned: ", "Niet gepland: ").to_owned(),
    }
}

fn cost(other: &Alternative, lang: Lang) -> String {
    let (least, most) = (other.cost.least, other.cost.most);
    let size = |amount: Euro| euro(lang, if amount.get() < 0.0 { -amount } else { amount });
    let difference = |amount: Euro| match amount.get() < 0.0 {
        true => lang.pick(
            format!("the plan as a whole gains {}", size(amount)),
            format!("het plan als geheel wint {}", size(amount)),
        ),
        false => lang.pick(
            format!("the plan as a whole loses {}", size(amount)),
            format!("het plan als geheel verliest {}", size(amount)),
        ),
    };
    if other.cost.is_plain() {
        return difference(most) + ".";
    }
    let found = difference(other.found);
    let rest = if most.get() < 0.0 {
        let (least, most) = (size(least), size(most));
        lang.pick(format!("it gains between {most} and {least}"), format!("het wint tussen {most} en {least}"))
    } else if least.get() < 0.0 {
        // How much it could gain at most is, where nothing better was proven, a number that says nothing to anybody.
        let most = size(most);
        lang.pick(
            format!("it loses no more than {most}; whether it could also gain is not known"),
            format!("het verliest hoogstens {most}; of het ook kan winnen is niet bekend"),
        )
    } else {
        let (least, most) = (size(least), size(most));
        lang.pick(format!("it loses between {least} and {most}"), format!("het verliest tussen {least} en {most}"))
    };
    lang.pick(
        format!("{found} in what the search has found; proven is only that {rest}."),
        format!("{found} in wat het zoeken heeft gevonden; bewezen is alleen: {rest}."),
    )
}

/// Others that are named.
const NAMED: usize = 8;

/// What else is otherwise then: who departs otherwise, what is not driven, which duties lack people.
fn along(other: &Alternative, lang: Lang) -> String {
    let stays = || lang.pick("not planned", "niet gepland").to_owned();
    let others = other.others.iter().map(|(case, legs)| format!("{case}: {}", legs_text(legs).unwrap_or_else(stays)));
    let parts = [
        (lang.pick("Others then", "Anderen dan"), named(&others.collect::<Vec<_>>(), lang)),
        (
            lang.pick("Transfers not driven then", "Vervoersopdrachten die dan niet gereden worden"),
            named(&words(&other.undriven), lang),
        ),
        (
            lang.pick("Duties that lack people then", "Diensten waar dan mensen ontbreken"),
            named(&words(&other.unfilled), lang),
        ),
    ];
    let parts = parts.into_iter().filter(|(_, list)| !list.is_empty());
    parts.map(|(what, list)| wrap("    ", &format!("{what}: {list}."))).collect()
}

fn words<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// The first of a list, and how many more there are.
fn named(list: &[String], lang: Lang) -> String {
    let mut text = list.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if let Some(more) = list.len().checked_sub(NAMED).filter(|more| *more > 0) {
        text += &lang.pick(format!(" and {more} more"), format!(" en nog {more}"));
    }
    text
}

fn left_out(week: &Week, reasons: &Reasons, lang: Lang) -> String {
    let mut page = heading(lang.pick("What stands in its way", "Wat in de weg staat"));
    page += &compared(reasons, lang);
    if let Some(way) = &reasons.way {
        page += &nearest(week, way, lang);
    }
    match reasons.alternatives.first() {
        Some(other) => {
            let on = way_of(other, lang);
            let (best, beste) = if other.cost.is_plain() {
                ("the best way", "de beste weg")
            } else {
                ("the best way found", "de beste gevonden weg")
            };
            let text = lang.pick(
                format!("{on}{best} to have it in. With it, {}", cost(other, lang)),
                format!("{on}{beste} om haar erin te hebben. Daarmee geldt: {}", cost(other, lang)),
            );
            page += &wrap("  ", &text);
            page += &along(other, lang);
        }
        None => {
            let text = if reasons.exhausted {
                lang.pick("No plan has it in.", "Geen plan heeft haar erin.")
            } else {
                lang.pick(
                    "No plan with it in was found in the time given.",
                    "In de gegeven tijd is geen plan gevonden met haar erin.",
                )
            };
            page += &wrap("  ", text);
        }
    }
    if let Some(opening) = &reasons.opening {
        page += &opens(week, opening, lang);
    }
    page
}

fn nearest(week: &Week, way: &Way, lang: Lang) -> String {
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
    }
    if !way.transfers.is_empty() {
        let list = named(&words(&way.transfers), lang);
        let each = euro(lang, week.costs.unmet_transfer);
        page += &wrap(
            "    ",
            &lang.pick(
                format!("Were any one of these transfers not driven ({each} each), there would be room: {list}."),
                format!("Zou een van deze vervoersopdrachten niet gereden worden ({each} per opdracht), dan zou er plaats zijn: {list}."),
            ),
        );
    }
    if !way.lacks.is_empty() && way.holders.is_empty() && way.transfers.is_empty() {
        let text = lang.pick(
            "With everybody else's work as it stands, no single case or transfer was found whose place would be enough.",
            "Met ieders werk zoals het er ligt, is geen enkele zaak of vervoersopdracht gevonden waarvan de plaats alleen genoeg zou zijn.",
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
