//! The command line (section 9 of the specification): what was typed becomes what is meant; one file a command.
//!
//! Exit codes: 0 done, 1 `check` found violations, 2 the input is bad or the output cannot be written.

mod check;
mod gates;
mod output;
mod plan;
mod synth;
mod watch;

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

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
    /// Verify a plan against its week folder, rule by rule.
    Check(check::Check),
    /// Say what keeps each case from being planned, and who can open it.
    Gates(gates::Gates),
    /// Make a synthetic week folder.
    Synth(synth::Synth),
}

/// What commands that read a week folder have in common.
#[derive(Debug, clap::Args)]
struct WeekArgs {
    /// The week folder.
    week: PathBuf,
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

/// Why a command could not do its work, as the text that is printed on standard error.
#[derive(Debug)]
struct Failure(String);

/// Runs the command that was typed.
pub(crate) fn run() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Plan(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Gates(command) => command.run(),
        Command::Synth(command) => command.run(),
    };
    done.unwrap_or_else(|Failure(message)| {
        eprintln!("{}", message.trim_end());
        ExitCode::from(2)
    })
}
