//! Asking others over HTTP: webhooks, and the identity provider. No redirects, no proxies of the environment, a limited time,
//! a limited answer; TLS with the roots of the machine.

use reqwest::redirect::Policy;
use reqwest::{Client, Request, Url};
use std::sync::OnceLock;
use std::time::Duration;

/// How long an answer may take.
const TIME: Duration = Duration::from_secs(10);
/// Largest answer that is read.
const LARGEST: usize = 1024 * 1024;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// The one client; made when it is first needed.
fn client() -> Result<Client, String> {
    static CLIENT: OnceLock<Result<Client, String>> = OnceLock::new();
    let made = CLIENT.get_or_init(|| {
        // Whoever is second finds it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = Client::builder().redirect(Policy::none()).no_proxy().timeout(TIME).user_agent("vertrek");
        builder.build().map_err(words)
    });
    made.clone()
}

/// Sends a request; what goes wrong on the way is said in a few words, without the address.
pub(crate) async fn send(make: impl FnOnce(&Client) -> reqwest::Result<Request>) -> Result<Answer, String> {
    let client = client()?;
    let request = make(&client).map_err(words)?;
    let mut response = client.execute(request).await.map_err(words)?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(words)? {
        if body.len() + chunk.len() > LARGEST {
            return Err("its answer is too large".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, body })
}

fn words(error: reqwest::Error) -> String {
    let error = error.without_url();
    if error.is_timeout() {
        "it did not answer in time".to_owned()
    } else if error.is_connect() {
        "it cannot be reached".to_owned()
    } else {
        error.to_string()
    }
}

/// An address that may be asked: over TLS, or on this machine itself; without a name and password in it.
pub(crate) fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (safe && plain && url.host_str().is_some()).then_some(url)
}
