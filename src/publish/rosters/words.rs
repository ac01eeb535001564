//! The sentences of the rosters, English and Dutch side by side.

use crate::lang::Lang;
use crate::publish::words::phrases;

phrases! {
    legend: "From reporting to end of duty, with paid hours. Clock times are Amsterdam time; a flight time elsewhere is on the clock of \
         its own airport, with its distance from UTC.",
        "Van melden tot einde dienst, met betaalde uren. Kloktijden zijn Nederlandse tijd; een vluchttijd elders staat op de klok \
         van de eigen luchthaven, met de afstand tot UTC.";
}

pub(super) fn title(lang: Lang, week: &str) -> String {
    lang.pick(format!("Rosters of escorts, week {week}"), format!("Roosters van begeleiders, week {week}"))
}

pub(super) fn calendar(lang: Lang, escort: &str, week: &str) -> String {
    lang.pick(format!("Roster {escort} {week}"), format!("Rooster {escort} {week}"))
}

pub(super) fn person(lang: Lang, role: &str, duties: usize, hours: &str, limit: Option<&str>) -> String {
    let turns = match duties {
        1 => lang.pick("1 duty".to_owned(), "1 dienst".to_owned()),
        n => lang.pick(format!("{n} duties"), format!("{n} diensten")),
    };
    let limit = limit.map_or(String::new(), |limit| {
        lang.pick(format!(" (at most {limit} a week)"), format!(" (hoogstens {limit} per week)"))
    });
    format!("{role}, {turns}, {hours}{limit}")
}

pub(super) fn rest(lang: Lang, hours: &str) -> String {
    lang.pick(format!("rest {hours}"), format!("rust {hours}"))
}

pub(super) fn idle(lang: Lang, count: usize) -> String {
    lang.pick(format!("No duty this week ({count}): "), format!("Geen dienst deze week ({count}): "))
}

pub(super) fn flight(lang: Lang, legs: &str) -> String {
    lang.pick(format!("Flight {legs}"), format!("Vlucht {legs}"))
}

pub(super) fn fixed(lang: Lang, duty: &str, role: Option<&str>, skill: Option<&str>) -> String {
    let asks: Vec<&str> = role.into_iter().chain(skill).collect();
    let asks = if asks.is_empty() { String::new() } else { format!(" ({})", asks.join(", ")) };
    lang.pick(format!("Fixed duty {duty}{asks}"), format!("Vaste dienst {duty}{asks}"))
}

pub(super) fn together(lang: Lang, others: &str) -> String {
    lang.pick(format!("Together with {others}"), format!("Samen met {others}"))
}

pub(super) fn cases(lang: Lang, cases: &str) -> String {
    lang.pick(format!("Cases: {cases}"), format!("Zaken: {cases}"))
}

pub(super) fn with_medical(lang: Lang, company: &str) -> String {
    lang.pick(format!("with a {company}"), format!("met een {company}"))
}

pub(super) fn way_home(lang: Lang, flight: &str, from: &str, leaves: &str, to: &str, arrives: &str) -> String {
    lang.pick(
        format!("Home with {flight}: {from} {leaves} → {to} {arrives} (Amsterdam time)"),
        format!("Naar huis met {flight}: {from} {leaves} → {to} {arrives} (Nederlandse tijd)"),
    )
}
