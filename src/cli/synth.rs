//! `vertrek synth`: make a synthetic week folder.

use super::{Failure, say};
use std::path::PathBuf;
use std::process::ExitCode;
use vertrek::lang::Lang;
use vertrek::synth::{SynthSettings, synthesise, write};

#[derive(Debug, clap::Args)]
pub(super) struct Synth {
    /// How many cases.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=5000))]
    cases: u16,
    /// Seed of every random draw.
    #[arg(long, value_name = "N")]
    seed: u64,
    /// Folder to write; must not exist yet.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Synth {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let files = synthesise(&SynthSettings::week(usize::from(self.cases), self.seed));
        write(&files, &self.out)
            .map_err(|error| Failure::of_path(Lang::En, "write", "schrijven", &self.out, &error))?;
        say(&format!("Written to {}", self.out.display()));
        Ok(ExitCode::SUCCESS)
    }
}
