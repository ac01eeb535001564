//! No field of a plan is taken on trust: whatever figure, time, id or row of the right plan is changed or left out, the plan
//! is refused.

use crate::{plan, week};
use serde_json::Value;
use vertrek::plan::check::{check, read_plan};
use vertrek::units::Instant;

/// What may be changed: it says nothing that the folder could contradict. Stops may be a little later where there is time.
const FREE: [&str; 7] = ["/made_at", "/seconds", "/status", "/reason", "/opens_when", "/rows", "/at"];
/// Fields that a plan may leave out; a gate when it is not of the case itself.
const OPTIONAL: [&str; 3] = ["/notice_hours", "/notice_by_measure", "/gate"];

fn is_refused(plan: &Value) -> bool {
    let week = week::week_with(&[]);
    read_plan(&plan.to_string()).map_or(true, |plan| !check(&week, &plan).is_fine())
}

/// A value that differs from another by more than every tolerance.
fn other(value: &Value) -> Option<Value> {
    match value {
        Value::Number(number) => {
            let number = number.as_f64()?;
            // Chances are at most one and within a thousandth; money is within a euro.
            let step = if number.abs() <= 1.0 { 0.0011 } else { 1.1 };
            serde_json::from_str(&format!("{}", if number > 0.5 { number - step } else { number + step })).ok()
        }
        Value::String(text) => match Instant::parse_from_rfc3339(text) {
            Ok(at) => Some(Value::String((at + chrono::TimeDelta::seconds(2)).to_rfc3339())),
            Err(_) => Some(Value::String(format!("{text}?"))),
        },
        _ => None,
    }
}

/// Every place of a value as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let keys: Vec<String> = match value {
        Value::Object(map) => map.keys().cloned().collect(),
        Value::Array(list) => (0..list.len()).map(|at| at.to_string()).collect(),
        _ => Vec::new(),
    };
    for key in keys {
        let place = format!("{at}/{key}");
        if let Some(inner) = value.pointer(&place[at.len()..]) {
            places(inner, &place, found);
        }
        found.push(place);
    }
}

fn remove(plan: &mut Value, place: &str) {
    let Some((parent, key)) = place.rsplit_once('/') else { return };
    match plan.pointer_mut(parent) {
        Some(Value::Object(map)) => drop(map.remove(key)),
        Some(Value::Array(list)) => drop(list.remove(key.parse().unwrap())),
        _ => {}
    }
}

#[test]
fn no_field_of_a_plan_can_be_changed_or_left_out() {
    let digest = week::week_with(&[]).input_digest;
    let right: Value = serde_json::from_str(&plan::TEXT.replace("DIGEST", &digest)).unwrap();
    assert!(!is_refused(&right));
    let mut all = Vec::new();
    places(&right, "", &mut all);
    let (mut trusted, mut tried) = (Vec::new(), 0);
    for place in all {
        let is = |names: &[&str]| names.iter().any(|name| place.ends_with(name) || place.contains(&format!("{name}/")));
        let value = right.pointer(&place).unwrap();
        let changed = other(value).filter(|_| !is(&FREE));
        // What is null may as well be missing.
        let left_out = (!value.is_null() && !is(&OPTIONAL) && !place.contains("/rows/")).then_some(Value::Null);
        for new in [changed, left_out].into_iter().flatten() {
            let mut lie = right.clone();
            if new.is_null() {
                remove(&mut lie, &place)
            } else {
                *lie.pointer_mut(&place).unwrap() = new.clone()
            }
            tried += 1;
            if !is_refused(&lie) {
                trusted.push(format!("{place}: {value} -> {new}"));
            }
        }
    }
    assert!(trusted.is_empty(), "{trusted:#?}");
    assert!(tried > 450, "{tried}");
}
