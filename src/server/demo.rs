//! A service to try out: an account for every role, a week taken in and its plan asked for.

use super::Service;
use super::caller::Caller;
use super::deeds::{intake, runs};
use super::fields::Fields;
use super::problem::Problem;
use super::roles::Role;
use super::secrets::{code, hash};
use crate::week::read::Files;

/// What a service to try out is told at its start.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The password of every account; the accounts are named after their roles.
    pub password: String,
    /// The week.
    pub week: String,
}

impl Service {
    /// Makes accounts named after their roles with a password drawn now, takes a week in and asks for its plan. Only for a
    /// store that has no account yet.
    ///
    /// # Errors
    /// When there are accounts, or the folder has faults.
    pub async fn demonstrate(&self, files: Files) -> Result<Demo, Problem> {
        let password = code()?;
        let drawn = password.clone();
        let secret = tokio::task::spawn_blocking(move || hash(&drawn)).await.map_err(Problem::inside)??;
        let mut change = self.store.change().await?;
        if change.has_accounts().await? {
            let en = "this store has accounts already; a demonstration needs a new one";
            let nl = "deze opslag heeft al accounts; een demonstratie heeft een nieuwe nodig";
            return Err(Problem::conflict("not-first", en, nl));
        }
        for role in Role::ALL {
            change.make_account("", role.word(), &[role], &secret).await?;
        }
        change.commit().await?;
        if let Ok(mut code) = self.first_code.lock() {
            *code = None;
        }
        let planner =
            Caller { name: Role::Planner.word().to_owned(), roles: vec![Role::Planner], session: String::new() };
        let week = intake::new_week(self, &planner, Fields::of_files(files)).await?;
        let version = self.store.week(&week).await?.version;
        runs::ask(self, &planner, &week, Fields::of(&[("version", &version.to_string()), ("seconds", "60")])).await?;
        Ok(Demo { password, week })
    }
}
