//! People who write as fast as they can, and what of it was acknowledged: all of that must be there afterwards.

use super::house::{PASSWORD, folder};
use super::http::Answer;
use super::program::Writer;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// What was acknowledged.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) weeks: Vec<String>,
    /// Week and run; an event asks for a run too.
    runs: Vec<(String, String)>,
    accounts: Vec<String>,
    /// Cases that were shown.
    reads: usize,
    /// Refusals that nobody should see: status and body.
    pub(crate) strange: Vec<(u16, String)>,
    /// Refusals because the store was away or full.
    pub(crate) refused: Vec<u16>,
}

/// Weeks written to: enough to stand side by side, few enough to look through after every fault.
const WEEKS: usize = 8;

impl Ledger {
    fn week(ledger: &Mutex<Self>, dice: &mut ChaCha8Rng) -> Option<String> {
        let weeks = &ledger.lock().unwrap().weeks;
        (!weeks.is_empty()).then(|| weeks[dice.random_range(0..weeks.len())].clone())
    }

    /// Everything that was acknowledged is there, and the chain is whole.
    pub(crate) fn check(&self, writer: &Writer, address: SocketAddr, when: &str) {
        let weeks = writer.read(address, "/weeks").to_string();
        for week in &self.weeks {
            assert!(weeks.contains(&format!("\"{week}\"")), "{when}: week {week} was acknowledged and is gone");
        }
        let accounts = writer.read(address, "/accounts").to_string();
        for account in &self.accounts {
            assert!(accounts.contains(&format!("\"{account}\"")), "{when}: account {account} is gone");
        }
        for week in &self.weeks {
            let runs = writer.read(address, &format!("/weeks/{week}/runs")).to_string();
            let mine = self.runs.iter().filter(|(of, _)| of == week);
            for (_, run) in mine {
                assert!(runs.contains(&format!("\"{run}\"")), "{when}: run {run} of {week} is gone");
            }
        }
        let verdict = writer.read(address, "/journal-verdict");
        assert_eq!(verdict["whole"], json!(true), "{when}: {verdict}");
        // A line each, and those of the first accounts.
        let least = u64::try_from(self.acknowledged()).unwrap();
        assert!(verdict["lines"].as_u64().unwrap() >= least, "{when}: {verdict}, {least} acknowledged");
        assert!(self.strange.is_empty(), "{when}: {:?}", self.strange);
    }

    pub(crate) fn acknowledged(&self) -> usize {
        self.weeks.len() + self.runs.len() + self.accounts.len() + self.reads
    }

    /// Every run ended, with a plan or with a reason that is nobody's fault inside.
    pub(crate) fn ended(&self, runs: &[Value], when: &str) {
        for run in runs {
            let clean = run["state"] == "done" && run["plan"].is_u64()
                || run["state"] == "failed" && run["error"].as_str().is_some_and(|error| error.contains("lost three"));
            assert!(clean, "{when}: {run}");
        }
        for (week, run) in &self.runs {
            assert!(runs.iter().any(|row| row["id"] == run.as_str()), "{when}: run {run} of {week} is gone");
        }
    }
}

/// Writes until told to stop, or until nobody answers.
pub(crate) fn write(ledger: &Mutex<Ledger>, writer: &Writer, address: SocketAddr, seed: u64, stop: &AtomicBool) {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let files = json!({ "files": folder(), "why": "load" });
    while !stop.load(Ordering::SeqCst) {
        let week = Ledger::week(ledger, &mut dice);
        let few = ledger.lock().unwrap().weeks.len() < WEEKS;
        let answered = match (week, dice.random_range(0..100)) {
            (None, _) | (_, 0..10) if few => take_in(ledger, writer, address, &files),
            (Some(week), 10..50) => run(ledger, writer, address, &week),
            (Some(week), 50..70) => event(ledger, writer, address, &week, &mut dice),
            (_, 70..73) => account(ledger, writer, address, &mut dice),
            (Some(week), _) => case(ledger, writer, address, &week),
            (None, _) => take_in(ledger, writer, address, &files),
        };
        if answered.is_none() {
            return;
        }
    }
}

/// The answer when it acknowledges something; what else it is goes into the ledger. None when there is no whole answer.
fn noted(ledger: &Mutex<Ledger>, answer: Option<Answer>, right: u16) -> Option<Option<Answer>> {
    let answer = answer?;
    if answer.status == right {
        return Some(Some(answer));
    }
    let problem = answer.header("content-type").is_some_and(|kind| kind == "application/problem+json");
    let mut ledger = ledger.lock().unwrap();
    match answer.status {
        503 | 507 if problem => ledger.refused.push(answer.status),
        400 | 409 if problem => {}
        status => ledger.strange.push((status, answer.text())),
    }
    Some(None)
}

fn take_in(ledger: &Mutex<Ledger>, writer: &Writer, address: SocketAddr, files: &Value) -> Option<()> {
    if let Some(answer) = noted(ledger, writer.post(address, "/weeks", files), 201)? {
        ledger.lock().unwrap().weeks.push(answer.json()["id"].as_str().unwrap().to_owned());
    }
    Some(())
}

fn version(ledger: &Mutex<Ledger>, writer: &Writer, address: SocketAddr, week: &str) -> Option<Option<Value>> {
    let row = noted(ledger, writer.get(address, &format!("/weeks/{week}")), 200)?;
    Some(row.map(|row| row.json()["version"].clone()))
}

fn asked(ledger: &Mutex<Ledger>, week: &str, answer: Option<Answer>) -> Option<()> {
    if let Some(answer) = noted(ledger, answer, 201)? {
        let run = answer.json()["id"].as_str().unwrap().to_owned();
        ledger.lock().unwrap().runs.push((week.to_owned(), run));
    }
    Some(())
}

fn run(ledger: &Mutex<Ledger>, writer: &Writer, address: SocketAddr, week: &str) -> Option<()> {
    let Some(version) = version(ledger, writer, address, week)? else { return Some(()) };
    asked(ledger, week, writer.post(address, &format!("/weeks/{week}/runs"), &json!({ "version": version })))
}

fn event(
    ledger: &Mutex<Ledger>,
    writer: &Writer,
    address: SocketAddr,
    week: &str,
    dice: &mut ChaCha8Rng,
) -> Option<()> {
    let Some(version) = version(ledger, writer, address, week)? else { return Some(()) };
    let case = format!("C{}", dice.random_range(1..5));
    let body = json!({ "version": version, "kind": "release_withdrawn", "subject": case, "at": "2027-01-15T09:30" });
    asked(ledger, week, writer.post(address, &format!("/weeks/{week}/events"), &body))
}

fn account(ledger: &Mutex<Ledger>, writer: &Writer, address: SocketAddr, dice: &mut ChaCha8Rng) -> Option<()> {
    let name = format!("someone-{:016x}", dice.next_u64());
    let body = json!({ "name": name, "password": PASSWORD, "roles": ["gatekeeper"] });
    if noted(ledger, writer.post(address, "/accounts", &body), 201)?.is_some() {
        ledger.lock().unwrap().accounts.push(name);
    }
    Some(())
}

fn case(ledger: &Mutex<Ledger>, writer: &Writer, address: SocketAddr, week: &str) -> Option<()> {
    if noted(ledger, writer.get(address, &format!("/weeks/{week}/cases/C1")), 200)?.is_some() {
        ledger.lock().unwrap().reads += 1;
    }
    Some(())
}
