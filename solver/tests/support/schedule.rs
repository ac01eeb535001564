//! The shortest schedule of a fixed sequence of stops, as longest paths in its graph of difference constraints.

use vertrek_solver::problem::{Problem, RouteStop, TaskId, VehicleId, Window};

/// What rounding may add up to around a cycle, minutes.
const ROUNDING: f64 = 1e-7;

/// Times of a route.
#[derive(Clone, Debug)]
pub struct Times {
    pub leave: f64,
    pub at: Vec<f64>,
    pub back: f64,
}

/// t(to) ≥ t(from) + least.
struct Constraint {
    from: usize,
    to: usize,
    least: f64,
}

/// The shortest schedule from leaving to coming back over all choices of pickup windows; none: infeasible.
pub fn shortest(problem: &Problem, vehicle: VehicleId, stops: &[(TaskId, bool)]) -> Option<Times> {
    let mut best: Option<Times> = None;
    let pickups: Vec<TaskId> = stops.iter().filter(|(_, pickup)| *pickup).map(|(t, _)| *t).collect();
    let mut chosen = vec![0; pickups.len()];
    loop {
        let window = |task: TaskId| {
            let i = pickups.iter().position(|&t| t == task)?;
            problem.tasks[task].pickup_windows.get(chosen[i]).copied()
        };
        if let Some(times) = with_windows(problem, vehicle, stops, window)
            && best.as_ref().is_none_or(|b| times.back - times.leave < b.back - b.leave)
        {
            best = Some(times);
        }
        // The next combination of windows.
        let next = (0..pickups.len()).find(|&i| chosen[i] + 1 < problem.tasks[pickups[i]].pickup_windows.len());
        let Some(next) = next else { return best };
        chosen[next] += 1;
        chosen[..next].fill(0);
    }
}

fn with_windows(
    problem: &Problem,
    id: VehicleId,
    stops: &[(TaskId, bool)],
    window: impl Fn(TaskId) -> Option<Window>,
) -> Option<Times> {
    let vehicle = &problem.vehicles[id];
    // Nodes: 0 is time zero, 1 leaving, then the stops, then coming back.
    let (zero, leave, back) = (0, 1, stops.len() + 2);
    let mut graph = Vec::new();
    let mut least = |from, to, least: f64| {
        if least > f64::NEG_INFINITY {
            graph.push(Constraint { from, to, least });
        }
    };
    least(zero, leave, vehicle.window.from);
    least(back, zero, -vehicle.window.until);
    least(leave, back, 0.0);
    least(back, leave, -vehicle.max_minutes);
    let (mut node, mut place, mut service) = (leave, vehicle.depot, 0.0);
    for (i, &(id, pickup)) in stops.iter().enumerate() {
        let task = &problem.tasks[id];
        let here = if pickup { task.pickup } else { task.delivery };
        let window = if pickup { window(id)? } else { task.delivery_window };
        least(node, i + 2, service + problem.travel.minutes(place, here));
        least(zero, i + 2, window.from);
        least(i + 2, zero, -window.until);
        if !pickup {
            let picked = stops.iter().position(|&stop| stop == (id, true))?;
            least(i + 2, picked + 2, -(task.load + task.max_ride));
        }
        (node, place, service) = (i + 2, here, if pickup { task.load } else { task.unload });
    }
    least(node, back, service + problem.travel.minutes(place, vehicle.depot));
    // The longest path from leaving to coming back is the least time between them.
    let duration = longest(&graph, back + 1, leave)?[back];
    graph.push(Constraint { from: back, to: leave, least: -duration });
    let times = longest(&graph, back + 1, zero)?;
    Some(Times { leave: times[leave], at: times[leave + 1..back].to_vec(), back: times[back] })
}

/// Longest paths from a node (Bellman-Ford); none: a positive cycle, so nothing meets the constraints.
fn longest(graph: &[Constraint], nodes: usize, start: usize) -> Option<Vec<f64>> {
    let mut far = vec![f64::NEG_INFINITY; nodes];
    far[start] = 0.0;
    for _ in 0..=nodes {
        let mut changed = false;
        for c in graph {
            let through = far[c.from] + c.least;
            if through > far[c.to] + if far[c.to].is_finite() { ROUNDING / nodes as f64 } else { 0.0 } {
                far[c.to] = through;
                changed = true;
            }
        }
        if !changed {
            return Some(far);
        }
    }
    None
}

/// Whether the stops could be served one after the other with every wait but no limit of rides: what brute force
/// prunes by.
pub fn may_continue(problem: &Problem, vehicle: VehicleId, stops: &[(TaskId, bool)]) -> bool {
    let vehicle = &problem.vehicles[vehicle];
    let (mut ready, mut place) = (vehicle.window.from, vehicle.depot);
    for &(task, pickup) in stops {
        let task = &problem.tasks[task];
        let here = if pickup { task.pickup } else { task.delivery };
        let reach = ready + problem.travel.minutes(place, here);
        let delivery = [task.delivery_window];
        let windows: &[Window] = if pickup { &task.pickup_windows } else { &delivery };
        let Some(window) = windows.iter().find(|w| reach <= w.until + ROUNDING) else { return false };
        ready = reach.max(window.from) + if pickup { task.load } else { task.unload };
        place = here;
    }
    ready <= vehicle.window.until + ROUNDING
}

/// The stops of a route with their times.
pub fn timed(stops: &[(TaskId, bool)], times: &Times) -> Vec<RouteStop> {
    std::iter::zip(stops, &times.at).map(|(&(task, pickup), &at)| RouteStop { task, pickup, at }).collect()
}
