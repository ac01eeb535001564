//! What stands beside planning: the readiness check of planned departures and the controller's check by group.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use vertrek::audit::{Labels, LabelsError, audit};
use vertrek::lang::Lang;
use vertrek::options::gate;
use vertrek::plan::Plan;
use vertrek::planner::plan_by_hand;
use vertrek::publish::{audit_page, readiness_page};
use vertrek::readiness::{Item, Need, readiness};
use vertrek::risk::{RiskState, forecast};
use vertrek::synth::{SynthSettings, synthesise, truth};
use vertrek::week::read::read_files;
use vertrek::week::{Level, Week};

type Files = BTreeMap<String, Vec<u8>>;

fn files(seed: u64) -> Files {
    let settings =
        SynthSettings { committed: vertrek::units::Probability::new(0.5).unwrap(), ..SynthSettings::week(120, seed) };
    synthesise(&settings)
}

fn planned(files: &Files) -> (Week, Plan) {
    let week = read_files(files).expect("a synthetic week");
    let plan = plan_by_hand(&week, week.now);
    (week, plan)
}

fn of<'a>(items: &'a [Item], case: &str, need: Need) -> &'a Item {
    items.iter().find(|item| item.case.as_str() == case && item.need == need).expect("every case has every need")
}

#[test]
fn every_planned_departure_has_every_need_and_most_gain_an_hour_comes_first() {
    let (week, plan) = planned(&files(1));
    let items = readiness(&week, &plan);
    assert!(plan.departures.len() >= 8);
    assert_eq!(items.len(), plan.departures.len() * Need::ALL.len());
    let missing: Vec<&Item> = items.iter().take_while(|item| !item.done).collect();
    assert!(items.iter().skip(missing.len()).all(|item| item.done), "what is missing stands before what is there");
    assert!(missing.windows(2).all(|pair| pair[0].gain_per_hour() >= pair[1].gain_per_hour() - 1e-9));
    for item in &items {
        assert!(!item.rows.is_empty() && item.rows.iter().all(|row| row.contains(".csv:")), "{item:?}");
    }
}

#[test]
fn what_is_missing_is_what_the_tables_say() {
    let (week, plan) = planned(&files(2));
    let items = readiness(&week, &plan);
    let (mut tickets, mut parts) = (0, 0);
    for departure in &plan.departures {
        let case = &week.cases[&departure.case];
        let id = case.id.as_str();
        let booked =
            week.commitments.get(&case.id).is_some_and(|c| c.level >= Level::Booked && c.legs == departure.legs);
        assert_eq!(of(&items, id, Need::Ticket).done, booked);
        tickets += usize::from(booked);
        assert_eq!(of(&items, id, Need::Belongings).done, case.file.belongings);
        assert_eq!(of(&items, id, Need::Physical).done, case.file.physical);
        assert_eq!(of(&items, id, Need::MedicalFile).done, case.file.medical);
        // The gates hold documents and fitness for planned departures already.
        assert!(of(&items, id, Need::Document).done && of(&items, id, Need::FitToFly).done);
        let medical = of(&items, id, Need::MedicalFile);
        if !medical.done {
            let state = RiskState {
                measure: case.measure,
                notice: departure.notice_hours.unwrap(),
                file: case.file,
                escorted: case.escorts > 0,
            };
            let complete = RiskState { file: vertrek::week::FileParts { medical: true, ..case.file }, ..state };
            let gained = forecast(&week.risk, &complete).p.get() - forecast(&week.risk, &state).p.get();
            let persons = week.persons(&case.id).count() as f64;
            assert!((medical.gain - persons * gained).abs() < 1e-6, "{medical:?}");
            parts += 1;
        }
    }
    assert!(tickets > 0 && tickets < plan.departures.len(), "{tickets} tickets");
    assert!(parts > 0, "some medical file is not complete");
}

#[test]
fn a_document_or_declaration_that_is_gone_since_is_missing() {
    let files = files(3);
    let (_, plan) = planned(&files);
    let mut later = files.clone();
    let documents = String::from_utf8(files["documents.csv"].clone()).unwrap().replace(",issued,", ",withdrawn,");
    later.insert("documents.csv".to_owned(), documents.into_bytes());
    let week = read_files(&later).expect("the week with its documents withdrawn");
    let items = readiness(&week, &plan);
    for departure in &plan.departures {
        let document = of(&items, departure.case.as_str(), Need::Document);
        assert!(!document.done && document.gain > 0.0 && document.rows[0].starts_with("documents.csv:"));
    }
    for lang in Lang::ALL {
        let page = readiness_page(&week, &items, lang);
        assert!(page.contains(lang.pick("document in hand", "document in handen")), "{page}");
    }
}

/// Labels: half of the cases and of the history.
fn labels(week: &Week) -> String {
    let ids =
        week.cases.iter().map(|case| case.id.to_string()).chain(week.history.iter().map(|row| row.id.to_string()));
    let rows = ids.enumerate().map(|(at, id)| format!("{id},{}\n", if at % 2 == 0 { "A" } else { "B" }));
    "case,group\n".to_owned() + &rows.collect::<String>()
}

#[test]
fn groups_by_the_toss_of_a_coin_are_treated_alike() {
    let (week, plan) = planned(&files(4));
    let labels = Labels::read(labels(&week).as_bytes(), &week).unwrap();
    let groups = audit(&week, &truth(), &gate(&week), Some(&plan), &labels);
    assert_eq!(groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    assert_eq!(groups.iter().map(|group| group.may_depart.of).sum::<usize>(), week.cases.len());
    assert_eq!(groups.iter().map(|group| group.departed.of).sum::<usize>(), week.history.len());
    let planned: usize = groups.iter().map(|group| group.planned.unwrap().hits).sum();
    assert_eq!(planned, plan.departures.len());
    for group in &groups {
        assert!(group.calibration.low < 0.03 && group.calibration.high > -0.03, "{:?}", group.calibration);
        let less = group.may_depart.less_others.unwrap();
        assert!(less.low <= less.value && less.value <= less.high);
    }
    let sum: f64 = groups.iter().map(|group| group.may_depart.less_others.unwrap().value).sum();
    assert!(sum.abs() < 1e-12, "two groups differ from each other by the same");
}

#[test]
fn a_group_that_is_set_back_is_seen() {
    let (week, plan) = planned(&files(5));
    let is_planned = |id: &str| plan.departures.iter().any(|departure| departure.case.as_str() == id);
    let rows: String = week
        .cases
        .iter()
        .map(|case| format!("{},{}\n", case.id, if is_planned(case.id.as_str()) { "favoured" } else { "other" }))
        .collect();
    let labels = Labels::read(format!("case,group\n{rows}").as_bytes(), &week).unwrap();
    let groups = audit(&week, &week.risk, &gate(&week), Some(&plan), &labels);
    let (favoured, other) = (groups[0].planned.unwrap(), groups[1].planned.unwrap());
    assert!(favoured.less_others.unwrap().low > 0.0 && other.less_others.unwrap().high < 0.0);
    for lang in Lang::ALL {
        assert!(audit_page(&groups, lang).contains("favoured"));
    }
}

#[test]
fn a_group_of_one_that_stands_alone_has_an_interval_and_no_difference() {
    let week = read_files(&files(5)).unwrap();
    let (case, past) = (&week.cases.rows()[0].id, &week.history.rows()[0].id);
    let labels = Labels::read(format!("case,group\n{case},A\n{past},A\n").as_bytes(), &week).unwrap();
    let groups = audit(&week, &week.risk, &gate(&week), None, &labels);
    let calibration = groups[0].calibration;
    assert!(-1.0 <= calibration.low && calibration.low < calibration.high && calibration.high <= 1.0);
    assert_eq!((groups[0].departed.less_others, groups[0].may_depart.less_others), (None, None));
    for lang in Lang::ALL {
        assert!(!audit_page(&groups, lang).contains("inf"));
    }
}

#[test]
fn labels_that_are_wrong_are_told_all_at_once() {
    let week = read_files(&files(6)).unwrap();
    let id = week.cases.iter().next().unwrap().id.to_string();
    assert_eq!(Labels::read(b"case;group\n", &week), Err(vec![LabelsError::Header]));
    assert_eq!(Labels::read(b"case,group\n", &week), Err(vec![LabelsError::Empty]));
    let text = format!("case,group\n{id},A\n{id},B\nnobody,A\n{id}\n");
    let wrong = Labels::read(text.as_bytes(), &week).unwrap_err();
    let expected = [
        LabelsError::Twice { line: 3, id },
        LabelsError::Unknown { line: 4, id: "nobody".to_owned() },
        LabelsError::Row { line: 5 },
    ];
    assert_eq!(wrong, expected);
}

/// By dependency: nothing but the command and its page knows the room of the audit.
#[test]
fn no_room_that_plans_can_read_group_labels() {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { walk(&entry, found) } else { found.push(entry) }
        }
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&source, &mut files);
    let may = ["audit.rs", "lib.rs", "publish/audit.rs", "publish/mod.rs", "cli/risk.rs"];
    for path in files {
        let name = path.strip_prefix(&source).unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let knows = text.contains("crate::audit") || text.contains("vertrek::audit") || text.contains("LabelsError");
        assert!(!knows || may.contains(&name.as_str()), "{name} knows the room of the audit");
    }
    let folder = BTreeMap::from([("groups.csv".to_owned(), b"case,group\n".to_vec())]);
    assert!(read_files(&folder).is_err(), "a week folder has no place for labels");
}

#[test]
fn the_commands_answer_in_both_languages_and_as_json() {
    let desk = tempfile::TempDir::new().unwrap();
    let folder = desk.path().join("week");
    fs::create_dir(&folder).unwrap();
    let files = files(7);
    files.iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
    let (week, plan) = planned(&files);
    let plan_path = desk.path().join("plan.json");
    fs::write(&plan_path, serde_json::to_vec(&plan).unwrap()).unwrap();
    let groups = desk.path().join("groups.csv");
    fs::write(&groups, labels(&week)).unwrap();
    let history = desk.path().join("history.csv");
    fs::write(&history, &files["history.csv"]).unwrap();
    let out = desk.path().join("fit");
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let commands: [Vec<String>; 4] = [
        vec!["readiness".to_owned(), text(&folder), text(&plan_path)],
        ["risk", "audit", &text(&folder), "--groups", &text(&groups), "--plan", &text(&plan_path)]
            .map(str::to_owned)
            .to_vec(),
        ["risk", "fit", &text(&history), "--out", &text(&out), "--contact", "vragen@dienst.nl"]
            .map(str::to_owned)
            .to_vec(),
        ["simulate", &text(&folder), "--policy", "by-hand", "--runs", "50"].map(str::to_owned).to_vec(),
    ];
    for command in commands {
        let run = |more: &[&str]| {
            let output = Command::new(env!("CARGO_BIN_EXE_vertrek")).args(&command).args(more).output().unwrap();
            assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        let (english, dutch) = (run(&[]), run(&["--lang", "nl"]));
        assert_ne!(english, dutch, "{command:?}");
        serde_json::from_str::<serde_json::Value>(&run(&["--format", "json"])).expect("JSON for programs");
    }
    let products: Vec<String> = {
        let mut names: Vec<String> = fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    for product in
        ["algoritmeregister.json", "model_card.md", "modelkaart.md", "record.json", "reliability.svg", "risk.toml"]
    {
        assert!(products.iter().any(|name| name == product), "{product} in {products:?}");
    }
    let record: serde_json::Value = serde_json::from_slice(&fs::read(out.join("record.json")).unwrap()).unwrap();
    assert_eq!(record["command"], "risk fit");
    assert_eq!(record["inputs"][0]["sha256"].as_str().unwrap().len(), 64);
    let empty = desk.path().join("empty.csv");
    fs::write(&empty, files["history.csv"].split(|byte| *byte == b'\n').next().unwrap()).unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_vertrek"))
        .args(["risk", "fit", &text(&empty), "--lang", "nl"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("bevat geen vertrekken"));
}
