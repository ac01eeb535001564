//! What is set about the identity provider, and the key that this client signs with.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};
use std::fmt;

/// How to log in by an identity provider.
#[derive(Clone)]
pub struct OidcSettings {
    /// Its issuer, exactly as it calls itself.
    pub issuer: String,
    /// What it calls this client.
    pub client_id: String,
    /// Private key of this client, ECDSA on P-256 as PKCS#8 in PEM.
    pub key: String,
    /// Address that browsers reach this service at, without a slash at its end.
    pub public_url: String,
    /// Claim that holds the roles; a dot leads into a claim.
    pub roles_claim: String,
    /// Claim that holds the name of the account.
    pub name_claim: String,
}

impl fmt::Debug for OidcSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OidcSettings({}, {})", self.issuer, self.client_id)
    }
}

/// A key that cannot be used.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "the key is no ECDSA key on P-256 as PKCS#8 in PEM; `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` makes one"
)]
pub(crate) struct WrongKey;

/// The key of this client.
#[derive(Debug)]
pub(super) struct SigningKey {
    pair: EcdsaKeyPair,
    id: String,
}

impl SigningKey {
    pub(super) fn read(pem: &str) -> Result<Self, WrongKey> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| WrongKey)?;
        let random = SystemRandom::new();
        let der = der.secret_pkcs8_der();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der, &random).map_err(|_| WrongKey)?;
        let mut key = Self { pair, id: String::new() };
        // The thumbprint of RFC 7638: members in this order, nothing else.
        let (x, y) = key.point();
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        key.id = URL_SAFE_NO_PAD.encode(ring::digest::digest(&ring::digest::SHA256, members.as_bytes()));
        Ok(key)
    }

    /// The two coordinates of the public key.
    fn point(&self) -> (String, String) {
        let point = self.pair.public_key().as_ref().get(1..).unwrap_or_default();
        let (x, y) = point.split_at(point.len() / 2);
        (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y))
    }

    /// The public half, for the provider.
    pub(super) fn jwks(&self) -> Value {
        let (x, y) = self.point();
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": self.id, "alg": "ES256", "use": "sig" }] })
    }

    /// Claims as a signed token; none when the system has no random numbers.
    pub(super) fn sign(&self, claims: &Value) -> Option<String> {
        let head = json!({ "alg": "ES256", "typ": "JWT", "kid": self.id });
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encoded(&head), encoded(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).ok()?;
        Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}
