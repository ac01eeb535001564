//! Bad input and bad command lines: exit 2, everything said at once, nothing written.

use crate::{Desk, broken, vertrek, week};
use std::ffi::OsStr;
use std::fs;

fn text(path: &std::path::Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn bad_input_is_told_all_at_once_and_nothing_is_written() {
    let desk = Desk::new();
    let (week, out) = (broken("all-files-in-one-go"), desk.path("out"));
    let run = vertrek(&["plan", text(&week), "--out", text(&out)]);
    assert_eq!(run.code, Some(2));
    assert!(run.out.is_empty(), "{}", run.out);
    for row in ["week.toml:1:8", "week.toml:8:1", "locations.csv:2:4", "cases.csv:2:6", "persons.csv:4:2", "week.csv"] {
        assert!(run.err.contains(&format!(" {row}: ")), "{row} is not in {}", run.err);
    }
    assert!(run.err.contains("10 problems in 7 files; nothing has been written."), "{}", run.err);
    assert!(desk.names().is_empty(), "{:?}", desk.names());
}

#[test]
fn an_old_output_stays_when_the_input_is_bad() {
    let desk = Desk::new();
    let out = desk.path("out");
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join("plan.json"), "old").expect("a file");
    let run = vertrek(&["plan", text(&broken("W405-week-that-does-not-exist")), "--out", text(&out)]);
    assert_eq!(run.code, Some(2));
    assert_eq!(crate::files(&out), [("plan.json".to_owned(), b"old".to_vec())]);
    assert_eq!(desk.names(), ["out"]);
}

#[test]
fn every_command_gives_the_diagnostics_as_json_on_standard_output() {
    let week = broken("W202-location-kind");
    for command in [&["plan", text(&week)][..], &["gates", text(&week)], &["check", text(&week), "plan.json"]] {
        let run = vertrek(&[command, &["--format", "json"]].concat());
        assert_eq!(run.code, Some(2), "{command:?}");
        assert!(run.err.is_empty(), "{}", run.err);
        let found: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let expected = serde_json::json!([{
            "code": "W202",
            "file": "locations.csv",
            "line": 2,
            "column": "kind",
            "column_number": 3,
            "value": "hotel",
            "message": "kind 'hotel' is not one of its words",
            "allowed": "detention, family_closed, restricted, family, reception, prison, police, airport, depot, consulate, other",
            "remedy": "write one of these words, in lower case",
        }]);
        assert_eq!(found, expected, "{command:?}");
    }
}

#[test]
fn diagnostics_are_in_dutch_when_asked() {
    let run = vertrek(&["gates", text(&broken("W201-spaces-are-nothing")), "--lang", "nl"]);
    assert_eq!(run.code, Some(2));
    let expected = "W201 escorts.csv:2:2: organisation is leeg\n    \
                    toegestaan: organisation moet ingevuld zijn\n    \
                    te doen: vul het in\n\n\
                    1 probleem in 1 bestand; er is niets geschreven.\n";
    assert_eq!(run.err, expected);
}

#[test]
fn what_is_not_listed_is_counted() {
    let run = vertrek(&["gates", text(&broken("W009-more-than-a-thousand"))]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("W009 destinations.csv: 3 more problems in destinations.csv are not listed"));
    assert!(run.err.contains("W205 duties.csv:2:6"), "the table after it is not forgotten");
    assert!(run.err.contains("1004 problems in 2 files;"), "{}", run.err);
}

#[test]
fn folders_that_are_none_are_named() {
    let desk = Desk::new();
    let file = desk.path("file");
    fs::write(&file, "").expect("a file");
    for (path, english, dutch) in [
        (desk.path("nowhere"), "cannot be read: not found", "kan niet worden gelezen: niet gevonden"),
        (file, "cannot be read: not a folder", "kan niet worden gelezen: geen map"),
    ] {
        for (lang, message) in [("en", english), ("nl", dutch)] {
            let run = vertrek(&["plan", text(&path), "--lang", lang]);
            assert_eq!(run.code, Some(2));
            assert!(run.err.contains(text(&path)) && run.err.contains(message), "{}", run.err);
        }
    }
}

#[test]
fn plans_that_cannot_be_checked_are_named() {
    let desk = Desk::new();
    let (week, plan) = (week(), desk.path("plan.json"));
    let run = vertrek(&["check", text(&week), text(&plan)]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.starts_with("error: cannot read") && run.err.contains(text(&plan)), "{}", run.err);
    let run = vertrek(&["check", text(&week), text(&plan), "--lang", "nl"]);
    assert!(run.err.starts_with("fout: kan") && run.err.contains(text(&plan)), "{}", run.err);
    fs::write(&plan, "[]").expect("a file");
    let run = vertrek(&["check", text(&week), text(&plan)]);
    assert_eq!(run.code, Some(1), "{run:?}");
}

#[test]
fn command_lines_that_mean_nothing_exit_2_and_say_what_is_allowed() {
    let week = week();
    let week = text(&week);
    let lines: [(&[&str], &str); 10] = [
        (&[], "Usage: vertrek"),
        (&["depart"], "'depart'"),
        (&["plan"], "<WEEK>"),
        (&["plan", week, "--fast"], "'--fast'"),
        (&["plan", week, "--threads", "0"], "'--threads <N>'"),
        (&["plan", week, "--time-limit", "nan"], "'--time-limit <SECONDS>'"),
        (&["plan", week, "--gap=-0.1"], "'--gap <SHARE>'"),
        (&["plan", week, "--seed", "one"], "'--seed <N>'"),
        (&["gates", week, "--lang", "fr"], "possible values: en, nl"),
        (&["gates", week, "--format", "xml"], "possible values: text, json"),
    ];
    for (line, said) in lines {
        let run = vertrek(line);
        assert_eq!(run.code, Some(2), "{line:?}");
        assert!(run.err.contains(said), "{line:?}: {}", run.err);
        assert!(run.out.is_empty(), "{line:?}: {}", run.out);
    }
}

#[test]
fn help_and_version_are_on_standard_output() {
    for command in [&["--help"][..], &["plan", "--help"], &["check", "--help"], &["gates", "--help"], &["--version"]] {
        let run = vertrek(command);
        assert_eq!(run.code, Some(0), "{command:?}");
        assert!(run.out.contains("vertrek") && run.err.is_empty(), "{run:?}");
    }
}

#[test]
fn a_case_that_is_not_there_cannot_be_explained() {
    let week = week();
    let run = vertrek(&["plan", text(&week), "--explain", "C99"]);
    assert_eq!((run.code, run.err.trim()), (Some(2), "error: --explain C99: there is no such case in cases.csv"));
    let run = vertrek(&[OsStr::new("plan"), week.as_os_str(), OsStr::new("--explain"), OsStr::new("C 1")]);
    assert_eq!(run.code, Some(2));
}
