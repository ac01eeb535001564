//! The money of one case: what its departure is worth, its tickets, and the costs it shares with others.

use super::{Planned, words};
use crate::lang::Lang;
use crate::publish::facts::Facts;
use crate::publish::format::{euro_cents, number};
use crate::publish::page::{Align, heading, table, wrap};
use crate::rules::RiskUse;
use crate::units::Euro;
use crate::week::{Leg, RowRef};

pub(super) fn section(facts: &Facts, planned: &Planned, lang: Lang) -> String {
    let (week, case) = (facts.week, planned.case);
    let p = if week.risk.usage == RiskUse::None { 1.0 } else { planned.departure.p.get() };
    let persons = case.persons(week);
    let value = week.costs.departure_value * (case.priority.get() * f64::from(persons) * p);
    let mut total = value;
    let how = format!(
        "{} × {} × {persons} × {}",
        euro_cents(lang, week.costs.departure_value),
        number(lang, case.priority.get(), 2),
        number(lang, p, 4)
    );
    let mut rows = vec![vec![
        words::value(lang).to_owned(),
        euro_cents(lang, value),
        format!("{how} ({})", words::value_terms(lang)),
    ]];
    let seats = case.air_seats(week);
    for leg in &planned.legs {
        let cost = ticket(leg, seats, p);
        total = total - cost;
        let share = 1.0 - leg.refund_share.get();
        let how = format!(
            "{seats} × {} × ({} + {} × {})",
            euro_cents(lang, leg.fare),
            number(lang, p, 4),
            number(lang, 1.0 - p, 4),
            number(lang, share, 2)
        );
        rows.push(vec![
            words::ticket(lang, leg.id.as_str()),
            euro_cents(lang, -cost),
            format!("{how} ({})", words::ticket_terms(lang)),
        ]);
    }
    rows.push(vec![words::own(lang).to_owned(), euro_cents(lang, total), String::new()]);
    let columns = [("", Align::Left), ("", Align::Right), ("", Align::Left)];
    let mut page = heading(words::money_heading(lang)) + &table(2, &columns, &rows);
    for shared in [team(facts, planned, lang), route(facts, planned, lang)].into_iter().flatten() {
        page += &wrap("  ", &shared);
    }
    page
}

/// Tickets of one leg: full when the departure goes through, else the part that is not refunded.
fn ticket(leg: &Leg, seats: u32, p: f64) -> Euro {
    leg.fare * (f64::from(seats) * (p + (1.0 - p) * (1.0 - leg.refund_share.get())))
}

fn team(facts: &Facts, planned: &Planned, lang: Lang) -> Option<String> {
    let week = facts.week;
    let team = facts.team(&planned.departure.legs)?;
    let fares: Euro = planned.legs.iter().map(|leg| leg.escort_fare).sum();
    let home = team.return_flight.as_ref().and_then(|id| week.returns.get(id)).map_or(Euro::ZERO, |row| row.fare);
    let each = week.costs.escort_hour * team.hours.get() + fares + home;
    let size = team.escorts.len();
    #[expect(clippy::cast_precision_loss, reason = "a head count is far below 2^53")]
    let all = each * (size as f64);
    let sharing = facts.plan.departures.iter().filter(|other| other.legs == planned.departure.legs).count();
    Some(words::team_cost(lang, &euro_cents(lang, all), size, sharing))
}

fn route(facts: &Facts, planned: &Planned, lang: Lang) -> Option<String> {
    let ride = facts.case_ride(&planned.case.id)?;
    let rides = ride.route.stops.iter().filter(|stop| stop.kind == crate::plan::StopKind::Pickup).count();
    let row: Option<&RowRef> = facts.week.shifts.get(&ride.route.shift).map(|shift| &shift.row);
    let cost = euro_cents(lang, ride.route.cost);
    Some(format!("{} {}", words::route_cost(lang, &cost, ride.route.shift.as_str(), rides), super::rows(row)))
}
