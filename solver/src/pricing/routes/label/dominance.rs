//! Dominance: which labels need not be extended because others serve as well.

use super::{Effort, Label, Open, SLACK, Search};
use crate::problem::Vehicle;
use std::hash::{BuildHasherDefault, Hasher};

impl<const W: usize> Search<'_, W> {
    /// How many labels must be as good as another before it is left out.
    pub(super) fn width(&self) -> usize {
        if let Effort::Coarse { width } = self.request.effort { width } else { 1 }
    }

    pub(super) fn dominates(&self, a: u32, b: &Label<W>) -> bool {
        self.serves_as_well(&self.labels[a as usize], b)
    }

    pub(super) fn dominated_by(&self, a: &Label<W>, b: u32) -> bool {
        self.serves_as_well(a, &self.labels[b as usize])
    }

    /// Whether every completion of `b` is one of `a`, which is no later and no dearer (see [`Entry::no_worse`]).
    pub(super) fn serves_as_well(&self, a: &Label<W>, b: &Label<W>) -> bool {
        a.place == b.place && a.open.1 == b.open.1 && self.open_to_as_much(a, b) && {
            let rides = |l: &Label<W>| &self.opens[l.open.0 as usize..][..l.open.1 as usize];
            matches!(self.request.effort, Effort::Coarse { .. })
                || rides(a).iter().zip(rides(b)).all(|(x, y)| self.rides_as_well((a, x), (b, y)))
        }
    }

    /// The same where `b` has one ride more under way: over roads on which leaving a stop out never costs, whatever is done after
    /// `b` can be done after `a` without its delivery (Ropke & Cordeau 2009, Transportation Science 43(3)).
    pub(super) fn served_by_fewer(&self, b: &Label<W>, entry: &Entry) -> bool {
        if self.request.effort != Effort::Exact || !self.request.direct {
            return false;
        }
        let v = &self.problem.vehicles[self.request.vehicle];
        let rides = |l: &Label<W>| &self.opens[l.open.0 as usize..][..l.open.1 as usize];
        let open = rides(b);
        (0..open.len()).any(|left_out| {
            let fewer = || open.iter().enumerate().filter(move |(at, _)| *at != left_out).map(|(_, ride)| ride);
            let mut key = Fold(0);
            key.add(b.place as u64);
            fewer().for_each(|ride| key.add(u64::from(ride.mode)));
            self.buckets.get(&key.0).is_some_and(|bucket| {
                bucket.iter().any(|other| {
                    let a = &self.labels[other.at as usize];
                    other.no_worse(entry, v)
                        && a.place == b.place
                        && a.open.1 + 1 == b.open.1
                        && self.open_to_as_much(a, b)
                        && rides(a).iter().zip(fewer()).all(|(x, y)| self.rides_as_well((a, x), (b, y)))
                })
            })
        })
    }

    /// Whether `a` is free to serve what `b` is, or is better by what that brings.
    fn open_to_as_much(&self, a: &Label<W>, b: &Label<W>) -> bool {
        match self.request.effort {
            Effort::Coarse { .. } => true,
            Effort::Exact => {
                let more = (0..W).any(|w| a.done[w] & !b.done[w] != 0);
                let odd = a.odd & !b.odd;
                (!more || self.request.direct) && (!more && odd == 0 || self.makes_up(a, b, odd))
            }
            Effort::All => a.done == b.done,
        }
    }

    /// Whether a ride under way leaves `a` as much time as the same ride leaves `b`.
    fn rides_as_well(&self, (a, x): (&Label<W>, &Open), (b, y): (&Label<W>, &Open)) -> bool {
        let x_e = x.e.min(a.ready_max - x.d);
        let y_e = y.e.min(b.ready_max - y.d);
        x.mode == y.mode
            && (self.modes[x.mode as usize].reach.is_infinite()
                || x_e + SLACK >= y_e && (x.d <= y.d + SLACK || y_e <= b.ready - x.d + SLACK))
    }

    /// What `a` has served and `b` has not may be left out of a completion of `b`; `a` dominates if it is better by
    /// all that this would lose, and by what the triples cost that are odd in `a` only. Needs roads on which leaving a stop out
    /// never costs more, where there is anything to leave out.
    fn makes_up(&self, a: &Label<W>, b: &Label<W>, odd: u64) -> bool {
        let v = &self.problem.vehicles[self.request.vehicle];
        let longer = (a.depot_d - b.depot_d).max(b.depot_latest() - a.depot_latest());
        let mut spare = b.cost + 1e-9 - a.cost - v.per_minute * longer - self.space.triples.sum(odd);
        if spare < 0.0 {
            return false;
        }
        for mode in self.modes {
            if mode.pickup_until < b.ready - SLACK {
                break;
            }
            let bit = mode.bits[0];
            if a.has(bit) && !b.has(bit) {
                spare -= mode.reward;
                if spare < 0.0 {
                    return false;
                }
            }
        }
        true
    }
}

/// Labels that may dominate one another, by what they share.
#[expect(clippy::disallowed_types, reason = "looked up and never walked through, so its order decides nothing")]
pub(super) type Buckets = std::collections::HashMap<u64, Vec<Entry>, BuildHasherDefault<Fold>>;

/// A label, with what decides most comparisons.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) ready: f64,
    cost: f64,
    depot_d: f64,
    latest: f64,
    never_too_long: bool,
    pub(super) at: u32,
}

impl Entry {
    pub(super) fn of<const W: usize>(label: &Label<W>, v: &Vehicle, at: u32) -> Self {
        Self {
            ready: label.ready,
            cost: label.cost,
            depot_d: label.depot_d,
            latest: label.depot_latest(),
            never_too_long: label.never_too_long(v),
            at,
        }
    }

    /// Whether it is ready no later, costs no more, and is out no longer where that matters.
    pub(super) fn no_worse(&self, other: &Self, v: &Vehicle) -> bool {
        let longer = (self.depot_d - other.depot_d).max(other.latest - self.latest);
        // All of it at once: most of these are true or false as it happens, which a processor cannot foresee.
        (self.ready <= other.ready + SLACK)
            & (self.cost + v.per_minute * longer <= other.cost + 1e-9)
            & ((longer <= SLACK) | self.never_too_long)
    }
}

/// A hash that is the same on every run.
#[derive(Default)]
pub(super) struct Fold(pub(super) u64);

impl Hasher for Fold {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.add(u64::from(byte));
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.add(n);
    }
}

impl Fold {
    pub(super) fn add(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
