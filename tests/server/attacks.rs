//! What somebody may try: script in every text, forged forms and sessions, replay, oversized bodies, paths that lead
//! elsewhere, guessing passwords.

use super::house::{PASSWORD, Person, folder, on_every_store};
use super::http::{raw, send};
use serde_json::json;
use std::io::Write;

const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'";

#[test]
fn script_in_a_text_is_shown_as_text() {
    on_every_store(|house| {
        let planner = house.person("planner");
        let mut files = folder();
        let locations = files["locations.csv"].as_str().unwrap().to_owned();
        let first_name = locations.lines().nth(1).unwrap().split(',').nth(1).unwrap().to_owned();
        let named = locations.replacen(&first_name, &format!("\"{}\"", SCRIPT.replace('"', "\"\"")), 1);
        files["locations.csv"] = json!(named);
        let week = planner.post("/api/v1/weeks", &json!({ "files": files, "why": SCRIPT })).expect(201).json();
        let id = week["id"].as_str().unwrap().to_owned();
        planner
            .post(&format!("/api/v1/weeks/{id}/runs"), &json!({ "version": week["version"], "why": SCRIPT }))
            .expect(201);
        house.work();
        let case = planner.get(&format!("/api/v1/weeks/{id}/cases")).expect(200).json()["cases"][0]["case"]
            .as_str()
            .unwrap()
            .to_owned();
        let pages = ["", "/escorts", "/transport", "/work-list", "/repair", "/runs", "/history", "/figures"];
        let mut pages: Vec<String> = pages.iter().map(|page| format!("/weeks/{id}{page}")).collect();
        pages.extend([
            format!("/weeks/{id}/cases/{case}"),
            "/weeks".to_owned(),
            format!("/weeks/{id}?find={}", super::house::encoded(SCRIPT)),
        ]);
        let mut shown = 0;
        for page in pages {
            let text = planner.page(&page).expect(200).text();
            shown += usize::from(text.contains("&lt;script&gt;"));
            if page.ends_with("/history") || page.contains("find=") {
                assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page} shows it as text");
            }
            assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{page}");
        }
        for page in ["/journal".to_owned(), format!("/journal?subject={}", super::house::encoded(SCRIPT))] {
            let text = house.person("auditor").page(&page).expect(200).text();
            assert!(text.contains("&lt;script&gt;") && !text.contains("<script>alert"), "{page}");
        }
        assert!(shown > 2, "{shown} pages show it");
        let refused = planner
            .form(
                &format!("/weeks/{id}/repair"),
                &[("version", "1"), ("kind", SCRIPT), ("subject", SCRIPT), ("at", SCRIPT)],
            )
            .expect(400);
        let refused = refused.text();
        assert!(refused.contains("&lt;script&gt;") && !refused.contains("<script>alert"), "{refused}");
    });
}

#[test]
fn no_page_runs_script_from_elsewhere_or_can_be_framed() {
    on_every_store(|house| {
        for answer in [
            house.person("planner").page("/weeks"),
            send(house.address, "GET", "/login", &[], b""),
            send(house.address, "GET", "/nowhere", &[], b""),
        ] {
            let policy = answer.header("content-security-policy").unwrap();
            assert!(
                policy.contains("default-src 'none'")
                    && policy.contains("script-src 'self'")
                    && policy.contains("frame-ancestors 'none'"),
                "{policy}"
            );
            assert!(!policy.contains("unsafe"), "{policy}");
            assert_eq!(answer.header("x-content-type-options").as_deref(), Some("nosniff"));
            assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"));
            assert!(
                !answer.text().contains(" style=\"") && !answer.text().contains(" onclick="),
                "inline style or script"
            );
        }
    });
}

#[test]
fn a_form_from_elsewhere_is_refused() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        let version = house.version(&week).to_string();
        let path = format!("/weeks/{week}/propose");
        planner.form_as_it_is(&path, &[("version", &version)]).expect(403);
        planner.form_as_it_is(&path, &[("version", &version), ("form_token", "0000")]).expect(403);
        // The token of another session does not do.
        let other = house.person("planner-2");
        let page = other.page("/weeks").text();
        let token = page.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        planner.form_as_it_is(&path, &[("version", &version), ("form_token", token)]).expect(403);
        let bearer = format!("Bearer {}", planner.token);
        let crossed = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
            ("Sec-Fetch-Site", "cross-site"),
        ];
        send(
            house.address,
            "POST",
            &format!("/api/v1/weeks/{week}/proposals"),
            &crossed,
            json!({ "version": house.version(&week) }).to_string().as_bytes(),
        )
        .expect(403);
        planner.form(&path, &[("version", &version)]).expect(303);
    });
}

#[test]
fn a_forged_closed_or_old_session_counts_for_nothing() {
    on_every_store(|house| {
        let forged = Person { house, token: "a".repeat(64) };
        forged.get("/api/v1/weeks").expect(401);
        forged.page("/weeks").expect(303);
        let planner = house.person("planner");
        planner.get("/api/v1/weeks").expect(200);
        house.pass(31 * 60);
        planner.get("/api/v1/weeks").expect(401);
        house.renew("planner");
        house.renew("admin");
        let planner = house.person("planner");
        for _ in 0..50 {
            planner.get("/api/v1/weeks").expect(200);
            house.pass(15 * 60);
            if planner.get("/api/v1/weeks").status == 401 {
                break;
            }
        }
        planner.get("/api/v1/weeks").expect(401);
        house.renew("planner");
        house.renew("admin");
        let planner = house.person("planner");
        let closing = json!({ "closed": true, "why": "left" });
        house.person("admin").send("PATCH", "/api/v1/accounts/planner", &closing, &[]).expect(204);
        planner.get("/api/v1/weeks").expect(401);
        let body = json!({ "name": "planner", "password": PASSWORD }).to_string();
        send(house.address, "POST", "/api/v1/sessions", &[("Content-Type", "application/json")], body.as_bytes())
            .expect(401);
    });
}

#[test]
fn the_same_write_sent_again_is_answered_and_not_done_again() {
    on_every_store(|house| {
        let planner = house.person("planner");
        let body = json!({ "files": folder() });
        let key = [("Idempotency-Key", "take-in-1")];
        let first = planner.send("POST", "/api/v1/weeks", &body, &key).expect(201);
        let second = planner.send("POST", "/api/v1/weeks", &body, &key).expect(201);
        assert_eq!(first.json(), second.json());
        assert!(first.header("location").is_some() && first.header("location") == second.header("location"));
        assert_eq!(second.header("idempotency-replayed").as_deref(), Some("true"));
        assert_eq!(planner.get("/api/v1/weeks").expect(200).json()["weeks"].as_array().unwrap().len(), 1);
        let other = json!({ "files": folder(), "why": "another" });
        planner.send("POST", "/api/v1/weeks", &other, &key).expect(422);
        // A refusal is kept too: what was wrong is told again, though the same would be right by now.
        let id = first.json()["id"].as_str().unwrap().to_owned();
        let (path, key) = (format!("/api/v1/weeks/{id}/proposals"), [("Idempotency-Key", "propose-1")]);
        let early = json!({ "version": first.json()["version"] });
        let refused = planner.send("POST", &path, &early, &key).expect(409).json();
        planner.post(&format!("/api/v1/weeks/{id}/runs"), &early).expect(201);
        house.work();
        let again = planner.send("POST", &path, &early, &key).expect(409);
        assert_eq!((again.header("idempotency-replayed").as_deref(), again.json()), (Some("true"), refused));
        // Somebody else's key is another one.
        let key = [("Idempotency-Key", "take-in-1")];
        house.person("planner-2").send("POST", "/api/v1/weeks", &body, &key).expect(201);
    });
}

#[test]
fn a_write_whose_writer_hangs_up_is_done_and_answered_once() {
    on_every_store(|house| {
        let planner = house.person("planner");
        let body = json!({ "files": folder() });
        let key = [("Idempotency-Key", "take-in-and-hang-up")];
        // Hangs up as soon as the key is claimed, while the folder is read.
        let bearer = format!("Bearer {}", planner.token);
        let text = body.to_string();
        let head = format!(
            "POST /api/v1/weeks HTTP/1.1\r\nHost: x\r\nAuthorization: {bearer}\r\nContent-Type: application/json\r\n\
             Idempotency-Key: take-in-and-hang-up\r\nContent-Length: {}\r\n\r\n",
            text.len()
        );
        let mut stream = std::net::TcpStream::connect(house.address).expect("a connection");
        stream.write_all(head.as_bytes()).expect("a head that is sent");
        stream.write_all(text.as_bytes()).expect("a body that is sent");
        house.wait_for_a_key();
        drop(stream);
        let mut again = planner.send("POST", "/api/v1/weeks", &body, &key);
        for _ in 0..500 {
            if again.status != 409 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
            again = planner.send("POST", "/api/v1/weeks", &body, &key);
        }
        assert_eq!(again.expect(201).header("idempotency-replayed").as_deref(), Some("true"));
        assert_eq!(planner.get("/api/v1/weeks").expect(200).json()["weeks"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    on_every_store(|house| {
        let week = house.planned_week();
        let long = "x".repeat(80 * 1024);
        let body = json!({ "version": 1, "why": long });
        let refused =
            house.person("planner").post(&format!("/api/v1/weeks/{week}/proposals"), &body).expect(413).json();
        assert_eq!(refused["type"], "urn:vertrek:problem:too-large");
    });
}

#[test]
fn a_path_leads_nowhere_else() {
    on_every_store(|house| {
        let week = house.planned_week();
        let planner = house.person("planner");
        for path in [
            "/assets/..%2F..%2FCargo.toml",
            "/assets/%2e%2e/board.css",
            "/assets/../board.css",
            "/weeks/..%2f..%2fetc%2fpasswd",
            "/weeks/%00",
            "/weeks/x'%20OR%201=1--",
        ] {
            let answer = planner.page(path);
            assert!(answer.status == 404 || answer.status == 400, "{path}: {}", answer.status);
        }
        for file in ["..%2Fplan.json", "plan.json", "%2Fetc%2Fpasswd", "rosters%2F..%2Fplan.json"] {
            planner.get(&format!("/api/v1/weeks/{week}/roster-products/{file}")).expect(404);
        }
        // Files of a folder are names in the store, never on a disk.
        let mut files = folder();
        files["../../escaped.txt"] = json!("x");
        let refused = planner.post("/api/v1/weeks", &json!({ "files": files })).expect(400).json();
        assert!(refused["errors"][0]["detail"].as_str().unwrap().contains("escaped.txt"), "{refused}");
    });
}

#[test]
fn guessing_a_password_has_to_wait() {
    on_every_store(|house| {
        house.person("planner");
        let wrong = json!({ "name": "planner", "password": "not the password" }).to_string();
        let right = json!({ "name": "planner", "password": PASSWORD }).to_string();
        let kind = [("Content-Type", "application/json")];
        for _ in 0..5 {
            send(house.address, "POST", "/api/v1/sessions", &kind, wrong.as_bytes()).expect(401);
        }
        send(house.address, "POST", "/api/v1/sessions", &kind, right.as_bytes()).expect(429);
        house.pass(301);
        send(house.address, "POST", "/api/v1/sessions", &kind, right.as_bytes()).expect(201);
    });
}

#[test]
fn guesses_at_once_are_as_many_as_guesses_one_by_one() {
    on_every_store(|house| {
        house.person("planner");
        let address = house.address;
        let guess = move || {
            let wrong = json!({ "name": "planner", "password": "not the password" }).to_string();
            let kind = [("Content-Type", "application/json")];
            send(address, "POST", "/api/v1/sessions", &kind, wrong.as_bytes()).status
        };
        let guesses: Vec<_> = (0..20).map(|_| std::thread::spawn(guess)).collect();
        let answers: Vec<u16> = guesses.into_iter().map(|guess| guess.join().expect("an answer")).collect();
        let of = |status: u16| answers.iter().filter(|answer| **answer == status).count();
        assert_eq!((of(401), of(429)), (5, 15), "{answers:?}");
        assert_eq!(guess(), 429);
        house.pass(301);
        assert_eq!(guess(), 401);
    });
}

#[test]
fn garbage_is_refused_and_the_service_goes_on() {
    on_every_store(|house| {
        let planner = house.person("planner");
        let bearer = format!("Bearer {}", planner.token);
        for (kind, body) in [
            ("application/json", "{"),
            ("application/json", "[1]"),
            ("application/json", "\u{0}"),
            ("text/xml", "<a/>"),
            ("multipart/form-data; boundary=x", "--y"),
            ("application/x-www-form-urlencoded", "%zz=%"),
        ] {
            let answer = send(
                house.address,
                "POST",
                "/api/v1/weeks",
                &[("Authorization", &bearer), ("Content-Type", kind)],
                body.as_bytes(),
            );
            assert!((400..500).contains(&answer.status), "{kind} {body}: {}", answer.status);
            assert!(answer.header("content-type").unwrap().contains("json"), "{kind}");
        }
        let odd = raw(house.address, b"GET / HTTP/9.9\r\n\r\n");
        assert!(odd.status >= 400);
        planner.get("/api/v1/weeks").expect(200);
    });
}
