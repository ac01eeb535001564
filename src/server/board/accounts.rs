//! Accounts and settings, for the administrator; auditors read along.

use super::parts::{badge, field, form, href, said, scroll, stamp};
use super::shell::Page;
use crate::server::Service;
use crate::server::caller::Caller;
use crate::server::deeds::login;
use crate::server::fields::Fields;
use crate::server::http::routes::may;
use crate::server::http::{Visitor, see_other};
use crate::server::problem::Problem;
use crate::server::roles::Role;
use crate::server::store::accounts::Account;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};

pub(crate) async fn page(
    State(service): State<Service>,
    visitor: Visitor,
    caller: Caller,
) -> Result<Response, Problem> {
    let (accounts, four_eyes) = (service.store.accounts().await?, service.store.four_eyes().await?);
    let lang = visitor.lang;
    let title = "Accounts";
    let can = may(&caller.roles, "POST", "/accounts");
    let content = html! {
        h1 { (title) }
        (said(&visitor))
        (scroll(title, &html! { table {
            thead { tr { th scope="col" { (lang.pick("Name", "Naam")) } th scope="col" { (lang.pick("Roles", "Rollen")) } th scope="col" { (lang.pick("Made", "Gemaakt")) } th scope="col" { (lang.pick("State", "Staat")) } @if can { th scope="col" { (lang.pick("Change", "Wijzig")) } } } }
            tbody { @for account in &accounts { tr {
                th scope="row" { (account.name) }
                td { (account.roles.iter().map(|role| role.name(lang)).collect::<Vec<_>>().join(", ")) }
                td { (stamp(lang, &account.made_at)) }
                td { @if account.closed { (badge("wrong", lang.pick("closed", "gesloten"))) } @else { (badge("fine", lang.pick("open", "open"))) } }
                @if can { td { (change_form(&visitor, account)) } }
            } } }
        } }))
        @if can { (make_form(&visitor)) }
        h2 { (lang.pick("Four eyes", "Vier ogen")) }
        p { @if four_eyes { (lang.pick("On: who edited a week last may not approve it.", "Aan: wie een week als laatste bewerkte mag haar niet goedkeuren.")) }
            @else { (lang.pick("Off: who edited a week last may approve it.", "Uit: wie een week als laatste bewerkte mag haar goedkeuren.")) } }
        @if can {
            div class="actions" { (form(&visitor, "/settings", &html! {
                input type="hidden" name="four-eyes" value=(if four_eyes { "off" } else { "on" });
                (field("settings-why", lang.pick("Why", "Waarom"), "", &html! { input id="settings-why" name="why" required maxlength="2000"; }))
                button class="second" type="submit" { @if four_eyes { (lang.pick("Switch off", "Zet uit")) } @else { (lang.pick("Switch on", "Zet aan")) } }
            })) }
        }
    };
    Ok(Page::new(&visitor, "/accounts", title).show(&content))
}

fn roles(lang: crate::lang::Lang, chosen: &[Role], id: &str) -> Markup {
    html! {
        fieldset {
            legend { (lang.pick("Roles", "Rollen")) }
            @for role in Role::ALL {
                label for=(format!("{id}-{}", role.word())) {
                    input type="checkbox" id=(format!("{id}-{}", role.word())) name="roles" value=(role.word()) checked[chosen.contains(&role)];
                    " " (role.name(lang))
                }
            }
        }
    }
}

fn change_form(visitor: &Visitor, account: &Account) -> Markup {
    let lang = visitor.lang;
    let id = format!("a-{}", href(&account.name));
    html! {
        details {
            summary { (lang.pick("Change", "Wijzig")) " " (account.name) }
            (form(visitor, &format!("/accounts/{}", href(&account.name)), &html! {
                input type="hidden" name="version" value=(account.version());
                (roles(lang, &account.roles, &id))
                (field(&format!("{id}-password"), lang.pick("New password (empty: as it is)", "Nieuw wachtwoord (leeg: blijft)"), "", &html! { input id=(format!("{id}-password")) name="password" type="password" autocomplete="new-password"; }))
                (field(&format!("{id}-closed"), lang.pick("State", "Staat"), "", &html! { select id=(format!("{id}-closed")) name="closed" {
                    option value="false" selected[!account.closed] { (lang.pick("open", "open")) }
                    option value="true" selected[account.closed] { (lang.pick("closed", "gesloten")) }
                } }))
                (field(&format!("{id}-why"), lang.pick("Why", "Waarom"), "", &html! { input id=(format!("{id}-why")) name="why" maxlength="2000"; }))
                button class="second" type="submit" { (lang.pick("Save", "Bewaar")) }
            }))
        }
    }
}

fn make_form(visitor: &Visitor) -> Markup {
    let lang = visitor.lang;
    html! {
        section class="card narrow" aria-labelledby="make" {
            h2 id="make" { (lang.pick("Make an account", "Maak een account")) }
            (form(visitor, "/accounts", &html! {
                (field("name", lang.pick("Name", "Naam"), "", &html! { input id="name" name="name" required maxlength="40" autocomplete="off" autocapitalize="none"; }))
                (field("password", lang.pick("First password", "Eerste wachtwoord"), lang.pick("At least 12 characters.", "Minstens 12 tekens."), &html! { input id="password" name="password" type="password" required minlength="12" autocomplete="new-password" aria-describedby="password-hint"; }))
                (roles(lang, &[], "new"))
                button type="submit" { (lang.pick("Make", "Maak")) }
            }))
        }
    }
}

pub(crate) async fn make(State(service): State<Service>, caller: Caller, fields: Fields) -> Result<Response, Problem> {
    login::make_account(&service, &caller, fields).await?;
    Ok(see_other("/accounts?said=made"))
}

pub(crate) async fn change(
    State(service): State<Service>,
    Path(name): Path<String>,
    caller: Caller,
    mut fields: Fields,
) -> Result<Response, Problem> {
    // The form shows all of an account: what it does not send was taken away.
    let _ = (fields.needed("version"), fields.needed("roles"));
    login::change_account(&service, &caller, &name, fields).await?;
    Ok(see_other("/accounts?said=changed"))
}

pub(crate) async fn settings(
    State(service): State<Service>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, Problem> {
    login::set_four_eyes(&service, &caller, fields).await?;
    Ok(see_other("/accounts?said=changed"))
}
