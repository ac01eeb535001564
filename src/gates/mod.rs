//! Which cases may be planned at all (section 2 of the specification): one file a gate, each answering with nothing when it
//! is open and with every reason when it is closed.
//!
//! Four gates are of the case: release, voluntary, procedure and reception. The others are asked for each journey. Which of
//! several closed gates is named first, see [`assess`].

pub mod arrival;
mod assess;
pub mod availability;
mod closed;
pub mod document;
mod dossier;
pub mod fitness;
pub mod notice;
pub mod period;
pub mod procedure;
pub mod reception;
pub mod release;
pub mod voluntary;
pub mod words;

pub use assess::{CaseGates, assess};
pub use closed::{Closed, GateName, Owner, Remedy, Why};
pub use dossier::{Dossier, Journey, Kept, Traveller};
pub use notice::NoticeBook;

/// Why the gates of the case itself are closed, whatever the journey; in the order of the specification.
pub fn of_case(dossier: &Dossier<'_>) -> Vec<Closed> {
    let asked = [release::ask(dossier), voluntary::ask(dossier), procedure::ask(dossier), reception::ask(dossier)];
    asked.into_iter().flatten().collect()
}

/// Why the other gates are closed for one journey, in the order of the specification; nothing when all are open.
pub fn of_journey(dossier: &Dossier<'_>, journey: &Journey<'_>) -> Vec<Closed> {
    let asked = [
        period::ask(dossier, journey),
        document::ask(dossier, journey),
        availability::ask(dossier, journey),
        fitness::ask(dossier, journey),
        arrival::ask(dossier, journey),
        notice::ask(dossier, journey),
    ];
    asked.into_iter().flatten().collect()
}
