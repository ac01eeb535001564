//! The gates of every case of a week over every itinerary it could take: what is left to price, and why the rest is not.

use crate::gates::{CaseGates, Dossier, Journey, NoticeBook, assess};
use crate::itinerary::{Itineraries, NoItinerary};
use crate::week::{Case, Week};

/// A week after its gates.
#[derive(Clone, Debug)]
pub struct Gated {
    /// Contact slots, ready to be asked.
    pub notices: NoticeBook,
    /// All itineraries of the week.
    pub itineraries: Itineraries,
    /// One entry a case, in the order of `Week::cases`.
    pub cases: Vec<GatedCase>,
}

/// A case after its gates.
#[derive(Clone, Debug)]
pub struct GatedCase {
    /// What the gates say.
    pub gates: CaseGates,
    /// The itineraries on which every gate is open, ascending positions in [`Itineraries::all`].
    pub open: Vec<usize>,
    /// Why there is no itinerary at all.
    pub no_itinerary: Option<NoItinerary>,
}

/// Asks every gate of every case.
pub fn gate(week: &Week) -> Gated {
    let notices = NoticeBook::new(week);
    let itineraries = Itineraries::of(week);
    let of_case = |(position, case)| gate_case(week, position, case, &notices, &itineraries);
    let cases = week.cases.iter().enumerate().map(of_case).collect();
    Gated { notices, itineraries, cases }
}

fn gate_case(week: &Week, position: usize, case: &Case, notices: &NoticeBook, itineraries: &Itineraries) -> GatedCase {
    let dossier = Dossier::of(week, case, notices);
    let (found, no_itinerary) = match itineraries.for_case(&dossier) {
        Ok(found) => (found, None),
        Err(why) => (Vec::new(), Some(why)),
    };
    let journeys: Vec<Journey<'_>> =
        found.iter().filter_map(|&at| Journey::over(week, &itineraries.all()[at].legs)).collect();
    let gates = assess(position, &dossier, &journeys);
    let open = gates.open.iter().map(|&at| found[at]).collect();
    GatedCase { gates, open, no_itinerary }
}
