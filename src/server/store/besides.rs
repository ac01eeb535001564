//! What is known of a week beside its folder when something is made of it: events that were reported, notices that were given,
//! and what was fixed by hand for that one time. Each is the text of a table, empty when there is nothing.

use crate::server::problem::Problem;
use crate::week::read::Files;
use sqlx::Row;
use sqlx::any::AnyRow;

/// What is known beside a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Besides {
    /// `events.csv`.
    pub(crate) events: String,
    /// Rows of `commitments.csv`: who has been told of which flight.
    pub(crate) told: String,
    /// Rows of `pins.csv`.
    pub(crate) pins: String,
}

/// What a row of the store says was known.
pub(super) fn of(row: &AnyRow) -> Result<Besides, Problem> {
    Ok(Besides { events: row.try_get("events")?, told: row.try_get("told")?, pins: row.try_get("pins")? })
}

/// Columns of the rows that are added.
pub(crate) const TOLD: [&str; 5] = ["case", "legs", "slot", "noticed_at", "level"];
pub(crate) const PINS: [&str; 8] = ["pin", "case", "out", "legs", "escorts", "shift", "reason", "by"];

impl Besides {
    /// The files of a folder with the rows of tables added: of a case that has been told, in the place of what the folder says
    /// of it.
    pub(crate) fn add_to(&self, files: &mut Files) -> Result<(), Problem> {
        if !self.told.is_empty() {
            merge(files, "commitments.csv", &self.told, Some("case"))?;
        }
        if !self.pins.is_empty() {
            merge(files, "pins.csv", &self.pins, None)?;
        }
        Ok(())
    }
}

/// A table as it is written, with a head and one row each.
pub(crate) fn table<R: IntoIterator<Item = C>, C: IntoIterator<Item = String>>(
    head: &[&str],
    rows: R,
) -> Result<String, Problem> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(head).map_err(Problem::inside)?;
    for row in rows {
        writer.write_record(row).map_err(Problem::inside)?;
    }
    String::from_utf8(writer.into_inner().map_err(Problem::inside)?).map_err(Problem::inside)
}

/// Two tables with the same head as one; either may be empty.
pub(crate) fn joined(one: &str, other: &str) -> String {
    match other.split_once('\n').filter(|_| !one.is_empty()) {
        Some((_, rows)) => format!("{one}{rows}"),
        None => format!("{one}{other}"),
    }
}

/// Adds rows to a table of a folder, which may have its columns in another order; rows with the same `key` go.
fn merge(files: &mut Files, name: &str, added: &str, key: Option<&str>) -> Result<(), Problem> {
    let mut reader = csv::Reader::from_reader(added.as_bytes());
    let columns = reader.headers().map_err(Problem::inside)?.clone();
    let added = reader.records().collect::<Result<Vec<_>, _>>().map_err(Problem::inside)?;
    let present = files.get(name).map(Vec::as_slice).unwrap_or_default();
    let mut reader = csv::Reader::from_reader(present.strip_prefix(b"\xef\xbb\xbf").unwrap_or(present));
    let mut head: Vec<String> = reader.headers().map_err(Problem::inside)?.iter().map(str::to_owned).collect();
    head.extend(
        columns
            .iter()
            .filter(|column| !head.iter().any(|known| known == column))
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    );
    let at = |columns: &csv::StringRecord, name: &str| columns.iter().position(|column| column == name);
    let of = key.and_then(|key| Some((head.iter().position(|column| column == key)?, at(&columns, key)?)));
    let goes = |row: &csv::StringRecord| {
        of.is_some_and(|(here, there)| added.iter().any(|other| other.get(there) == row.get(here)))
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in reader.records() {
        let row = row.map_err(Problem::inside)?;
        if !goes(&row) {
            rows.push((0..head.len()).map(|at| row.get(at).unwrap_or_default().to_owned()).collect());
        }
    }
    for row in &added {
        let cell = |column: &String| at(&columns, column).and_then(|at| row.get(at)).unwrap_or_default().to_owned();
        rows.push(head.iter().map(cell).collect());
    }
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    files.insert(name.to_owned(), table(&head, rows)?.into_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_added_by_the_name_of_their_column_and_in_the_place_of_those_of_the_same_case() {
        let folder = "level,case,legs\nproposed,C1,L1\nbooked,C2,L2\n";
        let mut files = Files::from([("commitments.csv".to_owned(), folder.as_bytes().to_vec())]);
        let told = table(&TOLD, [["C1", "L3 L4", "S1", "2027-01-15T09:00:00+01:00", "noticed"].map(str::to_owned)]);
        Besides { told: told.unwrap(), ..Besides::default() }.add_to(&mut files).unwrap();
        let merged = String::from_utf8(files["commitments.csv"].clone()).unwrap();
        let rows = "booked,C2,L2,,\nnoticed,C1,L3 L4,S1,2027-01-15T09:00:00+01:00\n";
        assert_eq!(merged, format!("level,case,legs,slot,noticed_at\n{rows}"));
    }

    #[test]
    fn a_table_that_the_folder_lacks_is_made() {
        let mut files = Files::new();
        let pins = table(&PINS, [["P1", "C1", "true", "", "", "", "because", "planner"].map(str::to_owned)]);
        let besides = Besides { pins: pins.unwrap(), ..Besides::default() };
        besides.add_to(&mut files).unwrap();
        assert_eq!(String::from_utf8(files["pins.csv"].clone()).unwrap(), besides.pins);
    }
}
