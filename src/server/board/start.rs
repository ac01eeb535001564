//! Where to begin, by role.

use crate::server::caller::Caller;
use crate::server::http::see_other;
use crate::server::roles::Role;
use axum::response::Response;

pub(crate) async fn page(caller: Caller) -> Response {
    see_other(if caller.roles == [Role::Admin] { "/accounts" } else { "/weeks" })
}
