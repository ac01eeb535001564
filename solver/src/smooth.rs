//! Multipliers of a large master without a linear program: Lagrange's function over the columns there are, made smooth, and
//! minimised by a limited-memory quasi-Newton method.
//!
//! Every choice, roster and route belongs to one block (its group, crew or vehicle) of which at most so many are taken; the
//! other rows get multipliers. The maximum over a block is replaced by `μ · ln(1 + Σ exp(reduced value / μ))`, which is at most
//! `μ · ln(1 + columns)` higher (entropy smoothing: Nesterov 2005, Math. Prog. 103(1)), and the sum is minimised by L-BFGS
//! (Liu & Nocedal 1989, Math. Prog. 45) on the multipliers that are not held at zero (Bertsekas 1982, SIAM J. Control
//! Optim. 20(2)), for smaller and smaller μ. Any multipliers bound the objective, so nothing here needs to be exact; those found lie
//! in the middle of the good ones, where column generation needs fewer rounds.

use crate::lp::Row;
use crate::master::{Duals, Master};
use crate::problem::Control;

/// Pairs of steps and changes of the gradient that are remembered.
const MEMORY: usize = 10;
/// Values of the function for one μ at most.
const EVALUATIONS: u64 = 100;
/// Part by which μ shrinks.
const SHRINK: f64 = 0.3;
/// The bound of the smoothing's error, as a share of the value: where the first minimisation starts, where later ones
/// do at most, how that grows with what has changed, and where each ends.
const FIRST: f64 = 1.0;
const AGAIN: f64 = 0.3;
const CHANGE: f64 = 2.0;
const ROUGH: f64 = 0.006;
const FINE: f64 = 0.001;
/// What may be missing at first, and how little is hardly anything.
const EASE: f64 = 0.01;
const LEAST_EASE: f64 = 0.005;
/// Lower than the highest of its block by this many μ a column counts for nothing.
const FAR: f64 = 30.0;
/// The function is taken over the columns that have once been among the first so many of their block; whether there are more of
/// them is asked after so many values.
const KEPT: usize = 48;
const PIECE: u64 = 34;
/// A step that gains less than this share of the value is a short one; so many of them end the minimisation for one μ.
const SHORT: f64 = 2e-6;
const SHORTS: usize = 6;

/// The multipliers found so far.
#[derive(Clone, Debug)]
pub(crate) struct Smooth {
    rows: Vec<f64>,
    /// Lagrange's function at the end of the last minimisation.
    value: Option<f64>,
    /// What of a unit asked for may be missing at no cost.
    ease: f64,
    /// Columns looked at in the last minimisation, each as often as it was.
    looked: u64,
    /// Columns of the master that the function is taken over.
    among: Vec<bool>,
}

/// Columns, those of a block side by side.
struct Pool {
    /// First entry of each column, and one past the last.
    starts: Vec<usize>,
    rows: Vec<u32>,
    values: Vec<f64>,
    costs: Vec<f64>,
    /// Which of the master's columns each is.
    of: Vec<usize>,
    blocks: Vec<Block>,
    /// Limit of each row, and whether it is an upper one.
    limits: Vec<(f64, bool)>,
}

/// A range of columns of which `most` are taken at most; `row` says so, or it is one column with a limit of its own.
#[derive(Clone)]
struct Block {
    row: Option<Row>,
    from: usize,
    until: usize,
    most: f64,
}

/// The smoothed function at some multipliers.
struct Value {
    smooth: f64,
    gradient: Vec<f64>,
}

impl Smooth {
    /// Nothing known yet.
    pub(crate) fn new() -> Self {
        Self { rows: Vec::new(), value: None, ease: EASE, looked: 0, among: Vec::new() }
    }

    /// Lets less be missing; false when it is hardly anything already.
    pub(crate) fn nearer(&mut self) -> bool {
        let more = self.ease > LEAST_EASE;
        if more {
            self.ease *= SHRINK;
        }
        more
    }

    /// Columns looked at in the last minimisation, each as often as it was: about how long it took, the same on every machine.
    pub(crate) fn looked(&self) -> u64 {
        self.looked
    }

    /// Better multipliers for the columns of a master: Lagrange's function over these columns, and the multipliers with
    /// those of the blocks. `fine`: as near to the best as this method comes.
    pub(crate) fn improve(&mut self, master: &Master<'_>, fine: bool, control: &dyn Control) -> (f64, Duals) {
        let pool = Pool::new(master);
        let weight = pool.weight();
        let mut rows = std::mem::take(&mut self.rows);
        rows.resize(pool.limits.len(), 0.0);
        let mut best = (pool.exact(&rows), rows.clone());
        self.looked = 0;
        let end = if fine { FINE } else { ROUGH };
        // The less the new columns have changed, the nearer to the end it starts.
        let mut share = self.value.map_or(FIRST, |before| {
            let change = (best.0 - before).abs() / before.abs().max(1.0);
            (CHANGE * change).clamp(end, AGAIN)
        });
        loop {
            let size = share * best.0.abs().max(1.0) / weight;
            let mut left = EVALUATIONS;
            while left > 0 {
                pool.choose(&rows, &mut self.among);
                let some = pool.only(&self.among, self.ease);
                let (values, ended) = some.minimise(&mut rows, size, left.min(PIECE), control);
                self.looked += values * some.costs.len() as u64;
                left = if ended { 0 } else { left.saturating_sub(values) };
            }
            let exact = pool.exact(&rows);
            if exact < best.0 {
                best = (exact, rows.clone());
            }
            if share <= end || control.seconds_left() <= 0.0 {
                break;
            }
            share = if share * SHRINK < 2.0 * end { end } else { share * SHRINK };
        }
        self.value = Some(best.0);
        self.rows = rows;
        (best.0, pool.with_blocks(best.1))
    }
}

impl Pool {
    fn new(master: &Master<'_>) -> Self {
        let columns = master.columns();
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); master.row_bounds().len()];
        let limit = |b: &(f64, f64)| if b.1.is_finite() { (b.1, true) } else { (b.0, false) };
        let mut pool = Self::empty(master.row_bounds().iter().map(limit).collect());
        for (at, column) in columns.iter().enumerate().filter(|(_, column)| column.upper > 0.0) {
            match master.block(&column.kind) {
                Some(row) => of[row].push(at),
                None => {
                    let from = pool.costs.len();
                    pool.push(at, column.cost, column.entries.iter().copied());
                    pool.blocks.push(Block { row: None, from, until: from + 1, most: column.upper });
                }
            }
        }
        for (row, members) in of.into_iter().enumerate().filter(|(_, members)| !members.is_empty()) {
            let from = pool.costs.len();
            for at in members {
                let coupling = columns[at].entries.iter().copied().filter(|entry| entry.0 != row);
                pool.push(at, columns[at].cost, coupling);
            }
            pool.limits[row] = (0.0, true);
            let most = master.row_bounds()[row].1;
            pool.blocks.push(Block { row: Some(row), from, until: pool.costs.len(), most });
        }
        pool
    }

    fn empty(limits: Vec<(f64, bool)>) -> Self {
        let (rows, values, costs, of, blocks) = Default::default();
        Self { starts: vec![0], rows, values, costs, of, blocks, limits }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a row number; HiGHS has no more rows than that either")]
    fn push(&mut self, of: usize, cost: f64, entries: impl Iterator<Item = (Row, f64)>) {
        for (row, value) in entries {
            self.rows.push(row as u32);
            self.values.push(value);
        }
        self.starts.push(self.rows.len());
        self.costs.push(cost);
        self.of.push(of);
    }

    /// What μ is multiplied with in the bound of the smoothing's error.
    #[expect(clippy::cast_precision_loss, reason = "a number of columns")]
    fn weight(&self) -> f64 {
        self.blocks.iter().map(|block| block.most * ((block.until - block.from + 1) as f64).ln()).sum::<f64>().max(1.0)
    }

    fn entries(&self, column: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.starts[column]..self.starts[column + 1];
        self.rows[range.clone()].iter().zip(&self.values[range]).map(|(&row, &value)| (row as usize, value))
    }

    fn reduced(&self, column: usize, rows: &[f64]) -> f64 {
        self.entries(column).fold(self.costs[column], |sum, (row, value)| sum - value * rows[row])
    }

    fn at_limits(&self, rows: &[f64]) -> f64 {
        rows.iter().zip(&self.limits).map(|(dual, limit)| dual * limit.0).sum()
    }

    /// Lagrange's function over these columns.
    fn exact(&self, rows: &[f64]) -> f64 {
        let most = |block: &Block| block.most * self.most(block, rows);
        self.at_limits(rows) + self.blocks.iter().map(most).sum::<f64>()
    }

    /// The highest reduced value of a block, at least 0.
    fn most(&self, block: &Block, rows: &[f64]) -> f64 {
        (block.from..block.until).map(|column| self.reduced(column, rows)).fold(0.0, f64::max)
    }

    /// Marks the columns that count at these multipliers.
    fn choose(&self, rows: &[f64], among: &mut Vec<bool>) {
        among.resize(self.of.iter().max().map_or(0, |last| last + 1).max(among.len()), false);
        let mut columns: Vec<(f64, usize)> = Vec::new();
        for block in &self.blocks {
            columns.clear();
            columns.extend((block.from..block.until).map(|column| (self.reduced(column, rows), column)));
            if columns.len() > KEPT {
                columns.select_nth_unstable_by(KEPT, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            }
            for &(_, column) in columns.iter().take(KEPT) {
                among[self.of[column]] = true;
            }
        }
    }

    /// These columns alone, with what may be missing.
    fn only(&self, among: &[bool], ease: f64) -> Self {
        let eased = |&(limit, upper): &(f64, bool)| (if upper { limit } else { limit - ease }, upper);
        let mut some = Self::empty(self.limits.iter().map(eased).collect());
        for block in &self.blocks {
            let from = some.costs.len();
            for column in (block.from..block.until).filter(|&column| among[self.of[column]]) {
                some.push(self.of[column], self.costs[column], self.entries(column));
            }
            some.blocks.push(Block { from, until: some.costs.len(), ..block.clone() });
        }
        some
    }

    fn value(&self, rows: &[f64], size: f64) -> Value {
        let mut gradient: Vec<f64> = self.limits.iter().map(|limit| limit.0).collect();
        let blocks = self.shares(rows, size, |column, taken| {
            for (row, entry) in self.entries(column) {
                gradient[row] -= entry * taken;
            }
        });
        Value { smooth: self.at_limits(rows) + blocks, gradient }
    }

    /// The smoothed maxima of all blocks together; tells how much of each column they take.
    fn shares(&self, rows: &[f64], size: f64, mut taken: impl FnMut(usize, f64)) -> f64 {
        let mut smooth = 0.0;
        let mut parts: Vec<f64> = Vec::new();
        for block in &self.blocks {
            parts.clear();
            parts.extend((block.from..block.until).map(|column| self.reduced(column, rows)));
            let most = parts.iter().fold(0.0_f64, |most, &x| most.max(x));
            let near = most - FAR * size;
            let mut sum = if near < 0.0 { (-most / size).exp() } else { 0.0 };
            for x in &mut parts {
                *x = if *x > near { ((*x - most) / size).exp() } else { 0.0 };
                sum += *x;
            }
            smooth += block.most * (most + size * sum.ln());
            for (column, &part) in (block.from..block.until).zip(&parts) {
                if part > 0.0 {
                    taken(column, block.most * part / sum);
                }
            }
        }
        smooth
    }

    /// The multipliers with the sign that bounds.
    fn held(&self, rows: &mut [f64]) {
        for (dual, limit) in rows.iter_mut().zip(&self.limits) {
            *dual = if limit.1 { dual.max(0.0) } else { dual.min(0.0) };
        }
    }

    /// Minimises the smoothed function from `rows` with so many values at most; how many were taken, and whether that was the end.
    fn minimise(&self, rows: &mut Vec<f64>, size: f64, most: u64, control: &dyn Control) -> (u64, bool) {
        let mut memory: Vec<Pair> = Vec::new();
        let mut now = self.value(rows, size);
        let mut evaluations = 1;
        let mut short = 0;
        while evaluations < most && short < SHORTS && control.seconds_left() > 0.0 {
            // A multiplier at zero that would leave its sign stays where it is.
            let free: Vec<bool> = (0..rows.len())
                .map(|at| rows[at] != 0.0 || now.gradient[at] != 0.0 && (now.gradient[at] < 0.0) == self.limits[at].1)
                .collect();
            let only_free = |values: &mut [f64]| {
                values.iter_mut().zip(&free).filter(|(_, free)| !**free).for_each(|(value, _)| *value = 0.0);
            };
            let mut gradient = now.gradient.clone();
            only_free(&mut gradient);
            let mut along = direction(&gradient, &memory, size);
            only_free(&mut along);
            if dot(&along, &gradient) >= 0.0 {
                memory.clear();
                along = gradient.iter().map(|g| -size * g).collect();
            }
            let mut length = 1.0;
            let found = loop {
                let mut next: Vec<f64> = rows.iter().zip(&along).map(|(x, d)| x + length * d).collect();
                self.held(&mut next);
                let value = self.value(&next, size);
                evaluations += 1;
                let step: Vec<f64> = next.iter().zip(rows.iter()).map(|(a, b)| a - b).collect();
                if value.smooth <= now.smooth + 1e-4 * dot(&now.gradient, &step) {
                    break Some((next, value, step));
                }
                if evaluations >= most || length < 1e-6 {
                    break None;
                }
                length *= 0.4;
            };
            let Some((next, value, step)) = found else {
                if memory.is_empty() {
                    return (evaluations, true);
                }
                memory.clear();
                continue;
            };
            let change: Vec<f64> = value.gradient.iter().zip(&now.gradient).map(|(a, b)| a - b).collect();
            let curve = dot(&step, &change);
            if curve > 1e-12 * dot(&change, &change) {
                if memory.len() == MEMORY {
                    memory.remove(0);
                }
                memory.push(Pair { step, change, curve });
            }
            short = if now.smooth - value.smooth < SHORT * value.smooth.abs() { short + 1 } else { 0 };
            *rows = next;
            now = value;
        }
        (evaluations, evaluations < most)
    }

    /// With what one more of each block is worth.
    fn with_blocks(&self, mut rows: Vec<f64>) -> Duals {
        for block in &self.blocks {
            if let Some(row) = block.row {
                rows[row] = self.most(block, &rows);
            }
        }
        Duals { rows }
    }
}

/// A step, what it changed of the gradient, and their product.
struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
    curve: f64,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The way down by what is remembered (two loops, Nocedal 1980, Math. Comp. 35(151)).
fn direction(gradient: &[f64], memory: &[Pair], size: f64) -> Vec<f64> {
    let mut way: Vec<f64> = gradient.to_vec();
    let mut parts = Vec::with_capacity(memory.len());
    for Pair { step, change, curve } in memory.iter().rev() {
        let part = dot(step, &way) / curve;
        add(&mut way, -part, change);
        parts.push(part);
    }
    let scale = memory.last().map_or(size, |last| last.curve / dot(&last.change, &last.change));
    way.iter_mut().for_each(|x| *x *= scale);
    for (Pair { step, change, curve }, part) in memory.iter().zip(parts.into_iter().rev()) {
        let back = dot(change, &way) / curve;
        add(&mut way, part - back, step);
    }
    way.iter_mut().for_each(|x| *x = -*x);
    way
}

fn add(to: &mut [f64], share: f64, what: &[f64]) {
    for (x, y) in to.iter_mut().zip(what) {
        *x += share * y;
    }
}

#[cfg(test)]
mod tests;
