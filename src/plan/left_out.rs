//! Why a case whose gates are open is not planned all the same: data in `plan.json`, sentences here.

use crate::lang::Lang;
use serde::{Deserialize, Serialize};

/// Why an open case is left out, from what can never work to what was weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// No flight or connection brings the case to an entry point.
    NoItinerary,
    /// It needs a team, and no itinerary has an admissible flight home for one.
    NoWayHome,
    /// No itinerary has seats enough for the case and its team.
    NoSeats,
    /// The people who could be its team are not there: role, sex, visas, base, absence or weekly hours.
    NoTeam,
    /// No shift can bring it to the airport in time.
    NoRide,
    /// Every way to depart costs more than it is worth.
    NotWorthIt,
    /// It could depart, but what it needs (seats, contact slots, escorts, vehicles, arrivals a day) is worth more elsewhere.
    Outweighed,
    /// The search was stopped before it found a place for it, or showed that there is none.
    NotDecided,
}

impl LeftOut {
    /// The reason as a sentence.
    pub fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::NoItinerary => lang.pick(
                "no flight or connection in the folder brings this case to one of its entry points",
                "geen vlucht of verbinding in de map brengt deze zaak naar een van haar toegangspunten",
            ),
            Self::NoWayHome => lang.pick(
                "it needs a team, and no flight home in the folder suits one",
                "ze heeft een team nodig, en geen vlucht naar huis in de map past bij een team",
            ),
            Self::NoSeats => lang.pick(
                "no flight has seats enough for this case and its team",
                "geen vlucht heeft genoeg stoelen voor deze zaak en haar team",
            ),
            Self::NoTeam => lang.pick(
                "the people for its team are not there (role, sex, visas, base, absence or weekly hours)",
                "de mensen voor haar team zijn er niet (rol, geslacht, visa, standplaats, afwezigheid of weekuren)",
            ),
            Self::NoRide => lang.pick(
                "no DV&O shift can bring it to the airport in time",
                "geen DV&O-dienst kan haar op tijd naar de luchthaven brengen",
            ),
            Self::NotWorthIt => lang.pick(
                "every way to depart costs more than it is worth",
                "elke manier van vertrek kost meer dan ze waard is",
            ),
            Self::Outweighed => lang.pick(
                "it could depart, but the seats, contact slots, escorts or vehicles it needs are worth more elsewhere in the plan",
                "ze kan vertrekken, maar de stoelen, contactmomenten, escorts of voertuigen die ze nodig heeft zijn elders in het plan meer waard",
            ),
            Self::NotDecided => lang.pick(
                "the search was stopped before it found a place for this case; a longer run may",
                "het zoeken stopte voordat er een plaats voor deze zaak was; langer zoeken kan er een vinden",
            ),
        }
    }
}
