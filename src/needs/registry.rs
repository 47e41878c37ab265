//! The changes that needs go through, each whole: the row, its place in the search index, its
//! history, and the line in the audit log.

use jiff::{Timestamp, ToSpan as _};
use serde_json::json;

use super::{Need, NeedDetails, Step, Times, candidates, search, settings, store};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{self, Connection, Result};
use crate::lang::Message;
use crate::web::Scope;

/// Enters a need; its `id`.
///
/// # Errors
/// When the database fails.
pub async fn add(connection: &mut Connection, actor: Actor, details: &NeedDetails) -> Result<i64> {
    let id = store::insert(connection, details).await?;
    search::reindex(connection, &[id]).await?;
    audit::record(connection, actor, Action::NeedAdded, Record::Need(id), json!({})).await?;
    Ok(id)
}

/// Enters a need that a committee posted itself; its `id`.
///
/// # Errors
/// When the database fails.
pub async fn post(connection: &mut Connection, details: &NeedDetails, by: &str) -> Result<i64> {
    let id = add(connection, Actor::Committee, details).await?;
    store::put_posted(connection, id, by).await?;
    Ok(id)
}

/// Enters many needs at once; their `id`s.
///
/// # Errors
/// When the database fails.
pub async fn fill(
    connection: &mut Connection,
    actor: Actor,
    needs: &[NeedDetails],
) -> Result<Vec<i64>> {
    let mut ids = Vec::with_capacity(needs.len());
    for details in needs {
        let id = store::insert(connection, details).await?;
        audit::record(connection, actor, Action::NeedAdded, Record::Need(id), json!({})).await?;
        ids.push(id);
    }
    search::reindex(connection, &ids).await?;
    Ok(ids)
}

/// The member of any branch who fits a need best.
///
/// # Errors
/// When the database fails.
pub async fn best_fitting(connection: &mut Connection, need: &Need) -> Result<Option<i64>> {
    let weights = settings::settings(connection).await?.weights;
    let ranked = candidates::members_for(connection, need, &Scope::All, &weights).await?;
    Ok(ranked.first().map(|(_, candidate)| candidate.id))
}

/// Changes what a need says, if anything differs.
///
/// # Errors
/// When the database fails.
pub async fn change(
    connection: &mut Connection,
    actor: Actor,
    need: &Need,
    details: &NeedDetails,
) -> Result<()> {
    if need.details == *details {
        return Ok(());
    }
    store::keep_history(connection, need.id, actor, EDITED, "", Some(&need.details)).await?;
    store::update(connection, need.id, details).await?;
    search::reindex(connection, &[need.id]).await?;
    audit::record(connection, actor, Action::NeedChanged, Record::Need(need.id), json!({})).await
}

/// The step of an edit in a need's history.
pub(super) const EDITED: &str = "edited";

/// Takes a need a step on; `because` says why, where the step asks for it.
///
/// # Errors
/// When the database fails; inside, a sentence that says why the step is not possible.
pub async fn step(
    connection: &mut Connection,
    actor: Actor,
    need: &Need,
    step: Step,
    because: &str,
) -> Result<std::result::Result<(), Message>> {
    let state = match need.state.after(step) {
        Ok(state) => state,
        Err(why) => return Ok(Err(why)),
    };
    if state == need.state {
        return Ok(Ok(()));
    }
    store::keep_history(connection, need.id, actor, step.name(), because, None).await?;
    let closed_because = if step == Step::Close { because } else { "" };
    store::set_state(connection, need.id, state, closed_because).await?;
    let detail = json!({ "step": step.name() });
    audit::record(connection, actor, Action::NeedMoved, Record::Need(need.id), detail).await?;
    Ok(Ok(()))
}

/// Keeps when a member can help.
///
/// # Errors
/// When the database fails.
pub async fn set_member_times(
    connection: &mut Connection,
    actor: Actor,
    member: i64,
    times: Times,
) -> Result<()> {
    store::put_member_times(connection, member, times).await?;
    let record = Record::Member(member);
    audit::record(connection, actor, Action::TimesChanged, record, json!({})).await
}

/// A committee becomes part of another; before the members' index is written anew.
///
/// # Errors
/// When the database fails.
pub async fn merge_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    store::move_committee(connection, id, into).await?;
    committee_renamed(connection, into).await
}

/// A committee, or the sub-district or district that it is in, is called otherwise.
///
/// # Errors
/// When the database fails.
pub async fn committee_renamed(connection: &mut Connection, id: i64) -> Result<()> {
    let needs = store::of_committee(connection, id).await?;
    search::reindex(connection, &needs).await
}

/// A skill is called otherwise.
///
/// # Errors
/// When the database fails.
pub async fn skill_renamed(connection: &mut Connection, id: i64) -> Result<()> {
    let needs = store::of_skill(connection, id).await?;
    search::reindex(connection, &needs).await
}

/// A skill becomes part of another.
///
/// # Errors
/// When the database fails.
pub async fn merge_skill(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    store::merge_skill(connection, id, into).await?;
    skill_renamed(connection, into).await
}

/// Erases the contacts of needs that ended long enough ago (a setting); how many.
///
/// # Errors
/// When the database fails.
pub async fn erase_contacts(connection: &mut Connection, now: Timestamp) -> Result<usize> {
    let months = settings::settings(connection).await?.months;
    let now = now.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let before = now.checked_sub(months.months()).map_err(|e| sqlx::Error::Encode(e.into()))?;
    let before = db::timestamp(before.timestamp());
    let erased = store::erase_contacts(connection, &before).await?;
    if erased > 0 {
        let detail = json!({ "needs": erased });
        audit::record(connection, Actor::Upkeep, Action::ContactsErased, Record::None, detail)
            .await?;
    }
    Ok(erased)
}
