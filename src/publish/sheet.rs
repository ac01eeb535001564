//! Tables as CSV files (RFC 4180) that a spreadsheet may open without running anything. Column names are the vocabulary
//! of the week folder in every language; times are RFC 3339 in Amsterdam time.

use crate::calendar;
use crate::units::Instant;
use chrono::SecondsFormat;

/// The file of a table.
pub(super) fn sheet(columns: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(columns);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| safe(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell without line breaks, and with an apostrophe before what a spreadsheet would take for a formula
/// (OWASP, "CSV injection").
fn safe(cell: &str) -> String {
    let flat: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let formula = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if flat.trim_start().starts_with(formula) { format!("'{flat}") } else { flat }
}

/// `2027-01-19T12:35:00+01:00`.
pub(super) fn time(at: Instant) -> String {
    calendar::in_amsterdam(at).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// A number with two decimals and a point.
pub(super) fn decimal(value: f64) -> String {
    format!("{value:.2}")
}
