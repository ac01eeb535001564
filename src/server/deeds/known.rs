//! What is known beside the present folder when something new is made of a week: events that were reported on its plan, notices
//! that were given since, and what is pinned by hand.

use super::pins;
use crate::plan::Plan;
use crate::server::Service;
use crate::server::problem::{Problem, text};
use crate::server::store::besides::{Besides, TOLD, table};
use crate::server::store::notices::NoticeRow;
use crate::server::store::plans::PlanRow;
use crate::server::store::weeks::WeekRow;
use crate::week::{CaseId, LegId, Level, SlotId, Week};

/// What is known for what is made of a week from now on. What its plan knew as events, a folder that was taken in after it
/// holds itself.
pub(crate) async fn known(service: &Service, row: &WeekRow) -> Result<Besides, Problem> {
    let base = if row.plan == 0 { None } else { Some(service.store.plan(&row.id, row.plan).await?) };
    let base = base.filter(|base| base.folder == row.folder);
    let events = base.map_or(String::new(), |base| base.besides.events);
    let week = service.desk.week(&service.store, &row.id, row.folder, &Besides::default()).await?;
    let told = told(&week, &service.store.notices(&row.id).await?)?;
    let pins = pins::rows(&week, &service.store.pins(&row.id).await?)?;
    Ok(Besides { events, told, pins })
}

/// Notices that say more than the folder does: of cases and legs that are in it, and that it does not call told itself.
fn standing<'n>(week: &Week, notices: &'n [NoticeRow]) -> Vec<&'n NoticeRow> {
    let there = |notice: &&NoticeRow| {
        let case = CaseId::new(&notice.case).filter(|case| week.cases.get(case).is_some());
        let legs = legs(notice).is_some_and(|legs| legs.iter().all(|leg| week.legs.get(leg).is_some()));
        let said =
            case.as_ref().and_then(|case| week.commitments.get(case)).is_some_and(|row| row.level >= Level::Noticed);
        case.is_some() && legs && !said
    };
    notices.iter().filter(there).collect()
}

/// The legs of a notice.
pub(crate) fn legs(notice: &NoticeRow) -> Option<Vec<LegId>> {
    notice.legs.split(' ').map(LegId::new).collect()
}

/// Notices as rows of `commitments.csv`; empty when there are none.
fn told(week: &Week, notices: &[NoticeRow]) -> Result<String, Problem> {
    let standing = standing(week, notices);
    if standing.is_empty() {
        return Ok(String::new());
    }
    let rows = standing.into_iter().map(|notice| {
        let slot = SlotId::new(&notice.slot).filter(|slot| week.contact_slots.get(slot).is_some());
        let slot = slot.map_or(String::new(), |slot| slot.to_string());
        let level = Level::Noticed.word().to_owned();
        [notice.case.clone(), notice.legs.clone(), slot, notice.given_at.clone(), level]
    });
    table(&TOLD, rows)
}

/// Refuses a plan that does not know of somebody that they were told of another flight than it has them on. `week` is the
/// folder alone.
pub(crate) fn refuse_untold(week: &Week, notices: &[NoticeRow], row: &PlanRow, plan: &Plan) -> Result<(), Problem> {
    let knows = |notice: &NoticeRow| {
        let mut reader = csv::Reader::from_reader(row.besides.told.as_bytes());
        let mut rows = reader.records().filter_map(Result::ok);
        rows.any(|row| {
            row.get(0) == Some(&*notice.case)
                && row.get(1) == Some(&*notice.legs)
                && row.get(3) == Some(&*notice.given_at)
        })
    };
    let agrees = |notice: &NoticeRow| {
        let planned = plan.departures.iter().find(|departure| departure.case.as_str() == notice.case);
        planned.is_some_and(|departure| legs(notice).is_some_and(|legs| legs == departure.legs))
    };
    let missed: Vec<&NoticeRow> =
        standing(week, notices).into_iter().filter(|notice| !knows(notice) && !agrees(notice)).collect();
    if missed.is_empty() {
        return Ok(());
    }
    let told = missed.iter().map(|notice| {
        let NoticeRow { case, legs, .. } = notice;
        let en = format!("was told of {legs}, which this plan does not know");
        (case.clone(), text(en, format!("is {legs} aangezegd, wat dit plan niet weet")))
    });
    let problem = Problem::conflict(
        "told-since",
        "notices were given since this plan was made; repair it under Runs, so that it knows them",
        "sinds dit plan is gemaakt zijn aanzeggingen gedaan; herstel het onder Berekeningen, zodat het ze kent",
    );
    Err(Problem { fields: told.collect(), ..problem })
}
