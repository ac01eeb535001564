//! The sentences of the work list, English and Dutch side by side; those of closed gates stand in the gates room.

use crate::lang::Lang;
use crate::publish::words::phrases;

phrases! {
    legend: "A case stands under everybody who can open something for it, the soonest departure first. First departure: the first flight \
         that would be possible if everything it needs were opened now. Worth: of the departure if it were certain. An arrow says what \
         would open the gate. In brackets: file and line. Clock times are Amsterdam time.",
        "Een zaak staat bij ieder die iets voor haar kan openen, het vroegste vertrek eerst. Eerste vertrek: de eerste vlucht die zou \
         kunnen als alles wat nodig is nu open was. Waarde: van het vertrek als het zeker was. Een pijl zegt wat de poort zou openen. \
         Tussen haken: bestand en regel. Kloktijden zijn Nederlandse tijd.";
    no_flight: "no flight in this folder", "geen vlucht in deze map";
}

pub(super) fn title(lang: Lang, week: &str) -> String {
    lang.pick(
        format!("Work list for week {week}: what keeps cases from departing"),
        format!("Werklijst voor week {week}: wat vertrek van zaken tegenhoudt"),
    )
}

pub(super) fn intro(lang: Lang, now: &str, closed: usize, all: usize) -> String {
    lang.pick(
        format!("Situation of {now}. Of {all} cases, {closed} may not depart yet."),
        format!("Situatie van {now}. Van {all} zaken mogen er {closed} nog niet vertrekken."),
    )
}

/// `flights` of the cases have a flight; `gain` is the worth of these.
pub(super) fn owner(lang: Lang, owner: &str, cases: usize, flights: usize, gain: &str) -> String {
    lang.pick(
        format!("{owner}: cases {cases}, with a flight {flights}, worth {gain}"),
        format!("{owner}: zaken {cases}, met een vlucht {flights}, waarde {gain}"),
    )
}

pub(super) fn case(lang: Lang, persons: &str, first: &str, gain: &str) -> String {
    lang.pick(
        format!("{persons}; first departure: {first}; worth {gain}"),
        format!("{persons}; eerste vertrek: {first}; waarde {gain}"),
    )
}

pub(super) fn also(lang: Lang, owners: &str) -> String {
    lang.pick(format!("Also needed from: {owners}"), format!("Ook nodig van: {owners}"))
}
