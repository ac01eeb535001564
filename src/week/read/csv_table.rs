//! Records to rows of cells: the header, field counts, UTF-8, and every field into its domain.

use super::fields::{Domain, Fault};
use super::folder::Folder;
use super::log::{Log, shown};
use super::records::Records;
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
    file: &'static str,
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
            Ok("") => {
                if empty.is_none() {
                    log.add(|| self.at(column, Code::Empty));
                }
                empty
            }
            Ok(text) => T::parse_all(text, &mut |fault| log.add(|| self.faulty(column, fault))),
            Err(_) => {
                log.add(|| self.at(column, Code::NotUtf8));
                None
            }
        };
        Cell { value, column }
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
        let text = field.map(String::from_utf8_lossy);
        Diagnostic {
            line: Some(self.line),
            column: Some(self.column_at(column)),
            value: text.map(|text| shown(&text)),
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
        log.add(|| {
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

/// Reads every row of a table; a missing file is an empty table. The answer is whether each of them could be taken as a row: when not, ids may be
/// missing that are in the file.
pub(super) fn each<C: Cells>(folder: &Folder<'_>, log: &mut Log, mut take: impl FnMut(C, &Row<'_>, &mut Log)) -> bool {
    let Some(bytes) = folder.get(C::FILE) else { return true };
    let (mut records, mut record) = (Records::new(bytes), ByteRecord::new());
    if !records.next(&mut record) {
        log.add(|| header_missing::<C>(1));
        return false;
    }
    let Some(field_of) = header_of::<C>(&record, records.line, log) else { return false };
    let width = record.len();
    let mut whole = field_of.iter().all(Option::is_some);
    while records.next(&mut record) {
        let line = records.line;
        if records.quote_open {
            log.add(|| Diagnostic { line: Some(line), ..Diagnostic::of_file(Code::OpenQuote, C::FILE) });
            whole = false;
        } else if record.len() != width {
            log.add(|| field_count::<C>(&record, width, line));
            whole = false;
        } else {
            let row = Row { file: C::FILE, columns: C::COLUMNS, field_of: &field_of, record: &record, line };
            take(C::read(&row, log), &row, log);
        }
    }
    whole
}

fn field_count<C: Cells>(record: &ByteRecord, width: usize, line: u64) -> Diagnostic {
    Diagnostic {
        line: Some(line),
        value: Some(record.len().to_string()),
        allowed: Some(width.to_string()),
        ..Diagnostic::of_file(Code::FieldCount, C::FILE)
    }
}

fn header_missing<C: Cells>(line: u64) -> Diagnostic {
    Diagnostic {
        line: Some(line),
        allowed: Some(C::COLUMNS.join(",")),
        ..Diagnostic::of_file(Code::HeaderMissing, C::FILE)
    }
}

/// Where each column of the table stands in the header; none when the row is no header at all.
fn header_of<C: Cells>(header: &ByteRecord, line: u64, log: &mut Log) -> Option<Vec<Option<usize>>> {
    let mut field_of = vec![None; C::COLUMNS.len()];
    let known = |name: &[u8]| C::COLUMNS.iter().position(|column| column.as_bytes() == name);
    if header.iter().all(|name| known(name).is_none()) {
        log.add(|| header_missing::<C>(line));
        return None;
    }
    for (at, name) in header.iter().enumerate() {
        let code = match known(name) {
            None => Code::UnknownColumn,
            Some(column) if field_of[column].is_some() => Code::DuplicateColumn,
            Some(column) => {
                field_of[column] = Some(at);
                continue;
            }
        };
        log.add(|| {
            let name = shown(&String::from_utf8_lossy(name));
            Diagnostic {
                line: Some(line),
                column: Some(Column { name: name.clone(), number: u64::try_from(at + 1).ok() }),
                value: Some(name),
                allowed: Some(C::COLUMNS.join(", ")),
                ..Diagnostic::of_file(code, C::FILE)
            }
        });
    }
    for (column, _) in field_of.iter().enumerate().filter(|(_, field)| field.is_none()) {
        log.add(|| Diagnostic {
            line: Some(line),
            column: Some(Column { name: C::COLUMNS[column].to_owned(), number: None }),
            allowed: Some(C::COLUMNS.join(", ")),
            ..Diagnostic::of_file(Code::MissingColumn, C::FILE)
        });
    }
    Some(field_of)
}
