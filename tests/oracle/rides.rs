//! The cheapest rides (section 6): for every shift the best route of every set of rides, by trying every order of stops
//! with the exact best times, then every way to share rides out over the shifts.

use std::collections::BTreeMap;
use vertrek::calendar::{instant, local_date};
use vertrek::units::{Instant, minutes_between, shift};
use vertrek::week::*;

/// Slack for comparing minutes, far below the second that plans are checked to.
const TINY: f64 = 1e-7;

/// A ride, in minutes from now.
#[derive(Clone)]
pub(crate) struct Ride {
    from: LocationId,
    pickups: Vec<(f64, f64)>,
    load: f64,
    to: LocationId,
    dropoff: (f64, f64),
    unload: f64,
    longest: f64,
    persons: u32,
    wheelchairs: u32,
    class: String,
    /// A case is driven at most once; every transfer is a group of its own.
    group: usize,
    /// The one shift that may drive it.
    only: Option<usize>,
    /// What driving it this way costs by itself.
    extra: f64,
}

/// The ways to drive a ride that may have been published: on its shift within half an hour, or at the cost of a change.
pub(crate) fn published(week: &Week, ride: Ride, published: Option<&super::before::Published>) -> Vec<Ride> {
    let Some(&(shift, pickup)) = published else { return vec![ride] };
    let changed = Ride { extra: week.changes.ride_changed.get(), ..ride.clone() };
    let Some(shift) = shift else { return vec![changed] };
    let within = |&(from, until): &(f64, f64)| (f64::max(from, pickup - 30.0), f64::min(until, pickup + 30.0));
    let pickups = ride.pickups.iter().map(within).filter(|(from, until)| from <= until).collect();
    vec![Ride { only: Some(shift), pickups, ..ride }, changed]
}

/// The ride of a case to its first leg; none when it is at the airport already.
pub(crate) fn ride_of_case(week: &Week, at: usize, leg: &Leg) -> Option<Ride> {
    let case = &week.cases.rows()[at];
    if case.location == leg.from {
        return None;
    }
    let rules = &week.rules;
    let clock = week.locations[&case.location].pickup;
    let departs = minutes_between(week.now, leg.departs);
    let dropoff = (departs - rules.checkin_max.get(), departs - rules.checkin_min.get());
    let longest = week.drive(&case.location, &leg.from).minutes.get() + rules.max_detour.get();
    let first = shift(leg.departs, -3.0 * 24.0 * 60.0);
    let pickups = (0..5).map(|day| {
        let date = local_date(first) + chrono::Days::new(day);
        let midnight = |date| minutes_between(week.now, instant(date, chrono::NaiveTime::MIN));
        let on_day = |time| minutes_between(week.now, instant(date, time));
        (clock.from.map_or(midnight(date), on_day), clock.until.map_or(midnight(date + chrono::Days::new(1)), on_day))
    });
    // Days on which a pickup cannot reach the drop-off in time, or not without riding for too long, are no choice.
    let reaches = |&(from, until): &(f64, f64)| from <= dropoff.1 && until >= dropoff.0 - longest - rules.load.get();
    let class = match case.ride_class(week) {
        TransferClass::Family => format!("family {}", case.id),
        class => class.to_string(),
    };
    Some(Ride {
        from: case.location.clone(),
        pickups: pickups.filter(reaches).collect(),
        load: rules.load.get(),
        to: leg.from.clone(),
        dropoff,
        unload: rules.unload.get(),
        longest,
        persons: case.persons(week),
        wheelchairs: case.wheelchairs(week),
        class,
        group: at,
        only: None,
        extra: 0.0,
    })
}

/// The rides of all transfers, in file order.
pub(crate) fn transfers(week: &Week) -> Vec<Ride> {
    let minutes = |at: Instant| minutes_between(week.now, at);
    let ride = |(i, t): (usize, &Transfer)| Ride {
        from: t.from.clone(),
        pickups: vec![(minutes(t.pickup.from()), minutes(t.pickup.until()))],
        load: t.load.get(),
        to: t.to.clone(),
        dropoff: (minutes(t.dropoff.from()), minutes(t.dropoff.until())),
        unload: t.unload.get(),
        longest: t.max_ride.map_or(f64::INFINITY, |m| m.get()),
        persons: t.persons,
        wheelchairs: t.wheelchairs,
        class: match t.class {
            TransferClass::Family => format!("family {}", t.id),
            class => class.to_string(),
        },
        group: week.cases.len() + i,
        only: None,
        extra: 0.0,
    };
    week.transfers.iter().enumerate().map(ride).collect()
}

/// Least cost of driving exactly a set of rides (bit i: ride i), for every set that can be driven.
pub(crate) fn cheapest(week: &Week, rides: &[Ride]) -> BTreeMap<u64, f64> {
    let groups =
        |set: u64| -> Vec<usize> { (0..rides.len()).filter(|i| set >> i & 1 == 1).map(|i| rides[i].group).collect() };
    let mut best: BTreeMap<u64, f64> = BTreeMap::from([(0, 0.0)]);
    for (at, vehicle) in week.shifts.iter().enumerate() {
        let mut routes = Routes { week, rides, vehicle, at, best: BTreeMap::new() };
        routes.extend(&mut Vec::new(), 0, 0);
        let mut next = best.clone();
        for (&done, &cost) in &best {
            let taken = groups(done);
            for (&set, &route) in &routes.best {
                if done & set == 0 && groups(set).iter().all(|g| !taken.contains(g)) {
                    let entry = next.entry(done | set).or_insert(f64::INFINITY);
                    *entry = entry.min(cost + route);
                }
            }
        }
        best = next;
    }
    best
}

struct Routes<'a> {
    week: &'a Week,
    rides: &'a [Ride],
    vehicle: &'a Shift,
    at: usize,
    best: BTreeMap<u64, f64>,
}

/// A stop: the ride, and whether it is the pickup.
type Stop = (usize, bool);

impl Routes<'_> {
    /// Tries every continuation of a route; `seen` and `aboard` are sets of rides.
    fn extend(&mut self, stops: &mut Vec<Stop>, seen: u64, aboard: u64) {
        if aboard == 0
            && seen != 0
            && let Some(cost) = self.cost(stops)
        {
            let entry = self.best.entry(seen).or_insert(f64::INFINITY);
            *entry = entry.min(cost);
        }
        for ride in 0..self.rides.len() {
            let bit = 1 << ride;
            let (stop, seen, aboard) = if aboard & bit != 0 {
                ((ride, false), seen, aboard & !bit)
            } else if seen & bit == 0
                && self.rides[ride].only.is_none_or(|only| only == self.at)
                && self.group_is_free(ride, seen)
                && self.fits(aboard | bit)
            {
                ((ride, true), seen | bit, aboard | bit)
            } else {
                continue;
            };
            stops.push(stop);
            // What the stops so far cannot keep, they cannot keep with more stops either. The way back to the depot is no part of
            // that: a listed drive from another stop may be shorter.
            if self.schedules(stops, false).next().is_some() {
                self.extend(stops, seen, aboard);
            }
            stops.pop();
        }
    }

    fn group_is_free(&self, ride: usize, seen: u64) -> bool {
        (0..self.rides.len()).all(|i| seen >> i & 1 == 0 || self.rides[i].group != self.rides[ride].group)
    }

    fn fits(&self, aboard: u64) -> bool {
        let on: Vec<&Ride> = (0..self.rides.len()).filter(|i| aboard >> i & 1 == 1).map(|i| &self.rides[i]).collect();
        let classes: std::collections::BTreeSet<&str> = on.iter().map(|r| r.class.as_str()).collect();
        on.iter().map(|r| r.persons).sum::<u32>() <= self.vehicle.seats
            && on.iter().map(|r| r.wheelchairs).sum::<u32>() <= self.vehicle.wheelchairs
            && classes.len() <= self.vehicle.compartments as usize
    }

    fn cost(&self, stops: &[Stop]) -> Option<f64> {
        let minutes = self.schedules(stops, true).min_by(f64::total_cmp)?;
        let mut at = &self.vehicle.depot;
        let mut km = 0.0;
        for stop in stops {
            km += self.week.drive(at, self.place(*stop)).km.get();
            at = self.place(*stop);
        }
        km += self.week.drive(at, &self.vehicle.depot).km.get();
        let v = self.vehicle;
        let extra: f64 = stops.iter().filter(|stop| stop.1).map(|stop| self.rides[stop.0].extra).sum();
        Some(v.fixed.get() + km * v.per_km.get() + minutes / 60.0 * v.per_hour.get() + extra)
    }

    fn place(&self, (ride, pickup): Stop) -> &LocationId {
        if pickup { &self.rides[ride].from } else { &self.rides[ride].to }
    }

    /// Least minutes from leaving to being back in the depot (or, before that, to the end of the last stop), for every choice
    /// of a pickup window at each pickup that can be kept.
    fn schedules<'s>(&'s self, stops: &'s [Stop], returns: bool) -> impl Iterator<Item = f64> + 's {
        let pickups: Vec<usize> = stops.iter().filter(|s| s.1).map(|s| s.0).collect();
        let choices: usize = pickups.iter().map(|&r| self.rides[r].pickups.len()).product();
        (0..choices).filter_map(move |mut choice| {
            let mut window = BTreeMap::new();
            for &ride in &pickups {
                let windows = &self.rides[ride].pickups;
                window.insert(ride, windows[choice % windows.len()]);
                choice /= windows.len();
            }
            self.shortest(stops, returns, &window)
        })
    }

    /// The route's times are a system of differences t_b ≥ t_a + w; the least duration is the longest path from leaving to
    /// being back, and there is none when some cycle is longer than nothing.
    fn shortest(&self, stops: &[Stop], returns: bool, window: &BTreeMap<usize, (f64, f64)>) -> Option<f64> {
        let (zero, leave, back) = (0, 1, stops.len() + 2);
        let node = |stop: usize| stop + 2;
        let minutes = |at| minutes_between(self.week.now, at);
        let mut least: Vec<(usize, usize, f64)> = vec![
            (zero, leave, minutes(self.vehicle.span.from())),
            (back, zero, -minutes(self.vehicle.span.until())),
            (leave, back, 0.0),
        ];
        if let Some(most) = self.vehicle.max_hours {
            least.push((back, leave, -most.get() * 60.0));
        }
        let (mut at, mut before, mut service) = (&self.vehicle.depot, leave, 0.0);
        for (i, &(r, pickup)) in stops.iter().enumerate() {
            let ride = &self.rides[r];
            let (from, until) = if pickup { window[&r] } else { ride.dropoff };
            least.push((zero, node(i), from));
            least.push((node(i), zero, -until));
            let place = self.place((r, pickup));
            least.push((before, node(i), service + self.week.drive(at, place).minutes.get()));
            if !pickup && ride.longest.is_finite() {
                let picked = stops.iter().position(|&s| s == (r, true))?;
                least.push((node(i), node(picked), -(ride.load + ride.longest)));
            }
            (at, before, service) = (place, node(i), if pickup { ride.load } else { ride.unload });
        }
        let way_back = if returns { self.week.drive(at, &self.vehicle.depot).minutes.get() } else { 0.0 };
        least.push((before, back, service + way_back));
        longest_path(&least, back + 1, leave, back)
    }
}

/// Longest path in a graph with `nodes` nodes, or none when a cycle is longer than [`TINY`] (Bellman and Ford).
fn longest_path(edges: &[(usize, usize, f64)], nodes: usize, from: usize, to: usize) -> Option<f64> {
    let mut far = vec![f64::NEG_INFINITY; nodes];
    far[from] = 0.0;
    for _ in 0..=nodes {
        let mut changed = false;
        for &(a, b, w) in edges {
            if far[a] + w > far[b] + TINY {
                far[b] = far[a] + w;
                changed = true;
            }
        }
        if !changed {
            return Some(far[to]);
        }
    }
    None
}
