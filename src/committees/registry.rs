//! The changes that committees go through, each whole: the row, its names by date, what it was
//! before, and every index that holds its name.

use super::history::{self, Body, Cause};
use super::{Committee, CommitteeCode, CommitteeDetails, CommitteeLine, area_store, store};
use crate::audit::Actor;
use crate::db::{Connection, Result};
use crate::members::{registry as members, search};
use crate::needs::registry as needs;
use crate::offers::store as offers;
use crate::surveys::store::forms as surveys;
use crate::teams::store as teams;

/// Adds a committee; its `id`. What its bodies are called holds from the start.
///
/// # Errors
/// When the database fails.
pub async fn add(
    connection: &mut Connection,
    code: Option<&CommitteeCode>,
    street: &str,
    details: &CommitteeDetails,
) -> Result<i64> {
    let id = store::insert(connection, code, street, details).await?;
    history::put_name(connection, id, Body::Committee, "", &details.name, &details.head).await?;
    if !details.party_name.is_empty() {
        let (name, head) = (&details.party_name, &details.party_head);
        history::put_name(connection, id, Body::Party, "", name, head).await?;
    }
    store::index(connection, id).await?;
    Ok(id)
}

/// Changes a committee that is still at this version; new names and heads hold from the day
/// `since`. Nothing happens where nothing differs.
///
/// # Errors
/// When the database fails.
pub async fn change(
    connection: &mut Connection,
    actor: Actor,
    committee: &Committee,
    details: &CommitteeDetails,
    since: &str,
    cause: Cause,
) -> Result<()> {
    let (id, before) = (committee.id, &committee.details);
    if before == details {
        return Ok(());
    }
    history::keep(connection, committee, actor, cause).await?;
    store::update(connection, id, committee.version, details).await?;
    if before.name != details.name || before.head != details.head {
        let (name, head) = (&details.name, &details.head);
        history::put_name(connection, id, Body::Committee, since, name, head).await?;
    }
    if before.party_name != details.party_name || before.party_head != details.party_head {
        let (name, head) = (&details.party_name, &details.party_head);
        history::put_name(connection, id, Body::Party, since, name, head).await?;
    }
    if before.name != details.name {
        store::index(connection, id).await?;
        reindex_members(connection, id).await?;
        needs::committee_renamed(connection, id).await?;
    }
    Ok(())
}

/// Renames a district or sub-district, and makes its committees and members found by the new name.
///
/// # Errors
/// When the database fails.
pub async fn rename_area(connection: &mut Connection, code: &str, name: &str) -> Result<()> {
    area_store::rename_area(connection, code, name).await?;
    for id in store::ids_in(connection, code).await? {
        store::index(connection, id).await?;
        reindex_members(connection, id).await?;
        needs::committee_renamed(connection, id).await?;
    }
    Ok(())
}

async fn reindex_members(connection: &mut Connection, id: i64) -> Result<()> {
    let mut after = 0;
    loop {
        let members = store::members_of(connection, id, after).await?;
        let Some(last) = members.last() else { return Ok(()) };
        after = *last;
        search::reindex(connection, &members).await?;
    }
}

/// Makes a committee part of another; how many members moved.
///
/// # Errors
/// When the database fails.
pub async fn merge(
    connection: &mut Connection,
    actor: Actor,
    committee: &Committee,
    into: &CommitteeLine,
) -> Result<usize> {
    history::keep(connection, committee, actor, Cause::Merged).await?;
    let mut after = 0;
    let mut moved = Vec::new();
    loop {
        let members = store::members_of(connection, committee.id, after).await?;
        let Some(last) = members.last() else { break };
        after = *last;
        members::keep_before_committee_merge(connection, actor, &members).await?;
        moved.extend(members);
    }
    store::merge(connection, committee.id, into.id).await?;
    needs::merge_committee(connection, committee.id, into.id).await?;
    offers::move_committee(connection, committee.id, into.id).await?;
    teams::move_committee(connection, committee.id, into.id).await?;
    surveys::move_committee(connection, committee.id, into.id).await?;
    search::reindex(connection, &moved).await?;
    Ok(moved.len())
}
