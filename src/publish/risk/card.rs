//! The model card: purpose, data, form, how sure it is, limits, human control, and what it must not be used for.

use super::{FittedRisk, page::span, words};
use crate::lang::Lang;
use crate::publish::format::{number, percent};
use crate::risk::{Validation, Verdict};

/// The card, as Markdown.
pub(super) fn card(fitted: &FittedRisk, lang: Lang) -> String {
    let mut out = format!("# {}\n", words::page_title(lang));
    let mut section = |title: &str, text: String| out += &format!("\n## {title}\n\n{text}\n");
    section(lang.pick("Purpose", "Doel"), lang.pick(PURPOSE_EN, PURPOSE_NL).to_owned());
    section(lang.pick("Must not be used for", "Mag niet worden gebruikt voor"), lang.pick(NOT_EN, NOT_NL).to_owned());
    section(lang.pick("Human control", "Menselijke controle"), lang.pick(HUMAN_EN, HUMAN_NL).to_owned());
    section(lang.pick("Data", "Gegevens"), data(fitted, lang));
    section(lang.pick("Form", "Vorm"), lang.pick(FORM_EN, FORM_NL).to_owned());
    section(lang.pick("How good it is", "Hoe goed het is"), quality(fitted, lang));
    section(words::hazards_heading(lang), hazards(fitted, lang));
    section(lang.pick("Limits", "Grenzen"), lang.pick(LIMITS_EN, LIMITS_NL).to_owned());
    out
}

const PURPOSE_EN: &str = "To weigh, in a weekly plan of lawful departures, how often departures in the same state of the process are cancelled: so that seats, \
escorts and rides are less often for nothing and fewer people are told of a flight that does not come about. It forecasts states of the process. It scores no person.";
const PURPOSE_NL: &str = "In een weekplanning van rechtmatige vertrekken meewegen hoe vaak vertrekken in dezelfde stand van het proces uitvallen: zodat plaatsen, \
begeleiding en ritten minder vaak voor niets zijn en minder mensen een vlucht krijgen aangezegd die er niet komt. Het voorspelt standen van het proces. Het geeft niemand een score.";
const NOT_EN: &str = "- Deciding whether somebody must leave, or may be planned at all: that is law, asked before any chance is computed.
- Detention, or any harsher measure. That fewer departures from detention are cancelled is an association; it shows no effect of detention.
- A shorter notice for one person, or setting back a group.
- Suspicion, enforcement, or any list of persons.";
const NOT_NL: &str = "- Beslissen of iemand moet vertrekken of gepland mag worden: dat is recht, en wordt getoetst voordat er een kans wordt berekend.
- Bewaring of een andere zwaardere maatregel. Dat uit bewaring minder vertrekken uitvallen is een samenhang; het toont geen werking van bewaring.
- Een kortere aanzegging voor één persoon, of het achterstellen van een groep.
- Verdenking, handhaving, of een lijst van personen.";
const HUMAN_EN: &str = "A named officer releases each case before it may be planned. A planner judges the proposal and decides. The program books nothing and tells nobody. \
Every chance can be taken apart by cause, and left out altogether with `use = \"none\"`. Each run leaves a record.";
const HUMAN_NL: &str = "Een aangewezen medewerker geeft elke zaak vrij voordat zij gepland mag worden. Een planner beoordeelt het voorstel en beslist. Het programma boekt niets en zegt \
niemand iets aan. Elke kans is per oorzaak uit te splitsen, en met `use = \"none\"` helemaal weg te laten. Elke run laat een verslag na.";
const FORM_EN: &str = "Competing causes: p = exp(-H), H = (a + b·days) + (u + v·days) + Σ parts of the file not known + other causes with or without escorts; a, b, u, v by measure. \
Penalised maximum likelihood, no hazard below zero, measures partially pooled. Inputs: measure, days of notice, belongings, physical and medical file known or not, escorts or not. \
There is no input for sex, age, destination, nationality or any id; the program's types have no field for them and a test holds that.";
const FORM_NL: &str = "Concurrerende oorzaken: p = exp(-H), H = (a + b·dagen) + (u + v·dagen) + Σ onbekende delen van het dossier + andere oorzaken met of zonder begeleiding; a, b, u, v per \
maatregel. Grootste aannemelijkheid met een strafterm, geen risico onder nul, maatregelen deels naar elkaar toe getrokken. Invoer: maatregel, dagen aanzegging, bagage, lichamelijk en medisch dossier bekend of \
niet, begeleiding of niet. Er is geen invoer voor geslacht, leeftijd, bestemming, nationaliteit of een kenmerk; de typen van het programma hebben er geen veld voor en een toets bewaakt dat.";
const LIMITS_EN: &str = "- Associations in past practice, not effects. Nothing published says how absence depends on the length of notice; the days coefficient is what this history shows, with all that went along with it.
- Constant rates: seasons, new rules and single countries are not in it. Fit again when practice changes.
- Families count as one departure. A cancelled departure is not always a loss: some people left earlier by themselves.
- Intervals take departures as independent; departures of one flight are not quite.
- The values of measures with few departures lean on the other measures; their intervals rest on their own departures, are stretched to hold the value where they do not, and are wide.";
const LIMITS_NL: &str = "- Samenhang in de praktijk van toen, geen werking. Niets gepubliceerds zegt hoe afwezigheid van de lengte van de aanzegging afhangt; het getal per dag is wat deze historie laat zien, met alles wat daarmee samenging.
- Vaste percentages: seizoenen, nieuwe regels en afzonderlijke landen zitten er niet in. Schat opnieuw als de praktijk verandert.
- Een gezin telt als één vertrek. Een uitgevallen vertrek is niet altijd verlies: sommige mensen vertrokken eerder zelf.
- De intervallen nemen vertrekken als onafhankelijk; vertrekken op één vlucht zijn dat niet helemaal.
- De waarden van maatregelen met weinig vertrekken leunen op de andere maatregelen; hun intervallen steunen op eigen vertrekken, zijn opgerekt tot de waarde erin valt waar dat niet zo is, en zijn breed.";

fn data(fitted: &FittedRisk, lang: Lang) -> String {
    let (from, until) = (fitted.dates.0.to_string(), fitted.dates.1.to_string());
    let mut out = format!("{} SHA-256: `{}`.\n", words::rows(lang, fitted.fit.rows, &from, &until), fitted.digest);
    if fitted.fit.moved_to_other > 0 {
        out += &format!("\n{}\n", words::moved(lang, fitted.fit.moved_to_other));
    }
    let unseen = fitted.unseen();
    if !unseen.is_empty() {
        out += &format!("\n{}\n", words::unseen(lang, &unseen));
    }
    out += lang.pick("\n| measure | departures |\n| --- | ---: |\n", "\n| maatregel | vertrekken |\n| --- | ---: |\n");
    for (measure, rows) in &fitted.fit.rows_of {
        out += &format!("| {} | {rows} |\n", crate::publish::words::measure(lang, *measure));
    }
    out
}

fn quality(fitted: &FittedRisk, lang: Lang) -> String {
    let Some(validation) = &fitted.validation else { return words::no_validation(lang).to_owned() };
    let verdict = match fitted.verdict() {
        Verdict::Fitted => words::use_fitted(lang),
        Verdict::Constant => words::use_constant(lang),
    };
    let split = words::split(lang, validation);
    format!(
        "**{verdict}**\n\n{split}\n\n{}\n![{}](reliability.svg)\n",
        scores(validation, lang),
        words::reliability_title(lang)
    )
}

fn scores(validation: &Validation, lang: Lang) -> String {
    let digits = |value: f64| number(lang, value, 4);
    let (constant, defaults) = (&validation.against_constant, &validation.against_defaults);
    let mut out = format!(
        "| | {} | {} | {} |\n| --- | ---: | ---: | ---: |\n",
        words::column_fit(lang),
        words::column_constant(lang),
        words::column_default(lang)
    );
    let mut row = |name: &str, fit: String, other: [String; 2]| {
        out += &format!("| {name} | {fit} | {} | {} |\n", other[0], other[1])
    };
    let none = || [String::new(), String::new()];
    row(words::log_loss(lang), digits(validation.log_loss), [digits(constant.log_loss), digits(defaults.log_loss)]);
    row(words::brier(lang), digits(validation.brier.score), [digits(constant.brier), digits(defaults.brier)]);
    let brier = &validation.brier;
    let parts = [
        ("reliability", "betrouwbaarheid", brier.reliability),
        ("resolution", "onderscheid", brier.resolution),
        ("uncertainty", "onzekerheid", brier.uncertainty),
        ("within groups", "binnen groepen", brier.within),
    ];
    parts
        .iter()
        .for_each(|(english, dutch, value)| row(&format!("- {}", lang.pick(*english, *dutch)), digits(*value), none()));
    let interval = |at: crate::risk::Interval| format!("{} ({})", digits(at.value), span(lang, at.low, at.high, 4));
    row(words::less_constant(lang), interval(constant.difference), none());
    row(words::less_defaults(lang), interval(defaults.difference), none());
    if let Some(calibration) = validation.calibration {
        row(words::slope(lang), interval(calibration.slope), none());
        row(words::intercept(lang), interval(calibration.intercept), none());
    }
    row(words::calibration_error(lang), interval(validation.calibration_error), none());
    row(words::by_chance(lang), digits(validation.error_by_chance), none());
    out
}

fn hazards(fitted: &FittedRisk, lang: Lang) -> String {
    let mut out = format!(
        "| {} | {} | {} |\n| --- | ---: | ---: |\n",
        words::column_hazard(lang),
        words::column_value(lang),
        words::column_interval(lang)
    );
    for estimate in &fitted.fit.estimates {
        let (name, value) = (words::coefficient(lang, estimate.coefficient), number(lang, estimate.value.get(), 4));
        out += &format!("| {name} | {value} | {} |\n", span(lang, estimate.low.get(), estimate.high.get(), 4));
    }
    let cancelled = fitted.validation.as_ref().map(|validation| percent(lang, 1.0 - validation.departed.get(), 1));
    if let Some(cancelled) = cancelled {
        out += &lang.pick(
            format!("\nCancelled among those judged: {cancelled}.\n\n![absence](hazards_absence.svg)\n![procedure](hazards_procedure.svg)\n"),
            format!("\nUitgevallen onder de beoordeelde: {cancelled}.\n\n![afwezig](hazards_absence.svg)\n![procedure](hazards_procedure.svg)\n"),
        );
    }
    out
}
