//! The sentences about open gates, English and Dutch side by side; closed gates have theirs in the gates room.

use crate::lang::Lang;
use crate::publish::format::moment_year;
use crate::week::{Case, ClockWindow, Destination, Document, DocumentKind, FitToFly, Person};
use chrono::NaiveTime;

pub(super) fn closed(lang: Lang, why: &str) -> String {
    lang.pick(format!("CLOSED: {why}"), format!("DICHT: {why}"))
}

pub(super) fn released(lang: Lang, by: &str, at: &str) -> String {
    lang.pick(format!("released for planning by {by} on {at}"), format!("vrijgegeven voor planning door {by} op {at}"))
}

pub(super) fn no_voluntary(lang: Lang) -> &'static str {
    lang.pick("no voluntary departure under way", "geen zelfstandig vertrek gaande")
}

pub(super) fn period(lang: Lang, case: &Case) -> String {
    let parts: Vec<String> = [
        case.earliest.map(|at| format!("{} {}", lang.pick("not before", "niet vóór"), moment_year(lang, at))),
        case.latest.map(|at| format!("{} {}", lang.pick("not after", "niet na"), moment_year(lang, at))),
        case.term_until.map(|at| {
            format!(
                "{} {}",
                lang.pick("the term to leave by oneself ends", "de termijn om zelf te vertrekken eindigt"),
                moment_year(lang, at)
            )
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { lang.pick("no limits", "geen grenzen").to_owned() } else { parts.join("; ") }
}

pub(super) fn procedures(lang: Lang, count: usize) -> String {
    match count {
        0 => lang.pick("no procedures", "geen procedures").to_owned(),
        n => lang.pick(
            format!("procedures: {n}; none of them is open and suspends departure"),
            format!("procedures: {n}; geen ervan staat open en schort vertrek op"),
        ),
    }
}

pub(super) fn document(lang: Lang, person: &str, document: &Document, until: &str) -> String {
    let kind = match document.kind {
        DocumentKind::LaissezPasser => lang.pick("laissez-passer", "laissez-passer"),
        DocumentKind::Passport => lang.pick("passport", "paspoort"),
        DocumentKind::EuLaissezPasser => lang.pick("European laissez-passer", "Europees laissez-passer"),
        DocumentKind::ReadmissionAgreement => {
            lang.pick("document under a readmission agreement", "document onder een overnameovereenkomst")
        }
    };
    let id = &document.id;
    lang.pick(
        format!("{person}: {kind} {id}, valid until {until}"),
        format!("{person}: {kind} {id}, geldig tot {until}"),
    )
}

pub(super) fn available(lang: Lang, source: &str, from: &str, until: &str, confirmed: &str) -> String {
    let source = if source.is_empty() { String::new() } else { format!("{source}: ") };
    lang.pick(
        format!("{source}available {from} – {until}, confirmed {confirmed}"),
        format!("{source}beschikbaar {from} – {until}, bevestigd {confirmed}"),
    )
}

pub(super) fn fit(lang: Lang, person: &Person) -> String {
    let id = &person.id;
    let until = person.fit_until.map_or(String::new(), |at| moment_year(lang, at));
    match person.fit_to_fly {
        FitToFly::NotRequired => {
            lang.pick(format!("{id}: no declaration needed"), format!("{id}: geen verklaring nodig"))
        }
        _ => lang.pick(format!("{id}: fit to fly until {until}"), format!("{id}: reisgeschikt tot {until}")),
    }
}

pub(super) fn reception(lang: Lang, minors: usize) -> String {
    match minors {
        0 => lang.pick("no unaccompanied minors", "geen alleenstaande minderjarigen").to_owned(),
        n => lang.pick(
            format!("unaccompanied minors whose reception is confirmed: {n}"),
            format!("alleenstaande minderjarigen met bevestigde opvang: {n}"),
        ),
    }
}

pub(super) fn no_terms(lang: Lang) -> &'static str {
    lang.pick("the receiving state sets no terms", "de ontvangende staat stelt geen voorwaarden")
}

/// `ahead` and `asked` are days between announcement and departure.
pub(super) fn arrival(lang: Lang, ahead: i64, asked: u32, arrives: &str, terms: &Destination) -> String {
    let hours = window(lang, terms.arrival);
    let days = terms.weekdays.as_ref().map_or(String::new(), |days| {
        let days: Vec<String> = days.iter().map(u8::to_string).collect();
        lang.pick(
            format!(", on weekdays {} (1 is Monday)", days.join(" ")),
            format!(", op weekdagen {} (1 is maandag)", days.join(" ")),
        )
    });
    lang.pick(
        format!("{ahead} days ahead ({asked} asked); arrives {arrives} (received {hours}{days})"),
        format!("{ahead} dagen vooraf ({asked} gevraagd); komt aan {arrives} (ontvangst {hours}{days})"),
    )
}

fn window(lang: Lang, window: ClockWindow) -> String {
    let clock = |at: NaiveTime| at.format("%H:%M").to_string();
    match (window.from, window.until) {
        (None, None) => lang.pick("at any hour", "op elk uur").to_owned(),
        (Some(from), None) => lang.pick(format!("from {}", clock(from)), format!("vanaf {}", clock(from))),
        (None, Some(until)) => lang.pick(format!("until {}", clock(until)), format!("tot {}", clock(until))),
        (Some(from), Some(until)) => format!("{}–{}", clock(from), clock(until)),
    }
}

/// `asked` are the hours and the office hours that the rule asks for.
pub(super) fn notice(lang: Lang, given: &str, office: &str, asked: &[String; 2]) -> String {
    let [hours, office_asked] = asked;
    lang.pick(
        format!("{given} of notice ({hours} asked), {office} of them office hours ({office_asked} asked)"),
        format!("{given} aanzegtijd ({hours} gevraagd), waarvan {office} kantooruren ({office_asked} gevraagd)"),
    )
}

pub(super) fn notice_kept(lang: Lang, given: &str) -> String {
    lang.pick(
        format!("notice given earlier for these very legs stays in force ({given})"),
        format!("eerdere aanzegging van precies deze vlucht blijft gelden ({given})"),
    )
}
