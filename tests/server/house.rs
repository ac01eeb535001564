//! A service of a test: its store, its clock that stands still unless moved, and people of every role.

use super::http::{Answer, send};
use super::postgres::Postgres;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use vertrek::server::{Clock, Config, OidcSettings, Service, Worker, WorkerSettings};

pub(crate) const PASSWORD: &str = "correct horse battery";

/// When the clock of a test begins: 2027-01-15 08:00 UTC.
const START: i64 = 1_800_000_000;

/// A running service.
pub(crate) struct House {
    pub(crate) service: Service,
    pub(crate) address: SocketAddr,
    pub(crate) database: String,
    pub(crate) runtime: Runtime,
    seconds: Arc<AtomicI64>,
    people: Mutex<BTreeMap<String, String>>,
    _stop: oneshot::Sender<()>,
    _dir: TempDir,
    _postgres: Option<Postgres>,
}

/// Runs a test on every store that there is.
pub(crate) fn on_every_store(test: impl Fn(&House)) {
    on_every_store_by(None, test);
}

/// The same where people log in by an identity provider.
pub(crate) fn on_every_store_by(oidc: Option<OidcSettings>, test: impl Fn(&House)) {
    test(&House::open(None, oidc.clone()));
    if let Some(postgres) = Postgres::start() {
        test(&House::open(Some(postgres), oidc));
    }
}

impl House {
    fn open(postgres: Option<Postgres>, oidc: Option<OidcSettings>) -> Self {
        let dir = TempDir::new().expect("a folder");
        let database = match &postgres {
            Some(postgres) => postgres.url(),
            None => format!("sqlite:{}", dir.path().join("store.sqlite").display()),
        };
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let seconds = Arc::new(AtomicI64::new(0));
        let service = runtime.block_on(Service::open_for(config(&database, &seconds), oidc)).expect("a service");
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("an address");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let running = service.clone();
        runtime.spawn(async move {
            let ended = async { drop(stopped.await) };
            running.serve(listener, ended).await
        });
        let people = Mutex::new(BTreeMap::new());
        let house =
            Self { service, address, database, runtime, seconds, people, _stop: stop, _dir: dir, _postgres: postgres };
        house.first_account();
        house
    }

    fn first_account(&self) {
        let code = self.service.first_code().expect("a code while nobody has an account");
        let form = format!("code={code}&name=admin&password={}", PASSWORD.replace(' ', "+"));
        let form_kind = ("Content-Type", "application/x-www-form-urlencoded");
        send(self.address, "POST", "/first-account", &[form_kind], form.as_bytes()).expect(303);
        assert!(self.service.first_code().is_none(), "the code is used up");
        self.people.lock().unwrap().insert("admin".to_owned(), self.log_in("admin"));
    }

    /// Moves the clock on.
    pub(crate) fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    /// A moment so many seconds from now, as stored.
    pub(crate) fn stamp_in(&self, seconds: i64) -> String {
        let at = DateTime::from_timestamp(START + self.seconds.load(Ordering::SeqCst) + seconds, 0).expect("a moment");
        at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
    }

    /// A new session of an account.
    pub(crate) fn log_in(&self, name: &str) -> String {
        let body = json!({ "name": name, "password": PASSWORD }).to_string();
        let kind = ("Content-Type", "application/json");
        let answer = send(self.address, "POST", "/api/v1/sessions", &[kind], body.as_bytes()).expect(201);
        answer.json()["token"].as_str().expect("a token").to_owned()
    }

    /// Somebody with a role; `planner-2` is a second planner.
    pub(crate) fn person(&self, name: &str) -> Person<'_> {
        let known = self.people.lock().unwrap().get(name).cloned();
        let token = known.unwrap_or_else(|| {
            let role = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
            let admin = Person { house: self, token: self.people.lock().unwrap()["admin"].clone() };
            let account = json!({ "name": name, "password": PASSWORD, "roles": [role] });
            admin.post("/api/v1/accounts", &account).expect(201);
            let token = self.log_in(name);
            self.people.lock().unwrap().insert(name.to_owned(), token.clone());
            token
        });
        Person { house: self, token }
    }

    /// Forgets the session of a person, who logs in anew next time.
    pub(crate) fn renew(&self, name: &str) {
        let token = self.log_in(name);
        self.people.lock().unwrap().insert(name.to_owned(), token);
    }

    /// Moves the clock on so far that every session ends, and logs everybody in anew.
    pub(crate) fn pass_and_renew(&self, seconds: i64) {
        self.pass(seconds);
        let names: Vec<String> = self.people.lock().unwrap().keys().cloned().collect();
        names.iter().for_each(|name| self.renew(name));
    }

    /// Waits until a write with an idempotency key has begun.
    pub(crate) fn wait_for_a_key(&self) {
        self.runtime.block_on(async {
            let pool = sqlx::AnyPool::connect(&self.database).await.expect("the store");
            let claimed = || sqlx::query("SELECT 1 FROM answers").fetch_optional(&pool);
            while claimed().await.expect("a table of answers").is_none() {}
            pool.close().await;
        });
    }

    /// Another process on the same store and clock.
    pub(crate) fn another(&self) -> Service {
        self.runtime.block_on(Service::open(config(&self.database, &self.seconds))).expect("a second service")
    }

    /// Does the runs that wait.
    pub(crate) fn work(&self) {
        let worker = Worker::new(&self.service, settings("worker"));
        while self.runtime.block_on(worker.work_once()).expect("a worker that works") {}
    }

    /// A week of the demonstration with its plan, as its planner left it.
    pub(crate) fn planned_week(&self) -> String {
        self.planned(&folder())
    }

    /// The same of another folder.
    pub(crate) fn planned(&self, files: &Value) -> String {
        let planner = self.person("planner");
        let week = planner.post("/api/v1/weeks", &json!({ "files": files, "why": "test" })).expect(201).json();
        let id = week["id"].as_str().expect("an id").to_owned();
        planner.post(&format!("/api/v1/weeks/{id}/runs"), &json!({ "version": week["version"] })).expect(201);
        self.work();
        id
    }

    /// The version that a write about a week must name.
    pub(crate) fn version(&self, week: &str) -> Value {
        self.person("planner").get(&format!("/api/v1/weeks/{week}")).expect(200).json()["version"].clone()
    }
}

pub(crate) fn settings(name: &str) -> WorkerSettings {
    WorkerSettings { name: name.to_owned(), threads: 1, lease_seconds: 30, beat: Duration::from_millis(20) }
}

fn config(database: &str, seconds: &Arc<AtomicI64>) -> Config {
    let start: DateTime<Utc> = DateTime::from_timestamp(START, 0).expect("a moment");
    let seconds = Arc::clone(seconds);
    let clock = Clock::new(move || start + TimeDelta::seconds(seconds.load(Ordering::SeqCst)));
    Config { database: database.to_owned(), secure: false, idle_minutes: 30, session_hours: 10, clock }
}

/// Files of a small week with everything in it.
pub(crate) fn folder() -> Value {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/products/week");
    let mut files = serde_json::Map::new();
    for entry in fs::read_dir(dir).expect("a week") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        files.insert(name, Value::String(fs::read_to_string(&path).expect("a text")));
    }
    Value::Object(files)
}

/// Somebody who is logged in.
pub(crate) struct Person<'h> {
    pub(crate) house: &'h House,
    pub(crate) token: String,
}

impl Person<'_> {
    pub(crate) fn send(&self, method: &str, path: &str, body: &Value, more: &[(&str, &str)]) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        headers.extend(more);
        send(self.house.address, method, path, &headers, body.to_string().as_bytes())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        send(self.house.address, "GET", path, &[("Authorization", &bearer)], b"")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, body, &[])
    }

    /// A page in a browser: by cookie.
    pub(crate) fn page(&self, path: &str) -> Answer {
        let cookie = format!("vertrek={}", self.token);
        send(self.house.address, "GET", path, &[("Cookie", &cookie)], b"")
    }

    /// A form of a page: by cookie, with what a page of this session carries.
    pub(crate) fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.page("/weeks").text();
        let token = page.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let mut fields = fields.to_vec();
        fields.push(("form_token", token.expect("a form on the page")));
        self.form_as_it_is(path, &fields)
    }

    pub(crate) fn form_as_it_is(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let cookie = format!("vertrek={}", self.token);
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let headers = [("Cookie", cookie.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
        send(self.house.address, "POST", path, &headers, body.join("&").as_bytes())
    }
}

/// Text in a form or an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
