//! Gate `reception`: no unaccompanied minor departs without confirmed reception.

use super::{Closed, Dossier, GateName, Owner, Remedy, Why};
use crate::week::{CaseKind, Person};

/// Why the gate is closed, a reason for each minor; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>) -> Vec<Closed> {
    // Under the Dublin rules the receiving state confirms; elsewhere DT&V finds reception, with the guardian (Nidos).
    let owner = if dossier.case.kind == CaseKind::Dublin { Owner::ReceivingState } else { Owner::DtV };
    let unreceived = |person: &&Person| person.unaccompanied_minor && !person.reception_confirmed;
    let closed = |person: &Person| Closed {
        gate: GateName::Reception,
        person: Some(person.id.clone()),
        rows: vec![person.row.clone()],
        why: Why::ReceptionUnconfirmed,
        remedy: Remedy::ConfirmReception,
        owner,
        opens_at: None,
    };
    dossier.travellers.iter().map(|t| t.person).filter(unreceived).map(closed).collect()
}
