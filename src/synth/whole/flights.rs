//! `legs.csv` and `transits.csv`: the timetable that the cases of the week can use, carriers with their own terms, and
//! charters.

use super::super::airports::{flight_minutes, on_clock_of, position};
use super::super::clock::{after, at};
use super::super::draw::{Draw, Stream};
use super::super::folder::{columns, fields};
use super::super::places::kilometres;
use super::Whole;
use super::network::{HOMES, HUBS, Hub};
use crate::units::Instant;
use crate::week::LegKind;
use std::collections::{BTreeMap, BTreeSet};

/// A service flown in the week.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flight {
    pub(super) from: &'static str,
    pub(super) to: &'static str,
}

/// What a carrier allows and asks: how many returnees on a flight, how many of them without escorts, and how late
/// a booking may come.
#[derive(Clone, Copy, Debug)]
struct Carrier {
    returnees: usize,
    unescorted: usize,
    lead_hours: i64,
    refund: Option<f64>,
}

/// Carriers, by neutral codes.
const CARRIERS: usize = 28;
/// Scheduled departures of a day, local clock in minutes: first and last.
const DAY: (i64, i64) = (7 * 60, 21 * 60 + 40);
/// Open cases are few enough for a charter once there are so many cases for each.
const CASES_A_JOINT: f64 = 90.0;
const CASES_A_NATIONAL: f64 = 300.0;

impl Whole {
    /// All legs, from the home airports and onward from the airports of transit.
    pub(super) fn flights(&mut self) {
        let mut draw = self.draw(Stream::Flights);
        let carriers: Vec<Carrier> = (0..CARRIERS).map(|_| Carrier::new(&mut draw)).collect();
        let targets: BTreeSet<&str> = self.targets().into_keys().collect();
        let leads_to = |hub: &Hub| hub.onward.iter().any(|(to, _)| targets.contains(to));
        let hubs: Vec<&Hub> = HUBS.iter().filter(|hub| leads_to(hub)).collect();
        let wanted = |to: &str| targets.contains(to) || hubs.iter().any(|hub| hub.id == to);
        let mut feeders: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for (home, services) in HOMES.iter().take(self.homes.len()) {
            for (to, weekly) in services.iter().filter(|(to, _)| wanted(to)) {
                let times = timetable(&mut draw, *weekly, |draw, part| {
                    DAY.0 + ((DAY.1 - DAY.0) as f64 * (part.start + draw.unit() * (part.end - part.start))) as i64
                });
                let arrivals = times.iter().map(|(_, minute)| minute + flight_minutes(home, to));
                feeders.entry(to).or_default().extend(arrivals);
                self.service(&mut draw, &carriers, Flight { from: home, to }, &times, 0);
            }
        }
        for hub in hubs {
            let feeders = feeders.remove(hub.id).unwrap_or_default();
            for (to, weekly) in hub.onward.iter().filter(|(to, _)| targets.contains(to)) {
                // Airports of transit fly onward when flights have come in.
                let times = timetable(&mut draw, *weekly, |draw, _| {
                    let arrival = draw.choose(&feeders).copied().unwrap_or(DAY.0);
                    (arrival + draw.between(100, hub.max_minutes - 10)).rem_euclid(1440)
                });
                // Connections of the last day may go on the next.
                self.service(&mut draw, &carriers, Flight { from: hub.id, to }, &times, 1);
            }
            let row = fields![hub.id, hub.permit_hours, hub.max_minutes, hub.unescorted];
            self.folder.row(&columns::TRANSITS, row);
        }
        self.charters();
    }

    /// A service by one carrier: the same times every week.
    fn service(&mut self, draw: &mut Draw, carriers: &[Carrier], flight: Flight, times: &[(i64, i64)], days_more: i64) {
        self.flights.push(flight);
        let number = draw.index(carriers.len());
        let Some(&carrier) = carriers.get(number) else { return };
        let price = 60.0 + 0.075 * kilometres(position(flight.from), position(flight.to)) * draw.real(0.75, 1.3);
        for day in 0..self.frame.days + days_more {
            for &(_, minute) in times.iter().filter(|(weekday, _)| *weekday == day % 7) {
                let departs = at(self.frame.day(day), minute);
                self.scheduled(draw, flight, (number, carrier), departs, price);
            }
        }
    }

    fn scheduled(
        &mut self,
        draw: &mut Draw,
        flight: Flight,
        (number, carrier): (usize, Carrier),
        departs: Instant,
        price: f64,
    ) {
        let Flight { from, to } = flight;
        let arrives = after(departs, flight_minutes(from, to));
        let fare = (price * draw.real(0.8, 1.35)).round() as i64;
        let row = fields![
            self.leg_id(),
            LegKind::Scheduled.word(),
            format!("K{:02}", number + 1),
            from,
            to,
            on_clock_of(from, departs),
            on_clock_of(to, arrives),
            draw.count(4, 18),
            carrier.returnees,
            carrier.unescorted,
            "",
            carrier.lead_hours,
            fare,
            // Escorts travel on tickets that can be changed.
            (fare as f64 * draw.real(1.1, 1.4)).round() as i64,
            carrier.refund,
            ""
        ];
        self.folder.row(&columns::LEGS, row);
    }

    fn leg_id(&self) -> String {
        format!("L{:05}", self.folder.rows(&columns::LEGS) + 1)
    }

    /// Joint flights coordinated by Frontex and national charters, to airports that most cases go to.
    fn charters(&mut self) {
        let mut draw = self.draw(Stream::Charters);
        let mut demand: BTreeMap<&str, usize> = BTreeMap::new();
        for case in self.cases.iter().filter(|case| case.kind != crate::week::CaseKind::Dublin) {
            if let Some(airport) = case.airports.first() {
                *demand.entry(airport.id).or_default() += 1;
            }
        }
        let mut airports: Vec<(&str, usize)> = demand.into_iter().collect();
        airports.sort_by_key(|(id, cases)| (std::cmp::Reverse(*cases), *id));
        airports.truncate(12);
        let [joint, national] = [CASES_A_JOINT, CASES_A_NATIONAL].map(|each| {
            let flights = self.settings.cases as f64 / each;
            flights.floor() as usize + usize::from(draw.chance(flights.fract()))
        });
        let kinds = std::iter::repeat_n(LegKind::Joint, joint).chain(std::iter::repeat_n(LegKind::National, national));
        for kind in kinds {
            let Some(&(to, _)) = draw.choose(&airports) else { return };
            self.charter(&mut draw, kind, to);
        }
    }

    fn charter(&mut self, draw: &mut Draw, kind: LegKind, to: &'static str) {
        let from = self.homes[0];
        self.flights.push(Flight { from, to });
        // On the second to the fifth day of a week, in the morning.
        let day = 7 * draw.between(0, self.frame.days / 7 - 1) + draw.between(1, 4);
        let departs = at(self.frame.day(day), draw.between(96, 150) * 5);
        let arrives = after(departs, flight_minutes(from, to));
        let home_at = after(arrives, draw.between(12, 30) * 5 + flight_minutes(to, from));
        let (seats, returnees) = match kind {
            LegKind::Joint => (draw.count(24, 60), draw.count(6, 14)),
            _ => (draw.count(90, 180), draw.count(20, 45)),
        };
        let row = fields![
            self.leg_id(),
            kind.word(),
            "CHARTER",
            from,
            to,
            on_clock_of(from, departs),
            on_clock_of(to, arrives),
            seats,
            returnees,
            draw.count(0, 2),
            draw.count(2, 5),
            96,
            draw.between(40, 90),
            0,
            "",
            on_clock_of(from, home_at)
        ];
        self.folder.row(&columns::LEGS, row);
    }
}

impl Carrier {
    fn new(draw: &mut Draw) -> Self {
        let returnees = draw.weighted([(22.0, 2), (23.0, 3), (25.0, 4), (20.0, 6), (10.0, 10)]);
        let unescorted = draw.weighted([(22.0, 1), (35.0, 2), (18.0, 3), (15.0, 4), (10.0, 6)]);
        let lead_hours = draw.weighted([(15.0, 24), (45.0, 48), (28.0, 72), (12.0, 96)]);
        let refund =
            draw.weighted([(18.0, None), (20.0, Some(0.25)), (30.0, Some(0.5)), (20.0, Some(0.75)), (12.0, Some(0.9))]);
        Self { returnees, unescorted: unescorted.min(returnees), lead_hours, refund }
    }
}

/// Weekday (from 0) and local minute of every flight of a week: as many as go into seven every day, the rest on some days.
/// `minute` draws a time, of a flight that has a part of the day (in shares of it) to itself.
fn timetable(
    draw: &mut Draw,
    weekly: usize,
    mut minute: impl FnMut(&mut Draw, std::ops::Range<f64>) -> i64,
) -> Vec<(i64, i64)> {
    let (daily, rest) = (weekly / 7, weekly % 7);
    let times = daily + usize::from(rest > 0);
    let mut weekdays: [i64; 7] = std::array::from_fn(|day| day as i64);
    draw.shuffle(&mut weekdays);
    let mut flights = Vec::with_capacity(weekly);
    for time in 0..times {
        let part = time as f64 / times as f64..(time + 1) as f64 / times as f64;
        let minute = minute(draw, part) / 5 * 5;
        let days = if time < daily { 7 } else { rest };
        flights.extend(weekdays.iter().take(days).map(|&weekday| (weekday, minute)));
    }
    flights
}
