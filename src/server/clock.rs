//! The service's look at the wall clock, given from outside so that tests can set it, and the one form in which moments are
//! stored: UTC to the millisecond, which sorts as text.

use crate::units::Instant;
use chrono::{DateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use std::fmt;
use std::sync::Arc;

/// Where the service asks what time it is.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl Clock {
    /// A clock that asks `now`.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now, to the millisecond.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)().trunc_subsecs(3)
    }

    /// Now, as a moment of a plan.
    pub fn instant(&self) -> Instant {
        crate::calendar::in_amsterdam(self.now().trunc_subsecs(0).fixed_offset())
    }

    /// Now, as stored.
    pub fn stamp(&self) -> String {
        stamp(self.now())
    }

    /// So many seconds from now (before now when negative), as stored.
    pub fn stamp_in(&self, seconds: i64) -> String {
        stamp(self.now() + TimeDelta::seconds(seconds))
    }
}

/// A moment as stored: `2027-04-22T06:30:00.000Z`.
pub(crate) fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A stored moment; none when it is none.
pub(crate) fn moment(stamp: &str) -> Option<Instant> {
    DateTime::parse_from_rfc3339(stamp).ok()
}
