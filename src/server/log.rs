//! The log of the service: one line of JSON an entry on standard error. It holds no id of a case or a person, no account and
//! no address: those belong in the journal, which is protected.

use serde_json::json;
use std::io::Write;

/// Something that went wrong inside.
pub(crate) fn error(message: &str) {
    let line = json!({ "level": "error", "message": message });
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
