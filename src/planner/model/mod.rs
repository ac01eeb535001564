//! The week and its options as a problem of pure mathematics, with the way back: what each part of the problem stands for.

mod able;
mod choices;
mod limits;
mod people;
mod rides;

use super::fixed::Fixes;
use crate::options::Options;
use crate::week::Week;
use vertrek_solver::problem::Problem;

pub(crate) use able::{Absences, Hindrance};
pub(crate) use limits::Limit;

/// What a job stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// The duty of an itinerary, position in [`Options::itineraries`].
    Team(usize),
    /// A fixed duty, position in `Week::duties`.
    Fixed(usize),
}

/// What a task stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Load {
    /// The ride of a case, position in [`Options::rides`].
    Case(usize),
    /// A transfer, position in `Week::transfers`.
    Transfer(usize),
}

/// A problem, and what its parts stand for. Groups are cases, crews escorts and vehicles shifts, each by their position
/// in the week; minutes count from `Week::now`.
#[derive(Debug)]
pub(crate) struct Model {
    /// The problem.
    pub(crate) problem: Problem,
    /// What each capacity limits.
    pub(crate) limits: Vec<Limit>,
    /// The option of each choice, position in [`Options::options`].
    pub(crate) options: Vec<usize>,
    /// What each job is.
    pub(crate) work: Vec<Work>,
    /// What each task is.
    pub(crate) loads: Vec<Load>,
}

/// Builds the problem of a week.
pub(crate) fn build(week: &Week, options: &Options, fixes: &Fixes) -> Model {
    with(week, options, choices::offered(week, options), fixes)
}

/// The problem with every option as a choice, also those that another is always worth as much as.
pub(crate) fn build_whole(week: &Week, options: &Options) -> Model {
    with(week, options, (0..options.options.len()).collect(), &Fixes::of(week))
}

fn with(week: &Week, options: &Options, mut offered: Vec<usize>, fixes: &Fixes) -> Model {
    offered.retain(|&at| fixes.admit(options, &options.options[at]));
    let mut limits = limits::Limits::new(week, options);
    let people = people::build(week, options, &offered, fixes, &mut limits);
    offered.retain(|&at| people.admit(fixes, &options.options[at]));
    let rides = rides::build(week, options, fixes);
    let choices = choices::build(week, options, &offered, &people, fixes, &mut limits);
    let of_capacity = limits.kinds();
    let problem = Problem {
        groups: week.cases.len(),
        choices,
        capacities: limits.capacities,
        switches: people.switches,
        jobs: people.jobs,
        demands: people.demands,
        crews: people.crews,
        rest: week.rules.rest.minutes().get(),
        tasks: rides.tasks,
        vehicles: rides.vehicles,
        travel: rides.travel,
    };
    Model { problem, limits: of_capacity, options: offered, work: people.work, loads: rides.loads }
}
