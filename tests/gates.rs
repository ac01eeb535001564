//! Every gate of section 2 and the notice rule of section 3, on both sides of its exact boundary.
//!
//! The flight departs on Wednesday 20 January 2027 at 10:00 and arrives at 12:30; now is Thursday 14 January, 08:30.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod folder;

use folder::Folder;
use vertrek::gates::{CaseGates, GateName, Owner, Remedy, Why, words};
use vertrek::lang::Lang;
use vertrek::options::{Obstacle, build, gate, work_list};

fn gates(folder: &Folder) -> CaseGates {
    gate(&folder.week()).cases[0].gates.clone()
}

/// The name of the gate that closes the case, or `open`.
fn verdict(folder: &Folder) -> &'static str {
    let gates = gates(folder);
    assert_eq!(gates.open.is_empty(), gates.gate().is_some());
    gates.gate().map_or("open", |closed| closed.gate.word())
}

#[track_caller]
fn boundary(cells: &[(&str, &str, &str)], open: &str, closed: &str, gate: &str) {
    let (last, before) = cells.split_last().unwrap();
    let folder = before.iter().fold(Folder::default(), |f, (file, id, cell)| {
        let (column, value) = cell.split_once('=').unwrap();
        f.set(file, id, column, value)
    });
    let (file, id, column) = *last;
    assert_eq!(verdict(&folder.clone().set(file, id, column, open)), "open", "{column} = {open}");
    assert_eq!(verdict(&folder.set(file, id, column, closed)), gate, "{column} = {closed}");
}

#[test]
fn untouched_week_is_open() {
    assert_eq!(verdict(&Folder::default()), "open");
}

#[test]
fn release_needs_an_officer_and_a_moment_not_after_now() {
    let cell = ("cases.csv", "C1", "released_at");
    boundary(&[cell], "2027-01-14T08:30:00+01:00", "2027-01-14T08:30:01+01:00", "release");
    boundary(&[cell], "2027-01-14T07:30:00Z", "", "release");
    boundary(&[("cases.csv", "C1", "released_by")], "V9", "", "release");
    let later = gates(&Folder::default().set("cases.csv", "C1", "released_at", "2027-01-15T09:00:00+01:00"));
    let closed = later.gate().unwrap();
    assert_eq!(closed.opens_at.unwrap().to_rfc3339(), "2027-01-15T09:00:00+01:00");
    assert_eq!(closed.rows[0].to_string(), "cases.csv:2");
}

#[test]
fn voluntary_departure_goes_first() {
    boundary(&[("cases.csv", "C1", "voluntary_track")], "false", "true", "voluntary");
}

#[test]
fn period_includes_its_ends_and_follows_the_term() {
    boundary(&[("cases.csv", "C1", "earliest")], "2027-01-20T10:00:00+01:00", "2027-01-20T10:00:01+01:00", "period");
    boundary(&[("cases.csv", "C1", "latest")], "2027-01-20T10:00:00+01:00", "2027-01-20T09:59:59+01:00", "period");
    boundary(&[("cases.csv", "C1", "term_until")], "2027-01-20T09:59:59+01:00", "2027-01-20T10:00:00+01:00", "period");
}

#[test]
fn document_holds_from_departure_until_a_day_after_arrival() {
    let file = "documents.csv";
    boundary(&[(file, "D1", "valid_from")], "2027-01-20T10:00:00+01:00", "2027-01-20T10:00:01+01:00", "document");
    boundary(&[(file, "D1", "valid_until")], "2027-01-21T12:30:00+01:00", "2027-01-21T12:29:59+01:00", "document");
    boundary(&[(file, "D1", "valid_until")], "2027-01-21T12:30:00+01:00", "", "document");
    boundary(&[(file, "D1", "entry_points")], "PRN TIA", "PRN", "document");
    boundary(&[(file, "D1", "status")], "issued", "promised", "document");
    boundary(&[(file, "D1", "status")], "issued", "withdrawn", "document");
}

#[test]
fn document_kinds_differ_for_dublin_cases() {
    let of = |kind| {
        let case = ("cases.csv", "C1", kind);
        move |open, closed| boundary(&[case, ("documents.csv", "D1", "kind")], open, closed, "document")
    };
    for open in ["laissez_passer", "passport", "readmission_agreement"] {
        of("kind=origin")(open, "eu_laissez_passer");
        of("kind=third_country")(open, "eu_laissez_passer");
    }
    for closed in ["laissez_passer", "readmission_agreement"] {
        of("kind=dublin")("eu_laissez_passer", closed);
        of("kind=dublin")("passport", closed);
    }
}

#[test]
fn one_good_document_each_is_enough_and_each_person_needs_one() {
    let folder = Folder::default().set("documents.csv", "D1", "status", "withdrawn");
    let two = folder.row("documents.csv", "D2,P1,laissez_passer,issued,,2027-02-01T00:00:00+01:00,TIA");
    assert_eq!(verdict(&two), "open");
    let family = Folder::default().row("persons.csv", "P2,C1,f,child,false,false,not_required,,false");
    let closed = gates(&family);
    let closed = closed.gate().unwrap();
    assert_eq!((&closed.why, closed.owner, &closed.remedy), (&Why::NoDocument, Owner::Embassy, &Remedy::IssueDocument));
    assert_eq!(closed.person.as_ref().unwrap().as_str(), "P2");
    assert_eq!(closed.rows[0].to_string(), "persons.csv:3", "no document row: the person's row");
}

#[test]
fn of_several_documents_the_closest_is_told() {
    let folder = Folder::default()
        .set("documents.csv", "D1", "status", "withdrawn")
        .row("documents.csv", "D2,P1,laissez_passer,issued,,2027-01-20T20:00:00+01:00,")
        .row("documents.csv", "D3,P1,laissez_passer,promised,,2027-02-20T20:00:00+01:00,");
    let gates = gates(&folder);
    assert_eq!(gates.closed.len(), 1);
    assert_eq!(gates.closed[0].rows[0].to_string(), "documents.csv:3");
    assert!(matches!(gates.closed[0].why, Why::DocumentExpires { .. }));
}

#[test]
fn procedure_closes_while_a_suspensive_one_is_open() {
    let with = |closed: &str, suspensive: &str| {
        let row = format!("R1,C1,asylum,2026-12-01T09:00:00+01:00,{closed},{suspensive}");
        verdict(&Folder::default().row("procedures.csv", &row))
    };
    assert_eq!(with("", "true"), "procedure");
    assert_eq!(with("", "false"), "open");
    assert_eq!(with("2027-01-14T08:30:00+01:00", "true"), "open");
    assert_eq!(with("2027-01-14T08:30:01+01:00", "true"), "procedure");
}

#[test]
fn procedure_is_opened_by_the_ind_or_the_court() {
    let folder = Folder::default()
        .row("procedures.csv", "R1,C1,asylum,2026-12-01T09:00:00+01:00,,true")
        .row("procedures.csv", "R2,C1,higher_appeal,2026-12-01T09:00:00+01:00,2027-01-19T12:00:00+01:00,true");
    let gates = gates(&folder);
    let told: Vec<_> = gates.closed.iter().map(|c| (c.owner, c.opens_at.is_some(), c.rows[0].to_string())).collect();
    assert_eq!(
        told,
        [(Owner::Ind, false, "procedures.csv:2".to_owned()), (Owner::Court, true, "procedures.csv:3".to_owned())]
    );
    for (kind, owner) in [
        ("provisional_measure", Owner::Court),
        ("voorlopige_voorziening", Owner::Court),
        ("hoger_beroep", Owner::Court),
        ("article_64", Owner::Ind),
        ("repeat_asylum", Owner::Ind),
    ] {
        let folder = Folder::default().row("procedures.csv", &format!("R1,C1,{kind},2026-12-01T09:00:00+01:00,,true"));
        assert_eq!(self::gates(&folder).gate().unwrap().owner, owner, "{kind}");
    }
}

#[test]
fn availability_covers_twelve_hours_in_one_row() {
    let file = "availability.csv";
    boundary(&[(file, "C1", "from")], "2027-01-19T22:00:00+01:00", "2027-01-19T22:00:01+01:00", "availability");
    boundary(&[(file, "C1", "until")], "2027-01-20T10:00:00+01:00", "2027-01-20T09:59:59+01:00", "availability");
    let halves = Folder::default()
        .set(file, "C1", "until", "2027-01-20T04:00:00+01:00")
        .row(file, "C1,2027-01-20T04:00:00+01:00,2027-01-31T00:00:00+01:00,dji,2027-01-13T12:00:00+01:00");
    assert_eq!(verdict(&halves), "availability", "two rows that meet do not count as one");
    assert_eq!(verdict(&Folder::default().clear(file)), "availability");
}

#[test]
fn availability_is_confirmed_within_a_week_and_not_in_the_future() {
    let cell = ("availability.csv", "C1", "confirmed_at");
    boundary(&[cell], "2027-01-07T08:30:00+01:00", "2027-01-07T08:29:59+01:00", "availability");
    boundary(&[cell], "2027-01-14T08:30:00+01:00", "2027-01-14T08:30:01+01:00", "availability");
    boundary(&[cell], "2027-01-14T08:30:00+01:00", "", "availability");
}

#[test]
fn availability_is_confirmed_by_who_holds_the_case() {
    for (measure, owner) in [
        ("detention", Owner::Dji),
        ("family_closed", Owner::Dji),
        ("restricted", Owner::Coa),
        ("family", Owner::Coa),
        ("reporting", Owner::Avim),
        ("none", Owner::DtV),
    ] {
        let gates = gates(&Folder::default().clear("availability.csv").set("cases.csv", "C1", "measure", measure));
        assert_eq!(gates.gate().unwrap().owner, owner, "{measure}");
    }
}

#[test]
fn fitness_holds_until_arrival() {
    let (file, yes) = ("persons.csv", ("persons.csv", "P1", "fit_to_fly=yes"));
    boundary(&[yes, (file, "P1", "fit_until")], "2027-01-20T12:30:00+01:00", "2027-01-20T12:29:59+01:00", "fitness");
    boundary(&[yes, (file, "P1", "fit_until")], "2027-01-20T12:30:00+01:00", "", "fitness");
    for closed in ["no", "pending", "yes"] {
        boundary(&[(file, "P1", "fit_to_fly")], "not_required", closed, "fitness");
    }
}

#[test]
fn reception_of_a_minor_who_travels_alone_is_confirmed() {
    let minor = ("persons.csv", "P1", "unaccompanied_minor=true");
    boundary(&[minor, ("persons.csv", "P1", "reception_confirmed")], "true", "false", "reception");
    boundary(&[("persons.csv", "P1", "unaccompanied_minor")], "false", "true", "reception");
}

fn destination(row: &str) -> Folder {
    Folder::default().row("destinations.csv", row)
}

#[test]
fn arrival_is_announced_in_whole_dates() {
    // Thursday 14 to Wednesday 20 January: 6 days, whatever the hour.
    assert_eq!(verdict(&destination("AL,,6,30,,,,")), "open");
    let closed = gates(&destination("AL,,7,0,,,,"));
    let closed = closed.gate().unwrap();
    assert_eq!((closed.gate, closed.owner), (GateName::Arrival, Owner::DtV));
    assert_eq!(closed.opens_at.unwrap().to_rfc3339(), "2027-01-21T00:00:00+01:00");
    assert_eq!(closed.rows[0].to_string(), "destinations.csv:2");
}

#[test]
fn arrival_is_announced_longer_ahead_for_special_cases() {
    let terms = || destination("AL,,0,7,,,,");
    assert_eq!(verdict(&terms()), "open");
    assert_eq!(verdict(&terms().set("persons.csv", "P1", "wheelchair", "true")), "arrival");
    assert_eq!(verdict(&terms().set("persons.csv", "P1", "age_group", "child")), "arrival");
    assert_eq!(verdict(&terms().set("persons.csv", "P1", "age_group", "infant")), "arrival");
    let nurse = terms()
        .set("cases.csv", "C1", "medical_escort", "nurse")
        .row("returns.csv", "T1,TIA,AMS,2027-01-20T15:30:00+01:00,2027-01-20T18:00:00+01:00,100");
    assert_eq!(verdict(&nurse), "arrival");
}

#[test]
fn arrival_terms_of_the_kind_go_before_the_general_ones() {
    let both = destination("AL,,7,7,,,,").row("destinations.csv", "AL,origin,0,0,,,,");
    assert_eq!(verdict(&both), "open");
    assert_eq!(verdict(&both.set("cases.csv", "C1", "kind", "third_country")), "arrival");
    assert_eq!(verdict(&destination("XK,,30,30,,,,")), "open", "no row for the destination: no terms");
}

#[test]
fn arrival_hours_and_weekdays_are_read_on_the_clock_as_written() {
    assert_eq!(verdict(&destination("AL,,0,0,12:30,12:30,3,")), "open");
    assert_eq!(verdict(&destination("AL,,0,0,12:31,,,")), "arrival");
    assert_eq!(verdict(&destination("AL,,0,0,,12:29,,")), "arrival");
    assert_eq!(verdict(&destination("AL,,0,0,,,1 2 4 5 6 7,")), "arrival");
    // The same moment, written 14 hours further east, is Thursday 01:30 there.
    let east = |row| destination(row).set("legs.csv", "L1", "arrives", "2027-01-21T01:30:00+14:00");
    assert_eq!(verdict(&east("AL,,0,0,01:00,02:00,4,")), "open");
    assert_eq!(verdict(&east("AL,,0,0,,,3,")), "arrival");
}

fn slot_at(starts: &str) -> Folder {
    Folder::default().set("contact_slots.csv", "S1", "starts", starts)
}

#[test]
fn notice_leaves_48_hours_and_starts_from_now() {
    assert_eq!(verdict(&slot_at("2027-01-18T10:00:00+01:00")), "open");
    assert_eq!(verdict(&slot_at("2027-01-18T10:00:01+01:00")), "notice");
    assert_eq!(verdict(&slot_at("2027-01-14T08:30:00+01:00")), "open");
    assert_eq!(verdict(&slot_at("2027-01-14T08:29:59+01:00")), "notice");
}

#[test]
fn notice_is_given_where_the_case_is_by_a_slot_with_a_place() {
    let elsewhere = Folder::default().set("contact_slots.csv", "S1", "location", "EIN");
    let closed = gates(&elsewhere);
    assert!(matches!(closed.gate().unwrap().why, Why::NoContactSlot { .. }));
    assert_eq!(closed.gate().unwrap().rows[0].to_string(), "cases.csv:2", "no slot row: the case's row");
    assert_eq!(verdict(&Folder::default().set("contact_slots.csv", "S1", "capacity", "0")), "notice");
}

#[test]
fn notice_may_be_longer_for_a_measure_but_not_shorter() {
    let rule = |hours: &str| format!("[rules.notice_min_hours_for]\ndetention = {hours}\nfamily = 200");
    let noon = || slot_at("2027-01-17T10:00:00+01:00");
    assert_eq!(verdict(&noon().toml(&rule("72"))), "open");
    assert_eq!(verdict(&noon().toml(&rule("72.01"))), "notice");
    assert_eq!(verdict(&slot_at("2027-01-18T10:00:01+01:00").toml(&rule("24"))), "notice");
}

#[test]
fn notice_counts_office_hours_of_working_days_only() {
    // Departure on Monday 18 January at 09:00: the weekend before counts for nothing.
    let monday = |starts: &str| {
        slot_at(starts).set("legs.csv", "L1", "departs", "2027-01-18T09:00:00+01:00").set(
            "legs.csv",
            "L1",
            "arrives",
            "2027-01-18T11:30:00+01:00",
        )
    };
    assert_eq!(verdict(&monday("2027-01-15T09:00:00+01:00")), "open");
    assert_eq!(verdict(&monday("2027-01-15T09:00:01+01:00")), "notice");
    // With Friday a listed holiday the eight hours must lie on Thursday.
    let friday_off = |starts: &str| monday(starts).toml("holidays = [2027-01-15]");
    assert_eq!(verdict(&friday_off("2027-01-15T09:00:00+01:00")), "notice");
    assert_eq!(verdict(&friday_off("2027-01-14T09:00:00+01:00")), "open");
    assert_eq!(verdict(&friday_off("2027-01-14T09:20:00+01:00")), "notice");
}

#[test]
fn notice_counts_thirds_of_hours_exactly() {
    // 09:20 to 17:00 on Tuesday and 09:00 to 09:20 on Wednesday are eight hours; 48 hours are switched off.
    let folder = slot_at("2027-01-19T09:20:00+01:00")
        .set("legs.csv", "L1", "departs", "2027-01-20T09:20:00+01:00")
        .toml("[rules]\nnotice_min_hours = 0");
    assert_eq!(verdict(&folder), "open");
    assert_eq!(verdict(&folder.set("legs.csv", "L1", "departs", "2027-01-20T09:19:59+01:00")), "notice");
}

#[test]
fn notice_across_the_may_holiday() {
    // Departure on Thursday 6 May 2027, Ascension Day, at 09:00; Wednesday 5 May is a holiday every year.
    let may = |starts: &str| {
        slot_at(starts)
            .set("cases.csv", "C1", "released_at", "2027-04-01T00:00:00+02:00")
            .set("availability.csv", "C1", "until", "2027-05-31T00:00:00+02:00")
            .set("availability.csv", "C1", "confirmed_at", "2027-04-28T00:00:00+02:00")
            .set("legs.csv", "L1", "departs", "2027-05-06T09:00:00+02:00")
            .set("legs.csv", "L1", "arrives", "2027-05-06T11:30:00+02:00")
            .replace_toml(&[
                ("week", "week = \"2027-W18\""),
                ("now", "now = 2027-04-29T08:00:00+02:00"),
                ("start", "start = 2027-05-03T00:00:00+02:00"),
                ("end", "end = 2027-05-10T00:00:00+02:00"),
            ])
    };
    assert_eq!(verdict(&may("2027-05-04T09:00:00+02:00")), "open");
    assert_eq!(verdict(&may("2027-05-04T09:00:01+02:00")), "notice");
}

#[test]
fn kept_notice_needs_no_slot_on_the_very_same_legs() {
    let kept = |legs: &str, at: &str, level: &str| {
        let row = format!("C1,{legs},,{at},,,,{level}");
        verdict(&Folder::default().clear("contact_slots.csv").row("commitments.csv", &row))
    };
    let at = "2027-01-13T10:00:00+01:00";
    for level in ["noticed", "booked", "locked"] {
        assert_eq!(kept("L1", at, level), "open", "{level}");
    }
    assert_eq!(kept("L1", at, "proposed"), "notice");
    assert_eq!(kept("L1", "", "booked"), "notice");
    assert_eq!(kept("", at, "booked"), "notice");
}

#[test]
fn gate_of_the_case_is_named_first_and_the_others_follow() {
    let folder = Folder::default()
        .set("documents.csv", "D1", "status", "promised")
        .set("persons.csv", "P1", "fit_to_fly", "pending")
        .row("procedures.csv", "R1,C1,asylum,2026-12-01T09:00:00+01:00,,true");
    let gates = gates(&folder);
    let names: Vec<_> = gates.closed.iter().map(|closed| closed.gate.word()).collect();
    assert_eq!(names, ["procedure", "document", "fitness"]);
}

/// A second flight to TIA, on Thursday 21 January.
const SECOND: &str =
    "L2,scheduled,KL,AMS,TIA,2027-01-21T10:00:00+01:00,2027-01-21T12:30:00+01:00,10,4,4,0,24,300,400,0.5,";

#[test]
fn gate_that_closes_every_journey_is_named_before_one_that_closes_some() {
    // The first flight fails on period and fitness, the second on fitness alone.
    let folder = Folder::default()
        .row("legs.csv", SECOND)
        .set("cases.csv", "C1", "earliest", "2027-01-21T00:00:00+01:00")
        .set("persons.csv", "P1", "fit_to_fly", "no");
    let gates = gates(&folder);
    assert_eq!(gates.closed.iter().map(|c| c.gate).collect::<Vec<_>>(), [GateName::Fitness]);
    assert_eq!(gates.journeys, 2);
    assert_eq!(gates.soonest.unwrap().to_rfc3339(), "2027-01-21T10:00:00+01:00");
}

#[test]
fn journey_that_is_nearest_to_open_names_the_gate_when_none_closes_all() {
    // The first flight fails on period alone, the second on fitness alone: a tie, so the earlier flight tells.
    let folder = Folder::default()
        .row("legs.csv", SECOND)
        .set("cases.csv", "C1", "earliest", "2027-01-21T00:00:00+01:00")
        .set("persons.csv", "P1", "fit_to_fly", "yes")
        .set("persons.csv", "P1", "fit_until", "2027-01-20T13:00:00+01:00");
    let gates = gates(&folder);
    assert_eq!(gates.gate().unwrap().gate, GateName::Period);
    assert_eq!(gates.gate().unwrap().opens_at.unwrap().to_rfc3339(), "2027-01-21T00:00:00+01:00");
    let one_open = folder.set("persons.csv", "P1", "fit_until", "2027-01-21T13:00:00+01:00");
    assert_eq!(verdict(&one_open), "open");
}

#[test]
fn case_without_a_flight_is_not_closed_by_a_gate() {
    let folder = Folder::default().set("cases.csv", "C1", "entry_points", "PRN").clear("documents.csv");
    let options = build(&folder.week());
    assert_eq!(options.cases[0].gates.gate(), None);
    assert!(matches!(options.cases[0].obstacle, Some(Obstacle::Itinerary(_))));
    let unreleased = folder.set("cases.csv", "C1", "released_by", "");
    assert_eq!(gates(&unreleased).gate().unwrap().gate, GateName::Release, "gates of the case are asked all the same");
}

#[test]
fn work_list_groups_by_owner_soonest_gain_first() {
    let case = |id: &str, entry: &str, priority: &str| {
        format!(
            "{id},origin,AL,{entry},DCR,detention,,,,{priority},0,,,false,V1,2027-01-14T08:30:00+01:00,true,true,true"
        )
    };
    let mut folder = Folder::default()
        .row("legs.csv", &SECOND.replace("TIA", "PRN"))
        .row("cases.csv", &case("C2", "PRN", "3"))
        .row("cases.csv", &case("C3", "TIA", "2"))
        .row("cases.csv", &case("C4", "IST", "9"))
        .set("documents.csv", "D1", "status", "promised")
        .set("persons.csv", "P1", "fit_to_fly", "pending");
    for n in 2..=4 {
        folder = folder.row("persons.csv", &format!("P{n},C{n},m,adult,false,false,not_required,,false")).row(
            "availability.csv",
            &format!("C{n},2027-01-14T00:00:00+01:00,2027-01-31T00:00:00+01:00,dji,2027-01-13T12:00:00+01:00"),
        );
    }
    let week = folder.week();
    let list = work_list(&week);
    let owners: Vec<_> = list.iter().map(|group| (group.owner, group.gain.get())).collect();
    assert_eq!(owners, [(Owner::Embassy, 60_000.0), (Owner::MedicalAdvisers, 10_000.0)]);
    let items: Vec<_> = list[0].items.iter().map(|item| week.cases.rows()[item.case].id.as_str()).collect();
    assert_eq!(items, ["C3", "C1", "C2"], "soonest departure, then gain; C4 has no flight and no closed gate");
    assert_eq!(list[0].items[1].also, [Owner::MedicalAdvisers]);
}

#[test]
fn every_reason_has_a_sentence_in_both_languages() {
    let folder = Folder::default()
        .set("documents.csv", "D1", "status", "promised")
        .set("persons.csv", "P1", "fit_to_fly", "no")
        .set("cases.csv", "C1", "voluntary_track", "true");
    let gates = gates(&folder);
    let told = |lang| {
        let line = |c: &vertrek::gates::Closed| {
            let (gate, owner) = (words::gate(c.gate, lang), words::owner(c.owner, lang));
            format!("{gate} | {} | {} | {owner}", words::why(c, lang), words::remedy(c, lang))
        };
        gates.closed.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        told(Lang::En),
        [
            "voluntary departure | voluntary departure is under way and goes first | the voluntary track ends | DT&V",
            "travel document | P1: the document is promised, not issued | the promised document is issued | embassy",
            "fitness to fly | P1: declared unfit to fly | a new medical advice; no departure before | medical advisers",
        ]
    );
    assert_eq!(
        told(Lang::Nl),
        [
            "zelfstandig vertrek | zelfstandig vertrek loopt en gaat voor | het traject voor zelfstandig vertrek eindigt | DT&V",
            "reisdocument | P1: het document is toegezegd, niet afgegeven | het toegezegde document wordt afgegeven | ambassade",
            "reisgeschiktheid | P1: ongeschikt verklaard om te vliegen | een nieuw medisch advies; eerder geen vertrek | medisch adviseurs",
        ]
    );
}
