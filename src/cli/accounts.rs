//! `linli user`: accounts, without any password on the command line.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use serde_json::json;

use super::{CliError, language, open};
use crate::accounts::{Account, AccountDetails, Login, links, parse_display_name, store};
use crate::audit::{self, Action, Actor, Record};
use crate::config::Settings;
use crate::db::Connection;
use crate::lang::Message;
use crate::lists::{self, List};
use crate::web::{Role, Scope};

/// Accounts.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Make an account and print the one-time link by which its holder sets a password
    #[command(
        after_help = "Example:\n  linli user add wangfang --name 王芳 --role staff --branch 网络运维党支部"
    )]
    Add {
        /// The sign-in name
        login: String,
        /// The name to show
        #[arg(long)]
        name: String,
        /// What they may do
        #[arg(long, value_enum, default_value = "staff")]
        role: CliRole,
        /// A branch whose members they may see and change (repeatable; without it, all)
        #[arg(long)]
        branch: Vec<String>,
    },
    /// List the accounts
    List,
    /// Disable an account and end its sessions
    Disable {
        /// The sign-in name
        login: String,
    },
    /// Let a disabled account sign in again
    Enable {
        /// The sign-in name
        login: String,
    },
    /// Print a one-time link by which the holder sets a new password
    Reset {
        /// The sign-in name
        login: String,
    },
}

/// The roles that the command line gives.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum CliRole {
    /// Everything.
    Administrator,
    /// Members' records.
    Staff,
}

fn said(message: &Message) -> CliError {
    CliError::Said(message.say(language()))
}

impl User {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let db = open(settings).await?;
        let mut write = db.write().await?;
        match self {
            Self::List => {
                for account in store::accounts(&mut write).await? {
                    let state = if account.disabled_at.is_some() { "disabled" } else { "" };
                    let role = account.role.name();
                    println!(
                        "{:<20} {:<16} {role:<14} {state}",
                        account.login, account.display_name
                    );
                }
                return Ok(ExitCode::SUCCESS);
            }
            Self::Add { login, name, role, branch } => {
                let login = Login::parse(&login).map_err(|message| said(&message))?;
                if store::account_by_login(&mut write, login.as_str()).await?.is_some() {
                    return Err(said(&Message::new("accounts-login-taken")));
                }
                let display_name = parse_display_name(&name).map_err(|message| said(&message))?;
                let role = match role {
                    CliRole::Administrator => Role::Administrator,
                    CliRole::Staff => Role::Staff,
                };
                let scope = scope(&mut write, &branch).await?;
                let details = AccountDetails { login, display_name, role, scope };
                let id = store::insert_account(&mut write, &details).await?;
                note(&mut write, Action::AccountAdded, id).await?;
                print_link(&mut write, settings, id).await?;
            }
            Self::Disable { login } => {
                let account = find(&mut write, &login).await?;
                if account.role == Role::Administrator
                    && store::other_administrators(&mut write, account.id).await? == 0
                {
                    return Err(said(&Message::new("notice-account-kept-warning")));
                }
                store::set_disabled(&mut write, account.id, true).await?;
                note(&mut write, Action::AccountDisabled, account.id).await?;
            }
            Self::Enable { login } => {
                let account = find(&mut write, &login).await?;
                store::set_disabled(&mut write, account.id, false).await?;
                note(&mut write, Action::AccountEnabled, account.id).await?;
            }
            Self::Reset { login } => {
                let account = find(&mut write, &login).await?;
                note(&mut write, Action::AccountReset, account.id).await?;
                print_link(&mut write, settings, account.id).await?;
            }
        }
        write.commit().await?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn note(connection: &mut Connection, action: Action, id: i64) -> Result<(), CliError> {
    let record = Record::Account(id);
    Ok(audit::record(connection, Actor::CommandLine, action, record, json!({})).await?)
}

async fn find(connection: &mut Connection, login: &str) -> Result<Account, CliError> {
    let folded = crate::text::fold(login);
    let account = store::account_by_login(connection, &folded).await?;
    account.ok_or_else(|| {
        CliError::Said(format!("there is no account `{login}`: see `linli user list`"))
    })
}

async fn scope(connection: &mut Connection, branches: &[String]) -> Result<Scope, CliError> {
    if branches.is_empty() {
        return Ok(Scope::All);
    }
    let mut ids = Vec::with_capacity(branches.len());
    for name in branches {
        let id = lists::find_spelling(connection, List::Branches, name).await?;
        ids.push(id.ok_or_else(|| CliError::Said(format!("there is no branch `{name}`")))?);
    }
    Ok(Scope::Branches(ids))
}

async fn print_link(
    connection: &mut Connection,
    settings: &Settings,
    id: i64,
) -> Result<(), CliError> {
    let path = links::make(connection, Some(id)).await?;
    println!("http://{}{path}", settings.listen);
    Ok(())
}
