//! What a field of a row may hold that is more than a word, a number or an id: a value outside its domain cannot be built.

use super::id::LocationId;
use crate::units::Instant;
use chrono::NaiveTime;
use std::collections::BTreeSet;

/// A stretch of time whose end is not before its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    from: Instant,
    until: Instant,
}

impl Span {
    /// The stretch, or none when `until` is before `from`.
    pub fn new(from: Instant, until: Instant) -> Option<Self> {
        (from <= until).then_some(Self { from, until })
    }
    /// Its start.
    pub fn from(&self) -> Instant {
        self.from
    }
    /// Its end.
    pub fn until(&self) -> Instant {
        self.until
    }
    /// Whether two stretches share more than a moment.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// A daily window in local clock time; an absent side is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockWindow {
    /// Not before this clock time.
    pub from: Option<NaiveTime>,
    /// Not after this clock time.
    pub until: Option<NaiveTime>,
}

/// A country: ISO 3166-1 alpha-2, or the user-assigned XK (Kosovo).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// The country, or none when `code` is not two upper-case letters of ISO 3166-1 or XK. `known` lists them, sorted.
    pub(crate) fn from_code(code: &str, known: &[&str]) -> Option<Self> {
        let bytes = code.as_bytes();
        (bytes.len() == 2 && known.binary_search(&code).is_ok()).then(|| Self([bytes[0], bytes[1]]))
    }
    /// The two letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl serde::Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::fmt::Display for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.code())
    }
}

/// Airports that may be entered by; empty in the file means any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryPoints {
    /// No limit.
    Any,
    /// Only these airports.
    Only(BTreeSet<LocationId>),
}

impl EntryPoints {
    /// Whether `airport` may be entered by.
    pub fn admits(&self, airport: &LocationId) -> bool {
        match self {
            Self::Any => true,
            Self::Only(airports) => airports.contains(airport),
        }
    }
}

/// Countries an escort may enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visas {
    /// `*`: every country.
    All,
    /// Only these.
    Only(BTreeSet<Country>),
}

impl Visas {
    /// Whether the escort may enter `country`.
    pub fn hold(&self, country: Country) -> bool {
        match self {
            Self::All => true,
            Self::Only(countries) => countries.contains(&country),
        }
    }
}
