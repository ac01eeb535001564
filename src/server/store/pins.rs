//! What planners have pinned by hand on the board: on which flight a case departs, or that it does not; why, and who said so.

use super::{Change, Store};
use crate::server::problem::Problem;
use sqlx::Row;
use sqlx::any::AnyRow;

/// What one case is pinned to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PinRow {
    pub(crate) case: String,
    /// Legs, with single spaces between; empty: the case is kept out.
    pub(crate) legs: String,
    pub(crate) why: String,
    pub(crate) set_at: String,
    pub(crate) set_by: String,
}

fn pin(row: &AnyRow) -> Result<PinRow, Problem> {
    Ok(PinRow {
        case: row.try_get("case_id")?,
        legs: row.try_get("legs")?,
        why: row.try_get("why")?,
        set_at: row.try_get("set_at")?,
        set_by: row.try_get("set_by")?,
    })
}

/// All of a week.
const PINS: &str = "SELECT * FROM pins WHERE week = $1 ORDER BY case_id";

impl Store {
    /// The pins of a week, by case.
    pub(crate) async fn pins(&self, week: &str) -> Result<Vec<PinRow>, Problem> {
        let rows = sqlx::query(PINS).bind(week);
        rows.fetch_all(&self.pool).await?.iter().map(pin).collect()
    }
}

impl Change {
    /// The pins of a week, by case, as they are while it is locked.
    pub(crate) async fn pins(&mut self, week: &str) -> Result<Vec<PinRow>, Problem> {
        let rows = sqlx::query(PINS).bind(week);
        rows.fetch_all(&mut *self.tx).await?.iter().map(pin).collect()
    }

    /// Keeps the pin of a case, in the place of an earlier one.
    pub(crate) async fn keep_pin(&mut self, week: &str, row: &PinRow) -> Result<(), Problem> {
        self.drop_pin(week, &row.case).await?;
        sqlx::query("INSERT INTO pins (week, case_id, legs, why, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(week)
            .bind(&row.case)
            .bind(&row.legs)
            .bind(&row.why)
            .bind(self.at.clone())
            .bind(&row.set_by)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Pins a case no longer; false when it was not.
    pub(crate) async fn drop_pin(&mut self, week: &str, case: &str) -> Result<bool, Problem> {
        let gone = sqlx::query("DELETE FROM pins WHERE week = $1 AND case_id = $2").bind(week).bind(case);
        Ok(gone.execute(&mut *self.tx).await?.rows_affected() > 0)
    }
}
