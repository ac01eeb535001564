//! Synthetic week folders: realistic in shape and size, with no real person in them, the same for the same seed.

mod airports;
mod clock;
mod draw;
mod folder;
mod places;
mod tiny;

use chrono::NaiveDate;
use std::collections::BTreeMap;

pub use tiny::tiny;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SynthSettings {
    /// Whole week, rides alone or duties alone.
    pub kind: Kind,
    /// Cases of a week (1 to 5,000), transfers of a day of rides, duties of a roster.
    pub cases: usize,
    /// Seed of every draw.
    pub seed: u64,
    /// Length of the horizon in weeks, 1 to 6.
    pub weeks: u32,
    /// A day of the first week of the horizon; the horizon starts on its Monday.
    pub start: NaiveDate,
}

impl SynthSettings {
    /// A whole week of so many cases that starts on Monday 26 April 2027, with King's Day on its Tuesday.
    pub fn week(cases: usize, seed: u64) -> Self {
        let start = NaiveDate::from_ymd_opt(2027, 4, 26).unwrap_or_default();
        Self { kind: Kind::Week, cases, seed, weeks: 1, start }
    }
}

/// A synthetic folder: file name → content.
pub fn synthesise(settings: &SynthSettings) -> BTreeMap<String, Vec<u8>> {
    tiny(settings.seed)
}

/// Writes the files of a folder, which must not exist yet.
///
/// # Errors
/// When the folder exists or cannot be written.
pub fn write(files: &BTreeMap<String, Vec<u8>>, folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir(folder)?;
    files.iter().try_for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes))
}
