//! Who is logged in.

use super::roles::Role;

/// Who is logged in.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) name: String,
    pub(crate) roles: Vec<Role>,
    /// What is kept of the session's token.
    pub(crate) session: String,
}

impl Caller {
    /// Whether the caller has one of these roles.
    pub(crate) fn is_one_of(&self, roles: &[Role]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }
}
