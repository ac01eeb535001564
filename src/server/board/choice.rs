//! Choosing which parts of a proposed repair are accepted.

use super::parts::{field, href, week_form};
use crate::lang::Lang;
use crate::plan::changes::{Change, Changes, What};
use crate::publish::change_what;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::parts::{self, Part};
use crate::server::fields::Fields;
use crate::server::http::{Visitor, see_other};
use crate::server::problem::Problem;
use crate::server::store::runs::RunRow;
use crate::server::store::weeks::WeekRow;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};

/// A box for each part; nothing where there is only one.
pub(super) fn choose(visitor: &Visitor, row: &WeekRow, run: &RunRow, changes: &Changes) -> Markup {
    let lang = visitor.lang;
    let parts = parts::parts(changes);
    let action = format!("/weeks/{}/repair/{}/parts", href(&row.id), run.id);
    html! {
        @if parts.len() > 1 {
            section class="card" aria-labelledby="parts" {
                h2 id="parts" { (lang.pick("Accept in parts", "Aanvaard in delen")) }
                p class="hint" { (lang.pick(
                    "What is ticked becomes as proposed; everything else is held as it was. The week is repaired again with that, and shown before anything counts. Fixed duties and transfers follow.",
                    "Wat is aangevinkt wordt zoals voorgesteld; al het andere blijft zoals het was. De week wordt daarmee opnieuw hersteld, en getoond voordat er iets geldt. Vaste diensten en vervoersopdrachten volgen.")) }
                (week_form(visitor, &action, row.version, &html! {
                    fieldset {
                        legend { (lang.pick("Accept", "Aanvaard")) }
                        @for (at, part) in parts.iter().enumerate() {
                            label for=(format!("part-{at}")) {
                                input type="checkbox" id=(format!("part-{at}")) name="accept" value=(part.key());
                                " " (name(part, changes, lang))
                            }
                        }
                    }
                    (field("parts-why", lang.pick("Remark", "Opmerking"), "", &html! { input id="parts-why" name="why" maxlength="2000"; }))
                    button class="second" type="submit" { (lang.pick("Repair with these parts alone", "Herstel met alleen deze delen")) }
                }))
            }
        }
    }
}

/// A part with what changes in it.
fn name(part: &Part, changes: &Changes, lang: Lang) -> String {
    let of = |change: &&Change| match (part, change.what) {
        (Part::Case(case), What::Departure | What::Notice | What::Ride) => change.subject == *case,
        (Part::Team(legs), What::Team) => change.to.as_ref().or(change.from.as_ref()) == Some(legs),
        _ => false,
    };
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "–".to_owned());
    let told = changes.changes.iter().filter(of).map(|change| match part {
        Part::Case(_) => format!("{} {} → {}", change_what(change.what, lang), side(&change.from), side(&change.to)),
        Part::Team(_) if change.to.is_some() => format!("+ {}", change.subject),
        Part::Team(_) => format!("− {}", change.subject),
    });
    let told = told.collect::<Vec<_>>().join("; ");
    match part {
        Part::Case(case) => format!("{} {case}: {told}", lang.pick("case", "zaak")),
        Part::Team(legs) => format!("{} {legs}: {told}", lang.pick("team of", "team van")),
    }
}

pub(crate) async fn accept(
    State(service): State<Service>,
    Path((id, run)): Path<(String, String)>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let run = parts::accept(&service, &caller, &id, &run, fields).await?;
    Ok(see_other(&format!("/weeks/{}/repair/{run}", href(&id))))
}
