//! Every kind of event does to the tables what section 10 of the specification says, and stands in the rows it changed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use vertrek::gates::{Dossier, NoticeBook, of_case};
use vertrek::units::Instant;
use vertrek::week::read::{read, read_files_with_events};
use vertrek::week::*;

fn files() -> BTreeMap<String, Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap())).collect()
}

/// The demo week after one event.
fn after(row: &str) -> Week {
    let events = format!("event,at,kind,subject,until,value\nG1,2027-04-22T08:00:00+02:00,{row}\n");
    read_files_with_events(&files(), events.as_bytes()).unwrap_or_else(|found| panic!("{row}: {found:?}"))
}

fn before() -> Week {
    read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo")).unwrap()
}

fn at(text: &str) -> Instant {
    Instant::parse_from_rfc3339(text).unwrap()
}

fn case(week: &Week, id: &str) -> Case {
    week.cases[&CaseId::new(id).unwrap()].clone()
}

/// The gates of the case itself that are closed, with the rows that close them.
fn closed(week: &Week, id: &str) -> Vec<String> {
    let book = NoticeBook::new(week);
    let case = case(week, id);
    let closed = of_case(&Dossier::of(week, &case, &book));
    closed.iter().map(|closed| format!("{} {}", closed.gate, closed.rows[0])).collect()
}

#[test]
fn every_kind_of_event_does_what_it_says() {
    let was = before();
    let mut seen = std::collections::BTreeSet::new();
    let mut see = |row: &str| {
        let week = after(row);
        assert_eq!(week.events.len(), 1);
        assert_eq!(week.input_digest, was.input_digest, "the digest is that of the folder");
        seen.insert(week.events[0].kind);
        week
    };
    assert_eq!(closed(&was, "C12"), Vec::<String>::new());
    assert_eq!(closed(&see("procedure_opened,C12,,"), "C12"), ["procedure events.csv:2"]);
    assert_eq!(closed(&see("voluntary,C12,,"), "C12"), ["voluntary events.csv:2"]);
    assert_eq!(closed(&see("release_withdrawn,C12,,"), "C12"), ["release events.csv:2"]);

    let released = see("released,C12,,V9");
    let release = case(&released, "C12").release;
    assert_eq!(release.by, OfficerId::new("V9"));
    assert_eq!(release.at, Some(at("2027-04-22T08:00:00+02:00")));
    assert_eq!(case(&after("released,C12,,"), "C12").release.by, OfficerId::new("G1"));

    let open = was.procedures.iter().find(|p| p.suspensive && p.closed.is_none()).expect("the demo closes every gate");
    let week = see(&format!("procedure_closed,{},,", open.case));
    assert_eq!(week.procedures[&open.id].closed, Some(at("2027-04-22T08:00:00+02:00")));

    let person = was.persons(&CaseId::new("C12").unwrap()).next().unwrap().id.clone();
    let unfit = see(&format!("unfit,{person},,")).persons[&person].clone();
    assert_eq!((unfit.fit_to_fly, unfit.fit_until), (FitToFly::No, None));
    let fit = see(&format!("fit,{person},2027-06-01T00:00:00+02:00,")).persons[&person].clone();
    assert_eq!((fit.fit_to_fly, fit.fit_until), (FitToFly::Yes, Some(at("2027-06-01T00:00:00+02:00"))));

    let document = was.documents(&person).next().unwrap().id.clone();
    let week = see(&format!("document_withdrawn,{document},,"));
    assert_eq!(week.documents[&document].status, DocumentStatus::Withdrawn);
    assert_eq!(see(&format!("document_issued,{document},,")).documents[&document].status, DocumentStatus::Issued);

    let id = CaseId::new("C12").unwrap();
    let stretch = was.availability(&id).next().unwrap().span;
    let week = see("availability_lost,C12,,");
    assert!(week.availability(&id).all(|row| row.span.until() <= at("2027-04-22T08:00:00+02:00")));
    let week = after("availability_lost,C12,2027-04-24T00:00:00+02:00,");
    let pieces: Vec<Span> = week.availability(&id).map(|row| row.span).collect();
    assert_eq!(pieces.last().unwrap().from(), at("2027-04-24T00:00:00+02:00"));
    assert_eq!(pieces.last().unwrap().until(), stretch.until());
    let week = see("availability_confirmed,C12,2027-05-09T00:00:00+02:00,");
    let row = week.availability(&id).last().unwrap();
    assert_eq!(row.confirmed_at, Some(at("2027-04-22T08:00:00+02:00")));
    assert_eq!(row.row.to_string(), "events.csv:2");

    let leg = was.legs.iter().find(|leg| leg.kind == LegKind::Joint).unwrap();
    assert!(see(&format!("leg_cancelled,{},,", leg.id)).legs.get(&leg.id).is_none());
    assert_eq!(see(&format!("seats_changed,{},,3", leg.id)).legs[&leg.id].seats, 3);
    let later = leg.departs + chrono::TimeDelta::hours(2);
    let week = see(&format!("leg_retimed,{},,{}", leg.id, later.to_rfc3339()));
    let retimed = &week.legs[&leg.id];
    assert_eq!(retimed.departs, later);
    assert_eq!(retimed.arrives - leg.arrives, chrono::TimeDelta::hours(2));
    assert_eq!(retimed.arrives.offset(), leg.arrives.offset());
    assert_eq!(retimed.home_at.unwrap() - leg.home_at.unwrap(), chrono::TimeDelta::hours(2));

    let escort = &was.escorts.rows()[0].id;
    let week = see(&format!("escort_absent,{escort},2027-04-29T00:00:00+02:00,"));
    let absence = week.absences.last().unwrap();
    assert_eq!((&absence.escort, absence.span.until()), (escort, at("2027-04-29T00:00:00+02:00")));

    let shift = &was.shifts.rows()[0].id;
    let week = see(&format!("shift_out,{shift},,"));
    assert!(week.shifts.get(shift).is_none());
    for (position, row) in week.shifts.iter().enumerate() {
        assert_eq!(week.shifts.position(&row.id), Some(position));
    }
    let transfer = &was.transfers.rows()[0].id;
    assert!(see(&format!("transfer_added,{transfer},,")).transfers.get(transfer).is_some());
    assert!(see(&format!("transfer_cancelled,{transfer},,")).transfers.get(transfer).is_none());
    assert_eq!(seen.len(), EventKind::ALL.len(), "every kind");
}

#[test]
fn a_notice_does_not_hold_on_what_is_left_of_a_connection() {
    let mut files = files();
    let text =
        "case,legs,slot,noticed_at,escorts,shift,pickup_at,level\nC12,L032 L042,,2027-04-21T09:30:00+02:00,,,,booked\n";
    files.insert("commitments.csv".to_owned(), text.as_bytes().to_vec());
    let events = "event,at,kind,subject,until,value\nG1,2027-04-22T08:00:00+02:00,leg_cancelled,L032,,\n";
    let week = read_files_with_events(&files, events.as_bytes()).unwrap();
    let book = NoticeBook::new(&week);
    let case = case(&week, "C12");
    assert!(Dossier::of(&week, &case, &book).kept.is_none());
}
