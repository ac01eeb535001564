//! What was answered to a write that carried an idempotency key, so that the same write sent again is answered, not done,
//! again.

use super::{Change, Store};
use crate::server::problem::Problem;
use sqlx::Row;

tokio::task_local! {
    /// The key of the write that is being done, and whose it is: a change that it makes says so in its own transaction, so that
    /// what was done is known to be done also when the process ends before its answer is kept.
    pub(crate) static KEY: (String, String);
}

/// Done, and its answer is not kept (yet).
pub(crate) const DONE: u16 = 1;

/// An answer that was given; status 0 while the first write is still under way, [`DONE`] when it was done.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Of the request.
    pub(crate) digest: String,
    pub(crate) status: u16,
    /// Content type.
    pub(crate) kind: String,
    /// Where what was made is; empty when nothing was.
    pub(crate) location: String,
    pub(crate) body: String,
}

/// How long an answer is kept.
const KEPT_SECONDS: i64 = 24 * 3600;
/// A write that has not been answered for this long was lost with its process.
const LOST_SECONDS: i64 = 120;

impl Store {
    /// Claims a key; gives the answer there is when somebody was first.
    pub(crate) async fn claim_key(&self, account: &str, key: &str, digest: &str) -> Result<Option<Answer>, Problem> {
        let mut change = self.change().await?;
        sqlx::query("DELETE FROM answers WHERE made_at < $1 OR (status = 0 AND made_at < $2)")
            .bind(self.clock.stamp_in(-KEPT_SECONDS))
            .bind(self.clock.stamp_in(-LOST_SECONDS))
            .execute(&mut *change.tx)
            .await?;
        let claimed = sqlx::query(
            "INSERT INTO answers (account, key, digest, status, kind, body, made_at) VALUES ($1, $2, $3, 0, '', '', $4) \
             ON CONFLICT (account, key) DO NOTHING",
        )
        .bind(account)
        .bind(key)
        .bind(digest)
        .bind(change.at.clone())
        .execute(&mut *change.tx)
        .await?;
        if claimed.rows_affected() > 0 {
            change.commit().await?;
            return Ok(None);
        }
        let row =
            sqlx::query("SELECT digest, status, kind, location, body FROM answers WHERE account = $1 AND key = $2")
                .bind(account)
                .bind(key)
                .fetch_one(&mut *change.tx)
                .await?;
        Ok(Some(Answer {
            digest: row.try_get("digest")?,
            status: u16::try_from(row.try_get::<i64, _>("status")?).unwrap_or(0),
            kind: row.try_get("kind")?,
            location: row.try_get("location")?,
            body: row.try_get("body")?,
        }))
    }

    /// Keeps the answer to a key; an answer of status 0 gives the key free again, unless something was done under it.
    pub(crate) async fn keep_answer(&self, account: &str, key: &str, answer: &Answer) -> Result<(), Problem> {
        let mut change = self.change().await?;
        let query = if answer.status == 0 {
            sqlx::query("DELETE FROM answers WHERE account = $1 AND key = $2 AND status = 0").bind(account).bind(key)
        } else {
            sqlx::query(
                "UPDATE answers SET status = $3, kind = $4, body = $5, location = $6 WHERE account = $1 AND key = $2",
            )
            .bind(account)
            .bind(key)
            .bind(i64::from(answer.status))
            .bind(&answer.kind)
            .bind(&answer.body)
            .bind(&answer.location)
        };
        query.execute(&mut *change.tx).await?;
        change.commit().await
    }
}

impl Change {
    /// Says that the write whose key is being used is done, with the change itself.
    pub(super) async fn mark_key(&mut self) -> Result<(), Problem> {
        let Ok((account, key)) = KEY.try_with(Clone::clone) else { return Ok(()) };
        sqlx::query("UPDATE answers SET status = $3 WHERE account = $1 AND key = $2 AND status = 0")
            .bind(account)
            .bind(key)
            .bind(i64::from(DONE))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
