//! The best objective of a tiny week by trying everything, written from the specification alone: it shares the reading of
//! the folder and the calendar with the program, and nothing of its gates, options, planner, solver or checker.

mod before;
mod rides;
mod teams;
mod ways;

use before::Before;
use rides::Ride;
use std::collections::{BTreeMap, BTreeSet};
use teams::Wanted;
use vertrek::plan::Plan;
use vertrek::week::*;
use ways::Way;

/// The best objective of section 7, in euro.
#[allow(dead_code, reason = "not every test is about planning")]
pub(crate) fn best_objective(week: &Week) -> f64 {
    best(week, &Before::default())
}

/// The best objective of section 7 less the change costs of section 10, for a plan under way of which nothing is locked.
#[allow(dead_code, reason = "not every test is about repair")]
pub(crate) fn best_repair(week: &Week, earlier: &Plan) -> f64 {
    best(week, &Before::of(week, earlier))
}

fn best(week: &Week, before: &Before) -> f64 {
    let ways: Vec<Vec<Way>> = week.cases.iter().map(|case| ways::ways(week, case)).collect();
    let mut search = Search::new(week, &ways, before);
    search.decide(0);
    search.best
}

struct Search<'a> {
    week: &'a Week,
    ways: &'a [Vec<Way>],
    before: &'a Before,
    /// Ways to drive (case, first leg), as bits of the sets in `routes`; absent when no ride is needed.
    ride_at: BTreeMap<(usize, usize), u64>,
    /// The same for each transfer.
    transfers: Vec<u64>,
    transfers_from: usize,
    routes: BTreeMap<u64, f64>,
    teams: BTreeMap<Vec<Option<usize>>, Option<f64>>,
    chosen: Vec<Option<usize>>,
    best: f64,
}

impl<'a> Search<'a> {
    fn new(week: &'a Week, ways: &'a [Vec<Way>], before: &'a Before) -> Self {
        let mut rides: Vec<Ride> = Vec::new();
        let mut ride_at = BTreeMap::new();
        for (case, ways) in ways.iter().enumerate() {
            for first in ways.iter().map(|way| way.legs[0]).collect::<BTreeSet<_>>() {
                if let Some(ride) = rides::ride_of_case(week, case, &week.legs.rows()[first]) {
                    let ways = rides::published(week, ride, before.rides.get(&case));
                    ride_at.insert((case, first), bits(rides.len(), ways.len()));
                    rides.extend(ways);
                }
            }
        }
        let transfers_from = rides.len();
        let mut transfers = Vec::new();
        for (at, ride) in rides::transfers(week).into_iter().enumerate() {
            let ways = rides::published(week, ride, before.transfers.get(&at));
            transfers.push(bits(rides.len(), ways.len()));
            rides.extend(ways);
        }
        let routes = rides::cheapest(week, &rides);
        let (teams, chosen) = (BTreeMap::new(), Vec::new());
        Self { week, ways, before, ride_at, transfers, transfers_from, routes, teams, chosen, best: f64::NEG_INFINITY }
    }

    /// Tries every itinerary, and none, for this case and all after it.
    fn decide(&mut self, case: usize) {
        if case == self.ways.len() {
            if let Some(objective) = self.objective() {
                self.best = self.best.max(objective);
            }
            return;
        }
        for way in std::iter::once(None).chain((0..self.ways[case].len()).map(Some)) {
            self.chosen.push(way);
            self.decide(case + 1);
            self.chosen.pop();
        }
    }

    fn planned(&self) -> impl Iterator<Item = (usize, &'a Way)> + '_ {
        self.chosen.iter().enumerate().filter_map(|(case, way)| Some((case, &self.ways[case][(*way)?])))
    }

    /// The best objective with these itineraries; none when they cannot be.
    fn objective(&mut self) -> Option<f64> {
        let transport = self.rides()?;
        let worth = self.notices(&self.planned().collect::<Vec<_>>(), &mut BTreeMap::new())? - self.taken_off();
        if worth - transport <= self.best {
            return None;
        }
        let teams = self.wanted();
        if !self.seats_and_arrivals(&teams) {
            return None;
        }
        let escorts = match self.teams.get(&self.chosen) {
            Some(&known) => known,
            None => {
                let list: Vec<(&[usize], Wanted)> = teams.iter().map(|(legs, w)| (*legs, w.clone())).collect();
                let cost = teams::cheapest(self.week, &list, self.before);
                self.teams.insert(self.chosen.clone(), cost);
                cost
            }
        };
        Some(worth - transport - escorts?)
    }

    /// Section 10: cases that are taken off legs that they were told of.
    fn taken_off(&self) -> f64 {
        let planned: BTreeMap<usize, &[usize]> = self.planned().map(|(case, way)| (case, &way.legs[..])).collect();
        let off = |case: &usize, legs: &Option<Vec<usize>>| planned.get(case).copied() != legs.as_deref();
        self.before.off.iter().filter(|(case, (legs, _))| off(case, legs)).map(|(_, (_, cost))| cost).sum()
    }

    /// Section 3: the best slots, each with its capacity.
    fn notices(&self, planned: &[(usize, &Way)], used: &mut BTreeMap<usize, u32>) -> Option<f64> {
        let Some(((_, way), rest)) = planned.split_first() else { return Some(0.0) };
        let mut best: Option<f64> = None;
        for notice in &way.notices {
            if let Some(slot) = notice.slot {
                let count = used.entry(slot).or_default();
                if *count >= self.week.contact_slots.rows()[slot].capacity {
                    continue;
                }
                *count += 1;
            }
            if let Some(others) = self.notices(rest, used) {
                best = Some(best.map_or(f64::NEG_INFINITY, |b| b).max(notice.worth + others));
            }
            if let Some(count) = notice.slot.and_then(|slot| used.get_mut(&slot)) {
                *count -= 1;
            }
        }
        best
    }

    /// Transport and unmet transfers.
    fn rides(&self) -> Option<f64> {
        let needed: Vec<u64> =
            self.planned().filter_map(|(case, way)| self.ride_at.get(&(case, way.legs[0])).copied()).collect();
        let cases = (1_u64 << self.transfers_from) - 1;
        let exactly = |set: u64| {
            needed.iter().all(|ways| (set & ways).count_ones() == 1)
                && set & cases & !needed.iter().fold(0, |all, ways| all | ways) == 0
        };
        let cost = |(&set, &cost): (&u64, &f64)| {
            exactly(set).then(|| {
                let unmet = self.transfers.iter().filter(|ways| set & **ways == 0).count();
                cost + unmet as f64 * self.week.costs.unmet_transfer.get()
            })
        };
        self.routes.iter().filter_map(cost).min_by(f64::total_cmp)
    }

    /// Section 5: what each itinerary asks for.
    fn wanted(&self) -> BTreeMap<&'a [usize], Wanted> {
        let mut teams: BTreeMap<&[usize], Wanted> = BTreeMap::new();
        for (case, way) in self.planned() {
            let case = &self.week.cases.rows()[case];
            let first = &self.week.legs.rows()[way.legs[0]];
            let standby = if first.kind == LegKind::Scheduled { 0 } else { first.standby_escorts };
            let team = teams.entry(&way.legs).or_insert_with(|| Wanted { escorts: standby, ..Wanted::default() });
            team.escorts += case.escorts;
            if let Some(sex) = case.escort_sex {
                team.by_sex[sex as usize] += 1;
            }
            team.medics += u32::from(case.medical_escort.is_some());
            team.doctors += u32::from(case.medical_escort == Some(Medical::Doctor));
            team.destinations.push(case.destination);
        }
        teams
    }

    /// Sections 2 (persons a day) and 4 (seats).
    fn seats_and_arrivals(&self, teams: &BTreeMap<&'a [usize], Wanted>) -> bool {
        let (mut travellers, mut returnees, mut unescorted) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut arriving: BTreeMap<_, (u32, u32)> = BTreeMap::new();
        for (case, way) in self.planned() {
            let case = &self.week.cases.rows()[case];
            for &leg in &way.legs {
                *travellers.entry(leg).or_insert(0) += case.air_seats(self.week);
                *returnees.entry(leg).or_insert(0) += case.air_seats(self.week);
                *unescorted.entry(leg).or_insert(0) += if case.escorts == 0 { case.air_seats(self.week) } else { 0 };
            }
            if let Some((row, date, limit)) = ways::arrival_limit(self.week, case, &way.legs) {
                let day = arriving.entry((row, date)).or_insert((0, limit));
                day.0 += case.persons(self.week);
            }
        }
        for (legs, wanted) in teams {
            for leg in *legs {
                *travellers.entry(*leg).or_insert(0) += wanted.team();
            }
        }
        let leg = |l: &usize| &self.week.legs.rows()[*l];
        travellers.iter().all(|(l, n)| *n <= leg(l).seats)
            && returnees.iter().all(|(l, n)| *n <= leg(l).max_returnees)
            && unescorted.iter().all(|(l, n)| *n <= leg(l).max_unescorted)
            && arriving.values().all(|(n, limit)| n <= limit)
    }
}

/// So many bits from one on.
fn bits(from: usize, count: usize) -> u64 {
    ((1 << count) - 1) << from
}
