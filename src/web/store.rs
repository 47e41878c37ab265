//! Forms that arrived, drafts, and files that were brought.

use crate::db::{Connection, Result, now};

pub(super) async fn answer_to(connection: &mut Connection, token: &str) -> Result<Option<String>> {
    sqlx::query_scalar("SELECT location FROM form_submissions WHERE token = $1")
        .bind(token)
        .fetch_optional(connection)
        .await
}

pub(super) async fn remember_answer(
    connection: &mut Connection,
    token: &str,
    location: &str,
) -> Result<()> {
    sqlx::query("INSERT INTO form_submissions (token, location, at) VALUES ($1, $2, $3)")
        .bind(token)
        .bind(location)
        .bind(now())
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn save_draft(
    connection: &mut Connection,
    token: &str,
    path: &str,
    body: &str,
) -> Result<()> {
    sqlx::query("INSERT INTO drafts (token, path, body, at) VALUES ($1, $2, $3, $4)")
        .bind(token)
        .bind(path)
        .bind(body)
        .bind(now())
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets the drafts that nobody has claimed, but for the newest.
pub(super) async fn keep_unclaimed(connection: &mut Connection, newest: i64) -> Result<()> {
    sqlx::query(
        "DELETE FROM drafts
         WHERE token IN (SELECT token
                         FROM drafts
                         WHERE account_id IS NULL
                         ORDER BY at DESC, token
                         LIMIT -1 OFFSET $1)",
    )
    .bind(newest)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn claim_draft(
    connection: &mut Connection,
    token: &str,
    account_id: i64,
) -> Result<bool> {
    let claimed = sqlx::query(
        "UPDATE drafts
         SET account_id = $2
         WHERE token = $1 AND account_id IS NULL",
    )
    .bind(token)
    .bind(account_id)
    .execute(connection)
    .await?;
    Ok(claimed.rows_affected() == 1)
}

pub(super) async fn draft(
    connection: &mut Connection,
    token: &str,
    account_id: i64,
    path: &str,
) -> Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT body
         FROM drafts
         WHERE token = $1
           AND account_id = $2
           AND (path = $3 OR path LIKE $3 || '?%')",
    )
    .bind(token)
    .bind(account_id)
    .bind(path)
    .fetch_optional(connection)
    .await
}

/// Every draft: token, path and body.
pub(super) async fn drafts(connection: &mut Connection) -> Result<Vec<(String, String, String)>> {
    sqlx::query_as("SELECT token, path, body FROM drafts").fetch_all(connection).await
}

pub(super) async fn delete_draft(connection: &mut Connection, token: &str) -> Result<()> {
    sqlx::query("DELETE FROM drafts WHERE token = $1").bind(token).execute(connection).await?;
    Ok(())
}

pub(super) async fn forget_before(connection: &mut Connection, at: &str) -> Result<()> {
    sqlx::query("DELETE FROM form_submissions WHERE at < $1")
        .bind(at)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM drafts WHERE at < $1").bind(at).execute(connection).await?;
    Ok(())
}

/// Remembers a file that was brought.
pub(super) async fn insert_upload(
    connection: &mut Connection,
    token: &str,
    account_id: i64,
    file_name: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO uploads (token, account_id, file_name, created_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(token)
    .bind(account_id)
    .bind(file_name)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// The name of a file that this account brought.
pub(super) async fn upload_name(
    connection: &mut Connection,
    token: &str,
    account_id: i64,
) -> Result<Option<String>> {
    sqlx::query_scalar("SELECT file_name FROM uploads WHERE token = $1 AND account_id = $2")
        .bind(token)
        .bind(account_id)
        .fetch_optional(connection)
        .await
}

/// Forgets a file that was brought.
pub(super) async fn forget_upload(connection: &mut Connection, token: &str) -> Result<()> {
    sqlx::query("DELETE FROM uploads WHERE token = $1").bind(token).execute(connection).await?;
    Ok(())
}

/// Forgets files that were brought before a point in time and not taken in.
pub(super) async fn forget_uploads(connection: &mut Connection, before: &str) -> Result<()> {
    sqlx::query("DELETE FROM uploads WHERE created_at < $1")
        .bind(before)
        .execute(connection)
        .await?;
    Ok(())
}

/// The scans whose record was erased.
pub(super) async fn left_scans(connection: &mut Connection) -> Result<Vec<String>> {
    sqlx::query_scalar("SELECT token FROM left_scans LIMIT 10000").fetch_all(connection).await
}

/// A scan whose record was erased is gone.
pub(super) async fn forget_left_scan(connection: &mut Connection, token: &str) -> Result<()> {
    sqlx::query("DELETE FROM left_scans WHERE token = $1").bind(token).execute(connection).await?;
    Ok(())
}
