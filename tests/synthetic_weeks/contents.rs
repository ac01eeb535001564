//! What folders of every kind and size hold, and what is refused.

use super::{made, read, rows, settings};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use vertrek::gates::GateName;
use vertrek::lang::Lang;
use vertrek::options::gate;
use vertrek::synth::{Kind, Refusal, SynthSettings, synthesise};
use vertrek::week::*;

#[test]
fn whole_weeks_of_every_size_read_clean() {
    for cases in [1, 2, 3, 5, 7, 12, 20, 40, 79, 80, 150, 260, 401, 1_001] {
        for seed in 1..=6 {
            let week = made(Kind::Week, cases, seed);
            assert_eq!(week.cases.len(), cases, "seed {seed}");
            assert!(!week.legs.is_empty() && !week.escorts.is_empty() && !week.shifts.is_empty(), "{cases} cases");
        }
    }
    assert_eq!(made(Kind::Week, 5_000, 1).cases.len(), 5_000);
}

#[test]
fn longer_horizons_read_clean_and_hold_every_week() {
    for (cases, weeks) in [(30, 2), (300, 3), (1_300, 5), (60, 6)] {
        let asked = SynthSettings { weeks, ..SynthSettings::week(cases, 3) };
        let week = read(&format!("{weeks} weeks"), &synthesise(&asked));
        assert_eq!((week.end - week.start).num_weeks(), i64::from(weeks));
        let number = |at: vertrek::units::Instant| (at - week.start).num_days() / 7;
        let expected: BTreeSet<i64> = (0..i64::from(weeks)).collect();
        let flown: BTreeSet<i64> =
            week.legs.iter().map(|leg| number(leg.departs)).filter(|n| expected.contains(n)).collect();
        let driven: BTreeSet<i64> = week.shifts.iter().map(|shift| number(shift.span.from())).collect();
        assert_eq!((&flown, &driven), (&expected, &expected), "{weeks} weeks");
    }
    // Resources are in proportion to the cases of a week, people are the same in all weeks.
    let [one, five] = [(260, 1), (1_300, 5)].map(|(cases, weeks)| {
        let asked = SynthSettings { weeks, ..SynthSettings::week(cases, 3) };
        read("resources", &synthesise(&asked))
    });
    assert_eq!(one.escorts.len(), five.escorts.len());
    assert_eq!(5 * one.shifts.len(), five.shifts.len());
}

#[test]
fn weeks_start_on_the_monday_of_any_day() {
    for (year, month, day) in [(2027, 1, 1), (2024, 2, 29), (2026, 10, 25), (2027, 3, 28), (2000, 1, 1), (2100, 12, 31)]
    {
        let start = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        for kind in [Kind::Week, Kind::Rides, Kind::Roster] {
            let asked = SynthSettings { start, ..settings(kind, 15, 2) };
            let week = read(&format!("{kind:?} from {start}"), &synthesise(&asked));
            let first = vertrek::calendar::local_date(week.start);
            assert!(first <= start && (start - first).num_days() < 7, "{kind:?} from {start}: {first}");
        }
    }
}

#[test]
fn days_of_rides_read_clean_and_lie_within_the_day() {
    for (cases, seed) in [(1, 1), (40, 2), (700, 1), (700, 2), (5_000, 1)] {
        let week = made(Kind::Rides, cases, seed);
        assert_eq!((week.transfers.len(), week.cases.len(), week.legs.len()), (cases, 0, 0));
        assert!(week.transfers.iter().all(|t| t.pickup.from() >= week.start && t.dropoff.until() < week.end));
    }
    let week = made(Kind::Rides, 700, 1);
    let places: BTreeSet<&LocationId> = week.transfers.iter().flat_map(|t| [&t.from, &t.to]).collect();
    assert_eq!(week.shifts.len(), 60);
    assert!((35..=60).contains(&places.len()), "{} places", places.len());
}

#[test]
fn every_transfer_can_be_driven_if_there_is_nothing_else_to_do() {
    for (kind, cases) in [(Kind::Rides, 700), (Kind::Week, 260)] {
        let week = made(kind, cases, 4);
        for transfer in week.transfers.iter() {
            let direct = week.drive(&transfer.from, &transfer.to).minutes;
            let soonest = vertrek::units::shift(transfer.pickup.from(), transfer.load.get() + direct.get());
            assert!(soonest <= transfer.dropoff.until(), "{}: too far", transfer.id);
            assert!(transfer.max_ride.is_none_or(|most| direct <= most), "{}: too long a ride", transfer.id);
        }
    }
}

#[test]
fn rosters_read_clean_and_ask_only_for_people() {
    for (cases, seed) in [(1, 1), (2, 1), (60, 2), (300, 3), (5_000, 1)] {
        let week = made(Kind::Roster, cases, seed);
        assert_eq!((week.duties.len(), week.cases.len(), week.shifts.len()), (cases, 0, 0));
        assert_eq!(week.rules.rest.get(), 0.0);
        let costs = (week.costs.escort_used.get(), week.costs.escort_hour.get());
        assert_eq!(costs, (1.0, 0.0));
        assert!(week.costs.unmet_duty.get() > week.escorts.len() as f64, "nobody is saved by leaving a place empty");
        for duty in week.duties.iter() {
            let able = |escort: &&Escort| duty.skill.as_ref().is_none_or(|skill| escort.skills.contains(skill));
            assert!(week.escorts.iter().filter(able).count() >= duty.count as usize, "{}", duty.id);
        }
    }
}

#[test]
fn the_same_settings_give_the_same_bytes_and_other_seeds_others() {
    for (kind, cases) in [(Kind::Week, 60), (Kind::Rides, 60), (Kind::Roster, 60)] {
        let one = synthesise(&settings(kind, cases, 11));
        assert_eq!(one, synthesise(&settings(kind, cases, 11)), "{kind:?}");
        assert_ne!(one, synthesise(&settings(kind, cases, 12)), "{kind:?}");
    }
}

#[test]
fn files_beside_the_tables_do_not_disturb_them() {
    let mut files = synthesise(&SynthSettings::week(12, 1));
    let before = read("alone", &files).cases.len();
    files.insert("README.md".to_owned(), b"# What this week is for\n".to_vec());
    files.insert("notes.txt".to_owned(), b"case,kind\n".to_vec());
    files.insert("plan.json".to_owned(), b"{}".to_vec());
    assert_eq!(read("with others", &files).cases.len(), before);
}

#[test]
fn large_weeks_have_every_closed_gate_and_every_kind_of_flight() {
    // Too short a notice is rare: it stands in the way of one case in some weeks.
    let of_seed = |seed| {
        let gated = gate(&made(Kind::Week, 2_000, seed));
        gated.cases.into_iter().flat_map(|case| case.gates.closed).map(|closed| closed.gate).collect::<Vec<_>>()
    };
    let closed: BTreeSet<GateName> = (1..=8).flat_map(of_seed).collect();
    assert_eq!(closed.into_iter().collect::<Vec<_>>(), GateName::ALL);
    let week = made(Kind::Week, 2_000, 5);
    let gated = gate(&week);
    let kinds: BTreeSet<LegKind> = week.legs.iter().map(|leg| leg.kind).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), LegKind::ALL);
    let connections = gated.cases.iter().flat_map(|case| &case.open);
    assert!(connections.filter(|at| gated.itineraries.all()[**at].transit.is_some()).count() > 100);
    let stays: BTreeSet<LocationKind> = week.cases.iter().map(|case| week.locations[&case.location].kind).collect();
    use LocationKind::{Detention, Family, FamilyClosed, Police, Prison, Reception, Restricted};
    assert_eq!(stays, [Detention, FamilyClosed, Restricted, Family, Reception, Prison, Police].into());
    let levels: BTreeSet<Level> = week.commitments.iter().map(|c| c.level).collect();
    assert_eq!(levels, [Level::Proposed, Level::Noticed, Level::Booked].into());
}

#[test]
fn every_case_has_a_flight_to_its_destination() {
    for seed in 1..=3 {
        let week = made(Kind::Week, 260, seed);
        for case in week.cases.iter() {
            let EntryPoints::Only(points) = &case.entry_points else { panic!("{} may arrive anywhere", case.id) };
            assert!(week.legs.iter().any(|leg| points.contains(&leg.to)), "{}: no flight", case.id);
        }
    }
}

#[test]
fn sizes_outside_the_limits_are_refused_in_both_languages() {
    let of = |kind, cases| settings(kind, cases, 1).refusal();
    for kind in [Kind::Week, Kind::Rides, Kind::Roster] {
        assert_eq!(of(kind, 0), Some(Refusal::Cases(kind, 0)));
        assert_eq!(of(kind, 5_001), Some(Refusal::Cases(kind, 5_001)));
        assert_eq!((of(kind, 1), of(kind, 5_000)), (None, None));
    }
    let weeks = |weeks| SynthSettings { weeks, ..SynthSettings::week(9, 1) }.refusal();
    assert_eq!((weeks(0), weeks(7), weeks(6)), (Some(Refusal::Weeks(0)), Some(Refusal::Weeks(7)), None));
    let late = NaiveDate::from_ymd_opt(2101, 1, 1).unwrap();
    assert_eq!(SynthSettings { start: late, ..SynthSettings::week(9, 1) }.refusal(), Some(Refusal::Start(late)));
    let sentences = |refusal: Refusal| Lang::ALL.map(|lang| refusal.in_lang(lang));
    assert_eq!(
        sentences(Refusal::Cases(Kind::Week, 5_001)),
        ["5001 cases cannot be made: ask for 1 to 5000", "5001 zaken kan niet: vraag er 1 tot en met 5000"]
    );
    assert_eq!(
        sentences(Refusal::Weeks(7)),
        [
            "a horizon of 7 weeks cannot be made: ask for 1 to 6",
            "een horizon van 7 weken kan niet: vraag er 1 tot en met 6"
        ]
    );
    // Whoever does not ask gets the nearest that can be made.
    assert_eq!(rows(&synthesise(&SynthSettings::week(0, 1)), "cases.csv").len(), 1);
}
