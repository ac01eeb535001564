//! Gate `procedure`: no suspensive procedure of the case is open now.

use super::{Closed, Dossier, GateName, Owner, Remedy, Why};
use crate::week::Procedure;

/// Why the gate is closed, a reason for each suspensive procedure that is open; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>) -> Vec<Closed> {
    let now = dossier.week.now;
    let open = |procedure: &&Procedure| procedure.suspensive && procedure.closed.is_none_or(|closed| closed > now);
    dossier.procedures.iter().copied().filter(open).map(reason).collect()
}

fn reason(procedure: &Procedure) -> Closed {
    Closed {
        gate: GateName::Procedure,
        person: None,
        rows: vec![procedure.row.clone()],
        why: Why::SuspensiveProcedure { kind: procedure.kind.clone(), closes: procedure.closed },
        remedy: if procedure.closed.is_some() { Remedy::Wait } else { Remedy::DecideProcedure },
        owner: owner(&procedure.kind),
        opens_at: procedure.closed,
    }
}

/// Appeals and interim measures are before a court; everything else is the IND's to decide.
fn owner(kind: &str) -> Owner {
    let kind = kind.to_ascii_lowercase();
    let judicial = ["appeal", "interim", "injunction", "court"].iter().any(|word| kind.contains(word));
    if judicial { Owner::Court } else { Owner::Ind }
}
