//! Rosters: jobs allowed, rest between them, load per period.

use super::{Fault, TOLERANCE, ascending};
use crate::problem::{CrewId, JobId, Problem, Solution};

/// Faults of the rosters by themselves.
pub(super) fn check(problem: &Problem, solution: &Solution) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !ascending(solution.rosters.iter().map(|(crew, _)| *crew)) {
        faults.push(Fault::Order("crews of rosters"));
    }
    for (crew, jobs) in &solution.rosters {
        roster(problem, *crew, jobs, &mut faults);
    }
    faults
}

fn roster(problem: &Problem, crew: CrewId, jobs: &[JobId], faults: &mut Vec<Fault>) {
    if jobs.is_empty() {
        faults.push(Fault::NoJobs(crew));
    }
    let member = &problem.crews[crew];
    for &job in jobs {
        if !member.jobs.contains(&job) {
            faults.push(Fault::NotAllowed(crew, job));
        }
    }
    // Overlap of any two jobs shows between neighbours, as every job in between would overlap too.
    for pair in jobs.windows(2) {
        let (before, after) = (&problem.jobs[pair[0]], &problem.jobs[pair[1]]);
        if pair[0] == pair[1] || after.start < before.start {
            faults.push(Fault::Order("jobs of a roster"));
        }
        if after.start < before.end + problem.rest - TOLERANCE {
            faults.push(Fault::Rest(crew, pair[0], pair[1]));
        }
    }
    for (period, &limit) in member.max_load.iter().enumerate() {
        let load: f64 =
            jobs.iter().map(|&j| &problem.jobs[j]).filter(|job| job.period == period).map(|job| job.load).sum();
        if load > limit + TOLERANCE {
            faults.push(Fault::Load(crew, period, load));
        }
    }
}
