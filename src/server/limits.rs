//! How often somebody may try to log in: by name, so that one account cannot be guessed at, and all together, so that many
//! cannot either. Counted by the service's clock.

use std::collections::BTreeMap;
use std::sync::Mutex;
use tokio::sync::Semaphore;

/// Attempts of one name within the window before it has to wait.
const BY_NAME: u32 = 5;
/// Attempts of all names together.
const TOGETHER: u32 = 100;
/// Seconds.
const WINDOW: i64 = 300;
/// Names remembered at most.
const NAMES: usize = 10_000;
/// Passwords hashed at once.
const HASHING: usize = 2;

/// Attempts to log in lately that did not succeed, or not yet; and places for hashing.
#[derive(Debug)]
pub(crate) struct Limits {
    tried: Mutex<BTreeMap<String, (i64, u32)>>,
    pub(crate) hashing: Semaphore,
}

impl Default for Limits {
    fn default() -> Self {
        Self { tried: Mutex::default(), hashing: Semaphore::new(HASHING) }
    }
}

/// Whether a window that began then still holds; one that begins later than now was begun by a clock that was wrong.
fn holds(from: i64, now: i64) -> bool {
    (0..WINDOW).contains(&(now - from))
}

impl Limits {
    /// Counts an attempt at a name, in seconds since the epoch; false when it may not be made.
    pub(crate) fn try_now(&self, name: &str, now: i64) -> bool {
        let Ok(mut tried) = self.tried.lock() else { return false };
        let count = |name: &str| tried.get(name).filter(|(from, _)| holds(*from, now)).map_or(0, |(_, count)| *count);
        if count(name) >= BY_NAME || count("") >= TOGETHER {
            return false;
        }
        if tried.len() > NAMES {
            tried.retain(|_, (from, _)| holds(*from, now));
        }
        for name in [name, ""] {
            let entry = tried.entry(name.to_owned()).or_insert((now, 0));
            if !holds(entry.0, now) {
                *entry = (now, 0);
            }
            entry.1 += 1;
        }
        true
    }

    /// Forgets the attempts at a name that has logged in; of all together only the one that succeeded.
    pub(crate) fn succeeded(&self, name: &str) {
        let Ok(mut tried) = self.tried.lock() else { return };
        tried.remove(name);
        if let Some((_, count)) = tried.get_mut("") {
            *count = count.saturating_sub(1);
        }
    }
}
