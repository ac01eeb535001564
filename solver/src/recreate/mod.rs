//! A search that needs no linear program: greedy construction, then ruin and recreate on the whole problem - choices, crew
//! and vehicles together - with simulated annealing (Schrimpf et al. 2000; Pisinger & Ropke 2007; Christiaens & Vanden
//! Berghe 2020).

mod crew;
mod index;
mod insert;
mod mend;
mod people;
mod roads;
mod route;
mod ruin;
mod state;
#[cfg(test)]
mod tests;
mod timing;

pub use mend::{Wish, mend, seat};

use crate::problem::{Problem, Settings, Solution};
use crate::verify::faults;
pub(crate) use index::Index;
use people::Hardness;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use state::State;

/// Rounds of the first cycle of cooling; each later one takes longer.
pub(crate) const CYCLE: u64 = 4_000;
/// What a round takes besides what is looked at in it, in stops and members looked at.
const ROUND: u64 = 3_500;

/// A search under way, which can be run in pieces: what it finds does not depend on where they end.
pub(crate) struct Walk<'i> {
    state: State<'i>,
    rng: ChaCha8Rng,
    best: Best<'i>,
    hardness: Hardness,
    kinds: Vec<ruin::Ruin>,
    unit: f64,
    members_cost: bool,
    only_crew: bool,
    /// To verify and to copy a solution takes longer than a round: a better one is kept as it is for some rounds first.
    pause: u64,
    length: u64,
    cycle: u32,
    round: u64,
    done: u64,
    taken: u64,
}

impl<'i> Walk<'i> {
    /// From a feasible solution; `thread` chooses the draws, `length` is that of the first cycle of cooling.
    pub(crate) fn new(index: &'i Index<'i>, start: &Solution, settings: &Settings, thread: u64, length: u64) -> Self {
        let problem = index.problem;
        let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
        rng.set_stream(thread);
        let mut state = State::new(index);
        state.load(start);
        state.recreate(&[], None, &mut rng);
        // Without choices only costs differ, which are smaller than what is gained.
        let unit = if problem.choices.is_empty() { 0.2 * unit(&state) } else { unit(&state) };
        Self {
            state,
            rng,
            best: Best { problem, solution: start.clone() },
            hardness: Hardness::new(problem.jobs.len()),
            kinds: ruin::kinds(problem),
            unit,
            members_cost: problem.crews.iter().any(|crew| crew.used > 0.0),
            only_crew: problem.tasks.is_empty() && problem.choices.is_empty(),
            pause: (problem.groups + index.wanted_tasks.len() + index.wanted_jobs.len()) as u64 / 8,
            length,
            cycle: 0,
            round: 0,
            done: 0,
            taken: 0,
        }
    }

    /// The best solution so far, never worse than the start.
    pub(crate) fn best(&self) -> &Solution {
        &self.best.solution
    }

    /// Rounds so far, and about how long they took, in stops and members looked at: the same on every machine.
    pub(crate) fn done(&self) -> (u64, u64) {
        (self.done, ROUND * self.done + self.state.scratch.work)
    }

    /// Takes a better solution than its own, from which it begins its next cycle.
    pub(crate) fn learn(&mut self, best: &Solution) {
        if best.objective > self.best.solution.objective + 1e-9 {
            self.best.solution.clone_from(best);
        }
    }

    /// Where the search is: a feasible solution, good or not.
    pub(crate) fn present(&mut self) -> Solution {
        self.state.solution()
    }

    /// Goes on for `rounds`, or until told to stop; each better solution is verified before it counts. The same for the
    /// same seed and thread, as far as `stop` lets it.
    pub(crate) fn run(&mut self, rounds: u64, stop: &dyn Fn() -> bool) {
        let until = self.done + rounds;
        if self.done == 0 {
            self.best.take(&mut self.state);
            self.state.keep();
        }
        while self.done < until && !stop() {
            self.step();
        }
        self.best.take(&mut self.state);
    }

    fn step(&mut self) {
        let length = self.length << self.cycle.min(5);
        if self.round == length {
            self.best.take(&mut self.state);
            self.state.load(&self.best.solution);
            (self.cycle, self.round) = (self.cycle + 1, 0);
            return;
        }
        self.done += 1;
        self.round += 1;
        let better = self.state.objective > self.best.solution.objective + 1e-6;
        if better && self.done >= self.taken + self.pause {
            self.best.take(&mut self.state);
            self.taken = self.done;
        }
        let mark = self.state.mark();
        let rng = &mut self.rng;
        if self.members_cost && rng.random_bool(if self.only_crew { 0.8 } else { 0.02 }) {
            self.state.spare_member(&mut self.hardness, if self.only_crew { 4_000 } else { 400 }, rng);
            self.state.keep();
            return;
        }
        let (hot, cold) = (self.unit, 0.003 * self.unit);
        let temperature = hot * (cold / hot).powf((self.round - 1) as f64 / length as f64);
        let kind = self.kinds[rng.random_range(0..self.kinds.len())];
        let (gone, urgent) = self.state.ruin(kind, rng);
        self.state.recreate(&gone, urgent, rng);
        let loss = mark.objective - self.state.objective;
        if loss > 0.0 && (better || loss > -temperature * rng.random::<f64>().max(1e-12).ln()) {
            self.state.back_to(mark);
        }
        self.state.keep();
    }
}

/// The best solution so far.
struct Best<'a> {
    problem: &'a Problem,
    solution: Solution,
}

impl Best<'_> {
    /// Takes the state when it is better and nothing is wrong with it.
    fn take(&mut self, state: &mut State<'_>) {
        if state.objective <= self.solution.objective + 1e-9 {
            return;
        }
        let solution = state.solution();
        // Also takes out what sums have drifted by.
        state.objective = solution.objective;
        if solution.objective <= self.solution.objective + 1e-9 {
            return;
        }
        let faults = faults(self.problem, &solution);
        assert!(!cfg!(any(test, debug_assertions)) || faults.is_empty(), "{faults:?}");
        if faults.is_empty() {
            self.solution = solution;
        }
    }
}

/// What a typical thing served costs, to measure temperatures by.
fn unit(state: &State<'_>) -> f64 {
    let problem = state.index.problem;
    let routes: f64 = state.routes.iter().map(|route| route.cost).sum();
    let crew: f64 = state.on_job.iter().zip(&problem.jobs).map(|(crew, job)| crew.len() as f64 * job.cost).sum();
    let used: f64 = state.roster.iter().zip(&problem.crews).map(|(r, c)| if r.is_empty() { 0.0 } else { c.used }).sum();
    let served = state.vehicle_of.iter().flatten().count() + state.on_job.iter().map(Vec::len).sum::<usize>();
    let unit = (routes + crew + used) / served.max(1) as f64;
    if unit > 0.0 { unit } else { 1.0 }
}
