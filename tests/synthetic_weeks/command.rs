//! `vertrek synth` as it is typed.

use std::path::Path;
use std::process::{Command, Output};
use vertrek::synth::{SynthSettings, synthesise};

fn synth(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vertrek")).arg("synth").args(arguments).arg("--out").arg(folder).output().unwrap()
}

/// Standard error of a run that must be refused with exit code 2.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = synth(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_folder_is_written_byte_for_byte_and_said_to_be_invented() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("new/week");
    let output = synth(&folder, &["--cases", "12", "--seed", "4"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("12 cases") && said.contains("invented") && said.contains("vertrek plan"), "{said}");
    let files = synthesise(&SynthSettings::week(12, 4));
    for (name, bytes) in &files {
        assert_eq!(&std::fs::read(folder.join(name)).unwrap(), bytes, "{name}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), files.len());
    assert_eq!(std::fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn rows_are_counted_for_programs() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("rides");
    let output = synth(&folder, &["--kind", "rides", "--cases", "30", "--format", "json"]);
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["rows"]["transfers.csv"], 30);
    assert_eq!(said["rows"].get("cases.csv"), None);
}

#[test]
fn a_folder_that_exists_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let said = refused(folder.path(), &["--cases", "12"]);
    assert!(said.starts_with("error: ") && said.contains("exists already; name a folder that does not"), "{said}");
    let dutch = refused(folder.path(), &["--cases", "12", "--lang", "nl"]);
    assert!(dutch.starts_with("fout: ") && dutch.contains("bestaat al; noem een map die er nog niet is"), "{dutch}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let parent = tempfile::tempdir().unwrap();
    std::fs::write(parent.path().join("file"), "").unwrap();
    let said = refused(&parent.path().join("file/week"), &["--cases", "3"]);
    assert!(said.starts_with("error: cannot ") && said.contains("file/week"), "{said}");
}

#[test]
fn what_cannot_be_made_is_refused_and_nothing_is_written() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("week");
    let cases = |arguments: &[&str]| refused(&folder, arguments);
    assert_eq!(cases(&["--cases", "5001"]).trim_end(), "error: 5001 cases cannot be made: ask for 1 to 5000");
    assert_eq!(
        cases(&["--cases", "0", "--lang", "nl"]).trim_end(),
        "fout: 0 zaken kan niet: vraag er 1 tot en met 5000"
    );
    assert!(cases(&["--cases", "5", "--weeks", "7"]).contains("ask for 1 to 6"));
    assert!(cases(&["--cases", "5", "--start", "1999-12-31"]).contains("2000 to 2100"));
    assert!(cases(&["--cases", "5", "--start", "2027-02-30"]).contains("--start"));
    assert!(cases(&["--cases", "5", "--committed", "1.5"]).contains("0 to 1"));
    assert!(cases(&["--cases", "-5"]).contains("--cases"));
    assert!(!folder.exists());
}
