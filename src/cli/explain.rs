//! `vertrek explain`: why one case is where it is in a plan, with what other ways would cost or what would bring it in.

use super::plan::known_case;
use super::replan::earlier_plan;
use super::watch::Watch;
use super::{Failure, Format, SearchArgs, WeekArgs, json, not_negative, say};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;
use vertrek::ask::{Reasons, reasons};
use vertrek::plan::NotPlanned;
use vertrek::publish::{explain, reasons_section};

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    #[command(flatten)]
    week: WeekArgs,
    /// The plan.
    plan: PathBuf,
    /// The case.
    #[arg(long, value_name = "CASE")]
    case: String,
    /// Events to apply to the tables of the folder first.
    #[arg(long, value_name = "EVENTS.csv")]
    events: Option<PathBuf>,
    /// Stop after this long with what is known.
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = not_negative)]
    time_limit: f64,
    #[command(flatten)]
    search: SearchArgs,
}

/// The answer to a program.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    case: &'a str,
    not_planned: Option<&'a NotPlanned>,
    reasons: &'a Reasons,
}

impl Explain {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let watch = Watch::start(self.time_limit);
        let lang = self.week.print.lang();
        let week = self.week.read_after(self.events.as_deref())?;
        let plan = earlier_plan(&self.plan, lang)?;
        let case = known_case(&week, "--case", &self.case, lang)?;
        let found = reasons(&week, &plan, &case, &self.search.settings(), &watch);
        watch.done();
        let found = found.map_err(|error| self.week.print.unplannable(&self.week.week, &error))?;
        match self.week.print.format {
            Format::Text => {
                let page = explain(&week, &plan, &case, lang).unwrap_or_default();
                say(&(page + &reasons_section(&week, &found, lang)));
            }
            Format::Json => {
                let not_planned = plan.not_planned.iter().find(|row| row.case == case);
                say(&json(&Answer { case: case.as_str(), not_planned, reasons: &found }));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
