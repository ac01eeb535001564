//! Branch and price on the choices (Barnhart et al. 1998, Operations Research 46(3)), for programs whose linear program is
//! soon solved: a group is taken or it is not, then it is taken in one way or in another. Rosters and routes follow whole
//! choices closely, so that this closes most of what the root leaves.
//!
//! A branch closes choices, which pricing does not notice, and gives a premium to those of a group that is to be taken: what
//! is taken is worth that much more, and the bound of the branch that much less. So no branch is infeasible, and every bound
//! holds whatever the premium.

use crate::enumerate::{self, Enumerated};
use crate::fleet::Fleet;
use crate::generation::{Closed, EXACT, Pricing, Step, generate};
use crate::lp::LpStatus;
use crate::master::Master;
use crate::problem::{ChoiceId, GroupId, Part, Problem};
use crate::search::{State, gap};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// A part of all solutions.
#[derive(Clone, Debug, Default, PartialEq)]
struct Branch {
    /// No solution in it is worth more.
    bound: f64,
    /// Choices that are not taken.
    closed: BTreeSet<ChoiceId>,
    /// Groups that are taken.
    taken: BTreeSet<GroupId>,
    /// How many branches were made before it.
    number: usize,
}

impl Eq for Branch {}
impl PartialOrd for Branch {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Branch {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bound.total_cmp(&other.bound).then(other.number.cmp(&self.number))
    }
}

/// What is left to look at.
#[derive(Debug)]
pub(crate) struct Tree {
    open: BinaryHeap<Branch>,
    /// Highest bound of the branches that are not looked into further.
    left: f64,
    premium: f64,
    made: usize,
    /// Choices of each group.
    groups: BTreeMap<GroupId, Vec<ChoiceId>>,
}

/// A value nearer than this to 0 or 1 is whole.
const WHOLE: f64 = 1e-4;
/// Ways to branch that are tried on the linear program.
const TRIED: usize = 6;
/// Enumeration is tried in branches with less than this part of the gap of the root left: there may be few columns then.
const NEAR: f64 = 0.35;

/// One way to branch: choices closed in the first branch and in the second; the group is taken in the second.
type Way = (GroupId, BTreeSet<ChoiceId>, BTreeSet<ChoiceId>);

impl Tree {
    /// All of it, with the bound of the root.
    pub(crate) fn new(problem: &Problem, state: &State<'_>) -> Self {
        let mut groups: BTreeMap<GroupId, Vec<ChoiceId>> = BTreeMap::new();
        for (id, choice) in problem.choices.iter().enumerate() {
            groups.entry(choice.group).or_default().push(id);
        }
        let root = Branch { bound: state.bound, ..Branch::default() };
        let premium = 2.0 * (state.bound - state.best.objective).max(1.0);
        Self { open: BinaryHeap::from([root]), left: f64::NEG_INFINITY, premium, made: 0, groups }
    }

    /// Looks into so many branches, the most promising first.
    pub(crate) fn grow(
        &mut self,
        master: &mut Master<'_>,
        fleet: &Fleet<'_>,
        state: &mut State<'_>,
        pricing: Pricing<'_>,
        branches: usize,
    ) {
        for _ in 0..branches {
            if state.done() || state.stopped() {
                return;
            }
            let Some(branch) = self.open.pop() else { return };
            state.tell("branches");
            if hopeless(state, branch.bound) {
                self.left = self.left.max(branch.bound);
            } else {
                self.look_into(branch, master, fleet, state, pricing);
            }
            let next = self.open.peek().map_or(f64::NEG_INFINITY, |branch| branch.bound);
            state.prove(next.max(self.left).max(state.best.objective));
        }
    }

    fn look_into(
        &mut self,
        mut branch: Branch,
        master: &mut Master<'_>,
        fleet: &Fleet<'_>,
        state: &mut State<'_>,
        pricing: Pricing<'_>,
    ) {
        self.enter(master, &branch, true);
        let premium = self.premium * branch.taken.len() as f64;
        let closed = Closed::none(fleet.problem.crews.len(), fleet.problem.vehicles.len());
        let exact = (usize::MAX, EXACT, None);
        let told = |step: Step| !state.stopped() && !hopeless(state, step.bound - premium);
        let generated = generate(master, fleet, &closed, exact, pricing, (None, None), told);
        let Some(generated) = generated.filter(|_| !state.stopped()) else {
            self.enter(master, &branch, false);
            self.open.push(branch);
            return;
        };
        branch.bound = branch.bound.min(generated.bound - premium);
        if !hopeless(state, branch.bound) && master.solve(state.control) == LpStatus::Optimal {
            let way = self.best_way(master, &branch, state);
            let mut closed = false;
            let near = branch.bound - state.best.objective < NEAR * self.premium / 2.0;
            if (near || way.is_none()) && !state.control.leaves_out(Part::Enumeration) {
                let (ended, bound) = enumerate::close(master, fleet, &generated, premium, state, pricing);
                branch.bound = branch.bound.min(bound);
                closed = ended == Enumerated::Closed;
            }
            self.enter(master, &branch, false);
            let Some((group, first, second)) = way.filter(|_| !closed && !hopeless(state, branch.bound)) else {
                self.left = self.left.max(branch.bound);
                return;
            };
            for (closes, takes) in [(first, false), (second, true)] {
                self.made += 1;
                let mut next = Branch { number: self.made, ..branch.clone() };
                next.closed.extend(closes);
                if takes {
                    next.taken.insert(group);
                }
                self.open.push(next);
            }
            return;
        }
        self.enter(master, &branch, false);
        self.left = self.left.max(branch.bound);
    }

    /// Puts a branch into the master, or takes it out.
    fn enter(&self, master: &mut Master<'_>, branch: &Branch, into: bool) {
        for &choice in &branch.closed {
            master.open_choice(choice, !into);
        }
        let premium = if into { self.premium } else { 0.0 };
        for choice in branch.taken.iter().filter_map(|group| self.groups.get(group)).flatten() {
            master.favour_choice(*choice, premium);
        }
    }

    /// The way that lowers the linear program most in both of its branches (product rule, Achterberg 2007); none when all
    /// choices are whole.
    fn best_way(&self, master: &mut Master<'_>, branch: &Branch, state: &State<'_>) -> Option<Way> {
        let problem = master.problem();
        let values = master.lp().values();
        let mut ways: Vec<(f64, Way)> = Vec::new();
        for (&group, choices) in &self.groups {
            let open: Vec<ChoiceId> =
                choices.iter().copied().filter(|choice| !branch.closed.contains(choice)).collect();
            let sum: f64 = open.iter().map(|&choice| values[choice]).sum();
            if !branch.taken.contains(&group) && sum > WHOLE && sum < 1.0 - WHOLE {
                ways.push(((sum - 0.5).abs(), (group, open.into_iter().collect(), BTreeSet::new())));
                continue;
            }
            // By jobs first, which is by itinerary; then one by one.
            let mut parts: BTreeMap<Vec<usize>, (f64, BTreeSet<ChoiceId>)> = BTreeMap::new();
            for &choice in &open {
                let jobs = problem.choices[choice].needs.iter().map(|need| problem.demands[need.0].job).collect();
                let part = parts.entry(jobs).or_default();
                part.0 += values[choice];
                part.1.insert(choice);
            }
            let fractional = |value: f64| value > WHOLE && value < 1.0 - WHOLE;
            let mut part = parts.into_values().filter(|part| fractional(part.0)).max_by(|a, b| a.0.total_cmp(&b.0));
            if part.is_none() {
                let one = open.iter().filter(|&&choice| fractional(values[choice]));
                let one = one.max_by(|&&a, &&b| values[a].total_cmp(&values[b]));
                part = one.map(|&choice| (values[choice], BTreeSet::from([choice])));
            }
            let Some((value, part)) = part else { continue };
            let others = open.into_iter().filter(|choice| !part.contains(choice)).collect();
            ways.push(((value - 0.5).abs(), (group, part, others)));
        }
        ways.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.0.cmp(&b.1.0)));
        ways.truncate(TRIED);
        if ways.len() < 2 {
            return ways.pop().map(|way| way.1);
        }
        let before = master.lp().objective();
        let mut best: Option<(f64, Way)> = None;
        for (_, (group, first, second)) in ways {
            let mut falls = [0.0; 2];
            for ((closes, takes), fall) in [(&first, false), (&second, true)].into_iter().zip(&mut falls) {
                closes.iter().for_each(|&choice| master.open_choice(choice, false));
                let favour = takes && !branch.taken.contains(&group);
                let premium = if favour { self.premium } else { 0.0 };
                if favour {
                    self.groups[&group].iter().for_each(|&choice| master.favour_choice(choice, premium));
                }
                if master.solve(state.control) == LpStatus::Optimal {
                    *fall = (before - (master.lp().objective() - premium)).max(0.0);
                }
                closes.iter().for_each(|&choice| master.open_choice(choice, true));
                if favour {
                    self.groups[&group].iter().for_each(|&choice| master.favour_choice(choice, 0.0));
                }
            }
            let least = 1e-4 * before.abs().max(1.0);
            let score = falls[0].max(least) * falls[1].max(least);
            if best.as_ref().is_none_or(|best| score > best.0) {
                best = Some((score, (group, first, second)));
            }
        }
        best.map(|best| best.1)
    }
}

/// Whether nothing with this bound is better than what is known, or not by enough to matter.
fn hopeless(state: &State<'_>, bound: f64) -> bool {
    gap(state.best.objective, bound) <= state.settings.gap.clamp(1e-9, 1e-3) * 0.5
}
