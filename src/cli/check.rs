//! `vertrek check`: verify a plan against its week folder, rule by rule.

use super::{Failure, Format, WeekArgs, json, say};
use std::path::PathBuf;
use std::process::ExitCode;
use vertrek::plan::check::{Report, check, read_plan};

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    week: WeekArgs,
    /// The plan to verify.
    plan: PathBuf,
}

impl Check {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.week.print.lang();
        let week = self.week.read()?;
        let text = std::fs::read_to_string(&self.plan)
            .map_err(|error| Failure::of_path(lang, "read", "lezen", &self.plan, &error))?;
        let report = match read_plan(&text) {
            Ok(plan) => check(&week, &plan),
            Err(violation) => Report { violations: vec![*violation], ..Report::default() },
        };
        match self.week.print.format {
            Format::Text => say(&report.in_lang(lang)),
            Format::Json => say(&json(&report)),
        }
        Ok(ExitCode::from(u8::from(!report.is_fine())))
    }
}
