//! The changes that members' records go through, each whole: the row, its place in the search
//! index, what it was before, and the line in the audit log.

use serde_json::json;

use super::store::{self, Cause};
use super::{Member, MemberDetails, search};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};

/// Registers a member; the `id` of the record.
///
/// # Errors
/// When the database fails, also when the employee number is taken.
pub async fn register(
    connection: &mut Connection,
    actor: Actor,
    details: &MemberDetails,
) -> Result<i64> {
    let id = store::insert(connection, details).await?;
    search::reindex(connection, &[id]).await?;
    audit::record(connection, actor, Action::MemberAdded, Record::Member(id), json!({})).await?;
    Ok(id)
}

/// Changes a record, if anything differs; whether it did.
///
/// # Errors
/// As [`register`].
pub async fn change(
    connection: &mut Connection,
    actor: Actor,
    member: &Member,
    details: &MemberDetails,
    cause: Cause,
) -> Result<bool> {
    let fields = changed_fields(&member.details, details);
    if fields.is_empty() {
        return Ok(false);
    }
    store::keep_history(connection, member, actor, cause).await?;
    search::forget(connection, member.id).await?;
    store::update(connection, member, details).await?;
    search::reindex(connection, &[member.id]).await?;
    let detail = json!({ "fields": fields, "cause": cause.name() });
    audit::record(connection, actor, Action::MemberChanged, Record::Member(member.id), detail)
        .await?;
    Ok(true)
}

/// Puts a record into the bin.
///
/// # Errors
/// When the database fails.
pub async fn remove(connection: &mut Connection, actor: Actor, member: &Member) -> Result<()> {
    store::keep_history(connection, member, actor, Cause::Removed).await?;
    search::forget(connection, member.id).await?;
    store::set_removed(connection, member.id, Some(actor)).await?;
    let record = Record::Member(member.id);
    audit::record(connection, actor, Action::MemberRemoved, record, json!({})).await
}

/// Takes a record out of the bin.
///
/// # Errors
/// When the database fails, also when its employee number was given to another meanwhile.
pub async fn restore(connection: &mut Connection, actor: Actor, member: &Member) -> Result<()> {
    store::keep_history(connection, member, actor, Cause::Restored).await?;
    store::set_removed(connection, member.id, None).await?;
    search::reindex(connection, &[member.id]).await?;
    let record = Record::Member(member.id);
    audit::record(connection, actor, Action::MemberRestored, record, json!({})).await
}

/// Keeps the history of the members of a committee that is about to become part of another.
///
/// # Errors
/// When the database fails.
pub async fn keep_before_committee_merge(
    connection: &mut Connection,
    actor: Actor,
    members: &[i64],
) -> Result<()> {
    for id in members {
        if let Some(member) = store::member(connection, *id).await? {
            store::keep_history(connection, &member, actor, Cause::CommitteeMerged).await?;
        }
    }
    Ok(())
}

/// Which fields differ, by the names of the form.
pub fn changed_fields(before: &MemberDetails, after: &MemberDetails) -> Vec<&'static str> {
    [
        ("number", before.number != after.number),
        ("name", before.name != after.name),
        ("branch", before.branch != after.branch),
        ("phone", before.phone != after.phone),
        ("address", before.address != after.address),
        ("committee", before.home != after.home),
        ("skills", before.skills != after.skills),
        ("agreed", before.standing != after.standing),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}
