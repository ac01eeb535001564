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
use crate::verify::verify;
use index::Index;
use people::Hardness;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use state::State;

/// Rounds of the first cycle of cooling; each later one takes longer.
const CYCLE: u64 = 4_000;

/// Searches from a feasible solution for `limit` rounds, or until told to stop; each better solution is verified and then
/// offered. Returns the best, never worse than the start; the same for the same seed and thread, as far as `stop` lets it.
pub(crate) fn rounds(
    problem: &Problem,
    start: &Solution,
    settings: &Settings,
    thread: u64,
    limit: u64,
    stop: &dyn Fn() -> bool,
    offer: &(dyn Fn(&Solution) + Sync),
) -> Solution {
    let Some(index) = Index::new(problem) else { return start.clone() };
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    rng.set_stream(thread);
    let mut best = Best { problem, solution: start.clone(), offer };
    let mut state = State::new(&index);
    state.load(start);
    state.recreate(&[], None, &mut rng);
    best.take(&mut state);
    state.keep();
    let unit = unit(&state);
    let mut hardness = Hardness::new(problem.jobs.len());
    let members_cost = problem.crews.iter().any(|crew| crew.used > 0.0);
    let only_crew = problem.tasks.is_empty() && problem.choices.is_empty();
    // To verify and to copy a solution takes longer than a round: a better one is kept as it is for some rounds first.
    let pause = (problem.groups + index.wanted_tasks.len() + index.wanted_jobs.len()) as u64 / 8;
    let kinds = ruin::kinds(problem);
    // Without choices only costs differ, which are smaller than what is gained.
    let unit = if problem.choices.is_empty() { 0.2 * unit } else { unit };
    let (mut done, mut taken) = (0, 0);
    'cycles: for cycle in 0.. {
        let length = CYCLE << cycle.min(5_u32);
        let (hot, cold) = (unit, 0.003 * unit);
        for round in 0..length {
            if done == limit || stop() {
                break 'cycles;
            }
            done += 1;
            let better = state.objective > best.solution.objective + 1e-6;
            if better && done >= taken + pause {
                best.take(&mut state);
                taken = done;
            }
            let mark = state.mark();
            if members_cost && rng.random_bool(if only_crew { 0.8 } else { 0.02 }) {
                state.spare_member(&mut hardness, if only_crew { 4_000 } else { 400 }, &mut rng);
                state.keep();
                continue;
            }
            let temperature = hot * (cold / hot).powf(round as f64 / length as f64);
            let kind = kinds[rng.random_range(0..kinds.len())];
            let (gone, urgent) = state.ruin(kind, &mut rng);
            state.recreate(&gone, urgent, &mut rng);
            let loss = mark.objective - state.objective;
            if loss > 0.0 && (better || loss > -temperature * rng.random::<f64>().max(1e-12).ln()) {
                state.back_to(mark);
            }
            state.keep();
        }
        best.take(&mut state);
        state.load(&best.solution);
    }
    best.take(&mut state);
    best.solution
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

/// The best solution so far.
struct Best<'a> {
    problem: &'a Problem,
    solution: Solution,
    offer: &'a (dyn Fn(&Solution) + Sync),
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
        let faults = verify(self.problem, &solution);
        assert!(!cfg!(any(test, debug_assertions)) || faults.is_empty(), "{faults:?}");
        if faults.is_empty() {
            self.solution = solution;
            (self.offer)(&self.solution);
        }
    }
}
