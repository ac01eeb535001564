//! `escorts.csv`, `absences.csv` and `duties.csv`.

use super::super::clock::{after, at, day};
use super::super::draw::{Draw, Stream};
use super::super::folder::{columns, fields};
use super::Whole;
use crate::week::Role;
use std::collections::BTreeSet;

/// Escorts, nurses and doctors for each case of a week.
const STAFF: f64 = 0.38;
/// Fixed duties for each case.
const DUTIES: f64 = 0.13;
/// Countries that ask a visa of escorts, or of which a visa takes long.
const VISA: [&str; 20] = [
    "AZ", "BD", "CN", "DZ", "EG", "ET", "GH", "GN", "IN", "IQ", "KE", "LK", "NG", "PK", "SL", "SR", "TR", "UG", "UZ",
    "VN",
];

impl Whole {
    pub(super) fn escorts(&mut self) {
        let mut draw = self.draw(Stream::Escorts);
        let staff = self.sized(STAFF, 12);
        let medical = (staff / 14).max(2);
        let countries: BTreeSet<&'static str> = self.cases.iter().map(|case| case.country).collect();
        for number in 1..=staff {
            let escort = format!("E{number:04}");
            let role = match number {
                doctor if doctor <= medical.div_ceil(3) => Role::Doctor,
                nurse if nurse <= medical => Role::Nurse,
                _ => Role::Escort,
            };
            self.escort(&mut draw, &escort, role, &countries);
            self.absences(&mut draw, &escort);
        }
        self.duties();
    }

    fn escort(&mut self, draw: &mut Draw, escort: &str, role: Role, countries: &BTreeSet<&'static str>) {
        let organisation = if role == Role::Escort { "KMar" } else { "medical" };
        // Most report at the first airport; some wherever they are sent.
        let base = match draw.unit() {
            below if below < 0.15 => None,
            below if below < 0.8 => self.homes.first(),
            _ => draw.choose(&self.homes),
        };
        let sex = draw.weighted([(69.0, "m"), (31.0, "f")]);
        let held = |country: &&str| !VISA.contains(country) || draw.chance(0.72);
        let visas: Vec<&str> = countries.iter().copied().filter(held).collect();
        let visas = if draw.chance(0.14) { vec!["*"] } else { visas };
        let mut skills = vec!["gate"];
        skills.extend(
            [("charter", 0.4), ("driver", 0.3), ("family", 0.25), ("trainer", 0.08)]
                .iter()
                .filter_map(|&(skill, share)| draw.chance(share).then_some(skill)),
        );
        let skills = if draw.chance(0.25) { skills.split_off(1) } else { skills };
        // What the week leaves beside other work.
        let hours = draw.weighted([(22.0, 10), (34.0, 14), (26.0, 18), (14.0, 24), (4.0, 36)]);
        let row = fields![escort, organisation, role.word(), base, sex, visas, skills, hours];
        self.folder.row(&columns::ESCORTS, row);
    }

    fn absences(&mut self, draw: &mut Draw, escort: &str) {
        for week in 0..self.frame.days / 7 {
            if !draw.chance(0.35) {
                continue;
            }
            let first = 7 * week + draw.between(0, 6);
            let (days, reason) =
                draw.weighted([(50.0, (1, "leave")), (20.0, (3, "leave")), (18.0, (2, "sick")), (12.0, (5, "course"))]);
            let (from, until) = (at(self.frame.day(first), 0), at(day(self.frame.day(first), days), 0));
            self.folder.row(&columns::ABSENCES, fields![escort, from, until, reason]);
        }
    }

    /// Fixed duties: at the gate, preparing charters, driving, training.
    fn duties(&mut self) {
        let mut draw = self.draw(Stream::Duties);
        let wanted = (self.settings.cases as f64 * DUTIES).round() as usize;
        for number in 1..=wanted.max(2) {
            let date = self.frame.day(draw.between(0, self.frame.days - 1));
            let (role, skill) = draw.weighted([
                (38.0, (Role::Escort.word(), "gate")),
                (24.0, (Role::Escort.word(), "")),
                (10.0, (Role::Escort.word(), "charter")),
                (10.0, (Role::Escort.word(), "driver")),
                (7.0, ("", "family")),
                (6.0, ("", "trainer")),
                (5.0, (Role::Nurse.word(), "")),
            ]);
            let count = if role == Role::Nurse.word() {
                1
            } else {
                draw.weighted([(38.0, 1), (30.0, 2), (20.0, 3), (12.0, 4)])
            };
            let starts = at(date, draw.pick([360, 420, 540, 840, 900]));
            let ends = after(starts, draw.pick([240, 360, 480, 480, 540]));
            self.folder.row(&columns::DUTIES, fields![format!("F{number:04}"), starts, ends, role, skill, count]);
        }
    }
}
