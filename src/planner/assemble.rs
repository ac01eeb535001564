//! A solution as a plan of section 8. Times, kilometres, hours and money are computed here from the plan's own parts.

use super::model::{Load, Model, Work};
use super::why;
use crate::calendar::in_amsterdam;
use crate::options::{CaseOption, Notice, Options};
use crate::plan::*;
use crate::units::{Euro, Hours, Instant, Km, minutes_between, shift};
use crate::week::*;
use std::collections::{BTreeMap, BTreeSet};
use vertrek_solver::problem::{Ending, Outcome, RoutePlan, Solution};

/// What a solution is read against.
pub(crate) struct Parts<'a> {
    pub(crate) week: &'a Week,
    pub(crate) options: &'a Options,
    pub(crate) model: &'a Model,
}

/// The plan of an outcome.
pub(crate) fn plan(parts: &Parts<'_>, outcome: &Outcome, made_at: Instant) -> Plan {
    let (week, solution) = (parts.week, &outcome.solution);
    let chosen: Vec<&CaseOption> = solution
        .choices
        .iter()
        .filter_map(|&choice| parts.model.options.get(choice))
        .map(|&at| &parts.options.options[at])
        .collect();
    let people = parts.people(solution, &chosen);
    let routes: Vec<Route> = solution.routes.iter().filter_map(|route| parts.route(route)).collect();
    let unmet = parts.unmet(&people, &routes);
    let money = parts.money(&chosen, &people, &routes, &unmet);
    let objective = money.objective().to_cents();
    // Rounded up: a bound in whole cents that is still proven, but for the last digits of the arithmetic. Not minus nothing.
    let bound = Euro::new((outcome.bound * 100.0 - 1e-4).ceil() / 100.0 + 0.0).get().max(objective.get());
    let departures = parts.departures(&chosen);
    Plan {
        week: week.week.clone(),
        made_at,
        input_digest: week.input_digest.clone(),
        status: match outcome.ending {
            Ending::Optimal => Status::Optimal,
            Ending::Gap => Status::Gap,
            Ending::Stopped => Status::TimeLimit,
        },
        objective,
        bound: Euro::new(bound),
        gap: (bound - objective.get()) / objective.get().abs().max(1.0),
        seconds: 0.0,
        money: money.to_cents(),
        notice_by_measure: notice_by_measure(week, &departures),
        departures,
        teams: parts.teams(&people),
        duties: parts.duties(&people),
        routes,
        unmet,
        not_planned: why::not_planned(parts, solution, &chosen),
    }
}

/// Who does what: escorts (positions, ascending) of itineraries with planned cases, and of fixed duties.
struct People {
    teams: BTreeMap<usize, BTreeSet<usize>>,
    duties: BTreeMap<usize, BTreeSet<usize>>,
}

impl Parts<'_> {
    fn people(&self, solution: &Solution, chosen: &[&CaseOption]) -> People {
        let carried: BTreeSet<usize> = chosen.iter().map(|option| option.itinerary).collect();
        let mut people = People { teams: BTreeMap::new(), duties: BTreeMap::new() };
        for (escort, jobs) in &solution.rosters {
            for &job in jobs {
                match self.model.work[job] {
                    Work::Team(itinerary) if carried.contains(&itinerary) => {
                        people.teams.entry(itinerary).or_default().insert(*escort);
                    }
                    // Nobody flies along with an itinerary that carries no case.
                    Work::Team(_) => {}
                    Work::Fixed(duty) => {
                        let filled = people.duties.entry(duty).or_default();
                        if filled.len() < usize::try_from(self.week.duties.rows()[duty].count).unwrap_or(usize::MAX) {
                            filled.insert(*escort);
                        }
                    }
                }
            }
        }
        people
    }

    fn departures(&self, chosen: &[&CaseOption]) -> Vec<Departure> {
        let departure = |option: &&CaseOption| {
            let itinerary = &self.options.itineraries[option.itinerary];
            let slot = match option.notice {
                Notice::Slot(slot) => Some(self.week.contact_slots.rows()[slot].id.clone()),
                Notice::Kept(_) => None,
            };
            let causes = option.forecast.causes;
            Departure {
                case: self.week.cases.rows()[option.case].id.clone(),
                legs: self.legs(option.itinerary),
                slot,
                noticed_at: option.noticed_at,
                notice_hours: Some(hours_of_notice(option.noticed_at, itinerary.departs)),
                p: option.forecast.p,
                causes: Causes {
                    no_show: causes.no_show,
                    procedure: causes.procedure,
                    preparation: causes.preparation,
                    other: causes.other,
                },
            }
        };
        let mut chosen = chosen.to_vec();
        chosen.sort_by_key(|option| (option.itinerary, option.case));
        chosen.iter().map(departure).collect()
    }

    pub(crate) fn legs(&self, itinerary: usize) -> Vec<LegId> {
        let legs = &self.options.itineraries[itinerary].legs;
        legs.iter().map(|&leg| self.week.legs.rows()[leg].id.clone()).collect()
    }

    fn escorts(&self, positions: &BTreeSet<usize>) -> Vec<EscortId> {
        positions.iter().map(|&escort| self.week.escorts.rows()[escort].id.clone()).collect()
    }

    fn teams(&self, people: &People) -> Vec<Team> {
        let team = |(&itinerary, escorts): (&usize, &BTreeSet<usize>)| {
            let duty = self.options.itineraries[itinerary].duty?;
            let way_home = duty.way_home.return_flight();
            Some(Team {
                legs: self.legs(itinerary),
                return_flight: way_home.map(|flight| self.week.returns.rows()[flight].id.clone()),
                report: duty.report,
                end: duty.end,
                hours: duty.hours,
                escorts: self.escorts(escorts),
            })
        };
        people.teams.iter().filter_map(team).collect()
    }

    fn duties(&self, people: &People) -> Vec<FilledDuty> {
        let filled = |(&duty, escorts): (&usize, &BTreeSet<usize>)| FilledDuty {
            duty: self.week.duties.rows()[duty].id.clone(),
            escorts: self.escorts(escorts),
        };
        people.duties.iter().map(filled).collect()
    }

    /// The route with its stops; none when it drives nobody.
    fn route(&self, route: &RoutePlan) -> Option<Route> {
        if route.stops.is_empty() {
            return None;
        }
        let row = &self.week.shifts.rows()[route.vehicle];
        let at = |minutes: f64| in_amsterdam(shift(self.week.now, minutes));
        let depot = |at| Stop { at, kind: StopKind::Depot, location: row.depot.clone(), case: None, transfer: None };
        let mut stops = vec![depot(at(route.leave))];
        stops.extend(route.stops.iter().map(|stop| self.stop(stop.task, stop.pickup, at(stop.at))));
        stops.push(depot(at(route.back)));
        let driven = stops.windows(2).map(|pair| self.week.drive(&pair[0].location, &pair[1].location).km.get());
        let km = Km::new(driven.sum())?;
        let hours = Hours::new((route.back - route.leave) / 60.0)?;
        let cost = row.fixed + row.per_km * km.get() + row.per_hour * hours.get();
        Some(Route { shift: row.id.clone(), stops, km, hours, cost })
    }

    fn stop(&self, task: usize, pickup: bool, at: Instant) -> Stop {
        let kind = if pickup { StopKind::Pickup } else { StopKind::Dropoff };
        match self.model.loads[task] {
            Load::Case(ride) => {
                let ride = &self.options.rides[ride];
                let location = &self.week.locations.rows()[if pickup { ride.from } else { ride.airport }].id;
                let case = Some(self.week.cases.rows()[ride.case].id.clone());
                Stop { at, kind, location: location.clone(), case, transfer: None }
            }
            Load::Transfer(transfer) => {
                let row = &self.week.transfers.rows()[transfer];
                let location = if pickup { &row.from } else { &row.to };
                Stop { at, kind, location: location.clone(), case: None, transfer: Some(row.id.clone()) }
            }
        }
    }

    fn unmet(&self, people: &People, routes: &[Route]) -> Unmet {
        let stops = routes.iter().flat_map(|route| &route.stops);
        let driven: BTreeSet<&TransferId> = stops.filter_map(|stop| stop.transfer.as_ref()).collect();
        let transfers = self.week.transfers.iter().map(|transfer| &transfer.id).filter(|id| !driven.contains(id));
        let missing = |(position, duty): (usize, &Duty)| {
            let filled =
                people.duties.get(&position).map_or(0, |escorts| u32::try_from(escorts.len()).unwrap_or(u32::MAX));
            let missing = duty.count.saturating_sub(filled);
            (missing > 0).then(|| MissingPlaces { duty: duty.id.clone(), missing })
        };
        let duties = self.week.duties.iter().enumerate().filter_map(missing);
        Unmet { transfers: transfers.cloned().collect(), duties: duties.collect() }
    }

    fn money(&self, chosen: &[&CaseOption], people: &People, routes: &[Route], unmet: &Unmet) -> Money {
        let costs = &self.week.costs;
        let team = |(itinerary, escorts): (&usize, &BTreeSet<usize>)| {
            let duty = self.options.itineraries[*itinerary].duty;
            duty.map_or(Euro::ZERO, |duty| duty.cost * escorts.len() as f64)
        };
        let duty = |(duty, escorts): (&usize, &BTreeSet<usize>)| {
            let span = self.week.duties.rows()[*duty].span;
            costs.escort_hour * (minutes_between(span.from(), span.until()) / 60.0 * escorts.len() as f64)
        };
        let used: BTreeSet<&usize> = people.teams.values().chain(people.duties.values()).flatten().collect();
        let places: f64 = unmet.duties.iter().map(|duty| f64::from(duty.missing)).sum();
        Money {
            value: chosen.iter().map(|option| option.worth).sum(),
            tickets: chosen.iter().map(|option| option.tickets).sum(),
            escorts: people.teams.iter().map(team).sum::<Euro>()
                + people.duties.iter().map(duty).sum()
                + costs.escort_used * used.len() as f64,
            transport: routes.iter().map(|route| route.cost).sum(),
            unmet: costs.unmet_transfer * unmet.transfers.len() as f64 + costs.unmet_duty * places,
        }
    }
}

/// Zero when a notice that is kept was given after the departure.
fn hours_of_notice(noticed_at: Instant, departs: Instant) -> Hours {
    Hours::new(minutes_between(noticed_at, departs) / 60.0).unwrap_or_default()
}

/// Shortest, median and longest notice of each measure.
fn notice_by_measure(week: &Week, departures: &[Departure]) -> Vec<NoticeSpread> {
    let mut lengths: BTreeMap<Measure, Vec<Hours>> = BTreeMap::new();
    for departure in departures {
        let measure = week.cases[&departure.case].measure;
        lengths.entry(measure).or_default().extend(departure.notice_hours);
    }
    let spread = |(measure, mut hours): (Measure, Vec<Hours>)| {
        hours.sort_by(|a, b| a.get().total_cmp(&b.get()));
        let (middle, after) = (hours.get((hours.len() - 1) / 2)?, hours.get(hours.len() / 2)?);
        Some(NoticeSpread {
            measure,
            departures: u32::try_from(hours.len()).ok()?,
            shortest_hours: *hours.first()?,
            median_hours: Hours::new(f64::midpoint(middle.get(), after.get()))?,
            longest_hours: *hours.last()?,
        })
    };
    lengths.into_iter().filter(|(_, hours)| !hours.is_empty()).filter_map(spread).collect()
}
