//! Pinning by hand on which flight a case departs, or that it does not. What breaks a hard rule is refused with the rule; the
//! rest counts in every plan from then on, until it is taken back, and a repair of the present plan is computed with it.

use super::known::known;
use crate::plan::changes::legs_text;
use crate::planner::Unplannable;
use crate::replan::{Effort, repair};
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::fields::Fields;
use crate::server::problem::{Problem, text};
use crate::server::secrets::token;
use crate::server::store::besides::{Besides, PINS, table};
use crate::server::store::journal::Deed;
use crate::server::store::pins::PinRow;
use crate::server::store::runs::NewRun;
use crate::server::store::weeks::WeekRow;
use crate::server::worker::Rein;
use crate::week::{CaseId, LegId, Week};
use vertrek_solver::problem::Settings;

/// Seconds that the repair may take.
const SECONDS: f64 = 2.0;
/// Seconds in which a rule that stands in the way must be found to be told at once; later it is told by the repair.
const AT_ONCE: f64 = 1.0;
/// What is sent for a case that is kept out.
pub(crate) const OUT: &str = "out";
/// Pins of the board are named after their case; those that hold for one repair alone have other names.
const NAME: &str = "board:";

/// Pins a case; gives the run that repairs the present plan with it.
pub(crate) async fn fix(service: &Service, caller: &Caller, id: &str, mut fields: Fields) -> Result<String, Problem> {
    let version = fields.number("version");
    let (case, on, why) = (fields.needed("case"), fields.needed("on"), fields.needed("why"));
    fields.sound()?;
    let row = service.store.week(id).await?;
    if row.plan == 0 {
        let (en, nl) = ("there is no plan yet that could be changed", "er is nog geen plan om te wijzigen");
        return Err(Problem::conflict("no-plan", en, nl));
    }
    let week = service.desk.week(&service.store, id, row.folder, &Besides::default()).await?;
    let legs = asked(&week, &case, &on)?;
    let pin = PinRow { case, legs, why, set_at: String::new(), set_by: caller.name.clone() };
    let seen = service.store.pins(id).await?;
    let mut pins = seen.clone();
    pins.retain(|other| other.case != pin.case);
    pins.push(pin.clone());
    let besides = Besides { pins: rows(&week, &pins)?, ..known(service, &row).await? };
    refuse(service, &row, &besides).await?;
    let run = token()?[..16].to_owned();
    let mut change = service.store.change().await?;
    let row = change.week_at(id, version).await?;
    if change.pins(id).await? != seen {
        // The repair would be computed without what somebody else has just pinned.
        let en = "somebody else pinned a case in the same moment; look at the pins and decide again";
        let nl = "iemand anders heeft op hetzelfde moment een zaak vastgezet; bekijk wat vaststaat en beslis opnieuw";
        return Err(Problem::conflict("newer-version", en, nl));
    }
    let new = NewRun {
        id: &run,
        week: id,
        kind: "repair",
        base: row.plan,
        folder: row.folder,
        besides: &besides,
        why: &pin.why,
        by: &caller.name,
        seconds: SECONDS,
        gap: 0.001,
        seed: 1,
        about: &format!("{} {on}", pin.case),
    };
    change.queue_run(&new).await?;
    change.keep_pin(id, &pin).await?;
    let (subject, detail) = (format!("case {id} {}", pin.case), format!("run {run}: {on}"));
    change
        .tell(id, Deed { who: &caller.name, action: "pin case", subject: &subject, why: &pin.why, detail: &detail })
        .await?;
    change.commit().await?;
    service.queued();
    Ok(run)
}

/// Takes a pin back, with a reason. The present plan stays; what is planned from now on is free of it.
pub(crate) async fn take_back(
    service: &Service,
    caller: &Caller,
    id: &str,
    case: &str,
    mut fields: Fields,
) -> Result<(), Problem> {
    let why = fields.needed("why");
    fields.sound()?;
    let mut change = service.store.change().await?;
    change.week(id).await?;
    if !change.drop_pin(id, case).await? {
        return Err(Problem::not_found("such pin", "zo'n pin"));
    }
    let subject = format!("case {id} {case}");
    change.tell(id, Deed { who: &caller.name, action: "unpin case", subject: &subject, why: &why, detail: "" }).await?;
    change.commit().await?;
    service.changed();
    Ok(())
}

/// The legs that were asked for, with single spaces between; empty: none, the case is kept out.
fn asked(week: &Week, case: &str, on: &str) -> Result<String, Problem> {
    let Some(case) = CaseId::new(case).filter(|case| week.cases.get(case).is_some()) else {
        return Err(Problem::field("case", "is no case of this week", "is geen zaak van deze week"));
    };
    if let Some(pin) = week.pins.iter().find(|pin| pin.case == case) {
        let en = format!("the folder pins this case itself ({}); change it there", pin.row);
        let nl = format!("de map zet deze zaak zelf vast ({}); wijzig het daar", pin.row);
        return Err(Problem::conflict("pinned-in-folder", en, nl));
    }
    if on == OUT {
        return Ok(String::new());
    }
    let legs: Vec<&str> = on.split(['+', ' ']).filter(|leg| !leg.is_empty()).collect();
    for leg in &legs {
        if LegId::new(leg).is_none_or(|leg| week.legs.get(&leg).is_none()) {
            let (en, nl) = (format!("there is no flight {leg}"), format!("er is geen vlucht {leg}"));
            return Err(Problem::field("on", en, nl));
        }
    }
    if legs.is_empty() {
        return Err(Problem::field("on", "names no flight", "noemt geen vlucht"));
    }
    Ok(legs.join(" "))
}

/// Refuses what is proven to break a rule. What needs more time than there is here is left to the repair.
async fn refuse(service: &Service, row: &WeekRow, besides: &Besides) -> Result<(), Problem> {
    let week = service.desk.week(&service.store, &row.id, row.folder, besides).await?;
    let earlier = service.desk.plan(&service.store, &service.store.plan(&row.id, row.plan).await?).await?;
    let made_at = service.config.clock.instant();
    let settings = Settings { gap: 0.001, threads: 1, seed: 1 };
    let judge = move || repair(&week, &earlier, &settings, Effort::Quick, &Rein::new(AT_ONCE), made_at).err();
    let refused = tokio::task::spawn_blocking(judge).await.map_err(Problem::inside)?;
    let Some(Unplannable::Pins(refused)) = refused.filter(Unplannable::is_proven) else { return Ok(()) };
    let told = refused.iter().map(|pin| {
        let rule = pin.rule.as_ref().map_or(String::new(), |rule| format!("{rule}: "));
        let message = text(format!("{rule}{}", pin.message.en), format!("{rule}{}", pin.message.nl));
        (pin.case.to_string(), message)
    });
    let problem = Problem::conflict(
        "breaks-a-rule",
        "this breaks a rule that always holds; nothing was pinned",
        "dit overtreedt een regel die altijd geldt; er is niets vastgezet",
    );
    Err(Problem { fields: told.collect(), ..problem })
}

/// Pins as rows of `pins.csv`: of cases and legs that are in the folder, where the folder says nothing of the case
/// itself; empty when there is nothing.
pub(super) fn rows(week: &Week, pins: &[PinRow]) -> Result<String, Problem> {
    let there = |pin: &&PinRow| {
        let case = CaseId::new(&pin.case).filter(|case| week.cases.get(case).is_some());
        let legs = legs(pin).is_some_and(|legs| legs.iter().all(|leg| week.legs.get(leg).is_some()));
        case.is_some_and(|case| week.pins.iter().all(|pin| pin.case != case)) && legs
    };
    let standing: Vec<&PinRow> = pins.iter().filter(there).collect();
    if standing.is_empty() {
        return Ok(String::new());
    }
    let row = |pin: &PinRow| {
        let PinRow { case, legs, why, set_by, .. } = pin;
        let (name, out) = (format!("{NAME}{case}"), legs.is_empty().to_string());
        let nothing = String::new;
        [name, case.clone(), out, legs.clone(), nothing(), nothing(), why.clone(), set_by.clone()]
    };
    table(&PINS, standing.into_iter().map(row))
}

/// The legs of a pin; none of one that keeps its case out.
pub(crate) fn legs(pin: &PinRow) -> Option<Vec<LegId>> {
    pin.legs.split(' ').filter(|leg| !leg.is_empty()).map(LegId::new).collect()
}

/// Legs as they are sent.
pub(crate) fn on(legs: &[LegId]) -> String {
    legs_text(legs).unwrap_or_else(|| OUT.to_owned())
}

/// Rows of `pins.csv` that were pinned on the board, or those that hold for one repair alone; empty when there are none.
pub(super) fn of_board(pins: &str, wanted: bool) -> Result<String, Problem> {
    let mut reader = csv::Reader::from_reader(pins.as_bytes());
    let rows = reader.records().collect::<Result<Vec<_>, _>>().map_err(Problem::inside)?;
    let of_board = |row: &csv::StringRecord| row.get(0).is_some_and(|name| name.starts_with(NAME));
    let rows: Vec<Vec<String>> =
        rows.iter().filter(|row| of_board(row) == wanted).map(|row| row.iter().map(str::to_owned).collect()).collect();
    if rows.is_empty() { Ok(String::new()) } else { table(&PINS, rows) }
}
