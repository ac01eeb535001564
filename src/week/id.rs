//! Ids of rows: opaque pseudonyms, one type a table, cheap to copy around.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as written in its table, or none when it is empty or holds white space, a control character or an
            /// invisible one.
            pub fn new(text: &str) -> Option<Self> {
                let no_id = |c: char| c.is_whitespace() || c.is_control() || invisible(c);
                let valid = !text.is_empty() && !text.chars().any(no_id);
                valid.then(|| Self(Arc::from(text)))
            }
            /// The id as written in its table.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )+};
}

ids!(
    /// A row of `locations.csv`; airports are locations too.
    LocationId,
    /// A row of `cases.csv`: one person or one family group.
    CaseId,
    /// A row of `persons.csv`.
    PersonId,
    /// A row of `documents.csv`.
    DocumentId,
    /// A row of `procedures.csv`.
    ProcedureId,
    /// A row of `contact_slots.csv`.
    SlotId,
    /// A row of `legs.csv`: one flight of one aircraft.
    LegId,
    /// A row of `returns.csv`: an escort's flight home.
    ReturnId,
    /// A row of `escorts.csv`.
    EscortId,
    /// A row of `duties.csv`: fixed work of escorts.
    DutyId,
    /// A row of `shifts.csv`: one vehicle with its crew for one stretch of time.
    ShiftId,
    /// A row of `transfers.csv`: a ride with its own windows.
    TransferId,
    /// A row of `events.csv`.
    EventId,
    /// A row of `pins.csv`.
    PinId,
    /// A row of `history.csv`.
    DepartureId,
    /// A release officer's pseudonym.
    OfficerId,
    /// A skill of an escort, as fixed duties ask for it.
    SkillId,
);

/// Characters that leave no mark, or turn the direction of what follows: two ids that differ only in these look the same.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
