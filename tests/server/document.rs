//! The API against the rules that its document and the government's API Design Rules promise.

use super::house::on_every_store;
use super::http::send;
use super::roles::TABLE;
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn the_document_keeps_the_design_rules() {
    on_every_store(|house| {
        let answer = send(house.address, "GET", "/api/v1/openapi.json", &[], b"").expect(200);
        assert_eq!(answer.header("api-version").as_deref(), Some("1.0.0"));
        let document = answer.json();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        assert_eq!(document["info"]["version"], "1.0.0");
        assert!(document["servers"][0]["url"].as_str().unwrap().ends_with("/v1"));
        let told: BTreeSet<(String, String)> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, methods)| {
                methods.as_object().unwrap().keys().map(move |method| (method.to_uppercase(), format!("/api/v1{path}")))
            })
            .collect();
        let table =
            TABLE.iter().filter(|(_, path, ..)| path.starts_with("/api/v1/") && !path.ends_with("openapi.json"));
        let table: BTreeSet<(String, String)> =
            table.map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned())).collect();
        assert!(told.is_superset(&table), "not told: {:?}", table.difference(&told).collect::<Vec<_>>());
        let mut ids = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            assert!(!path.ends_with('/'), "{path}");
            for part in path.split('/').filter(|part| !part.is_empty() && !part.starts_with('{')) {
                let kebab = part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.');
                assert!(kebab, "{path}");
            }
            for (method, operation) in methods.as_object().unwrap() {
                assert!(["get", "post", "put", "patch", "delete"].contains(&method.as_str()));
                assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{path} {method}");
                for name in path.split('/').filter_map(|part| part.strip_prefix('{')) {
                    let name = name.trim_end_matches('}');
                    assert!(
                        operation["parameters"].as_array().unwrap().iter().any(|parameter| parameter["name"] == name),
                        "{path}"
                    );
                }
                for response in operation["responses"].as_object().unwrap().values() {
                    assert!(response["headers"]["API-Version"].is_object(), "{path} {method}");
                }
            }
        }
    });
}

#[test]
fn every_wrong_field_is_told_at_once_as_a_problem() {
    on_every_store(|house| {
        let week = house.planned_week();
        let body = json!({ "version": "one", "kind": "earthquake", "at": "soon" });
        let answer = house.person("planner").post(&format!("/api/v1/weeks/{week}/events"), &body).expect(400);
        assert_eq!(answer.header("content-type").as_deref(), Some("application/problem+json"));
        assert_eq!(answer.header("api-version").as_deref(), Some("1.0.0"));
        let problem = answer.json();
        let fields: BTreeSet<&str> =
            problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
        assert_eq!(fields, BTreeSet::from(["version", "kind", "at", "subject"]));
        let dutch = house
            .person("planner")
            .send("POST", &format!("/api/v1/weeks/{week}/events"), &body, &[("Accept-Language", "nl")])
            .expect(400)
            .json();
        assert_ne!(dutch["detail"], problem["detail"]);
    });
}

#[test]
fn unknown_paths_and_methods_are_problems_too() {
    on_every_store(|house| {
        let planner = house.person("planner");
        let lost = planner.get("/api/v1/nothing-here").expect(404);
        assert_eq!(lost.header("content-type").as_deref(), Some("application/problem+json"));
        let method = planner.send("PUT", "/api/v1/weeks", &json!({}), &[]).expect(405);
        assert_eq!(method.header("content-type").as_deref(), Some("application/problem+json"));
        assert!(method.header("allow").is_some());
        let health = send(house.address, "GET", "/health", &[], b"").expect(200).json();
        assert_eq!(health["status"], "up");
    });
}
