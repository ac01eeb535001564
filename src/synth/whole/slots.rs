//! `contact_slots.csv`: when people can be told, at every place where a case is. Detention centres offer times every
//! working day and on Saturdays, reception centres on two days a week.

use super::super::clock::{at, day};
use super::super::draw::Stream;
use super::super::folder::{columns, fields};
use super::super::places::{self, Place};
use super::Whole;
use crate::week::LocationKind;
use chrono::{Datelike, Weekday};
use std::collections::BTreeMap;

/// Slots before `now`: those of notices that have been given.
const DAYS_BEFORE: i64 = 3;
/// Cases at a place for each slot of a day.
const CASES_A_SLOT: usize = 12;

impl Whole {
    pub(super) fn slots(&mut self) {
        let mut draw = self.draw(Stream::Slots);
        let mut at_place: BTreeMap<&str, usize> = BTreeMap::new();
        for case in &self.cases {
            *at_place.entry(case.stay.id).or_default() += 1;
        }
        let here = |place: &Place| at_place.get(place.id).map(|cases| (place.id, place.kind, *cases));
        for (stay, kind, cases) in places::PLACES.iter().filter_map(here) {
            let custody = matches!(kind, LocationKind::Detention | LocationKind::FamilyClosed);
            let mut times = [570, 630, 690, 810, 870, 930, 990];
            draw.shuffle(&mut times);
            let weekly = cases.div_ceil(usize::try_from(self.settings.weeks).unwrap_or(1));
            let daily = weekly.div_ceil(CASES_A_SLOT).clamp(2, times.len());
            let capacity = weekly.div_ceil(CASES_A_SLOT * daily).max(1);
            let weekdays: &[Weekday] = match kind {
                LocationKind::Reception => draw.pick([
                    &[Weekday::Mon, Weekday::Wed],
                    &[Weekday::Tue, Weekday::Thu],
                    &[Weekday::Tue, Weekday::Fri],
                ]),
                _ => &[Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            };
            // A place with hardly a case may have nobody to see them this time.
            let absent = weekly <= 2 && draw.chance(0.15);
            let days = if absent { 0 } else { self.days_from_today() - 2 };
            for number in -DAYS_BEFORE..days {
                let date = day(self.frame.today(), number);
                let slots = match date.weekday() {
                    Weekday::Sat if custody => 1,
                    weekday if weekdays.contains(&weekday) => daily,
                    _ => 0,
                };
                for &time in times.iter().take(slots) {
                    let id = format!("S{:05}", self.folder.rows(&columns::CONTACT_SLOTS) + 1);
                    let capacity = capacity + usize::from(draw.chance(0.2));
                    self.folder.row(&columns::CONTACT_SLOTS, fields![id, stay, at(date, time), capacity]);
                }
            }
        }
    }

    /// Days from today to the end of the horizon.
    fn days_from_today(&self) -> i64 {
        self.frame.days_ahead() + self.frame.days
    }
}
