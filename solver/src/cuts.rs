//! Rounding cuts on the capacities, over choices only: Chvátal-Gomory cuts `Σ ⌊a/d⌋ x ≤ ⌊limit/d⌋` and covers of equal size
//! `Σ (a > limit/(k+1)) x ≤ k` (Wolsey 1998, Integer Programming, chapters 8 and 9).

use crate::lp::Col;
use crate::master::Master;
use crate::problem::{Control, Part};
use std::collections::BTreeSet;

/// Separates cuts, each at most once.
#[derive(Debug)]
pub(crate) struct Cutter {
    sacks: Vec<(f64, Vec<(Col, f64)>)>,
    known: BTreeSet<(usize, u32)>,
}

/// Columns with coefficients.
type Terms = Vec<(Col, f64)>;

/// Largest divisor and cover size looked at.
const LARGEST: u32 = 8;
const VIOLATED: f64 = 1e-3;

impl Cutter {
    /// A cutter over the capacities of the master.
    pub(crate) fn new(master: &Master<'_>) -> Self {
        Self { sacks: master.knapsacks(), known: BTreeSet::new() }
    }

    /// Adds the cuts that the last solution of the linear program violates; returns how many.
    pub(crate) fn cut(&mut self, master: &mut Master<'_>, control: &dyn Control) -> usize {
        let (no_rounding, no_covers) = (control.leaves_out(Part::Rounding), control.leaves_out(Part::Covers));
        let values = master.lp().values().to_vec();
        let mut added = 0;
        for (sack, (limit, terms)) in self.sacks.iter().enumerate() {
            if terms.is_empty() {
                continue;
            }
            for size in 1..=LARGEST {
                let d = f64::from(size);
                let rounded = terms.iter().map(|&(c, a)| (c, ((a + 1e-9) / d).floor()));
                let cover = terms.iter().map(|&(c, a)| (c, f64::from(u8::from(a > limit / (d + 1.0) + 1e-9))));
                let families = [
                    (2 * size, ((limit + 1e-9) / d).floor(), rounded.collect::<Terms>()),
                    (2 * size + 1, d, cover.collect()),
                ];
                for (key, right, left) in families {
                    let left_out = if key % 2 == 0 { size == 1 || no_rounding } else { no_covers };
                    if left_out || self.known.contains(&(sack, key)) {
                        continue;
                    }
                    let left: Terms = left.into_iter().filter(|t| t.1 > 0.0).collect();
                    let sum: f64 = left.iter().map(|&(c, a)| a * values[c]).sum();
                    if sum > right + VIOLATED {
                        self.known.insert((sack, key));
                        master.add_cut(&left, right);
                        added += 1;
                    }
                }
            }
        }
        added
    }
}
