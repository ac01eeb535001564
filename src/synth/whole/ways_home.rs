//! `returns.csv`: flights with which escorts come home, direct or with a change, from every airport that a flight of the
//! week goes to.

use super::super::airports::{flight_minutes, on_clock_of, position};
use super::super::clock::{after, at};
use super::super::draw::Stream;
use super::super::folder::{columns, fields};
use super::super::places::kilometres;
use super::Whole;
use super::network::HUBS;
use std::collections::BTreeSet;

/// Days after the horizon on which escorts of its last flights come home.
const DAYS_AFTER: i64 = 3;

impl Whole {
    pub(super) fn ways_home(&mut self) {
        let mut draw = self.draw(Stream::WaysHome);
        let targets: BTreeSet<&str> = self.targets().into_keys().collect();
        let mut pairs = BTreeSet::new();
        for home in self.homes.clone() {
            let direct: BTreeSet<&str> = self.flights.iter().filter(|f| f.from == home).map(|f| f.to).collect();
            let onward = HUBS.iter().filter(|hub| direct.contains(hub.id)).flat_map(|hub| hub.onward.iter());
            let reached = direct.iter().copied().chain(onward.map(|(to, _)| *to));
            pairs.extend(reached.filter(|to| targets.contains(to)).map(|to| (to, home, direct.contains(to))));
        }
        for (from, home, direct) in pairs {
            // The pair without a direct flight stands for the same journey with a change.
            let change = if direct { 0 } else { 150 };
            let minutes = flight_minutes(from, home) + change;
            let price = 50.0 + 0.06 * kilometres(position(from), position(home)) * draw.real(0.8, 1.2);
            let times: &[i64] = match minutes {
                near if near < 200 => &[11 * 60, 15 * 60 + 30, 20 * 60],
                middle if middle < 420 => &[12 * 60 + 30, 21 * 60],
                _ => &[10 * 60 + 30, 22 * 60 + 30],
            };
            let times: Vec<i64> = times.iter().map(|time| time + draw.between(-15, 15) * 5).collect();
            for day in 0..self.frame.days + DAYS_AFTER {
                for &time in &times {
                    let departs = at(self.frame.day(day), time);
                    let arrives = after(departs, minutes);
                    let id = format!("T{:05}", self.folder.rows(&columns::RETURNS) + 1);
                    let fare = (price * draw.real(0.8, 1.4)).round() as i64;
                    let (departs, arrives) = (on_clock_of(from, departs), on_clock_of(home, arrives));
                    self.folder.row(&columns::RETURNS, fields![id, from, home, departs, arrives, fare]);
                }
            }
        }
    }
}
