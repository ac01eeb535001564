//! Accounts and the sessions of who is logged in.

use super::journal::Deed;
use super::{Change, Store};
use crate::server::problem::Problem;
use crate::server::roles::{Role, roles};
use sqlx::Row;
use sqlx::any::AnyRow;

/// An account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) roles: Vec<Role>,
    /// What is kept of its password.
    pub(crate) secret: String,
    pub(crate) closed: bool,
    pub(crate) made_at: String,
}

impl Account {
    /// What stands for the account as it is, so that who changes it can say what they saw.
    pub(crate) fn version(&self) -> String {
        let roles = words(&self.roles);
        let whole = format!("{} {roles} {} {}", self.name, self.closed, self.secret);
        crate::journal::digest(whole.as_bytes())[..16].to_owned()
    }
}

fn words(roles: &[Role]) -> String {
    roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(" ")
}

fn account(row: &AnyRow) -> Result<Account, Problem> {
    Ok(Account {
        name: row.try_get("name")?,
        roles: roles(&row.try_get::<String, _>("roles")?),
        secret: row.try_get("secret")?,
        closed: row.try_get::<i64, _>("closed")? != 0,
        made_at: row.try_get("made_at")?,
    })
}

/// A session as stored.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) account: Account,
    pub(crate) made_at: String,
    pub(crate) seen_at: String,
}

impl Store {
    pub(crate) async fn account(&self, name: &str) -> Result<Option<Account>, Problem> {
        let row = sqlx::query("SELECT * FROM accounts WHERE name = $1").bind(name).fetch_optional(&self.pool).await?;
        row.as_ref().map(account).transpose()
    }

    pub(crate) async fn accounts(&self) -> Result<Vec<Account>, Problem> {
        let rows = sqlx::query("SELECT * FROM accounts ORDER BY name").fetch_all(&self.pool).await?;
        rows.iter().map(account).collect()
    }

    /// Who an account is to an identity provider; empty: nobody.
    pub(crate) async fn subject(&self, name: &str) -> Result<String, Problem> {
        let row = sqlx::query("SELECT subject FROM accounts WHERE name = $1").bind(name).fetch_optional(&self.pool);
        Ok(row.await?.map(|row| row.try_get("subject")).transpose()?.unwrap_or_default())
    }

    /// The session of a token, whether it still counts or not.
    pub(crate) async fn session(&self, kept: &str) -> Result<Option<Session>, Problem> {
        let row = sqlx::query(
            "SELECT a.name, a.roles, a.secret, a.closed, a.made_at, s.made_at AS since, s.seen_at \
             FROM sessions s JOIN accounts a ON a.name = s.account WHERE s.token = $1",
        )
        .bind(kept)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Session { account: account(&row)?, made_at: row.try_get("since")?, seen_at: row.try_get("seen_at")? }))
    }

    /// Remembers that a session was used.
    pub(crate) async fn seen(&self, kept: &str) -> Result<(), Problem> {
        let mut change = self.change().await?;
        sqlx::query("UPDATE sessions SET seen_at = $1 WHERE token = $2")
            .bind(change.at.clone())
            .bind(kept)
            .execute(&mut *change.tx)
            .await?;
        change.commit().await
    }
}

impl Change {
    /// Whether there is any account at all.
    pub(crate) async fn has_accounts(&mut self) -> Result<bool, Problem> {
        Ok(sqlx::query("SELECT name FROM accounts LIMIT 1").fetch_optional(&mut *self.tx).await?.is_some())
    }

    /// Makes an account; false when the name is taken.
    pub(crate) async fn make_account(
        &mut self,
        by: &str,
        name: &str,
        roles: &[Role],
        secret: &str,
    ) -> Result<bool, Problem> {
        let words = words(roles);
        let made = sqlx::query(
            "INSERT INTO accounts (name, roles, secret, closed, made_at) VALUES ($1, $2, $3, 0, $4) ON CONFLICT (name) DO NOTHING",
        )
        .bind(name)
        .bind(&words)
        .bind(secret)
        .bind(self.at.clone())
        .execute(&mut *self.tx)
        .await?;
        if made.rows_affected() == 0 {
            return Ok(false);
        }
        let subject = format!("account {name}");
        self.note(Deed { who: by, action: "make account", subject: &subject, why: "", detail: &words }).await?;
        Ok(true)
    }

    /// An account, locked until the change is made.
    pub(crate) async fn account(&mut self, name: &str) -> Result<Option<Account>, Problem> {
        self.locked("SELECT * FROM accounts WHERE name = $1", name).await?.as_ref().map(account).transpose()
    }

    /// Writes an account back: roles, password, whether it is closed; ends its sessions.
    pub(crate) async fn change_account(&mut self, by: &str, account: &Account, why: &str) -> Result<(), Problem> {
        let words = words(&account.roles);
        sqlx::query("UPDATE accounts SET roles = $1, secret = $2, closed = $3 WHERE name = $4")
            .bind(&words)
            .bind(&account.secret)
            .bind(i64::from(account.closed))
            .bind(&account.name)
            .execute(&mut *self.tx)
            .await?;
        sqlx::query("DELETE FROM sessions WHERE account = $1").bind(&account.name).execute(&mut *self.tx).await?;
        let subject = format!("account {}", account.name);
        let detail = if account.closed { format!("{words} closed") } else { words };
        self.note(Deed { who: by, action: "change account", subject: &subject, why, detail: &detail }).await
    }

    /// The account of somebody as an identity provider knows them, locked until the change is made.
    pub(crate) async fn account_of(&mut self, subject: &str) -> Result<Option<Account>, Problem> {
        self.locked("SELECT * FROM accounts WHERE subject = $1", subject).await?.as_ref().map(account).transpose()
    }

    /// Says who an account is to an identity provider.
    pub(crate) async fn set_subject(&mut self, name: &str, subject: &str) -> Result<(), Problem> {
        let set = sqlx::query("UPDATE accounts SET subject = $1 WHERE name = $2").bind(subject).bind(name);
        set.execute(&mut *self.tx).await?;
        Ok(())
    }

    pub(crate) async fn open_session(&mut self, kept: &str, account: &str) -> Result<(), Problem> {
        sqlx::query("INSERT INTO sessions (token, account, made_at, seen_at) VALUES ($1, $2, $3, $4)")
            .bind(kept)
            .bind(account)
            .bind(self.at.clone())
            .bind(self.at.clone())
            .execute(&mut *self.tx)
            .await?;
        let subject = format!("account {account}");
        self.note(Deed { who: account, action: "log in", subject: &subject, why: "", detail: "" }).await
    }

    pub(crate) async fn close_session(&mut self, kept: &str, account: &str) -> Result<(), Problem> {
        sqlx::query("DELETE FROM sessions WHERE token = $1").bind(kept).execute(&mut *self.tx).await?;
        let subject = format!("account {account}");
        self.note(Deed { who: account, action: "log out", subject: &subject, why: "", detail: "" }).await
    }

    /// Forgets the sessions that were last used before a moment.
    pub(crate) async fn drop_sessions(&mut self, before: &str) -> Result<(), Problem> {
        sqlx::query("DELETE FROM sessions WHERE seen_at < $1").bind(before).execute(&mut *self.tx).await?;
        Ok(())
    }
}
