//! The versions of a week's plan, each with the one it came from, and which were published when.

use super::besides::Besides;
use super::{Change, Store};
use crate::plan::Plan;
use crate::server::problem::Problem;
use sqlx::Row;
use sqlx::any::AnyRow;

/// A version of a plan.
#[derive(Clone, Debug)]
pub(crate) struct PlanRow {
    pub(crate) plan: i64,
    /// The version it came from; 0: none.
    pub(crate) parent: i64,
    /// The version of the folder it was made for.
    pub(crate) folder: i64,
    /// `plan`, `repair` or `swap`.
    pub(crate) kind: String,
    /// What it knew beside the folder.
    pub(crate) besides: Besides,
    /// Digest of `plan.json`.
    pub(crate) body: String,
    /// Digest of `changes.json`; empty: none.
    pub(crate) changes: String,
    pub(crate) objective: f64,
    pub(crate) bound: f64,
    pub(crate) departures: i64,
    pub(crate) made_at: String,
    pub(crate) made_by: String,
    pub(crate) why: String,
}

fn plan(row: &AnyRow) -> Result<PlanRow, Problem> {
    Ok(PlanRow {
        plan: row.try_get("plan")?,
        parent: row.try_get("parent")?,
        folder: row.try_get("folder")?,
        kind: row.try_get("kind")?,
        besides: super::besides::of(row)?,
        body: row.try_get("body")?,
        changes: row.try_get("changes")?,
        objective: row.try_get("objective")?,
        bound: row.try_get("bound")?,
        departures: row.try_get("departures")?,
        made_at: row.try_get("made_at")?,
        made_by: row.try_get("made_by")?,
        why: row.try_get("why")?,
    })
}

/// A version that was published.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    pub(crate) number: i64,
    pub(crate) plan: i64,
    pub(crate) made_at: String,
    pub(crate) made_by: String,
}

/// A version before it has a number.
#[derive(Debug)]
pub(crate) struct NewPlan<'a> {
    pub(crate) week: &'a str,
    pub(crate) parent: i64,
    pub(crate) folder: i64,
    pub(crate) kind: &'a str,
    pub(crate) besides: &'a Besides,
    pub(crate) plan: &'a Plan,
    /// `changes.json`.
    pub(crate) changes: Option<String>,
    pub(crate) by: &'a str,
    pub(crate) why: &'a str,
}

impl Store {
    /// The versions of a week's plan, the latest first.
    pub(crate) async fn plans(&self, week: &str) -> Result<Vec<PlanRow>, Problem> {
        let rows = sqlx::query("SELECT * FROM plans WHERE week = $1 ORDER BY plan DESC").bind(week);
        rows.fetch_all(&self.pool).await?.iter().map(plan).collect()
    }

    pub(crate) async fn plan(&self, week: &str, number: i64) -> Result<PlanRow, Problem> {
        let row = sqlx::query("SELECT * FROM plans WHERE week = $1 AND plan = $2").bind(week).bind(number);
        let row = row.fetch_optional(&self.pool).await?;
        row.as_ref().map(plan).transpose()?.ok_or_else(|| Problem::not_found("such version", "zo'n versie"))
    }

    /// What was published of a week, the latest first.
    pub(crate) async fn publications(&self, week: &str) -> Result<Vec<Publication>, Problem> {
        let rows = sqlx::query("SELECT * FROM publications WHERE week = $1 ORDER BY number DESC").bind(week);
        let publication = |row: &AnyRow| {
            Ok(Publication {
                number: row.try_get("number")?,
                plan: row.try_get("plan")?,
                made_at: row.try_get("made_at")?,
                made_by: row.try_get("made_by")?,
            })
        };
        rows.fetch_all(&self.pool).await?.iter().map(publication).collect()
    }
}

impl Change {
    /// Adds a version; gives its number.
    pub(crate) async fn keep_plan(&mut self, new: &NewPlan<'_>) -> Result<i64, Problem> {
        let last = sqlx::query("SELECT plan FROM plans WHERE week = $1 ORDER BY plan DESC LIMIT 1").bind(new.week);
        let last: Option<i64> = last.fetch_optional(&mut *self.tx).await?.map(|row| row.try_get("plan")).transpose()?;
        let number = last.unwrap_or(0) + 1;
        let body = serde_json::to_vec(new.plan).map_err(Problem::inside)?;
        let body = self.keep(&body).await?;
        let changes = match &new.changes {
            Some(changes) => self.keep(changes.as_bytes()).await?,
            None => String::new(),
        };
        sqlx::query(
            "INSERT INTO plans (week, plan, parent, folder, kind, events, body, changes, objective, bound, departures, made_at, \
             made_by, why, told, pins) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        )
        .bind(new.week)
        .bind(number)
        .bind(new.parent)
        .bind(new.folder)
        .bind(new.kind)
        .bind(&new.besides.events)
        .bind(body)
        .bind(changes)
        .bind(new.plan.objective.get())
        .bind(new.plan.bound.get())
        .bind(i64::try_from(new.plan.departures.len()).unwrap_or(i64::MAX))
        .bind(self.at.clone())
        .bind(new.by)
        .bind(new.why)
        .bind(&new.besides.told)
        .bind(&new.besides.pins)
        .execute(&mut *self.tx)
        .await?;
        Ok(number)
    }

    pub(crate) async fn plan(&mut self, week: &str, number: i64) -> Result<PlanRow, Problem> {
        let row = sqlx::query("SELECT * FROM plans WHERE week = $1 AND plan = $2").bind(week).bind(number);
        let row = row.fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(plan).transpose()?.ok_or_else(|| Problem::not_found("such version", "zo'n versie"))
    }

    pub(crate) async fn keep_publication(
        &mut self,
        week: &str,
        number: i64,
        plan: i64,
        by: &str,
    ) -> Result<(), Problem> {
        sqlx::query("INSERT INTO publications (week, number, plan, made_at, made_by) VALUES ($1, $2, $3, $4, $5)")
            .bind(week)
            .bind(number)
            .bind(plan)
            .bind(self.at.clone())
            .bind(by)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
