//! The page of the readiness check: what is missing, most departures for an hour of work first.

use super::format::{moment, number};
use super::page::{Align, heading, page_title, table, wrap};
use crate::lang::Lang;
use crate::readiness::{Item, Need};
use crate::week::Week;
use std::collections::BTreeMap;

pub(crate) fn need(lang: Lang, need: Need) -> &'static str {
    match need {
        Need::Ticket => lang.pick("ticket bought", "ticket gekocht"),
        Need::Document => lang.pick("document in hand", "document in handen"),
        Need::Belongings => lang.pick("belongings settled", "bagage geregeld"),
        Need::Physical => lang.pick("physical state known", "lichamelijke toestand bekend"),
        Need::MedicalFile => lang.pick("medical file complete", "medisch dossier compleet"),
        Need::FitToFly => lang.pick("fit to fly until arrival", "geschikt om te vliegen tot aankomst"),
        Need::Availability => lang.pick("availability confirmed again", "beschikbaarheid opnieuw bevestigd"),
    }
}

/// What each planned departure needs 48 hours ahead, and what is not there yet.
pub fn readiness_page(week: &Week, items: &[Item], lang: Lang) -> String {
    let mut page = page_title(
        &lang.pick(format!("Readiness of week {}", week.week), format!("Gereedheid van week {}", week.week)),
    );
    let missing: Vec<&Item> = items.iter().filter(|item| !item.done).collect();
    let mut cases: BTreeMap<&str, bool> = BTreeMap::new();
    for item in items {
        *cases.entry(item.case.as_str()).or_insert(true) &= item.done;
    }
    let (all, ready) = (cases.len(), cases.values().filter(|ready| **ready).count());
    page += &wrap("  ", &lang.pick(
        format!("{ready} of {all} planned departures have everything that must be there 48 hours ahead; {} things are missing.", missing.len()),
        format!("{ready} van de {all} geplande vertrekken hebben alles wat er 48 uur van tevoren moet zijn; {} dingen ontbreken.", missing.len()),
    ));
    page += &wrap("  ", lang.pick(
        "Gain: persons expected to depart if it is there, less those if it is not, with the chances of this week; without ticket, document, fitness or availability nobody departs. Hours of work are assumed.",
        "Winst: personen die naar verwachting vertrekken als het er is, min die als het er niet is, met de kansen van deze week; zonder ticket, document, geschiktheid of beschikbaarheid vertrekt niemand. Uren werk zijn aangenomen.",
    ));
    if missing.is_empty() {
        return page;
    }
    page += &heading(lang.pick(
        "Missing, most departures for an hour of work first",
        "Ontbreekt, de meeste vertrekken per uur werk eerst",
    ));
    let row = |item: &&Item| {
        let late = if item.overdue { lang.pick(" (late)", " (te laat)") } else { "" };
        vec![
            item.case.to_string(),
            need(lang, item.need).to_owned(),
            format!("{}{late}", moment(lang, item.due)),
            number(lang, item.gain, 2),
            number(lang, item.work.get(), 2),
            number(lang, item.gain_per_hour(), 2),
            item.rows.join(" "),
        ]
    };
    let columns = [
        (lang.pick("case", "zaak"), Align::Left),
        (lang.pick("what", "wat"), Align::Left),
        (lang.pick("by", "uiterlijk"), Align::Left),
        (lang.pick("gain", "winst"), Align::Right),
        (lang.pick("hours", "uren"), Align::Right),
        (lang.pick("an hour", "per uur"), Align::Right),
        (lang.pick("rows", "rijen"), Align::Left),
    ];
    page + &table(2, &columns, &missing.iter().map(row).collect::<Vec<_>>())
}
