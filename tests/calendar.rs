//! Local clock time and working days: the zone data, the switches of summer time, the holidays of several years.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first thing that is not there")]

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use std::collections::BTreeSet;
use vertrek::calendar;
use vertrek::units::Instant;

fn at(text: &str) -> Instant {
    Instant::parse_from_rfc3339(text).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn clock(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

/// Canary: if the bundled zone data is missing, stale or the law on summer time changes, this fails first.
#[test]
fn amsterdam_switches_on_the_last_sundays_of_march_and_october() {
    for (switch, before, after) in [
        ("2024-03-31T01:00:00Z", 1, 2),
        ("2024-10-27T01:00:00Z", 2, 1),
        ("2027-03-28T01:00:00Z", 1, 2),
        ("2027-10-31T01:00:00Z", 2, 1),
        ("2031-03-30T01:00:00Z", 1, 2),
    ] {
        let switch = at(switch);
        let offset = |at: Instant| calendar::in_amsterdam(at).offset().local_minus_utc() / 3600;
        assert_eq!(offset(switch - chrono::TimeDelta::seconds(1)), before, "before {switch}");
        assert_eq!(offset(switch), after, "at {switch}");
    }
    // Amsterdam kept its own time, 19 min 32 s ahead of Greenwich, until 1937, or Brussels time in data merged since 2022:
    // either way real zone data, and not the rule of today, answers.
    assert_ne!(calendar::in_amsterdam(at("1930-01-01T00:00:00Z")).offset().local_minus_utc(), 3600);
}

#[test]
fn local_clock_date_weekday_and_iso_week_do_not_depend_on_the_offset_written() {
    let one = at("2027-01-03T23:30:00Z");
    assert_eq!(calendar::local_date(one), date("2027-01-04"));
    assert_eq!(calendar::local_time(one), clock("00:30:00"));
    assert_eq!(calendar::local_weekday(one), Weekday::Mon);
    assert_eq!(calendar::iso_week(one), (2027, 1));
    assert_eq!(calendar::iso_week(at("2027-01-03T22:30:00Z")), (2026, 53));
    assert_eq!(calendar::local(at("2027-07-01T20:00:00-04:00")), calendar::local(at("2027-07-02T00:00:00Z")));
    assert_eq!(calendar::own_clock(at("2027-07-01T23:00:00-04:00")), date("2027-07-01").and_time(clock("23:00:00")));
    assert_eq!(calendar::days_between(date("2027-02-27"), date("2027-03-01")), 2);
}

#[test]
fn a_clock_time_that_is_skipped_or_comes_twice_has_one_meaning() {
    let on = |day: &str, time: &str| calendar::instant(date(day), clock(time));
    assert_eq!(on("2027-01-18", "09:00:00"), at("2027-01-18T09:00:00+01:00"));
    assert_eq!(on("2027-07-01", "09:00:00"), at("2027-07-01T09:00:00+02:00"));
    // 28 March 2027: 02:00 becomes 03:00, so 02:30 stands for 03:30.
    assert_eq!(on("2027-03-28", "02:30:00"), at("2027-03-28T03:30:00+02:00"));
    assert_eq!(on("2027-03-28", "03:00:00"), at("2027-03-28T03:00:00+02:00"));
    // 31 October 2027: 03:00 becomes 02:00, so 02:30 comes twice and the first counts.
    assert_eq!(on("2027-10-31", "02:30:00"), at("2027-10-31T02:30:00+02:00"));
    assert_eq!(on("2027-10-31", "03:00:00"), at("2027-10-31T03:00:00+01:00"));
}

/// Worked out from published Easter dates and calendars: weekdays that are no working day.
#[test]
fn holidays_of_several_years() {
    let table = [
        // Easter 20 April 2014; 27 April 2014 is a Sunday, so King's Day is Saturday 26 April.
        (2014, &["01-01", "04-18", "04-21", "05-05", "05-29", "06-09", "12-25", "12-26"][..]),
        // Easter 9 April 2023; New Year's Day is a Sunday.
        (2023, &["04-07", "04-10", "04-27", "05-05", "05-18", "05-29", "12-25", "12-26"]),
        // Easter 31 March 2024; 27 April is a Saturday, 5 May a Sunday.
        (2024, &["01-01", "03-29", "04-01", "05-09", "05-20", "12-25", "12-26"]),
        // Easter 20 April 2025; 27 April is a Sunday, King's Day on Saturday 26 April.
        (2025, &["01-01", "04-18", "04-21", "05-05", "05-29", "06-09", "12-25", "12-26"]),
        // Easter 28 March 2027; Christmas is a Saturday and a Sunday.
        (2027, &["01-01", "03-26", "03-29", "04-27", "05-05", "05-06", "05-17"]),
        // Easter 25 April 2038, the latest there is: King's Day is the Tuesday after Easter Monday.
        (2038, &["01-01", "04-23", "04-26", "04-27", "05-05", "06-03", "06-14"]),
    ];
    for (year, expected) in table {
        let mut found = Vec::new();
        let mut day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        while day.year() == year {
            let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            assert!(!(weekend && calendar::is_working_day(day, &BTreeSet::new())), "{day}");
            if !weekend && !calendar::is_working_day(day, &BTreeSet::new()) {
                found.push(day.format("%m-%d").to_string());
            }
            day = day.succ_opt().unwrap();
        }
        assert_eq!(found, expected, "{year}");
    }
}

#[test]
fn kings_day_moves_to_saturday_when_the_27th_is_a_sunday() {
    assert!(calendar::is_public_holiday(date("2014-04-26")) && !calendar::is_public_holiday(date("2014-04-27")));
    assert!(calendar::is_public_holiday(date("2031-04-26")) && !calendar::is_public_holiday(date("2031-04-27")));
    assert!(calendar::is_public_holiday(date("2026-04-27")) && !calendar::is_public_holiday(date("2026-04-26")));
    // Queen's Day, the last one.
    assert!(calendar::is_public_holiday(date("2013-04-30")) && !calendar::is_public_holiday(date("2013-04-27")));
}

#[test]
fn the_fifth_of_may_counts_every_year_and_listed_dates_too() {
    for year in 2021..2041 {
        let day = NaiveDate::from_ymd_opt(year, 5, 5).unwrap();
        assert!(!calendar::is_working_day(day, &BTreeSet::new()), "{day}");
    }
    let listed = BTreeSet::from([date("2027-01-19")]);
    assert!(calendar::is_working_day(date("2027-01-19"), &BTreeSet::new()));
    assert!(!calendar::is_working_day(date("2027-01-19"), &listed));
}

#[test]
fn office_hours_are_counted_from_nine_to_five_on_working_days() {
    let hours = |from: &str, until: &str| calendar::office_hours(at(from), at(until), &BTreeSet::new()).get();
    // Friday 15:00 to Monday 10:30: two hours on Friday and one and a half on Monday.
    assert_eq!(hours("2027-01-15T15:00:00+01:00", "2027-01-18T10:30:00+01:00"), 3.5);
    assert_eq!(hours("2027-01-18T10:00:00+01:00", "2027-01-18T12:15:00+01:00"), 2.25);
    assert_eq!(hours("2027-01-18T17:00:00+01:00", "2027-01-19T09:00:00+01:00"), 0.0);
    assert_eq!(hours("2027-01-19T12:00:00+01:00", "2027-01-18T12:00:00+01:00"), 0.0);
    // Over Easter 2027 and the start of summer time: Thursday 25 March 16:00 to Tuesday 30 March 10:00, one hour each.
    assert_eq!(hours("2027-03-25T16:00:00+01:00", "2027-03-30T10:00:00+02:00"), 2.0);
    // Written with another offset: 08:00 UTC is 09:00 in Amsterdam.
    assert_eq!(hours("2027-01-18T06:00:00Z", "2027-01-18T10:00:00Z"), 2.0);
    let listed = BTreeSet::from([date("2027-01-18")]);
    assert_eq!(
        calendar::office_hours(at("2027-01-15T15:00:00+01:00"), at("2027-01-18T10:30:00+01:00"), &listed).get(),
        2.0
    );
}

/// Easter Sunday of the nineteen years from 2014, as published.
#[test]
fn easter() {
    let published = "2014-04-20 2015-04-05 2016-03-27 2017-04-16 2018-04-01 2019-04-21 2020-04-12 2021-04-04 2022-04-17 \
                     2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2031-04-13 \
                     2032-03-28";
    for sunday in published.split_whitespace().map(date) {
        assert_eq!(calendar::easter_sunday(sunday.year()), Some(sunday));
    }
    assert_eq!(calendar::easter_sunday(2038), Some(date("2038-04-25")));
}

/// The stretches of a date within hours, as clock times with their offset.
fn stretches(day: &str, from: &str, until: &str) -> Vec<[String; 2]> {
    let time = |text: &str| (!text.is_empty()).then(|| clock(&format!("{text}:00")));
    let told = |at: Instant| at.format("%d %H:%M:%S%:::z").to_string();
    let found = calendar::hours_of_day(date(day), time(from), time(until));
    found.into_iter().map(|(from, until)| [told(from), told(until)]).collect()
}

#[test]
fn hours_of_a_day_follow_the_clock_through_the_switch_of_summer_time() {
    // An ordinary day, and hours that the switch does not touch.
    assert_eq!(stretches("2027-01-18", "06:00", "22:00"), [["18 06:00:00+01", "18 22:00:00+01"]]);
    assert_eq!(stretches("2027-01-18", "", ""), [["18 00:00:00+01", "18 23:59:59+01"]]);
    assert_eq!(stretches("2027-03-28", "06:00", "22:00"), [["28 06:00:00+02", "28 22:00:00+02"]]);
    assert_eq!(stretches("2027-10-31", "", ""), [["31 00:00:00+02", "31 23:59:59+01"]]);
    // 28 March 2027: 02:00 becomes 03:00, so hours that begin or end in between begin or end with the switch.
    assert_eq!(stretches("2027-03-28", "02:30", "04:00"), [["28 03:00:00+02", "28 04:00:00+02"]]);
    assert_eq!(stretches("2027-03-28", "01:00", "02:30"), [["28 01:00:00+01", "28 01:59:59+01"]]);
    assert!(stretches("2027-03-28", "02:10", "02:50").is_empty());
    // 31 October 2027: 03:00 becomes 02:00, so 02:00 to 03:00 comes twice.
    assert_eq!(
        stretches("2027-10-31", "02:30", "04:00"),
        [["31 02:30:00+02", "31 02:59:59+02"], ["31 02:30:00+01", "31 04:00:00+01"]]
    );
    assert_eq!(
        stretches("2027-10-31", "01:00", "02:30"),
        [["31 01:00:00+02", "31 02:30:00+02"], ["31 02:00:00+01", "31 02:30:00+01"]]
    );
    assert_eq!(stretches("2027-10-31", "01:00", "05:00"), [["31 01:00:00+02", "31 05:00:00+01"]]);
}

#[test]
fn hours_of_a_day_are_the_moments_whose_clock_time_lies_in_them() {
    let (from, until) = (Some(clock("02:20:00")), Some(clock("02:45:00")));
    for day in ["2027-03-28", "2027-10-31", "2027-06-01"] {
        let found = calendar::hours_of_day(date(day), from, until);
        let midnight = calendar::instant(date(day), NaiveTime::MIN);
        for minute in 0..360 {
            let at = midnight + chrono::TimeDelta::minutes(minute);
            let time = Some(calendar::local_time(at));
            let within = found.iter().any(|(from, until)| *from <= at && at <= *until);
            assert_eq!(within, from <= time && time <= until, "{at}");
        }
    }
}
