//! A calendar over everything that was published of a week: what changed counts as later than before, and what is gone is
//! cancelled, so that the calendars that follow it say the same as the latest publication.

use super::agenda::{Agenda, Entry, Revision, calendar, uid};
use crate::lang::Lang;
use chrono::{DateTime, Utc};
use icalendar::EventStatus;
use std::collections::BTreeMap;

/// What one publication says to somebody.
#[derive(Debug)]
pub(crate) struct Edition {
    /// When it was published.
    pub(crate) at: DateTime<Utc>,
    /// What it says; none: nothing.
    pub(crate) agenda: Option<Agenda>,
}

/// The calendar of the editions of a week, the earliest first; none when nobody was ever told anything by it. An entry's
/// number goes up with every edition that changes it, takes it away or brings it back.
pub(crate) fn feed(week: &str, editions: &[Edition], lang: Lang) -> Option<Vec<u8>> {
    let mut known: BTreeMap<String, (&Entry, Revision)> = BTreeMap::new();
    for edition in editions {
        let entries = edition.agenda.iter().flat_map(|agenda| &agenda.entries);
        let present: BTreeMap<String, &Entry> = entries.map(|entry| (uid(week, &entry.key), entry)).collect();
        for (id, (entry, revision)) in &mut known {
            let again = present.get(id).copied();
            let gone = again.is_none();
            // What had begun by then was not called off: a notice that was given is no longer to be given.
            if gone && entry.from < edition.at {
                continue;
            }
            if gone != (revision.status == EventStatus::Cancelled) || again.is_some_and(|again| again != *entry) {
                let status = if gone { EventStatus::Cancelled } else { EventStatus::Confirmed };
                *revision = Revision { at: edition.at, sequence: revision.sequence + 1, status };
                *entry = again.unwrap_or(*entry);
            }
        }
        for (id, entry) in present {
            let first = Revision { at: edition.at, sequence: 0, status: EventStatus::Confirmed };
            known.entry(id).or_insert((entry, first));
        }
    }
    let title = editions.iter().rev().find_map(|edition| edition.agenda.as_ref()).map(|agenda| &agenda.title)?;
    let nothing_left = known.values().all(|(_, revision)| revision.status == EventStatus::Cancelled);
    let method = if nothing_left { "CANCEL" } else { "PUBLISH" };
    let mut entries: Vec<(&Entry, Revision)> = known.into_values().collect();
    entries.sort_by(|a, b| (a.0.from, &a.0.key).cmp(&(b.0.from, &b.0.key)));
    Some(calendar(week, title, method, &entries, lang))
}
