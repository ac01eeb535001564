//! What every page has around it: skip link, title, where one can go, language, who is logged in.

use super::parts::{form, href};
use crate::lang::Lang;
use crate::server::Service;
use crate::server::http::Visitor;
use crate::server::http::routes::may;
use crate::server::problem::Problem;
use crate::server::roles::Role;
use crate::server::store::weeks::WeekRow;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// A page before it has content.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) visitor: &'a Visitor,
    pub(super) title: String,
    /// The week it is about.
    pub(super) week: Option<&'a WeekRow>,
    /// The route that it is, as in the table of routes.
    pub(super) here: &'static str,
    /// Seconds after which it is loaded again where no script runs.
    pub(super) again: Option<u32>,
}

/// The pages of a week, in order.
const WEEK_PAGES: [(&str, &str, &str); 8] = [
    ("/weeks/{week}", "Week", "Week"),
    ("/weeks/{week}/work-list", "Work list", "Werklijst"),
    ("/weeks/{week}/escorts", "Escorts", "Begeleiding"),
    ("/weeks/{week}/transport", "Transport", "Vervoer"),
    ("/weeks/{week}/repair", "Repair", "Herstel"),
    ("/weeks/{week}/runs", "Runs", "Berekeningen"),
    ("/weeks/{week}/history", "Versions", "Versies"),
    ("/weeks/{week}/figures", "Figures", "Cijfers"),
];

/// The pages beside the weeks.
const PAGES: [(&str, &str, &str); 5] = [
    ("/weeks", "Weeks", "Weken"),
    ("/figures", "Figures over time", "Cijfers door de tijd"),
    ("/journal", "Journal", "Logboek"),
    ("/accounts", "Accounts", "Accounts"),
    ("/webhooks", "Webhooks", "Webhooks"),
];

impl<'a> Page<'a> {
    pub(super) fn new(visitor: &'a Visitor, here: &'static str, title: impl Into<String>) -> Self {
        Self { visitor, title: title.into(), week: None, here, again: None }
    }

    pub(super) fn of_week(
        visitor: &'a Visitor,
        here: &'static str,
        week: &'a WeekRow,
        title: impl Into<String>,
    ) -> Self {
        Self { week: Some(week), ..Self::new(visitor, here, title) }
    }

    fn roles(&self) -> &[Role] {
        self.visitor.caller.as_ref().map_or(&[], |caller| &caller.roles)
    }

    pub(super) fn show(&self, content: &Markup) -> Response {
        self.show_as(StatusCode::OK, content)
    }

    pub(super) fn show_as(&self, status: StatusCode, content: &Markup) -> Response {
        let markup = self.markup(content).into_string();
        (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], markup).into_response()
    }

    fn markup(&self, content: &Markup) -> Markup {
        let lang = self.visitor.lang;
        let title = match self.week {
            Some(week) => format!("{} · {}", self.title, week.id),
            None => self.title.clone(),
        };
        html! {
            (DOCTYPE)
            html lang=(lang.pick("en", "nl")) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (title) " · vertrek" }
                    link rel="stylesheet" href="/assets/theme.css";
                    link rel="stylesheet" href="/assets/board.css";
                    link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                    script src="/assets/board.js" defer {}
                    @if let Some(again) = self.again {
                        noscript { meta http-equiv="refresh" content=(again); }
                    }
                }
                body {
                    a class="skip" href="#content" { (lang.pick("Skip to content", "Naar de inhoud")) }
                    (self.head(lang))
                    @if self.visitor.caller.is_some() { (self.idle_warning(lang)) }
                    main id="content" tabindex="-1" { (content) }
                    footer class="foot" {
                        p { "vertrek " (env!("CARGO_PKG_VERSION")) " · " (lang.pick(
                            "the program proposes, a person decides", "het programma stelt voor, een mens beslist")) }
                    }
                }
            }
        }
    }

    fn head(&self, lang: Lang) -> Markup {
        let roles = self.roles();
        html! {
            header class="head" {
                div class="bar" {
                    a class="name" href="/" { "vertrek" }
                    @if !roles.is_empty() {
                        nav class="pages" aria-label=(lang.pick("Main", "Hoofdmenu")) {
                            ul { @for (path, en, nl) in PAGES {
                                @if may(roles, "GET", path) { li { (link(path, lang.pick(en, nl), self.here == path)) } }
                            } }
                        }
                    }
                    div class="who" {
                        (self.languages(lang))
                        @if let Some(caller) = &self.visitor.caller {
                            span class="account" { (caller.name) " " span class="quiet" {
                                "(" (caller.roles.iter().map(|role| role.name(lang)).collect::<Vec<_>>().join(", ")) ")"
                            } }
                            (form(self.visitor, "/logout", &html! {
                                button class="plain" type="submit" { (lang.pick("Log out", "Afmelden")) }
                            }))
                        }
                    }
                }
                @if let Some(week) = self.week {
                    nav class="pages week" aria-label=(lang.pick("This week", "Deze week")) {
                        span class="which" { (week.id) }
                        ul { @for (path, en, nl) in WEEK_PAGES {
                            @if may(roles, "GET", path) {
                                li { (link(&path.replace("{week}", &href(&week.id)), lang.pick(en, nl), self.here == path)) }
                            }
                        } }
                    }
                }
            }
        }
    }

    /// Shown by script some minutes before the session ends by itself.
    fn idle_warning(&self, lang: Lang) -> Markup {
        html! {
            div class="message care" id="idle" role="alert" data-minutes=(self.visitor.idle_minutes) hidden {
                p {
                    (lang.pick("Your session ends in five minutes if nothing happens.", "Uw sessie eindigt over vijf minuten als er niets gebeurt.")) " "
                    a href=(self.visitor.path) { (lang.pick("Stay logged in", "Blijf aangemeld")) }
                }
            }
        }
    }

    /// The same page in the other language.
    fn languages(&self, lang: Lang) -> Markup {
        let (path, query) = self.visitor.path.split_once('?').unwrap_or((&self.visitor.path, ""));
        let rest: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("lang=") && !pair.starts_with("said="))
            .collect();
        let to = |code: &str| {
            let mut pairs = rest.clone();
            let chosen = format!("lang={code}");
            pairs.push(&chosen);
            format!("{path}?{}", pairs.join("&"))
        };
        match lang {
            Lang::En => html! { a lang="nl" hreflang="nl" href=(to("nl")) { "Nederlands" } },
            Lang::Nl => html! { a lang="en" hreflang="en" href=(to("en")) { "English" } },
        }
    }
}

fn link(path: &str, name: &str, here: bool) -> Markup {
    html! {
        @if here { a href=(path) aria-current="page" { (name) } } @else { a href=(path) { (name) } }
    }
}

/// Makes a page on a thread that may take its time. No more are made at once than there are processors: one after the other they
/// are all there sooner than each beside all others.
pub(super) async fn drawn<T: Send + 'static>(
    service: &Service,
    draw: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let _place = service.drawing.acquire().await.map_err(Problem::inside)?;
    tokio::task::spawn_blocking(draw).await.map_err(Problem::inside)
}

/// A problem as a page: what is wrong, field by field, and the way back.
pub(crate) fn problem_page(problem: &Problem, visitor: Option<Visitor>, lang: Lang) -> Response {
    let (form_token, path, sent) = (String::new(), "/".to_owned(), Vec::new());
    let nobody = Visitor { lang, caller: None, form_token, path, sent, idle_minutes: 0 };
    let visitor = visitor.unwrap_or(nobody);
    let title = match problem.status {
        404 => lang.pick("Not found", "Niet gevonden"),
        409 => lang.pick("Not done: something is newer", "Niet gedaan: er is iets nieuwers"),
        401 | 403 => lang.pick("Not allowed", "Niet toegestaan"),
        500.. => lang.pick("Something went wrong", "Er ging iets mis"),
        _ => lang.pick("Not done", "Niet gedaan"),
    };
    let content = html! {
        h1 { (title) }
        div class="message wrong" role="alert" {
            p { (problem.what.in_lang(lang)) "." }
            @if !problem.fields.is_empty() {
                ul { @for (field, what) in &problem.fields { li { strong { (field) } ": " (what.in_lang(lang)) } } }
            }
        }
        @if !visitor.sent.is_empty() {
            h2 { (lang.pick("What you sent", "Wat u verstuurde")) }
            p class="quiet" {
                @if problem.status < 500 { (lang.pick("Nothing of it was done.", "Er is niets van gedaan.")) " " }
                (lang.pick("You can copy it from here.", "U kunt het hiervandaan overnemen."))
            }
            dl class="sent" { @for (name, value) in &visitor.sent { div { dt { (name) } dd { (value) } } } }
        }
        p { a href=(back(&visitor.path)) { (lang.pick("Back", "Terug")) } " · " a href="/" { (lang.pick("Start", "Begin")) } }
    };
    Page::new(&visitor, "", title).show_as(problem.status(), &content)
}

/// The page that the steps of a week's life are taken from.
fn back(path: &str) -> String {
    let path = path.split('?').next().unwrap_or("/");
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "weeks", week, "repair", ..] => format!("/weeks/{week}/repair"),
        ["", "weeks", week, "runs", ..] => format!("/weeks/{week}/runs"),
        ["", "weeks", week, ..] => format!("/weeks/{week}"),
        ["", "accounts", ..] => "/accounts".to_owned(),
        _ => "/".to_owned(),
    }
}
