//! Logging in and out, and accounts.

use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::clock::stamp;
use crate::server::fields::Fields;
use crate::server::problem::Problem;
use crate::server::roles::Role;
use crate::server::secrets::{hash, kept, matches, same, token};
use axum::http::StatusCode;
use chrono::TimeDelta;

/// Shortest password.
const SHORTEST: usize = 12;
/// Longest name of an account.
const LONGEST_NAME: usize = 40;

/// Logs in by name and password; gives the session's token. Why it fails is not told apart, nor is it by the time it takes.
pub(crate) async fn log_in(service: &Service, mut fields: Fields) -> Result<String, Problem> {
    let (name, password) = (fields.needed("name"), fields.needed("password"));
    fields.sound()?;
    let now = service.config.clock.now().timestamp();
    // Counted before it is known whether it is right: many at once are many.
    if !service.limits.try_now(&name, now) {
        let en = "too many attempts; wait five minutes";
        let nl = "te veel pogingen; wacht vijf minuten";
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many", en, nl));
    }
    let account = service.store.account(&name).await?.filter(|account| !account.closed);
    // Somebody who does not exist, or has no password here, takes as long as somebody who does.
    let secret = account.as_ref().map(|account| account.secret.clone()).filter(|secret| !secret.is_empty());
    let secret = secret.unwrap_or_else(|| NOBODY.to_owned());
    let right = slowly(service, move || Ok(matches(&password, &secret))).await?;
    let Some(account) = account.filter(|_| right) else {
        let en = "name or password is wrong";
        let nl = "naam of wachtwoord klopt niet";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "wrong-password", en, nl));
    };
    service.limits.succeeded(&name);
    open_session(service, &account.name).await
}

/// Sessions last used before this have ended.
fn oldest_session(service: &Service) -> String {
    stamp(service.config.clock.now() - TimeDelta::hours(service.config.session_hours.max(1)))
}

pub(super) async fn open_session(service: &Service, name: &str) -> Result<String, Problem> {
    let token = token()?;
    let mut change = service.store.change().await?;
    change.drop_sessions(&oldest_session(service)).await?;
    change.open_session(&kept(&token), name).await?;
    change.commit().await?;
    Ok(token)
}

/// What is kept of a password that nobody has.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz$0000000000000000000000000000000000000000000";

pub(crate) async fn log_out(service: &Service, caller: &Caller) -> Result<(), Problem> {
    let mut change = service.store.change().await?;
    change.close_session(&caller.session, &caller.name).await?;
    change.commit().await
}

/// Makes the first account, an administrator, by the code that the program printed; gives a session.
pub(crate) async fn first_account(service: &Service, mut fields: Fields) -> Result<String, Problem> {
    let (code, name, password) = (fields.needed("code"), fields.needed("name"), fields.needed("password"));
    check_name(&mut fields, &name);
    check_password(&mut fields, &password);
    fields.sound()?;
    let now = service.config.clock.now().timestamp();
    let asked = service.first_code().filter(|_| service.limits.try_now(" first", now));
    if !asked.is_some_and(|asked| same(&asked, &code.to_lowercase())) {
        let en = "this is not the code that the program printed when it started, or there is an account already";
        let nl = "dit is niet de code die het programma bij het starten afdrukte, of er is al een account";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "wrong-code", en, nl));
    }
    service.limits.succeeded(" first");
    let secret = slowly(service, move || hash(&password)).await?;
    let mut change = service.store.change().await?;
    if change.has_accounts().await? {
        return Err(Problem::conflict("not-first", "there is an account already", "er is al een account"));
    }
    change.make_account("", &name, &[Role::Admin], &secret).await?;
    change.commit().await?;
    if let Ok(mut code) = service.first_code.lock() {
        *code = None;
    }
    open_session(service, &name).await
}

/// Makes an account.
pub(crate) async fn make_account(service: &Service, caller: &Caller, mut fields: Fields) -> Result<String, Problem> {
    let (name, password) = (fields.needed("name"), fields.needed("password"));
    check_name(&mut fields, &name);
    check_password(&mut fields, &password);
    let roles = asked_roles(&mut fields);
    fields.sound()?;
    let secret = slowly(service, move || hash(&password)).await?;
    let mut change = service.store.change().await?;
    if !change.make_account(&caller.name, &name, &roles, &secret).await? {
        return Err(Problem::field("name", "is taken", "is al in gebruik"));
    }
    change.commit().await?;
    Ok(name)
}

/// Changes the roles or password of an account, closes it or opens it again; whoever uses it must log in anew. Who says which
/// version they saw is told when it is another by now.
pub(crate) async fn change_account(
    service: &Service,
    caller: &Caller,
    name: &str,
    mut fields: Fields,
) -> Result<(), Problem> {
    let (password, closed, why) = (fields.text("password"), fields.text("closed"), fields.text("why"));
    let seen = fields.text("version");
    if !password.is_empty() {
        check_password(&mut fields, &password);
    }
    let roles = if fields.has("roles") { Some(asked_roles(&mut fields)) } else { None };
    if !["", "true", "false"].contains(&closed.as_str()) {
        fields.complain("closed", "must be true or false", "moet true of false zijn");
    }
    fields.sound()?;
    let secret = if password.is_empty() { None } else { Some(slowly(service, move || hash(&password)).await?) };
    let mut change = service.store.change().await?;
    let account = change.account(name).await?;
    let mut account = account.ok_or_else(|| Problem::not_found("such account", "zo'n account"))?;
    if !seen.is_empty() && seen != account.version() {
        let en = "somebody changed this account in between; look at it again and decide anew";
        let nl = "iemand heeft dit account intussen gewijzigd; bekijk het opnieuw en beslis dan";
        return Err(Problem::conflict("newer-version", en, nl));
    }
    account.roles = roles.unwrap_or(account.roles);
    account.secret = secret.unwrap_or(account.secret);
    account.closed = if closed.is_empty() { account.closed } else { closed == "true" };
    if account.name == caller.name && (account.closed || !account.roles.contains(&Role::Admin)) {
        let en = "you cannot take your own administration away";
        return Err(Problem::field("roles", en, "u kunt uw eigen beheer niet afnemen"));
    }
    change.change_account(&caller.name, &account, &why).await?;
    change.commit().await
}

/// Switches the second pair of eyes on or off.
pub(crate) async fn set_four_eyes(service: &Service, caller: &Caller, mut fields: Fields) -> Result<(), Problem> {
    let (value, why) = (fields.needed("four-eyes"), fields.needed("why"));
    if value != "on" && value != "off" {
        fields.complain("four-eyes", "must be on or off", "moet on of off zijn");
    }
    fields.sound()?;
    let mut change = service.store.change().await?;
    change.set("four-eyes", &value).await?;
    let deed = crate::server::store::journal::Deed {
        who: &caller.name,
        action: "change setting",
        subject: "setting four-eyes",
        why: &why,
        detail: &value,
    };
    change.note(deed).await?;
    change.commit().await
}

fn asked_roles(fields: &mut Fields) -> Vec<Role> {
    let words = fields.needed("roles");
    let mut roles = Vec::new();
    for word in words.split_whitespace() {
        match Role::from_word(word) {
            Some(role) if !roles.contains(&role) => roles.push(role),
            Some(_) => {}
            None => fields.complain("roles", format!("there is no role '{word}'"), format!("er is geen rol '{word}'")),
        }
    }
    roles
}

fn check_name(fields: &mut Fields, name: &str) {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.@".contains(c);
    if !name.is_empty() && (name.len() > LONGEST_NAME || !name.chars().all(plain)) {
        let en = "may hold up to 40 letters, digits and - _ . @";
        let nl = "mag tot 40 letters, cijfers en - _ . @ bevatten";
        fields.complain("name", en, nl);
    }
}

fn check_password(fields: &mut Fields, password: &str) {
    if !password.is_empty() && password.chars().count() < SHORTEST {
        fields.complain("password", "must have at least 12 characters", "moet minstens 12 tekens hebben");
    }
}

/// Work that takes its time and memory, away from the threads that answer others, and not much of it at once.
async fn slowly<T: Send + 'static>(
    service: &Service,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let _place = service.limits.hashing.acquire().await.map_err(Problem::inside)?;
    tokio::task::spawn_blocking(work).await.map_err(Problem::inside)?
}
