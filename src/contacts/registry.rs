//! The changes that contacts go through, each whole: the row, and the line in the audit log.

use serde_json::json;

use super::ContactDetails;
use super::store::{self, Contact};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::letters::today;

/// Enters a contact; its `id`.
///
/// # Errors
/// When the database fails.
pub async fn add(
    connection: &mut Connection,
    actor: Actor,
    details: &ContactDetails,
) -> Result<i64> {
    let id = store::insert(connection, actor, details, &today().to_string()).await?;
    audit::record(connection, actor, Action::ContactAdded, Record::Contact(id), json!({})).await?;
    Ok(id)
}

/// Changes what a contact says, if anything differs.
///
/// # Errors
/// When the database fails.
pub async fn change(
    connection: &mut Connection,
    actor: Actor,
    contact: &Contact,
    details: &ContactDetails,
) -> Result<()> {
    if contact.details == *details {
        return Ok(());
    }
    store::update(connection, contact.id, details, &today().to_string()).await?;
    let record = Record::Contact(contact.id);
    audit::record(connection, actor, Action::ContactChanged, record, json!({})).await
}

/// Strikes a contact for a reason.
///
/// # Errors
/// When the database fails.
pub async fn strike(
    connection: &mut Connection,
    actor: Actor,
    contact: &Contact,
    why: &str,
) -> Result<()> {
    store::strike(connection, contact.id, actor, why).await?;
    let record = Record::Contact(contact.id);
    audit::record(connection, actor, Action::ContactStruck, record, json!({})).await
}

/// Brings a struck contact back.
///
/// # Errors
/// When the database fails.
pub async fn restore(connection: &mut Connection, actor: Actor, contact: &Contact) -> Result<()> {
    store::restore(connection, contact.id).await?;
    let record = Record::Contact(contact.id);
    audit::record(connection, actor, Action::ContactBack, record, json!({})).await
}
