//! Logging in by an organisation's own identity provider: OpenID Connect, code flow with PKCE (S256), the client shown to be
//! itself by a signed assertion (`private_key_jwt`) and no shared secret.
//!
//! - `settings`: what an administrator sets, and the key of this client;
//! - `provider`: where the provider answers and what it signs with, as it says itself;
//! - `token`: whether what it signed may be believed.

mod provider;
mod settings;
mod token;

pub(crate) use provider::{Identity, Provider};
pub use settings::OidcSettings;
