//! What a route can still gain at most: a bound on every completion of a label.
//!
//! A completion must spend, out of the time that is left, the service of each task it serves and a share of its drive: with
//! at most K aboard at once, driving lasts at least Σ direct drives / K. K is limited by the seats, and by the longest
//! rides: of k aboard together each sees the others come aboard after it or leave before it, k (k − 1) services in all,
//! and these fit only in what their longest rides leave beyond the direct drive. The bound is the fractional knapsack
//! (Dantzig 1957) over what can still be picked up.

use super::modes::{Mode, UNTRACKED};
use crate::problem::{TravelMatrix, Vehicle};

/// What an element can still bring at most, net of the money that its minutes and kilometres cost, and the minutes it takes.
#[derive(Clone, Debug)]
struct Item {
    bit: usize,
    gain: f64,
    minutes: f64,
    until: f64,
}

/// The items of a search, best gain a minute first.
#[derive(Clone, Debug, Default)]
pub(super) struct Promise {
    items: Vec<Item>,
}

/// Most that can be aboard together, as a number of tasks.
#[expect(clippy::cast_precision_loss, reason = "a number of tasks")]
fn together(modes: &[Mode], drives: &TravelMatrix) -> f64 {
    let least = modes.iter().map(|m| m.load.min(m.unload)).fold(f64::INFINITY, f64::min);
    if least <= 0.0 {
        return f64::INFINITY;
    }
    let spare = |m: &Mode| {
        let longest = m.reach.min(m.delivery_until - m.pickup_from);
        (longest - m.load - drives.minutes(m.pickup, m.delivery)).max(0.0)
    };
    let mut spares: Vec<f64> = modes.iter().map(spare).collect();
    spares.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut most) = (0.0, 1.0);
    for (i, spare) in spares.iter().enumerate() {
        sum += spare;
        let k = (i + 1) as f64;
        if k * (k - 1.0) * least <= sum + 1e-6 {
            most = k;
        }
    }
    most
}

impl Promise {
    /// The items of these modes for a vehicle. `drives` are the least minutes and kilometres between places, service left out.
    pub(super) fn new(modes: &[Mode], vehicle: &Vehicle, drives: &TravelMatrix) -> Self {
        let elements = modes.iter().map(|m| m.element + 1).max().unwrap_or(0);
        let share_of_one = 1.0 / together(modes, drives);
        let mut items: Vec<Item> = (0..elements)
            .map(|_| Item { bit: UNTRACKED, gain: 0.0, minutes: f64::INFINITY, until: f64::NEG_INFINITY })
            .collect();
        for mode in modes {
            let share = share_of_one.max(f64::from(mode.seats) / f64::from(vehicle.seats.max(1))).min(1.0);
            let minutes = mode.load + mode.unload + share * drives.minutes(mode.pickup, mode.delivery);
            let km = share * drives.km(mode.pickup, mode.delivery);
            let item = &mut items[mode.element];
            item.bit = mode.bits[0];
            item.gain = item.gain.max(mode.reward - vehicle.per_minute * minutes - vehicle.per_km * km);
            item.minutes = item.minutes.min(minutes);
            item.until = item.until.max(mode.pickup_until);
        }
        items.retain(|i| i.gain > 0.0);
        items.sort_by(|a, b| (b.gain * a.minutes).total_cmp(&(a.gain * b.minutes)).then(a.until.total_cmp(&b.until)));
        Self { items }
    }

    /// Most that can be gained after `ready` within `left` minutes by what is not `done`.
    pub(super) fn most(&self, done: &[u64], ready: f64, mut left: f64) -> f64 {
        let mut sum = 0.0;
        for item in &self.items {
            if item.until < ready - super::SLACK
                || item.bit != UNTRACKED && done[item.bit / 64] >> (item.bit % 64) & 1 == 1
            {
                continue;
            }
            if item.minutes > left {
                return sum + item.gain * (left.max(0.0) / item.minutes);
            }
            left -= item.minutes;
            sum += item.gain;
        }
        sum
    }
}
