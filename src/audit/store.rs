//! The log.

use super::{Action, Actor, Record};
use crate::db::{Connection, Result, now};

pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    record: Record,
    detail: &str,
) -> Result<()> {
    let (kind, id) = record.parts();
    sqlx::query(
        "INSERT INTO audit (at, account_id, action, record_kind, record_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(now())
    .bind(actor.account_id())
    .bind(action.name())
    .bind(kind)
    .bind(id)
    .bind(detail)
    .execute(connection)
    .await?;
    Ok(())
}
