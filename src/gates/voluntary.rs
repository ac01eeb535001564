//! Gate `voluntary`: voluntary departure goes first.

use super::{Closed, Dossier, GateName, Owner, Remedy, Why};

/// Why the gate is closed; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>) -> Vec<Closed> {
    if !dossier.case.voluntary_track {
        return Vec::new();
    }
    vec![Closed {
        gate: GateName::Voluntary,
        person: None,
        rows: vec![dossier.case.row.clone()],
        why: Why::VoluntaryTrack,
        remedy: Remedy::EndVoluntaryTrack,
        owner: Owner::DtV,
        opens_at: None,
    }]
}
