//! From a week folder to a valid [`Week`], or every diagnostic at once (section 1 of the specification).
//!
//! Tables are read so that every reference points to a table that has been read before it.

mod cases;
mod csv_table;
mod escorts;
mod events;
mod fields;
mod flights;
mod folder;
mod head;
mod header;
mod log;
mod past;
mod pins;
mod places;
mod records;
mod references;
mod road;
mod toml_text;

pub(crate) use head::is_iso_week;

use super::diagnostic::Diagnostic;
use super::table::{Keyed, Table};
use super::{PastDeparture, Week};
use csv_table::Cells;
use folder::Folder;
use log::Log;
use references::{Ids, Known};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The files of a week folder that is held in memory: name → content.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Reads a week folder.
///
/// # Errors
/// All errors of all files, in order of file and line. Of a file with more than a thousand the first thousand are listed; one
/// more diagnostic says how many were left out.
pub fn read(folder: &Path) -> Result<Week, Vec<Diagnostic>> {
    let mut log = Log::default();
    let (files, lost) = folder::load(folder, &mut log);
    if log.is_empty() || !files.is_empty() { week(&Folder::new(&files, lost), log) } else { Err(log.finish(order)) }
}

/// The files of a week folder, read but not yet understood.
///
/// # Errors
/// Files that cannot be read.
pub fn read_folder(folder: &Path) -> Result<Files, Vec<Diagnostic>> {
    let mut log = Log::default();
    let (files, _) = folder::load(folder, &mut log);
    if log.is_empty() { Ok(files) } else { Err(log.finish(order)) }
}

/// Reads a week folder that is held in memory.
///
/// # Errors
/// As [`read`].
pub fn read_files(files: &Files) -> Result<Week, Vec<Diagnostic>> {
    week(&Folder::new(files, BTreeSet::new()), Log::default())
}

/// Reads a `history.csv` on its own.
///
/// # Errors
/// As [`read`].
pub fn read_history(bytes: Vec<u8>) -> Result<Table<PastDeparture>, Vec<Diagnostic>> {
    let files = Files::from([(past::DepartureCells::FILE.to_owned(), bytes)]);
    let mut log = Log::default();
    let history = past::history(&Folder::new(&files, BTreeSet::new()), &mut log);
    let found = log.finish(order);
    if found.is_empty() { Ok(history) } else { Err(found) }
}

/// The digest of a week folder that is held in memory (section 8 of the specification).
pub(crate) fn digest(files: &Files) -> String {
    Folder::new(files, BTreeSet::new()).digest()
}

/// The tables, in the order of the specification; `pins.csv` is an addition to it.
const TABLES: [&str; 20] = [
    places::LocationCells::FILE,
    places::TravelCells::FILE,
    cases::CaseCells::FILE,
    cases::PersonCells::FILE,
    cases::DocumentCells::FILE,
    cases::ProcedureCells::FILE,
    cases::AvailabilityCells::FILE,
    cases::SlotCells::FILE,
    flights::LegCells::FILE,
    flights::TransitCells::FILE,
    flights::DestinationCells::FILE,
    flights::ReturnCells::FILE,
    escorts::EscortCells::FILE,
    escorts::AbsenceCells::FILE,
    escorts::DutyCells::FILE,
    road::ShiftCells::FILE,
    road::TransferCells::FILE,
    past::CommitmentCells::FILE,
    past::DepartureCells::FILE,
    pins::PinCells::FILE,
];

/// `week.toml` first, then the tables, then anything else.
fn order(file: &str) -> usize {
    if file == toml_text::FILE {
        0
    } else {
        TABLES.iter().position(|table| *table == file).map_or(TABLES.len() + 1, |at| at + 1)
    }
}

/// Adds a row to a table. Rows without value and rows whose id is taken have been reported already.
fn keep<T: Keyed>(table: &mut Table<T>, row: Option<T>) {
    if let Some(row) = row {
        let _ = table.insert(row);
    }
}

/// Reads a week folder and applies an events file to its tables (section 10 of the specification). The digest of the week
/// stays that of the folder.
///
/// # Errors
/// As [`read`], those of the events among them.
pub fn read_with_events(folder: &Path, events: &Path) -> Result<Week, Vec<Diagnostic>> {
    let mut log = Log::default();
    let (files, lost) = folder::load(folder, &mut log);
    let bytes = folder::load_file(events, folder::EVENTS, &mut log);
    if files.is_empty() {
        return Err(log.finish(order));
    }
    happened(&Folder::new(&files, lost), bytes, log)
}

/// The same for a folder and events that are held in memory.
///
/// # Errors
/// As [`read_with_events`].
pub fn read_files_with_events(files: &Files, events: &[u8]) -> Result<Week, Vec<Diagnostic>> {
    happened(&Folder::new(files, BTreeSet::new()), Some(events.to_vec()), Log::default())
}

fn happened(folder: &Folder<'_>, events: Option<Vec<u8>>, log: Log) -> Result<Week, Vec<Diagnostic>> {
    let read = week(folder, log);
    let mut log = Log::default();
    let bytes = events.map(|bytes| (folder::EVENTS.to_owned(), bytes)).into_iter().collect();
    let file = Folder::new(&bytes, BTreeSet::new());
    match read {
        Ok(mut week) => {
            events::apply(&file, &mut week, &mut log);
            let found = log.finish(order);
            if found.is_empty() { Ok(week) } else { Err(found) }
        }
        // Ids of a folder that could not be read are no ids to refer to.
        Err(mut found) => {
            events::read_alone(&file, &mut log);
            found.extend(log.finish(order));
            Err(found)
        }
    }
}

fn known(folder: &Folder<'_>) -> Known {
    Known {
        locations: Ids::of::<places::LocationCells>(folder),
        cases: Ids::of::<cases::CaseCells>(folder),
        persons: Ids::of::<cases::PersonCells>(folder),
        slots: Ids::of::<cases::SlotCells>(folder),
        legs: Ids::of::<flights::LegCells>(folder),
        escorts: Ids::of::<escorts::EscortCells>(folder),
        shifts: Ids::of::<road::ShiftCells>(folder),
        no_airports: BTreeSet::new(),
    }
}

fn week(folder: &Folder<'_>, mut log: Log) -> Result<Week, Vec<Diagnostic>> {
    let (log, mut known) = (&mut log, known(folder));
    let known = &mut known;
    folder.unknown_tables(log);
    let locations = places::locations(folder, known, log);
    let head = head::head(folder, known, log);
    let travel = places::travel(folder, known, log);
    let cases = cases::cases(folder, known, log);
    let persons = cases::persons(folder, &cases, known, log);
    let documents = cases::documents(folder, known, log);
    let procedures = cases::procedures(folder, known, log);
    let availability = cases::availability(folder, known, log);
    let contact_slots = cases::contact_slots(folder, known, log);
    let legs = flights::legs(folder, known, log);
    let transits = flights::transits(folder, known, log);
    let destinations = flights::destinations(folder, log);
    let returns = flights::returns(folder, known, log);
    let escorts = escorts::escorts(folder, known, log);
    let absences = escorts::absences(folder, known, log);
    let duties = escorts::duties(folder, log);
    let shifts = road::shifts(folder, known, log);
    let transfers = road::transfers(folder, known, log);
    let commitments = past::commitments(folder, known, log);
    let history = past::history(folder, log);
    let pins = pins::pins(folder, known, log);
    let found = std::mem::take(log).finish(order);
    let Some(head) = head.filter(|_| found.is_empty()) else { return Err(found) };
    Ok(Week {
        week: head.week,
        now: head.now,
        start: head.start,
        end: head.end,
        home_airports: head.home_airports,
        holidays: head.holidays,
        rules: head.parameters.rules,
        costs: head.parameters.costs,
        risk: head.parameters.risk,
        changes: head.parameters.changes,
        persons_of: grouped(persons.rows(), |person| &person.case),
        documents_of: grouped(documents.rows(), |document| &document.person),
        procedures_of: grouped(procedures.rows(), |procedure| &procedure.case),
        availability_of: grouped(&availability, |stretch| &stretch.case),
        locations,
        travel,
        cases,
        persons,
        documents,
        procedures,
        availability,
        contact_slots,
        legs,
        transits,
        destinations,
        returns,
        escorts,
        absences,
        duties,
        shifts,
        transfers,
        commitments,
        history,
        pins,
        events: Vec::new(),
        input_digest: folder.digest(),
    })
}

/// The positions of the rows that belong to each key, in file order.
fn grouped<T, K: Ord + Clone>(rows: &[T], key: impl Fn(&T) -> &K) -> BTreeMap<K, Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        match groups.get_mut(key(row)) {
            Some(group) => group.push(at),
            None => {
                groups.insert(key(row).clone(), vec![at]);
            }
        }
    }
    groups
}
