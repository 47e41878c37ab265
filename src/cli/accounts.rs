//! `linli user`: accounts, without any password on the command line.

use std::collections::HashMap;
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use serde_json::json;

use super::failure::CliError;
use super::health::reachable;
use super::open;
use super::words::{language, print, print_rows};
use crate::accounts::{Account, AccountDetails, Login, links, parse_display_name, role_key, store};
use crate::audit::{self, Action, Actor, Record};
use crate::config::Settings;
use crate::db::Connection;
use crate::lang::Message;
use crate::lists::{self, List};
use crate::web::{Role, Scope};

#[derive(Debug, Subcommand)]
pub(super) enum User {
    Add {
        #[arg(value_name = "LOGIN")]
        login: String,
        #[arg(long, value_name = "NAME")]
        name: String,
        #[arg(long, value_enum, value_name = "ROLE", default_value = "staff")]
        role: CliRole,
        #[arg(long, value_name = "BRANCH")]
        branch: Vec<String>,
    },
    List,
    Disable {
        #[arg(value_name = "LOGIN")]
        login: String,
    },
    Enable {
        #[arg(value_name = "LOGIN")]
        login: String,
    },
    Reset {
        #[arg(value_name = "LOGIN")]
        login: String,
    },
}

/// The roles that the command line gives.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum CliRole {
    Administrator,
    Staff,
}

impl User {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let db = open(settings).await?;
        let mut write = db.write().await?;
        let done;
        match self {
            Self::List => return list(&mut write).await,
            Self::Add { login, name, role, branch } => {
                let login = Login::parse(&login)?;
                if store::account_by_login(&mut write, login.as_str()).await?.is_some() {
                    return Err(Message::new("accounts-login-taken").into());
                }
                let display_name = parse_display_name(&name)?;
                let role = match role {
                    CliRole::Administrator => Role::Administrator,
                    CliRole::Staff => Role::Staff,
                };
                let scope = scope(&mut write, &branch).await?;
                let details = AccountDetails { login, display_name, role, scope };
                let id = store::insert_account(&mut write, &details).await?;
                note(&mut write, Action::AccountAdded, id).await?;
                done = link(&mut write, settings, id).await?;
            }
            Self::Disable { login } => {
                let account = find(&mut write, &login).await?;
                if account.role == Role::Administrator
                    && store::other_administrators(&mut write, account.id).await? == 0
                {
                    return Err(Message::new("cli-last-administrator").into());
                }
                store::set_disabled(&mut write, account.id, true).await?;
                note(&mut write, Action::AccountDisabled, account.id).await?;
                done = Message::new("cli-account-disabled").with("login", account.login);
            }
            Self::Enable { login } => {
                let account = find(&mut write, &login).await?;
                store::set_disabled(&mut write, account.id, false).await?;
                note(&mut write, Action::AccountEnabled, account.id).await?;
                done = Message::new("cli-account-enabled").with("login", account.login);
            }
            Self::Reset { login } => {
                let account = find(&mut write, &login).await?;
                note(&mut write, Action::AccountReset, account.id).await?;
                done = link(&mut write, settings, account.id).await?;
            }
        }
        write.commit().await?;
        print(&done)?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(connection: &mut Connection) -> Result<ExitCode, CliError> {
    let branches: HashMap<i64, String> =
        lists::names(connection, List::Branches).await?.into_iter().collect();
    let language = language();
    let rows: Vec<Vec<String>> = store::accounts(connection)
        .await?
        .into_iter()
        .map(|account| {
            let state = match (account.disabled_at.is_some(), account.has_password) {
                (true, _) => "accounts-disabled",
                (false, true) => "accounts-active",
                (false, false) => "accounts-waiting",
            };
            let scope = match account.scope.branches() {
                None => language.text("cli-every-branch").to_owned(),
                Some(ids) => {
                    let names: Vec<&str> =
                        ids.iter().filter_map(|id| branches.get(id)).map(String::as_str).collect();
                    names.join("、")
                }
            };
            let role = language.text(role_key(account.role)).to_owned();
            let state = language.text(state).to_owned();
            vec![account.login, account.display_name, role, scope, state]
        })
        .collect();
    let headers = [
        "accounts-login",
        "accounts-display-name",
        "accounts-role",
        "cli-branches",
        "accounts-state",
    ]
    .map(|key| language.text(key));
    print_rows(&headers, &rows)?;
    Ok(ExitCode::SUCCESS)
}

async fn note(connection: &mut Connection, action: Action, id: i64) -> Result<(), CliError> {
    let record = Record::Account(id);
    Ok(audit::record(connection, Actor::CommandLine, action, record, json!({})).await?)
}

async fn find(connection: &mut Connection, login: &str) -> Result<Account, CliError> {
    let folded = crate::text::fold(login);
    let account = store::account_by_login(connection, &folded).await?;
    account.ok_or_else(|| Message::new("cli-no-account").with("login", login).into())
}

async fn scope(connection: &mut Connection, branches: &[String]) -> Result<Scope, CliError> {
    if branches.is_empty() {
        return Ok(Scope::All);
    }
    let mut ids = Vec::with_capacity(branches.len());
    for name in branches {
        let id = lists::find_spelling(connection, List::Branches, name).await?;
        ids.push(id.ok_or_else(|| Message::new("cli-no-branch").with("name", name.as_str()))?);
    }
    Ok(Scope::Branches(ids))
}

/// The link for the holder of an account, told once.
async fn link(
    connection: &mut Connection,
    settings: &Settings,
    id: i64,
) -> Result<Message, CliError> {
    let path = links::make(connection, Some(id)).await?;
    let origin = settings.server().origin(&reachable(settings.listen).to_string());
    Ok(Message::new("cli-link").with("url", format!("{origin}{path}")))
}
