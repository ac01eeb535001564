//! Logins that are under way at the identity provider.

use super::{Change, Store};
use crate::server::problem::Problem;
use sqlx::Row;

/// A login that was begun.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    /// Where to go afterwards.
    pub(crate) next: String,
}

/// How long one may take.
const SECONDS: i64 = 600;
/// Under way at most.
const MOST: i64 = 5000;

impl Store {
    /// Keeps a login by what is kept of its state; false when too many are under way.
    pub(crate) async fn begin_login(&self, state: &str, login: &Login) -> Result<bool, Problem> {
        let mut change = self.change().await?;
        sqlx::query("DELETE FROM logins WHERE made_at < $1")
            .bind(self.clock.stamp_in(-SECONDS))
            .execute(&mut *change.tx)
            .await?;
        let count = sqlx::query("SELECT COUNT(*) AS n FROM logins").fetch_one(&mut *change.tx).await?;
        if count.try_get::<i64, _>("n")? >= MOST {
            return Ok(false);
        }
        sqlx::query("INSERT INTO logins (state, nonce, verifier, next, made_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(state)
            .bind(&login.nonce)
            .bind(&login.verifier)
            .bind(&login.next)
            .bind(change.at.clone())
            .execute(&mut *change.tx)
            .await?;
        change.commit().await?;
        Ok(true)
    }
}

impl Change {
    /// Takes a login that is not too old: it can be finished once.
    pub(crate) async fn take_login(&mut self, state: &str, oldest: &str) -> Result<Option<Login>, Problem> {
        let row =
            sqlx::query("SELECT * FROM logins WHERE state = $1").bind(state).fetch_optional(&mut *self.tx).await?;
        let gone = sqlx::query("DELETE FROM logins WHERE state = $1").bind(state).execute(&mut *self.tx).await?;
        let Some(row) = row.filter(|_| gone.rows_affected() > 0) else { return Ok(None) };
        let young = row.try_get::<String, _>("made_at")?.as_str() >= oldest;
        let login =
            Login { nonce: row.try_get("nonce")?, verifier: row.try_get("verifier")?, next: row.try_get("next")? };
        Ok(young.then_some(login))
    }
}

impl Login {
    /// Logins that were begun before so many seconds ago are too old.
    pub(crate) const SECONDS: i64 = SECONDS;
}
