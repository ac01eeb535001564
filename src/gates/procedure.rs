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

/// Words of procedures before a court: appeals and provisional measures (Algemene wet bestuursrecht, chapters 6 and 8.3).
const JUDICIAL: [&str; 7] = ["appeal", "interim", "provisional", "injunction", "court", "beroep", "voorziening"];

/// Everything that is not before a court is the IND's to decide.
fn owner(kind: &str) -> Owner {
    let kind = kind.to_ascii_lowercase();
    let judicial = JUDICIAL.iter().any(|word| kind.contains(word));
    if judicial { Owner::Court } else { Owner::Ind }
}
