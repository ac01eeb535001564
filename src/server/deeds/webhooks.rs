//! Webhooks: where an administrator wants changes of weeks told.

use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::client::address;
use crate::server::courier::secret;
use crate::server::fields::Fields;
use crate::server::problem::Problem;
use crate::server::secrets::token;
use crate::server::store::journal::Deed;

/// Longest address.
const LONGEST: usize = 500;

/// Makes a webhook; gives its id and the secret that its deliveries are signed with, which is told this once.
pub(crate) async fn make(service: &Service, caller: &Caller, mut fields: Fields) -> Result<(String, String), Problem> {
    let (url, why) = (fields.needed("url"), fields.text("why"));
    if !url.is_empty() && (url.len() > LONGEST || address(&url).is_none()) {
        let en = "must be an https address without name and password in it, or one on this machine";
        fields.complain("url", en, "moet een https-adres zijn zonder naam en wachtwoord erin, of een op deze machine");
    }
    fields.sound()?;
    let (id, secret) = (token()?[..16].to_owned(), secret()?);
    let mut change = service.store.change().await?;
    change.keep_webhook(&id, &url, &secret, &caller.name).await?;
    let subject = format!("webhook {id}");
    change.note(Deed { who: &caller.name, action: "make webhook", subject: &subject, why: &why, detail: &url }).await?;
    change.commit().await?;
    Ok((id, secret))
}

/// Removes a webhook.
pub(crate) async fn remove(service: &Service, caller: &Caller, id: &str) -> Result<(), Problem> {
    let mut change = service.store.change().await?;
    if !change.drop_webhook(id).await? {
        return Err(Problem::not_found("such webhook", "zo'n webhook"));
    }
    let subject = format!("webhook {id}");
    change.note(Deed { who: &caller.name, action: "remove webhook", subject: &subject, why: "", detail: "" }).await?;
    change.commit().await
}
