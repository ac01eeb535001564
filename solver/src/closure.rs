//! Roads on which leaving a stop out never costs: their closure under stops on the way. Listed drives need not keep the
//! triangle inequality.

use crate::problem::{PlaceId, Problem, TravelMatrix};

/// Shortest chains of drives and least services between places (Floyd 1962), minutes and kilometres apart: a route that
/// leaves stops out is never slower or longer on these than the route with them is on the roads. Only places in `among`
/// count. Also whether the roads are their own closure.
pub(crate) fn closure_of(problem: &Problem, service: &[f64], among: &[PlaceId]) -> (TravelMatrix, bool) {
    let mut roads = problem.travel.clone();
    let n = roads.places;
    let mut direct = true;
    for &via in among {
        let service = service[via];
        if service.is_infinite() {
            continue;
        }
        for &from in among {
            for &to in among {
                if from == to || via == from || via == to {
                    continue;
                }
                let minutes = roads.minutes(from, via) + service + roads.minutes(via, to);
                let km = roads.km(from, via) + roads.km(via, to);
                let at = from * n + to;
                if minutes < roads.minutes[at] - 1e-9 {
                    roads.minutes[at] = minutes;
                    direct = false;
                }
                if km < roads.km[at] - 1e-9 {
                    roads.km[at] = km;
                    direct = false;
                }
            }
        }
    }
    (roads, direct)
}
