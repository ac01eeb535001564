//! Gate `notice`: a contact slot at the case's location leaves enough clock hours and enough office hours before departure
//! (section 3 of the specification), or the notice that was given holds on the very same legs.

use super::{Closed, Dossier, GateName, Journey, Owner, Remedy, Why};
use crate::calendar::office_hours;
use crate::units::{Instant, shift};
use crate::week::{Case, LocationId, RowRef, Week};
use std::collections::BTreeMap;

/// Hours that rounding may take from a sum of office hours; far below the second that plans are checked to.
const ROUNDING: f64 = 1e-6;

/// A contact slot, with the office hours from now until it starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    /// Position in `Week::contact_slots`.
    pub(crate) position: usize,
    /// When it starts.
    pub(crate) starts: Instant,
    office: f64,
}

/// The contact slots from now on that can hold a case, by location and in order of time. Office hours are counted from now
/// once for each slot and leg, so that those between a slot and a departure are one subtraction.
#[derive(Clone, Debug, Default)]
pub struct NoticeBook {
    slots: BTreeMap<LocationId, Vec<Slot>>,
    /// Office hours from now until the departure of each leg, by its position in `Week::legs`.
    departures: Vec<f64>,
}

impl NoticeBook {
    /// The slots of a week that start before its last departure.
    pub fn new(week: &Week) -> Self {
        let since_now = |at| office_hours(week.now, at, &week.holidays).get();
        let horizon = |at: Instant| if at < week.end { since_now(at) } else { 0.0 };
        let mut slots: BTreeMap<LocationId, Vec<Slot>> = BTreeMap::new();
        for (position, slot) in week.contact_slots.iter().enumerate() {
            if slot.starts >= week.now && slot.starts < week.end && slot.capacity > 0 {
                let office = since_now(slot.starts);
                slots.entry(slot.location.clone()).or_default().push(Slot { position, starts: slot.starts, office });
            }
        }
        slots.values_mut().for_each(|of_location| of_location.sort_by_key(|slot| (slot.starts, slot.position)));
        Self { slots, departures: week.legs.iter().map(|leg| horizon(leg.departs)).collect() }
    }

    fn at(&self, location: &LocationId) -> &[Slot] {
        self.slots.get(location).map_or(&[], Vec::as_slice)
    }

    /// The slots that leave enough notice for a departure of `case` by the leg at position `leg`, in order of time.
    pub(crate) fn in_time(&self, week: &Week, case: &Case, leg: usize, departs: Instant) -> &[Slot] {
        let latest = shift(departs, -week.rules.notice_for(case.measure).minutes().get());
        let until = self.departures.get(leg).copied().unwrap_or(0.0);
        let office = week.rules.notice_office.get() - ROUNDING;
        let slots = self.at(&case.location);
        // Both lengths shrink as slots start later, so the slots that will do come first.
        let enough = slots.partition_point(|slot| slot.starts <= latest && until - slot.office >= office);
        &slots[..enough]
    }
}

/// Why the gate is closed; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>, journey: &Journey<'_>) -> Vec<Closed> {
    let (week, case) = (dossier.week, dossier.case);
    let Some(&leg) = journey.legs.first() else { return Vec::new() };
    if dossier.kept_on(journey.legs).is_some() || !dossier.notices.in_time(week, case, leg, journey.departs).is_empty()
    {
        return Vec::new();
    }
    let first = dossier.notices.at(&case.location).first();
    let why = match first {
        None => Why::NoContactSlot { location: case.location.clone() },
        Some(slot) => Why::NoticeTooShort {
            hours: week.rules.notice_for(case.measure),
            office: week.rules.notice_office,
            first_slot: slot.starts,
        },
    };
    let row = first.map_or(&case.row, |slot| &week.contact_slots.rows()[slot.position].row);
    let rows: Vec<RowRef> = vec![row.clone()];
    let (gate, remedy, owner) = (GateName::Notice, Remedy::AddContactSlot, Owner::DtV);
    vec![Closed { gate, person: None, rows, why, remedy, owner, opens_at: None }]
}
