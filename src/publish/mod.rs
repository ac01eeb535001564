//! The readable products of a plan: terminal summary, explanation of one case, escort rosters, run sheets and the
//! notice list, each in English and in Dutch.

mod facts;
mod format;
mod page;
mod summary;
mod words;

pub use summary::summary;

use crate::lang::Lang;
use crate::plan::Plan;
use crate::week::{CaseId, Week};

/// A file of the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Path inside the output folder, with `/` between its parts; never leaves the folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Everything the plan knows about one case: why it departs as it does, or why it does not. None when no such case is in the week.
pub fn explain(_week: &Week, _plan: &Plan, _case: &CaseId, _lang: Lang) -> Option<String> {
    None
}

/// Every product but `plan.json`, in order of name; the text inside is in `lang`, except that the summary is there in both languages.
pub fn products(_week: &Week, _plan: &Plan, _lang: Lang) -> Vec<Product> {
    Vec::new()
}
