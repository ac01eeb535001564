//! The log of the service: one line of JSON an entry on standard error. It holds no id of a case or a person, no account and
//! no address: those belong in the journal, which is protected.

use serde_json::{Map, Value, json};
use std::io::Write;

/// An entry.
pub(crate) fn entry(level: &str, message: &str, more: Map<String, Value>) {
    let mut line = json!({ "level": level, "message": message });
    if let Some(object) = line.as_object_mut() {
        object.extend(more);
    }
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Something that went wrong inside.
pub(crate) fn error(message: &str) {
    entry("error", message, Map::new());
}
