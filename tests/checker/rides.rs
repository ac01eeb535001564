//! Lies about section 6: rides and routes.

use crate::draft::{Draft, Lie, at, lie};
use vertrek::plan::{Stop, StopKind};
use vertrek::units::{Euro, Hours, Instant, Km};
use vertrek::week::{CaseId, LocationId, TransferId};

pub(crate) fn lies() -> Vec<Lie> {
    [rides(), windows(), routes(), aboard(), printed()].into_iter().flatten().collect()
}

fn stop(at: Instant, kind: StopKind, location: &str, case: Option<&str>, transfer: Option<&str>) -> Stop {
    Stop {
        at,
        kind,
        location: LocationId::new(location).unwrap(),
        case: case.and_then(CaseId::new),
        transfer: transfer.and_then(TransferId::new),
    }
}

/// Prints another length of a route, with its cost.
fn print(draft: &mut Draft, shift: &str, km: f64, hours: f64, cost: f64) {
    let route = draft.route(shift);
    (route.km, route.hours, route.cost) = (Km::new(km).unwrap(), Hours::new(hours).unwrap(), Euro::new(cost));
}

fn rides() -> Vec<Lie> {
    vec![
        lie("no ride", &["R-ride"], |d| d.plan.routes.retain(|route| route.shift.as_str() != "S3")),
        lie("picked up but never dropped off", &["R-once"], |d| {
            d.route("S3").stops.remove(2);
        })
        .with(&[("travel.csv", "AMS,EIN", "DCR,DEP,90,80\nAMS,EIN")]),
        lie("dropped off before picked up", &["R-once"], |d| {
            let stops = &mut d.route("S3").stops;
            let (pickup, dropoff) = (stops[1].at, stops[2].at);
            stops.swap(1, 2);
            (stops[1].at, stops[2].at) = (pickup, dropoff);
            print(d, "S3", 140.0, 2.3333, 290.0);
        })
        .with(&[("travel.csv", "AMS,EIN", "AMS,DCR,60,60\nDCR,DEP,20,60\nAMS,EIN")]),
        lie("a ride for a case that is not planned", &["R-needless"], |d| {
            d.stop("S1", 1).transfer = None;
            d.stop("S1", 1).case = CaseId::new("X-minor");
            d.stop("S1", 2).transfer = None;
            d.stop("S1", 2).case = CaseId::new("X-minor");
            d.stop("S1", 3).at = at("19T06:25");
            d.plan.unmet.transfers.push(TransferId::new("T1").unwrap());
        })
        .with(&[("travel.csv", "PRI,DCR,30,25", "PRI,DCR,25,25"), ("travel.csv", "DCR,AMS,60,60", "DCR,AMS,50,60")]),
        lie("a ride for a case that is at its airport", &["R-needless"], |d| {
            let airport = |kind| stop(at("21T09:40"), kind, "AMS", Some("C5"), None);
            d.route("S2").stops.insert(5, airport(StopKind::Pickup));
            d.route("S2").stops.insert(6, stop(at("21T09:55"), StopKind::Dropoff, "AMS", Some("C5"), None));
            d.stop("S2", 7).at = at("21T10:30");
            print(d, "S2", 165.0, 4.5, 465.0);
        })
        .with(&[(
            "shifts.csv",
            "S2,B1,DEP,4,0,2,2027-01-21T05:00:00+01:00,2027-01-21T12:00:00+01:00,4,",
            "S2,B1,DEP,4,0,2,2027-01-21T05:00:00+01:00,2027-01-21T12:00:00+01:00,5,",
        )]),
        lie("a stop for nobody", &["R-stop"], |d| {
            let nobody = stop(at("20T08:30"), StopKind::Dropoff, "AMS", None, None);
            d.route("S3").stops.insert(3, nobody);
        }),
        lie("a stop for a case and a transfer", &["R-once", "R-stop"], |d| {
            d.stop("S1", 3).transfer = TransferId::new("T2");
        }),
        lie("the depot stop is for somebody", &["R-stop"], |d| d.stop("S3", 3).case = CaseId::new("C3")),
        lie("dropped off at another place", &["R-place"], |d| {
            d.stop("S3", 2).location = LocationId::new("VIE").unwrap();
        })
        .with(&[("travel.csv", "AMS,EIN", "DCR,VIE,60,60\nVIE,DEP,20,20\nAMS,EIN")]),
        lie("a transfer to another place", &["R-place"], |d| {
            d.stop("S1", 2).location = LocationId::new("ZRH").unwrap();
        })
        .with(&[("travel.csv", "AMS,EIN", "PRI,ZRH,30,25\nZRH,DCR,0,0\nAMS,EIN")]),
    ]
}

fn windows() -> Vec<Lie> {
    vec![
        lie("pickup before the location opens", &["R-pickup-window"], |_| ()).with(&[(
            "locations.csv",
            "GLX,Gezinslocatie,family,52.2,6.2,07:00",
            "GLX,Gezinslocatie,family,52.2,6.2,07:26",
        )]),
        lie("pickup after the location closes", &["R-pickup-window"], |_| ()).with(&[(
            "locations.csv",
            "GLX,Gezinslocatie,family,52.2,6.2,07:00,20:00",
            "GLX,Gezinslocatie,family,52.2,6.2,07:00,07:24",
        )]),
        lie("pickup of a transfer before its window", &["R-pickup-window"], |_| ()).with(&[(
            "transfers.csv",
            "DCR,2027-01-19T05:00:00+01:00,2027-01-19T06:00:00+01:00",
            "DCR,2027-01-19T05:31:00+01:00,2027-01-19T06:00:00+01:00",
        )]),
        lie("drop-off of a transfer before its window", &["R-dropoff-window"], |_| ()).with(&[(
            "transfers.csv",
            "2027-01-19T05:00:00+01:00,2027-01-19T06:25:00+01:00",
            "2027-01-19T06:11:00+01:00,2027-01-19T06:25:00+01:00",
        )]),
        lie("pickup of a transfer after its window", &["R-pickup-window"], |_| ()).with(&[(
            "transfers.csv",
            "DCR,2027-01-19T05:00:00+01:00,2027-01-19T06:00:00+01:00",
            "DCR,2027-01-19T05:00:00+01:00,2027-01-19T05:29:00+01:00",
        )]),
        lie("drop-off of a transfer after its window", &["R-dropoff-window"], |_| ()).with(&[(
            "transfers.csv",
            "2027-01-19T06:25:00+01:00",
            "2027-01-19T06:09:00+01:00",
        )]),
        lie("at the airport less than three hours ahead", &["R-dropoff-window"], |_| ()).with(&[(
            "week.toml",
            "[costs]",
            "[rules]\ncheckin_min_minutes = 211\n[costs]",
        )]),
        lie("at the airport more than six hours ahead", &["R-dropoff-window"], |_| ()).with(&[(
            "week.toml",
            "[costs]",
            "[rules]\ncheckin_max_minutes = 229\n[costs]",
        )]),
        lie("a minute over the most direct route", &["R-detour"], |_| ()).with(&[(
            "travel.csv",
            "PRI,AMS,100,90",
            "PRI,AMS,99,90",
        )]),
        lie("a transfer a minute too long aboard", &["R-max-ride"], |_| ()).with(&[(
            "transfers.csv",
            ",10,5,30",
            ",10,5,29",
        )]),
    ]
}

fn routes() -> Vec<Lie> {
    vec![
        lie("faster than the road", &["R-drive"], |_| ()).with(&[("travel.csv", "AMS,DEP,20,20", "AMS,DEP,21,20")]),
        lie("no time for loading", &["R-drive"], |d| d.stop("S3", 2).at = at("20T08:00")),
        lie("two services at once at one place", &["R-drive"], |d| d.stop("S2", 4).at = at("21T09:10")),
        lie("never back at the depot", &["R-depot"], |d| {
            d.route("S3").stops.pop();
            print(d, "S3", 90.0, 1.75, 230.0);
        }),
        lie("home to another depot", &["R-depot"], |d| d.reassign("S2", "S9")),
        lie("by the depot on the way", &["R-depot"], |d| {
            let depot = stop(at("20T08:50"), StopKind::Depot, "DEP", None, None);
            d.route("S3").stops.push(depot);
        }),
        lie("two routes of one shift", &["R-shift-once"], |d| {
            print(d, "S3", 110.0, 2.3333, 323.33);
            d.reassign("S3", "S2");
        })
        .with(&[(
            "shifts.csv",
            "S2,B1,DEP,4,0,2,2027-01-21T05:00:00+01:00,2027-01-21T12:00:00+01:00,4,120,1,40",
            "S2,B9,DEP,4,1,2,2027-01-20T05:00:00+01:00,2027-01-21T12:00:00+01:00,4,120,1,40",
        )]),
        lie("out before the shift begins", &["R-shift-span"], |d| d.reassign("S2", "S8")),
        lie("back after the shift has ended", &["R-shift-span"], |_| ()).with(&[(
            "shifts.csv",
            "2027-01-19T04:00:00+01:00,2027-01-19T14:00:00+01:00",
            "2027-01-19T04:00:00+01:00,2027-01-19T08:04:00+01:00",
        )]),
        lie("longer than the shift may be", &["R-shift-hours"], |d| d.reassign("S2", "S7")),
    ]
}

fn aboard() -> Vec<Lie> {
    vec![
        lie("four persons, an infant among them, on three seats", &["R-seats"], |d| d.reassign("S2", "S4")),
        lie("a wheelchair without a place", &["R-wheelchairs"], |d| d.reassign("S3", "S6")),
        lie("a man and a family in one compartment", &["R-compartments"], |d| d.reassign("S2", "S5")),
        lie("a woman in while a man is still aboard", &["R-compartments", "R-max-ride", "R-seats"], |d| {
            d.route("S1").stops.swap(2, 3);
            d.stop("S1", 2).at = at("19T06:10");
            d.stop("S1", 3).at = at("19T06:25");
        }),
        lie("each family is a class of its own", &["R-compartments"], |_| ()).with(&[
            ("persons.csv", "P6,C6,m,adult", "P6,C6,m,child"),
            ("shifts.csv", "S2,B1,DEP,4,0,2", "S2,B1,DEP,4,0,1"),
        ]),
    ]
}

fn printed() -> Vec<Lie> {
    vec![
        lie("kilometres saved", &["R-km"], |d| print(d, "S3", 109.8, 2.3333, 275.0)),
        lie("hours saved", &["R-hours"], |d| print(d, "S3", 110.0, 2.32, 275.0)),
        lie("cost saved", &["R-cost"], |d| print(d, "S3", 110.0, 2.3333, 273.9)),
    ]
}
