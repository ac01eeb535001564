//! A whole week at any size: cases with their files, flights and ways home, escorts, vehicles, transfers, commitments and
//! a history; calibrated as `calibration.rs` says.

mod cases;
mod commitments;
mod escorts;
mod file;
mod flights;
mod history;
mod households;
mod network;
mod slots;
mod terms;
mod ways_home;

use super::airports::{self, Airport};
use super::clock::Frame;
use super::draw::{Draw, Stream};
use super::folder::Folder;
use super::places::{self, Place};
use super::{SynthSettings, fleet, roads, transfers};
use cases::Case;
use flights::Flight;
use std::collections::{BTreeMap, BTreeSet};

/// Days from `now` to the horizon: a plan for next week is made on Thursday.
const DAYS_AHEAD: i64 = 4;
/// Shifts of vehicles for each case: too few for all open cases and transfers.
const SHIFTS: f64 = 0.23;
/// Transfers for each case of a full week; half as many when vehicles are so few that one cannot stand in for another.
const TRANSFERS: f64 = 0.5;
const FULL_WEEK: f64 = 200.0;

/// A whole week in the making.
struct Whole {
    settings: SynthSettings,
    frame: Frame,
    /// Cases for each week of the horizon, which resources are in proportion to.
    weekly: f64,
    folder: Folder,
    homes: Vec<&'static str>,
    cases: Vec<Case>,
    flights: Vec<Flight>,
}

/// The files of a whole week.
pub(super) fn whole(settings: &SynthSettings) -> BTreeMap<String, Vec<u8>> {
    let frame = Frame::new(settings.start, i64::from(settings.weeks), DAYS_AHEAD);
    let weekly = settings.cases as f64 / f64::from(settings.weeks);
    let homes = network::HOMES.iter().take(network::homes_for(weekly)).map(|(home, _)| *home).collect();
    let (folder, cases, flights) = (Folder::default(), Vec::new(), Vec::new());
    let mut whole = Whole { settings: *settings, frame, weekly, folder, homes, cases, flights };
    whole.folder.week(frame.toml(&whole.homes));
    whole.cases();
    whole.flights();
    whole.ways_home();
    whole.terms();
    whole.slots();
    whole.escorts();
    whole.road();
    whole.history();
    whole.commitments();
    whole.folder.files()
}

impl Whole {
    fn draw(&self, stream: Stream) -> Draw {
        Draw::new(self.settings.seed, stream)
    }

    /// So many for each case of a week, at least `least`.
    fn sized(&self, for_each_case: f64, least: usize) -> usize {
        ((self.weekly * for_each_case).round() as usize).max(least)
    }

    /// Airports abroad that the cases may go to, in order of code.
    fn targets(&self) -> BTreeMap<&'static str, &'static Airport> {
        self.cases.iter().flat_map(|case| &case.airports).map(|airport| (airport.id, *airport)).collect()
    }

    /// Shifts, transfers, and the rows of every place and airport, with the drives between them.
    fn road(&mut self) {
        let mut draw = self.draw(Stream::Shifts);
        let days = fleet::days(&self.frame, self.sized(SHIFTS, 6));
        let depots = fleet::shifts(&mut self.folder, &mut draw, &days);
        let mut draw = self.draw(Stream::Transfers);
        let each = TRANSFERS * (0.5 + 0.5 * (self.weekly / FULL_WEEK).min(1.0));
        let wanted = (self.settings.cases as f64 * each).round() as usize;
        let mut used: BTreeSet<&str> = transfers::of_weeks(&mut self.folder, &mut draw, &days, wanted.max(2));
        used.extend(self.cases.iter().map(|case| case.stay.id));
        used.extend(depots);
        used.extend(self.homes.iter().copied());
        let used: Vec<&Place> = places::PLACES.iter().filter(|place| used.contains(place.id)).collect();
        used.iter().for_each(|place| places::write(&mut self.folder, place));
        roads::write(&mut self.folder, &used);
        let mut abroad: BTreeSet<&str> = self.targets().into_keys().collect();
        abroad.extend(self.flights.iter().map(|flight| flight.to));
        for airport in airports::AIRPORTS.iter().filter(|airport| abroad.contains(airport.id)) {
            airports::write(&mut self.folder, airport);
        }
    }
}
