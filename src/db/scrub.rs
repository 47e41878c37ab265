//! Erased text: what it takes until a deleted row is gone from the file too.
//!
//! The engine overwrites what rows leave behind (`secure_delete`), but the log holds pages as they
//! were before. A transaction that erases asks for scrubbing, so that a server that stops
//! meanwhile goes on when it starts again; [`upkeep`](crate::upkeep) does it.

use super::{Connection, Db, Result, now};

/// How long emptying the log waits for readers, in milliseconds; writers wait with it.
const PATIENCE: u32 = 200;

/// Asks that what this transaction erased be taken out of the file.
///
/// # Errors
/// When the database fails.
pub async fn ask_to_scrub(connection: &mut Connection) -> Result<()> {
    sqlx::query("INSERT INTO erased_text (at) VALUES ($1)").bind(now()).execute(connection).await?;
    Ok(())
}

/// The latest request for scrubbing that is not done.
///
/// # Errors
/// When the database fails.
pub async fn scrub_asked(connection: &mut Connection) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT max(id) FROM erased_text").fetch_one(connection).await
}

/// Notes that this request and the earlier ones are done.
///
/// # Errors
/// When the database fails.
pub async fn scrub_done(connection: &mut Connection, request: i64) -> Result<()> {
    sqlx::query("DELETE FROM erased_text WHERE id <= $1").bind(request).execute(connection).await?;
    Ok(())
}

/// Writes the log into the database and empties it; whether that could be done, since someone may
/// be reading an older state.
///
/// # Errors
/// When the disk fails.
pub async fn empty_log(db: &Db) -> Result<bool> {
    let mut connection = db.maintenance().await?;
    let before: i64 = sqlx::query_scalar("PRAGMA busy_timeout").fetch_one(&mut *connection).await?;
    set_patience(&mut connection, PATIENCE.into()).await?;
    let emptied = sqlx::query_scalar::<_, i64>("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(&mut *connection)
        .await;
    set_patience(&mut connection, before).await?;
    Ok(emptied? == 0)
}

async fn set_patience(connection: &mut Connection, milliseconds: i64) -> Result<()> {
    sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {milliseconds}")))
        .execute(connection)
        .await?;
    Ok(())
}
