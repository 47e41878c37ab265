//! What other parts ask: who has feedback on record, what it says, and whether a review is closed.

use std::collections::HashSet;

use sqlx::FromRow;

use crate::activities::HalfYear;
use crate::db::{Connection, Result};

/// Which of these members (a JSON array of `members.id`) have feedback of a committee on record for
/// a half-year. What a committee took back does not count.
///
/// # Errors
/// When the database fails.
pub async fn with_feedback(
    connection: &mut Connection,
    half: HalfYear,
    members: &str,
) -> Result<HashSet<i64>> {
    let found: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT l.member_id
         FROM json_each($1) AS w
         CROSS JOIN feedback_lines AS l ON l.member_id = w.value
         JOIN feedback_requests AS r ON r.id = l.request_id
         WHERE l.words <> '' AND r.half = $2",
    )
    .bind(members)
    .bind(half.code())
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().collect())
}

/// What a committee says of a member's work.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Feedback {
    /// `feedback_lines.id`.
    pub id: i64,
    /// `feedback_requests.id`.
    pub request_id: i64,
    /// Of whom (`members.id`).
    pub member_id: i64,
    /// [`HalfYear::code`].
    pub half: String,
    /// `committees.id`.
    pub committee_id: i64,
    /// What the committee is called now.
    pub committee: String,
    /// Who said it there.
    pub by: String,
    /// The day on which it was said.
    pub said_on: String,
    /// The words, up to 300 characters.
    pub words: String,
}

/// All that committees say of a member's work in a half-year; `None`: ever, the latest half first.
///
/// # Errors
/// When the database fails.
pub async fn feedback_of(
    connection: &mut Connection,
    member: i64,
    half: Option<HalfYear>,
) -> Result<Vec<Feedback>> {
    feedback(connection, &format!("[{member}]"), half).await
}

/// The same of many members (a JSON array of `members.id`).
///
/// # Errors
/// When the database fails.
pub async fn feedback(
    connection: &mut Connection,
    members: &str,
    half: Option<HalfYear>,
) -> Result<Vec<Feedback>> {
    sqlx::query_as(
        "SELECT l.id, l.request_id, l.member_id, r.half, r.committee_id, c.name AS committee,
                l.said_by AS by, coalesce(l.said_on, '') AS said_on, l.words
         FROM json_each($1) AS w
         CROSS JOIN feedback_lines AS l ON l.member_id = w.value
         JOIN feedback_requests AS r ON r.id = l.request_id
         JOIN committees AS c ON c.id = r.committee_id
         WHERE l.words <> '' AND ($2 IS NULL OR r.half = $2)
         ORDER BY r.half DESC, l.said_on, l.id",
    )
    .bind(members)
    .bind(half.map(HalfYear::code))
    .fetch_all(connection)
    .await
}

/// Whether a branch's review of a half-year is closed: what it showed stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn closed(connection: &mut Connection, branch: i64, half: HalfYear) -> Result<bool> {
    let closed: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM reviews WHERE branch_id = $1 AND half = $2 AND closed_at IS NOT NULL",
    )
    .bind(branch)
    .bind(half.code())
    .fetch_optional(connection)
    .await?;
    Ok(closed.is_some())
}

/// A request that named a member to a committee.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PassedOn {
    /// `feedback_requests.id`.
    pub request_id: i64,
    /// When it was given out.
    pub given_at: String,
    /// To which committee; `committees.id`.
    pub committee_id: i64,
    /// What it was called then.
    pub committee: String,
}

/// The requests that named a member to a committee, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn passed_on(connection: &mut Connection, member: i64) -> Result<Vec<PassedOn>> {
    sqlx::query_as(
        "SELECT r.id AS request_id, r.given_at, r.committee_id, r.content ->> '$.committee' AS committee
         FROM feedback_lines AS l
         JOIN feedback_requests AS r ON r.id = l.request_id
         WHERE l.member_id = $1 AND r.given_at IS NOT NULL
         ORDER BY r.given_at DESC
         LIMIT 200",
    )
    .bind(member)
    .fetch_all(connection)
    .await
}
