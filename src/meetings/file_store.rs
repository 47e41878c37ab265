//! Which files belong to a meeting.

use sqlx::FromRow;

use crate::db::{Connection, Result, now};
use crate::web::scans::{self, Scan};

/// A file of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct MeetingFile {
    /// `meeting_files.id`.
    pub id: i64,
    /// `meetings.id`.
    pub meeting_id: i64,
    /// Its name, as whoever brought it knows it.
    pub name: String,
    /// Under which name it lies in its folder.
    pub token: String,
    /// `pdf`, `png` or `jpeg`.
    pub kind: String,
    /// How long it is, in bytes.
    pub bytes: i64,
    /// When it was taken out.
    pub removed_at: Option<String>,
}

impl MeetingFile {
    /// What it is and how long, for people: PDF, 120 KiB.
    pub fn words(&self) -> String {
        scans::words(&self.kind, self.bytes)
    }

    /// Its name without its ending.
    pub fn stem(&self) -> &str {
        self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem)
    }
}

/// The files of a meeting as they were brought, also those that were taken out.
pub(super) async fn of_meeting(
    connection: &mut Connection,
    meeting: i64,
) -> Result<Vec<MeetingFile>> {
    sqlx::query_as(
        "SELECT id, meeting_id, name, token, kind, bytes, removed_at
         FROM meeting_files
         WHERE meeting_id = $1
         ORDER BY id",
    )
    .bind(meeting)
    .fetch_all(connection)
    .await
}

/// One file.
pub(super) async fn file(connection: &mut Connection, id: i64) -> Result<Option<MeetingFile>> {
    sqlx::query_as(
        "SELECT id, meeting_id, name, token, kind, bytes, removed_at
         FROM meeting_files
         WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// Adds a file to a meeting.
pub(super) async fn insert(connection: &mut Connection, meeting: i64, scan: &Scan) -> Result<()> {
    sqlx::query(
        "INSERT INTO meeting_files (meeting_id, name, token, kind, bytes, at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(meeting)
    .bind(&scan.name)
    .bind(&scan.token)
    .bind(scan.kind)
    .bind(i64::try_from(scan.bytes).unwrap_or(i64::MAX))
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a file out, or puts it back; whether that is new.
pub(super) async fn set_removed(
    connection: &mut Connection,
    id: i64,
    removed: bool,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE meeting_files
         SET removed_at = CASE WHEN $2 THEN $3 END
         WHERE id = $1 AND (removed_at IS NULL) = $2",
    )
    .bind(id)
    .bind(removed)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}
