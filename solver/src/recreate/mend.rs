//! Mending: from what was planned before to a feasible solution near it, and a short cold search from there. Where much of
//! what was planned has gone, a longer and warmer one follows. No linear program and no bound: for the moment in which
//! somebody waits.

use super::Best;
use super::index::Index;
use super::insert::Item;
use super::ruin;
use super::state::State;
use super::timing::Stop;
use crate::problem::*;
use crate::validate::{Malformed, validate};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What was planned, as far as the problem has a name for it; nothing of it needs to be possible.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The choices of a group that come nearest to what was planned, nearest first.
    pub choices: Vec<(GroupId, Vec<ChoiceId>)>,
    /// The groups that a vehicle picks up (true) and delivers, in order.
    pub routes: Vec<(VehicleId, Vec<(GroupId, bool)>)>,
    /// Who does what.
    pub rosters: Vec<(CrewId, Vec<JobId>)>,
    /// How much else is not as it was: what the problem has no name for any more, and what could not be planned before.
    pub otherwise: u64,
}

/// A better solution is verified and copied, which takes longer than a round, once in so many.
const TAKEN: u64 = 16;
/// How hot the short search begins, in what a typical thing served costs; a longer one is as much hotter as it is longer.
const HEAT: f64 = 0.05;
/// How cold every search ends.
const CHILL: f64 = 0.001;
/// So many things that are not as planned, squared, make up for one more search as long as the short one: each has to find
/// its place among the others.
const HURT: u64 = 20;

/// The solution of nothing at all, and the index of a problem that is well formed; none where it has nothing to index.
fn ready(problem: &Problem) -> Result<(Solution, Option<Index<'_>>), Vec<Malformed>> {
    let faults = validate(problem);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut nothing = Solution::default();
    nothing.objective = crate::verify::value(problem, &nothing);
    Ok((nothing, Index::new(problem)))
}

/// A feasible solution near a wish, searched on from for at most so many rounds on each thread, and up to `more` times as
/// many again where much is not as wished. The same for the same seed and threads, unless the control ends it.
///
/// # Errors
/// Every way in which the problem is malformed.
pub fn mend(
    problem: &Problem,
    wish: &Wish,
    settings: &Settings,
    rounds: u64,
    more: u64,
    control: &dyn Control,
) -> Result<Solution, Vec<Malformed>> {
    let (nothing, index) = ready(problem)?;
    let Some(index) = index else { return Ok(nothing) };
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    let mut state = State::new(&index);
    let hurt = state.follow(wish, &mut rng);
    let unlike = state.unlike(wish) + wish.otherwise;
    state.recreate(&hurt, None, &mut rng);
    state.keep();
    let mut start = state.solution();
    if !crate::verify::faults(problem, &start).is_empty() || start.objective < nothing.objective {
        start = nothing;
    }
    let stop = || control.seconds_left() <= 0.0;
    // The short search first, so that something good is there when the control ends the long one while it is hot.
    let short = Search { hurt: &hurt, rounds, heat: HEAT, stream: 0 };
    let found = short.run(&index, start, settings, &stop);
    let times = (unlike.saturating_mul(unlike) / HURT).min(more);
    if times == 0 {
        return Ok(found);
    }
    let heat = (HEAT * times as f64).min(1.0);
    let long = Search { hurt: &[], rounds: rounds.saturating_mul(times), heat, stream: 1 << 32 };
    Ok(long.run(&index, found, settings, &stop))
}

/// The solution nearest to a wish, with nothing added to it: what of it does not go together is left out.
///
/// # Errors
/// Every way in which the problem is malformed.
pub fn seat(problem: &Problem, wish: &Wish) -> Result<Solution, Vec<Malformed>> {
    let (nothing, index) = ready(problem)?;
    let Some(index) = index else { return Ok(nothing) };
    let mut state = State::new(&index);
    state.follow(wish, &mut ChaCha8Rng::seed_from_u64(0));
    let solution = state.solution();
    Ok(if crate::verify::faults(problem, &solution).is_empty() { solution } else { nothing })
}

impl State<'_> {
    /// Brings the state, in which nothing is served, as near to a wish as it goes; what of it is not served as wished.
    fn follow(&mut self, wish: &Wish, rng: &mut ChaCha8Rng) -> Vec<Item> {
        let index = self.index;
        let problem = index.problem;
        for (group, candidates) in &wish.choices {
            let fits = |&&choice: &&ChoiceId| self.fits(choice);
            if let Some(&choice) = candidates.iter().find(fits) {
                self.choose(*group, Some(choice));
            }
        }
        for (vehicle, stops) in &wish.routes {
            let task = |&(group, pickup): &(GroupId, bool)| {
                let task = problem.choices[self.choice.get(group).copied().flatten()?].task?;
                let able = index.vehicles_of[task].binary_search(vehicle).is_ok();
                (able && self.vehicle_of[task].is_none()).then_some(Stop { task, pickup })
            };
            let stops: Vec<Stop> = stops.iter().filter_map(task).collect();
            self.drive_most(*vehicle, stops);
        }
        for (crew, jobs) in &wish.rosters {
            for &job in jobs {
                let Some(slot) = index.slot(*crew, job) else { continue };
                let wanted = index.slot_mask[slot] & self.short_bits(job) != 0 || problem.job_cost(*crew, job) < 0.0;
                if wanted && !self.excluded(slot) && self.free(*crew, job) && self.job_fits(job) {
                    self.add(*crew, job);
                }
            }
        }
        let mut gone = Vec::new();
        for (group, candidates) in &wish.choices {
            let undriven = self.choice[*group].and_then(|c| problem.choices[c].task);
            if undriven.is_none_or(|task| self.vehicle_of[task].is_some()) {
                continue;
            }
            if !candidates.iter().any(|&choice| self.swap_to(*group, choice, rng)) {
                self.drop_group(*group, &mut gone);
            }
        }
        self.settle(rng);
        self.keep();
        let not_first = |(group, candidates): &&(GroupId, Vec<ChoiceId>)| {
            candidates.first().is_some_and(|&first| self.choice[*group] != Some(first))
        };
        wish.choices.iter().filter(not_first).map(|(group, _)| Item::Group(*group)).collect()
    }

    /// How much of a wish the state does not have: choices, places on duties, and rides by the vehicle that was to drive them.
    fn unlike(&self, wish: &Wish) -> u64 {
        let problem = self.index.problem;
        let first = |(group, candidates): &(GroupId, Vec<ChoiceId>)| self.choice[*group] == candidates.first().copied();
        let choices = wish.choices.iter().filter(|choice| !first(choice)).count();
        let off =
            |(crew, jobs): &(CrewId, Vec<JobId>)| jobs.iter().filter(|&job| !self.roster[*crew].contains(job)).count();
        let people: usize = wish.rosters.iter().map(off).sum();
        let elsewhere = |(vehicle, stops): &(VehicleId, Vec<(GroupId, bool)>)| {
            let tasks =
                stops.iter().filter(|stop| stop.1).filter_map(|stop| problem.choices[self.choice[stop.0]?].task);
            tasks.filter(|&task| self.vehicle_of[task] != Some(*vehicle)).count()
        };
        let rides: usize = wish.routes.iter().map(elsewhere).sum();
        (choices + people + rides) as u64
    }

    /// Takes a choice for a group and drives its task where that adds least; false, and nothing changed, when it cannot.
    fn swap_to(&mut self, group: GroupId, choice: ChoiceId, rng: &mut ChaCha8Rng) -> bool {
        let mark = self.mark();
        self.choose(group, None);
        if self.fits(choice) {
            self.choose(group, Some(choice));
            let Some(task) = self.index.problem.choices[choice].task else { return true };
            if self.vehicle_of[task].is_some() {
                return true;
            }
            if let Some((vehicle, place)) = self.best_place(task, rng)
                && self.insert(task, vehicle, place)
            {
                return true;
            }
        }
        let dirty = self.dirty.clone();
        self.back_to(mark);
        self.dirty = dirty;
        false
    }

    /// Lets a vehicle drive these stops, or as many of the tasks as go together.
    fn drive_most(&mut self, vehicle: VehicleId, mut stops: Vec<Stop>) {
        while !stops.is_empty() && !self.drive(vehicle, &stops) {
            let tasks: Vec<TaskId> = stops.iter().filter(|s| s.pickup).map(|s| s.task).collect();
            let without = |task: TaskId| stops.iter().copied().filter(|s| s.task != task).collect::<Vec<Stop>>();
            // The one whose leaving makes the rest possible, or the last.
            let helps = tasks.iter().copied().find(|&task| {
                let rest = without(task);
                !rest.is_empty() && self.drive(vehicle, &rest)
            });
            if helps.is_some() {
                return;
            }
            let Some(&last) = tasks.last() else { return };
            stops = without(last);
        }
    }
}

/// Ruin and recreate from a solution.
struct Search<'a> {
    /// What comes first.
    hurt: &'a [Item],
    rounds: u64,
    heat: f64,
    stream: u64,
}

impl Search<'_> {
    /// The best that any thread finds.
    fn run(
        &self,
        index: &Index<'_>,
        start: Solution,
        settings: &Settings,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Solution {
        let from = &start;
        let search = |thread: u64| move || self.walk(index, from, settings.seed, thread, stop);
        let found: Vec<Solution> = std::thread::scope(|scope| {
            let others: Vec<_> =
                (1..settings.threads.max(1) as u64).map(|thread| scope.spawn(search(thread))).collect();
            let mut found = vec![search(0)()];
            found.extend(others.into_iter().filter_map(|other| other.join().ok()));
            found
        });
        found.into_iter().fold(start, |best, next| if next.objective > best.objective + 1e-9 { next } else { best })
    }

    fn walk(
        &self,
        index: &Index<'_>,
        start: &Solution,
        seed: u64,
        thread: u64,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Solution {
        let problem = index.problem;
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(self.stream + thread + 1);
        let mut state = State::new(index);
        state.load(start);
        let mut best = Best { problem, solution: start.clone() };
        let unit = super::unit(&state).abs().max(1.0);
        let (hot, cold) = (self.heat * unit, CHILL * unit);
        let kinds = ruin::kinds(problem);
        for round in 0..self.rounds {
            if stop() {
                break;
            }
            let better = state.objective > best.solution.objective + 1e-6;
            if better && round % TAKEN == 0 {
                best.take(&mut state);
            }
            let mark = state.mark();
            // First what was not served as wished, and what stands in its way.
            let first = round < 4 * self.hurt.len() as u64;
            let (gone, urgent) = if first {
                let item = self.hurt[(round as usize) % self.hurt.len()];
                let mut gone = Vec::new();
                if let Item::Group(group) = item {
                    state.drop_group(group, &mut gone);
                    state.make_room(group, &mut rng, &mut gone);
                }
                (gone, Some(item))
            } else {
                state.ruin(kinds[rng.random_range(0..kinds.len())], &mut rng)
            };
            state.recreate(&gone, urgent, &mut rng);
            let share = round as f64 / self.rounds as f64;
            let temperature = if first { cold } else { hot * (cold / hot).powf(share) };
            let loss = mark.objective - state.objective;
            // What is better than the best so far is not left before it was taken.
            if loss > 0.0 && (better || loss > -temperature * rng.random::<f64>().max(1e-12).ln()) {
                state.back_to(mark);
            }
            state.keep();
        }
        best.take(&mut state);
        best.solution
    }
}
