//! Reading `plan.json`: a plan, or the violation that says where it is not one.

use super::codes::RuleCode;
use super::report::{Subject, Violation, text};
use crate::plan::Plan;

/// The plan in a `plan.json`.
///
/// # Errors
/// The one violation `F-format`, with line and column, when the text is no JSON or not of the form of section 8.
pub fn read_plan(text: &str) -> Result<Plan, Box<Violation>> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let full = error.to_string();
        let what = full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what);
        let message = text!("line {line}, column {column}: {what}", "regel {line}, kolom {column}: {what}");
        Box::new(Violation { rule: RuleCode::Format, subject: Subject::plan(), rows: Vec::new(), message })
    })
}
