//! The journal for auditors: who saw and changed what, when and why, and whether the chain is whole.

use super::parts::{field, scroll, stamp};
use super::shell::Page;
use crate::lang::Lang;
use crate::server::Service;
use crate::server::http::Visitor;
use crate::server::problem::Problem;
use axum::extract::{Query, State};
use axum::response::Response;
use maud::html;
use serde::Deserialize;

/// Which lines.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    subject: String,
}

/// Lines on the page.
const LINES: i64 = 200;

pub(crate) async fn page(
    State(service): State<Service>,
    Query(which): Query<Which>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let (lines, verdict) = (service.store.journal(which.subject.trim(), LINES).await?, service.store.verify().await?);
    let lang = visitor.lang;
    let title = lang.pick("Journal", "Logboek");
    let content = html! {
        h1 { (title) }
        @match verdict.broken {
            None => div class="message fine" { p { (lang.pick("The chain is whole", "De keten is heel")) ": " (verdict.lines) " " (lang.pick("lines, head", "regels, kop")) " " code class="rows" { (verdict.head) } } },
            Some(line) => div class="message wrong" role="alert" { p { (lang.pick("The chain is broken at line", "De keten is gebroken bij regel")) " " (line) "." } },
        }
        form class="filters" method="get" role="search" {
            (field("subject", lang.pick("Subject", "Onderwerp"), lang.pick("For example: week 2027-w17-1, or: case 2027-w17-1 C1", "Bijvoorbeeld: week 2027-w17-1, of: case 2027-w17-1 C1"), &html! { input id="subject" name="subject" value=(which.subject) aria-describedby="subject-hint"; }))
            button class="second" type="submit" { (lang.pick("Show", "Toon")) }
        }
        (scroll(title, &html! { table {
            thead { tr { th scope="col" class="number" { (lang.pick("Line", "Regel")) } th scope="col" { (lang.pick("When", "Wanneer")) } th scope="col" { (lang.pick("Who", "Wie")) } th scope="col" { (lang.pick("What", "Wat")) } th scope="col" { (lang.pick("Of", "Van")) } th scope="col" { (lang.pick("Why", "Waarom")) } th scope="col" { (lang.pick("More", "Meer")) } } }
            tbody { @for line in &lines { tr {
                th scope="row" class="number" { (line.seq) } td { (stamp(lang, &line.at)) } td { (line.who) } td { (in_words(&line.action, lang)) } td { (line.subject) } td { (line.why) } td class="rows" { (in_words(&line.detail, lang)) }
            } } }
        } }))
    };
    Ok(Page::new(&visitor, "/journal", title).show(&content))
}

/// What the chain says in English, which stays as it was written, in the reader's language where it is one of these.
const IN_DUTCH: &[(&str, &str)] = &[
    ("read case", "zaak gelezen"),
    ("read cases", "zaken gelezen"),
    ("read plan", "plan gelezen"),
    ("export case", "zaak uitgegeven"),
    ("log in", "aangemeld"),
    ("log out", "afgemeld"),
    ("make account", "account gemaakt"),
    ("change account", "account gewijzigd"),
    ("change setting", "instelling gewijzigd"),
    ("take in", "ingelezen"),
    ("ask to plan", "berekening gevraagd"),
    ("stop run", "berekening gestopt"),
    ("make plan", "plan gemaakt"),
    ("report event", "gebeurtenis gemeld"),
    ("accept", "aanvaard"),
    ("accept in parts", "in delen aanvaard"),
    ("swap escorts", "begeleiders geruild"),
    ("undo", "ongedaan gemaakt"),
    ("propose", "voorgesteld"),
    ("approve", "goedgekeurd"),
    ("refuse", "teruggestuurd"),
    ("publish", "gepubliceerd"),
    ("give notice", "aangezegd"),
    ("take notice back", "aanzegging teruggenomen"),
    ("purge", "opgeschoond"),
    ("all", "alle"),
    ("events", "gebeurtenissen"),
    ("readiness", "gereedheid"),
    ("repair", "herstel"),
    ("rides", "ritten"),
    ("rosters", "roosters"),
    ("versions", "versies"),
    ("work list", "werklijst"),
];

fn in_words(written: &str, lang: Lang) -> &str {
    match IN_DUTCH.iter().find(|(english, _)| *english == written) {
        Some(&(_, dutch)) => lang.pick(written, dutch),
        None => written,
    }
}
