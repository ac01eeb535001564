//! Weeks, where each is in its life, and the versions of its folder.

use super::{Change, Store};
use crate::server::problem::{Problem, text};
use crate::week::read::Files;
use axum::http::StatusCode;
use sqlx::Row;
use sqlx::any::AnyRow;

/// Where a week is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Draft,
    Proposed,
    Approved,
    Published,
}

impl State {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Published => "published",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "proposed" => Self::Proposed,
            "approved" => Self::Approved,
            "published" => Self::Published,
            _ => Self::Draft,
        }
    }
}

/// A week.
#[derive(Clone, Debug)]
pub(crate) struct WeekRow {
    pub(crate) id: String,
    /// ISO week.
    pub(crate) week: String,
    /// State of its present plan.
    pub(crate) state: State,
    /// Goes up with every change.
    pub(crate) version: i64,
    /// Present version of its folder.
    pub(crate) folder: i64,
    /// Present plan; 0: none yet.
    pub(crate) plan: i64,
    /// The plan that is published; 0: none yet.
    pub(crate) published: i64,
    /// How often one was published.
    pub(crate) publication: i64,
    /// Who made the present plan or folder what it is.
    pub(crate) editor: String,
    pub(crate) edited_at: String,
    pub(crate) approver: String,
    pub(crate) approved_at: String,
}

fn week(row: &AnyRow) -> Result<WeekRow, Problem> {
    Ok(WeekRow {
        id: row.try_get("id")?,
        week: row.try_get("week")?,
        state: State::from_word(&row.try_get::<String, _>("state")?),
        version: row.try_get("version")?,
        folder: row.try_get("folder")?,
        plan: row.try_get("plan")?,
        published: row.try_get("published")?,
        publication: row.try_get("publication")?,
        editor: row.try_get("editor")?,
        edited_at: row.try_get("edited_at")?,
        approver: row.try_get("approver")?,
        approved_at: row.try_get("approved_at")?,
    })
}

fn no_week() -> Problem {
    Problem::not_found("such week", "zo'n week")
}

/// A version of a folder.
#[derive(Clone, Debug)]
pub(crate) struct FolderRow {
    pub(crate) folder: i64,
    pub(crate) digest: String,
    pub(crate) made_at: String,
    pub(crate) made_by: String,
    pub(crate) why: String,
}

impl Store {
    /// Every week, the latest first.
    pub(crate) async fn weeks(&self) -> Result<Vec<WeekRow>, Problem> {
        let rows = sqlx::query("SELECT * FROM weeks ORDER BY week DESC, id DESC").fetch_all(&self.pool).await?;
        rows.iter().map(week).collect()
    }

    pub(crate) async fn week(&self, id: &str) -> Result<WeekRow, Problem> {
        let row = sqlx::query("SELECT * FROM weeks WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        row.as_ref().map(week).transpose()?.ok_or_else(no_week)
    }

    /// The versions of a week's folder, the latest first.
    pub(crate) async fn folders(&self, id: &str) -> Result<Vec<FolderRow>, Problem> {
        let rows = sqlx::query("SELECT * FROM folders WHERE week = $1 ORDER BY folder DESC").bind(id);
        let folder = |row: &AnyRow| {
            Ok(FolderRow {
                folder: row.try_get("folder")?,
                digest: row.try_get("digest")?,
                made_at: row.try_get("made_at")?,
                made_by: row.try_get("made_by")?,
                why: row.try_get("why")?,
            })
        };
        rows.fetch_all(&self.pool).await?.iter().map(folder).collect()
    }

    /// The files of a version of a folder.
    pub(crate) async fn files(&self, id: &str, folder: i64) -> Result<Files, Problem> {
        let rows = sqlx::query(
            "SELECT f.name, b.bytes FROM folder_files f JOIN blobs b ON b.digest = f.digest WHERE f.week = $1 AND f.folder = $2",
        )
        .bind(id)
        .bind(folder)
        .fetch_all(&self.pool)
        .await?;
        let file = |row: &AnyRow| Ok((row.try_get("name")?, row.try_get("bytes")?));
        rows.iter().map(file).collect()
    }
}

impl Change {
    /// Takes in a new week; gives its id.
    pub(crate) async fn make_week(&mut self, by: &str, iso: &str) -> Result<String, Problem> {
        if self.kind == super::Kind::Postgres {
            sqlx::raw_sql("LOCK TABLE weeks IN SHARE ROW EXCLUSIVE MODE").execute(&mut *self.tx).await?;
        }
        let taken = sqlx::query("SELECT id FROM weeks WHERE week = $1").bind(iso).fetch_all(&mut *self.tx).await?;
        let id = format!("{}-{}", iso.to_lowercase(), taken.len() + 1);
        sqlx::query(
            "INSERT INTO weeks (id, week, state, version, folder, plan, published, publication, editor, edited_at, approver, \
             approved_at, made_at) VALUES ($1, $2, 'draft', 1, 0, 0, 0, 0, $3, $4, '', '', $5)",
        )
        .bind(&id)
        .bind(iso)
        .bind(by)
        .bind(self.at.clone())
        .bind(self.at.clone())
        .execute(&mut *self.tx)
        .await?;
        Ok(id)
    }

    /// Adds a version to the folder of a week; gives its number.
    pub(crate) async fn keep_folder(
        &mut self,
        id: &str,
        by: &str,
        why: &str,
        digest: &str,
        files: &Files,
    ) -> Result<i64, Problem> {
        let last = sqlx::query("SELECT folder FROM folders WHERE week = $1 ORDER BY folder DESC LIMIT 1").bind(id);
        let last: Option<i64> =
            last.fetch_optional(&mut *self.tx).await?.map(|row| row.try_get("folder")).transpose()?;
        let folder = last.unwrap_or(0) + 1;
        sqlx::query(
            "INSERT INTO folders (week, folder, digest, made_at, made_by, why) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(folder)
        .bind(digest)
        .bind(self.at.clone())
        .bind(by)
        .bind(why)
        .execute(&mut *self.tx)
        .await?;
        for (name, bytes) in files {
            let digest = self.keep(bytes).await?;
            sqlx::query("INSERT INTO folder_files (week, folder, name, digest) VALUES ($1, $2, $3, $4)")
                .bind(id)
                .bind(folder)
                .bind(name)
                .bind(digest)
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(folder)
    }

    /// A week, locked until the change is made.
    pub(crate) async fn week(&mut self, id: &str) -> Result<WeekRow, Problem> {
        let row = self.locked("SELECT * FROM weeks WHERE id = $1", id).await?;
        row.as_ref().map(week).transpose()?.ok_or_else(no_week)
    }

    /// A week that is still at the version which the caller saw.
    pub(crate) async fn week_at(&mut self, id: &str, version: i64) -> Result<WeekRow, Problem> {
        let row = self.week(id).await?;
        if row.version == version {
            return Ok(row);
        }
        let what = text(
            format!("{} changed the week in between; look at version {} and decide again", row.editor, row.version),
            format!("{} heeft de week intussen gewijzigd; bekijk versie {} en beslis opnieuw", row.editor, row.version),
        );
        let problem = Problem::new(StatusCode::CONFLICT, "newer-version", what.en, what.nl);
        Err(Problem { newer: Some(row.version), ..problem })
    }

    /// Writes a week back, one version up.
    pub(crate) async fn save_week(&mut self, row: &WeekRow) -> Result<(), Problem> {
        sqlx::query(
            "UPDATE weeks SET state = $1, version = $2, folder = $3, plan = $4, published = $5, publication = $6, editor = $7, \
             edited_at = $8, approver = $9, approved_at = $10 WHERE id = $11",
        )
        .bind(row.state.word())
        .bind(row.version + 1)
        .bind(row.folder)
        .bind(row.plan)
        .bind(row.published)
        .bind(row.publication)
        .bind(&row.editor)
        .bind(&row.edited_at)
        .bind(&row.approver)
        .bind(&row.approved_at)
        .bind(&row.id)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
