//! `vertrek gates`: the work list of closed gates, grouped by who can open them.

use super::{Failure, WeekArgs};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Gates {
    #[command(flatten)]
    week: WeekArgs,
}

impl Gates {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        Err(Failure(format!("{}: the work list is not built yet", self.week.week.display())))
    }
}
