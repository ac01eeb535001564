//! Every route × every role. The table here is written by hand from what each role is for, not from the program's own.

use super::house::{House, folder, on_every_store};
use super::http::send;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const ROLES: [(&str, char); 7] = [
    ("planner", 'p'),
    ("approver", 'a'),
    ("escort-coordinator", 'e'),
    ("transport-coordinator", 't'),
    ("gatekeeper", 'g'),
    ("auditor", 'u'),
    ("admin", 'm'),
];

/// Method, path, who may: a letter a role, `*` whoever is logged in, `-` anybody at all; and what the journal says that it reads of
/// cases: what was done, and of what.
pub(crate) const TABLE: &[(&str, &str, &str, &str)] = &[
    ("GET", "/health", "-", ""),
    ("GET", "/assets/{file}", "-", ""),
    ("GET", "/login", "-", ""),
    ("POST", "/login", "-", ""),
    ("GET", "/login/organisation", "-", ""),
    ("GET", "/login/callback", "-", ""),
    ("GET", "/login/keys", "-", ""),
    ("POST", "/first-account", "-", ""),
    ("GET", "/api/v1/openapi.json", "-", ""),
    ("POST", "/api/v1/sessions", "-", ""),
    ("GET", "/", "*", ""),
    ("POST", "/logout", "*", ""),
    ("GET", "/api/v1/sessions/present", "*", ""),
    ("DELETE", "/api/v1/sessions/present", "*", ""),
    ("GET", "/weeks", "paetgu", ""),
    ("POST", "/weeks", "p", ""),
    ("GET", "/weeks/{week}", "pagu", "read cases: week"),
    ("GET", "/weeks/{week}/cases/{case}", "pagu", "read case"),
    ("GET", "/weeks/{week}/cases/{case}/pin", "p", "read case"),
    ("POST", "/weeks/{week}/pins", "p", ""),
    ("POST", "/weeks/{week}/pins/{case}/withdraw", "p", ""),
    ("GET", "/weeks/{week}/escorts", "paeu", "read cases: rosters"),
    ("GET", "/weeks/{week}/escorts/swap", "paeu", "read cases: rosters"),
    ("POST", "/weeks/{week}/escorts/swap", "pe", ""),
    ("GET", "/weeks/{week}/transport", "patu", "read cases: rides"),
    ("GET", "/weeks/{week}/work-list", "pagu", "read cases: work list"),
    ("GET", "/weeks/{week}/repair", "paetgu", "read cases: events"),
    ("POST", "/weeks/{week}/repair", "petg", ""),
    ("GET", "/weeks/{week}/repair/{run}", "pau", "read cases: repair"),
    ("POST", "/weeks/{week}/repair/{run}/parts", "p", ""),
    ("POST", "/weeks/{week}/notices", "pg", ""),
    ("POST", "/weeks/{week}/notices/{case}/withdraw", "pg", ""),
    ("GET", "/weeks/{week}/runs", "pau", ""),
    ("POST", "/weeks/{week}/runs", "p", ""),
    ("POST", "/weeks/{week}/runs/{run}/stop", "p", ""),
    ("GET", "/weeks/{week}/history", "pau", "read cases: versions"),
    ("GET", "/weeks/{week}/figures", "pau", ""),
    ("POST", "/weeks/{week}/folder", "p", ""),
    ("POST", "/weeks/{week}/propose", "p", ""),
    ("POST", "/weeks/{week}/approve", "a", ""),
    ("POST", "/weeks/{week}/refuse", "pa", ""),
    ("POST", "/weeks/{week}/publish", "p", ""),
    ("POST", "/weeks/{week}/undo", "p", ""),
    ("POST", "/weeks/{week}/accept/{plan}", "p", ""),
    ("GET", "/figures", "pau", ""),
    ("GET", "/webhooks", "um", ""),
    ("POST", "/webhooks", "m", ""),
    ("POST", "/webhooks/{hook}/remove", "m", ""),
    ("GET", "/journal", "u", ""),
    ("GET", "/accounts", "um", ""),
    ("POST", "/accounts", "m", ""),
    ("POST", "/accounts/{name}", "m", ""),
    ("POST", "/settings", "m", ""),
    ("GET", "/api/v1/weeks", "paetgu", ""),
    ("POST", "/api/v1/weeks", "p", ""),
    ("GET", "/api/v1/weeks/{week}", "paetgu", ""),
    ("POST", "/api/v1/weeks/{week}/folders", "p", ""),
    ("GET", "/api/v1/weeks/{week}/cases", "pagu", "read cases: all"),
    ("GET", "/api/v1/weeks/{week}/cases/{case}", "pagu", "read case"),
    ("GET", "/api/v1/weeks/{week}/cases/{case}/record", "pu", "export case"),
    ("GET", "/api/v1/weeks/{week}/work-list", "pagu", "read cases: work list"),
    ("GET", "/api/v1/weeks/{week}/readiness", "pagu", "read cases: readiness"),
    ("GET", "/api/v1/weeks/{week}/plans", "pau", "read cases: versions"),
    ("GET", "/api/v1/weeks/{week}/plans/{plan}", "pau", "read plan: plan {plan}"),
    ("GET", "/api/v1/weeks/{week}/plans/{plan}/changes", "pau", "read plan: changes of plan {plan}"),
    ("GET", "/api/v1/weeks/{week}/plans/{plan}/verdict", "pau", "read plan: verdict on plan {plan}"),
    ("GET", "/api/v1/weeks/{week}/runs", "pau", ""),
    ("POST", "/api/v1/weeks/{week}/runs", "p", ""),
    ("GET", "/api/v1/weeks/{week}/runs/{run}", "pau", ""),
    ("GET", "/api/v1/weeks/{week}/runs/{run}/progress", "pau", ""),
    ("POST", "/api/v1/weeks/{week}/runs/{run}/stop-requests", "p", ""),
    ("POST", "/api/v1/weeks/{week}/runs/{run}/partial-acceptances", "p", ""),
    ("GET", "/api/v1/weeks/{week}/notices", "pagu", "read cases: notices"),
    ("POST", "/api/v1/weeks/{week}/notices", "pg", ""),
    ("POST", "/api/v1/weeks/{week}/notices/{case}/withdrawals", "pg", ""),
    ("GET", "/api/v1/weeks/{week}/pins", "pagu", "read cases: pins"),
    ("POST", "/api/v1/weeks/{week}/pins", "p", ""),
    ("POST", "/api/v1/weeks/{week}/pins/{case}/withdrawals", "p", ""),
    ("POST", "/api/v1/weeks/{week}/events", "petg", ""),
    ("POST", "/api/v1/weeks/{week}/swaps", "pe", ""),
    ("POST", "/api/v1/weeks/{week}/proposals", "p", ""),
    ("POST", "/api/v1/weeks/{week}/approvals", "a", ""),
    ("POST", "/api/v1/weeks/{week}/refusals", "pa", ""),
    ("POST", "/api/v1/weeks/{week}/publications", "p", ""),
    ("GET", "/api/v1/weeks/{week}/publications", "paetgu", ""),
    ("POST", "/api/v1/weeks/{week}/reversals", "p", ""),
    ("POST", "/api/v1/weeks/{week}/acceptances", "p", ""),
    ("GET", "/api/v1/weeks/{week}/roster-products/{file}", "paeu", "read cases: {file}"),
    ("GET", "/api/v1/weeks/{week}/run-sheet-products/{file}", "patu", "read cases: {file}"),
    ("GET", "/api/v1/weeks/{week}/notice-products/{file}", "pagu", "read cases: {file}"),
    ("GET", "/api/v1/weeks/{week}/escorts/{escort}/calendar", "paeu", "read cases: calendar of {escort}"),
    ("GET", "/api/v1/weeks/{week}/shifts/{shift}/calendar", "patu", "read cases: calendar of {shift}"),
    ("GET", "/api/v1/figure-products/{file}", "pau", ""),
    ("GET", "/api/v1/webhooks", "um", ""),
    ("POST", "/api/v1/webhooks", "m", ""),
    ("DELETE", "/api/v1/webhooks/{hook}", "m", ""),
    ("GET", "/api/v1/webhooks/{hook}/deliveries", "um", ""),
    ("GET", "/api/v1/journal-lines", "u", ""),
    ("GET", "/api/v1/journal-verdict", "u", ""),
    ("GET", "/api/v1/metrics", "um", ""),
    ("GET", "/api/v1/accounts", "um", ""),
    ("POST", "/api/v1/accounts", "m", ""),
    ("PATCH", "/api/v1/accounts/{name}", "m", ""),
    ("PATCH", "/api/v1/settings", "m", ""),
];

fn address(path: &str, week: &str) -> String {
    let parts = [
        ("{week}", week),
        ("{case}", "C1"),
        ("{run}", "none"),
        ("{plan}", "1"),
        ("{name}", "nobody"),
        ("{file}", "board.css"),
        ("{escort}", "none"),
        ("{shift}", "none"),
        ("{hook}", "none"),
    ];
    parts.iter().fold(path.to_owned(), |path, (part, value)| path.replace(part, value))
}

/// Asks with a session in the way that routes of its kind are asked; a write has no fields, so that it does nothing.
fn ask(house: &House, method: &str, path: &str, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    send(house.address, method, path, &headers, b"").status
}

#[test]
fn every_route_is_open_to_its_roles_and_to_no_other() {
    on_every_store(|house| {
        let week = house.planned_week();
        let mut wrong = Vec::new();
        for (method, path, who, _) in TABLE {
            for (role, letter) in ROLES {
                let token = house.person(role).token;
                let status = ask(house, method, &address(path, &week), &token);
                let may = *who == "-" || *who == "*" || who.contains(letter);
                if (status != 403 && status != 401) != may || status >= 500 {
                    wrong.push(format!("{role} {method} {path}: {status}"));
                }
                if path.contains("sessions/present") && *method == "DELETE" || *path == "/logout" {
                    house.renew(role);
                }
            }
            let nobody = send(house.address, method, &address(path, &week), &[], b"");
            let page = !path.starts_with("/api/") && *path != "/health";
            let refused = nobody.status == 401
                || (page
                    && nobody.status == 303
                    && nobody.header("location").is_some_and(|to| to.starts_with("/login")));
            if refused != (*who != "-") {
                wrong.push(format!("nobody {method} {path}: {}", nobody.status));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    });
}

#[test]
fn every_read_of_a_case_is_in_the_journal_and_nothing_else_is_as_one() {
    on_every_store(|house| {
        let week = house.planned_week();
        let auditor = house.person("auditor");
        let read = || {
            let lines = auditor.get("/api/v1/journal-lines?limit=1000").expect(200).json();
            let lines = lines["lines"].as_array().unwrap().iter().rev();
            let read = |line: &&Value| {
                ["read", "export"].iter().any(|word| line["action"].as_str().unwrap().starts_with(word))
            };
            let said = |line: &Value| {
                ["who", "action", "subject", "detail"].map(|name| line[name].as_str().unwrap().to_owned())
            };
            lines.filter(read).map(said).collect::<Vec<_>>()
        };
        let mut expected = read();
        for (method, path, who, reads) in
            TABLE.iter().filter(|(_, path, ..)| !path.contains("logout") && !path.contains("present"))
        {
            let role = ROLES.iter().find(|(_, letter)| who.contains(*letter)).map_or("planner", |(role, _)| *role);
            ask(house, method, &address(path, &week), &house.person(role).token);
            if !reads.is_empty() {
                let (action, detail) = reads.split_once(": ").unwrap_or((reads, ""));
                let subject = if path.contains("{case}") { format!("case {week} C1") } else { format!("week {week}") };
                expected.push([role.to_owned(), action.to_owned(), subject, address(detail, &week)]);
            }
            assert_eq!(read(), expected, "{method} {path}");
        }
    });
}

#[test]
fn the_table_names_every_route_of_the_program() {
    let source = include_str!("../../src/server/http/routes.rs");
    let flat: String = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let routes = flat.split("to(").skip(1).filter_map(|rest| {
        let mut words = rest.split('"');
        let (_, method, _, path) = (words.next()?, words.next()?, words.next()?, words.next()?);
        path.starts_with('/').then(|| format!("{method} {path}"))
    });
    let program: BTreeSet<String> = routes.collect();
    let table: BTreeSet<String> = TABLE.iter().map(|(method, path, _, _)| format!("{method} {path}")).collect();
    assert_eq!(program, table);
}

#[test]
fn events_are_reported_by_those_whose_facts_they_are() {
    on_every_store(|house| {
        let week = house.planned_week();
        let kinds =
            [("escort-coordinator", "leg_cancelled"), ("transport-coordinator", "unfit"), ("gatekeeper", "shift_out")];
        for (who, kind) in kinds {
            let body =
                json!({ "version": house.version(&week), "kind": kind, "subject": "x", "at": "2027-01-18T09:00" });
            let refused = house.person(who).post(&format!("/api/v1/weeks/{week}/events"), &body).expect(400).json();
            assert_eq!(refused["errors"][0]["field"], "kind", "{who} {refused}");
        }
    });
}

#[test]
fn coordinators_see_no_case_detail_on_their_pages() {
    on_every_store(|house| {
        let week = house.planned_week();
        let files = folder();
        let first = |table: &str| -> Vec<String> {
            let rows = files[table].as_str().unwrap().lines().skip(1);
            rows.filter_map(|row| row.split(',').next()).map(str::to_owned).collect()
        };
        let documents: BTreeSet<String> = files["documents.csv"]
            .as_str()
            .unwrap()
            .lines()
            .skip(1)
            .filter_map(|row| row.split(',').nth(2))
            .map(str::to_owned)
            .collect();
        let officers: BTreeSet<&str> =
            files["cases.csv"].as_str().unwrap().split([',', '\n']).filter(|cell| cell.starts_with("V0")).collect();
        assert!(!documents.is_empty() && !officers.is_empty());
        for (who, page, work) in
            [("escort-coordinator", "escorts", "escorts.csv"), ("transport-coordinator", "transport", "shifts.csv")]
        {
            let text = house.person(who).page(&format!("/weeks/{week}/{page}")).expect(200).text();
            assert!(first(work).iter().all(|id| text.contains(id)), "{who} sees the work");
            for word in documents.iter().map(String::as_str).chain(officers.iter().copied()) {
                assert!(!text.contains(word), "{who} sees {word}");
            }
            for word in ["procedure", "laissez", "/cases/", "unfit", "chance"] {
                assert!(!text.contains(word), "{who} sees {word}");
            }
        }
    });
}

#[test]
fn an_account_that_somebody_changed_in_between_is_left_as_it_is() {
    on_every_store(|house| {
        house.person("planner");
        let admin = house.person("admin");
        let form = |more: &[(&str, &str)]| {
            let page = admin.page("/accounts").expect(200).text();
            let token = page.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            let fields = [more, &[("form_token", token.expect("a form on the page"))]].concat();
            admin.form_as_it_is("/accounts/planner", &fields)
        };
        let planner = || {
            let accounts = admin.get("/api/v1/accounts").expect(200).json();
            accounts["accounts"].as_array().unwrap().iter().find(|one| one["name"] == "planner").unwrap().clone()
        };
        let seen = planner()["version"].as_str().unwrap().to_owned();
        assert!(admin.page("/accounts").expect(200).text().contains(&seen), "the form says what it showed");
        let closing = json!({ "closed": true, "why": "left" });
        admin.send("PATCH", "/api/v1/accounts/planner", &closing, &[]).expect(204);
        // A page that was opened before still shows the account as open.
        form(&[("version", &seen), ("roles", "planner"), ("closed", "false")]).expect(409);
        form(&[("roles", "planner"), ("closed", "false")]).expect(400);
        assert_eq!(planner()["closed"], true);
        let seen = planner()["version"].as_str().unwrap().to_owned();
        form(&[("version", &seen), ("closed", "true")]).expect(400);
        let nothing = json!({ "version": seen, "roles": [] });
        admin.send("PATCH", "/api/v1/accounts/planner", &nothing, &[]).expect(400);
        assert_eq!(planner()["roles"], json!(["planner"]));
        form(&[("version", &seen), ("roles", "auditor"), ("closed", "false")]).expect(303);
        assert_eq!((&planner()["roles"], &planner()["closed"]), (&json!(["auditor"]), &json!(false)));
    });
}
