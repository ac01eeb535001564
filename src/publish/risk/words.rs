//! The sentences of the products of a fit, in both languages.

use crate::lang::Lang;
use crate::publish::format::{number, percent};
use crate::publish::words::phrases;
use crate::risk::{Coefficient, Validation};

phrases! {
    reliability_title: "Chances said and what came of them", "Genoemde kansen en wat ervan kwam";
    forecast_axis: "chance said of going through", "genoemde kans dat het doorgaat";
    observed_axis: "share that went through", "deel dat doorging";
    days_axis: "days of notice", "dagen aanzegging";
    hazards_about: "Fitted hazard with its 95% band; a band that goes on above the axis is cut off there.",
        "Geschat uitvalrisico met zijn 95%-band; een band die boven de as doorloopt, is daar afgekapt.";
    page_title: "Cancellation hazards, fitted on history", "Uitvalrisico's, geschat op historie";
    hazards_heading: "Hazards, with 95% intervals", "Uitvalrisico's, met 95%-intervallen";
    validation_heading: "On departures planned later than those the fit has seen", "Op vertrekken die later zijn gepland dan wat de schatting zag";
    no_validation: "There are too few departures, dates or endings to judge the fit on later departures. One constant rate is recommended.",
        "Er zijn te weinig vertrekken, datums of verschillende aflopen om de schatting op latere vertrekken te beoordelen. Eén vast percentage wordt aangeraden.";
    use_fitted: "Recommended: the fitted hazards. On later departures they are better than one constant rate, with 95% confidence.",
        "Aangeraden: de geschatte uitvalrisico's. Op latere vertrekken zijn ze beter dan één vast percentage, met 95% zekerheid.";
    use_constant: "Recommended: one constant rate. The fitted hazards are not shown to be better on later departures.",
        "Aangeraden: één vast percentage. Dat de geschatte uitvalrisico's op latere vertrekken beter zijn, is niet aangetoond.";
    process_only: "These are rates of states of the process, not of persons. They never suggest detention or a harsher measure: that fewer departures from detention are cancelled does not show that detention causes it.",
        "Dit zijn percentages van standen van het proces, niet van personen. Ze zijn nooit een reden voor bewaring of een zwaardere maatregel: dat uit bewaring minder vertrekken uitvallen, toont niet aan dat bewaring dat bewerkt.";
    column_hazard: "hazard", "uitvalrisico";
    column_value: "value", "waarde";
    column_interval: "95% interval", "95%-interval";
    column_default: "default", "standaard";
    column_fit: "fit", "schatting";
    column_constant: "constant", "vast";
    log_loss: "log loss", "logverlies";
    brier: "Brier score", "Brierscore";
    slope: "calibration slope (1 is right)", "kalibratiehelling (1 is goed)";
    intercept: "calibration intercept (0 is right)", "kalibratieconstante (0 is goed)";
    calibration_error: "expected calibration error", "verwachte kalibratiefout";
    by_chance: "the same error by chance alone", "dezelfde fout door toeval alleen";
    less_constant: "log loss less that of the constant", "logverlies min dat van het vaste percentage";
    less_defaults: "log loss less that of the defaults", "logverlies min dat van de standaard";
}

pub(super) fn reliability_about(lang: Lang, judged: usize) -> String {
    lang.pick(
        format!("Ten groups of {judged} later departures; bars are 95% intervals of the share. On the dashed line every chance is right."),
        format!("Tien groepen van {judged} latere vertrekken; strepen zijn 95%-intervallen van het deel. Op de stippellijn klopt elke kans."),
    )
}

pub(super) fn bin(lang: Lang, departures: usize, forecast: f64, observed: f64) -> String {
    let (forecast, observed) = (percent(lang, forecast, 1), percent(lang, observed, 1));
    lang.pick(
        format!("{departures} departures: {forecast} said, {observed} went through"),
        format!("{departures} vertrekken: {forecast} genoemd, {observed} ging door"),
    )
}

pub(super) fn panel(lang: Lang, measure: &str, rows: usize) -> String {
    lang.pick(format!("{measure} ({rows} departures)"), format!("{measure} ({rows} vertrekken)"))
}

pub(super) fn hazard_axis(lang: Lang, procedure: bool) -> &'static str {
    if procedure {
        lang.pick("hazard of a new procedure", "uitvalrisico door een nieuwe procedure")
    } else {
        lang.pick("hazard of absence", "uitvalrisico door afwezigheid")
    }
}

pub(super) fn hazards_title(lang: Lang, procedure: bool) -> &'static str {
    hazard_axis(lang, procedure)
}

pub(super) fn rows(lang: Lang, rows: usize, from: &str, until: &str) -> String {
    let rows = number(lang, rows as f64, 0);
    lang.pick(
        format!("{rows} departures, planned {from} to {until}."),
        format!("{rows} vertrekken, gepland {from} tot en met {until}."),
    )
}

pub(super) fn moved(lang: Lang, rows: usize) -> String {
    lang.pick(
        format!("{rows} cancelled by preparation with a complete file: counted as other causes, since the model lets preparation come from unknown parts only."),
        format!("{rows} uitgevallen door voorbereiding met een compleet dossier: geteld als andere oorzaak, want het model laat voorbereiding alleen uit onbekende delen komen."),
    )
}

/// Measures under which nobody in the history was to depart.
pub(super) fn unseen(lang: Lang, measures: &[crate::week::Measure]) -> String {
    let names: Vec<&str> = measures.iter().map(|&m| crate::publish::words::measure(lang, m)).collect();
    let names = names.join(", ");
    lang.pick(
        format!("No departures in this history under: {names}. Their hazards are drawn from the other measures and rest on nothing of their own; do not plan with them unless you know them to be alike."),
        format!("Geen vertrekken in deze historie onder: {names}. Hun uitvalrisico's komen van de andere maatregelen en steunen op niets eigens; plan er niet mee tenzij u weet dat ze gelijk zijn."),
    )
}

pub(super) fn split(lang: Lang, validation: &Validation) -> String {
    let Validation { steps, seen, seen_until, judged, departed, .. } = validation;
    let departed = percent(lang, departed.get(), 1);
    lang.pick(
        format!("{judged} departures judged, of which {departed} went through, in {steps} steps: each by a fit on all that was planned before it, the first on {seen} planned up to {seen_until}."),
        format!("{judged} vertrekken beoordeeld, waarvan {departed} doorging, in {steps} stappen: elk met een schatting op alles wat eerder was gepland, de eerste op {seen}, gepland tot en met {seen_until}."),
    )
}

/// A hazard in words.
pub(super) fn coefficient(lang: Lang, coefficient: Coefficient) -> String {
    let under = |m| crate::publish::words::measure(lang, m);
    match coefficient {
        Coefficient::Base(m) => lang.pick(format!("absence, {}", under(m)), format!("afwezig, {}", under(m))),
        Coefficient::PerDay(m) => {
            lang.pick(format!("absence a day, {}", under(m)), format!("afwezig per dag, {}", under(m)))
        }
        Coefficient::ProcedureBase(m) => {
            lang.pick(format!("procedure, {}", under(m)), format!("procedure, {}", under(m)))
        }
        Coefficient::ProcedurePerDay(m) => {
            lang.pick(format!("procedure a day, {}", under(m)), format!("procedure per dag, {}", under(m)))
        }
        Coefficient::Belongings => lang.pick("belongings not known", "bagage niet bekend").to_owned(),
        Coefficient::Physical => lang.pick("physical state not known", "lichamelijke toestand niet bekend").to_owned(),
        Coefficient::Medical => lang.pick("medical file not complete", "medisch dossier niet compleet").to_owned(),
        Coefficient::Escorted => lang.pick("other causes, with escorts", "andere oorzaken, met begeleiding").to_owned(),
        Coefficient::Unescorted => {
            lang.pick("other causes, without escorts", "andere oorzaken, zonder begeleiding").to_owned()
        }
    }
}
