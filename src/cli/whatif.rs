//! `vertrek whatif`: several scenarios of a week side by side.

use super::plan::made_at;
use super::replan::earlier_plan;
use super::watch::Watch;
use super::{Failure, Format, SearchArgs, WeekArgs, json, not_negative, say};
use clap::ValueEnum;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vertrek::planner::plan_week;
use vertrek::publish::{Figures, Scenario, Tried, experiments_section, scenario_figures, scenarios_page, tried};
use vertrek::replan::{Effort, repair};
use vertrek::week::read::Files;
use vertrek::whatif::{Experiment, Refusal, Tweak};

/// Five scenarios and the week as it is, read and told, take less than half a minute.
const EACH_SECONDS: f64 = 4.0;

#[derive(Debug, clap::Args)]
pub(super) struct WhatIf {
    #[command(flatten)]
    week: WeekArgs,
    /// Repair this plan in every scenario instead of planning anew.
    #[arg(long, value_name = "PLAN.json")]
    from: Option<PathBuf>,
    /// A scenario with another value of a key of week.toml, or of a field (TABLE.csv:ID:COLUMN=VALUE); may be given again.
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// A scenario without a leg, shift, escort or transfer; may be given again.
    #[arg(long, value_name = "ID")]
    without: Vec<String>,
    /// A scenario with more rows of a table, from a CSV file of its name; may be given again.
    #[arg(long, value_name = "FILE.csv")]
    add: Vec<PathBuf>,
    /// A ready-made experiment beside the guess of the policy review; may be given again.
    #[arg(long, value_name = "NAME", value_enum)]
    experiment: Vec<Named>,
    /// Stop each scenario, and the week as it is, after this long with the best plan so far.
    #[arg(long, value_name = "SECONDS", default_value_t = EACH_SECONDS, value_parser = not_negative)]
    time_limit: f64,
    #[command(flatten)]
    search: SearchArgs,
}

/// Experiments by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Named {
    /// All of them.
    Savings,
    /// Every joint flight once more, a day later.
    Joint,
    /// Less direct roads and fuller vehicles.
    Road,
    /// One more pair of escorts.
    Pair,
    /// One more vehicle.
    Vehicle,
}

impl Named {
    fn experiments(self) -> Vec<Experiment> {
        match self {
            Self::Savings => Experiment::ALL.to_vec(),
            Self::Joint => vec![Experiment::Joint],
            Self::Road => vec![Experiment::Road],
            Self::Pair => vec![Experiment::Pair],
            Self::Vehicle => vec![Experiment::Vehicle],
        }
    }
}

/// The answer to a program when experiments were asked for.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    scenarios: &'a [Figures],
    experiments: &'a [Tried],
}

impl WhatIf {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.week.print.lang();
        self.week.read()?;
        let files = self.files()?;
        let earlier = self.from.as_deref().map(|path| earlier_plan(path, lang)).transpose()?;
        let settings = self.search.settings();
        let watch = Watch::start(0.0);
        let mut scenarios = Vec::new();
        let (mut asked, mut skipped) = (Vec::new(), Vec::new());
        for tweak in self.tweaks()? {
            let week = match tweak.week(&files) {
                Ok(week) => week,
                // One of several experiments that this folder has nothing for.
                Err(refusal @ Refusal::NothingToCopy(_)) if self.experiment.contains(&Named::Savings) => {
                    skipped.push(refusal.in_lang(lang));
                    continue;
                }
                Err(refusal) => return Err(Failure::Told(refusal.in_lang(lang))),
            };
            if let Tweak::Experiment(experiment) = &tweak {
                asked.push((*experiment, scenarios.len()));
            }
            let until = watch.lap(self.time_limit);
            let failed = |error: vertrek::planner::Unplannable| self.week.print.unplannable(&self.week.week, &error);
            let (plan, changes) = match &earlier {
                Some(earlier) => {
                    let done = repair(&week, earlier, &settings, Effort::Proof, &until, made_at()).map_err(failed)?;
                    (done.plan, Some(done.changes.change_costs))
                }
                None => (plan_week(&week, &settings, &until, made_at()).map_err(failed)?, None),
            };
            scenarios.push(Scenario { name: tweak.name(lang), week, plan, changes });
        }
        watch.done();
        let figures = scenario_figures(&scenarios);
        let experiments: Vec<Tried> =
            asked.into_iter().map(|(experiment, at)| tried(experiment, &figures[0], &figures[at])).collect();
        match self.week.print.format {
            Format::Text => {
                say(&(scenarios_page(&figures, lang) + &experiments_section(&experiments, lang)));
                skipped.iter().for_each(|line| say(line));
            }
            Format::Json if self.experiment.is_empty() => say(&json(&figures)),
            Format::Json => say(&json(&Answer { scenarios: &figures, experiments: &experiments })),
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The folder as it is, and one scenario for each thing that is different.
    fn tweaks(&self) -> Result<Vec<Tweak>, Failure> {
        let lang = self.week.print.lang();
        let mut tweaks = vec![Tweak::Nothing];
        tweaks.extend(self.set.iter().map(|text| {
            let (key, value) = text.split_once('=').unwrap_or((text, ""));
            let (key, value) = (key.trim(), value.trim().to_owned());
            match key.split(':').collect::<Vec<_>>()[..] {
                [file, id, column] if file.ends_with(".csv") => {
                    Tweak::Edit(file.to_owned(), id.to_owned(), column.to_owned(), value)
                }
                _ => Tweak::Set(key.to_owned(), value),
            }
        }));
        tweaks.extend(self.without.iter().cloned().map(Tweak::Without));
        let experiments: BTreeSet<Experiment> = self.experiment.iter().flat_map(|named| named.experiments()).collect();
        tweaks.extend(experiments.into_iter().map(Tweak::Experiment));
        for path in &self.add {
            let bytes = std::fs::read(path).map_err(|error| Failure::of_path(lang, "read", "lezen", path, &error))?;
            tweaks.push(Tweak::Add(name(path), bytes));
        }
        Ok(tweaks)
    }

    /// The files of a folder that has been found valid.
    fn files(&self) -> Result<Files, Failure> {
        let (lang, folder) = (self.week.print.lang(), &self.week.week);
        let cannot = |error| Failure::of_path(lang, "read", "lezen", folder, &error);
        let mut files = Files::new();
        for entry in std::fs::read_dir(folder).map_err(cannot)?.flatten() {
            let path = entry.path();
            if path.is_file() && (name(&path).ends_with(".csv") || name(&path) == "week.toml") {
                files.insert(name(&path), std::fs::read(&path).map_err(cannot)?);
            }
        }
        Ok(files)
    }
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
