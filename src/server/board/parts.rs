//! Small parts that pages are made of.

use crate::lang::Lang;
use crate::plan::Causes;
use crate::publish::format;
use crate::publish::words;
use crate::server::clock::moment;
use crate::server::http::Visitor;
use crate::server::store::weeks::State;
use maud::{Markup, html};

/// A part of a path.
pub(super) fn href(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A form that carries what shows it is ours.
pub(super) fn form(visitor: &Visitor, action: &str, content: &Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name="form_token" value=(visitor.form_token);
            (content)
        }
    }
}

/// A form about a week: it also carries the version that was seen.
pub(super) fn week_form(visitor: &Visitor, action: &str, version: i64, content: &Markup) -> Markup {
    form(visitor, action, &html! { input type="hidden" name="version" value=(version); (content) })
}

/// A labelled field.
pub(super) fn field(id: &str, label: &str, hint: &str, input: &Markup) -> Markup {
    html! {
        div class="field" {
            label for=(id) { (label) }
            @if !hint.is_empty() { p class="hint" id=(format!("{id}-hint")) { (hint) } }
            (input)
        }
    }
}

/// A wide table that scrolls by itself, and by keyboard.
pub(super) fn scroll(label: &str, table: &Markup) -> Markup {
    html! { div class="scroll" role="region" aria-label=(label) tabindex="0" { (table) } }
}

/// A stored moment as shown.
pub(super) fn stamp(lang: Lang, stamp: &str) -> String {
    moment(stamp).map_or(String::new(), |at| format::moment(lang, at))
}

/// The state of a week in words.
pub(super) fn state(lang: Lang, state: State) -> &'static str {
    match state {
        State::Draft => lang.pick("draft", "concept"),
        State::Proposed => lang.pick("proposed", "voorgesteld"),
        State::Approved => lang.pick("approved", "goedgekeurd"),
        State::Published => lang.pick("published", "gepubliceerd"),
    }
}

/// A word in a box, its meaning never by colour alone.
pub(super) fn badge(kind: &str, text: &str) -> Markup {
    html! { span class=(format!("badge {kind}")) { (text) } }
}

/// The chance that a departure goes through, and the causes why it may not, as a bar and in words.
pub(super) fn chance(lang: Lang, p: f64, causes: &Causes) -> Markup {
    let parts = words::causes(lang, causes);
    let shown: Vec<String> = parts
        .iter()
        .filter(|(_, share)| share.get() >= 0.005)
        .map(|(name, share)| format!("{name} {}", format::percent(lang, share.get(), 0)))
        .collect();
    let mut x = p * 100.0;
    let bars: Vec<(usize, f64, f64)> = parts
        .iter()
        .enumerate()
        .map(|(at, (_, share))| {
            let bar = (at, x, share.get() * 100.0);
            x += bar.2;
            bar
        })
        .collect();
    html! {
        div class="chance" {
            strong { (format::percent(lang, p, 0)) }
            svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                rect class="go" x="0" y="0" height="8" width=(format!("{:.2}", p * 100.0)) {}
                @for (at, x, width) in bars {
                    rect class=(format!("cause{at}")) x=(format!("{x:.2}")) y="0" height="8" width=(format!("{width:.2}")) {}
                }
            }
            @if !shown.is_empty() { span class="causes" { (shown.join(", ")) } }
        }
    }
}

/// A figure with its name.
pub(super) fn figure(name: &str, value: &str, note: &str) -> Markup {
    html! {
        div class="figure" { dt { (name) } dd { strong { (value) } @if !note.is_empty() { span class="note" { (note) } } } }
    }
}

/// What was just done, by its word in the address.
pub(super) fn said(visitor: &Visitor) -> Markup {
    let lang = visitor.lang;
    let query = visitor.path.split_once('?').map_or("", |(_, query)| query);
    let word = query.split('&').find_map(|pair| pair.strip_prefix("said=")).unwrap_or_default();
    let text = match word {
        "taken-in" => lang.pick("The week is taken in. Plan it now.", "De week is ingelezen. Plan haar nu."),
        "new-folder" => lang.pick(
            "The new folder is taken in. Plan or repair anew.",
            "De nieuwe map is ingelezen. Plan of herstel opnieuw.",
        ),
        "proposed" => {
            lang.pick("Proposed. An approver can approve it now.", "Voorgesteld. Een goedkeurder kan nu goedkeuren.")
        }
        "approved" => lang.pick("Approved. It can be published now.", "Goedgekeurd. Publiceren kan nu."),
        "refused" => lang.pick("Sent back to draft.", "Terug naar concept."),
        "published" => lang.pick(
            "Published. Rosters, run sheets and notices are those of this plan now.",
            "Gepubliceerd. Roosters, ritbladen en aanzeggingen zijn nu die van dit plan.",
        ),
        "undone" => lang.pick("The version before is the present one again.", "De vorige versie is weer de huidige."),
        "undone-without-events" | "accepted-without-events" => lang.pick(
            "This version is the present one now. Events were reported that it does not know: plan on another one, or report them again if they still hold.",
            "Deze versie is nu de huidige. Er zijn gebeurtenissen gemeld die zij niet kent: ga verder op een andere, of meld ze opnieuw als ze nog gelden.",
        ),
        "accepted" => lang.pick(
            "Accepted: this is the present plan now, as a draft.",
            "Aanvaard: dit is nu het huidige plan, als concept.",
        ),
        "stopping" => lang.pick(
            "The run stops and keeps the best plan so far.",
            "De berekening stopt en houdt het beste plan tot nu toe.",
        ),
        "reported" => lang.pick(
            "Reported. A planner sees what it does to the plan.",
            "Gemeld. Een planner ziet wat het met het plan doet.",
        ),
        "swapped" => lang.pick(
            "Changed: the plan is a draft again, to be proposed and published.",
            "Gewijzigd: het plan is weer een concept, om voor te stellen en te publiceren.",
        ),
        "given" => lang.pick(
            "Marked: the case is told, and every later plan counts with it.",
            "Gemarkeerd: de zaak is aangezegd, en elk later plan rekent daarmee.",
        ),
        "taken-back" => lang.pick("Taken back.", "Teruggenomen."),
        "freed" => lang.pick(
            "Taken back: plans made from now on are free of it.",
            "Teruggenomen: plannen van nu af zijn er vrij van.",
        ),
        "made" => lang.pick("Made.", "Gemaakt."),
        "changed" => lang.pick("Changed.", "Gewijzigd."),
        _ => return html! {},
    };
    html! { div class="message fine" role="status" { p { (text) } } }
}
