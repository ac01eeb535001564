//! The work list: closed cases by who can open them, soonest gain first.

use super::{Gated, gate};
use crate::gates::{Closed, Owner};
use crate::units::{Euro, Instant};
use crate::week::Week;
use std::collections::BTreeMap;

/// A closed case on somebody's list.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkItem {
    /// The case, position in `Week::cases`.
    pub case: usize,
    /// What this owner can open, the gate to name first; never empty.
    pub closed: Vec<Closed>,
    /// Who else has something to open for the same case, in order.
    pub also: Vec<Owner>,
    /// Worth of the departure if it were certain: departure value × priority × persons.
    pub gain: Euro,
    /// The first departure that would be possible if all of it were opened; none: there is no flight for it.
    pub soonest: Option<Instant>,
}

/// The list of one owner.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkGroup {
    /// Who.
    pub owner: Owner,
    /// Their cases: the soonest departure first, then the greatest gain, then file order.
    pub items: Vec<WorkItem>,
    /// Σ gain of the cases that have a flight.
    pub gain: Euro,
}

/// Every closed case under everybody who has something to open for it; the owner with the greatest gain first.
pub fn work_list(week: &Week) -> Vec<WorkGroup> {
    work_list_of(week, &gate(week))
}

/// The same for a week whose gates have been asked already.
pub(crate) fn work_list_of(week: &Week, gated: &Gated) -> Vec<WorkGroup> {
    let mut by_owner: BTreeMap<Owner, Vec<WorkItem>> = BTreeMap::new();
    for gates in gated.cases.iter().map(|case| &case.gates).filter(|gates| gates.gate().is_some()) {
        let case = &week.cases.rows()[gates.case];
        let gain = week.costs.departure_value * (case.priority.get() * f64::from(case.persons(week)));
        let mut theirs: BTreeMap<Owner, Vec<Closed>> = BTreeMap::new();
        for closed in &gates.closed {
            theirs.entry(closed.owner).or_default().push(closed.clone());
        }
        let owners: Vec<Owner> = theirs.keys().copied().collect();
        for (owner, closed) in theirs {
            let also = owners.iter().copied().filter(|&other| other != owner).collect();
            let item = WorkItem { case: gates.case, closed, also, gain, soonest: gates.soonest };
            by_owner.entry(owner).or_default().push(item);
        }
    }
    let mut groups: Vec<WorkGroup> = by_owner.into_iter().map(|(owner, items)| group(owner, items)).collect();
    groups.sort_by(|a, b| b.gain.get().total_cmp(&a.gain.get()).then(a.owner.cmp(&b.owner)));
    groups
}

fn group(owner: Owner, mut items: Vec<WorkItem>) -> WorkGroup {
    items.sort_by(|a, b| {
        let departs = (a.soonest.is_none(), a.soonest).cmp(&(b.soonest.is_none(), b.soonest));
        departs.then(b.gain.get().total_cmp(&a.gain.get())).then(a.case.cmp(&b.case))
    });
    let gain = items.iter().filter(|item| item.soonest.is_some()).map(|item| item.gain).sum();
    WorkGroup { owner, items, gain }
}
