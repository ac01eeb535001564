//! The service over HTTP, on this machine's own address: the life of a week, who may do what, attacks, two people at once, runs
//! that lose their worker, the journal. Every test runs on SQLite, and on PostgreSQL where a server can be started.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod attacks;
mod board;
mod calendars;
mod clocks;
mod disk;
mod document;
mod elsewhere;
mod figures;
mod house;
mod http;
mod journal;
mod kept;
mod kills;
mod ledger;
mod life;
mod notices;
mod oidc;
mod parts;
mod pins;
mod postgres;
mod program;
mod restart;
mod roles;
mod runs;
mod tls;
mod webhooks;
mod workers;
