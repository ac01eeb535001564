//! What one more of each limited thing is worth to the linear program of the root, by its duals.

use crate::enumerate;
use crate::fleet::{Fleet, Kinds};
use crate::master::Master;
use crate::problem::{Control, Problem, Settings, Solution};
use crate::search::{State, pricing, root};
use crate::validate::{Malformed, validate};

/// What one more is worth to the linear program, to first order; nothing of it is proven of whole solutions.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// One more unit of each capacity.
    pub capacities: Vec<f64>,
    /// One person more who counts in each demand.
    pub demands: Vec<f64>,
    /// One more vehicle like each.
    pub vehicles: Vec<f64>,
}

/// Prices at the root, where the search for them comes to duals before its control ends it; `start` is a solution to price
/// around.
///
/// # Errors
/// Every way in which the problem is malformed.
pub fn prices(
    problem: &Problem,
    settings: &Settings,
    control: &dyn Control,
    start: &Solution,
) -> Result<Option<Prices>, Vec<Malformed>> {
    let faults = validate(problem);
    if !faults.is_empty() {
        return Err(faults);
    }
    let kinds = Kinds::new(problem);
    let reduced = kinds.reduce(problem);
    let fleet = Fleet::new(problem, &reduced, &kinds);
    let mut master = Master::new(&reduced, &kinds.counts());
    let mut state = State::new(problem, settings, control);
    if crate::verify::faults(problem, start).is_empty() {
        enumerate::pool(&mut master, &fleet, start);
        state.offer(Some(start.clone()));
    }
    let pricing = pricing(settings, control);
    let Some(root) = root(&mut master, &fleet, &mut state, pricing, None) else { return Ok(None) };
    let of_kind = |&kind: &usize| master.vehicle_dual(&root.duals, kind);
    Ok(Some(Prices {
        capacities: master.capacity_prices(&root.duals),
        demands: master.demand_prices(&root.duals),
        vehicles: kinds.of.iter().map(of_kind).collect(),
    }))
}
