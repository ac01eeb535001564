//! The notice list: at which contact moment which person and lawyer are told of which flight, and until when that could
//! still be done. Notices given earlier that stay in force are listed apart.

mod words;

use super::Product;
use super::agenda::{self, Agenda, Entry};
use super::facts::{Facts, notice_hours};
use super::format::{clock, date_long, date_of, hours, moment};
use super::page::{Align, heading, page_title, table, wrap};
use super::sheet::{decimal, sheet, time};
use super::words as common;
use crate::calendar;
use crate::lang::Lang;
use crate::plan::Departure;
use crate::units::Instant;
use crate::week::*;

/// One case to be told.
#[derive(Debug)]
struct Notice<'a> {
    departure: &'a Departure,
    case: &'a Case,
    legs: Vec<&'a Leg>,
    /// The last moment at which notice of this flight could still be given.
    deadline: Instant,
}

impl Notice<'_> {
    fn departs(&self) -> Instant {
        self.legs[0].departs
    }
}

/// `notices.csv`, `notices.txt` and `notices.ics`.
pub(super) fn products(facts: &Facts, lang: Lang) -> Vec<Product> {
    if facts.week.cases.is_empty() {
        return Vec::new();
    }
    let (given, to_give): (Vec<Notice>, Vec<Notice>) =
        notices(facts).into_iter().partition(|n| n.departure.slot.is_none());
    vec![
        Product { name: "notices.csv".to_owned(), bytes: file(facts, &to_give, &given) },
        agenda::file(facts.plan, &calendar(facts, &to_give, lang), lang),
        Product { name: "notices.txt".to_owned(), bytes: page(facts, &to_give, &given, lang).into_bytes() },
    ]
}

/// The calendar of the notices that are to be given.
pub(super) fn agenda(facts: &Facts, lang: Lang) -> Agenda {
    let to_give: Vec<Notice> = notices(facts).into_iter().filter(|notice| notice.departure.slot.is_some()).collect();
    calendar(facts, &to_give, lang)
}

fn calendar(facts: &Facts, to_give: &[Notice], lang: Lang) -> Agenda {
    Agenda {
        name: "notices.ics".to_owned(),
        title: words::title(lang, &facts.plan.week),
        entries: by_slot(to_give).into_iter().map(|group| entry(facts, group, lang)).collect(),
    }
}

/// Every planned case in order of notice, then contact slot and case.
fn notices<'a>(facts: &Facts<'a>) -> Vec<Notice<'a>> {
    let of = |departure: &'a Departure| {
        let case = facts.week.cases.get(&departure.case)?;
        let legs = facts.legs(&departure.legs)?;
        let deadline = facts.last_notice(legs[0].departs, case.measure);
        Some(Notice { departure, case, legs, deadline })
    };
    let mut notices: Vec<Notice> = facts.plan.departures.iter().filter_map(of).collect();
    notices.sort_by(|a, b| {
        let key = |n: &Notice| (n.departure.noticed_at, n.departure.slot.clone(), n.case.id.clone());
        key(a).cmp(&key(b))
    });
    notices
}

/// Notices of the same contact slot, which stand next to each other.
fn by_slot<'a, 'b>(notices: &'b [Notice<'a>]) -> Vec<&'b [Notice<'a>]> {
    notices.chunk_by(|a, b| a.departure.slot == b.departure.slot).collect()
}

fn flight(notice: &Notice) -> String {
    let stops: Vec<String> = notice.legs.iter().map(|leg| leg.to.to_string()).collect();
    format!("{} {} → {}", notice.legs[0].carrier, notice.legs[0].from, stops.join(" → ")).trim().to_owned()
}

fn page(facts: &Facts, to_give: &[Notice], given: &[Notice], lang: Lang) -> String {
    let mut page = page_title(&words::title(lang, &facts.plan.week)) + &wrap("", words::legend(lang));
    let mut day = None;
    for group in by_slot(to_give) {
        let Some(first) = group.first() else { continue };
        let date = date_of(first.departure.noticed_at);
        if day != Some(date) {
            page += &heading(&date_long(lang, date));
            day = Some(date);
        }
        let slot = first.departure.slot.as_ref().map_or("", SlotId::as_str);
        page += &format!("{}  {}  {slot}\n", clock(first.departure.noticed_at), facts.place(&first.case.location));
        page += &lines(facts, group, lang);
    }
    if to_give.is_empty() {
        page += &format!("\n{}\n", words::nothing(lang));
    }
    if !given.is_empty() {
        page += &heading(words::given(lang));
        page += &lines(facts, given, lang);
    }
    page
}

fn lines(facts: &Facts, notices: &[Notice], lang: Lang) -> String {
    let kept = |notice: &Notice| notice.departure.slot.is_none();
    let rows: Vec<Vec<String>> = notices
        .iter()
        .map(|notice| {
            vec![
                notice.case.id.to_string(),
                common::persons(lang, notice.case.persons(facts.week)),
                flight(notice),
                moment(lang, notice.departs()),
                hours(lang, notice_hours(notice.departure, notice.departs())),
                moment(lang, if kept(notice) { notice.departure.noticed_at } else { notice.deadline }),
            ]
        })
        .collect();
    let last = if notices.first().is_some_and(kept) { words::told(lang) } else { words::deadline(lang) };
    let columns = [
        (words::case(lang), Align::Left),
        (words::persons(lang), Align::Left),
        (words::flight(lang), Align::Left),
        (words::departs(lang), Align::Left),
        (words::ahead(lang), Align::Right),
        (last, Align::Left),
    ];
    table(4, &columns, &rows)
}

fn entry(facts: &Facts, group: &[Notice], lang: Lang) -> Entry {
    let lines = group.iter().map(|notice| {
        let persons = common::persons(lang, notice.case.persons(facts.week));
        words::line(
            lang,
            notice.case.id.as_str(),
            &persons,
            &flight(notice),
            &moment(lang, notice.departs()),
            &moment(lang, notice.deadline),
        )
    });
    let first = group.first();
    let slot = first.and_then(|notice| notice.departure.slot.as_ref()).map_or("", SlotId::as_str);
    Entry {
        key: vec!["notice".to_owned(), slot.to_owned()],
        title: words::contact(lang, slot, group.len()),
        details: lines.collect::<Vec<_>>().join("\n"),
        place: first.map_or(String::new(), |notice| facts.place(&notice.case.location)),
        from: first.map_or(facts.week.now, |notice| notice.departure.noticed_at),
        until: None,
    }
}

const COLUMNS: [&str; 15] = [
    "status",
    "slot",
    "noticed_at",
    "location",
    "name",
    "case",
    "persons",
    "legs",
    "from",
    "to",
    "departs",
    "notice_hours",
    "notice_office_hours",
    "notice_min_hours",
    "deadline",
];

fn file(facts: &Facts, to_give: &[Notice], given: &[Notice]) -> Vec<u8> {
    let rows: Vec<Vec<String>> = to_give.iter().chain(given).map(|notice| row(facts, notice)).collect();
    sheet(&COLUMNS, &rows)
}

fn row(facts: &Facts, notice: &Notice) -> Vec<String> {
    let (departure, case, week) = (notice.departure, notice.case, facts.week);
    let legs: Vec<&str> = departure.legs.iter().map(LegId::as_str).collect();
    let slot = departure.slot.as_ref().map_or(String::new(), SlotId::to_string);
    let (first, last) = (notice.legs[0], notice.legs[notice.legs.len() - 1]);
    vec![
        if departure.slot.is_some() { "to_give" } else { "kept" }.to_owned(),
        slot,
        time(departure.noticed_at),
        case.location.to_string(),
        week.locations.get(&case.location).map_or(String::new(), |row| row.name.clone()),
        case.id.to_string(),
        case.persons(week).to_string(),
        legs.join(" "),
        first.from.to_string(),
        last.to.to_string(),
        time(first.departs),
        decimal(notice_hours(departure, first.departs)),
        decimal(calendar::office_hours(departure.noticed_at, first.departs, &week.holidays).get()),
        decimal(week.rules.notice_for(case.measure).get()),
        time(notice.deadline),
    ]
}
