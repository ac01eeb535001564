//! What a person is cannot reach the risk room: the types have no field for it, and its files name nothing that has.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use vertrek::risk::{Observation, RiskState};
use vertrek::units::Hours;
use vertrek::week::read::read_history;
use vertrek::week::{FileParts, Measure, Outcome};

/// Every field with its type. A field that is added does not compile here until somebody writes it down.
#[test]
fn the_input_has_these_fields_and_no_other() {
    fn state(input: RiskState) -> (Measure, Hours, FileParts, bool) {
        let RiskState { measure, notice, file, escorted } = input;
        (measure, notice, file, escorted)
    }
    fn file(input: FileParts) -> (bool, bool, bool) {
        let FileParts { belongings, physical, medical } = input;
        (belongings, physical, medical)
    }
    fn observation(input: Observation) -> (chrono::NaiveDate, RiskState, Outcome) {
        let Observation { planned_on, state, outcome } = input;
        (planned_on, state, outcome)
    }
    let _ = (state as fn(_) -> _, file as fn(_) -> _, observation as fn(_) -> _);
}

/// All that the room may name of the week: states of the process and endings. The door alone also names the row.
const OF_THE_WEEK: [&str; 3] = ["FileParts", "Measure", "Outcome"];
const AT_THE_DOOR: &str = "PastDeparture";
const DOOR: &str = "observation.rs";

/// Words that stand for what a person is or who it is.
const FORBIDDEN: [&str; 22] = [
    "Sex",
    "sex",
    "AgeGroup",
    "age_group",
    "age",
    "Country",
    "destination",
    "Destination",
    "entry_points",
    "nationality",
    "Person",
    "PersonId",
    "persons",
    "Case",
    "CaseId",
    "DepartureId",
    "LocationId",
    "EscortId",
    "OfficerId",
    "CaseKind",
    "wheelchair",
    "unaccompanied_minor",
];

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// What a source file of the room breaks of the wall.
fn breaches(file: &str, source: &str) -> Vec<String> {
    let code: Vec<&str> = source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let text = code.join(" ");
    let mut found: Vec<String> = Vec::new();
    for word in words(&text).filter(|word| FORBIDDEN.contains(word)) {
        found.push(format!("{file} names {word}"));
    }
    // After `crate::week::` one name or a list in braces; `crate::{week::...}` and `use crate::week;` hide what follows.
    for (at, _) in text.match_indices("week") {
        let before = text[..at].trim_end();
        let after = &text[at + "week".len()..];
        let whole_word = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if !whole_word {
            continue;
        }
        let Some(names) = after.strip_prefix("::").filter(|_| before.ends_with("crate::")) else {
            found.push(format!("{file} reaches for the week in a way that cannot be followed"));
            continue;
        };
        let names = names.strip_prefix('{').map_or_else(
            || words(names).next().map(|name| vec![name]).unwrap_or_default(),
            |list| words(list.split('}').next().unwrap_or_default()).collect(),
        );
        let allowed = |name: &&str| OF_THE_WEEK.contains(name) || (*name == AT_THE_DOOR && file == DOOR);
        found.extend(names.iter().filter(|name| !allowed(name)).map(|name| format!("{file} uses week::{name}")));
    }
    for room in ["gates", "itinerary", "options", "planner", "plan", "publish", "synth", "simulate", "audit"] {
        if text.contains(&format!("crate::{room}")) {
            found.push(format!("{file} uses the room {room}, which comes after it or sees persons"));
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the room is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(sources(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn room() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/risk")
}

#[test]
fn no_file_of_the_room_can_see_what_a_person_is() {
    let files = sources(&room());
    assert!(files.len() > 8, "{files:?}");
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(breaches(&name, &fs::read_to_string(&path).unwrap()), Vec::<String>::new());
    }
}

/// The wall itself is tried: whatever way a forbidden field or name is brought in, it is seen.
#[test]
fn a_forbidden_field_or_name_is_seen_whatever_way_it_comes_in() {
    let source = fs::read_to_string(room().join("mod.rs")).unwrap();
    let with_field =
        |field: &str| source.replacen("pub measure: Measure,", &format!("pub measure: Measure,\n    {field},"), 1);
    for field in
        ["pub sex: Sex", "pub age_group: crate::week::AgeGroup", "pub destination: Country", "pub case: CaseId"]
    {
        let changed = with_field(field);
        assert_ne!(changed, source, "the field went in");
        assert_ne!(breaches("mod.rs", &changed), Vec::<String>::new(), "{field}");
    }
    for line in [
        "use crate::week::Person;",
        "use crate::week::{FileParts, Case};",
        "use crate::week::*;",
        "use crate::week;",
        "use crate::{week::Measure, units::Hours};",
        "use crate::week::rows::FileParts;",
        "use crate::week::PastDeparture;",
        "use crate::plan::Plan;",
    ] {
        assert_ne!(breaches("mod.rs", &format!("{line}\n{source}")), Vec::<String>::new(), "{line}");
    }
    assert_eq!(breaches("mod.rs", &source), Vec::<String>::new());
}

/// Ids and the kind of case stop at the door: changed in every row, they change nothing that comes through.
#[test]
fn ids_and_kinds_of_the_history_stop_at_the_door() {
    let header =
        "departure,planned_on,kind,measure,notice_days,belongings_known,physical_known,medical_known,escorts,outcome";
    let row =
        |id: usize, kind: &str| format!("{id},2026-01-0{},{kind},family,4.5,true,false,true,2,no_show", id % 9 + 1);
    let table = |shift: usize, kind: &str| {
        let rows: Vec<String> =
            (0..20).map(|at| row(at, kind).replacen(&at.to_string(), &format!("X{}", at + shift), 1)).collect();
        let table = read_history(format!("{header}\n{}\n", rows.join("\n")).into_bytes()).expect("a history");
        table.iter().map(Observation::of).collect::<Vec<_>>()
    };
    assert_eq!(table(0, "origin"), table(5_000, "dublin"));
}

/// Nothing but what the specification names moves p, for a case of a week: not sex, age, destination or any id.
#[test]
fn who_somebody_is_does_not_move_p() {
    use vertrek::options::build;
    use vertrek::synth::tiny;
    use vertrek::week::read::read_files;
    let mut compared = 0;
    for seed in 1..=40 {
        let files = tiny(seed);
        let week = read_files(&files).expect("a tiny week");
        let mut other = files.clone();
        let persons = String::from_utf8(files["persons.csv"].clone()).unwrap();
        let swapped = persons.lines().map(|line| {
            line.replace(",m,adult", ",Q,adult").replace(",f,adult", ",m,adult").replace(",Q,adult", ",f,adult")
        });
        other.insert("persons.csv".to_owned(), (swapped.collect::<Vec<_>>().join("\n") + "\n").into_bytes());
        let other = read_files(&other).expect("the same week with sexes exchanged");
        let (here, there) = (build(&week), build(&other));
        let key = |options: &vertrek::options::Options, week: &vertrek::week::Week| -> BTreeSet<String> {
            let key = |option: &vertrek::options::CaseOption| {
                let legs = &options.itineraries[option.itinerary].legs;
                format!("{} {legs:?} {} {:?}", week.cases.rows()[option.case].id, option.noticed_at, option.forecast)
            };
            options.options.iter().map(key).collect()
        };
        let (here, there) = (key(&here, &week), key(&there, &other));
        compared += here.intersection(&there).count();
        // Rides may differ (separate transport), chances may not: what both offer, both offer alike.
        let of = |set: &BTreeSet<String>| -> BTreeSet<String> {
            set.iter().map(|text| text.split(" Forecast").next().unwrap_or_default().to_owned()).collect()
        };
        let both: BTreeSet<String> = of(&here).intersection(&of(&there)).cloned().collect();
        assert_eq!(here.intersection(&there).count(), both.len());
    }
    assert!(compared > 20, "{compared} options compared");
}
