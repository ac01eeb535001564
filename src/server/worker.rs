//! Doing runs: a worker takes one from the store, holds it on a lease, solves it on a thread of its own, and writes how far it
//! is. Any number of workers, in any number of processes, take from one store. A plan is made at low priority; a repair, which
//! somebody waits for, is not, and a worker that does nothing else keeps it from waiting behind a plan.

use super::Service;
use super::problem::{Problem, text};
use super::store::journal::Deed;
use super::store::plans::NewPlan;
use super::store::runs::{Beat, Kinds, RunRow};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::planner::plan_week;
use crate::replan::{Effort, repair};
use crate::units::Instant;
use crate::week::Week;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Moment};
use tokio::sync::oneshot;
use vertrek_solver::problem::{Control, Progress, Settings};

/// How a worker works.
#[derive(Clone, Debug)]
pub struct WorkerSettings {
    /// Its name, unlike that of any other.
    pub name: String,
    /// Threads of a solve.
    pub threads: usize,
    /// How long a run stays its own without a sign of life, in seconds.
    pub lease_seconds: i64,
    /// Time between signs of life.
    pub beat: Duration,
}

/// A worker.
#[derive(Clone, Debug)]
pub struct Worker {
    service: Service,
    settings: WorkerSettings,
    /// Which runs it takes.
    kinds: Kinds,
}

/// What a run came to.
struct Found {
    plan: Plan,
    changes: Option<String>,
}

impl Worker {
    /// A worker of a service.
    pub fn new(service: &Service, settings: WorkerSettings) -> Self {
        Self { service: service.clone(), settings, kinds: Kinds::All }
    }

    /// The same, for repairs and no other runs.
    #[must_use]
    pub fn for_repairs(self) -> Self {
        Self { kinds: Kinds::Repairs, ..self }
    }

    /// Takes runs and does them, one after the other, until `stop` is done.
    pub async fn work(&self, stop: impl Future<Output = ()> + Send) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let did = tokio::select! {
                () = &mut stop => return,
                did = self.work_once() => did,
            };
            if matches!(did, Ok(true)) {
                continue;
            }
            // Other processes queue runs too: look again now and then.
            tokio::select! {
                () = &mut stop => return,
                () = self.service.bell.notified() => {}
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
    }

    /// Takes one run, if one waits, and does it. False when none waits.
    ///
    /// # Errors
    /// When the store does not answer; the run is then taken again when its lease runs out.
    pub async fn work_once(&self) -> Result<bool, Problem> {
        let taken = self.service.store.take_run(&self.settings.name, self.settings.lease_seconds, self.kinds).await?;
        let Some(run) = taken else { return Ok(false) };
        self.service.changed();
        match self.solve(&run).await {
            Ok(Some(found)) => self.finish_when_it_can(&run, &found).await?,
            // Somebody else has it by now.
            Ok(None) => {}
            // Not the run's fault: it is taken again when its lease runs out.
            Err(problem) if problem.passes() => return Err(problem),
            Err(problem) => {
                let mut change = self.service.store.change().await?;
                if change.holds_run(&run.id, &self.settings.name, run.attempts).await? {
                    change.end_run(&run.id, "failed", 0, &problem.what).await?;
                    change.commit().await?;
                }
            }
        }
        self.service.changed();
        Ok(true)
    }

    /// The best plan found; none when the run was lost to another worker.
    async fn solve(&self, run: &RunRow) -> Result<Option<Found>, Problem> {
        let (store, desk) = (&self.service.store, &self.service.desk);
        let week = desk.week(store, &run.week, run.folder, &run.besides).await?;
        let earlier = if run.kind == "repair" {
            let row = store.plan(&run.week, run.base).await?;
            Some(desk.plan(store, &row).await?)
        } else {
            None
        };
        let rein = Arc::new(Rein::new(run.seconds));
        let job = Job {
            week,
            earlier,
            settings: Settings { gap: run.gap, threads: self.settings.threads, seed: run.seed.unsigned_abs() },
            made_at: self.service.config.clock.instant(),
            rein: Arc::clone(&rein),
        };
        let (send, mut solved) = oneshot::channel();
        // A thread of its own: its low priority ends with it.
        let thread = std::thread::Builder::new().name("solve".to_owned()).spawn(move || {
            if job.earlier.is_none() {
                lower_priority();
            }
            let _ = send.send(job.run());
        });
        thread.map_err(Problem::inside)?;
        // Whatever ends this future ends the solve too.
        let _ends = Ends(Arc::clone(&rein));
        loop {
            tokio::select! {
                found = &mut solved => {
                    let found = found.map_err(|_| Problem::inside("a solve ended without an answer"))?;
                    return found.map(Some);
                }
                () = tokio::time::sleep(self.settings.beat) => match self.beat(run, &rein).await {
                    Ok(true) => {}
                    Ok(false) => return Ok(None),
                    // The store is away for a moment: the solve goes on, and the lease tells whose run it is.
                    Err(problem) if problem.passes() => {}
                    Err(problem) => return Err(problem),
                }
            }
        }
    }

    /// A sign of life; false when the run is no longer ours.
    async fn beat(&self, run: &RunRow, rein: &Rein) -> Result<bool, Problem> {
        let (phase, incumbent, bound) = rein.seen();
        let beat = Beat {
            run: &run.id,
            worker: &self.settings.name,
            attempt: run.attempts,
            lease_seconds: self.settings.lease_seconds,
            phase,
            incumbent,
            bound,
        };
        let answer = self.service.store.heartbeat(&beat).await?;
        if answer == Some(true) {
            rein.stop.store(true, Ordering::SeqCst);
        }
        self.service.changed();
        Ok(answer.is_some())
    }

    /// Writes the plan down, also when the store is away or full for a moment: tried for as long as a lease lasts.
    async fn finish_when_it_can(&self, run: &RunRow, found: &Found) -> Result<(), Problem> {
        let lease = Duration::from_secs(self.settings.lease_seconds.unsigned_abs());
        let since = Moment::now();
        loop {
            match self.finish(run, found).await {
                Err(problem) if problem.passes() && since.elapsed() < lease => {
                    tokio::time::sleep(self.settings.beat).await
                }
                ended => return ended,
            }
        }
    }

    /// Writes the plan down. A plan that was asked for becomes the present one when nothing changed in between; a repair
    /// waits until somebody accepts it.
    async fn finish(&self, run: &RunRow, found: &Found) -> Result<(), Problem> {
        let mut change = self.service.store.change().await?;
        if !change.holds_run(&run.id, &self.settings.name, run.attempts).await? {
            return Ok(());
        }
        let new = NewPlan {
            week: &run.week,
            parent: run.base,
            folder: run.folder,
            kind: &run.kind,
            besides: &run.besides,
            plan: &found.plan,
            changes: found.changes.clone(),
            by: &run.asked_by,
            why: &run.why,
        };
        // The week is locked first: versions are numbered one by one.
        let mut row = change.week(&run.week).await?;
        let number = change.keep_plan(&new).await?;
        let untouched =
            row.plan == run.base && row.folder == run.folder && row.state == super::store::weeks::State::Draft;
        if run.kind == "plan" && untouched {
            row.plan = number;
            run.asked_by.clone_into(&mut row.editor);
            change.at().clone_into(&mut row.edited_at);
            change.save_week(&row).await?;
        }
        change.end_run(&run.id, "done", number, &text("", "")).await?;
        change.tell_result(&run.id, found.plan.objective.get(), found.plan.bound.get()).await?;
        let (subject, detail) = (format!("week {}", run.week), format!("plan {number} by run {}", run.id));
        let deed = Deed { who: &run.asked_by, action: "make plan", subject: &subject, why: &run.why, detail: &detail };
        change.tell(&run.week, deed).await?;
        change.commit().await
    }
}

/// One solve, ready to go.
struct Job {
    week: Arc<Week>,
    earlier: Option<Arc<Plan>>,
    settings: Settings,
    made_at: Instant,
    rein: Arc<Rein>,
}

impl Job {
    fn run(&self) -> Result<Found, Problem> {
        let (week, settings, rein) = (&self.week, &self.settings, &*self.rein);
        let cannot = |error: crate::planner::Unplannable| {
            Problem::conflict("unplannable", error.in_lang(Lang::En), error.in_lang(Lang::Nl))
        };
        let mut found = match &self.earlier {
            None => Found { plan: plan_week(week, settings, rein, self.made_at).map_err(cannot)?, changes: None },
            Some(earlier) => {
                let effort = if rein.limit < 1.0 { Effort::Quick } else { Effort::Proof };
                let repaired = repair(week, earlier, settings, effort, rein, self.made_at).map_err(cannot)?;
                let changes = serde_json::to_string(&repaired.changes).map_err(Problem::inside)?;
                Found { plan: repaired.plan, changes: Some(changes) }
            }
        };
        found.plan.seconds = (rein.started.elapsed().as_secs_f64() * 100.0).round() / 100.0;
        Ok(found)
    }
}

/// The hold on a solve: its time, whether to stop, and what it last said.
#[derive(Debug)]
pub(super) struct Rein {
    started: Moment,
    limit: f64,
    stop: AtomicBool,
    said: Mutex<Option<Progress>>,
}

impl Rein {
    pub(super) fn new(limit: f64) -> Self {
        Self { started: Moment::now(), limit, stop: AtomicBool::new(false), said: Mutex::new(None) }
    }

    fn seen(&self) -> (&'static str, Option<f64>, Option<f64>) {
        let said = self.said.lock().ok().and_then(|said| *said);
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        said.map_or(("", None, None), |said| (said.phase, finite(said.incumbent), finite(said.bound)))
    }
}

impl Control for Rein {
    fn seconds_left(&self) -> f64 {
        if self.stop.load(Ordering::SeqCst) { 0.0 } else { self.limit - self.started.elapsed().as_secs_f64() }
    }

    fn report(&self, progress: Progress) {
        if let Ok(mut said) = self.said.lock() {
            *said = Some(progress);
        }
    }
}

/// Stops a solve when it is dropped.
struct Ends(Arc<Rein>);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::SeqCst);
    }
}

/// Lets everything else go first: on Linux a priority is a thread's own, and that of threads it starts.
fn lower_priority() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(15);
}
