//! Letting go of what need not be kept any longer: whole weeks, with everything of them but the lines of the journal, which
//! say who did what and hold no more of a case than its pseudonym.

use super::Store;
use super::journal::Deed;
use crate::server::problem::Problem;
use crate::week::read::is_iso_week;
use sqlx::Row;

impl Store {
    /// Removes every week before an ISO week, and files that no other week has; gives the weeks that went.
    ///
    /// # Errors
    /// When `before` is no ISO week such as `2022-W01`, or the store does not answer.
    pub async fn purge(&self, before: &str, why: &str) -> Result<Vec<String>, Problem> {
        if !is_iso_week(before) {
            let (en, nl) =
                (format!("'{before}' is no week such as 2022-W01"), format!("'{before}' is geen week zoals 2022-W01"));
            return Err(Problem::field("before", en, nl));
        }
        let mut change = self.change().await?;
        let rows = sqlx::query("SELECT id FROM weeks WHERE week < $1 ORDER BY id").bind(before);
        let rows = rows.fetch_all(&mut *change.tx).await?;
        let weeks = rows.iter().map(|row| row.try_get("id")).collect::<Result<Vec<String>, _>>()?;
        for week in &weeks {
            for statement in [
                "DELETE FROM runs WHERE week = $1",
                "DELETE FROM notices WHERE week = $1",
                "DELETE FROM pins WHERE week = $1",
                "DELETE FROM figures WHERE week = $1",
                "DELETE FROM publications WHERE week = $1",
                "DELETE FROM plans WHERE week = $1",
                "DELETE FROM folder_files WHERE week = $1",
                "DELETE FROM folders WHERE week = $1",
                "DELETE FROM weeks WHERE id = $1",
            ] {
                sqlx::query(statement).bind(week).execute(&mut *change.tx).await?;
            }
            let subject = format!("week {week}");
            change.note(Deed { who: "", action: "purge", subject: &subject, why, detail: before }).await?;
        }
        sqlx::query(
            "DELETE FROM blobs WHERE digest NOT IN (SELECT digest FROM folder_files) AND digest NOT IN (SELECT body FROM plans) \
             AND digest NOT IN (SELECT changes FROM plans)",
        )
        .execute(&mut *change.tx)
        .await?;
        // Answers that were kept for writes sent again may hold a part of a week.
        sqlx::query("DELETE FROM answers WHERE status <> 0").execute(&mut *change.tx).await?;
        change.commit().await?;
        Ok(weeks)
    }
}
