//! From the problem to a solution with a proven bound.
//!
//! 1. Ruin and recreate, and all through what follows.
//! 2. The root: column generation to the bound of the linear master, with cuts on the capacities and over three rides, and
//!    once an integer program over some of the columns there are.
//! 3. Diving with pricing.
//! 4. Small gaps: every column that a better solution could use (reduced value above minus the gap) is enumerated, and one
//!    closed integer program over them is exact (Baldacci, Christofides & Mingozzi 2008, "route enumeration").
//! 5. In turn, until the gap or the time is reached: branching on the choices, neighbourhoods of the incumbent, and ruin and
//!    recreate.

use crate::assemble::{Parts, assemble};
use crate::beside::Beside;
use crate::branch::Tree;
use crate::enumerate::{self, Enumerated};
use crate::fleet::{Fleet, Kinds};
use crate::generation::{Closed, EXACT, FEW, Generated, Pricing, QUICK, Stage, Step, generate};
use crate::lp::LpStatus;
use crate::master::{Kind, Master};
use crate::problem::*;
use crate::recreate::Index;
use crate::smooth::Smooth;
use crate::validate::{Malformed, validate};
use crate::{cuts, neighbourhood, triples};

/// Relative gap below which a solution counts as optimal.
const OPTIMAL: f64 = 1e-6;

/// (bound − objective) / max(1, |objective|).
pub fn gap(objective: f64, bound: f64) -> f64 {
    (bound - objective) / objective.abs().max(1.0)
}

/// The best known solution and bound, told to the control as they improve.
pub(crate) struct State<'a> {
    pub(crate) control: &'a dyn Control,
    pub(crate) settings: Settings,
    pub(crate) best: Solution,
    pub(crate) bound: f64,
    grain: Option<f64>,
}

impl<'a> State<'a> {
    /// With nothing but the solution of nothing at all, and the plain bound.
    pub(crate) fn new(problem: &Problem, settings: &Settings, control: &'a dyn Control) -> Self {
        let mut nothing = Solution::default();
        nothing.objective = crate::verify::value(problem, &nothing);
        let bound = plain_bound(problem).max(nothing.objective);
        State { control, settings: *settings, best: nothing, bound, grain: grain(problem) }
    }

    /// Tells where the search is.
    pub(crate) fn tell(&self, phase: &'static str) {
        self.control.report(Progress { phase, incumbent: self.best.objective, bound: self.bound });
    }

    /// Takes a better solution.
    pub(crate) fn offer(&mut self, solution: Option<Solution>) -> bool {
        match solution {
            Some(s) if s.objective > self.best.objective + 1e-9 => {
                self.best = s;
                self.bound = self.bound.max(self.best.objective);
                true
            }
            _ => false,
        }
    }

    /// Takes a tighter bound, rounded down to what objectives can be.
    pub(crate) fn prove(&mut self, bound: f64) {
        let rounded = match self.grain {
            Some(grain) => ((bound + 1e-6 * bound.abs().max(1.0)) / grain).floor() * grain,
            None => bound,
        };
        self.bound = self.bound.min(rounded).max(self.best.objective);
    }

    /// Takes what a step of the root brought; whether to go on.
    fn take(&mut self, step: Step) -> bool {
        self.offer(step.better);
        self.prove(step.bound);
        self.tell("columns");
        !self.done()
    }

    /// Whether the gap asked for is reached.
    pub(crate) fn done(&self) -> bool {
        gap(self.best.objective, self.bound) <= self.settings.gap.max(1e-9)
    }

    /// Whether the control wants the search to end.
    pub(crate) fn stopped(&self) -> bool {
        self.control.seconds_left() <= 0.0
    }
}

/// A number that every objective is a whole multiple of, where that is plain from the data.
fn grain(problem: &Problem) -> Option<f64> {
    let whole = |x: &f64| x.fract() == 0.0 && x.abs() < 1e12;
    let money = problem
        .choices
        .iter()
        .map(|c| c.value)
        .chain(problem.jobs.iter().map(|j| j.cost))
        .chain(problem.crews.iter().map(|c| c.used))
        .chain(problem.crews.iter().flat_map(|c| &c.extra).map(|extra| extra.1))
        .chain(problem.demands.iter().filter_map(|d| d.shortage))
        .chain(problem.tasks.iter().filter_map(|t| t.penalty));
    // Half a person missing costs half a penalty.
    let people = problem
        .choices
        .iter()
        .flat_map(|c| &c.needs)
        .chain(problem.switches.iter().flat_map(|s| &s.needs))
        .map(|need| need.1)
        .chain(problem.demands.iter().map(|d| d.base));
    (problem.vehicles.is_empty() && money.chain(people).all(|x| whole(&x))).then_some(1.0)
}

/// What is gained at most whatever the crews and vehicles: the best choice of each group, and jobs that cost less than nothing.
pub fn plain_bound(problem: &Problem) -> f64 {
    let mut best = vec![0.0_f64; problem.groups];
    for choice in &problem.choices {
        best[choice.group] = best[choice.group].max(choice.value);
    }
    let jobs = |crew: CrewId| problem.crews[crew].jobs.iter().map(move |&job| (-problem.job_cost(crew, job)).max(0.0));
    best.iter().sum::<f64>() + (0..problem.crews.len()).flat_map(jobs).sum::<f64>()
}

/// Solves a problem: always a feasible solution and a proven bound, however early the control stops it.
///
/// # Errors
/// Every way in which the problem is malformed.
pub fn solve(
    problem: &Problem,
    settings: &Settings,
    control: &dyn Control,
    start: Option<&Solution>,
) -> Result<Outcome, Vec<Malformed>> {
    let faults = validate(problem);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut state = State::new(problem, settings, control);
    if let Some(start) = start
        && crate::verify::faults(problem, start).is_empty()
    {
        state.offer(Some(start.clone()));
    }
    state.tell("start");
    if !state.done() && !state.stopped() {
        search(problem, &mut state);
    }
    let reached = gap(state.best.objective, state.bound);
    let ending = if reached <= OPTIMAL {
        Ending::Optimal
    } else if state.done() {
        Ending::Gap
    } else {
        Ending::Stopped
    };
    Ok(Outcome { solution: state.best, bound: state.bound, ending })
}

/// What ruin and recreate may look at before anything else for each unit of size, up to so many of them; where there are
/// few it is less. A turn of it later on is one of so many parts of that.
const FIRST: u64 = 600_000;
const MOST: u64 = 1_600;
const FULL: u64 = 500;
const TURNS: u64 = 4;
/// Rounds between two reports.
const PIECE: u64 = 400;

/// Rows of a linear program that takes too long to solve: the bound comes from smooth multipliers alone then, and better
/// plans from ruin and recreate alone.
const MOST_ROWS: usize = 20_000;

/// Branches that are looked into in a turn.
const BRANCHES: usize = 40;

/// How the root is priced.
pub(crate) fn pricing<'a>(settings: &Settings, control: &'a dyn Control) -> Pricing<'a> {
    Pricing { threads: settings.threads.max(1), max_labels: 1_000_000, stage: Stage::Usual, control }
}

fn search(problem: &Problem, state: &mut State<'_>) {
    let kinds = Kinds::new(problem);
    let reduced = kinds.reduce(problem);
    let fleet = Fleet::new(problem, &reduced, &kinds);
    let mut master = Master::new(&reduced, &kinds.counts());
    let threads = state.settings.threads.max(1);
    let pricing = pricing(&state.settings, state.control);
    // A round that changes rosters alone takes longer, and linear programs of rosters are soon solved.
    let pieces = (problem.tasks.len() + problem.jobs.len() / 20 + 10) as u64;
    let size = (problem.tasks.len() + problem.jobs.len() / 4 + 10) as u64;
    let first = FIRST * size.min(MOST) * size.min(FULL) / FULL;
    let large = master.row_bounds().len() > MOST_ROWS;
    let index = Index::new(problem);
    let mut beside = index.as_ref().map(|index| Beside::new(index, &state.best, &state.settings, pieces));
    recreate(&mut master, &fleet, state, beside.as_mut(), first);
    if state.done() || state.stopped() {
        return;
    }
    let together = (threads > 1 || large) && !state.control.leaves_out(Part::Beside);
    let root = root(&mut master, &fleet, state, pricing, beside.as_mut().filter(|_| together));
    if large {
        while recreate(&mut master, &fleet, state, beside.as_mut(), first) {}
        return;
    }
    let Some(root) = root else { return };
    if state.done() {
        return;
    }
    let leaves_out = |part| state.control.leaves_out(part);
    let [no_dive, no_enumeration, no_neighbourhoods, no_recreation] =
        [Part::Diving, Part::Enumeration, Part::Neighbourhoods, Part::Recreation].map(leaves_out);
    if !no_dive && let Some(parts) = dive(&mut master, &fleet, state, pricing) {
        state.offer(assemble(&fleet, &parts));
    }
    state.tell("dive");
    let mut tried = f64::INFINITY;
    let branches = !problem.choices.is_empty() && master.row_bounds().len() <= FEW && !leaves_out(Part::Branching);
    let mut tree: Option<Tree> = None;
    for round in 0_u64.. {
        if state.done() || state.stopped() || round > 0 && no_neighbourhoods && no_recreation {
            return;
        }
        // Enumerate when the gap has become a good deal smaller than at the last attempt.
        let slack = root.bound - state.best.objective;
        if !no_enumeration && slack < 0.7 * tried {
            tried = slack;
            let (ended, bound) = enumerate::close(&mut master, &fleet, &root, 0.0, state, pricing);
            state.prove(bound);
            if ended == Enumerated::Closed {
                return;
            }
        }
        if branches && !state.done() {
            let tree = tree.get_or_insert_with(|| Tree::new(problem, state));
            tree.grow(&mut master, &fleet, state, pricing, BRANCHES);
        }
        if state.done() || state.stopped() {
            return;
        }
        if !no_neighbourhoods {
            state.tell("neighbourhoods");
            neighbourhood::improve(&mut master, &fleet, state, round);
        }
        if !no_recreation {
            recreate(&mut master, &fleet, state, beside.as_mut(), first / TURNS);
        }
    }
}

/// Ruin and recreate on every thread until so much more has been looked at, in pieces: what it comes by are columns. False
/// when it is at its end.
fn recreate(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    state: &mut State<'_>,
    beside: Option<&mut Beside<'_>>,
    work: u64,
) -> bool {
    let Some(beside) = beside else { return false };
    beside.learn(&state.best);
    let most = beside.done().1 + work;
    let piece = PIECE.min(fleet.problem.tasks.len() as u64 + fleet.problem.jobs.len() as u64 + 10);
    while beside.done().1 < most {
        if state.done() || state.stopped() || !beside.together(piece, state.control) {
            return false;
        }
        state.offer(beside.better());
        for solution in beside.seen() {
            enumerate::pool(master, fleet, &solution);
        }
        state.tell("recreate");
    }
    true
}

/// Rounds of cuts at the root at most.
const CUT_ROUNDS: usize = 20;

/// The root bound: columns by quick pricing and cuts in turn, then exact pricing, until neither brings anything.
pub(crate) fn root(
    master: &mut Master<'_>,
    fleet: &Fleet<'_>,
    state: &mut State<'_>,
    pricing: Pricing<'_>,
    mut beside: Option<&mut Beside<'_>>,
) -> Option<Generated> {
    let closed = Closed::none(fleet.problem.crews.len(), fleet.problem.vehicles.len());
    let mut cutter = cuts::Cutter::new(master);
    let mut best: Option<Generated> = None;
    let mut before: Option<f64> = None;
    let mut restricted = false;
    let smoothed = master.row_bounds().len() > FEW && !state.control.leaves_out(Part::Smoothing);
    let mut smooth = smoothed.then(Smooth::new);
    for _ in 0..CUT_ROUNDS {
        let beside = &mut beside;
        let quick = (usize::MAX, QUICK, None);
        let told = |step: Step| state.take(step);
        let quick = generate(master, fleet, &closed, quick, pricing, (smooth.as_mut(), beside.as_deref_mut()), told)?;
        let falls = before.is_none_or(|before| quick.value < before - 2e-4 * before.abs().max(1.0));
        if falls && smooth.is_none() && !state.done() && !state.stopped() && cutter.cut(master, state.control) > 0 {
            before = Some(quick.value);
            continue;
        }
        if let Some(smooth) = &mut smooth {
            // Held down the multipliers find columns soon; their bound is better when they are held less.
            smooth.nearer();
        }
        let centre = best.as_ref().map(|b: &Generated| b.duals.clone());
        let exact = (usize::MAX, EXACT, centre);
        let told = |step: Step| state.take(step);
        let generated =
            generate(master, fleet, &closed, exact, pricing, (smooth.as_mut(), beside.as_deref_mut()), told)?;
        let gained = best.as_ref().is_none_or(|b| generated.bound < b.bound - 1e-4 * b.bound.abs().max(1.0));
        if best.as_ref().is_none_or(|b| generated.bound <= b.bound) {
            best = Some(generated);
        }
        let few = master.row_bounds().len() <= FEW;
        // Where there are rides alone, enumeration near the bound is sooner done.
        let wanted = few && !fleet.problem.choices.is_empty() && !state.control.leaves_out(Part::Restricted);
        if wanted && !restricted && !state.done() {
            restricted = true;
            let better = enumerate::restricted(master, fleet, state);
            state.offer(better);
            state.tell("restricted");
        }
        let over = state.done() || state.stopped();
        if smooth.take().is_some() && !over && master.row_bounds().len() <= MOST_ROWS {
            // What smoothing has left is little enough for the linear program.
            continue;
        }
        if !gained && !few || over || master.row_bounds().len() > MOST_ROWS {
            break;
        }
        let triples = if state.control.leaves_out(Part::Triples) { 0 } else { triples::cut(master) };
        if cutter.cut(master, state.control) + triples == 0 {
            break;
        }
        before = None;
    }
    best
}

/// The parts that the columns of an integral solution stand for.
pub(crate) fn parts(master: &Master<'_>, values: &[f64]) -> Parts {
    let mut parts = Parts::default();
    for (column, &value) in master.columns().iter().zip(values) {
        if value < 0.5 {
            continue;
        }
        match &column.kind {
            Kind::Choice(choice) => parts.choices.push(*choice),
            Kind::Roster { crew, jobs } => parts.rosters.push((*crew, jobs.clone())),
            Kind::Route { vehicle, visits, .. } => parts.routes.push((*vehicle, visits.clone())),
            Kind::Switch | Kind::Short(_) | Kind::Undriven(_) => {}
        }
    }
    parts
}

/// Diving with pricing: fix what the linear program is sure of, or its largest fraction, price again, until integral
/// (heuristic; Sadykov et al. 2019, INFORMS J. Comput. 31(2)).
fn dive(master: &mut Master<'_>, fleet: &Fleet<'_>, state: &State<'_>, pricing: Pricing<'_>) -> Option<Parts> {
    let problem = fleet.problem;
    let mut closed = Closed::none(problem.crews.len(), problem.vehicles.len());
    let mut fixed = vec![false; master.columns().len()];
    let mut left: Vec<usize> = fleet.kinds.members.iter().map(Vec::len).collect();
    let mut result = None;
    loop {
        if state.stopped() {
            break;
        }
        let generated = generate(master, fleet, &closed, (3, QUICK, None), pricing, (None, None), |_| {
            state.tell("dive");
            true
        });
        if generated.is_none() || master.solve(state.control) != LpStatus::Optimal {
            break;
        }
        fixed.resize(master.columns().len(), false);
        let values = master.lp().values().to_vec();
        let mut open: Vec<(f64, usize)> = (0..values.len())
            .filter(|&c| !fixed[c] && values[c] > 1e-6 && master.columns()[c].integral())
            .map(|c| (values[c], c))
            .collect();
        open.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        if open.is_empty() || open.iter().all(|o| o.0 > 1.0 - 1e-6) {
            result = Some(parts(master, &values));
            break;
        }
        let sure = open.iter().filter(|o| o.0 > 1.0 - 1e-6).count();
        let take = if open[sure].0 > 0.8 { sure + (open.len() - sure).min(3) } else { sure + 1 };
        for &(value, column) in open.iter().take(take) {
            if value < 0.8 && column != open[sure].1 {
                continue;
            }
            fixed[column] = true;
            master.fix(column);
            match &master.columns()[column].kind {
                Kind::Roster { crew, .. } => closed.crew(*crew),
                Kind::Route { vehicle, .. } => {
                    left[*vehicle] = left[*vehicle].saturating_sub(1);
                    if left[*vehicle] == 0 {
                        closed.vehicle(*vehicle);
                    }
                }
                _ => {}
            }
        }
    }
    for (column, _) in fixed.iter().enumerate().filter(|(_, f)| **f) {
        master.release(column);
    }
    result
}
