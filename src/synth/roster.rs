//! Fixed duties and escorts alone, where the plan with fewest escorts is sought. The duties are made as the rosters of people
//! who together do all of them, so that no place need stay empty; others who could stand in are added.

use super::SynthSettings;
use super::clock::{Frame, after, at, day};
use super::draw::{Draw, Stream};
use super::folder::{Folder, columns, fields};
use crate::units::Instant;
use crate::week::Role;
use std::collections::BTreeMap;

/// Skills that duties ask for.
const SKILLS: [&str; 14] = [
    "gate", "search", "charter", "driver", "family", "trainer", "firstaid", "report", "radio", "arabic", "turkish",
    "french", "planning", "dog",
];
/// When work starts, in minutes after midnight.
const STARTS: [i64; 6] = [330, 390, 450, 540, 780, 870];
/// Nobody rests between duties here, hours cost nothing, an escort costs one, and a place that stays empty more than all.
const TABLES: &str = "\n[rules]\nrest_hours = 0\n\n[costs]\nescort_hour = 0\nescort_used = 1\nunmet_duty = 1000000\n";
/// Hours a week.
const MOST_HOURS: i64 = 40;

/// A folder in the making.
struct Roster {
    draw: Draw,
    folder: Folder,
    frame: Frame,
    /// Duties still to be made.
    left: usize,
}

/// The files of a roster.
pub(super) fn roster(settings: &SynthSettings) -> BTreeMap<String, Vec<u8>> {
    let frame = Frame::new(settings.start, i64::from(settings.weeks), 4);
    let mut folder = Folder::default();
    folder.week(frame.toml(&[]) + TABLES);
    let draw = Draw::new(settings.seed, Stream::Duties);
    let mut roster = Roster { draw, folder, frame, left: settings.cases };
    let mut people = 0;
    while roster.left > 0 {
        // A pair now and then: its duties ask for two.
        let count = if roster.draw.chance(0.12) { 2 } else { 1 };
        roster.crew(count);
        people += count;
    }
    for _ in 0..people / 4 + 1 {
        let (skills, days) = (roster.skills(), roster.workdays());
        roster.escort(&skills, &days);
    }
    roster.folder.files()
}

impl Roster {
    /// People with the same skills and days, and the duties of all their days.
    fn crew(&mut self, count: usize) {
        let (skills, days) = (self.skills(), self.workdays());
        for _ in 0..count {
            let more = self.draw.pick(SKILLS);
            let mut skills = skills.clone();
            if !skills.contains(&more) {
                skills.push(more);
            }
            self.escort(&skills, &days);
        }
        for date in days {
            let starts = at(self.frame.day(date), self.draw.pick(STARTS));
            self.day(&skills, starts, count);
        }
    }

    /// The duties of one day, one after the other.
    fn day(&mut self, skills: &[&'static str], starts: Instant, count: usize) {
        let (mut from, home) = (starts, after(starts, 480));
        loop {
            let until = after(from, self.draw.between(5, 20) * 15);
            if until > home || self.left == 0 {
                return;
            }
            let skill = self.draw.choose(skills).filter(|_| self.draw.chance(0.85)).copied();
            let id = format!("F{:04}", self.folder.rows(&columns::DUTIES) + 1);
            self.folder.row(&columns::DUTIES, fields![id, from, until, Role::Escort.word(), skill, count]);
            self.left -= 1;
            from = after(until, self.draw.between(0, 2) * 10);
        }
    }

    fn skills(&mut self) -> Vec<&'static str> {
        let mut skills = SKILLS;
        self.draw.shuffle(&mut skills);
        let known = self.draw.count(1, 4);
        skills.into_iter().take(known).collect()
    }

    /// Days of the horizon on which somebody works: four or five in each week.
    fn workdays(&mut self) -> Vec<i64> {
        let mut days = Vec::new();
        for week in 0..self.frame.days / 7 {
            let mut weekdays: [i64; 7] = std::array::from_fn(|day| 7 * week + day as i64);
            self.draw.shuffle(&mut weekdays);
            days.extend(weekdays.iter().take(self.draw.count(4, 5)));
        }
        days.sort_unstable();
        days
    }

    /// Somebody with these skills, away on all other days.
    fn escort(&mut self, skills: &[&'static str], days: &[i64]) {
        let id = format!("E{:04}", self.folder.rows(&columns::ESCORTS) + 1);
        let sex = self.draw.pick(["m", "m", "f"]);
        let row = fields![id, "KMar", Role::Escort.word(), "", sex, "*", skills.to_vec(), MOST_HOURS];
        self.folder.row(&columns::ESCORTS, row);
        for off in (0..self.frame.days).filter(|day| !days.contains(day)) {
            // The day off starts at two in the morning: late work of the day before runs into it.
            let from = at(self.frame.day(off), 120);
            let until = at(day(self.frame.day(off), 1), 0);
            self.folder.row(&columns::ABSENCES, fields![id, from, until, "off"]);
        }
    }
}
