//! `vertrek plan`: plan a week folder, write the output folder, print the summary.

use super::output::OutputFolder;
use super::watch::Watch;
use super::{Failure, Format, SearchArgs, WeekArgs, json, not_negative, say};
use chrono::{DateTime, SubsecRound, Utc};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;
use vertrek::calendar::in_amsterdam;
use vertrek::lang::Lang;
use vertrek::plan;
use vertrek::planner::plan_week;
use vertrek::publish::{explain, products, summary};
use vertrek::units::Instant;
use vertrek::week::{CaseId, Week};

#[derive(Debug, clap::Args)]
pub(super) struct Plan {
    #[command(flatten)]
    week: WeekArgs,
    /// Folder to write plan.json and the readable products to; an earlier output there is replaced.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Stop after this long with the best plan so far.
    #[arg(long, value_name = "SECONDS", default_value_t = 300.0, value_parser = not_negative)]
    time_limit: f64,
    #[command(flatten)]
    search: SearchArgs,
    /// Say everything about one case instead of the summary.
    #[arg(long, value_name = "CASE")]
    explain: Option<String>,
}

impl Plan {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let watch = Watch::start(self.time_limit);
        let lang = self.week.print.lang();
        let week = self.week.read()?;
        let explained = self.explain.as_deref().map(|id| known_case(&week, "--explain", id, lang)).transpose()?;
        let out = self.out.as_deref().map(|dir| OutputFolder::claim(dir, lang)).transpose()?;

        let planned = plan_week(&week, &self.search.settings(), &watch, made_at());
        watch.done();
        let mut plan = planned.map_err(|error| self.week.print.unplannable(&self.week.week, &error))?;
        plan.seconds = (watch.seconds() * 100.0).round() / 100.0;

        let text = json(&plan) + "\n";
        if let Some(out) = &out {
            let mut files = vec![("plan.json".to_owned(), text.clone().into_bytes())];
            files.extend(products(&week, &plan, lang).into_iter().map(|product| (product.name, product.bytes)));
            out.write(&files, lang)?;
        }
        match self.week.print.format {
            Format::Json => say(&text),
            Format::Text => say(&self.page(&week, &plan, explained.as_ref(), &watch)),
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What is printed for people: the summary or one case, how the run ended, and where the plan is.
    fn page(&self, week: &Week, plan: &plan::Plan, explained: Option<&CaseId>, watch: &Watch) -> String {
        let lang = self.week.print.lang();
        let explanation = explained.and_then(|case| explain(week, plan, case, lang));
        let mut page = explanation.unwrap_or_else(|| summary(week, plan, lang)).trim_end().to_owned();
        if watch.stopped() {
            page += lang.pick(
                "\n\nStopped on request: this is the best plan found until then.",
                "\n\nGestopt op verzoek: dit is het beste plan dat tot dan is gevonden.",
            );
        }
        page += &match &self.out {
            Some(dir) => {
                lang.pick(format!("\n\nWritten to {}", dir.display()), format!("\n\nGeschreven naar {}", dir.display()))
            }
            None => lang.pick(
                "\n\nNothing was written; add --out DIR for plan.json, rosters, run sheets and notices.".to_owned(),
                "\n\nEr is niets geschreven; voeg --out MAP toe voor plan.json, roosters, ritbladen en aanzeggingen."
                    .to_owned(),
            ),
        };
        page
    }
}

pub(super) fn known_case(week: &Week, option: &str, id: &str, lang: Lang) -> Result<CaseId, Failure> {
    let case = CaseId::new(id).filter(|case| week.cases.get(case).is_some());
    case.ok_or_else(|| {
        Failure::Told(lang.pick(
            format!("error: {option} {id}: there is no such case in cases.csv"),
            format!("fout: {option} {id}: die zaak staat niet in cases.csv"),
        ))
    })
}

/// The one look at the wall clock besides the seconds a run takes.
pub(super) fn made_at() -> Instant {
    let now: DateTime<Utc> = SystemTime::now().into();
    in_amsterdam(now.trunc_subsecs(0).fixed_offset())
}
