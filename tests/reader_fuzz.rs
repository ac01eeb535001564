//! Valid week folders, damaged at random: the reader never panics, says a bounded number of things, each in its place, and what
//! it takes can be gated.
//!
//! `PROPTEST_CASES=100000 cargo nextest run --release reader_fuzz` looks longer.

#![allow(clippy::expect_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use proptest::sample::Index;
use std::path::Path;
use vertrek::lang::Lang;
use vertrek::options;
use vertrek::publish::{work_list, work_list_json};
use vertrek::synth::tiny;
use vertrek::week::diagnostic::render_all;
use vertrek::week::read::{Files, read_files};

/// Cases of one run, unless PROPTEST_CASES says otherwise.
const CASES: u32 = 400;

/// One way to damage a folder.
#[derive(Clone, Debug)]
enum Damage {
    /// A byte becomes another one.
    Byte(Index, u8),
    /// A stretch of bytes is gone.
    Gone(Index, u8),
    /// Bytes are put in.
    Inserted(Index, Vec<u8>),
    /// The file ends here.
    Cut(Index),
    /// A line is gone.
    LineGone(Index),
    /// A line is there more often.
    LineAgain(Index, u8),
    /// Two cells of a line change places.
    CellsSwapped(Index, Index, Index),
    /// A cell holds something else.
    Cell(Index, Index, String),
    /// A column is gone from every line.
    ColumnGone(Index),
    /// A field is very long.
    Long(Index, u8, u32),
    /// The file holds anything.
    Anything(Vec<u8>),
    /// The file holds what another file held.
    Other(Index),
    /// The file is not there.
    FileGone,
}

/// Texts that readers trip over, and words and numbers that belong elsewhere.
const TEXTS: [&str; 44] = [
    "",
    " ",
    ",",
    ",,",
    "\"",
    "\"\"",
    "\"\n\"",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{200b}",
    "é",
    "💥",
    "*",
    "* AL",
    "AL  MA",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "-1",
    "-0",
    "0",
    "1e-400",
    "999999999999999999999",
    "0x10",
    "1_000",
    "true",
    "TRUE",
    "none",
    "origin",
    "national",
    "C1",
    "AMS",
    "2027-01-18",
    "2027-01-18T09:30:00",
    "2027-01-18T09:30:00+01:00",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59",
    "2027-03-28T02:30:00+01:00",
    "24:00",
    "[[[[",
];

fn damage() -> impl Strategy<Value = Damage> {
    let bytes = || prop::collection::vec(any::<u8>(), 0..40);
    let text = || prop_oneof![prop::sample::select(&TEXTS[..]).prop_map(str::to_owned), "\\PC{0,12}"];
    prop_oneof![
        3 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        1 => (any::<Index>(), any::<u8>()).prop_map(|(at, length)| Damage::Gone(at, length)),
        1 => (any::<Index>(), bytes()).prop_map(|(at, bytes)| Damage::Inserted(at, bytes)),
        2 => (any::<Index>(), text()).prop_map(|(at, text)| Damage::Inserted(at, text.into_bytes())),
        1 => any::<Index>().prop_map(Damage::Cut),
        2 => any::<Index>().prop_map(Damage::LineGone),
        2 => (any::<Index>(), 1..4_u8).prop_map(|(line, times)| Damage::LineAgain(line, times)),
        3 => (any::<Index>(), any::<Index>(), any::<Index>()).prop_map(|(l, a, b)| Damage::CellsSwapped(l, a, b)),
        6 => (any::<Index>(), any::<Index>(), text()).prop_map(|(line, cell, text)| Damage::Cell(line, cell, text)),
        1 => any::<Index>().prop_map(Damage::ColumnGone),
        1 => (any::<Index>(), any::<u8>(), 1..200_000_u32).prop_map(|(at, byte, times)| Damage::Long(at, byte, times)),
        1 => bytes().prop_map(Damage::Anything),
        1 => any::<Index>().prop_map(Damage::Other),
        1 => Just(Damage::FileGone),
    ]
}

/// Tiny weeks to damage; a number beyond them stands for the week of the product tests.
const WEEKS: u64 = 200;

fn folder(number: u64) -> Files {
    if number < WEEKS { tiny(number) } else { written_week() }
}

fn written_week() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/products/week");
    let entries = std::fs::read_dir(folder).expect("the week is there").map(|entry| entry.expect("a file").path());
    entries
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("a file that can be read"))
        })
        .collect()
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect()
}

fn damaged(files: &mut Files, file: Index, damage: Damage) {
    let names: Vec<String> = files.keys().cloned().collect();
    if names.is_empty() {
        return;
    }
    let name = file.get(&names).clone();
    if let Damage::FileGone = damage {
        files.remove(&name);
        return;
    }
    let other = match &damage {
        Damage::Other(other) => files[other.get(&names)].clone(),
        _ => Vec::new(),
    };
    let Some(bytes) = files.get_mut(&name) else { return };
    let at = |index: Index| index.index(bytes.len() + 1);
    match damage {
        Damage::Byte(index, byte) => {
            let at = at(index);
            if let Some(old) = bytes.get_mut(at) {
                *old = byte;
            }
        }
        Damage::Gone(index, length) => {
            let start = at(index);
            bytes.drain(start..(start + usize::from(length)).min(bytes.len()));
        }
        Damage::Inserted(index, new) => {
            let at = at(index);
            bytes.splice(at..at, new);
        }
        Damage::Long(index, byte, times) => {
            let at = at(index);
            bytes.splice(at..at, std::iter::repeat_n(byte, usize::try_from(times).unwrap_or(0)));
        }
        Damage::Cut(index) => bytes.truncate(index.index(bytes.len() + 1)),
        Damage::Anything(new) => *bytes = new,
        Damage::Other(_) => *bytes = other,
        Damage::FileGone => {}
        Damage::LineGone(_)
        | Damage::LineAgain(..)
        | Damage::CellsSwapped(..)
        | Damage::Cell(..)
        | Damage::ColumnGone(_) => *bytes = damaged_lines(lines(bytes), &damage).concat(),
    }
}

fn damaged_lines(mut lines: Vec<Vec<u8>>, damage: &Damage) -> Vec<Vec<u8>> {
    let cells = |line: &[u8]| -> Vec<Vec<u8>> { line.split(|&byte| byte == b',').map(<[u8]>::to_vec).collect() };
    if lines.is_empty() {
        return lines;
    }
    match damage {
        Damage::LineGone(line) => {
            lines.remove(line.index(lines.len()));
        }
        Damage::LineAgain(line, times) => {
            let line = line.index(lines.len());
            let again = std::iter::repeat_n(lines[line].clone(), usize::from(*times)).collect::<Vec<_>>();
            lines.splice(line..line, again);
        }
        Damage::CellsSwapped(line, a, b) => {
            let line = line.index(lines.len());
            let mut cells = cells(&lines[line]);
            let (a, b) = (a.index(cells.len()), b.index(cells.len()));
            cells.swap(a, b);
            lines[line] = cells.join(&b',');
        }
        Damage::Cell(line, cell, text) => {
            let line = line.index(lines.len());
            let mut cells = cells(&lines[line]);
            *cell.get_mut(&mut cells) = text.clone().into_bytes();
            lines[line] = cells.join(&b',');
        }
        Damage::ColumnGone(column) => {
            let column = column.index(cells(&lines[0]).len());
            for line in &mut lines {
                let mut cells = cells(line);
                if column < cells.len() {
                    cells.remove(column);
                }
                *line = cells.join(&b',');
            }
        }
        _ => {}
    }
    lines
}

/// Lines a file can have at most, however they end.
fn most_lines(files: &Files, file: &str) -> u64 {
    let ends = files.get(file).map_or(0, |bytes| bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count());
    u64::try_from(ends).unwrap_or(u64::MAX) + 1
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_folders_are_read_or_refused_in_order(
        number in 0..WEEKS + 40,
        damages in prop::collection::vec((any::<Index>(), damage()), 1..12),
    ) {
        let mut files = folder(number);
        for (file, damage) in damages {
            damaged(&mut files, file, damage);
        }
        match read_files(&files) {
            Ok(week) => {
                for lang in Lang::ALL {
                    prop_assert!(!work_list(&week, lang).is_empty() && !work_list_json(&week, lang).is_empty());
                }
                let _ = options::build(&week);
            }
            Err(found) => {
                prop_assert!(!found.is_empty());
                prop_assert!(found.len() <= 1_001 * (files.len() + 1), "{} diagnostics", found.len());
                for diagnostic in &found {
                    let line = diagnostic.line.unwrap_or(1);
                    prop_assert!(line >= 1 && line <= most_lines(&files, &diagnostic.file), "{diagnostic:?}");
                }
                for lang in Lang::ALL {
                    let text = render_all(&found, lang);
                    prop_assert!(text.len() < 3_000 * (found.len() + 1), "{} bytes", text.len());
                }
            }
        }
    }

    #[test]
    fn random_bytes_are_refused(head in prop::collection::vec(any::<u8>(), 0..400), table in "\\PC{0,400}") {
        let files: Files = [("week.toml".to_owned(), head), ("cases.csv".to_owned(), table.into_bytes())].into();
        prop_assert!(read_files(&files).is_err());
    }
}
