//! What good input gives: plans that pass the checker, in both formats, the same from the same input.

use crate::{Desk, broken, command, files, lasting, passes_check, plan_arguments, vertrek, week};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn a_plan_is_written_summed_up_and_passes_the_checker() {
    let desk = Desk::new();
    let (week, out) = (week(), desk.path("new/folders/out"));
    let run = vertrek(&plan_arguments(&week, &out));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("2027-W03") && run.out.ends_with(&format!("Written to {}\n", out.display())));
    let names: Vec<String> = files(&out).into_iter().map(|(name, _)| name).collect();
    for name in ["plan.json", "summary.txt", "samenvatting.txt", "notices.csv", "rosters.csv", "runsheets.csv"] {
        assert!(names.iter().any(|written| written == name), "{name} is not in {names:?}");
    }
    passes_check(&week, &out);
    assert_eq!(desk.names(), ["new"], "nothing is left beside it");
}

#[test]
fn without_an_output_folder_nothing_is_written_and_that_is_said() {
    let week = week();
    let run = vertrek(&["plan", text(&week), "--threads", "1", "--lang", "nl"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("Er is niets geschreven; voeg --out MAP toe"), "{}", run.out);
}

#[test]
fn the_plan_as_json_is_the_one_that_is_written() {
    let desk = Desk::new();
    let out = desk.path("out");
    let mut arguments = plan_arguments(&week(), &out);
    arguments.extend(["--format".to_owned(), "json".to_owned()]);
    let run = vertrek(&arguments);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let written = fs::read_to_string(out.join("plan.json")).expect("plan.json");
    assert_eq!(run.out, written);
}

#[test]
fn a_changed_plan_exits_1_with_the_rule_it_breaks() {
    let desk = Desk::new();
    let (week, out, changed) = (week(), desk.path("out"), desk.path("changed.json"));
    assert_eq!(vertrek(&plan_arguments(&week, &out)).code, Some(0));
    let plan = fs::read(out.join("plan.json")).expect("plan.json");
    let mut plan: serde_json::Value = serde_json::from_slice(&plan).expect("JSON");
    plan["money"]["tickets"] = serde_json::json!(1.0);
    fs::write(&changed, plan.to_string()).expect("a file");
    let run = vertrek(&["check", text(&week), text(&changed)]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    assert!(run.out.contains("tickets"), "{}", run.out);
    let dutch = vertrek(&["check", text(&week), text(&changed), "--lang", "nl"]);
    assert_ne!(dutch.out, run.out);
    let json = vertrek(&["check", text(&week), text(&changed), "--format", "json"]);
    assert_eq!(json.code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let violations = report["violations"].as_array().expect("violations");
    assert!(violations.iter().any(|found| run.out.contains(found["rule"].as_str().expect("a code"))), "{report}");
}

#[test]
fn the_work_list_is_there_for_people_and_programs() {
    let week = week();
    let (english, dutch) = (vertrek(&["gates", text(&week)]), vertrek(&["gates", text(&week), "--lang", "nl"]));
    assert_eq!((english.code, dutch.code), (Some(0), Some(0)));
    assert!(english.out.contains("C4") && dutch.out.contains("C4") && english.out != dutch.out);
    let json = vertrek(&["gates", text(&week), "--format", "json"]);
    assert_eq!(json.code, Some(0));
    assert!(serde_json::from_str::<serde_json::Value>(&json.out).is_ok(), "{}", json.out);
}

#[test]
fn the_same_input_seed_and_threads_give_the_same_plan() {
    let desk = Desk::new();
    for week in [week(), desk.tiny(3), desk.tiny(14)] {
        for threads in ["1", "2"] {
            let plan = |name: &str| {
                let out = desk.path(name);
                let arguments = ["plan", text(&week), "--out", text(&out), "--threads", threads, "--seed", "5"];
                assert_eq!(vertrek(&arguments).code, Some(0));
                let text = fs::read_to_string(out.join("plan.json")).expect("plan.json");
                let same = |line: &&str| !line.starts_with("  \"made_at\"") && !line.starts_with("  \"seconds\"");
                let (kept, lines) = (text.lines().filter(same).collect::<Vec<_>>(), text.lines().count());
                assert_eq!(kept.len() + 2, lines);
                kept.join("\n")
            };
            assert_eq!(plan("one"), plan("two"), "{} on {threads} threads", week.display());
        }
    }
}

#[test]
fn a_run_without_time_gives_a_plan_all_the_same() {
    let desk = Desk::new();
    for week in [week(), desk.tiny(3), desk.tiny(14)] {
        let out = desk.path("out");
        let mut arguments = plan_arguments(&week, &out);
        arguments.extend(["--time-limit".to_owned(), "0".to_owned()]);
        assert_eq!(vertrek(&arguments).code, Some(0));
        let plan = lasting(&fs::read(out.join("plan.json")).expect("plan.json"));
        assert!(plan["bound"].as_f64() >= plan["objective"].as_f64(), "{plan}");
        passes_check(&week, &out);
    }
}

/// The small week with only these tables.
fn only(desk: &Desk, tables: &[&str]) -> std::path::PathBuf {
    let folder = desk.copy();
    for (name, _) in files(&folder) {
        if name != "week.toml" && !tables.contains(&name.as_str()) {
            fs::remove_file(folder.join(name)).expect("a file to remove");
        }
    }
    folder
}

#[test]
fn a_folder_of_rides_alone_is_planned_and_says_so() {
    let desk = Desk::new();
    let week = only(&desk, &["locations.csv", "travel.csv", "shifts.csv", "transfers.csv"]);
    let out = desk.path("out");
    let run = vertrek(&plan_arguments(&week, &out));
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("rides only"), "{}", run.out);
    passes_check(&week, &out);
    let names: Vec<String> = files(&out).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"runsheets.csv".to_owned()) && !names.contains(&"rosters.csv".to_owned()), "{names:?}");
}

#[test]
fn a_folder_of_rosters_alone_is_planned_and_says_so() {
    let desk = Desk::new();
    let week = only(&desk, &["locations.csv", "escorts.csv", "absences.csv", "duties.csv"]);
    let out = desk.path("out");
    let run = vertrek(&plan_arguments(&week, &out));
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("fixed duties only"), "{}", run.out);
    passes_check(&week, &out);
    let names: Vec<String> = files(&out).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"rosters.csv".to_owned()) && !names.contains(&"runsheets.csv".to_owned()), "{names:?}");
}

#[test]
fn a_folder_with_week_toml_alone_gives_an_empty_plan() {
    let desk = Desk::new();
    let week = desk.path("week");
    fs::create_dir(&week).expect("a folder");
    let head = "week = \"2027-W03\"\nnow = 2027-01-14T08:30:00+01:00\nstart = 2027-01-18T00:00:00+01:00\n\
                end = 2027-01-25T00:00:00+01:00\nhome_airports = []\n";
    fs::write(week.join("week.toml"), head).expect("a file");
    let out = desk.path("out");
    assert_eq!(vertrek(&plan_arguments(&week, &out)).code, Some(0));
    passes_check(&week, &out);
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let (good, bad) = (week(), broken("W009-more-than-a-thousand"));
    for arguments in [
        &["gates", text(&good)][..],
        &["plan", text(&good), "--format", "json", "--threads", "1"],
        &["gates", text(&bad), "--format", "json"],
        &["--help"],
    ] {
        let mut child = command(arguments).spawn().expect("the binary runs");
        let mut line = String::new();
        // Reads one line, as `| head -1` does, and closes its end.
        let read = BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line);
        assert!(read.expect("a line") > 0, "{arguments:?}");
        let output = child.wait_with_output().expect("the binary ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(err.is_empty(), "{arguments:?}: {err}");
        assert!(matches!(output.status.code(), Some(0 | 2)), "{arguments:?}: {:?}", output.status);
    }
    let mut child = command(&["gates", text(&bad)]).spawn().expect("the binary runs");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("the binary ends").code(), Some(2));
}
