//! The header row: where each column of a table stands in its file.

use super::csv_table::Cells;
use super::log::{Log, shown_bytes};
use super::records::{Quotes, Records};
use crate::week::diagnostic::{Code, Column, Diagnostic};
use csv::ByteRecord;

/// Reads the first record of a file: where each column of the table stands in it; none when it is no header at all.
pub(super) fn header<C: Cells>(
    records: &mut Records<'_>,
    header: &mut ByteRecord,
    log: &mut Log,
) -> Option<Vec<Option<usize>>> {
    let found = records.next(header);
    let line = Some(records.line);
    let (whole, columns) = (Diagnostic { line, ..Diagnostic::of_file(Code::HeaderMissing, C::FILE) }, C::COLUMNS);
    if found && records.quotes == Quotes::Open {
        log.add(C::FILE, || Diagnostic { code: Code::OpenQuote, ..whole });
        return None;
    }
    if !found || header.iter().all(|name| position::<C>(name).is_none()) {
        log.add(C::FILE, || no_header::<C>(header, whole));
        return None;
    }
    let mut field_of = vec![None; columns.len()];
    for (at, name) in header.iter().enumerate() {
        let code = match position::<C>(name) {
            None => Code::UnknownColumn,
            Some(column) if field_of[column].is_some() => Code::DuplicateColumn,
            Some(column) => {
                field_of[column] = Some(at);
                continue;
            }
        };
        log.add(C::FILE, || {
            let name = shown_bytes(name);
            Diagnostic {
                code,
                column: Some(Column { name: name.clone(), number: u64::try_from(at + 1).ok() }),
                value: Some(name),
                allowed: Some(columns.join(", ")),
                ..whole.clone()
            }
        });
    }
    for (column, _) in field_of.iter().enumerate().filter(|(_, field)| field.is_none()) {
        log.add(C::FILE, || Diagnostic {
            code: Code::MissingColumn,
            column: Some(Column { name: columns[column].to_owned(), number: None }),
            allowed: Some(columns.join(", ")),
            ..whole.clone()
        });
    }
    Some(field_of)
}

/// The column of the table that has this name.
fn position<C: Cells>(name: &[u8]) -> Option<usize> {
    C::COLUMNS.iter().position(|column| column.as_bytes() == name)
}

/// Why the first record names no column: the columns are there but something else stands between them, the text is UTF-16,
/// or there is no header.
fn no_header<C: Cells>(header: &ByteRecord, at: Diagnostic) -> Diagnostic {
    let first = header.get(0).unwrap_or_default();
    if first.starts_with(b"\xFF\xFE") || first.starts_with(b"\xFE\xFF") {
        return Diagnostic { code: Code::NotUtf8, value: Some("UTF-16".to_owned()), ..at };
    }
    let parted = |separator: &u8| first.split(|byte| byte == separator).any(|name| position::<C>(name).is_some());
    match b";\t|".iter().find(|separator| parted(separator)) {
        Some(b'\t') => Diagnostic { code: Code::NotCommas, value: Some("tab".to_owned()), ..at },
        Some(separator) => Diagnostic { code: Code::NotCommas, value: Some(char::from(*separator).to_string()), ..at },
        None => Diagnostic { allowed: Some(C::COLUMNS.join(",")), ..at },
    }
}
