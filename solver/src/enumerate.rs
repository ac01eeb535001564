//! Closing the gap by enumeration: a column can stand in a better solution only if its reduced value, at the duals of the
//! root, is above the incumbent less the bound. When there are few such columns, one integer program over them is exact.

use crate::assemble::assemble;
use crate::fleet::Fleet;
use crate::generation::{Generated, Pricing, routes_of};
use crate::lp::{Col, Lp, LpStatus};
use crate::master::{Kind, Master};
use crate::pricing::rosters;
use crate::pricing::routes::Effort;
use crate::problem::{Control, Solution};
use crate::schedule::{Visit, time_route};
use crate::search::{State, parts};
use std::collections::{BTreeMap, BTreeSet};

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Enumerated {
    /// The gap is closed.
    Closed,
    /// There are too many columns.
    TooMany,
    /// Time ran out in the integer program.
    Unfinished,
}

/// Columns of one kind that may be enumerated at most.
const MOST: usize = 60_000;
/// The same where there are choices: their integer programs take long, and branching is sooner done.
const LITTLE: usize = 8_000;
/// Part of the bound below it within which plans are looked for.
const GUESS: f64 = 0.002;
/// Labels that a kind of vehicle may make.
const LABELS: usize = 2_500_000;

/// Enumerates and solves, where every solution of interest is worth `premium` more than it is. Gives a bound on what there is,
/// the premium taken off.
pub(crate) fn close(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    root: &Generated,
    premium: f64,
    state: &mut State<'_>,
    pricing: Pricing<'_>,
) -> (Enumerated, f64) {
    let known = root.bound - premium;
    let gap = known - state.best.objective;
    let (ended, bound) = within(master, fleet, root, premium, gap, state, pricing);
    // Branching is the better way where there are choices.
    if ended != Enumerated::TooMany || gap <= GUESS * known.abs() || !fleet.problem.choices.is_empty() {
        return (ended, bound);
    }
    // What is found near the bound makes the gap small; where nothing is, the bound is lower.
    within(master, fleet, root, premium, GUESS * known.abs(), state, pricing)
}

/// The same for what is worth less than the bound by so much at most.
fn within(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    root: &Generated,
    premium: f64,
    slack: f64,
    state: &mut State<'_>,
    pricing: Pricing<'_>,
) -> (Enumerated, f64) {
    let problem = fleet.problem;
    let known = root.bound - premium;
    let threshold = -slack - 1e-4;
    state.tell("enumeration");
    let mut keep: BTreeSet<Col> = BTreeSet::new();
    let rewards = master.task_rewards(&root.duals);
    let triples = master.triple_prices(&root.duals);
    let vehicles: Vec<(usize, f64)> =
        (0..problem.vehicles.len()).map(|v| (v, master.vehicle_dual(&root.duals, v))).collect();
    let most = if problem.choices.is_empty() { MOST } else { LITTLE };
    let template = (Effort::All, threshold, most + 1, LABELS);
    let mut total = 0;
    // In small batches, so that a hopeless attempt ends early.
    for batch in vehicles.chunks(2 * pricing.threads) {
        if state.stopped() {
            return (Enumerated::Unfinished, known);
        }
        let priced = routes_of(fleet, batch, (&rewards, &triples), template, pricing);
        for (&(vehicle, _), result) in batch.iter().zip(priced) {
            total += result.routes.len();
            if !result.complete || total > most {
                return (Enumerated::TooMany, known);
            }
            for route in result.routes {
                let Some(plan) = time_route(problem, vehicle, &route.visits) else { continue };
                keep.insert(master.add_route(vehicle, route.visits, plan.cost).0);
            }
        }
    }
    let mut total = 0;
    for crew in 0..problem.crews.len() {
        let dual = master.crew_dual(&root.duals, crew);
        let rewards = master.job_rewards(&root.duals, crew);
        let Some(found) = rosters::enumerate(problem, crew, rewards.into_iter(), threshold + dual, most) else {
            return (Enumerated::TooMany, known);
        };
        total += found.len();
        if total > most {
            return (Enumerated::TooMany, known);
        }
        for roster in found {
            keep.insert(master.add_roster(crew, roster.jobs).0);
        }
    }
    for (at, column) in master.columns().iter().enumerate() {
        match column.kind {
            Kind::Choice(_) => {
                let reduced = column.cost - column.entries.iter().map(|&(r, a)| a * root.duals.of(r)).sum::<f64>();
                if reduced >= threshold && column.upper > 0.0 {
                    keep.insert(at);
                }
            }
            Kind::Switch | Kind::Short(_) | Kind::Undriven(_) => {
                keep.insert(at);
            }
            Kind::Roster { .. } | Kind::Route { .. } => {}
        }
    }
    let keep: Vec<Col> = keep.into_iter().collect();
    state.tell("integer program");
    let gap = state.settings.gap.min(1e-4) * 0.5;
    let limits = Limits { gap, nodes: None };
    let solved = solve_over(master, fleet, &keep, &[], Some(&state.best), limits, state.control);
    state.offer(solved.solution);
    let whole = slack >= known - state.best.objective;
    let ended = if solved.proven && whole { Enumerated::Closed } else { Enumerated::Unfinished };
    (ended, known.min((solved.bound - premium).max(known - slack).max(state.best.objective)))
}

/// Columns and nodes of [`restricted`] at most.
const SOME: usize = 3_000;
const NODES: usize = 100;

/// The best that an integer program finds over the columns that seem best to the linear program just solved (heuristic: the
/// restricted master heuristic of Sadykov et al. 2019, INFORMS J. Comput. 31(2)).
pub(crate) fn restricted(master: &mut Master<'_>, fleet: &Fleet<'_>, state: &State<'_>) -> Option<Solution> {
    let mut keep: BTreeSet<Col> = pool(master, fleet, &state.best).into_iter().collect();
    if master.solve(state.control) != LpStatus::Optimal {
        return None;
    }
    let slack = master.lp().objective() - state.best.objective;
    let reduced = master.lp().reduced();
    let (integral, other): (Vec<Col>, Vec<Col>) =
        (0..master.columns().len()).partition(|&column| master.columns()[column].integral());
    keep.extend(other);
    let mut seeming: Vec<Col> = integral.into_iter().filter(|&column| reduced[column] > -slack).collect();
    seeming.sort_by(|&a, &b| reduced[b].total_cmp(&reduced[a]).then(a.cmp(&b)));
    keep.extend(seeming.into_iter().take(SOME));
    let keep: Vec<Col> = keep.into_iter().collect();
    let limits = Limits { gap: 1e-4, nodes: Some(NODES) };
    solve_over(master, fleet, &keep, &[], Some(&state.best), limits, state.control).solution
}

/// What a closed integer program over some columns gave.
#[derive(Debug)]
pub(crate) struct Over {
    pub(crate) solution: Option<Solution>,
    /// Bound over the columns given.
    pub(crate) bound: f64,
    pub(crate) proven: bool,
}

/// How long to look at a closed integer program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Relative gap at which it counts as solved.
    pub(crate) gap: f64,
    /// Nodes of the branching tree at most.
    pub(crate) nodes: Option<usize>,
}

/// Solves the integer program over the columns in `keep`, with those in `fixed` at one.
pub(crate) fn solve_over(
    master: &Master<'_>,
    fleet: &Fleet<'_>,
    keep: &[Col],
    fixed: &[Col],
    start: Option<&Solution>,
    limits: Limits,
    control: &dyn Control,
) -> Over {
    let mut lp = Lp::new();
    let mut bounds = master.row_bounds().to_vec();
    if !fleet.direct {
        // Where a stop can shorten the way, a route with one stop less need not exist: count every task exactly.
        for task in 0..fleet.problem.tasks.len() {
            let row = master.task_row(task);
            bounds[row].1 = bounds[row].0;
        }
    }
    for &(lower, upper) in &bounds {
        lp.add_row(lower, upper, &[]);
    }
    let mut integer = Vec::new();
    let mut position: BTreeMap<Col, usize> = BTreeMap::new();
    for &column in keep {
        let data = &master.columns()[column];
        let lower = if fixed.binary_search(&column).is_ok() { 1.0 } else { 0.0 };
        let at = lp.add_column(data.cost, lower, data.upper, &data.entries);
        position.insert(column, at);
        if data.integral() {
            integer.push(at);
        }
    }
    let values = start.and_then(|s| start_values(master, fleet, keep, &position, s));
    if let Some(nodes) = limits.nodes {
        lp.set_int(c"mip_max_nodes", nodes);
    }
    let result = lp.solve_integer(&integer, values.as_deref(), limits.gap, control);
    let solution = result.values.and_then(|values| {
        let mut full = vec![0.0; master.columns().len()];
        for (&column, &value) in keep.iter().zip(&values) {
            full[column] = value;
        }
        assemble(fleet, &parts(master, &full))
    });
    Over { solution, bound: result.bound, proven: result.proven }
}

/// The columns of a solution as values of the columns kept, when all of them are there.
fn start_values(
    master: &Master<'_>,
    fleet: &Fleet<'_>,
    keep: &[Col],
    position: &BTreeMap<Col, usize>,
    solution: &Solution,
) -> Option<Vec<f64>> {
    let mut values = vec![0.0; keep.len()];
    for column in solution_columns(master, fleet, solution)? {
        values[*position.get(&column)?] = 1.0;
    }
    let problem = master.problem();
    let wanted = crate::assemble::wanted_by(problem, &solution.choices);
    let mut on = BTreeSet::new();
    for &choice in &solution.choices {
        on.extend(problem.choices[choice].switches.iter().copied());
    }
    let mut switch = 0;
    for &column in keep {
        let at = position[&column];
        match master.columns()[column].kind {
            Kind::Switch => {
                values[at] = f64::from(u8::from(on.contains(&switch)));
                switch += 1;
            }
            Kind::Short(demand) => {
                let d = &problem.demands[demand];
                let on_job =
                    |(crew, jobs): &&(usize, Vec<usize>)| jobs.contains(&d.job) && d.crews.binary_search(crew).is_ok();
                #[expect(clippy::cast_precision_loss, reason = "a count of people")]
                let there = solution.rosters.iter().filter(on_job).count() as f64;
                values[at] = (wanted[demand] - there).max(0.0);
            }
            Kind::Undriven(task) => {
                let driven = solution.routes.iter().any(|r| r.stops.iter().any(|s| s.task == task));
                values[at] = f64::from(u8::from(!driven));
            }
            _ => {}
        }
    }
    Some(values)
}

/// The choice, roster and route columns of a solution, when the pool has all of them.
fn solution_columns(master: &Master<'_>, fleet: &Fleet<'_>, solution: &Solution) -> Option<Vec<Col>> {
    let mut columns = Vec::new();
    for &choice in &solution.choices {
        columns.push(master.find_choice(choice)?);
    }
    for (crew, jobs) in &solution.rosters {
        columns.push(master.find_roster(*crew, jobs)?);
    }
    for route in &solution.routes {
        let tasks = route.stops.iter().filter(|s| s.pickup).map(|s| s.task).collect();
        columns.push(master.find_route(fleet.kinds.of[route.vehicle], tasks)?);
    }
    Some(columns)
}

/// Puts the rosters and routes of a solution into the pool and gives the columns of the whole solution.
pub(crate) fn pool(master: &mut Master<'_>, fleet: &Fleet<'_>, solution: &Solution) -> Vec<Col> {
    let mut columns: Vec<Col> = solution.choices.iter().filter_map(|&c| master.find_choice(c)).collect();
    for (crew, jobs) in &solution.rosters {
        columns.push(master.add_roster(*crew, jobs.clone()).0);
    }
    for route in &solution.routes {
        let visits = visits_of(fleet, route);
        columns.push(master.add_route(fleet.kinds.of[route.vehicle], visits, route.cost).0);
    }
    columns
}

/// The visits of a route, with the pickup window each start lies in.
fn visits_of(fleet: &Fleet<'_>, route: &crate::problem::RoutePlan) -> Vec<Visit> {
    let visit = |stop: &crate::problem::RouteStop| {
        let windows = &fleet.problem.tasks[stop.task].pickup_windows;
        let inside = |w: &crate::problem::Window| w.from - 1e-6 <= stop.at && stop.at <= w.until + 1e-6;
        let window = if stop.pickup { windows.iter().position(inside).unwrap_or(0) } else { 0 };
        Visit { task: stop.task, pickup: stop.pickup, window }
    };
    route.stops.iter().map(visit).collect()
}
