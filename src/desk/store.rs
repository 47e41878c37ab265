//! What waits on the desk, and how far a new office has come.

use sqlx::FromRow;

use crate::db::{Connection, Result};

/// An import of which some rows were left out.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct PartlyImported {
    /// `import_batches.id`.
    pub id: i64,
    /// The file's name.
    pub file_name: String,
    /// How many rows were left out.
    pub rejected: i64,
}

/// The imports since this time that left rows out and were not taken back, the latest first: this
/// account's, or everyone's.
pub(super) async fn partly_imported(
    connection: &mut Connection,
    since: &str,
    account_id: Option<i64>,
) -> Result<Vec<PartlyImported>> {
    sqlx::query_as(
        "SELECT id, file_name, rejected
         FROM import_batches
         WHERE rejected > 0
           AND undone_at IS NULL
           AND at >= $1
           AND ($2 IS NULL OR account_id = $2)
         ORDER BY id DESC
         LIMIT 5",
    )
    .bind(since)
    .bind(account_id)
    .fetch_all(connection)
    .await
}

/// Whether any file of members was taken in yet.
pub(super) async fn any_import(connection: &mut Connection) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM import_batches)").fetch_one(connection).await
}

/// Whether there is any live member, of any branch.
pub(super) async fn any_member(connection: &mut Connection) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM members WHERE removed_at IS NULL)")
        .fetch_one(connection)
        .await
}
