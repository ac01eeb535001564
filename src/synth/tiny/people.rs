//! Cases, persons, documents, procedures, availability, contact slots and commitments of a tiny week.

use super::super::airports::Airport;
use super::super::clock::{after, at};
use super::super::folder::{columns, fields};
use super::super::places::Place;
use super::Tiny;
use crate::week::LocationKind;

/// Countries whose cases go there under the Dublin rules.
const DUBLIN: [&str; 2] = ["IT", "LT"];

/// A case as the rest of the week needs to know it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TinyCase {
    stay: &'static Place,
    target: &'static Airport,
    dublin: bool,
}

/// What a case is made of: its persons as (sex, age group).
type Household = &'static [(&'static str, &'static str)];

/// Households, the likely ones first.
const HOUSEHOLDS: [(f64, Household); 7] = [
    (6.0, &[("m", "adult")]),
    (3.0, &[("f", "adult")]),
    (0.5, &[("x", "adult")]),
    (1.0, &[("m", "child")]),
    (1.0, &[("f", "adult"), ("m", "child")]),
    (1.0, &[("f", "adult"), ("f", "infant")]),
    (0.6, &[("f", "adult"), ("m", "adult"), ("f", "child")]),
];

/// What is wrong with a case that must not be planned.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Flaw {
    None,
    Release,
    Voluntary,
    Period,
    Document,
    Procedure,
    Availability,
    Fitness,
    Reception,
}

impl Tiny {
    /// All cases with everything that hangs on them.
    pub(super) fn cases(&mut self) -> Vec<TinyCase> {
        let count = self.draw.weighted([(1.0, 2), (3.0, 3), (4.0, 4), (4.0, 5)]);
        (1..=count).filter_map(|number| self.case(number)).collect()
    }

    fn case(&mut self, number: usize) -> Option<TinyCase> {
        let stay = *self.draw.choose(&self.stays)?;
        let target = *self.draw.choose(&self.targets)?;
        let dublin = DUBLIN.contains(&target.country);
        let flaw = if self.draw.chance(0.15) { self.flaw() } else { Flaw::None };
        let case = format!("C{number}");
        self.persons(&case, target, dublin, flaw);
        self.procedure(&case, flaw);
        self.availability(&case, flaw);
        self.case_row(&case, TinyCase { stay, target, dublin }, flaw);
        Some(TinyCase { stay, target, dublin })
    }

    fn flaw(&mut self) -> Flaw {
        self.draw.pick([
            Flaw::Release,
            Flaw::Voluntary,
            Flaw::Period,
            Flaw::Document,
            Flaw::Document,
            Flaw::Procedure,
            Flaw::Availability,
            Flaw::Fitness,
            Flaw::Reception,
        ])
    }

    fn case_row(&mut self, case: &str, TinyCase { stay, target, dublin }: TinyCase, flaw: Flaw) {
        let kind = if dublin { "dublin" } else { self.draw.weighted([(9.0, "origin"), (1.0, "third_country")]) };
        let both: Vec<&str> =
            self.targets.iter().filter(|other| other.country == target.country).map(|other| other.id).collect();
        let entry = self.draw.weighted([(6.0, vec![target.id]), (2.0, both), (0.4, Vec::new())]);
        let measure = measure(&mut self.draw, stay.kind);
        let earliest = self.draw.weighted([(5.0, None), (4.0, Some((-20, 0))), (1.0, Some((0, 600)))]);
        let latest = self.draw.weighted([(5.0, None), (4.0, Some((20, 0))), (1.0, Some((1, 540)))]);
        let term = self.draw.weighted([(6.0, None), (4.0, Some((-30, 720))), (1.5, Some((0, 600)))]);
        let latest = if flaw == Flaw::Period { Some((-1, 600)) } else { latest };
        let earliest = earliest.filter(|_| flaw != Flaw::Period);
        let [earliest, latest, term] =
            [earliest, latest, term].map(|when| when.map(|(days, minutes)| self.base.at(days, minutes)));
        let priority = self.draw.pick([None, Some(0.5), Some(1.0), Some(1.5), Some(2.0)]);
        let escorts = self.draw.weighted([(5.0, 0), (3.0, 1), (2.0, 2)]);
        let sex = if escorts > 0 { self.draw.weighted([(6.0, ""), (2.0, "f"), (1.0, "m")]) } else { "" };
        let medical = self.draw.weighted([(6.0, ""), (1.0, "nurse"), (0.8, "doctor")]);
        let released = after(self.frame.now, -self.draw.between(0, 5) * 1440);
        let (by, at) = match (flaw, self.draw.between(0, 2)) {
            (Flaw::Release, 0) => ("", Some(released)),
            (Flaw::Release, 1) => ("V1", None),
            (Flaw::Release, _) => ("V1", Some(after(self.frame.now, 60))),
            _ => ("V1", Some(released)),
        };
        let [belongings, physical, medically] = [0.7, 0.8, 0.6].map(|p| self.draw.chance(p));
        let voluntary = flaw == Flaw::Voluntary;
        let row = fields![
            case,
            kind,
            target.country,
            entry,
            stay.id,
            measure,
            earliest,
            latest,
            term,
            priority,
            escorts,
            sex,
            medical,
            voluntary,
            by,
            at,
            belongings,
            physical,
            medically
        ];
        self.folder.row(&columns::CASES, row);
    }

    fn persons(&mut self, case: &str, target: &Airport, dublin: bool, flaw: Flaw) {
        let alone: Household = &[("f", "child")];
        let household = if flaw == Flaw::Reception { alone } else { self.draw.weighted(HOUSEHOLDS) };
        let minor = household.len() == 1 && household.iter().all(|(_, age)| *age == "child");
        let wheelchair = self.draw.chance(0.12);
        for (at, (sex, age)) in household.iter().enumerate() {
            let person = format!("P{}", self.folder.rows(&columns::PERSONS) + 1);
            let first = at == 0;
            let (fit, until) = self.fitness(flaw, first);
            let confirmed = minor && flaw != Flaw::Reception;
            let chair = wheelchair && first;
            let row = fields![person, case, sex, age, minor, confirmed, fit, until, chair];
            self.folder.row(&columns::PERSONS, row);
            self.documents(&person, target, dublin, flaw);
        }
    }

    fn fitness(&mut self, flaw: Flaw, first: bool) -> (&'static str, Option<crate::units::Instant>) {
        let later = self.base.at(self.draw.between(2, 9), 0);
        match (flaw == Flaw::Fitness && first, self.draw.between(0, 9)) {
            (true, 0..=2) => ("no", None),
            (true, 3..=5) => ("pending", None),
            (true, 6..=7) => ("yes", None),
            (true, _) => ("yes", Some(self.base.at(-1, 0))),
            (false, 0..=6) => ("not_required", None),
            (false, 7) => ("yes", Some(self.base.at(1, 840))),
            (false, _) => ("yes", Some(later)),
        }
    }

    fn documents(&mut self, person: &str, target: &Airport, dublin: bool, flaw: Flaw) {
        let draw = &mut self.draw;
        let other = ["laissez_passer", "passport", "readmission_agreement"];
        let kind = if dublin { draw.pick(["eu_laissez_passer", "passport"]) } else { draw.pick(other) };
        let broken = if flaw == Flaw::Document { draw.between(1, 5) } else { 0 };
        let kind = match (broken, dublin) {
            (1, true) => "laissez_passer",
            (1, false) => "eu_laissez_passer",
            _ => kind,
        };
        let status = if broken == 2 { draw.pick(["promised", "withdrawn"]) } else { "issued" };
        let from = draw.weighted([(1.0, None), (1.0, Some(-60)), (1.0, Some(-3)), (0.1, Some(1))]);
        let until = draw.weighted([(1.0, 2), (1.0, 3), (8.0, 60)]);
        let points = if broken == 5 { "AMS" } else { draw.weighted([(7.0, ""), (3.0, target.id)]) };
        let from = from.map(|days| self.base.at(days, 0));
        let until = match broken {
            3 => None,
            4 => Some(self.base.at(1, 0)),
            _ => Some(self.base.at(until, 720)),
        };
        let number = self.folder.rows(&columns::DOCUMENTS) + 1;
        let row = fields![format!("D{number}"), person, kind, status, from, until, points];
        self.folder.row(&columns::DOCUMENTS, row);
    }

    fn procedure(&mut self, case: &str, flaw: Flaw) {
        let opened = self.base.at(-40, 600);
        let closed = after(self.frame.now, -1440);
        let (closed, suspensive) = match (flaw == Flaw::Procedure, self.draw.between(0, 3)) {
            (true, 0) => (Some(after(self.frame.now, 1440)), true),
            (true, _) => (None, true),
            (false, 0) => (Some(closed), true),
            (false, 1) => (None, false),
            (false, _) => return,
        };
        let id = format!("R{}", self.folder.rows(&columns::PROCEDURES) + 1);
        self.folder.row(&columns::PROCEDURES, fields![id, case, "asylum", opened, closed, suspensive]);
    }

    fn availability(&mut self, case: &str, flaw: Flaw) {
        let now = self.frame.now;
        let hours = self.draw.weighted([(2.0, 3), (2.0, 40), (2.0, 100), (2.0, 168), (0.3, 169)]);
        let confirmed = match (flaw == Flaw::Availability, self.draw.between(0, 3)) {
            (true, 0) => return,
            (true, 1) => None,
            (true, 2) => Some(after(now, 30)),
            (true, _) => Some(after(now, -170 * 60)),
            (false, _) => Some(after(now, -hours * 60)),
        };
        let (from, until) = (self.base.at(-9, 0), self.base.at(6, 0));
        if self.draw.chance(0.12) {
            let gap = self.base.at(0, self.draw.between(6, 16) * 60);
            self.folder.row(&columns::AVAILABILITY, fields![case, from, gap, "dji", confirmed]);
            self.folder.row(&columns::AVAILABILITY, fields![case, after(gap, 120), until, "dji", confirmed]);
        } else {
            self.folder.row(&columns::AVAILABILITY, fields![case, from, until, "coa", confirmed]);
        }
    }

    /// `contact_slots.csv`: at every place one or two, near the least notice or long before it.
    pub(super) fn slots(&mut self) {
        for stay in self.stays.clone() {
            let today = self.frame.today();
            let early = at(today, self.draw.pick([510, 600, 810, 960]));
            let late = self.base.at(-self.draw.between(2, 4), self.draw.pick([570, 600, 840, 930]));
            for starts in [Some(early).filter(|_| self.draw.chance(0.85)), Some(late)].into_iter().flatten() {
                let capacity = self.draw.weighted([(6.0, 1), (3.0, 2), (0.3, 0)]);
                self.slot(stay, starts, capacity);
            }
        }
    }

    fn slot(&mut self, stay: &Place, starts: crate::units::Instant, capacity: i64) -> String {
        let id = format!("S{}", self.folder.rows(&columns::CONTACT_SLOTS) + 1);
        self.folder.row(&columns::CONTACT_SLOTS, fields![id, stay.id, starts, capacity]);
        id
    }

    /// `commitments.csv`: sometimes one case that has been told about a flight, or is booked on it.
    pub(super) fn commitment(&mut self, cases: &[TinyCase]) {
        if !self.draw.chance(0.5) {
            return;
        }
        let number = self.draw.index(cases.len());
        let Some(case) = cases.get(number) else { return };
        let flights: Vec<_> = self.direct.iter().filter(|flight| flight.to == case.target.id).collect();
        let Some(leg) = self.draw.choose(&flights).map(|flight| flight.id.clone()) else { return };
        let level = self.draw.weighted([(1.0, "proposed"), (3.0, "noticed"), (3.0, "booked"), (2.0, "locked")]);
        let told = after(self.frame.now, -self.draw.between(4, 44) * 30);
        let noticed_at = (level != "proposed").then_some(told);
        let slot = noticed_at.map(|told| self.slot(case.stay, told, 1));
        let escorts = if level == "booked" && case.dublin { "E1" } else { "" };
        let row = fields![format!("C{}", number + 1), leg, slot, noticed_at, escorts, "", "", level];
        self.folder.row(&columns::COMMITMENTS, row);
    }
}

/// The measure that goes with a place.
fn measure(draw: &mut super::Draw, kind: LocationKind) -> &'static str {
    match kind {
        LocationKind::FamilyClosed => "family_closed",
        LocationKind::Restricted => "restricted",
        LocationKind::Family => "family",
        LocationKind::Reception => draw.pick(["reporting", "none", "bail"]),
        _ => "detention",
    }
}
