//! The rows of a week folder as domain types: what section 1 of the specification calls a table is a struct here,
//! its columns are fields of the same name, and a value outside its domain cannot be built.

use super::id::*;
use super::table::{Keyed, RowRef};
use super::values::*;
use super::vocabulary::*;
use crate::units::{Euro, Hours, Instant, Km, Minutes, Priority, Probability};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A place: centre, airport, depot.
#[derive(Clone, Debug)]
pub struct Location {
    /// Its id.
    pub id: LocationId,
    /// Its name, for print-outs.
    pub name: String,
    /// What it is.
    pub kind: LocationKind,
    /// Latitude, degrees in [-90, 90].
    pub lat: f64,
    /// Longitude, degrees in [-180, 180].
    pub lon: f64,
    /// Hours of the day at which a pickup may start, Amsterdam clock.
    pub pickup: ClockWindow,
    /// Its row.
    pub row: RowRef,
}

/// A listed drive, directed.
#[derive(Clone, Debug)]
pub struct TravelRow {
    /// From.
    pub from: LocationId,
    /// To.
    pub to: LocationId,
    /// How long.
    pub minutes: Minutes,
    /// How far.
    pub km: Km,
    /// Its row.
    pub row: RowRef,
}

/// Who released a case for planning, and when.
#[derive(Clone, Debug)]
pub struct Release {
    /// `released_by`, when set.
    pub by: Option<OfficerId>,
    /// `released_at`, when set.
    pub at: Option<Instant>,
}

/// Which parts of the file are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileParts {
    /// Belongings settled.
    pub belongings: bool,
    /// Physical state known.
    pub physical: bool,
    /// Medical file complete.
    pub medical: bool,
}

/// One person or one family group that departs together.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// In law.
    pub kind: CaseKind,
    /// Destination country.
    pub destination: Country,
    /// Airports of the destination it may enter by.
    pub entry_points: EntryPoints,
    /// Where it is.
    pub location: LocationId,
    /// Supervision measure.
    pub measure: Measure,
    /// No departure before; none: no limit.
    pub earliest: Option<Instant>,
    /// No departure after; none: no limit.
    pub latest: Option<Instant>,
    /// The term for leaving by oneself runs until; departure only after.
    pub term_until: Option<Instant>,
    /// Weight in the objective; 1 when empty.
    pub priority: Priority,
    /// Escorts of role escort it needs.
    pub escorts: u32,
    /// Sex that at least one escort must have.
    pub escort_sex: Option<Sex>,
    /// Medical company it needs.
    pub medical_escort: Option<Medical>,
    /// Whether voluntary departure is under way.
    pub voluntary_track: bool,
    /// Release by a named officer.
    pub release: Release,
    /// Parts of the file that are known.
    pub file: FileParts,
    /// Its row.
    pub row: RowRef,
}

/// A person of a case.
#[derive(Clone, Debug)]
pub struct Person {
    /// Pseudonym.
    pub id: PersonId,
    /// Its case.
    pub case: CaseId,
    /// Sex.
    pub sex: Sex,
    /// Age group.
    pub age_group: AgeGroup,
    /// Minor who travels alone.
    pub unaccompanied_minor: bool,
    /// Reception in the destination is confirmed.
    pub reception_confirmed: bool,
    /// Fitness to fly.
    pub fit_to_fly: FitToFly,
    /// Until when the declaration holds.
    pub fit_until: Option<Instant>,
    /// Travels in a wheelchair.
    pub wheelchair: bool,
    /// Its row.
    pub row: RowRef,
}

/// A travel document of a person.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Whose it is.
    pub person: PersonId,
    /// Kind.
    pub kind: DocumentKind,
    /// How far it is.
    pub status: DocumentStatus,
    /// Valid from; none: no limit.
    pub valid_from: Option<Instant>,
    /// Valid until; none: the gate is closed.
    pub valid_until: Option<Instant>,
    /// Airports it may be used at.
    pub entry_points: EntryPoints,
    /// Its row.
    pub row: RowRef,
}

/// A legal procedure of a case.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// Its id.
    pub id: ProcedureId,
    /// Its case.
    pub case: CaseId,
    /// What it is, in the file's own words (asylum, appeal, ...).
    pub kind: String,
    /// Opened.
    pub opened: Instant,
    /// Closed; none: still open.
    pub closed: Option<Instant>,
    /// Whether departure must wait for it.
    pub suspensive: bool,
    /// Its row.
    pub row: RowRef,
}

/// A stretch in which a case is known to be available.
#[derive(Clone, Debug)]
pub struct Availability {
    /// Its case.
    pub case: CaseId,
    /// The stretch.
    pub span: Span,
    /// Who says so.
    pub source: String,
    /// When it was last confirmed; none: the gate is closed.
    pub confirmed_at: Option<Instant>,
    /// Its row.
    pub row: RowRef,
}

/// A moment at which a person can be told about the flight, with their lawyer.
#[derive(Clone, Debug)]
pub struct ContactSlot {
    /// Its id.
    pub id: SlotId,
    /// Where.
    pub location: LocationId,
    /// When.
    pub starts: Instant,
    /// Cases it can hold.
    pub capacity: u32,
    /// Its row.
    pub row: RowRef,
}

/// One flight of one aircraft.
#[derive(Clone, Debug)]
pub struct Leg {
    /// Its id.
    pub id: LegId,
    /// Scheduled, joint or national.
    pub kind: LegKind,
    /// Carrier code.
    pub carrier: String,
    /// Airport of departure.
    pub from: LocationId,
    /// Airport of arrival.
    pub to: LocationId,
    /// Departure.
    pub departs: Instant,
    /// Arrival, with the offset of the arrival airport; not before departure.
    pub arrives: Instant,
    /// Seats for returnees and escorts together.
    pub seats: u32,
    /// Returnees at most.
    pub max_returnees: u32,
    /// Returnees of cases without escorts at most.
    pub max_unescorted: u32,
    /// Extra escorts on a joint or national leg that carries any case.
    pub standby_escorts: u32,
    /// Booking closes this long before departure.
    pub booking_lead: Hours,
    /// Fare per seat.
    pub fare: Euro,
    /// Fare per escort.
    pub escort_fare: Euro,
    /// Share of the fare that is refunded on cancellation.
    pub refund_share: Probability,
    /// When the aircraft of a joint or national leg is home again.
    pub home_at: Option<Instant>,
    /// Its row.
    pub row: RowRef,
}

/// Terms of transit through an airport.
#[derive(Clone, Debug)]
pub struct Transit {
    /// The airport.
    pub airport: LocationId,
    /// The permit must be asked this long before the first departure.
    pub permit_lead: Hours,
    /// Longest connection.
    pub max_minutes: Minutes,
    /// Whether a case without escorts may pass.
    pub unescorted: bool,
    /// Its row.
    pub row: RowRef,
}

/// Terms of a receiving state.
#[derive(Clone, Debug)]
pub struct Destination {
    /// The country.
    pub destination: Country,
    /// For cases of this kind only; none: for kinds without a row of their own.
    pub kind: Option<CaseKind>,
    /// Days ahead that an arrival is announced.
    pub announce_days: u32,
    /// The same for a case with a child, an infant, a medical escort or a wheelchair.
    pub announce_days_special: u32,
    /// Hours of arrival, on the arrival's own clock.
    pub arrival: ClockWindow,
    /// ISO weekdays (1 Monday to 7 Sunday) of arrival; none: every day.
    pub weekdays: Option<BTreeSet<u8>>,
    /// Persons arriving on one local date at most; none: no limit.
    pub max_per_day: Option<u32>,
    /// Its row.
    pub row: RowRef,
}

/// An escort's flight home.
#[derive(Clone, Debug)]
pub struct ReturnFlight {
    /// Its id.
    pub id: ReturnId,
    /// From.
    pub from: LocationId,
    /// To.
    pub to: LocationId,
    /// Departure.
    pub departs: Instant,
    /// Arrival.
    pub arrives: Instant,
    /// Fare per escort.
    pub fare: Euro,
    /// Its row.
    pub row: RowRef,
}

/// A member of the escort pool.
#[derive(Clone, Debug)]
pub struct Escort {
    /// Pseudonym.
    pub id: EscortId,
    /// Organisation.
    pub organisation: String,
    /// Role.
    pub role: Role,
    /// Base airport; none: any home airport.
    pub base: Option<LocationId>,
    /// Sex.
    pub sex: Sex,
    /// Countries the escort may enter.
    pub visas: Visas,
    /// Skills for fixed duties.
    pub skills: BTreeSet<SkillId>,
    /// Hours in one ISO week at most; none: no limit.
    pub max_hours: Option<Hours>,
    /// Its row.
    pub row: RowRef,
}

/// A stretch in which an escort is away.
#[derive(Clone, Debug)]
pub struct Absence {
    /// The escort.
    pub escort: EscortId,
    /// The stretch.
    pub span: Span,
    /// Why.
    pub reason: String,
    /// Its row.
    pub row: RowRef,
}

/// Fixed work of escorts.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Its id.
    pub id: DutyId,
    /// From start to end.
    pub span: Span,
    /// Role it asks for; none: any.
    pub role: Option<Role>,
    /// Skill it asks for; none: none.
    pub skill: Option<SkillId>,
    /// People it asks for.
    pub count: u32,
    /// Its row.
    pub row: RowRef,
}

/// One vehicle with its crew for one stretch of time; drives at most one route.
#[derive(Clone, Debug)]
pub struct Shift {
    /// Its id.
    pub id: ShiftId,
    /// The vehicle.
    pub vehicle: String,
    /// Where the route starts and ends.
    pub depot: LocationId,
    /// Seats for persons.
    pub seats: u32,
    /// Wheelchair places.
    pub wheelchairs: u32,
    /// Compartments: distinct classes aboard at most.
    pub compartments: u32,
    /// The route lies inside this stretch.
    pub span: Span,
    /// Longest route; none: no limit but the stretch.
    pub max_hours: Option<Hours>,
    /// Cost of using the shift.
    pub fixed: Euro,
    /// Cost per kilometre.
    pub per_km: Euro,
    /// Cost per hour away from the depot.
    pub per_hour: Euro,
    /// Its row.
    pub row: RowRef,
}

/// A ride with its own windows.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// Persons.
    pub persons: u32,
    /// Class.
    pub class: TransferClass,
    /// Wheelchairs.
    pub wheelchairs: u32,
    /// From.
    pub from: LocationId,
    /// To.
    pub to: LocationId,
    /// Start of loading lies in here.
    pub pickup: Span,
    /// Start of unloading lies in here.
    pub dropoff: Span,
    /// Loading.
    pub load: Minutes,
    /// Unloading.
    pub unload: Minutes,
    /// Longest time from end of loading to start of unloading; none: no limit.
    pub max_ride: Option<Minutes>,
    /// Its row.
    pub row: RowRef,
}

/// How far a departure of an earlier plan has gone.
#[derive(Clone, Debug)]
pub struct Commitment {
    /// The case.
    pub case: CaseId,
    /// Its legs in order; empty: none.
    pub legs: Vec<LegId>,
    /// The contact slot of the notice.
    pub slot: Option<SlotId>,
    /// When notice was given.
    pub noticed_at: Option<Instant>,
    /// The escorts of its team.
    pub escorts: Vec<EscortId>,
    /// The shift of its ride.
    pub shift: Option<ShiftId>,
    /// When it is picked up.
    pub pickup_at: Option<Instant>,
    /// How far.
    pub level: Level,
    /// Its row.
    pub row: RowRef,
}

/// What a planner has fixed of one case, with a reason and a name.
#[derive(Clone, Debug)]
pub struct Pin {
    /// Its id.
    pub id: PinId,
    /// The case.
    pub case: CaseId,
    /// It does not depart.
    pub out: bool,
    /// It departs on exactly these legs; empty: on any.
    pub legs: Vec<LegId>,
    /// These are in its team; empty: anybody.
    pub escorts: Vec<EscortId>,
    /// This shift drives it; none: any.
    pub shift: Option<ShiftId>,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: OfficerId,
    /// Its row.
    pub row: RowRef,
}

/// Something that happened since the plan under way was made.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// When it happened, or begins.
    pub at: Instant,
    /// What it is about.
    pub kind: EventKind,
    /// The id of the row it is about: of a case, person, document, leg, escort, shift or transfer, as the kind says.
    pub subject: String,
    /// Its row.
    pub row: RowRef,
}

/// A departure of the past, for fitting the risk model.
#[derive(Clone, Debug)]
pub struct PastDeparture {
    /// Its id.
    pub id: DepartureId,
    /// Date it was planned on.
    pub planned_on: NaiveDate,
    /// In law.
    pub kind: CaseKind,
    /// Supervision measure.
    pub measure: Measure,
    /// Days between notice and departure, ≥ 0.
    pub notice_days: f64,
    /// Parts of the file that were known.
    pub file: FileParts,
    /// Escorts planned.
    pub escorts: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// Its row.
    pub row: RowRef,
}

macro_rules! keyed {
    ($($row:ident => $key:ident),+ $(,)?) => {$(
        impl Keyed for $row {
            type Key = $key;
            fn key(&self) -> &$key {
                &self.id
            }
        }
    )+};
}

keyed!(
    Location => LocationId,
    Case => CaseId,
    Person => PersonId,
    Document => DocumentId,
    Procedure => ProcedureId,
    ContactSlot => SlotId,
    Leg => LegId,
    ReturnFlight => ReturnId,
    Escort => EscortId,
    Duty => DutyId,
    Shift => ShiftId,
    Transfer => TransferId,
    PastDeparture => DepartureId,
    Pin => PinId,
);

impl Keyed for Transit {
    type Key = LocationId;
    fn key(&self) -> &LocationId {
        &self.airport
    }
}

impl Keyed for Commitment {
    type Key = CaseId;
    fn key(&self) -> &CaseId {
        &self.case
    }
}
