//! `week.toml`: the horizon, the home airports, the holidays and the parameters of one run.

use super::fields::{Domain, Fault};
use super::folder::Folder;
use super::log::Log;
use super::references::Known;
use super::toml_text::{FILE, Form, TIME, TomlText};
use crate::rules::{PARAMETERS, Parameter, Parameters, RiskUse, Unit, parameter};
use crate::units::{Euro, Hazard, Hours, Instant, Minutes};
use crate::week::diagnostic::{Code, Column, Diagnostic};
use crate::week::{LocationId, Measure};
use chrono::{NaiveDate, TimeDelta};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What `week.toml` says.
pub(super) struct Head {
    pub(super) week: String,
    pub(super) now: Instant,
    pub(super) start: Instant,
    pub(super) end: Instant,
    pub(super) home_airports: Vec<LocationId>,
    pub(super) holidays: BTreeSet<NaiveDate>,
    pub(super) parameters: Parameters,
}

/// Keys above the first table, each with an example; the last is optional.
const KEYS: [(&str, &str); 6] =
    [("week", "\"2027-W03\""), ("now", TIME), ("start", TIME), ("end", TIME), HOME_AIRPORTS, HOLIDAYS];
const OPTIONAL: &str = "holidays";
const HOME_AIRPORTS: (&str, &str) = ("home_airports", "[\"AMS\"]");
const HOLIDAYS: (&str, &str) = (OPTIONAL, "[2027-01-18]");
/// Longer notice for a measure, a table within `[rules]` (section 3).
const NOTICE_FOR: &str = "rules.notice_min_hours_for";
/// Whether p weighs the objective (section 7).
const RISK_USE: &str = "risk.use";
/// The longest horizon (section 1).
const SIX_WEEKS: TimeDelta = TimeDelta::weeks(6);

/// An ISO week that exists.
struct IsoWeek(String);

impl Domain for IsoWeek {
    fn parse(text: &str) -> Result<Self, Fault> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let exists = || {
            let (year, week) = text
                .split_once("-W")
                .filter(|(year, week)| year.len() == 4 && week.len() == 2 && digits(year) && digits(week))?;
            NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, chrono::Weekday::Mon)
        };
        exists().map(|_| Self(text.to_owned())).ok_or_else(|| Code::NotAWeek.into())
    }
}

/// Whether a text is an ISO week that exists, such as `2027-W03`.
pub(crate) fn is_iso_week(text: &str) -> bool {
    IsoWeek::parse(text).is_ok()
}

/// The words of `risk.use`.
struct UseWord(RiskUse);

impl Domain for UseWord {
    fn parse(text: &str) -> Result<Self, Fault> {
        match text {
            "none" => Ok(Self(RiskUse::None)),
            _ => Err(Fault { code: Code::NotAWord, allowed: Some("none".to_owned()), value: None }),
        }
    }
}

/// Reads `week.toml`, checking its airports against the locations.
pub(super) fn head(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Option<Head> {
    if folder.lost(FILE) {
        return None;
    }
    let text = TomlText::new(folder.get(FILE), log)?;
    let document = text.document(log)?;
    let mut reader = HeadReader { text: &text, document: &document, spans: BTreeMap::new(), log };
    reader.missing_keys();
    let week = reader.value::<IsoWeek>("week", Form::Text);
    let now = reader.value("now", Form::Time);
    let start = reader.value("start", Form::Time);
    let end = reader.value("end", Form::Time);
    reader.horizon(start, end);
    let home_airports = reader.home_airports(known);
    let holidays = reader.holidays();
    let mut parameters = Parameters::in_force(start.as_ref().map_or(NaiveDate::MAX, Instant::date_naive));
    reader.tables("", &document, &mut parameters);
    reader.checkin_window(&parameters);
    Some(Head { week: week?.0, now: now?, start: start?, end: end?, home_airports, holidays, parameters })
}

struct HeadReader<'r, 'a> {
    text: &'r TomlText<'a>,
    document: &'r DeTable<'a>,
    /// Where each known key's value stands.
    spans: BTreeMap<String, Range<usize>>,
    log: &'r mut Log,
}

impl<'r> HeadReader<'r, '_> {
    fn missing_keys(&mut self) {
        let document = self.document;
        let missing = |key: &str| !document.contains_key(key) && !misplaced(document, key);
        for (key, example) in KEYS.iter().filter(|(key, _)| *key != OPTIONAL && missing(key)) {
            self.log.add(FILE, || Diagnostic {
                column: Some(Column { name: (*key).to_owned(), number: None }),
                allowed: Some((*example).to_owned()),
                ..Diagnostic::of_file(Code::MissingKey, FILE)
            });
        }
    }

    fn value<T: Domain>(&mut self, key: &str, form: Form) -> Option<T> {
        let value = self.document.get(key)?;
        self.spans.insert(key.to_owned(), value.span());
        self.text.value(key, value, form, self.log)
    }

    /// Reports that the value of `key` does not go with that of `other`.
    fn clash(&mut self, key: &str, code: Code, other: String) {
        let span = self.spans.get(key).cloned().unwrap_or_default();
        self.log.add(FILE, || Diagnostic { other: Some(other), ..self.text.at(key, &span, code) });
    }

    fn horizon(&mut self, start: Option<Instant>, end: Option<Instant>) {
        let (Some(start), Some(end)) = (start, end) else { return };
        let other = format!("start {}", start.to_rfc3339());
        if end <= start {
            self.clash("end", Code::HorizonEmpty, other);
        } else if end.naive_local() - start.naive_local() > SIX_WEEKS {
            self.clash("end", Code::HorizonTooLong, other);
        }
    }

    fn home_airports(&mut self, known: &mut Known) -> Vec<LocationId> {
        let (key, _) = HOME_AIRPORTS;
        let (mut airports, mut seen) = (Vec::new(), BTreeSet::new());
        let Some(value) = self.document.get(key) else { return airports };
        for element in self.text.list(HOME_AIRPORTS, value, self.log) {
            let span = element.span();
            let Some(mut airport) = self.text.value::<LocationId>(key, element, Form::Text, self.log) else { continue };
            let place = || self.text.at(key, &span, Code::ListRepeats);
            if !seen.insert(airport.clone()) {
                self.log.add(FILE, place);
            } else if known.locations.resolve(&mut airport, FILE, self.log, place)
                && known.airport(&airport, FILE, self.log, place)
            {
                airports.push(airport);
            }
        }
        airports
    }

    fn holidays(&mut self) -> BTreeSet<NaiveDate> {
        let (key, _) = HOLIDAYS;
        let Some(value) = self.document.get(key) else { return BTreeSet::new() };
        let dates = self.text.list(HOLIDAYS, value, self.log);
        dates.iter().filter_map(|date| self.text.value(key, date, Form::Date, self.log)).collect()
    }

    /// Walks the tables of parameters below `path`; a key is known when [`PARAMETERS`] has it.
    fn tables(&mut self, path: &str, table: &DeTable<'_>, parameters: &mut Parameters) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            if KEYS.iter().any(|(known, _)| *known == path) {
                continue;
            }
            if path == NOTICE_FOR {
                self.notice_for(value, parameters);
            } else if path == RISK_USE {
                if let Some(UseWord(usage)) = self.text.value(&path, value, Form::Text, self.log) {
                    parameters.risk.usage = usage;
                }
            } else if let Some(parameter) = parameter(&path) {
                self.set(parameter, value, parameters);
            } else if below(&path).next().is_some() {
                if let Some(table) = self.text.table(&path, value, self.log) {
                    self.tables(&path, table, parameters);
                }
            } else if KEYS.iter().any(|(known, _)| *known == name) {
                let span = key.span();
                let other = Some(name.to_owned());
                self.log.add(FILE, || Diagnostic { other, ..self.text.at(&path, &span, Code::MisplacedKey) });
            } else {
                self.unknown(&path, key.span(), allowed_below(&path));
            }
        }
    }

    fn unknown(&mut self, path: &str, span: Range<usize>, allowed: String) {
        self.log.add(FILE, || Diagnostic { allowed: Some(allowed), ..self.text.at(path, &span, Code::UnknownKey) });
    }

    fn set(&mut self, parameter: &Parameter, value: &Spanned<DeValue<'_>>, parameters: &mut Parameters) {
        let (key, form) = (parameter.key, Form::Number);
        self.spans.insert(key.to_owned(), value.span());
        let number = match parameter.unit {
            Unit::Hours => self.text.value::<Hours>(key, value, form, self.log).map(Hours::get),
            Unit::Minutes => self.text.value::<Minutes>(key, value, form, self.log).map(Minutes::get),
            Unit::Euro => self.text.value::<Euro>(key, value, form, self.log).map(Euro::get),
            Unit::Hazard | Unit::HazardPerDay => self.text.value::<Hazard>(key, value, form, self.log).map(Hazard::get),
        };
        if let Some(number) = number {
            (parameter.set)(parameters, number);
        }
    }

    fn notice_for(&mut self, value: &Spanned<DeValue<'_>>, parameters: &mut Parameters) {
        let Some(table) = self.text.table(NOTICE_FOR, value, self.log) else { return };
        for (key, value) in table {
            let path = format!("{NOTICE_FOR}.{}", key.get_ref());
            if let Some(measure) = Measure::from_word(key.get_ref()) {
                if let Some(hours) = self.text.value(&path, value, Form::Number, self.log) {
                    parameters.rules.notice_min_for.insert(measure, hours);
                }
            } else {
                let words: Vec<_> = Measure::ALL.iter().map(|measure| measure.word()).collect();
                self.unknown(&path, key.span(), words.join(", "));
            }
        }
    }

    fn checkin_window(&mut self, parameters: &Parameters) {
        let (min, max) = (parameters.rules.checkin_min, parameters.rules.checkin_max);
        let (key, limit) = ("rules.checkin_min_minutes", "rules.checkin_max_minutes");
        if min <= max {
            return;
        }
        // The default cannot be at fault: name the one that the file sets.
        if self.spans.contains_key(key) {
            self.clash(key, Code::CheckinWindowEmpty, format!("{limit} {max}"));
        } else {
            self.clash(limit, Code::CheckinWindowEmpty, format!("{key} {min}"));
        }
    }
}

/// Whether a key of the run stands in a table of parameters.
fn misplaced(document: &DeTable<'_>, key: &str) -> bool {
    document.values().filter_map(|value| value.get_ref().as_table()).any(|table| table.contains_key(key))
}

/// The names that follow `path` in the keys of the parameters.
fn below(path: &str) -> impl Iterator<Item = &'static str> {
    let keys = PARAMETERS.iter().map(|parameter| parameter.key).chain([NOTICE_FOR, RISK_USE]);
    keys.filter_map(move |key| {
        let rest = if path.is_empty() { key } else { key.strip_prefix(path)?.strip_prefix('.')? };
        rest.split('.').next()
    })
}

/// The names allowed where the last name of `path` stands.
fn allowed_below(path: &str) -> String {
    let parent = path.rsplit_once('.').map_or("", |(parent, _)| parent);
    let top = KEYS.iter().map(|(key, _)| *key).filter(|_| parent.is_empty());
    let mut names: Vec<&str> = Vec::new();
    for name in top.chain(below(parent)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}
