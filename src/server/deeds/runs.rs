//! Asking the optimiser to plan a week, and to stop with the best so far.

use super::known::known;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::fields::Fields;
use crate::server::problem::Problem;
use crate::server::secrets::token;
use crate::server::store::journal::Deed;
use crate::server::store::runs::NewRun;

/// Longest run that can be asked for, in seconds.
const LONGEST: f64 = 7200.0;

/// Queues a run that plans a week, or repairs its plan for the present folder; gives its id.
pub(crate) async fn ask(service: &Service, caller: &Caller, id: &str, mut fields: Fields) -> Result<String, Problem> {
    let version = fields.number("version");
    let seconds = fields.decimal("seconds", 300.0, 1.0, LONGEST);
    let gap = fields.decimal("gap", 0.001, 0.0, 1.0);
    let (why, kind) = (fields.text("why"), fields.text("kind"));
    if !["", "plan", "repair"].contains(&kind.as_str()) {
        fields.complain("kind", "must be plan or repair", "moet plan of repair zijn");
    }
    fields.sound()?;
    let run = token()?[..16].to_owned();
    // What happened goes on holding, also for a plan that is made anew.
    let besides = known(service, &service.store.week(id).await?).await?;
    let mut change = service.store.change().await?;
    let row = change.week_at(id, version).await?;
    let repairs = kind == "repair";
    if repairs && row.plan == 0 {
        let (en, nl) = ("there is no plan yet that could be repaired", "er is nog geen plan om te herstellen");
        return Err(Problem::conflict("no-plan", en, nl));
    }
    let new = NewRun {
        id: &run,
        week: id,
        kind: if repairs { "repair" } else { "plan" },
        base: row.plan,
        folder: row.folder,
        besides: &besides,
        why: &why,
        by: &caller.name,
        seconds,
        gap,
        seed: 1,
        about: "",
    };
    change.queue_run(&new).await?;
    let (subject, detail) = (format!("week {id}"), format!("run {run}"));
    change
        .tell(id, Deed { who: &caller.name, action: "ask to plan", subject: &subject, why: &why, detail: &detail })
        .await?;
    change.commit().await?;
    service.queued();
    Ok(run)
}

/// Asks a run to stop.
pub(crate) async fn stop(service: &Service, caller: &Caller, id: &str, run: &str) -> Result<(), Problem> {
    let found = service.store.run(run).await?;
    if found.week != id {
        return Err(Problem::not_found("such run", "zo'n berekening"));
    }
    let mut change = service.store.change().await?;
    if !change.stop_run(run).await? {
        return Err(Problem::conflict("over", "the run is over already", "de berekening is al klaar"));
    }
    let (subject, detail) = (format!("week {id}"), format!("run {run}"));
    change
        .tell(id, Deed { who: &caller.name, action: "stop run", subject: &subject, why: "", detail: &detail })
        .await?;
    change.commit().await?;
    service.changed();
    Ok(())
}
