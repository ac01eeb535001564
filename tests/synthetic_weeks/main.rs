//! Synthetic weeks: the same for the same seed, within their limits, clean to read, calibrated.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

mod calibration;
mod command;
mod commitments;
mod contents;
mod small;

use std::collections::BTreeMap;
use vertrek::synth::{Kind, SynthSettings, synthesise};
use vertrek::week::Week;
use vertrek::week::read::read_files;

type Files = BTreeMap<String, Vec<u8>>;

/// The rows of a table, its header left out.
fn rows(files: &Files, table: &str) -> Vec<csv::StringRecord> {
    let bytes = files.get(table).map_or(&[][..], Vec::as_slice);
    csv::Reader::from_reader(bytes).records().collect::<Result<_, _>>().unwrap()
}

/// The week of a folder that must read without a diagnostic.
fn read(name: &str, files: &Files) -> Week {
    read_files(files).unwrap_or_else(|found| panic!("{name}: {:#?}", &found[..found.len().min(3)]))
}

fn settings(kind: Kind, cases: usize, seed: u64) -> SynthSettings {
    SynthSettings::week(cases, seed).of_kind(kind)
}

/// The folder of a kind, size and seed, read.
fn made(kind: Kind, cases: usize, seed: u64) -> Week {
    read(&format!("{kind:?} {cases}, seed {seed}"), &synthesise(&settings(kind, cases, seed)))
}
