//! `vertrek offer`: the flights still open to one case within a plan, best first.

use super::plan::known_case;
use super::replan::earlier_plan;
use super::{Failure, Format, WeekArgs, json, say};
use std::path::PathBuf;
use std::process::ExitCode;
use vertrek::publish::offers_page;
use vertrek::replan::offers;

#[derive(Debug, clap::Args)]
pub(super) struct Offer {
    #[command(flatten)]
    week: WeekArgs,
    /// The plan that is under way.
    #[arg(long, value_name = "PLAN.json")]
    from: PathBuf,
    /// The case.
    #[arg(long, value_name = "CASE")]
    case: String,
    /// Events to apply to the tables of the folder first.
    #[arg(long, value_name = "EVENTS.csv")]
    events: Option<PathBuf>,
}

impl Offer {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.week.print.lang();
        let week = self.week.read_after(self.events.as_deref())?;
        let plan = earlier_plan(&self.from, lang)?;
        let case = known_case(&week, "--case", &self.case, lang)?;
        let offers =
            offers(&week, &plan, &case).map_err(|error| self.week.print.unplannable(&self.week.week, &error))?;
        match self.week.print.format {
            Format::Text => say(&offers_page(&week, &case, &offers, lang)),
            Format::Json => say(&json(&offers)),
        }
        Ok(ExitCode::SUCCESS)
    }
}
