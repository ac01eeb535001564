//! Figures of each week that was published, kept so that years of weeks need not be read to add them up.

use super::Store;
use crate::server::problem::Problem;
use sqlx::Row;

/// Figures of the published plan of a week, as JSON.
#[derive(Clone, Debug)]
pub(crate) struct FiguresRow {
    pub(crate) week: String,
    pub(crate) plan: i64,
    pub(crate) body: String,
}

impl Store {
    /// The figures of every week that has them, the earliest week first.
    pub(crate) async fn figures(&self) -> Result<Vec<FiguresRow>, Problem> {
        let rows = sqlx::query(
            "SELECT f.week, f.plan, f.body FROM figures f JOIN weeks w ON w.id = f.week ORDER BY w.week, w.id",
        );
        let of = |row: &sqlx::any::AnyRow| {
            Ok(FiguresRow { week: row.try_get("week")?, plan: row.try_get("plan")?, body: row.try_get("body")? })
        };
        rows.fetch_all(&self.pool).await?.iter().map(of).collect()
    }

    /// Keeps the figures of a week, in the place of those of an earlier plan.
    pub(crate) async fn keep_figures(&self, row: &FiguresRow) -> Result<(), Problem> {
        let mut change = self.change().await?;
        sqlx::query(
            "INSERT INTO figures (week, plan, body) VALUES ($1, $2, $3) \
             ON CONFLICT (week) DO UPDATE SET plan = excluded.plan, body = excluded.body",
        )
        .bind(&row.week)
        .bind(row.plan)
        .bind(&row.body)
        .execute(&mut *change.tx)
        .await?;
        change.commit().await
    }
}
