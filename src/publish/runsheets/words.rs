//! The sentences of the run sheets, English and Dutch side by side.

use super::Action;
use crate::lang::Lang;

pub(super) fn title(lang: Lang, week: &str) -> String {
    lang.pick(format!("DV&O run sheets, week {week}"), format!("DV&O-ritstaten, week {week}"))
}

pub(super) fn legend(lang: Lang) -> &'static str {
    lang.pick(
        "One sheet a shift. Start: when loading or unloading begins. Aboard: persons aboard after the stop. Clock times are Amsterdam time.",
        "Een staat per dienst. Begin: wanneer het laden of lossen begint. Aan boord: personen aan boord na de stop. Kloktijden zijn \
         Nederlandse tijd.",
    )
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

pub(super) fn time(lang: Lang) -> &'static str {
    lang.pick("start", "begin")
}

pub(super) fn done(lang: Lang) -> &'static str {
    lang.pick("end", "eind")
}

pub(super) fn place(lang: Lang) -> &'static str {
    lang.pick("place", "plaats")
}

pub(super) fn what(lang: Lang) -> &'static str {
    lang.pick("what", "wat")
}

pub(super) fn aboard(lang: Lang) -> &'static str {
    lang.pick("aboard", "aan boord")
}
