//! A day of rides alone: transfers between places of the whole country, and vehicles too few to drive them one by one.

use super::clock::Frame;
use super::draw::{Draw, Stream};
use super::folder::Folder;
use super::places::{self, Place};
use super::{SynthSettings, fleet, roads, transfers};
use std::collections::BTreeMap;

/// Shifts for each transfer. DV&O drives about 700 transfers a day (The prisoner transportation problem, KU Leuven); 60
/// vehicles for them are assumed.
const SHIFTS: f64 = 60.0 / 700.0;

/// The files of a day of rides.
pub(super) fn rides(settings: &SynthSettings) -> BTreeMap<String, Vec<u8>> {
    let frame = Frame::of_day(settings.start);
    let mut folder = Folder::default();
    folder.week(frame.toml(&[]));
    let shifts = (settings.cases as f64 * SHIFTS).ceil() as usize;
    let mut draw = Draw::new(settings.seed, Stream::Shifts);
    let mut used = fleet::shifts(&mut folder, &mut draw, &[(frame.day(0), shifts.max(2))]);
    let mut draw = Draw::new(settings.seed, Stream::Transfers);
    used.extend(transfers::of_day(&mut folder, &mut draw, frame.day(0), settings.cases));
    let used: Vec<&Place> = places::PLACES.iter().filter(|place| used.contains(place.id)).collect();
    used.iter().for_each(|place| places::write(&mut folder, place));
    roads::write(&mut folder, &used);
    folder.files()
}
