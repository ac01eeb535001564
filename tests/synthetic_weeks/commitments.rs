//! Commitments of a synthetic week can be kept: gates open, notice given in time, seats and slots not taken twice.

use super::{made, read};
use std::collections::BTreeMap;
use vertrek::calendar::{office_hours, own_clock};
use vertrek::gates::{Dossier, Journey, NoticeBook, assess};
use vertrek::synth::{Kind, SynthSettings, synthesise};
use vertrek::units::{Probability, minutes_between};
use vertrek::week::*;

fn weeks() -> impl Iterator<Item = Week> {
    (1..=4).map(|seed| made(Kind::Week, 260, seed)).chain(std::iter::once(made(Kind::Week, 1_200, 1)))
}

fn legs<'a>(week: &'a Week, commitment: &Commitment) -> Vec<&'a Leg> {
    commitment.legs.iter().map(|leg| &week.legs[leg]).collect()
}

#[test]
fn all_gates_of_a_committed_case_are_open_on_its_legs() {
    for week in weeks() {
        let notices = NoticeBook::new(&week);
        assert_eq!(week.commitments.len(), week.cases.len() / 20);
        for commitment in week.commitments.iter() {
            let case = &week.cases[&commitment.case];
            let dossier = Dossier::of(&week, case, &notices);
            let positions: Vec<usize> =
                commitment.legs.iter().map(|leg| week.legs.position(leg).expect("a leg of the week")).collect();
            let journey = Journey::over(&week, &positions).expect("a journey");
            let gates = assess(0, &dossier, &[journey]);
            assert_eq!(gates.open, [0], "{}: {:?}", case.id, gates.closed);
        }
    }
}

#[test]
fn notice_was_given_at_a_slot_of_the_place_and_in_time() {
    for week in weeks() {
        let mut told: BTreeMap<&SlotId, u32> = BTreeMap::new();
        for commitment in week.commitments.iter() {
            let (Some(slot), Some(noticed_at)) = (&commitment.slot, commitment.noticed_at) else {
                assert_eq!(commitment.level, Level::Proposed, "{}", commitment.case);
                continue;
            };
            let (row, case) = (&week.contact_slots[slot], &week.cases[&commitment.case]);
            let departs = legs(&week, commitment)[0].departs;
            assert_eq!((row.starts, &row.location), (noticed_at, &case.location));
            assert!(noticed_at <= week.now && minutes_between(noticed_at, departs) >= 48.0 * 60.0);
            assert!(office_hours(noticed_at, departs, &week.holidays).get() >= 8.0);
            *told.entry(slot).or_default() += 1;
        }
        assert!(told.iter().all(|(slot, cases)| *cases <= week.contact_slots[*slot].capacity));
    }
}

#[test]
fn committed_cases_fit_their_flights_and_the_limits_of_arrival() {
    for week in weeks() {
        let mut aboard: BTreeMap<&LegId, [u32; 3]> = BTreeMap::new();
        let mut arriving: BTreeMap<_, u32> = BTreeMap::new();
        for commitment in week.commitments.iter() {
            let case = &week.cases[&commitment.case];
            let persons = case.air_seats(&week);
            let alone = if case.escorts == 0 { persons } else { 0 };
            for leg in &commitment.legs {
                let taken = aboard.entry(leg).or_default();
                taken[0] += persons + case.escorts + u32::from(case.medical_escort.is_some());
                taken[1] += persons;
                taken[2] += alone;
            }
            let flight = legs(&week, commitment);
            let date = own_clock(flight[flight.len() - 1].arrives).date();
            *arriving.entry((case.destination, case.kind, date)).or_default() += case.persons(&week);
            if let Some(most) = week.terms(case).and_then(|terms| terms.max_per_day) {
                assert!(arriving[&(case.destination, case.kind, date)] <= most, "{}: {date}", case.id);
            }
        }
        for (leg, taken) in aboard {
            let row = &week.legs[leg];
            let most = [row.seats, row.max_returnees, row.max_unescorted];
            assert!(taken.iter().zip(most).all(|(taken, most)| *taken <= most), "{leg}: {taken:?} of {most:?}");
        }
    }
}

#[test]
fn the_share_of_commitments_can_be_chosen() {
    for (share, expected) in [(0.0, 0), (0.1, 20), (0.2, 40)] {
        let committed = Probability::new(share).unwrap();
        let asked = SynthSettings { committed, ..SynthSettings::week(200, 2) };
        assert_eq!(read("committed", &synthesise(&asked)).commitments.len(), expected);
    }
}
