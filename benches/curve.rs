//! The curve of a run: incumbent and proven bound over time, one line a change, for one or more week folders.
//!
//! `cargo bench --bench curve -- [--seconds S] [--gap G] [--threads N] [--seed N] [--summary] [--in-steps]
//! [--without PART]... [--plot FILE.svg] WEEK ...` prints, for each
//! week, lines `week,seconds,phase,incumbent,bound,gap` and at the end the checker's verdict on the plan and the most memory
//! the process has held. `--summary` prints the last line only; `--in-steps` plans
//! flights, then escorts, then vehicles, instead of all of it at once; `--without` leaves a part of the method out
//! (`stabilisation`, `smoothing`, `rounding`, `covers`, `triples`, `beside`, `restricted`, `branching`, `diving`, `enumeration`, `neighbourhoods`, `recreation`); `--plot`
//! draws the gaps of all weeks over time.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used)] // A tool for the terminal.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)] // It is the caller here and has the clock.

#[path = "support/plot.rs"]
mod plot;

use plot::{Line, plot};
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;
use vertrek::plan::check;
use vertrek::planner::{plan_in_steps, plan_week};
use vertrek::week::read::read;
use vertrek_solver::problem::{Control, Part, Progress, Settings};

const PARTS: [(&str, Part); 12] = [
    ("stabilisation", Part::Stabilisation),
    ("smoothing", Part::Smoothing),
    ("rounding", Part::Rounding),
    ("covers", Part::Covers),
    ("triples", Part::Triples),
    ("beside", Part::Beside),
    ("restricted", Part::Restricted),
    ("branching", Part::Branching),
    ("diving", Part::Diving),
    ("enumeration", Part::Enumeration),
    ("neighbourhoods", Part::Neighbourhoods),
    ("recreation", Part::Recreation),
];

fn main() {
    let mut seconds = 60.0;
    let mut settings = Settings { gap: 0.001, threads: 2, seed: 1 };
    let (mut summary, mut in_steps) = (false, false);
    let mut without = Vec::new();
    let mut picture = None;
    let mut weeks = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|n| n.parse::<f64>().ok()).expect("a number");
        match &argument[..] {
            "--seconds" => seconds = number(),
            "--gap" => settings.gap = number(),
            "--threads" => settings.threads = number() as usize,
            "--seed" => settings.seed = number() as u64,
            "--without" => {
                let name = arguments.next().expect("a part");
                without.push(PARTS.iter().find(|part| part.0 == name).expect("a part that there is").1);
            }
            "--plot" => picture = arguments.next(),
            "--summary" => summary = true,
            "--in-steps" => in_steps = true,
            // What cargo itself passes to a bench.
            "--bench" => {}
            _ => weeks.push(argument),
        }
    }
    let lines: Vec<Line> =
        weeks.iter().filter_map(|week| run(week, seconds, &settings, (summary, in_steps, &without))).collect();
    if let Some(file) = picture {
        std::fs::write(file, plot(&lines)).expect("a file that can be written");
    }
}

fn run(
    folder: &str,
    seconds: f64,
    settings: &Settings,
    (summary, in_steps, without): (bool, bool, &[Part]),
) -> Option<Line> {
    let name = Path::new(folder).file_name().map_or(folder.to_owned(), |n| n.to_string_lossy().into_owned());
    let started = Instant::now();
    let week = match read(Path::new(folder)) {
        Ok(week) => week,
        Err(diagnostics) => {
            println!("{name}: {} diagnostics", diagnostics.len());
            return None;
        }
    };
    let curve = Curve {
        started,
        limit: seconds,
        name: name.clone(),
        quiet: summary,
        last: Mutex::new(None),
        points: Mutex::default(),
        without,
    };
    let plan = if in_steps { plan_in_steps } else { plan_week };
    let plan = plan(&week, settings, &curve, week.now).expect("a week that can be planned");
    let took = started.elapsed().as_secs_f64();
    let violations = check::check(&week, &plan).violations.len();
    println!(
        "{name},{took:.1},end,{:.2},{:.2},{:.4}%,{} departures,{} unmet,{violations} violations,{} MB",
        plan.objective.get(),
        plan.bound.get(),
        100.0 * plan.gap,
        plan.departures.len(),
        plan.unmet.transfers.len() + plan.unmet.duties.len(),
        peak_megabytes(),
    );
    let points = curve.points.into_inner().expect("no panic while it was held");
    Some(Line { name: format!("{} ({} cases)", curve.name, week.cases.iter().count()), points })
}

/// Prints every change of phase, incumbent or bound.
struct Curve<'w> {
    started: Instant,
    limit: f64,
    name: String,
    quiet: bool,
    last: Mutex<Option<Progress>>,
    /// Moments and gaps in per cent.
    points: Mutex<Vec<(f64, f64)>>,
    without: &'w [Part],
}

impl Control for Curve<'_> {
    fn seconds_left(&self) -> f64 {
        self.limit - self.started.elapsed().as_secs_f64()
    }

    fn report(&self, progress: Progress) {
        let mut last = self.last.lock().expect("no panic while it was held");
        if *last == Some(progress) {
            return;
        }
        *last = Some(progress);
        let Progress { phase, incumbent, bound } = progress;
        let gap = 100.0 * (bound - incumbent) / incumbent.abs().max(1.0);
        let at = self.started.elapsed().as_secs_f64();
        let mut points = self.points.lock().expect("no panic while it was held");
        if points.last().is_none_or(|last| (last.1 - gap).abs() > 1e-3) {
            points.push((at, gap));
        }
        if self.quiet {
            return;
        }
        println!("{},{at:.2},{phase},{incumbent:.2},{bound:.2},{gap:.3}%", self.name);
    }

    fn leaves_out(&self, part: Part) -> bool {
        self.without.contains(&part)
    }
}

/// Most memory this process has held, as Linux tells it.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
