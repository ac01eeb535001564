//! `legs.csv`, `transits.csv`, `destinations.csv` and `returns.csv`.

use super::csv_table::{Row, columns, each};
use super::fields::{List, Weekday};
use super::folder::Folder;
use super::keep;
use super::log::Log;
use super::references::{Ids, Known};
use crate::units::{Euro, Hours, Instant, Minutes, Probability};
use crate::week::diagnostic::Code;
use crate::week::*;
use chrono::NaiveTime;
use std::collections::BTreeMap;

columns! {
    LegCells in "legs.csv" {
        leg: LegId,
        kind: LegKind,
        carrier: String = String::new(),
        from: LocationId,
        to: LocationId,
        departs: Instant,
        arrives: Instant,
        seats: u32,
        max_returnees: u32 = 0,
        max_unescorted: u32 = 0,
        standby_escorts: u32 = 0,
        booking_lead_hours: Hours,
        fare: Euro = Euro::ZERO,
        escort_fare: Euro = Euro::ZERO,
        refund_share: Probability = Probability::default(),
        home_at: Option<Instant> = None,
    }
}

columns! {
    TransitCells in "transits.csv" {
        airport: LocationId,
        permit_lead_hours: Hours,
        max_minutes: Minutes,
        unescorted: bool,
    }
}

columns! {
    DestinationCells in "destinations.csv" {
        destination: Country,
        kind: Option<CaseKind> = None,
        announce_days: u32 = 0,
        announce_days_special: u32,
        arrival_from: Option<NaiveTime> = None,
        arrival_until: Option<NaiveTime> = None,
        weekdays: List<Weekday> = List::default(),
        max_per_day: Option<u32> = None,
    }
}

columns! {
    ReturnCells in "returns.csv" {
        flight("return"): ReturnId,
        from: LocationId,
        to: LocationId,
        departs: Instant,
        arrives: Instant,
        fare: Euro = Euro::ZERO,
    }
}

pub(super) fn legs(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Leg> {
    let mut table = Table::default();
    let lost = each(folder, log, |mut cells: LegCells, row, log| {
        known.legs.take(row, &cells.leg, log);
        known.airports(row, &mut cells.from, log);
        known.airports(row, &mut cells.to, log);
        row.flight(&cells.departs, &cells.arrives, log);
        home_again(&cells, row, log);
        keep(&mut table, leg(cells, row));
    });
    known.legs.lose(&lost);
    table
}

/// A joint or national leg says when its aircraft is home again (section 1: `home_at` may be empty on scheduled legs).
fn home_again(cells: &LegCells, row: &Row<'_>, log: &mut Log) {
    let Some(kind @ (LegKind::Joint | LegKind::National)) = cells.kind.value else { return };
    if let Some(None) = cells.home_at.value {
        row.complain(log, &cells.home_at, Code::HomeAtMissing, |d| d.value = Some(kind.word().to_owned()));
    }
    row.until_not_before(&cells.arrives, &cells.home_at, log);
}

fn leg(cells: LegCells, row: &Row<'_>) -> Option<Leg> {
    Some(Leg {
        id: cells.leg.value?,
        kind: cells.kind.value?,
        carrier: cells.carrier.value?,
        from: cells.from.value?,
        to: cells.to.value?,
        departs: cells.departs.value?,
        arrives: cells.arrives.value?,
        seats: cells.seats.value?,
        max_returnees: cells.max_returnees.value?,
        max_unescorted: cells.max_unescorted.value?,
        standby_escorts: cells.standby_escorts.value?,
        booking_lead: cells.booking_lead_hours.value?,
        fare: cells.fare.value?,
        escort_fare: cells.escort_fare.value?,
        refund_share: cells.refund_share.value?,
        home_at: cells.home_at.value?,
        row: row.reference(),
    })
}

pub(super) fn transits(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<Transit> {
    let (mut table, mut ids) = (Table::default(), Ids::of::<TransitCells>(folder));
    each(folder, log, |mut cells: TransitCells, row, log| {
        ids.take(row, &cells.airport, log);
        known.airports(row, &mut cells.airport, log);
        let transit = || {
            Some(Transit {
                airport: cells.airport.value?,
                permit_lead: cells.permit_lead_hours.value?,
                max_minutes: cells.max_minutes.value?,
                unescorted: cells.unescorted.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, transit());
    });
    table
}

pub(super) fn destinations(folder: &Folder<'_>, log: &mut Log) -> Vec<Destination> {
    let (mut rows, mut given) = (Vec::new(), BTreeMap::new());
    each(folder, log, |cells: DestinationCells, row, log| {
        row.window(&cells.arrival_from, &cells.arrival_until, log);
        if let (Some(country), Some(kind)) = (cells.destination.value, cells.kind.value) {
            if let Some(first) = given.get(&(country, kind)) {
                row.complain(log, &cells.destination, Code::DuplicateTerms, |d| {
                    d.value = Some([country.code(), kind.map_or("", CaseKind::word)].join(" ").trim().to_owned());
                    d.other = Some(format!("{first}"));
                });
            } else {
                given.insert((country, kind), row.reference());
            }
        }
        rows.extend(destination(cells, row));
    });
    rows
}

fn destination(cells: DestinationCells, row: &Row<'_>) -> Option<Destination> {
    let weekdays = cells.weekdays.value?.0;
    Some(Destination {
        destination: cells.destination.value?,
        kind: cells.kind.value?,
        announce_days: cells.announce_days.value?,
        announce_days_special: cells.announce_days_special.value?,
        arrival: ClockWindow { from: cells.arrival_from.value?, until: cells.arrival_until.value? },
        weekdays: (!weekdays.is_empty()).then(|| weekdays.into_iter().map(|Weekday(day)| day).collect()),
        max_per_day: cells.max_per_day.value?,
        row: row.reference(),
    })
}

pub(super) fn returns(folder: &Folder<'_>, known: &mut Known, log: &mut Log) -> Table<ReturnFlight> {
    let (mut table, mut ids) = (Table::default(), Ids::of::<ReturnCells>(folder));
    each(folder, log, |mut cells: ReturnCells, row, log| {
        ids.take(row, &cells.flight, log);
        known.airports(row, &mut cells.from, log);
        known.airports(row, &mut cells.to, log);
        row.flight(&cells.departs, &cells.arrives, log);
        let flight = || {
            Some(ReturnFlight {
                id: cells.flight.value?,
                from: cells.from.value?,
                to: cells.to.value?,
                departs: cells.departs.value?,
                arrives: cells.arrives.value?,
                fare: cells.fare.value?,
                row: row.reference(),
            })
        };
        keep(&mut table, flight());
    });
    table
}
