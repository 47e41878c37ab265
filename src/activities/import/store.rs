//! Batches of participations, and what a file is compared with.

use serde_json::json;
use sqlx::FromRow;

use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::reports::counting::Counting;

/// A member whom a row means.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Known {
    pub id: i64,
    pub number: Option<String>,
    pub name: String,
    pub branch_id: Option<i64>,
    /// The home committee, or else the host.
    pub committee_id: Option<i64>,
}

/// The live members with these employee numbers.
pub(super) async fn by_numbers(
    connection: &mut Connection,
    numbers: &[&str],
) -> Result<Vec<Known>> {
    sqlx::query_as(
        "SELECT m.id, m.number, m.name, m.branch_id,
                coalesce(m.committee_id, m.host_committee_id) AS committee_id
         FROM json_each($1) AS w
         JOIN members AS m ON m.number = w.value
         WHERE m.number IS NOT NULL AND m.removed_at IS NULL",
    )
    .bind(json!(numbers).to_string())
    .fetch_all(connection)
    .await
}

/// The live members with these names, at most two of each.
pub(super) async fn by_names(connection: &mut Connection, names: &[&str]) -> Result<Vec<Known>> {
    sqlx::query_as(
        "SELECT m.id, m.number, m.name, m.branch_id,
                coalesce(m.committee_id, m.host_committee_id) AS committee_id
         FROM json_each($1) AS w
         JOIN members AS m ON m.name = w.value
         WHERE m.removed_at IS NULL",
    )
    .bind(json!(names).to_string())
    .fetch_all(connection)
    .await
}

/// Which of these (member, day, title) are on record.
pub(super) async fn on_record(
    connection: &mut Connection,
    wanted: &[(i64, &str, &str)],
) -> Result<Vec<(i64, String, String)>> {
    sqlx::query_as(
        "SELECT p.member_id, p.day, a.title
         FROM json_each($1) AS w
         CROSS JOIN participations AS p
           ON p.member_id = w.value ->> 0 AND p.live = 1 AND p.day = w.value ->> 1
         JOIN activities AS a ON a.id = p.activity_id
         WHERE a.title = w.value ->> 2",
    )
    .bind(json!(wanted).to_string())
    .fetch_all(connection)
    .await
}

/// The `id` that the next activity gets.
pub(super) async fn next_activity(connection: &mut Connection) -> Result<i64> {
    sqlx::query_scalar("SELECT coalesce(max(id), 0) + 1 FROM activities")
        .fetch_one(connection)
        .await
}

/// A file that was taken in.
#[derive(Debug, Clone, FromRow)]
pub struct Batch {
    /// `activity_batches.id`.
    pub id: i64,
    /// When.
    pub at: String,
    /// By whom.
    pub by: Option<String>,
    /// The file.
    pub file_name: String,
    /// Who, as `accounts.id`.
    pub account_id: Option<i64>,
    /// How many activities it made.
    pub activities: i64,
    /// How many parts in them.
    pub participations: i64,
    /// How many rows were on record already.
    pub unchanged: i64,
    /// How many rows were left out.
    pub rejected: i64,
    /// When it was taken back.
    pub undone_at: Option<String>,
}

/// Begins a batch; its `id`.
pub(super) async fn begin(
    connection: &mut Connection,
    actor: Actor,
    file_name: &str,
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO activity_batches (at, account_id, file_name) VALUES ($1, $2, $3) RETURNING id",
    )
    .bind(now())
    .bind(actor.account_id())
    .bind(file_name)
    .fetch_one(connection)
    .await
}

/// Notes what a batch came to: activities, parts, rows unchanged, rows left out.
pub(super) async fn end(connection: &mut Connection, batch: i64, counts: [usize; 4]) -> Result<()> {
    let [activities, parts, unchanged, rejected] =
        counts.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    sqlx::query(
        "UPDATE activity_batches
         SET activities = $2, participations = $3, unchanged = $4, rejected = $5
         WHERE id = $1",
    )
    .bind(batch)
    .bind(activities)
    .bind(parts)
    .bind(unchanged)
    .bind(rejected)
    .execute(connection)
    .await?;
    Ok(())
}

macro_rules! batches {
    ($rest:literal) => {
        concat!(
            "SELECT b.id, b.at, u.display_name AS by, b.file_name, b.account_id, b.activities,
                    b.participations, b.unchanged, b.rejected, b.undone_at
             FROM activity_batches AS b
             LEFT JOIN accounts AS u ON u.id = b.account_id ",
            $rest
        )
    };
}

/// The batches, the latest first.
pub(super) async fn batches(connection: &mut Connection, limit: i64) -> Result<Vec<Batch>> {
    sqlx::query_as(batches!("ORDER BY b.id DESC LIMIT $1")).bind(limit).fetch_all(connection).await
}

/// One batch.
pub(super) async fn batch(connection: &mut Connection, id: i64) -> Result<Option<Batch>> {
    sqlx::query_as(batches!("WHERE b.id = $1")).bind(id).fetch_optional(connection).await
}

/// Whether a batch holds parts of members outside these branches (JSON).
pub(super) async fn reaches_beyond(
    connection: &mut Connection,
    batch: i64,
    branches: &str,
) -> Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1
                        FROM activities AS a
                        CROSS JOIN participations AS p ON p.activity_id = a.id
                        JOIN members AS m ON m.id = p.member_id
                        WHERE a.batch_id = $1
                          AND (m.branch_id IS NULL
                               OR m.branch_id NOT IN (SELECT value FROM json_each($2))))",
    )
    .bind(batch)
    .bind(branches)
    .fetch_one(connection)
    .await
}

/// Takes a batch back: what it made goes, unless someone changed it since or the committee
/// confirmed a part of it; how many activities went, and how many stay.
pub(super) async fn undo(
    connection: &mut Connection,
    batch: i64,
    actor: Actor,
) -> Result<(u64, i64)> {
    let members: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT p.member_id
         FROM activities AS a
         CROSS JOIN participations AS p ON p.activity_id = a.id
         WHERE a.batch_id = $1",
    )
    .bind(batch)
    .fetch_all(&mut *connection)
    .await?;
    let mut counting = Counting::pause(connection).await?;
    counting.take_out(connection, &members).await?;
    let gone = sqlx::query(
        "DELETE FROM activities
         WHERE batch_id = $1 AND version = 1
           AND NOT EXISTS (SELECT 1 FROM participations AS p
                           WHERE p.activity_id = activities.id AND p.confirmed_at IS NOT NULL)",
    )
    .bind(batch)
    .execute(&mut *connection)
    .await?;
    counting.resume(connection).await?;
    sqlx::query("UPDATE activity_batches SET undone_at = $2, undone_by = $3 WHERE id = $1")
        .bind(batch)
        .bind(now())
        .bind(actor.account_id())
        .execute(&mut *connection)
        .await?;
    let stay = sqlx::query_scalar("SELECT count(*) FROM activities WHERE batch_id = $1")
        .bind(batch)
        .fetch_one(connection)
        .await?;
    Ok((gone.rows_affected(), stay))
}
