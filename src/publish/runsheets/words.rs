//! The sentences of the run sheets, English and Dutch side by side.

use super::Action;
use crate::lang::Lang;
use crate::publish::words::phrases;

phrases! {
    legend: "One sheet a shift. Start: when loading or unloading begins. Aboard: persons aboard after the stop. Clock times are Amsterdam time.",
        "Een staat per dienst. Begin: wanneer het laden of lossen begint. Aan boord: personen aan boord na de stop. Kloktijden zijn \
         Nederlandse tijd.";
    time: "start", "begin";
    done: "end", "eind";
    place: "place", "plaats";
    what: "what", "wat";
    aboard: "aboard", "aan boord";
}

pub(super) fn title(lang: Lang, week: &str) -> String {
    lang.pick(format!("DV&O run sheets, week {week}"), format!("DV&O-ritstaten, week {week}"))
}

pub(super) fn calendar(lang: Lang, shift: &str, week: &str) -> String {
    lang.pick(format!("Run {shift} {week}"), format!("Rit {shift} {week}"))
}

pub(super) fn run(lang: Lang, shift: &str, vehicle: &str) -> String {
    lang.pick(format!("DV&O run {shift}, vehicle {vehicle}"), format!("DV&O-rit {shift}, voertuig {vehicle}"))
}

pub(super) fn vehicle(lang: Lang, vehicle: &str, seats: u32, wheelchairs: u32, compartments: u32) -> String {
    lang.pick(
        format!("vehicle {vehicle} (seats {seats}, wheelchair places {wheelchairs}, compartments {compartments})"),
        format!("voertuig {vehicle} (stoelen {seats}, rolstoelplaatsen {wheelchairs}, compartimenten {compartments})"),
    )
}

pub(super) fn action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Leave => lang.pick("leave the depot", "vertrek van de standplaats"),
        Action::Load => lang.pick("load", "laden"),
        Action::Unload => lang.pick("unload", "lossen"),
        Action::Return => lang.pick("back at the depot", "terug op de standplaats"),
    }
}

pub(super) fn flight(lang: Lang, departs: &str, carrier: &str, to: &str) -> String {
    let carrier = if carrier.is_empty() { String::new() } else { format!("{carrier} ") };
    lang.pick(format!("flight {carrier}{departs} to {to}"), format!("vlucht {carrier}{departs} naar {to}"))
}
