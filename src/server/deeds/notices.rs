//! Marking that a notice of the published plan was given: from then on the case is told, and every later plan counts with it.
//! What was told too late for its flight is no notice, and is not marked as one.

use super::events::time;
use crate::lang::Lang;
use crate::publish::facts::Facts;
use crate::publish::format::moment;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::clock;
use crate::server::fields::Fields;
use crate::server::problem::Problem;
use crate::server::store::journal::Deed;
use crate::server::store::notices::NoticeRow;
use crate::week::LegId;

/// Marks a notice as given: of which case, when, and with what remark.
pub(crate) async fn give(service: &Service, caller: &Caller, id: &str, mut fields: Fields) -> Result<(), Problem> {
    let (case, given, why) = (fields.needed("case"), fields.text("given-at"), fields.text("why"));
    let given = time(&mut fields, "given-at", given);
    fields.sound()?;
    let row = service.store.week(id).await?;
    let published = row.published;
    let view = service.desk.view_at(&service.store, row, published).await?;
    let Some((_, plan)) = view.plan.as_ref() else {
        let en = "nothing is published yet; notices are given of what is published";
        return Err(Problem::conflict(
            "not-published",
            en,
            "er is nog niets gepubliceerd; aangezegd wordt wat gepubliceerd is",
        ));
    };
    let departure = plan.departures.iter().find(|departure| departure.case.as_str() == case);
    let departs = departure.and_then(|departure| view.week.legs.get(departure.legs.first()?)).map(|leg| leg.departs);
    let found = departure.zip(departs).zip(departure.and_then(|departure| view.week.cases.get(&departure.case)));
    let Some(((departure, departs), row)) = found else {
        let (en, nl) = ("does not depart in the published plan", "vertrekt niet in het gepubliceerde plan");
        return Err(Problem::field("case", en, nl));
    };
    let Some(slot) = &departure.slot else {
        let (en, nl) = ("was told before this plan was made", "is al aangezegd voordat dit plan werd gemaakt");
        return Err(Problem::conflict("told-already", en, nl));
    };
    let at =
        if given.is_empty() { departure.noticed_at } else { clock::moment(&given).unwrap_or(departure.noticed_at) };
    let latest = Facts::new(&view.week, plan).last_notice(departs, row.measure);
    if at > service.config.clock.now() {
        return Err(Problem::field("given-at", "lies in the future", "ligt in de toekomst"));
    }
    if at > latest {
        return Err(Problem::field(
            "given-at",
            format!(
                "is too late for this flight, which had to be told by {}; plan a later flight",
                moment(Lang::En, latest)
            ),
            format!(
                "is te laat voor deze vlucht, die uiterlijk {} moest worden aangezegd; plan een latere vlucht",
                moment(Lang::Nl, latest)
            ),
        ));
    }
    let legs = departure.legs.iter().map(LegId::as_str).collect::<Vec<_>>().join(" ");
    let notice = NoticeRow {
        case: case.clone(),
        plan: published,
        legs,
        slot: slot.to_string(),
        given_at: crate::calendar::in_amsterdam(at).to_rfc3339(),
        marked_at: String::new(),
        marked_by: caller.name.clone(),
        why: why.clone(),
    };
    let mut change = service.store.change().await?;
    if change.week(id).await?.published != published {
        let en = "another plan was published in between; look at it and mark again";
        let nl = "er is intussen een ander plan gepubliceerd; bekijk het en geef het opnieuw aan";
        return Err(Problem::conflict("newer-version", en, nl));
    }
    change.keep_notice(id, &notice).await?;
    let (subject, detail) = (format!("case {id} {case}"), format!("plan {published} at {}", notice.given_at));
    change
        .note(Deed { who: &caller.name, action: "give notice", subject: &subject, why: &why, detail: &detail })
        .await?;
    change.commit().await?;
    service.changed();
    Ok(())
}

/// Takes such a mark back, with a reason.
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
    if !change.drop_notice(id, case).await? {
        return Err(Problem::not_found("such notice", "zo'n aanzegging"));
    }
    let subject = format!("case {id} {case}");
    change
        .note(Deed { who: &caller.name, action: "take notice back", subject: &subject, why: &why, detail: "" })
        .await?;
    change.commit().await?;
    service.changed();
    Ok(())
}
