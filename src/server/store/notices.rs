//! Notices that have been given: who was told of which flight, when, and who marked it.

use super::{Change, Store};
use crate::server::problem::Problem;
use sqlx::Row;
use sqlx::any::AnyRow;

/// A notice that was given.
#[derive(Clone, Debug)]
pub(crate) struct NoticeRow {
    pub(crate) case: String,
    /// The published plan that it is of.
    pub(crate) plan: i64,
    /// Legs, with single spaces between.
    pub(crate) legs: String,
    pub(crate) slot: String,
    /// When the person was told, RFC 3339.
    pub(crate) given_at: String,
    pub(crate) marked_at: String,
    pub(crate) marked_by: String,
    pub(crate) why: String,
}

fn notice(row: &AnyRow) -> Result<NoticeRow, Problem> {
    Ok(NoticeRow {
        case: row.try_get("case_id")?,
        plan: row.try_get("plan")?,
        legs: row.try_get("legs")?,
        slot: row.try_get("slot")?,
        given_at: row.try_get("given_at")?,
        marked_at: row.try_get("marked_at")?,
        marked_by: row.try_get("marked_by")?,
        why: row.try_get("why")?,
    })
}

impl Store {
    /// The notices of a week that were given, the earliest first.
    pub(crate) async fn notices(&self, week: &str) -> Result<Vec<NoticeRow>, Problem> {
        let rows = sqlx::query("SELECT * FROM notices WHERE week = $1 ORDER BY given_at, case_id").bind(week);
        rows.fetch_all(&self.pool).await?.iter().map(notice).collect()
    }
}

impl Change {
    /// Keeps a notice, in the place of an earlier one of the case.
    pub(crate) async fn keep_notice(&mut self, week: &str, row: &NoticeRow) -> Result<(), Problem> {
        self.drop_notice(week, &row.case).await?;
        sqlx::query(
            "INSERT INTO notices (week, case_id, plan, legs, slot, given_at, marked_at, marked_by, why) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(week)
        .bind(&row.case)
        .bind(row.plan)
        .bind(&row.legs)
        .bind(&row.slot)
        .bind(&row.given_at)
        .bind(self.at.clone())
        .bind(&row.marked_by)
        .bind(&row.why)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Takes a notice back; false when there is none.
    pub(crate) async fn drop_notice(&mut self, week: &str, case: &str) -> Result<bool, Problem> {
        let gone = sqlx::query("DELETE FROM notices WHERE week = $1 AND case_id = $2").bind(week).bind(case);
        Ok(gone.execute(&mut *self.tx).await?.rows_affected() > 0)
    }
}
