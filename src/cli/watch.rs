//! Holding a run in hand: its clock, its time limit, Ctrl-C, and the line that says how far it is.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use vertrek_solver::problem::{Control, Progress};

/// Exit code of a run that a second Ctrl-C ended: 128 + SIGINT, as shells say it.
const INTERRUPTED: i32 = 130;

/// A run under way.
#[derive(Debug)]
pub(super) struct Watch {
    started: Instant,
    limit: f64,
    stopped: Arc<AtomicBool>,
    line: ProgressBar,
}

impl Watch {
    /// Starts the clock and listens to Ctrl-C (and SIGTERM): the first asks for the best plan so far, the second leaves at once.
    pub(super) fn start(limit_seconds: f64) -> Self {
        let stopped = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stopped);
        // Where no handler can be set, Ctrl-C ends the run as it would any other program: nothing is lost but the plan so far.
        let _ = ctrlc::set_handler(move || {
            if asked.swap(true, Ordering::SeqCst) {
                std::process::exit(INTERRUPTED);
            }
        });
        Self { started: Instant::now(), limit: limit_seconds, stopped, line: progress_line() }
    }

    /// Seconds since the start.
    pub(super) fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// The same hold on a part of the run that may take so long from now.
    pub(super) fn lap(&self, limit_seconds: f64) -> Lap<'_> {
        Lap { watch: self, until: self.seconds() + limit_seconds }
    }

    /// Whether somebody asked it to stop.
    pub(super) fn stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// Takes the progress line off the screen.
    pub(super) fn done(&self) {
        self.line.finish_and_clear();
    }
}

/// A part of a run with a limit of its own.
#[derive(Debug)]
pub(super) struct Lap<'a> {
    watch: &'a Watch,
    until: f64,
}

impl Control for Lap<'_> {
    fn seconds_left(&self) -> f64 {
        if self.watch.stopped() { 0.0 } else { self.until - self.watch.seconds() }
    }

    fn report(&self, progress: Progress) {
        self.watch.report(progress);
    }
}

/// Quiet when standard error is not a terminal.
fn progress_line() -> ProgressBar {
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed_precise}  {msg}") {
        line.set_style(style);
    }
    line.enable_steady_tick(Duration::from_millis(250));
    line
}

impl Control for Watch {
    fn seconds_left(&self) -> f64 {
        if self.stopped() { 0.0 } else { self.limit - self.seconds() }
    }

    fn report(&self, progress: Progress) {
        let Progress { phase, incumbent, bound } = progress;
        let bound_and_gap = if bound.is_finite() {
            let gap = 100.0 * (bound - incumbent) / incumbent.abs().max(1.0);
            format!("at most {bound:.0}, gap {gap:.2}%")
        } else {
            "no bound yet".to_owned()
        };
        self.line.set_message(format!("{phase}: {incumbent:.0} euro, {bound_and_gap}"));
    }
}
