//! `history.csv`: departures of the past, with outcomes drawn from [`truth`].

use super::super::calibration::{self, ESCORTED, PERSONS, truth};
use super::super::clock::day;
use super::super::draw::Stream;
use super::super::folder::{columns, fields};
use super::Whole;
use super::cases::file_parts;
use crate::risk::{RiskState, forecast};
use crate::units::Hours;
use crate::week::{CaseKind, FileParts, Outcome};

/// Departures for each case of the folder, and at most.
const FOR_EACH_CASE: usize = 25;
const MOST: usize = 3_000;
/// Days that the history goes back.
const DAYS: i64 = 540;

impl Whole {
    pub(super) fn history(&mut self) {
        let mut draw = self.draw(Stream::History);
        let truth = truth();
        let count = (self.settings.cases * FOR_EACH_CASE).min(MOST);
        let mut dates: Vec<_> = (0..count).map(|_| day(self.frame.today(), -draw.between(8, DAYS))).collect();
        dates.sort_unstable();
        for (number, planned_on) in dates.into_iter().enumerate() {
            let measure = draw.weighted(PERSONS);
            let dublin = draw.chance(calibration::dublin(measure));
            let kind = if dublin { CaseKind::Dublin } else { CaseKind::Origin };
            // From the least notice to two weeks, short ones more often; to a tenth of a day.
            let days = ((2.0 + 12.0 * draw.unit().powf(1.6)) * 10.0).round() / 10.0;
            let [belongings, physical, medical] = file_parts(&mut draw);
            let escorts = if draw.chance(ESCORTED) { draw.count(2, 4) } else { 0 };
            let state = RiskState {
                measure,
                notice: Hours::new(days * 24.0).unwrap_or_default(),
                file: FileParts { belongings, physical, medical },
                escorted: escorts > 0,
            };
            let expected = forecast(&truth, &state);
            let causes = expected.causes;
            let outcome = draw.weighted([
                (expected.p.get(), Outcome::Departed),
                (causes.no_show.get(), Outcome::NoShow),
                (causes.procedure.get(), Outcome::Procedure),
                (causes.preparation.get(), Outcome::Preparation),
                (causes.other.get(), Outcome::Other),
            ]);
            let id = format!("H{:05}", number + 1);
            let row = fields![
                id,
                planned_on,
                kind.word(),
                measure.word(),
                days,
                belongings,
                physical,
                medical,
                escorts,
                outcome.word()
            ];
            self.folder.row(&columns::HISTORY, row);
        }
    }
}
