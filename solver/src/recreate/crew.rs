//! Crew of a job: who is not needed goes, who is missing is found among those who are free, or by a chain of members who
//! hand one job on each.

use super::index::SLACK;
use super::state::State;
use crate::problem::{CrewId, JobId};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Most members tried to hand a job on.
const TRIES: usize = 12;

impl State<'_> {
    /// Takes members off a job whom a switch keeps away or nobody misses; those most sought elsewhere first.
    pub(super) fn trim(&mut self, job: JobId, rng: &mut ChaCha8Rng) {
        let index = self.index;
        let slot_of = |crew: CrewId| index.slot(crew, job);
        let away: Vec<CrewId> = self.on_job[job]
            .iter()
            .copied()
            .filter(|&crew| slot_of(crew).is_none_or(|slot| self.excluded(slot)))
            .collect();
        away.into_iter().for_each(|crew| self.remove(crew, job));
        loop {
            let tight = self.tight_bits(job);
            let spare = |crew: &CrewId| {
                let missed = slot_of(*crew).is_some_and(|slot| index.slot_mask[slot] & tight != 0);
                !missed && index.problem.job_cost(*crew, job) >= 0.0
            };
            let mut best: Option<(f64, CrewId)> = None;
            for crew in self.on_job[job].iter().copied().filter(spare) {
                let alone = if self.roster[crew].len() == 1 { 1.0 + index.problem.crews[crew].used } else { 0.0 };
                let extra = index.problem.job_cost(crew, job) - index.problem.jobs[job].cost;
                let score = alone + index.sought[crew] + rng.random::<f64>() + extra;
                if best.is_none_or(|b| score > b.0) {
                    best = Some((score, crew));
                }
            }
            let Some((_, crew)) = best else { return };
            self.remove(crew, job);
        }
    }

    /// Finds who is missing on a job. Shortages with a penalty are filled where it pays. False: somebody who may not be
    /// missing is. `depth`: how many members may hand a job on.
    pub(super) fn cover(&mut self, job: JobId, depth: usize, rng: &mut ChaCha8Rng) -> bool {
        let index = self.index;
        loop {
            let short = self.short_bits(job);
            if short == 0 {
                return true;
            }
            let hard = short & index.hard[job];
            if !self.job_fits(job) {
                return hard == 0;
            }
            let mut best: Option<(f64, CrewId)> = None;
            self.scratch.work += index.slots(job).len() as u64;
            for slot in index.slots(job) {
                let counts = index.slot_mask[slot] & short;
                if counts == 0 || self.excluded(slot) {
                    continue;
                }
                let crew = index.slot_crew[slot];
                if (hard != 0 && counts & hard == 0) || !self.free(crew, job) {
                    continue;
                }
                let gain = self.gain(job, crew, counts);
                if hard == 0 && gain <= 0.0 {
                    continue;
                }
                let beside = index.slot_mask[slot] & !short;
                let score = gain
                    - 30.0 * (index.sought[crew] * rng.random::<f64>() + f64::from(beside.count_ones()))
                    - rng.random::<f64>()
                    + 1e7 * f64::from((counts & hard).count_ones());
                if best.is_none_or(|b| score > b.0) {
                    best = Some((score, crew));
                }
            }
            match best {
                Some((_, crew)) => self.add(crew, job),
                None if depth > 0 && self.hand_on(job, short, depth, rng) => {}
                None => return hard == 0,
            }
        }
    }

    /// Puts members on jobs that cost them less than nothing.
    pub(super) fn join(&mut self) {
        let index = self.index;
        for &(crew, job) in &index.paying {
            let Some(slot) = index.slot(crew, job) else { continue };
            let used = if self.roster[crew].is_empty() { index.problem.crews[crew].used } else { 0.0 };
            let pays = index.problem.job_cost(crew, job) + used < -SLACK;
            // A job clashes with itself, so nobody joins twice.
            if pays && !self.excluded(slot) && self.free(crew, job) && self.job_fits(job) {
                self.add(crew, job);
            }
        }
    }

    /// What one more member on a job saves in penalties, less what he costs.
    fn gain(&self, job: JobId, crew: CrewId, counts: u64) -> f64 {
        let index = self.index;
        let mut gain = -index.problem.job_cost(crew, job);
        if self.roster[crew].is_empty() {
            gain -= index.problem.crews[crew].used;
        }
        for (bit, &demand) in index.demands_at[job].iter().enumerate() {
            if counts >> bit & 1 == 1 {
                gain += index.problem.demands[demand].shortage.unwrap_or(0.0) * self.short(demand).min(1.0);
            }
        }
        gain
    }

    /// Puts somebody on a job who can hand on the one job that is in the way.
    fn hand_on(&mut self, job: JobId, short: u64, depth: usize, rng: &mut ChaCha8Rng) -> bool {
        let index = self.index;
        let slots = index.slots(job);
        if slots.is_empty() {
            return false;
        }
        let hard = short & index.hard[job] != 0;
        let turn = rng.random_range(0..slots.len());
        let mut tries = 0;
        for at in 0..slots.len() {
            let slot = slots.start + (at + turn) % slots.len();
            let counts = index.slot_mask[slot] & short;
            if counts == 0 || self.excluded(slot) || (hard && counts & index.hard[job] == 0) {
                continue;
            }
            let crew = index.slot_crew[slot];
            if self.on_job[job].contains(&crew) {
                continue;
            }
            let over = self.over(crew, job);
            let clashes = self.clashes(crew, job);
            let away = match clashes.len() {
                0 => {
                    // Only the load is in the way: any job that makes room.
                    let period = index.problem.jobs[job].period;
                    let roster = &self.roster[crew];
                    let from = if roster.is_empty() { 0 } else { rng.random_range(0..roster.len()) };
                    (0..roster.len()).map(|k| roster[(k + from) % roster.len()]).find(|&j| {
                        let data = &index.problem.jobs[j];
                        data.period == period && data.load >= over - SLACK
                    })
                }
                1 => {
                    let other = self.roster[crew][clashes.start];
                    let data = &index.problem.jobs[other];
                    let frees = if data.period == index.problem.jobs[job].period { data.load } else { 0.0 };
                    (over - frees <= SLACK).then_some(other)
                }
                _ => None,
            };
            let Some(away) = away else { continue };
            if away == job {
                continue;
            }
            tries += 1;
            if tries > TRIES {
                return false;
            }
            let (mark, dirty) = (self.mark(), self.dirty.clone());
            let before = self.short_bits(away);
            self.remove(crew, away);
            self.add(crew, job);
            let covered = self.cover(away, depth - 1, rng) && self.short_bits(away) & !before == 0;
            if covered && (hard || self.objective > mark.objective + 1e-9) {
                return true;
            }
            self.back_to(mark);
            self.dirty = dirty;
        }
        false
    }
}
