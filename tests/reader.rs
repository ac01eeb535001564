//! What the reader takes: every way of writing a valid table, what empty fields mean, and tables with very many errors.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fmt::Write;
use vertrek::synth::tiny;
use vertrek::units::{Euro, Probability};
use vertrek::week::diagnostic::Code;
use vertrek::week::read::{Files, read_files};
use vertrek::week::{EntryPoints, Visas, Week};

const HEAD: &str = "week = \"2027-W03\"\nnow = 2027-01-14T08:30:00+01:00\nstart = 2027-01-18T00:00:00+01:00\n\
                    end = 2027-01-25T00:00:00+01:00\nhome_airports = []\n";

fn folder(tables: &[(&str, &str)]) -> Files {
    let head = std::iter::once(("week.toml", HEAD));
    head.chain(tables.iter().copied()).map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect()
}

fn valid(files: &Files) -> Week {
    read_files(files).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"))
}

const DUTIES: &str = "duty,starts,ends,role,skill,count\n\
                      U1,2027-01-18T08:00:00+01:00,2027-01-18T16:00:00+01:00,,,1\n\
                      U2,2027-01-19T08:00:00Z,2027-01-19T16:00:00.5-05:00,nurse,first-aid,2\n";

#[test]
fn a_table_may_be_written_as_spreadsheets_and_editors_do() {
    let plain = format!("{:?}", valid(&folder(&[("duties.csv", DUTIES)])).duties);
    let quoted = DUTIES.replace("U1", "\"U1\"").replace("nurse", "\"nurse\"").replace("duty", "\"duty\"");
    for (way, text) in [
        ("byte order mark", format!("\u{feff}{DUTIES}")),
        ("carriage returns", DUTIES.replace('\n', "\r\n")),
        ("no line end at the end", DUTIES.trim_end().to_owned()),
        ("quotes", quoted.clone()),
        ("byte order mark, quotes and carriage returns", format!("\u{feff}{}", quoted.replace('\n', "\r\n"))),
        ("blank line at the end", format!("{DUTIES}\n")),
    ] {
        assert_eq!(format!("{:?}", valid(&folder(&[("duties.csv", &text)])).duties), plain, "{way}");
    }
}

#[test]
fn columns_may_stand_in_any_order() {
    let shuffled = "count,skill,duty,role,ends,starts\n\
                    1,,U1,,2027-01-18T16:00:00+01:00,2027-01-18T08:00:00+01:00\n\
                    2,first-aid,U2,nurse,2027-01-19T16:00:00.5-05:00,2027-01-19T08:00:00Z\n";
    let (one, other) = (valid(&folder(&[("duties.csv", DUTIES)])), valid(&folder(&[("duties.csv", shuffled)])));
    assert_eq!(format!("{:?}", one.duties), format!("{:?}", other.duties));
}

#[test]
fn a_quoted_field_holds_commas_quotes_and_line_ends() {
    let table = "escort,from,until,reason\nE1,2027-01-18T00:00:00+01:00,2027-01-19T00:00:00+01:00,\"a, \"\"b\"\"\nc\"\n\
                 E1,2027-01-20T00:00:00+01:00,2027-01-21T00:00:00+01:00,\n";
    let escorts = "escort,organisation,role,base,sex,visas,skills,max_hours\nE1,KMar,escort,,f,,,\n";
    let week = valid(&folder(&[("escorts.csv", escorts), ("absences.csv", table)]));
    assert_eq!(week.absences[0].reason, "a, \"b\"\nc");
    assert_eq!((week.absences[0].row.line, week.absences[1].row.line), (2, 4), "a row stands where it begins");
}

#[test]
fn files_that_are_no_tables_are_nobodys_business() {
    let mut files = folder(&[("duties.csv", DUTIES), ("events.csv", "anything"), ("README.md", "anything")]);
    files.insert(".~lock.duties.csv#".to_owned(), b"\xFF".to_vec());
    files.insert("plan.json".to_owned(), b"{}".to_vec());
    assert_eq!(valid(&files).duties.len(), 2);
}

#[test]
fn empty_fields_mean_what_the_specification_says() {
    let week = valid(&folder(&[
        (
            "locations.csv",
            "location,name,kind,lat,lon,pickup_from,pickup_until\nAMS,,airport,52,4,,\nTIA,,airport,41,19,,\n",
        ),
        (
            "cases.csv",
            "case,kind,destination,entry_points,location,measure,earliest,latest,term_until,priority,escorts,escort_sex,medical_escort,voluntary_track,released_by,released_at,belongings_known,physical_known,medical_known\n\
             C1,origin,AL,,AMS,none,,,,,0,,,false,,,true,true,true\n",
        ),
        (
            "persons.csv",
            "person,case,sex,age_group,unaccompanied_minor,reception_confirmed,fit_to_fly,fit_until,wheelchair\n\
             P1,C1,x,adult,false,false,yes,,false\n",
        ),
        (
            "documents.csv",
            "document,person,kind,status,valid_from,valid_until,entry_points\nD1,P1,passport,issued,,,\n",
        ),
        ("procedures.csv", "procedure,case,kind,opened,closed,suspensive\nX1,C1,asylum,2027-01-01T00:00:00Z,,true\n"),
        ("availability.csv", "case,from,until,source,confirmed_at\nC1,2027-01-01T00:00:00Z,2027-02-01T00:00:00Z,,\n"),
        (
            "legs.csv",
            "leg,kind,carrier,from,to,departs,arrives,seats,max_returnees,max_unescorted,standby_escorts,booking_lead_hours,fare,escort_fare,refund_share,home_at\n\
             L1,scheduled,,AMS,TIA,2027-01-20T10:00:00+01:00,2027-01-20T10:00:00+01:00,9,,,,24,,,,\n",
        ),
        (
            "destinations.csv",
            "destination,kind,announce_days,announce_days_special,arrival_from,arrival_until,weekdays,max_per_day\n\
             AL,,,5,,,,\nAL,origin,,5,,,,\n",
        ),
        ("returns.csv", "return,from,to,departs,arrives,fare\nR1,TIA,AMS,2027-01-20T15:00:00Z,2027-01-20T17:00:00Z,\n"),
        (
            "escorts.csv",
            "escort,organisation,role,base,sex,visas,skills,max_hours\nE1,KMar,escort,,f,,,\nE2,KMar,escort,,f,*,,\n",
        ),
        ("absences.csv", "escort,from,until,reason\nE1,2027-01-20T15:00:00Z,2027-01-20T15:00:00Z,\n"),
        ("duties.csv", DUTIES),
        (
            "shifts.csv",
            "shift,vehicle,depot,seats,wheelchairs,compartments,from,until,max_hours,fixed,per_km,per_hour\n\
             V1,B,AMS,6,0,1,2027-01-20T04:00:00Z,2027-01-20T05:00:00Z,,0,0.5,1e1\n\
             V2,B,AMS,6,0,1,2027-01-20T05:00:00Z,2027-01-20T06:00:00Z,,0,.5,10.\n",
        ),
        (
            "transfers.csv",
            "transfer,persons,class,wheelchairs,from,to,pickup_from,pickup_until,dropoff_from,dropoff_until,load_minutes,unload_minutes,max_ride_minutes\n\
             T1,1,m,0,AMS,TIA,2027-01-20T04:00:00Z,2027-01-20T04:00:00Z,2027-01-20T04:00:00Z,2027-01-20T04:00:00Z,0,0,\n",
        ),
        ("commitments.csv", "case,legs,slot,noticed_at,escorts,shift,pickup_at,level\nC1,,,,,,,booked\n"),
    ]));
    let case = &week.cases.rows()[0];
    assert_eq!((case.earliest, case.latest, case.term_until), (None, None, None));
    assert_eq!((case.priority.get(), case.entry_points.clone()), (1.0, EntryPoints::Any));
    assert_eq!((case.escort_sex, case.medical_escort, case.release.at), (None, None, None));
    assert!(case.release.by.is_none());
    assert_eq!(week.persons.rows()[0].fit_until, None);
    let document = &week.documents.rows()[0];
    assert_eq!((document.valid_from, document.valid_until, &document.entry_points), (None, None, &EntryPoints::Any));
    assert_eq!((week.procedures.rows()[0].closed, week.availability[0].confirmed_at), (None, None));
    let leg = &week.legs.rows()[0];
    assert_eq!((leg.max_returnees, leg.max_unescorted, leg.standby_escorts), (0, 0, 0));
    assert_eq!((leg.fare, leg.escort_fare, leg.refund_share), (Euro::ZERO, Euro::ZERO, Probability::default()));
    let terms = &week.destinations[0];
    assert_eq!((terms.announce_days, terms.kind, &terms.weekdays, terms.max_per_day), (0, None, &None, None));
    assert_eq!((terms.arrival.from, terms.arrival.until, week.returns.rows()[0].fare), (None, None, Euro::ZERO));
    let escort = &week.escorts.rows()[0];
    assert!(escort.base.is_none() && escort.max_hours.is_none() && escort.skills.is_empty());
    assert!(matches!(&escort.visas, Visas::Only(countries) if countries.is_empty()));
    assert_eq!(week.escorts.rows()[1].visas, Visas::All);
    assert!(week.duties.rows()[0].role.is_none() && week.duties.rows()[0].skill.is_none());
    assert!(week.shifts.rows()[0].max_hours.is_none() && week.transfers.rows()[0].max_ride.is_none());
    let commitment = &week.commitments.rows()[0];
    assert!(commitment.legs.is_empty() && commitment.escorts.is_empty() && commitment.slot.is_none());
    assert!(commitment.noticed_at.is_none() && commitment.shift.is_none() && commitment.pickup_at.is_none());
}

#[test]
fn the_digest_is_over_every_byte_and_name() {
    let digest = |files: &Files| valid(files).input_digest;
    let files = folder(&[("duties.csv", DUTIES)]);
    // As another program computes it from: duties.csv NUL content NUL week.toml NUL content NUL.
    assert_eq!(digest(&files), "4ada2db8d6f610ab2decae0b971bb007dcba2148e6aa539419e859c43ee8e0ef");
    let mut more = files.clone();
    more.insert("README".to_owned(), Vec::new());
    let mut other = files.clone();
    other.insert("duties.csv".to_owned(), DUTIES.replace('\n', "\r\n").into_bytes());
    assert!(digest(&more) != digest(&files) && digest(&other) != digest(&files));
}

/// A table of so many rows of which each has one error.
fn wrong_rows(rows: usize) -> String {
    let mut table =
        "departure,planned_on,kind,measure,notice_days,belongings_known,physical_known,medical_known,escorts,outcome\n"
            .to_owned();
    for row in 0..rows {
        let _ = writeln!(table, "H{row},2026-11-02,dublin,reporting,-1,true,true,false,0,departed");
    }
    table
}

#[test]
fn a_table_of_errors_is_counted_to_its_end_and_hides_no_other_table() {
    for rows in [999, 1_000, 1_001, 200_000] {
        let files = folder(&[
            ("history.csv", &wrong_rows(rows)),
            ("duties.csv", &DUTIES.replace(",1\n", ",one\n")),
            ("weeks.csv", ""),
        ]);
        let found = read_files(&files).expect_err("every row is wrong");
        let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
        let listed = rows.min(1_000);
        assert_eq!(codes.iter().filter(|&&code| code == Code::Negative).count(), listed);
        assert_eq!((codes.first(), codes.last()), (Some(&Code::NotAWholeNumber), Some(&Code::UnknownTable)));
        let more: Vec<_> = found.iter().filter(|diagnostic| diagnostic.code == Code::MoreDiagnostics).collect();
        let left_out = more.first().and_then(|diagnostic| diagnostic.value.clone());
        assert_eq!(
            (more.len(), left_out),
            (usize::from(rows > 1_000), (rows > 1_000).then(|| (rows - 1_000).to_string()))
        );
        assert_eq!(found.len(), listed + more.len() + 2);
    }
}

#[test]
fn a_field_of_megabytes_is_shown_in_one_line() {
    let long = "é ".repeat(2_000_000);
    let files = folder(&[("duties.csv", &DUTIES.replace("U1", &long)), ("escorts.csv", &long)]);
    for diagnostic in read_files(&files).expect_err("no id is that long") {
        for lang in vertrek::lang::Lang::ALL {
            assert!(diagnostic.message(lang).len() < 300, "{}", diagnostic.message(lang));
        }
    }
}

#[test]
fn ids_of_a_million_references_share_their_text() {
    let week = valid(&tiny(3));
    for person in &week.persons {
        let own = &week.cases[&person.case].id;
        assert!(std::ptr::eq(own.as_str(), person.case.as_str()), "{own}");
    }
}
