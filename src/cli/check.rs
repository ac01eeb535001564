//! `vertrek check`: verify a plan against its week folder, rule by rule.

use super::{Failure, WeekArgs};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    week: WeekArgs,
    /// The plan to verify.
    plan: PathBuf,
}

impl Check {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        Err(Failure(format!("{}: checking is not built yet", self.plan.display())))
    }
}
