//! Reading a week folder: tables and domains in, a valid [`Week`] or every diagnostic at once out
//! (section 1 of the specification).

pub(crate) mod countries;
pub mod diagnostic;
pub mod id;
pub mod read;
pub mod rows;
pub mod table;
pub mod values;
pub mod vocabulary;

use crate::rules::{ChangeCosts, Costs, RiskBelief, Rules};
use crate::units::{Instant, Km, Minutes};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

pub use diagnostic::Diagnostic;
pub use id::*;
pub use rows::*;
pub use table::{Keyed, RowRef, Table};
pub use values::*;
pub use vocabulary::*;

/// Time and distance of a drive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Travel {
    /// How long.
    pub minutes: Minutes,
    /// How far.
    pub km: Km,
}

/// One planning run's input, valid as a whole: every id in it resolves.
#[derive(Clone, Debug)]
pub struct Week {
    /// ISO week, as written, for example `2027-W03`.
    pub week: String,
    /// The moment the folder is true at.
    pub now: Instant,
    /// First departures fall at or after.
    pub start: Instant,
    /// First departures fall before.
    pub end: Instant,
    /// Airports of departure.
    pub home_airports: Vec<LocationId>,
    /// Extra non-working dates.
    pub holidays: BTreeSet<NaiveDate>,
    /// Legal and operational parameters in force.
    pub rules: Rules,
    /// Costs and values.
    pub costs: Costs,
    /// Beliefs about cancellation.
    pub risk: RiskBelief,
    /// Costs of changing a plan under way.
    pub changes: ChangeCosts,
    /// `locations.csv`.
    pub locations: Table<Location>,
    /// `travel.csv`, by (from, to).
    pub travel: BTreeMap<(LocationId, LocationId), TravelRow>,
    /// `cases.csv`.
    pub cases: Table<Case>,
    /// `persons.csv`.
    pub persons: Table<Person>,
    /// `documents.csv`.
    pub documents: Table<Document>,
    /// `procedures.csv`.
    pub procedures: Table<Procedure>,
    /// `availability.csv`, in file order.
    pub availability: Vec<Availability>,
    /// `contact_slots.csv`.
    pub contact_slots: Table<ContactSlot>,
    /// `legs.csv`.
    pub legs: Table<Leg>,
    /// `transits.csv`.
    pub transits: Table<Transit>,
    /// `destinations.csv`, in file order; (destination, kind) is unique.
    pub destinations: Vec<Destination>,
    /// `returns.csv`.
    pub returns: Table<ReturnFlight>,
    /// `escorts.csv`.
    pub escorts: Table<Escort>,
    /// `absences.csv`, in file order.
    pub absences: Vec<Absence>,
    /// `duties.csv`.
    pub duties: Table<Duty>,
    /// `shifts.csv`.
    pub shifts: Table<Shift>,
    /// `transfers.csv`.
    pub transfers: Table<Transfer>,
    /// `commitments.csv`.
    pub commitments: Table<Commitment>,
    /// `history.csv`.
    pub history: Table<PastDeparture>,
    /// `pins.csv`.
    pub pins: Table<Pin>,
    /// Events that were applied to the tables, in the order in which they were.
    pub events: Vec<Event>,
    /// SHA-256 over the folder's files in order of name (name, NUL, bytes, NUL), lower-case hex.
    pub input_digest: String,
    /// Persons of each case, positions in `persons`, in file order.
    pub persons_of: BTreeMap<CaseId, Vec<usize>>,
    /// Documents of each person, positions in `documents`, in file order.
    pub documents_of: BTreeMap<PersonId, Vec<usize>>,
    /// Procedures of each case, positions in `procedures`, in file order.
    pub procedures_of: BTreeMap<CaseId, Vec<usize>>,
    /// Availability rows of each case, positions in `availability`, in file order.
    pub availability_of: BTreeMap<CaseId, Vec<usize>>,
}

/// Mean earth radius in kilometres (section 1 of the specification).
const EARTH_RADIUS_KM: f64 = 6371.0088;
/// Road kilometres for each kilometre as the crow flies (section 1 of the specification).
const DETOUR: f64 = 1.3;
/// Speed of a computed drive in km/h (section 1 of the specification).
const SPEED_KM_H: f64 = 70.0;

impl Week {
    /// The drive from one location to another: listed, or computed from the great circle.
    pub fn drive(&self, from: &LocationId, to: &LocationId) -> Travel {
        if from == to {
            return Travel { minutes: Minutes::ZERO, km: Km::ZERO };
        }
        if let Some(row) = self.travel.get(&(from.clone(), to.clone())) {
            return Travel { minutes: row.minutes, km: row.km };
        }
        self.computed_drive(from, to)
    }

    /// The drive by the great circle, listed or not.
    pub fn computed_drive(&self, from: &LocationId, to: &LocationId) -> Travel {
        let (a, b) = (&self.locations[from], &self.locations[to]);
        let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
        let half = |x: f64| (x / 2.0).sin().powi(2);
        let h = half(lat_b - lat_a) + lat_a.cos() * lat_b.cos() * half((b.lon - a.lon).to_radians());
        let km = DETOUR * 2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin();
        Travel { minutes: Minutes::constant(km / SPEED_KM_H * 60.0), km: Km::constant(km) }
    }

    /// The persons of a case, in file order.
    pub fn persons(&self, case: &CaseId) -> impl Iterator<Item = &Person> {
        self.persons_of.get(case).into_iter().flatten().map(|&at| &self.persons.rows()[at])
    }

    /// The documents of a person, in file order.
    pub fn documents(&self, person: &PersonId) -> impl Iterator<Item = &Document> {
        self.documents_of.get(person).into_iter().flatten().map(|&at| &self.documents.rows()[at])
    }

    /// The procedures of a case, in file order.
    pub fn procedures(&self, case: &CaseId) -> impl Iterator<Item = &Procedure> {
        self.procedures_of.get(case).into_iter().flatten().map(|&at| &self.procedures.rows()[at])
    }

    /// The availability rows of a case, in file order.
    pub fn availability(&self, case: &CaseId) -> impl Iterator<Item = &Availability> {
        self.availability_of.get(case).into_iter().flatten().map(|&at| &self.availability[at])
    }

    /// The receiving state's terms for a case: the row for its kind, else the row with no kind, else none.
    pub fn terms(&self, case: &Case) -> Option<&Destination> {
        let of = |kind| self.destinations.iter().find(|d| d.destination == case.destination && d.kind == kind);
        of(Some(case.kind)).or_else(|| of(None))
    }
}

impl Case {
    /// Persons that take a seat in the air (all but infants).
    pub fn air_seats(&self, week: &Week) -> u32 {
        let seated = week.persons(&self.id).filter(|p| p.age_group != AgeGroup::Infant).count();
        u32::try_from(seated).unwrap_or(u32::MAX)
    }
    /// All persons, infants too: seats on the road.
    pub fn persons(&self, week: &Week) -> u32 {
        u32::try_from(week.persons(&self.id).count()).unwrap_or(u32::MAX)
    }
    /// Wheelchairs.
    pub fn wheelchairs(&self, week: &Week) -> u32 {
        u32::try_from(week.persons(&self.id).filter(|p| p.wheelchair).count()).unwrap_or(u32::MAX)
    }
    /// Class on the road: a family when it has a child or infant or more than one person, otherwise the person's sex (section 6).
    pub fn ride_class(&self, week: &Week) -> TransferClass {
        let mut persons = week.persons(&self.id);
        match (persons.next(), persons.next()) {
            (Some(only), None) if only.age_group == AgeGroup::Adult => match only.sex {
                Sex::F => TransferClass::F,
                Sex::M => TransferClass::M,
                Sex::X => TransferClass::X,
            },
            _ => TransferClass::Family,
        }
    }
    /// Whether any team member is needed for it.
    pub fn needs_team(&self) -> bool {
        self.escorts > 0 || self.medical_escort.is_some()
    }
}
