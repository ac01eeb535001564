//! `vertrek simulate`: execute plans against drawn endings, policies side by side.

use super::output::{Kind, OutputFolder};
use super::plan::made_at;
use super::watch::Watch;
use super::{Failure, Format, WeekArgs, cores, json, say};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vertrek::lang::Lang;
use vertrek::publish::{Use, record, simulation_page, simulation_products};
use vertrek::simulate::{
    BUILT_IN, CannotPlan, Planned, Policy, Runs, World, WorldError, WorldResult, built_in, plan_policy, read_world,
    simulate,
};
use vertrek::week::Week;
use vertrek_solver::problem::Settings;

#[derive(Debug, clap::Args)]
pub(super) struct Simulate {
    #[command(flatten)]
    week: WeekArgs,
    /// A way of planning; may be given more than once. The first is what the others are compared with [default: by-hand,
    /// planner, planner-no-risk].
    #[arg(long = "policy", value_name = "NAME", value_parser = policy)]
    policies: Vec<Policy>,
    /// Runs of each plan.
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    runs: u32,
    /// Seed of every random draw.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// A built-in world, or a file with a world of your own. 2013, 2015, 2017 and 2018 are set so that the plan by hand of the week
    /// is cancelled at the share of that year; 2013-once to 2018-once have the same numbers in every week.
    #[arg(long, value_name = "WORLD", default_value = "2017")]
    world: String,
    /// Time for each plan that the optimiser makes.
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0, value_parser = super::not_negative)]
    time_limit: f64,
    /// Folder to write the tables to; an earlier output there is replaced.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const OUTPUT: Kind = Kind { mark: "simulation.csv", products: &["simulation", "assumptions", "record"] };

fn policy(text: &str) -> Result<Policy, String> {
    let names = Policy::ALL.map(|policy| policy.to_string()).join(", ");
    Policy::from_word(text).ok_or_else(|| format!("must be one of {names}"))
}

impl Simulate {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let lang = self.week.print.lang();
        let week = self.week.read()?;
        let world = self.world(lang)?;
        let out = self.out.as_deref().map(|dir| OutputFolder::claim_for(dir, lang, &OUTPUT)).transpose()?;
        let chosen = match &self.policies[..] {
            [] => vec![Policy::ByHand, Policy::Planner, Policy::PlannerNoRisk],
            chosen => chosen.to_vec(),
        };
        let by_hand = self.plan(&week, Policy::ByHand, lang)?;
        let mut plans: Vec<Planned> = Vec::new();
        for policy in chosen {
            // Two policies that differ in what is done with the plan share it.
            let twin = match policy {
                Policy::ByHand => Some(&by_hand),
                Policy::Planner | Policy::PlannerNoRecheck => {
                    plans.iter().find(|known| matches!(known.policy, Policy::Planner | Policy::PlannerNoRecheck))
                }
                _ => None,
            };
            let planned = match twin {
                Some(twin) => Planned { policy, ..twin.clone() },
                None => self.plan(&week, policy, lang)?,
            };
            plans.push(planned);
        }
        let runs = Runs { count: usize::try_from(self.runs).unwrap_or(usize::MAX), seed: self.seed };
        let worlds = simulate(&week, &by_hand, &plans, &world, runs);
        let answer = answer(&plans, &worlds, runs);
        if let Some(out) = &out {
            let inputs = vec![(format!("week {}", week.week), week.input_digest.clone())];
            let usage = Use { command: "simulate", made_at: Some(made_at()), inputs, result: answer.clone() };
            let mut files: Vec<(String, Vec<u8>)> =
                simulation_products(&worlds, lang).into_iter().map(|product| (product.name, product.bytes)).collect();
            let record = record(&usage, "record.json");
            files.push((record.name, record.bytes));
            out.write(&files, lang)?;
        }
        match self.week.print.format {
            Format::Json => say(&json(&answer)),
            Format::Text => say(&simulation_page(&plans, &worlds, runs, lang)),
        }
        Ok(ExitCode::SUCCESS)
    }

    fn plan(&self, week: &Week, policy: Policy, lang: Lang) -> Result<Planned, Failure> {
        let watch = Watch::start(self.time_limit);
        let settings = Settings { gap: 0.001, threads: cores(), seed: self.seed };
        let planned = plan_policy(week, policy, &settings, &watch);
        watch.done();
        planned.map_err(|error| Failure::Told(cannot(&error, lang)))
    }

    fn world(&self, lang: Lang) -> Result<World, Failure> {
        if let Some(world) = built_in(&self.world) {
            return Ok(world);
        }
        let path = Path::new(&self.world);
        if !path.exists() {
            let names = BUILT_IN.join(", ");
            return Err(Failure::Told(lang.pick(
                format!("error: --world {}: there is no such file, and the built-in worlds are {names}", self.world),
                format!("fout: --world {}: dat bestand is er niet, en de ingebouwde werelden zijn {names}", self.world),
            )));
        }
        let text =
            std::fs::read_to_string(path).map_err(|error| Failure::of_path(lang, "read", "lezen", path, &error))?;
        read_world(&text).map_err(|error| {
            Failure::Told(lang.pick(
                format!("error: {} is no world: {error}", self.world),
                format!("fout: {} is geen wereld: {}", self.world, dutch(&error)),
            ))
        })
    }
}

fn dutch(error: &WorldError) -> String {
    match error {
        WorldError::Range { key, value, allowed: [_, allowed] } => format!("{key} = {value}: toegestaan: {allowed}"),
        // What the TOML reader says, with line and column.
        WorldError::Toml(text) => text.clone(),
    }
}

fn cannot(error: &CannotPlan, lang: Lang) -> String {
    match error {
        CannotPlan::Notice { policy } => lang.pick(
            format!("error: {policy}: no rule admits so short a notice in this week, also none that is only reported"),
            format!(
                "fout: {policy}: geen regel laat in deze week zo'n korte aanzegging toe, ook geen die alleen is gemeld"
            ),
        ),
        CannotPlan::Unplannable(error) => {
            format!("{}: {}", lang.pick("error", "fout"), error.in_lang(lang))
        }
        CannotPlan::Unlawful { policy, first } => lang.pick(
            format!("error: {policy}: the plan does not pass the checker: {first}"),
            format!("fout: {policy}: het plan komt niet door de controle: {first}"),
        ),
    }
}

fn answer(plans: &[Planned], worlds: &[WorldResult], runs: Runs) -> Value {
    let policies = plans.iter().map(|planned| {
        json!({
            "policy": planned.policy.to_string(),
            "departures": planned.plan.departures.len(),
            "objective": planned.plan.objective,
            "reported_rule": planned.reported_rule,
        })
    });
    let results = worlds.iter().map(|world| {
        let of = world.policies.iter().map(|result| {
            let measured: serde_json::Map<String, Value> = result
                .measured
                .iter()
                .zip(&result.less_first)
                .map(|((what, value), (_, less))| {
                    (what.word().to_owned(), json!({ "mean": value, "less_first": less }))
                })
                .collect();
            json!({ "policy": result.policy.to_string(), "measured": measured })
        });
        let assumptions = world
            .world
            .assumptions()
            .into_iter()
            .map(|line| json!({ "assumption": line.what[0], "value": line.value, "source": line.source[0] }));
        json!({
            "notice_share": world.notice_share,
            "policies": of.collect::<Vec<_>>(),
            "assumptions": assumptions.collect::<Vec<_>>(),
        })
    });
    json!({
        "world": worlds.first().map(|world| world.world.world.name.clone()),
        "runs": runs.count,
        "seed": runs.seed,
        "plans": policies.collect::<Vec<_>>(),
        "results": results.collect::<Vec<_>>(),
    })
}
