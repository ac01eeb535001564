//! `cases.csv` and `persons.csv`: where each case is, where it goes, who is in it, and which of its gates are closed.

use super::super::airports::{self, Airport};
use super::super::calibration::{DUBLIN_STATES, ESCORTED, OTHER_COUNTRIES, PERSONS, SAFE, SAFE_COUNTRIES, dublin};
use super::super::clock::{Frame, after, at, day};
use super::super::draw::{Draw, Stream};
use super::super::folder::{columns, fields};
use super::super::places::{self, Place};
use super::Whole;
use super::households::{Household, Member};
use super::network::{HOMES, HUBS};
use crate::units::Instant;
use crate::week::{CaseKind, LocationKind, Measure, Medical, Sex};
use std::collections::BTreeSet;

/// A case as the rest of the week needs to know it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) kind: CaseKind,
    pub(super) country: &'static str,
    /// Airports that it may arrive at.
    pub(super) airports: Vec<&'static Airport>,
    pub(super) stay: &'static Place,
    pub(super) measure: Measure,
    pub(super) escorts: usize,
    pub(super) faults: Faults,
}

/// What keeps a case from departing, each drawn by itself: people who work on one part of a file do not wait for another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Faults {
    release: bool,
    voluntary: bool,
    period: bool,
    pub(super) document: bool,
    pub(super) procedure: bool,
    pub(super) availability: bool,
    fitness: bool,
    reception: bool,
}

impl Faults {
    fn of(draw: &mut Draw, measure: Measure) -> Self {
        let custody = matches!(measure, Measure::Detention | Measure::FamilyClosed);
        Self {
            release: draw.chance(0.06),
            voluntary: draw.chance(if custody { 0.02 } else { 0.06 }),
            period: draw.chance(0.17),
            document: draw.chance(0.18),
            procedure: draw.chance(0.14),
            availability: draw.chance(if custody { 0.1 } else { 0.28 }),
            fitness: draw.chance(0.04),
            reception: draw.chance(0.4),
        }
    }
}

/// Mean persons in a household under each measure, to get from shares of persons to shares of cases.
fn mean_household(measure: Measure) -> f64 {
    match measure {
        Measure::Detention => 1.02,
        Measure::FamilyClosed => 3.41,
        Measure::Family => 3.74,
        Measure::Restricted => 1.2,
        Measure::Reporting | Measure::Bail | Measure::None => 1.44,
    }
}

/// Airports that a flight from these home airports reaches, with or without a change.
fn reachable(homes: &[&str]) -> BTreeSet<&'static str> {
    let served = HOMES.iter().filter(|(home, _)| homes.contains(home)).flat_map(|(_, services)| services.iter());
    let mut found: BTreeSet<&str> = served.map(|(airport, _)| *airport).collect();
    let onward = HUBS.iter().filter(|hub| found.contains(hub.id)).flat_map(|hub| hub.onward.iter());
    let onward: Vec<&str> = onward.map(|(airport, _)| *airport).collect();
    found.extend(onward);
    found
}

impl Whole {
    /// All cases with everything that hangs on them.
    pub(super) fn cases(&mut self) {
        let mut draw = self.draw(Stream::Cases);
        let reachable = reachable(&self.homes);
        let officers = self.sized(0.15, 3);
        for (measure, number) in measures(&mut draw, self.settings.cases).into_iter().zip(1..) {
            let mut case = draw_case(&mut draw, number, measure);
            case.airports.retain(|airport| reachable.contains(airport.id));
            let household = Household::of(&mut draw, case.measure);
            case.escorts = escorts(&mut draw, &household);
            self.persons(&mut draw, &case, &household);
            self.case_row(&mut draw, &case, &household, officers);
            self.cases.push(case);
        }
    }

    fn case_row(&mut self, draw: &mut Draw, case: &Case, household: &Household, officers: usize) {
        let points: Vec<&str> = case.airports.iter().map(|airport| airport.id).collect();
        let points = if draw.chance(0.15) { points.into_iter().take(1).collect() } else { points };
        let [earliest, latest, term] = period(draw, &self.frame, case);
        let priority = draw.weighted([
            (46.0, None),
            (13.0, Some(1.0)),
            (9.0, Some(0.5)),
            (12.0, Some(0.75)),
            (13.0, Some(1.5)),
            (7.0, Some(2.0)),
        ]);
        let sex = if case.escorts == 0 { "" } else { escort_sex(draw, household) };
        let medical = draw.weighted([(93.0, None), (5.0, Some(Medical::Nurse)), (2.0, Some(Medical::Doctor))]);
        let officer = format!("V{:03}", draw.count(1, officers));
        let released = after(self.frame.now, -draw.between(4, 28 * 48) * 30);
        let (by, at) = match (case.faults.release, draw.between(0, 2)) {
            (false, _) => (Some(officer), Some(released)),
            (true, 0) => (Some(officer), Some(after(self.frame.now, 1440))),
            (true, _) => (None, None),
        };
        let [belongings, physical, medically] = file_parts(draw);
        let row = fields![
            case.id,
            case.kind.word(),
            case.country,
            points,
            case.stay.id,
            case.measure.word(),
            earliest,
            latest,
            term,
            priority,
            case.escorts,
            sex,
            medical.map(Medical::word),
            case.faults.voluntary,
            by,
            at,
            belongings,
            physical,
            medically
        ];
        self.folder.row(&columns::CASES, row);
    }

    fn persons(&mut self, draw: &mut Draw, case: &Case, household: &Household) {
        let minor = household.is_minor_alone();
        let confirmed = minor && !case.faults.reception;
        let wheelchair = draw.chance(0.02);
        for (at, Member { sex, age }) in household.0.iter().enumerate() {
            let (first, number) = (at == 0, self.folder.rows(&columns::PERSONS) + 1);
            let person = format!("P{number:05}");
            let (fit, until) = fitness(draw, &self.frame, first && case.faults.fitness);
            let chair = first && wheelchair;
            let row = fields![person, case.id, sex.word(), age.word(), minor, confirmed, fit, until, chair];
            self.folder.row(&columns::PERSONS, row);
            self.documents(draw, case, &person, first);
        }
        self.procedures(draw, case);
        self.availability(draw, case);
    }
}

/// The measures of so many cases: each in its share but for the part of a case, in random order.
fn measures(draw: &mut Draw, cases: usize) -> Vec<Measure> {
    let shares = PERSONS.map(|(persons, measure)| (persons / mean_household(measure), measure));
    let whole: f64 = shares.iter().map(|(share, _)| share).sum();
    let shift = draw.unit();
    let mut measures: Vec<Measure> = (0..cases)
        .map(|case| {
            let mut left = (case as f64 + shift) / cases as f64 * whole;
            let within = shares.iter().find(|(share, _)| {
                left -= share;
                left < 0.0
            });
            within.map_or(Measure::Detention, |(_, measure)| *measure)
        })
        .collect();
    draw.shuffle(&mut measures);
    measures
}

fn draw_case(draw: &mut Draw, number: usize, measure: Measure) -> Case {
    let (kind, country) = if draw.chance(dublin(measure)) {
        (CaseKind::Dublin, draw.weighted(DUBLIN_STATES))
    } else {
        let kind = if draw.chance(0.03) { CaseKind::ThirdCountry } else { CaseKind::Origin };
        (kind, if draw.chance(SAFE) { draw.weighted(SAFE_COUNTRIES) } else { draw.weighted(OTHER_COUNTRIES) })
    };
    let faults = Faults::of(draw, measure);
    let airports = airports::of_country(country).collect();
    let stay = stay(draw, measure);
    Case { id: format!("C{number:04}"), kind, country, airports, stay, measure, escorts: 0, faults }
}

/// Where people under a measure stay. In detention: most in the three centres, some in a prison after a sentence, a few
/// at a police station.
fn stay(draw: &mut Draw, measure: Measure) -> &'static Place {
    let kind = match measure {
        Measure::Detention => {
            draw.weighted([(86.0, LocationKind::Detention), (11.0, LocationKind::Prison), (3.0, LocationKind::Police)])
        }
        Measure::FamilyClosed => LocationKind::FamilyClosed,
        Measure::Family => LocationKind::Family,
        Measure::Restricted => LocationKind::Restricted,
        Measure::Reporting | Measure::Bail | Measure::None => LocationKind::Reception,
    };
    let places = places::of_kind(kind);
    // The first of a kind is used most.
    let at = draw.heavy((1..=places.len()).map(|rank| 1.0 / rank as f64));
    places.get(at).copied().unwrap_or(&places::PLACES[0])
}

fn escorts(draw: &mut Draw, household: &Household) -> usize {
    if !draw.chance(ESCORTED) {
        return 0;
    }
    let least = if household.0.len() > 3 { 3 } else { 2 };
    least + draw.weighted([(66.0, 0), (20.0, 1), (14.0, 2)])
}

fn escort_sex(draw: &mut Draw, household: &Household) -> &'static str {
    match household.alone() {
        Some(Sex::F) if draw.chance(0.7) => "f",
        Some(Sex::M) if draw.chance(0.06) => "m",
        None if draw.chance(0.3) => "f",
        _ => "",
    }
}

/// Which parts of a file are known: belongings, physical, medical.
pub(super) fn file_parts(draw: &mut Draw) -> [bool; 3] {
    [0.72, 0.78, 0.66].map(|known| draw.chance(known))
}

/// `earliest`, `latest` and `term_until`.
fn period(draw: &mut Draw, frame: &Frame, case: &Case) -> [Option<Instant>; 3] {
    let (first, last) = (frame.day(0), frame.day(frame.days));
    let midnight = |date| Some(at(date, 0));
    let mut earliest = match draw.unit() {
        below if below < 0.25 => None,
        below if below < 0.85 => midnight(day(first, -draw.between(5, 40))),
        _ => midnight(day(first, draw.between(0, frame.days * 2 / 3))),
    };
    let deadline = case.kind == CaseKind::Dublin;
    let mut latest = match draw.unit() {
        below if below < 0.08 => midnight(day(last, -draw.between(0, frame.days * 2 / 3))),
        below if below < 0.5 && !deadline => None,
        _ => midnight(day(last, draw.between(5, 150))),
    };
    if latest.is_some() && latest < earliest {
        earliest = None;
    }
    let in_custody = matches!(case.measure, Measure::Detention | Measure::FamilyClosed);
    let term = draw.chance(if in_custody { 0.15 } else { 0.5 });
    let mut term = Some(at(day(first, -draw.between(5, 60)), 720)).filter(|_| term);
    if case.faults.period {
        match draw.between(0, 3) {
            0 => {
                (earliest, latest) =
                    (midnight(day(last, draw.between(1, 28))), midnight(day(last, draw.between(40, 150))))
            }
            1 => (earliest, latest) = (None, midnight(day(first, -draw.between(0, 6)))),
            _ => term = Some(at(day(last, draw.between(0, 21)), 720)),
        }
    }
    [earliest, latest, term]
}

fn fitness(draw: &mut Draw, frame: &Frame, closed: bool) -> (&'static str, Option<Instant>) {
    let last = frame.day(frame.days);
    let until = at(day(last, draw.between(-frame.days / 4, 40)), 0);
    match (closed, draw.between(0, 9)) {
        (true, 0..=2) => ("no", None),
        (true, 3..=6) => ("pending", None),
        (true, _) => ("yes", Some(at(frame.day(0), 0))),
        (false, 0..=6) => ("not_required", None),
        (false, _) => ("yes", Some(until)),
    }
}
