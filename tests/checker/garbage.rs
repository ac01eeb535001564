//! Plans that no planner would write: the checker answers with violations, never with a panic.

use crate::{plan, week};
use proptest::prelude::*;
use serde_json::Value;
use vertrek::lang::Lang;
use vertrek::plan::Plan;
use vertrek::plan::check::check;

/// What a field of a plan may be replaced by.
fn scrap() -> impl Strategy<Value = Value> {
    let ids = "C1 C5 O1 X-minor L1 L2 L4 K1 E1 N1 D1 S1 S2 T1 T2 R2 AMS DEP FRA nobody".split(' ').collect::<Vec<_>>();
    prop_oneof![
        prop::sample::select(ids).prop_map(Value::from),
        Just(Value::Null),
        prop::sample::select(vec![0.0, 1.0, 0.5, 1e300]).prop_map(Value::from),
        (0..100_000_i64).prop_map(|minutes| {
            let at = crate::draft::at("01T00:00") + chrono::TimeDelta::minutes(minutes);
            Value::from(at.to_rfc3339())
        }),
        prop::sample::select(vec!["depot", "pickup", "dropoff"]).prop_map(Value::from),
    ]
}

/// Every place in a JSON value.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| pointers(item, &format!("{here}/{at}"), found));
        }
        Value::Object(fields) => fields.iter().for_each(|(key, item)| pointers(item, &format!("{here}/{key}"), found)),
        _ => (),
    }
}

/// Replaces, doubles or removes what stands at a place; keeps the change only if it is still a plan.
fn bend(text: &mut Value, place: prop::sample::Index, how: u8, scrap: Value) {
    let mut found = Vec::new();
    pointers(text, "", &mut found);
    let mut bent = text.clone();
    if let Some(target) = bent.pointer_mut(place.get::<String>(&found)) {
        match (how, target) {
            (0, Value::Array(items)) if !items.is_empty() => items.push(items[0].clone()),
            (1, Value::Array(items)) if !items.is_empty() => drop(items.remove(0)),
            (2, Value::Array(items)) => items.reverse(),
            (_, target) => *target = scrap,
        }
    }
    if serde_json::from_value::<Plan>(bent.clone()).is_ok() {
        *text = bent;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_checker_never_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..6_u8, scrap()), 1..40)
    ) {
        let week = week::week_with(&[]);
        let mut text = serde_json::to_value(plan::right_plan(&week)).unwrap();
        for (place, how, scrap) in changes {
            bend(&mut text, place, how, scrap);
        }
        let bent: Plan = serde_json::from_value(text).unwrap();
        let report = check(&week, &bent);
        prop_assert!(report.recomputed.objective.get().is_finite());
        prop_assert_eq!(report.in_lang(Lang::En).lines().count(), report.violations.len() + 2);
        prop_assert_eq!(report.in_lang(Lang::Nl).lines().count(), report.violations.len() + 2);
    }
}
