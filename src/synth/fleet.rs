//! `shifts.csv`: vehicles of DV&O with their crews, by depot and day.

use super::clock::{Frame, after, at};
use super::draw::Draw;
use super::folder::{Folder, columns, fields};
use super::places::{self, Place};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A kind of vehicle: places, and euro per shift and per kilometre.
#[derive(Clone, Copy, Debug)]
struct Model {
    seats: i64,
    wheelchairs: i64,
    compartments: i64,
    fixed: i64,
    per_km: f64,
}

/// Cars, vans, small buses and buses, with how many there are of each.
const MODELS: [(f64, Model); 4] = [
    (30.0, Model { seats: 3, wheelchairs: 0, compartments: 1, fixed: 180, per_km: 0.5 }),
    (36.0, Model { seats: 6, wheelchairs: 1, compartments: 2, fixed: 230, per_km: 0.7 }),
    (24.0, Model { seats: 8, wheelchairs: 1, compartments: 4, fixed: 280, per_km: 0.8 }),
    (10.0, Model { seats: 14, wheelchairs: 2, compartments: 5, fixed: 400, per_km: 1.1 }),
];
/// Crew, euro an hour.
const PER_HOUR: i64 = 60;
/// Shares of the shifts of a week that fall on Monday to Sunday.
const WEEKDAYS: [f64; 7] = [0.172, 0.172, 0.172, 0.172, 0.172, 0.07, 0.07];

/// How many shifts each day of a horizon has, of so many a week.
pub(super) fn days(frame: &Frame, weekly: usize) -> Vec<(NaiveDate, usize)> {
    let mut due = 0.0;
    let day = |(day, share): (i64, &f64)| {
        // What does not fill a shift today is carried over to the next day.
        due += weekly as f64 * share;
        let shifts = due.round().max(0.0);
        due -= shifts;
        (frame.day(day), shifts as usize)
    };
    (0..frame.days).zip(WEEKDAYS.iter().cycle()).map(day).collect()
}

/// The shifts of some days, each with so many. A vehicle has one shift a day; there are as many as the busiest day needs.
pub(super) fn shifts(folder: &mut Folder, draw: &mut Draw, days: &[(NaiveDate, usize)]) -> BTreeSet<&'static str> {
    let most = days.iter().map(|(_, shifts)| *shifts).max().unwrap_or(0);
    let depots = places::of_kind(crate::week::LocationKind::Depot);
    let home = |draw: &mut Draw| depots.get(draw.heavy((1..=depots.len()).map(|rank| 1.0 / rank as f64))).copied();
    let fleet: Vec<(&Place, Model)> = (0..most).filter_map(|_| Some((home(draw)?, draw.weighted(MODELS)))).collect();
    for &(date, count) in days {
        let mut vehicles: Vec<usize> = (0..fleet.len()).collect();
        draw.shuffle(&mut vehicles);
        vehicles.truncate(count);
        vehicles.sort_unstable();
        for vehicle in vehicles {
            let Some(&(depot, model)) = fleet.get(vehicle) else { continue };
            shift(folder, draw, vehicle, depot, model, date);
        }
    }
    fleet.iter().map(|(depot, _)| depot.id).collect()
}

fn shift(folder: &mut Folder, draw: &mut Draw, vehicle: usize, depot: &Place, model: Model, date: NaiveDate) {
    // Early, by day and late.
    let (first, last) = draw.weighted([(50.0, (9, 12)), (28.0, (13, 18)), (22.0, (22, 27))]);
    let from = at(date, draw.between(first, last) * 30);
    let until = after(from, draw.between(18, 23) * 30);
    let hours = draw.weighted([(20.0, 8), (40.0, 9), (40.0, 10)]);
    let id = format!("V{:04}", folder.rows(&columns::SHIFTS) + 1);
    let Model { seats, wheelchairs, compartments, fixed, per_km } = model;
    let row = fields![
        id,
        format!("X{:03}", vehicle + 1),
        depot.id,
        seats,
        wheelchairs,
        compartments,
        from,
        until,
        hours,
        fixed,
        per_km,
        PER_HOUR
    ];
    folder.row(&columns::SHIFTS, row);
}
