//! The program as it is run: the service and its workers in processes of their own, on a store that outlives them.

use super::house::PASSWORD;
use super::http::{Answer, send, try_send};
use super::postgres::Postgres;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Where a store is.
pub(crate) enum Place {
    Sqlite(TempDir),
    /// SQLite in a folder that somebody else looks after.
    Folder(PathBuf),
    Postgres(Postgres),
}

/// Runs a test on a store of every kind that there is.
pub(crate) fn on_every_place(test: impl Fn(&Place)) {
    test(&Place::Sqlite(TempDir::new().expect("a folder")));
    if let Some(postgres) = Postgres::start() {
        test(&Place::Postgres(postgres));
    }
}

impl Place {
    pub(crate) fn kind(&self) -> &'static str {
        if matches!(self, Self::Postgres(_)) { "PostgreSQL" } else { "SQLite" }
    }

    fn arguments(&self) -> Vec<String> {
        let folder = |dir: &Path| vec!["--data".to_owned(), dir.display().to_string()];
        match self {
            Self::Sqlite(dir) => folder(dir.path()),
            Self::Folder(dir) => folder(dir),
            Self::Postgres(postgres) => vec!["--database".to_owned(), postgres.url()],
        }
    }

    /// The program with a command of its own.
    pub(crate) fn command(&self, command: &str, more: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_vertrek"));
        program.arg(command).args(self.arguments()).args(more);
        program
    }

    pub(crate) fn serve(&self, workers: &str) -> Process {
        Process::service(self.command("serve", &["--listen", "127.0.0.1:0", "--lease", "2", "--workers", workers]))
    }

    pub(crate) fn worker(&self) -> Process {
        Process::start(self.command("worker", &["--lease", "2"]))
    }
}

/// A process of the program; killed when it is let go.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
    lines: BufReader<ChildStdout>,
}

impl Process {
    fn start(mut command: Command) -> Self {
        let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = started.expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), lines }
    }

    /// A service, once it says where it answers.
    pub(crate) fn service(command: Command) -> Self {
        let mut process = Self::start(command);
        let first = process.line();
        let address = first.split("http://").nth(1).and_then(|rest| rest.trim().trim_end_matches('/').parse().ok());
        process.address = address.unwrap_or_else(|| panic!("it says: {first}"));
        process
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a line");
        line
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Who writes: a planner who is also gatekeeper, auditor and administrator, and logged in for the whole of a test.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    bearer: String,
}

impl Writer {
    /// Makes the first account by the code that a new service prints, and an account that may do everything here.
    pub(crate) fn first(service: &mut Process) -> Self {
        let line = service.line();
        let code = line.trim().rsplit(' ').next().unwrap_or_default();
        let form = format!("code={code}&name=admin&password={}", PASSWORD.replace(' ', "+"));
        let kind = ("Content-Type", "application/x-www-form-urlencoded");
        send(service.address, "POST", "/first-account", &[kind], form.as_bytes()).expect(303);
        let admin = Self::log_in(service.address, "admin");
        let roles = json!(["planner", "gatekeeper", "auditor", "admin"]);
        let account = json!({ "name": "writer", "password": PASSWORD, "roles": roles });
        admin.post(service.address, "/accounts", &account).expect("an answer").expect(201);
        Self::log_in(service.address, "writer")
    }

    fn log_in(address: SocketAddr, name: &str) -> Self {
        let body = json!({ "name": name, "password": PASSWORD }).to_string();
        let kind = [("Content-Type", "application/json")];
        let answer = send(address, "POST", "/api/v1/sessions", &kind, body.as_bytes()).expect(201).json();
        Self { bearer: format!("Bearer {}", answer["token"].as_str().expect("a token")) }
    }

    /// Asks the API; none when there is no whole answer.
    pub(crate) fn ask(&self, address: SocketAddr, method: &str, path: &str, body: &str) -> Option<Answer> {
        self.ask_with(address, method, path, body, &[])
    }

    pub(crate) fn ask_with(
        &self,
        address: SocketAddr,
        method: &str,
        path: &str,
        body: &str,
        more: &[(&str, &str)],
    ) -> Option<Answer> {
        let mut headers = vec![("Authorization", self.bearer.as_str()), ("Content-Type", "application/json")];
        headers.extend(more);
        try_send(address, method, &format!("/api/v1{path}"), &headers, body.as_bytes())
    }

    pub(crate) fn post(&self, address: SocketAddr, path: &str, body: &Value) -> Option<Answer> {
        self.ask(address, "POST", path, &body.to_string())
    }

    pub(crate) fn get(&self, address: SocketAddr, path: &str) -> Option<Answer> {
        self.ask(address, "GET", path, "")
    }

    /// What must be there.
    pub(crate) fn read(&self, address: SocketAddr, path: &str) -> Value {
        let answer = self.get(address, path).unwrap_or_else(|| panic!("no answer to {path}"));
        answer.expect(200).json()
    }

    /// The runs of a week.
    pub(crate) fn runs(&self, address: SocketAddr, week: &str) -> Vec<Value> {
        self.read(address, &format!("/weeks/{week}/runs"))["runs"].as_array().expect("runs").clone()
    }

    /// Waits until no run of these weeks waits or runs.
    pub(crate) fn settled(&self, address: SocketAddr, weeks: &[String]) -> Vec<Value> {
        let until = Instant::now() + Duration::from_secs(180);
        loop {
            let runs: Vec<Value> = weeks.iter().flat_map(|week| self.runs(address, week)).collect();
            let open = runs.iter().filter(|run| run["state"] == "queued" || run["state"] == "running").count();
            if open == 0 {
                return runs;
            }
            assert!(Instant::now() < until, "{open} of {} runs never end", runs.len());
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}
