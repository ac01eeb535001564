//! Records to rows of cells: field counts, UTF-8, and every field into its domain.

use super::fields::{Domain, Fault, Spaces};
use super::folder::Folder;
use super::header::header;
use super::log::{Log, shown, shown_bytes};
use super::records::{Quotes, Records};
use crate::units::Instant;
use crate::week::diagnostic::{Code, Column, Diagnostic};
use crate::week::{RowRef, Span};
use csv::ByteRecord;

/// The value of one field, when it could be read, and the position of its column in [`Cells::COLUMNS`].
pub(super) struct Cell<T> {
    pub(super) value: Option<T>,
    pub(super) column: usize,
}

/// The fields of a row of one table, each in its domain. Made by [`columns!`].
pub(super) trait Cells: Sized {
    const FILE: &'static str;
    const COLUMNS: &'static [&'static str];
    fn read(row: &Row<'_>, log: &mut Log) -> Self;
}

/// Declares the columns of a table, each once: its name (in brackets when Rust keeps the word for itself), its domain
/// and, where a field may be empty, what empty means.
macro_rules! columns {
    ($(#[$doc:meta])* $cells:ident in $file:literal {
        $($name:ident $(($column:literal))?: $domain:ty $(= $empty:expr)?),+ $(,)?
    }) => {
        $(#[$doc])*
        pub(super) struct $cells { $(pub(super) $name: $crate::week::read::csv_table::Cell<$domain>),+ }

        impl $crate::week::read::csv_table::Cells for $cells {
            const FILE: &'static str = $file;
            const COLUMNS: &'static [&'static str] =
                &[$($crate::week::read::csv_table::columns!(@name $name $($column)?)),+];
            fn read(
                row: &$crate::week::read::csv_table::Row<'_>,
                log: &mut $crate::week::read::log::Log,
            ) -> Self {
                let mut column = 0;
                Self { $($name: row.cell(&mut column, $crate::week::read::csv_table::columns!(@empty $($empty)?), log)),+ }
            }
        }
    };
    (@name $name:ident) => { stringify!($name) };
    (@name $name:ident $column:literal) => { $column };
    (@empty) => { None };
    (@empty $empty:expr) => { Some($empty) };
}
pub(super) use columns;

/// One row of a table, for reading its cells and for saying what is wrong with them.
pub(super) struct Row<'a> {
    pub(super) file: &'static str,
    columns: &'static [&'static str],
    /// Where each column of the table stands in the file.
    field_of: &'a [Option<usize>],
    record: &'a ByteRecord,
    pub(super) line: u64,
}

impl Row<'_> {
    /// Where the row stands.
    pub(super) fn reference(&self) -> RowRef {
        RowRef { file: self.file, line: self.line }
    }

    /// Reads the next column; `empty` is what an empty field means, none when it must be filled.
    pub(super) fn cell<T: Domain>(&self, next: &mut usize, empty: Option<T>, log: &mut Log) -> Cell<T> {
        let column = *next;
        *next += 1;
        let Some(field) = self.field_of[column].and_then(|at| self.record.get(at)) else {
            return Cell { value: None, column };
        };
        let value = match std::str::from_utf8(field) {
            Ok(text) if text.is_empty() || (T::SPACES == Spaces::Ignored && text.trim().is_empty()) => {
                if empty.is_none() {
                    log.add(self.file, || self.at(column, Code::Empty));
                }
                empty
            }
            Ok(text) if T::SPACES == Spaces::Refused && text.trim() != text => {
                log.add(self.file, || self.at(column, Code::Padded));
                None
            }
            Ok(text) => T::parse_all(text, &mut |fault| log.add(self.file, || self.faulty(column, fault))),
            Err(_) => {
                log.add(self.file, || self.at(column, Code::NotUtf8));
                None
            }
        };
        Cell { value, column }
    }

    /// The text of a cell without spaces around it, when it is text.
    pub(super) fn text<T>(&self, cell: &Cell<T>) -> Option<&str> {
        let field = self.field_of[cell.column].and_then(|at| self.record.get(at))?;
        std::str::from_utf8(field).ok().map(str::trim)
    }

    /// The column of a cell, as it stands in the file.
    pub(super) fn column<T>(&self, cell: &Cell<T>) -> Column {
        self.column_at(cell.column)
    }

    fn column_at(&self, column: usize) -> Column {
        let number = self.field_of[column].and_then(|at| u64::try_from(at + 1).ok());
        Column { name: self.columns[column].to_owned(), number }
    }

    /// A diagnostic on one column of this row.
    pub(super) fn at(&self, column: usize, code: Code) -> Diagnostic {
        let field = self.field_of[column].and_then(|at| self.record.get(at));
        Diagnostic {
            line: Some(self.line),
            column: Some(self.column_at(column)),
            value: field.map(shown_bytes),
            ..Diagnostic::of_file(code, self.file)
        }
    }

    fn faulty(&self, column: usize, fault: Fault) -> Diagnostic {
        let mut diagnostic = self.at(column, fault.code);
        diagnostic.allowed = fault.allowed;
        if let Some(value) = fault.value {
            diagnostic.value = Some(shown(&value));
        }
        diagnostic
    }

    /// Reports a rule that the value of `cell` breaks; `more` fills in what it clashes with or what is allowed.
    pub(super) fn complain<T>(&self, log: &mut Log, cell: &Cell<T>, code: Code, more: impl FnOnce(&mut Diagnostic)) {
        log.add(self.file, || {
            let mut diagnostic = self.at(cell.column, code);
            more(&mut diagnostic);
            diagnostic
        });
    }

    /// Reports `later` when it is before `earlier`, under `code`.
    pub(super) fn in_order<T: PartialOrd>(
        &self,
        (earlier, from): (&Cell<impl Sized>, Option<T>),
        (later, until): (&Cell<impl Sized>, Option<T>),
        code: Code,
        log: &mut Log,
    ) {
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            self.complain(log, later, code, |d| d.other = Some(self.quoted(earlier)));
        }
    }

    /// Both sides may be empty, which is no limit.
    pub(super) fn window<T: PartialOrd + Copy>(&self, from: &Cell<Option<T>>, until: &Cell<Option<T>>, log: &mut Log) {
        let (earlier, later) = (from.value.flatten(), until.value.flatten());
        self.in_order((from, earlier), (until, later), Code::EndsBeforeStart, log);
    }

    /// The end may be empty: not yet, or not known.
    pub(super) fn until_not_before(&self, from: &Cell<Instant>, until: &Cell<Option<Instant>>, log: &mut Log) {
        self.in_order((from, from.value), (until, until.value.flatten()), Code::EndsBeforeStart, log);
    }

    /// A flight.
    pub(super) fn flight(&self, departs: &Cell<Instant>, arrives: &Cell<Instant>, log: &mut Log) {
        self.in_order((departs, departs.value), (arrives, arrives.value), Code::ArrivesBeforeDeparts, log);
    }

    /// The stretch between two cells; reports it when its end is before its start.
    pub(super) fn span(&self, from: &Cell<Instant>, until: &Cell<Instant>, log: &mut Log) -> Option<Span> {
        self.in_order((from, from.value), (until, until.value), Code::EndsBeforeStart, log);
        Span::new(from.value?, until.value?)
    }

    /// The name and the text of a cell, for naming it in a diagnostic on another one.
    fn quoted<T>(&self, cell: &Cell<T>) -> String {
        let Diagnostic { column, value, .. } = self.at(cell.column, Code::Empty);
        format!("{} {}", column.map(|c| c.name).unwrap_or_default(), value.unwrap_or_default())
    }
}

/// What could not be taken from a table.
#[derive(Debug, Default)]
pub(super) struct Lost {
    /// Whether the table has no columns that could be read, or ends in a field that is never closed: any row may be lost.
    pub(super) all: bool,
    /// The first fields, which are the ids, of rows that could not be taken, and the line of each.
    pub(super) ids: Vec<(String, u64)>,
}

impl Lost {
    /// Whether every row was taken.
    pub(super) fn nothing(&self) -> bool {
        !self.all && self.ids.is_empty()
    }
}

/// Reads every row of a table; a missing file is an empty table.
pub(super) fn each<C: Cells>(folder: &Folder<'_>, log: &mut Log, mut take: impl FnMut(C, &Row<'_>, &mut Log)) -> Lost {
    let mut lost = Lost { all: folder.lost(C::FILE), ids: Vec::new() };
    let Some(bytes) = folder.get(C::FILE) else { return lost };
    let (mut records, mut record) = (Records::new(bytes), ByteRecord::new());
    let Some(field_of) = header::<C>(&mut records, &mut record, log) else { return Lost { all: true, ..lost } };
    let width = record.len();
    lost.all |= field_of.first().is_none_or(Option::is_none);
    while records.next(&mut record) {
        let (line, quotes) = (records.line, records.quotes);
        if quotes == Quotes::Sound && record.len() == width && !blank(&record) {
            let row = Row { file: C::FILE, columns: C::COLUMNS, field_of: &field_of, record: &record, line };
            take(C::read(&row, log), &row, log);
            continue;
        }
        log.add(C::FILE, || no_row::<C>(&record, &field_of, quotes, line, width));
        lost.all |= quotes == Quotes::Open;
        let id = field_of.first().copied().flatten().and_then(|at| record.get(at));
        lost.ids.extend(id.map(|id| (String::from_utf8_lossy(id).trim().to_owned(), line)));
    }
    lost
}

/// A row of commas and spaces, as spreadsheets leave them behind.
fn blank(record: &ByteRecord) -> bool {
    record.iter().all(|field| field.iter().all(u8::is_ascii_whitespace))
}

/// Why a record is no row of its table.
fn no_row<C: Cells>(
    record: &ByteRecord,
    field_of: &[Option<usize>],
    quotes: Quotes,
    line: u64,
    width: usize,
) -> Diagnostic {
    let (code, field) = match quotes {
        Quotes::Open => (Code::OpenQuote, None),
        Quotes::Stray(at) => (Code::StrayQuote, Some(at)),
        Quotes::Sound if blank(record) => (Code::BlankRow, None),
        Quotes::Sound => (Code::FieldCount, None),
    };
    let column = field.map(|at| {
        let name = field_of.iter().position(|&field| field == Some(at)).map_or("", |column| C::COLUMNS[column]);
        Column { name: name.to_owned(), number: u64::try_from(at + 1).ok() }
    });
    let value = match code {
        Code::FieldCount => Some(record.len().to_string()),
        Code::StrayQuote => field.and_then(|at| record.get(at)).map(shown_bytes),
        _ => None,
    };
    let allowed = (code == Code::FieldCount).then(|| width.to_string());
    Diagnostic { line: Some(line), column, value, allowed, ..Diagnostic::of_file(code, C::FILE) }
}
