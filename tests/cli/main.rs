//! The binary as a planner meets it: exit codes, languages, JSON, output folders, signals.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod messages;
mod output;
mod plans;
mod repairs;
#[cfg(unix)]
mod signals;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What a run of the binary came to.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let run = Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }
}

fn command<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vertrek"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn vertrek<S: AsRef<OsStr>>(arguments: &[S]) -> Run {
    command(arguments).output().expect("the binary runs").into()
}

/// A folder of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A small week with everything in it.
fn week() -> PathBuf {
    repository("tests/products/week")
}

/// A broken week of `fixtures/broken`.
fn broken(name: &str) -> PathBuf {
    repository("fixtures/broken").join(name).join("week")
}

/// A folder of one test, gone when it ends.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder for the test"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A tiny synthetic week.
    fn tiny(&self, seed: u64) -> PathBuf {
        let folder = self.path(&format!("tiny-{seed}"));
        fs::create_dir(&folder).expect("a folder");
        for (name, bytes) in vertrek::synth::tiny(seed) {
            fs::write(folder.join(name), bytes).expect("a file");
        }
        folder
    }

    /// A copy of the small week that a test may change.
    fn copy(&self) -> PathBuf {
        let folder = self.path("week");
        fs::create_dir(&folder).expect("a folder");
        for (name, bytes) in files(&week()) {
            fs::write(folder.join(name), bytes).expect("a file");
        }
        folder
    }

    /// Names of everything on the desk, hidden ones too.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("the desk is there");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// Every file below a folder, by path inside it.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                let name = entry.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
                found.push((name, fs::read(entry).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

/// The arguments of `vertrek plan` on one thread.
fn plan_arguments(week: &Path, out: &Path) -> Vec<String> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    ["plan".to_owned(), text(week), "--out".to_owned(), text(out), "--threads".to_owned(), "1".to_owned()].to_vec()
}

/// A plan.json without the two fields that differ from run to run.
fn lasting(plan: &[u8]) -> serde_json::Value {
    let mut plan: serde_json::Value = serde_json::from_slice(plan).expect("plan.json is JSON");
    let fields = plan.as_object_mut().expect("plan.json is an object");
    assert!(fields.remove("made_at").is_some() && fields.remove("seconds").is_some());
    plan
}

/// Asserts that the checker finds no fault in the plan of an output folder.
fn passes_check(week: &Path, out: &Path) {
    let run = vertrek(&[OsStr::new("check"), week.as_os_str(), out.join("plan.json").as_os_str()]);
    assert_eq!(run.code, Some(0), "{run:?}");
}
