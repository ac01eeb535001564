//! The difference between a plan under way and its repair as a page: who hears what new, whose roster changes, which vehicle.

use super::format::euro_cents;
use super::page::{Align, heading, page_title, table, wrap};
use crate::gates::GateName;
use crate::lang::Lang;
use crate::plan::changes::{Cause, Change, Changes, What};
use crate::week::Week;

/// The page of a difference.
pub fn changes_page(week: &Week, changes: &Changes, lang: Lang) -> String {
    let title = lang.pick(
        format!("Repair of the plan for week {}", week.week),
        format!("Herstel van het plan voor week {}", week.week),
    );
    let mut page = page_title(&title);
    let [costs, objective, worth, bound] =
        [changes.change_costs, changes.objective, changes.repair_objective, changes.repair_bound]
            .map(|amount| euro_cents(lang, amount));
    let count = match changes.changes.len() {
        1 => lang.pick("1 change, which costs", "1 wijziging, die kost:").to_owned(),
        n => lang.pick(format!("{n} changes, which cost together"), format!("{n} wijzigingen, die samen kosten:")),
    };
    page += &wrap(
        "  ",
        &lang.pick(
            format!("{count} {costs}. The repaired plan is worth {objective}, less those costs {worth}; no repair is worth more than {bound}."),
            format!("{count} {costs}. Het herstelde plan is {objective} waard, min die kosten {worth}; geen herstel is meer waard dan {bound}."),
        ),
    );
    if !changes.events.is_empty() {
        page += &heading(lang.pick("What happened", "Wat er is gebeurd"));
        let rows: Vec<Vec<String>> = changes
            .events
            .iter()
            .map(|event| {
                let at = crate::calendar::local(event.at).format("%Y-%m-%d %H:%M").to_string();
                vec![event.event.to_string(), at, event.kind.word().to_owned(), event.subject.clone()]
            })
            .collect();
        page += &table(
            2,
            &columns(lang, [("event", "gebeurtenis"), ("at", "op"), ("kind", "soort"), ("of", "van")]),
            &rows,
        );
    }
    for (whats, english, dutch) in [
        (&[What::Departure, What::Notice][..], "Who hears what new", "Wie hoort wat er nieuw is"),
        (&[What::Team, What::Duty][..], "Whose roster changes", "Wiens rooster verandert"),
        (&[What::Ride, What::Transfer][..], "Which rides change", "Welke ritten veranderen"),
    ] {
        let of: Vec<&Change> = changes.changes.iter().filter(|change| whats.contains(&change.what)).collect();
        if of.is_empty() {
            continue;
        }
        page += &heading(lang.pick(english, dutch));
        let titles = columns(
            lang,
            [
                ("what", "wat"),
                ("of", "van"),
                ("was", "was"),
                ("becomes", "wordt"),
                ("euro", "euro"),
                ("because", "omdat"),
            ],
        );
        let rows: Vec<Vec<String>> = of.into_iter().map(|change| row(week, change, lang)).collect();
        page += &table(2, &titles, &rows);
    }
    if changes.changes.is_empty() {
        page.push('\n');
        page += &wrap("  ", lang.pick("Nothing changes.", "Er verandert niets."));
    }
    page
}

fn columns<const N: usize>(lang: Lang, titles: [(&'static str, &'static str); N]) -> [(&'static str, Align); N] {
    titles.map(|(english, dutch)| {
        let align = if english == "euro" { Align::Right } else { Align::Left };
        (lang.pick(english, dutch), align)
    })
}

fn row(week: &Week, change: &Change, lang: Lang) -> Vec<String> {
    let what = what(change.what, lang);
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
    let cost = if change.cost.get() == 0.0 { String::new() } else { change.cost.to_string() };
    vec![
        what.to_owned(),
        change.subject.clone(),
        side(&change.from),
        side(&change.to),
        cost,
        reason(week, change, lang),
    ]
}

/// What changes, in words.
pub(crate) fn what(what: What, lang: Lang) -> &'static str {
    match (what, lang) {
        (What::Departure, Lang::En) => "departure",
        (What::Departure, Lang::Nl) => "vertrek",
        (What::Notice, Lang::En) => "notice",
        (What::Notice, Lang::Nl) => "aanzegging",
        (What::Team, _) => "team",
        (What::Duty, Lang::En) => "fixed duty",
        (What::Duty, Lang::Nl) => "vaste dienst",
        (What::Ride, Lang::En) => "ride",
        (What::Ride, Lang::Nl) => "rit",
        (What::Transfer, Lang::En) => "transfer",
        (What::Transfer, Lang::Nl) => "vervoersopdracht",
    }
}

/// The cause of a change as a sentence, with the event behind it.
pub(crate) fn reason(week: &Week, change: &Change, lang: Lang) -> String {
    let because = match &change.because {
        Cause::Gate { gate, rows } => {
            let name = GateName::ALL.iter().find(|name| name.word() == gate).map_or(gate.as_str(), |name| name.word());
            let rows = rows.join(", ");
            lang.pick(format!("gate {name} is closed ({rows})"), format!("poort {name} is dicht ({rows})"))
        }
        Cause::Gone { kind, id } => {
            let dutch = match kind.as_str() {
                "leg" => "vlucht",
                "escort" => "begeleider",
                "shift" => "voertuigdienst",
                "transfer" => "vervoersopdracht",
                "duty" => "dienst",
                _ => "zaak",
            };
            lang.pick(format!("{kind} {id} is gone"), format!("{dutch} {id} is er niet meer"))
        }
        Cause::Pin(pin) => match week.pins.get(pin) {
            Some(row) => {
                let (by, reason) = (&row.by, &row.reason);
                lang.pick(
                    format!("pinned by {by} ({pin}): {reason}"),
                    format!("vastgelegd door {by} ({pin}): {reason}"),
                )
            }
            None => lang.pick(format!("pin {pin}"), format!("pin {pin}")),
        },
        Cause::Unable => lang.pick("the escort is away", "de begeleider is afwezig").to_owned(),
        Cause::NoItinerary => {
            lang.pick("its flight can no longer be taken", "de vlucht kan niet meer worden genomen").to_owned()
        }
        Cause::Scarce(lacks) => {
            let lacks: Vec<String> = lacks.iter().map(|lack| lack.sentence(lang)).collect();
            let lacks = lacks.join(", ");
            lang.pick(format!("there is no more of: {lacks}"), format!("er is geen plaats meer: {lacks}"))
        }
        Cause::Along => lang.pick("goes with the other changes", "hoort bij de andere wijzigingen").to_owned(),
        Cause::Room => lang.pick("there is a place for it now", "er is nu plaats voor").to_owned(),
        Cause::Worth => lang.pick("the plan as a whole is worth more", "het plan als geheel is meer waard").to_owned(),
    };
    match &change.event {
        Some(event) => {
            lang.pick(format!("{because}, by event {event}"), format!("{because}, door gebeurtenis {event}"))
        }
        None => because,
    }
}
