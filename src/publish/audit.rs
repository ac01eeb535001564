//! The page of the fairness check.

use super::format::{number, percent};
use super::page::{Align, heading, page_title, table, wrap};
use crate::audit::{Group, LabelsError, Rate};
use crate::lang::Lang;

/// What is wrong with a file of labels, a sentence each.
pub fn labels_error(error: &LabelsError, lang: Lang) -> String {
    match error {
        LabelsError::Header => lang.pick("the first line must be: case,group", "de eerste regel moet zijn: case,group").to_owned(),
        LabelsError::Empty => lang.pick(
            "no labels below the first line; write a row for each case or past departure: its id and its group",
            "geen groepen onder de eerste regel; schrijf een rij voor elke zaak of elk vertrek uit het verleden: het kenmerk en de groep",
        ).to_owned(),
        LabelsError::Row { line } => lang.pick(
            format!("line {line}: a row has two filled fields, case and group"),
            format!("regel {line}: een rij heeft twee gevulde velden, case en group"),
        ),
        LabelsError::Unknown { line, id } => lang.pick(
            format!("line {line}: neither cases.csv nor history.csv has {id}; correct the id or leave the row out"),
            format!("regel {line}: {id} staat niet in cases.csv en niet in history.csv; verbeter het kenmerk of laat de rij weg"),
        ),
        LabelsError::Twice { line, id } => lang.pick(
            format!("line {line}: {id} has a label already; keep one row for each id"),
            format!("regel {line}: {id} heeft al een groep; houd één rij per kenmerk"),
        ),
    }
}

/// Calibration and planning by group.
pub fn audit_page(groups: &[Group], lang: Lang) -> String {
    let mut page = page_title(lang.pick("Calibration and planning by group", "Kalibratie en planning per groep"));
    page += &wrap("  ", lang.pick(
        "For the controller; no run of the planner reads the labels. Intervals are 95%. An interval of a difference that leaves out 0 asks for an explanation; with many groups some do so by chance, about one in twenty. The check sees only who has a label.",
        "Voor de controleur; geen run van de planner leest de groepen. Intervallen zijn 95%. Een interval van een verschil waar 0 buiten valt, vraagt om uitleg; bij veel groepen gebeurt dat soms door toeval, zo'n één op twintig. De controle ziet alleen wie een groep heeft.",
    ));
    let share = |value: f64| percent(lang, value, 1);
    let points = |interval: &crate::risk::Interval| {
        let digits = |value: f64| number(lang, 100.0 * value, 1);
        format!("{} ({} – {})", digits(interval.value), digits(interval.low), digits(interval.high))
    };
    let of = |rate: &Rate| {
        if rate.of == 0 {
            return String::new();
        }
        format!("{} ({} – {})", share(rate.share.get()), share(rate.low.get()), share(rate.high.get()))
    };
    let less = |rate: &Rate| rate.less_others.filter(|_| rate.of > 0).as_ref().map(points).unwrap_or_default();
    page += &heading(lang.pick(
        "Departures of the past: chances said and what came of them",
        "Vertrekken uit het verleden: genoemde kansen en wat ervan kwam",
    ));
    let columns = [
        (lang.pick("group", "groep"), Align::Left),
        (lang.pick("departures", "vertrekken"), Align::Right),
        (lang.pick("said", "genoemd"), Align::Right),
        (lang.pick("went through", "ging door"), Align::Right),
        (lang.pick("less said, points", "min genoemd, punten"), Align::Right),
    ];
    let past = groups.iter().filter(|group| group.departed.of > 0).map(|group| {
        let calibration = points(&group.calibration);
        vec![
            group.name.clone(),
            group.departed.of.to_string(),
            share(group.forecast.get()),
            of(&group.departed),
            calibration,
        ]
    });
    page += &table(2, &columns, &past.collect::<Vec<_>>());
    page += &heading(lang.pick("Cases of this week", "Zaken van deze week"));
    let columns = [
        (lang.pick("group", "groep"), Align::Left),
        (lang.pick("cases", "zaken"), Align::Right),
        (lang.pick("may depart", "mag vertrekken"), Align::Right),
        (lang.pick("less others", "min anderen"), Align::Right),
        (lang.pick("planned, of these", "gepland, hiervan"), Align::Right),
        (lang.pick("less others", "min anderen"), Align::Right),
        (lang.pick("notice, h", "aanzegging, u"), Align::Right),
    ];
    let week = groups.iter().filter(|group| group.may_depart.of > 0).map(|group| {
        vec![
            group.name.clone(),
            group.may_depart.of.to_string(),
            of(&group.may_depart),
            less(&group.may_depart),
            group.planned.as_ref().map(of).unwrap_or_default(),
            group.planned.as_ref().map(less).unwrap_or_default(),
            group.notice_hours.map(|hours| number(lang, hours.value, 0)).unwrap_or_default(),
        ]
    });
    page + &table(2, &columns, &week.collect::<Vec<_>>())
}
