//! Webhooks and what is to be delivered to them: written in the transaction of the change that they tell, so that nothing that
//! happened goes untold, and taken from here by whoever delivers.

use super::journal::Deed;
use super::{Change, Kind, Store};
use crate::server::problem::Problem;
use crate::server::secrets::token;
use serde_json::json;
use sqlx::Row;
use sqlx::any::AnyRow;

/// Where changes are told.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) id: String,
    pub(crate) url: String,
    /// What deliveries are signed with.
    pub(crate) secret: String,
    pub(crate) made_at: String,
    pub(crate) made_by: String,
}

/// One thing to tell one webhook.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) id: String,
    pub(crate) hook: String,
    pub(crate) body: String,
    /// `waiting`, `delivered` or `failed`.
    pub(crate) state: String,
    pub(crate) attempts: i64,
    pub(crate) next_at: String,
    /// What came of the last attempt.
    pub(crate) said: String,
    pub(crate) made_at: String,
}

fn webhook(row: &AnyRow) -> Result<Webhook, Problem> {
    Ok(Webhook {
        id: row.try_get("id")?,
        url: row.try_get("url")?,
        secret: row.try_get("secret")?,
        made_at: row.try_get("made_at")?,
        made_by: row.try_get("made_by")?,
    })
}

fn delivery(row: &AnyRow) -> Result<Delivery, Problem> {
    Ok(Delivery {
        id: row.try_get("id")?,
        hook: row.try_get("hook")?,
        body: row.try_get("body")?,
        state: row.try_get("state")?,
        attempts: row.try_get("attempts")?,
        next_at: row.try_get("next_at")?,
        said: row.try_get("said")?,
        made_at: row.try_get("made_at")?,
    })
}

/// Seconds that a delivery stays with who took it.
const LEASE_SECONDS: i64 = 60;
/// Days that deliveries which are over stay to be looked at.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;

impl Store {
    /// Every webhook.
    pub(crate) async fn webhooks(&self) -> Result<Vec<Webhook>, Problem> {
        let rows = sqlx::query("SELECT * FROM webhooks ORDER BY made_at, id").fetch_all(&self.pool).await?;
        rows.iter().map(webhook).collect()
    }

    pub(crate) async fn webhook(&self, id: &str) -> Result<Webhook, Problem> {
        let row = sqlx::query("SELECT * FROM webhooks WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        let none = || Problem::not_found("such webhook", "zo'n webhook");
        row.as_ref().map(webhook).transpose()?.ok_or_else(none)
    }

    /// The latest deliveries of a webhook, the latest first.
    pub(crate) async fn deliveries(&self, hook: &str, limit: i64) -> Result<Vec<Delivery>, Problem> {
        let rows = sqlx::query("SELECT * FROM deliveries WHERE hook = $1 ORDER BY made_at DESC, id LIMIT $2");
        rows.bind(hook).bind(limit).fetch_all(&self.pool).await?.iter().map(delivery).collect()
    }

    /// Takes the delivery that has waited longest; it waits again when whoever took it is lost.
    pub(crate) async fn take_delivery(&self) -> Result<Option<Delivery>, Problem> {
        let mut change = self.change().await?;
        let statement = match self.kind {
            Kind::Sqlite => {
                "SELECT * FROM deliveries WHERE state = 'waiting' AND next_at <= $1 ORDER BY next_at, id LIMIT 1"
            }
            Kind::Postgres => {
                "SELECT * FROM deliveries WHERE state = 'waiting' AND next_at <= $1 ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"
            }
        };
        let row = sqlx::query(statement).bind(change.at.clone()).fetch_optional(&mut *change.tx).await?;
        let Some(row) = row else { return Ok(None) };
        let mut taken = delivery(&row)?;
        taken.attempts += 1;
        sqlx::query("UPDATE deliveries SET attempts = $1, next_at = $2 WHERE id = $3")
            .bind(taken.attempts)
            .bind(self.clock.stamp_in(LEASE_SECONDS))
            .bind(&taken.id)
            .execute(&mut *change.tx)
            .await?;
        change.commit().await?;
        Ok(Some(taken))
    }

    /// Says what came of an attempt: over, or to be tried again in so many seconds.
    pub(crate) async fn settle_delivery(
        &self,
        taken: &Delivery,
        state: &str,
        said: &str,
        again_in: i64,
    ) -> Result<(), Problem> {
        let mut change = self.change().await?;
        sqlx::query("UPDATE deliveries SET state = $1, said = $2, next_at = $3 WHERE id = $4 AND attempts = $5")
            .bind(state)
            .bind(said)
            .bind(self.clock.stamp_in(again_in))
            .bind(&taken.id)
            .bind(taken.attempts)
            .execute(&mut *change.tx)
            .await?;
        sqlx::query("DELETE FROM deliveries WHERE state <> 'waiting' AND made_at < $1")
            .bind(self.clock.stamp_in(-KEPT_SECONDS))
            .execute(&mut *change.tx)
            .await?;
        change.commit().await
    }
}

impl Change {
    pub(crate) async fn keep_webhook(&mut self, id: &str, url: &str, secret: &str, by: &str) -> Result<(), Problem> {
        sqlx::query("INSERT INTO webhooks (id, url, secret, made_at, made_by) VALUES ($1, $2, $3, $4, $5)")
            .bind(id)
            .bind(url)
            .bind(secret)
            .bind(self.at.clone())
            .bind(by)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Removes a webhook with its deliveries; false when there is none.
    pub(crate) async fn drop_webhook(&mut self, id: &str) -> Result<bool, Problem> {
        sqlx::query("DELETE FROM deliveries WHERE hook = $1").bind(id).execute(&mut *self.tx).await?;
        let gone = sqlx::query("DELETE FROM webhooks WHERE id = $1").bind(id).execute(&mut *self.tx).await?;
        Ok(gone.rows_affected() > 0)
    }

    /// Adds a line to the journal about a week, and tells every webhook what was done to which week, no more.
    pub(crate) async fn tell(&mut self, week: &str, deed: Deed<'_>) -> Result<(), Problem> {
        self.note(deed).await?;
        let hooks = sqlx::query("SELECT id FROM webhooks").fetch_all(&mut *self.tx).await?;
        for hook in &hooks {
            let (id, hook) = (token()?[..32].to_owned(), hook.try_get::<String, _>("id")?);
            let event = deed.action.replace(' ', "-");
            let body = json!({ "id": id, "event": event, "week": week, "at": self.at }).to_string();
            sqlx::query(
                "INSERT INTO deliveries (id, hook, body, state, attempts, next_at, said, made_at) \
                 VALUES ($1, $2, $3, 'waiting', 0, $4, '', $5)",
            )
            .bind(id)
            .bind(hook)
            .bind(body)
            .bind(self.at.clone())
            .bind(self.at.clone())
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }
}
