//! The flight network as a graph in time: a node is a leg, an edge a connection that section 4 of the specification admits.

use crate::units::minutes_between;
use crate::week::{LegKind, LocationId, Transit, Week};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// Legs, and which leg can be changed to from which. Lead times and terms of a case are not in it.
#[derive(Clone, Debug)]
pub struct Network {
    /// Node weight: position in `Week::legs`, equal to the node's index. Edge weight: position in `Week::transits`.
    graph: DiGraph<usize, usize>,
}

impl Network {
    /// The network of a week.
    pub fn of(week: &Week) -> Self {
        let mut graph = DiGraph::with_capacity(week.legs.len(), 0);
        let nodes: Vec<NodeIndex> = (0..week.legs.len()).map(|leg| graph.add_node(leg)).collect();
        let onward = departures(week);
        for (position, leg) in week.legs.iter().enumerate() {
            let Some(transit) = week.transits.position(&leg.to).filter(|_| leg.kind == LegKind::Scheduled) else {
                continue;
            };
            let terms = &week.transits.rows()[transit];
            for &next in connections(week, position, terms, onward.get(&leg.to).map_or(&[], Vec::as_slice)) {
                graph.add_edge(nodes[position], nodes[next], transit);
            }
        }
        Self { graph }
    }

    /// The legs that can be changed to from a leg, with the position of the transit in `Week::transits`.
    pub fn onward(&self, leg: usize) -> impl Iterator<Item = (usize, usize)> {
        use petgraph::visit::EdgeRef;
        self.graph.edges(NodeIndex::new(leg)).map(|edge| (self.graph[edge.target()], *edge.weight()))
    }
}

/// Scheduled legs from each airport in order of departure: a joint or national leg is never part of a connection.
fn departures(week: &Week) -> BTreeMap<&LocationId, Vec<usize>> {
    let mut from: BTreeMap<&LocationId, Vec<usize>> = BTreeMap::new();
    for (position, leg) in week.legs.iter().enumerate().filter(|(_, leg)| leg.kind == LegKind::Scheduled) {
        from.entry(&leg.from).or_default().push(position);
    }
    from.values_mut().for_each(|legs| legs.sort_by_key(|&leg| week.legs.rows()[leg].departs));
    from
}

/// The part of `onward`, ordered by departure, whose connection time lies within the limits.
fn connections<'a>(week: &Week, leg: usize, terms: &Transit, onward: &'a [usize]) -> &'a [usize] {
    let legs = week.legs.rows();
    let wait = |next: usize| minutes_between(legs[leg].arrives, legs[next].departs);
    let first = onward.partition_point(|&next| wait(next) < week.rules.connection_min.get());
    let end = onward.partition_point(|&next| wait(next) <= terms.max_minutes.get());
    onward.get(first..end).unwrap_or(&[])
}
