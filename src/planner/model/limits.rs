//! What is limited and shared between cases: seats of legs, contact slots, arrivals a day.

use crate::options::Options;
use crate::week::Week;
use std::collections::BTreeMap;
use vertrek_solver::problem::{Capacity, CapacityId};

/// Something limited; positions in the tables of the week, or in [`Options::arrival_days`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Limit {
    /// Seats of a leg, for travellers and their escorts (section 4).
    Seats(usize),
    /// Returnees on a leg.
    Returnees(usize),
    /// Returnees of cases without escorts on a leg.
    Unescorted(usize),
    /// Cases told at a contact slot (section 3).
    Slot(usize),
    /// Persons arriving on one date (section 2, `arrival`).
    ArrivalDay(usize),
    /// Places of a fixed duty, where somebody would rather be on it than not.
    Places(usize),
}

impl Limit {
    /// How many there are.
    pub(crate) fn units(self, week: &Week, options: &Options) -> f64 {
        f64::from(match self {
            Self::Seats(leg) => week.legs.rows()[leg].seats,
            Self::Returnees(leg) => week.legs.rows()[leg].max_returnees,
            Self::Unescorted(leg) => week.legs.rows()[leg].max_unescorted,
            Self::Slot(slot) => week.contact_slots.rows()[slot].capacity,
            Self::ArrivalDay(day) => options.arrival_days[day].persons,
            Self::Places(duty) => week.duties.rows()[duty].count,
        })
    }
}

/// The limits that somebody uses, as capacities of the problem.
#[derive(Debug)]
pub(super) struct Limits<'a> {
    week: &'a Week,
    options: &'a Options,
    ids: BTreeMap<Limit, CapacityId>,
    pub(super) capacities: Vec<Capacity>,
}

impl<'a> Limits<'a> {
    pub(super) fn new(week: &'a Week, options: &'a Options) -> Self {
        Self { week, options, ids: BTreeMap::new(), capacities: Vec::new() }
    }

    /// What each capacity limits.
    pub(super) fn kinds(&self) -> Vec<Limit> {
        let mut kinds: Vec<(CapacityId, Limit)> = self.ids.iter().map(|(&limit, &id)| (id, limit)).collect();
        kinds.sort_unstable();
        kinds.into_iter().map(|(_, limit)| limit).collect()
    }

    /// The capacity of a limit, added when it is asked for the first time.
    pub(super) fn id(&mut self, limit: Limit) -> CapacityId {
        *self.ids.entry(limit).or_insert_with(|| {
            self.capacities.push(Capacity { limit: limit.units(self.week, self.options) });
            self.capacities.len() - 1
        })
    }
}
