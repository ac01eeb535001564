//! Tasks as one vehicle sees them: one mode for each pickup window, windows tightened to what the vehicle's shift, the drive
//! and the longest ride leave.

use crate::problem::{PlaceId, Problem, TaskId, TravelMatrix, VehicleId};
use crate::triples::Prices;
use std::collections::BTreeMap;

use super::SLACK;

/// Not tracked in the sets of what was served.
pub(super) const UNTRACKED: usize = usize::MAX;

/// A task in one of its pickup windows.
#[derive(Clone, Debug)]
pub(crate) struct Mode {
    pub(super) task: TaskId,
    pub(super) window: usize,
    /// What is served at most once: the task, or its group. Numbered by [`Reachable`].
    pub(super) element: usize,
    /// Bits set once it is served: of the element, and of the task where routes over different tasks of a group must be
    /// told apart.
    pub(super) bits: [usize; 2],
    pub(super) reward: f64,
    /// The triples it is in.
    pub(super) triples: u64,
    pub(super) pickup: PlaceId,
    pub(super) pickup_from: f64,
    pub(super) pickup_until: f64,
    pub(super) load: f64,
    pub(super) delivery: PlaceId,
    pub(super) delivery_from: f64,
    pub(super) delivery_until: f64,
    pub(super) unload: f64,
    /// Load and longest ride together: from start of pickup to start of delivery.
    pub(super) reach: f64,
    pub(super) seats: u32,
    pub(super) special: u32,
    pub(super) class: u32,
}

/// Tasks as one vehicle can drive them alone, before rewards are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reachable {
    pub(super) modes: Vec<Mode>,
}

impl Reachable {
    /// The tasks, one for each pickup window.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = TaskId> {
        self.modes.iter().map(|mode| mode.task)
    }

    /// The tasks that `vehicle` could drive, with windows tightened over `closure` (times that no road beats).
    pub(crate) fn new(problem: &Problem, vehicle: VehicleId, closure: &TravelMatrix) -> Self {
        let v = &problem.vehicles[vehicle];
        let mut modes = Vec::new();
        let mut element_of: BTreeMap<(bool, usize), usize> = BTreeMap::new();
        for (id, task) in problem.tasks.iter().enumerate() {
            let other = task.only.is_some_and(|only| only != vehicle);
            if other || task.seats > v.seats || task.special > v.special || v.compartments == 0 {
                continue;
            }
            let reach = task.load + task.max_ride;
            let drive = task.load + closure.minutes(task.pickup, task.delivery);
            for (window, span) in task.pickup_windows.iter().enumerate() {
                let delivery_from = task.delivery_window.from.max(span.from + drive);
                let pickup_from =
                    span.from.max(v.window.from + closure.minutes(v.depot, task.pickup)).max(delivery_from - reach);
                let delivery_from = delivery_from.max(pickup_from + drive);
                let back = task.unload + closure.minutes(task.delivery, v.depot);
                let delivery_until = task.delivery_window.until.min(v.window.until - back).min(span.until + reach);
                let pickup_until = span.until.min(delivery_until - drive);
                if pickup_from > pickup_until + SLACK || delivery_from > delivery_until + SLACK || drive > reach + SLACK
                {
                    continue;
                }
                let key = task.group.map_or((false, id), |g| (true, g));
                let next = element_of.len();
                let element = *element_of.entry(key).or_insert(next);
                modes.push(Mode {
                    task: id,
                    window,
                    element,
                    bits: [UNTRACKED; 2],
                    reward: 0.0,
                    triples: 0,
                    pickup: task.pickup,
                    pickup_from,
                    pickup_until,
                    load: task.load,
                    delivery: task.delivery,
                    delivery_from,
                    delivery_until,
                    unload: task.unload,
                    reach,
                    seats: task.seats,
                    special: task.special,
                    class: task.class,
                });
            }
        }
        Self { modes }
    }
}

/// For each mode, better-paid modes of other tasks that could ride in its place whatever the schedule, as far as that can
/// be told before the times are known: same places and class, no more room, no less time.
pub(super) fn covers(modes: &[Mode], triples: &Prices) -> Vec<Vec<u32>> {
    /// Looked at for each mode, best paid first.
    const MOST: usize = 48;
    let mut by_places: BTreeMap<(PlaceId, PlaceId, u32), Vec<u32>> = BTreeMap::new();
    for (id, mode) in (0_u32..).zip(modes) {
        by_places.entry((mode.pickup, mode.delivery, mode.class)).or_default().push(id);
    }
    let reward = |id: &u32| modes[*id as usize].reward;
    for list in by_places.values_mut() {
        list.sort_by(|a, b| reward(b).total_cmp(&reward(a)).then(a.cmp(b)));
    }
    let of = |j: &Mode| {
        let list = by_places.get(&(j.pickup, j.delivery, j.class)).map_or(&[][..], Vec::as_slice);
        let fits = |id: &&u32| {
            let i = &modes[**id as usize];
            i.task != j.task
                // Whatever it would cost in triples.
                && i.reward - triples.sum(i.triples) > j.reward + 1e-6
                && i.seats <= j.seats
                && i.special <= j.special
                && i.load <= j.load
                && i.unload <= j.unload
                && i.reach >= j.reach
                && i.pickup_until >= j.pickup_until
                && i.delivery_until >= j.delivery_until
        };
        list.iter().take_while(|id| reward(id) > j.reward + 1e-6).filter(fits).take(MOST).copied().collect()
    };
    modes.iter().map(of).collect()
}

/// From where a stop on the way saves time for some next stop, its service included, and what kilometres one can save.
#[derive(Clone, Debug, Default)]
pub(super) struct Shortcuts {
    places: usize,
    saves: Vec<bool>,
    /// Most kilometres that a stop on the way can save.
    pub(super) km: f64,
}

impl Shortcuts {
    /// Over the stops of these modes and the depot.
    pub(super) fn new(problem: &Problem, modes: &[Mode], depot: PlaceId) -> Self {
        let roads = &problem.travel;
        let mut service = vec![f64::INFINITY; roads.places];
        for mode in modes {
            service[mode.pickup] = service[mode.pickup].min(mode.load);
            service[mode.delivery] = service[mode.delivery].min(mode.unload);
        }
        let stops: Vec<PlaceId> = (0..roads.places).filter(|&p| p == depot || service[p].is_finite()).collect();
        let mut shortcuts = Self { places: roads.places, saves: vec![false; roads.places * roads.places], km: 0.0 };
        for &from in &stops {
            for &via in stops.iter().filter(|&&via| service[via].is_finite()) {
                let (minutes, km) = (roads.minutes(from, via) + service[via], roads.km(from, via));
                for &to in &stops {
                    shortcuts.saves[from * roads.places + via] |=
                        minutes + roads.minutes(via, to) < roads.minutes(from, to);
                    shortcuts.km = shortcuts.km.max(roads.km(from, to) - km - roads.km(via, to));
                }
            }
        }
        shortcuts
    }

    /// Whether a stop at `via`, coming from `from`, can save time.
    pub(super) fn at(&self, from: PlaceId, via: PlaceId) -> bool {
        self.saves[from * self.places + via]
    }
}
