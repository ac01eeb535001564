//! Flights and connections of section 4 and the escort duty of section 5: limits by hand, and the search against a
//! plain reading of the rules on random timetables.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod folder;

use folder::Folder;
use proptest::prelude::*;
use vertrek::gates::{Dossier, NoticeBook};
use vertrek::itinerary::{Itineraries, NoItinerary, TeamDuty, WayHome};
use vertrek::units::minutes_between;
use vertrek::week::{Case, LegKind, Week};

fn found(week: &Week, case: &Case) -> Result<Vec<String>, NoItinerary> {
    let notices = NoticeBook::new(week);
    let itineraries = Itineraries::of(week);
    let positions = itineraries.for_case(&Dossier::of(week, case, &notices))?;
    let name = |at: usize| {
        let legs = &itineraries.all()[at].legs;
        legs.iter().map(|&leg| week.legs.rows()[leg].id.as_str()).collect::<Vec<_>>().join("+")
    };
    Ok(positions.into_iter().map(name).collect())
}

/// The itineraries of the first case, by their legs.
fn ways(folder: &Folder) -> Result<Vec<String>, NoItinerary> {
    let week = folder.week();
    found(&week, &week.cases.rows()[0])
}

#[track_caller]
fn finds(folder: &Folder, expected: &[&str]) {
    assert_eq!(ways(folder).unwrap(), expected);
}

#[test]
fn flight_departs_from_home_to_an_entry_point() {
    finds(&Folder::default(), &["L1"]);
    finds(&Folder::default().set("cases.csv", "C1", "entry_points", "PRN TIA"), &["L1"]);
    finds(&Folder::default().set("cases.csv", "C1", "entry_points", ""), &["L1"]);
    let elsewhere = Folder::default().set("cases.csv", "C1", "entry_points", "PRN");
    assert_eq!(ways(&elsewhere), Err(NoItinerary::NoFlight));
    let foreign = Folder::default().set("legs.csv", "L1", "from", "PRN");
    assert_eq!(ways(&foreign), Err(NoItinerary::NoFlight));
}

#[test]
fn first_departure_lies_in_the_horizon_start_included_end_not() {
    let departs = |at: &str| {
        let folder = Folder::default().set("legs.csv", "L1", "arrives", "2027-01-25T12:00:00+01:00");
        ways(&folder.set("legs.csv", "L1", "departs", at)).is_ok()
    };
    assert!(departs("2027-01-18T00:00:00+01:00"));
    assert!(!departs("2027-01-17T23:59:59+01:00"));
    assert!(departs("2027-01-24T23:59:59+01:00"));
    assert!(!departs("2027-01-25T00:00:00+01:00"));
}

#[test]
fn booking_lead_is_kept_unless_the_case_is_booked_on_the_leg() {
    // From now, 14 January 08:30, to departure are 145.5 hours.
    let lead = |hours: &str| Folder::default().set("legs.csv", "L1", "booking_lead_hours", hours);
    finds(&lead("145.5"), &["L1"]);
    assert_eq!(ways(&lead("145.51")), Err(NoItinerary::LeadTime));
    let committed =
        |level: &str| lead("999").row("commitments.csv", &format!("C1,L1,,2027-01-13T10:00:00+01:00,,,,{level}"));
    finds(&committed("booked"), &["L1"]);
    finds(&committed("locked"), &["L1"]);
    assert_eq!(ways(&committed("noticed")), Err(NoItinerary::LeadTime));
}

/// AMS to IST, arriving 14:30 Amsterdam time, and on to TIA at `onward`.
fn via_istanbul(onward: &str) -> Folder {
    let second = format!("L3,scheduled,TK,IST,TIA,{onward},2027-01-21T01:00:00+01:00,10,4,4,0,24,200,250,0.5,");
    Folder::default()
        .set("legs.csv", "L1", "to", "IST")
        .set("legs.csv", "L1", "arrives", "2027-01-20T16:30:00+03:00")
        .row("legs.csv", &second)
        .row("transits.csv", "IST,72,360,true")
}

const IN_TIME: &str = "2027-01-20T17:00:00+01:00";

#[test]
fn connection_time_lies_within_its_limits() {
    let connects = |onward: &str| ways(&via_istanbul(onward)).is_ok();
    assert!(connects("2027-01-20T16:00:00+01:00"), "90 minutes");
    assert!(!connects("2027-01-20T15:59:59+01:00"));
    assert!(connects("2027-01-20T20:30:00+01:00"), "360 minutes");
    assert!(!connects("2027-01-20T20:30:01+01:00"));
    finds(&via_istanbul(IN_TIME), &["L1+L3"]);
}

#[test]
fn connection_goes_through_a_transit_airport_only() {
    assert_eq!(ways(&via_istanbul(IN_TIME).clear("transits.csv")), Err(NoItinerary::NoFlight));
}

#[test]
fn joint_and_national_legs_are_never_part_of_a_connection() {
    for kind in ["joint", "national"] {
        for leg in ["L1", "L3"] {
            let folder = via_istanbul(IN_TIME).set("legs.csv", leg, "kind", kind);
            let folder = folder.set("legs.csv", leg, "home_at", "2027-01-21T12:00:00+01:00");
            assert_eq!(ways(&folder), Err(NoItinerary::NoFlight), "{leg} {kind}");
        }
        let alone = Folder::default().set("legs.csv", "L1", "kind", kind);
        finds(&alone.set("legs.csv", "L1", "home_at", "2027-01-20T20:00:00+01:00"), &["L1"]);
    }
}

#[test]
fn transit_permit_is_asked_in_time_unless_booked_on_both_legs() {
    let lead = |hours: &str| via_istanbul(IN_TIME).set("transits.csv", "IST", "permit_lead_hours", hours);
    finds(&lead("145.5"), &["L1+L3"]);
    assert_eq!(ways(&lead("145.51")), Err(NoItinerary::LeadTime));
    let booked =
        |legs: &str| lead("999").row("commitments.csv", &format!("C1,{legs},,2027-01-13T10:00:00+01:00,,,,booked"));
    finds(&booked("L1 L3"), &["L1+L3"]);
    assert_eq!(ways(&booked("L1")), Err(NoItinerary::LeadTime));
}

#[test]
fn every_leg_of_a_connection_has_its_own_booking_lead() {
    // The second leg departs 152.5 hours from now.
    let lead = |hours: &str| via_istanbul(IN_TIME).set("legs.csv", "L3", "booking_lead_hours", hours);
    finds(&lead("152.5"), &["L1+L3"]);
    assert_eq!(ways(&lead("152.51")), Err(NoItinerary::LeadTime));
}

#[test]
fn nobody_passes_without_escorts_where_that_is_not_admitted() {
    let closed = via_istanbul(IN_TIME).set("transits.csv", "IST", "unescorted", "false");
    assert_eq!(ways(&closed), Err(NoItinerary::UnescortedTransit));
    let home = "T1,TIA,AMS,2027-01-21T15:00:00+01:00,2027-01-21T17:30:00+01:00,100";
    finds(&closed.clone().row("returns.csv", home).set("cases.csv", "C1", "escorts", "2"), &["L1+L3"]);
    // A medical escort alone does not make it an escorted case.
    let nurse = closed.row("returns.csv", home).set("cases.csv", "C1", "medical_escort", "nurse");
    assert_eq!(ways(&nurse), Err(NoItinerary::UnescortedTransit));
}

fn duty(folder: &Folder) -> Option<TeamDuty> {
    Itineraries::of(&folder.week()).all()[0].duty
}

fn with_return(departs: &str, arrives: &str) -> Folder {
    Folder::default().row("returns.csv", &format!("T1,TIA,AMS,{departs}+01:00,{arrives}+01:00,100"))
}

#[test]
fn duty_that_turns_around_counts_from_report_to_debrief() {
    // Report 07:00 (180 minutes before 10:00), free 13:30 (60 after 12:30), check in from 13:30, so a flight from 15:00.
    let duty = duty(&with_return("2027-01-20T15:00:00", "2027-01-20T17:30:00")).unwrap();
    assert_eq!(duty.way_home, WayHome::TurnedAround(0));
    assert_eq!(duty.report.to_rfc3339(), "2027-01-20T07:00:00+01:00");
    assert_eq!(duty.free.to_rfc3339(), "2027-01-20T13:30:00+01:00");
    assert_eq!(duty.end.to_rfc3339(), "2027-01-20T18:30:00+01:00");
    assert_eq!(duty.hours.get(), 11.5);
    // 11.5 hours × 45, 400 out, 100 home.
    assert_eq!(duty.cost.to_cents().get(), 1017.50);
}

#[test]
fn flight_home_leaves_time_to_check_in() {
    assert_eq!(duty(&with_return("2027-01-20T14:59:59", "2027-01-20T17:30:00")), None);
}

#[test]
fn duty_turns_around_within_fourteen_hours_or_rests_eleven() {
    let in_time = duty(&with_return("2027-01-20T17:00:00", "2027-01-20T20:00:00")).unwrap();
    assert_eq!((in_time.way_home, in_time.hours.get()), (WayHome::TurnedAround(0), 14.0));
    let late = with_return("2027-01-20T17:00:00", "2027-01-20T20:00:01");
    assert_eq!(duty(&late), None, "too late to turn around, too early to have rested");
    assert_eq!(duty(&with_return("2027-01-21T00:29:59", "2027-01-21T03:00:00")), None);
    let rested =
        duty(&late.row("returns.csv", "T2,TIA,AMS,2027-01-21T00:30:00+01:00,2027-01-21T03:00:00+01:00,80")).unwrap();
    assert_eq!(rested.way_home, WayHome::Rested(1));
    // 07:00 to 13:30, and from check-in at 23:00 to 04:00: the rest is not paid.
    assert_eq!(rested.hours.get(), 11.5);
    assert_eq!(rested.cost.to_cents().get(), 11.5 * 45.0 + 400.0 + 80.0);
}

#[test]
fn flight_home_that_lands_first_is_taken_then_the_cheaper_then_the_lower_id() {
    let rows = |rows: &[&str]| {
        let folder = rows.iter().fold(Folder::default(), |folder, row| folder.row("returns.csv", row));
        let week = folder.week();
        let way_home = Itineraries::of(&week).all()[0].duty.unwrap().way_home;
        week.returns.rows()[way_home.return_flight().unwrap()].id.to_string()
    };
    let early = "T9,TIA,AMS,2027-01-20T15:30:00+01:00,2027-01-20T17:30:00+01:00,900";
    let slow = "T1,TIA,AMS,2027-01-20T15:00:00+01:00,2027-01-20T18:30:00+01:00,100";
    let cheap = "T5,TIA,AMS,2027-01-20T15:10:00+01:00,2027-01-20T17:30:00+01:00,100";
    let same = "T2,TIA,AMS,2027-01-20T15:20:00+01:00,2027-01-20T17:30:00+01:00,100";
    assert_eq!(rows(&[early, slow]), "T9");
    assert_eq!(rows(&[slow, early, cheap]), "T5");
    assert_eq!(rows(&[early, cheap, slow, same]), "T2");
}

#[test]
fn way_home_ends_at_the_airport_of_departure() {
    let elsewhere =
        Folder::default().row("returns.csv", "T1,TIA,EIN,2027-01-20T15:00:00+01:00,2027-01-20T17:30:00+01:00,100");
    assert_eq!(duty(&elsewhere), None);
}

#[test]
fn team_of_a_joint_flight_comes_home_with_the_aircraft() {
    let folder = Folder::default().set("legs.csv", "L1", "kind", "joint");
    let duty = duty(&folder.set("legs.csv", "L1", "home_at", "2027-01-20T20:00:00+01:00")).unwrap();
    assert_eq!((duty.way_home, duty.hours.get()), (WayHome::Aircraft, 14.0));
    assert_eq!(duty.end.to_rfc3339(), "2027-01-20T21:00:00+01:00");
    assert_eq!(duty.cost.to_cents().get(), 14.0 * 45.0 + 400.0);
}

#[test]
fn without_a_way_home_only_cases_that_need_no_team_depart() {
    finds(&Folder::default(), &["L1"]);
    for (column, value) in [("escorts", "1"), ("medical_escort", "doctor")] {
        let folder = Folder::default().set("cases.csv", "C1", column, value);
        assert_eq!(ways(&folder), Err(NoItinerary::NoWayHome), "{column}");
    }
}

/// Section 4 read plainly: every leg, and every pair of legs.
fn plainly(week: &Week, case: &Case) -> Vec<String> {
    let legs = week.legs.rows();
    let hours = |a, b| minutes_between(a, b) / 60.0;
    let leaves = |at: usize| {
        let leg = &legs[at];
        week.home_airports.contains(&leg.from) && week.start <= leg.departs && leg.departs < week.end
    };
    let ends = |at: usize| case.entry_points.admits(&legs[at].to);
    let bookable = |at: usize| hours(week.now, legs[at].departs) >= legs[at].booking_lead.get();
    let mut found: Vec<(Vec<usize>, String)> = Vec::new();
    for a in 0..legs.len() {
        if leaves(a) && ends(a) && bookable(a) {
            found.push((vec![a], legs[a].id.to_string()));
        }
        for b in 0..legs.len() {
            let Some(transit) = week.transits.get(&legs[a].to) else { continue };
            let wait = minutes_between(legs[a].arrives, legs[b].departs);
            let connects = legs[a].to == legs[b].from
                && wait >= week.rules.connection_min.get()
                && wait <= transit.max_minutes.get()
                && hours(week.now, legs[a].departs) >= transit.permit_lead.get()
                && (case.escorts > 0 || transit.unescorted)
                && legs[a].kind == LegKind::Scheduled
                && legs[b].kind == LegKind::Scheduled;
            if connects && leaves(a) && ends(b) && bookable(a) && bookable(b) {
                found.push((vec![a, b], format!("{}+{}", legs[a].id, legs[b].id)));
            }
        }
    }
    let key = |way: &[usize]| (legs[way[0]].departs, legs[way[way.len() - 1]].arrives);
    found.sort_by(|(a, _), (b, _)| (key(a), a).cmp(&(key(b), b)));
    found.into_iter().map(|(_, name)| name).collect()
}

const AIRPORTS: [&str; 5] = ["AMS", "EIN", "IST", "TIA", "PRN"];

prop_compose! {
    fn timetable()(
        legs in prop::collection::vec((0..5usize, 1..5usize, 0..400i64, 1..12i64, 0..8u8, 0..8u32), 1..40),
        entry in prop::sample::select(vec!["", "TIA", "TIA PRN", "IST EIN"]),
        unescorted in any::<bool>(),
        max_minutes in 90..600u32,
    ) -> Folder {
        let mut folder = Folder::default()
            .clear("legs.csv")
            .set("cases.csv", "C1", "entry_points", entry)
            .row("transits.csv", &format!("IST,100,{max_minutes},{unescorted}"))
            .row("transits.csv", "EIN,48,300,true");
        let base = chrono::DateTime::parse_from_rfc3339("2027-01-17T12:00:00+01:00").unwrap();
        for (n, (from, step, start, length, kind, lead)) in legs.into_iter().enumerate() {
            let departs = base + chrono::TimeDelta::minutes(30 * start);
            let arrives = departs + chrono::TimeDelta::minutes(30 * length);
            let (kind, home_at) = match kind {
                0 => ("joint", arrives.to_rfc3339()),
                1 => ("national", arrives.to_rfc3339()),
                _ => ("scheduled", String::new()),
            };
            let (from, to) = (AIRPORTS[from], AIRPORTS[(from + step) % 5]);
            folder = folder.row("legs.csv", &format!(
                "L{n},{kind},KL,{from},{to},{},{},9,9,9,0,{},100,100,0,{home_at}",
                departs.to_rfc3339(), arrives.to_rfc3339(), lead * 30,
            ));
        }
        folder
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn search_finds_what_the_rules_admit(folder in timetable()) {
        let week = folder.week();
        let case = &week.cases.rows()[0];
        prop_assert_eq!(found(&week, case).unwrap_or_default(), plainly(&week, case));
    }
}
