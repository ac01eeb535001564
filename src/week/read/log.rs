//! Collects diagnostics: all of them up to a limit, so that a broken table of a gigabyte is no burden.

use crate::week::diagnostic::{Code, Diagnostic};

/// How many diagnostics are listed; the rest is counted.
pub(super) const LISTED: usize = 1_000;

/// The diagnostics of one reading.
#[derive(Debug, Default)]
pub(super) struct Log {
    listed: Vec<Diagnostic>,
    more: u64,
}

impl Log {
    /// Adds a diagnostic; past the limit it is not even made.
    pub(super) fn add(&mut self, diagnostic: impl FnOnce() -> Diagnostic) {
        if self.listed.len() < LISTED {
            self.listed.push(diagnostic());
        } else {
            self.more += 1;
        }
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Everything found, in order of file and place, and how much was left out.
    pub(super) fn finish(mut self, order_of: impl Fn(&str) -> usize) -> Vec<Diagnostic> {
        let place = |d: &Diagnostic| (d.line, d.column.as_ref().and_then(|c| c.number), d.code);
        self.listed.sort_by(|a, b| {
            let by_file = order_of(&a.file).cmp(&order_of(&b.file)).then_with(|| a.file.cmp(&b.file));
            by_file.then_with(|| place(a).cmp(&place(b)))
        });
        if self.more > 0 {
            self.listed.push(Diagnostic {
                value: Some(self.more.to_string()),
                allowed: Some(LISTED.to_string()),
                ..Diagnostic::of_file(Code::MoreDiagnostics, "")
            });
        }
        self.listed
    }
}

/// A value as it may be shown: control characters written out, and no longer than a line holds.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).flat_map(printable).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

fn printable(c: char) -> impl Iterator<Item = char> {
    let escaped = c.is_control().then(|| c.escape_default());
    let plain = (!c.is_control()).then_some(c);
    escaped.into_iter().flatten().chain(plain)
}
