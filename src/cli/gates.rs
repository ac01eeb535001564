//! `vertrek gates`: the work list of closed gates, grouped by who can open them.

use super::{Failure, Format, WeekArgs, say};
use std::process::ExitCode;
use vertrek::publish::{work_list, work_list_json};

#[derive(Debug, clap::Args)]
pub(super) struct Gates {
    #[command(flatten)]
    week: WeekArgs,
}

impl Gates {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let week = self.week.read()?;
        let lang = self.week.print.lang();
        say(&match self.week.print.format {
            Format::Text => work_list(&week, lang),
            Format::Json => work_list_json(&week, lang),
        });
        Ok(ExitCode::SUCCESS)
    }
}
