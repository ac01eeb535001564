//! Secrets: tokens drawn from the operating system, what is kept of them, and passwords (Argon2id).

use super::problem::Problem;
use crate::journal::digest;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// A new secret of 256 bits, in hex.
pub(crate) fn token() -> Result<String, Problem> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Problem::inside(format!("no random numbers: {error}")))?;
    Ok(hex(&bytes))
}

/// A code that a person can type: four groups of five letters and digits, 100 bits.
pub(crate) fn code() -> Result<String, Problem> {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes).map_err(|error| Problem::inside(format!("no random numbers: {error}")))?;
    let signs: Vec<char> = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    let groups: Vec<String> = signs.chunks(5).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// What is kept of a token: whoever reads the store cannot use it.
pub(crate) fn kept(token: &str) -> String {
    digest(format!("vertrek token {token}").as_bytes())
}

/// The token that every form of a session carries; another site cannot know it.
pub(crate) fn form_token(session: &str) -> String {
    digest(format!("vertrek form {session}").as_bytes())
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differ == 0
}

/// What is kept of a password. Takes its time: never on a thread that answers others.
pub(crate) fn hash(password: &str) -> Result<String, Problem> {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(|error| Problem::inside(format!("a password cannot be kept: {error}")))
}

/// Whether a password is the one that was kept. Takes its time, as [`hash`].
pub(crate) fn matches(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept).is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = |byte: &u8| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
    bytes.iter().flat_map(digits).map(char::from).collect()
}

/// The bytes of hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?);
    text.as_bytes().chunks(2).map(pair).collect()
}
