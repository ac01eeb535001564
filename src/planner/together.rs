//! Whether what must happen goes together: a problem of its own, in which that alone counts and nothing costs anything.

use super::Until;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{
    Choice, ChoiceId, Control, Crew, CrewId, Demand, GroupId, Job, JobId, Problem, RoutePlan, RouteStop, Settings,
    Solution, Task, TaskId, Vehicle,
};
use vertrek_solver::validate::Malformed;
use vertrek_solver::{Wish, mend, solve, verify};

/// What must happen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Musts<'a> {
    /// Groups that go before all others.
    pub(crate) held: &'a BTreeSet<GroupId>,
    /// People on jobs that go before all others.
    pub(crate) work: &'a BTreeSet<(CrewId, JobId)>,
    /// The other groups.
    pub(crate) forced: &'a BTreeSet<GroupId>,
    /// Where the held groups were.
    pub(crate) wish: &'a Wish,
}

/// How much of it goes together.
#[derive(Clone, Debug)]
pub(crate) struct Together {
    /// As much as was found, and nothing else.
    pub(crate) solution: Solution,
    /// The groups that are not in it.
    pub(crate) missed: BTreeSet<GroupId>,
    /// No solution has more.
    pub(crate) proven: bool,
}

/// The share of the time that the search for more may take.
const SHARE: f64 = 0.3;
/// What is counted is whole: a bound nearer than this to the next whole number may be that number.
const WHOLE: f64 = 1e-3;

/// As much of what must happen as goes together in a problem without premiums.
///
/// # Errors
/// Every way in which the problem is malformed.
pub(crate) fn together(
    problem: &Problem,
    musts: Musts<'_>,
    settings: &Settings,
    control: &dyn Control,
) -> Result<Together, Vec<Malformed>> {
    let counting = Counting::of(problem, musts);
    let mut found = mend(&counting.problem, &counting.wish(musts), settings, 0, 0, control)?;
    let mut proven = true;
    if found.objective < counting.most - 0.5 {
        let settings = Settings { gap: (1.0 - WHOLE) / counting.most.max(1.0), ..*settings };
        let control = Until { control, left: control.seconds_left() * (1.0 - SHARE) };
        let outcome = solve(&counting.problem, &settings, &control, Some(&found))?;
        proven = outcome.bound < outcome.solution.objective + 1.0 - WHOLE / 2.0;
        found = outcome.solution;
    }
    let solution = counting.in_full(problem, &found);
    let kept: BTreeSet<GroupId> = solution.choices.iter().map(|&id| problem.choices[id].group).collect();
    let missed = musts.held.union(musts.forced).copied().filter(|group| !kept.contains(group)).collect();
    Ok(Together { solution, missed, proven })
}

/// The problem in which only what must happen counts, with the way back.
struct Counting {
    problem: Problem,
    choices: Vec<ChoiceId>,
    tasks: Vec<TaskId>,
    /// All of it together.
    most: f64,
}

impl Counting {
    fn of(problem: &Problem, musts: Musts<'_>) -> Self {
        let others = musts.forced.difference(musts.held).count() as f64;
        let wanted = |choice: &Choice| musts.held.contains(&choice.group) || musts.forced.contains(&choice.group);
        let choices: Vec<ChoiceId> = (0..problem.choices.len()).filter(|&id| wanted(&problem.choices[id])).collect();
        let driven: BTreeSet<TaskId> = choices.iter().filter_map(|&id| problem.choices[id].task).collect();
        let tasks: Vec<TaskId> = driven.into_iter().collect();
        let weight = |group: GroupId| if musts.held.contains(&group) { others + 1.0 } else { 1.0 };
        let choice = |&id: &ChoiceId| {
            let choice = &problem.choices[id];
            let task = choice.task.and_then(|task| tasks.binary_search(&task).ok());
            Choice { value: weight(choice.group), task, ..choice.clone() }
        };
        let crew = |(at, crew): (CrewId, &Crew)| {
            let held = crew.jobs.iter().filter(|&&job| musts.work.contains(&(at, job)));
            Crew { used: 0.0, extra: held.map(|&job| (job, -others - 1.0)).collect(), ..crew.clone() }
        };
        let free = |vehicle: &Vehicle| Vehicle { fixed: 0.0, per_km: 0.0, per_minute: 0.0, ..vehicle.clone() };
        let counting = Problem {
            choices: choices.iter().map(choice).collect(),
            jobs: problem.jobs.iter().map(|job| Job { cost: 0.0, ..job.clone() }).collect(),
            demands: problem
                .demands
                .iter()
                .map(|demand| Demand { base: 0.0, shortage: None, ..demand.clone() })
                .collect(),
            crews: problem.crews.iter().enumerate().map(crew).collect(),
            tasks: tasks.iter().map(|&task| Task { penalty: None, ..problem.tasks[task].clone() }).collect(),
            vehicles: problem.vehicles.iter().map(free).collect(),
            ..problem.clone()
        };
        let groups: BTreeSet<GroupId> = counting.choices.iter().map(|choice| choice.group).collect();
        let work: usize = counting.crews.iter().map(|crew| crew.extra.len()).sum();
        let most = groups.into_iter().map(weight).sum::<f64>() + work as f64 * (others + 1.0);
        Self { problem: counting, choices, tasks, most }
    }

    /// Held groups where they were, then the others, those with the fewest ways first.
    fn wish(&self, musts: Musts<'_>) -> Wish {
        let mut of_group: BTreeMap<GroupId, Vec<ChoiceId>> = BTreeMap::new();
        for (id, choice) in self.problem.choices.iter().enumerate() {
            of_group.entry(choice.group).or_default().push(id);
        }
        let mut choices: Vec<(GroupId, Vec<ChoiceId>)> = Vec::new();
        for (group, wished) in musts.wish.choices.iter().filter(|(group, _)| musts.held.contains(group)) {
            let Some(left) = of_group.remove(group) else { continue };
            let mut list: Vec<ChoiceId> =
                wished.iter().filter_map(|choice| self.choices.binary_search(choice).ok()).collect();
            list.extend(left.into_iter().filter(|id| !wished.contains(&self.choices[*id])));
            choices.push((*group, list));
        }
        let mut rest: Vec<(GroupId, Vec<ChoiceId>)> = of_group.into_iter().collect();
        rest.sort_by_key(|(group, list)| (!musts.held.contains(group), list.len()));
        choices.extend(rest);
        Wish { choices, routes: musts.wish.routes.clone(), rosters: musts.wish.rosters.clone(), otherwise: 0 }
    }

    /// A solution of it as one of the whole problem.
    fn in_full(&self, problem: &Problem, found: &Solution) -> Solution {
        let route = |route: &RoutePlan| {
            let vehicle = &problem.vehicles[route.vehicle];
            let stop = |stop: &RouteStop| RouteStop { task: self.tasks[stop.task], ..*stop };
            RoutePlan {
                stops: route.stops.iter().map(stop).collect(),
                cost: vehicle.fixed + vehicle.per_km * route.km + vehicle.per_minute * (route.back - route.leave),
                ..route.clone()
            }
        };
        let mut full = Solution {
            choices: found.choices.iter().map(|&id| self.choices[id]).collect(),
            rosters: found.rosters.clone(),
            routes: found.routes.iter().map(route).collect(),
            objective: 0.0,
        };
        full.objective = verify::objective(problem, &full);
        full
    }
}

/// What a solution is, as a wish.
pub(crate) fn wish_of(problem: &Problem, solution: &Solution) -> Wish {
    let routes = solution.routes.iter().map(|route| {
        let stops = route.stops.iter().filter_map(|stop| Some((problem.tasks[stop.task].group?, stop.pickup)));
        (route.vehicle, stops.collect())
    });
    Wish {
        choices: solution.choices.iter().map(|&id| (problem.choices[id].group, vec![id])).collect(),
        routes: routes.collect(),
        rosters: solution.rosters.clone(),
        otherwise: 0,
    }
}
