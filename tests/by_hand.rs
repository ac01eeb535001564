//! The plan by hand keeps every rule, and keeps to its own: first come, first flight, told early, nobody else aboard.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use vertrek::plan::check::check;
use vertrek::planner::plan_by_hand;
use vertrek::synth::{SynthSettings, synthesise, tiny};
use vertrek::week::Week;
use vertrek::week::read::read_files;

fn passes(week: &Week) -> usize {
    let plan = plan_by_hand(week, week.now);
    let report = check(week, &plan);
    assert!(report.is_fine(), "{:?}", report.violations);
    for route in &plan.routes {
        let rides = &route.stops[1..route.stops.len() - 1];
        for ride in rides.chunks(2) {
            assert_eq!((&ride[0].case, &ride[0].transfer), (&ride[1].case, &ride[1].transfer), "nobody else is aboard");
        }
    }
    plan.departures.len()
}

#[test]
fn plans_by_hand_pass_the_checker() {
    let mut departures = 0;
    for seed in 1..=300 {
        departures += passes(&read_files(&tiny(seed)).expect("a tiny week"));
    }
    assert!(departures > 100, "{departures} departures in 300 tiny weeks");
    for seed in 1..=3 {
        let files = synthesise(&SynthSettings::week(80, seed));
        assert!(passes(&read_files(&files).expect("a synthetic week")) > 0);
    }
}

#[test]
fn by_hand_people_are_told_at_the_earliest_slot_with_room() {
    let week = read_files(&synthesise(&SynthSettings::week(150, 4))).expect("a synthetic week");
    let plan = plan_by_hand(&week, week.now);
    let mut taken: BTreeMap<&str, u32> = BTreeMap::new();
    for departure in &plan.departures {
        if let Some(slot) = &departure.slot {
            *taken.entry(slot.as_str()).or_default() += 1;
        }
    }
    let mut told = 0;
    for departure in &plan.departures {
        let Some(slot) = &departure.slot else { continue };
        let own = &week.contact_slots[slot];
        let earlier = week
            .contact_slots
            .iter()
            .filter(|other| other.location == own.location && other.starts >= week.now && other.starts < own.starts);
        for other in earlier {
            let used = taken.get(other.id.as_str()).copied().unwrap_or(0);
            assert!(used >= other.capacity, "{} is told at {slot} while {} has room", departure.case, other.id);
        }
        told += 1;
    }
    assert!(told > 5, "{told} departures compared");
}
