//! Fewer people: one member's jobs are given to the others by ejection chains, where those hardest to place are the last
//! to be put out again (Nagata & Bräysy 2009, "A powerful route minimization heuristic").

use super::index::SLACK;
use super::state::State;
use crate::problem::{CrewId, JobId};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// How often each job could not be placed.
#[derive(Debug)]
pub(super) struct Hardness(Vec<u32>);

impl Hardness {
    pub(super) fn new(jobs: usize) -> Self {
        Self(vec![1; jobs])
    }
}

/// Steps without success after which one member changes places with another who is idle.
const PATIENCE: usize = 150;

impl State<'_> {
    /// Tries to do without one member; nothing is changed when that does not succeed within so many steps.
    pub(super) fn spare_member(&mut self, hardness: &mut Hardness, steps: usize, rng: &mut ChaCha8Rng) -> bool {
        let mark = self.mark();
        let mut open: Vec<bool> = self.roster.iter().map(|jobs| !jobs.is_empty()).collect();
        let mut pool: Vec<JobId> = Vec::new();
        let Some(victim) = self.somebody(&open, true, rng) else { return false };
        open[victim] = false;
        self.relieve(victim, &mut pool);
        let mut least = pool.len();
        let mut patience = PATIENCE;
        for _ in 0..steps {
            if pool.is_empty() {
                break;
            }
            let job =
                pool.swap_remove(if rng.random_bool(0.8) { pool.len() - 1 } else { rng.random_range(0..pool.len()) });
            let short = self.short_bits(job);
            if short == 0 {
                continue;
            }
            self.scratch.work += self.index.slots(job).len() as u64;
            match self.cheapest_to_eject(job, short, &open, hardness, rng) {
                Some((crew, 0)) => self.add(crew, job),
                Some((crew, _)) => {
                    hardness.0[job] += 1;
                    let clashes = self.clashes(crew, job);
                    let out: Vec<JobId> = self.roster[crew][clashes].to_vec();
                    for other in out {
                        self.remove(crew, other);
                        pool.push(other);
                    }
                    self.add(crew, job);
                }
                None => {
                    hardness.0[job] += 1;
                    pool.insert(0, job);
                    patience = patience.saturating_sub(10);
                }
            }
            if self.short_bits(job) != 0 && !pool.contains(&job) {
                pool.push(job);
            }
            if pool.len() < least {
                (least, patience) = (pool.len(), PATIENCE);
            }
            patience = patience.saturating_sub(1);
            if patience == 0 {
                (patience, least) = (PATIENCE, pool.len());
                self.change_places(&mut open, victim, &mut pool, rng);
            }
        }
        self.dirty.clear();
        let done = pool.iter().all(|&job| self.short_bits(job) == 0) && self.objective > mark.objective + SLACK;
        if !done {
            self.back_to(mark);
        }
        done
    }

    /// A member at random out of those open or not, who may do anything.
    fn somebody(&self, open: &[bool], wanted: bool, rng: &mut ChaCha8Rng) -> Option<CrewId> {
        let crews = &self.index.problem.crews;
        let list: Vec<CrewId> = (0..open.len()).filter(|&c| open[c] == wanted && !crews[c].jobs.is_empty()).collect();
        (!list.is_empty()).then(|| list[rng.random_range(0..list.len())])
    }

    fn relieve(&mut self, crew: CrewId, pool: &mut Vec<JobId>) {
        for job in self.roster[crew].clone() {
            self.remove(crew, job);
            if self.short_bits(job) != 0 && !pool.contains(&job) {
                pool.push(job);
            }
        }
    }

    /// Somebody idle takes part instead of somebody who did.
    fn change_places(&mut self, open: &mut [bool], victim: CrewId, pool: &mut Vec<JobId>, rng: &mut ChaCha8Rng) {
        let (Some(out), Some(new)) = (self.somebody(open, true, rng), self.somebody(open, false, rng)) else { return };
        if new == victim && rng.random_bool(0.5) {
            return;
        }
        open[out] = false;
        open[new] = true;
        self.relieve(out, pool);
        // He takes over what he can of it.
        for at in (0..pool.len()).rev() {
            let job = pool[at];
            let able = self
                .index
                .slot(new, job)
                .is_some_and(|slot| self.index.slot_mask[slot] & self.short_bits(job) != 0 && !self.excluded(slot));
            if able && self.free(new, job) && self.job_fits(job) {
                self.add(new, job);
                if self.short_bits(job) == 0 {
                    pool.swap_remove(at);
                }
            }
        }
    }

    /// The member who can take a job while the jobs he must give up are the easiest to place.
    fn cheapest_to_eject(
        &self,
        job: JobId,
        short: u64,
        open: &[bool],
        hardness: &Hardness,
        rng: &mut ChaCha8Rng,
    ) -> Option<(CrewId, u32)> {
        let index = self.index;
        if !self.job_fits(job) {
            return None;
        }
        let mut best: Option<(f64, CrewId, u32)> = None;
        for slot in index.slots(job) {
            let crew = index.slot_crew[slot];
            if !open[crew] || index.slot_mask[slot] & short == 0 || self.excluded(slot) {
                continue;
            }
            let clashes = self.clashes(crew, job);
            let period = index.problem.jobs[job].period;
            let (mut hard, mut freed, mut on_it) = (0, 0.0, self.on_job[job].contains(&crew));
            for &other in &self.roster[crew][clashes] {
                on_it |= other == job;
                hard += hardness.0[other];
                if index.problem.jobs[other].period == period {
                    freed += index.problem.jobs[other].load;
                }
            }
            if on_it || self.over(crew, job) - freed > SLACK {
                continue;
            }
            let score = f64::from(hard) * (1.0 + 0.1 * rng.random::<f64>()) + 0.01 * rng.random::<f64>();
            if best.is_none_or(|b| score < b.0) {
                best = Some((score, crew, hard));
            }
        }
        best.map(|(_, crew, hard)| (crew, hard))
    }
}
