//! The validation looks forward in time, scores as the textbooks do, and recommends the constant unless the fit is better.

use super::history;
use vertrek::risk::{
    Causes, Interval, Scored, Verdict, brier, calibration, constant, expected_calibration_error, log_loss, score,
    steps, validate,
};
use vertrek::synth::truth;
use vertrek::units::Probability;
use vertrek::week::Outcome;

fn scored(p: f64, departed: bool) -> Scored {
    let outcome = if departed { Outcome::Departed } else { Outcome::NoShow };
    Scored { p: Probability::new(p).unwrap(), causes: Causes::default(), outcome }
}

#[test]
fn what_is_judged_was_planned_after_all_that_was_seen() {
    let rows = history(&truth(), 2_000, 1);
    let steps = steps(&rows).unwrap();
    assert_eq!(steps.len(), 5);
    for (at, step) in steps.iter().enumerate() {
        assert!(step.seen.iter().all(|row| row.planned_on <= step.until));
        assert!(step.judged.iter().all(|row| row.planned_on > step.until));
        // The next step has seen what this one was judged on.
        let known = step.seen.len() + step.judged.len();
        assert_eq!(known, steps.get(at + 1).map_or(rows.len(), |next| next.seen.len()));
    }
    assert!((900..=1_000).contains(&steps[0].seen.len()));
}

#[test]
fn hazards_that_matter_beat_one_rate_and_are_calibrated() {
    let validation = validate(&history(&truth(), 6_000, 2)).unwrap();
    assert_eq!(validation.verdict, Verdict::Fitted);
    assert!(validation.log_loss < validation.against_constant.log_loss - 0.05);
    let slope = validation.calibration.unwrap().slope;
    assert!(slope.low < 1.0 && 1.0 < slope.high && (0.85..1.15).contains(&slope.value), "{slope:?}");
    assert!(validation.calibration_error.value < 0.05);
}

#[test]
fn where_the_state_says_nothing_the_constant_is_recommended() {
    let rows = history(&constant(&history(&truth(), 2_000, 3)), 2_000, 4);
    let validation = validate(&rows).unwrap();
    assert_eq!(validation.verdict, Verdict::Constant);
    assert!(validation.against_constant.difference.high >= 0.0);
}

#[test]
fn too_little_history_is_not_judged() {
    let rows = history(&truth(), 3_000, 5);
    assert!(validate(&rows[..80]).is_none(), "40 departures decide nothing");
    let mut one_date = rows.clone();
    one_date.iter_mut().for_each(|row| row.planned_on = rows[0].planned_on);
    assert!(validate(&one_date).is_none(), "one date has no later");
    let mut all_depart = rows;
    all_depart.iter_mut().for_each(|row| row.outcome = Outcome::Departed);
    assert!(validate(&all_depart).is_none(), "nothing was ever cancelled");
}

#[test]
fn scores_by_hand() {
    let rows = [scored(0.8, true), scored(0.8, false), scored(0.5, true), scored(0.5, false)];
    let expected = -(0.8f64.ln() + 0.2f64.ln() + 2.0 * 0.5f64.ln()) / 4.0;
    assert!((log_loss(&rows) - expected).abs() < 1e-12);
    let parts = brier(&rows);
    // (0.04 + 0.64 + 0.25 + 0.25) / 4; both groups came to one half.
    assert!((parts.score - 0.295).abs() < 1e-12);
    assert!((parts.reliability - 0.045).abs() < 1e-12 && parts.resolution.abs() < 1e-12);
    assert!((parts.uncertainty - 0.25).abs() < 1e-12 && parts.within.abs() < 1e-12);
}

#[test]
fn brier_is_the_sum_of_its_parts() {
    let rows = history(&truth(), 1_000, 8);
    let parts = brier(&score(&truth(), &rows));
    let sum = parts.reliability - parts.resolution + parts.uncertainty + parts.within;
    assert!((parts.score - sum).abs() < 1e-12);
    assert!(parts.within.abs() < 0.01, "{parts:?}");
}

#[test]
fn chances_that_are_too_extreme_have_a_slope_below_one() {
    let rows = history(&truth(), 8_000, 9);
    let fair = score(&truth(), &rows);
    let extreme: Vec<Scored> = fair
        .iter()
        .map(|row| {
            let odds = (row.p.get() / (1.0 - row.p.get())).ln() * 2.0;
            Scored { p: Probability::new(1.0 / (1.0 + (-odds).exp())).unwrap(), ..*row }
        })
        .collect();
    let (fair_slope, slope) = (calibration(&fair).unwrap().slope, calibration(&extreme).unwrap().slope);
    assert!((fair_slope.value / 2.0 - slope.value).abs() < 1e-6);
    assert!(slope.high < 0.7);
    assert!(expected_calibration_error(&extreme).value > 2.0 * expected_calibration_error(&fair).value);
    assert!(calibration(&[scored(0.5, true), scored(0.5, false)]).is_none());
}

#[test]
fn interval_of_a_mean_by_hand() {
    let interval = Interval::of_mean([1.0, 2.0, 3.0, 4.0].into_iter());
    assert!((interval.value - 2.5).abs() < 1e-12);
    let error = (5.0f64 / 3.0 / 4.0).sqrt();
    assert!((interval.high - 2.5 - 1.959_963_985 * error).abs() < 1e-9);
}
