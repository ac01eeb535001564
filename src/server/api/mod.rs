//! Answers as JSON, after the API Design Rules of the Dutch government.

pub(crate) mod accounts;
pub(crate) mod cases;
pub(crate) mod figures;
pub(crate) mod life;
pub(crate) mod notices;
pub(crate) mod openapi;
pub(crate) mod pins;
pub(crate) mod plans;
pub(crate) mod products;
pub(crate) mod record;
pub(crate) mod runs;
pub(crate) mod service;
pub(crate) mod webhooks;
pub(crate) mod weeks;
