//! `commitments.csv`: departures that an earlier plan has proposed, given notice of or booked. Each is drawn from what the
//! gates and the timetable of this very folder allow, so that it can be kept.

use super::super::clock::at;
use super::super::draw::{Draw, Stream};
use super::super::folder::{columns, fields};
use super::Whole;
use crate::calendar::{local_date, own_clock};
use crate::gates::{Dossier, Journey, NoticeBook, assess};
use crate::itinerary::{Itineraries, Itinerary};
use crate::units::Instant;
use crate::week::read::read_files;
use crate::week::{Case, Level, Week};
use std::collections::BTreeMap;

/// Flights before this time of the day, local clock in minutes, may leave no time for the ride of every place.
const EARLIEST: i64 = 12 * 60 + 30;

impl Whole {
    pub(super) fn commitments(&mut self) {
        let wanted = (self.settings.cases as f64 * self.settings.committed.get()).round() as usize;
        if wanted == 0 {
            return;
        }
        let Ok(week) = read_files(&self.folder.files()) else { return };
        let mut draw = self.draw(Stream::Commitments);
        let mut book = Book::of(&week);
        let mut order: Vec<usize> = (0..week.cases.len()).collect();
        draw.shuffle(&mut order);
        let mut made = 0;
        for position in order {
            if made == wanted {
                return;
            }
            let Some((case, legs)) = book.departure(&mut draw, position) else { continue };
            let level = draw.weighted([(22.0, Level::Proposed), (46.0, Level::Noticed), (32.0, Level::Booked)]);
            let slot = if level == Level::Proposed { None } else { book.slot(&mut draw, case) };
            if level != Level::Proposed && slot.is_none() {
                continue;
            }
            let (slot, noticed_at) =
                (slot.as_ref().map(|(id, _)| id.clone()), slot.as_ref().map(|(_, starts)| *starts));
            let row = fields![case.id.as_str(), legs, slot, noticed_at, "", "", "", level.word()];
            self.folder.row(&columns::COMMITMENTS, row);
            made += 1;
        }
    }
}

/// What commitments take so far.
struct Book<'a> {
    week: &'a Week,
    notices: NoticeBook,
    itineraries: Itineraries,
    /// Travellers, returnees, and returnees without escorts on each leg.
    aboard: BTreeMap<usize, [u32; 3]>,
    /// Persons that arrive under a row of terms on a date.
    arriving: BTreeMap<(u64, chrono::NaiveDate), u32>,
    /// Cases told at each slot.
    told: BTreeMap<usize, u32>,
}

impl<'a> Book<'a> {
    fn of(week: &'a Week) -> Self {
        let (aboard, arriving, told) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (notices, itineraries) = (NoticeBook::new(week), Itineraries::of(week));
        Self { week, notices, itineraries, aboard, arriving, told }
    }

    /// A departure of a case on which all its gates are open, with its legs, and room on them.
    fn departure(&mut self, draw: &mut Draw, position: usize) -> Option<(&'a Case, String)> {
        let week = self.week;
        let case = week.cases.rows().get(position)?;
        let dossier = Dossier::of(week, case, &self.notices);
        let found = self.itineraries.for_case(&dossier).ok()?;
        let all = self.itineraries.all();
        let journeys: Vec<Journey<'_>> =
            found.iter().filter_map(|&at| Journey::over(week, &all.get(at)?.legs)).collect();
        let open = assess(position, &dossier, &journeys).open;
        let open: Vec<&Itinerary> = open.iter().filter_map(|&at| all.get(*found.get(at)?)).collect();
        let open: Vec<&Itinerary> = open.into_iter().filter(|way| self.has_room(case, way)).collect();
        let way = (*draw.choose(&open)?).clone();
        self.take(case, &way);
        let ids: Vec<&str> = way.legs.iter().map(|&leg| week.legs.rows()[leg].id.as_str()).collect();
        Some((case, ids.join(" ")))
    }

    fn has_room(&self, case: &Case, way: &Itinerary) -> bool {
        let late_enough = way.departs >= at(local_date(way.departs), EARLIEST);
        let room = way.legs.iter().all(|leg| {
            let row = &self.week.legs.rows()[*leg];
            let aboard = self.aboard.get(leg).copied().unwrap_or_default();
            let after = add(aboard, self.seats(case));
            let most = [row.seats, row.max_returnees, row.max_unescorted];
            after.iter().zip(most).all(|(taken, most)| *taken <= most)
        });
        let admitted = self
            .limit(case, way)
            .is_none_or(|(key, most)| self.arriving.get(&key).copied().unwrap_or(0) + case.persons(self.week) <= most);
        late_enough && room && admitted
    }

    fn take(&mut self, case: &Case, way: &Itinerary) {
        let seats = self.seats(case);
        for leg in &way.legs {
            let aboard = self.aboard.entry(*leg).or_default();
            *aboard = add(*aboard, seats);
        }
        if let Some((key, _)) = self.limit(case, way) {
            *self.arriving.entry(key).or_default() += case.persons(self.week);
        }
    }

    fn seats(&self, case: &Case) -> [u32; 3] {
        let persons = case.air_seats(self.week);
        let team = case.escorts + u32::from(case.medical_escort.is_some());
        [persons + team, persons, if case.escorts == 0 { persons } else { 0 }]
    }

    fn limit(&self, case: &Case, way: &Itinerary) -> Option<((u64, chrono::NaiveDate), u32)> {
        let terms = self.week.terms(case)?;
        Some(((terms.row.line, own_clock(way.arrives).date()), terms.max_per_day?))
    }

    /// A contact slot of the past with a place left, at which the case was told.
    fn slot(&mut self, draw: &mut Draw, case: &Case) -> Option<(String, Instant)> {
        let free: Vec<usize> = self
            .week
            .contact_slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| slot.location == case.location && slot.starts < self.week.now)
            .filter(|(at, slot)| self.told.get(at).copied().unwrap_or(0) < slot.capacity)
            .map(|(at, _)| at)
            .collect();
        let at = *draw.choose(&free)?;
        *self.told.entry(at).or_default() += 1;
        let slot = &self.week.contact_slots.rows()[at];
        Some((slot.id.as_str().to_owned(), slot.starts))
    }
}

fn add(a: [u32; 3], b: [u32; 3]) -> [u32; 3] {
    std::array::from_fn(|at| a[at].saturating_add(b[at]))
}
