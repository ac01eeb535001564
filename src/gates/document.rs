//! Gate `document`: every person has an issued document of an accepted kind, valid from departure until long enough after
//! arrival, and usable at the final airport.

use super::{Closed, Dossier, GateName, Journey, Owner, Remedy, Traveller, Why};
use crate::units::{Instant, shift};
use crate::week::{CaseKind, Document, DocumentKind, DocumentStatus};

/// Why the gate is closed, a reason for each person without a document that will do; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>, journey: &Journey<'_>) -> Vec<Closed> {
    let needed = shift(journey.arrives, dossier.week.rules.document_margin.minutes().get());
    dossier.travellers.iter().filter_map(|traveller| reason(dossier, traveller, journey, needed)).collect()
}

/// Whether a document of this kind counts for a case of this kind.
pub fn accepts(case: CaseKind, document: DocumentKind) -> bool {
    match case {
        CaseKind::Dublin => matches!(document, DocumentKind::EuLaissezPasser | DocumentKind::Passport),
        CaseKind::Origin | CaseKind::ThirdCountry => matches!(
            document,
            DocumentKind::LaissezPasser | DocumentKind::Passport | DocumentKind::ReadmissionAgreement
        ),
    }
}

/// Why this person cannot travel, told of the document that comes closest to doing.
fn reason(dossier: &Dossier<'_>, traveller: &Traveller<'_>, journey: &Journey<'_>, needed: Instant) -> Option<Closed> {
    let mut closest: Option<(usize, Why, &Document)> = None;
    for &document in &traveller.documents {
        let (passed, why) = first_failure(dossier.case.kind, document, journey, needed)?;
        if closest.as_ref().is_none_or(|(best, ..)| passed > *best) {
            closest = Some((passed, why, document));
        }
    }
    let (why, row) = match closest {
        Some((_, why, document)) => (why, document.row.clone()),
        None => (Why::NoDocument, traveller.person.row.clone()),
    };
    let opens_at = match why {
        Why::DocumentNotYetValid { from } => Some(from),
        _ => None,
    };
    Some(Closed {
        gate: GateName::Document,
        person: Some(traveller.person.id.clone()),
        rows: vec![row],
        remedy: remedy(&why),
        owner: owner(dossier.case.kind, &why),
        why,
        opens_at,
    })
}

/// How many of the conditions hold before the first that does not, and why that one does not; none when all hold.
fn first_failure(kind: CaseKind, document: &Document, journey: &Journey<'_>, needed: Instant) -> Option<(usize, Why)> {
    if !accepts(kind, document.kind) {
        return Some((0, Why::DocumentKind { case: kind }));
    }
    match document.status {
        DocumentStatus::Withdrawn => return Some((1, Why::DocumentWithdrawn)),
        DocumentStatus::Promised => return Some((2, Why::DocumentPromised)),
        DocumentStatus::Issued => {}
    }
    match document.valid_until {
        None => return Some((3, Why::DocumentEndUnknown)),
        Some(until) if until < needed => return Some((4, Why::DocumentExpires { until, needed })),
        Some(_) => {}
    }
    if !document.entry_points.admits(journey.airport) {
        return Some((5, Why::DocumentEntryPoint { airport: journey.airport.clone() }));
    }
    let from = document.valid_from.filter(|&from| from > journey.departs)?;
    Some((6, Why::DocumentNotYetValid { from }))
}

fn remedy(why: &Why) -> Remedy {
    match why {
        Why::DocumentPromised => Remedy::IssuePromised,
        Why::DocumentEndUnknown | Why::DocumentExpires { .. } => Remedy::ExtendDocument,
        Why::DocumentEntryPoint { .. } => Remedy::DocumentForAirport,
        Why::DocumentNotYetValid { .. } => Remedy::DepartLater,
        _ => Remedy::IssueDocument,
    }
}

/// An embassy issues; a European laissez-passer is drawn up by DT&V itself, which also keeps the file.
fn owner(kind: CaseKind, why: &Why) -> Owner {
    match (kind, why) {
        (CaseKind::Dublin, _) | (_, Why::DocumentEndUnknown | Why::DocumentNotYetValid { .. }) => Owner::DtV,
        _ => Owner::Embassy,
    }
}
