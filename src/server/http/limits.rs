//! How often somebody may try to log in: by name, so that one account cannot be guessed at, and all together, so that many
//! cannot either. Counted by the service's clock.

use std::collections::BTreeMap;
use std::sync::Mutex;

/// Failures of one name within the window before it has to wait.
const BY_NAME: u32 = 5;
/// Failures of all names together.
const TOGETHER: u32 = 100;
/// Seconds.
const WINDOW: i64 = 300;
/// Names remembered at most.
const NAMES: usize = 10_000;

/// Failed logins lately.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<BTreeMap<String, (i64, u32)>>);

impl Limits {
    /// Whether a name may be tried now, in seconds since the epoch.
    pub(crate) fn may_try(&self, name: &str, now: i64) -> bool {
        let Ok(seen) = self.0.lock() else { return false };
        let failures =
            |name: &str| seen.get(name).filter(|(from, _)| now - from < WINDOW).map_or(0, |(_, count)| *count);
        failures(name) < BY_NAME && failures("") < TOGETHER
    }

    /// Remembers a failure.
    pub(crate) fn failed(&self, name: &str, now: i64) {
        let Ok(mut seen) = self.0.lock() else { return };
        if seen.len() > NAMES {
            seen.retain(|_, (from, _)| now - *from < WINDOW);
        }
        for name in [name, ""] {
            let entry = seen.entry(name.to_owned()).or_insert((now, 0));
            if now - entry.0 >= WINDOW {
                *entry = (now, 0);
            }
            entry.1 += 1;
        }
    }

    /// Forgets the failures of a name that has logged in.
    pub(crate) fn succeeded(&self, name: &str) {
        if let Ok(mut seen) = self.0.lock() {
            seen.remove(name);
        }
    }
}
