//! Local clock time (`Europe/Amsterdam`) and working days. The zone data is bundled with the program, so that the same
//! week gives the same plan on every machine; this is the only place that knows a time zone.

use crate::units::{Hours, Instant, minutes_between};
use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, Utc, Weekday,
};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The rule of the zone since 1996, for the case that the bundled data is missing: CET, and CEST from the last Sunday of
/// March to the last Sunday of October at 01:00 UTC (Directive 2000/84/EC).
const POSIX_RULE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
static AMSTERDAM: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZoneDatabase::bundled()
        .get("Europe/Amsterdam")
        .or_else(|_| TimeZone::posix(POSIX_RULE))
        .unwrap_or(TimeZone::UTC)
});
/// First hour of an office day, local clock (section 3 of the specification).
const OFFICE_OPENS: u32 = 9;
/// End of an office day, local clock (section 3 of the specification).
const OFFICE_CLOSES: u32 = 17;

/// Seconds east of UTC in Amsterdam at an instant.
fn offset(at: DateTime<Utc>) -> FixedOffset {
    let seconds = Timestamp::from_second(at.timestamp()).map_or(3600, |at| AMSTERDAM.to_offset(at).seconds());
    FixedOffset::east_opt(seconds).unwrap_or_else(|| Utc.fix())
}

/// The same instant, written with Amsterdam's offset.
pub fn in_amsterdam(at: Instant) -> Instant {
    let utc = at.with_timezone(&Utc);
    utc.with_timezone(&offset(utc))
}

/// Amsterdam date and clock time of an instant.
pub fn local(at: Instant) -> NaiveDateTime {
    let at = in_amsterdam(at);
    at.naive_utc().checked_add_offset(*at.offset()).unwrap_or(at.naive_utc())
}

/// Amsterdam date of an instant.
pub fn local_date(at: Instant) -> NaiveDate {
    local(at).date()
}

/// Amsterdam clock time of an instant.
pub fn local_time(at: Instant) -> NaiveTime {
    local(at).time()
}

/// Amsterdam weekday of an instant.
pub fn local_weekday(at: Instant) -> Weekday {
    local_date(at).weekday()
}

/// The instant of a local date and clock time. Of the two instants of a clock time that comes twice (end of summer time)
/// it is the earlier; a clock time that is skipped (start of summer time) stands for the instant as many minutes after
/// the switch, so 02:30 for 03:30.
pub fn instant(date: NaiveDate, time: NaiveTime) -> Instant {
    let clock = date.and_time(time);
    // One of the offsets a day before and a day after holds: the zone never switches twice in two days.
    let [before, after] =
        [-1, 1].map(|days| offset(clock.checked_add_signed(TimeDelta::days(days)).unwrap_or(clock).and_utc()));
    let reading = |offset: FixedOffset| {
        clock.checked_sub_offset(offset).map(|utc| DateTime::<FixedOffset>::from_naive_utc_and_offset(utc, offset))
    };
    let candidates = [before, after].map(reading);
    let exact = candidates.iter().flatten().filter(|at| local(**at) == clock).min();
    exact
        .or(candidates[0].as_ref())
        .map_or_else(|| in_amsterdam(clock.and_utc().fixed_offset()), |at| in_amsterdam(*at))
}

/// The stretches of a local date at which the clock reads `from` to `until`, both included; an absent side is no limit. It is
/// one stretch, but on a night when the clock is set back or forth there may be two, or the same hour may come twice.
pub fn hours_of_day(date: NaiveDate, from: Option<NaiveTime>, until: Option<NaiveTime>) -> Vec<(Instant, Instant)> {
    // To the last microsecond of the day: the next moment is of the next day.
    let moment = TimeDelta::microseconds(1);
    let starts = instant(date, NaiveTime::MIN);
    let ends = in_amsterdam(instant(date.succ_opt().unwrap_or(date), NaiveTime::MIN) - moment);
    let mut stretches: Vec<(Instant, Instant)> = Vec::new();
    for (begins, stops) in match switch_between(starts, ends) {
        Some(switch) => vec![(starts, in_amsterdam(switch - moment)), (switch, ends)],
        None => vec![(starts, ends)],
    } {
        // Within a part of one offset, clock times stand for instants one to one.
        let at = |time: NaiveTime| {
            let offset = *begins.offset();
            date.and_time(time).checked_sub_offset(offset).map(|utc| DateTime::from_naive_utc_and_offset(utc, offset))
        };
        let first = from.and_then(at).map_or(begins, |opens: Instant| opens.max(begins));
        let last = until.and_then(at).map_or(stops, |closes: Instant| closes.min(stops));
        match stretches.last_mut() {
            Some((_, end)) if first <= last && *end + moment == first => *end = last,
            _ if first <= last => stretches.push((first, last)),
            _ => {}
        }
    }
    stretches
}

/// The instant after `from`, and not after `until`, at which the clock is set back or forth.
fn switch_between(from: Instant, until: Instant) -> Option<Instant> {
    if offset(from.with_timezone(&Utc)) == offset(until.with_timezone(&Utc)) {
        return None;
    }
    let before = Timestamp::from_second(from.timestamp()).ok()?;
    let next = AMSTERDAM.following(before).next()?.timestamp().as_second();
    DateTime::<Utc>::from_timestamp(next, 0).map(|at| in_amsterdam(at.fixed_offset())).filter(|&at| at <= until)
}

/// ISO year and week of an instant in local time, for rules that count by week.
pub fn iso_week(at: Instant) -> (i32, u32) {
    let week = local_date(at).iso_week();
    (week.year(), week.week())
}

/// Days from one date to another; negative when `until` is earlier.
pub fn days_between(from: NaiveDate, until: NaiveDate) -> i64 {
    until.signed_duration_since(from).num_days()
}

/// The clock of an arrival: date and clock time as written, with its own offset (section 2 of the specification).
pub fn own_clock(at: Instant) -> NaiveDateTime {
    at.naive_utc().checked_add_offset(*at.offset()).unwrap_or(at.naive_utc())
}

/// Easter Sunday of a year of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher.
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let g = (8 * b + 13).div_euclid(25);
    let h = (19 * a + b - b.div_euclid(4) - g + 15).rem_euclid(30);
    let m = (a + 11 * h).div_euclid(319);
    let l = (2 * b.rem_euclid(4) + 2 * c.div_euclid(4) - c.rem_euclid(4) - h + m + 32).rem_euclid(7);
    let month = (h - m + l + 90).div_euclid(25);
    let day = (h - m + l + month + 19).rem_euclid(32);
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// King's Day: 27 April, or 26 April when that is a Sunday. Until 2013 Queen's Day: 30 April, or 29 when a Sunday.
fn kings_day(year: i32) -> Option<NaiveDate> {
    let birthday = NaiveDate::from_ymd_opt(year, 4, if year < 2014 { 30 } else { 27 })?;
    if birthday.weekday() == Weekday::Sun { birthday.pred_opt() } else { Some(birthday) }
}

/// Whether a date is a holiday of article 3 of the Algemene termijnenwet: New Year's Day, Good Friday, Easter Monday,
/// Ascension Day, Whit Monday, both Christmas days, King's Day and 5 May (every year).
pub fn is_public_holiday(date: NaiveDate) -> bool {
    let year = date.year();
    let fixed = matches!((date.month(), date.day()), (1, 1) | (5, 5) | (12, 25 | 26));
    let from_easter = || {
        let days = easter_sunday(year).map(|easter| days_between(easter, date));
        matches!(days, Some(-2 | 1 | 39 | 50))
    };
    fixed || kings_day(year) == Some(date) || ((3..=6).contains(&date.month()) && from_easter())
}

/// Whether a date is a working day: Monday to Friday, no public holiday and not one of the `extra` dates of the week.
pub fn is_working_day(date: NaiveDate, extra: &BTreeSet<NaiveDate>) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !extra.contains(&date) && !is_public_holiday(date)
}

/// Office hours (09:00-17:00 local on working days) between two instants; zero when `until` is earlier.
/// Clock times may be subtracted here, because the zone never switches within office hours.
pub fn office_hours(from: Instant, until: Instant, extra: &BTreeSet<NaiveDate>) -> Hours {
    let (from, until) = (local(from), local(until));
    let (Some(opens), Some(closes)) =
        (NaiveTime::from_hms_opt(OFFICE_OPENS, 0, 0), NaiveTime::from_hms_opt(OFFICE_CLOSES, 0, 0))
    else {
        return Hours::ZERO;
    };
    let mut hours = 0.0;
    let mut date = from.date();
    while date <= until.date() {
        if is_working_day(date, extra) {
            let (first, last) = (from.max(date.and_time(opens)), until.min(date.and_time(closes)));
            hours += (minutes_between(first.and_utc().fixed_offset(), last.and_utc().fixed_offset()) / 60.0).max(0.0);
        }
        match date.checked_add_days(Days::new(1)) {
            Some(next) => date = next,
            None => break,
        }
    }
    Hours::new(hours).unwrap_or_default()
}
