//! Seeded random draws. Every subject draws from a stream of its own, so that a change in how one table is made does
//! not shuffle the others.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a stream is drawn for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    /// Everything of a tiny week.
    Tiny,
    /// Cases with their persons and files.
    Cases,
    /// Scheduled flights.
    Flights,
    /// Charters.
    Charters,
    /// Flights home.
    WaysHome,
    /// Terms of receiving states.
    Terms,
    /// Contact slots.
    Slots,
    /// Escorts and their absences.
    Escorts,
    /// Fixed duties.
    Duties,
    /// Vehicles and their shifts.
    Shifts,
    /// Transfers.
    Transfers,
    /// Past departures.
    History,
    /// Commitments.
    Commitments,
}

/// A source of random draws: same seed and stream, same draws, on every machine.
#[derive(Debug)]
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// The draws of one stream of a seed.
    pub(super) fn new(seed: u64, stream: Stream) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream as u64);
        Self(rng)
    }

    /// A number in [0, 1).
    pub(super) fn unit(&mut self) -> f64 {
        // The 53 bits that a double holds.
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True with probability `p`.
    pub(super) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// A whole number in [low, high]; `low` when `high` is below it.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).saturating_add(1).max(1);
        low + (self.unit() * width as f64) as i64
    }

    /// A count in [low, high].
    pub(super) fn count(&mut self, low: usize, high: usize) -> usize {
        low + self.index(high.saturating_sub(low) + 1)
    }

    /// A position in a list of `len` entries; 0 when it is empty.
    pub(super) fn index(&mut self, len: usize) -> usize {
        (self.unit() * len as f64) as usize
    }

    /// A number in [low, high).
    pub(super) fn real(&mut self, low: f64, high: f64) -> f64 {
        low + self.unit() * (high - low)
    }

    /// One of a fixed list.
    pub(super) fn pick<T: Copy, const N: usize>(&mut self, from: [T; N]) -> T {
        const { assert!(N > 0) }
        from[self.index(N)]
    }

    /// One of a list, or none when it is empty.
    pub(super) fn choose<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.index(from.len()))
    }

    /// One of a fixed list of (weight, value).
    pub(super) fn weighted<T: Clone, const N: usize>(&mut self, from: [(f64, T); N]) -> T {
        const { assert!(N > 0) }
        from[self.heavy(from.iter().map(|(weight, _)| *weight))].1.clone()
    }

    /// A position, each with a chance in proportion to its weight; 0 when there are none.
    pub(super) fn heavy(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (at, weight) in weights.enumerate().filter(|(_, weight)| *weight > 0.0) {
            last = at;
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }

    /// Brings a list in random order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.index(at + 1));
        }
    }
}
