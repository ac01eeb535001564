//! `vertrek check`: verify a plan against its week folder, rule by rule.

use super::replan::earlier_plan;
use super::{Failure, Format, WeekArgs, json, say};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vertrek::lang::Lang;
use vertrek::plan::changes::Changes;
use vertrek::plan::check::{Report, check, check_repair, read_plan};

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    week: WeekArgs,
    /// The plan to verify.
    plan: PathBuf,
    /// For a repaired plan: events that were applied to the folder.
    #[arg(long, value_name = "EVENTS.csv")]
    events: Option<PathBuf>,
    /// For a repaired plan: the plan that was under way; needs --changes.
    #[arg(long, value_name = "PLAN.json", requires = "changes")]
    from: Option<PathBuf>,
    /// For a repaired plan: what changed; needs --from.
    #[arg(long, value_name = "CHANGES.json", requires = "from")]
    changes: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.week.print.lang();
        let week = self.week.read_after(self.events.as_deref())?;
        let text = std::fs::read_to_string(&self.plan)
            .map_err(|error| Failure::of_path(lang, "read", "lezen", &self.plan, &error))?;
        let report = match read_plan(&text) {
            Ok(plan) => match (&self.from, &self.changes) {
                (Some(from), Some(changes)) => {
                    let (earlier, changes) = (earlier_plan(from, lang)?, read_changes(changes, lang)?);
                    check_repair(&week, &earlier, &plan, &changes)
                }
                _ => check(&week, &plan),
            },
            Err(violation) => Report { violations: vec![*violation], ..Report::default() },
        };
        match self.week.print.format {
            Format::Text => say(&report.in_lang(lang)),
            Format::Json => say(&json(&report)),
        }
        Ok(ExitCode::from(u8::from(!report.is_fine())))
    }
}

/// A `changes.json` of an earlier run.
fn read_changes(path: &Path, lang: Lang) -> Result<Changes, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::of_path(lang, "read", "lezen", path, &error))?;
    serde_json::from_str(&text).map_err(|error| {
        Failure::Told(lang.pick(
            format!("error: {} holds no changes of a repair: {error}", path.display()),
            format!("fout: {} bevat geen wijzigingen van een herstel: {error}", path.display()),
        ))
    })
}
