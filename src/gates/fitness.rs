//! Gate `fitness`: every person needs no declaration, or is declared fit until arrival.

use super::{Closed, Dossier, GateName, Journey, Owner, Remedy, Why};
use crate::week::{FitToFly, Person};

/// Why the gate is closed, a reason for each person who may not fly; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>, journey: &Journey<'_>) -> Vec<Closed> {
    let persons = dossier.travellers.iter().map(|t| t.person);
    persons.filter_map(|person| reason(person, journey)).collect()
}

fn reason(person: &Person, journey: &Journey<'_>) -> Option<Closed> {
    let (why, remedy) = match (person.fit_to_fly, person.fit_until) {
        (FitToFly::NotRequired, _) => return None,
        (FitToFly::No, _) => (Why::Unfit, Remedy::MedicalReview),
        (FitToFly::Pending, _) => (Why::FitnessPending, Remedy::DeclareFitness),
        (FitToFly::Yes, None) => (Why::FitnessEndUnknown, Remedy::ExtendFitness),
        (FitToFly::Yes, Some(until)) if until >= journey.arrives => return None,
        (FitToFly::Yes, Some(until)) => {
            (Why::FitnessExpires { until, arrives: journey.arrives }, Remedy::ExtendFitness)
        }
    };
    Some(Closed {
        gate: GateName::Fitness,
        person: Some(person.id.clone()),
        rows: vec![person.row.clone()],
        why,
        remedy,
        owner: Owner::MedicalAdvisers,
        opens_at: None,
    })
}
