//! What can be done: each deed once, whether a form or the API asks for it. A deed checks what it is given, changes the store
//! in one step with its line in the journal, and tells those who wait.

pub(crate) mod events;
pub(crate) mod federation;
pub(crate) mod intake;
pub(crate) mod known;
pub(crate) mod life;
pub(crate) mod login;
pub(crate) mod notices;
pub(crate) mod parts;
pub(crate) mod pins;
pub(crate) mod runs;
pub(crate) mod swap;
pub(crate) mod webhooks;
