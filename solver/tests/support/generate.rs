//! Random problems by seed, with every feature of [`Problem`] alive, from a handful of parts to hundreds.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use vertrek_solver::problem::{
    Capacity, Choice, Crew, Demand, Job, Problem, Switch, Task, TravelMatrix, Vehicle, Window,
};

/// At most so many of each part; how many there are is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub groups: usize,
    pub choices_per_group: usize,
    /// Tasks, of groups or with a penalty.
    pub tasks: usize,
    pub vehicles: usize,
    pub places: usize,
    pub jobs: usize,
    pub demands: usize,
    pub crews: usize,
    pub capacities: usize,
    pub switches: usize,
    /// Longest time between the earliest and the latest windows, minutes.
    pub horizon: f64,
}

impl Size {
    /// Small enough for brute force.
    pub const SMALL: Size = Size {
        groups: 4,
        choices_per_group: 3,
        tasks: 6,
        vehicles: 3,
        places: 5,
        jobs: 5,
        demands: 5,
        crews: 4,
        capacities: 3,
        switches: 3,
        horizon: 720.0,
    };

    /// Small enough for all columns of a closed integer programme.
    pub const MEDIUM: Size = Size {
        groups: 12,
        choices_per_group: 4,
        tasks: 9,
        vehicles: 4,
        places: 8,
        jobs: 8,
        demands: 12,
        crews: 7,
        capacities: 6,
        switches: 5,
        horizon: 1440.0,
    };

    /// About `factor` times [`Size::MEDIUM`], over as many days more.
    pub fn large(factor: usize) -> Size {
        let m = Size::MEDIUM;
        Size {
            groups: m.groups * factor,
            choices_per_group: 6,
            tasks: m.tasks * factor,
            vehicles: m.vehicles * factor,
            places: m.places + 2 * factor,
            jobs: m.jobs * factor,
            demands: m.demands * factor,
            crews: m.crews * factor,
            capacities: m.capacities * factor,
            switches: m.switches * factor,
            horizon: m.horizon * (1.0 + factor as f64 / 4.0),
        }
    }
}

/// What the amounts of a problem look like: whole ones give many ties, arbitrary ones none.
#[derive(Clone, Copy, Debug)]
enum Grain {
    Whole,
    Tenths,
    Arbitrary,
}

struct Draw {
    rng: ChaCha8Rng,
    grain: Grain,
}

impl Draw {
    fn amount(&mut self, from: f64, to: f64) -> f64 {
        let x = if from < to { self.rng.random_range(from..to) } else { from };
        match self.grain {
            Grain::Whole => x.round(),
            Grain::Tenths => (x * 10.0).round() / 10.0,
            Grain::Arbitrary => x,
        }
    }
    fn chance(&mut self, p: f64) -> bool {
        self.rng.random_bool(p)
    }
    fn below(&mut self, n: usize) -> usize {
        self.rng.random_range(0..n)
    }
    fn up_to(&mut self, n: usize) -> usize {
        self.rng.random_range(0..=n)
    }
    /// A number of parts, more often many than few.
    fn count(&mut self, most: usize) -> usize {
        self.up_to(most).max(self.up_to(most))
    }
    /// Each of `0..n` with a probability, ascending.
    fn some(&mut self, n: usize, p: f64) -> Vec<usize> {
        (0..n).filter(|_| self.rng.random_bool(p)).collect()
    }
    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
    /// A few `0..n` with a weight each.
    fn weights(&mut self, n: usize, most: usize, weights: &[f64]) -> Vec<(usize, f64)> {
        if n == 0 {
            return Vec::new();
        }
        let count = self.up_to(most);
        let mut ids: Vec<usize> = (0..count).map(|_| self.below(n)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().map(|id| (id, self.one_of(weights))).collect()
    }
}

/// The problem of a seed.
pub fn problem(seed: u64, size: &Size) -> Problem {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let grain = [Grain::Whole, Grain::Tenths, Grain::Arbitrary][rng.random_range(0..3)];
    let mut draw = Draw { rng, grain };
    // Now and then a whole kind of part is absent: rides only, rosters only, choices only.
    let keep = |draw: &mut Draw, most: usize| if draw.chance(0.9) { most } else { 0 };
    let groups = keep(&mut draw, size.groups);
    let crew_side = keep(&mut draw, 1);
    let road_side = keep(&mut draw, 1);
    let origin = draw.one_of(&[0.0, 0.0, -500.0, 40_000.0]);

    let mut problem = Problem { groups: draw.count(groups), ..Problem::default() };
    for _ in 0..draw.up_to(size.capacities) {
        let scale = 1.0 + problem.groups as f64 / 4.0;
        let limit = draw.rng.random_range(0.0..=scale + 1.0).floor();
        problem.capacities.push(Capacity { limit: if draw.chance(0.1) { limit + 0.5 } else { limit } });
    }
    crew(&mut draw, &mut problem, size, crew_side, origin);
    switches(&mut draw, &mut problem, size);
    road(&mut draw, &mut problem, size, road_side, origin);
    choices(&mut draw, &mut problem, size);
    ties(&mut draw, &mut problem);
    problem
}

/// What some members cost more or less than others on a job, and tasks that one vehicle alone may drive.
fn ties(draw: &mut Draw, problem: &mut Problem) {
    if draw.chance(0.5) {
        for crew in &mut problem.crews {
            for &job in &crew.jobs {
                if draw.chance(0.4) {
                    crew.extra.push((job, draw.amount(-60.0, 60.0)));
                }
            }
        }
    }
    if draw.chance(0.5) && !problem.vehicles.is_empty() {
        for task in &mut problem.tasks {
            task.only = draw.chance(0.4).then(|| draw.below(problem.vehicles.len()));
        }
    }
}

fn crew(draw: &mut Draw, problem: &mut Problem, size: &Size, side: usize, origin: f64) {
    let periods = 1 + draw.up_to(2);
    let span = 2.0 * size.horizon;
    let on_the_hour = draw.chance(0.2);
    problem.rest = draw.one_of(&[0.0, 0.0, 60.0, 240.0, 480.0]);
    for _ in 0..side * draw.count(size.jobs) {
        let (start, length) = if on_the_hour {
            // Jobs that touch, and jobs without length where others start or end.
            (240.0 * draw.up_to((span / 240.0) as usize) as f64, draw.one_of(&[0.0, 240.0, 240.0, 480.0]))
        } else {
            (draw.amount(0.0, span), draw.amount(20.0, 240.0))
        };
        let job = Job {
            start: origin + start,
            end: origin + start + length,
            period: ((start / span * periods as f64) as usize).min(periods - 1),
            load: if draw.chance(0.2) { draw.amount(0.0, 5.0) } else { length / 60.0 },
            cost: if draw.chance(0.3) { 0.0 } else { draw.amount(0.0, 60.0) },
            uses: if draw.chance(0.5) {
                draw.weights(problem.capacities.len(), 2, &[1.0, 1.0, 2.0])
            } else {
                Vec::new()
            },
        };
        problem.jobs.push(job);
    }
    let jobs = problem.jobs.len();
    for _ in 0..side * draw.count(size.crews) {
        let twin = problem.crews.last().filter(|_| draw.rng.random_bool(0.4)).cloned();
        let member = twin.unwrap_or_else(|| Crew {
            jobs: draw.some(jobs, 0.7),
            max_load: (0..periods)
                .map(|_| if draw.chance(0.3) { f64::INFINITY } else { draw.amount(1.0, 12.0) })
                .collect(),
            used: if draw.chance(0.5) { 0.0 } else { draw.amount(0.0, 50.0) },
            extra: Vec::new(),
        });
        problem.crews.push(member);
    }
    for _ in 0..if jobs == 0 { 0 } else { draw.count(size.demands) } {
        let shortage = draw.chance(0.7).then(|| draw.amount(0.0, 400.0));
        let all = draw.chance(0.5);
        problem.demands.push(Demand {
            job: draw.below(jobs),
            crews: draw.some(problem.crews.len(), if all { 1.0 } else { 0.6 }),
            base: if shortage.is_some() && draw.chance(0.5) { draw.one_of(&[1.0, 1.0, 2.0, 0.5]) } else { 0.0 },
            shortage,
        });
    }
}

fn switches(draw: &mut Draw, problem: &mut Problem, size: &Size) {
    for _ in 0..draw.count(size.switches) {
        let mut excludes = Vec::new();
        for (crew, member) in problem.crews.iter().enumerate() {
            // Jobs the member could not do anyway are named too.
            let job = if draw.chance(0.8) && !member.jobs.is_empty() {
                Some(draw.one_of(&member.jobs))
            } else {
                problem.jobs.len().checked_sub(1)
            };
            if let Some(job) = job.filter(|_| draw.chance(0.35)) {
                excludes.push((crew, job));
            }
        }
        let needs = draw.weights(problem.demands.len(), 2, &[1.0, 1.0, 2.0]);
        problem.switches.push(Switch { needs, excludes });
    }
}

fn travel(draw: &mut Draw, places: usize) -> TravelMatrix {
    // Three kinds: distances with a detour each way; arbitrary ones, where the triangle inequality fails; all in one place.
    let kind = draw.one_of(&[0, 0, 0, 1, 1, 2]);
    let points: Vec<(f64, f64)> =
        (0..places).map(|_| (draw.rng.random_range(0.0..60.0), draw.rng.random_range(0.0..60.0))).collect();
    let mut travel = TravelMatrix { places, ..TravelMatrix::default() };
    for (from, a) in points.iter().enumerate() {
        for (to, b) in points.iter().enumerate() {
            let straight = (a.0 - b.0).hypot(a.1 - b.1);
            let (minutes, km) = match kind {
                _ if from == to => (0.0, 0.0),
                0 => (draw.amount(straight, straight * 1.2), draw.amount(straight, straight * 1.2)),
                1 => (draw.amount(0.0, 80.0), draw.amount(0.0, 80.0)),
                _ => (0.0, 0.0),
            };
            travel.minutes.push(minutes);
            travel.km.push(km);
        }
    }
    travel
}

fn road(draw: &mut Draw, problem: &mut Problem, size: &Size, side: usize, origin: f64) {
    let places = 1 + draw.below(size.places);
    problem.travel = travel(draw, places);
    // Rides of about the same time to the same place can share a vehicle.
    let hub = draw.chance(0.6).then(|| (draw.below(places), draw.amount(120.0, size.horizon)));
    for _ in 0..side * draw.count(size.tasks) {
        let group = (problem.groups > 0 && draw.chance(0.6)).then(|| draw.below(problem.groups));
        let hub = hub.filter(|_| draw.chance(0.8));
        let task = task(draw, problem, size.horizon, origin, hub);
        // A task of no group without a penalty is one that nobody asks for.
        let penalty = (group.is_none() && draw.chance(0.95)).then(|| draw.amount(0.0, 400.0));
        problem.tasks.push(Task { group, penalty, ..task });
    }
    for _ in 0..side * draw.count(size.vehicles) {
        let twin = problem.vehicles.last().filter(|_| draw.rng.random_bool(0.3)).cloned();
        let vehicle = twin.unwrap_or_else(|| vehicle(draw, places, size.horizon, origin));
        problem.vehicles.push(vehicle);
    }
}

fn task(draw: &mut Draw, problem: &Problem, horizon: f64, origin: f64, hub: Option<(usize, f64)>) -> Task {
    let pickup = draw.below(problem.travel.places);
    let (delivery, around) = hub.unwrap_or_else(|| (draw.below(problem.travel.places), draw.amount(0.0, horizon)));
    let direct = problem.travel.minutes(pickup, delivery);
    let load = draw.one_of(&[0.0, 15.0, 5.0]);
    let ready = around + draw.amount(-60.0, 60.0);
    let delivery_window =
        Window { from: origin + ready, until: origin + ready + draw.one_of(&[0.0, 30.0, 90.0, 180.0]) };
    // The last of the windows lies about where a direct ride would start.
    let windows = draw.one_of(&[1, 1, 1, 2, 3]);
    let mut until = delivery_window.until - direct - load + draw.amount(-60.0, 60.0);
    let mut pickup_windows: Vec<Window> = Vec::new();
    for _ in 0..windows {
        let from = until - draw.one_of(&[0.0, 20.0, 90.0, 240.0]);
        pickup_windows.insert(0, Window { from, until });
        until = from - draw.amount(1.0, 60.0);
    }
    let detour = draw.one_of(&[0.0, 20.0, 45.0, 90.0]);
    Task {
        pickup,
        pickup_windows,
        load,
        delivery,
        delivery_window,
        unload: draw.one_of(&[0.0, 15.0, 5.0]),
        max_ride: if draw.chance(0.3) { f64::INFINITY } else { direct + detour },
        seats: draw.one_of(&[1, 1, 1, 2, 3, 0]),
        special: draw.one_of(&[0, 0, 0, 1]),
        class: draw.below(3) as u32,
        group: None,
        penalty: None,
        only: None,
    }
}

fn vehicle(draw: &mut Draw, places: usize, horizon: f64, origin: f64) -> Vehicle {
    let from = draw.amount(-120.0, horizon / 3.0);
    let length = draw.amount(240.0, horizon + 120.0);
    let free = draw.chance(0.2);
    Vehicle {
        depot: draw.below(places),
        window: Window { from: origin + from, until: origin + from + length },
        max_minutes: if draw.chance(0.4) { f64::INFINITY } else { draw.amount(120.0, length) },
        seats: draw.one_of(&[1, 2, 3, 4, 6]),
        special: draw.one_of(&[0, 1, 1, 2]),
        compartments: draw.one_of(&[1, 1, 2, 3]),
        fixed: if free { 0.0 } else { draw.amount(0.0, 80.0) },
        per_km: if draw.chance(0.2) { 0.0 } else { draw.amount(0.0, 10.0) / 8.0 },
        per_minute: if draw.chance(0.3) { 0.0 } else { draw.amount(0.0, 10.0) / 16.0 },
    }
}

fn choices(draw: &mut Draw, problem: &mut Problem, size: &Size) {
    for group in 0..problem.groups {
        let tasks: Vec<usize> = (0..problem.tasks.len()).filter(|&t| problem.tasks[t].group == Some(group)).collect();
        for _ in 0..draw.count(size.choices_per_group) {
            let value = if draw.chance(0.1) { draw.amount(-100.0, 0.0) } else { draw.amount(0.0, 500.0) };
            let task = (!tasks.is_empty() && draw.chance(0.85)).then(|| draw.one_of(&tasks));
            let needs = draw.chance(0.6);
            let choice = Choice {
                group,
                value,
                uses: draw.weights(problem.capacities.len(), 2, &[1.0, 1.0, 2.0, 0.5]),
                needs: if needs { draw.weights(problem.demands.len(), 2, &[1.0, 1.0, 2.0, 0.5]) } else { Vec::new() },
                task,
                switches: {
                    let n = problem.switches.len();
                    draw.weights(n, 1, &[0.0]).into_iter().map(|(s, _)| s).collect()
                },
            };
            problem.choices.push(choice);
        }
    }
}
