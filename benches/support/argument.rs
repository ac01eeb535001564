//! What the benches read of their command line.

use std::str::FromStr;

/// The number that follows a name, or the usual one.
pub(crate) fn argument<T: FromStr>(name: &str, usual: T) -> T {
    let mut rest = std::env::args().skip_while(|argument| argument != name).skip(1);
    rest.next().and_then(|text| text.parse().ok()).unwrap_or(usual)
}
