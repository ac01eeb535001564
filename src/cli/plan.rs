//! `vertrek plan`: plan a week folder, write the output folder, print the summary.

use super::{Failure, WeekArgs};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Plan {
    #[command(flatten)]
    week: WeekArgs,
    /// Folder to write plan.json and the readable products to; an earlier output there is replaced.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Stop after this long with the best plan so far.
    #[arg(long, value_name = "SECONDS", default_value_t = 300.0)]
    time_limit: f64,
    /// Stop when the plan is proven to be within this share of the best possible.
    #[arg(long, value_name = "SHARE", default_value_t = 0.001)]
    gap: f64,
    /// Threads to use (default: all cores).
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Seed of every random draw.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Say everything about one case instead of the summary.
    #[arg(long, value_name = "CASE")]
    explain: Option<String>,
}

impl Plan {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        Err(Failure(format!("{}: planning is not built yet", self.week.week.display())))
    }
}
