//! The text of `week.toml`: its places as line and character, and its values as texts that the field domains read.

use super::fields::{Domain, Fault};
use super::log::{Log, shown, shown_bytes};
use crate::week::diagnostic::{Code, Column, Diagnostic};
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The one file that every week folder has.
pub(super) const FILE: &str = "week.toml";

/// The text, and where its lines begin.
pub(super) struct TomlText<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
}

/// What a value looks like, in no language.
const NUMBER: &str = "48";
const TEXT: &str = "\"...\"";
pub(super) const TIME: &str = "2027-01-18T09:30:00+01:00";
const DATE: &str = "2027-01-18";

impl<'a> TomlText<'a> {
    /// The text of the file; reports a missing file and bytes that are not UTF-8.
    pub(super) fn new(bytes: Option<&'a Vec<u8>>, log: &mut Log) -> Option<Self> {
        let Some(bytes) = bytes else {
            log.add(FILE, || Diagnostic::of_file(Code::HeadMissing, FILE));
            return None;
        };
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                let feeds = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
                let line_starts = std::iter::once(0).chain(feeds.map(|(at, _)| at + 1)).collect();
                Some(Self { text, line_starts })
            }
            Err(error) => {
                let valid =
                    std::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default();
                let start = valid.rfind('\n').map_or(0, |feed| feed + 1);
                let length = bytes[start..].iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len() - start);
                let number = |count: usize| u64::try_from(count + 1).ok();
                let column = Column { name: String::new(), number: number(valid[start..].chars().count()) };
                log.add(FILE, || Diagnostic {
                    line: number(valid.bytes().filter(|&byte| byte == b'\n').count()),
                    column: Some(column),
                    value: Some(shown_bytes(&bytes[start..start + length])),
                    ..Diagnostic::of_file(Code::NotUtf8, FILE)
                });
                None
            }
        }
    }

    /// The document; none when it is not TOML, with the first error of every line reported: the others follow from it.
    pub(super) fn document(&self, log: &mut Log) -> Option<DeTable<'a>> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        let mut lines = BTreeSet::new();
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            let line = self.line(at);
            if lines.insert(line) {
                log.add(FILE, || Diagnostic {
                    line: Some(line),
                    column: Some(Column { name: String::new(), number: Some(self.character(at)) }),
                    value: Some(shown(error.message())),
                    other: Some(shown(self.text_of(line))),
                    ..Diagnostic::of_file(Code::TomlSyntax, FILE)
                });
            }
        }
        errors.is_empty().then(|| document.into_inner())
    }

    fn line(&self, at: usize) -> u64 {
        u64::try_from(self.line_starts.partition_point(|&start| start <= at)).unwrap_or(u64::MAX)
    }

    fn text_of(&self, line: u64) -> &str {
        let start = usize::try_from(line).ok().and_then(|line| self.line_starts.get(line.saturating_sub(1)));
        let rest = start.and_then(|&start| self.text.get(start..)).unwrap_or_default();
        rest.lines().next().unwrap_or_default()
    }

    fn character(&self, at: usize) -> u64 {
        let before = self.line_starts.partition_point(|&start| start <= at);
        let start = self.line_starts.get(before.saturating_sub(1)).copied().unwrap_or(0);
        let characters = self.text.get(start..at).unwrap_or_default().chars().count() + 1;
        u64::try_from(characters).unwrap_or(u64::MAX)
    }

    /// A diagnostic on the value of a key.
    pub(super) fn at(&self, key: &str, span: &Range<usize>, code: Code) -> Diagnostic {
        Diagnostic {
            line: Some(self.line(span.start)),
            column: Some(Column { name: shown(key), number: Some(self.character(span.start)) }),
            value: self.text.get(span.clone()).map(|text| match code {
                // Here the quotes are the mistake.
                Code::WrongType => shown(text),
                _ => shown(text.trim_matches('"')),
            }),
            ..Diagnostic::of_file(code, FILE)
        }
    }

    /// Reads a value in the domain of `T`; `form` is what the value must look like.
    pub(super) fn value<T: Domain>(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        form: Form,
        log: &mut Log,
    ) -> Option<T> {
        let span = value.span();
        let read = match form.text_of(value.get_ref()) {
            Some(text) if text.is_empty() => Err(Code::Empty.into()),
            Some(text) => T::parse(&text),
            None => Err(wrong_type(form.example())),
        };
        read.map_err(|fault| log.add(FILE, || self.faulty(key, &span, fault))).ok()
    }

    /// The elements of a list that looks like `example`.
    pub(super) fn list<'v, 't>(
        &self,
        (key, example): (&str, &str),
        value: &'v Spanned<DeValue<'t>>,
        log: &mut Log,
    ) -> &'v [Spanned<DeValue<'t>>] {
        if let DeValue::Array(elements) = value.get_ref() {
            return elements;
        }
        log.add(FILE, || self.faulty(key, &value.span(), wrong_type(example)));
        &[]
    }

    /// The keys of a table.
    pub(super) fn table<'v, 't>(
        &self,
        key: &str,
        value: &'v Spanned<DeValue<'t>>,
        log: &mut Log,
    ) -> Option<&'v DeTable<'t>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        log.add(FILE, || self.faulty(key, &value.span(), wrong_type(&format!("[{key}]"))));
        None
    }

    fn faulty(&self, key: &str, span: &Range<usize>, Fault { code, allowed, .. }: Fault) -> Diagnostic {
        Diagnostic { allowed, ..self.at(key, span, code) }
    }
}

fn wrong_type(example: &str) -> Fault {
    Fault { code: Code::WrongType, allowed: Some(example.to_owned()), value: None }
}

/// The TOML type a value must have.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Number,
    Text,
    Time,
    Date,
}

impl Form {
    pub(super) const fn example(self) -> &'static str {
        match self {
            Self::Number => NUMBER,
            Self::Text => TEXT,
            Self::Time => TIME,
            Self::Date => DATE,
        }
    }

    /// The value as a text that [`Domain::parse`] reads; none when it has another type.
    fn text_of(self, value: &DeValue<'_>) -> Option<String> {
        match (self, value) {
            (Self::Number, DeValue::Integer(number)) => match number.radix() {
                10 => Some(number.as_str().to_owned()),
                radix => i128::from_str_radix(number.as_str(), radix).ok().map(|number| number.to_string()),
            },
            (Self::Number, DeValue::Float(number)) => Some(number.as_str().to_owned()),
            (Self::Text, DeValue::String(text)) => Some(text.to_string()),
            (Self::Time, DeValue::Datetime(moment)) => {
                let mut moment = *moment;
                // TOML may leave the seconds out; RFC 3339 may not.
                if let Some(time) = &mut moment.time {
                    time.second.get_or_insert(0);
                }
                Some(moment.to_string())
            }
            (Self::Date, DeValue::Datetime(moment)) if moment.time.is_none() => Some(moment.to_string()),
            _ => None,
        }
    }
}
