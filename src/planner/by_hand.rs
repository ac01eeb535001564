//! A plan as somebody makes it by hand: cases in the order in which they were released, each on the first flight that takes
//! it, told as early as possible, driven with nobody else aboard, after the transfers that are asked for already; nothing is ever moved to make room. Lawful, and no more than that:
//! it is what plans are compared with.

use super::assemble::{self, Parts};
use super::insertion::Standing;
use super::model::{self, Load, Model};
use crate::options::build_early;
use crate::plan::Plan;
use crate::units::Instant;
use crate::week::Week;
use std::collections::BTreeMap;
use vertrek_solver::problem::{
    ChoiceId, CrewId, DemandId, Ending, JobId, Outcome, Problem, RoutePlan, RouteStop, Solution, TaskId, VehicleId,
};

/// Slack for sums of minutes, far below what plans are checked to.
const ROUNDING: f64 = 1e-6;

/// Plans a week without the optimiser. The bound printed with it is the trivial one: every case at its best.
pub fn plan_by_hand(week: &Week, made_at: Instant) -> Plan {
    let options = build_early(week);
    let model = model::build_whole(week, &options);
    let mut desk = Desk { problem: &model.problem, solution: Solution::default(), driving: BTreeMap::new() };
    desk.fixed_duties();
    desk.transfers(&model);
    for choices in in_order_of_release(week, &model) {
        desk.place(&choices);
    }
    desk.solution.routes = desk.driving.into_values().collect();
    desk.solution.choices.sort_unstable();
    let best = best_of_each(&model.problem);
    let outcome = Outcome { solution: desk.solution, bound: best, ending: Ending::Stopped };
    assemble::plan(&Parts { week, options: &options, model: &model }, &outcome, made_at)
}

/// The choices of each case, the first flight and the earliest notice first; cases in the order in which they were released.
fn in_order_of_release(week: &Week, model: &Model) -> Vec<Vec<ChoiceId>> {
    let mut of_case: BTreeMap<usize, Vec<ChoiceId>> = BTreeMap::new();
    for (id, choice) in model.problem.choices.iter().enumerate() {
        of_case.entry(choice.group).or_default().push(id);
    }
    let mut cases: Vec<(usize, Vec<ChoiceId>)> = of_case.into_iter().collect();
    cases.sort_by_key(|(case, _)| (week.cases.rows()[*case].release.at, *case));
    cases.into_iter().map(|(_, choices)| choices).collect()
}

fn best_of_each(problem: &Problem) -> f64 {
    let mut best: BTreeMap<usize, f64> = BTreeMap::new();
    for choice in &problem.choices {
        let known = best.entry(choice.group).or_default();
        *known = known.max(choice.value);
    }
    best.values().sum()
}

/// A plan under way.
struct Desk<'a> {
    problem: &'a Problem,
    solution: Solution,
    /// What vehicles drive so far.
    driving: BTreeMap<VehicleId, RoutePlan>,
}

impl Desk<'_> {
    /// The first free people, duty by duty.
    fn fixed_duties(&mut self) {
        let mut wanted: Vec<DemandId> =
            (0..self.problem.demands.len()).filter(|&demand| self.problem.demands[demand].base > 0.0).collect();
        wanted.sort_by(|&a, &b| self.start(a).total_cmp(&self.start(b)).then(a.cmp(&b)));
        for demand in wanted {
            let mut places = self.problem.demands[demand].base;
            while places > 0.5 {
                let Some(crew) = Standing::new(self.problem, &self.solution).first_free(demand) else { break };
                self.take_on(&[(crew, self.problem.demands[demand].job)]);
                places -= 1.0;
            }
        }
    }

    fn start(&self, demand: DemandId) -> f64 {
        self.problem.jobs[self.problem.demands[demand].job].start
    }

    /// Each transfer in the first vehicle that is free for it at the time.
    fn transfers(&mut self, model: &Model) {
        for task in (0..model.loads.len()).filter(|&task| matches!(model.loads[task], Load::Transfer(_))) {
            if let Some(route) = self.own_vehicle(task) {
                self.drive(route);
            }
        }
    }

    /// The first choice that fits.
    fn place(&mut self, choices: &[ChoiceId]) {
        let standing = Standing::new(self.problem, &self.solution);
        let found = choices.iter().find_map(|&id| {
            let choice = &self.problem.choices[id];
            let crew = standing.taken_on(choice)?;
            let route = match choice.task {
                Some(task) => Some(self.own_vehicle(task)?),
                None => None,
            };
            Some((id, crew, route))
        });
        if let Some((id, crew, route)) = found {
            self.solution.choices.push(id);
            self.take_on(&crew);
            route.into_iter().for_each(|route| self.drive(route));
        }
    }

    fn take_on(&mut self, crew: &[(CrewId, JobId)]) {
        for &(crew, job) in crew {
            let at = match self.solution.rosters.binary_search_by_key(&crew, |(known, _)| *known) {
                Ok(at) => at,
                Err(at) => {
                    self.solution.rosters.insert(at, (crew, Vec::new()));
                    at
                }
            };
            self.solution.rosters[at].1.push(job);
            self.solution.rosters[at]
                .1
                .sort_by(|&a, &b| self.problem.jobs[a].start.total_cmp(&self.problem.jobs[b].start));
        }
    }

    fn drive(&mut self, route: RoutePlan) {
        self.driving.insert(route.vehicle, route);
    }

    /// The first vehicle that can do the ride with nobody else aboard, before, between or after what it drives already.
    fn own_vehicle(&self, task: TaskId) -> Option<RoutePlan> {
        (0..self.problem.vehicles.len()).find_map(|vehicle| {
            let stops = self.driving.get(&vehicle).map_or(&[][..], |route| &route.stops);
            (0..=stops.len() / 2).rev().find_map(|gap| with_ride(self.problem, vehicle, stops, gap, task))
        })
    }
}

/// The route with one more ride in a gap between its rides, picked up as late as possible; what it drives already keeps its times.
/// None when the vehicle cannot.
fn with_ride(
    problem: &Problem,
    vehicle: VehicleId,
    stops: &[RouteStop],
    gap: usize,
    task: TaskId,
) -> Option<RoutePlan> {
    let (van, ride) = (&problem.vehicles[vehicle], &problem.tasks[task]);
    let places = ride.seats <= van.seats && ride.special <= van.special && van.compartments > 0;
    if !places || van.window.until < ride.delivery_window.from || van.window.from > ride.delivery_window.until {
        return None;
    }
    let minutes = |from, to| problem.travel.minutes(from, to);
    // Where and when the vehicle is free before, and where and when it must be after.
    let (from, free) = match gap.checked_sub(1).and_then(|before| stops.get(2 * before + 1)) {
        Some(stop) => (problem.tasks[stop.task].delivery, stop.at + problem.tasks[stop.task].unload),
        None => (van.depot, van.window.from),
    };
    let (to, due) = match stops.get(2 * gap) {
        Some(stop) => (problem.tasks[stop.task].pickup, stop.at),
        None => (van.depot, van.window.until),
    };
    let (out, with, on) = (minutes(from, ride.pickup), minutes(ride.pickup, ride.delivery), minutes(ride.delivery, to));
    let latest = ride.delivery_window.until.min(due - ride.unload - on);
    let at = ride.pickup_windows.iter().rev().find_map(|window| {
        let pickup = window.until.min(latest - with - ride.load);
        let dropoff = (pickup + ride.load + with).max(ride.delivery_window.from);
        let in_time =
            pickup >= window.from - ROUNDING && dropoff <= latest + ROUNDING && pickup - out >= free - ROUNDING;
        (in_time && dropoff - pickup - ride.load <= ride.max_ride + ROUNDING).then_some((pickup, dropoff))
    })?;
    let mut stops = stops.to_vec();
    let new = [RouteStop { task, pickup: true, at: at.0 }, RouteStop { task, pickup: false, at: at.1 }];
    stops.splice(2 * gap..2 * gap, new);
    let (first, last) = (stops.first()?, stops.last()?);
    let leave = first.at - minutes(van.depot, problem.tasks[first.task].pickup);
    let back = last.at + problem.tasks[last.task].unload + minutes(problem.tasks[last.task].delivery, van.depot);
    if leave < van.window.from - ROUNDING
        || back > van.window.until + ROUNDING
        || back - leave > van.max_minutes + ROUNDING
    {
        return None;
    }
    let mut places = vec![van.depot];
    places.extend(stops.iter().map(|stop| {
        let task = &problem.tasks[stop.task];
        if stop.pickup { task.pickup } else { task.delivery }
    }));
    places.push(van.depot);
    let km: f64 = places.windows(2).map(|pair| problem.travel.km(pair[0], pair[1])).sum();
    let cost = van.fixed + km * van.per_km + (back - leave) * van.per_minute;
    Some(RoutePlan { vehicle, leave, stops, back, km, cost })
}
