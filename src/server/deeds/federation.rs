//! Logging in by the identity provider: begun in this browser, finished in the same one, once. Who somebody is and which roles
//! they have is what the provider says, every time anew; an account that is closed here stays closed. Who logs out here is sent
//! on to log out there.

use super::login::open_session;
use crate::server::Service;
use crate::server::clock::stamp;
use crate::server::oidc::{Identity, Provider};
use crate::server::problem::Problem;
use crate::server::roles::Role;
use crate::server::secrets::{kept, same, token};
use crate::server::store::accounts::Account;
use crate::server::store::logins::Login;
use axum::http::StatusCode;
use chrono::TimeDelta;

/// Longest name of an account.
const LONGEST_NAME: usize = 40;

fn provider(service: &Service) -> Result<&Provider, Problem> {
    let none = || Problem::not_found("identity provider set", "identiteitsprovider ingesteld");
    service.provider.as_ref().ok_or_else(none)
}

/// Begins a login; gives its state and where the browser goes.
pub(crate) async fn begin(service: &Service, next: &str) -> Result<(String, String), Problem> {
    let provider = provider(service)?;
    let (state, nonce, verifier) = (token()?, token()?, token()?);
    let way = provider.way(&state, &nonce, &verifier, service.config.clock.now().timestamp()).await?;
    let login = Login { nonce, verifier, next: next.chars().take(500).collect() };
    if !service.store.begin_login(&kept(&state), &login).await? {
        let en = "too many logins are under way; wait some minutes";
        let nl = "er zijn te veel aanmeldingen gaande; wacht enkele minuten";
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many", en, nl));
    }
    Ok((state, way))
}

/// What the browser brings back, and what it was given when it left.
#[derive(Debug)]
pub(crate) struct Brought<'a> {
    pub(crate) code: &'a str,
    pub(crate) state: &'a str,
    pub(crate) issuer: &'a str,
    /// The state in this browser's cookie.
    pub(crate) begun: &'a str,
}

/// Finishes a login; gives the session's token and where to go.
pub(crate) async fn finish(service: &Service, brought: &Brought<'_>) -> Result<(String, String), Problem> {
    let provider = provider(service)?;
    let lost = || {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "login-lost",
            "this login was not begun in this browser, or took too long; log in again",
            "deze aanmelding is niet in deze browser begonnen, of duurde te lang; meld u opnieuw aan",
        )
    };
    if brought.state.is_empty() || brought.code.is_empty() || !same(brought.state, brought.begun) {
        return Err(lost());
    }
    let now = service.config.clock.now();
    let oldest = stamp(now - TimeDelta::seconds(Login::SECONDS));
    let mut change = service.store.change().await?;
    let login = change.take_login(&kept(brought.state), &oldest).await?;
    change.commit().await?;
    let login = login.ok_or_else(lost)?;
    if !provider.is_issuer(brought.issuer) {
        return Err(lost());
    }
    let identity = provider.identity(brought.code, &login.verifier, &login.nonce, now.timestamp()).await?;
    let name = account(service, &identity).await?;
    Ok((open_session(service, &name).await?, login.next))
}

/// Where somebody who has logged out here goes to log out at the identity provider too; none when it does not know them, has no
/// such place or does not answer.
pub(crate) async fn way_out(service: &Service, account: &str) -> Result<Option<String>, Problem> {
    let Some(provider) = &service.provider else { return Ok(None) };
    if !provider.knows(&service.store.subject(account).await?) {
        return Ok(None);
    }
    Ok(provider.way_out(service.config.clock.now().timestamp()).await.unwrap_or_default())
}

/// The account of an identity with the roles it has now, made when it is not there.
async fn account(service: &Service, identity: &Identity) -> Result<String, Problem> {
    let mut roles: Vec<Role> = identity.roles.iter().filter_map(|word| Role::from_word(word)).collect();
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() {
        let en = "the identity provider gives you no role here; ask who manages roles there";
        let nl = "de identiteitsprovider geeft u hier geen rol; vraag het wie daar de rollen beheert";
        return Err(Problem::new(StatusCode::FORBIDDEN, "no-role", en, nl));
    }
    let mut change = service.store.change().await?;
    if let Some(found) = change.account_of(&identity.subject).await? {
        if found.closed {
            let (en, nl) = ("your account is closed here", "uw account is hier gesloten");
            return Err(Problem::new(StatusCode::FORBIDDEN, "closed", en, nl));
        }
        if found.roles != roles {
            let why = "as the identity provider says";
            change.change_account("", &Account { roles, ..found.clone() }, why).await?;
        }
        change.commit().await?;
        return Ok(found.name);
    }
    let plain = |c: &char| c.is_ascii_alphanumeric() || "-_.@".contains(*c);
    let name: String = identity.name.chars().filter(plain).take(LONGEST_NAME).collect();
    if name.is_empty() || !change.make_account("", &name, &roles, "").await? {
        let en = "the name that the identity provider gives you is somebody else's here; tell the administrator";
        let nl = "de naam die de identiteitsprovider u geeft is hier van iemand anders; meld het aan de beheerder";
        return Err(Problem::conflict("name-taken", en, nl));
    }
    change.set_subject(&name, &identity.subject).await?;
    change.commit().await?;
    Ok(name)
}
