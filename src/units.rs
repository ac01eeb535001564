//! Quantities with their unit in the type. Every value here is finite; signs and ranges are checked when it is built.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// A moment in time that keeps the offset it was written with (RFC 3339).
pub type Instant = chrono::DateTime<chrono::FixedOffset>;

/// A number that its type does not admit.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("the number {0} is outside the range of its quantity")]
pub struct OutOfRange(f64);

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(into = "f64", try_from = "f64")]
        pub struct $name(f64);

        impl From<$name> for f64 {
            fn from(quantity: $name) -> Self {
                quantity.0
            }
        }

        impl TryFrom<f64> for $name {
            type Error = OutOfRange;
            fn try_from(value: f64) -> Result<Self, OutOfRange> {
                Self::new(value).ok_or(OutOfRange(value))
            }
        }

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0.0);
            /// The quantity, or none when `value` is negative or not finite.
            pub fn new(value: f64) -> Option<Self> {
                (value.is_finite() && value >= 0.0).then_some(Self(value))
            }
            /// A constant known to be in range; used for the defaults of `rules.rs`.
            pub(crate) const fn constant(value: f64) -> Self {
                Self(value)
            }
            /// The number, in the unit of the type.
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

quantity!(
    /// A length of time in minutes, ≥ 0, possibly with a fraction.
    Minutes
);
quantity!(
    /// A length of time in hours, ≥ 0.
    Hours
);
quantity!(
    /// A distance in kilometres, ≥ 0.
    Km
);
quantity!(
    /// A hazard or a hazard rate per day of notice, ≥ 0 (section 7 of the specification).
    Hazard
);
quantity!(
    /// The weight of a case in the objective, ≥ 0; 1 unless the row says otherwise.
    Priority
);

impl Minutes {
    /// The same length in hours.
    pub fn hours(self) -> Hours {
        Hours(self.0 / 60.0)
    }
}

impl Hours {
    /// The same length in minutes.
    pub fn minutes(self) -> Minutes {
        Minutes(self.0 * 60.0)
    }
}

/// Adds `minutes` (may be negative) to an instant, to the microsecond.
pub fn shift(at: Instant, minutes: f64) -> Instant {
    let micros = (minutes * 60e6).round().clamp(-9e15, 9e15);
    #[expect(clippy::cast_possible_truncation, reason = "clamped to ±9e15, far inside i64")]
    let delta = chrono::TimeDelta::microseconds(micros as i64);
    at.checked_add_signed(delta).unwrap_or(at)
}

/// Minutes from `from` to `until`; negative when `until` is earlier.
pub fn minutes_between(from: Instant, until: Instant) -> f64 {
    let delta = until.signed_duration_since(from);
    #[expect(clippy::cast_precision_loss, reason = "seconds of any two real dates are far below 2^53")]
    let whole = delta.num_seconds() as f64;
    whole / 60.0 + f64::from(delta.subsec_nanos()) / 60e9
}

/// A probability in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(into = "f64", try_from = "f64")]
pub struct Probability(f64);

impl From<Probability> for f64 {
    fn from(p: Probability) -> Self {
        p.0
    }
}

impl TryFrom<f64> for Probability {
    type Error = OutOfRange;
    fn try_from(value: f64) -> Result<Self, OutOfRange> {
        Self::new(value).ok_or(OutOfRange(value))
    }
}

impl Probability {
    /// Certainty.
    pub const ONE: Self = Self(1.0);
    /// The probability, or none when `value` is outside [0, 1].
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }
    /// The number in [0, 1].
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// Money in euro; may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Euro(f64);

impl Euro {
    /// Nothing.
    pub const ZERO: Self = Self(0.0);
    /// The amount; a value that is not finite counts as zero.
    pub const fn new(value: f64) -> Self {
        Self(if value.is_finite() { value } else { 0.0 })
    }
    /// A constant known to be finite; used for the defaults of `rules.rs`.
    pub(crate) const fn constant(value: f64) -> Self {
        Self(value)
    }
    /// The amount in euro.
    pub const fn get(self) -> f64 {
        self.0
    }
    /// The amount rounded to whole cents.
    pub fn to_cents(self) -> Self {
        Self((self.0 * 100.0).round() / 100.0)
    }
    /// The larger of two amounts.
    #[must_use]
    pub fn at_least(self, least: Self) -> Self {
        if self > least { self } else { least }
    }
}

impl Add for Euro {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl Sub for Euro {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl Neg for Euro {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Mul<f64> for Euro {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}
impl AddAssign for Euro {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl Sum for Euro {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}
impl fmt::Display for Euro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}
