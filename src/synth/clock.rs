//! Clock times at home and abroad, and the time frame of a synthetic week.

use crate::calendar;
use crate::units::Instant;
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

/// Local clock time in Amsterdam, `minutes` after midnight of `date` by the clock; may run into other days.
pub(super) fn at(date: NaiveDate, minutes: i64) -> Instant {
    let date = day(date, minutes.div_euclid(1440));
    let seconds = u32::try_from(minutes.rem_euclid(1440) * 60).unwrap_or(0);
    calendar::instant(date, NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default())
}

/// The date so many days later (or earlier).
pub(super) fn day(date: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { date.checked_sub_days(by) } else { date.checked_add_days(by) };
    moved.unwrap_or(date)
}

/// The instant so many minutes later (or earlier), on Amsterdam's clock.
pub(super) fn after(at: Instant, minutes: i64) -> Instant {
    calendar::in_amsterdam(at + TimeDelta::minutes(minutes))
}

/// Whether summer time holds in the European Union.
pub(super) fn is_summer(at: Instant) -> bool {
    calendar::in_amsterdam(at).offset().local_minus_utc() > 3600
}

/// The same instant written with an offset of so many minutes east of UTC.
pub(super) fn abroad(at: Instant, offset_minutes: i64) -> Instant {
    let offset = i32::try_from(offset_minutes * 60).ok().and_then(FixedOffset::east_opt);
    offset.map_or(at, |offset| at.with_timezone(&offset))
}

/// The time frame of a week folder.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// First day of the horizon; a Monday, unless the horizon is a day.
    pub(super) first: NaiveDate,
    /// Days in the horizon.
    pub(super) days: i64,
    /// The moment the folder is true at.
    pub(super) now: Instant,
}

impl Frame {
    /// A horizon of so many weeks from the Monday of `start`'s week, seen from so many days before at 08:30.
    pub(super) fn new(start: NaiveDate, weeks: i64, days_ahead: i64) -> Self {
        let monday = day(start, -i64::from(start.weekday().num_days_from_monday()));
        Self { first: monday, days: 7 * weeks, now: at(day(monday, -days_ahead), 8 * 60 + 30) }
    }

    /// A horizon of one day, seen from the day before at 08:30.
    pub(super) fn of_day(date: NaiveDate) -> Self {
        Self { first: date, days: 1, now: at(day(date, -1), 8 * 60 + 30) }
    }

    /// The date of `now`.
    pub(super) fn today(&self) -> NaiveDate {
        calendar::local_date(self.now)
    }

    /// Days from today to the first day of the horizon.
    pub(super) fn days_ahead(&self) -> i64 {
        calendar::days_between(self.today(), self.first)
    }

    /// The n-th day of the horizon, from 0.
    pub(super) fn day(&self, n: i64) -> NaiveDate {
        day(self.first, n)
    }

    /// The lines of `week.toml` that every folder has.
    pub(super) fn toml(&self, home_airports: &[&str]) -> String {
        let iso = self.first.iso_week();
        let stamp = |at: DateTime<FixedOffset>| at.to_rfc3339();
        format!(
            "week = \"{:04}-W{:02}\"\nnow = {}\nstart = {}\nend = {}\nhome_airports = {home_airports:?}\n",
            iso.year(),
            iso.week(),
            stamp(self.now),
            stamp(at(self.first, 0)),
            stamp(at(self.day(self.days), 0)),
        )
    }
}
