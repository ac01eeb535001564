//! `vertrek replan`: repair a plan that is under way, write the repaired plan and what changed, print the difference.

use super::output::OutputFolder;
use super::plan::made_at;
use super::watch::Watch;
use super::{Failure, Format, SearchArgs, WeekArgs, json, not_negative, say};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vertrek::lang::Lang;
use vertrek::plan::Plan;
use vertrek::plan::check::read_plan;
use vertrek::publish::{changes_page, products};
use vertrek::replan::{Effort, repair};

/// Below this time limit, in seconds, nothing but the short search is tried: a proof needs longer.
const PROOF_SECONDS: f64 = 1.0;

#[derive(Debug, clap::Args)]
pub(super) struct Replan {
    #[command(flatten)]
    week: WeekArgs,
    /// The plan that is under way.
    #[arg(long, value_name = "PLAN.json")]
    from: PathBuf,
    /// Events to apply to the tables of the folder first.
    #[arg(long, value_name = "EVENTS.csv")]
    events: Option<PathBuf>,
    /// Folder to write plan.json, changes.json and the readable products to; an earlier output there is replaced.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Stop after this long with the best repair so far.
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = not_negative)]
    time_limit: f64,
    #[command(flatten)]
    search: SearchArgs,
}

impl Replan {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let watch = Watch::start(self.time_limit);
        let lang = self.week.print.lang();
        let week = self.week.read_after(self.events.as_deref())?;
        let earlier = earlier_plan(&self.from, lang)?;
        let out = self.out.as_deref().map(|dir| OutputFolder::claim(dir, lang)).transpose()?;
        let settings = self.search.settings();
        let effort = if self.time_limit < PROOF_SECONDS { Effort::Quick } else { Effort::Proof };
        let repaired = repair(&week, &earlier, &settings, effort, &watch, made_at());
        watch.done();
        let mut repaired = repaired.map_err(|error| self.week.print.unplannable(&self.week.week, &error))?;
        repaired.plan.seconds = (watch.seconds() * 100.0).round() / 100.0;
        let (plan, changes) = (json(&repaired.plan) + "\n", json(&repaired.changes) + "\n");
        if let Some(out) = &out {
            let mut files = vec![
                ("plan.json".to_owned(), plan.into_bytes()),
                ("changes.json".to_owned(), changes.clone().into_bytes()),
                ("changes.txt".to_owned(), changes_page(&week, &repaired.changes, Lang::En).into_bytes()),
                ("changes.nl.txt".to_owned(), changes_page(&week, &repaired.changes, Lang::Nl).into_bytes()),
            ];
            let readable = products(&week, &repaired.plan, lang);
            files.extend(readable.into_iter().map(|product| (product.name, product.bytes)));
            out.write(&files, lang)?;
        }
        match self.week.print.format {
            Format::Json => say(&changes),
            Format::Text => say(&changes_page(&week, &repaired.changes, lang)),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A `plan.json` of an earlier run.
pub(super) fn earlier_plan(path: &Path, lang: Lang) -> Result<Plan, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::of_path(lang, "read", "lezen", path, &error))?;
    read_plan(&text).map_err(|violation| {
        let what = violation.in_lang(lang);
        Failure::Told(lang.pick(
            format!("error: {} is no plan: {what}", path.display()),
            format!("fout: {} is geen plan: {what}", path.display()),
        ))
    })
}
