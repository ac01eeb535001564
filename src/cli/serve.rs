//! `vertrek serve`: the service and its board; `vertrek worker`: more machines for its runs; `vertrek backup` and `vertrek
//! restore`: its whole store in one file.

use super::{Failure, PrintArgs, say};
use chrono::Utc;
use std::io::{BufReader, BufWriter};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use vertrek::lang::Lang;
use vertrek::server::{Clock, Config, Courier, Demo, OidcSettings, Problem, Role, Service, Worker, WorkerSettings};
use vertrek::week::read::read_folder;

/// Where the service keeps what it knows.
#[derive(Debug, clap::Args)]
struct StoreArgs {
    /// Folder of the store (SQLite); made when it is not there.
    #[arg(long, value_name = "DIR")]
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
    /// Workers inside this process, and one more for repairs alone; 0 when others do the runs.
    #[arg(long, value_name = "N", default_value_t = 1)]
    workers: u16,
    /// Threads of each solve.
    #[arg(long, value_name = "N", default_value_t = 1)]
    threads: u16,
    /// Seconds after which a run whose worker gives no sign of life is anybody's.
    #[arg(long, value_name = "SECONDS", default_value_t = LEASE_SECONDS, value_parser = clap::value_parser!(u32).range(2..=3600))]
    lease: u32,
    /// Browsers reach it over TLS, by a proxy before it: keep cookies to that.
    #[arg(long)]
    behind_tls: bool,
    /// Try it out: accounts named after their roles, this week folder taken in and planned; in a store of its own that is gone
    /// afterwards, unless --data names one.
    #[arg(long, value_name = "WEEK_FOLDER")]
    demo: Option<PathBuf>,
    #[command(flatten)]
    oidc: OidcArgs,
    /// Follow the journal from its first line to its last, say whether it is whole, and stop.
    #[arg(long)]
    verify: bool,
}

/// Logging in by an organisation's identity provider (OpenID Connect).
#[derive(Debug, clap::Args)]
struct OidcArgs {
    /// Issuer of the identity provider, exactly as it calls itself.
    #[arg(long, value_name = "URL", requires_all = ["oidc_client", "oidc_key", "public_url"])]
    oidc_issuer: Option<String>,
    /// What the identity provider calls this client.
    #[arg(long, value_name = "ID", requires = "oidc_issuer")]
    oidc_client: Option<String>,
    /// Private key of this client: ECDSA on P-256 as PKCS#8 in PEM.
    #[arg(long, value_name = "FILE", requires = "oidc_issuer")]
    oidc_key: Option<PathBuf>,
    /// Claim that holds the roles; a dot leads into a claim.
    #[arg(long, value_name = "CLAIM", default_value = "roles")]
    oidc_roles: String,
    /// Claim that holds the name of the account.
    #[arg(long, value_name = "CLAIM", default_value = "preferred_username")]
    oidc_name: String,
    /// Address that browsers reach the board at, such as https://board.example.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

impl OidcArgs {
    fn settings(&self, lang: Lang) -> Result<Option<OidcSettings>, Failure> {
        let (Some(issuer), Some(client), Some(file), Some(url)) =
            (&self.oidc_issuer, &self.oidc_client, &self.oidc_key, &self.public_url)
        else {
            return Ok(None);
        };
        let key =
            std::fs::read_to_string(file).map_err(|error| Failure::of_path(lang, "read", "lezen", file, &error))?;
        Ok(Some(OidcSettings {
            issuer: issuer.clone(),
            client_id: client.clone(),
            key,
            public_url: url.trim_end_matches('/').to_owned(),
            roles_claim: self.oidc_roles.clone(),
            name_claim: self.oidc_name.clone(),
        }))
    }
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
    /// Seconds after which a run whose worker gives no sign of life is anybody's.
    #[arg(long, value_name = "SECONDS", default_value_t = LEASE_SECONDS, value_parser = clap::value_parser!(u32).range(2..=3600))]
    lease: u32,
}

#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    #[command(flatten)]
    store: StoreArgs,
    /// File to write; an earlier one there is replaced when the new one is whole.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    #[command(flatten)]
    store: StoreArgs,
    /// File of a backup; the store must be empty.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Purge {
    #[command(flatten)]
    store: StoreArgs,
    /// First ISO week that stays, for example 2022-W01.
    #[arg(long, value_name = "WEEK")]
    before: String,
    /// Why, for the journal.
    #[arg(long, value_name = "TEXT")]
    why: String,
}

/// How long a run stays with a worker that gives no sign of life.
const LEASE_SECONDS: u32 = 30;
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

fn start_workers(service: &Service, workers: u16, threads: u16, lease: u32) {
    let worker = |at: &str| {
        let settings = WorkerSettings {
            name: format!("{}-{}-{at}", host(), std::process::id()),
            threads: usize::from(threads.max(1)),
            lease_seconds: i64::from(lease),
            beat: BEAT,
        };
        Worker::new(service, settings)
    };
    let mut all: Vec<Worker> = (0..workers).map(|at| worker(&at.to_string())).collect();
    if workers > 0 {
        // Whoever reports an event does not wait until a plan is made.
        all.push(worker("repairs").for_repairs());
    }
    for worker in all {
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
    pub(super) fn run(mut self) -> Result<ExitCode, Failure> {
        let passing = (self.demo.is_some() && self.store.data.is_none() && self.store.database.is_none())
            .then(tempfile::tempdir)
            .transpose()
            .map_err(|error| Failure::Told(format!("error: {error}")))?;
        if let Some(dir) = &passing {
            self.store.data = Some(dir.path().to_path_buf());
        }
        let config = self.store.config(self.behind_tls)?;
        let oidc = self.oidc.settings(self.store.print.lang())?;
        runtime()?.block_on(async {
            let service = Service::open_for(config, oidc).await.map_err(|problem| self.store.told(&problem))?;
            if self.verify {
                return self.verdict(&service).await;
            }
            let listener = TcpListener::bind(self.listen).await;
            let listener = listener.map_err(|error| Failure::Told(format!("error: {}: {error}", self.listen)))?;
            let demo = match &self.demo {
                Some(folder) => Some(self.demonstrate(&service, folder).await?),
                None => None,
            };
            say(&self.greeting(&service, listener.local_addr().unwrap_or(self.listen), demo.as_ref()));
            start_workers(&service, self.workers, self.threads, self.lease);
            let courier = Courier::new(&service);
            tokio::spawn(async move { courier.work(asked_to_stop()).await });
            let served = service.serve(listener, asked_to_stop()).await;
            served.map_err(|error| Failure::Told(format!("error: {error}")))?;
            Ok(ExitCode::SUCCESS)
        })
    }

    async fn demonstrate(&self, service: &Service, folder: &Path) -> Result<Demo, Failure> {
        let print = self.store.print;
        let files = read_folder(folder).map_err(|found| print.bad_input(&found))?;
        service.demonstrate(files).await.map_err(|problem| self.store.told(&problem))
    }

    fn greeting(&self, service: &Service, at: SocketAddr, demo: Option<&Demo>) -> String {
        let lang = self.store.print.lang();
        let mut greeting =
            lang.pick(format!("The board is at http://{at}/"), format!("Het bord staat op http://{at}/"));
        if let Some(code) = service.first_code() {
            greeting += &lang.pick(
                format!("\nNobody has an account yet. The code that makes the first one, once: {code}"),
                format!("\nNog niemand heeft een account. De code die het eerste maakt, eenmalig: {code}"),
            );
        }
        if let Some(Demo { password, week }) = demo {
            let names = Role::ALL.map(Role::word).join(", ");
            greeting += &lang.pick(
                format!(
                    "\nWeek {week} is taken in and being planned. Log in as {names}; everybody's password: {password}"
                ),
                format!(
                    "\nWeek {week} is ingelezen en wordt gepland. Meld u aan als {names}; ieders wachtwoord: {password}"
                ),
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
            start_workers(&service, self.workers.max(1), self.threads, self.lease);
            asked_to_stop().await;
            Ok(ExitCode::SUCCESS)
        })
    }
}

impl Backup {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let (config, lang) = (self.store.config(false)?, self.store.print.lang());
        let cannot = |error: &std::io::Error| Failure::of_path(lang, "write", "schrijven", &self.to, error);
        let dir = self.to.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(dir).map_err(|error| cannot(&error))?;
        let rows = runtime()?.block_on(async {
            let service = Service::open(config).await.map_err(|problem| self.store.told(&problem))?;
            let mut writer = BufWriter::new(file.as_file_mut());
            service.store().backup(&mut writer).await.map_err(|problem| self.store.told(&problem))
        })?;
        file.as_file().sync_all().map_err(|error| cannot(&error))?;
        file.persist(&self.to).map_err(|error| cannot(&error.error))?;
        let to = self.to.display();
        say(&lang.pick(format!("{rows} rows written to {to}"), format!("{rows} rijen geschreven naar {to}")));
        Ok(ExitCode::SUCCESS)
    }
}

impl Restore {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let (config, lang) = (self.store.config(false)?, self.store.print.lang());
        let file = std::fs::File::open(&self.from);
        let file = file.map_err(|error| Failure::of_path(lang, "read", "lezen", &self.from, &error))?;
        runtime()?.block_on(async {
            let service = Service::open(config).await.map_err(|problem| self.store.told(&problem))?;
            let rows = service.store().restore(&mut BufReader::new(file)).await;
            let rows = rows.map_err(|problem| self.store.told(&problem))?;
            let verdict = service.store().verify().await.map_err(|problem| self.store.told(&problem))?;
            let whole = verdict.broken.is_none();
            say(&if whole {
                lang.pick(
                    format!("{rows} rows restored; the journal is whole"),
                    format!("{rows} rijen teruggezet; het logboek is heel"),
                )
            } else {
                lang.pick(
                    format!("{rows} rows restored; the journal is BROKEN"),
                    format!("{rows} rijen teruggezet; het logboek is GEBROKEN"),
                )
            });
            Ok(ExitCode::from(u8::from(!whole)))
        })
    }
}

impl Purge {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let (config, lang) = (self.store.config(false)?, self.store.print.lang());
        let gone = runtime()?.block_on(async {
            let service = Service::open(config).await.map_err(|problem| self.store.told(&problem))?;
            service.store().purge(&self.before, &self.why).await.map_err(|problem| {
                let told = problem.fields.first().map_or_else(|| problem.what.clone(), |(_, what)| what.clone());
                Failure::Told(format!("--before: {}", told.in_lang(lang)))
            })
        })?;
        let (count, names) = (gone.len(), gone.join(" "));
        say(&lang.pick(format!("{count} weeks removed {names}"), format!("{count} weken verwijderd {names}")));
        Ok(ExitCode::SUCCESS)
    }
}
