//! Every route, and who may take it. The router, the guard, the pages' links and the OpenAPI document all read this table.

use super::route::{Open, Route, large, reads, to};
use crate::server::api;
use crate::server::board;
use crate::server::roles::Role;
use axum::routing::{delete, get, post};

const EVERYONE: Open = Open::Roles(&Role::ALL);
const WEEKS: Open = Open::Roles(&[
    Role::Planner,
    Role::Approver,
    Role::EscortCoordinator,
    Role::TransportCoordinator,
    Role::Gatekeeper,
    Role::Auditor,
]);
/// Who sees cases.
const CASES: Open = Open::Roles(&[Role::Planner, Role::Approver, Role::Gatekeeper, Role::Auditor]);
const PLANS: Open = Open::Roles(&[Role::Planner, Role::Approver, Role::Auditor]);
const ESCORTS: Open = Open::Roles(&[Role::Planner, Role::Approver, Role::EscortCoordinator, Role::Auditor]);
const TRANSPORT: Open = Open::Roles(&[Role::Planner, Role::Approver, Role::TransportCoordinator, Role::Auditor]);
const REPORTS: Open =
    Open::Roles(&[Role::Planner, Role::EscortCoordinator, Role::TransportCoordinator, Role::Gatekeeper]);
/// Who may take out everything about one case.
const RECORDS: Open = Open::Roles(&[Role::Planner, Role::Auditor]);
/// Who tells people, or hears that they were told.
const NOTICES: Open = Open::Roles(&[Role::Planner, Role::Gatekeeper]);
const SWAPS: Open = Open::Roles(&[Role::Planner, Role::EscortCoordinator]);
const PLANNER: Open = Open::Roles(&[Role::Planner]);
const APPROVER: Open = Open::Roles(&[Role::Approver]);
const REFUSERS: Open = Open::Roles(&[Role::Planner, Role::Approver]);
const AUDITOR: Open = Open::Roles(&[Role::Auditor]);
const ACCOUNTS: Open = Open::Roles(&[Role::Admin, Role::Auditor]);
const ADMIN: Open = Open::Roles(&[Role::Admin]);

/// The table.
pub(crate) static ROUTES: &[Route] = &[
    // Without login: nothing but these.
    to("GET", "/health", Open::Anyone, || get(api::service::health), "Whether the service answers"),
    to("GET", "/assets/{file}", Open::Anyone, || get(board::assets::asset), "Style and script of the pages"),
    to("GET", "/login", Open::Anyone, || get(board::login::page), "Log in"),
    to("POST", "/login", Open::Anyone, || post(board::login::log_in), "Log in"),
    to("GET", "/login/organisation", Open::Anyone, || get(board::federation::go), "To the identity provider"),
    to("GET", "/login/callback", Open::Anyone, || get(board::federation::back), "Back from the identity provider"),
    to("GET", "/login/keys", Open::Anyone, || get(board::federation::keys), "Keys of this client, for the provider"),
    to("POST", "/first-account", Open::Anyone, || post(board::login::first_account), "Make the first account"),
    to("GET", "/api/v1/openapi.json", Open::Anyone, || get(api::openapi::document), "This document"),
    to(
        "POST",
        "/api/v1/sessions",
        Open::Anyone,
        || post(api::service::log_in),
        "Log in: name and password for a bearer token",
    ),
    // Whoever is logged in.
    to("GET", "/", EVERYONE, || get(board::start::page), "Where to begin"),
    to("POST", "/logout", EVERYONE, || post(board::login::log_out), "Log out"),
    to("GET", "/api/v1/sessions/present", EVERYONE, || get(api::service::me), "Who the caller is"),
    to("DELETE", "/api/v1/sessions/present", EVERYONE, || delete(api::service::log_out), "Log out"),
    // Pages.
    to("GET", "/weeks", WEEKS, || get(board::weeks::page), "All weeks"),
    large(to("POST", "/weeks", PLANNER, || post(board::weeks::take_in), "Take a week in")),
    reads("read cases", "week", to("GET", "/weeks/{week}", CASES, || get(board::week::page), "A week")),
    reads("read case", "", to("GET", "/weeks/{week}/cases/{case}", CASES, || get(board::case::page), "A case")),
    reads(
        "read cases",
        "rosters",
        to("GET", "/weeks/{week}/escorts", ESCORTS, || get(board::escorts::page), "Escorts"),
    ),
    reads(
        "read cases",
        "rosters",
        to("GET", "/weeks/{week}/escorts/swap", ESCORTS, || get(board::swap::page), "Another escort on a duty"),
    ),
    to("POST", "/weeks/{week}/escorts/swap", SWAPS, || post(board::swap::swap), "Another escort on a duty"),
    reads(
        "read cases",
        "rides",
        to("GET", "/weeks/{week}/transport", TRANSPORT, || get(board::transport::page), "Transport"),
    ),
    reads(
        "read cases",
        "work list",
        to("GET", "/weeks/{week}/work-list", CASES, || get(board::work_list::page), "Work list"),
    ),
    reads(
        "read cases",
        "events",
        to("GET", "/weeks/{week}/repair", WEEKS, || get(board::repair::page), "Events and repair"),
    ),
    to("POST", "/weeks/{week}/repair", REPORTS, || post(board::repair::report), "Report an event"),
    reads(
        "read cases",
        "repair",
        to("GET", "/weeks/{week}/repair/{run}", PLANS, || get(board::repair::proposal), "A proposed repair"),
    ),
    to("POST", "/weeks/{week}/repair/{run}/parts", PLANNER, || post(board::choice::accept), "Accept parts of a repair"),
    to("POST", "/weeks/{week}/notices", NOTICES, || post(board::notices::give), "Mark a notice as given"),
    to(
        "POST",
        "/weeks/{week}/notices/{case}/withdraw",
        NOTICES,
        || post(board::notices::take_back),
        "Take such a mark back",
    ),
    to("GET", "/weeks/{week}/runs", PLANS, || get(board::runs::page), "Runs"),
    to("POST", "/weeks/{week}/runs", PLANNER, || post(board::runs::ask), "Ask for a run"),
    to("POST", "/weeks/{week}/runs/{run}/stop", PLANNER, || post(board::runs::stop), "Stop a run"),
    reads(
        "read cases",
        "versions",
        to("GET", "/weeks/{week}/history", PLANS, || get(board::history::page), "Versions and history"),
    ),
    to("GET", "/weeks/{week}/figures", PLANS, || get(board::figures::page), "Figures"),
    large(to("POST", "/weeks/{week}/folder", PLANNER, || post(board::weeks::new_folder), "A new folder")),
    to("POST", "/weeks/{week}/propose", PLANNER, || post(board::life::propose), "Propose"),
    to("POST", "/weeks/{week}/approve", APPROVER, || post(board::life::approve), "Approve"),
    to("POST", "/weeks/{week}/refuse", REFUSERS, || post(board::life::refuse), "Refuse"),
    to("POST", "/weeks/{week}/publish", PLANNER, || post(board::life::publish), "Publish"),
    to("POST", "/weeks/{week}/undo", PLANNER, || post(board::life::undo), "Undo"),
    to("POST", "/weeks/{week}/accept/{plan}", PLANNER, || post(board::life::accept), "Accept a version"),
    to("GET", "/figures", PLANS, || get(board::over_time::page), "Figures over time"),
    to("GET", "/webhooks", ACCOUNTS, || get(board::webhooks::page), "Webhooks"),
    to("POST", "/webhooks", ADMIN, || post(board::webhooks::make), "Add a webhook"),
    to("POST", "/webhooks/{hook}/remove", ADMIN, || post(board::webhooks::remove), "Remove a webhook"),
    to("GET", "/journal", AUDITOR, || get(board::journal::page), "Journal"),
    to("GET", "/accounts", ACCOUNTS, || get(board::accounts::page), "Accounts"),
    to("POST", "/accounts", ADMIN, || post(board::accounts::make), "Make an account"),
    to("POST", "/accounts/{name}", ADMIN, || post(board::accounts::change), "Change an account"),
    to("POST", "/settings", ADMIN, || post(board::accounts::settings), "Change a setting"),
    // API.
    to("GET", "/api/v1/weeks", WEEKS, || get(api::weeks::list), "All weeks"),
    large(to(
        "POST",
        "/api/v1/weeks",
        PLANNER,
        || post(api::weeks::take_in),
        "Take a week in: `files` holds the text of each file by name",
    )),
    to("GET", "/api/v1/weeks/{week}", WEEKS, || get(api::weeks::one), "A week, with the version that writes must name"),
    large(to(
        "POST",
        "/api/v1/weeks/{week}/folders",
        PLANNER,
        || post(api::weeks::new_folder),
        "Take a new version of the folder in",
    )),
    reads(
        "read cases",
        "all",
        to(
            "GET",
            "/api/v1/weeks/{week}/cases",
            CASES,
            || get(api::cases::list),
            "Every case, with its departure or why it has none",
        ),
    ),
    reads(
        "read case",
        "",
        to(
            "GET",
            "/api/v1/weeks/{week}/cases/{case}",
            CASES,
            || get(api::cases::one),
            "A case: gates, departure, explanation",
        ),
    ),
    reads(
        "export case",
        "",
        to(
            "GET",
            "/api/v1/weeks/{week}/cases/{case}/record",
            RECORDS,
            || get(api::record::record),
            "What is kept about a case: its rows, the events reported about it, its departures in every version, who opened it",
        ),
    ),
    reads(
        "read cases",
        "work list",
        to(
            "GET",
            "/api/v1/weeks/{week}/work-list",
            CASES,
            || get(api::cases::work_list),
            "Closed gates by who can open them",
        ),
    ),
    reads(
        "read cases",
        "readiness",
        to(
            "GET",
            "/api/v1/weeks/{week}/readiness",
            CASES,
            || get(api::cases::readiness),
            "What planned departures still need 48 hours ahead",
        ),
    ),
    reads(
        "read cases",
        "versions",
        to("GET", "/api/v1/weeks/{week}/plans", PLANS, || get(api::plans::list), "The versions of the plan"),
    ),
    reads(
        "read plan",
        "plan {plan}",
        to("GET", "/api/v1/weeks/{week}/plans/{plan}", PLANS, || get(api::plans::one), "A version as plan.json"),
    ),
    reads(
        "read plan",
        "changes of plan {plan}",
        to(
            "GET",
            "/api/v1/weeks/{week}/plans/{plan}/changes",
            PLANS,
            || get(api::plans::changes),
            "What a repair changed",
        ),
    ),
    reads(
        "read plan",
        "verdict on plan {plan}",
        to(
            "GET",
            "/api/v1/weeks/{week}/plans/{plan}/verdict",
            PLANS,
            || get(api::plans::verdict),
            "What the checker says of a version",
        ),
    ),
    to("GET", "/api/v1/weeks/{week}/runs", PLANS, || get(api::runs::list), "Runs of the optimiser"),
    to("POST", "/api/v1/weeks/{week}/runs", PLANNER, || post(api::runs::ask), "Queue a run"),
    to("GET", "/api/v1/weeks/{week}/runs/{run}", PLANS, || get(api::runs::one), "A run: state, incumbent, bound, gap"),
    to(
        "GET",
        "/api/v1/weeks/{week}/runs/{run}/progress",
        PLANS,
        || get(api::runs::progress),
        "A run as server-sent events, until it ends",
    ),
    to(
        "POST",
        "/api/v1/weeks/{week}/runs/{run}/stop-requests",
        PLANNER,
        || post(api::runs::stop),
        "Stop a run and take the best",
    ),
    to(
        "POST",
        "/api/v1/weeks/{week}/runs/{run}/partial-acceptances",
        PLANNER,
        || post(api::runs::accept_parts),
        "Take some parts of a proposed repair and hold the rest; queues a repair",
    ),
    reads(
        "read cases",
        "notices",
        to("GET", "/api/v1/weeks/{week}/notices", CASES, || get(api::notices::list), "Notices that were given"),
    ),
    to("POST", "/api/v1/weeks/{week}/notices", NOTICES, || post(api::notices::give), "Mark a notice as given"),
    to(
        "POST",
        "/api/v1/weeks/{week}/notices/{case}/withdrawals",
        NOTICES,
        || post(api::notices::take_back),
        "Take such a mark back",
    ),
    to("POST", "/api/v1/weeks/{week}/events", REPORTS, || post(api::runs::report), "Report an event; queues a repair"),
    to(
        "POST",
        "/api/v1/weeks/{week}/swaps",
        SWAPS,
        || post(api::life::swap),
        "Another escort on a flight (legs joined by +) or a fixed duty, when no rule is broken by it",
    ),
    to("POST", "/api/v1/weeks/{week}/proposals", PLANNER, || post(api::life::propose), "Propose the present plan"),
    to("POST", "/api/v1/weeks/{week}/approvals", APPROVER, || post(api::life::approve), "Approve what is proposed"),
    to("POST", "/api/v1/weeks/{week}/refusals", REFUSERS, || post(api::life::refuse), "Send it back to draft"),
    to("POST", "/api/v1/weeks/{week}/publications", PLANNER, || post(api::life::publish), "Publish what is approved"),
    to("GET", "/api/v1/weeks/{week}/publications", WEEKS, || get(api::plans::publications), "What was published when"),
    to("POST", "/api/v1/weeks/{week}/reversals", PLANNER, || post(api::life::undo), "Go back to the version before"),
    to(
        "POST",
        "/api/v1/weeks/{week}/acceptances",
        PLANNER,
        || post(api::life::accept),
        "Make a version the present one",
    ),
    reads(
        "read cases",
        "{file}",
        to(
            "GET",
            "/api/v1/weeks/{week}/roster-products/{file}",
            ESCORTS,
            || get(api::products::roster),
            "Published rosters: rosters.csv, rosters.txt",
        ),
    ),
    reads(
        "read cases",
        "{file}",
        to(
            "GET",
            "/api/v1/weeks/{week}/run-sheet-products/{file}",
            TRANSPORT,
            || get(api::products::run_sheet),
            "Published run sheets: runsheets.csv, runsheets.txt",
        ),
    ),
    reads(
        "read cases",
        "{file}",
        to(
            "GET",
            "/api/v1/weeks/{week}/notice-products/{file}",
            CASES,
            || get(api::products::notice),
            "Published notices: notices.csv, notices.txt, notices.ics",
        ),
    ),
    reads(
        "read cases",
        "calendar of {escort}",
        to(
            "GET",
            "/api/v1/weeks/{week}/escorts/{escort}/calendar",
            ESCORTS,
            || get(api::products::escort),
            "Calendar of an escort, as published",
        ),
    ),
    reads(
        "read cases",
        "calendar of {shift}",
        to(
            "GET",
            "/api/v1/weeks/{week}/shifts/{shift}/calendar",
            TRANSPORT,
            || get(api::products::shift),
            "Calendar of a vehicle's shift, as published",
        ),
    ),
    to(
        "GET",
        "/api/v1/figure-products/{file}",
        PLANS,
        || get(api::figures::file),
        "Figures over time: by-week.csv, by-month.csv, by-year.csv, happened-by-month.csv, happened-by-year.csv, cohorts.csv",
    ),
    to("GET", "/api/v1/webhooks", ACCOUNTS, || get(api::webhooks::list), "Where changes of weeks are told"),
    to("POST", "/api/v1/webhooks", ADMIN, || post(api::webhooks::make), "Add an address; tells its secret this once"),
    to("DELETE", "/api/v1/webhooks/{hook}", ADMIN, || delete(api::webhooks::remove), "Remove an address"),
    to(
        "GET",
        "/api/v1/webhooks/{hook}/deliveries",
        ACCOUNTS,
        || get(api::webhooks::deliveries),
        "What was told there, and what came of it",
    ),
    to("GET", "/api/v1/journal-lines", AUDITOR, || get(api::service::journal), "The latest lines of the journal"),
    to("GET", "/api/v1/journal-verdict", AUDITOR, || get(api::service::verdict), "Whether the journal is whole"),
    to(
        "GET",
        "/api/v1/metrics",
        ACCOUNTS,
        || get(api::service::metrics),
        "Runs, sessions and lines as figures for a monitor",
    ),
    to("GET", "/api/v1/accounts", ACCOUNTS, || get(api::accounts::list), "All accounts"),
    to("POST", "/api/v1/accounts", ADMIN, || post(api::accounts::make), "Make an account"),
    to("PATCH", "/api/v1/accounts/{name}", ADMIN, || axum::routing::patch(api::accounts::change), "Change an account"),
    to("PATCH", "/api/v1/settings", ADMIN, || axum::routing::patch(api::accounts::settings), "Change a setting"),
];

/// Whether a caller with these roles may take a route; for pages that show only what can be done.
pub(crate) fn may(roles: &[Role], method: &str, path: &str) -> bool {
    let route = ROUTES.iter().find(|route| route.method == method && route.path == path);
    route.is_some_and(|route| match route.open {
        Open::Anyone => true,
        Open::Roles(open) => roles.iter().any(|role| open.contains(role)),
    })
}
