//! The command line (section 9 of the specification): what was typed becomes what is meant; one file a command.
//!
//! Exit codes: 0 done, 1 `check` found violations, 2 the input is bad or the output cannot be written.

mod check;
mod explain;
mod gates;
mod journal;
mod offer;
mod output;
mod plan;
mod readiness;
mod replan;
mod risk;
mod scarce;
mod serve;
mod simulate;
mod synth;
mod watch;
mod whatif;

use clap::{Parser, Subcommand, ValueEnum};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use vertrek::lang::Lang;
use vertrek::planner::Unplannable;
use vertrek::week::Week;
use vertrek::week::diagnostic::{Diagnostic, render_all};
use vertrek::week::read::{read, read_with_events};
use vertrek_solver::problem::Settings;

/// Weekly planning of lawful forced departures: gates, notice, flights, escorts and rides in one proven plan.
#[derive(Debug, Parser)]
#[command(name = "vertrek", version, max_term_width = 120)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Plan a week folder.
    Plan(plan::Plan),
    /// Say which flights are still open to a case within a plan, best first.
    Offer(offer::Offer),
    /// Repair a plan that is under way.
    Replan(replan::Replan),
    /// Say why a case is where it is in a plan: other ways and their cost, or what would bring it in.
    Explain(explain::Explain),
    /// Say what one more of each scarce thing would be worth.
    Scarce(scarce::Scarce),
    /// Approve a plan: write it into the journal.
    Approve(journal::Approve),
    /// Verify and list the journal of approved plans, or show one as it was.
    Journal(journal::Journal),
    /// Set scenarios of a week side by side.
    Whatif(whatif::WhatIf),
    /// Verify a plan against its week folder, rule by rule.
    Check(check::Check),
    /// Say what keeps each case from being planned, and who can open it.
    Gates(gates::Gates),
    /// List what each planned departure needs 48 hours ahead, and what is not there yet.
    Readiness(readiness::Readiness),
    /// Cancellation hazards: fit them on history, or audit them by group.
    Risk(risk::Risk),
    /// Execute plans against drawn endings, ways of planning side by side.
    Simulate(simulate::Simulate),
    /// Make a synthetic week folder.
    Synth(synth::Synth),
    /// Answer planners, coordinators and programs: the board and the API.
    Serve(serve::Serve),
    /// Do the runs of a service, on this machine too.
    Worker(serve::Work),
    /// Write everything that a service keeps into one file.
    Backup(serve::Backup),
    /// Fill a new store with a backup.
    Restore(serve::Restore),
    /// Remove the weeks that a service need not keep any longer.
    Purge(serve::Purge),
}

/// What commands that read a week folder have in common.
#[derive(Debug, clap::Args)]
struct WeekArgs {
    /// The week folder.
    week: PathBuf,
    #[command(flatten)]
    print: PrintArgs,
}

/// What commands that search have in common.
#[derive(Clone, Copy, Debug, clap::Args)]
struct SearchArgs {
    /// Stop when the plan is proven to be within this share of the best possible.
    #[arg(long, value_name = "SHARE", default_value_t = 0.001, value_parser = not_negative)]
    gap: f64,
    /// Threads to use (default: all cores).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Seed of every random draw.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

impl SearchArgs {
    fn settings(self) -> Settings {
        let threads = self.threads.map_or_else(cores, usize::from);
        Settings { gap: self.gap, threads, seed: self.seed }
    }
}

/// Cores of this machine, as far as it tells.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn not_negative(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(number),
        _ => Err("must be a number of at least 0".to_owned()),
    }
}

/// How results and messages are printed.
#[derive(Clone, Copy, Debug, clap::Args)]
struct PrintArgs {
    /// Language of what is printed for people.
    #[arg(long, value_enum, default_value_t = Language::En)]
    lang: Language,
    /// Text for people, or JSON for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Language of what is printed for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// English.
    En,
    /// Nederlands.
    Nl,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl PrintArgs {
    fn lang(self) -> Lang {
        match self.lang {
            Language::En => Lang::En,
            Language::Nl => Lang::Nl,
        }
    }
}

impl WeekArgs {
    /// The week, or every diagnostic at once.
    fn read(&self) -> Result<Week, Failure> {
        read(&self.week).map_err(|diagnostics| self.print.bad_input(&diagnostics))
    }

    /// The week with events applied to it, or every diagnostic at once.
    fn read_after(&self, events: Option<&Path>) -> Result<Week, Failure> {
        match events {
            Some(events) => {
                read_with_events(&self.week, events).map_err(|diagnostics| self.print.bad_input(&diagnostics))
            }
            None => self.read(),
        }
    }
}

impl PrintArgs {
    fn bad_input(self, diagnostics: &[Diagnostic]) -> Failure {
        let lang = self.lang();
        match self.format {
            Format::Text => Failure::Told(render_all(diagnostics, lang)),
            Format::Json => {
                Failure::Answered(json(&diagnostics.iter().map(|found| found.rendered(lang)).collect::<Vec<_>>()))
            }
        }
    }
}

impl PrintArgs {
    /// A week that cannot be planned: pins that are refused, all at once.
    fn unplannable(self, week: &Path, error: &Unplannable) -> Failure {
        match (error, self.format) {
            (Unplannable::Pins(refused), Format::Json) => Failure::Answered(json(refused)),
            _ => Failure::Told(format!("{}: {}", week.display(), error.in_lang(self.lang()))),
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
enum Failure {
    /// A text for people, printed on standard error.
    Told(String),
    /// The answer to a program, which reads it where it reads every answer: on standard output.
    Answered(String),
}

impl Failure {
    /// A file or folder that could not be used.
    fn of_path(lang: Lang, english: &str, dutch: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::Told(lang.pick(
            format!("error: cannot {english} {}: {error}", path.display()),
            format!("fout: kan {} niet {dutch}: {error}", path.display()),
        ))
    }
}

/// Prints a text on standard output. Whoever reads it may stop reading; that is no failure.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|error| error.to_string())
}

/// Runs the command that was typed.
pub(crate) fn run() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Plan(command) => command.run(),
        Command::Offer(command) => command.run(),
        Command::Replan(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Scarce(command) => command.run(),
        Command::Approve(command) => command.run(),
        Command::Journal(command) => command.run(),
        Command::Whatif(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Gates(command) => command.run(),
        Command::Readiness(command) => command.run(),
        Command::Risk(command) => command.run(),
        Command::Simulate(command) => command.run(),
        Command::Synth(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Worker(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Purge(command) => command.run(),
    };
    done.unwrap_or_else(|failure| {
        match failure {
            Failure::Told(message) => {
                let _ = writeln!(std::io::stderr().lock(), "{}", message.trim_end());
            }
            Failure::Answered(answer) => say(&answer),
        }
        ExitCode::from(2)
    })
}
