//! Accepting a repair in parts: which of its changes are taken, case by case and team by team. What is not taken is pinned to
//! how it was, what is taken to how the proposal has it, and the week is repaired again with that; so that what comes of it
//! is lawful, or the rule that stands in the way is named. What is fixed on the board stays fixed.

use super::pins;
use crate::plan::Plan;
use crate::plan::changes::{Changes, What, legs_text};
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::fields::Fields;
use crate::server::problem::Problem;
use crate::server::secrets::token;
use crate::server::store::besides::{Besides, PINS, joined, table};
use crate::server::store::journal::Deed;
use crate::server::store::runs::{NewRun, RunRow};
use crate::week::{CaseId, LegId, Pin, Week};
use std::collections::BTreeSet;

/// Seconds that it may take.
const SECONDS: f64 = 5.0;

/// A part of a proposal that is taken or left.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Flight, notice and ride of a case.
    Case(String),
    /// The people on a flight, its legs joined by `+`.
    Team(String),
}

impl Part {
    /// As it is sent.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Case(case) => format!("case:{case}"),
            Self::Team(legs) => format!("team:{legs}"),
        }
    }
}

/// The parts of a proposal. Fixed duties and transfers follow from them.
pub(crate) fn parts(changes: &Changes) -> BTreeSet<Part> {
    let part = |change: &crate::plan::changes::Change| match change.what {
        What::Departure | What::Notice | What::Ride => Some(Part::Case(change.subject.clone())),
        What::Team => change.to.clone().or_else(|| change.from.clone()).map(Part::Team),
        What::Duty | What::Transfer => None,
    };
    changes.changes.iter().filter_map(part).collect()
}

/// Queues the repair that takes these parts of a proposal and no other; gives the run.
pub(crate) async fn accept(
    service: &Service,
    caller: &Caller,
    id: &str,
    proposal: &str,
    mut fields: Fields,
) -> Result<String, Problem> {
    let (version, accept, why) = (fields.number("version"), fields.text("accept"), fields.text("why"));
    fields.sound()?;
    let found = service.store.run(proposal).await?;
    if found.week != id || found.kind != "repair" || found.result == 0 {
        return Err(Problem::not_found("such proposal", "zo'n voorstel"));
    }
    let repaired = service.store.plan(id, found.result).await?;
    let changes = service.store.bytes(&repaired.changes).await?;
    let changes: Changes = serde_json::from_slice(&changes).map_err(Problem::inside)?;
    let taken = chosen(&parts(&changes), &accept)?;
    let before = service.desk.plan(&service.store, &service.store.plan(id, found.base).await?).await?;
    let after = service.desk.plan(&service.store, &repaired).await?;
    // Pins of an earlier choice of parts held for that one repair.
    let lasting = Besides { pins: pins::of_board(&repaired.besides.pins, true)?, ..repaired.besides };
    let week = service.desk.week(&service.store, id, repaired.folder, &lasting).await?;
    let run = token()?[..16].to_owned();
    let said = if why.is_empty() { "accepted in parts / deels aanvaard" } else { &why };
    let sides = Sides { week: &week, before: &before, after: &after, parts: &parts(&changes), taken: &taken };
    let pins = joined(&lasting.pins, &sides.pins(&run[..6], said, &caller.name)?);
    let besides = Besides { pins, ..lasting };
    let mut change = service.store.change().await?;
    let row = change.week_at(id, version).await?;
    if row.plan != found.base || row.folder != repaired.folder {
        let en = "the plan that this proposal changes is not the present one any more; report the event again";
        let nl = "het plan dat dit voorstel wijzigt is niet meer het huidige; meld de gebeurtenis opnieuw";
        return Err(Problem::conflict("of-another-plan", en, nl));
    }
    let new = NewRun {
        id: &run,
        week: id,
        kind: "repair",
        base: found.base,
        folder: repaired.folder,
        besides: &besides,
        why: &why,
        by: &caller.name,
        seconds: SECONDS,
        gap: 0.001,
        seed: 1,
        about: "",
    };
    change.queue_run(&new).await?;
    let (subject, detail) = (format!("week {id}"), format!("run {run} of {proposal}"));
    change
        .tell(id, Deed { who: &caller.name, action: "accept in parts", subject: &subject, why: &why, detail: &detail })
        .await?;
    change.commit().await?;
    service.queued();
    Ok(run)
}

/// Whether a run is one of these.
pub(crate) fn is_of_parts(run: &RunRow) -> bool {
    pins::of_board(&run.besides.pins, false).is_ok_and(|pins| !pins.is_empty())
}

/// The parts that were chosen, some of them and not all.
fn chosen(parts: &BTreeSet<Part>, accept: &str) -> Result<BTreeSet<Part>, Problem> {
    let mut taken = BTreeSet::new();
    for key in accept.split_whitespace() {
        let part = parts.iter().find(|part| part.key() == key);
        let nothing = || {
            let (en, nl) =
                (format!("'{key}' is no part of this proposal"), format!("'{key}' is geen deel van dit voorstel"));
            Problem::field("accept", en, nl)
        };
        taken.insert(part.ok_or_else(nothing)?.clone());
    }
    if taken.is_empty() {
        let en = "choose what to accept, or leave the plan as it is";
        return Err(Problem::field("accept", en, "kies wat u aanvaardt, of laat het plan zoals het is"));
    }
    if taken.len() == parts.len() {
        let en = "this is everything: accept the repair as a whole";
        return Err(Problem::field("accept", en, "dit is alles: aanvaard het herstel als geheel"));
    }
    Ok(taken)
}

/// The plan before and the one proposed, and what is taken of what differs.
struct Sides<'a> {
    week: &'a Week,
    before: &'a Plan,
    after: &'a Plan,
    parts: &'a BTreeSet<Part>,
    taken: &'a BTreeSet<Part>,
}

impl Sides<'_> {
    /// The plan in which a part is as it will be.
    fn side(&self, part: &Part) -> &Plan {
        if self.taken.contains(part) { self.after } else { self.before }
    }

    /// Rows of `pins.csv`.
    fn pins(&self, prefix: &str, why: &str, by: &str) -> Result<String, Problem> {
        let pinned = |case: &CaseId| self.week.pins.iter().any(|pin: &Pin| pin.case == *case);
        let mut named = BTreeSet::new();
        let mut rows = Vec::new();
        for case in self.week.cases.iter().filter(|case| !pinned(&case.id)) {
            let Some([out, legs, escorts, shift]) = self.pin(&case.id, &mut named) else { continue };
            let pin = format!("{prefix}-{}", rows.len() + 1);
            rows.push([pin, case.id.to_string(), out, legs, escorts, shift, why.to_owned(), by.to_owned()]);
        }
        table(&PINS, rows)
    }

    /// What a case is pinned to; none: to nothing. `named`: flights whose people have been pinned by another case.
    fn pin(&self, case: &CaseId, named: &mut BTreeSet<String>) -> Option<[String; 4]> {
        let part = Part::Case(case.to_string());
        let changes = self.parts.contains(&part);
        let side = self.side(&part);
        let Some(departure) = side.departures.iter().find(|departure| departure.case == *case) else {
            // A gate that is closed keeps it out by itself.
            let closed = self.after.not_planned.iter().any(|row| row.case == *case && row.gate.is_some());
            let out = changes && !closed;
            return out.then(|| ["true".to_owned(), String::new(), String::new(), String::new()]);
        };
        let joined = |ids: &[LegId]| ids.iter().map(LegId::as_str).collect::<Vec<_>>().join(" ");
        let route = side.routes.iter().find(|route| route.stops.iter().any(|stop| stop.case.as_ref() == Some(case)));
        let shift = route.filter(|_| changes).map_or(String::new(), |route| route.shift.to_string());
        let flight = legs_text(&departure.legs).unwrap_or_default();
        let team = Part::Team(flight.clone());
        let escorts = if self.parts.contains(&team) && named.insert(flight) {
            let people = self.side(&team).teams.iter().find(|team| team.legs == departure.legs);
            let people = people.map(|team| team.escorts.iter().map(ToString::to_string).collect::<Vec<_>>());
            people.unwrap_or_default().join(" ")
        } else {
            String::new()
        };
        Some(["false".to_owned(), joined(&departure.legs), escorts, shift])
    }
}
