//! The public door: a member's commendations.

use sqlx::FromRow;

use crate::db::{Connection, Result};

/// A commendation of a member.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Commended {
    /// `commendations.id`.
    pub id: i64,
    /// `commendation_calls.id`.
    pub call_id: i64,
    /// What they were commended as.
    pub title: String,
    /// The day on which it was decided (`2026-01-31`).
    pub decided_on: String,
    /// The body that decided.
    pub decided_by: String,
    /// The branch, as it was called then; may be empty.
    pub branch: String,
}

/// The commendations that were decided for a member, the latest first; those of a record that was
/// merged into theirs are theirs.
///
/// # Errors
/// When the database fails.
pub async fn of_member(connection: &mut Connection, member: i64) -> Result<Vec<Commended>> {
    let mut all: Vec<Commended> = sqlx::query_as(
        "SELECT x.id, x.call_id, k.title, x.decided_on, x.decided_by, x.branch
         FROM commendations AS x
         JOIN commendation_calls AS k ON k.id = x.call_id
         WHERE x.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
           AND x.state = 'granted'
         ORDER BY x.decided_on DESC, x.id DESC
         LIMIT 200",
    )
    .bind(member)
    .fetch_all(connection)
    .await?;
    // Two records of one person may have been commended in one call.
    let mut seen = std::collections::HashSet::new();
    all.retain(|one| seen.insert(one.call_id));
    Ok(all)
}
