//! Inviting a member to sign in, and taking that back.

use jiff::SignedDuration;
use serde_json::json;

use super::store;
use crate::accounts::{self, AccountDetails, Login, links};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::members::{EmployeeNumber, Member};
use crate::web::{Role, Scope};

/// Invites a member: they get an account, if they have none, and a link that sets its password and
/// opens for so long. The answer is the sign-in name and the path of the link, which is told once; older links stop
/// opening.
///
/// # Errors
/// When the database fails.
pub async fn invite(
    connection: &mut Connection,
    actor: Actor,
    member: &Member,
    lasts: SignedDuration,
) -> Result<(String, String)> {
    let (account, login) = match store::account_of(connection, member.id).await? {
        Some(account) => {
            if account.disabled {
                accounts::store::set_disabled(connection, account.id, false).await?;
            }
            (account.id, account.login)
        }
        None => {
            let details = AccountDetails {
                login: free_login(connection, member).await?,
                display_name: member.details.name.as_str().to_owned(),
                role: Role::Member,
                scope: Scope::Branches(Vec::new()),
            };
            let id = accounts::store::insert_account(connection, &details).await?;
            store::bind(connection, id, member.id).await?;
            (id, details.login.as_str().to_owned())
        }
    };
    let path = links::make_lasting(connection, Some(account), lasts).await?;
    let record = Record::Member(member.id);
    audit::record(connection, actor, Action::MemberInvited, record, json!({})).await?;
    Ok((login, path))
}

/// The employee number, where it can be one and nobody signs in by it; else one by the record.
async fn free_login(connection: &mut Connection, member: &Member) -> Result<Login> {
    let number = member.details.number.as_ref().map_or("", EmployeeNumber::as_str);
    for tried in [number.to_owned(), format!("m{}", member.id), format!("member-{}", member.id)] {
        let Ok(login) = Login::parse(&tried) else { continue };
        if accounts::store::account_by_login(connection, login.as_str()).await?.is_none() {
            return Ok(login);
        }
    }
    Err(sqlx::Error::Protocol("no sign-in name is free".to_owned()))
}

/// Ends a member's signing in; whether they could.
///
/// # Errors
/// When the database fails.
pub async fn uninvite(connection: &mut Connection, actor: Actor, member: i64) -> Result<bool> {
    let account = store::account_of(connection, member).await?;
    let Some(account) = account.filter(|account| !account.disabled) else { return Ok(false) };
    accounts::store::set_disabled(connection, account.id, true).await?;
    let record = Record::Member(member);
    audit::record(connection, actor, Action::MemberUninvited, record, json!({})).await?;
    Ok(true)
}

/// Notes that a member would serve a need, or would not after all.
///
/// # Errors
/// When the database fails.
pub async fn volunteer(
    connection: &mut Connection,
    actor: Actor,
    need: i64,
    member: i64,
    would: bool,
) -> Result<()> {
    if store::set_volunteer(connection, need, member, would).await? {
        let action = if would { Action::NeedVolunteered } else { Action::NeedVolunteerWithdrawn };
        let detail = json!({ "member": member });
        audit::record(connection, actor, action, Record::Need(need), detail).await?;
    }
    Ok(())
}
