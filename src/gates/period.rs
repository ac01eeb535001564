//! Gate `period`: departure from `earliest` to `latest`, both included, and after `term_until`.

use super::{Closed, Dossier, GateName, Journey, Owner, Remedy, Why};
use crate::units::Instant;
use crate::week::CaseKind;

/// Why the gate is closed; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>, journey: &Journey<'_>) -> Vec<Closed> {
    let case = dossier.case;
    let closed = |why, remedy, owner, opens_at: Option<Instant>| Closed {
        gate: GateName::Period,
        person: None,
        rows: vec![case.row.clone()],
        why,
        remedy,
        owner,
        opens_at,
    };
    let mut reasons = Vec::new();
    if let Some(earliest) = case.earliest.filter(|&earliest| journey.departs < earliest) {
        reasons.push(closed(Why::BeforeEarliest { earliest }, Remedy::DepartLater, Owner::DtV, Some(earliest)));
    }
    if let Some(latest) = case.latest.filter(|&latest| journey.departs > latest) {
        // The term for a transfer under the Dublin rules is the IND's to extend (a person who absconded or is imprisoned).
        let owner = if case.kind == CaseKind::Dublin { Owner::Ind } else { Owner::DtV };
        reasons.push(closed(Why::AfterLatest { latest }, Remedy::ReviewPeriod, owner, None));
    }
    if let Some(until) = case.term_until.filter(|&until| journey.departs <= until) {
        reasons.push(closed(Why::TermRuns { until }, Remedy::DepartLater, Owner::DtV, Some(until)));
    }
    reasons
}
