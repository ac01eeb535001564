//! Runs of the optimiser as jobs: who takes one holds it on a lease that a heartbeat renews; a lease that has run out is
//! anybody's.

use super::besides::Besides;
use super::{Change, Kind, Store};
use crate::plan::check::Text;
use crate::server::problem::{Problem, text};
use sqlx::Row;
use sqlx::any::AnyRow;

/// A run.
#[derive(Clone, Debug)]
pub(crate) struct RunRow {
    pub(crate) id: String,
    pub(crate) week: String,
    /// `plan` or `repair`.
    pub(crate) kind: String,
    /// `queued`, `running`, `done` or `failed`.
    pub(crate) state: String,
    /// The plan it starts from; 0: none.
    pub(crate) base: i64,
    pub(crate) folder: i64,
    pub(crate) besides: Besides,
    pub(crate) why: String,
    /// What it was asked for where no event says it: a case, and where it is pinned.
    pub(crate) about: String,
    pub(crate) asked_by: String,
    pub(crate) asked_at: String,
    /// Time limit.
    pub(crate) seconds: f64,
    pub(crate) gap: f64,
    pub(crate) seed: i64,
    pub(crate) worker: String,
    pub(crate) attempts: i64,
    pub(crate) phase: String,
    pub(crate) incumbent: Option<f64>,
    pub(crate) bound: Option<f64>,
    /// Somebody asked for the best so far.
    pub(crate) stop: bool,
    /// The version that came of it; 0: none.
    pub(crate) result: i64,
    pub(crate) error: Text,
    pub(crate) ended_at: String,
}

impl RunRow {
    /// Whether it still waits or runs.
    pub(crate) fn is_open(&self) -> bool {
        self.state == "queued" || self.state == "running"
    }

    /// How far what was found may be from the best, as a share.
    pub(crate) fn found_gap(&self) -> Option<f64> {
        let (incumbent, bound) = (self.incumbent?, self.bound?);
        Some(vertrek_solver::gap(incumbent, bound.max(incumbent)))
    }
}

fn run(row: &AnyRow) -> Result<RunRow, Problem> {
    Ok(RunRow {
        id: row.try_get("id")?,
        week: row.try_get("week")?,
        kind: row.try_get("kind")?,
        state: row.try_get("state")?,
        base: row.try_get("base")?,
        folder: row.try_get("folder")?,
        besides: super::besides::of(row)?,
        why: row.try_get("why")?,
        about: row.try_get("about")?,
        asked_by: row.try_get("asked_by")?,
        asked_at: row.try_get("asked_at")?,
        seconds: row.try_get("seconds")?,
        gap: row.try_get("gap")?,
        seed: row.try_get("seed")?,
        worker: row.try_get("worker")?,
        attempts: row.try_get("attempts")?,
        phase: row.try_get("phase")?,
        incumbent: row.try_get("incumbent")?,
        bound: row.try_get("bound")?,
        stop: row.try_get::<i64, _>("stop")? != 0,
        result: row.try_get("result")?,
        error: text(row.try_get::<String, _>("error")?, row.try_get::<String, _>("error_nl")?),
        ended_at: row.try_get("ended_at")?,
    })
}

/// Which runs are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kinds {
    All,
    Repairs,
}

/// How many leases ahead the end of one is still believed, where the clocks of workers differ.
const LONGEST_LEASES: i64 = 10;

fn no_run() -> Problem {
    Problem::not_found("such run", "zo'n berekening")
}

/// A run before it is queued.
#[derive(Debug)]
pub(crate) struct NewRun<'a> {
    pub(crate) id: &'a str,
    pub(crate) week: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) base: i64,
    pub(crate) folder: i64,
    pub(crate) besides: &'a Besides,
    pub(crate) why: &'a str,
    pub(crate) by: &'a str,
    pub(crate) seconds: f64,
    pub(crate) gap: f64,
    pub(crate) seed: i64,
    pub(crate) about: &'a str,
}

impl Store {
    pub(crate) async fn run(&self, id: &str) -> Result<RunRow, Problem> {
        let row = sqlx::query("SELECT * FROM runs WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        row.as_ref().map(run).transpose()?.ok_or_else(no_run)
    }

    /// The runs of a week, the latest first.
    pub(crate) async fn runs(&self, week: &str) -> Result<Vec<RunRow>, Problem> {
        let rows =
            sqlx::query("SELECT * FROM runs WHERE week = $1 ORDER BY place DESC, asked_at DESC, id DESC").bind(week);
        rows.fetch_all(&self.pool).await?.iter().map(run).collect()
    }

    /// How many runs wait, and how many run.
    pub(crate) async fn load(&self) -> Result<(i64, i64), Problem> {
        let count = |state: &'static str| async move {
            let row = sqlx::query("SELECT COUNT(*) AS n FROM runs WHERE state = $1").bind(state).fetch_one(&self.pool);
            Ok::<i64, Problem>(row.await?.try_get("n")?)
        };
        Ok((count("queued").await?, count("running").await?))
    }

    /// Takes the run of these kinds that has waited longest, or one whose lease has run out. A run that lost its worker three times is
    /// given up: it may be what kills them.
    pub(crate) async fn take_run(
        &self,
        worker: &str,
        lease_seconds: i64,
        kinds: Kinds,
    ) -> Result<Option<RunRow>, Problem> {
        let mut change = self.change().await?;
        let now = change.at.clone();
        let statement = match self.kind {
            Kind::Sqlite => {
                "SELECT * FROM runs WHERE (state = 'queued' OR (state = 'running' AND (lease_until < $1 OR lease_until > $2))) \
                 AND kind LIKE $3 ORDER BY place, asked_at, id LIMIT 1"
            }
            Kind::Postgres => {
                "SELECT * FROM runs WHERE (state = 'queued' OR (state = 'running' AND (lease_until < $1 OR lease_until > $2))) \
                 AND kind LIKE $3 ORDER BY place, asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"
            }
        };
        // A lease that ends later than any lease can was given by a clock that was wrong.
        let latest = self.clock.stamp_in(LONGEST_LEASES * lease_seconds);
        let kind = if kinds == Kinds::All { "%" } else { "repair" };
        let waits = sqlx::query(statement).bind(&now).bind(&latest).bind(kind);
        let Some(row) = waits.fetch_optional(&mut *change.tx).await? else { return Ok(None) };
        let mut taken = run(&row)?;
        if taken.attempts >= 3 {
            let lost = text("its worker was lost three times", "de rekenaar viel drie keer weg");
            change.end_run(&taken.id, "failed", 0, &lost).await?;
            change.commit().await?;
            return Ok(None);
        }
        taken.attempts += 1;
        taken.worker = worker.to_owned();
        sqlx::query("UPDATE runs SET state = 'running', worker = $1, lease_until = $2, attempts = $3 WHERE id = $4")
            .bind(worker)
            .bind(self.clock.stamp_in(lease_seconds))
            .bind(taken.attempts)
            .bind(&taken.id)
            .execute(&mut *change.tx)
            .await?;
        change.commit().await?;
        Ok(Some(taken))
    }

    /// Renews the lease and says how far the run is. Gives whether to stop with the best so far; none when the run is
    /// somebody else's by now.
    pub(crate) async fn heartbeat(&self, beat: &Beat<'_>) -> Result<Option<bool>, Problem> {
        let mut change = self.change().await?;
        let mine = sqlx::query(
            "UPDATE runs SET lease_until = $1, phase = $2, incumbent = $3, bound = $4 \
             WHERE id = $5 AND worker = $6 AND attempts = $7 AND state = 'running'",
        )
        // Prepared anew each time: sqlx's Any sends an f64 that is NULL as a single, and PostgreSQL would take no double after it.
        .persistent(false)
        .bind(self.clock.stamp_in(beat.lease_seconds))
        .bind(beat.phase)
        .bind(beat.incumbent)
        .bind(beat.bound)
        .bind(beat.run)
        .bind(beat.worker)
        .bind(beat.attempt)
        .execute(&mut *change.tx)
        .await?;
        if mine.rows_affected() == 0 {
            return Ok(None);
        }
        let row = sqlx::query("SELECT stop FROM runs WHERE id = $1").bind(beat.run).fetch_one(&mut *change.tx).await?;
        let stop = row.try_get::<i64, _>("stop")? != 0;
        change.commit().await?;
        Ok(Some(stop))
    }
}

/// A sign of life of a run.
#[derive(Debug)]
pub(crate) struct Beat<'a> {
    pub(crate) run: &'a str,
    pub(crate) worker: &'a str,
    pub(crate) attempt: i64,
    pub(crate) lease_seconds: i64,
    pub(crate) phase: &'a str,
    pub(crate) incumbent: Option<f64>,
    pub(crate) bound: Option<f64>,
}

impl Change {
    pub(crate) async fn queue_run(&mut self, new: &NewRun<'_>) -> Result<(), Problem> {
        sqlx::query(
            "INSERT INTO runs (id, week, kind, state, base, folder, events, why, asked_by, asked_at, seconds, gap, seed, worker, \
             lease_until, attempts, phase, incumbent, bound, stop, result, error, ended_at, told, pins, about, place) \
             VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '', 0, '', NULL, NULL, 0, 0, '', '', $13, $14, $15, \
             (SELECT COALESCE(MAX(place), 0) + 1 FROM runs))",
        )
        .bind(new.id)
        .bind(new.week)
        .bind(new.kind)
        .bind(new.base)
        .bind(new.folder)
        .bind(&new.besides.events)
        .bind(new.why)
        .bind(new.by)
        .bind(self.at.clone())
        .bind(new.seconds)
        .bind(new.gap)
        .bind(new.seed)
        .bind(&new.besides.told)
        .bind(&new.besides.pins)
        .bind(new.about)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Whether a run is still held by this worker in this attempt; it stays so until the change is made.
    pub(crate) async fn holds_run(&mut self, id: &str, worker: &str, attempt: i64) -> Result<bool, Problem> {
        let held = sqlx::query(
            "UPDATE runs SET worker = $1 WHERE id = $2 AND worker = $1 AND attempts = $3 AND state = 'running'",
        )
        .bind(worker)
        .bind(id)
        .bind(attempt)
        .execute(&mut *self.tx)
        .await?;
        Ok(held.rows_affected() > 0)
    }

    pub(crate) async fn end_run(&mut self, id: &str, state: &str, result: i64, error: &Text) -> Result<(), Problem> {
        sqlx::query("UPDATE runs SET state = $1, result = $2, error = $3, error_nl = $6, ended_at = $4 WHERE id = $5")
            .bind(state)
            .bind(result)
            .bind(&error.en)
            .bind(self.at.clone())
            .bind(id)
            .bind(&error.nl)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// What a run came to in the end.
    pub(crate) async fn tell_result(&mut self, id: &str, objective: f64, bound: f64) -> Result<(), Problem> {
        let told = sqlx::query("UPDATE runs SET incumbent = $1, bound = $2 WHERE id = $3");
        told.bind(objective).bind(bound).bind(id).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Asks a run to stop with the best so far; a run that still waits is called off. False when it is over.
    pub(crate) async fn stop_run(&mut self, id: &str) -> Result<bool, Problem> {
        let waiting = sqlx::query(
            "UPDATE runs SET state = 'failed', error = 'called off', error_nl = 'afgeblazen', ended_at = $1 WHERE id = $2 AND state = 'queued'",
        )
        .bind(self.at.clone())
        .bind(id)
        .execute(&mut *self.tx)
        .await?;
        let running = sqlx::query("UPDATE runs SET stop = 1 WHERE id = $1 AND state = 'running'").bind(id);
        let running = running.execute(&mut *self.tx).await?;
        Ok(waiting.rows_affected() + running.rows_affected() > 0)
    }
}
