//! The summary of a plan: what a planner reads in a minute, most important things first.

mod assumptions;
mod burdens;
mod departures;
mod open_ends;
mod words;
mod work;

use super::facts::Facts;
use super::format::{date_long, euro_cents, moment, number, percent};
use super::page::{Align, heading, page_title, table, wrap};
use crate::calendar;
use crate::lang::Lang;
use crate::plan::{Plan, Status};
use crate::units::{Euro, shift};
use crate::week::Week;

/// The summary a planner reads in a minute; lines of at most 110 characters.
pub fn summary(week: &Week, plan: &Plan, lang: Lang) -> String {
    let facts = Facts::new(week, plan);
    let mut page = headline(&facts, lang);
    page += &departures::section(&facts, lang);
    page += &work::section(&facts, lang);
    page += &open_ends::section(&facts, lang);
    page += &money(plan, week, lang);
    page += &burdens::section(&facts, lang);
    page += &assumptions::section(&facts, lang);
    page
}

fn headline(facts: &Facts, lang: Lang) -> String {
    let (week, plan) = (facts.week, facts.plan);
    let last = calendar::local_date(shift(week.end, -1.0));
    let period = words::period(lang, &date_long(lang, calendar::local_date(week.start)), &date_long(lang, last));
    let times = if week.legs.is_empty() { words::clock_times(lang) } else { words::flight_times(lang) };
    let mut page = page_title(&words::title(lang, &plan.week));
    page += &wrap("", &format!("{period} {} {times}", words::situation(lang, &moment(lang, week.now))));
    page.push('\n');
    if let Some(kind) = folder_kind(week, lang) {
        page += &wrap("", kind);
        page.push('\n');
    }
    let rows = key_figures(facts, lang).into_iter().map(|(name, text)| vec![name.to_owned(), text]).collect::<Vec<_>>();
    page + &table(2, &[("", Align::Left), ("", Align::Left)], &rows)
}

/// What is said of a folder that is not about cases.
fn folder_kind(week: &Week, lang: Lang) -> Option<&'static str> {
    match (week.cases.is_empty(), week.transfers.is_empty(), week.duties.is_empty()) {
        (false, ..) => None,
        (true, false, true) => Some(words::rides_only(lang)),
        (true, true, false) => Some(words::roster_only(lang)),
        (true, false, false) => Some(words::rides_and_roster(lang)),
        (true, true, true) => Some(words::nothing(lang)),
    }
}

fn key_figures(facts: &Facts, lang: Lang) -> Vec<(&'static str, String)> {
    let (week, plan) = (facts.week, facts.plan);
    let mut figures = Vec::new();
    if !week.cases.is_empty() {
        figures.push((words::depart(lang), depart_figure(facts, lang)));
        figures.push((words::expected(lang), expected_figure(facts, lang)));
    }
    if !week.transfers.is_empty() {
        figures.push((words::transfers(lang), words::driven(lang, facts.driven_transfers(), week.transfers.len())));
    }
    if !week.duties.is_empty() {
        let asked: u32 = week.duties.iter().map(|duty| duty.count).sum();
        let missing: u32 = plan.unmet.duties.iter().map(|duty| duty.missing).sum();
        figures.push((words::fixed_duties(lang), words::places(lang, asked.saturating_sub(missing), asked)));
    }
    let net = if week.cases.is_empty() { words::costs_only(lang) } else { words::net(lang) };
    figures.push((words::objective(lang), format!("{}  ({net})", euro_cents(lang, plan.objective))));
    figures.push((words::proof(lang), proof(plan, lang)));
    figures.push((words::made_in(lang), words::seconds(lang, &number(lang, plan.seconds, 1))));
    figures
}

fn depart_figure(facts: &Facts, lang: Lang) -> String {
    let departures = facts.plan.departures.len();
    words::departures(lang, departures, facts.departing_persons(), facts.open_cases(), facts.week.cases.len())
}

fn expected_figure(facts: &Facts, lang: Lang) -> String {
    let expected: f64 = facts.plan.departures.iter().map(|d| f64::from(facts.persons(&d.case)) * d.p.get()).sum();
    words::expected_persons(lang, &number(lang, expected, 1), facts.departing_persons())
}

fn proof(plan: &Plan, lang: Lang) -> String {
    let bound = euro_cents(lang, plan.bound);
    let gap = percent(lang, plan.gap, 2);
    match plan.status {
        Status::Optimal => words::optimal(lang, &bound, &gap),
        Status::Gap => words::within_gap(lang, &bound, &gap),
        Status::TimeLimit => words::time_limit(lang, &bound, &gap),
    }
}

fn money(plan: &Plan, week: &Week, lang: Lang) -> String {
    let money = plan.money;
    let line = |name: &str, amount: Euro, note: String| vec![name.to_owned(), euro_cents(lang, amount), note];
    let value_of_one = euro_cents(lang, week.costs.departure_value);
    let mut rows = vec![
        line(words::money_value(lang), money.value, words::money_value_note(lang, &value_of_one)),
        line(words::money_tickets(lang), -money.tickets, words::money_tickets_note(lang).to_owned()),
        line(words::money_escorts(lang), -money.escorts, words::money_escorts_note(lang).to_owned()),
        line(words::money_transport(lang), -money.transport, words::money_transport_note(lang).to_owned()),
        line(words::money_unmet(lang), -money.unmet, words::money_unmet_note(lang).to_owned()),
    ];
    // A folder without cases has no value and no tickets to speak of.
    let amounts = [money.value, money.tickets, money.escorts, money.transport, money.unmet];
    let mut spent = amounts.iter().map(|amount| *amount != Euro::ZERO || !week.cases.is_empty());
    rows.retain(|_| spent.next().unwrap_or(true));
    rows.push(line(words::objective(lang), plan.objective, words::money_total_note(lang).to_owned()));
    heading(words::money(lang)) + &table(2, &[("", Align::Left), ("", Align::Right), ("", Align::Left)], &rows)
}
