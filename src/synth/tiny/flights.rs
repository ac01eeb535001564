//! Legs, connections, terms of arrival and ways home of a tiny week.

use super::super::airports::{flight_minutes, on_clock_of};
use super::super::clock::after;
use super::super::folder::{columns, fields};
use super::{Flight, Tiny};
use crate::units::Instant;

/// Airports of transit.
const HUBS: [&str; 3] = ["FRA", "VIE", "IST"];

/// Whether an airport abroad is used by any of the legs.
pub(super) fn abroad(direct: &[Flight], connecting: &[Flight], id: &str) -> bool {
    direct.iter().chain(connecting).any(|flight| flight.to == id || flight.from == id)
}

impl Tiny {
    /// `legs.csv`, `transits.csv`, `destinations.csv` and `returns.csv`.
    pub(super) fn flights(&mut self) {
        for (at, target) in self.targets.clone().into_iter().enumerate() {
            for leg in 0..self.draw.count(1, 2) {
                let from = *self.draw.choose(&self.homes).unwrap_or(&"AMS");
                let departs = self.base.at(self.draw.between(0, 1), self.draw.between(13, 40) * 30);
                let flight = self.flight(from, target.id, departs);
                if at == 0 && leg == 0 && self.draw.chance(0.3) {
                    self.charter(&flight);
                } else {
                    self.scheduled(&flight);
                }
                self.direct.push(flight);
            }
            self.terms(target.country);
        }
        if self.draw.chance(0.6) {
            self.connection();
        }
        self.ways_home();
    }

    fn flight(&self, from: &'static str, to: &'static str, departs: Instant) -> Flight {
        let arrives = after(departs, flight_minutes(from, to));
        let number = self.direct.len() + self.connecting.len() + 1;
        let (departs, arrives) = (on_clock_of(from, departs), on_clock_of(to, arrives));
        Flight { id: format!("L{number}"), from, to, departs, arrives }
    }

    fn scheduled(&mut self, flight: &Flight) {
        let draw = &mut self.draw;
        let seats = draw.weighted([(1.0, 1), (2.0, 2), (3.0, 4), (5.0, 7)]);
        let returnees = draw.between(1, 5);
        let unescorted = draw.weighted([(1.0, 0), (4.0, 1), (3.0, 2), (2.0, 4)]);
        let lead = draw.weighted([(5.0, 24.0), (3.0, 48.0), (1.0, 72.5), (2.0, 150.0)]);
        let fare = draw.between(60, 700);
        let escort_fare = fare + draw.between(0, 200);
        let refund = draw.pick([None, Some(0.2), Some(0.5), Some(0.85), Some(1.0)]);
        let Flight { id, from, to, departs, arrives } = flight;
        let row = fields![
            id,
            "scheduled",
            "KL",
            from,
            to,
            departs,
            arrives,
            seats,
            returnees,
            unescorted,
            "",
            lead,
            fare,
            escort_fare,
            refund,
            ""
        ];
        self.folder.row(&columns::LEGS, row);
    }

    fn charter(&mut self, flight: &Flight) {
        let draw = &mut self.draw;
        let kind = draw.pick(["joint", "national"]);
        let (seats, returnees, unescorted) = (draw.between(3, 12), draw.between(2, 5), draw.between(0, 2));
        let standby = draw.between(0, 2);
        let back = flight_minutes(flight.to, flight.from) + draw.pick([60, 90, 150]);
        let home_at = on_clock_of(flight.from, after(flight.arrives, back));
        let Flight { id, from, to, departs, arrives } = flight;
        let row = fields![
            id, kind, "CHARTER", from, to, departs, arrives, seats, returnees, unescorted, standby, 48, 50, 0, "",
            home_at
        ];
        self.folder.row(&columns::LEGS, row);
    }

    /// Two legs to the first target, and the terms of transit between them.
    fn connection(&mut self) {
        let Some(target) = self.targets.first().copied() else { return };
        let hub = self.draw.pick(HUBS);
        let departs = self.base.at(self.draw.between(0, 1), self.draw.between(13, 32) * 30);
        let first = self.flight("AMS", hub, departs);
        self.connecting.push(first.clone());
        let wait = self.draw.pick([75, 90, 120, 180, 240]);
        let second = self.flight(hub, target.id, after(first.arrives, wait));
        self.connecting.push(second.clone());
        self.scheduled(&first);
        self.scheduled(&second);
        let lead = self.draw.weighted([(3.0, 24.0), (2.0, 48.0), (1.0, 72.0), (3.0, 140.5)]);
        let longest = self.draw.pick([100, 180, 300]);
        let unescorted = self.draw.chance(0.6);
        self.folder.row(&columns::TRANSITS, fields![hub, lead, longest, unescorted]);
    }

    /// Terms of arrival of a country: none, for all kinds, or for one kind.
    fn terms(&mut self, country: &'static str) {
        if self.draw.chance(0.35) || self.folder_has_terms(country) {
            return;
        }
        let draw = &mut self.draw;
        let kind = draw.weighted([(3.0, ""), (1.0, "origin"), (2.0, "dublin")]);
        let announce = draw.weighted([(4.0, None), (3.0, Some(3)), (1.0, Some(6))]);
        let special = draw.weighted([(2.0, 0), (3.0, 4), (1.0, 8)]);
        let (from, until) = draw.weighted([
            (5.0, (None, None)),
            (2.0, (Some("09:00"), Some("16:00"))),
            (1.0, (Some("11:30"), None)),
            (1.0, (None, Some("20:00"))),
        ]);
        let weekdays = draw.weighted([(4.0, ""), (2.0, "1 2 3 4 5"), (1.0, "2 4 6 7")]);
        let most = draw.weighted([(3.0, None), (2.0, Some(1)), (2.0, Some(2)), (1.0, Some(3))]);
        let row = fields![country, kind, announce, special, from, until, weekdays, most];
        self.folder.row(&columns::DESTINATIONS, row);
    }

    /// Two targets may lie in one country, which then has one set of terms.
    fn folder_has_terms(&self, country: &str) -> bool {
        let at = self.targets.iter().filter(|target| target.country == country).count();
        at > 1 && self.folder.rows(&columns::DESTINATIONS) > 0
    }

    /// `returns.csv`: from every target a flight home or a few, some too early, some after a night.
    fn ways_home(&mut self) {
        let all: Vec<Flight> = self.direct.iter().chain(self.connecting.get(1)).cloned().collect();
        for flight in all {
            for _ in 0..self.draw.weighted([(0.5, 0), (4.0, 1), (8.0, 2)]) {
                let home = *self.draw.choose(&self.homes).unwrap_or(&"AMS");
                let departs = after(flight.arrives, self.draw.pick([120, 150, 165, 240, 300, 720, 900, 1200]));
                let arrives = after(departs, flight_minutes(flight.to, home));
                let (departs, arrives) = (on_clock_of(flight.to, departs), on_clock_of(home, arrives));
                let id = format!("T{}", self.folder.rows(&columns::RETURNS) + 1);
                let fare = self.draw.pick([80, 120, 120, 260]);
                self.folder.row(&columns::RETURNS, fields![id, flight.to, home, departs, arrives, fare]);
            }
        }
    }
}
