//! `vertrek readiness`: what each planned departure needs 48 hours ahead, and what is not there yet.

use super::{Failure, Format, WeekArgs, json, say};
use std::path::PathBuf;
use std::process::ExitCode;
use vertrek::lang::Lang;
use vertrek::plan::Plan;
use vertrek::plan::check::read_plan;
use vertrek::publish::readiness_page;
use vertrek::readiness::readiness;

#[derive(Debug, clap::Args)]
pub(super) struct Readiness {
    #[command(flatten)]
    week: WeekArgs,
    /// The plan.
    plan: PathBuf,
}

/// Reads a plan of a week; whether it keeps the rules is for `check` to say.
pub(super) fn plan_of(path: &std::path::Path, lang: Lang) -> Result<Plan, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::of_path(lang, "read", "lezen", path, &error))?;
    read_plan(&text).map_err(|violation| Failure::Told(violation.in_lang(lang)))
}

impl Readiness {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.week.print.lang();
        let week = self.week.read()?;
        let plan = plan_of(&self.plan, lang)?;
        let items = readiness(&week, &plan);
        match self.week.print.format {
            Format::Json => say(&json(&items)),
            Format::Text => say(&readiness_page(&week, &items, lang)),
        }
        Ok(ExitCode::SUCCESS)
    }
}
