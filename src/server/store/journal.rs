//! The journal: every read of a case and every change, in one chain. Each line holds the hash of the one before, so that a
//! line that is altered, taken out or put in between is found.

use super::{Change, Store};
use crate::journal::link;
use crate::server::problem::Problem;
use sqlx::Row;
use sqlx::any::AnyRow;
use tokio::sync::{mpsc, oneshot};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number, from 1.
    pub seq: i64,
    /// When, UTC.
    pub at: String,
    /// Which account; empty for the service itself.
    pub who: String,
    /// What was done.
    pub action: String,
    /// To what: `week 2027-w17-1`, `case 2027-w17-1 C1`.
    pub subject: String,
    /// Why, in the words of who did it.
    pub why: String,
    /// What more there is to know.
    pub detail: String,
    /// Hash of the line before; empty for the first.
    pub previous: String,
    /// Hash of this line.
    pub hash: String,
}

impl Line {
    fn computed(&self) -> String {
        link(&self.previous, &(self.seq, &self.at, &self.who, &self.action, &self.subject, &self.why, &self.detail))
    }

    fn of(row: &AnyRow) -> Result<Self, Problem> {
        Ok(Self {
            seq: row.try_get("seq")?,
            at: row.try_get("at")?,
            who: row.try_get("who")?,
            action: row.try_get("action")?,
            subject: row.try_get("subject")?,
            why: row.try_get("why")?,
            detail: row.try_get("detail")?,
            previous: row.try_get("previous")?,
            hash: row.try_get("hash")?,
        })
    }
}

/// What verifying the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Lines that were read.
    pub lines: i64,
    /// Hash of the last good line. Kept elsewhere, it shows later that nothing was cut off the end.
    pub head: String,
    /// The first line that does not follow from the one before.
    pub broken: Option<i64>,
}

/// What is written of somebody's doing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deed<'a> {
    pub(crate) who: &'a str,
    pub(crate) action: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) why: &'a str,
    pub(crate) detail: &'a str,
}

/// The same, on its way to whoever writes it.
#[derive(Clone, Debug)]
struct Owned {
    who: String,
    action: String,
    subject: String,
    why: String,
    detail: String,
}

impl From<Deed<'_>> for Owned {
    fn from(deed: Deed<'_>) -> Self {
        let [who, action, subject, why, detail] =
            [deed.who, deed.action, deed.subject, deed.why, deed.detail].map(str::to_owned);
        Self { who, action, subject, why, detail }
    }
}

/// A note that waits to be kept.
#[derive(Debug)]
pub(super) struct Note {
    deed: Owned,
    kept: oneshot::Sender<Result<(), Problem>>,
}

/// Notes that wait at most.
pub(super) const WAITING: usize = 1024;

/// Keeps notes, as many in one transaction as wait, until nobody can send any more.
pub(super) async fn keep_notes(store: Store, mut notes: mpsc::Receiver<Note>) {
    let mut waiting = Vec::new();
    while notes.recv_many(&mut waiting, WAITING).await > 0 {
        let kept = keep_all(&store, &waiting).await;
        for note in waiting.drain(..) {
            let _ = note.kept.send(kept.clone());
        }
    }
}

async fn keep_all(store: &Store, notes: &[Note]) -> Result<(), Problem> {
    let mut change = store.change().await?;
    for Note { deed: Owned { who, action, subject, why, detail }, .. } in notes {
        change.note(Deed { who, action, subject, why, detail }).await?;
    }
    change.commit().await
}

impl Change {
    /// Adds a line.
    pub(crate) async fn note(&mut self, deed: Deed<'_>) -> Result<(), Problem> {
        // Nobody else adds a line before this change is made, or not made: what it added last is the last there is.
        let (last, previous) = match self.last.take() {
            Some(last) => last,
            None => self.last_line().await?,
        };
        let seq = last + 1;
        let mut line = Line {
            seq,
            at: self.at.clone(),
            who: deed.who.to_owned(),
            action: deed.action.to_owned(),
            subject: deed.subject.to_owned(),
            why: deed.why.to_owned(),
            detail: deed.detail.to_owned(),
            previous,
            hash: String::new(),
        };
        line.hash = line.computed();
        sqlx::query(
            "INSERT INTO journal (seq, at, who, action, subject, why, detail, previous, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(line.seq)
        .bind(line.at)
        .bind(line.who)
        .bind(line.action)
        .bind(line.subject)
        .bind(line.why)
        .bind(line.detail)
        .bind(line.previous)
        .bind(line.hash.clone())
        .execute(&mut *self.tx)
        .await?;
        self.last = Some((seq, line.hash));
        Ok(())
    }

    /// Number and hash of the last line, which stays the last while this change is under way.
    async fn last_line(&mut self) -> Result<(i64, String), Problem> {
        if self.kind == super::Kind::Postgres {
            sqlx::raw_sql("SELECT pg_advisory_xact_lock(7011)").execute(&mut *self.tx).await?;
        }
        let last = sqlx::query("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetch_optional(&mut *self.tx);
        Ok(match last.await? {
            Some(row) => (row.try_get("seq")?, row.try_get("hash")?),
            None => (0, String::new()),
        })
    }
}

/// Lines read at a time while verifying.
const STRIDE: i64 = 5000;

impl Store {
    /// Notes something that changes nothing else, such as a read; done when the line is kept. Notes of the same moment are
    /// kept in one transaction, so that many readers do not wait for each other's disk.
    pub(crate) async fn note(&self, deed: Deed<'_>) -> Result<(), Problem> {
        let (kept, wait) = oneshot::channel();
        let lost = || Problem::inside("the journal takes no notes");
        let notes = self.notes.as_ref().ok_or_else(lost)?;
        notes.send(Note { deed: deed.into(), kept }).await.map_err(|_| lost())?;
        wait.await.unwrap_or_else(|_| Err(lost()))
    }

    /// The latest lines, newest first; of one subject, or of all.
    pub(crate) async fn journal(&self, subject: &str, limit: i64) -> Result<Vec<Line>, Problem> {
        let rows = sqlx::query("SELECT * FROM journal WHERE $1 = '' OR subject = $2 ORDER BY seq DESC LIMIT $3")
            .bind(subject)
            .bind(subject)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(Line::of).collect()
    }

    /// Follows the chain from its first line to its last.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn verify(&self) -> Result<Verdict, Problem> {
        let mut verdict = Verdict { lines: 0, head: String::new(), broken: None };
        loop {
            let rows = sqlx::query("SELECT * FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2")
                .bind(verdict.lines)
                .bind(STRIDE)
                .fetch_all(&self.pool)
                .await?;
            if rows.is_empty() {
                return Ok(verdict);
            }
            for row in &rows {
                let line = Line::of(row)?;
                let follows =
                    line.seq == verdict.lines + 1 && line.previous == verdict.head && line.hash == line.computed();
                if !follows {
                    return Ok(Verdict { broken: Some(verdict.lines + 1), ..verdict });
                }
                verdict.lines = line.seq;
                verdict.head = line.hash;
            }
        }
    }
}
