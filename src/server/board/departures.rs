//! The departures of a week by day and flight, each with what it rests on; with script, a case is dragged from here to where it
//! is to be pinned.

use super::parts::{badge, chance, href, scroll};
use super::pin;
use super::week::Filter;
use crate::calendar;
use crate::lang::Lang;
use crate::plan::Departure;
use crate::publish::facts::{Facts, Flight, notice_hours};
use crate::publish::format::{clock_on, date_long, date_of, hours, moment, own_clock_on};
use crate::publish::words as common;
use crate::server::deeds::known::legs;
use crate::server::deeds::pins;
use crate::server::desk::View;
use crate::server::store::notices::NoticeRow;
use crate::server::store::pins::PinRow;
use crate::week::Level;
use maud::{Markup, html};

/// A week, what is known beside its plan, and whether who looks may pin cases.
pub(super) struct Of<'a> {
    pub(super) view: &'a View,
    pub(super) told: &'a [NoticeRow],
    pub(super) pins: &'a [PinRow],
    pub(super) fixes: bool,
}

pub(super) fn departures(
    facts: &Facts<'_>,
    flights: &[Flight<'_>],
    of: &Of<'_>,
    filter: &Filter,
    lang: Lang,
) -> Markup {
    let mut day = None;
    html! {
        h2 { (lang.pick("Departures", "Vertrekken")) }
        p class="quiet" { (lang.pick("Chances rest on assumed figures unless the week sets its own; they describe the process, never the person.",
            "Kansen berusten op aangenomen cijfers tenzij de week eigen cijfers geeft; ze beschrijven het proces, nooit de persoon.")) }
        @for flight in flights {
            @let date = date_of(flight.departs());
            @let shown: Vec<&&Departure> = flight.departures.iter().filter(|departure| shows(facts, flight, departure, filter)).collect();
            @if (filter.day.is_empty() || filter.day == date.to_string()) && !shown.is_empty() {
                @if day.replace(date) != Some(date) { h3 { (date_long(lang, date)) } }
                (flight_card(facts, flight, &shown, of, lang))
            }
        }
        @if flights.is_empty() { p { (lang.pick("Nobody departs.", "Niemand vertrekt.")) } }
    }
}

fn shows(facts: &Facts<'_>, flight: &Flight<'_>, departure: &Departure, filter: &Filter) -> bool {
    let country = facts.week.cases.get(&departure.case).map_or("", |case| case.destination.code());
    let mut words = vec![departure.case.as_str(), country];
    words.extend(flight.legs.iter().flat_map(|leg| [leg.id.as_str(), leg.to.as_str(), leg.carrier.as_str()]));
    filter.fits(&words)
}

fn flight_card(facts: &Facts<'_>, flight: &Flight<'_>, shown: &[&&Departure], of: &Of<'_>, lang: Lang) -> Markup {
    let date = date_of(flight.departs());
    let way: Vec<String> = flight
        .legs
        .iter()
        .enumerate()
        .map(|(at, leg)| {
            let departs = if at == 0 { calendar::in_amsterdam(leg.departs) } else { leg.departs };
            format!(
                "{} {} → {} {}",
                own_clock_on(lang, departs, date),
                leg.from,
                own_clock_on(lang, leg.arrives, date),
                leg.to
            )
        })
        .collect();
    let names: Vec<String> =
        flight.legs.iter().map(|leg| format!("{} {}", leg.carrier, leg.id).trim().to_owned()).collect();
    let on = pins::on(&flight.legs.iter().map(|leg| leg.id.clone()).collect::<Vec<_>>());
    let team: Vec<&str> = flight.team.iter().flat_map(|team| &team.escorts).map(|escort| escort.as_str()).collect();
    html! {
        article class="flight" data-on=[of.fixes.then(|| on.as_str())] {
            header {
                h4 class="which" { (way.join(", ")) }
                span { (names.join(" + ")) ", " (common::leg_kind(lang, flight.legs[0].kind)) }
                span { (lang.pick("Escorts: ", "Begeleiders: ")) @if team.is_empty() { (lang.pick("none", "geen")) } @else { (team.len()) " (" (team.join(", ")) ")" } }
            }
            (scroll(&names.join(" + "), &html! {
                table {
                    thead { tr {
                        th scope="col" { (lang.pick("Case", "Zaak")) }
                        th scope="col" class="number" { (lang.pick("Persons", "Personen")) }
                        th scope="col" { (lang.pick("Chance", "Kans")) }
                        th scope="col" { (lang.pick("Notice", "Aanzegging")) }
                        th scope="col" class="number" { (lang.pick("Before", "Vooraf")) }
                        th scope="col" { (lang.pick("Ride", "Rit")) }
                        th scope="col" { (lang.pick("Status", "Status")) }
                    } }
                    tbody { @for departure in shown { (departure_row(facts, flight, departure, of, lang)) } }
                }
            }))
        }
    }
}

fn departure_row(facts: &Facts<'_>, flight: &Flight<'_>, departure: &Departure, of: &Of<'_>, lang: Lang) -> Markup {
    let date = date_of(flight.departs());
    let ride = facts.case_ride(&departure.case);
    let level =
        facts.week.commitments.get(&departure.case).filter(|row| row.legs == departure.legs).map(|row| row.level);
    let given = of.told.iter().any(|notice| {
        notice.case == departure.case.as_str() && legs(notice).is_some_and(|legs| legs == departure.legs)
    });
    let pinned = of
        .pins
        .iter()
        .any(|pin| pin.case == departure.case.as_str() && pins::legs(pin).is_some_and(|legs| legs == departure.legs));
    let level = level.max(given.then_some(Level::Noticed));
    html! {
        tr {
            th scope="row" {
                a href=(format!("/weeks/{}/cases/{}", href(&of.view.row.id), href(departure.case.as_str()))) { (departure.case) }
                @if of.fixes { (pin::way(&of.view.row, &departure.case, lang)) }
            }
            td class="number" { (facts.persons(&departure.case)) }
            td { (chance(lang, departure.p.get(), &departure.causes)) }
            td { (moment(lang, departure.noticed_at)) span class="note" {
                @match &departure.slot { Some(slot) => (slot), None => (lang.pick("given earlier", "eerder gedaan")) } } }
            td class="number" { (hours(lang, notice_hours(departure, flight.departs()))) }
            td { @match ride {
                Some(ride) => {
                    (ride.route.shift) span class="note" { (clock_on(lang, ride.pickup.at, date)) " " (ride.pickup.location) " → " (clock_on(lang, ride.dropoff.at, date)) " " (ride.dropoff.location) }
                }
                None => "–"
            } }
            td { (level_badge(lang, level)) @if pinned { " " (badge("care", lang.pick("pinned", "vastgezet"))) } }
        }
    }
}

fn level_badge(lang: Lang, level: Option<Level>) -> Markup {
    match level {
        None | Some(Level::Proposed) => badge("", lang.pick("planned", "gepland")),
        Some(Level::Noticed) => badge("care", lang.pick("told", "aangezegd")),
        Some(Level::Booked) => badge("fine", lang.pick("booked", "geboekt")),
        Some(Level::Locked) => badge("fine", lang.pick("on its way", "onderweg")),
    }
}
