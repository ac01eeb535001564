//! `vertrek synth`: make a synthetic week folder.

use super::Failure;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Synth {
    /// How many cases.
    #[arg(long, value_name = "N")]
    cases: usize,
    /// Seed of every random draw.
    #[arg(long, value_name = "N")]
    seed: u64,
    /// Folder to write; must not exist yet.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Synth {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        Err(Failure(format!("{}: synthetic weeks are not built yet", self.out.display())))
    }
}
