//! The text of `week.toml`: its places as line and character, and its values as texts that the field domains read.

use super::fields::{Domain, Fault};
use super::log::{Log, shown};
use crate::week::diagnostic::{Code, Column, Diagnostic};
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

/// What a value must be, as people are told.
pub(super) const NUMBER: &str = "a number";
pub(super) const TEXT: &str = "\"text\"";
pub(super) const TIME: &str = "2027-01-18T09:30:00+01:00";
pub(super) const DATE: &str = "2027-01-18";
pub(super) const LIST: &str = "[a list]";

impl<'a> TomlText<'a> {
    /// The text of the file; reports a missing file and bytes that are not UTF-8.
    pub(super) fn new(bytes: Option<&'a Vec<u8>>, log: &mut Log) -> Option<Self> {
        let Some(bytes) = bytes else {
            log.add(|| Diagnostic::of_file(Code::HeadMissing, FILE));
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
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let line = valid.iter().filter(|&&byte| byte == b'\n').count() + 1;
                let start = valid.iter().rposition(|&byte| byte == b'\n').map_or(0, |feed| feed + 1);
                let end = bytes[start..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |len| start + len);
                let value = Some(shown(&String::from_utf8_lossy(&bytes[start..end])));
                let line = u64::try_from(line).ok();
                log.add(|| Diagnostic { line, value, ..Diagnostic::of_file(Code::NotUtf8, FILE) });
                None
            }
        }
    }

    /// The document; none when it is not TOML, with every error reported.
    pub(super) fn document(&self, log: &mut Log) -> Option<DeTable<'a>> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            log.add(|| Diagnostic {
                line: Some(self.line(at)),
                column: Some(Column { name: String::new(), number: Some(self.character(at)) }),
                value: Some(shown(error.message())),
                ..Diagnostic::of_file(Code::TomlSyntax, FILE)
            });
        }
        errors.is_empty().then(|| document.into_inner())
    }

    fn line(&self, at: usize) -> u64 {
        u64::try_from(self.line_starts.partition_point(|&start| start <= at)).unwrap_or(u64::MAX)
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
            column: Some(Column { name: key.to_owned(), number: Some(self.character(span.start)) }),
            value: self.text.get(span.clone()).map(|text| shown(text.trim_matches('"'))),
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
            None => Err(Fault { code: Code::WrongType, allowed: Some(form.example().to_owned()), value: None }),
        };
        read.map_err(|Fault { code, allowed, .. }| log.add(|| Diagnostic { allowed, ..self.at(key, &span, code) })).ok()
    }

    /// The elements of a list.
    pub(super) fn list<'v, 't>(
        &self,
        key: &str,
        value: &'v Spanned<DeValue<'t>>,
        log: &mut Log,
    ) -> Option<&'v [Spanned<DeValue<'t>>]> {
        if let DeValue::Array(elements) = value.get_ref() {
            return Some(elements);
        }
        self.wrong_type(key, value, LIST, log);
        None
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
        self.wrong_type(key, value, &format!("[{key}]"), log);
        None
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'_>>, allowed: &str, log: &mut Log) {
        let allowed = Some(allowed.to_owned());
        log.add(|| Diagnostic { allowed, ..self.at(key, &value.span(), Code::WrongType) });
    }
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
