//! The whole store as one file of JSON lines, and back: also the way from one kind of database to the other. The first line
//! says what it is, the last how many there are, so that a file that was cut off is known as such.

use super::{Kind, Store, schema};
use crate::server::problem::Problem;
use futures_util::TryStreamExt;
use serde_json::{Map, Value, json};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};
use std::io::{BufRead, Write};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Text,
    Number,
    Decimal,
    Bytes,
}

/// A table with its columns, read off the statement that makes it.
struct Layout {
    table: String,
    columns: Vec<(String, Holds)>,
}

/// Every table, in the order in which they are made.
fn layouts() -> Vec<Layout> {
    let statements = schema::STEPS.iter().flat_map(|step| *step);
    let mut layouts: Vec<Layout> = Vec::new();
    for statement in statements {
        layouts.extend(layout(statement));
        let added = statement.strip_prefix("ALTER TABLE ").and_then(|rest| rest.split_once(" ADD COLUMN "));
        if let Some((table, text)) = added {
            let found = layouts.iter_mut().filter(|layout| layout.table == table);
            found.for_each(|layout| layout.columns.extend(column(text)));
        }
    }
    layouts
}

fn column(text: &str) -> Option<(String, Holds)> {
    let (name, kind) = text.trim().split_once(' ')?;
    let holds = match kind.split(' ').next()? {
        "TEXT" => Holds::Text,
        "BIGINT" => Holds::Number,
        "DOUBLE" => Holds::Decimal,
        "{bytes}" => Holds::Bytes,
        _ => return None,
    };
    Some((name.to_owned(), holds))
}

fn layout(statement: &str) -> Option<Layout> {
    let (name, columns) = statement.strip_prefix("CREATE TABLE ")?.split_once(" (")?;
    Some(Layout { table: name.to_owned(), columns: columns.split(", ").filter_map(column).collect() })
}

/// The first line.
const MARK: &str = "vertrek-backup-1";

impl Store {
    /// Writes everything; gives the number of rows.
    ///
    /// # Errors
    /// When the store cannot be read, or the file not written.
    pub async fn backup(&self, to: &mut (dyn Write + Send)) -> Result<u64, Problem> {
        let begin = match self.kind {
            Kind::Sqlite => "BEGIN",
            Kind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ",
        };
        let mut tx = self.pool.begin_with(begin).await?;
        let head = json!({ "backup": MARK, "steps": schema::STEPS.len(), "at": self.clock.stamp() });
        writeln!(to, "{head}").map_err(Problem::inside)?;
        let mut count = 0_u64;
        for layout in layouts() {
            let names: Vec<&str> = layout.columns.iter().map(|(name, _)| name.as_str()).collect();
            let statement = AssertSqlSafe(format!("SELECT {} FROM {}", names.join(", "), layout.table));
            let mut rows = sqlx::query(statement).fetch(&mut *tx);
            while let Some(row) = rows.try_next().await? {
                let line = json!({ "table": layout.table, "row": values(&layout, &row)? });
                writeln!(to, "{line}").map_err(Problem::inside)?;
                count += 1;
            }
        }
        writeln!(to, "{}", json!({ "rows": count })).map_err(Problem::inside)?;
        to.flush().map_err(Problem::inside)?;
        Ok(count)
    }

    /// Fills an empty store with a backup, all of it or nothing; gives the number of rows.
    ///
    /// # Errors
    /// When the store is not empty, or the file is no whole backup of this version of the program or an earlier one.
    pub async fn restore(&self, from: &mut (dyn BufRead + Send)) -> Result<u64, Problem> {
        let layouts = layouts();
        let mut change = self.change().await?;
        for layout in &layouts {
            let statement = AssertSqlSafe(format!("SELECT 1 FROM {} LIMIT 1", layout.table));
            if sqlx::query(statement).fetch_optional(&mut *change.tx).await?.is_some() {
                let (en, nl) = (
                    "the store is not empty; restore into a new one",
                    "de opslag is niet leeg; zet terug in een nieuwe",
                );
                return Err(Problem::conflict("not-empty", en, nl));
            }
        }
        let mut lines = from.lines();
        let head = line(lines.next())?.ok_or_else(cut_off)?;
        let steps = head["steps"].as_u64().unwrap_or(u64::MAX);
        if head["backup"] != MARK || steps > schema::STEPS.len() as u64 {
            let (en, nl) = (
                "this is no backup that this version of the program knows",
                "dit is geen reservekopie die deze versie kent",
            );
            return Err(Problem::conflict("no-backup", en, nl));
        }
        let mut count = 0_u64;
        while let Some(found) = line(lines.next())? {
            if let Some(rows) = found["rows"].as_u64() {
                if rows != count {
                    return Err(cut_off());
                }
                change.commit().await?;
                return Ok(count);
            }
            let layout = layouts.iter().find(|layout| found["table"] == layout.table.as_str()).ok_or_else(cut_off)?;
            insert(&mut change, layout, &found["row"]).await?;
            count += 1;
        }
        Err(cut_off())
    }
}

fn cut_off() -> Problem {
    Problem::conflict(
        "cut-off",
        "the backup is not whole; nothing was restored",
        "de reservekopie is niet heel; er is niets teruggezet",
    )
}

fn line(read: Option<std::io::Result<String>>) -> Result<Option<Value>, Problem> {
    let Some(read) = read else { return Ok(None) };
    let text = read.map_err(|_| cut_off())?;
    serde_json::from_str(&text).map(Some).map_err(|_| cut_off())
}

fn values(layout: &Layout, row: &AnyRow) -> Result<Map<String, Value>, Problem> {
    let mut values = Map::new();
    for (name, holds) in &layout.columns {
        let name = name.as_str();
        let value = match holds {
            Holds::Text => json!(row.try_get::<String, _>(name)?),
            Holds::Number => json!(row.try_get::<i64, _>(name)?),
            Holds::Decimal => json!(row.try_get::<Option<f64>, _>(name)?),
            Holds::Bytes => json!(crate::server::secrets::hex(&row.try_get::<Vec<u8>, _>(name)?)),
        };
        values.insert(name.to_owned(), value);
    }
    Ok(values)
}

async fn insert(change: &mut super::Change, layout: &Layout, row: &Value) -> Result<(), Problem> {
    // A backup of an earlier version lacks columns that were added since; the database refuses what may not be lacking.
    let columns: Vec<_> = layout.columns.iter().filter(|(name, _)| row.get(name.as_str()).is_some()).collect();
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let places: Vec<String> = (1..=names.len()).map(|at| format!("${at}")).collect();
    let statement = format!("INSERT INTO {} ({}) VALUES ({})", layout.table, names.join(", "), places.join(", "));
    // Prepared anew each time, for the sake of numbers that are NULL (see the sign of life of a run).
    let mut query = sqlx::query(AssertSqlSafe(statement)).persistent(false);
    for (name, holds) in columns {
        let value = &row[name.as_str()];
        query = match holds {
            Holds::Text => query.bind(value.as_str().ok_or_else(cut_off)?.to_owned()),
            Holds::Number => query.bind(value.as_i64().ok_or_else(cut_off)?),
            Holds::Decimal => query.bind(value.as_f64()),
            Holds::Bytes => query.bind(value.as_str().and_then(crate::server::secrets::unhex).ok_or_else(cut_off)?),
        };
    }
    query.execute(&mut *change.tx).await?;
    Ok(())
}
