//! Needs that were asked and met, and letters that were sent and answered.

use sqlx::FromRow;

use crate::activities::HalfYear;
use crate::db::{Connection, Result};

/// What became of the needs that were entered in a half-year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Needs {
    /// How many were asked.
    pub asked: i64,
    /// Of these: help was given.
    pub done: i64,
    /// Of these: someone serves.
    pub matched: i64,
    /// Of these: nobody serves yet.
    pub open: i64,
    /// Of these: closed without help.
    pub closed: i64,
}

/// The needs of a half-year, by the day on which they were entered; each as it stands today.
///
/// # Errors
/// When the database fails.
pub async fn needs(connection: &mut Connection, half: HalfYear) -> Result<Needs> {
    sqlx::query_as(
        "SELECT count(*) AS asked, coalesce(sum(state = 'done'), 0) AS done,
                coalesce(sum(state = 'matched'), 0) AS matched,
                coalesce(sum(state = 'open'), 0) AS open,
                coalesce(sum(state = 'closed'), 0) AS closed
         FROM needs
         WHERE created_at >= $1 AND created_at < $2",
    )
    .bind(half.first_day())
    .bind(half.after().first_day())
    .fetch_one(connection)
    .await
}

/// What became of the letters that were sent in a half-year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Letters {
    /// How many were sent and not taken back.
    pub sent: i64,
    /// Of these: the committee replied.
    pub answered: i64,
    /// Of these: no reply yet.
    pub waiting: i64,
    /// How many were sent and taken back since: left out.
    pub withdrawn: i64,
}

/// The letters of a half-year, by the day on which they were sent; those that the viewer may see
/// (JSON of branches as the board of letters asks for them; `None`: every letter).
///
/// # Errors
/// When the database fails.
pub async fn letters(
    connection: &mut Connection,
    half: HalfYear,
    branches: Option<&str>,
) -> Result<Letters> {
    sqlx::query_as(
        "SELECT coalesce(sum(state IN ('sent', 'answered')), 0) AS sent,
                coalesce(sum(state = 'answered'), 0) AS answered,
                coalesce(sum(state = 'sent'), 0) AS waiting,
                coalesce(sum(state = 'withdrawn'), 0) AS withdrawn
         FROM letters AS l
         WHERE l.sent_on BETWEEN $1 AND $2
           AND ($3 IS NULL
                OR (l.every_branch = 0
                    AND NOT EXISTS (SELECT 1
                                    FROM letter_branches AS x
                                    JOIN branches AS b ON b.id = x.branch_id
                                    WHERE x.letter_id = l.id
                                      AND coalesce(b.merged_into, b.id)
                                          NOT IN (SELECT value FROM json_each($3)))))",
    )
    .bind(half.first_day())
    .bind(half.last_day())
    .bind(branches)
    .fetch_one(connection)
    .await
}
