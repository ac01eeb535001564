//! Every broken week of `fixtures/broken` gives exactly the diagnostics written beside it, and every code of the catalogue
//! has a week that shows it.

#![allow(clippy::expect_used, reason = "a test that cannot read its fixtures has to stop")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use vertrek::lang::Lang;
use vertrek::week::diagnostic::{Code, Diagnostic, index_page};
use vertrek::week::read::{read, read_with_events};

/// Set to rewrite every expected.txt, and the index of codes, with what was found; then read the difference.
const REWRITE: &str = "UPDATE_EXPECT";

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken");
    let entries = fs::read_dir(root).expect("fixtures/broken is there").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

/// What is wrong with the week in a folder, and with the events beside it.
fn found(folder: &Path) -> Vec<Diagnostic> {
    let (week, events) = (folder.join("week"), folder.join("events.csv"));
    let read = if events.exists() { read_with_events(&week, &events) } else { read(&week) };
    read.err().unwrap_or_default()
}

/// The diagnostics in the form of expected.txt; neighbours that are the same in everything are counted.
fn written(folder: &Path, diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for same in diagnostics.chunk_by(|one, next| one == next) {
        let Some(diagnostic) = same.first() else { continue };
        let _ = writeln!(text, "code: {}", diagnostic.code);
        // The folder itself stands on another path on every machine.
        let file = diagnostic.file.replace(&folder.to_string_lossy().into_owned(), ".");
        let _ = writeln!(text, "file: {file}");
        if let Some(line) = diagnostic.line {
            let _ = writeln!(text, "line: {line}");
        }
        if let Some(column) = &diagnostic.column {
            let number = column.number.map_or("-".to_owned(), |number| number.to_string());
            let _ = writeln!(text, "{}", format!("column: {number} {}", column.name).trim_end());
        }
        let _ = writeln!(text, "message: {}", diagnostic.message(Lang::En));
        if same.len() > 1 {
            let _ = writeln!(text, "times: {}", same.len());
        }
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}

#[test]
fn every_broken_week_gives_its_diagnostics_and_no_other() {
    let mut wrong = String::new();
    for folder in folders() {
        let text = written(&folder, &found(&folder));
        let file = folder.join("expected.txt");
        if std::env::var_os(REWRITE).is_some() {
            fs::write(&file, &text).expect("expected.txt can be written");
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if text != expected {
            let _ = writeln!(wrong, "== {}\n-- expected\n{expected}\n-- found\n{text}", name(&folder));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_folder_is_named_after_the_code_that_it_shows() {
    for folder in folders() {
        let name = name(&folder);
        let codes: Vec<&str> = found(&folder).iter().map(|diagnostic| diagnostic.code.id()).collect();
        assert!(!codes.is_empty(), "{name} is not broken");
        if let Some(code) = name.get(..4).filter(|code| code.starts_with('W')) {
            assert!(codes.contains(&code), "{name} gives {codes:?}");
        }
    }
}

#[test]
fn every_code_has_a_broken_week() {
    let shown: BTreeSet<Code> = folders().iter().flat_map(|folder| found(folder)).map(|found| found.code).collect();
    let missing: Vec<&Code> = Code::ALL.iter().filter(|code| !shown.contains(code)).collect();
    assert!(missing.is_empty(), "codes without a week that shows them: {missing:?}");
    assert!(folders().len() >= 80, "{} broken weeks", folders().len());
}

#[test]
fn every_diagnostic_speaks_dutch_too() {
    for folder in folders() {
        for diagnostic in found(&folder) {
            let (english, dutch) = (diagnostic.rendered(Lang::En), diagnostic.rendered(Lang::Nl));
            let name = name(&folder);
            assert_ne!(english.message, dutch.message, "{name}");
            assert_ne!(english.remedy, dutch.remedy, "{name}");
            for text in [english.message, english.allowed, english.remedy, dutch.message, dutch.allowed, dutch.remedy] {
                assert!(!text.trim().is_empty(), "{name}: {diagnostic:?}");
                assert!(!text.contains("''"), "{name}: a place without value in {text:?}");
            }
        }
    }
}

#[test]
fn the_index_of_codes_is_what_the_catalogue_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    if std::env::var_os(REWRITE).is_some() {
        fs::write(&file, index_page()).expect("the index can be written");
    }
    let page = fs::read_to_string(&file).unwrap_or_default();
    assert!(page == index_page(), "docs/diagnostics.md is old: UPDATE_EXPECT=1 rewrites it");
    for code in Code::ALL {
        assert_eq!(page.matches(&format!("\n| {code} | ")).count(), 1, "{code} has one row");
    }
}
