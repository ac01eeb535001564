//! Gate `release`: a named officer has released the case for planning, at or before now.

use super::{Closed, Dossier, GateName, Owner, Remedy, Why};

/// Why the gate is closed; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>) -> Vec<Closed> {
    let release = &dossier.case.release;
    let closed = |why, remedy, opens_at| {
        vec![Closed {
            gate: GateName::Release,
            person: None,
            rows: vec![dossier.case.row.clone()],
            why,
            remedy,
            owner: Owner::DtV,
            opens_at,
        }]
    };
    match (&release.by, release.at) {
        (Some(_), Some(at)) if at <= dossier.week.now => Vec::new(),
        (Some(_), Some(at)) => closed(Why::ReleasedLater { at }, Remedy::Wait, Some(at)),
        _ => closed(Why::NotReleased, Remedy::Release, None),
    }
}
