//! What has been planned before: `commitments.csv` and `history.csv`.

use super::csv_table::{columns, each};
use super::fields::{Days, List};
use super::folder::Folder;
use super::keep;
use super::log::Log;
use super::references::{Ids, Known};
use crate::units::Instant;
use crate::week::*;
use chrono::NaiveDate;

columns! {
    CommitmentCells in "commitments.csv" {
        case: CaseId,
        legs: List<LegId> = List::default(),
        slot: Option<SlotId> = None,
        noticed_at: Option<Instant> = None,
        escorts: List<EscortId> = List::default(),
        shift: Option<ShiftId> = None,
        pickup_at: Option<Instant> = None,
        level: Level,
    }
}

columns! {
    DepartureCells in "history.csv" {
        departure: DepartureId,
        planned_on: NaiveDate,
        kind: CaseKind,
        measure: Measure,
        notice_days: Days,
        belongings_known: bool,
        physical_known: bool,
        medical_known: bool,
        escorts: u32,
        outcome: Outcome,
    }
}

pub(super) fn commitments(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Commitment> {
    let (mut table, mut ids) = (Table::default(), Ids::of::<CommitmentCells>(folder));
    each(folder, log, |mut cells: CommitmentCells, row, log| {
        ids.take(row, &cells.case, log);
        known.cases.refer(row, &mut cells.case, log);
        known.legs.refer(row, &mut cells.legs, log);
        known.slots.refer(row, &mut cells.slot, log);
        known.escorts.refer(row, &mut cells.escorts, log);
        known.shifts.refer(row, &mut cells.shift, log);
        let commitment = || {
            Some(Commitment {
                case: cells.case.value?,
                legs: cells.legs.value?.0,
                slot: cells.slot.value?,
                noticed_at: cells.noticed_at.value?,
                escorts: cells.escorts.value?.0,
                shift: cells.shift.value?,
                pickup_at: cells.pickup_at.value?,
                level: cells.level.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, commitment());
    });
    table
}

pub(super) fn history(folder: &Folder<'_>, log: &mut Log) -> Table<PastDeparture> {
    let (mut table, mut ids) = (Table::default(), Ids::of::<DepartureCells>(folder));
    each(folder, log, |cells: DepartureCells, row, log| {
        ids.take(row, &cells.departure, log);
        let departure = || {
            Some(PastDeparture {
                id: cells.departure.value?,
                planned_on: cells.planned_on.value?,
                kind: cells.kind.value?,
                measure: cells.measure.value?,
                notice_days: cells.notice_days.value?.0,
                file: FileParts {
                    belongings: cells.belongings_known.value?,
                    physical: cells.physical_known.value?,
                    medical: cells.medical_known.value?,
                },
                escorts: cells.escorts.value?,
                outcome: cells.outcome.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, departure());
    });
    table
}
