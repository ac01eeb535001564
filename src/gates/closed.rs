//! A closed gate as data: which gate, the rows that close it, why, what would open it, and who can. Sentences are made
//! in `words.rs`.

use crate::units::{Hours, Instant};
use crate::week::{CaseKind, LocationId, Measure, PersonId, RowRef};
use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeSet;

/// The gates, in the order of section 2 of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateName {
    /// A named officer has released the case for planning.
    Release,
    /// Voluntary departure goes first.
    Voluntary,
    /// Departure lies within the period of the case.
    Period,
    /// Every person has a valid travel document.
    Document,
    /// No suspensive procedure is open.
    Procedure,
    /// The case is known to be there before departure.
    Availability,
    /// Every person is fit to fly.
    Fitness,
    /// Unaccompanied minors are received.
    Reception,
    /// The receiving state's terms.
    Arrival,
    /// Person and lawyer can be told in time.
    Notice,
}

impl GateName {
    /// Every gate, in the order of the specification.
    pub const ALL: [Self; 10] = [
        Self::Release,
        Self::Voluntary,
        Self::Period,
        Self::Document,
        Self::Procedure,
        Self::Availability,
        Self::Fitness,
        Self::Reception,
        Self::Arrival,
        Self::Notice,
    ];

    /// Whether it is asked of the case itself; the others are asked for each journey.
    pub const fn is_of_case(self) -> bool {
        matches!(self, Self::Release | Self::Voluntary | Self::Procedure | Self::Reception)
    }

    /// The gate's name as written in `plan.json`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Voluntary => "voluntary",
            Self::Period => "period",
            Self::Document => "document",
            Self::Procedure => "procedure",
            Self::Availability => "availability",
            Self::Fitness => "fitness",
            Self::Reception => "reception",
            Self::Arrival => "arrival",
            Self::Notice => "notice",
        }
    }
}

impl std::fmt::Display for GateName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

/// Who can open a closed gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// Dienst Terugkeer en Vertrek.
    DtV,
    /// Immigratie- en Naturalisatiedienst.
    Ind,
    /// The court that has the appeal.
    Court,
    /// The embassy or consulate that issues the document.
    Embassy,
    /// Dienst Justitiële Inrichtingen.
    Dji,
    /// Centraal Orgaan opvang asielzoekers.
    Coa,
    /// The aliens police (AVIM), for cases that report or are on bail.
    Avim,
    /// The medical advisers (BMA, FMMU).
    MedicalAdvisers,
    /// The state that receives the case.
    ReceivingState,
}

impl Owner {
    /// Who knows where a case is, by its supervision measure.
    pub(crate) const fn of_presence(measure: Measure) -> Self {
        match measure {
            Measure::Detention | Measure::FamilyClosed => Self::Dji,
            Measure::Restricted | Measure::Family => Self::Coa,
            Measure::Reporting | Measure::Bail => Self::Avim,
            Measure::None => Self::DtV,
        }
    }
}

/// Why a gate is closed.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// No officer or no moment of release.
    NotReleased,
    /// Released from a moment that has not come yet.
    ReleasedLater {
        /// The moment.
        at: Instant,
    },
    /// Voluntary departure is under way.
    VoluntaryTrack,
    /// The departure is before `earliest`.
    BeforeEarliest {
        /// `earliest`.
        earliest: Instant,
    },
    /// The departure is after `latest`.
    AfterLatest {
        /// `latest`.
        latest: Instant,
    },
    /// The term for leaving by oneself is still running at departure.
    TermRuns {
        /// `term_until`.
        until: Instant,
    },
    /// The person has no document at all.
    NoDocument,
    /// The document is of a kind that does not count for a case of this kind.
    DocumentKind {
        /// The kind of the case.
        case: CaseKind,
    },
    /// The document is promised, not issued.
    DocumentPromised,
    /// The document is withdrawn.
    DocumentWithdrawn,
    /// The document is not valid yet at departure.
    DocumentNotYetValid {
        /// `valid_from`.
        from: Instant,
    },
    /// Nobody filled in until when the document is valid.
    DocumentEndUnknown,
    /// The document ends too soon after arrival.
    DocumentExpires {
        /// `valid_until`.
        until: Instant,
        /// Until when it must be valid.
        needed: Instant,
    },
    /// The document may not be used at the final airport.
    DocumentEntryPoint {
        /// The final airport.
        airport: LocationId,
    },
    /// A suspensive procedure is open.
    SuspensiveProcedure {
        /// Its kind, in the file's own words.
        kind: String,
        /// When it closes, if that is known.
        closes: Option<Instant>,
    },
    /// Nobody says that the case is available at any time.
    NoAvailability,
    /// No row covers the hours before departure.
    NotAvailable {
        /// Start of the hours that must be covered.
        from: Instant,
        /// Departure.
        until: Instant,
    },
    /// The row that covers them is not confirmed (or only in the future).
    AvailabilityUnconfirmed,
    /// The row that covers them was confirmed too long ago.
    AvailabilityStale {
        /// When it was confirmed.
        confirmed: Instant,
        /// How old a confirmation may be.
        max_age: Hours,
    },
    /// Declared unfit.
    Unfit,
    /// Not declared yet.
    FitnessPending,
    /// Nobody filled in until when the declaration holds.
    FitnessEndUnknown,
    /// The declaration ends before arrival.
    FitnessExpires {
        /// `fit_until`.
        until: Instant,
        /// Arrival.
        arrives: Instant,
    },
    /// An unaccompanied minor whose reception is not confirmed.
    ReceptionUnconfirmed,
    /// The departure is too few days ahead for the announcement.
    AnnouncedTooLate {
        /// Days that the state asks for.
        days: u32,
        /// First date of departure that can still be announced in time.
        first_date: NaiveDate,
    },
    /// The arrival is outside the hours of the receiving state.
    ArrivalClock {
        /// Clock time of arrival, its own offset.
        at: NaiveTime,
        /// Not before.
        from: Option<NaiveTime>,
        /// Not after.
        until: Option<NaiveTime>,
    },
    /// The arrival is on a weekday that the receiving state excludes.
    ArrivalWeekday {
        /// ISO weekday of arrival.
        day: u8,
        /// ISO weekdays that are admitted.
        admitted: BTreeSet<u8>,
    },
    /// There is no contact slot at the case's location from now on.
    NoContactSlot {
        /// The location.
        location: LocationId,
    },
    /// No contact slot is early enough before departure.
    NoticeTooShort {
        /// Clock hours that notice must leave.
        hours: Hours,
        /// Office hours that notice must leave.
        office: Hours,
        /// The first contact slot there is.
        first_slot: Instant,
    },
}

/// What would open a closed gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// A named officer releases the case.
    Release,
    /// Nothing but waiting until a moment.
    Wait,
    /// The voluntary track is ended by the person or runs out.
    EndVoluntaryTrack,
    /// A departure at or after a moment; the gate opens by itself.
    DepartLater,
    /// The period of the case is looked at again.
    ReviewPeriod,
    /// A document of an accepted kind is issued.
    IssueDocument,
    /// The document that is promised is issued.
    IssuePromised,
    /// The document is renewed, or its validity filled in.
    ExtendDocument,
    /// A document for the airport, or a flight to another airport.
    DocumentForAirport,
    /// The procedure is decided or withdrawn.
    DecideProcedure,
    /// The location says when the case is available.
    StateAvailability,
    /// The location confirms the stretch anew.
    ConfirmAvailability,
    /// The medical advisers look again; no departure before.
    MedicalReview,
    /// A declaration of fitness is given.
    DeclareFitness,
    /// A declaration that holds until arrival.
    ExtendFitness,
    /// Reception in the destination is arranged and confirmed.
    ConfirmReception,
    /// A departure on or after the first date that can still be announced.
    AnnounceAndDepartLater,
    /// A flight that arrives within the state's hours, or its consent.
    ArriveInHours,
    /// A flight that arrives on an admitted weekday, or the state's consent.
    ArriveOnWeekday,
    /// A contact slot at the location early enough before departure.
    AddContactSlot,
}

/// One reason why a gate is closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// The gate.
    pub gate: GateName,
    /// The person it is about, when it is about one.
    pub person: Option<PersonId>,
    /// The rows that close it; where no row does (a document that is not there), the row of the person or case.
    pub rows: Vec<RowRef>,
    /// Why.
    pub why: Why,
    /// What would open it.
    pub remedy: Remedy,
    /// Who can open it.
    pub owner: Owner,
    /// When it opens by itself, or the first departure it would be open for, as far as that is known.
    pub opens_at: Option<Instant>,
}
