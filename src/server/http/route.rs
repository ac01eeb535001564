//! What a route is: a way in, who may take it, what it may be sent, what it reads of cases.

use crate::server::Service;
use crate::server::roles::Role;
use axum::routing::MethodRouter;

/// Who may take a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Open {
    /// Whoever asks.
    Anyone,
    /// Who has one of these roles.
    Roles(&'static [Role]),
}

/// What a route reads of cases, as the guard writes it in the journal: of the case that its path names, or of the week.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reads {
    pub(crate) action: &'static str,
    /// What of it; names of the path in braces.
    pub(crate) detail: &'static str,
}

/// One way in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) open: Open,
    /// Largest body, in bytes.
    pub(crate) largest: usize,
    /// What it reads of cases; none when it shows nothing of any.
    pub(crate) reads: Option<Reads>,
    pub(crate) handler: fn() -> MethodRouter<Service>,
    /// What it does; for the API, as its document says it.
    pub(crate) about: &'static str,
}

impl Route {
    /// Whether it answers with a page.
    pub(crate) fn is_page(&self) -> bool {
        !self.path.starts_with("/api/") && self.path != "/health"
    }
}

/// A form or a small document.
const SMALL: usize = 64 * 1024;
/// A week folder.
const FOLDER: usize = 48 * 1024 * 1024;

/// A route for small bodies that reads nothing of cases.
pub(super) const fn to(
    method: &'static str,
    path: &'static str,
    open: Open,
    handler: fn() -> MethodRouter<Service>,
    about: &'static str,
) -> Route {
    Route { method, path, open, largest: SMALL, reads: None, handler, about }
}

/// The same, for a week folder.
pub(super) const fn large(route: Route) -> Route {
    Route { largest: FOLDER, ..route }
}

/// The same, with what it reads of cases.
pub(super) const fn reads(action: &'static str, detail: &'static str, route: Route) -> Route {
    Route { reads: Some(Reads { action, detail }), ..route }
}
