//! What occurs in a tiny week and its plan.

use std::collections::{BTreeMap, BTreeSet};
use vertrek::calendar::{is_public_holiday, iso_week, local_date, office_hours};
use vertrek::gates::GateName;
use vertrek::itinerary::{NoItinerary, WayHome, WaysHome};
use vertrek::options::{Obstacle, build};
use vertrek::plan::{Departure, Plan, Route, StopKind, Team};
use vertrek::units::{minutes_between, shift};
use vertrek::week::*;

macro_rules! scenes {
    ($($name:ident = $text:literal;)+) => {
        /// Every scene.
        pub(crate) const ALL: &[&str] = &[$($text),+];
        $(const $name: &str = $text;)+
    };
}

scenes! {
    GATE_RELEASE = "gate release closes";
    GATE_VOLUNTARY = "gate voluntary closes";
    GATE_PERIOD = "gate period closes";
    GATE_DOCUMENT = "gate document closes";
    GATE_PROCEDURE = "gate procedure closes";
    GATE_AVAILABILITY = "gate availability closes";
    GATE_FITNESS = "gate fitness closes";
    GATE_RECEPTION = "gate reception closes";
    GATE_ARRIVAL = "gate arrival closes";
    GATE_NOTICE = "gate notice closes";
    LEAD_TIME = "no itinerary for its lead time";
    UNESCORTED_TRANSIT = "no itinerary without escorts";
    NO_WAY_HOME = "no itinerary that escorts come home from";
    NO_SEATS = "no seats";
    ARRIVAL_LIMIT = "more persons than may arrive";
    NO_RIDE = "no ride";
    NO_GAIN = "no gain";
    SOME_OPEN_LEFT_OUT = "an open case left out";
    HOLIDAY = "a public holiday takes office hours from a notice";
    SWITCH = "notice and departure on either side of the switch of summer time";
    YEAR = "notice and departure in two years";
    TWO_WEEKS = "duties that report in two ISO weeks";
    FAMILY = "a family departs";
    INFANT = "an infant departs";
    MINOR = "a minor who travels alone departs";
    WHEELCHAIR = "a wheelchair departs by road";
    DUBLIN = "a Dublin transfer";
    AT_AIRPORT = "a case departs from where it is";
    SCARCE_SLOT = "a case told earlier than it could be";
    SHARED_SLOT = "two cases told at one slot";
    KEPT = "a kept notice";
    NEW_NOTICE = "a noticed case on other legs";
    WAIVED = "a booked leg within its lead time";
    CONNECTION = "a connection with escorts";
    CONNECTION_ALONE = "a connection without escorts";
    JOINT = "a joint leg with standby escorts";
    NATIONAL = "a national leg";
    STANDBY_ALONE = "standby escorts where no case needs any";
    SHARED_TEAM = "a team for two cases";
    NURSE = "a nurse flies along";
    DOCTOR = "a doctor for a doctor's case";
    DOCTOR_AS_NURSE = "a doctor as nurse";
    SEX = "an escort of the sex asked for";
    TURNED = "a team that turns around";
    RESTED = "a team that comes home rested";
    TIE = "two flights home arrive together";
    TWO_DUTIES = "an escort with two duties";
    FILLED = "a fixed duty filled";
    SKILL = "a fixed duty that asks for a skill filled";
    UNFILLED = "a fixed duty unfilled";
    TRANSFER = "a transfer driven";
    UNMET = "a transfer unmet";
    TOGETHER = "two rides aboard together";
    CLASSES = "two classes aboard together";
    LONG_ROUTE = "a route with three rides";
    TWICE = "a vehicle with two shifts on the road";
    WAITS = "a vehicle that waits with somebody aboard";
}

/// The scenes of a week and its best plan.
pub(crate) fn of(week: &Week, plan: &Plan) -> BTreeSet<&'static str> {
    let mut seen = BTreeSet::new();
    reasons(week, plan, &mut seen);
    plan.departures.iter().for_each(|departure| of_departure(week, departure, &mut seen));
    plan.teams.iter().for_each(|team| of_team(week, plan, team, &mut seen));
    duties(week, plan, &mut seen);
    plan.routes.iter().for_each(|route| of_route(week, route, &mut seen));
    let slots: Vec<_> = plan.departures.iter().filter_map(|d| d.slot.as_ref()).collect();
    note(&mut seen, SHARED_SLOT, slots.iter().collect::<BTreeSet<_>>().len() < slots.len());
    let vehicles: Vec<_> = plan.routes.iter().map(|route| &week.shifts[&route.shift].vehicle).collect();
    note(&mut seen, TWICE, vehicles.iter().collect::<BTreeSet<_>>().len() < vehicles.len());
    note(&mut seen, UNMET, !plan.unmet.transfers.is_empty());
    seen
}

fn note(seen: &mut BTreeSet<&'static str>, scene: &'static str, occurs: bool) {
    if occurs {
        seen.insert(scene);
    }
}

fn reasons(week: &Week, plan: &Plan, seen: &mut BTreeSet<&'static str>) {
    let options = build(week);
    for case in &options.cases {
        if let Some(closed) = case.gates.gate() {
            seen.insert(match closed.gate {
                GateName::Release => GATE_RELEASE,
                GateName::Voluntary => GATE_VOLUNTARY,
                GateName::Period => GATE_PERIOD,
                GateName::Document => GATE_DOCUMENT,
                GateName::Procedure => GATE_PROCEDURE,
                GateName::Availability => GATE_AVAILABILITY,
                GateName::Fitness => GATE_FITNESS,
                GateName::Reception => GATE_RECEPTION,
                GateName::Arrival => GATE_ARRIVAL,
                GateName::Notice => GATE_NOTICE,
            });
        }
        match case.obstacle {
            Some(Obstacle::Itinerary(NoItinerary::LeadTime)) => note(seen, LEAD_TIME, true),
            Some(Obstacle::Itinerary(NoItinerary::UnescortedTransit)) => note(seen, UNESCORTED_TRANSIT, true),
            Some(Obstacle::Itinerary(NoItinerary::NoWayHome)) => note(seen, NO_WAY_HOME, true),
            Some(Obstacle::Itinerary(NoItinerary::NoFlight)) | None => {}
            Some(Obstacle::Seats) => note(seen, NO_SEATS, true),
            Some(Obstacle::ArrivalLimit) => note(seen, ARRIVAL_LIMIT, true),
            Some(Obstacle::Ride) => note(seen, NO_RIDE, true),
            Some(Obstacle::Gain) => note(seen, NO_GAIN, true),
        }
        let planned = plan.departures.iter().any(|d| d.case == week.cases.rows()[case.gates.case].id);
        note(seen, SOME_OPEN_LEFT_OUT, !case.options.is_empty() && !planned);
    }
}

fn of_departure(week: &Week, departure: &Departure, seen: &mut BTreeSet<&'static str>) {
    let case = &week.cases[&departure.case];
    let persons: Vec<_> = week.persons(&case.id).collect();
    let legs: Vec<_> = departure.legs.iter().map(|leg| &week.legs[leg]).collect();
    let (first, alone) = (legs[0], case.escorts == 0);
    note(seen, FAMILY, persons.len() > 1);
    note(seen, INFANT, persons.iter().any(|p| p.age_group == AgeGroup::Infant));
    note(seen, MINOR, persons.iter().any(|p| p.unaccompanied_minor));
    note(seen, WHEELCHAIR, case.wheelchairs(week) > 0 && case.location != first.from);
    note(seen, DUBLIN, case.kind == CaseKind::Dublin);
    note(seen, AT_AIRPORT, case.location == first.from);
    note(seen, CONNECTION, legs.len() == 2 && !alone);
    note(seen, CONNECTION_ALONE, legs.len() == 2 && alone);
    note(seen, NATIONAL, first.kind == LegKind::National);
    let commitment = week.commitments.get(&case.id).filter(|c| c.level > Level::Proposed);
    note(seen, KEPT, departure.slot.is_none());
    note(seen, NEW_NOTICE, commitment.is_some() && departure.slot.is_some());
    let soon = |leg: &Leg| shift(week.now, leg.booking_lead.minutes().get()) > leg.departs;
    note(seen, WAIVED, legs.iter().any(|leg| soon(leg)));
    let (told, departs) = (departure.noticed_at, first.departs);
    let clock = |at| vertrek::calendar::in_amsterdam(at);
    note(seen, SWITCH, clock(told).offset() != clock(departs).offset());
    note(seen, YEAR, chrono::Datelike::year(&local_date(told)) != chrono::Datelike::year(&local_date(departs)));
    let holidays = local_date(told).iter_days().take_while(|day| *day <= local_date(departs));
    note(
        seen,
        HOLIDAY,
        holidays
            .filter(|day| is_public_holiday(*day))
            .any(|day| chrono::Datelike::weekday(&day).number_from_monday() < 6),
    );
    let later = |slot: &ContactSlot| {
        slot.location == case.location
            && slot.starts > told
            && minutes_between(slot.starts, departs) >= week.rules.notice_for(case.measure).minutes().get()
            && office_hours(slot.starts, departs, &week.holidays) >= week.rules.notice_office
    };
    note(seen, SCARCE_SLOT, departure.slot.is_some() && week.contact_slots.iter().any(later));
}

fn of_team(week: &Week, plan: &Plan, team: &Team, seen: &mut BTreeSet<&'static str>) {
    let cases: Vec<_> = plan.departures.iter().filter(|d| d.legs == team.legs).map(|d| &week.cases[&d.case]).collect();
    let members: Vec<_> = team.escorts.iter().map(|id| &week.escorts[id]).collect();
    let first = &week.legs[&team.legs[0]];
    let (asks, has) = (
        |medical| cases.iter().filter(|case| case.medical_escort == Some(medical)).count(),
        |role| members.iter().filter(|escort| escort.role == role).count(),
    );
    let standby = first.kind != LegKind::Scheduled && first.standby_escorts > 0;
    note(seen, JOINT, first.kind == LegKind::Joint && standby);
    note(seen, STANDBY_ALONE, standby && cases.iter().all(|case| case.escorts == 0));
    note(seen, SHARED_TEAM, cases.iter().filter(|case| case.needs_team()).count() > 1);
    note(seen, NURSE, has(Role::Nurse) > 0);
    note(seen, DOCTOR, asks(Medical::Doctor) > 0);
    note(seen, DOCTOR_AS_NURSE, has(Role::Doctor) > asks(Medical::Doctor));
    note(seen, SEX, cases.iter().any(|case| case.escort_sex.is_some()));
    let legs: Vec<usize> = team.legs.iter().filter_map(|leg| week.legs.position(leg)).collect();
    match WaysHome::of(week).duty(&legs).map(|duty| duty.way_home) {
        Some(WayHome::TurnedAround(row)) => {
            note(seen, TURNED, true);
            let home = &week.returns.rows()[row];
            let same =
                |other: &&ReturnFlight| (&other.from, &other.to, other.arrives) == (&home.from, &home.to, home.arrives);
            note(seen, TIE, week.returns.iter().filter(same).count() > 1);
        }
        Some(WayHome::Rested(_)) => note(seen, RESTED, true),
        Some(WayHome::Aircraft) | None => {}
    }
}

fn duties(week: &Week, plan: &Plan, seen: &mut BTreeSet<&'static str>) {
    let mut work: BTreeMap<&EscortId, BTreeSet<(i32, u32)>> = BTreeMap::new();
    let mut times: BTreeMap<&EscortId, usize> = BTreeMap::new();
    let teams = plan.teams.iter().map(|team| (&team.escorts, team.report));
    let fixed = plan.duties.iter().map(|filled| (&filled.escorts, week.duties[&filled.duty].span.from()));
    for (escorts, report) in teams.chain(fixed) {
        for escort in escorts {
            work.entry(escort).or_default().insert(iso_week(report));
            *times.entry(escort).or_default() += 1;
        }
    }
    note(seen, TWO_DUTIES, times.values().any(|times| *times > 1));
    note(seen, TWO_WEEKS, work.values().any(|weeks| weeks.len() > 1));
    let filled = |skilled: bool| {
        plan.duties.iter().any(|d| !d.escorts.is_empty() && week.duties[&d.duty].skill.is_some() >= skilled)
    };
    note(seen, FILLED, filled(false));
    note(seen, SKILL, filled(true));
    note(seen, UNFILLED, !plan.unmet.duties.is_empty());
}

fn of_route(week: &Week, route: &Route, seen: &mut BTreeSet<&'static str>) {
    let mut aboard: Vec<(String, TransferClass)> = Vec::new();
    note(seen, LONG_ROUTE, route.stops.iter().filter(|stop| stop.kind == StopKind::Pickup).count() > 2);
    for pair in route.stops.windows(2) {
        let (stop, next) = (&pair[0], &pair[1]);
        let (who, class, service) = match (&stop.case, &stop.transfer) {
            (Some(case), _) => {
                let service = if stop.kind == StopKind::Pickup { week.rules.load } else { week.rules.unload };
                (case.to_string(), week.cases[case].ride_class(week), service)
            }
            (_, Some(transfer)) => {
                let row = &week.transfers[transfer];
                note(seen, TRANSFER, true);
                (transfer.to_string(), row.class, if stop.kind == StopKind::Pickup { row.load } else { row.unload })
            }
            _ => continue,
        };
        match stop.kind {
            StopKind::Pickup => aboard.push((who, class)),
            _ => aboard.retain(|(other, _)| *other != who),
        }
        note(seen, TOGETHER, aboard.len() > 1);
        let mixed = aboard.windows(2).any(|two| two[0].1 != two[1].1 || two[0].1 == TransferClass::Family);
        note(seen, CLASSES, mixed);
        let arrives = shift(stop.at, service.get() + week.drive(&stop.location, &next.location).minutes.get());
        note(seen, WAITS, !aboard.is_empty() && minutes_between(arrives, next.at) > 0.1);
    }
}
