//! `vertrek scarce`: what one more of each scarce thing would be worth.

use super::replan::earlier_plan;
use super::watch::Watch;
use super::{Failure, Format, SearchArgs, WeekArgs, json, not_negative, say};
use std::path::PathBuf;
use std::process::ExitCode;
use vertrek::ask::scarce;
use vertrek::publish::scarcity_page;

#[derive(Debug, clap::Args)]
pub(super) struct Scarce {
    #[command(flatten)]
    week: WeekArgs,
    /// The plan that is under way; without it the week is planned anew.
    #[arg(long, value_name = "PLAN.json")]
    from: Option<PathBuf>,
    /// How many things to try, the most promising first.
    #[arg(long, value_name = "N", default_value_t = 12)]
    top: u16,
    /// Stop after this long with what is known.
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = not_negative)]
    time_limit: f64,
    #[command(flatten)]
    search: SearchArgs,
}

impl Scarce {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let watch = Watch::start(self.time_limit);
        let lang = self.week.print.lang();
        let week = self.week.read()?;
        let plan = self.from.as_deref().map(|path| earlier_plan(path, lang)).transpose()?;
        let found = scarce(&week, plan.as_ref(), usize::from(self.top), &self.search.settings(), &watch);
        watch.done();
        let found = found.map_err(|error| self.week.print.unplannable(&self.week.week, &error))?;
        match self.week.print.format {
            Format::Text => say(&scarcity_page(&week, &found, lang)),
            Format::Json => say(&json(&found)),
        }
        Ok(ExitCode::SUCCESS)
    }
}
