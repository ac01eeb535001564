//! `vertrek serve`: the service and its board; and `vertrek worker`: more machines for its runs.

use super::{Failure, PrintArgs, say};
use chrono::Utc;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use vertrek::lang::Lang;
use vertrek::server::{Clock, Config, Problem, Service, Worker, WorkerSettings};

/// Where the service keeps what it knows.
#[derive(Debug, clap::Args)]
struct StoreArgs {
    /// Folder of the store (SQLite); made when it is not there.
    #[arg(long, value_name = "DIR", required_unless_present = "database")]
    data: Option<PathBuf>,
    /// Database of an organisation instead, postgres://user@host/name.
    #[arg(long, value_name = "URL", env = "VERTREK_DATABASE", hide_env_values = true)]
    database: Option<String>,
    #[command(flatten)]
    print: PrintArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    store: StoreArgs,
    /// Address to answer on.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Workers inside this process; 0 when others do the runs.
    #[arg(long, value_name = "N", default_value_t = 1)]
    workers: u16,
    /// Threads of each solve.
    #[arg(long, value_name = "N", default_value_t = 1)]
    threads: u16,
    /// Browsers reach it over TLS, by a proxy before it: keep cookies to that.
    #[arg(long)]
    behind_tls: bool,
    /// Follow the journal from its first line to its last, say whether it is whole, and stop.
    #[arg(long)]
    verify: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Work {
    #[command(flatten)]
    store: StoreArgs,
    /// Runs at a time.
    #[arg(long, value_name = "N", default_value_t = 1)]
    workers: u16,
    /// Threads of each solve.
    #[arg(long, value_name = "N", default_value_t = 1)]
    threads: u16,
}

/// How long a run stays with a worker that gives no sign of life.
const LEASE_SECONDS: i64 = 30;
/// Time between signs of life.
const BEAT: Duration = Duration::from_millis(500);

impl StoreArgs {
    fn config(&self, secure: bool) -> Result<Config, Failure> {
        let database = match (&self.database, &self.data) {
            (Some(url), _) => url.clone(),
            (None, Some(dir)) => {
                let lang = self.print.lang();
                std::fs::create_dir_all(dir).map_err(|error| Failure::of_path(lang, "make", "maken", dir, &error))?;
                format!("sqlite:{}", dir.join("vertrek.sqlite").display())
            }
            (None, None) => return Err(Failure::Told("error: name --data DIR or --database URL".to_owned())),
        };
        Ok(Config { database, secure, idle_minutes: 30, session_hours: 10, clock: Clock::new(Utc::now) })
    }

    fn told(&self, problem: &Problem) -> Failure {
        let what = problem.what.in_lang(self.print.lang());
        Failure::Told(self.print.lang().pick(format!("error: {what}"), format!("fout: {what}")))
    }
}

fn runtime() -> Result<Runtime, Failure> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.map_err(|error| Failure::Told(format!("error: {error}")))
}

fn start_workers(service: &Service, workers: u16, threads: u16) {
    for at in 0..workers {
        let settings = WorkerSettings {
            name: format!("{}-{}-{at}", host(), std::process::id()),
            threads: usize::from(threads.max(1)),
            lease_seconds: LEASE_SECONDS,
            beat: BEAT,
        };
        let worker = Worker::new(service, settings);
        tokio::spawn(async move { worker.work(asked_to_stop()).await });
    }
}

/// Name of this machine, as far as it tells.
fn host() -> String {
    std::fs::read_to_string("/etc/hostname").map_or_else(|_| "host".to_owned(), |name| name.trim().to_owned())
}

/// Done when somebody presses Ctrl-C or the machine asks the program to end.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}

impl Serve {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let config = self.store.config(self.behind_tls)?;
        runtime()?.block_on(async {
            let service = Service::open(config).await.map_err(|problem| self.store.told(&problem))?;
            if self.verify {
                return self.verdict(&service).await;
            }
            let listener = TcpListener::bind(self.listen).await;
            let listener = listener.map_err(|error| Failure::Told(format!("error: {}: {error}", self.listen)))?;
            say(&self.greeting(&service, listener.local_addr().unwrap_or(self.listen)));
            start_workers(&service, self.workers, self.threads);
            let served = service.serve(listener, asked_to_stop()).await;
            served.map_err(|error| Failure::Told(format!("error: {error}")))?;
            Ok(ExitCode::SUCCESS)
        })
    }

    fn greeting(&self, service: &Service, at: SocketAddr) -> String {
        let lang = self.store.print.lang();
        let mut greeting =
            lang.pick(format!("The board is at http://{at}/"), format!("Het bord staat op http://{at}/"));
        if let Some(code) = service.first_code() {
            greeting += &lang.pick(
                format!("\nNobody has an account yet. The code that makes the first one, once: {code}"),
                format!("\nNog niemand heeft een account. De code die het eerste maakt, eenmalig: {code}"),
            );
        }
        greeting
    }

    async fn verdict(&self, service: &Service) -> Result<ExitCode, Failure> {
        let verdict = service.store().verify().await.map_err(|problem| self.store.told(&problem))?;
        let (lines, head) = (verdict.lines, &verdict.head);
        let lang: Lang = self.store.print.lang();
        say(&match verdict.broken {
            None => lang.pick(
                format!("The journal is whole: {lines} lines, head {head}"),
                format!("Het logboek is heel: {lines} regels, kop {head}"),
            ),
            Some(line) => lang.pick(
                format!("The journal is broken at line {line}; the {lines} lines before it follow from each other."),
                format!("Het logboek is gebroken bij regel {line}; de {lines} regels daarvoor volgen uit elkaar."),
            ),
        });
        Ok(ExitCode::from(u8::from(verdict.broken.is_some())))
    }
}

impl Work {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let config = self.store.config(false)?;
        runtime()?.block_on(async {
            let service = Service::open(config).await.map_err(|problem| self.store.told(&problem))?;
            start_workers(&service, self.workers.max(1), self.threads);
            asked_to_stop().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}
