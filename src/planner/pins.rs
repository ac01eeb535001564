//! Pins that break a hard rule are refused with the rule, all at once; those that hold are obeyed.
//!
//! What a flight that is named breaks is asked of the gates and of the checker; what people, vehicle and seats lack is found by
//! putting the case alone into an empty plan; whether pins go together by planning the pinned cases and nobody else.

use super::Unplannable;
use super::assemble::Parts;
use super::fixed::{Fixed, Fixes};
use super::insertion::{Lack, Standing};
use super::model::{Absences, Hindrance, Limit};
use super::together::{self, Musts, Together};
use crate::gates::{self, Closed, Dossier, Journey, NoticeBook};
use crate::itinerary::{Itineraries, WaysHome};
use crate::lang::Lang;
use crate::plan::check::{RuleCode, Text, check};
use crate::plan::{Causes, Departure, Money, Plan, Status, Unmet};
use crate::units::{Euro, Probability};
use crate::week::*;
use serde::Serialize;
use std::collections::BTreeSet;
use vertrek_solver::problem::{Control, GroupId, Problem, Settings, Solution};

/// A pin that is not obeyed, and the rule it would break.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PinRefusal {
    /// The pin.
    pub pin: PinId,
    /// Its row, `pins.csv:2`.
    pub row: String,
    /// Its case.
    pub case: CaseId,
    /// The gate that is closed, or the code of the rule; none: nothing is broken that could be named.
    pub rule: Option<String>,
    /// Whether it is proven that the pin cannot be obeyed; otherwise no way was found in the time given.
    pub proven: bool,
    /// What is wrong.
    pub message: Text,
}

impl PinRefusal {
    /// One line for people.
    pub fn in_lang(&self, lang: Lang) -> String {
        let Self { pin, row, case, rule, message, .. } = self;
        let (of, message) = (lang.pick("case", "zaak"), message.in_lang(lang));
        let rule = rule.as_ref().map_or_else(String::new, |rule| format!("{rule} "));
        format!("{rule}pin {pin}, {of} {case}: {message} [{row}]")
    }
}

/// What would be broken: the rule, and how.
type Fault = (Option<String>, Text);

fn fault(rule: RuleCode, en: &str, nl: &str) -> Fault {
    let (english, dutch) = (rule.sentence(Lang::En), rule.sentence(Lang::Nl));
    (Some(rule.code().to_owned()), Text { en: format!("{english}: {en}"), nl: format!("{dutch}: {nl}") })
}

/// Refuses pins that cannot be obeyed. `held` says which rule keeps a case (position) as it is, whatever a pin says.
pub(crate) fn refuse(
    parts: &Parts<'_>,
    fixes: &Fixes,
    held: &dyn Fn(usize) -> Option<RuleCode>,
) -> Result<(), Unplannable> {
    let (mut refused, mut any) = (Vec::new(), false);
    for (case, fixed) in fixes.iter() {
        let faults = faults(parts, case, fixed, held(case));
        any |= !faults.is_empty();
        if let Some(pin) = pin_of(parts.week, case) {
            refused.extend(faults.into_iter().map(|fault| refusal(pin, fault, true)));
        }
    }
    if any { Err(refusals(refused, true)) } else { Ok(()) }
}

/// Refusals; where no pin stands behind what is fixed, it is a question that asks for it.
fn refusals(refused: Vec<PinRefusal>, proven: bool) -> Unplannable {
    if refused.is_empty() { Unplannable::Asked { proven } } else { Unplannable::Pins(refused) }
}

fn refusal(pin: &Pin, (rule, message): Fault, proven: bool) -> PinRefusal {
    PinRefusal { pin: pin.id.clone(), row: pin.row.to_string(), case: pin.case.clone(), rule, proven, message }
}

fn faults(parts: &Parts<'_>, case: usize, fixed: &Fixed, held: Option<RuleCode>) -> Vec<Fault> {
    if let Some(rule) = held {
        return vec![fault(rule, "the pin says otherwise", "de pin zegt iets anders")];
    }
    if fixed.out || !fixed.departs {
        return Vec::new();
    }
    if let Some(id) = fixed.gone.first() {
        let (en, nl) = (format!("{id} is not there any more"), format!("{id} is er niet meer"));
        return vec![fault(RuleCode::Known, &en, &nl)];
    }
    let mut found = closed_gates(parts, case, fixed);
    if let Some(legs) = &fixed.legs {
        found.extend(of_flight(parts.week, case, legs));
    }
    if found.is_empty() {
        found = of_team(parts, case, fixed);
    }
    if found.is_empty() {
        found = alone(parts, case, fixed);
    }
    found
}

/// Gates that are closed on the legs, or on every flight that the case could take.
fn closed_gates(parts: &Parts<'_>, case: usize, fixed: &Fixed) -> Vec<Fault> {
    let week = parts.week;
    let closed: Vec<Closed> = match &fixed.legs {
        Some(legs) => {
            let book = NoticeBook::new(week);
            let dossier = Dossier::of(week, &week.cases.rows()[case], &book);
            let mut closed = gates::of_case(&dossier);
            closed.extend(Journey::over(week, legs).map(|on| gates::of_journey(&dossier, &on)).unwrap_or_default());
            closed
        }
        None => parts.options.cases[case].gates.closed.clone(),
    };
    let open = fixed.legs.is_none() && !parts.options.cases[case].gates.open.is_empty();
    let told = |closed: &Closed| {
        let rows = closed.rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let (name, why, remedy) = (closed.gate, gates::words::why, gates::words::remedy);
        let en = format!(
            "gate {name} is closed: {} ({rows}); opens when: {}",
            why(closed, Lang::En),
            remedy(closed, Lang::En)
        );
        let nl = format!(
            "poort {name} is dicht: {} ({rows}); gaat open als: {}",
            why(closed, Lang::Nl),
            remedy(closed, Lang::Nl)
        );
        (Some(name.word().to_owned()), Text { en, nl })
    };
    if open { Vec::new() } else { closed.iter().map(told).collect() }
}

/// Rules on itineraries and seats that the flight breaks, as the checker finds them when nobody else is planned.
fn of_flight(week: &Week, case: usize, legs: &[usize]) -> Vec<Fault> {
    let row = &week.cases.rows()[case];
    let departure = Departure {
        case: row.id.clone(),
        legs: legs.iter().map(|&leg| week.legs.rows()[leg].id.clone()).collect(),
        slot: None,
        noticed_at: week.now,
        notice_hours: None,
        p: Probability::ONE,
        causes: Causes::default(),
    };
    let found = check(week, &only(week, departure)).violations.into_iter();
    let of_legs = |code: &str| code.starts_with("I-") || code.starts_with("S-");
    let mut faults: Vec<Fault> =
        found.filter(|v| of_legs(v.rule.code())).map(|v| fault(v.rule, &v.message.en, &v.message.nl)).collect();
    if faults.is_empty() && row.needs_team() && WaysHome::of(week).duty(legs).is_none() {
        let (en, nl) = ("no flight home for its escorts", "geen terugvlucht voor de begeleiders");
        faults.push(fault(RuleCode::Return, en, nl));
    }
    faults
}

/// A plan of one departure, for asking the checker about its legs.
fn only(week: &Week, departure: Departure) -> Plan {
    Plan {
        week: week.week.clone(),
        made_at: week.now,
        input_digest: week.input_digest.clone(),
        status: Status::TimeLimit,
        objective: Euro::ZERO,
        bound: Euro::ZERO,
        gap: 0.0,
        seconds: 0.0,
        money: Money::default(),
        departures: vec![departure],
        teams: Vec::new(),
        duties: Vec::new(),
        routes: Vec::new(),
        unmet: Unmet::default(),
        not_planned: Vec::new(),
        notice_by_measure: Vec::new(),
    }
}

/// What keeps an escort who is named from going along with the case: on its legs, or on all that it could take.
fn of_team(parts: &Parts<'_>, case: usize, fixed: &Fixed) -> Vec<Fault> {
    let (week, row) = (parts.week, &parts.week.cases.rows()[case]);
    let mut faults = Vec::new();
    if !fixed.escorts.is_empty() && !row.needs_team() {
        let (en, nl) = ("the case needs nobody", "de zaak heeft niemand nodig");
        faults.push(fault(RuleCode::Team, en, nl));
        return faults;
    }
    let book = NoticeBook::new(week);
    let itineraries = Itineraries::of(week);
    let open = parts.options.cases[case].options.clone().map(|at| &parts.options.options[at]);
    let mut ways: Vec<&[usize]> =
        open.map(|option| parts.options.itineraries[option.itinerary].legs.as_slice()).collect();
    if ways.is_empty() {
        let found = itineraries.for_case(&Dossier::of(week, row, &book)).unwrap_or_default();
        ways = found.into_iter().map(|at| itineraries.all()[at].legs.as_slice()).collect();
    }
    ways.retain(|legs| fixed.legs.as_ref().is_none_or(|fixed| fixed == legs));
    for &escort in &fixed.escorts {
        let reasons: Vec<Option<Fault>> = ways.iter().map(|legs| unable(week, row, escort, legs)).collect();
        if reasons.iter().all(Option::is_some) {
            faults.extend(reasons.into_iter().flatten().next());
        }
    }
    faults
}

/// The first rule that keeps an escort from being in the team of a case on these legs.
fn unable(week: &Week, case: &Case, escort: usize, legs: &[usize]) -> Option<Fault> {
    let escort = &week.escorts.rows()[escort];
    let (id, first) = (&escort.id, &week.legs.rows()[*legs.first()?]);
    let wanted = match escort.role {
        Role::Escort => case.escorts > 0,
        Role::Nurse => case.medical_escort == Some(Medical::Nurse),
        Role::Doctor => case.medical_escort.is_some(),
    };
    if !wanted {
        let rule = if escort.role == Role::Escort { RuleCode::TeamSize } else { RuleCode::TeamMedical };
        return Some(fault(rule, &format!("{id} has another role"), &format!("{id} heeft een andere rol")));
    }
    let duty = WaysHome::of(week).duty(legs)?;
    let (from, to) = (&first.from, case.destination);
    Some(match Absences::of(week).hindrance(escort, &duty, from, &BTreeSet::from([to]))? {
        Hindrance::Visa => {
            fault(RuleCode::Visa, &format!("{id} has no visa for {to}"), &format!("{id} heeft geen visum voor {to}"))
        }
        Hindrance::Base => {
            let (en, nl) = (format!("{id} is not based at {from}"), format!("{id} is niet gestationeerd op {from}"));
            fault(RuleCode::Base, &en, &nl)
        }
        Hindrance::Away(row) => {
            fault(RuleCode::Absence, &format!("{id} is away then ({row})"), &format!("{id} is dan afwezig ({row})"))
        }
        Hindrance::Hours => {
            let hours = escort.max_hours.map_or(0.0, |hours| hours.get());
            let (en, nl) = (format!("{id} works {hours} hours a week"), format!("{id} werkt {hours} uur per week"));
            fault(RuleCode::WeekHours, &en, &nl)
        }
    })
}

/// What the case lacks where nobody else is planned.
fn alone(parts: &Parts<'_>, case: usize, fixed: &Fixed) -> Vec<Fault> {
    let problem = &parts.model.problem;
    let nothing = Solution::default();
    let mut trial = Standing::new(problem, &nothing);
    let mut least: Option<Vec<Lack>> = None;
    for choice in problem.choices.iter().filter(|choice| choice.group == case) {
        match trial.add(choice) {
            Ok(_) => return Vec::new(),
            Err(lacks) if least.as_ref().is_none_or(|known| lacks.len() < known.len()) => least = Some(lacks),
            Err(_) => {}
        }
    }
    match least {
        Some(lacks) => lacks.into_iter().map(|lack| lacking(parts, lack)).collect(),
        None => vec![no_way(parts, case, fixed)],
    }
}

/// Why no way is left at all.
fn no_way(parts: &Parts<'_>, case: usize, fixed: &Fixed) -> Fault {
    let week = parts.week;
    if let (Some(_), Some(shift)) = (parts.options.cases[case].options.clone().next(), fixed.shift) {
        let shift = &week.shifts.rows()[shift].id;
        let (en, nl) = (
            format!("it needs no ride; {shift} drives nobody"),
            format!("zij heeft geen rit nodig; {shift} rijdt niemand"),
        );
        return fault(RuleCode::RideNeedless, &en, &nl);
    }
    match parts.options.cases[case].obstacle {
        Some(obstacle) => {
            let words = |lang| crate::options::words::obstacle(obstacle, lang);
            let rule = match obstacle {
                crate::options::Obstacle::Itinerary(_) | crate::options::Obstacle::Gain => RuleCode::Legs,
                crate::options::Obstacle::Seats => RuleCode::Seats,
                crate::options::Obstacle::ArrivalLimit => RuleCode::ArrivalCapacity,
                crate::options::Obstacle::Ride => RuleCode::Ride,
            };
            fault(rule, words(Lang::En), words(Lang::Nl))
        }
        None => fault(RuleCode::Ride, "no shift can bring it there in time", "geen voertuigdienst brengt haar op tijd"),
    }
}

fn lacking(parts: &Parts<'_>, lack: Lack) -> Fault {
    let week = parts.week;
    let leg = |at: usize| week.legs.rows()[at].id.to_string();
    match lack {
        Lack::Crew => fault(RuleCode::TeamSize, "there are not enough who can", "er zijn er niet genoeg die kunnen"),
        Lack::Vehicle => fault(
            RuleCode::ShiftSpan,
            "no shift that it may ride in can drive it in time, with its places and hours",
            "geen voertuigdienst waarin zij mee mag kan haar op tijd rijden, met haar plaatsen en uren",
        ),
        Lack::Capacity(capacity) => match parts.model.limits[capacity] {
            Limit::Seats(at) => fault(RuleCode::Seats, &leg(at), &leg(at)),
            Limit::Returnees(at) => fault(RuleCode::Returnees, &leg(at), &leg(at)),
            Limit::Unescorted(at) => fault(RuleCode::Unescorted, &leg(at), &leg(at)),
            Limit::Slot(at) => {
                let slot = week.contact_slots.rows()[at].id.to_string();
                fault(RuleCode::SlotCapacity, &slot, &slot)
            }
            Limit::ArrivalDay(day) => {
                let date = parts.options.arrival_days[day].date.to_string();
                fault(RuleCode::ArrivalCapacity, &date, &date)
            }
            Limit::Places(at) => {
                let duty = week.duties.rows()[at].id.to_string();
                fault(RuleCode::DutyCount, &duty, &duty)
            }
        },
    }
}

/// A solution with all that must happen in it and nothing else; refused are pinned cases for whom there is no room beside the
/// others. The model has no premiums in it.
pub(crate) fn together(
    parts: &Parts<'_>,
    musts: Musts<'_>,
    settings: &Settings,
    control: &dyn Control,
) -> Result<Solution, Unplannable> {
    let problem = &parts.model.problem;
    let found = together::together(problem, musts, settings, control).map_err(Unplannable::Figures)?;
    if found.missed.is_empty() {
        return Ok(found.solution);
    }
    if musts.held.is_empty() && musts.work.is_empty() {
        return Err(crowded(parts, &found, &found.missed));
    }
    // Those that would go together, were nothing held, stand against what is held.
    let nothing = (BTreeSet::new(), BTreeSet::new());
    let free = Musts { held: &nothing.0, work: &nothing.1, ..musts };
    let free = together::together(problem, free, settings, control).map_err(Unplannable::Figures)?;
    if !free.missed.is_empty() {
        return Err(crowded(parts, &free, &free.missed));
    }
    let (en, nl) = if found.proven {
        ("the pin would push out something that stays as it is", "de pin zou iets verdringen dat blijft zoals het is")
    } else {
        (
            "no room was found in the time given beside what stays as it is",
            "in de gegeven tijd is geen plaats gevonden naast wat blijft zoals het is",
        )
    };
    // Where something held is what was not found, it is the pins together that stand against it.
    let mut missed: BTreeSet<GroupId> = found.missed.intersection(musts.forced).copied().collect();
    if missed.is_empty() {
        missed.clone_from(musts.forced);
    }
    let refused = missed.into_iter().filter_map(|case| Some((pin_of(parts.week, case)?, RuleCode::Locked)));
    let refused = refused.map(|(pin, rule)| refusal(pin, fault(rule, en, nl), found.proven));
    Err(refusals(refused.collect(), found.proven))
}

/// Pinned cases that the last search has lost.
pub(crate) fn lost(week: &Week, missed: &BTreeSet<GroupId>) -> Unplannable {
    let refused = missed.iter().filter_map(|&case| Some(refusal(pin_of(week, case)?, not_found(), false)));
    refusals(refused.collect(), false)
}

fn pin_of(week: &Week, case: GroupId) -> Option<&Pin> {
    let id = &week.cases.rows().get(case)?.id;
    week.pins.iter().find(|pin| pin.case == *id)
}

/// Nothing is broken that could be named.
fn not_found() -> Fault {
    let (en, nl) = (
        "no plan with it was found in the time given; more time may help",
        "in de gegeven tijd is geen plan met de zaak gevonden; meer tijd kan helpen",
    );
    (None, Text { en: en.to_owned(), nl: nl.to_owned() })
}

/// Pins for which there is no room beside the others.
fn crowded(parts: &Parts<'_>, found: &Together, missed: &BTreeSet<GroupId>) -> Unplannable {
    let problem = &parts.model.problem;
    let mut trial = Standing::new(problem, &found.solution);
    let mut one = |case: GroupId| {
        let pin = pin_of(parts.week, case)?;
        let of_case = problem.choices.iter().filter(|choice| choice.group == case);
        let lacks = of_case.filter_map(|choice| trial.add(choice).err()).min_by_key(Vec::len);
        let lack = lacks.and_then(|lacks| lacks.first().copied()).map(|lack| lacking(parts, lack));
        let (en, nl) = match found.proven {
            true => ("no room beside the other pins", "geen plaats naast de andere pins"),
            false => (
                "no room was found beside the other pins in the time given",
                "in de gegeven tijd is naast de andere pins geen plaats gevonden",
            ),
        };
        let fault = match lack {
            Some((rule, why)) => (rule, Text { en: format!("{en}; {}", why.en), nl: format!("{nl}; {}", why.nl) }),
            None if found.proven => (None, Text { en: en.to_owned(), nl: nl.to_owned() }),
            None => not_found(),
        };
        Some(refusal(pin, fault, found.proven))
    };
    refusals(missed.iter().filter_map(|&case| one(case)).collect(), found.proven)
}

/// Settings whose gap is that asked for of what a solution is worth without its premiums, which would make any gap look small.
pub(crate) fn scaled(settings: &Settings, start: &Solution, premium: f64) -> Settings {
    let worth = (start.objective - premium).abs().max(1.0);
    Settings { gap: settings.gap * (worth / start.objective.abs().max(1.0)).min(1.0), ..*settings }
}

/// Forced cases that a solution has not in it.
pub(crate) fn missed(problem: &Problem, forced: &BTreeSet<GroupId>, solution: &Solution) -> BTreeSet<GroupId> {
    let groups: BTreeSet<GroupId> = solution.choices.iter().map(|&id| problem.choices[id].group).collect();
    forced.difference(&groups).copied().collect()
}
