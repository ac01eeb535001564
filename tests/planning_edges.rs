//! Plans at the edges of the calendar: the night of the switch of summer time, a notice dated after the departure. Each
//! passes the checker, which reads the clock by itself.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first thing that is not there")]

mod folder;
mod run;

use folder::Folder;
use vertrek::plan::Plan;

fn plan(folder: &Folder) -> Plan {
    run::checked_plan("edge", &folder.week(), &run::exact(), 60.0)
}

/// A flight on 28 March 2027 at 08:00, the night in which 02:00 becomes 03:00. Drop-off is from 02:00 to 05:00 of summer
/// time, 50 minutes and 15 of loading after a pickup within these hours; the shift leaves its depot beside at `from`.
fn spring(pickup_from: &str, pickup_until: &str, from: &str) -> Plan {
    let folder = Folder::default()
        .row("travel.csv", "DCR,AMS,50,60")
        .row("travel.csv", "DEP,DCR,5,5")
        .replace_toml(&[
            ("now", "now = 2027-03-22T08:30:00+01:00"),
            ("start", "start = 2027-03-22T00:00:00+01:00"),
            ("end", "end = 2027-03-29T00:00:00+02:00"),
        ])
        .set("legs.csv", "L1", "departs", "2027-03-28T08:00:00+02:00")
        .set("legs.csv", "L1", "arrives", "2027-03-28T10:30:00+02:00")
        .set("availability.csv", "C1", "from", "2027-03-01T00:00:00+01:00")
        .set("availability.csv", "C1", "until", "2027-04-30T00:00:00+02:00")
        .set("availability.csv", "C1", "confirmed_at", "2027-03-22T08:00:00+01:00")
        .set("contact_slots.csv", "S1", "starts", "2027-03-23T09:00:00+01:00")
        .set("shifts.csv", "V1", "from", from)
        .set("shifts.csv", "V1", "until", "2027-03-28T23:00:00+02:00")
        .set("locations.csv", "DCR", "pickup_from", pickup_from)
        .set("locations.csv", "DCR", "pickup_until", pickup_until);
    plan(&folder)
}

#[test]
fn pickup_hours_that_begin_in_the_skipped_hour_begin_with_the_switch() {
    let plan = spring("02:30", "03:20", "2027-03-28T00:00:00+01:00");
    assert_eq!(plan.departures.len(), 1);
    let pickup = plan.routes[0].stops[1].at.to_rfc3339();
    assert!(("2027-03-28T03:00:00+02:00"..="2027-03-28T03:20:00+02:00").contains(&pickup.as_str()), "{pickup}");
}

#[test]
fn pickup_hours_that_end_in_the_skipped_hour_end_with_the_switch() {
    assert_eq!(spring("01:00", "02:30", "2027-03-28T00:00:00+01:00").departures.len(), 1);
    // With the first pickup at 03:05 of the new time, the hours are over.
    assert_eq!(spring("01:00", "02:30", "2027-03-28T03:00:00+02:00").departures.len(), 0);
}

#[test]
fn notice_dated_after_the_departure_is_no_notice_at_all() {
    let plan = plan(&Folder::default().row("commitments.csv", "C1,L1,,2027-01-20T12:00:00+01:00,,,,noticed"));
    let departure = &plan.departures[0];
    // H = 0.01 + 0.05 + 0.04 with d = 0.
    assert!((departure.p.get() - (-0.1f64).exp()).abs() < 1e-12);
    assert_eq!(departure.notice_hours.unwrap().get(), 0.0);
}
