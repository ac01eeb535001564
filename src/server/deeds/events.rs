//! Reporting an event, which asks the optimiser to repair the present plan. Who may report what follows from whose facts
//! they are.

use super::known::known;
use crate::lang::Lang;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::desk::read_beside;
use crate::server::fields::Fields;
use crate::server::problem::{Problem, text};
use crate::server::roles::Role;
use crate::server::secrets::token;
use crate::server::store::besides::Besides;
use crate::server::store::journal::Deed;
use crate::server::store::plans::PlanRow;
use crate::server::store::runs::NewRun;
use crate::week::EventKind;
use chrono::{DateTime, NaiveDateTime};

/// Seconds a repair may take.
const SECONDS: f64 = 2.0;
/// Most seconds that can be asked for.
const LONGEST: f64 = 600.0;

/// The kinds of event that a role knows about.
pub(crate) fn kinds(role: Role) -> &'static [EventKind] {
    use EventKind::{
        AvailabilityConfirmed, AvailabilityLost, DocumentIssued, DocumentWithdrawn, EscortAbsent, Fit, ProcedureClosed,
        ProcedureOpened, ReleaseWithdrawn, Released, ShiftOut, TransferCancelled, Unfit, Voluntary,
    };
    match role {
        Role::Planner => EventKind::ALL,
        Role::Gatekeeper => &[
            ProcedureOpened,
            ProcedureClosed,
            Released,
            ReleaseWithdrawn,
            Voluntary,
            AvailabilityLost,
            AvailabilityConfirmed,
            DocumentWithdrawn,
            DocumentIssued,
            Unfit,
            Fit,
        ],
        Role::EscortCoordinator => &[EscortAbsent],
        Role::TransportCoordinator => &[ShiftOut, TransferCancelled],
        Role::Approver | Role::Auditor | Role::Admin => &[],
    }
}

/// The kinds of event that a caller may report.
pub(crate) fn kinds_of(caller: &Caller) -> Vec<EventKind> {
    EventKind::ALL.iter().copied().filter(|kind| caller.roles.iter().any(|role| kinds(*role).contains(kind))).collect()
}

/// Takes an event in and queues the repair of the present plan; gives the run.
pub(crate) async fn report(
    service: &Service,
    caller: &Caller,
    id: &str,
    mut fields: Fields,
) -> Result<String, Problem> {
    let version = fields.number("version");
    let seconds = fields.decimal("seconds", SECONDS, 0.1, LONGEST);
    let (kind, at, subject) = (fields.needed("kind"), fields.needed("at"), fields.needed("subject"));
    let (until, value, why) = (fields.text("until"), fields.text("value"), fields.text("why"));
    let at = time(&mut fields, "at", at);
    let until = time(&mut fields, "until", until);
    // A new departure time may be written like the other times.
    let value = if kind == EventKind::LegRetimed.word() { time(&mut fields, "value", value) } else { value };
    let found = EventKind::from_word(&kind);
    if !kind.is_empty() && !found.is_some_and(|kind| kinds_of(caller).contains(&kind)) {
        fields.complain(
            "kind",
            format!("'{kind}' is no event that you may report"),
            format!("'{kind}' is geen gebeurtenis die u mag melden"),
        );
    }
    fields.sound()?;
    let row = service.store.week(id).await?;
    if row.plan == 0 {
        let (en, nl) = ("there is no plan yet that could be repaired", "er is nog geen plan om te herstellen");
        return Err(Problem::conflict("no-plan", en, nl));
    }
    let mut besides = known(service, &row).await?;
    besides.events = with_event(&besides.events, [&kind, &at, &subject, &until, &value])?;
    check(service, id, row.folder, &besides).await?;
    let run = token()?[..16].to_owned();
    let mut change = service.store.change().await?;
    let row = change.week_at(id, version).await?;
    let new = NewRun {
        id: &run,
        week: id,
        kind: "repair",
        base: row.plan,
        folder: row.folder,
        besides: &besides,
        why: &why,
        by: &caller.name,
        seconds,
        gap: 0.001,
        seed: 1,
        about: "",
    };
    change.queue_run(&new).await?;
    let (week, detail) = (format!("week {id}"), format!("run {run}"));
    change
        .tell(id, Deed { who: &caller.name, action: "report event", subject: &week, why: &why, detail: &detail })
        .await?;
    change.commit().await?;
    service.queued();
    Ok(run)
}

/// A moment as RFC 3339, or as a browser writes it: local clock time.
pub(super) fn time(fields: &mut Fields, name: &str, written: String) -> String {
    if written.is_empty() || DateTime::parse_from_rfc3339(&written).is_ok() {
        return written;
    }
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    match local.iter().find_map(|form| NaiveDateTime::parse_from_str(&written, form).ok()) {
        Some(local) => crate::calendar::instant(local.date(), local.time()).to_rfc3339(),
        None => {
            let en =
                format!("'{written}' is no time such as 2027-04-28T09:30 (Amsterdam) or 2027-04-28T09:30:00+02:00");
            let nl =
                format!("'{written}' is geen tijd zoals 2027-04-28T09:30 (Nederlands) of 2027-04-28T09:30:00+02:00");
            fields.complain(name, en, nl);
            written
        }
    }
}

/// `events.csv` with one more row.
fn with_event(earlier: &str, cells: [&String; 5]) -> Result<String, Problem> {
    let number = earlier.lines().count().max(1);
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let [kind, at, subject, until, value] = cells;
    let name = format!("E{number}");
    let written = writer.write_record([&name, at, kind, subject, until, value]);
    written.map_err(Problem::inside)?;
    let row = String::from_utf8(writer.into_inner().map_err(Problem::inside)?).map_err(Problem::inside)?;
    let head = if earlier.is_empty() { "event,at,kind,subject,until,value\n" } else { earlier };
    Ok(format!("{head}{row}"))
}

/// What was reported and one version of the plan knows, and another of the same folder does not: rows of `events.csv`.
pub(crate) fn dropped<'p>(present: &'p PlanRow, other: &PlanRow) -> Vec<&'p str> {
    if present.folder != other.folder {
        return Vec::new();
    }
    // An event has its number from the version it was reported on.
    let what = |row: &str| row.split_once(',').map_or(String::new(), |(_, what)| what.to_owned());
    let known: Vec<String> = other.besides.events.lines().skip(1).map(what).collect();
    present.besides.events.lines().skip(1).filter(|row| !known.contains(&what(row))).collect()
}

/// Reads the folder with its events; what is wrong with the last one is told by the name of its column.
async fn check(service: &Service, id: &str, folder: i64, besides: &Besides) -> Result<(), Problem> {
    let files = service.store.files(id, folder).await?;
    let besides = besides.clone();
    let read = tokio::task::spawn_blocking(move || read_beside(files, &besides)).await.map_err(Problem::inside)?;
    read?.map(drop).map_err(|found| {
        let told = found.iter().map(|diagnostic| {
            let column = diagnostic.column.as_ref().map_or("kind", |column| column.name.as_str());
            let line = |lang: Lang| {
                let rendered = diagnostic.rendered(lang);
                format!("{}: {}", rendered.message, rendered.remedy)
            };
            (column.to_owned(), text(line(Lang::En), line(Lang::Nl)))
        });
        Problem::fields(told.collect())
    })
}
