//! Repair: report an event, see what the repaired plan would change beside the present one and what that costs, and accept
//! it or not.

use super::parts::{field, figure, href, said, scroll, stamp, week_form};
use super::shell::Page;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::changes::{Changes, What};
use crate::publish::format::{euro, number, percent};
use crate::publish::{change_reason, change_what};
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::events;
use crate::server::deeds::parts::is_of_parts;
use crate::server::deeds::pins::OUT;
use crate::server::fields::Fields;
use crate::server::http::routes::may;
use crate::server::http::{Visitor, see_other};
use crate::server::problem::Problem;
use crate::server::store::runs::RunRow;
use crate::server::store::weeks::WeekRow;
use crate::week::{EventKind, Week};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use std::sync::Arc;

/// A kind of event in words.
pub(super) fn kind_name(kind: EventKind, lang: Lang) -> &'static str {
    match kind {
        EventKind::ProcedureOpened => lang.pick("procedure opened (case)", "procedure gestart (zaak)"),
        EventKind::ProcedureClosed => lang.pick("procedures closed (case)", "procedures gesloten (zaak)"),
        EventKind::Released => lang.pick("released for planning (case)", "vrijgegeven voor planning (zaak)"),
        EventKind::ReleaseWithdrawn => lang.pick("release withdrawn (case)", "vrijgave ingetrokken (zaak)"),
        EventKind::Voluntary => lang.pick("voluntary departure under way (case)", "zelfstandig vertrek gaande (zaak)"),
        EventKind::AvailabilityLost => {
            lang.pick("not available (case; until: for how long)", "niet beschikbaar (zaak; tot: hoe lang)")
        }
        EventKind::AvailabilityConfirmed => {
            lang.pick("available (case; until needed)", "beschikbaar (zaak; tot verplicht)")
        }
        EventKind::DocumentWithdrawn => lang.pick("document withdrawn (document)", "document ingetrokken (document)"),
        EventKind::DocumentIssued => lang.pick("document in hand (document)", "document in handen (document)"),
        EventKind::Unfit => lang.pick("not fit to fly (person)", "niet geschikt om te vliegen (persoon)"),
        EventKind::Fit => {
            lang.pick("fit to fly (person; until needed)", "geschikt om te vliegen (persoon; tot verplicht)")
        }
        EventKind::LegCancelled => lang.pick("flight cancelled (leg)", "vlucht geannuleerd (vlucht)"),
        EventKind::LegRetimed => {
            lang.pick("flight retimed (leg; value: new departure)", "vlucht verzet (vlucht; waarde: nieuw vertrek)")
        }
        EventKind::SeatsChanged => {
            lang.pick("seats changed (leg; value: seats)", "stoelen gewijzigd (vlucht; waarde: stoelen)")
        }
        EventKind::EscortAbsent => {
            lang.pick("escort absent (escort; until needed)", "begeleider afwezig (begeleider; tot verplicht)")
        }
        EventKind::ShiftOut => lang.pick("vehicle out of service (shift)", "voertuig uitgevallen (dienst)"),
        EventKind::TransferAdded => {
            lang.pick("transfer added (transfer in the folder)", "vervoersopdracht erbij (opdracht in de map)")
        }
        EventKind::TransferCancelled => {
            lang.pick("transfer cancelled (transfer)", "vervoersopdracht vervallen (opdracht)")
        }
    }
}

pub(crate) async fn page(
    State(service): State<Service>,
    Path(id): Path<String>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    let row = service.store.week(&id).await?;
    let lang = visitor.lang;
    let sees = may(&caller.roles, "GET", "/weeks/{week}/repair/{run}");
    let runs: Vec<RunRow> = service.store.runs(&id).await?.into_iter().filter(|run| run.kind == "repair").collect();
    let title = lang.pick("Events and repair", "Gebeurtenissen en herstel");
    let content = html! {
        h1 { (title) }
        (said(&visitor))
        @if row.plan == 0 { p { (lang.pick("There is no plan yet that could be repaired.", "Er is nog geen plan om te herstellen.")) } }
        @else if may(&caller.roles, "POST", "/weeks/{week}/repair") { (report_form(&visitor, &caller, &row)) }
        @if sees { (proposals(&row, &runs, lang)) }
    };
    Ok(Page::of_week(&visitor, "/weeks/{week}/repair", &row, title).show(&content))
}

fn report_form(visitor: &Visitor, caller: &Caller, row: &WeekRow) -> Markup {
    let lang = visitor.lang;
    let kinds = events::kinds_of(caller);
    html! {
        section class="card narrow" aria-labelledby="report" {
            h2 id="report" { (lang.pick("Report an event", "Meld een gebeurtenis")) }
            (week_form(visitor, &format!("/weeks/{}/repair", href(&row.id)), row.version, &html! {
                (field("kind", lang.pick("What happened", "Wat is er gebeurd"), "", &html! { select id="kind" name="kind" required {
                    @for kind in kinds { option value=(kind.word()) { (kind_name(kind, lang)) } }
                } }))
                (field("subject", lang.pick("To whom or what", "Met wie of wat"), lang.pick("The id of the case, person, document, flight, escort, shift or transfer.", "Het id van de zaak, persoon, het document, de vlucht, begeleider, dienst of opdracht."), &html! {
                    input id="subject" name="subject" required maxlength="200" aria-describedby="subject-hint" autocomplete="off";
                }))
                (field("at", lang.pick("When, or from when", "Wanneer, of vanaf wanneer"), lang.pick("Amsterdam time.", "Nederlandse tijd."), &html! { input id="at" name="at" type="datetime-local" required aria-describedby="at-hint"; }))
                (field("until", lang.pick("Until", "Tot"), lang.pick("Only where the event has an end.", "Alleen als de gebeurtenis een einde heeft."), &html! { input id="until" name="until" type="datetime-local" aria-describedby="until-hint"; }))
                (field("value", lang.pick("Value", "Waarde"), lang.pick("New departure (2027-04-28T09:30) or number of seats.", "Nieuw vertrek (2027-04-28T09:30) of aantal stoelen."), &html! { input id="value" name="value" maxlength="100" aria-describedby="value-hint"; }))
                (field("why", lang.pick("Remark", "Opmerking"), "", &html! { input id="why" name="why" maxlength="2000"; }))
                button type="submit" { (lang.pick("Report and repair", "Meld en herstel")) }
            }))
        }
    }
}

fn proposals(row: &WeekRow, runs: &[RunRow], lang: Lang) -> Markup {
    html! {
        h2 { (lang.pick("Proposals", "Voorstellen")) }
        @if runs.is_empty() { p { (lang.pick("None yet.", "Nog geen.")) } }
        @else { (scroll(lang.pick("Proposals", "Voorstellen"), &html! { table {
            thead { tr { th scope="col" { (lang.pick("Reported", "Gemeld")) } th scope="col" { (lang.pick("Event", "Gebeurtenis")) } th scope="col" { (lang.pick("State", "Staat")) } } }
            tbody { @for run in runs { tr {
                th scope="row" { a href=(format!("/weeks/{}/repair/{}", href(&row.id), run.id)) { (stamp(lang, &run.asked_at)) } " " span class="quiet" { (run.asked_by) } }
                td { (event_words(run, lang)) }
                td { (run_state(run, row, lang)) }
            } } }
        } })) }
    }
}

/// The event that a repair is for, in words: what, who or what, from when, until when; or who was pinned to what.
fn event_words(run: &RunRow, lang: Lang) -> String {
    if let Some((case, on)) = run.about.split_once(' ') {
        let on = if on == OUT { lang.pick("kept out", "buiten gehouden") } else { on };
        return format!("{} {case}: {on}", lang.pick("pinned by hand:", "vastgezet:"));
    }
    let row = run.besides.events.lines().last().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
    let cells = reader.records().next().and_then(Result::ok).unwrap_or_default();
    let cell = |at: usize| cells.get(at).unwrap_or_default();
    let Some(kind) = EventKind::from_word(cell(2)) else {
        return lang.pick("a new folder", "een nieuwe map").to_owned();
    };
    let name = kind_name(kind, lang).split(" (").next().unwrap_or_default();
    let mut words = format!("{name}: {}, {} {}", cell(3), lang.pick("from", "vanaf"), stamp(lang, cell(1)));
    if !cell(4).is_empty() {
        words += &format!(" {} {}", lang.pick("until", "tot"), stamp(lang, cell(4)));
    }
    if !cell(5).is_empty() {
        let value = stamp(lang, cell(5));
        words += &format!(", {}", if value.is_empty() { cell(5) } else { value.as_str() });
    }
    words
}

fn run_state(run: &RunRow, row: &WeekRow, lang: Lang) -> String {
    match run.state.as_str() {
        "queued" => lang.pick("waits", "wacht").to_owned(),
        "running" => lang.pick("is computed", "wordt berekend").to_owned(),
        "failed" => format!("{}: {}", lang.pick("failed", "mislukt"), run.error.in_lang(lang)),
        _ if run.result == row.plan => lang.pick("accepted, present plan", "aanvaard, huidige plan").to_owned(),
        _ if run.base == row.plan => lang.pick("to decide", "te beslissen").to_owned(),
        _ => lang.pick("of an earlier plan", "van een eerder plan").to_owned(),
    }
}

pub(crate) async fn report(
    State(service): State<Service>,
    Path(id): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    let run = events::report(&service, &caller, &id, fields).await?;
    Ok(see_other(&if may(&caller.roles, "GET", "/weeks/{week}/repair/{run}") {
        format!("/weeks/{}/repair/{run}", href(&id))
    } else {
        format!("/weeks/{}/repair?said=reported", href(&id))
    }))
}

/// Both plans and what differs.
struct Beside {
    week: Arc<Week>,
    present: Arc<Plan>,
    repaired: Arc<Plan>,
    changes: Changes,
    number: i64,
}

pub(crate) async fn proposal(
    State(service): State<Service>,
    Path((id, name)): Path<(String, String)>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    let (row, run) = (service.store.week(&id).await?, service.store.run(&name).await?);
    if run.week != id || run.kind != "repair" {
        return Err(Problem::not_found("such proposal", "zo'n voorstel"));
    }
    let lang = visitor.lang;
    let title = lang.pick("Proposed repair", "Voorgesteld herstel");
    let beside = if run.result == 0 { None } else { Some(beside(&service, &id, &run).await?) };
    let content = html! {
        h1 { (title) }
        p class="quiet" { (lang.pick("Event", "Gebeurtenis")) ": " (event_words(&run, lang)) }
        @if is_of_parts(&run) { p { (lang.pick(
            "Some parts of an earlier proposal, with the rest held as it was.",
            "Enkele delen van een eerder voorstel, met de rest gehouden zoals het was.")) } }
        @match &beside {
            Some(beside) => (decide(&visitor, &caller, &row, &run, beside)),
            None if run.is_open() => (waiting(&row, &run, lang)),
            None => div class="message wrong" { p { (lang.pick("This repair failed", "Dit herstel is mislukt")) ":" } ul { @for line in run.error.in_lang(lang).lines() { li { (line) } } } },
        }
    };
    let again = (beside.is_none() && run.is_open()).then_some(1);
    Ok(Page { again, ..Page::of_week(&visitor, "/weeks/{week}/repair", &row, title) }.show(&content))
}

fn waiting(row: &WeekRow, run: &RunRow, lang: Lang) -> Markup {
    html! {
        div class="message care" role="status" data-progress=(format!("/api/v1/weeks/{}/runs/{}/progress", href(&row.id), run.id)) {
            p { (lang.pick("The repair is being computed", "Het herstel wordt berekend")) ": " span data-show="phase" { (run.state) } }
        }
    }
}

async fn beside(service: &Service, id: &str, run: &RunRow) -> Result<Beside, Problem> {
    let repaired = service.store.plan(id, run.result).await?;
    let present = service.store.plan(id, run.base).await?;
    let changes = service.store.bytes(&repaired.changes).await?;
    Ok(Beside {
        week: service.desk.week(&service.store, id, repaired.folder, &repaired.besides).await?,
        present: service.desk.plan(&service.store, &present).await?,
        repaired: service.desk.plan(&service.store, &repaired).await?,
        changes: serde_json::from_slice(&changes).map_err(Problem::inside)?,
        number: run.result,
    })
}

fn decide(visitor: &Visitor, caller: &Caller, row: &WeekRow, run: &RunRow, beside: &Beside) -> Markup {
    let lang = visitor.lang;
    let Beside { week, present, repaired, changes, number: version } = beside;
    let open = run.base == row.plan;
    let rows = [
        (
            lang.pick("Departures", "Vertrekken"),
            present.departures.len().to_string(),
            repaired.departures.len().to_string(),
        ),
        (lang.pick("Value", "Waarde"), euro(lang, present.money.value), euro(lang, repaired.money.value)),
        (lang.pick("Tickets", "Tickets"), euro(lang, present.money.tickets), euro(lang, repaired.money.tickets)),
        (lang.pick("Escorts", "Begeleiding"), euro(lang, present.money.escorts), euro(lang, repaired.money.escorts)),
        (lang.pick("Transport", "Vervoer"), euro(lang, present.money.transport), euro(lang, repaired.money.transport)),
        (lang.pick("Unmet", "Niet gelukt"), euro(lang, present.money.unmet), euro(lang, repaired.money.unmet)),
        (
            lang.pick("Worth less costs", "Waarde min kosten"),
            euro(lang, present.objective),
            euro(lang, repaired.objective),
        ),
    ];
    html! {
        dl class="figures" {
            (figure(lang.pick("Changes", "Wijzigingen"), &changes.changes.len().to_string(), ""))
            (figure(lang.pick("Cost of changing", "Kosten van wijzigen"), &euro(lang, changes.change_costs), ""))
            (figure(lang.pick("Worth after that", "Waarde daarna"), &euro(lang, changes.repair_objective), &lang.pick(format!("at most {}", euro(lang, changes.repair_bound)), format!("hoogstens {}", euro(lang, changes.repair_bound)))))
            (figure(lang.pick("Computed in", "Berekend in"), &format!("{} s", number(lang, repaired.seconds, 1)), &percent(lang, repaired.gap, 2)))
        }
        @if open && may(&caller.roles, "POST", "/weeks/{week}/accept/{plan}") {
            div class="actions" {
                (week_form(visitor, &format!("/weeks/{}/accept/{version}", href(&row.id)), row.version, &html! {
                    button type="submit" { (lang.pick("Accept the repair", "Aanvaard het herstel")) }
                }))
                a class="button second" href=(format!("/weeks/{}/repair", href(&row.id))) { (lang.pick("Leave the plan as it is", "Laat het plan zoals het is")) }
            }
        } @else if !open {
            div class="message care" { p { (lang.pick("The plan that this repairs is not the present one any more.", "Het plan dat dit herstelt is niet meer het huidige.")) } }
        }
        (scroll(lang.pick("Both plans", "Beide plannen"), &html! { table {
            caption { (lang.pick("Beside each other", "Naast elkaar")) }
            thead { tr { th scope="col" { (lang.pick("What", "Wat")) } th scope="col" class="number" { (lang.pick("Before", "Eerst")) } th scope="col" class="number" { (lang.pick("Repaired", "Hersteld")) } } }
            tbody { @for (name, before, after) in &rows { tr { th scope="row" { (name) } td class="number" { (before) } td class="number" { (after) } } } }
        } }))
        h2 { (lang.pick("Every change", "Elke wijziging")) }
        (changes_table(row, week, changes, lang))
        @if open && may(&caller.roles, "POST", "/weeks/{week}/repair/{run}/parts") { (super::choice::choose(visitor, row, run, changes)) }
    }
}

/// Every change with what forced it.
pub(super) fn changes_table(row: &WeekRow, week: &Week, changes: &Changes, lang: Lang) -> Markup {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "–".to_owned());
    if changes.changes.is_empty() {
        return html! { p { (lang.pick("Nothing changes.", "Er verandert niets.")) } };
    }
    scroll(
        lang.pick("Changes", "Wijzigingen"),
        &html! { table {
            thead { tr {
                th scope="col" { (lang.pick("What", "Wat")) } th scope="col" { (lang.pick("Of", "Van")) } th scope="col" { (lang.pick("Was", "Was")) } th scope="col" { (lang.pick("Becomes", "Wordt")) }
                th scope="col" class="number" { (lang.pick("Cost", "Kosten")) } th scope="col" { (lang.pick("Because", "Omdat")) }
            } }
            tbody { @for change in &changes.changes { tr {
                th scope="row" { (change_what(change.what, lang)) }
                td { @if matches!(change.what, What::Departure | What::Notice | What::Ride) { a href=(format!("/weeks/{}/cases/{}", href(&row.id), href(&change.subject))) { (change.subject) } } @else { (change.subject) } }
                td { (side(&change.from)) } td { (side(&change.to)) }
                td class="number" { @if change.cost.get() != 0.0 { (euro(lang, change.cost)) } }
                td { (change_reason(week, change, lang)) }
            } } }
        } },
    )
}
