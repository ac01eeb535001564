//! From a week folder to a valid [`Week`], or every diagnostic at once (section 1 of the specification).

use super::Week;
use super::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::path::Path;

/// Reads a week folder. All errors of all files come back at once, in order of file and line.
pub fn read(_folder: &Path) -> Result<Week, Vec<Diagnostic>> {
    read_files(&BTreeMap::new())
}

/// Reads a week folder that is held in memory, as file name → content.
pub fn read_files(_files: &BTreeMap<String, Vec<u8>>) -> Result<Week, Vec<Diagnostic>> {
    Err(Vec::new())
}
