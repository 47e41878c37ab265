//! Which scans there are.

use sqlx::FromRow;

use crate::db::{Connection, Result, now};
use crate::web::scans;

/// A scan of a letter's reply.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Scan {
    /// Under which name it lies in its folder.
    pub token: String,
    /// `pdf`, `png` or `jpeg`.
    pub kind: String,
    /// How long it is, in bytes.
    pub bytes: i64,
}

impl Scan {
    /// What it is and how long, for people: PDF, 120 KiB.
    pub fn name(&self) -> String {
        scans::words(&self.kind, self.bytes)
    }
}

/// The scan of a letter's reply.
pub(super) async fn of(connection: &mut Connection, letter: i64) -> Result<Option<Scan>> {
    sqlx::query_as("SELECT token, kind, bytes FROM letter_scans WHERE letter_id = $1")
        .bind(letter)
        .fetch_optional(connection)
        .await
}

/// Keeps which file a letter's scan is.
pub(super) async fn put(
    connection: &mut Connection,
    letter: i64,
    token: &str,
    kind: &str,
    bytes: u64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO letter_scans (letter_id, token, kind, bytes, at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (letter_id)
         DO UPDATE SET token = excluded.token, kind = excluded.kind, bytes = excluded.bytes,
                       at = excluded.at",
    )
    .bind(letter)
    .bind(token)
    .bind(kind)
    .bind(i64::try_from(bytes).unwrap_or(i64::MAX))
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}
