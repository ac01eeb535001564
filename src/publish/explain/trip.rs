//! How a planned case departs: flight, notice, team and ride, with the rows they come from.

use super::{Planned, rows, words};
use crate::calendar;
use crate::lang::Lang;
use crate::plan::StopKind;
use crate::publish::facts::{Facts, notice_hours};
use crate::publish::format::{clock_on, date_of, euro, hours, moment, number, own_clock_on, span};
use crate::publish::page::{Align, heading, table, wrap};
use crate::publish::words as common;

pub(super) fn section(facts: &Facts, planned: &Planned, lang: Lang) -> String {
    [flight(planned, lang), notice(facts, planned, lang), team(facts, planned, lang), ride(facts, planned, lang)]
        .concat()
}

fn flight(planned: &Planned, lang: Lang) -> String {
    let day = date_of(planned.legs[0].departs);
    let mut page = heading(words::flight_heading(lang));
    for (at, leg) in planned.legs.iter().enumerate() {
        let departs = if at == 0 { calendar::in_amsterdam(leg.departs) } else { leg.departs };
        let times = format!(
            "{} {} → {} {}",
            leg.from,
            own_clock_on(lang, departs, day),
            leg.to,
            own_clock_on(lang, leg.arrives, day)
        );
        let kind = common::leg_kind(lang, leg.kind);
        let fare = words::fare(lang, &euro(lang, leg.fare), &number(lang, leg.refund_share.get() * 100.0, 0));
        page += &wrap("  ", &format!("{times}: {kind} {}, {} ({fare}) {}", leg.carrier, leg.id, rows([&leg.row])));
    }
    page
}

fn notice(facts: &Facts, planned: &Planned, lang: Lang) -> String {
    let (week, departure, case) = (facts.week, planned.departure, planned.case);
    let departs = planned.legs[0].departs;
    let mut page = heading(words::notice_heading(lang));
    let told = moment(lang, departure.noticed_at);
    let slot = departure.slot.as_ref().and_then(|slot| week.contact_slots.get(slot));
    page += &match slot {
        Some(slot) => wrap(
            "  ",
            &format!(
                "{} {}",
                words::told_at(lang, &told, slot.id.as_str(), &facts.place(&slot.location)),
                rows([&slot.row])
            ),
        ),
        None => {
            let row = week.commitments.get(&case.id).map(|commitment| &commitment.row);
            wrap("  ", &format!("{} {}", words::told_earlier(lang, &told), rows(row)))
        }
    };
    let office = calendar::office_hours(departure.noticed_at, departs, &week.holidays).get();
    let rows = vec![
        vec![
            words::notice_hours(lang).to_owned(),
            hours(lang, notice_hours(departure, departs)),
            hours(lang, week.rules.notice_for(case.measure).get()),
        ],
        vec![words::office_hours(lang).to_owned(), hours(lang, office), hours(lang, week.rules.notice_office.get())],
    ];
    page +=
        &table(2, &[("", Align::Left), (words::given(lang), Align::Right), (words::asked(lang), Align::Right)], &rows);
    if slot.is_some() {
        page += &wrap("  ", &words::last_moment(lang, &moment(lang, facts.last_notice(departs, case.measure))));
    }
    page
}

fn team(facts: &Facts, planned: &Planned, lang: Lang) -> String {
    let mut page = heading(words::team_heading(lang));
    let Some(team) = facts.team(&planned.departure.legs) else {
        return page + &wrap("  ", words::no_team(lang));
    };
    let day = date_of(planned.legs[0].departs);
    for escort in team.escorts.iter().filter_map(|id| facts.week.escorts.get(id)) {
        page += &wrap(
            "  ",
            &format!(
                "{}, {}, {} {}",
                escort.id,
                common::role(lang, escort.role),
                escort.organisation,
                rows([&escort.row])
            ),
        );
    }
    page += &wrap(
        "  ",
        &words::duty(
            lang,
            &clock_on(lang, team.report, day),
            &clock_on(lang, team.end, day),
            &hours(lang, team.hours.get()),
        ),
    );
    if let Some(home) = team.return_flight.as_ref().and_then(|id| facts.week.returns.get(id)) {
        let times = format!(
            "{} {} → {} {}",
            home.from,
            moment(lang, home.departs),
            home.to,
            clock_on(lang, home.arrives, date_of(home.departs))
        );
        page += &wrap("  ", &format!("{} {}", words::way_home(lang, home.id.as_str(), &times), rows([&home.row])));
    }
    page
}

fn ride(facts: &Facts, planned: &Planned, lang: Lang) -> String {
    let mut page = heading(words::ride_heading(lang));
    let Some(ride) = facts.case_ride(&planned.case.id) else {
        let at_airport = planned.case.location == planned.legs[0].from;
        return page + &wrap("  ", if at_airport { words::at_airport(lang) } else { words::no_ride(lang) });
    };
    let day = date_of(planned.legs[0].departs);
    let shift = facts.week.shifts.get(&ride.route.shift);
    let vehicle = shift.map_or("", |row| row.vehicle.as_str());
    let row = rows(shift.map(|row| &row.row));
    page += &wrap("  ", &format!("{} {row}", words::vehicle(lang, ride.route.shift.as_str(), vehicle)));
    let stops: Vec<Vec<String>> = ride
        .route
        .stops
        .iter()
        .map(|stop| {
            let other = stop.case.as_ref().map(|id| id.as_str()).or(stop.transfer.as_ref().map(|id| id.as_str()));
            let own = stop.case.as_ref() == Some(&planned.case.id);
            let what = match stop.kind {
                StopKind::Depot => words::depot(lang).to_owned(),
                StopKind::Pickup => format!("{} {}", words::pickup(lang), other.unwrap_or_default()),
                StopKind::Dropoff => format!("{} {}", words::dropoff(lang), other.unwrap_or_default()),
            };
            vec![if own { "*" } else { "" }.to_owned(), clock_on(lang, stop.at, day), facts.place(&stop.location), what]
        })
        .collect();
    page += &table(2, &[("", Align::Left), ("", Align::Right), ("", Align::Left), ("", Align::Left)], &stops);
    let known = facts.week.locations.get(&ride.pickup.location).is_some()
        && facts.week.locations.get(&ride.dropoff.location).is_some();
    if known {
        let drive = facts.week.drive(&ride.pickup.location, &ride.dropoff.location);
        let limit = drive.minutes.get() + facts.week.rules.max_detour.get();
        let listed = facts.week.travel.get(&(ride.pickup.location.clone(), ride.dropoff.location.clone()));
        let from = listed.map_or(words::computed(lang).to_owned(), |row| rows([&row.row]));
        page += &wrap(
            "  ",
            &format!("{} {from}", words::aboard(lang, &span(ride.aboard()), &span(drive.minutes.get()), &span(limit))),
        );
    }
    page
}
