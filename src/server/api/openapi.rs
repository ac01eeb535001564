//! The OpenAPI 3.1 document, made from the table of routes so that it cannot say anything else than what is there.

use crate::server::http::json;
use crate::server::http::route::{Open, Route};
use crate::server::http::routes::ROUTES;
use axum::response::Response;
use serde_json::{Map, Value, json};

pub(crate) async fn document() -> Response {
    json(&openapi())
}

fn openapi() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES.iter().filter(|route| route.path.starts_with("/api/v1/")) {
        let path = route.path.trim_start_matches("/api/v1").to_owned();
        let entry = paths.entry(path).or_insert_with(|| json!({}));
        entry[route.method.to_lowercase()] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "vertrek",
            "version": crate::server::http::API_VERSION,
            "description": "Weekly planning of lawful forced departures. Times are UTC in RFC 3339. A write names the version of the \
                            week that its caller saw, and is refused with 409 when there is a newer one. A write with an \
                            Idempotency-Key is done once.",
            "contact": { "name": "vertrek", "url": "https://www.dienstterugkeerenvertrek.nl" },
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" }
        },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "bearer": [] }, { "session": [] }],
        "paths": paths,
        "components": components(),
    })
}

fn operation(route: &Route) -> Value {
    let named = route.path.split('/').filter_map(|part| part.strip_prefix('{').and_then(|part| part.strip_suffix('}')));
    let mut parameters: Vec<Value> = named
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    let write = route.method != "GET";
    if write {
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header", "required": false, "schema": { "type": "string", "maxLength": 100 } }));
    }
    let mut operation = json!({
        "operationId": operation_id(route),
        "summary": route.about,
        "tags": [route.path.split('/').nth(3).unwrap_or_default()],
        "parameters": parameters,
        "responses": responses(route, write),
    });
    match route.open {
        Open::Anyone => operation["security"] = json!([]),
        Open::Roles(roles) => {
            let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
            operation["x-roles"] = json!(words);
        }
    }
    if write && route.method != "DELETE" {
        operation["requestBody"] = json!({ "content": { "application/json": { "schema": body(route) } } });
    }
    operation
}

/// `POST /api/v1/weeks/{week}/runs` is `post-weeks-week-runs`.
fn operation_id(route: &Route) -> String {
    let words = route.path.trim_start_matches("/api/v1/").replace(['{', '}'], "").replace(['/', '.'], "-");
    format!("{}-{words}", route.method.to_lowercase())
}

fn responses(route: &Route, write: bool) -> Value {
    let header = json!({ "API-Version": { "schema": { "type": "string" } } });
    let kind = match route.path.rsplit('/').next() {
        Some("progress") => "text/event-stream",
        Some("calendar") => "text/calendar",
        Some("{file}") => "text/plain",
        _ => "application/json",
    };
    let mut responses = Map::new();
    let fine = |about: &str| json!({ "description": about, "headers": header, "content": { kind: { "schema": {} } } });
    match (route.method, makes(route)) {
        ("POST", true) => {
            responses.insert("201".to_owned(), fine("Made"));
        }
        ("DELETE" | "PATCH", _) => {
            responses.insert("204".to_owned(), json!({ "description": "Done", "headers": header }));
        }
        ("POST", false) if route.path.ends_with("stop-requests") || route.path.ends_with("withdrawals") => {
            responses.insert("204".to_owned(), json!({ "description": "Done", "headers": header }));
        }
        _ => {
            responses.insert("200".to_owned(), fine("As asked"));
        }
    }
    let mut refused = vec![("401", "Log in first"), ("403", "Not your role"), ("404", "There is no such thing")];
    if write {
        refused.extend([
            ("400", "Fields that are wrong, all at once"),
            ("409", "Not in this state, or there is a newer version"),
            ("413", "Too large"),
        ]);
    }
    for (status, about) in refused {
        let schema = json!({ "$ref": "#/components/schemas/problem" });
        let content = json!({ "application/problem+json": { "schema": schema } });
        responses.insert(status.to_owned(), json!({ "description": about, "headers": header, "content": content }));
    }
    Value::Object(responses)
}

/// Whether a POST makes something that has an address.
fn makes(route: &Route) -> bool {
    [
        "/sessions",
        "/weeks",
        "/folders",
        "/runs",
        "/partial-acceptances",
        "/notices",
        "/pins",
        "/events",
        "/accounts",
        "/webhooks",
    ]
    .iter()
    .any(|end| route.path.ends_with(end))
}

/// The fields of a write, by the last word of its path.
fn body(route: &Route) -> Value {
    let text = || json!({ "type": "string" });
    let number = || json!({ "type": "number" });
    let version = || json!({ "type": "integer", "description": "The version of the week that the caller saw" });
    let (fields, needed): (Vec<(&str, Value)>, Vec<&str>) = match route.path.trim_start_matches("/api/v1/") {
        "sessions" => (vec![("name", text()), ("password", text())], vec!["name", "password"]),
        "accounts" => {
            let roles = json!({ "type": "array", "items": { "type": "string" } });
            (vec![("name", text()), ("password", text()), ("roles", roles)], vec!["name", "password", "roles"])
        }
        "accounts/{name}" => {
            let roles = json!({ "type": "array", "items": { "type": "string" } });
            (
                vec![
                    (
                        "version",
                        json!({ "type": "string", "description": "The version of the account that the caller saw" }),
                    ),
                    ("password", text()),
                    ("roles", roles),
                    ("closed", json!({ "type": "boolean" })),
                    ("why", text()),
                ],
                vec![],
            )
        }
        "webhooks" => (vec![("url", text()), ("why", text())], vec!["url"]),
        "settings" => {
            (vec![("four-eyes", json!({ "enum": ["on", "off"] })), ("why", text())], vec!["four-eyes", "why"])
        }
        "weeks" => (vec![("files", files()), ("why", text())], vec!["files"]),
        "weeks/{week}/folders" => {
            (vec![("files", files()), ("version", version()), ("why", text())], vec!["files", "version", "why"])
        }
        "weeks/{week}/runs" => (
            vec![
                ("version", version()),
                ("kind", json!({ "enum": ["plan", "repair"] })),
                ("seconds", number()),
                ("gap", number()),
                ("why", text()),
            ],
            vec!["version"],
        ),
        "weeks/{week}/events" => (
            vec![
                ("version", version()),
                ("kind", text()),
                ("at", text()),
                ("subject", text()),
                ("until", text()),
                ("value", text()),
                ("why", text()),
            ],
            vec!["version", "kind", "at", "subject"],
        ),
        "weeks/{week}/acceptances" => (
            vec![("version", version()), ("plan", json!({ "type": "integer" })), ("why", text())],
            vec!["version", "plan"],
        ),
        "weeks/{week}/swaps" => (
            vec![("version", version()), ("on", text()), ("out", text()), ("in", text()), ("why", text())],
            vec!["version", "on", "out", "in"],
        ),
        "weeks/{week}/runs/{run}/partial-acceptances" => {
            let accept = json!({ "type": "array", "items": { "type": "string" }, "description": "case:ID for a case, team:LEGS for the team of a flight, legs joined by +" });
            (vec![("version", version()), ("accept", accept), ("why", text())], vec!["version", "accept"])
        }
        "weeks/{week}/notices" => {
            let at =
                json!({ "type": "string", "description": "When the person was told; as planned when it is not there" });
            (vec![("case", text()), ("given-at", at), ("why", text())], vec!["case"])
        }
        "weeks/{week}/pins" => {
            let on = json!({ "type": "string", "description": "The flight, legs joined by +; or out: the case is kept out" });
            (
                vec![("version", version()), ("case", text()), ("on", on), ("why", text())],
                vec!["version", "case", "on", "why"],
            )
        }
        path if path.ends_with("withdrawals") => (vec![("why", text())], vec!["why"]),
        "weeks/{week}/refusals" => (vec![("version", version()), ("why", text())], vec!["version", "why"]),
        path if path.ends_with("stop-requests") => (vec![], vec![]),
        _ => (vec![("version", version()), ("why", text())], vec!["version"]),
    };
    let properties: Map<String, Value> = fields.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    json!({ "type": "object", "properties": properties, "required": needed })
}

fn files() -> Value {
    json!({ "type": "object", "additionalProperties": { "type": "string" }, "description": "Text of each file by name, week.toml among them" })
}

fn components() -> Value {
    json!({
        "securitySchemes": {
            "bearer": { "type": "http", "scheme": "bearer" },
            "session": { "type": "apiKey", "in": "cookie", "name": "vertrek" }
        },
        "schemas": {
            "problem": {
                "type": "object",
                "properties": {
                    "type": { "type": "string" },
                    "title": { "type": "string" },
                    "status": { "type": "integer" },
                    "detail": { "type": "string" },
                    "errors": { "type": "array", "items": { "type": "object", "properties": { "field": { "type": "string" }, "detail": { "type": "string" } } } },
                    "current-version": { "type": "integer" }
                },
                "required": ["type", "title", "status", "detail"]
            }
        }
    })
}
