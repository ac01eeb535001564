//! Words of the domain as they are printed, in both languages; sentences stand with the page they belong to.

use crate::lang::Lang;
use crate::plan::{Causes, NotPlanned};
use crate::units::Probability;
use crate::week::*;

/// A catalogue of phrases: a function of the language for each, the English before the Dutch.
macro_rules! phrases {
    ($($name:ident: $english:literal, $dutch:literal;)+) => {$(
        pub(crate) fn $name(lang: Lang) -> &'static str {
            lang.pick($english, $dutch)
        }
    )+};
}
pub(crate) use phrases;

/// The name of a measure.
pub(crate) fn measure(lang: Lang, measure: Measure) -> &'static str {
    match measure {
        Measure::Detention => lang.pick("detention", "bewaring"),
        Measure::FamilyClosed => lang.pick("closed family facility", "gesloten gezinsvoorziening"),
        Measure::Restricted => lang.pick("restricted to a location", "vrijheidsbeperking"),
        Measure::Family => lang.pick("family location", "gezinslocatie"),
        Measure::Reporting => lang.pick("duty to report", "meldplicht"),
        Measure::Bail => lang.pick("bail", "borgsom"),
        Measure::None => lang.pick("no measure", "geen maatregel"),
    }
}

/// The name of a kind of leg.
pub(crate) fn leg_kind(lang: Lang, kind: LegKind) -> &'static str {
    match kind {
        LegKind::Scheduled => lang.pick("scheduled flight", "lijnvlucht"),
        LegKind::Joint => lang.pick("joint flight (Frontex)", "gezamenlijke vlucht (Frontex)"),
        LegKind::National => lang.pick("national charter", "nationale charter"),
    }
}

/// The name of a role.
pub(crate) fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Escort => lang.pick("escort", "begeleider"),
        Role::Nurse => lang.pick("nurse", "verpleegkundige"),
        Role::Doctor => lang.pick("doctor", "arts"),
    }
}

/// The name of medical company.
pub(crate) fn medical(lang: Lang, medical: Medical) -> &'static str {
    match medical {
        Medical::Nurse => lang.pick("nurse", "verpleegkundige"),
        Medical::Doctor => lang.pick("doctor", "arts"),
    }
}

/// The name of a class on the road.
pub(crate) fn class(lang: Lang, class: TransferClass) -> &'static str {
    match class {
        TransferClass::M => lang.pick("man", "man"),
        TransferClass::F => lang.pick("woman", "vrouw"),
        TransferClass::X => lang.pick("separate", "apart"),
        TransferClass::Family => lang.pick("family", "gezin"),
    }
}

/// The legal kind of a departure.
pub(crate) fn case_kind(lang: Lang, kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Origin => lang.pick("return to the country of origin", "terugkeer naar het land van herkomst"),
        CaseKind::Dublin => lang.pick("Dublin transfer", "Dublinoverdracht"),
        CaseKind::ThirdCountry => lang.pick("return to a third country", "terugkeer naar een derde land"),
    }
}

/// `1 person`, `3 persons`.
pub(crate) fn persons(lang: Lang, count: u32) -> String {
    match count {
        1 => lang.pick("1 person", "1 persoon").to_owned(),
        n => format!("{n} {}", lang.pick("persons", "personen")),
    }
}

/// The causes of a cancellation with their chances, in the order of the specification.
pub(crate) fn causes(lang: Lang, causes: &Causes) -> [(&'static str, Probability); 4] {
    [
        (lang.pick("person not there", "persoon niet aanwezig"), causes.no_show),
        (lang.pick("new procedure", "nieuwe procedure"), causes.procedure),
        (lang.pick("preparation incomplete", "voorbereiding niet compleet"), causes.preparation),
        (lang.pick("other", "overig"), causes.other),
    ]
}

/// `1 wheelchair`, `2 wheelchairs`.
pub(crate) fn wheelchairs(lang: Lang, count: u32) -> String {
    match count {
        1 => lang.pick("1 wheelchair", "1 rolstoel").to_owned(),
        n => lang.pick(format!("{n} wheelchairs"), format!("{n} rolstoelen")),
    }
}

/// Why an open case is left out; a plan that does not say so as data has a sentence of its own.
pub(crate) fn reason(lang: Lang, case: &NotPlanned) -> String {
    case.left_out.as_ref().map_or_else(|| case.reason.clone(), |why| why.sentence(lang))
}

/// A text with its first letter in upper case.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
