//! A journal whose entries are chained by hash: each holds the hash of the one before, so that nothing in it can be changed, taken
//! out or put in without that being seen. Entries that are cut off its end are not seen, unless the last hash is kept elsewhere. No clock and no files here: whoever keeps a journal appends lines and reads them back.

use crate::lang::Lang;
use crate::plan::changes::{Changes, Happened};
use crate::units::Instant;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// SHA-256 in lower-case hex.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An entry: what it says, the hash of the entry before, and its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry<T> {
    /// Hash of the entry before; empty for the first.
    pub previous: String,
    /// What [`link`] gives.
    pub hash: String,
    /// What it says.
    pub body: T,
}

/// Where a journal is not what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The line, counted from 1.
    pub line: usize,
}

impl Broken {
    /// What is wrong and what to do.
    pub fn in_lang(&self, lang: Lang) -> String {
        let line = self.line;
        lang.pick(
            format!("the journal is broken at line {line}: it has been changed, or something before it was; restore it from a copy"),
            format!("het journaal is gebroken op regel {line}: die is veranderd, of iets ervoor; zet het terug vanaf een kopie"),
        )
    }
}

/// The hash that follows another: over it, a line feed, and the body as JSON, which keeps the parts of the body apart.
pub fn link<T: Serialize>(previous: &str, body: &T) -> String {
    let body = serde_json::to_string(body).unwrap_or_default();
    digest(format!("{previous}\n{body}").as_bytes())
}

/// The entry that comes after another, or the first.
pub fn chained<T: Serialize>(last: Option<&Entry<T>>, body: T) -> Entry<T> {
    let previous = last.map_or_else(String::new, |last| last.hash.clone());
    let hash = link(&previous, &body);
    Entry { previous, hash, body }
}

/// The entries of a journal, one a line, when each is as it was written.
///
/// # Errors
/// The first line that is not.
pub fn read<T: Serialize + DeserializeOwned>(text: &str) -> Result<Vec<Entry<T>>, Broken> {
    let mut entries: Vec<Entry<T>> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let broken = Broken { line: at + 1 };
        let entry: Entry<T> = serde_json::from_str(line).map_err(|_| broken.clone())?;
        let previous = entries.last().map_or("", |last| last.hash.as_str());
        if entry.previous != previous || entry.hash != link(previous, &entry.body) {
            return Err(broken);
        }
        entries.push(entry);
    }
    Ok(entries)
}

/// A plan that somebody has approved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// ISO week.
    pub week: String,
    /// SHA-256 of `plan.json`.
    pub plan: String,
    /// SHA-256 of what is kept beside it, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub copies: BTreeMap<String, String>,
    /// SHA-256 of the week folder that it was made from.
    pub input_digest: String,
    /// When it was made.
    pub made_at: Instant,
    /// SHA-256 of the plan that it repairs; none: it was planned anew.
    pub parent: Option<String>,
    /// What happened between the two.
    pub events: Vec<Happened>,
    /// Who approved it.
    pub approved_by: String,
    /// When.
    pub approved_at: Instant,
}

impl Approval {
    /// Every file that is kept, with its SHA-256.
    pub fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        let others = self.copies.iter().map(|(name, hash)| (name.as_str(), hash.as_str()));
        std::iter::once(("plan.json", self.plan.as_str())).chain(others)
    }
}

/// The parent of a plan in a journal, by what its changes say; none: it was planned anew.
///
/// # Errors
/// When the plan that was repaired is not in the journal.
pub fn parent(entries: &[Entry<Approval>], changes: Option<&Changes>) -> Result<Option<String>, NotThere> {
    let Some(changes) = changes else { return Ok(None) };
    let made =
        |entry: &&Entry<Approval>| entry.body.made_at == changes.earlier_made_at && entry.body.week == changes.week;
    entries.iter().rev().find(made).map(|entry| Some(entry.body.plan.clone())).ok_or(NotThere)
}

/// The plan that was repaired has not been approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotThere;
