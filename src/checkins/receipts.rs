//! Receipts entered, each with its line in the audit log.

use serde_json::json;

use super::{Receipt, receipt_store};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};

/// Notes that a committee accepted these members; without a committee, that of each one's home.
/// Who has a receipt of it already keeps that. How many are new.
///
/// # Errors
/// When the database fails.
pub(super) async fn accept(
    connection: &mut Connection,
    actor: Actor,
    members: &[i64],
    committee: Option<i64>,
    receipt: &Receipt,
) -> Result<usize> {
    let new = receipt_store::insert(connection, actor, members, committee, receipt).await?;
    let there = actor == Actor::Committee;
    let action = if there { Action::CheckedInThere } else { Action::CheckedIn };
    for member in &new {
        audit::record(connection, actor, action, Record::Member(*member), json!({})).await?;
    }
    Ok(new.len())
}
