//! Who departs together.

use super::super::draw::Draw;
use crate::week::{AgeGroup, Measure, Sex};

/// A person of a household.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) sex: Sex,
    pub(super) age: AgeGroup,
}

/// Persons that depart together; a child alone is an unaccompanied minor.
#[derive(Clone, Debug)]
pub(super) struct Household(pub(super) Vec<Member>);

impl Household {
    pub(super) fn is_minor_alone(&self) -> bool {
        matches!(self.0.as_slice(), [Member { age: AgeGroup::Child, .. }])
    }

    /// The sex of a person who departs alone.
    pub(super) fn alone(&self) -> Option<Sex> {
        match self.0.as_slice() {
            [only] => Some(only.sex),
            _ => None,
        }
    }

    /// A household as the measure has it: single people in detention, families in the family locations.
    pub(super) fn of(draw: &mut Draw, measure: Measure) -> Self {
        // Chances of a couple without children, of a family, and of a child alone.
        let [couple, family, minor] = match measure {
            Measure::Detention => [0.02, 0.0, 0.0],
            Measure::FamilyClosed => [0.0, 0.88, 0.12],
            Measure::Family => [0.0, 1.0, 0.0],
            Measure::Restricted => [0.06, 0.05, 0.0],
            Measure::Reporting | Measure::Bail | Measure::None => [0.06, 0.14, 0.03],
        };
        let men = if measure == Measure::Detention { 0.86 } else { 0.7 };
        match draw.unit() {
            below if below < couple => Self(vec![adult(Sex::F), adult(Sex::M)]),
            below if below < couple + family => Self::family(draw),
            below if below < couple + family + minor => Self(vec![child(draw)]),
            _ => Self(vec![adult(single(draw, men))]),
        }
    }

    fn family(draw: &mut Draw) -> Self {
        let mut members = match draw.unit() {
            below if below < 0.45 => vec![adult(Sex::F), adult(Sex::M)],
            below if below < 0.92 => vec![adult(Sex::F)],
            _ => vec![adult(Sex::M)],
        };
        for _ in 0..draw.weighted([(34.0, 1), (33.0, 2), (20.0, 3), (9.0, 4), (4.0, 5)]) {
            members.push(child(draw));
        }
        if draw.chance(0.13) {
            members.push(Member { sex: draw.pick([Sex::F, Sex::M]), age: AgeGroup::Infant });
        }
        Self(members)
    }
}

const fn adult(sex: Sex) -> Member {
    Member { sex, age: AgeGroup::Adult }
}

fn child(draw: &mut Draw) -> Member {
    Member { sex: draw.pick([Sex::F, Sex::M]), age: AgeGroup::Child }
}

fn single(draw: &mut Draw, men: f64) -> Sex {
    match draw.unit() {
        below if below < 0.004 => Sex::X,
        below if below < 0.004 + men => Sex::M,
        _ => Sex::F,
    }
}
