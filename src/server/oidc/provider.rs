//! The identity provider: what it says of itself, the way to it, and who it says somebody is.

use super::settings::{OidcSettings, SigningKey, WrongKey};
use super::token::{Doubt, Expected, verify};
use crate::server::client::{address, send};
use crate::server::problem::Problem;
use crate::server::secrets::token;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::Mutex;

/// Seconds that what the provider says of itself is believed.
const BELIEVED: i64 = 3600;
/// Seconds between two looks for a key that is not known.
const LOOK_AGAIN: i64 = 60;
/// Seconds that an assertion of this client holds.
const ASSERTED: i64 = 60;

/// What the provider says of itself.
#[derive(Clone, Debug)]
struct Metadata {
    authorization: Url,
    token: Url,
    /// Where a session there is ended; not every provider has such a place.
    end_session: Option<Url>,
    keys: Value,
    /// Seconds since the epoch.
    seen: i64,
}

/// The identity provider.
#[derive(Debug)]
pub(crate) struct Provider {
    settings: OidcSettings,
    key: SigningKey,
    seen: Mutex<Option<Arc<Metadata>>>,
}

/// Who the provider says somebody is.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// Who, for good: issuer and subject.
    pub(crate) subject: String,
    /// Name of the account, as the claim has it.
    pub(crate) name: String,
    /// What the claim of roles holds.
    pub(crate) roles: Vec<String>,
}

fn refused(en: &str, nl: &str) -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "login-refused",
        format!("the identity provider's answer is not accepted: {en}"),
        format!("het antwoord van de identiteitsprovider wordt niet aanvaard: {nl}"),
    )
}

fn unreachable(what: &str) -> Problem {
    crate::server::log::error(&format!("identity provider: {what}"));
    Problem::new(
        StatusCode::BAD_GATEWAY,
        "no-identity-provider",
        "the identity provider does not answer as it should; try again, and tell who runs the service if it stays",
        "de identiteitsprovider antwoordt niet zoals het hoort; probeer opnieuw, en meld het aan de beheerder als het blijft",
    )
}

impl Provider {
    pub(crate) fn new(settings: OidcSettings) -> Result<Self, WrongKey> {
        let key = SigningKey::read(&settings.key)?;
        Ok(Self { settings, key, seen: Mutex::new(None) })
    }

    /// The public half of this client's key.
    pub(crate) fn jwks(&self) -> Value {
        self.key.jwks()
    }

    fn redirect(&self) -> String {
        format!("{}/login/callback", self.settings.public_url)
    }

    /// What the provider says of itself, asked anew when it is older than this many seconds.
    async fn metadata(&self, now: i64, oldest: i64) -> Result<Arc<Metadata>, Problem> {
        let mut seen = self.seen.lock().await;
        if let Some(known) = seen.as_ref().filter(|known| (0..oldest).contains(&(now - known.seen))) {
            return Ok(Arc::clone(known));
        }
        let at = format!("{}/.well-known/openid-configuration", self.settings.issuer.trim_end_matches('/'));
        let told = ask(&at).await?;
        if told["issuer"] != self.settings.issuer.as_str() {
            return Err(unreachable("it calls itself by another name than it is set by"));
        }
        let place = |name: &str| told[name].as_str().and_then(address);
        let (Some(authorization), Some(token), Some(keys)) =
            (place("authorization_endpoint"), place("token_endpoint"), place("jwks_uri"))
        else {
            return Err(unreachable("it lacks an address, or names one that may not be asked"));
        };
        let end_session = place("end_session_endpoint");
        let keys = ask(keys.as_str()).await?;
        let known = Arc::new(Metadata { authorization, token, end_session, keys, seen: now });
        *seen = Some(Arc::clone(&known));
        Ok(known)
    }

    /// Where a browser goes to log in.
    pub(crate) async fn way(&self, state: &str, nonce: &str, verifier: &str, now: i64) -> Result<String, Problem> {
        let mut url = self.metadata(now, BELIEVED).await?.authorization.clone();
        let hash = ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes());
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.redirect())
            .append_pair("scope", "openid profile")
            .append_pair("state", state)
            .append_pair("nonce", nonce)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(hash))
            .append_pair("code_challenge_method", "S256");
        Ok(url.to_string())
    }

    /// Where a browser goes to end its session there too (RP-Initiated Logout 1.0); none when the provider has no such place.
    pub(crate) async fn way_out(&self, now: i64) -> Result<Option<String>, Problem> {
        let Some(mut url) = self.metadata(now, BELIEVED).await?.end_session.clone() else { return Ok(None) };
        url.query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", &format!("{}/login", self.settings.public_url));
        Ok(Some(url.to_string()))
    }

    /// Whether somebody, as their account has it, is known to this provider.
    pub(crate) fn knows(&self, subject: &str) -> bool {
        subject.strip_prefix(&self.settings.issuer).is_some_and(|rest| rest.starts_with(' '))
    }

    /// Whether an answer says that it is of this provider (RFC 9207); one that says nothing may be.
    pub(crate) fn is_issuer(&self, named: &str) -> bool {
        named.is_empty() || named == self.settings.issuer
    }

    /// Who somebody is, for the code that their browser brought.
    pub(crate) async fn identity(
        &self,
        code: &str,
        verifier: &str,
        nonce: &str,
        now: i64,
    ) -> Result<Identity, Problem> {
        let known = self.metadata(now, BELIEVED).await?;
        let id_token = self.redeem(&known, code, verifier, now).await?;
        let OidcSettings { issuer, client_id, .. } = &self.settings;
        let expected = Expected { issuer, client: client_id, nonce, now: now as f64 };
        let mut found = verify(&id_token, &known.keys, &expected);
        if found == Err(Doubt::UnknownKey) {
            let known = self.metadata(now, LOOK_AGAIN).await?;
            found = verify(&id_token, &known.keys, &expected);
        }
        let claims = found.map_err(|doubt| {
            let (en, nl) = doubt.words();
            refused(en, nl)
        })?;
        let subject = claims["sub"].as_str().filter(|subject| !subject.is_empty());
        let subject = subject.ok_or_else(|| refused("it names nobody", "het noemt niemand"))?;
        let name = claim(&claims, &self.settings.name_claim).as_str().unwrap_or(subject);
        Ok(Identity {
            subject: format!("{issuer} {subject}"),
            name: name.to_owned(),
            roles: words(claim(&claims, &self.settings.roles_claim)),
        })
    }

    /// The id token for a code.
    async fn redeem(&self, known: &Metadata, code: &str, verifier: &str, now: i64) -> Result<String, Problem> {
        let client = &self.settings.client_id;
        let claims = json!({ "iss": client, "sub": client, "aud": known.token.as_str(), "jti": token()?, "iat": now, "exp": now + ASSERTED });
        let assertion = self.key.sign(&claims).ok_or_else(|| unreachable("an assertion cannot be signed"))?;
        let mut form = known.token.clone();
        form.query_pairs_mut()
            .clear()
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.redirect())
            .append_pair("code_verifier", verifier)
            .append_pair("client_id", client)
            .append_pair("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            .append_pair("client_assertion", &assertion);
        let body = form.query().unwrap_or_default().to_owned();
        let kind = "application/x-www-form-urlencoded";
        let answer = send(|client| {
            let request = client.post(known.token.clone()).header("content-type", kind);
            request.header("accept", "application/json").body(body).build()
        });
        let answer = answer.await.map_err(|said| unreachable(&said))?;
        match answer.status {
            200 => {}
            400..=499 => return Err(refused("the code is not taken", "de code wordt niet geaccepteerd")),
            _ => return Err(unreachable("its token endpoint fails")),
        }
        let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        told["id_token"].as_str().map(str::to_owned).ok_or_else(|| refused("it holds no token", "het bevat geen token"))
    }
}

async fn ask(at: &str) -> Result<Value, Problem> {
    let url = address(at).ok_or_else(|| unreachable("its address may not be asked"))?;
    let answer = send(|client| client.get(url).header("accept", "application/json").build());
    let answer = answer.await.map_err(|said| unreachable(&said))?;
    if answer.status != 200 {
        return Err(unreachable("it does not say what it is"));
    }
    serde_json::from_slice(&answer.body).map_err(|_| unreachable("what it says of itself cannot be read"))
}

/// A claim by its name; or, by dots, one within another.
fn claim<'c>(claims: &'c Value, name: &str) -> &'c Value {
    match claims.get(name) {
        Some(found) => found,
        None => name.split('.').fold(claims, |value, part| &value[part]),
    }
}

/// The words of a claim: a list, or one text with spaces or commas between.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::String(text) => text.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
