//! Delivering what webhooks are told: signed, tried again with longer and longer pauses, given up after a day and a half. Any
//! number of couriers, in any number of processes, take from one store.
//!
//! Signed as Standard Webhooks says: `webhook-signature: v1,` and the HMAC-SHA256 of id, timestamp and body in base64.

use super::Service;
use super::client;
use super::problem::Problem;
use super::store::webhooks::{Delivery, Webhook};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::time::Duration;

/// Seconds until the next attempt, after each that failed; after the last it is given up.
const PAUSES: [i64; 7] = [30, 120, 600, 3600, 4 * 3600, 12 * 3600, 18 * 3600];
/// How often the store is looked at when nobody says that something changed.
const LOOK: Duration = Duration::from_secs(2);
/// What a secret begins with.
const SECRET: &str = "whsec_";

/// A courier of a service.
#[derive(Clone, Debug)]
pub struct Courier(Service);

impl Courier {
    /// A courier of a service.
    pub fn new(service: &Service) -> Self {
        Self(service.clone())
    }

    /// Delivers what waits, until `stop` is done.
    pub async fn work(&self, stop: impl Future<Output = ()> + Send) {
        let mut stop = std::pin::pin!(stop);
        let mut changes = self.0.changes.subscribe();
        loop {
            let did = tokio::select! {
                () = &mut stop => return,
                did = self.deliver_once() => did,
            };
            if matches!(did, Ok(true)) {
                continue;
            }
            tokio::select! {
                () = &mut stop => return,
                _ = changes.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Tries one delivery, if one is due. False when none is.
    ///
    /// # Errors
    /// When the store does not answer; what was taken waits again when its lease runs out.
    pub async fn deliver_once(&self) -> Result<bool, Problem> {
        let store = &self.0.store;
        let Some(taken) = store.take_delivery().await? else { return Ok(false) };
        let hook = store.webhook(&taken.hook).await?;
        match self.deliver(&hook, &taken).await {
            Ok(said) => store.settle_delivery(&taken, "delivered", &said, 0).await?,
            Err(said) => {
                let tried = usize::try_from(taken.attempts - 1).unwrap_or(usize::MAX);
                match PAUSES.get(tried) {
                    Some(pause) => store.settle_delivery(&taken, "waiting", &said, *pause).await?,
                    None => store.settle_delivery(&taken, "failed", &said, 0).await?,
                }
            }
        }
        Ok(true)
    }

    async fn deliver(&self, hook: &Webhook, taken: &Delivery) -> Result<String, String> {
        let url = client::address(&hook.url).ok_or("its address may not be asked")?;
        let at = self.0.config.clock.now().timestamp().to_string();
        let signature = sign(&hook.secret, &taken.id, &at, &taken.body).ok_or("its secret is none")?;
        let answer = client::send(|client| {
            let request = client.post(url).header("content-type", "application/json").header("webhook-id", &taken.id);
            let request = request.header("webhook-timestamp", at).header("webhook-signature", signature);
            request.body(taken.body.clone()).build()
        });
        let answer = answer.await?;
        let said = format!("it answered {}", answer.status);
        if (200..300).contains(&answer.status) { Ok(said) } else { Err(said) }
    }
}

/// A new secret.
pub(super) fn secret() -> Result<String, Problem> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Problem::inside(format!("no random numbers: {error}")))?;
    Ok(format!("{SECRET}{}", STANDARD.encode(bytes)))
}

fn sign(secret: &str, id: &str, at: &str, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(SECRET)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}
