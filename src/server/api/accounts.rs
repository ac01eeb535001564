//! Accounts and settings.

use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::login;
use crate::server::fields::Fields;
use crate::server::http::{created, json, no_content};
use crate::server::problem::Problem;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

pub(crate) async fn list(State(service): State<Service>) -> Result<Response, Problem> {
    let accounts: Vec<Value> = service
        .store
        .accounts()
        .await?
        .iter()
        .map(|account| {
            let roles: Vec<&str> = account.roles.iter().map(|role| role.word()).collect();
            json!({ "name": account.name, "roles": roles, "closed": account.closed, "version": account.version(), "made-at": account.made_at })
        })
        .collect();
    Ok(json(&json!({ "accounts": accounts, "four-eyes": service.store.four_eyes().await? })))
}

pub(crate) async fn make(State(service): State<Service>, caller: Caller, fields: Fields) -> Result<Response, Problem> {
    let name = login::make_account(&service, &caller, fields).await?;
    Ok(created(&format!("/api/v1/accounts/{name}"), &json!({ "name": name })))
}

pub(crate) async fn change(
    State(service): State<Service>,
    Path(name): Path<String>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    login::change_account(&service, &caller, &name, fields).await?;
    Ok(no_content())
}

pub(crate) async fn settings(
    State(service): State<Service>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    login::set_four_eyes(&service, &caller, fields).await?;
    Ok(no_content())
}
