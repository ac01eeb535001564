//! What people read: every page in English and in Dutch, as it is printed.

use crate::{all, plan, product, week};
use vertrek::lang::Lang;
use vertrek::publish::{explain, summary, work_list, work_list_json};
use vertrek::week::CaseId;

const CASES: [&str; 6] = ["C1", "C2", "C3", "C4", "C5", "C6"];

fn explanation(case: &str, lang: Lang) -> String {
    let case = CaseId::new(case).expect("an id");
    explain(&week(), &plan(), &case, lang).expect("a case of the week")
}

/// Every page for people, by name.
fn pages(lang: Lang) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> =
        all(&week(), &plan(), lang).into_iter().filter(|(name, _)| name.ends_with(".txt")).collect();
    pages.retain(|(name, _)| !["summary.txt", "samenvatting.txt"].contains(&name.as_str()));
    pages.push(("summary".to_owned(), summary(&week(), &plan(), lang)));
    pages.push(("work_list".to_owned(), work_list(&week(), lang)));
    pages.extend(CASES.map(|case| (format!("explain_{case}"), explanation(case, lang))));
    pages
}

#[test]
fn pages_read_as_agreed() {
    for (lang, suffix) in [(Lang::En, "en"), (Lang::Nl, "nl")] {
        for (name, page) in pages(lang) {
            insta::assert_snapshot!(format!("{name}_{suffix}"), page);
        }
    }
}

#[test]
fn no_line_is_longer_than_110_characters() {
    for lang in Lang::ALL {
        for (name, page) in pages(lang) {
            for line in page.lines() {
                assert!(line.chars().count() <= 110, "{name}: {line}");
            }
        }
    }
}

/// The numbers of a page without the separators of its language, in order of size.
fn numbers(page: &str) -> Vec<String> {
    let keep = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let mut numbers: Vec<String> = page
        .split(|c| !keep(c))
        .map(|word| word.chars().filter(char::is_ascii_digit).collect())
        .filter(|digits: &String| !digits.is_empty())
        .collect();
    numbers.sort();
    numbers
}

#[test]
fn both_languages_give_the_same_numbers() {
    for ((name, english), (_, dutch)) in pages(Lang::En).into_iter().zip(pages(Lang::Nl)) {
        assert_eq!(numbers(&english), numbers(&dutch), "{name}");
    }
}

#[test]
fn both_summaries_are_products_in_either_language() {
    for lang in Lang::ALL {
        assert_eq!(product("summary.txt", lang), summary(&week(), &plan(), Lang::En));
        assert_eq!(product("samenvatting.txt", lang), summary(&week(), &plan(), Lang::Nl));
    }
}

#[test]
fn a_case_that_is_not_in_the_week_has_no_explanation() {
    let unknown = CaseId::new("C99").expect("an id");
    assert_eq!(explain(&week(), &plan(), &unknown, Lang::En), None);
}

#[test]
fn work_list_for_programs() {
    insta::assert_snapshot!(work_list_json(&week(), Lang::En));
}
