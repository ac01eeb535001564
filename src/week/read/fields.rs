//! From the text of one field to a value of its domain, once for each type (section 1 of the specification).

use crate::units::{Euro, Hazard, Hours, Instant, Km, Minutes, Priority, Probability};
use crate::week::countries::COUNTRIES;
use crate::week::diagnostic::Code;
use crate::week::*;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use std::collections::BTreeSet;

/// Why a text is not a value: the code, and what is allowed where that is not the same everywhere.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) allowed: Option<String>,
    /// The element of a list that is wrong; none: the whole text.
    pub(super) value: Option<String>,
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Self { code, allowed: None, value: None }
    }
}

fn fault(code: Code, allowed: impl Into<String>) -> Fault {
    Fault { code, allowed: Some(allowed.into()), value: None }
}

/// What spaces around the text of a field are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spaces {
    /// A mistake of its own.
    Refused,
    /// Nothing: a text of spaces alone is an empty one.
    Ignored,
    /// The affair of [`Domain::parse`].
    Judged,
}

/// A type that a field can hold. `parse` never sees an empty text: what empty means stands with the column.
pub(super) trait Domain: Sized {
    /// What spaces around a text are.
    const SPACES: Spaces = Spaces::Refused;

    fn parse(text: &str) -> Result<Self, Fault>;

    /// Like `parse`, but a list reports every element that is wrong.
    fn parse_all(text: &str, report: &mut dyn FnMut(Fault)) -> Option<Self> {
        Self::parse(text).map_err(report).ok()
    }
}

impl<T: Domain> Domain for Option<T> {
    const SPACES: Spaces = T::SPACES;
    fn parse(text: &str) -> Result<Self, Fault> {
        T::parse(text).map(Some)
    }
    fn parse_all(text: &str, report: &mut dyn FnMut(Fault)) -> Option<Self> {
        T::parse_all(text, report).map(Some)
    }
}

/// Free text: organisation, carrier, name.
impl Domain for String {
    const SPACES: Spaces = Spaces::Ignored;

    fn parse(text: &str) -> Result<Self, Fault> {
        Ok(text.trim().to_owned())
    }
}

impl Domain for bool {
    fn parse(text: &str) -> Result<Self, Fault> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(Code::NotABoolean.into()),
        }
    }
}

/// Counts of people, seats, days: far above any real one, far below overflow.
const COUNT_MAX: u32 = 1_000_000;

impl Domain for u32 {
    fn parse(text: &str) -> Result<Self, Fault> {
        let allowed = || range(0, COUNT_MAX);
        let number = decimal(text).map_err(|()| fault(Code::NotAWholeNumber, allowed()))?;
        if number < 0.0 {
            return Err(fault(Code::Negative, allowed()));
        }
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(fault(Code::NotAWholeNumber, allowed()));
        }
        text.parse().ok().filter(|&count| count <= COUNT_MAX).ok_or_else(|| fault(Code::OutOfRange, allowed()))
    }
}

/// From the least to the most that is allowed, in no language.
fn range(least: impl std::fmt::Display, most: impl std::fmt::Display) -> String {
    format!("{least} – {most}")
}

/// A finite number written with digits, sign, point or exponent.
fn decimal(text: &str) -> Result<f64, ()> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    text.parse().ok().filter(|number: &f64| plain && !number.is_nan()).ok_or(())
}

/// A number within a range; a negative one has a code of its own where the range begins at zero.
pub(super) fn number_within(text: &str, min: f64, max: f64) -> Result<f64, Fault> {
    let allowed = || range(min, max);
    let number = decimal(text).map_err(|()| fault(Code::NotANumber, allowed()))?;
    if number < 0.0 && min >= 0.0 {
        return Err(fault(Code::Negative, allowed()));
    }
    if (min..=max).contains(&number) { Ok(number) } else { Err(fault(Code::OutOfRange, allowed())) }
}

macro_rules! numbers {
    ($($name:ident: $min:literal to $max:literal;)+) => {$(
        impl Domain for $name {
            fn parse(text: &str) -> Result<Self, Fault> {
                let number = number_within(text, $min, $max)?;
                Self::new(number).ok_or_else(|| Code::NotANumber.into())
            }
        }
    )+};
}

numbers! {
    Minutes: 0.0 to 10_000_000.0;
    Hours: 0.0 to 100_000.0;
    Km: 0.0 to 100_000.0;
    Priority: 0.0 to 1_000_000.0;
    Hazard: 0.0 to 1_000.0;
    Probability: 0.0 to 1.0;
    Latitude: -90.0 to 90.0;
    Longitude: -180.0 to 180.0;
    Days: 0.0 to 10_000.0;
}

impl Domain for Euro {
    fn parse(text: &str) -> Result<Self, Fault> {
        number_within(text, 0.0, 1_000_000_000.0).map(Self::new)
    }
}

/// Degrees north.
pub(super) struct Latitude(pub(super) f64);
/// Degrees east.
pub(super) struct Longitude(pub(super) f64);
/// Days of notice.
pub(super) struct Days(pub(super) f64);

macro_rules! plain_numbers {
    ($($name:ident),+) => {$(
        impl $name {
            fn new(number: f64) -> Option<Self> {
                Some(Self(number))
            }
        }
    )+};
}

plain_numbers!(Latitude, Longitude, Days);

/// Years a time may lie in; 9999 is in use for "without end".
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;

fn year_within<T: Datelike>(date: T) -> Result<T, Fault> {
    let allowed = || range(YEARS.start(), YEARS.end());
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(fault(Code::YearOutOfRange, allowed())) }
}

impl Domain for Instant {
    fn parse(text: &str) -> Result<Self, Fault> {
        match DateTime::parse_from_rfc3339(text) {
            // chrono takes a leap second (:60); no table can mean one.
            Ok(instant) if instant.timestamp_subsec_nanos() < 1_000_000_000 => year_within(instant),
            Ok(_) => Err(Code::NotATime.into()),
            Err(_) if without_offset(text) => Err(Code::NoOffset.into()),
            Err(_) => Err(Code::NotATime.into()),
        }
    }
}

fn without_offset(text: &str) -> bool {
    let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    formats.iter().any(|format| NaiveDateTime::parse_from_str(text, format).is_ok())
}

impl Domain for NaiveTime {
    fn parse(text: &str) -> Result<Self, Fault> {
        let shape = text.len() == 5 && text.bytes().enumerate().all(|(at, b)| (at == 2) == (b == b':'));
        let time = if shape { NaiveTime::parse_from_str(text, "%H:%M").ok() } else { None };
        time.ok_or_else(|| Code::NotAClockTime.into())
    }
}

impl Domain for NaiveDate {
    fn parse(text: &str) -> Result<Self, Fault> {
        let shape = text.len() == 10;
        let date = if shape { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None };
        year_within(date.ok_or(Code::NotADate)?)
    }
}

macro_rules! word_domains {
    ($($name:ident),+ $(,)?) => {$(
        impl Domain for $name {
            fn parse(text: &str) -> Result<Self, Fault> {
                Self::from_word(text).ok_or_else(|| {
                    let words: Vec<_> = Self::ALL.iter().map(|word| word.word()).collect();
                    fault(Code::NotAWord, words.join(", "))
                })
            }
        }
    )+};
}

word_domains!(
    LocationKind,
    CaseKind,
    Measure,
    Sex,
    Medical,
    AgeGroup,
    FitToFly,
    DocumentKind,
    DocumentStatus,
    LegKind,
    Role,
    TransferClass,
    Level,
    Outcome,
    EventKind,
    EscortSex,
);

/// The sex of an escort that a case may ask for: a narrower list than [`Sex`].
#[derive(Clone, Copy)]
pub(super) struct EscortSex(pub(super) Sex);

impl EscortSex {
    const ALL: &[Self] = &[Self(Sex::F), Self(Sex::M)];
    fn word(self) -> &'static str {
        self.0.word()
    }
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|sex| sex.word() == word)
    }
}

macro_rules! id_domains {
    ($($name:ident),+ $(,)?) => {$(
        impl Domain for $name {
            fn parse(text: &str) -> Result<Self, Fault> {
                Self::new(text).ok_or_else(|| Code::NotAnId.into())
            }
        }
    )+};
}

id_domains!(
    LocationId,
    CaseId,
    PersonId,
    DocumentId,
    ProcedureId,
    SlotId,
    LegId,
    ReturnId,
    EscortId,
    DutyId,
    ShiftId,
    TransferId,
    EventId,
    DepartureId,
    OfficerId,
    PinId,
    SkillId,
);

impl Domain for Country {
    fn parse(text: &str) -> Result<Self, Fault> {
        Self::from_code(text, COUNTRIES).ok_or_else(|| Code::NotACountry.into())
    }
}

/// An ISO weekday, 1 (Monday) to 7 (Sunday).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weekday(pub(super) u8);

impl Domain for Weekday {
    fn parse(text: &str) -> Result<Self, Fault> {
        match text.as_bytes() {
            [digit @ b'1'..=b'7'] => Ok(Self(digit - b'0')),
            _ => Err(Code::NotAWeekday.into()),
        }
    }
}

/// A list in one field: elements separated by single spaces, in the order of the file, none twice.
pub(super) struct List<T>(pub(super) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Domain + Ord + Clone> Domain for List<T> {
    const SPACES: Spaces = Spaces::Judged;

    fn parse(text: &str) -> Result<Self, Fault> {
        let mut first = None;
        let list = Self::parse_all(text, &mut |fault| {
            first.get_or_insert(fault);
        });
        match (list, first) {
            (Some(list), None) => Ok(list),
            (_, fault) => Err(fault.unwrap_or_else(|| Code::Empty.into())),
        }
    }

    fn parse_all(text: &str, report: &mut dyn FnMut(Fault)) -> Option<Self> {
        let (mut list, mut seen, mut sound) = (Vec::new(), BTreeSet::new(), true);
        if text.split(' ').any(str::is_empty) {
            report(Code::ListSpacing.into());
            sound = false;
        }
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let element = T::parse(word).and_then(|element| {
                if seen.insert(element.clone()) { Ok(element) } else { Err(Code::ListRepeats.into()) }
            });
            match element {
                Ok(element) => list.push(element),
                Err(fault) => {
                    report(Fault { value: Some(word.to_owned()), ..fault });
                    sound = false;
                }
            }
        }
        sound.then_some(Self(list))
    }
}

impl Domain for Visas {
    const SPACES: Spaces = Spaces::Judged;

    fn parse(text: &str) -> Result<Self, Fault> {
        if text == "*" { Ok(Self::All) } else { List::parse(text).map(Self::of) }
    }

    fn parse_all(text: &str, report: &mut dyn FnMut(Fault)) -> Option<Self> {
        if text == "*" {
            return Some(Self::All);
        }
        if text.split(' ').any(|word| word == "*") {
            report(Code::StarNotAlone.into());
            return None;
        }
        List::parse_all(text, report).map(Self::of)
    }
}

impl Visas {
    fn of(countries: List<Country>) -> Self {
        Self::Only(countries.0.into_iter().collect())
    }
}
