//! Neighbourhood search on the incumbent (Pisinger & Ropke 2010, large neighbourhood search; here each neighbourhood is an
//! integer program over priced columns): some vehicles, the choices they serve and the crew at work around that time are set
//! free, the rest stays, columns are priced for the part that is free, and a closed integer program finds its best.
//! Heuristic; every step keeps a feasible solution.

use crate::enumerate::{Limits, pool, solve_over};
use crate::fleet::Fleet;
use crate::generation::{Closed, Pricing, QUICK, Stage, generate};
use crate::lp::{Col, LpStatus};
use crate::master::{Kind, Master};
use crate::problem::*;
use crate::search::State;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// What is set free.
#[derive(Debug, Default)]
struct Free {
    vehicles: BTreeSet<VehicleId>,
    groups: BTreeSet<GroupId>,
    crews: BTreeSet<CrewId>,
}

/// When a choice happens: the start of its jobs, or of its task's delivery window.
fn moments(problem: &Problem) -> Vec<Option<f64>> {
    let of = |choice: &Choice| {
        let job = choice.needs.iter().map(|&(d, _)| problem.jobs[problem.demands[d].job].start);
        let task = choice.task.map(|t| problem.tasks[t].delivery_window.from);
        job.chain(task).min_by(f64::total_cmp)
    };
    problem.choices.iter().map(of).collect()
}

/// Free vehicles of a step at most; more make the integer program slow.
const VEHICLES: usize = 14;
/// Free crew of a step at most.
const CREWS: usize = 60;

fn choose(problem: &Problem, best: &Solution, rng: &mut ChaCha8Rng) -> Free {
    let moment = moments(problem);
    let (mut from, mut until) = (f64::INFINITY, f64::NEG_INFINITY);
    for at in moment
        .iter()
        .flatten()
        .copied()
        .chain(problem.vehicles.iter().map(|v| v.window.from))
        .chain(problem.jobs.iter().map(|j| j.start))
    {
        from = from.min(at);
        until = until.max(at);
    }
    let mut free = Free::default();
    if from > until {
        return free;
    }
    let centre = rng.random_range(0.0..=1.0) * (until - from) + from;
    let distance =
        |a: f64, b: f64| if a <= centre && centre <= b { 0.0 } else { (a - centre).abs().min((b - centre).abs()) };
    let mut vehicles: Vec<(f64, usize)> = problem
        .vehicles
        .iter()
        .enumerate()
        .map(|(v, data)| (distance(data.window.from, data.window.until) + rng.random_range(0.0..600.0), v))
        .collect();
    vehicles.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    free.vehicles.extend(vehicles.iter().take(VEHICLES).map(|v| v.1));
    let driven_by =
        |task: TaskId| best.routes.iter().find(|r| r.stops.iter().any(|s| s.task == task)).map(|r| r.vehicle);
    let mut taken = vec![None; problem.groups];
    for &choice in &best.choices {
        taken[problem.choices[choice].group] = Some(choice);
    }
    for (group, choice) in taken.iter().enumerate() {
        let is_free = match choice {
            None => true,
            Some(choice) => match problem.choices[*choice].task.and_then(driven_by) {
                Some(vehicle) => free.vehicles.contains(&vehicle),
                None => moment[*choice].is_none_or(|m| (m - centre).abs() < 2160.0),
            },
        };
        if is_free {
            free.groups.insert(group);
        }
    }
    // Crew at work on what is free, then others near the centre, then idle ones.
    let mut jobs: BTreeSet<JobId> = BTreeSet::new();
    for choice in taken.iter().flatten().filter(|&&c| free.groups.contains(&problem.choices[c].group)) {
        jobs.extend(problem.choices[*choice].needs.iter().map(|&(d, _)| problem.demands[d].job));
    }
    let mut crews: Vec<(f64, usize)> = (0..problem.crews.len())
        .map(|crew| {
            let roster = best.rosters.iter().find(|r| r.0 == crew).map_or(&[][..], |r| &r.1[..]);
            let near = if roster.iter().any(|j| jobs.contains(j)) {
                0.0
            } else {
                let nearest = roster.iter().map(|&j| (problem.jobs[j].start - centre).abs()).min_by(f64::total_cmp);
                nearest.unwrap_or(1500.0) + rng.random_range(0.0..1500.0)
            };
            (near, crew)
        })
        .collect();
    crews.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    free.crews.extend(crews.iter().take(CREWS).map(|c| c.1));
    free
}

/// One step.
pub(crate) fn improve(master: &mut Master<'_>, fleet: &Fleet<'_>, state: &mut State<'_>, round: u64) {
    let problem = fleet.problem;
    let mut rng = ChaCha8Rng::seed_from_u64(state.settings.seed ^ round.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let free = choose(fleet.original, &state.best, &mut rng);
    let kept = Solution {
        choices: state
            .best
            .choices
            .iter()
            .copied()
            .filter(|&c| !free.groups.contains(&problem.choices[c].group))
            .collect(),
        rosters: state.best.rosters.iter().filter(|r| !free.crews.contains(&r.0)).cloned().collect(),
        routes: state.best.routes.iter().filter(|r| !free.vehicles.contains(&r.vehicle)).cloned().collect(),
        objective: 0.0,
    };
    pool(master, fleet, &state.best);
    let mut fixed: Vec<Col> = pool(master, fleet, &kept);
    fixed.sort_unstable();
    let mut closed = Closed::none(problem.crews.len(), problem.vehicles.len());
    (0..problem.crews.len()).filter(|c| !free.crews.contains(c)).for_each(|c| closed.crew(c));
    let free_kinds: BTreeSet<VehicleId> = free.vehicles.iter().map(|&v| fleet.kinds.of[v]).collect();
    (0..problem.vehicles.len()).filter(|kind| !free_kinds.contains(kind)).for_each(|kind| closed.vehicle(kind));
    for &column in &fixed {
        master.fix(column);
    }
    let pricing = Pricing {
        threads: state.settings.threads.max(1),
        max_labels: 200_000,
        stage: Stage::Usual,
        control: state.control,
    };
    let generated = generate(master, fleet, &closed, (12, QUICK, None), pricing, (None, None), |_| true);
    let solved = generated.is_some() && master.solve(state.control) == LpStatus::Optimal;
    if solved && master.lp().objective() > state.best.objective + 1e-6 {
        let slack = master.lp().objective() - state.best.objective;
        let keep = candidates(master, &free, &free_kinds, &fixed, slack);
        let limits = Limits { gap: 1e-4, nodes: Some(300) };
        let over = solve_over(master, fleet, &keep, &fixed, Some(&state.best), limits, state.control);
        state.offer(over.solution);
    }
    for &column in &fixed {
        master.release(column);
    }
}

/// Columns that an improvement inside the neighbourhood may use, best reduced cost first, and what is fixed.
fn candidates(
    master: &Master<'_>,
    free: &Free,
    free_kinds: &BTreeSet<VehicleId>,
    fixed: &[Col],
    slack: f64,
) -> Vec<Col> {
    const MOST: usize = 4000;
    let problem = master.problem();
    let reduced = master.lp().reduced();
    let mut keep: BTreeSet<Col> = fixed.iter().copied().collect();
    let mut optional: Vec<(f64, Col)> = Vec::new();
    for (at, column) in master.columns().iter().enumerate() {
        match &column.kind {
            Kind::Switch | Kind::Short(_) | Kind::Undriven(_) => {
                keep.insert(at);
            }
            kind => {
                let is_free = match kind {
                    Kind::Choice(choice) => free.groups.contains(&problem.choices[*choice].group),
                    Kind::Roster { crew, .. } => free.crews.contains(crew),
                    Kind::Route { vehicle, .. } => free_kinds.contains(vehicle),
                    _ => false,
                };
                if is_free && reduced[at] > -slack {
                    optional.push((reduced[at], at));
                }
            }
        }
    }
    optional.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    keep.extend(optional.into_iter().take(MOST).map(|o| o.1));
    keep.into_iter().collect()
}
