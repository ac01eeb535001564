//! Why a case whose gates are open is not planned all the same: data in `plan.json`, sentences here.

use crate::lang::Lang;
use crate::options::{Obstacle, words};
use serde::{Deserialize, Serialize};

/// Why an open case is left out, from what can never work to what was weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// It has no option at all.
    Obstacle(Obstacle),
    /// The people who could be its team are not there: role, sex, visas, base, absence or weekly hours.
    Team,
    /// It could depart, but what it needs (seats, contact slots, escorts, vehicles, arrivals a day) is worth more elsewhere.
    Outweighed,
    /// The search was stopped before it found a place for it, or showed that there is none.
    NotDecided,
}

impl LeftOut {
    /// The reason as a sentence without a full stop.
    pub fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::Obstacle(obstacle) => words::obstacle(obstacle, lang),
            Self::Team => lang.pick(
                "the people for its team are not there (role, sex, visas, base, absence or weekly hours)",
                "de mensen voor haar team zijn er niet (rol, geslacht, visa, standplaats, afwezigheid of weekuren)",
            ),
            Self::Outweighed => lang.pick(
                "it could depart, but the seats, contact slots, escorts or vehicles it needs are worth more elsewhere in the plan",
                "ze kan vertrekken, maar de stoelen, contactmomenten, escorts of voertuigen die ze nodig heeft zijn elders in het \
                 plan meer waard",
            ),
            Self::NotDecided => lang.pick(
                "the search was stopped before it found a place for this case; a longer run may",
                "het zoeken stopte voordat er een plaats voor deze zaak was; langer zoeken kan er een vinden",
            ),
        }
    }
}
