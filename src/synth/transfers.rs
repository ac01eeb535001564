//! `transfers.csv`: to courts, consulates and hospital and back, between detention centres and prisons, from police
//! stations, families to the closed family facility.

use super::clock::{after, at};
use super::draw::Draw;
use super::folder::{Folder, columns, fields};
use super::places::{self, Place, kilometres};
use super::roads;
use crate::units::Instant;
use crate::week::{LocationKind, TransferClass};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Drop-offs that may be made at any time are made before this, local clock in minutes.
const DAY_ENDS: i64 = 23 * 60 + 45;

/// Why a transfer is made.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Errand {
    /// To a court or hospital at a set time.
    Hearing,
    /// To a consulate, to be presented.
    Presentation,
    /// Back from one of these.
    Back,
    /// From one place of detention to another.
    Move,
    /// From a police station to a place of detention.
    Placement,
    /// A family to the closed family facility, or from there to a court.
    Family,
}

/// The transfers of a horizon, in proportion to the shifts of each day. Gives the places.
pub(super) fn of_weeks(
    folder: &mut Folder,
    draw: &mut Draw,
    days: &[(NaiveDate, usize)],
    count: usize,
) -> BTreeSet<&'static str> {
    let mut used = BTreeSet::new();
    for _ in 0..count {
        let Some(&(date, _)) = days.get(draw.heavy(days.iter().map(|(_, shifts)| *shifts as f64))) else { continue };
        let errand = draw.weighted([
            (20.0, Errand::Hearing),
            (14.0, Errand::Presentation),
            (18.0, Errand::Back),
            (26.0, Errand::Move),
            (14.0, Errand::Placement),
            (8.0, Errand::Family),
        ]);
        used.extend(transfer(folder, draw, date, errand));
    }
    used
}

/// The transfers of one day of the whole service, prisons and courts above all. Gives the places.
pub(super) fn of_day(folder: &mut Folder, draw: &mut Draw, date: NaiveDate, count: usize) -> BTreeSet<&'static str> {
    let mut used = BTreeSet::new();
    for _ in 0..count {
        let errand = draw.weighted([
            (36.0, Errand::Hearing),
            (5.0, Errand::Presentation),
            (30.0, Errand::Back),
            (19.0, Errand::Move),
            (8.0, Errand::Placement),
            (2.0, Errand::Family),
        ]);
        used.extend(transfer(folder, draw, date, errand));
    }
    used
}

/// Adds a transfer. Gives where it starts and ends.
fn transfer(folder: &mut Folder, draw: &mut Draw, date: NaiveDate, errand: Errand) -> [&'static str; 2] {
    use LocationKind::{Consulate, Detention, FamilyClosed, Other, Police, Prison, Reception};
    let (ends, begins): (&[LocationKind], &[LocationKind]) = match errand {
        Errand::Hearing => (&[Other], &[Detention, Prison]),
        Errand::Presentation => (&[Consulate], &[Detention]),
        Errand::Back => (&[Detention, Prison], &[Other, Consulate]),
        Errand::Move => (&[Detention, Prison], &[Detention, Prison]),
        Errand::Placement => (&[Detention], &[Police]),
        Errand::Family if draw.chance(0.6) => (&[FamilyClosed], &[Reception, LocationKind::Family]),
        Errand::Family => (&[Other], &[FamilyClosed]),
    };
    let from = any_of(draw, begins);
    let to = near(draw, ends, from);
    let class = if errand == Errand::Family {
        TransferClass::Family
    } else {
        draw.weighted([(80.0, TransferClass::M), (19.0, TransferClass::F), (1.0, TransferClass::X)])
    };
    let persons = match class {
        TransferClass::Family => draw.count(2, 5),
        _ => draw.weighted([(74.0, 1), (15.0, 2), (7.0, 3), (4.0, 4)]),
    };
    let wheelchairs = usize::from(draw.chance(0.02));
    let direct = roads::minutes(from, to).ceil() as i64;
    let load = if class == TransferClass::Family { 15 } else { 10 };
    let times = match errand {
        Errand::Hearing | Errand::Presentation => by_appointment(draw, date, direct + load),
        _ => in_the_day(draw, date, direct + load),
    };
    let [pickup_from, pickup_until, dropoff_from, dropoff_until] = times;
    let longest = draw.chance(0.6).then_some(direct + 45);
    let id = format!("TR{:04}", folder.rows(&columns::TRANSFERS) + 1);
    let row = fields![
        id,
        persons,
        class.word(),
        wheelchairs,
        from.id,
        to.id,
        pickup_from,
        pickup_until,
        dropoff_from,
        dropoff_until,
        load,
        10,
        longest
    ];
    folder.row(&columns::TRANSFERS, row);
    [from.id, to.id]
}

/// Windows of pickup and drop-off before an appointment, for a drive of so many minutes with loading.
fn by_appointment(draw: &mut Draw, date: NaiveDate, direct: i64) -> [Instant; 4] {
    let hour = at(date, draw.between(19, 31) * 30);
    let (first, last) = (after(hour, -90), after(hour, -20));
    [after(first, -direct - draw.between(3, 9) * 10), after(last, -direct), first, last]
}

/// Windows of pickup and drop-off of a transfer that only has to be made today.
fn in_the_day(draw: &mut Draw, date: NaiveDate, direct: i64) -> [Instant; 4] {
    let from = at(date, draw.between(14, 34) * 30);
    let last = after(from, draw.between(3, 10) * 30 + direct + draw.between(2, 6) * 15).min(at(date, DAY_ENDS));
    [from, after(last, -direct - 30), after(from, direct), last]
}

/// A place of these kinds; the first of a kind most of all.
fn any_of(draw: &mut Draw, kinds: &[LocationKind]) -> &'static Place {
    let of_kinds: Vec<(f64, &Place)> = kinds
        .iter()
        .flat_map(|kind| places::of_kind(*kind).into_iter().enumerate())
        .map(|(rank, place)| (1.0 / (rank + 2) as f64, place))
        .collect();
    let at = draw.heavy(of_kinds.iter().map(|(weight, _)| *weight));
    of_kinds.get(at).map_or(&places::PLACES[0], |(_, place)| place)
}

/// Another place of these kinds, rather near than far.
fn near(draw: &mut Draw, kinds: &[LocationKind], from: &Place) -> &'static Place {
    let others: Vec<&Place> =
        kinds.iter().flat_map(|kind| places::of_kind(*kind)).filter(|place| place.id != from.id).collect();
    let km = |place: &Place| kilometres((from.lat, from.lon), (place.lat, place.lon));
    let at = draw.heavy(others.iter().map(|place| 1.0 / (km(place) + 25.0)));
    others.get(at).copied().unwrap_or(&places::PLACES[0])
}
