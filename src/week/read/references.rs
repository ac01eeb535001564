//! Ids across tables: each taken once, and every reference to a row that is there.
//!
//! Ids of rows that are wrong elsewhere count as taken, also where the row could not be read, and a table of which any row
//! may be lost vouches for nothing: one error is reported once, where it is.

use super::csv_table::{Cell, Cells, Lost, Row};
use super::fields::{Domain, List};
use super::folder::Folder;
use super::log::{Log, shown};
use crate::week::diagnostic::{Code, Column, Diagnostic};
use crate::week::*;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// The ids of one table.
#[derive(Debug)]
pub(super) struct Ids<K> {
    pub(super) file: &'static str,
    /// Where the id stands in a row of `file`.
    column: Option<Column>,
    /// The line of each id in `file`.
    lines: BTreeMap<K, u64>,
    /// Whether every id of the file is in `lines`.
    whole: bool,
    /// Whether the file is in the folder.
    pub(super) present: bool,
    /// Whether it has been reported that it is not.
    missed: bool,
}

impl<K: Domain + Ord + Clone + Borrow<str>> Ids<K> {
    pub(super) fn of<C: Cells>(folder: &Folder<'_>) -> Self {
        let present = folder.has(C::FILE);
        Self { file: C::FILE, column: None, lines: BTreeMap::new(), whole: true, present, missed: false }
    }

    /// Takes the id of a row; reports it when another row has it.
    pub(super) fn take(&mut self, row: &Row<'_>, id: &Cell<K>, log: &mut Log) {
        let Some(key) = &id.value else {
            self.vouch(row.text(id).unwrap_or_default(), row.line);
            return;
        };
        if self.column.is_none() {
            self.column = Some(row.column(id));
        }
        if let Some(&first) = self.lines.get::<K>(key) {
            row.complain(log, id, Code::DuplicateId, |d| d.other = Some(format!("{}:{first}", self.file)));
        } else {
            self.lines.insert(key.clone(), row.line);
        }
    }

    /// Takes note of what was lost of the table: ids that are there, in rows that are not.
    pub(super) fn lose(&mut self, lost: &Lost) {
        self.whole &= !lost.all;
        for (id, line) in &lost.ids {
            self.vouch(id, *line);
        }
    }

    fn vouch(&mut self, id: &str, line: u64) {
        if let Ok(id) = K::parse(id) {
            self.lines.entry(id).or_insert(line);
        }
    }

    /// A diagnostic on a row that is known by its id alone.
    pub(super) fn diagnostic(&self, key: &K, code: Code) -> Diagnostic {
        Diagnostic {
            line: self.lines.get::<K>(key).copied(),
            column: self.column.clone(),
            value: Some(shown(key.borrow())),
            ..Diagnostic::of_file(code, self.file)
        }
    }

    /// Whether an id may be used; reports it when no row has it. A known id is exchanged for the table's own copy, so
    /// that a million references to a case share its text.
    pub(super) fn resolve(
        &mut self,
        key: &mut K,
        file: &str,
        log: &mut Log,
        place: impl FnOnce() -> Diagnostic,
    ) -> bool {
        if let Some((own, _)) = self.lines.get_key_value::<K>(key) {
            *key = own.clone();
            return true;
        }
        if self.whole && !self.missed {
            let code = if self.present { Code::UnknownId } else { Code::TableMissing };
            self.missed = !self.present;
            let (value, other) = (Some(shown((*key).borrow())), Some(self.file.to_owned()));
            log.add(file, || Diagnostic { code, value, other, ..place() });
        }
        false
    }

    /// Checks the references of a cell; one that is unknown leaves the cell without value.
    pub(super) fn refer<T: References<Id = K>>(&mut self, row: &Row<'_>, cell: &mut Cell<T>, log: &mut Log) {
        let column = cell.column;
        let Some(value) = &mut cell.value else { return };
        let mut known = true;
        for key in value.ids() {
            known &= self.resolve(key, row.file, log, || row.at(column, Code::UnknownId));
        }
        if !known {
            cell.value = None;
        }
    }
}

/// A value that refers to rows of another table.
pub(super) trait References {
    type Id;
    fn ids(&mut self) -> &mut [Self::Id];
}

macro_rules! references {
    ($($id:ident),+ $(,)?) => {$(
        impl References for $id {
            type Id = $id;
            fn ids(&mut self) -> &mut [$id] {
                std::slice::from_mut(self)
            }
        }
        impl References for Option<$id> {
            type Id = $id;
            fn ids(&mut self) -> &mut [$id] {
                self.as_mut_slice()
            }
        }
        impl References for List<$id> {
            type Id = $id;
            fn ids(&mut self) -> &mut [$id] {
                &mut self.0
            }
        }
    )+};
}

references!(LocationId, CaseId, PersonId, LegId, SlotId, EscortId, ShiftId);

/// The ids that other tables refer to.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) locations: Ids<LocationId>,
    pub(super) cases: Ids<CaseId>,
    pub(super) persons: Ids<PersonId>,
    pub(super) slots: Ids<SlotId>,
    pub(super) legs: Ids<LegId>,
    pub(super) escorts: Ids<EscortId>,
    pub(super) shifts: Ids<ShiftId>,
    /// Locations that are something else than an airport.
    pub(super) no_airports: BTreeSet<LocationId>,
}

impl Known {
    /// Checks references to airports: they must be locations, and of that kind.
    pub(super) fn airports<T>(&mut self, row: &Row<'_>, cell: &mut Cell<T>, log: &mut Log)
    where
        T: References<Id = LocationId>,
    {
        self.locations.refer(row, cell, log);
        let column = cell.column;
        let Some(value) = &mut cell.value else { return };
        let mut fit = true;
        for airport in value.ids() {
            fit &= self.airport(airport, row.file, log, || row.at(column, Code::NotAnAirport));
        }
        if !fit {
            cell.value = None;
        }
    }

    /// Whether a known location is an airport; reports it when not.
    pub(super) fn airport(
        &self,
        location: &LocationId,
        file: &str,
        log: &mut Log,
        place: impl FnOnce() -> Diagnostic,
    ) -> bool {
        let fit = !self.no_airports.contains(location);
        if !fit {
            let own = self.locations.diagnostic(location, Code::NotAnAirport);
            let other = Some(own.row());
            log.add(file, || Diagnostic { code: Code::NotAnAirport, value: own.value, other, ..place() });
        }
        fit
    }
}
