//! The flights still open to one case as a page.

use super::page::{Align, page_title, table, wrap};
use crate::calendar::local;
use crate::gates::words::{remedy, why};
use crate::lang::Lang;
use crate::options::{gate, words};
use crate::replan::Offer;
use crate::week::{CaseId, LegId, Week};

/// The offers of a case, or what keeps it from having any.
pub fn offers_page(week: &Week, case: &CaseId, offers: &[Offer], lang: Lang) -> String {
    let title =
        lang.pick(format!("Flights still open to case {case}"), format!("Vluchten die nog openstaan voor zaak {case}"));
    let mut page = page_title(&title);
    if offers.is_empty() {
        return page + &wrap("  ", &nothing(week, case, lang));
    }
    let titles = [
        ("flight", "vlucht"),
        ("departs", "vertrek"),
        ("notice", "aanzegging"),
        ("chance", "kans"),
        ("gain", "winst"),
        ("joins the team", "erbij in het team"),
        ("shift", "dienst"),
        ("lacks", "mist"),
    ];
    let titles = titles.map(|(english, dutch)| {
        let align = if english == "gain" || english == "chance" { Align::Right } else { Align::Left };
        (lang.pick(english, dutch), align)
    });
    let rows: Vec<Vec<String>> = offers.iter().map(|offer| row(offer, lang)).collect();
    page += &table(2, &titles, &rows);
    page.push('\n');
    page += &wrap(
        "  ",
        lang.pick(
            "Gain: value less tickets, escorts, transport and change costs, in euro, when it is added to the plan as it stands.",
            "Winst: waarde min tickets, begeleiding, vervoer en wijzigingskosten, in euro, als zij wordt toegevoegd aan het plan zoals het er ligt.",
        ),
    );
    page
}

fn row(offer: &Offer, lang: Lang) -> Vec<String> {
    let at = |at| local(at).format("%Y-%m-%d %H:%M").to_string();
    let legs = offer.legs.iter().map(LegId::as_str).collect::<Vec<_>>().join("+");
    let slot = offer.slot.as_ref().map_or(String::new(), |slot| format!(" {slot}"));
    let escorts = offer.escorts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let lacks = offer.lacks.iter().map(|lack| lack.sentence(lang)).collect::<Vec<_>>().join(", ");
    vec![
        legs,
        at(offer.departs),
        at(offer.noticed_at) + &slot,
        format!("{:.0}%", 100.0 * offer.p.get()),
        offer.gain().map_or(String::new(), |gain| format!("{:.0}", gain.get())),
        escorts,
        offer.shift.as_ref().map_or(String::new(), ToString::to_string),
        lacks,
    ]
}

fn nothing(week: &Week, case: &CaseId, lang: Lang) -> String {
    let gated = gate(week);
    let found = week.cases.position(case).and_then(|at| gated.cases.get(at));
    if let Some(closed) = found.and_then(|case| case.gates.gate()) {
        let (why, remedy) = (why(closed, lang), remedy(closed, lang));
        return lang.pick(
            format!("None: gate {} is closed on it ({why}). It opens when: {remedy}.", closed.gate),
            format!("Geen: poort {} is dicht ({why}). Die gaat open wanneer: {remedy}.", closed.gate),
        );
    }
    let obstacle = found.and_then(|case| case.no_itinerary).map(crate::options::Obstacle::Itinerary);
    let why = obstacle.map_or_else(
        || {
            lang.pick("no flight has room for it, or is worth it", "geen vlucht heeft plaats, of is het waard")
                .to_owned()
        },
        |obstacle| words::obstacle(obstacle, lang).to_owned(),
    );
    lang.pick(format!("None: {why}."), format!("Geen: {why}."))
}
