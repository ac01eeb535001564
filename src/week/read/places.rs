//! `locations.csv` and `travel.csv`.

use super::csv_table::{columns, each};
use super::fields::{Latitude, Longitude};
use super::folder::Folder;
use super::keep;
use super::log::Log;
use super::references::Known;
use crate::units::{Km, Minutes};
use crate::week::diagnostic::Code;
use crate::week::*;
use chrono::NaiveTime;
use std::collections::BTreeMap;

columns! {
    LocationCells in "locations.csv" {
        location: LocationId,
        name: String = String::new(),
        kind: LocationKind,
        lat: Latitude,
        lon: Longitude,
        pickup_from: Option<NaiveTime> = None,
        pickup_until: Option<NaiveTime> = None,
    }
}

columns! {
    TravelCells in "travel.csv" {
        from: LocationId,
        to: LocationId,
        minutes: Minutes,
        km: Km,
    }
}

pub(super) fn locations(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Location> {
    let mut table = Table::default();
    let lost = each(folder, log, |cells: LocationCells, row, log| {
        known.locations.take(row, &cells.location, log);
        if let (Some(id), Some(kind)) = (&cells.location.value, cells.kind.value)
            && kind != LocationKind::Airport
        {
            known.no_airports.insert(id.clone());
        }
        row.window(&cells.pickup_from, &cells.pickup_until, log);
        let location = || {
            Some(Location {
                id: cells.location.value?,
                name: cells.name.value?,
                kind: cells.kind.value?,
                lat: cells.lat.value?.0,
                lon: cells.lon.value?.0,
                pickup: ClockWindow { from: cells.pickup_from.value?, until: cells.pickup_until.value? },
                row: row.reference(),
            })
        };
        keep(&mut table, location());
    });
    known.locations.lose(&lost);
    table
}

pub(super) fn travel(
    folder: &Folder<'_>,
    known: &mut Known,
    log: &mut Log,
) -> BTreeMap<(LocationId, LocationId), TravelRow> {
    let mut drives = BTreeMap::new();
    each(folder, log, |mut cells: TravelCells, row, log| {
        known.locations.refer(row, &mut cells.from, log);
        known.locations.refer(row, &mut cells.to, log);
        let drive = || {
            Some(TravelRow {
                from: cells.from.value.clone()?,
                to: cells.to.value?,
                minutes: cells.minutes.value?,
                km: cells.km.value?,
                row: row.reference(),
            })
        };
        let Some(drive) = drive() else { return };
        let pair = (drive.from.clone(), drive.to.clone());
        if let Some(TravelRow { row: first, .. }) = drives.get(&pair) {
            row.complain(log, &cells.from, Code::DuplicateDrive, |d| {
                d.value = Some(format!("{} {}", pair.0, pair.1));
                d.other = Some(first.to_string());
            });
        } else {
            drives.insert(pair, drive);
        }
    });
    drives
}
