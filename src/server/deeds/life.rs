//! The life of a week: draft, proposed, approved, published; taking a version as the present one, and going back.

use super::events::dropped;
use super::intake::edited;
use super::known::refuse_untold;
use crate::plan::changes::Changes;
use crate::plan::check::{Report, check, check_repair};
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::fields::Fields;
use crate::server::problem::{Problem, text};
use crate::server::store::Change;
use crate::server::store::besides::Besides;
use crate::server::store::journal::Deed;
use crate::server::store::plans::PlanRow;
use crate::server::store::weeks::{State, WeekRow};
use axum::http::StatusCode;

/// The version that the caller saw, and why they do it.
struct Asked {
    version: i64,
    why: String,
}

fn asked(mut fields: Fields, needs_why: bool) -> Result<Asked, Problem> {
    let version = fields.number("version");
    let why = if needs_why { fields.needed("why") } else { fields.text("why") };
    fields.sound()?;
    Ok(Asked { version, why })
}

fn not_now(row: &WeekRow, needed: State) -> Problem {
    let (is, needs) = (row.state.word(), needed.word());
    Problem::conflict(
        "not-now",
        format!("this needs a week that is {needs}; week {} is {is}", row.id),
        format!("dit kan alleen met een week die {needs} is; week {} is {is}", row.id),
    )
}

async fn done(
    service: &Service,
    change: Change,
    caller: &Caller,
    action: &str,
    row: &WeekRow,
    why: &str,
) -> Result<(), Problem> {
    done_with(service, change, caller, action, row, why, "").await
}

/// The same, with more to say of it in the journal.
async fn done_with(
    service: &Service,
    mut change: Change,
    caller: &Caller,
    action: &str,
    row: &WeekRow,
    why: &str,
    more: &str,
) -> Result<(), Problem> {
    change.save_week(row).await?;
    let (subject, detail) = (format!("week {}", row.id), format!("plan {} folder {}{more}", row.plan, row.folder));
    change.tell(&row.id, Deed { who: &caller.name, action, subject: &subject, why, detail: &detail }).await?;
    change.commit().await?;
    service.changed();
    Ok(())
}

/// Draft to proposed, when the checker finds nothing wrong with the plan.
pub(crate) async fn propose(service: &Service, caller: &Caller, id: &str, fields: Fields) -> Result<(), Problem> {
    let asked = asked(fields, false)?;
    let seen = service.store.week(id).await?;
    if seen.plan == 0 {
        return Err(Problem::conflict("no-plan", "there is no plan yet", "er is nog geen plan"));
    }
    let plan = service.store.plan(id, seen.plan).await?;
    if plan.folder != seen.folder {
        let en = "the plan was made for an earlier folder; plan or repair the week for the present one first";
        let nl = "het plan is voor een eerdere map gemaakt; plan of herstel de week eerst voor de huidige";
        return Err(Problem::conflict("of-another-folder", en, nl));
    }
    let folder = service.desk.week(&service.store, id, plan.folder, &Besides::default()).await?;
    let notices = service.store.notices(id).await?;
    refuse_untold(&folder, &notices, &plan, &*service.desk.plan(&service.store, &plan).await?)?;
    let report = verify(service, id, &plan).await?;
    if !report.is_fine() {
        let told = report.violations.iter().map(|found| {
            let say = |lang| format!("{}: {}", found.subject.in_lang(lang), found.message.in_lang(lang));
            (found.rule.to_string(), text(say(crate::lang::Lang::En), say(crate::lang::Lang::Nl)))
        });
        let problem = Problem::conflict(
            "breaks-rules",
            "the checker refuses this plan; plan or repair it first",
            "de controle keurt dit plan af; plan of herstel het eerst",
        );
        return Err(Problem { fields: told.collect(), ..problem });
    }
    let mut change = service.store.change().await?;
    let mut row = change.week_at(id, asked.version).await?;
    if row.state != State::Draft || row.plan != plan.plan || row.folder != plan.folder {
        return Err(not_now(&row, State::Draft));
    }
    row.state = State::Proposed;
    done(service, change, caller, "propose", &row, &asked.why).await
}

/// Proposed to approved, by somebody else than who edited last when four eyes are asked for.
pub(crate) async fn approve(service: &Service, caller: &Caller, id: &str, fields: Fields) -> Result<(), Problem> {
    let asked = asked(fields, false)?;
    let four_eyes = service.store.four_eyes().await?;
    let mut change = service.store.change().await?;
    let mut row = change.week_at(id, asked.version).await?;
    if row.state != State::Proposed {
        return Err(not_now(&row, State::Proposed));
    }
    if four_eyes && row.editor == caller.name {
        let en = "you edited this week last; somebody else must approve it";
        let nl = "u heeft deze week als laatste bewerkt; iemand anders moet haar goedkeuren";
        return Err(Problem::new(StatusCode::FORBIDDEN, "four-eyes", en, nl));
    }
    row.state = State::Approved;
    caller.name.clone_into(&mut row.approver);
    change.at().clone_into(&mut row.approved_at);
    done(service, change, caller, "approve", &row, &asked.why).await
}

/// Proposed or approved back to draft, with a reason.
pub(crate) async fn refuse(service: &Service, caller: &Caller, id: &str, fields: Fields) -> Result<(), Problem> {
    let asked = asked(fields, true)?;
    let mut change = service.store.change().await?;
    let mut row = change.week_at(id, asked.version).await?;
    if !matches!(row.state, State::Proposed | State::Approved) {
        return Err(not_now(&row, State::Proposed));
    }
    row.state = State::Draft;
    row.approver.clear();
    row.approved_at.clear();
    done(service, change, caller, "refuse", &row, &asked.why).await
}

/// Approved to published: rosters, run sheets and notices of this plan are those that count, and supersede earlier ones.
pub(crate) async fn publish(service: &Service, caller: &Caller, id: &str, fields: Fields) -> Result<(), Problem> {
    let asked = asked(fields, false)?;
    let mut change = service.store.change().await?;
    let mut row = change.week_at(id, asked.version).await?;
    if row.state != State::Approved {
        return Err(not_now(&row, State::Approved));
    }
    row.state = State::Published;
    row.published = row.plan;
    row.publication += 1;
    change.keep_publication(id, row.publication, row.plan, &caller.name).await?;
    done(service, change, caller, "publish", &row, &asked.why).await
}

/// Makes another version the present one: accepts a proposal, or takes an earlier version again. Gives how many of the
/// events that the present one knows do not hold in it.
pub(crate) async fn accept(
    service: &Service,
    caller: &Caller,
    id: &str,
    number: i64,
    fields: Fields,
) -> Result<usize, Problem> {
    let asked = asked(fields, false)?;
    let mut change = service.store.change().await?;
    let row = change.week_at(id, asked.version).await?;
    let plan = change.plan(id, number).await?;
    if row.plan == number {
        return Err(Problem::conflict("present", "this is the present plan", "dit is het huidige plan"));
    }
    // What changes one plan is no change of another: it would undo what was accepted since.
    if plan.kind != "plan" && plan.parent != row.plan && !came_from(&mut change, id, row.plan, number).await? {
        let en = "the plan that this version changes is not the present one any more; report the event again";
        let nl = "het plan dat deze versie wijzigt is niet meer het huidige; meld de gebeurtenis opnieuw";
        return Err(Problem::conflict("of-another-plan", en, nl));
    }
    take(service, change, caller, ("accept", &asked.why), row, &plan).await
}

/// Makes a version the present one, and says in the journal when events do not hold in it that held before.
async fn take(
    service: &Service,
    mut change: Change,
    caller: &Caller,
    (action, why): (&str, &str),
    mut row: WeekRow,
    plan: &PlanRow,
) -> Result<usize, Problem> {
    let dropped = if row.plan == 0 { 0 } else { dropped(&change.plan(&row.id, row.plan).await?, plan).len() };
    let more = if dropped == 0 { String::new() } else { format!(" without {dropped} of the events reported") };
    row.plan = plan.plan;
    edited(&mut row, caller, change.at());
    done_with(service, change, caller, action, &row, why, &more).await?;
    Ok(dropped)
}

/// Whether a version came from another, however many steps ago.
async fn came_from(change: &mut Change, id: &str, mut version: i64, other: i64) -> Result<bool, Problem> {
    // A version is always younger than the one it came from.
    while version > other {
        version = change.plan(id, version).await?.parent;
    }
    Ok(version == other)
}

/// Goes back to the version that the present one came from; gives the same as [`accept`].
pub(crate) async fn undo(service: &Service, caller: &Caller, id: &str, fields: Fields) -> Result<usize, Problem> {
    let asked = asked(fields, false)?;
    let mut change = service.store.change().await?;
    let row = change.week_at(id, asked.version).await?;
    let parent = if row.plan == 0 { 0 } else { change.plan(id, row.plan).await?.parent };
    if parent == 0 {
        return Err(Problem::conflict("first", "there is no earlier version", "er is geen eerdere versie"));
    }
    let plan = change.plan(id, parent).await?;
    take(service, change, caller, ("undo", &asked.why), row, &plan).await
}

/// The checker's verdict on a version; on a repair, also on the repair itself.
pub(crate) async fn verify(service: &Service, id: &str, row: &PlanRow) -> Result<Report, Problem> {
    let week = service.desk.week(&service.store, id, row.folder, &row.besides).await?;
    let plan = service.desk.plan(&service.store, row).await?;
    let earlier = if row.changes.is_empty() {
        None
    } else {
        let parent = service.store.plan(id, row.parent).await?;
        let changes = service.store.bytes(&row.changes).await?;
        let changes: Changes = serde_json::from_slice(&changes).map_err(Problem::inside)?;
        Some((service.desk.plan(&service.store, &parent).await?, changes))
    };
    let judge = move || match earlier {
        Some((earlier, changes)) => check_repair(&week, &earlier, &plan, &changes),
        None => check(&week, &plan),
    };
    tokio::task::spawn_blocking(judge).await.map_err(Problem::inside)
}
