//! Ruin and recreate on every thread, the same search all through a solve: before the root; beside it, where another thread
//! searches on while a linear program is solved and all threads do after a round of pricing; and after it. How far depends on
//! the problem alone, so that a run finds the same however fast either is.

use crate::problem::{Control, Settings, Solution};
use crate::recreate::{CYCLE, Index, Walk};

/// Rounds for each unit of size, all in all.
const ROUNDS: u64 = 4_000;
/// Quarters of a round for each unit of size beside one linear program at most; the first ones, like the first programs,
/// are smaller.
const QUARTERS: u64 = 10;
/// What the search may look at for each label of the pricing before it: about a sixth of the time that the label took, and two
/// fifths where the problem is large, whose plans are far from the best when the bound is near.
const LABEL: u64 = 12;
const LARGE_LABEL: u64 = 30;
/// What it may look at for each column that smoothing looked at the last time: about as long as that takes.
const COLUMN: u64 = 1;
/// Rounds of the first cycle of cooling for each unit of size, and at most.
const CYCLES: u64 = 10;
const LONGEST: u64 = 16_000;
/// Parts of a piece, after each of which the columns of where the search is are taken.
const LOOKS: u64 = 8;

/// The search, in pieces.
pub(crate) struct Beside<'i> {
    walks: Vec<Walk<'i>>,
    size: u64,
    left: u64,
    pieces: u64,
    told: f64,
    seen: Vec<Solution>,
}

impl<'i> Beside<'i> {
    /// From a feasible solution; `size` is what the pieces are in proportion to.
    pub(crate) fn new(index: &'i Index<'i>, start: &Solution, settings: &Settings, size: u64) -> Self {
        // Draws that no other thread has.
        let length = (CYCLES * size).clamp(CYCLE, LONGEST);
        let walk = |thread: usize| Walk::new(index, start, settings, (1 << 32) + thread as u64, length);
        let walks = (0..settings.threads).map(walk).collect();
        Self { walks, size, left: ROUNDS * size, pieces: 0, told: start.objective, seen: Vec::new() }
    }

    /// The next piece, on this thread, beside a linear program or, where that is told, a smoothing that looks at so many columns.
    pub(crate) fn go_on(&mut self, columns: Option<u64>, control: &dyn Control) {
        self.pieces += 1;
        let rounds = match columns {
            Some(columns) => self.rounds(columns * COLUMN),
            None => self.size * self.pieces.min(QUARTERS) / 4,
        };
        let rounds = rounds.min(self.left);
        self.left -= rounds;
        let Some(walk) = self.walks.first_mut() else { return };
        self.seen.extend(piece(walk, rounds, control));
    }

    /// The next piece, on all threads; false when there is none left.
    pub(crate) fn together(&mut self, rounds: u64, control: &dyn Control) -> bool {
        let rounds = rounds.min(self.left);
        self.left -= rounds;
        let seen: Vec<Vec<Solution>> = std::thread::scope(|scope| {
            let run = |walk| scope.spawn(move || piece(walk, rounds, control));
            let running: Vec<_> = self.walks.iter_mut().map(run).collect();
            running.into_iter().filter_map(|walk| walk.join().ok()).collect()
        });
        self.seen.extend(seen.into_iter().flatten());
        if let Some(best) = self.best().cloned() {
            self.learn(&best);
        }
        rounds > 0
    }

    /// The next cycle of each thread begins with this, where nothing better is known.
    pub(crate) fn learn(&mut self, best: &Solution) {
        self.walks.iter_mut().for_each(|walk| walk.learn(best));
    }

    /// Rounds so far and about how long they took, all threads together (see [`Walk::done`]).
    pub(crate) fn done(&self) -> (u64, u64) {
        self.walks.iter().map(Walk::done).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    }

    /// Searches on, on all threads, for a share of what a pricing with so many labels took; false when there is none left.
    pub(crate) fn after(&mut self, labels: u64, large: bool, control: &dyn Control) -> bool {
        self.together(self.rounds(labels * if large { LARGE_LABEL } else { LABEL }), control)
    }

    /// Rounds in which about so much is looked at.
    fn rounds(&self, work: u64) -> u64 {
        let (rounds, worked) = self.done();
        u64::try_from(u128::from(work) * u128::from(rounds) / u128::from(worked.max(1))).unwrap_or(u64::MAX)
    }

    /// Solutions seen since this was last asked, for their columns.
    pub(crate) fn seen(&mut self) -> Vec<Solution> {
        std::mem::take(&mut self.seen)
    }

    fn best(&self) -> Option<&Solution> {
        self.walks.iter().map(Walk::best).max_by(|a, b| a.objective.total_cmp(&b.objective))
    }

    /// The best solution, when it is better than when this was last asked.
    pub(crate) fn better(&mut self) -> Option<Solution> {
        let best = self.best()?;
        let better = best.objective > self.told;
        let best = better.then(|| best.clone());
        self.told = best.as_ref().map_or(self.told, |best| best.objective);
        best
    }
}

/// Searches on; where the search was on the way, and the best.
fn piece(walk: &mut Walk<'_>, rounds: u64, control: &dyn Control) -> Vec<Solution> {
    let mut seen = Vec::new();
    for _ in 0..LOOKS {
        walk.run(rounds / LOOKS, &|| control.seconds_left() <= 0.0);
        seen.push(walk.present());
    }
    seen.push(walk.best().clone());
    seen
}
