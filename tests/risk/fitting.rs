//! The fit finds what a history was drawn from, and its intervals mean what they say.

use super::history;
use vertrek::risk::{Coefficient, Observation, RiskState, coefficients, constant, fit, forecast};
use vertrek::rules::RiskBelief;
use vertrek::synth::truth;
use vertrek::units::Hours;
use vertrek::week::{FileParts, Measure, Outcome};

#[test]
fn intervals_cover_the_truth_as_often_as_they_say() {
    let truth = truth();
    let known = coefficients(&truth);
    // Covered and all, of each kind: base, per day, base and per day of procedures, shared.
    let mut found = [(0, 0); 5];
    let kind = |coefficient: &Coefficient| match coefficient {
        Coefficient::Base(_) => 0,
        Coefficient::PerDay(_) => 1,
        Coefficient::ProcedureBase(_) => 2,
        Coefficient::ProcedurePerDay(_) => 3,
        _ => 4,
    };
    for seed in 1..=40 {
        let fitted = fit(&history(&truth, 3_000, seed)).unwrap();
        assert_eq!(fitted.estimates.len(), known.len());
        for (estimate, (coefficient, value)) in fitted.estimates.iter().zip(&known) {
            assert_eq!(estimate.coefficient, *coefficient);
            assert!(estimate.low <= estimate.value && estimate.value <= estimate.high, "{estimate:?}");
            let (covered, all) = &mut found[kind(coefficient)];
            *covered += usize::from(estimate.low <= *value && *value <= estimate.high);
            *all += 1;
        }
    }
    for (covered, all) in found {
        let share = covered as f64 / all as f64;
        assert!((0.92..=0.98).contains(&share), "{covered} of {all} intervals of a kind cover the truth: {found:?}");
    }
}

#[test]
fn more_history_comes_closer_to_the_truth() {
    let truth = truth();
    let mut before = f64::INFINITY;
    for rows in [1_000, 12_000, 60_000] {
        let apart = |(estimate, known): (&vertrek::risk::Estimate, &(Coefficient, vertrek::units::Hazard))| {
            // Bail is one departure in five hundred: it stays unknown for long.
            let counts = estimate.coefficient.measure() != Some(Measure::Bail);
            if counts { (estimate.value.get() - known.1.get()).powi(2) } else { 0.0 }
        };
        let squares = |seed| -> f64 {
            let fitted = fit(&history(&truth, rows, seed)).unwrap();
            fitted.estimates.iter().zip(&coefficients(&truth)).map(apart).sum()
        };
        let apart = (squares(5) + squares(6)) / 2.0;
        assert!(apart < before, "{rows} rows: {apart} after {before}");
        before = apart;
    }
    assert!(before.sqrt() < 0.12, "still {} away with 60,000 rows", before.sqrt());
}

#[test]
fn no_hazard_is_below_zero_and_none_is_lost_in_the_numbers() {
    // Nobody under any measure is ever absent; every notice is the same length; a file is never incomplete.
    let state = |measure| RiskState {
        measure,
        notice: Hours::new(72.0).unwrap(),
        file: FileParts { belongings: true, physical: true, medical: true },
        escorted: false,
    };
    let planned_on = "2026-01-05".parse().unwrap();
    let row = |at: usize| Observation {
        planned_on,
        state: state(Measure::ALL[at % 3]),
        outcome: if at.is_multiple_of(10) { Outcome::Other } else { Outcome::Departed },
    };
    let fitted = fit(&(0..300).map(row).collect::<Vec<_>>()).unwrap();
    for estimate in &fitted.estimates {
        let numbers = [estimate.value, estimate.standard_error, estimate.low, estimate.high];
        assert!(numbers.iter().all(|number| number.get().is_finite() && number.get() < 100.0), "{estimate:?}");
    }
    let p = forecast(&fitted.belief, &state(Measure::Detention)).p.get();
    assert!((p - 0.9).abs() < 0.02, "nine in ten departed, {p} is forecast");
    assert!(fit(&[]).is_none());
}

#[test]
fn measures_with_few_departures_lean_on_the_others() {
    let truth = truth();
    let mut rows = history(&truth, 3_000, 3);
    rows.retain(|row| row.state.measure != Measure::Bail);
    let lonely = |fitted: &vertrek::risk::Fit, measure| {
        fitted.estimates.iter().find(|e| e.coefficient == Coefficient::ProcedureBase(measure)).copied().unwrap()
    };
    let fitted = fit(&rows).unwrap();
    let (bail, family) = (lonely(&fitted, Measure::Bail), lonely(&fitted, Measure::Family));
    assert!(bail.value.get() > 0.0, "nothing seen of bail: the mean of the others stands in");
    assert!(bail.high.get() - bail.low.get() > family.high.get() - family.low.get(), "and its interval is wider");
}

#[test]
fn preparation_with_a_complete_file_counts_as_another_cause() {
    let mut rows = history(&truth(), 500, 4);
    let complete = FileParts { belongings: true, physical: true, medical: true };
    let at = rows.iter().position(|row| row.state.file == complete).unwrap();
    rows[at].outcome = Outcome::Preparation;
    assert_eq!(fit(&rows).unwrap().moved_to_other, 1);
}

#[test]
fn the_constant_gives_every_state_the_share_that_departed() {
    let rows = history(&truth(), 2_000, 6);
    let belief = constant(&rows);
    let departed = rows.iter().filter(|row| row.outcome == Outcome::Departed).count() as f64 / 2_000.0;
    for row in &rows {
        assert!((forecast(&belief, &row.state).p.get() - departed).abs() < 1e-9);
    }
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    let mut rows = history(&truth(), 1_500, 7);
    let there = fit(&rows).unwrap();
    rows.reverse();
    let back = fit(&rows).unwrap();
    assert_eq!(there.belief, back.belief);
    assert_ne!(there.belief, RiskBelief::default());
}
