//! Gate `availability`: one row covers the hours before departure, and was confirmed not too long ago.

use super::{Closed, Dossier, GateName, Journey, Owner, Remedy, Why};
use crate::units::{Instant, shift};
use crate::week::{Availability, RowRef};

/// Why the gate is closed; nothing when it is open.
pub fn ask(dossier: &Dossier<'_>, journey: &Journey<'_>) -> Vec<Closed> {
    let from = shift(journey.departs, -dossier.week.rules.availability_cover.minutes().get());
    let covers = |row: &&Availability| row.span.from() <= from && journey.departs <= row.span.until();
    // Of the rows that cover, the one confirmed last is told of.
    let mut last: Option<(&Availability, Why)> = None;
    for row in dossier.availability.iter().copied().filter(covers) {
        let Some(why) = unconfirmed(dossier, row) else { return Vec::new() };
        if last.as_ref().is_none_or(|(best, _)| row.confirmed_at > best.confirmed_at) {
            last = Some((row, why));
        }
    }
    let (rows, why, remedy) = match last {
        Some((row, why)) => (vec![row.row.clone()], why, Remedy::ConfirmAvailability),
        None => not_covered(dossier, from, journey.departs),
    };
    let owner = Owner::of_presence(dossier.case.measure);
    vec![Closed { gate: GateName::Availability, person: None, rows, why, remedy, owner, opens_at: None }]
}

/// Why a row that covers does not count; none when it does.
fn unconfirmed(dossier: &Dossier<'_>, row: &Availability) -> Option<Why> {
    let (now, max_age) = (dossier.week.now, dossier.week.rules.availability_max_age);
    let oldest = shift(now, -max_age.minutes().get());
    match row.confirmed_at {
        Some(confirmed) if confirmed > now => Some(Why::AvailabilityUnconfirmed),
        Some(confirmed) => (confirmed < oldest).then_some(Why::AvailabilityStale { confirmed, max_age }),
        None => Some(Why::AvailabilityUnconfirmed),
    }
}

fn not_covered(dossier: &Dossier<'_>, from: Instant, until: Instant) -> (Vec<RowRef>, Why, Remedy) {
    if dossier.availability.is_empty() {
        return (vec![dossier.case.row.clone()], Why::NoAvailability, Remedy::StateAvailability);
    }
    let rows = dossier.availability.iter().map(|row| row.row.clone()).collect();
    (rows, Why::NotAvailable { from, until }, Remedy::StateAvailability)
}
