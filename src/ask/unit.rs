//! One more unit of something scarce, added to a week as one more row or a changed field of one.

use crate::units::Instant;
use crate::week::*;
use chrono::TimeDelta;
use serde::Serialize;
use std::collections::BTreeSet;

/// Somebody who could be there, with no more than is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NewEscort {
    /// Role.
    pub role: Role,
    /// Sex, where it is asked for.
    pub sex: Option<Sex>,
    /// The one country that he or she may enter; none: not asked for.
    pub visa: Option<Country>,
    /// The one skill; none: not asked for.
    pub skill: Option<SkillId>,
    /// Base; none: any.
    pub base: Option<LocationId>,
    /// Free from.
    pub from: Instant,
    /// Free until.
    pub until: Instant,
}

/// One more of something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A seat on a leg, for one more returnee or escort.
    Seat(LegId),
    /// A seat on a leg, for one more returnee without escorts too.
    UnescortedSeat(LegId),
    /// A place at a contact slot.
    Place(SlotId),
    /// One person more a day whom a receiving state admits, under its row for cases of a kind (none: of every kind).
    Arrival(Country, Option<CaseKind>),
    /// A shift like another, with a vehicle of its own.
    Shift(ShiftId),
    /// Somebody.
    Escort(NewEscort),
    /// Another priority of a case, in thousandths.
    Priority(CaseId, u32),
}

/// Longer than any horizon.
const AWAY: TimeDelta = TimeDelta::days(400);

impl Unit {
    /// The week with it.
    pub fn added_to(&self, week: &Week) -> Week {
        let mut week = week.clone();
        match self {
            Self::Seat(leg) => {
                week.legs.change(leg, |leg| {
                    leg.seats = leg.seats.saturating_add(1);
                    leg.max_returnees = leg.max_returnees.saturating_add(1);
                });
            }
            Self::UnescortedSeat(leg) => {
                week.legs.change(leg, |leg| {
                    leg.seats = leg.seats.saturating_add(1);
                    leg.max_returnees = leg.max_returnees.saturating_add(1);
                    leg.max_unescorted = leg.max_unescorted.saturating_add(1);
                });
            }
            Self::Place(slot) => {
                week.contact_slots.change(slot, |slot| slot.capacity = slot.capacity.saturating_add(1));
            }
            Self::Arrival(country, kind) => {
                let of = |row: &&mut Destination| row.destination == *country && row.kind == *kind;
                for row in week.destinations.iter_mut().filter(of) {
                    row.max_per_day = row.max_per_day.map(|most| most.saturating_add(1));
                }
            }
            Self::Shift(like) => add_shift(&mut week, like),
            Self::Escort(escort) => add_escort(&mut week, escort),
            Self::Priority(case, thousandths) => {
                let priority = crate::units::Priority::constant(f64::from(*thousandths) / 1000.0);
                week.cases.change(case, |case| case.priority = priority);
            }
        }
        week
    }
}

fn add_shift(week: &mut Week, like: &ShiftId) {
    let Some(mut shift) = week.shifts.get(like).cloned() else { return };
    let mut name = format!("{like}+");
    while let Some(id) = ShiftId::new(&name) {
        if week.shifts.get(&id).is_none() {
            shift.id = id;
            break;
        }
        name.push('+');
    }
    shift.vehicle = format!("{}+{}", shift.vehicle, shift.id);
    let _ = week.shifts.insert(shift);
}

fn add_escort(week: &mut Week, new: &NewEscort) {
    let mut name = "+1".to_owned();
    while let Some(id) = EscortId::new(&name) {
        if week.escorts.get(&id).is_some() {
            name.push('+');
            continue;
        }
        let row = RowRef { file: "escorts.csv", line: 0 };
        for (from, until) in [(new.from - AWAY, new.from), (new.until, new.until + AWAY)] {
            if let Some(span) = Span::new(from, until) {
                week.absences.push(Absence { escort: id.clone(), span, reason: String::new(), row: row.clone() });
            }
        }
        let _ = week.escorts.insert(Escort {
            id,
            organisation: String::new(),
            role: new.role,
            base: new.base.clone(),
            // Nobody's sex is asked for where none is named.
            sex: new.sex.unwrap_or(Sex::X),
            visas: Visas::Only(new.visa.into_iter().collect()),
            skills: new.skill.iter().cloned().collect::<BTreeSet<_>>(),
            max_hours: None,
            row,
        });
        return;
    }
}
