//! The sentences of the summary, English and Dutch side by side.

use crate::lang::Lang;
use crate::publish::words::phrases;
use crate::week::CaseId;

phrases! {
    clock_times: "Clock times are Amsterdam time.", "Kloktijden zijn Nederlandse tijd.";
    flight_times: "Clock times are Amsterdam time; a flight time elsewhere is on the clock of its own airport, with its distance from UTC.",
        "Kloktijden zijn Nederlandse tijd; een vluchttijd elders staat op de klok van de eigen luchthaven, met de afstand tot UTC.";
    rides_only: "This folder holds rides only (no cases, no duties): the plan is a set of DV&O runs.",
        "Deze map bevat alleen ritten (geen zaken, geen diensten): het plan is een reeks DV&O-ritten.";
    roster_only: "This folder holds fixed duties only (no cases, no rides): the plan is a roster of people.",
        "Deze map bevat alleen vaste diensten (geen zaken, geen ritten): het plan is een rooster van mensen.";
    rides_and_roster: "This folder holds rides and fixed duties, no cases: the plan is a set of DV&O runs and a roster of people.",
        "Deze map bevat ritten en vaste diensten, geen zaken: het plan is een reeks DV&O-ritten en een rooster van mensen.";
    nothing: "This folder holds no cases, no rides and no duties: there is nothing to plan.",
        "Deze map bevat geen zaken, geen ritten en geen diensten: er valt niets te plannen.";

    depart: "Depart", "Vertrek";
    expected: "Expected", "Verwacht";
    transfers: "Transfers", "Overbrengingen";
    fixed_duties: "Fixed duties", "Vaste diensten";
    objective: "Objective", "Doelwaarde";
    costs_only: "less all costs", "min alle kosten";
    net: "value of departures less all costs", "waarde van vertrek min alle kosten";
    proof: "Proof", "Bewijs";
    made_in: "Made in", "Gemaakt in";

    money: "Money", "Geld";
    money_value: "Value of departures", "Waarde van vertrek";
    money_tickets: "Tickets", "Tickets";
    money_escorts: "Escorts", "Begeleiding";
    money_transport: "Transport", "Vervoer";
    money_unmet: "Not met", "Niet gehaald";
    money_tickets_note: "seats of those who depart; the part not refunded when a departure is cancelled",
        "stoelen van wie vertrekt; het niet terugbetaalde deel als een vertrek niet doorgaat";
    money_escorts_note: "hours, their tickets and flights home, fixed duties",
        "uren, hun tickets en vluchten naar huis, vaste diensten";
    money_transport_note: "DV&O runs: per shift, kilometre and hour", "DV&O-ritten: per dienst, kilometer en uur";
    money_unmet_note: "penalty for transfers and places that are not met, not an invoice",
        "strafbedrag voor overbrengingen en plaatsen die niet gehaald zijn, geen rekening";
    money_total_note: "what the plan is judged by", "waarop het plan wordt beoordeeld";

    departures_heading: "Departures by day", "Vertrek per dag";
    departures_legend: "Chance: that the departure goes through (an assumption, see below). Notice: when the person and the lawyer are \
        told, with the contact slot and the hours left before departure. Ride: DV&O shift (vehicle), pickup → drop-off.",
        "Kans: dat het vertrek doorgaat (een aanname, zie onder). Aanzegging: wanneer de persoon en de advocaat het horen, met het \
        contactmoment en de uren tot vertrek. Rit: DV&O-dienst (voertuig), ophalen → afzetten.";
    no_departures: "No departures.", "Geen vertrek.";
    no_team: "No escorts needed.", "Geen begeleiders nodig.";
    case: "case", "zaak";
    cases: "cases", "zaken";
    persons: "persons", "personen";
    chance: "chance", "kans";
    notice: "notice", "aanzegging";
    before: "before", "vooraf";
    ride: "ride", "rit";
    kept: "(given earlier, kept)", "(eerder gedaan, blijft)";
    at_airport: "none needed: already at the airport", "niet nodig: al op de luchthaven";
    no_ride: "no ride in the plan", "geen rit in het plan";
    places_key: "Places: ", "Plaatsen: ";

    work_heading: "Vehicles and people", "Voertuigen en mensen";
    shift: "shift", "dienst";
    vehicle: "vehicle", "voertuig";
    leaves: "leaves", "vertrekt";
    back: "back", "terug";
    rides: "rides", "ritten";
    hours_column: "hours", "uren";
    cost: "cost", "kosten";
    starts: "starts", "begint";
    ends: "ends", "eindigt";
    who: "who", "wie";

    unmet_heading: "What could not be met", "Wat niet is gelukt";
    all_met: "Everything that may be in the plan is in it.\n", "Alles wat in het plan mag, staat erin.\n";
    transfer: "transfer", "overbrenging";
    class: "class", "klasse";
    way: "from → to", "van → naar";
    pickup_window: "pickup between", "ophalen tussen";
    dropoff_window: "drop-off between", "afzetten tussen";
    duty: "duty", "dienst";
    time: "time", "tijd";
    asks: "asks for", "vraagt";
    missing: "missing", "ontbreekt";
    any_role: "any role", "elke rol";
    skill: "skill", "vaardigheid";

    gate_column: "closed by the gate", "dicht door de poort";
    opened_by: "who can open it", "wie kan openen";
    closed_legend: "A gate is a condition of law or practice that must be met before a case may be planned.",
        "Een poort is een voorwaarde van wet of praktijk waaraan voldaan moet zijn voordat een zaak gepland mag worden.";
    closed_hint: "The work list (`vertrek gates WEEK`, gates.csv) has each case with the rows that close it and what opens it.",
        "De werklijst (`vertrek gates WEEK`, gates.csv) heeft elke zaak met de rijen die haar sluiten en wat haar opent.";

    burdens_heading: "What this asks of people", "Wat dit van mensen vraagt";
    night_pickups: "Pickups at night (22:00–06:00)", "Ophalen in de nacht (22:00–06:00)";
    long_rides: "Rides longer than 3 hours", "Ritten langer dan 3 uur";
    second_notices: "Told a second time", "Voor de tweede keer aangezegd";
    short_notice: "Notice within 12 hours of the minimum", "Aanzegging binnen 12 uur van het minimum";
    long_notice: "Notice longer than 14 days", "Aanzegging langer dan 14 dagen";
    none: "none", "geen";
    aboard: "aboard", "onderweg";
    spread: "Notice before departure, by measure:", "Aanzegging vóór vertrek, per maatregel:";
    measure: "measure", "maatregel";
    shortest: "shortest", "kortst";
    median: "median", "mediaan";
    longest: "longest", "langst";

    assumptions_heading: "Assumptions", "Aannames";
    risk_assumed: "The chances are computed from assumed cancellation hazards (measure, days of notice, parts of the file, escorts). \
        They are not fitted on history.csv: they describe the state of the process, not the person.",
        "De kansen volgen uit aangenomen uitvalrisico's (maatregel, dagen aanzegging, delen van het dossier, begeleiding). Ze zijn niet \
        geschat op history.csv: ze beschrijven de stand van het proces, niet de persoon.";
    risk_set: "The chances are computed from cancellation hazards that week.toml sets. They describe the state of the process, not the person; \
        how well they fit is for their model card to say.",
        "De kansen volgen uit uitvalrisico's die week.toml geeft. Ze beschrijven de stand van het proces, niet de persoon; hoe goed ze passen, \
        staat op hun modelkaart.";
    risk_not_used: "week.toml says [risk] use = \"none\": the objective counts every departure as certain; the chances are only printed.",
        "week.toml zegt [risk] use = \"none\": de doelwaarde telt elk vertrek als zeker; de kansen staan er alleen bij.";
    priorities: "Priorities other than 1 in cases.csv weigh departures more or less.",
        "Prioriteiten anders dan 1 in cases.csv laten vertrek zwaarder of lichter wegen.";
}

pub(super) fn title(lang: Lang, week: &str) -> String {
    lang.pick(format!("Plan for week {week}"), format!("Plan voor week {week}"))
}

pub(super) fn period(lang: Lang, first: &str, last: &str) -> String {
    lang.pick(format!("From {first} up to and including {last}."), format!("Van {first} tot en met {last}."))
}

pub(super) fn situation(lang: Lang, now: &str) -> String {
    lang.pick(format!("Made for the situation of {now}."), format!("Gemaakt voor de situatie van {now}."))
}

pub(super) fn departures(lang: Lang, planned: usize, persons: u32, open: usize, all: usize) -> String {
    let persons = crate::publish::words::persons(lang, persons);
    lang.pick(
        format!("{planned} of the {open} cases that may depart ({persons}); {all} cases in the week"),
        format!("{planned} van de {open} zaken die mogen vertrekken ({persons}); {all} zaken in de week"),
    )
}

pub(super) fn expected_persons(lang: Lang, expected: &str, persons: u32) -> String {
    lang.pick(
        format!("{expected} of the {persons} persons really depart, if the chances below are right"),
        format!("{expected} van de {persons} personen vertrekken echt, als de kansen hieronder kloppen"),
    )
}

pub(super) fn driven(lang: Lang, driven: usize, all: usize) -> String {
    lang.pick(format!("{driven} of {all} driven"), format!("{driven} van {all} gereden"))
}

pub(super) fn places(lang: Lang, filled: u32, all: u32) -> String {
    lang.pick(format!("{filled} of {all} places filled"), format!("{filled} van {all} plaatsen gevuld"))
}

pub(super) fn seconds(lang: Lang, seconds: &str) -> String {
    lang.pick(format!("{seconds} seconds"), format!("{seconds} seconden"))
}

pub(super) fn optimal(lang: Lang, bound: &str, gap: &str) -> String {
    lang.pick(
        format!("proven optimal: no plan for this folder is worth more than {bound} (gap {gap})"),
        format!("bewezen optimaal: geen plan voor deze map is meer waard dan {bound} (verschil {gap})"),
    )
}

pub(super) fn within_gap(lang: Lang, bound: &str, gap: &str) -> String {
    lang.pick(
        format!("within the gap that was asked for ({gap}): no plan is worth more than {bound}"),
        format!("binnen het gevraagde verschil ({gap}): geen plan is meer waard dan {bound}"),
    )
}

pub(super) fn time_limit(lang: Lang, bound: &str, gap: &str) -> String {
    lang.pick(
        format!("the best plan found in the time given; no plan is worth more than {bound} (gap {gap})"),
        format!("het beste plan in de gegeven tijd; geen plan is meer waard dan {bound} (verschil {gap})"),
    )
}

pub(super) fn money_value_note(lang: Lang, value: &str) -> String {
    lang.pick(
        format!("{value} × priority × persons × chance, of every departure"),
        format!("{value} × prioriteit × personen × kans, van elk vertrek"),
    )
}

pub(super) fn flight(lang: Lang, kind: &str, carrier: &str, leg: &str) -> String {
    let carrier = if carrier.is_empty() { String::new() } else { format!(" {carrier}") };
    lang.pick(format!("{kind}{carrier}, leg {leg}"), format!("{kind}{carrier}, vluchtdeel {leg}"))
}

pub(super) fn team(lang: Lang, size: usize, members: &str) -> String {
    lang.pick(format!("Team of {size}: {members}"), format!("Team van {size}: {members}"))
}

pub(super) fn standby(lang: Lang, count: u32) -> String {
    lang.pick(format!(", {count} of them on standby"), format!(", van wie {count} in reserve"))
}

pub(super) fn team_duty(lang: Lang, report: &str, end: &str, hours: &str, home: Option<&str>) -> String {
    let flight = home
        .map_or(String::new(), |home| lang.pick(format!("; flight home {home}"), format!("; vlucht naar huis {home}")));
    lang.pick(
        format!("Report {report}, off duty {end}, {hours} paid each{flight}."),
        format!("Melden {report}, klaar {end}, {hours} betaald per persoon{flight}."),
    )
}

pub(super) fn vehicles(lang: Lang, used: usize, all: usize, km: &str, hours: &str) -> String {
    lang.pick(
        format!("DV&O shifts that drive: {used} of {all}; {km} km in {hours}."),
        format!("DV&O-diensten die rijden: {used} van {all}; {km} km in {hours}."),
    )
}

pub(super) fn people(lang: Lang, used: usize, all: usize) -> String {
    lang.pick(format!("Escorts with work: {used} of {all}."), format!("Begeleiders met werk: {used} van {all}."))
}

pub(super) fn hours_each(lang: Lang, least: &str, middle: &str, most: &str) -> String {
    lang.pick(
        format!("Hours of each: from {least} to {most}, median {middle}."),
        format!("Uren per persoon: van {least} tot {most}, mediaan {middle}."),
    )
}

pub(super) fn unmet_transfers(lang: Lang, count: usize) -> String {
    lang.pick(
        format!("  Transfers that are not driven: {count}"),
        format!("  Overbrengingen die niet worden gereden: {count}"),
    )
}

pub(super) fn unmet_duties(lang: Lang, places: u32) -> String {
    lang.pick(
        format!("  Places in fixed duties that are not filled: {places}"),
        format!("  Plaatsen in vaste diensten die niet zijn gevuld: {places}"),
    )
}

pub(super) fn left_out(lang: Lang, cases: usize, persons: &str) -> String {
    lang.pick(
        format!("  Cases that may depart but are not planned: {cases} ({persons})"),
        format!("  Zaken die mogen vertrekken maar niet zijn gepland: {cases} ({persons})"),
    )
}

pub(super) fn more(lang: Lang, count: usize) -> String {
    lang.pick(format!("and {count} more"), format!("en nog {count}"))
}

pub(super) fn closed_heading(lang: Lang, count: usize) -> String {
    lang.pick(
        format!("Cases that may not depart yet: {count}"),
        format!("Zaken die nog niet mogen vertrekken: {count}"),
    )
}

pub(super) fn told_before(lang: Lang, case: &str, before: &str) -> String {
    lang.pick(format!("{case} (told before on {before})"), format!("{case} (eerder aangezegd op {before})"))
}

pub(super) fn notice_above(lang: Lang, case: &CaseId, hours: &str, min: &str) -> String {
    lang.pick(format!("{case} {hours} (minimum {min})"), format!("{case} {hours} (minimum {min})"))
}

pub(super) fn days(lang: Lang, days: &str) -> String {
    lang.pick(format!("{days} days"), format!("{days} dagen"))
}

/// A parameter is written as in week.toml, with a decimal point in both languages.
pub(super) fn parameter(lang: Lang, key: &str, value: f64, default: f64) -> String {
    lang.pick(format!("{key} = {value} (default {default})"), format!("{key} = {value} (standaard {default})"))
}

pub(super) fn parameters(lang: Lang, list: &str) -> String {
    lang.pick(format!("Parameters that week.toml sets: {list}."), format!("Parameters die week.toml instelt: {list}."))
}

pub(super) fn drives(lang: Lang, computed: usize, all: usize) -> String {
    lang.pick(
        format!("Travel times: {computed} of {all} drives are not in travel.csv and are computed (1.3 × great-circle distance, 70 km/h)."),
        format!("Reistijden: {computed} van {all} ritdelen staan niet in travel.csv en zijn berekend (1,3 × hemelsbrede afstand, 70 km/u)."),
    )
}

pub(super) fn standby_point(lang: Lang, count: u32) -> String {
    if count == 1 {
        return lang.pick(
            "Standby: 1 escort more than the cases need travels on a joint or national flight, as the flight asks.".to_owned(),
            "Reserve: 1 begeleider meer dan de zaken vragen reist mee op een gezamenlijke of nationale vlucht, zoals die vlucht vraagt.".to_owned(),
        );
    }
    lang.pick(
        format!("Standby: {count} escorts more than the cases need travel on joint and national flights, as the flights ask."),
        format!("Reserve: {count} begeleiders meer dan de zaken vragen reizen mee op gezamenlijke en nationale vluchten, zoals die vluchten vragen."),
    )
}

pub(super) fn holidays(lang: Lang, dates: &str) -> String {
    lang.pick(
        format!("No office hours on {dates} (holidays in week.toml), nor on public holidays."),
        format!("Geen kantooruren op {dates} (holidays in week.toml), en ook niet op feestdagen."),
    )
}
