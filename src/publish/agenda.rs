//! Calendar files (iCalendar, RFC 5545) that a person's own calendar can take in: UTC times, and ids that stay the same
//! from one plan of a week to the next, so that a later plan replaces the events of an earlier one.

use super::Product;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::units::Instant;
use chrono::{DateTime, Utc};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};
use sha2::{Digest, Sha256};

/// Longest line, in octets, without its line break (RFC 5545 section 3.1).
const LINE_OCTETS: usize = 75;

/// A calendar before it is a file.
#[derive(Debug)]
pub(crate) struct Agenda {
    /// Name of the product.
    pub(crate) name: String,
    /// Name of the calendar.
    pub(super) title: String,
    pub(super) entries: Vec<Entry>,
}

/// One entry of a calendar.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// What it is an entry for, from the general to the particular; makes its id.
    pub(super) key: Vec<String>,
    /// One line.
    pub(super) title: String,
    /// More lines.
    pub(super) details: String,
    /// Where.
    pub(super) place: String,
    /// Start.
    pub(super) from: Instant,
    /// End; none for a moment.
    pub(super) until: Option<Instant>,
}

/// Which revision of an entry it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Revision {
    /// When it was made.
    pub(super) at: DateTime<Utc>,
    /// Its number.
    pub(super) sequence: u32,
    pub(super) status: EventStatus,
}

/// A calendar as the file of one plan.
pub(super) fn file(plan: &Plan, agenda: &Agenda, lang: Lang) -> Product {
    let at = plan.made_at.with_timezone(&Utc);
    let revision = Revision { at, sequence: revision(at), status: EventStatus::Confirmed };
    let entries: Vec<(&Entry, Revision)> = agenda.entries.iter().map(|entry| (entry, revision)).collect();
    let bytes = calendar(&plan.week, &agenda.title, "PUBLISH", &entries, lang);
    Product { name: agenda.name.clone(), bytes }
}

/// The calendar file of some entries of a week.
pub(super) fn calendar(week: &str, name: &str, method: &str, entries: &[(&Entry, Revision)], lang: Lang) -> Vec<u8> {
    let mut calendar = Calendar::empty();
    let product = format!("-//vertrek//{}//{}", env!("CARGO_PKG_VERSION"), lang.pick("EN", "NL"));
    for (key, value) in [("VERSION", "2.0"), ("PRODID", &product), ("CALSCALE", "GREGORIAN"), ("METHOD", method)] {
        calendar.append_property(Property::new(key, value));
    }
    // The library escapes only the properties of RFC 5545 itself, so the name is kept free of what needs escaping.
    let plain: String = name.chars().filter(|c| !c.is_control() && !",;\\".contains(*c)).collect();
    calendar.append_property(Property::new("X-WR-CALNAME", &plain));
    for (entry, revision) in entries {
        calendar.push(event(week, entry, *revision));
    }
    fold(&calendar.to_string()).into_bytes()
}

fn event(week: &str, entry: &Entry, revision: Revision) -> Event {
    let utc = |at: Instant| at.with_timezone(&Utc);
    let mut event = Event::new();
    event
        .uid(&uid(week, &entry.key))
        .timestamp(revision.at)
        .sequence(revision.sequence)
        .summary(&text(&entry.title))
        .description(&text(&entry.details))
        .location(&text(&entry.place))
        .starts(utc(entry.from));
    event.status(revision.status).class(Class::Confidential);
    if let Some(until) = entry.until {
        event.ends(utc(until));
    }
    event.done()
}

/// An id that is the same whenever the same week has an entry for the same thing, and tells nothing about it.
pub(super) fn uid(week: &str, key: &[String]) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(week).chain(key.iter().map(String::as_str)) {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let hex: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}@vertrek")
}

/// The revision number of a plan's entries: the minute it was made in, so that a later plan always counts as later.
fn revision(made_at: DateTime<Utc>) -> u32 {
    u32::try_from(made_at.timestamp() / 60).unwrap_or(0)
}

/// Text without control characters but line feeds, which RFC 5545 can carry.
fn text(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// Folds the lines that are still too long: the library counts the space before a continuation in all but its last line.
fn fold(calendar: &str) -> String {
    let mut out = String::with_capacity(calendar.len());
    for mut line in calendar.split_terminator("\r\n") {
        while line.len() > LINE_OCTETS {
            let end = (1..=LINE_OCTETS).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(line.len());
            let (head, tail) = line.split_at(end);
            out.push_str(head);
            out.push_str("\r\n ");
            line = tail;
        }
        out.push_str(line);
        out.push_str("\r\n");
    }
    out
}

/// A file name for an id: letters, digits, `-` and `_` stay, everything else becomes `~` and its two hexadecimal digits;
/// very long names end in a digest.
pub(crate) fn file_stem(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let name: String = id
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("~{byte:02x}") })
        .collect();
    if name.len() <= 100 {
        return name;
    }
    let digest: String = Sha256::digest(id.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{}~{digest}", &name[..60])
}
