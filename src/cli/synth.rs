//! `vertrek synth`: make a synthetic folder to try all of it on.

use super::output::OutputFolder;
use super::{Failure, Format, PrintArgs, json, say};
use chrono::NaiveDate;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vertrek::lang::Lang;
use vertrek::synth::{Kind, SynthSettings, synthesise};
use vertrek::units::Probability;

#[derive(Debug, clap::Args)]
pub(super) struct Synth {
    /// How many cases (week), transfers (rides) or duties (roster), 1 to 5000.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    cases: usize,
    /// Seed of every random draw: same seed, same folder.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Folder to write; must not exist yet.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What to make.
    #[arg(long, value_enum, default_value_t = SynthKind::Week)]
    kind: SynthKind,
    /// Length of the horizon in weeks, 1 to 6; the cases are spread over it. A day of rides is always one day.
    #[arg(long, value_name = "N", default_value_t = 1)]
    weeks: u32,
    /// A day of the first week of the horizon, or the day of the rides.
    #[arg(long, value_name = "YYYY-MM-DD", default_value_t = SynthSettings::week(1, 1).start)]
    start: NaiveDate,
    /// Share of the cases that an earlier plan has proposed, given notice of or booked.
    #[arg(long, value_name = "SHARE", default_value_t = SynthSettings::week(1, 1).committed.get(), value_parser = share)]
    committed: f64,
    #[command(flatten)]
    print: PrintArgs,
}

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum SynthKind {
    /// Whole weeks: cases, flights, escorts and rides.
    Week,
    /// A day of rides alone.
    Rides,
    /// Fixed duties and escorts alone.
    Roster,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>().ok().and_then(Probability::new) {
        Some(share) => Ok(share.get()),
        None => Err("must be a number of 0 to 1".to_owned()),
    }
}

impl Synth {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.print.lang();
        let settings = self.settings();
        if let Some(refusal) = settings.refusal() {
            let error = lang.pick("error", "fout");
            return Err(Failure::Told(format!("{error}: {}", refusal.in_lang(lang))));
        }
        if self.out.symlink_metadata().is_ok() {
            return Err(Failure::Told(lang.pick(
                format!("error: {} exists already; name a folder that does not", self.out.display()),
                format!("fout: {} bestaat al; noem een map die er nog niet is", self.out.display()),
            )));
        }
        let out = OutputFolder::claim(&self.out, lang)?;
        let files = synthesise(&settings);
        let rows = rows(&files);
        out.write(&files.into_iter().collect::<Vec<_>>(), lang)?;
        match self.print.format {
            Format::Json => say(&json(&json!({ "folder": self.out, "rows": rows }))),
            Format::Text => say(&made(&settings, &rows, &self.out, lang)),
        }
        Ok(ExitCode::SUCCESS)
    }

    fn settings(&self) -> SynthSettings {
        SynthSettings {
            kind: match self.kind {
                SynthKind::Week => Kind::Week,
                SynthKind::Rides => Kind::Rides,
                SynthKind::Roster => Kind::Roster,
            },
            weeks: self.weeks,
            start: self.start,
            committed: Probability::new(self.committed).unwrap_or_default(),
            ..SynthSettings::week(self.cases, self.seed)
        }
    }
}

/// Rows of each table; no field of a synthetic table holds a line break.
fn rows(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, usize> {
    let tables = files.iter().filter(|(name, _)| name.ends_with(".csv"));
    let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
    tables.map(|(name, bytes)| (name.clone(), lines(bytes).saturating_sub(1))).collect()
}

/// What was made, in a sentence, and what to do with it.
fn made(settings: &SynthSettings, rows: &BTreeMap<String, usize>, out: &Path, lang: Lang) -> String {
    let count = |table: &str, english: &str, dutch: &str| {
        rows.get(table).map(|rows| format!("{rows} {}", lang.pick(english, dutch)))
    };
    let counts = [
        count("cases.csv", "cases", "zaken"),
        count("persons.csv", "persons", "personen"),
        count("legs.csv", "flights", "vluchten"),
        count("escorts.csv", "escorts", "escorts"),
        count("duties.csv", "fixed duties", "vaste diensten"),
        count("shifts.csv", "vehicle shifts", "voertuigdiensten"),
        count("transfers.csv", "transfers", "ritten"),
        count("commitments.csv", "commitments", "toezeggingen"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let (folder, seed) = (out.display(), settings.seed);
    let counts = counts.join(", ");
    lang.pick(
        format!("Written to {folder}: {counts}.\nAll of it is invented, from seed {seed}. Plan it: vertrek plan {folder}"),
        format!(
            "Geschreven naar {folder}: {counts}.\nAlles is verzonnen, uit toevalsgetal {seed}. Plan het: vertrek plan {folder}"
        ),
    )
}
