//! How numbers and moments look on paper, in both languages. Clock times are Amsterdam's unless a function says
//! otherwise, and are printed to the whole minute.

use crate::calendar;
use crate::lang::Lang;
use crate::units::{Euro, Instant};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta, Timelike, Weekday};

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

fn weekday(lang: Lang, day: Weekday) -> &'static str {
    match (lang, day) {
        (Lang::En, Weekday::Mon) => "Monday",
        (Lang::En, Weekday::Tue) => "Tuesday",
        (Lang::En, Weekday::Wed) => "Wednesday",
        (Lang::En, Weekday::Thu) => "Thursday",
        (Lang::En, Weekday::Fri) => "Friday",
        (Lang::En, Weekday::Sat) => "Saturday",
        (Lang::En, Weekday::Sun) => "Sunday",
        (Lang::Nl, Weekday::Mon) => "maandag",
        (Lang::Nl, Weekday::Tue) => "dinsdag",
        (Lang::Nl, Weekday::Wed) => "woensdag",
        (Lang::Nl, Weekday::Thu) => "donderdag",
        (Lang::Nl, Weekday::Fri) => "vrijdag",
        (Lang::Nl, Weekday::Sat) => "zaterdag",
        (Lang::Nl, Weekday::Sun) => "zondag",
    }
}

fn month(lang: Lang, date: NaiveDate) -> &'static str {
    let at = usize::try_from(date.month0()).unwrap_or(0).min(11);
    match lang {
        Lang::En => MONTHS_EN[at],
        Lang::Nl => MONTHS_NL[at],
    }
}

/// `Tue 19 Jan`; Dutch abbreviates `maart` as `mrt`.
pub(crate) fn date_short(lang: Lang, date: NaiveDate) -> String {
    let day = &weekday(lang, date.weekday())[..if lang == Lang::En { 3 } else { 2 }];
    let short = if (lang, date.month()) == (Lang::Nl, 3) { "mrt" } else { &month(lang, date)[..3] };
    format!("{day} {} {short}", date.day())
}

/// `Tuesday 19 January 2027`.
pub(crate) fn date_long(lang: Lang, date: NaiveDate) -> String {
    format!("{} {} {} {}", weekday(lang, date.weekday()), date.day(), month(lang, date), date.year())
}

/// The same clock to the nearest whole minute.
fn to_minute(clock: NaiveDateTime) -> NaiveDateTime {
    let into = i64::from(clock.second()) * 1000 + i64::from(clock.nanosecond() / 1_000_000).min(999);
    clock + TimeDelta::milliseconds(if into < 30_000 { -into } else { 60_000 - into })
}

fn hour_minute(clock: NaiveDateTime) -> String {
    format!("{:02}:{:02}", clock.hour(), clock.minute())
}

/// `12:35` in Amsterdam.
pub(crate) fn clock(at: Instant) -> String {
    hour_minute(to_minute(calendar::local(at)))
}

/// Amsterdam date of the whole minute nearest to an instant.
pub(crate) fn date_of(at: Instant) -> NaiveDate {
    to_minute(calendar::local(at)).date()
}

/// `Tue 19 Jan 12:35` in Amsterdam.
pub(crate) fn moment(lang: Lang, at: Instant) -> String {
    format!("{} {}", date_short(lang, date_of(at)), clock(at))
}

/// `Tue 19 Jan 2027 12:35` in Amsterdam, for moments that may lie years away.
pub(crate) fn moment_year(lang: Lang, at: Instant) -> String {
    let date = date_of(at);
    format!("{} {} {}", date_short(lang, date), date.year(), clock(at))
}

/// `12:35`, or with the date in front when it is another Amsterdam date than `day`.
pub(crate) fn clock_on(lang: Lang, at: Instant, day: NaiveDate) -> String {
    if date_of(at) == day { clock(at) } else { moment(lang, at) }
}

/// A flight time on the clock of its own airport, `19:10 (UTC+4)`; with the date when that differs from `day`. The offset is
/// left out where it is Amsterdam's.
pub(crate) fn own_clock_on(lang: Lang, at: Instant, day: NaiveDate) -> String {
    let own = to_minute(calendar::own_clock(at));
    let date = if own.date() == day { String::new() } else { format!("{} ", date_short(lang, own.date())) };
    format!("{date}{}{}", hour_minute(own), offset_mark(at))
}

fn offset_mark(at: Instant) -> String {
    let seconds = at.offset().fix().local_minus_utc();
    if calendar::local(at) == calendar::own_clock(at) {
        return String::new();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() % 3600 / 60);
    if minutes == 0 { format!(" (UTC{sign}{hours})") } else { format!(" (UTC{sign}{hours}:{minutes:02})") }
}

/// A number with `decimals` places and the separators of the language.
pub(crate) fn number(lang: Lang, value: f64, decimals: usize) -> String {
    let (group, point) = match lang {
        Lang::En => (',', '.'),
        Lang::Nl => ('.', ','),
    };
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::new();
    if value < 0.0 && plain.chars().any(|c| ('1'..='9').contains(&c)) {
        out.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// `€ 35,690`: whole euros.
pub(crate) fn euro(lang: Lang, amount: Euro) -> String {
    format!("€ {}", number(lang, amount.get(), 0))
}

/// `€ 35,690.12`.
pub(crate) fn euro_cents(lang: Lang, amount: Euro) -> String {
    format!("€ {}", number(lang, amount.get(), 2))
}

/// A share in [0, 1] as `93%`.
pub(crate) fn percent(lang: Lang, share: f64, decimals: usize) -> String {
    format!("{}%", number(lang, share * 100.0, decimals))
}

/// Hours as `17.6 h` or `17,6 u`.
pub(crate) fn hours(lang: Lang, hours: f64) -> String {
    format!("{} {}", number(lang, hours, 1), if lang == Lang::En { "h" } else { "u" })
}

/// A length of time as hours and minutes, `3:05`, to the nearest minute.
pub(crate) fn span(minutes: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a saturating cast of rounded minutes")]
    let whole = minutes.max(0.0).round() as i64;
    format!("{}:{:02}", whole / 60, whole % 60)
}
