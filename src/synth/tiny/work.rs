//! Escorts, absences, fixed duties, shifts and transfers of a tiny week.

use super::super::clock::after;
use super::super::folder::{columns, fields};
use super::super::places::{Place, find, kilometres};
use super::Tiny;

/// Where transfers go to besides the places of the cases.
pub(super) const ERRANDS: [&str; 2] = ["RB-DENHAAG", "IND-DENBOSCH"];
/// Where vehicles are kept.
pub(super) const DEPOTS: [&str; 2] = ["DVO-SCHIPHOL", "DVO-ROTTERDAM"];

impl Tiny {
    /// `escorts.csv` and `absences.csv`.
    pub(super) fn escorts(&mut self) {
        for number in 1..=self.draw.weighted([(1.0, 1), (2.0, 2), (4.0, 3), (7.0, 4)]) {
            let escort = format!("E{number}");
            let role = self.draw.weighted([(6.0, "escort"), (1.0, "nurse"), (1.5, "doctor")]);
            let role = if number == 1 { "escort" } else { role };
            let base = if self.draw.chance(0.5) { "" } else { self.draw.choose(&self.homes).copied().unwrap_or("AMS") };
            let sex = self.draw.weighted([(5.0, "m"), (4.0, "f"), (0.5, "x")]);
            let visas: Vec<&str> =
                self.targets.iter().take(self.draw.count(0, 2)).map(|target| target.country).collect();
            let visas = if self.draw.chance(0.6) { vec!["*"] } else { dedup(visas) };
            let skills = self.draw.pick(["", "gate", "gate charter"]);
            let hours = self.draw.pick([None, Some(9.5), Some(14.0), Some(20.0), Some(32.0)]);
            let row = fields![escort, "KMar", role, base, sex, visas, skills, hours];
            self.folder.row(&columns::ESCORTS, row);
            if self.draw.chance(0.2) {
                let from = self.base.at(self.draw.between(-1, 1), self.draw.pick([0, 480, 1200]));
                let until = after(from, self.draw.pick([240, 720, 1440]));
                self.folder.row(&columns::ABSENCES, fields![escort, from, until, "leave"]);
            }
        }
    }

    /// `duties.csv`.
    pub(super) fn duties(&mut self) {
        for number in 1..=self.draw.weighted([(4.0, 0), (4.0, 1), (2.0, 2)]) {
            let starts = self.base.at(self.draw.between(-1, 1), self.draw.between(12, 40) * 30);
            let ends = after(starts, self.draw.pick([240, 360, 480, 600]));
            let role = self.draw.weighted([(3.0, ""), (4.0, "escort"), (1.0, "nurse")]);
            let skill = self.draw.weighted([(3.0, ""), (2.0, "gate"), (1.0, "charter")]);
            let count = self.draw.weighted([(4.0, 1), (1.0, 2)]);
            self.folder.row(&columns::DUTIES, fields![format!("F{number}"), starts, ends, role, skill, count]);
        }
    }

    /// `shifts.csv`: around the departures.
    pub(super) fn shifts(&mut self) {
        let mut departures: Vec<_> =
            self.direct.iter().chain(self.connecting.first()).map(|flight| flight.departs).collect();
        self.draw.shuffle(&mut departures);
        for number in 1..=self.draw.weighted([(1.0, 1), (2.0, 2), (5.0, 3)]) {
            let Some(&departs) = departures.get((number - 1) % departures.len().max(1)) else { return };
            let from = after(departs, -self.draw.between(14, 28) * 30);
            let until = after(departs, self.draw.between(-4, 10) * 30);
            let free =
                self.shifts.iter().position(|(other_from, other_until)| *other_until <= from || until <= *other_from);
            let vehicle = free.filter(|_| self.shifts.len() == 1).map_or(number, |at| at + 1);
            let depot = self.draw.pick(DEPOTS);
            let (seats, wheelchairs) = self.draw.pick([(2, 0), (3, 0), (4, 1), (6, 1)]);
            let compartments = self.draw.pick([1, 1, 2]);
            let hours = self.draw.pick([None, Some(5.0), Some(7.0), Some(10.0)]);
            let (fixed, km, hour) = self.draw.pick([(150, 0.55, 40), (90, 0.8, 62), (0, 1.2, 0)]);
            let row = fields![
                format!("V{number}"),
                format!("X{vehicle}"),
                depot,
                seats,
                wheelchairs,
                compartments,
                from,
                until,
                hours,
                fixed,
                km,
                hour
            ];
            self.folder.row(&columns::SHIFTS, row);
            self.shifts.push((from, until));
        }
    }

    /// `transfers.csv`: one to three, and with the cases no more than six rides.
    pub(super) fn transfers(&mut self, cases: usize) {
        let most = 6usize.saturating_sub(cases).clamp(1, 3);
        for number in 1..=self.draw.count(1, most) {
            let (Some(&stay), Some(errand)) = (self.draw.choose(&self.stays), find(self.draw.pick(ERRANDS))) else {
                return;
            };
            let Some(&(from, _)) = self.draw.choose(&self.shifts) else { return };
            let (start, end) = if self.draw.chance(0.6) { (stay, errand) } else { (errand, stay) };
            let direct = drive(start, end);
            let load = self.draw.pick([5, 10, 15]);
            let pickup = after(from, self.draw.between(0, 9) * 30);
            let pickup_until = after(pickup, self.draw.pick([30, 60, 150]));
            let dropoff = after(pickup, direct + load);
            let dropoff_until = after(dropoff, self.draw.pick([30, 90, 180]));
            let class = self.draw.weighted([(4.0, "m"), (2.0, "f"), (1.0, "family"), (0.3, "x")]);
            let persons = self.draw.weighted([(5.0, 1), (2.0, 2)]);
            let wheelchairs = self.draw.weighted([(8.0, 0), (1.0, 1)]);
            let longest = self.draw.pick([None, Some(direct + 5), Some(direct + 45)]);
            let row = fields![
                format!("TR{number}"),
                persons,
                class,
                wheelchairs,
                start.id,
                end.id,
                pickup,
                pickup_until,
                dropoff,
                dropoff_until,
                load,
                10,
                longest
            ];
            self.folder.row(&columns::TRANSFERS, row);
        }
    }
}

/// Minutes of a computed drive (section 1 of the specification), rounded up.
fn drive(from: &Place, to: &Place) -> i64 {
    (1.3 * kilometres((from.lat, from.lon), (to.lat, to.lon)) / 70.0 * 60.0).ceil() as i64
}

fn dedup(mut list: Vec<&str>) -> Vec<&str> {
    list.sort_unstable();
    list.dedup();
    list
}
