//! The readable products of a plan, over a small week and a plan for it made by hand.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod calendars;
mod folders;
mod pages;
mod sheets;

use std::path::Path;
use vertrek::lang::Lang;
use vertrek::plan::Plan;
use vertrek::publish::{Product, products};
use vertrek::week::Week;
use vertrek::week::read::{Files, read_files};

/// The files of `tests/products/week`: a single man with two escorts (C1), a family with a wheelchair, a connection, a night
/// pickup and a notice given earlier (C2), a transfer without escorts that is told a second time (C3), two closed cases (C4,
/// C5) and one for which the escorts are missing (C6).
fn files() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/products/week");
    let entries = std::fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("a file").path());
    entries
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("a file that can be read"))
        })
        .collect()
}

fn week_of(files: &Files) -> Week {
    read_files(files).unwrap_or_else(|diagnostics| panic!("the week is valid: {diagnostics:?}"))
}

fn week() -> Week {
    week_of(&files())
}

/// The plan for [`week`].
fn plan() -> Plan {
    serde_json::from_str(include_str!("plan.json")).expect("a plan that can be read")
}

/// All products of the week and plan, as name and text.
fn all(week: &Week, plan: &Plan, lang: Lang) -> Vec<(String, String)> {
    let text = |product: Product| (product.name, String::from_utf8(product.bytes).expect("UTF-8"));
    products(week, plan, lang).into_iter().map(text).collect()
}

/// One product of the week and plan.
fn product(name: &str, lang: Lang) -> String {
    let found = all(&week(), &plan(), lang).into_iter().find(|(other, _)| other == name);
    found.unwrap_or_else(|| panic!("{name} is a product")).1
}

#[test]
fn the_plan_that_is_printed_here_is_a_valid_one() {
    let report = vertrek::plan::check::check(&week(), &plan());
    assert!(report.violations.is_empty(), "{report:?}");
}

#[test]
fn every_role_has_its_products() {
    let names: Vec<String> = all(&week(), &plan(), Lang::En).into_iter().map(|(name, _)| name).collect();
    let expected = [
        "gates.csv",
        "notices.csv",
        "notices.ics",
        "notices.txt",
        "risk_use.json",
        "rosters.csv",
        "rosters.txt",
        "rosters/E1.ics",
        "rosters/E2.ics",
        "rosters/E3.ics",
        "rosters/E4.ics",
        "runsheets.csv",
        "runsheets.txt",
        "runsheets/V1.ics",
        "runsheets/V2.ics",
        "runsheets/V3.ics",
        "samenvatting.txt",
        "summary.txt",
    ];
    assert_eq!(names, expected);
}
