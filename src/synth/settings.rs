//! What to make, and the limits of it.

use crate::lang::Lang;
use crate::units::Probability;
use chrono::{Datelike, NaiveDate};
use std::ops::RangeInclusive;

/// What kind of folder to make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A whole week: cases, flights, escorts and rides.
    #[default]
    Week,
    /// A day of rides alone: transfers and shifts.
    Rides,
    /// A week of fixed duties and escorts alone.
    Roster,
}

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SynthSettings {
    /// Whole week, rides alone or duties alone.
    pub kind: Kind,
    /// Cases of a whole week, transfers of a day of rides, duties of a roster: 1 to 5,000, over the whole horizon.
    pub cases: usize,
    /// Seed of every draw.
    pub seed: u64,
    /// Length of the horizon in weeks, 1 to 6. A day of rides is one day whatever this says.
    pub weeks: u32,
    /// A day of the first week of the horizon; the horizon starts on its Monday. A day of rides is this day.
    pub start: NaiveDate,
    /// Share of the cases of a whole week that have a commitment already.
    pub committed: Probability,
}

/// How many cases, transfers or duties.
pub const CASES: RangeInclusive<usize> = 1..=5_000;
/// How many weeks.
pub const WEEKS: RangeInclusive<u32> = 1..=6;
/// Years that a horizon may start in: the calendar rules hold in all of them.
pub const YEARS: RangeInclusive<i32> = 2000..=2100;
/// Share of cases with a commitment, when nothing else is asked for.
const COMMITTED: f64 = 0.05;

impl SynthSettings {
    /// A whole week of so many cases that starts on Monday 26 April 2027, with King's Day on its Tuesday.
    pub fn week(cases: usize, seed: u64) -> Self {
        let start = NaiveDate::from_ymd_opt(2027, 4, 26).unwrap_or_default();
        let committed = Probability::new(COMMITTED).unwrap_or_default();
        Self { kind: Kind::Week, cases, seed, weeks: 1, start, committed }
    }

    /// The same, of another kind.
    pub fn of_kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// Why these settings are outside the limits, if they are.
    pub fn refusal(&self) -> Option<Refusal> {
        if !CASES.contains(&self.cases) {
            Some(Refusal::Cases(self.kind, self.cases))
        } else if !WEEKS.contains(&self.weeks) {
            Some(Refusal::Weeks(self.weeks))
        } else if !YEARS.contains(&self.start.year()) {
            Some(Refusal::Start(self.start))
        } else {
            None
        }
    }

    /// The nearest settings within the limits.
    pub(super) fn within_limits(self) -> Self {
        let year = self.start.year().clamp(*YEARS.start(), *YEARS.end());
        let start = if year == self.start.year() { Some(self.start) } else { NaiveDate::from_ymd_opt(year, 1, 8) };
        Self {
            cases: self.cases.clamp(*CASES.start(), *CASES.end()),
            weeks: self.weeks.clamp(*WEEKS.start(), *WEEKS.end()),
            start: start.unwrap_or_default(),
            ..self
        }
    }
}

/// A setting outside its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too few or too many.
    Cases(Kind, usize),
    /// Too short or too long a horizon.
    Weeks(u32),
    /// Too early or too late.
    Start(NaiveDate),
}

impl Refusal {
    /// What was asked for, what is possible, and what to do.
    pub fn in_lang(&self, lang: Lang) -> String {
        match *self {
            Self::Cases(kind, asked) => {
                let what = match kind {
                    Kind::Week => lang.pick("cases", "zaken"),
                    Kind::Rides => lang.pick("transfers", "ritten"),
                    Kind::Roster => lang.pick("duties", "diensten"),
                };
                let (least, most) = (CASES.start(), CASES.end());
                lang.pick(
                    format!("{asked} {what} cannot be made: ask for {least} to {most}"),
                    format!("{asked} {what} kan niet: vraag er {least} tot en met {most}"),
                )
            }
            Self::Weeks(asked) => {
                let (least, most) = (WEEKS.start(), WEEKS.end());
                lang.pick(
                    format!("a horizon of {asked} weeks cannot be made: ask for {least} to {most}"),
                    format!("een horizon van {asked} weken kan niet: vraag er {least} tot en met {most}"),
                )
            }
            Self::Start(asked) => {
                let (first, last) = (YEARS.start(), YEARS.end());
                lang.pick(
                    format!("a start on {asked} cannot be made: ask for a date in {first} to {last}"),
                    format!("een begin op {asked} kan niet: vraag een datum in {first} tot en met {last}"),
                )
            }
        }
    }
}
