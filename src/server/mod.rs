//! The service and its board: weeks, plans and who did what in one store; runs of the optimiser as jobs; an API and pages
//! over HTTP. docs/service.md says how it is run.
//!
//! - `problem`, `caller`, `fields`: why something is not done, who asks, and what they sent;
//! - `store`: what is kept, and the journal of who saw and changed what;
//! - `desk`: weeks and plans that were read lately;
//! - `deeds`: what can be done to a week, each once, for API and board alike;
//! - `figures`: figures over time, of what was published;
//! - `client`, `oidc`: asking others over HTTP, and logging in by an identity provider;
//! - `worker`: takes runs and does them; `courier`: delivers what webhooks are told;
//! - `demo`: a service to try out;
//! - `http`: one table of routes with who may take each, and the guard before every one;
//! - `api`, `board`: answers as JSON, and as pages.

mod api;
mod board;
mod caller;
mod client;
mod clock;
mod courier;
mod deeds;
mod demo;
mod desk;
mod fields;
mod figures;
mod http;
mod limits;
mod log;
mod oidc;
mod problem;
mod roles;
mod secrets;
pub mod store;
mod worker;

pub use clock::Clock;
pub use courier::Courier;
pub use demo::Demo;
pub use oidc::OidcSettings;
pub use problem::Problem;
pub use roles::Role;
pub use worker::{Worker, WorkerSettings};

use self::desk::Desk;
use self::limits::Limits;
use self::oidc::Provider;
use self::store::Store;
use std::num::NonZero;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore, watch};

/// How a service is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// URL of the store: `sqlite:PATH` or `postgres://...`.
    pub database: String,
    /// Whether browsers reach it over TLS: cookies are then kept to that.
    pub secure: bool,
    /// Minutes without a sign of life after which a session ends.
    pub idle_minutes: i64,
    /// Hours after which a session ends whatever happens.
    pub session_hours: i64,
    /// Where it asks what time it is.
    pub clock: Clock,
}

/// What the parts of a running service share.
#[derive(Debug)]
pub struct Inner {
    pub(crate) store: Store,
    pub(crate) desk: Desk,
    /// Figures over time.
    pub(crate) figures: figures::Latest,
    pub(crate) config: Config,
    pub(crate) limits: Limits,
    /// The identity provider, where one is set.
    pub(crate) provider: Option<Provider>,
    /// Places for pages that are being made.
    pub(crate) drawing: Semaphore,
    /// Rung when a run is queued.
    pub(crate) bell: Notify,
    /// The code that makes the first account; none once there is one.
    pub(crate) first_code: std::sync::Mutex<Option<String>>,
    /// Goes up with every change, for those who wait for one.
    pub(crate) changes: watch::Sender<u64>,
}

/// A service.
#[derive(Clone, Debug)]
pub struct Service(pub(crate) Arc<Inner>);

impl std::ops::Deref for Service {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Service {
    /// Opens the store and gets ready to answer.
    ///
    /// # Errors
    /// When the store cannot be opened.
    pub async fn open(config: Config) -> Result<Self, Problem> {
        Self::open_for(config, None).await
    }

    /// The same with an identity provider to log in by.
    ///
    /// # Errors
    /// As [`Self::open`], and when the key of this client cannot be used.
    pub async fn open_for(config: Config, oidc: Option<OidcSettings>) -> Result<Self, Problem> {
        let provider = oidc.map(Provider::new).transpose().map_err(|wrong| {
            let en = wrong.to_string();
            Problem::conflict("wrong-key", en, format!("de sleutel is geen ECDSA-sleutel op P-256: {wrong}"))
        })?;
        let store = Store::open(&config.database, config.clock.clone()).await?;
        let mut change = store.change().await?;
        let first_code = if change.has_accounts().await? { None } else { Some(secrets::code()?) };
        drop(change);
        let inner = Inner {
            store,
            desk: Desk::default(),
            figures: figures::Latest::default(),
            config,
            limits: Limits::default(),
            provider,
            drawing: Semaphore::new(std::thread::available_parallelism().map_or(2, NonZero::get)),
            bell: Notify::new(),
            first_code: std::sync::Mutex::new(first_code),
            changes: watch::Sender::new(0),
        };
        Ok(Self(Arc::new(inner)))
    }

    /// The one-time code that makes the first account, while there is none.
    pub fn first_code(&self) -> Option<String> {
        self.first_code.lock().ok().and_then(|code| code.clone())
    }

    /// The store, to verify its journal.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Answers on a listener until `stop` is done.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(
        &self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        http::serve::serve(http::router(self.clone()), listener, stop).await
    }

    /// Wakes whoever does runs, and tells those who wait that something changed.
    pub(crate) fn queued(&self) {
        // All who wait, and who is just about to: not each of them does runs of every kind.
        self.bell.notify_waiters();
        self.bell.notify_one();
        self.changed();
    }

    /// Tells those who wait that something changed.
    pub(crate) fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }
}
