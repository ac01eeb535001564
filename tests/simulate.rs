//! Simulation: worlds come to the published years, policies meet the same luck, plans of every policy are lawful.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod run;

use run::Until;
use vertrek::plan::check::check;
use vertrek::risk::Interval;
use vertrek::simulate::{
    BUILT_IN, CannotPlan, Measured, Planned, Policy, PolicyResult, Runs, World, at_share, built_in, plan_policy,
    read_world, simulate,
};
use vertrek::synth::{SynthSettings, synthesise, tiny};
use vertrek::units::Probability;
use vertrek::week::Week;
use vertrek::week::read::read_files;
use vertrek_solver::problem::Settings;

const RUNS: Runs = Runs { count: 1_500, seed: 3 };

fn week(cases: usize, seed: u64) -> Week {
    read_files(&synthesise(&SynthSettings::week(cases, seed))).expect("a synthetic week")
}

fn planned(week: &Week, policy: Policy) -> Planned {
    let settings = Settings { gap: 0.01, threads: 1, seed: 1 };
    plan_policy(week, policy, &settings, &Until::seconds(8.0)).expect("a plan that passes the checker")
}

fn of(result: &PolicyResult, what: Measured) -> Interval {
    result.measured.iter().find(|(known, _)| *known == what).unwrap().1
}

#[test]
fn built_in_worlds_come_to_the_published_years_with_the_plan_by_hand() {
    let published = [("2013", 0.30), ("2015", 1_225.0 / 3_165.0), ("2017", 0.47), ("2018", 3_260.0 / 6_670.0)];
    assert_eq!(published.map(|(name, _)| name), BUILT_IN[..4]);
    for seed in [1, 2] {
        let week = week(150, seed);
        let by_hand = planned(&week, Policy::ByHand);
        assert!(by_hand.plan.departures.len() >= 10);
        for (name, share) in published {
            let world = built_in(name).unwrap();
            for result in simulate(&week, &by_hand, std::slice::from_ref(&by_hand), &world, RUNS) {
                let cancelled = of(&result.policies[0], Measured::CancelledShare).value;
                assert!((cancelled - share).abs() < 0.02, "{name} at {:?}: {cancelled}", result.notice_share);
                let lines = result.world.assumptions();
                assert!(lines.iter().any(|line| line.what[0] == "absence that notice causes"));
                assert!(lines.iter().all(|line| !line.value.is_empty() && !line.source[1].is_empty()));
            }
        }
    }
    assert!(built_in("2016").is_none());
}

/// The worlds that are set once were set on other weeks than these.
#[test]
fn worlds_set_once_come_to_the_published_years_over_many_weeks() {
    let weeks: Vec<(Week, Planned)> = (1..=24)
        .map(|seed| {
            let week = week(260, seed);
            let by_hand = planned(&week, Policy::ByHand);
            (week, by_hand)
        })
        .collect();
    for (name, share) in
        [("2013-once", 0.30), ("2015-once", 1_225.0 / 3_165.0), ("2017-once", 0.47), ("2018-once", 3_260.0 / 6_670.0)]
    {
        let world = built_in(name).unwrap();
        let (mut booked, mut departed, mut factors) = (0.0, 0.0, Vec::new());
        for (week, by_hand) in &weeks {
            let calibrated = world.calibrated(week, &by_hand.plan, Probability::new(0.5).unwrap());
            let runs = Runs { count: 200, seed: 3 };
            let results = at_share(week, std::slice::from_ref(by_hand), &calibrated, runs);
            booked += of(&results[0], Measured::Booked).value;
            departed += of(&results[0], Measured::Departed).value;
            factors.push(calibrated.factors);
        }
        assert!(factors.windows(2).all(|pair| pair[0] == pair[1]), "the same numbers in every week");
        let cancelled = 1.0 - departed / booked;
        assert!((cancelled - share).abs() < 0.02, "{name}: {cancelled}");
    }
}

/// A world without a target is what it says: chances that can be worked out by hand.
#[test]
fn endings_come_as_often_as_their_hazards_say() {
    let week = week(120, 5);
    let by_hand = planned(&week, Policy::ByHand);
    let toml = "carrier_refusal = 0\nleg_cancelled = 0\ndelay = 0\n[risk]\nbelongings = 0\nphysical = 0\nmedical = 0\nescorted = 0.1\nunescorted = 0.1\n";
    let measures = ["detention", "family_closed", "restricted", "family", "reporting", "bail", "none"];
    let tables = measures
        .map(|m| format!("[risk.measure.{m}]\nbase = 0.4\nper_day = 0\nprocedure_base = 0.2\nprocedure_per_day = 0\n"));
    let world = read_world(&(toml.to_owned() + &tables.concat())).unwrap();
    let calibrated = world.calibrated(&week, &by_hand.plan, Probability::default());
    let results = at_share(&week, std::slice::from_ref(&by_hand), &calibrated, Runs { count: 4_000, seed: 2 });
    let result = &results[0];
    let booked = of(result, Measured::Booked).value;
    let gone = 1.0 - (-0.7f64).exp();
    for (what, share) in [(Measured::NoShow, 4.0 / 7.0), (Measured::Procedure, 2.0 / 7.0), (Measured::Other, 1.0 / 7.0)]
    {
        let Interval { value, low, high } = of(result, what);
        let expected = booked * gone * share;
        let wide = 2.0 * (high - low);
        assert!((value - expected).abs() < wide, "{what:?}: {value} for {expected}");
    }
    for never in [Measured::Preparation, Measured::Refused, Measured::LegCancelled, Measured::LateRide] {
        assert_eq!(of(result, never).value, 0.0);
    }
}

#[test]
fn the_same_plan_meets_the_same_luck() {
    let week = week(100, 6);
    let by_hand = planned(&week, Policy::ByHand);
    let twice = [by_hand.clone(), Planned { policy: Policy::PlannerNoRecheck, ..by_hand.clone() }];
    let world = built_in("2017").unwrap();
    let results = simulate(&week, &by_hand, &twice, &world, RUNS);
    for result in &results {
        for (what, less) in &result.policies[1].less_first {
            assert_eq!((less.value, less.low, less.high), (0.0, 0.0, 0.0), "{what:?}");
        }
    }
    let again = simulate(&week, &by_hand, &twice, &world, RUNS);
    assert_eq!(results[2].policies[0].measured, again[2].policies[0].measured);
    let other_seed = simulate(&week, &by_hand, &twice, &world, Runs { seed: 4, ..RUNS });
    assert_ne!(results[2].policies[0].measured, other_seed[2].policies[0].measured);
}

#[test]
fn looking_again_saves_escorts_and_changes_no_ending() {
    let week = week(100, 7);
    let by_hand = planned(&week, Policy::ByHand);
    // The same plan with and without a look at T-48.
    let plans = [
        Planned { policy: Policy::PlannerNoRecheck, ..by_hand.clone() },
        Planned { policy: Policy::Planner, ..by_hand.clone() },
    ];
    for result in simulate(&week, &by_hand, &plans, &built_in("2018").unwrap(), RUNS) {
        let (blind, looks) = (&result.policies[0], &result.policies[1]);
        assert_eq!(of(blind, Measured::Departed), of(looks, Measured::Departed));
        assert!(of(looks, Measured::EscortHours).value <= of(blind, Measured::EscortHours).value);
        assert!(of(looks, Measured::EuroPerDeparture).value <= of(blind, Measured::EuroPerDeparture).value);
    }
}

#[test]
fn the_longer_the_notice_the_more_absence_where_notice_causes_it() {
    let week = week(100, 8);
    let early = planned(&week, Policy::ByHand);
    // The same departures, all told 72 hours later or exactly 48 hours ahead.
    let mut late = early.clone();
    for departure in &mut late.plan.departures {
        let departs = week.legs[&departure.legs[0]].departs;
        departure.noticed_at = (departure.noticed_at + chrono::TimeDelta::hours(72))
            .min(departs - chrono::TimeDelta::hours(48))
            .max(departure.noticed_at);
    }
    let results = simulate(&week, &early, &[early.clone(), late], &built_in("2017").unwrap(), RUNS);
    let less =
        |at: usize| results[at].policies[1].less_first.iter().find(|(what, _)| *what == Measured::NoShow).unwrap().1;
    assert_eq!(less(0).value, 0.0, "where notice causes nothing its length changes nothing");
    assert!(less(4).high < less(2).low && less(2).high < 0.0, "{:?} {:?}", less(2), less(4));
}

#[test]
fn without_risk_or_with_a_wrong_belief_plans_stay_lawful() {
    for seed in 1..=25 {
        let week = read_files(&tiny(seed)).expect("a tiny week");
        for policy in [Policy::PlannerNoRisk, Policy::PlannerWrongBelief, Policy::Planner] {
            let planned = planned(&week, policy);
            // Only what a plan says of its own money and chances may differ from what the week itself believes.
            let report = check(&week, &planned.plan);
            let broken: Vec<&str> = report.violations.iter().map(|violation| violation.rule.code()).collect();
            let of_belief = |code: &&str| code.starts_with("M-") || code.starts_with("P-") || code.starts_with("F-");
            assert!(broken.iter().all(of_belief), "{policy} {seed}: {broken:?}");
        }
    }
}

#[test]
fn less_notice_than_the_rule_is_only_had_under_the_reported_rule() {
    let week = week(60, 9);
    let planned_36 = planned(&week, Policy::Notice(36));
    assert!(planned_36.reported_rule);
    let longer = planned(&week, Policy::Notice(96));
    assert!(!longer.reported_rule);
    let hours = |planned: &Planned| {
        planned
            .plan
            .departures
            .iter()
            .filter(|d| d.slot.is_some())
            .filter_map(|d| d.notice_hours)
            .map(|h| h.get())
            .fold(f64::INFINITY, f64::min)
    };
    assert!(hours(&planned_36) >= 36.0 && hours(&longer) >= 96.0);
    assert!(check(&week, &longer.plan).is_fine(), "longer notice is lawful under the rule in force too");
    let old = SynthSettings { start: "2019-03-04".parse().unwrap(), ..SynthSettings::week(40, 9) };
    let old = read_files(&synthesise(&old)).expect("a week of 2019");
    let refused =
        plan_policy(&old, Policy::Notice(36), &Settings { gap: 0.01, threads: 1, seed: 1 }, &Until::seconds(8.0));
    assert!(matches!(refused, Err(CannotPlan::Notice { policy: Policy::Notice(36) })));
}

#[test]
fn a_world_file_is_read_key_by_key_and_told_what_is_wrong() {
    let world = read_world("name = \"x\"\nreference_days = 5.0\n[target]\ncancelled = 0.4\nno_show = 0.5\nprocedure = 0.3\npreparation = 0.1\nother = 0.1\n[risk.measure.bail]\nbase = 0.7\n").unwrap();
    assert_eq!((world.name.as_str(), world.reference_days), ("x", Some(5.0)));
    assert_eq!(world.carrier_refusal, World::default().carrier_refusal);
    for (text, names) in [
        ("carrier_refusal = 1.5\n", "carrier_refusal = 1.5"),
        ("delay = -1\n", "delay = -1"),
        ("delays = 1\n", "delays"),
        ("[risk.measure.custody]\nbase = 1\n", "custody"),
        ("[target]\ncancelled = 0.4\nno_show = 0.5\nprocedure = 0.3\npreparation = 0.1\nother = 0.2\n", "add up to 1"),
        ("[risk.measure.none]\nbase = nan\n", "risk.measure.none.base"),
    ] {
        let error = read_world(text).unwrap_err().to_string();
        assert!(error.contains(names), "{error}");
    }
}

#[test]
fn every_policy_has_a_name_that_finds_it() {
    for policy in Policy::ALL {
        assert_eq!(Policy::from_word(&policy.to_string()), Some(policy));
    }
    assert_eq!(Policy::from_word("notice-12"), None);
}
