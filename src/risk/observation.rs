//! One departure of the past, as the fit sees it, and the one door through which rows of `history.csv` come in.

use super::RiskState;
use crate::units::Hours;
use crate::week::{Outcome, PastDeparture};
use chrono::NaiveDate;

/// A departure of the past: when it was planned, the state of the process, how it ended. What a person is has no field here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Date it was planned on; orders the history, enters no forecast.
    pub planned_on: NaiveDate,
    /// The state of the process.
    pub state: RiskState,
    /// How it ended.
    pub outcome: Outcome,
}

impl Observation {
    /// What the fit may see of a row. Every column is named, so that a new one has to be let in or kept out by hand.
    pub fn of(row: &PastDeparture) -> Self {
        let PastDeparture { id: _, planned_on, kind: _, measure, notice_days, file, escorts, outcome, row: _ } = row;
        let notice = Hours::new(notice_days * 24.0).unwrap_or_default();
        let state = RiskState { measure: *measure, notice, file: *file, escorted: *escorts > 0 };
        Self { planned_on: *planned_on, state, outcome: *outcome }
    }
}
