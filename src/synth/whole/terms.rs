//! `destinations.csv`: what receiving states ask.

use super::super::draw::Stream;
use super::super::folder::{columns, fields};
use super::Whole;
use crate::week::CaseKind;
use std::collections::BTreeSet;

/// Cases a week from which receiving states are asked to take more persons a day.
const USUAL_CASES: f64 = 300.0;

impl Whole {
    pub(super) fn terms(&mut self) {
        let mut draw = self.draw(Stream::Terms);
        let more = (self.weekly / USUAL_CASES).max(1.0);
        let scaled = |persons: i64| (persons as f64 * more).round() as i64;
        let states: BTreeSet<(&str, bool)> =
            self.cases.iter().map(|case| (case.country, case.kind == CaseKind::Dublin)).collect();
        for (state, dublin) in states {
            // Dublin: announced in time, on working days between 09:00 and 16:00 (Implementing Regulation 1560/2003 and what
            // replaces it); a limit a day is agreed between states.
            let row = if dublin {
                fields![state, CaseKind::Dublin.word(), 5, 7, "09:00", "16:00", "1 2 3 4 5", scaled(draw.between(3, 8))]
            } else {
                let kind = draw.weighted([(80.0, ""), (20.0, CaseKind::Origin.word())]);
                let announce = draw.weighted([(60.0, None), (30.0, Some(3)), (10.0, Some(5))]);
                let from = draw.weighted([(75.0, None), (25.0, Some("07:00"))]);
                let until = draw.weighted([(75.0, None), (25.0, Some("22:00"))]);
                let weekdays = draw.weighted([(90.0, ""), (10.0, "1 2 3 4 5")]);
                let most = draw.weighted([(50.0, None), (25.0, Some(4)), (25.0, Some(6))]);
                fields![state, kind, announce, announce.unwrap_or(0).max(4), from, until, weekdays, most.map(scaled)]
            };
            self.folder.row(&columns::DESTINATIONS, row);
        }
    }
}
