//! Rows of a table of a week folder that is held in memory: a field changed, a row copied.

use super::Refusal;
use crate::week::read::Files;
use csv::{ReaderBuilder, StringRecord, Writer};

/// A table as records; the first is its header.
struct Sheet(Vec<StringRecord>);

impl Sheet {
    fn of(files: &Files, file: &str) -> Option<Self> {
        let bytes = files.get(file)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        reader.records().collect::<Result<Vec<StringRecord>, _>>().ok().map(Self)
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.0.first()?.iter().position(|column| column == name)
    }

    /// The row with an id in its first column.
    fn row(&self, id: &str) -> Option<usize> {
        self.0.iter().skip(1).position(|row| row.get(0) == Some(id)).map(|at| at + 1)
    }

    fn set(&mut self, row: usize, column: usize, value: &str) {
        if let Some(record) = self.0.get_mut(row) {
            let fields = record.iter().enumerate().map(|(at, field)| if at == column { value } else { field });
            *record = fields.collect();
        }
    }

    fn write(self, files: &mut Files, file: &str) -> Option<()> {
        let mut writer = Writer::from_writer(Vec::new());
        self.0.iter().try_for_each(|record| writer.write_record(record)).ok()?;
        files.insert(file.to_owned(), writer.into_inner().ok()?);
        Some(())
    }
}

/// Gives one field of one row another value.
pub(super) fn edit(files: &mut Files, file: &str, id: &str, column: &str, value: &str) -> Result<(), Refusal> {
    let mut edited = || {
        let mut sheet = Sheet::of(files, file)?;
        let (row, column) = (sheet.row(id)?, sheet.column(column)?);
        sheet.set(row, column, value);
        sheet.write(files, file)
    };
    edited().ok_or_else(|| Refusal::NoField(format!("{file}:{id}:{column}")))
}

/// Adds a row like another, under an id that is free; an escort's absences too.
pub(super) fn copy(files: &mut Files, file: &str, id: &str, fields: &[(String, String)]) -> Result<(), Refusal> {
    let refused = || Refusal::NoField(format!("{file}:{id}"));
    let mut sheet = Sheet::of(files, file).ok_or_else(refused)?;
    let row = sheet.row(id).ok_or_else(refused)?;
    let mut new = format!("{id}+");
    while sheet.row(&new).is_some() {
        new.push('+');
    }
    let copied = sheet.0[row].clone();
    sheet.0.push(copied);
    let last = sheet.0.len() - 1;
    sheet.set(last, 0, &new);
    for (column, value) in fields {
        let column = sheet.column(column).ok_or_else(refused)?;
        sheet.set(last, column, value);
    }
    sheet.write(files, file).ok_or_else(refused)?;
    if file != "escorts.csv" {
        return Ok(());
    }
    let Some(mut absences) = Sheet::of(files, "absences.csv") else { return Ok(()) };
    let of_new: Vec<StringRecord> = absences.0.iter().filter(|row| row.get(0) == Some(id)).cloned().collect();
    for record in of_new {
        absences.0.push(record);
        let last = absences.0.len() - 1;
        absences.set(last, 0, &new);
    }
    absences.write(files, "absences.csv").ok_or_else(refused)
}
