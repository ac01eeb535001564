//! The sentences of the notice list, English and Dutch side by side.

use crate::lang::Lang;
use crate::publish::words::phrases;

phrases! {
    legend: "By contact moment: which cases are told of their flight, together with the lawyer. Latest: until when notice of the same \
         flight could still be given lawfully. Clock times are Amsterdam time.",
        "Per contactmoment: welke zaken hun vlucht horen, samen met de advocaat. Uiterlijk: tot wanneer dezelfde vlucht nog \
         rechtmatig kan worden aangezegd. Kloktijden zijn Nederlandse tijd.";
    nothing: "No notice has to be given.", "Er hoeft niets te worden aangezegd.";
    given: "Given earlier and kept: do not tell again",
        "Eerder gedaan en blijft gelden: niet opnieuw aanzeggen";
    case: "case", "zaak";
    persons: "persons", "personen";
    flight: "flight", "vlucht";
    departs: "departs", "vertrekt";
    ahead: "ahead", "vooraf";
    deadline: "latest", "uiterlijk";
    told: "told", "aangezegd";
}

pub(super) fn title(lang: Lang, week: &str) -> String {
    lang.pick(format!("Notice list, week {week}"), format!("Aanzeglijst, week {week}"))
}

pub(super) fn contact(lang: Lang, slot: &str, cases: usize) -> String {
    match cases {
        1 => lang
            .pick(format!("Notice of departure, 1 case ({slot})"), format!("Aanzegging van vertrek, 1 zaak ({slot})")),
        n => lang.pick(
            format!("Notice of departure, {n} cases ({slot})"),
            format!("Aanzegging van vertrek, {n} zaken ({slot})"),
        ),
    }
}

pub(super) fn line(lang: Lang, case: &str, persons: &str, flight: &str, departs: &str, deadline: &str) -> String {
    lang.pick(
        format!("{case}, {persons}: {flight}, {departs}; at the latest {deadline}"),
        format!("{case}, {persons}: {flight}, {departs}; uiterlijk {deadline}"),
    )
}
