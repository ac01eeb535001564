//! Collects diagnostics: all of them up to a limit for each file, so that a broken table of a gigabyte is no burden and hides
//! nothing of the other tables.

use crate::week::diagnostic::{Code, Diagnostic};
use crate::week::id::invisible;
use std::collections::BTreeMap;

/// How many diagnostics of one file are listed; the rest is counted.
pub(super) const LISTED: usize = 1_000;

/// The diagnostics of one reading, by file.
#[derive(Debug, Default)]
pub(super) struct Log(BTreeMap<String, Found>);

#[derive(Debug, Default)]
struct Found {
    listed: Vec<Diagnostic>,
    more: u64,
}

impl Log {
    /// Adds a diagnostic on a file; past the limit it is not even made.
    pub(super) fn add(&mut self, file: &str, diagnostic: impl FnOnce() -> Diagnostic) {
        if !self.0.contains_key(file) {
            self.0.insert(file.to_owned(), Found::default());
        }
        let Some(found) = self.0.get_mut(file) else { return };
        if found.listed.len() < LISTED {
            found.listed.push(diagnostic());
        } else {
            found.more += 1;
        }
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything found, in order of file and place, and after each file how much of it was left out.
    pub(super) fn finish(self, order_of: impl Fn(&str) -> usize) -> Vec<Diagnostic> {
        let place = |d: &Diagnostic| (d.line, d.column.as_ref().and_then(|c| c.number), d.code);
        let mut files: Vec<_> = self.0.into_iter().collect();
        files.sort_by_key(|(file, _)| order_of(file));
        let mut all = Vec::new();
        for (file, Found { mut listed, more }) in files {
            listed.sort_by_key(place);
            all.append(&mut listed);
            if more > 0 {
                all.push(Diagnostic {
                    value: Some(more.to_string()),
                    allowed: Some(LISTED.to_string()),
                    ..Diagnostic::of_file(Code::MoreDiagnostics, &file)
                });
            }
        }
        all
    }
}

/// A text as it may be shown: control and invisible characters written out, and no longer than a line holds.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).flat_map(printable).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// Bytes as they may be shown; what is no UTF-8 becomes �.
pub(super) fn shown_bytes(bytes: &[u8]) -> String {
    // The longest text that is shown fits in this many bytes, however long the field is.
    let start = bytes.get(..4 * (LONGEST + 1)).unwrap_or(bytes);
    shown(&String::from_utf8_lossy(start))
}

/// Characters of a value that are shown.
const LONGEST: usize = 60;

fn printable(c: char) -> impl Iterator<Item = char> {
    let hidden = c.is_control() || invisible(c);
    let escaped = hidden.then(|| c.escape_default());
    let plain = (!hidden).then_some(c);
    escaped.into_iter().flatten().chain(plain)
}
