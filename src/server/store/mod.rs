//! What the service keeps: SQLite beside the program, or PostgreSQL for an organisation, with the same statements. Every
//! change is one transaction, its line in the journal with it: what was acknowledged is there, whole.

pub(crate) mod accounts;
pub(crate) mod answers;
mod backup;
pub(crate) mod besides;
pub(crate) mod figures;
pub mod journal;
pub(crate) mod logins;
pub(crate) mod notices;
pub(crate) mod pins;
pub(crate) mod plans;
mod retention;
pub(crate) mod runs;
mod schema;
pub(crate) mod webhooks;
pub(crate) mod weeks;

use super::clock::Clock;
use super::problem::Problem;
use sqlx::any::{Any, AnyPoolOptions, AnyRow, install_default_drivers};
use sqlx::{AnyPool, AssertSqlSafe, Connection, Row, Transaction};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard, mpsc};

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// The store.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    kind: Kind,
    clock: Clock,
    turn: Arc<Mutex<()>>,
    notes: Option<mpsc::Sender<journal::Note>>,
}

/// A change under way; nothing of it is there until [`Change::commit`].
#[derive(Debug)]
pub(crate) struct Change {
    tx: Transaction<'static, Any>,
    kind: Kind,
    at: String,
    /// The last line of the journal, once this change has added one.
    last: Option<(i64, String)>,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Store {
    /// Opens the store at a URL (`sqlite:PATH` or `postgres://...`), and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be reached, or was written by a later version of the program.
    pub async fn open(url: &str, clock: Clock) -> Result<Self, Problem> {
        install_default_drivers();
        let kind = if url.starts_with("postgres") { Kind::Postgres } else { Kind::Sqlite };
        let url = if kind == Kind::Sqlite && !url.contains('?') { format!("{url}?mode=rwc") } else { url.to_owned() };
        let connect = AnyPoolOptions::new().max_connections(8).acquire_timeout(Duration::from_secs(15)).after_connect(
            move |connection, _| {
                Box::pin(async move {
                    if kind == Kind::Sqlite {
                        // WAL: readers never wait for the writer. FULL: what was acknowledged survives a power cut. What is
                        // deleted is overwritten.
                        for pragma in
                            ["journal_mode = WAL", "synchronous = FULL", "busy_timeout = 15000", "secure_delete = ON"]
                        {
                            let statement = AssertSqlSafe(format!("PRAGMA {pragma}"));
                            sqlx::raw_sql(statement).execute(&mut *connection).await?;
                        }
                    }
                    Ok(())
                })
            },
        );
        // A file does not go away as a server may: only a connection to one is asked first whether it is there.
        let connect = connect.test_before_acquire(kind == Kind::Postgres);
        // A disk that fills up ends a transaction by itself, and the driver goes on counting it: such a connection is closed.
        let connect =
            connect.before_acquire(|connection, _| Box::pin(std::future::ready(Ok(!connection.is_in_transaction()))));
        let pool = connect.connect(&url).await?;
        let store = Self { pool, kind, clock, turn: Arc::new(Mutex::new(())), notes: None };
        store.migrate().await?;
        let (notes, wait) = mpsc::channel(journal::WAITING);
        tokio::spawn(journal::keep_notes(store.clone(), wait));
        Ok(Self { notes: Some(notes), ..store })
    }

    /// Which database it is in.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether the store answers.
    pub(crate) async fn answers(&self) -> bool {
        sqlx::query("SELECT 1").fetch_one(&self.pool).await.is_ok()
    }

    async fn migrate(&self) -> Result<(), Problem> {
        let mut change = self.change().await?;
        if self.kind == Kind::Postgres {
            sqlx::raw_sql("SELECT pg_advisory_xact_lock(7010)").execute(&mut *change.tx).await?;
        }
        sqlx::query("CREATE TABLE IF NOT EXISTS steps (step BIGINT PRIMARY KEY)").execute(&mut *change.tx).await?;
        let done = sqlx::query("SELECT step FROM steps ORDER BY step").fetch_all(&mut *change.tx).await?.len();
        if done > schema::STEPS.len() {
            return Err(Problem::inside("the store was written by a later version of the program"));
        }
        let bytes = if self.kind == Kind::Postgres { "BYTEA" } else { "BLOB" };
        for (at, step) in schema::STEPS.iter().enumerate().skip(done) {
            for statement in *step {
                let statement = AssertSqlSafe(statement.replace("{bytes}", bytes));
                sqlx::raw_sql(statement).execute(&mut *change.tx).await?;
            }
            let at = i64::try_from(at).unwrap_or(i64::MAX);
            sqlx::query("INSERT INTO steps (step) VALUES ($1)").bind(at).execute(&mut *change.tx).await?;
        }
        change.commit().await
    }

    /// Begins a change. On SQLite one at a time: writers wait here in line, not in the database.
    pub(crate) async fn change(&self) -> Result<Change, Problem> {
        let (turn, begin) = match self.kind {
            Kind::Sqlite => (Some(Arc::clone(&self.turn).lock_owned().await), "BEGIN IMMEDIATE"),
            Kind::Postgres => (None, "BEGIN"),
        };
        let tx = self.pool.begin_with(begin).await?;
        Ok(Change { tx, kind: self.kind, at: self.clock.stamp(), last: None, _turn: turn })
    }

    /// A setting.
    pub(crate) async fn setting(&self, name: &str) -> Result<Option<String>, Problem> {
        let row =
            sqlx::query("SELECT value FROM settings WHERE name = $1").bind(name).fetch_optional(&self.pool).await?;
        Ok(row.map(|row| row.try_get("value")).transpose()?)
    }

    /// Whether who edited last may not approve; on unless switched off.
    pub(crate) async fn four_eyes(&self) -> Result<bool, Problem> {
        Ok(self.setting("four-eyes").await?.as_deref() != Some("off"))
    }
}

impl Change {
    /// When the change is made, as stored.
    pub(crate) fn at(&self) -> &str {
        &self.at
    }

    /// Makes it so.
    pub(crate) async fn commit(mut self) -> Result<(), Problem> {
        self.mark_key().await?;
        self.tx.commit().await?;
        Ok(())
    }

    /// A row that is read for a change, locked where the database does not lock the whole of itself.
    async fn locked(&mut self, select: &'static str, key: &str) -> Result<Option<AnyRow>, Problem> {
        let lock = if self.kind == Kind::Postgres { " FOR UPDATE" } else { "" };
        let statement = AssertSqlSafe(format!("{select}{lock}"));
        Ok(sqlx::query(statement).bind(key.to_owned()).fetch_optional(&mut *self.tx).await?)
    }

    /// Keeps bytes under their digest.
    pub(crate) async fn keep(&mut self, bytes: &[u8]) -> Result<String, Problem> {
        let digest = crate::journal::digest(bytes);
        sqlx::query("INSERT INTO blobs (digest, bytes) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING")
            .bind(&digest)
            .bind(bytes.to_vec())
            .execute(&mut *self.tx)
            .await?;
        Ok(digest)
    }

    /// Sets a setting.
    pub(crate) async fn set(&mut self, name: &str, value: &str) -> Result<(), Problem> {
        sqlx::query(
            "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}

impl Store {
    /// Bytes by their digest.
    pub(crate) async fn bytes(&self, digest: &str) -> Result<Vec<u8>, Problem> {
        let row = sqlx::query("SELECT bytes FROM blobs WHERE digest = $1").bind(digest).fetch_one(&self.pool).await?;
        Ok(row.try_get("bytes")?)
    }
}
