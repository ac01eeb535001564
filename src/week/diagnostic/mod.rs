//! What is wrong with a week folder, as data: code, place, value, what is allowed. Sentences are made at the edge, in
//! English or Dutch, from the one catalogue of codes.

use serde::Serialize;

/// A column of a table, or a key of `week.toml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Column {
    /// Its name: a column of the header, or a key such as `rules.rest_hours`.
    pub name: String,
    /// Counted from 1: the field in the row, or the character in the line of `week.toml`. None when the column is not there.
    pub number: Option<u64>,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code of the catalogue, for example `W201`.
    pub code: &'static str,
    /// File name inside the week folder; the folder itself when it cannot be read.
    pub file: String,
    /// Line in the file, counted from 1.
    pub line: Option<u64>,
    /// Column or key.
    pub column: Option<Column>,
    /// The value as written, shortened when long.
    pub value: Option<String>,
    /// What is allowed here, where it differs from place to place: a word list, a range, a file.
    pub allowed: Option<String>,
    /// The other place or value that this one clashes with, for example `cases.csv:3`.
    pub other: Option<String>,
}
