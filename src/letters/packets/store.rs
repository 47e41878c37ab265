//! Packets that were printed, and which letters wait to be.

use sqlx::FromRow;

use crate::audit::Actor;
use crate::db::{Connection, Result, now};

/// The letter of a committee that counts this year: the latest that was not taken back.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Written {
    /// The committee that it goes to now.
    pub committee_id: i64,
    /// `letters.id`.
    pub letter_id: i64,
    /// Whether it has a number.
    pub issued: bool,
    /// Whether it was printed.
    pub printed: bool,
}

/// The letters of a year that hold only members of these branches (JSON; `None`: every letter), one
/// a committee.
pub(super) async fn written(
    connection: &mut Connection,
    year: i64,
    branches: Option<&str>,
) -> Result<Vec<Written>> {
    sqlx::query_as(
        "SELECT coalesce(c.merged_into, c.id) AS committee_id, max(l.id) AS letter_id,
                l.number IS NOT NULL AS issued, l.printed_at IS NOT NULL AS printed
         FROM letters AS l
         JOIN committees AS c ON c.id = l.committee_id
         WHERE l.year = $1
           AND l.state <> 'withdrawn'
           AND ($2 IS NULL
                OR (l.every_branch = 0
                    AND NOT EXISTS (SELECT 1
                                    FROM letter_branches AS x
                                    JOIN branches AS b ON b.id = x.branch_id
                                    WHERE x.letter_id = l.id
                                      AND coalesce(b.merged_into, b.id)
                                          NOT IN (SELECT value FROM json_each($2)))))
         GROUP BY coalesce(c.merged_into, c.id)",
    )
    .bind(year)
    .bind(branches)
    .fetch_all(connection)
    .await
}

/// The committees to which the letters of a batch go.
pub(super) async fn of_batch(connection: &mut Connection, batch: i64) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT DISTINCT coalesce(c.merged_into, c.id)
         FROM letters AS l
         JOIN committees AS c ON c.id = l.committee_id
         WHERE l.batch_id = $1",
    )
    .bind(batch)
    .fetch_all(connection)
    .await
}

/// Notes that letters were printed; the first time counts.
pub(in crate::letters) async fn mark_printed(
    connection: &mut Connection,
    letters: &[i64],
) -> Result<()> {
    sqlx::query(
        "UPDATE letters
         SET printed_at = $2
         WHERE printed_at IS NULL AND number IS NOT NULL
           AND id IN (SELECT value FROM json_each($1))",
    )
    .bind(serde_json::json!(letters).to_string())
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps what is printed: for each committee its letter, if that is part of it; the packet's `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    parts: &[(i64, Option<i64>)],
    checkins: Option<i64>,
) -> Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO packets (at, account_id, checkins) VALUES ($1, $2, $3) RETURNING id",
    )
    .bind(now())
    .bind(actor.account_id())
    .bind(checkins)
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO packet_parts (packet_id, place, committee_id, letter_id)
         SELECT $1, key + 1, value ->> 0, value ->> 1 FROM json_each($2)",
    )
    .bind(id)
    .bind(serde_json::json!(parts).to_string())
    .execute(connection)
    .await?;
    Ok(id)
}

/// When packets were printed, and with which check-in sheets.
pub(super) async fn packet(
    connection: &mut Connection,
    id: i64,
) -> Result<Option<(String, Option<i64>)>> {
    sqlx::query_as("SELECT at, checkins FROM packets WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// The committees of packets, merged ones as they are now, each with its letter.
pub(super) async fn parts(connection: &mut Connection, id: i64) -> Result<Vec<(i64, Option<i64>)>> {
    sqlx::query_as(
        "SELECT coalesce(c.merged_into, c.id), p.letter_id
         FROM packet_parts AS p
         JOIN committees AS c ON c.id = p.committee_id
         WHERE p.packet_id = $1
         ORDER BY p.place",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}
