//! Who may do what: the roles of the service.

use crate::lang::Lang;

/// A role. An account has one or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Plans, repairs, proposes and publishes.
    Planner,
    /// Approves or refuses what was proposed.
    Approver,
    /// Escorts and their rosters; of cases no more than escorting needs.
    EscortCoordinator,
    /// Vehicles and their run sheets; of cases no more than driving needs.
    TransportCoordinator,
    /// The facts of cases: documents, procedures, availability.
    Gatekeeper,
    /// Reads everything, changes nothing.
    Auditor,
    /// Accounts and settings; sees no case.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Planner,
        Self::Approver,
        Self::EscortCoordinator,
        Self::TransportCoordinator,
        Self::Gatekeeper,
        Self::Auditor,
        Self::Admin,
    ];

    /// The role as stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Planner => "planner",
            Self::Approver => "approver",
            Self::EscortCoordinator => "escort-coordinator",
            Self::TransportCoordinator => "transport-coordinator",
            Self::Gatekeeper => "gatekeeper",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// The role of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The role as shown.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Planner => lang.pick("planner", "planner"),
            Self::Approver => lang.pick("approver", "goedkeurder"),
            Self::EscortCoordinator => lang.pick("escort coordinator", "coördinator begeleiding"),
            Self::TransportCoordinator => lang.pick("transport coordinator", "coördinator vervoer"),
            Self::Gatekeeper => lang.pick("gatekeeper", "poortwachter"),
            Self::Auditor => lang.pick("auditor", "auditor"),
            Self::Admin => lang.pick("administrator", "beheerder"),
        }
    }
}

/// Roles as stored: words with single spaces.
pub(crate) fn roles(words: &str) -> Vec<Role> {
    words.split_whitespace().filter_map(Role::from_word).collect()
}
