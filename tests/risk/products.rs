//! What a fit leaves behind can be used as it is: pasted, published, read.

use super::history;
use std::collections::{BTreeMap, BTreeSet};
use vertrek::lang::Lang;
use vertrek::publish::{Contact, FittedRisk, REGISTER_LIMITS, algorithm_register, risk_page, risk_products};
use vertrek::risk::{coefficients, constant, fit, validate};
use vertrek::synth::{tiny, truth};
use vertrek::week::read::read_files;

/// Somebody to ask.
const ADDRESS: &str = "vragen@dienst.nl";

fn fitted(rows: usize) -> FittedRisk {
    let history = history(&truth(), rows, 2);
    let dates = history.iter().map(|row| row.planned_on);
    FittedRisk {
        fit: fit(&history).unwrap(),
        constant: constant(&history),
        validation: validate(&history),
        dates: (dates.clone().min().unwrap(), dates.max().unwrap()),
        digest: "0".repeat(64),
    }
}

fn products(fitted: &FittedRisk, lang: Lang) -> BTreeMap<String, String> {
    let text = |product: vertrek::publish::Product| (product.name, String::from_utf8(product.bytes).unwrap());
    risk_products(fitted, Contact::new(ADDRESS).as_ref(), lang).into_iter().map(text).collect()
}

#[test]
fn risk_toml_pasted_into_week_toml_is_read_as_it_was_fitted() {
    let fitted = fitted(3_000);
    let products = products(&fitted, Lang::En);
    for (name, belief) in [
        ("risk.toml", fitted.recommended()),
        ("risk_fitted.toml", &fitted.fit.belief),
        ("risk_constant.toml", &fitted.constant),
    ] {
        let mut files = tiny(1);
        let toml = String::from_utf8(files["week.toml"].clone()).unwrap();
        let without_risk: Vec<&str> = toml.split("\n[").filter(|table| !table.starts_with("risk")).collect();
        files.insert("week.toml".to_owned(), format!("{}\n{}", without_risk.join("\n["), products[name]).into_bytes());
        let week = read_files(&files).expect("the pasted tables are understood");
        for ((coefficient, read), (_, written)) in coefficients(&week.risk).into_iter().zip(coefficients(belief)) {
            assert!((read.get() - written.get()).abs() < 1e-6, "{name} {coefficient}: {read} for {written}");
        }
    }
}

#[test]
fn the_recommendation_follows_the_validation() {
    let good = fitted(3_000);
    assert!(products(&good, Lang::En)["risk.toml"].contains("# Recommended: better than one constant rate"));
    let little = fitted(80);
    let products = products(&little, Lang::En);
    assert!(products["risk.toml"].contains("# Recommended: too little history"));
    assert_eq!(products["risk.toml"].split("[risk]").nth(1), products["risk_constant.toml"].split("[risk]").nth(1));
    let page = risk_page(&little, Lang::En).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("One constant rate is recommended."));
}

#[test]
fn plots_are_well_formed_and_say_what_they_show() {
    let products = products(&fitted(3_000), Lang::Nl);
    for name in ["reliability.svg", "hazards_absence.svg", "hazards_procedure.svg"] {
        let svg = &products[name];
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""), "{name}");
        assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count(), "{name}");
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count(), "{name}");
        assert!(svg.contains("<title>") && !svg.contains("NaN") && !svg.contains("inf"), "{name}");
    }
    assert_eq!(products["reliability.svg"].matches("<circle").count(), 10);
    assert_eq!(products["hazards_absence.svg"].matches("<polygon").count(), 7);
    assert!(products["reliability.svg"].contains("genoemde kans"));
}

#[test]
fn the_cards_say_the_same_in_both_languages_and_what_it_is_not_for() {
    let products = products(&fitted(3_000), Lang::En);
    let (english, dutch) = (&products["model_card.md"], &products["modelkaart.md"]);
    let headings = |card: &str| card.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(headings(english), headings(dutch));
    let figures = |card: &str| -> Vec<String> {
        let digits = |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>();
        card.lines().filter(|line| line.starts_with('|')).map(digits).collect()
    };
    assert_eq!(figures(english), figures(dutch));
    assert!(
        english.contains("Detention, or any harsher measure")
            && dutch.contains("Bewaring of een andere zwaardere maatregel")
    );
    assert!(english.contains("The program books nothing") && dutch.contains("Het programma boekt niets"));
}

/// Publication standard 1.0 of the register: required fields, words and lengths.
#[test]
fn the_register_entry_fits_the_standard() {
    let entry: serde_json::Value = serde_json::from_str(&algorithm_register(&Contact::new(ADDRESS).unwrap())).unwrap();
    let entry = entry.as_object().unwrap();
    for required in [
        "name",
        "description_short",
        "organization",
        "status",
        "contact_email",
        "publication_category",
        "lang",
        "source_data_grouping",
        "standard_version",
    ] {
        let value = &entry[required];
        assert!(value.is_array() || !value.as_str().unwrap().is_empty(), "{required}");
    }
    assert_eq!(entry["contact_email"], ADDRESS);
    let text = |field: &str| entry.get(field).and_then(|value| value.as_str()).unwrap_or_default();
    assert!(["In ontwikkeling", "In gebruik", "Buiten gebruik"].contains(&text("status")));
    assert!(
        ["Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"]
            .contains(&text("publication_category"))
    );
    assert_eq!((text("lang"), text("standard_version")), ("nld", "1.0"));
    assert_eq!(entry["category"][0], "Migratie en integratie");
    for (field, most) in REGISTER_LIMITS {
        let length = text(field).chars().count();
        assert!(length <= most, "{field} has {length} characters, {most} are allowed");
    }
    for field in
        ["goal", "proportionality", "human_intervention", "risks", "lawful_basis", "source_data", "methods_and_models"]
    {
        assert!(text(field).chars().count() > 150, "{field} says something");
        assert!(!text(field).contains("  "), "{field} has no run of spaces");
    }
    for basis in entry["lawful_basis_grouping"].as_array().unwrap() {
        assert!(
            basis["title"].as_str().unwrap().chars().count() <= 100
                && basis["link"].as_str().unwrap().starts_with("https://")
        );
    }
    let known: BTreeSet<&str> = REGISTER_LIMITS.iter().map(|(field, _)| *field).collect();
    let others = [
        "standard_version",
        "lang",
        "category",
        "status",
        "publication_category",
        "lawful_basis_grouping",
        "impacttoetsen_grouping",
        "source_data_grouping",
    ];
    assert!(
        entry.keys().all(|key| known.contains(key.as_str()) || others.contains(&key.as_str())),
        "no field of our own"
    );
}

#[test]
fn there_is_no_register_entry_without_somebody_to_ask() {
    for address in
        ["", "vragen", "@dienst.nl", "vragen@", "a b@dienst.nl", "a@b@dienst.nl", "vragen@dienst", "vragen@.nl"]
    {
        assert_eq!(Contact::new(address), None, "{address}");
    }
    let names: Vec<String> = risk_products(&fitted(500), None, Lang::En).into_iter().map(|p| p.name).collect();
    assert!(!names.iter().any(|name| name.starts_with("algoritmeregister")), "{names:?}");
}

#[test]
fn measures_that_the_history_never_saw_are_named() {
    let mut rows = history(&truth(), 1_000, 5);
    rows.retain(|row| row.state.measure == vertrek::week::Measure::Detention);
    let dates = rows.iter().map(|row| row.planned_on);
    let fitted = FittedRisk {
        fit: fit(&rows).unwrap(),
        constant: constant(&rows),
        validation: validate(&rows),
        dates: (dates.clone().min().unwrap(), dates.max().unwrap()),
        digest: "0".repeat(64),
    };
    for (lang, words) in
        [(Lang::En, "No departures in this history under"), (Lang::Nl, "Geen vertrekken in deze historie onder")]
    {
        let page = risk_page(&fitted, lang);
        assert!(page.contains(words), "{page}");
        assert!(products(&fitted, lang)[lang.pick("model_card.md", "modelkaart.md")].contains(words));
    }
}
