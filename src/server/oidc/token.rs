//! Whether an id token may be believed (OpenID Connect Core, section 3.1.3.7): signed by a key of the provider with an algorithm
//! that is meant for it, by this issuer, for this client, now, and for this very login.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde_json::Value;

/// Seconds that two clocks may differ.
const LEEWAY: f64 = 30.0;
/// Seconds after which a token is too old for the login that it was asked for.
const OLDEST: f64 = 600.0;

/// What a token must say.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
    /// Seconds since the epoch.
    pub(super) now: f64,
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It is no signed token.
    Form,
    /// Nobody who may sign has signed it, or not with what may be signed with.
    Signature,
    /// A key that is not known yet is named.
    UnknownKey,
    Issuer,
    Audience,
    Time,
    Nonce,
}

impl Doubt {
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Form => ("it is no signed token", "het is geen ondertekend token"),
            Self::Signature | Self::UnknownKey => ("its signature is not right", "de handtekening klopt niet"),
            Self::Issuer => ("it is of another issuer", "het is van een andere uitgever"),
            Self::Audience => ("it is for another client", "het is voor een andere afnemer"),
            Self::Time => ("it has expired or is not valid yet", "het is verlopen of nog niet geldig"),
            Self::Nonce => ("it was not made for this login", "het is niet voor deze aanmelding gemaakt"),
        }
    }
}

/// The claims of a token that may be believed.
pub(super) fn verify(token: &str, keys: &Value, expected: &Expected<'_>) -> Result<Value, Doubt> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Doubt::Form)?;
    let (head, claims) = signed.split_once('.').ok_or(Doubt::Form)?;
    let json = |part: &str| -> Option<Value> { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok() };
    let (head, claims) = (json(head).ok_or(Doubt::Form)?, json(claims).ok_or(Doubt::Form)?);
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Doubt::Form)?;
    // Extensions that must be understood are not.
    if !head["crit"].is_null() {
        return Err(Doubt::Form);
    }
    let key = key(&head, keys)?;
    if !signs(key, head["alg"].as_str().unwrap_or_default(), signed.as_bytes(), &signature) {
        return Err(Doubt::Signature);
    }
    says(&claims, expected)?;
    Ok(claims)
}

/// The key that the head names; or the only one there is when it names none.
fn key<'k>(head: &Value, keys: &'k Value) -> Result<&'k Value, Doubt> {
    let keys = keys["keys"].as_array().map(Vec::as_slice).unwrap_or_default();
    let may_sign = |key: &&Value| key["use"].as_str().is_none_or(|used| used == "sig");
    let mut fit = keys.iter().filter(may_sign);
    match head["kid"].as_str() {
        Some(id) => fit.find(|key| key["kid"] == id).ok_or(Doubt::UnknownKey),
        None => fit.next().filter(|_| fit.next().is_none()).ok_or(Doubt::Signature),
    }
}

/// Whether a key made a signature, with an algorithm of its own kind.
fn signs(key: &Value, algorithm: &str, signed: &[u8], signature: &[u8]) -> bool {
    let part = |name: &str| key[name].as_str().and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
    if key["alg"].as_str().is_some_and(|only| only != algorithm) {
        return false;
    }
    match (algorithm, key["kty"].as_str()) {
        ("RS256" | "PS256", Some("RSA")) => {
            let (Some(n), Some(e)) = (part("n"), part("e")) else { return false };
            let how = if algorithm == "RS256" { &RSA_PKCS1_2048_8192_SHA256 } else { &RSA_PSS_2048_8192_SHA256 };
            RsaPublicKeyComponents { n, e }.verify(how, signed, signature).is_ok()
        }
        ("ES256", Some("EC")) if key["crv"] == "P-256" => {
            let (Some(x), Some(y)) = (part("x"), part("y")) else { return false };
            let point = [&[4_u8][..], &x, &y].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).is_ok()
        }
        _ => false,
    }
}

fn says(claims: &Value, expected: &Expected<'_>) -> Result<(), Doubt> {
    if claims["iss"] != expected.issuer {
        return Err(Doubt::Issuer);
    }
    let audience = match &claims["aud"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let party = claims["azp"].as_str();
    let ours = audience.contains(&expected.client) && party.is_none_or(|party| party == expected.client);
    if !ours || (audience.len() > 1 && party.is_none()) {
        return Err(Doubt::Audience);
    }
    let (expires, issued) = (claims["exp"].as_f64().ok_or(Doubt::Time)?, claims["iat"].as_f64().ok_or(Doubt::Time)?);
    let not_before = if claims["nbf"].is_null() { issued } else { claims["nbf"].as_f64().ok_or(Doubt::Time)? };
    let now = expected.now;
    if expires + LEEWAY <= now || issued - LEEWAY > now || not_before - LEEWAY > now || issued + OLDEST < now {
        return Err(Doubt::Time);
    }
    if claims["nonce"] != expected.nonce {
        return Err(Doubt::Nonce);
    }
    Ok(())
}
