//! The links of letters.

use crate::db::{Connection, Result, now};

/// Keeps a link to a letter by its hash.
pub(super) async fn insert(
    connection: &mut Connection,
    hash: &[u8],
    letter: i64,
    expires_at: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO letter_links (token_hash, letter_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4)",
    )
    .bind(hash)
    .bind(letter)
    .bind(now())
    .bind(expires_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// The latest letter that a committee has or will have.
pub(super) async fn latest_letter(
    connection: &mut Connection,
    committee: i64,
) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "SELECT id
         FROM letters
         WHERE committee_id = $1 AND state IN ('issued', 'sent', 'answered')
         ORDER BY id DESC
         LIMIT 1",
    )
    .bind(committee)
    .fetch_optional(connection)
    .await
}

/// To which letter a link leads, until when it opens, and whether it was revoked.
pub(super) async fn letter_of(
    connection: &mut Connection,
    hash: &[u8],
) -> Result<Option<(i64, String, bool)>> {
    sqlx::query_as(
        "SELECT letter_id, expires_at, revoked_at IS NOT NULL
         FROM letter_links
         WHERE token_hash = $1",
    )
    .bind(hash)
    .fetch_optional(connection)
    .await
}

/// Who signed with a link last; empty for nobody.
pub(super) async fn signer(connection: &mut Connection, hash: &[u8]) -> Result<Option<String>> {
    sqlx::query_scalar("SELECT by_name FROM letter_links WHERE token_hash = $1")
        .bind(hash)
        .fetch_optional(connection)
        .await
}

/// Keeps who signed with a link.
pub(super) async fn set_signer(connection: &mut Connection, hash: &[u8], name: &str) -> Result<()> {
    sqlx::query("UPDATE letter_links SET by_name = $2 WHERE token_hash = $1")
        .bind(hash)
        .bind(name)
        .execute(connection)
        .await?;
    Ok(())
}

/// How many links to a letter open now, and until when the last of them does.
pub(super) async fn open_links(
    connection: &mut Connection,
    letter: i64,
) -> Result<(i64, Option<String>)> {
    sqlx::query_as(
        "SELECT count(*), max(expires_at)
         FROM letter_links
         WHERE letter_id = $1 AND revoked_at IS NULL AND expires_at > $2",
    )
    .bind(letter)
    .bind(now())
    .fetch_one(connection)
    .await
}

/// Lets no link to a letter open any more.
pub(super) async fn revoke(connection: &mut Connection, letter: i64) -> Result<()> {
    sqlx::query(
        "UPDATE letter_links
         SET revoked_at = $2
         WHERE letter_id = $1 AND revoked_at IS NULL",
    )
    .bind(letter)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the links that ended before a point in time.
///
/// # Errors
/// When the database fails.
pub async fn forget_ended(connection: &mut Connection, before: &str) -> Result<()> {
    sqlx::query("DELETE FROM letter_links WHERE expires_at < $1")
        .bind(before)
        .execute(connection)
        .await?;
    Ok(())
}
