//! Which scans of answered papers there are.

use sqlx::FromRow;

use crate::db::{Connection, Result, now};
use crate::web::scans;

/// A scan of an answered paper.
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

/// The scan of a request's answer.
pub(super) async fn of(connection: &mut Connection, request: i64) -> Result<Option<Scan>> {
    sqlx::query_as("SELECT token, kind, bytes FROM feedback_scans WHERE request_id = $1")
        .bind(request)
        .fetch_optional(connection)
        .await
}

/// Keeps which file a request's scan is.
pub(super) async fn put(
    connection: &mut Connection,
    request: i64,
    scan: &scans::Scan,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO feedback_scans (request_id, token, kind, bytes, at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (request_id)
         DO UPDATE SET token = excluded.token, kind = excluded.kind, bytes = excluded.bytes,
                       at = excluded.at",
    )
    .bind(request)
    .bind(&scan.token)
    .bind(scan.kind)
    .bind(i64::try_from(scan.bytes).unwrap_or(i64::MAX))
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}
