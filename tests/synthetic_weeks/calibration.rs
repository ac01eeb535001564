//! Shares of a week of 2,000 cases, each against its source. "Review" is the policy review of return over 2011-2017.

use super::made;
use std::collections::BTreeMap;
use vertrek::options::gate;
use vertrek::risk::{RiskState, forecast};
use vertrek::synth::{Kind, truth};
use vertrek::units::Hours;
use vertrek::week::*;

fn near(what: &str, share: f64, expected: f64, tolerance: f64) {
    assert!((share - expected).abs() <= tolerance, "{what}: {share:.3}, not {expected:.3} ± {tolerance}");
}

fn share<T>(of: impl Iterator<Item = T>, is: impl Fn(&T) -> bool) -> f64 {
    let (mut all, mut found) = (0.0, 0.0);
    for item in of {
        all += 1.0;
        found += if is(&item) { 1.0 } else { 0.0 };
    }
    found / all
}

#[test]
fn persons_by_measure_follow_the_review() {
    let week = made(Kind::Week, 2_000, 1);
    let mut persons: BTreeMap<Measure, f64> = BTreeMap::new();
    for person in week.persons.iter() {
        *persons.entry(week.cases[&person.case].measure).or_default() += 1.0;
    }
    // Table 16, 2014-2017: placed under each measure, less those who left on their own.
    let counted = [
        (Measure::Detention, 11_000.0),
        (Measure::Family, 5_200.0 - 750.0),
        (Measure::Restricted, 5_240.0 - 2_070.0),
        (Measure::FamilyClosed, 913.0),
        (Measure::Reporting, 1_712.0 - 430.0),
    ];
    let of = |measure: &Measure| persons.get(measure).copied().unwrap_or(0.0);
    let all: f64 = counted.iter().map(|(measure, _)| of(measure)).sum();
    let sources: f64 = counted.iter().map(|(_, count)| count).sum();
    for (measure, count) in counted {
        near(&format!("persons under {measure} (review, table 16)"), of(&measure) / all, count / sources, 0.04);
    }
    // Table 16: bail about once a month.
    assert!(of(&Measure::Bail) <= 20.0, "persons on bail (review, table 16): {}", of(&Measure::Bail));
}

#[test]
fn dublin_share_in_custody_follows_the_review() {
    let week = made(Kind::Week, 2_000, 1);
    let detained = week.cases.iter().filter(|case| case.measure == Measure::Detention);
    // Table 16, 2014-2017: 510 + 350 + 540 + 950 Dublin, 880 + 740 + 920 + 1,040 to the country of origin.
    near(
        "Dublin in detention (review, table 16)",
        share(detained, |c| c.kind == CaseKind::Dublin),
        2_350.0 / 5_930.0,
        0.04,
    );
}

#[test]
fn safe_countries_of_origin_follow_the_review() {
    let week = made(Kind::Week, 2_000, 1);
    let origin = week.cases.iter().filter(|case| case.kind != CaseKind::Dublin);
    let safe = ["AL", "MA", "GE", "DZ", "RS", "MN", "IN", "XK"];
    let to_safe = |case: &&Case| safe.contains(&case.destination.to_string().as_str());
    // Table 3, 14,220, of table 2, 38,820 forced departures over 2011-2017.
    near("safe countries (review, tables 2 and 3)", share(origin, to_safe), 14_220.0 / 38_820.0, 0.04);
}

#[test]
fn escorted_share_follows_the_annual_figures() {
    let week = made(Kind::Week, 2_000, 1);
    // DT&V, annual letter of 21 May 2021 and departure figures: 815 of 2,760 forced departures in 2019.
    near("escorted (DT&V, 2019)", share(week.cases.iter(), |case| case.escorts > 0), 815.0 / 2_760.0, 0.03);
}

#[test]
fn the_history_is_cancelled_as_in_2017_and_for_the_same_causes() {
    let week = made(Kind::Week, 2_000, 1);
    assert_eq!(week.history.len(), 3_000);
    let cancelled = |past: &&PastDeparture| past.outcome != Outcome::Departed;
    // Section 3.1.2: nearly 3,000 of 6,300 in 2017.
    near("cancelled (review, 2017)", share(week.history.iter(), cancelled), 3_000.0 / 6_300.0, 0.03);
    // Section 3.1.2: nearly 2,000 of 3,000 left without supervision, 14% a new procedure, 5% preparation.
    for (cause, expected) in [
        (Outcome::NoShow, 2_000.0 / 3_000.0),
        (Outcome::Procedure, 0.14),
        (Outcome::Preparation, 0.05),
        (Outcome::Other, 1.0 - 2_000.0 / 3_000.0 - 0.14 - 0.05),
    ] {
        let of_cause = share(week.history.iter().filter(cancelled), |past| past.outcome == cause);
        near(&format!("{cause} of what was cancelled (review, 2017)"), of_cause, expected, 0.03);
    }
}

#[test]
fn the_history_is_drawn_from_the_truth_that_is_given_out() {
    let week = made(Kind::Week, 260, 9);
    let mut by_measure: BTreeMap<Measure, (f64, f64, f64)> = BTreeMap::new();
    for past in week.history.iter() {
        let notice = Hours::new(past.notice_days * 24.0).unwrap();
        let state = RiskState { measure: past.measure, notice, file: past.file, escorted: past.escorts > 0 };
        let p = forecast(&truth(), &state).p.get();
        let (departed, expected, variance) = by_measure.entry(past.measure).or_default();
        *departed += if past.outcome == Outcome::Departed { 1.0 } else { 0.0 };
        *expected += p;
        *variance += p * (1.0 - p);
    }
    for (measure, (departed, expected, variance)) in by_measure {
        let off = (departed - expected).abs() / variance.sqrt();
        assert!(off < 4.0, "{measure}: {departed} departed, {expected:.1} expected");
    }
}

#[test]
fn two_in_five_cases_are_open() {
    for (cases, seeds, tolerance) in [(2_000, 1..=2, 0.03), (260, 1..=8, 0.09)] {
        for seed in seeds {
            let week = made(Kind::Week, cases, seed);
            let open = share(gate(&week).cases.iter(), |case| !case.open.is_empty());
            // Section 3.1.2: 6,300 planned in 2017, so 121 a week, of a file of about 300.
            near(&format!("open of {cases} cases, seed {seed} (review, 2017)"), open, 0.4, tolerance);
        }
    }
}
