//! The files of a week folder: loading them, names that are no table, and the digest of their content.

use super::log::Log;
use super::{Files, TABLES};
use crate::week::diagnostic::{Code, Diagnostic};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// The files that were loaded, and the names of those that could not be.
pub(super) struct Folder<'a> {
    files: &'a Files,
    lost: BTreeSet<String>,
}

impl<'a> Folder<'a> {
    pub(super) fn new(files: &'a Files, lost: BTreeSet<String>) -> Self {
        Self { files, lost }
    }

    /// The content of a file.
    pub(super) fn get(&self, name: &str) -> Option<&'a Vec<u8>> {
        self.files.get(name)
    }

    /// Whether the file is there but could not be loaded.
    pub(super) fn lost(&self, name: &str) -> bool {
        self.lost.contains(name)
    }

    /// Whether the file is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.contains_key(name) || self.lost(name)
    }

    /// Reports every CSV file that is no table: a table under a wrong name would be a table left out. Other files, such
    /// as a README, are nobody's business.
    pub(super) fn unknown_tables(&self, log: &mut Log) {
        let strange = |name: &&String| has_table_name(name) && super::order(name) > TABLES.len() && *name != EVENTS;
        for name in self.files.keys().filter(strange) {
            log.add(name, || Diagnostic {
                allowed: Some(TABLES.join(", ")),
                ..Diagnostic::of_file(Code::UnknownTable, name)
            });
        }
    }

    /// SHA-256 over the files in order of name: name, NUL, bytes, NUL (section 8), in lower-case hex.
    pub(super) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (name, bytes) in self.files {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(bytes);
            hash.update([0]);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// No table of the folder, but a file of section 10 that may lie next to them.
pub(super) const EVENTS: &str = "events.csv";

/// Loads every regular file of the folder, and names those that could not be loaded.
pub(super) fn load(folder: &Path, log: &mut Log) -> (Files, BTreeSet<String>) {
    let (mut files, mut lost) = (Files::new(), BTreeSet::new());
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            unreadable(Code::FolderUnreadable, &folder.to_string_lossy(), &error, log);
            return (files, lost);
        }
    };
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        match content(&entry.path(), has_table_name(&name)) {
            Ok(None) => {}
            Ok(Some(bytes)) => {
                files.insert(name, bytes);
            }
            // What editors and file managers hide in a folder comes and goes.
            Err(_) if name.starts_with('.') => {}
            Err(error) => {
                unreadable(Code::FileUnreadable, &name, &error, log);
                lost.insert(name);
            }
        }
    }
    (files, lost)
}

/// Loads one file by its path, under a name of the folder.
pub(super) fn load_file(path: &Path, name: &str, log: &mut Log) -> Option<Vec<u8>> {
    match content(path, true) {
        Ok(bytes) => bytes,
        Err(error) => {
            unreadable(Code::FileUnreadable, name, &error, log);
            None
        }
    }
}

/// The content of a regular file. Anything else, which may have no end, is not opened; none, unless it is `wanted`.
fn content(path: &Path, wanted: bool) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path)?.file_type() {
        kind if kind.is_file() => fs::read(path).map(Some),
        _ if !wanted => Ok(None),
        kind if kind.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// Why a file or a folder cannot be read, in words that the Dutch rendering knows.
const REASONS: [(io::ErrorKind, &str); 5] = [
    (io::ErrorKind::NotFound, "not found"),
    (io::ErrorKind::NotADirectory, "not a folder"),
    (io::ErrorKind::IsADirectory, "a folder, not a file"),
    (io::ErrorKind::InvalidInput, "not an ordinary file"),
    (io::ErrorKind::PermissionDenied, "no permission"),
];

fn unreadable(code: Code, file: &str, error: &io::Error, log: &mut Log) {
    let reason = REASONS.iter().find(|(kind, _)| *kind == error.kind()).map(|(_, reason)| (*reason).to_owned());
    let value = Some(reason.unwrap_or_else(|| error.kind().to_string()));
    log.add(file, || Diagnostic { value, ..Diagnostic::of_file(code, file) });
}

fn has_table_name(name: &str) -> bool {
    let table = name.to_ascii_lowercase().ends_with(".csv") && !name.starts_with('.');
    table || name == super::toml_text::FILE
}
