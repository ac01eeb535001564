//! Webhooks: what is done to a week is told, signed, to addresses that an administrator set; again while it is not taken; and
//! nothing of who or whom.

use super::elsewhere::{Asked, serve};
use super::house::{House, on_every_store};
use super::life::step;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use vertrek::server::Courier;

/// Somebody who listens, answering as they are told to.
fn listener() -> (String, Arc<Mutex<Vec<Asked>>>, Arc<AtomicU16>) {
    let (heard, status) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicU16::new(204)));
    let (hears, answers) = (Arc::clone(&heard), Arc::clone(&status));
    let address = serve(move |asked| {
        hears.lock().unwrap().push(asked.clone());
        (answers.load(Ordering::SeqCst), String::new())
    });
    (format!("http://{address}/told"), heard, status)
}

fn deliver(house: &House) {
    let courier = Courier::new(&house.service);
    while house.runtime.block_on(courier.deliver_once()).expect("a courier that works") {}
}

fn deliveries(house: &House, hook: &Value) -> Vec<Value> {
    let path = format!("/api/v1/webhooks/{}/deliveries", hook["id"].as_str().unwrap());
    house.person("auditor").get(&path).expect(200).json()["deliveries"].as_array().unwrap().clone()
}

#[test]
fn what_is_done_to_a_week_is_told_and_signed() {
    on_every_store(|house| {
        let (url, heard, _) = listener();
        let hook = house.person("admin").post("/api/v1/webhooks", &json!({ "url": url })).expect(201).json();
        let week = house.planned_week();
        step(house, "planner", &week, "proposals", &[("why", json!("for the minister"))]).expect(200);
        deliver(house);
        let heard = heard.lock().unwrap().clone();
        // What was done within one moment of the clock is told in any order.
        let mut events: Vec<String> = heard
            .iter()
            .map(|asked| serde_json::from_str::<Value>(&asked.body).unwrap()["event"].as_str().unwrap().to_owned())
            .collect();
        events.sort();
        assert_eq!(events, ["ask-to-plan", "make-plan", "propose", "take-in"]);
        for asked in &heard {
            let body: Value = serde_json::from_str(&asked.body).unwrap();
            assert_eq!(
                (body["week"].as_str(), body["id"].as_str()),
                (Some(&*week), Some(&*asked.headers["webhook-id"]))
            );
            assert!(!asked.body.contains("planner") && !asked.body.contains("minister") && !asked.body.contains("C1"));
            let key = STANDARD.decode(hook["secret"].as_str().unwrap().strip_prefix("whsec_").unwrap()).unwrap();
            let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            let signed =
                format!("{}.{}.{}", asked.headers["webhook-id"], asked.headers["webhook-timestamp"], asked.body);
            mac.update(signed.as_bytes());
            let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
            assert_eq!(asked.headers["webhook-signature"], signature);
        }
        assert!(deliveries(house, &hook).iter().all(|one| one["state"] == "delivered" && one["attempts"] == 1));
        let page = house.person("admin").page("/webhooks?lang=en").expect(200).text();
        assert!(page.contains("delivered") && !page.contains("whsec_"), "{page}");
    });
}

#[test]
fn what_is_not_taken_is_told_again_later_and_given_up_in_the_end() {
    on_every_store(|house| {
        let (url, heard, status) = listener();
        let hook = house.person("admin").post("/api/v1/webhooks", &json!({ "url": url })).expect(201).json();
        status.store(500, Ordering::SeqCst);
        house.person("planner");
        let files = json!({ "files": super::house::folder() });
        house.person("planner").post("/api/v1/weeks", &files).expect(201);
        deliver(house);
        deliver(house);
        assert_eq!(heard.lock().unwrap().len(), 1, "not again at once");
        let waits = deliveries(house, &hook);
        assert_eq!((&waits[0]["state"], &waits[0]["said"]), (&json!("waiting"), &json!("it answered 500")));
        house.pass(31);
        status.store(200, Ordering::SeqCst);
        deliver(house);
        let done = deliveries(house, &hook);
        assert_eq!((&done[0]["state"], &done[0]["attempts"]), (&json!("delivered"), &json!(2)));
        let ids: Vec<String> = heard.lock().unwrap().iter().map(|asked| asked.headers["webhook-id"].clone()).collect();
        assert_eq!(ids[0], ids[1], "the same thing told again has the same id");

        status.store(410, Ordering::SeqCst);
        house.person("planner").post("/api/v1/weeks", &files).expect(201);
        for _ in 0..12 {
            deliver(house);
            house.pass(24 * 3600);
        }
        house.renew("admin");
        house.renew("auditor");
        assert_eq!(heard.lock().unwrap().len(), 2 + 8);
        assert_eq!(deliveries(house, &hook)[0]["state"], "failed");
    });
}

#[test]
fn only_an_administrator_says_where_and_only_addresses_that_are_safe() {
    on_every_store(|house| {
        for url in [
            "http://example.org/",
            "ftp://example.org/",
            "https://user:secret@example.org/",
            "file:///etc/passwd",
            "nowhere",
            "",
        ] {
            let refused = house.person("admin").post("/api/v1/webhooks", &json!({ "url": url })).expect(400).json();
            assert_eq!(refused["errors"][0]["field"], "url", "{url}");
        }
        let made =
            house.person("admin").post("/api/v1/webhooks", &json!({ "url": "https://example.org/hook" })).expect(201);
        let path = format!("/api/v1/webhooks/{}", made.json()["id"].as_str().unwrap());
        house.person("admin").send("DELETE", &path, &json!({}), &[]).expect(204);
        house.person("admin").send("DELETE", &path, &json!({}), &[]).expect(404);
    });
}

#[test]
fn what_nobody_hears_waits_and_is_said_without_its_address() {
    on_every_store(|house| {
        // Nobody listens there any more.
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let url = format!("http://{gone}/secret-path");
        let hook = house.person("admin").post("/api/v1/webhooks", &json!({ "url": url })).expect(201).json();
        house.person("planner").post("/api/v1/weeks", &json!({ "files": super::house::folder() })).expect(201);
        deliver(house);
        let waits = deliveries(house, &hook);
        assert_eq!((&waits[0]["state"], &waits[0]["said"]), (&json!("waiting"), &json!("it cannot be reached")));
    });
}
