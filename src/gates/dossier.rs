//! What the gates look at: everything of one case brought together once, and one journey it might make.

use super::notice::NoticeBook;
use crate::units::Instant;
use crate::week::*;

/// A person of the case with the documents of that person.
#[derive(Clone, Debug)]
pub struct Traveller<'a> {
    /// The person.
    pub person: &'a Person,
    /// The documents, in file order.
    pub documents: Vec<&'a Document>,
}

/// A notice that was given already and holds on the very same legs (section 3 of the specification).
#[derive(Clone, Debug)]
pub struct Kept {
    /// The legs, as positions in `Week::legs`, in order.
    pub legs: Vec<usize>,
    /// When it was given.
    pub noticed_at: Instant,
}

/// Everything of one case that decides whether it may be planned.
#[derive(Clone, Debug)]
pub struct Dossier<'a> {
    /// The week.
    pub week: &'a Week,
    /// The case.
    pub case: &'a Case,
    /// Its persons, in file order.
    pub travellers: Vec<Traveller<'a>>,
    /// Its procedures, in file order.
    pub procedures: Vec<&'a Procedure>,
    /// Its availability rows, in file order.
    pub availability: Vec<&'a Availability>,
    /// The receiving state's terms, when it has any.
    pub terms: Option<&'a Destination>,
    /// A notice that holds already.
    pub kept: Option<Kept>,
    /// Legs it is booked or locked on, positions in `Week::legs`: lead times do not apply to them (section 3).
    pub booked: Vec<usize>,
    /// Contact slots of all locations.
    pub(crate) notices: &'a NoticeBook,
}

impl<'a> Dossier<'a> {
    /// Brings together what belongs to `case`.
    pub fn of(week: &'a Week, case: &'a Case, notices: &'a NoticeBook) -> Self {
        let travellers = week
            .persons(&case.id)
            .map(|person| Traveller { person, documents: week.documents(&person.id).collect() })
            .collect();
        let commitment = week.commitments.get(&case.id).filter(|c| !c.legs.is_empty());
        // A leg may have been cancelled since: notice of a connection does not hold on what is left of it.
        let legs = |c: &Commitment| c.legs.iter().map(|leg| week.legs.position(leg)).collect::<Option<Vec<_>>>();
        let left = |c: &Commitment| c.legs.iter().filter_map(|leg| week.legs.position(leg)).collect::<Vec<_>>();
        let noticed = commitment.filter(|c| c.level >= Level::Noticed);
        let kept = noticed.and_then(|c| Some(Kept { legs: legs(c)?, noticed_at: c.noticed_at? }));
        Self {
            week,
            case,
            travellers,
            procedures: week.procedures(&case.id).collect(),
            availability: week.availability(&case.id).collect(),
            terms: week.terms(case),
            kept,
            booked: commitment.filter(|c| c.level >= Level::Booked).map(left).unwrap_or_default(),
            notices,
        }
    }

    /// The notice that holds on these legs, when one does.
    pub fn kept_on(&self, legs: &[usize]) -> Option<Instant> {
        self.kept.as_ref().filter(|kept| kept.legs == legs).map(|kept| kept.noticed_at)
    }

    /// Whether the receiving state's longer announcement holds: a child, an infant, a medical escort or a wheelchair.
    pub fn is_special(&self) -> bool {
        self.case.medical_escort.is_some()
            || self.travellers.iter().any(|t| t.person.age_group != AgeGroup::Adult || t.person.wheelchair)
    }
}

/// A journey that a case might make.
#[derive(Clone, Copy, Debug)]
pub struct Journey<'a> {
    /// Departure of the first leg.
    pub departs: Instant,
    /// Arrival of the last leg, with the offset of its airport.
    pub arrives: Instant,
    /// The final airport.
    pub airport: &'a LocationId,
    /// Its legs, as positions in `Week::legs`, in order.
    pub legs: &'a [usize],
}

impl<'a> Journey<'a> {
    /// The journey over these legs; none when there is no leg, or no such leg.
    pub fn over(week: &'a Week, legs: &'a [usize]) -> Option<Self> {
        let first = week.legs.rows().get(*legs.first()?)?;
        let last = week.legs.rows().get(*legs.last()?)?;
        Some(Self { departs: first.departs, arrives: last.arrives, airport: &last.to, legs })
    }
}
