//! Taking an import back: what it added goes, what it changed is again as it was. Records that
//! were edited since stay as they are, and are listed.

use serde_json::json;

use super::write;
use crate::activities::people::store as participations;
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result, now};
use crate::meetings::forget_store as meetings;
use crate::members::store::{self, Cause};
use crate::members::{MemberDetails, search};
use crate::web::Scope;

/// What became of an import that was taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// Records that it had added, now gone.
    pub removed: usize,
    /// Records that are again as they were.
    pub restored: usize,
    /// Records that stay, because they were edited since (`members.id`).
    pub kept: Vec<i64>,
}

/// Takes an import back; in a transaction that the caller ends.
///
/// # Errors
/// When the database fails.
pub async fn undo(
    connection: &mut Connection,
    actor: Actor,
    scope: &Scope,
    batch: i64,
) -> Result<Undone> {
    let mut undone = Undone::default();
    for new in [false, true] {
        let mut after = 0;
        loop {
            let changes = write::changed(connection, batch, new, after, 500).await?;
            let Some(last) = changes.last() else { break };
            after = last.member_id;
            for change in changes {
                let Some(member) = store::member(connection, change.member_id).await? else {
                    continue;
                };
                let untouched = member.version == change.version_after
                    && member.removed_at.is_none()
                    && scope.covers(member.details.branch)
                    // What someone did since would go with a record that the import added.
                    && (change.before.is_some()
                        || !(participations::any_of(connection, member.id).await?
                            || meetings::any_of(connection, member.id).await?));
                if !untouched {
                    undone.kept.push(member.id);
                    continue;
                }
                search::forget(connection, member.id).await?;
                match change.before {
                    None => {
                        store::delete(connection, member.id).await?;
                        undone.removed += 1;
                    }
                    Some(before) => {
                        let before: MemberDetails = serde_json::from_str(&before)
                            .map_err(|e| sqlx::Error::Decode(e.into()))?;
                        store::keep_history(connection, &member, actor, Cause::ImportUndone)
                            .await?;
                        let before = store::as_of_now(connection, before).await?;
                        store::update(connection, &member, &before).await?;
                        search::reindex(connection, &[member.id]).await?;
                        undone.restored += 1;
                    }
                }
            }
        }
    }
    sqlx::query("UPDATE import_batches SET undone_at = $2, undone_by = $3 WHERE id = $1")
        .bind(batch)
        .bind(now())
        .bind(actor.account_id())
        .execute(&mut *connection)
        .await?;
    let detail = json!({
        "removed": undone.removed,
        "restored": undone.restored,
        "kept": undone.kept.len(),
    });
    audit::record(connection, actor, Action::ImportUndone, Record::Import(batch), detail).await?;
    Ok(undone)
}
