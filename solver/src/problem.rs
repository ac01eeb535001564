//! What is to be solved, as plain data: choices in groups, capacities, crews with rosters of jobs, vehicles with routes
//! of pickup-and-delivery tasks. Times are minutes from an origin that the caller chooses; money is euro.
//!
//! Maximise Σ value of chosen choices − Σ cost of jobs and of used crew − Σ cost of routes − Σ penalties of what is short.

/// Index into [`Problem::choices`].
pub type ChoiceId = usize;
/// Index of a group; at most one choice of a group is taken.
pub type GroupId = usize;
/// Index into [`Problem::capacities`].
pub type CapacityId = usize;
/// Index into [`Problem::switches`].
pub type SwitchId = usize;
/// Index into [`Problem::jobs`].
pub type JobId = usize;
/// Index into [`Problem::demands`].
pub type DemandId = usize;
/// Index into [`Problem::crews`].
pub type CrewId = usize;
/// Index into [`Problem::tasks`].
pub type TaskId = usize;
/// Index into [`Problem::vehicles`].
pub type VehicleId = usize;
/// Index of a place in [`Problem::travel`].
pub type PlaceId = usize;

/// One way to serve a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// At most one choice of a group is taken.
    pub group: GroupId,
    /// Gain when taken (may be negative).
    pub value: f64,
    /// Units of capacities it takes, ≥ 0.
    pub uses: Vec<(CapacityId, f64)>,
    /// Units it adds to demands, ≥ 0.
    pub needs: Vec<(DemandId, f64)>,
    /// A task that must be driven when it is taken.
    pub task: Option<TaskId>,
    /// Switches that are on when it is taken.
    pub switches: Vec<SwitchId>,
}

/// Something limited.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// Units there are, ≥ 0.
    pub limit: f64,
}

/// On when any choice that names it is taken; adds demand once.
#[derive(Clone, Debug, PartialEq)]
pub struct Switch {
    /// Units it adds to demands when on.
    pub needs: Vec<(DemandId, f64)>,
    /// Crew that may not do a job while this is on.
    pub excludes: Vec<(CrewId, JobId)>,
}

/// Work in time for members of a crew pool; any number of people may do it together.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Start, minutes.
    pub start: f64,
    /// End, minutes, ≥ start.
    pub end: f64,
    /// Period whose limit its load counts in (index into [`Crew::max_load`]); the jobs of a period, in order of start,
    /// follow one another.
    pub period: usize,
    /// Load it puts on that limit.
    pub load: f64,
    /// Cost per person who does it.
    pub cost: f64,
    /// Units of capacities that each person who does it takes.
    pub uses: Vec<(CapacityId, f64)>,
}

/// People wanted on a job out of some crew: Σ crew on the job + short ≥ base + Σ needs of choices and switches.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// The job.
    pub job: JobId,
    /// Crew that count, ascending.
    pub crews: Vec<CrewId>,
    /// Wanted whatever is chosen.
    pub base: f64,
    /// Penalty per missing person; none: none may be missing.
    pub shortage: Option<f64>,
}

/// One member of the crew pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Crew {
    /// Jobs this member may do, ascending.
    pub jobs: Vec<JobId>,
    /// Load at most in each period; infinite: no limit. Indexed by [`Job::period`].
    pub max_load: Vec<f64>,
    /// Cost of doing any job at all.
    pub used: f64,
    /// What a job costs more (or, below 0, less) when this member does it, ascending by job; 0 for those not named.
    pub extra: Vec<(JobId, f64)>,
}

/// A window of time in minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Not before.
    pub from: f64,
    /// Not after.
    pub until: f64,
}

/// A pickup and a delivery by the same vehicle.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Where it is picked up.
    pub pickup: PlaceId,
    /// Service at the pickup starts in one of these, disjoint and ascending.
    pub pickup_windows: Vec<Window>,
    /// Minutes of service at the pickup.
    pub load: f64,
    /// Where it is delivered.
    pub delivery: PlaceId,
    /// Service at the delivery starts in here.
    pub delivery_window: Window,
    /// Minutes of service at the delivery.
    pub unload: f64,
    /// Longest time from end of loading to start of unloading; infinite: no limit.
    pub max_ride: f64,
    /// Seats it takes.
    pub seats: u32,
    /// Special places it takes.
    pub special: u32,
    /// Kind of load; kinds aboard together are limited by [`Vehicle::compartments`].
    pub class: u32,
    /// At most one task of a group is ever driven.
    pub group: Option<GroupId>,
    /// Some(penalty): wanted in any case, at this penalty when not driven. None: driven when a choice asks for it.
    pub penalty: Option<f64>,
    /// The one vehicle that may drive it; none: any.
    pub only: Option<VehicleId>,
}

/// A vehicle that drives at most one route.
#[derive(Clone, Debug, PartialEq)]
pub struct Vehicle {
    /// Where the route starts and ends.
    pub depot: PlaceId,
    /// The route lies in here.
    pub window: Window,
    /// Longest route, minutes; infinite: no limit.
    pub max_minutes: f64,
    /// Seats.
    pub seats: u32,
    /// Special places.
    pub special: u32,
    /// Distinct classes aboard at most.
    pub compartments: u32,
    /// Cost of a route.
    pub fixed: f64,
    /// Cost per kilometre.
    pub per_km: f64,
    /// Cost per minute from leaving to re-entering the depot.
    pub per_minute: f64,
}

/// Driving between places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TravelMatrix {
    /// Places.
    pub places: usize,
    /// Minutes, row-major (from × places + to), 0 on the diagonal.
    pub minutes: Vec<f64>,
    /// Kilometres, row-major.
    pub km: Vec<f64>,
}

impl TravelMatrix {
    /// Minutes from one place to another.
    pub fn minutes(&self, from: PlaceId, to: PlaceId) -> f64 {
        self.minutes[from * self.places + to]
    }
    /// Kilometres from one place to another.
    pub fn km(&self, from: PlaceId, to: PlaceId) -> f64 {
        self.km[from * self.places + to]
    }
}

/// The whole problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// Number of groups.
    pub groups: usize,
    /// Ways to serve groups.
    pub choices: Vec<Choice>,
    /// Limited things.
    pub capacities: Vec<Capacity>,
    /// Switches.
    pub switches: Vec<Switch>,
    /// Work for crew.
    pub jobs: Vec<Job>,
    /// People wanted on jobs.
    pub demands: Vec<Demand>,
    /// The crew pool.
    pub crews: Vec<Crew>,
    /// Minutes between the end of a job and the start of the next of the same crew.
    pub rest: f64,
    /// Pickups and deliveries.
    pub tasks: Vec<Task>,
    /// Vehicles.
    pub vehicles: Vec<Vehicle>,
    /// Driving.
    pub travel: TravelMatrix,
}

impl Problem {
    /// What a job costs when a member does it, without the cost of using the member at all; may be negative.
    pub fn job_cost(&self, crew: CrewId, job: JobId) -> f64 {
        let extra = &self.crews[crew].extra;
        let extra = extra.binary_search_by_key(&job, |e| e.0).map_or(0.0, |at| extra[at].1);
        self.jobs[job].cost + extra
    }

    /// Whether a vehicle is the only one that may drive some task.
    pub(crate) fn named_vehicles(&self) -> Vec<bool> {
        let mut named = vec![false; self.vehicles.len()];
        for vehicle in self.tasks.iter().filter_map(|task| task.only) {
            named[vehicle] = true;
        }
        named
    }
}

/// A stop of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RouteStop {
    /// The task.
    pub task: TaskId,
    /// Whether it is the pickup (otherwise the delivery).
    pub pickup: bool,
    /// Start of service, minutes.
    pub at: f64,
}

/// A vehicle's route.
#[derive(Clone, Debug, PartialEq)]
pub struct RoutePlan {
    /// The vehicle.
    pub vehicle: VehicleId,
    /// Leaves the depot, minutes.
    pub leave: f64,
    /// Stops in order.
    pub stops: Vec<RouteStop>,
    /// Re-enters the depot, minutes.
    pub back: f64,
    /// Kilometres.
    pub km: f64,
    /// Cost.
    pub cost: f64,
}

/// A solution of the problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Solution {
    /// Choices taken, ascending.
    pub choices: Vec<ChoiceId>,
    /// Jobs of each crew that has any, ascending by crew; jobs by start.
    pub rosters: Vec<(CrewId, Vec<JobId>)>,
    /// Routes, ascending by vehicle.
    pub routes: Vec<RoutePlan>,
    /// Objective, recomputed from the parts above.
    pub objective: f64,
}

/// How a solve ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Proven within 1e-6 relative.
    Optimal,
    /// The gap asked for is proven.
    Gap,
    /// Stopped by the control (time or request).
    Stopped,
}

/// What a solve returns: always a feasible solution and a proven upper bound.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The best solution found.
    pub solution: Solution,
    /// No solution is better than this.
    pub bound: f64,
    /// How it ended.
    pub ending: Ending,
}

/// Where a solve is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Name of the phase.
    pub phase: &'static str,
    /// Objective of the best solution so far.
    pub incumbent: f64,
    /// Proven bound so far (infinite while there is none).
    pub bound: f64,
}

/// The caller's hold on a solve; the solver itself has no clock.
pub trait Control: Sync {
    /// Seconds left; 0 or less means stop.
    fn seconds_left(&self) -> f64;
    /// Told at every step worth telling.
    fn report(&self, progress: Progress);
    /// Whether a part of the method is left out, to measure what it brings.
    fn leaves_out(&self, _: Part) -> bool {
        false
    }
}

/// A part of the method without which the rest still finds feasible solutions and valid bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Pricing at duals between those of the linear program and those of the best bound.
    Stabilisation,
    /// Multipliers by smoothing where the linear program is large.
    Smoothing,
    /// Rounding cuts on the capacities.
    Rounding,
    /// Covers of equal size on the capacities.
    Covers,
    /// Subset-row cuts over three rides.
    Triples,
    /// Ruin and recreate while the root is priced.
    Beside,
    /// An integer program over the columns there are before a bound is proven.
    Restricted,
    /// Branching on the choices.
    Branching,
    /// Diving with pricing.
    Diving,
    /// One integer program over every column that a better solution could use.
    Enumeration,
    /// Integer programs over parts of the incumbent.
    Neighbourhoods,
    /// Ruin and recreate after the root.
    Recreation,
}

/// Settings of a solve.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Stop when (bound − incumbent) / max(1, |incumbent|) is at most this.
    pub gap: f64,
    /// Threads to use, ≥ 1.
    pub threads: usize,
    /// Seed of every random draw.
    pub seed: u64,
}
