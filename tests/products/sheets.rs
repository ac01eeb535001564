//! Products that a spreadsheet opens: as agreed, whole, and unable to run anything.

use crate::{all, files, plan, product, week, week_of};
use vertrek::lang::Lang;

const SHEETS: [&str; 4] = ["gates.csv", "notices.csv", "rosters.csv", "runsheets.csv"];

#[test]
fn sheets_read_as_agreed() {
    for name in SHEETS {
        insta::assert_snapshot!(name, product(name, Lang::En));
    }
}

fn records(sheet: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(sheet.as_bytes());
    reader.records().map(|record| record.expect("rows of one length")).collect()
}

#[test]
fn no_cell_is_a_formula_or_breaks_its_line() {
    let mut files = files();
    let mut replace = |file: &str, from: &str, to: &str| {
        let text = String::from_utf8(files[file].clone()).expect("UTF-8");
        assert!(text.contains(from), "{from} is in {file}");
        files.insert(file.to_owned(), text.replace(from, to).into_bytes());
    };
    replace("locations.csv", "DTC Zeist", "=1+1");
    replace("locations.csv", "Detentiecentrum Rotterdam", "\" +31 10\"");
    replace("escorts.csv", "KMar", "@SUM(A1)");
    replace("shifts.csv", "X001", "-1");
    let week = week_of(&files);
    let mut changed = 0;
    for (name, sheet) in all(&week, &plan(), Lang::En).into_iter().filter(|(name, _)| name.ends_with(".csv")) {
        for cell in records(&sheet).iter().flatten() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{name}: {cell}");
            assert!(!cell.contains(['\n', '\r']), "{name}: {cell}");
            changed += usize::from(cell.starts_with('\''));
        }
    }
    assert!(changed >= 4, "the changed values are in the sheets");
}

#[test]
fn columns_are_the_same_in_both_languages() {
    for name in SHEETS {
        let [english, dutch] = Lang::ALL.map(|lang| records(&product(name, lang)));
        assert_eq!(english[0], dutch[0], "{name}");
        assert_eq!(english.len(), dutch.len(), "{name}");
    }
}

/// Words of a text, without punctuation.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[test]
fn escort_products_hold_no_case_detail_beyond_escorting() {
    let week = week();
    let mut secret: Vec<String> =
        vec!["detention".into(), "bewaring".into(), "appeal".into(), "P1".into(), "P2".into()];
    secret.extend(week.documents.iter().map(|row| row.id.to_string()));
    secret.extend(week.procedures.iter().flat_map(|row| [row.id.to_string(), row.kind.clone()]));
    secret.extend(week.cases.iter().filter_map(|row| row.release.by.as_ref().map(ToString::to_string)));
    for lang in Lang::ALL {
        for (name, text) in all(&week, &plan(), lang).into_iter().filter(|(name, _)| name.starts_with("roster")) {
            let found = words(&text).find(|word| secret.iter().any(|secret| secret == word));
            assert_eq!(found, None, "{name}");
        }
    }
}
