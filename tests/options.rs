//! Priced options by hand: the forecast, worth and tickets to the cent, kept notices, slots, rides and limits.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod folder;

use folder::Folder;
use vertrek::options::{CaseOption, Notice, Obstacle, Options, build};
use vertrek::risk::{RiskState, forecast};
use vertrek::units::Hours;
use vertrek::week::{FileParts, Measure, TransferClass, Week};

fn options(folder: &Folder) -> Options {
    build(&folder.week())
}

fn only(folder: &Folder) -> CaseOption {
    let options = options(folder);
    assert_eq!(options.options.len(), 1, "{:?}", options.cases);
    options.options[0]
}

fn obstacle(folder: &Folder) -> Option<Obstacle> {
    let options = options(folder);
    assert!(options.options.is_empty());
    options.cases[0].obstacle
}

#[test]
fn forecast_and_money_by_hand() {
    // Told on Friday 15 January 09:00 for Wednesday 20 January 10:00: d = 121/24 days.
    // H = (0.01 + 0.002 d) + (0.05 + 0.02 d) + 0.04 = 0.2109166667, p = exp(-H) = 0.8098415.
    let option = only(&Folder::default());
    assert!((option.forecast.p.get() - 0.809_841_5).abs() < 1e-6, "{}", option.forecast.p.get());
    assert_eq!(option.worth.to_cents().get(), 8098.42);
    // 300 × (p + (1 - p) × 0.5) = 271.48.
    assert_eq!(option.tickets.to_cents().get(), 271.48);
    assert_eq!(option.value().to_cents().get(), 7826.94);
    let causes = option.forecast.causes;
    // (1 - p) × 0.0200833 / 0.2109167, × 0.1508333 / 0.2109167, × 0 and × 0.04 / 0.2109167.
    let shares = [causes.no_show, causes.procedure, causes.preparation, causes.other].map(|share| share.get());
    for (share, by_hand) in shares.into_iter().zip([0.018_107, 0.135_988, 0.0, 0.036_063]) {
        assert!((share - by_hand).abs() < 1e-6, "{share} {by_hand}");
    }
    assert!((shares.iter().sum::<f64>() + option.forecast.p.get() - 1.0).abs() < 1e-12);
}

#[test]
fn unknown_parts_of_the_file_and_escorts_change_the_forecast() {
    let week = Folder::default().week();
    let state = |belongings, physical, medical, escorted| RiskState {
        measure: Measure::None,
        notice: Hours::new(48.0).unwrap(),
        file: FileParts { belongings, physical, medical },
        escorted,
    };
    let hazard = |state: RiskState| -forecast(&week.risk, &state).p.get().ln();
    // No measure, two days: 0.40 + 0.30 + 0.05 + 0.04 = 0.79, and 0.04 without escorts or 0.02 with.
    for (state, total) in [
        (state(true, true, true, false), 0.83),
        (state(true, true, true, true), 0.81),
        (state(false, true, true, true), 0.83),
        (state(true, false, true, true), 0.82),
        (state(true, true, false, true), 0.86),
        (state(false, false, false, false), 0.91),
    ] {
        assert!((hazard(state) - total).abs() < 1e-12, "{state:?}");
    }
}

#[test]
fn worth_counts_all_persons_and_tickets_only_seats() {
    let family = Folder::default()
        .toml("[risk]\nuse = \"none\"")
        .set("cases.csv", "C1", "priority", "1.5")
        .row("persons.csv", "P2,C1,f,infant,false,false,not_required,,false")
        .row("documents.csv", "D2,P2,passport,issued,,2030-01-01T00:00:00+01:00,");
    let option = only(&family);
    // Two persons, one seat; p weighs as 1 and is printed as computed.
    assert_eq!((option.worth.to_cents().get(), option.tickets.to_cents().get()), (30_000.0, 300.0));
    assert!((option.forecast.p.get() - 0.809_841_5).abs() < 1e-6);
    let options = options(&family);
    assert_eq!((options.cases[0].persons, options.cases[0].air_seats), (2, 1));
    assert_eq!((options.rides[0].persons, options.rides[0].class), (2, TransferClass::Family));
}

#[test]
fn kept_notice_is_the_only_option_on_its_legs() {
    let kept =
        |level: &str| Folder::default().row("commitments.csv", &format!("C1,L1,,2027-01-13T10:00:00+01:00,,,,{level}"));
    for level in ["noticed", "booked", "locked"] {
        let option = only(&kept(level));
        assert!(matches!(option.notice, Notice::Kept(_)));
        assert_eq!(option.noticed_at.to_rfc3339(), "2027-01-13T10:00:00+01:00");
        // d is counted from the notice that was given: 7 days. H = 0.1 + 0.022 × 7 = 0.254.
        assert!((option.forecast.p.get() - (-0.254f64).exp()).abs() < 1e-12);
    }
    assert_eq!(only(&kept("proposed")).notice, Notice::Slot(0));
}

#[test]
fn other_legs_need_a_new_notice() {
    let folder = Folder::default()
        .row(
            "legs.csv",
            "L2,scheduled,KL,AMS,TIA,2027-01-21T10:00:00+01:00,2027-01-21T12:30:00+01:00,10,4,4,0,24,300,400,0.5,",
        )
        .row("shifts.csv", "V2,BUS1,DEP,6,1,2,2027-01-21T00:00:00+01:00,2027-01-21T23:00:00+01:00,,100,1,30")
        .row("commitments.csv", "C1,L1,,2027-01-13T10:00:00+01:00,,,,booked");
    let notices: Vec<_> = options(&folder).options.iter().map(|option| option.notice).collect();
    assert!(matches!(notices[..], [Notice::Kept(_), Notice::Slot(0)]));
}

/// Slots of one place each on Friday, later and later, and as many more cases at the location.
fn crowded(slots: usize, capacity: u32, cases: usize) -> Week {
    let mut folder = Folder::default().clear("contact_slots.csv");
    for n in 0..slots {
        folder = folder.row("contact_slots.csv", &format!("S{n},DCR,2027-01-15T{:02}:00:00+01:00,{capacity}", 9 + n));
    }
    for n in 2..=cases {
        folder = folder
            .row(
                "cases.csv",
                &format!("C{n},origin,AL,TIA,DCR,detention,,,,1,0,,,false,V1,2027-01-14T08:30:00+01:00,true,true,true"),
            )
            .row("persons.csv", &format!("P{n},C{n},m,adult,false,false,not_required,,false"))
            .row("documents.csv", &format!("D{n},P{n},passport,issued,,2030-01-01T00:00:00+01:00,"))
            .row(
                "availability.csv",
                &format!("C{n},2027-01-14T00:00:00+01:00,2027-01-31T00:00:00+01:00,dji,2027-01-13T12:00:00+01:00"),
            );
    }
    folder.week()
}

#[test]
fn slots_are_offered_latest_first_until_there_is_a_place_for_everybody() {
    for (slots, capacity, cases, offered) in [(6, 1, 1, 1), (6, 1, 3, 3), (6, 2, 3, 2), (2, 1, 5, 2), (6, 3, 3, 1)] {
        let week = crowded(slots, capacity, cases);
        let built = build(&week);
        for of_case in &built.cases {
            let options = &built.options[of_case.options.clone()];
            let notices: Vec<_> = options.iter().map(|option| option.notice).collect();
            let expected: Vec<_> = (0..slots).rev().take(offered).map(Notice::Slot).collect();
            assert_eq!(notices, expected, "{slots} slots of {capacity} for {cases} cases");
            assert!(options.is_sorted_by(|a, b| a.value().get() >= b.value().get()));
        }
    }
}

#[test]
fn ride_brings_the_case_within_check_in_time() {
    let folder = Folder::default()
        .set("persons.csv", "P1", "wheelchair", "true")
        .row("travel.csv", "DCR,AMS,50,60")
        .set("shifts.csv", "V1", "from", "2027-01-19T20:00:00+01:00");
    let options = options(&folder);
    let ride = &options.rides[options.options[0].ride.unwrap()];
    let span = |span: &vertrek::week::Span| [span.from(), span.until()].map(|at| at.format("%d %H:%M").to_string());
    // Departure 10:00; drop-off from 360 to 180 minutes before; 50 minutes and 45 of detour; 15 of loading.
    assert_eq!(span(&ride.dropoff), ["20 04:00", "20 07:00"]);
    assert_eq!(ride.max_ride.get(), 95.0);
    assert_eq!(ride.pickup.iter().map(span).collect::<Vec<_>>(), [["20 02:10", "20 06:45"]]);
    assert_eq!((ride.load.get(), ride.unload.get()), (15.0, 15.0));
    assert_eq!((ride.persons, ride.wheelchairs, ride.class), (1, 1, TransferClass::M));
}

#[test]
fn pickup_keeps_to_the_hours_of_each_local_day() {
    let windows = |from: &str, until: &str| {
        // Departure on Wednesday at 04:00, drop-off 22:00 to 01:00, pickup from 20:10 to 00:45.
        let folder = Folder::default()
            .row("travel.csv", "DCR,AMS,50,60")
            .set("legs.csv", "L1", "departs", "2027-01-20T04:00:00+01:00")
            .set("shifts.csv", "V1", "from", "2027-01-19T06:00:00+01:00")
            .set("locations.csv", "DCR", "pickup_from", from)
            .set("locations.csv", "DCR", "pickup_until", until);
        let rides = options(&folder).rides;
        let told = |at: vertrek::units::Instant| at.format("%d %H:%M:%S").to_string();
        rides
            .first()
            .map(|ride| ride.pickup.iter().map(|s| told(s.from()) + " - " + &told(s.until())).collect::<Vec<_>>())
    };
    assert_eq!(windows("", "").unwrap(), ["19 20:10:00 - 20 00:45:00"]);
    assert_eq!(windows("00:30", "21:00").unwrap(), ["19 20:10:00 - 19 21:00:00", "20 00:30:00 - 20 00:45:00"]);
    assert_eq!(windows("22:00", "").unwrap(), ["19 22:00:00 - 19 23:59:59"]);
    assert_eq!(windows("", "20:30").unwrap(), ["19 20:10:00 - 19 20:30:00", "20 00:00:00 - 20 00:45:00"]);
    assert_eq!(windows("01:00", "20:00"), None);
}

#[test]
fn pickup_on_the_night_of_the_switch_keeps_to_the_clock() {
    // 31 October 2027: 03:00 becomes 02:00. Departure at 09:00, drop-off 03:00 to 06:00, pickup from an hour and 50
    // minutes before that: from 02:10 by the clock the second time it reads so.
    let folder = Folder::default()
        .row("travel.csv", "DCR,AMS,50,60")
        .replace_toml(&[
            ("now", "now = 2027-10-25T08:30:00+01:00"),
            ("start", "start = 2027-10-25T00:00:00+02:00"),
            ("end", "end = 2027-11-08T00:00:00+01:00"),
        ])
        .set("legs.csv", "L1", "departs", "2027-10-31T08:00:00+01:00")
        .set("legs.csv", "L1", "arrives", "2027-10-31T10:30:00+01:00")
        .set("availability.csv", "C1", "from", "2027-10-01T00:00:00+02:00")
        .set("availability.csv", "C1", "until", "2027-11-30T00:00:00+01:00")
        .set("availability.csv", "C1", "confirmed_at", "2027-10-25T08:00:00+01:00")
        .set("contact_slots.csv", "S1", "starts", "2027-10-26T09:00:00+02:00")
        .set("shifts.csv", "V1", "from", "2027-10-30T20:00:00+02:00")
        .set("shifts.csv", "V1", "until", "2027-10-31T23:00:00+01:00")
        .set("locations.csv", "DCR", "pickup_from", "01:00")
        .set("locations.csv", "DCR", "pickup_until", "02:30");
    let options = options(&folder);
    let ride = &options.rides[options.options[0].ride.unwrap()];
    let told = |at| vertrek::calendar::in_amsterdam(at).format("%H:%M%:::z").to_string();
    let pickup: Vec<_> = ride.pickup.iter().map(|s| [told(s.from()), told(s.until())]).collect();
    assert_eq!(pickup, [["01:10+02", "02:30+02"], ["02:00+01", "02:30+01"]]);
}

#[test]
fn case_at_the_airport_needs_no_ride() {
    let folder = Folder::default()
        .set("cases.csv", "C1", "location", "AMS")
        .set("contact_slots.csv", "S1", "location", "AMS")
        .clear("shifts.csv");
    assert_eq!(only(&folder).ride, None);
    assert!(options(&folder).rides.is_empty());
}

#[test]
fn itineraries_that_leave_at_the_same_moment_share_the_ride() {
    let folder = Folder::default().set("cases.csv", "C1", "entry_points", "TIA PRN").row(
        "legs.csv",
        "L2,scheduled,KL,AMS,PRN,2027-01-20T10:00:00+01:00,2027-01-20T12:30:00+01:00,10,4,4,0,24,300,400,0.5,",
    );
    let options = options(&folder);
    assert_eq!((options.options.len(), options.itineraries.len(), options.rides.len()), (2, 2, 1));
}

#[test]
fn ride_that_no_shift_could_drive_is_an_obstacle() {
    let ride = Some(Obstacle::Ride);
    assert_eq!(obstacle(&Folder::default().clear("shifts.csv")), ride);
    assert_eq!(obstacle(&Folder::default().set("shifts.csv", "V1", "seats", "0")), ride);
    assert_eq!(obstacle(&Folder::default().set("shifts.csv", "V1", "max_hours", "0.5")), ride);
    assert_eq!(obstacle(&Folder::default().set("shifts.csv", "V1", "from", "2027-01-20T07:00:00+01:00")), ride);
    assert_eq!(obstacle(&Folder::default().set("shifts.csv", "V1", "until", "2027-01-20T04:10:00+01:00")), ride);
    assert_eq!(obstacle(&Folder::default().set("locations.csv", "DCR", "pickup_from", "07:00")), ride);
}

#[test]
fn way_round_that_is_shorter_than_the_listed_drive_keeps_a_ride() {
    // Listed straight back it takes five hours; a listed way round could be near nothing, so nobody can say it is too long.
    let slow = Folder::default().set("shifts.csv", "V1", "max_hours", "4").row("travel.csv", "AMS,DEP,300,60");
    assert_eq!(options(&slow).options.len(), 1);
}

#[test]
fn flight_without_room_for_the_case_and_its_team_is_an_obstacle() {
    let escorted = || {
        Folder::default()
            .set("cases.csv", "C1", "escorts", "2")
            .set("cases.csv", "C1", "medical_escort", "nurse")
            .row("returns.csv", "T1,TIA,AMS,2027-01-20T15:00:00+01:00,2027-01-20T17:30:00+01:00,100")
    };
    let leg = |folder: Folder, column: &str, value: &str| folder.set("legs.csv", "L1", column, value);
    let room = |folder: &Folder| !options(folder).options.is_empty();
    assert!(room(&leg(escorted(), "seats", "4")));
    assert_eq!(obstacle(&leg(escorted(), "seats", "3")), Some(Obstacle::Seats));
    assert_eq!(obstacle(&leg(escorted(), "max_returnees", "0")), Some(Obstacle::Seats));
    assert!(room(&leg(escorted(), "max_unescorted", "0")));
    assert_eq!(obstacle(&leg(Folder::default(), "max_unescorted", "0")), Some(Obstacle::Seats));
    let joint = |seats| {
        let folder = leg(leg(escorted(), "kind", "joint"), "home_at", "2027-01-20T20:00:00+01:00");
        leg(leg(folder, "standby_escorts", "2"), "seats", seats)
    };
    assert!(room(&joint("6")));
    assert_eq!(obstacle(&joint("5")), Some(Obstacle::Seats));
}

#[test]
fn arrivals_a_day_are_a_capacity_of_the_terms_and_the_date() {
    let folder = Folder::default().row("destinations.csv", "AL,,0,0,,,,1");
    let options = options(&folder);
    let day = options.arrival_days[options.options[0].arrival_day.unwrap()];
    assert_eq!((day.terms, day.date.to_string(), day.persons), (0, "2027-01-20".to_owned(), 1));
    let family = folder
        .row("persons.csv", "P2,C1,f,infant,false,false,not_required,,false")
        .row("documents.csv", "D2,P2,passport,issued,,2030-01-01T00:00:00+01:00,");
    assert_eq!(obstacle(&family), Some(Obstacle::ArrivalLimit));
}

#[test]
fn option_that_costs_what_it_is_worth_is_left_out() {
    let worth =
        |value: &str| Folder::default().toml(&format!("[risk]\nuse = \"none\"\n[costs]\ndeparture_value = {value}"));
    assert_eq!(options(&worth("300.01")).options.len(), 1);
    assert_eq!(obstacle(&worth("300")), Some(Obstacle::Gain));
    // Two escorts of 1,017.50 each come on top.
    let escorted = |value: &str| {
        worth(value)
            .set("cases.csv", "C1", "escorts", "2")
            .row("returns.csv", "T1,TIA,AMS,2027-01-20T15:00:00+01:00,2027-01-20T17:30:00+01:00,100")
    };
    assert_eq!(options(&escorted("2335.01")).options.len(), 1);
    assert_eq!(obstacle(&escorted("2335")), Some(Obstacle::Gain));
}

#[test]
fn closed_case_has_no_option_and_no_obstacle() {
    let options = options(&Folder::default().set("documents.csv", "D1", "status", "withdrawn"));
    assert!(options.options.is_empty() && options.itineraries.is_empty() && options.rides.is_empty());
    assert!(options.cases[0].obstacle.is_none() && options.cases[0].gates.gate().is_some());
}
