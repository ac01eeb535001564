//! `cases.csv`, `persons.csv` and what stands in a case's file: documents, procedures, availability, contact slots.

use super::csv_table::{Row, columns, each};
use super::fields::{EscortSex, List};
use super::folder::Folder;
use super::keep;
use super::log::Log;
use super::references::{Ids, Known};
use crate::units::{Instant, Priority};
use crate::week::diagnostic::{Code, Diagnostic};
use crate::week::*;
use std::collections::BTreeSet;

columns! {
    CaseCells in "cases.csv" {
        case: CaseId,
        kind: CaseKind,
        destination: Country,
        entry_points: List<LocationId> = List::default(),
        location: LocationId,
        measure: Measure,
        earliest: Option<Instant> = None,
        latest: Option<Instant> = None,
        term_until: Option<Instant> = None,
        priority: Priority = Priority::constant(1.0),
        escorts: u32,
        escort_sex: Option<EscortSex> = None,
        medical_escort: Option<Medical> = None,
        voluntary_track: bool,
        released_by: Option<OfficerId> = None,
        released_at: Option<Instant> = None,
        belongings_known: bool,
        physical_known: bool,
        medical_known: bool,
    }
}

columns! {
    PersonCells in "persons.csv" {
        person: PersonId,
        case: CaseId,
        sex: Sex,
        age_group: AgeGroup,
        unaccompanied_minor: bool,
        reception_confirmed: bool,
        fit_to_fly: FitToFly,
        fit_until: Option<Instant> = None,
        wheelchair: bool,
    }
}

columns! {
    DocumentCells in "documents.csv" {
        document: DocumentId,
        person: PersonId,
        kind: DocumentKind,
        status: DocumentStatus,
        valid_from: Option<Instant> = None,
        valid_until: Option<Instant> = None,
        entry_points: List<LocationId> = List::default(),
    }
}

columns! {
    ProcedureCells in "procedures.csv" {
        procedure: ProcedureId,
        case: CaseId,
        kind: String,
        opened: Instant,
        closed: Option<Instant> = None,
        suspensive: bool,
    }
}

columns! {
    AvailabilityCells in "availability.csv" {
        case: CaseId,
        from: Instant,
        until: Instant,
        source: String = String::new(),
        confirmed_at: Option<Instant> = None,
    }
}

columns! {
    SlotCells in "contact_slots.csv" {
        slot: SlotId,
        location: LocationId,
        starts: Instant,
        capacity: u32,
    }
}

/// An empty list of entry points is no limit.
fn entry_points(list: List<LocationId>) -> EntryPoints {
    if list.0.is_empty() { EntryPoints::Any } else { EntryPoints::Only(list.0.into_iter().collect()) }
}

pub(super) fn cases(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Case> {
    let mut table = Table::default();
    let lost = each(folder, log, |mut cells: CaseCells, row, log| {
        known.cases.take(row, &cells.case, log);
        known.locations.refer(row, &mut cells.location, log);
        known.airports(row, &mut cells.entry_points, log);
        row.window(&cells.earliest, &cells.latest, log);
        if let (Some(0), Some(Some(_))) = (cells.escorts.value, cells.escort_sex.value) {
            row.complain(log, &cells.escort_sex, Code::EscortSexWithoutEscorts, |_| ());
        }
        keep(&mut table, case(cells, row));
    });
    known.cases.lose(&lost);
    table
}

fn case(cells: CaseCells, row: &Row<'_>) -> Option<Case> {
    Some(Case {
        id: cells.case.value?,
        kind: cells.kind.value?,
        destination: cells.destination.value?,
        entry_points: entry_points(cells.entry_points.value?),
        location: cells.location.value?,
        measure: cells.measure.value?,
        earliest: cells.earliest.value?,
        latest: cells.latest.value?,
        term_until: cells.term_until.value?,
        priority: cells.priority.value?,
        escorts: cells.escorts.value?,
        escort_sex: cells.escort_sex.value?.map(|EscortSex(sex)| sex),
        medical_escort: cells.medical_escort.value?,
        voluntary_track: cells.voluntary_track.value?,
        release: Release { by: cells.released_by.value?, at: cells.released_at.value? },
        file: FileParts {
            belongings: cells.belongings_known.value?,
            physical: cells.physical_known.value?,
            medical: cells.medical_known.value?,
        },
        row: row.reference(),
    })
}

/// Reads the persons, and reports every case without one.
pub(super) fn persons(folder: &Folder<'_>, cases: &Table<Case>, known: &mut Known, log: &mut Log) -> Table<Person> {
    let mut table = Table::default();
    let (mut peopled, mut all_placed) = (BTreeSet::new(), true);
    let lost = each(folder, log, |mut cells: PersonCells, row, log| {
        known.persons.take(row, &cells.person, log);
        all_placed &= cells.case.value.is_some();
        known.cases.refer(row, &mut cells.case, log);
        peopled.extend(cells.case.value.clone());
        keep(&mut table, person(cells, row));
    });
    known.persons.lose(&lost);
    if lost.nothing() && all_placed {
        let unpeopled: Vec<_> = cases.iter().filter(|case| !peopled.contains(&case.id)).collect();
        without_persons(&unpeopled, known, log);
    }
    table
}

fn without_persons(cases: &[&Case], known: &Known, log: &mut Log) {
    let (code, reported) =
        if known.persons.present { (Code::CaseWithoutPersons, cases.len()) } else { (Code::TableMissing, 1) };
    for case in cases.iter().take(reported) {
        let other = Some(known.persons.file.to_owned());
        log.add(known.cases.file, || Diagnostic { other, ..known.cases.diagnostic(&case.id, code) });
    }
}

fn person(cells: PersonCells, row: &Row<'_>) -> Option<Person> {
    Some(Person {
        id: cells.person.value?,
        case: cells.case.value?,
        sex: cells.sex.value?,
        age_group: cells.age_group.value?,
        unaccompanied_minor: cells.unaccompanied_minor.value?,
        reception_confirmed: cells.reception_confirmed.value?,
        fit_to_fly: cells.fit_to_fly.value?,
        fit_until: cells.fit_until.value?,
        wheelchair: cells.wheelchair.value?,
        row: row.reference(),
    })
}

pub(super) fn documents(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Document> {
    let (mut table, mut ids) = (Table::default(), Ids::of::<DocumentCells>(folder));
    each(folder, log, |mut cells: DocumentCells, row, log| {
        ids.take(row, &cells.document, log);
        known.persons.refer(row, &mut cells.person, log);
        known.airports(row, &mut cells.entry_points, log);
        row.window(&cells.valid_from, &cells.valid_until, log);
        let document = || {
            Some(Document {
                id: cells.document.value?,
                person: cells.person.value?,
                kind: cells.kind.value?,
                status: cells.status.value?,
                valid_from: cells.valid_from.value?,
                valid_until: cells.valid_until.value?,
                entry_points: entry_points(cells.entry_points.value?),
                row: row.reference(),
            })
        };
        keep(&mut table, document());
    });
    table
}

pub(super) fn procedures(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Procedure> {
    let (mut table, mut ids) = (Table::default(), Ids::of::<ProcedureCells>(folder));
    each(folder, log, |mut cells: ProcedureCells, row, log| {
        ids.take(row, &cells.procedure, log);
        known.cases.refer(row, &mut cells.case, log);
        row.until_not_before(&cells.opened, &cells.closed, log);
        let procedure = || {
            Some(Procedure {
                id: cells.procedure.value?,
                case: cells.case.value?,
                kind: cells.kind.value?,
                opened: cells.opened.value?,
                closed: cells.closed.value?,
                suspensive: cells.suspensive.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, procedure());
    });
    table
}

pub(super) fn availability(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Vec<Availability> {
    let mut rows = Vec::new();
    each(folder, log, |mut cells: AvailabilityCells, row, log| {
        known.cases.refer(row, &mut cells.case, log);
        let span = row.span(&cells.from, &cells.until, log);
        let stretch = || {
            Some(Availability {
                case: cells.case.value?,
                span: span?,
                source: cells.source.value?,
                confirmed_at: cells.confirmed_at.value?,
                row: row.reference(),
            })
        };
        rows.extend(stretch());
    });
    rows
}

pub(super) fn contact_slots(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<ContactSlot> {
    let mut table = Table::default();
    let lost = each(folder, log, |mut cells: SlotCells, row, log| {
        known.slots.take(row, &cells.slot, log);
        known.locations.refer(row, &mut cells.location, log);
        let slot = || {
            Some(ContactSlot {
                id: cells.slot.value?,
                location: cells.location.value?,
                starts: cells.starts.value?,
                capacity: cells.capacity.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, slot());
    });
    known.slots.lose(&lost);
    table
}
