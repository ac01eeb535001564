//! Pricing of rosters: the best sequence of jobs of one crew member, as a longest path over the jobs in time with the
//! load of the present period as the only resource (Desrochers & Soumis 1988, labelling). Exact: rest and overlap are arcs
//! of the graph, and of two labels at a job one with less value and more load can be left out.

use crate::problem::{CrewId, JobId, Problem};
use std::cmp::Ordering;

const SLACK: f64 = 1e-7;

/// A roster and its reduced value before the crew's own dual.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Roster {
    pub(crate) value: f64,
    pub(crate) jobs: Vec<JobId>,
}

#[derive(Clone, Copy, Debug)]
struct Label {
    value: f64,
    load: f64,
    /// Position of the label before this one in the same arena.
    before: usize,
    item: usize,
}

const NONE: usize = usize::MAX;

/// Jobs of a crew worth looking at, by start.
fn sorted(problem: &Problem, jobs: impl Iterator<Item = (JobId, f64)>) -> Vec<(JobId, f64)> {
    let mut items: Vec<(JobId, f64)> = jobs.collect();
    items.sort_by(|a, b| in_time(problem, a.0, b.0));
    items
}

/// Order of jobs in a roster; a job without length comes before one that starts when it ends.
pub(crate) fn in_time(problem: &Problem, a: JobId, b: JobId) -> Ordering {
    let (first, second) = (&problem.jobs[a], &problem.jobs[b]);
    first.start.total_cmp(&second.start).then(first.end.total_cmp(&second.end)).then(a.cmp(&b))
}

/// Whether `next` can follow `first` in a roster.
pub(crate) fn follows(problem: &Problem, first: JobId, next: JobId) -> bool {
    problem.jobs[next].start + SLACK >= problem.jobs[first].end + problem.rest
}

/// The best rosters of a crew, one for each last job at most, best first, `wanted` of them; rewards are per job and net of its cost.
pub(crate) fn price(
    problem: &Problem,
    crew: CrewId,
    rewards: impl Iterator<Item = (JobId, f64)>,
    wanted: usize,
) -> Vec<Roster> {
    let items = sorted(problem, rewards.filter(|r| r.1 > SLACK));
    let limits = &problem.crews[crew].max_load;
    let mut arena: Vec<Label> = Vec::new();
    let mut at: Vec<Vec<usize>> = Vec::with_capacity(items.len());
    for (position, &(job, reward)) in items.iter().enumerate() {
        let data = &problem.jobs[job];
        let limit = limits.get(data.period).copied().unwrap_or(f64::INFINITY);
        let mut labels: Vec<Label> = Vec::new();
        if data.load <= limit + SLACK {
            labels.push(Label { value: reward, load: data.load, before: NONE, item: position });
        }
        for (earlier, &(before, _)) in items[..position].iter().enumerate() {
            if !follows(problem, before, job) {
                continue;
            }
            for &label in &at[earlier] {
                let carried = if problem.jobs[before].period == data.period { arena[label].load } else { 0.0 };
                let load = carried + data.load;
                if load <= limit + SLACK {
                    labels.push(Label { value: arena[label].value + reward, load, before: label, item: position });
                }
            }
        }
        labels.sort_by(|a, b| a.load.total_cmp(&b.load).then(b.value.total_cmp(&a.value)));
        let mut kept = Vec::new();
        let mut best = f64::NEG_INFINITY;
        for label in labels {
            if label.value > best + 1e-9 {
                best = label.value;
                kept.push(arena.len());
                arena.push(label);
            }
        }
        at.push(kept);
    }
    let used = problem.crews[crew].used;
    let mut ends: Vec<(f64, usize)> =
        at.iter().filter_map(|labels| labels.last().map(|&l| (arena[l].value - used, l))).collect();
    ends.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ends.truncate(wanted);
    ends.into_iter()
        .map(|(value, mut label)| {
            let mut jobs = Vec::new();
            while label != NONE {
                jobs.push(items[arena[label].item].0);
                label = arena[label].before;
            }
            jobs.reverse();
            Roster { value, jobs }
        })
        .collect()
}

/// Every roster with a value above `threshold`, or none when there are more than `most`. Rewards may be negative.
pub(crate) fn enumerate(
    problem: &Problem,
    crew: CrewId,
    rewards: impl Iterator<Item = (JobId, f64)>,
    threshold: f64,
    most: usize,
) -> Option<Vec<Roster>> {
    let items = sorted(problem, rewards);
    // Longest path from each job to the end, loads left out: what a roster can still gain at most.
    let mut promise = vec![0.0_f64; items.len()];
    for position in (0..items.len()).rev() {
        let mut after = 0.0_f64;
        for later in position + 1..items.len() {
            if follows(problem, items[position].0, items[later].0) {
                after = after.max(promise[later]);
            }
        }
        promise[position] = items[position].1 + after;
    }
    let used = problem.crews[crew].used;
    let limits = &problem.crews[crew].max_load;
    let mut found = Vec::new();
    let mut stack: Vec<(Vec<usize>, f64, f64)> = vec![(Vec::new(), -used, 0.0)];
    let mut steps = 0_usize;
    while let Some((path, value, load)) = stack.pop() {
        let first = path.last().map_or(0, |&p| p + 1);
        for next in first..items.len() {
            steps += 1;
            let (job, reward) = items[next];
            if value + promise[next] <= threshold || path.last().is_some_and(|&p| !follows(problem, items[p].0, job)) {
                continue;
            }
            let data = &problem.jobs[job];
            let same = path.last().is_some_and(|&p| problem.jobs[items[p].0].period == data.period);
            let load = if same { load } else { 0.0 } + data.load;
            if load > limits.get(data.period).copied().unwrap_or(f64::INFINITY) + SLACK {
                continue;
            }
            let mut path = path.clone();
            path.push(next);
            if value + reward > threshold {
                found.push(Roster { value: value + reward, jobs: path.iter().map(|&p| items[p].0).collect() });
            }
            if found.len() > most || steps > 200 * most {
                return None;
            }
            stack.push((path, value + reward, load));
        }
    }
    Some(found)
}
