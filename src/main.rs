//! The `vertrek` binary: takes the command line in, calls the library, prints what comes out.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
