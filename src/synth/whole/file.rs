//! The file of a case: `documents.csv`, `procedures.csv` and `availability.csv`.

use super::super::clock::{after, at, day};
use super::super::draw::Draw;
use super::super::folder::{columns, fields};
use super::Whole;
use super::cases::Case;
use crate::units::Instant;
use crate::week::{CaseKind, DocumentKind, DocumentStatus, LocationKind};

/// Countries with which people return on a document of a readmission agreement.
const READMISSION: [&str; 10] = ["AL", "AM", "AZ", "BA", "GE", "MD", "MK", "PK", "RS", "XK"];

/// What is wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Flaw {
    Missing,
    Promised,
    Withdrawn,
    Expired,
}

impl Whole {
    /// `documents.csv`: one a person, or none yet.
    pub(super) fn documents(&mut self, draw: &mut Draw, case: &Case, person: &str, first: bool) {
        let flaw = (first && case.faults.document).then(|| {
            draw.weighted([
                (15.0, Flaw::Missing),
                (57.0, Flaw::Promised),
                (12.0, Flaw::Withdrawn),
                (16.0, Flaw::Expired),
            ])
        });
        let kind = document_kind(draw, case);
        let (from, until) = self.validity(draw, kind, flaw);
        // Some replacement documents hold for arrival at one airport alone.
        let bound = kind == DocumentKind::LaissezPasser && draw.chance(0.2);
        let point = draw.choose(&case.airports).filter(|_| bound).map(|airport| airport.id);
        let status = match flaw {
            Some(Flaw::Promised) => DocumentStatus::Promised,
            Some(Flaw::Withdrawn) => DocumentStatus::Withdrawn,
            _ => DocumentStatus::Issued,
        };
        if flaw != Some(Flaw::Missing) {
            let document = format!("D{:05}", self.folder.rows(&columns::DOCUMENTS) + 1);
            let row = fields![document, person, kind.word(), status.word(), from, until, point];
            self.folder.row(&columns::DOCUMENTS, row);
        }
    }

    /// Passports hold for years, replacement documents for weeks or months.
    fn validity(&self, draw: &mut Draw, kind: DocumentKind, flaw: Option<Flaw>) -> (Instant, Option<Instant>) {
        let (first, last) = (self.frame.day(0), self.frame.day(self.frame.days));
        let days = match kind {
            DocumentKind::Passport => draw.between(200, 3_000),
            _ if draw.chance(0.04) => draw.between(-self.frame.days / 2, 1),
            _ => draw.between(8, 150),
        };
        let issued = at(day(self.frame.today(), -draw.between(2, 60)), 540 + draw.between(0, 15) * 30);
        match flaw {
            Some(Flaw::Expired) => {
                let until = at(day(first, -draw.between(0, 20)), 0);
                (after(until, -90 * 1440), Some(until))
            }
            // A promised document has no dates that count yet.
            Some(Flaw::Promised) => (issued, draw.chance(0.5).then(|| at(day(last, days.max(8)), 0))),
            _ => (issued, Some(at(day(last, days), 0))),
        }
    }

    /// `procedures.csv`: what has been decided, what is open without stopping departure, and what stops it.
    pub(super) fn procedures(&mut self, draw: &mut Draw, case: &Case) {
        let now = self.frame.now;
        for _ in 0..draw.weighted([(38.0, 0), (34.0, 1), (19.0, 2), (9.0, 3)]) {
            let kind = draw.weighted([
                (25.0, "asylum"),
                (24.0, "appeal"),
                (15.0, "higher_appeal"),
                (20.0, "regular"),
                (16.0, "objection"),
            ]);
            let opened = after(now, -draw.between(60, 900) * 1440);
            let closed = after(opened, draw.between(6, 55) * 1440);
            self.procedure(case, kind, opened, Some(closed), draw.chance(0.6));
        }
        if draw.chance(0.09) {
            let kind = draw.pick(["regular", "objection", "higher_appeal"]);
            self.procedure(case, kind, after(now, -draw.between(5, 200) * 1440), None, false);
        }
        if case.faults.procedure {
            let kind = draw.weighted([
                (40.0, "repeat_asylum"),
                (30.0, "provisional_measure"),
                (18.0, "appeal"),
                (12.0, "article_64"),
            ]);
            // Some have a date of decision already, after now.
            let decided = draw.chance(0.2).then(|| after(now, draw.between(2, 20) * 1440));
            self.procedure(case, kind, after(now, -draw.between(0, 45) * 1440), decided, true);
        }
    }

    fn procedure(&mut self, case: &Case, kind: &str, opened: Instant, closed: Option<Instant>, suspensive: bool) {
        let id = format!("R{:05}", self.folder.rows(&columns::PROCEDURES) + 1);
        self.folder.row(&columns::PROCEDURES, fields![id, case.id, kind, opened, closed, suspensive]);
    }

    /// `availability.csv`: said by whoever looks after the place, some too long ago, some with days away.
    pub(super) fn availability(&mut self, draw: &mut Draw, case: &Case) {
        let now = self.frame.now;
        let source = match case.stay.kind {
            LocationKind::Reception | LocationKind::Family | LocationKind::Restricted => "coa",
            LocationKind::Police => "police",
            _ => "dji",
        };
        let confirmed = match (case.faults.availability, draw.between(0, 9)) {
            (true, 0) => return,
            (true, 1..=3) => None,
            (true, _) => Some(after(now, -draw.between(8 * 24, 30 * 24) * 60)),
            (false, _) => Some(after(now, -draw.between(1, 2 * 6 * 24) * 30)),
        };
        let from = at(day(self.frame.today(), -draw.between(1, 10)), 0);
        let until = at(day(self.frame.day(self.frame.days), draw.between(1, 20)), 0);
        if draw.chance(0.07) {
            // A day at court or in hospital.
            let away = at(self.frame.day(draw.between(0, self.frame.days - 1)), 480);
            self.folder.row(&columns::AVAILABILITY, fields![case.id, from, away, source, confirmed]);
            self.folder.row(&columns::AVAILABILITY, fields![case.id, after(away, 600), until, source, confirmed]);
        } else {
            self.folder.row(&columns::AVAILABILITY, fields![case.id, from, until, source, confirmed]);
        }
    }
}

fn document_kind(draw: &mut Draw, case: &Case) -> DocumentKind {
    let readmission = if READMISSION.contains(&case.country) { 25.0 } else { 0.0 };
    match case.kind {
        CaseKind::Dublin => draw.weighted([(82.0, DocumentKind::EuLaissezPasser), (18.0, DocumentKind::Passport)]),
        CaseKind::Origin | CaseKind::ThirdCountry => draw.weighted([
            (45.0, DocumentKind::LaissezPasser),
            (40.0, DocumentKind::Passport),
            (readmission, DocumentKind::ReadmissionAgreement),
        ]),
    }
}
