//! Why a case whose gates are open is not planned all the same: data in `plan.json`, sentences here. Only what was verified
//! is said: of the case alone, or of the plan as it stands with the case added to it.

use crate::lang::Lang;
use crate::options::{Obstacle, words};
use crate::units::Euro;
use crate::week::{LegId, LocationId, OfficerId, PinId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Why an open case is left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// A planner keeps it out.
    Pinned {
        /// The pin.
        pin: PinId,
        /// Who says so.
        by: OfficerId,
        /// Why.
        reason: String,
    },
    /// It has no option at all.
    Obstacle(Obstacle),
    /// The people who could be its team are too few, had they nothing else to do: role, sex, visas, base, absence, weekly hours.
    Team,
    /// It cannot be added to the plan as it stands; what its best way out lacks.
    NoRoom {
        /// The legs of that way.
        legs: Vec<LegId>,
        /// Its value less tickets.
        worth: Euro,
        /// What is taken by others.
        lacks: Vec<Scarce>,
    },
    /// It can be added to the plan as it stands, but its escorts and the longer route cost at least what it is worth.
    CostsMore {
        /// The legs of the way that comes nearest.
        legs: Vec<LegId>,
        /// Its value less tickets.
        worth: Euro,
        /// What it would add to escorts and transport.
        cost: Euro,
    },
    /// It can be added to the plan as it stands with a gain: the search was stopped before it did.
    NotDecided {
        /// The legs.
        legs: Vec<LegId>,
        /// What the plan would gain.
        gain: Euro,
    },
    /// The plan was changed by hand since it was tried last, and what was found then need not hold any more.
    Untried,
}

/// What a way out lacks in a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scarce {
    /// Seats on a leg, for the case and its team.
    Seats(LegId),
    /// Places for returnees on a leg.
    Returnees(LegId),
    /// Places for returnees without escorts on a leg.
    Unescorted(LegId),
    /// A place at a contact slot of its location that leaves enough notice.
    ContactSlot(LocationId),
    /// Arrivals that the receiving state admits on the date.
    Arrivals(NaiveDate),
    /// Free people who could be its team.
    Team,
    /// A shift whose route could take it along, or that stands free.
    Ride,
}

impl LeftOut {
    /// The reason as a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::NoRoom { legs, worth, lacks } => {
                let (way, worth) = (way(legs), worth.get());
                let lacks: Vec<String> = lacks.iter().map(|scarce| scarce.sentence(lang)).collect();
                let lacks = lacks.join(", ");
                lang.pick(
                    format!("no room in the plan as it stands; its best way out ({way}, worth {worth:.0} euro) lacks {lacks}"),
                    format!("geen plaats in het plan zoals het er ligt; haar beste weg ({way}, {worth:.0} euro waard) mist {lacks}"),
                )
            }
            Self::CostsMore { legs, worth, cost } => {
                let (way, worth, cost) = (way(legs), worth.get(), cost.get());
                lang.pick(
                    format!("adding it to the plan as it stands ({way}) costs {cost:.0} euro in escorts and transport and is worth {worth:.0}"),
                    format!("toevoegen aan het plan zoals het er ligt ({way}) kost {cost:.0} euro aan begeleiding en vervoer en is {worth:.0} waard"),
                )
            }
            Self::NotDecided { legs, gain } => {
                let (way, gain) = (way(legs), gain.get());
                lang.pick(
                    format!("the search was stopped before it was placed; adding it ({way}) would gain {gain:.0} euro"),
                    format!(
                        "het zoeken stopte voordat ze een plaats had; toevoegen ({way}) zou {gain:.0} euro opleveren"
                    ),
                )
            }
            Self::Untried => lang
                .pick(
                    "not tried again since escorts were swapped by hand",
                    "niet opnieuw geprobeerd sinds begeleiders met de hand zijn geruild",
                )
                .to_owned(),
            Self::Pinned { pin, by, reason } => lang.pick(
                format!("kept out by pin {pin} of {by}, because: {reason}"),
                format!("uit het plan gehouden met pin {pin} van {by}, omdat: {reason}"),
            ),
            Self::Obstacle(obstacle) => words::obstacle(*obstacle, lang).to_owned(),
            Self::Team => lang
                .pick(
                    "the people for its team are not there (role, sex, visas, base, absence or weekly hours)",
                    "de mensen voor haar team zijn er niet (rol, geslacht, visa, standplaats, afwezigheid of weekuren)",
                )
                .to_owned(),
        }
    }

    /// What would change it, as a sentence.
    pub fn opens_when(&self, lang: Lang) -> String {
        match self {
            Self::NoRoom { lacks, .. } => {
                let lacks: Vec<String> = lacks.iter().map(|scarce| scarce.sentence(lang)).collect();
                lang.pick("there is more of: ", "er is meer van: ").to_owned() + &lacks.join(", ")
            }
            Self::Pinned { pin, .. } => {
                lang.pick(format!("pin {pin} is taken away"), format!("pin {pin} wordt weggehaald"))
            }
            Self::Untried => lang.pick("the week is planned again", "de week wordt opnieuw gepland").to_owned(),
            Self::NotDecided { .. } => lang.pick("a longer run", "langer zoeken").to_owned(),
            Self::CostsMore { .. } | Self::Obstacle(Obstacle::Gain) => lang
                .pick("a cheaper way out, or a higher priority", "een goedkopere weg, of een hogere prioriteit")
                .to_owned(),
            _ => lang.pick("the folder offers another way out", "de map biedt een andere weg").to_owned(),
        }
    }
}

impl Scarce {
    /// What there is too little of.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::Seats(leg) => lang.pick(format!("seats on {leg}"), format!("stoelen op {leg}")),
            Self::Returnees(leg) => {
                lang.pick(format!("places for returnees on {leg}"), format!("plaatsen voor vertrekkers op {leg}"))
            }
            Self::Unescorted(leg) => lang.pick(
                format!("places for returnees without escorts on {leg}"),
                format!("plaatsen voor vertrekkers zonder begeleiding op {leg}"),
            ),
            Self::ContactSlot(location) => lang.pick(
                format!("a contact slot in time at {location}"),
                format!("een contactmoment op tijd in {location}"),
            ),
            Self::Arrivals(date) => {
                lang.pick(format!("arrivals admitted on {date}"), format!("toegelaten aankomsten op {date}"))
            }
            Self::Team => lang.pick("free escorts", "vrije begeleiders").to_owned(),
            Self::Ride => lang.pick("a shift for the ride", "een dienst voor de rit").to_owned(),
        }
    }
}

fn way(legs: &[LegId]) -> String {
    legs.iter().map(LegId::as_str).collect::<Vec<_>>().join(" + ")
}
