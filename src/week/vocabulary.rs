//! The closed word lists of the week folder (section 1 of the specification, "Domains").

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every word of the list, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word as written in the files.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
            /// The value for a word of the list.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }
    )+};
}

words! {
    /// What a location is.
    LocationKind {
        /// Detention centre.
        Detention = "detention",
        /// Closed family facility (GGV).
        FamilyClosed = "family_closed",
        /// Freedom-restricting location (VBL).
        Restricted = "restricted",
        /// Family location (GL).
        Family = "family",
        /// Reception centre.
        Reception = "reception",
        /// Prison.
        Prison = "prison",
        /// Police station.
        Police = "police",
        /// Airport.
        Airport = "airport",
        /// Depot of vehicles.
        Depot = "depot",
        /// Consulate or embassy.
        Consulate = "consulate",
        /// Anything else.
        Other = "other",
    }
    /// Where a case is to depart to, in law.
    CaseKind {
        /// Country of origin.
        Origin = "origin",
        /// Transfer to the member state responsible under the Dublin rules.
        Dublin = "dublin",
        /// Another country that admits the person.
        ThirdCountry = "third_country",
    }
    /// The supervision measure of a case: a state of the process, not a trait of a person.
    Measure {
        /// Detention.
        Detention = "detention",
        /// Closed family facility.
        FamilyClosed = "family_closed",
        /// Freedom-restricting measure.
        Restricted = "restricted",
        /// Family location.
        Family = "family",
        /// Duty to report.
        Reporting = "reporting",
        /// Bail.
        Bail = "bail",
        /// No measure.
        None = "none",
    }
    /// Sex, used only for escorts of the same sex and separate transport.
    Sex {
        /// Female.
        F = "f",
        /// Male.
        M = "m",
        /// Other or not recorded.
        X = "x",
    }
    /// Medical company in the air.
    Medical {
        /// A nurse or a doctor.
        Nurse = "nurse",
        /// A doctor.
        Doctor = "doctor",
    }
    /// Age group, used only for seats, separate transport and the protection of minors.
    AgeGroup {
        /// No own seat in the air, one seat on the road.
        Infant = "infant",
        /// Child with an own seat.
        Child = "child",
        /// Adult.
        Adult = "adult",
    }
    /// Whether a person may fly.
    FitToFly {
        /// Declared fit until `fit_until`.
        Yes = "yes",
        /// Declared unfit.
        No = "no",
        /// Not yet declared.
        Pending = "pending",
        /// No declaration needed.
        NotRequired = "not_required",
    }
    /// What kind of travel document it is.
    DocumentKind {
        /// Laissez-passer (LP).
        LaissezPasser = "laissez_passer",
        /// Passport.
        Passport = "passport",
        /// European laissez-passer for Dublin transfers.
        EuLaissezPasser = "eu_laissez_passer",
        /// Document under a readmission agreement.
        ReadmissionAgreement = "readmission_agreement",
    }
    /// How far a document is.
    DocumentStatus {
        /// In hand.
        Issued = "issued",
        /// Promised by the embassy.
        Promised = "promised",
        /// Withdrawn.
        Withdrawn = "withdrawn",
    }
    /// What kind of flight a leg is.
    LegKind {
        /// Scheduled carrier.
        Scheduled = "scheduled",
        /// Joint flight coordinated by Frontex.
        Joint = "joint",
        /// National charter.
        National = "national",
    }
    /// What an escort may serve as.
    Role {
        /// Escort of the KMar.
        Escort = "escort",
        /// Nurse.
        Nurse = "nurse",
        /// Doctor.
        Doctor = "doctor",
    }
    /// Who may share a compartment on the road.
    TransferClass {
        /// Men.
        M = "m",
        /// Women.
        F = "f",
        /// Other.
        X = "x",
        /// A family: a class of its own.
        Family = "family",
    }
    /// How far a departure of an earlier plan has gone.
    Level {
        /// Free to change.
        Proposed = "proposed",
        /// Person and lawyer know.
        Noticed = "noticed",
        /// Tickets bought too.
        Booked = "booked",
        /// On its way.
        Locked = "locked",
    }
    /// What an event is about.
    EventKind {
        /// A procedure that departure must wait for.
        ProcedureOpened = "procedure_opened",
        /// The procedures of a case are closed.
        ProcedureClosed = "procedure_closed",
        /// A case is released for planning.
        Released = "released",
        /// The release is withdrawn.
        ReleaseWithdrawn = "release_withdrawn",
        /// Voluntary departure is under way.
        Voluntary = "voluntary",
        /// A case is not available from `at`, until `until` or for good.
        AvailabilityLost = "availability_lost",
        /// A case is available from `at` until `until`.
        AvailabilityConfirmed = "availability_confirmed",
        /// A document is withdrawn.
        DocumentWithdrawn = "document_withdrawn",
        /// A document is in hand.
        DocumentIssued = "document_issued",
        /// A person may not fly.
        Unfit = "unfit",
        /// A person may fly until `until`.
        Fit = "fit",
        /// A leg is cancelled.
        LegCancelled = "leg_cancelled",
        /// A leg departs at `value`; the arrival shifts along.
        LegRetimed = "leg_retimed",
        /// A leg has `value` seats.
        SeatsChanged = "seats_changed",
        /// An escort is away from `at` until `until`.
        EscortAbsent = "escort_absent",
        /// A shift drives nothing.
        ShiftOut = "shift_out",
        /// A transfer that the folder has is new.
        TransferAdded = "transfer_added",
        /// A transfer is no longer asked for.
        TransferCancelled = "transfer_cancelled",
    }
    /// How a departure of the past ended.
    Outcome {
        /// Departed as planned.
        Departed = "departed",
        /// The person was not there.
        NoShow = "no_show",
        /// A new or reopened procedure.
        Procedure = "procedure",
        /// The file or preparation was incomplete.
        Preparation = "preparation",
        /// Anything else.
        Other = "other",
    }
}
