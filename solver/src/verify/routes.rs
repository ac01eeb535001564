//! Routes: order of stops, times, what is aboard, kilometres and cost; and which tasks they drive.

use super::{Fault, TOLERANCE, ascending, differs};
use crate::problem::{PlaceId, Problem, RoutePlan, RouteStop, Solution, TaskId, Window};

/// Faults of the routes by themselves.
pub(super) fn check(problem: &Problem, solution: &Solution) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !ascending(solution.routes.iter().map(|route| route.vehicle)) {
        faults.push(Fault::Order("vehicles of routes"));
    }
    for route in &solution.routes {
        if route.stops.is_empty() {
            faults.push(Fault::NoStops(route.vehicle));
        }
        times(problem, route, &mut faults);
        aboard(problem, route, &mut faults);
        money(problem, route, &mut faults);
        for task in tasks_of(route) {
            task_on_route(problem, route, task, &mut faults);
        }
    }
    wanted(problem, solution, &mut faults);
    faults
}

/// Kilometres of a route over its stops.
pub(super) fn km(problem: &Problem, route: &RoutePlan) -> f64 {
    let places = places(problem, route);
    places.windows(2).map(|leg| problem.travel.km(leg[0], leg[1])).sum()
}

/// Cost of a route as its vehicle, stops and times make it.
pub(super) fn cost(problem: &Problem, route: &RoutePlan) -> f64 {
    let vehicle = &problem.vehicles[route.vehicle];
    vehicle.fixed + km(problem, route) * vehicle.per_km + (route.back - route.leave) * vehicle.per_minute
}

fn place(problem: &Problem, stop: &RouteStop) -> PlaceId {
    let task = &problem.tasks[stop.task];
    if stop.pickup { task.pickup } else { task.delivery }
}

/// The depot, the stops' places, and the depot again.
fn places(problem: &Problem, route: &RoutePlan) -> Vec<PlaceId> {
    let depot = problem.vehicles[route.vehicle].depot;
    let stops = route.stops.iter().map(|stop| place(problem, stop));
    std::iter::once(depot).chain(stops).chain([depot]).collect()
}

fn tasks_of(route: &RoutePlan) -> Vec<TaskId> {
    let mut tasks: Vec<TaskId> = route.stops.iter().map(|stop| stop.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks
}

fn times(problem: &Problem, route: &RoutePlan, faults: &mut Vec<Fault>) {
    let vehicle = &problem.vehicles[route.vehicle];
    let places = places(problem, route);
    let mut ready = route.leave;
    let arrivals = route.stops.iter().map(|stop| stop.at).chain([route.back]);
    for (i, at) in arrivals.enumerate() {
        let reach = ready + problem.travel.minutes(places[i], places[i + 1]);
        if at < reach - TOLERANCE {
            faults.push(Fault::Early(route.vehicle, i, reach - at));
        }
        if let Some(stop) = route.stops.get(i) {
            let task = &problem.tasks[stop.task];
            ready = at + if stop.pickup { task.load } else { task.unload };
        }
    }
    if route.leave < vehicle.window.from - TOLERANCE || route.back > vehicle.window.until + TOLERANCE {
        faults.push(Fault::Outside(route.vehicle));
    }
    if route.back - route.leave > vehicle.max_minutes + TOLERANCE {
        faults.push(Fault::Long(route.vehicle, route.back - route.leave));
    }
}

fn aboard(problem: &Problem, route: &RoutePlan, faults: &mut Vec<Fault>) {
    let vehicle = &problem.vehicles[route.vehicle];
    let mut aboard: Vec<TaskId> = Vec::new();
    for (i, stop) in route.stops.iter().enumerate() {
        if !stop.pickup {
            aboard.retain(|&task| task != stop.task);
            continue;
        }
        aboard.push(stop.task);
        let tasks = || aboard.iter().map(|&t| &problem.tasks[t]);
        let mut classes: Vec<u32> = tasks().map(|task| task.class).collect();
        classes.sort_unstable();
        classes.dedup();
        let mut limit = |what, amount: u64, limit: u32| {
            if amount > u64::from(limit) {
                faults.push(Fault::Aboard(route.vehicle, i, what));
            }
        };
        limit("people", tasks().map(|task| u64::from(task.seats)).sum(), vehicle.seats);
        limit("in special places", tasks().map(|task| u64::from(task.special)).sum(), vehicle.special);
        limit("classes", classes.len() as u64, vehicle.compartments);
    }
}

fn money(problem: &Problem, route: &RoutePlan, faults: &mut Vec<Fault>) {
    for (what, stated, is) in
        [("length in km", route.km, km(problem, route)), ("cost", route.cost, cost(problem, route))]
    {
        if differs(stated, is) {
            faults.push(Fault::Route(route.vehicle, what, is));
        }
    }
}

fn task_on_route(problem: &Problem, route: &RoutePlan, id: TaskId, faults: &mut Vec<Fault>) {
    let task = &problem.tasks[id];
    if task.only.is_some_and(|only| only != route.vehicle) {
        faults.push(Fault::Vehicle(route.vehicle, id));
    }
    let stops: Vec<&RouteStop> = route.stops.iter().filter(|stop| stop.task == id).collect();
    let [pickup, delivery] = stops[..] else {
        faults.push(Fault::Stops(id));
        return;
    };
    if !pickup.pickup || delivery.pickup {
        faults.push(Fault::Stops(id));
        return;
    }
    let within = |w: &Window, at: f64| w.from - TOLERANCE <= at && at <= w.until + TOLERANCE;
    if !task.pickup_windows.iter().any(|w| within(w, pickup.at)) || !within(&task.delivery_window, delivery.at) {
        faults.push(Fault::Window(id));
    }
    let ride = delivery.at - (pickup.at + task.load);
    if ride > task.max_ride + TOLERANCE {
        faults.push(Fault::Ride(id, ride));
    }
}

/// Each task at most once, and exactly those driven that are asked for (those with a penalty may be).
fn wanted(problem: &Problem, solution: &Solution, faults: &mut Vec<Fault>) {
    let mut routes = vec![0_usize; problem.tasks.len()];
    for task in solution.routes.iter().flat_map(tasks_of) {
        routes[task] += 1;
    }
    let asked = |task: TaskId| solution.choices.iter().any(|&c| problem.choices[c].task == Some(task));
    for (id, &times) in routes.iter().enumerate() {
        if times > 1 {
            faults.push(Fault::Stops(id));
        }
        if times > 0 && problem.tasks[id].penalty.is_none() && !asked(id) {
            faults.push(Fault::Unasked(id));
        }
    }
    for &choice in &solution.choices {
        if let Some(task) = problem.choices[choice].task
            && routes[task] == 0
        {
            faults.push(Fault::NotDriven(choice, task));
        }
    }
}
