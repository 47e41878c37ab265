//! What waits on the desk, and how far a new office has come.

use serde_json::json;
use sqlx::FromRow;

use crate::db::{Connection, Result};
use crate::web::Scope;

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

/// How much of liaison and service should have gone on by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub(super) struct Late {
    /// Needs that committees posted on their own pages and nobody serves.
    pub posted: i64,
    /// Other needs whose last day is past and that nobody serves.
    pub needs: i64,
    /// Pairings of members in the scope whose next visit should have been.
    pub visits: i64,
    /// What meetings agreed and should be done.
    pub tasks: i64,
    /// Letters that were sent long ago and are not answered; for who sees every branch.
    pub letters: i64,
}

/// What is late on a day (2026-01-31), and letters that were sent until another.
pub(super) async fn late(
    connection: &mut Connection,
    today: &str,
    long_ago: &str,
    scope: &Scope,
) -> Result<Late> {
    sqlx::query_as(
        "SELECT (SELECT count(*)
                 FROM needs AS n JOIN posted_needs AS o ON o.need_id = n.id
                 WHERE n.state = 'open') AS posted,
                (SELECT count(*)
                 FROM needs AS n
                 WHERE n.state = 'open' AND coalesce(n.until, '9999-12-31') < $1
                   AND NOT EXISTS (SELECT 1 FROM posted_needs WHERE need_id = n.id)) AS needs,
                (SELECT count(*)
                 FROM pairings AS p
                 WHERE p.ended_at IS NULL AND coalesce(p.next_visit, '9999-12-31') < $1
                   AND ($3 IS NULL
                        OR EXISTS (SELECT 1
                                   FROM pairing_members AS x JOIN members AS m ON m.id = x.member_id
                                   WHERE x.pairing_id = p.id
                                     AND m.branch_id IN (SELECT value FROM json_each($3)))))
                    AS visits,
                (SELECT count(*)
                 FROM meeting_lines AS l JOIN meetings AS t ON t.id = l.meeting_id
                 WHERE l.sort = 'task' AND l.done_at IS NULL AND l.removed_at IS NULL
                   AND t.removed_at IS NULL AND l.due_on < $1) AS tasks,
                (SELECT count(*)
                 FROM letters AS l
                 WHERE l.state = 'sent' AND l.sent_on <= $2 AND $3 IS NULL) AS letters",
    )
    .bind(today)
    .bind(long_ago)
    .bind(scope.branches().map(|branches| json!(branches).to_string()))
    .fetch_one(connection)
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
