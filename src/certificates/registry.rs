//! A certificate made, switched off and on: each with its line in the audit log.

use serde_json::json;

use super::store::{self, Certificate};
use super::{Content, Span};
use crate::activities::today;
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::letters;
use crate::members::{self, Member};

/// Makes a certificate of a live member's confirmed service in a time; its `id`, `None` where
/// nothing is confirmed.
///
/// # Errors
/// When the database fails.
pub async fn make(
    connection: &mut Connection,
    actor: Actor,
    member: &Member,
    span: Span,
) -> Result<Option<i64>> {
    let today = today();
    let (first, _) = store::extent(connection, member.id, &today.to_string()).await?;
    let Some(first) = first else { return Ok(None) };
    let (from, to) = span.days(&first, today);
    let served = store::served(connection, member.id, (&from, &to)).await?;
    if served.is_empty() {
        return Ok(None);
    }
    let branch = match member.details.branch {
        Some(id) => members::store::branch_name(connection, id).await?.unwrap_or_default(),
        None => String::new(),
    };
    let settings = letters::store::settings(connection).await?;
    let office = settings.map(|settings| settings.office).unwrap_or_default();
    let content = Content {
        office: if office.is_empty() { branch.clone() } else { office },
        name: member.details.name.as_str().to_owned(),
        branch,
        from,
        to,
        on: today.to_string(),
        served,
    };
    let id = store::insert(connection, actor, member.id, &content).await?;
    record(connection, actor, Action::CertificateMade, member.id).await?;
    Ok(Some(id))
}

/// Switches a certificate's code off, or on again. What the member switched off, only they switch
/// on: whether it was done, or is so already.
///
/// # Errors
/// When the database fails.
pub async fn set_off(
    connection: &mut Connection,
    actor: Actor,
    certificate: &Certificate,
    off: bool,
    own: bool,
) -> Result<bool> {
    if !off && !own && certificate.off_own {
        return Ok(false);
    }
    if store::set_off(connection, certificate.id, off, own).await? {
        let action = if off { Action::CertificateOff } else { Action::CertificateOn };
        record(connection, actor, action, certificate.member_id).await?;
    }
    Ok(true)
}

async fn record(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    member: i64,
) -> Result<()> {
    audit::record(connection, actor, action, Record::Member(member), json!({})).await
}
