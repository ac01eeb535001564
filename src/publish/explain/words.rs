//! The sentences of an explanation, English and Dutch side by side; those about gates stand in `gate_words.rs`.

use crate::lang::Lang;
use crate::publish::format::{clock, date_long, date_of, number};
use crate::publish::words::{self as common, phrases};
use crate::units::Instant;
use crate::week::{Case, Medical, Pin};

phrases! {
    gates_heading: "Why it may depart: the gates", "Waarom vertrek mag: de poorten";
    flight_heading: "Flight", "Vlucht";
    notice_heading: "Notice", "Aanzegging";
    team_heading: "Team", "Team";
    ride_heading: "Ride", "Rit";
    money_heading: "Money of this case", "Geld van deze zaak";
    closed_heading: "What keeps it here", "Wat vertrek tegenhoudt";
    open_heading: "Why it is not in the plan", "Waarom ze niet in het plan staat";

    notice_hours: "hours from notice to departure", "uren van aanzegging tot vertrek";
    office_hours: "of these office hours (09:00–17:00 on working days)", "waarvan kantooruren (09:00–17:00 op werkdagen)";
    given: "given", "gegeven";
    asked: "asked", "gevraagd";
    no_team: "No escorts and no medical company needed.", "Geen begeleiders en geen medische begeleiding nodig.";
    at_airport: "None needed: the case is at the airport already.", "Niet nodig: de zaak is al op de luchthaven.";
    no_ride: "The plan has no ride for it.", "Het plan heeft er geen rit voor.";
    depot: "depot", "standplaats";
    pickup: "load", "laden";
    dropoff: "unload", "lossen";
    computed: "(not in travel.csv, computed)", "(niet in travel.csv, berekend)";

    cause: "cause of a cancellation", "oorzaak van uitval";
    hazard_of: "hazard", "uitvalrisico";
    cancelled: "chance", "kans";
    assumed: "These hazards are assumptions ([risk] in week.toml or the defaults), not fitted on history.csv; d is the days of notice.",
        "Deze uitvalrisico's zijn aannames ([risk] in week.toml of de standaardwaarden), niet geschat op history.csv; d is het aantal \
        dagen aanzegging.";
    not_used: "The objective does not use them ([risk] use = \"none\").", "De doelwaarde gebruikt ze niet ([risk] use = \"none\").";
    belongings: "belongings not known", "bagage niet bekend";
    physical: "physical state not known", "lichamelijke toestand niet bekend";
    medical: "medical file not known", "medisch dossier niet bekend";
    file_complete: "0 (file complete)", "0 (dossier compleet)";
    with_escorts: "with escorts", "met begeleiders";
    without_escorts: "without escorts", "zonder begeleiders";

    value: "value", "waarde";
    value_terms: "value × priority × persons × p", "waarde × prioriteit × personen × p";
    ticket_terms: "seats × fare × (p + cancelled × not refunded)", "stoelen × tarief × (p + uitval × niet terugbetaald)";
    own: "value less tickets", "waarde min tickets";

    gates_open: "Its gates are open: the law does not stand in the way.", "De poorten zijn open: de wet staat niet in de weg.";
    no_flight: "Even with all of this opened there is no flight for it in this folder.",
        "Ook als dit alles open is, is er in deze map geen vlucht voor.";
}

pub(super) fn departs(lang: Lang, case: &str, at: Instant) -> String {
    let (day, clock) = (date_long(lang, date_of(at)), clock(at));
    lang.pick(format!("Case {case} departs on {day} at {clock}"), format!("Zaak {case} vertrekt op {day} om {clock}"))
}

pub(super) fn stays(lang: Lang, case: &str) -> String {
    lang.pick(format!("Case {case} is not in the plan"), format!("Zaak {case} staat niet in het plan"))
}

pub(super) fn about(lang: Lang, persons: &str, kind: &str, case: &Case, location: &str) -> String {
    let (destination, measure) = (case.destination, common::measure(lang, case.measure));
    let priority = number(lang, case.priority.get(), 2);
    let name = if location.is_empty() { String::new() } else { format!(" ({location})") };
    lang.pick(
        format!(
            "{persons}; {kind} ({destination}); now at {}{name}; measure: {measure}; priority {priority}.",
            case.location
        ),
        format!(
            "{persons}; {kind} ({destination}); nu op {}{name}; maatregel: {measure}; prioriteit {priority}.",
            case.location
        ),
    )
}

pub(super) fn needs(lang: Lang, escorts: u32, medical: Option<Medical>) -> String {
    let company = medical.map(|medical| common::medical(lang, medical));
    match (escorts, company) {
        (0, None) => lang.pick("Needs no escorts.", "Heeft geen begeleiders nodig.").to_owned(),
        (0, Some(company)) => lang.pick(format!("Needs a {company}."), format!("Heeft een {company} nodig.")),
        (n, None) => lang.pick(format!("Needs escorts: {n}."), format!("Heeft begeleiders nodig: {n}.")),
        (n, Some(company)) => lang.pick(
            format!("Needs escorts: {n}, and a {company}."),
            format!("Heeft begeleiders nodig: {n}, en een {company}."),
        ),
    }
}

/// What a planner has fixed, with reason, name and row.
pub(super) fn pin(lang: Lang, pin: &Pin) -> String {
    let list = |ids: Vec<&str>| ids.join(" ");
    let legs = list(pin.legs.iter().map(crate::week::LegId::as_str).collect());
    let escorts = list(pin.escorts.iter().map(crate::week::EscortId::as_str).collect());
    let mut what = Vec::new();
    if pin.out {
        what.push(lang.pick("kept out".to_owned(), "uit het plan gehouden".to_owned()));
    }
    if !legs.is_empty() {
        what.push(lang.pick(format!("pinned to flight {legs}"), format!("vastgelegd op vlucht {legs}")));
    }
    if !escorts.is_empty() {
        what.push(lang.pick(format!("pinned to team {escorts}"), format!("vastgelegd met team {escorts}")));
    }
    if let Some(shift) = &pin.shift {
        what.push(lang.pick(format!("pinned to shift {shift}"), format!("vastgelegd op voertuigdienst {shift}")));
    }
    let (by, reason, row, what) = (&pin.by, &pin.reason, &pin.row, what.join(", "));
    lang.pick(
        format!("Case {what} by {by}, because: {reason}. [{row}]"),
        format!("Zaak {what} door {by}, omdat: {reason}. [{row}]"),
    )
}

pub(super) fn fare(lang: Lang, fare: &str, refund: &str) -> String {
    lang.pick(
        format!("fare {fare}, {refund}% refunded on cancellation"),
        format!("tarief {fare}, {refund}% terug bij uitval"),
    )
}

pub(super) fn told_at(lang: Lang, told: &str, slot: &str, place: &str) -> String {
    lang.pick(
        format!("Person and lawyer are told on {told} at contact slot {slot}, {place}."),
        format!("Persoon en advocaat horen het op {told} bij contactmoment {slot}, {place}."),
    )
}

pub(super) fn told_earlier(lang: Lang, told: &str) -> String {
    lang.pick(
        format!("Given earlier, on {told}, for these very legs: it stays in force and takes no contact slot."),
        format!("Eerder gedaan, op {told}, voor precies deze vlucht: blijft gelden en kost geen contactmoment."),
    )
}

pub(super) fn last_moment(lang: Lang, at: &str) -> String {
    lang.pick(
        format!("Notice of this flight could be given until {at}."),
        format!("Deze vlucht kan worden aangezegd tot {at}."),
    )
}

pub(super) fn duty(lang: Lang, report: &str, end: &str, hours: &str) -> String {
    lang.pick(
        format!("Report {report}, off duty {end}, {hours} paid each."),
        format!("Melden {report}, klaar {end}, {hours} betaald per persoon."),
    )
}

pub(super) fn way_home(lang: Lang, flight: &str, times: &str) -> String {
    lang.pick(
        format!("Flight home {flight}, Amsterdam time: {times}"),
        format!("Vlucht naar huis {flight}, Nederlandse tijd: {times}"),
    )
}

pub(super) fn vehicle(lang: Lang, shift: &str, vehicle: &str) -> String {
    lang.pick(
        format!("DV&O shift {shift}, vehicle {vehicle}; * marks the stops of this case."),
        format!("DV&O-dienst {shift}, voertuig {vehicle}; * staat bij de stops van deze zaak."),
    )
}

pub(super) fn aboard(lang: Lang, aboard: &str, direct: &str, limit: &str) -> String {
    lang.pick(
        format!("Aboard {aboard} hours (direct drive {direct}, at most {limit})"),
        format!("Onderweg {aboard} uur (rechtstreeks {direct}, hoogstens {limit})"),
    )
}

pub(super) fn chance_heading(lang: Lang, p: &str) -> String {
    lang.pick(format!("Chance that it goes through: {p}"), format!("Kans dat het doorgaat: {p}"))
}

pub(super) fn formula(lang: Lang, total: &str, days: &str) -> String {
    lang.pick(
        format!("p = exp(−H) with H = {total}, the sum of the hazards below; d = {days} (specification, section 7)."),
        format!("p = exp(−H) met H = {total}, de som van de uitvalrisico's hieronder; d = {days} (specificatie, paragraaf 7)."),
    )
}

pub(super) fn ticket(lang: Lang, leg: &str) -> String {
    lang.pick(format!("ticket {leg}"), format!("ticket {leg}"))
}

pub(super) fn team_cost(lang: Lang, cost: &str, size: usize, cases: usize) -> String {
    lang.pick(
        format!("The team costs {cost} together (members: {size}); cases on this flight that share it: {cases}."),
        format!("Het team kost samen {cost} (leden: {size}); zaken op deze vlucht die het delen: {cases}."),
    )
}

pub(super) fn route_cost(lang: Lang, cost: &str, shift: &str, rides: usize) -> String {
    lang.pick(
        format!("The run of shift {shift} costs {cost}; rides that share it: {rides}."),
        format!("De rit van dienst {shift} kost {cost}; ritten die haar delen: {rides}."),
    )
}

pub(super) fn opens(lang: Lang, remedy: &str, owner: &str) -> String {
    lang.pick(format!("Opens when: {remedy}. Who: {owner}."), format!("Gaat open als: {remedy}. Wie: {owner}."))
}

pub(super) fn changes(lang: Lang, what: &str) -> String {
    lang.pick(format!("What would change it: {what}."), format!("Wat dit zou veranderen: {what}."))
}

pub(super) fn source(lang: Lang, source: &str) -> String {
    lang.pick(format!("Rule: {source}."), format!("Regel: {source}."))
}

pub(super) fn soonest(lang: Lang, departs: &str) -> String {
    lang.pick(
        format!("With all of this opened, the first departure could be {departs}."),
        format!("Als dit alles open is, kan het eerste vertrek zijn op {departs}."),
    )
}
