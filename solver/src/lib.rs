//! Column generation for choices, crews with rosters and vehicles with routes: pure mathematics, no input or output, no clock.

// What the tests share names the crate as its users do.
#[cfg(test)]
extern crate self as vertrek_solver;

mod assemble;
mod beside;
mod branch;
mod closure;
mod cuts;
mod enumerate;
mod fleet;
mod generation;
mod lp;
mod master;
mod neighbourhood;
mod prices;
mod pricing;
pub mod problem;
mod recreate;
mod schedule;
mod search;
mod smooth;
mod triples;
pub mod validate;
pub mod verify;

pub use prices::{Prices, prices};
pub use recreate::{Wish, mend, seat};
pub use search::{gap, plain_bound, solve};

/// What the tests of the crate share, of which only a part is used inside it.
#[cfg(test)]
#[allow(dead_code, unreachable_pub)]
#[path = "../tests/support"]
mod support {
    pub(crate) mod brute_force;
    pub(crate) mod drives;
    pub(crate) mod generate;
    pub(crate) mod schedule;
}
