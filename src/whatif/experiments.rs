//! Ready-made experiments: the savings that the policy review of return 2011-2017 guessed at, and one more of what planners ask
//! for first.

use super::{Refusal, Tweak};
use crate::lang::Lang;
use crate::units::{Instant, shift};
use crate::week::{Escort, LegKind, Role, Shift, Visas, Week};
use serde::Serialize;
use std::collections::BTreeMap;

/// An experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Experiment {
    /// More joint flights, for which people wait longer.
    Joint,
    /// Less direct routes on the road, and fuller vehicles.
    Road,
    /// One more pair of escorts.
    Pair,
    /// One more vehicle.
    Vehicle,
}

impl Experiment {
    /// Every experiment.
    pub const ALL: [Self; 4] = [Self::Joint, Self::Road, Self::Pair, Self::Vehicle];

    /// Its name for people.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Joint => lang.pick("more joint flights", "meer gezamenlijke vluchten"),
            Self::Road => lang.pick("less direct roads, fuller vehicles", "minder directe routes, vollere voertuigen"),
            Self::Pair => lang.pick("one more escort pair", "één begeleiderskoppel meer"),
            Self::Vehicle => lang.pick("one more vehicle", "één voertuig meer"),
        }
    }

    /// The share that the review guessed would be saved; none: it published no guess.
    pub fn guess(self) -> Option<f64> {
        match self {
            Self::Joint | Self::Road => Some(0.15),
            Self::Pair | Self::Vehicle => None,
        }
    }

    /// What is different in the folder.
    pub(super) fn tweaks(self, week: &Week) -> Result<Vec<Tweak>, Refusal> {
        let tweaks = match self {
            Self::Joint => joint(week),
            Self::Road => road(week),
            Self::Pair => pair(week),
            Self::Vehicle => vehicle(week),
        };
        if tweaks.is_empty() { Err(Refusal::NothingToCopy(self)) } else { Ok(tweaks) }
    }
}

/// Every joint leg once more, a day later.
fn joint(week: &Week) -> Vec<Tweak> {
    let later = |at: Instant| shift(at, 24.0 * 60.0).to_rfc3339();
    let joint = week.legs.iter().filter(|leg| leg.kind == LegKind::Joint);
    let copy = |leg: &crate::week::Leg| {
        let mut fields = vec![("departs".to_owned(), later(leg.departs)), ("arrives".to_owned(), later(leg.arrives))];
        fields.extend(leg.home_at.map(|home| ("home_at".to_owned(), later(home))));
        Tweak::Copy("legs.csv".to_owned(), leg.id.to_string(), fields)
    };
    joint.map(copy).collect()
}

/// Twice the detour, and one more class of people together in every vehicle.
fn road(week: &Week) -> Vec<Tweak> {
    if week.shifts.is_empty() {
        return Vec::new();
    }
    let detour = week.rules.max_detour.get() * 2.0;
    let mut tweaks = vec![Tweak::Set("rules.max_detour_minutes".to_owned(), detour.to_string())];
    tweaks.extend(week.shifts.iter().map(|shift| {
        let more = shift.compartments.saturating_add(1).to_string();
        Tweak::Edit("shifts.csv".to_owned(), shift.id.to_string(), "compartments".to_owned(), more)
    }));
    tweaks
}

/// The two escorts who may enter the most countries, of either sex where there are both.
fn pair(week: &Week) -> Vec<Tweak> {
    let reach = |escort: &Escort| match &escort.visas {
        Visas::All => usize::MAX,
        Visas::Only(countries) => countries.len(),
    };
    let mut able: Vec<&Escort> = week.escorts.iter().filter(|escort| escort.role == Role::Escort).collect();
    able.sort_by_key(|escort| std::cmp::Reverse(reach(escort)));
    let Some(first) = able.first().copied() else { return Vec::new() };
    let other = able.iter().copied().find(|escort| escort.sex != first.sex).or_else(|| able.get(1).copied());
    let pair = std::iter::once(first).chain(std::iter::once(other.unwrap_or(first)));
    pair.map(|escort| Tweak::Copy("escorts.csv".to_owned(), escort.id.to_string(), Vec::new())).collect()
}

/// The vehicle with the most shifts, with all of them.
fn vehicle(week: &Week) -> Vec<Tweak> {
    let mut of_vehicle: BTreeMap<&str, Vec<&Shift>> = BTreeMap::new();
    for shift in &week.shifts {
        of_vehicle.entry(&shift.vehicle).or_default().push(shift);
    }
    let most = of_vehicle.into_iter().max_by(|a, b| a.1.len().cmp(&b.1.len()).then_with(|| b.0.cmp(a.0)));
    let Some((vehicle, shifts)) = most else { return Vec::new() };
    let mut name = format!("{vehicle}+");
    while week.shifts.iter().any(|shift| shift.vehicle == name) {
        name.push('+');
    }
    let copy = |shift: &Shift| {
        Tweak::Copy("shifts.csv".to_owned(), shift.id.to_string(), vec![("vehicle".to_owned(), name.clone())])
    };
    shifts.into_iter().map(copy).collect()
}
