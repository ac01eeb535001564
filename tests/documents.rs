//! What the documentation and the example weeks promise: links that lead somewhere, every rule in its index, tests that exist,
//! and a demo week that shows what its README says.

#![allow(clippy::expect_used, reason = "a test that cannot read the repository has to stop")]

mod run;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use vertrek::gates::GateName;
use vertrek::options::gate;
use vertrek::plan::Status;
use vertrek::plan::check::RuleCode;
use vertrek::week::Week;
use vertrek::week::read::read;
use vertrek_solver::problem::Settings;

const PAGES: [&str; 12] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "docs/rules.md",
    "docs/method.md",
    "docs/board.md",
    "docs/service.md",
    "fixtures/README.md",
    "fixtures/demo/README.md",
    "fixtures/broken/README.md",
];

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn page(path: &str) -> String {
    fs::read_to_string(repository(path)).expect("the page is there")
}

fn example(name: &str) -> Week {
    read(&repository("fixtures").join(name)).expect("an example week is valid")
}

/// What stands between `open` and `close`, wherever that is.
fn between<'t>(text: &'t str, open: &str, close: char) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(inside, _)| inside).collect()
}

#[test]
fn every_link_leads_to_a_file() {
    let mut lost = Vec::new();
    for name in PAGES {
        let folder = repository(name).parent().map(Path::to_path_buf).unwrap_or_default();
        let text = page(name);
        let links = between(&text, "](", ')').into_iter().filter(|link| !link.starts_with("http"));
        lost.extend(
            links
                .filter(|link| !folder.join(link.split('#').next().unwrap_or_default()).exists())
                .map(|link| format!("{name}: {link}")),
        );
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn every_rule_is_in_the_index() {
    let index = page("docs/rules.md");
    for rule in RuleCode::ALL {
        let code = format!("`{}`", rule.code());
        assert!(index.contains(&code), "docs/rules.md lacks {code}");
    }
}

/// Words between backticks that are written like the name of a test are the name of a test.
#[test]
fn every_test_that_is_named_exists() {
    let mut tests = String::new();
    let mut folders = vec![repository("tests"), repository("solver/tests"), repository("solver/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of tests").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                tests += &fs::read_to_string(entry).expect("a file of tests");
            }
        }
    }
    let mut lost = BTreeSet::new();
    for name in ["ARCHITECTURE.md", "docs/rules.md", "docs/method.md"] {
        let text = page(name);
        let is_name = |word: &&str| {
            word.matches('_').count() >= 3 && word.chars().all(|c| c == '_' || c.is_ascii_lowercase() || c.is_numeric())
        };
        let words: Vec<&str> = text.split('`').filter(is_name).collect();
        let unknown = words.into_iter().filter(|word| !tests.contains(&format!("fn {word}(")));
        lost.extend(unknown.map(|word| format!("{name}: {word}")));
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

/// Every file below a folder.
fn files_below(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files_below(path) } else { vec![path] }).collect()
}

/// The walk of `lib.rs`: a room uses what stands before it, and no room knows one that comes after.
#[test]
fn no_room_uses_what_comes_after_it() {
    let map = page("src/lib.rs");
    let walk = map.split("pub mod").next().expect("the walk stands before the modules");
    let walk: Vec<&str> = between(walk, "[`", '`').into_iter().filter(|name| !name.contains(':')).collect();
    assert!(walk.len() > 15, "{walk:?}");
    let mut wrong = BTreeSet::new();
    for path in files_below(repository("src")) {
        let inside = path.strip_prefix(repository("src")).expect("a file of src").to_string_lossy().into_owned();
        let room = inside.split(['/', '.']).next().unwrap_or_default();
        let Some(at) = walk.iter().position(|name| *name == room) else { continue };
        let text = fs::read_to_string(&path).expect("a source file");
        let used = text
            .split("crate::")
            .skip(1)
            .map(|rest| rest.split(|c: char| c != '_' && !c.is_ascii_lowercase()).next().unwrap_or_default());
        // The reader gives a week its parameters, and those have the words of the week.
        let known = |name: &&str| walk.iter().position(|other| other == name).is_some_and(|other| other > at);
        wrong.extend(
            used.filter(known)
                .filter(|name| (room, *name) != ("week", "rules"))
                .map(|name| format!("{inside}: {name}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_demo_closes_every_gate() {
    let gated = gate(&example("demo"));
    let closed: BTreeSet<GateName> =
        gated.cases.iter().flat_map(|case| &case.gates.closed).map(|closed| closed.gate).collect();
    assert_eq!(closed, GateName::ALL.into_iter().collect());
}

#[test]
fn the_demo_is_planned_as_its_readme_says() {
    // As the command line does when nothing is asked for.
    let settings = Settings { gap: 0.001, threads: 2, seed: 1 };
    let plan = run::checked_plan("demo", &example("demo"), &settings, 120.0);
    assert_eq!(plan.status, Status::Optimal);
    let departs: BTreeSet<&str> = plan.departures.iter().map(|departure| departure.case.as_str()).collect();
    assert_eq!(departs, ["C03", "C04", "C09", "C10", "C12", "C13"].into_iter().collect());
    let open: Vec<&str> =
        plan.not_planned.iter().filter(|row| row.gate.is_none()).map(|row| row.case.as_str()).collect();
    assert_eq!(open, ["C01"]);
    assert!(plan.unmet.transfers.is_empty() && plan.unmet.duties.is_empty());
    // The README prints this very plan.
    let printed = page("README.md").replace(',', "");
    assert!(printed.contains(&format!("Objective     € {:.2}", plan.objective.get())), "{}", plan.objective);
}

#[test]
fn the_smaller_examples_are_planned() {
    let settings = Settings { gap: 0.001, threads: 1, seed: 1 };
    let rides = run::checked_plan("rides-only", &example("rides-only"), &settings, 120.0);
    assert_eq!(rides.unmet.transfers.len(), 1);
    let roster = run::checked_plan("roster-only", &example("roster-only"), &settings, 120.0);
    assert!(roster.unmet.duties.is_empty());
    let at_work: BTreeSet<&str> =
        roster.duties.iter().flat_map(|duty| &duty.escorts).map(|escort| escort.as_str()).collect();
    assert_eq!(at_work.len(), 3);
}
