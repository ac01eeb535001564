//! Mending: from what was planned before to a feasible solution near it, and a short cold search from there. No linear
//! program and no bound: for the moment in which somebody waits.

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
}

/// Rounds of the cold search between two looks at the clock of the best so far.
const PATIENCE: u64 = 400;

/// The solution of nothing at all, and the index of a problem that is well formed; none where it has nothing to index.
fn ready(problem: &Problem) -> Result<(Solution, Option<Index<'_>>), Vec<Malformed>> {
    let faults = validate(problem);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut nothing = Solution::default();
    nothing.objective = crate::verify::objective(problem, &nothing);
    Ok((nothing, Index::new(problem)))
}

/// A feasible solution near a wish, searched on from for at most so many rounds on each thread. The same for the same
/// seed and threads, unless the control ends it.
///
/// # Errors
/// Every way in which the problem is malformed.
pub fn mend(
    problem: &Problem,
    wish: &Wish,
    settings: &Settings,
    rounds: u64,
    control: &dyn Control,
) -> Result<Solution, Vec<Malformed>> {
    let (nothing, index) = ready(problem)?;
    let Some(index) = index else { return Ok(nothing) };
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    let mut state = State::new(&index);
    let hurt = state.follow(wish, &mut rng);
    state.recreate(&hurt, None, &mut rng);
    state.keep();
    let mut start = state.solution();
    if !crate::verify::verify(problem, &start).is_empty() || start.objective < nothing.objective {
        start = nothing;
    }
    let (index, start, hurt) = (&index, &start, &hurt);
    let search =
        |thread: u64| move || cold(index, start, hurt, settings, thread, rounds, &|| control.seconds_left() <= 0.0);
    let found: Vec<Solution> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..settings.threads.max(1) as u64).map(|thread| scope.spawn(search(thread))).collect();
        let mut found = vec![search(0)()];
        found.extend(others.into_iter().filter_map(|other| other.join().ok()));
        found
    });
    let best = found.into_iter().reduce(|best, next| if next.objective > best.objective + 1e-9 { next } else { best });
    Ok(best.unwrap_or_else(|| start.clone()))
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
    Ok(if crate::verify::verify(problem, &solution).is_empty() { solution } else { nothing })
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

/// Ruin and recreate from a solution, cold: it stays near.
fn cold(
    index: &Index<'_>,
    start: &Solution,
    hurt: &[Item],
    settings: &Settings,
    thread: u64,
    rounds: u64,
    stop: &dyn Fn() -> bool,
) -> Solution {
    let problem = index.problem;
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    rng.set_stream(thread + 1);
    let mut state = State::new(index);
    state.load(start);
    let mut best = Best { problem, solution: start.clone() };
    let unit = 0.02 * super::unit(&state).abs().max(1.0);
    let kinds = ruin::kinds(problem);
    for round in 0..rounds {
        if stop() {
            break;
        }
        let mark = state.mark();
        let before = state.objective;
        // First what was not served as wished, and what stands in its way.
        let (gone, urgent) = if round < 4 * hurt.len() as u64 {
            let item = hurt[(round as usize) % hurt.len()];
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
        let share = 1.0 - round as f64 / rounds.max(1) as f64;
        let temperature = (unit * share).max(1e-6);
        let loss = before - state.objective;
        if loss > 0.0 && loss > -temperature * rng.random::<f64>().max(1e-12).ln() {
            state.back_to(mark);
        }
        state.keep();
        if state.objective > best.solution.objective + 1e-6 && round % 16 == 15 {
            best.take(&mut state);
        } else if round % PATIENCE == PATIENCE - 1 && state.objective < best.solution.objective - 1e-6 {
            state.load(&best.solution);
        }
    }
    best.take(&mut state);
    best.solution
}
