//! Tiny weeks for exhaustive search: up to 5 cases, 4 escorts, 3 shifts, 3 transfers, 2 fixed duties, and a few slots
//! and legs, so scarce that they exclude each other. Over many seeds every rule of sections 2 to 6 of the specification
//! decides something; most cases are open.

mod flights;
mod people;
mod work;

use super::airports::{self, Airport};
use super::clock::{Frame, at, day};
use super::draw::{Draw, Stream};
use super::folder::{Folder, columns, fields};
use super::places::{self, Place};
use crate::units::Instant;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A flight of a tiny week.
#[derive(Clone, Debug)]
struct Flight {
    id: String,
    from: &'static str,
    to: &'static str,
    departs: Instant,
    arrives: Instant,
}

/// A tiny week in the making.
struct Tiny {
    draw: Draw,
    folder: Folder,
    frame: Frame,
    /// The day of the horizon around which everything happens.
    base: Base,
    /// Home airports.
    homes: Vec<&'static str>,
    /// Where the cases are.
    stays: Vec<&'static Place>,
    /// Where the cases go.
    targets: Vec<&'static Airport>,
    /// Legs from a home airport straight to a target.
    direct: Vec<Flight>,
    /// Legs of a connection.
    connecting: Vec<Flight>,
    /// Windows of the shifts.
    shifts: Vec<(Instant, Instant)>,
}

/// The day around which everything happens.
#[derive(Clone, Copy)]
struct Base(NaiveDate);

impl Base {
    /// The date so many days later (or earlier).
    fn day(self, days: i64) -> NaiveDate {
        day(self.0, days)
    }

    /// Local clock time, `minutes` after midnight, so many days later.
    fn at(self, days: i64, minutes: i64) -> Instant {
        at(self.day(days), minutes)
    }
}

/// A random tiny week: file name → content.
pub fn tiny(seed: u64) -> BTreeMap<String, Vec<u8>> {
    let mut tiny = Tiny::new(seed);
    tiny.week();
    tiny.flights();
    tiny.escorts();
    tiny.shifts();
    tiny.slots();
    let cases = tiny.cases();
    tiny.commitment(&cases);
    tiny.duties();
    tiny.transfers(cases.len());
    tiny.locations();
    tiny.folder.files()
}

/// Mondays to start at: plain weeks, and weeks around holidays, the change of clocks and the turn of the year.
const MONDAYS: [(i32, u32, u32); 8] = [
    (2027, 2, 1),
    (2027, 6, 14),
    (2027, 9, 6),
    (2027, 3, 29),
    (2027, 4, 26),
    (2027, 5, 3),
    (2027, 10, 25),
    (2026, 12, 28),
];

impl Tiny {
    fn new(seed: u64) -> Self {
        let mut draw = Draw::new(seed, Stream::Tiny);
        let (year, month, day) = draw.pick(MONDAYS);
        let monday = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let ahead = draw.weighted([(4.0, 4), (2.0, 3), (1.0, 6)]);
        let frame = Frame::new(monday, 1, ahead);
        let base = Base(frame.day(draw.weighted([(3.0, 0), (1.0, 1), (1.0, 2), (1.0, 3), (1.0, 4), (1.0, 5)])));
        let homes = if draw.chance(0.25) { vec!["AMS", "EIN"] } else { vec!["AMS"] };
        let stays = stays(&mut draw);
        let targets = targets(&mut draw);
        Self {
            draw,
            folder: Folder::default(),
            frame,
            base,
            homes,
            stays,
            targets,
            direct: Vec::new(),
            connecting: Vec::new(),
            shifts: Vec::new(),
        }
    }

    /// `week.toml`: the frame, and sometimes other rules, costs and beliefs than the defaults.
    fn week(&mut self) {
        let mut text = self.frame.toml(&self.homes);
        if self.draw.chance(0.15) {
            text += &format!("holidays = [{}]\n", self.base.day(-self.draw.between(1, 3)));
        }
        if self.draw.chance(0.4) {
            text += "\n[rules]\n";
            text += self.draw.pick(["notice_min_hours = 36\n", "rest_hours = 8\n", "turnaround_max_hours = 11\n"]);
            text += self.draw.pick(["max_detour_minutes = 10\n", "notice_office_hours = 12\n", "load_minutes = 20\n"]);
            text += self.draw.pick([
                "\n[rules.notice_min_hours_for]\nfamily = 96\nfamily_closed = 72\ndetention = 72\nreporting = 96\n",
                "",
            ]);
        }
        if self.draw.chance(0.6) {
            text += "\n[costs]\n";
            text += self.draw.pick(["unmet_transfer = 2500\n", "unmet_transfer = 600.5\n", "unmet_transfer = 9000\n"]);
            text += self.draw.pick(["unmet_duty = 3000\n", "unmet_duty = 700\n", "escort_used = 350\n"]);
            text += self.draw.pick(["departure_value = 4000\n", "escort_hour = 80\n", ""]);
        }
        if self.draw.chance(0.3) {
            text += "\n[risk]\n";
            text += self.draw.pick(["use = \"none\"\n", "medical = 0.3\n", "unescorted = 0.15\nescorted = 0.01\n"]);
            text += self.draw.pick(["\n[risk.measure.detention]\nbase = 0.2\nper_day = 0.15\n", ""]);
        }
        self.folder.week(text);
    }

    /// The rows of all places that the other tables name, and a few listed drives.
    fn locations(&mut self) {
        for id in self.homes.clone() {
            let Some(home) = places::find(id) else { continue };
            places::write(&mut self.folder, home);
        }
        for stay in self.stays.clone().into_iter().filter(|stay| stay.id != "AMS") {
            let (from, until) = places::pickup_hours(stay.kind);
            let from = if self.draw.chance(0.15) { Some("09:30") } else { from };
            let until = if self.draw.chance(0.15) { Some("14:00") } else { until };
            places::write_with_hours(&mut self.folder, stay, from, until);
            if self.draw.chance(0.4) {
                let minutes = self.draw.real(20.0, 110.0);
                let km = (minutes * 11.0).round() / 10.0;
                let minutes = (minutes * 10.0).round() / 10.0;
                self.folder.row(&columns::TRAVEL, fields![stay.id, "AMS", minutes, km]);
            }
        }
        for id in work::ERRANDS.into_iter().chain(work::DEPOTS) {
            let Some(place) = places::find(id) else { continue };
            places::write(&mut self.folder, place);
        }
        for airport in airports::AIRPORTS.iter().filter(|a| flights::abroad(&self.direct, &self.connecting, a.id)) {
            airports::write(&mut self.folder, airport);
        }
    }
}

/// One or two places where the cases are; sometimes the airport itself, from where nobody needs a ride.
fn stays(draw: &mut Draw) -> Vec<&'static Place> {
    let mut ids = ["DC-ROTTERDAM", "JC-SCHIPHOL", "GGV-ZEIST", "GL-KATWIJK", "AZC-UTRECHT", "VBL-TERAPEL", "AMS"];
    draw.shuffle(&mut ids);
    ids.into_iter().take(draw.count(1, 3)).filter_map(places::find).collect()
}

/// One or two airports to go to: near ones, from which an escort is home the same day, and far ones.
fn targets(draw: &mut Draw) -> Vec<&'static Airport> {
    let mut ids = ["TIA", "FCO", "VNO", "CMN", "SKP", "TBS", "ACC", "DEL", "MXP"];
    draw.shuffle(&mut ids);
    ids.into_iter().take(draw.count(1, 2)).filter_map(airports::find).collect()
}
