//! `travel.csv`: drives between the places that vehicles go to most. What a drive takes is a fact of the road, the same in
//! every folder; places further apart than these are left to the computed drive (section 1 of the specification).

use super::folder::{Folder, columns, fields};
use super::places::{Place, kilometres};
use crate::week::LocationKind;

/// A drive that `travel.csv` lists: one end is an airport, a depot or a place in custody.
fn is_listed(from: &Place, to: &Place) -> bool {
    let main = |place: &Place| {
        matches!(
            place.kind,
            LocationKind::Airport
                | LocationKind::Depot
                | LocationKind::Detention
                | LocationKind::FamilyClosed
                | LocationKind::Restricted
        )
    };
    from.id != to.id && (main(from) || main(to))
}

/// Minutes of a drive, listed or computed.
pub(super) fn minutes(from: &Place, to: &Place) -> f64 {
    if is_listed(from, to) { listed(from, to).0 } else { 1.3 * crow(from, to) / 70.0 * 60.0 }
}

/// Writes every drive between the places that is listed.
pub(super) fn write(folder: &mut Folder, places: &[&Place]) {
    for from in places {
        for to in places.iter().filter(|to| is_listed(from, to)) {
            let (minutes, km) = listed(from, to);
            folder.row(&columns::TRAVEL, fields![from.id, to.id, minutes, km]);
        }
    }
}

/// Minutes and kilometres, to a tenth: a detour of a fifth to two fifths, slow in town and faster the longer the drive.
fn listed(from: &Place, to: &Place) -> (f64, f64) {
    let (first, second) = if from.id < to.id { (from.id, to.id) } else { (to.id, from.id) };
    let km = crow(from, to) * (1.18 + 0.24 * fraction(first, second));
    let speed = 46.0 + 36.0 * km / (km + 30.0);
    let one_way = 0.97 + 0.06 * fraction(from.id, to.id);
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    (tenth((4.0 + km / speed * 60.0) * one_way), tenth(km.max(0.1)))
}

fn crow(from: &Place, to: &Place) -> f64 {
    kilometres((from.lat, from.lon), (to.lat, to.lon))
}

/// A number in [0, 1) that is the same for the same two names (FNV-1a).
fn fraction(first: &str, second: &str) -> f64 {
    let bytes = first.bytes().chain([0]).chain(second.bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 40) as f64 / (1_u64 << 24) as f64
}
