//! `shifts.csv` and `transfers.csv`.

use super::csv_table::{Cell, Row, columns, each};
use super::folder::Folder;
use super::keep;
use super::log::Log;
use super::references::{Ids, Known};
use crate::units::{Euro, Hours, Instant, Minutes};
use crate::week::diagnostic::Code;
use crate::week::*;
use std::collections::BTreeMap;

columns! {
    ShiftCells in "shifts.csv" {
        shift: ShiftId,
        vehicle: String,
        depot: LocationId,
        seats: u32,
        wheelchairs: u32,
        compartments: u32,
        from: Instant,
        until: Instant,
        max_hours: Option<Hours> = None,
        fixed: Euro,
        per_km: Euro,
        per_hour: Euro,
    }
}

columns! {
    TransferCells in "transfers.csv" {
        transfer: TransferId,
        persons: u32,
        class: TransferClass,
        wheelchairs: u32,
        from: LocationId,
        to: LocationId,
        pickup_from: Instant,
        pickup_until: Instant,
        dropoff_from: Instant,
        dropoff_until: Instant,
        load_minutes: Minutes,
        unload_minutes: Minutes,
        max_ride_minutes: Option<Minutes> = None,
    }
}

pub(super) fn shifts(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Shift> {
    let (mut table, mut vehicles) = (Table::default(), Vehicles::default());
    let lost = each(folder, log, |mut cells: ShiftCells, row, log| {
        known.shifts.take(row, &cells.shift, log);
        known.locations.refer(row, &mut cells.depot, log);
        let span = row.span(&cells.from, &cells.until, log);
        vehicles.take(row, &cells.vehicle, span, log);
        let shift = || {
            Some(Shift {
                id: cells.shift.value?,
                vehicle: cells.vehicle.value?,
                depot: cells.depot.value?,
                seats: cells.seats.value?,
                wheelchairs: cells.wheelchairs.value?,
                compartments: cells.compartments.value?,
                span: span?,
                max_hours: cells.max_hours.value?,
                fixed: cells.fixed.value?,
                per_km: cells.per_km.value?,
                per_hour: cells.per_hour.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, shift());
    });
    known.shifts.lose(&lost);
    table
}

/// The shifts of each vehicle so far, by start; none of them overlap.
#[derive(Default)]
struct Vehicles(BTreeMap<String, BTreeMap<(Instant, Instant), RowRef>>);

impl Vehicles {
    /// Takes a shift, or reports the one that it overlaps (section 1).
    fn take(&mut self, row: &Row<'_>, vehicle: &Cell<String>, span: Option<Span>, log: &mut Log) {
        let (Some(name), Some(span)) = (&vehicle.value, span) else { return };
        let shifts = self.0.entry(name.clone()).or_default();
        let key = (span.from(), span.until());
        let neighbours = shifts.range(..=key).next_back().into_iter().chain(shifts.range(key..).next());
        let clash = neighbours
            .into_iter()
            .find(|((from, until), _)| Span::new(*from, *until).is_some_and(|other| other.overlaps(&span)));
        if let Some((_, first)) = clash {
            row.complain(log, vehicle, Code::ShiftsOverlap, |d| d.other = Some(first.to_string()));
        } else {
            shifts.insert(key, row.reference());
        }
    }
}

pub(super) fn transfers(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Transfer> {
    let (mut table, mut ids) = (Table::default(), Ids::of::<TransferCells>(folder));
    each(folder, log, |mut cells: TransferCells, row, log| {
        ids.take(row, &cells.transfer, log);
        known.locations.refer(row, &mut cells.from, log);
        known.locations.refer(row, &mut cells.to, log);
        let pickup = row.span(&cells.pickup_from, &cells.pickup_until, log);
        let dropoff = row.span(&cells.dropoff_from, &cells.dropoff_until, log);
        if pickup.is_some() && dropoff.is_some() {
            let (first, last) = (&cells.pickup_from, &cells.dropoff_until);
            row.in_order((first, first.value), (last, last.value), Code::DropoffBeforePickup, log);
        }
        let transfer = || {
            Some(Transfer {
                id: cells.transfer.value?,
                persons: cells.persons.value?,
                class: cells.class.value?,
                wheelchairs: cells.wheelchairs.value?,
                from: cells.from.value?,
                to: cells.to.value?,
                pickup: pickup?,
                dropoff: dropoff?,
                load: cells.load_minutes.value?,
                unload: cells.unload_minutes.value?,
                max_ride: cells.max_ride_minutes.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, transfer());
    });
    table
}
