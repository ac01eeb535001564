//! `escorts.csv`, `absences.csv` and `duties.csv`.

use super::csv_table::{columns, each};
use super::fields::List;
use super::folder::Folder;
use super::keep;
use super::log::Log;
use super::references::{Ids, Known};
use crate::units::{Hours, Instant};
use crate::week::*;
use std::collections::BTreeSet;

columns! {
    EscortCells in "escorts.csv" {
        escort: EscortId,
        organisation: String,
        role: Role,
        base: Option<LocationId> = None,
        sex: Sex,
        visas: Visas = Visas::Only(BTreeSet::new()),
        skills: List<SkillId> = List::default(),
        max_hours: Option<Hours> = None,
    }
}

columns! {
    AbsenceCells in "absences.csv" {
        escort: EscortId,
        from: Instant,
        until: Instant,
        reason: String = String::new(),
    }
}

columns! {
    DutyCells in "duties.csv" {
        duty: DutyId,
        starts: Instant,
        ends: Instant,
        role: Option<Role> = None,
        skill: Option<SkillId> = None,
        count: u32,
    }
}

pub(super) fn escorts(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Escort> {
    let mut table = Table::default();
    let lost = each(folder, log, |mut cells: EscortCells, row, log| {
        known.escorts.take(row, &cells.escort, log);
        known.airports(row, &mut cells.base, log);
        let escort = || {
            Some(Escort {
                id: cells.escort.value?,
                organisation: cells.organisation.value?,
                role: cells.role.value?,
                base: cells.base.value?,
                sex: cells.sex.value?,
                visas: cells.visas.value?,
                skills: cells.skills.value?.0.into_iter().collect(),
                max_hours: cells.max_hours.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, escort());
    });
    known.escorts.lose(&lost);
    table
}

pub(super) fn absences(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Vec<Absence> {
    let mut rows = Vec::new();
    each(folder, log, |mut cells: AbsenceCells, row, log| {
        known.escorts.refer(row, &mut cells.escort, log);
        let span = row.span(&cells.from, &cells.until, log);
        let absence = || {
            Some(Absence {
                escort: cells.escort.value?,
                span: span?,
                reason: cells.reason.value?,
                row: row.reference(),
            })
        };
        rows.extend(absence());
    });
    rows
}

pub(super) fn duties(folder: &Folder<'_>, log: &mut Log) -> Table<Duty> {
    let (mut table, mut ids) = (Table::default(), Ids::of::<DutyCells>(folder));
    each(folder, log, |cells: DutyCells, row, log| {
        ids.take(row, &cells.duty, log);
        let span = row.span(&cells.starts, &cells.ends, log);
        let duty = || {
            Some(Duty {
                id: cells.duty.value?,
                span: span?,
                role: cells.role.value?,
                skill: cells.skill.value?,
                count: cells.count.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, duty());
    });
    table
}
