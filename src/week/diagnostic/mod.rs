//! What is wrong with a week folder, as data: code, place, value, what is allowed. Sentences are made at the edge, in
//! English or Dutch, from the one catalogue of codes.

mod codes;
mod render;

pub use codes::{Code, Sentences};
pub use render::{Rendered, index_page, render_all};

/// A column of a table, or a key of `week.toml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column {
    /// Its name: a column of the header, or a key such as `rules.rest_hours`.
    pub name: String,
    /// Counted from 1: the field in the row, or the character in the line of `week.toml`; none when it is not there.
    pub number: Option<u64>,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its code in the catalogue.
    pub code: Code,
    /// File name inside the week folder; the folder's path when the folder itself cannot be read.
    pub file: String,
    /// Line in the file, counted from 1.
    pub line: Option<u64>,
    /// Column or key.
    pub column: Option<Column>,
    /// The value as written, shortened when long.
    pub value: Option<String>,
    /// What is allowed, where that differs from place to place: a word list, a range.
    pub allowed: Option<String>,
    /// The place or value that this one clashes with, for example `cases.csv:3`.
    pub other: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of a whole file.
    pub fn of_file(code: Code, file: &str) -> Self {
        Self { code, file: file.to_owned(), line: None, column: None, value: None, allowed: None, other: None }
    }
}
