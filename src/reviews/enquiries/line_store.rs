//! Whom requests name, and what committees say of their work.

use sqlx::FromRow;

use crate::audit::Actor;
use crate::db::{Connection, Result, now};

/// A member in a request.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Line {
    /// `feedback_lines.id`.
    pub id: i64,
    /// From 1.
    pub place: i64,
    /// `None` once the person's data was erased.
    pub member_id: Option<i64>,
    /// The name as it was given out.
    pub name: String,
    /// The branch as it was given out.
    pub branch: String,
    /// What they did (JSON of `Vec<Deed>`).
    pub deeds: String,
    /// What the committee says; empty: nothing.
    pub words: String,
    /// The day on which it was said.
    pub said_on: Option<String>,
    /// By whom.
    pub said_by: String,
    /// Whether the committee may be told of them now: its own, live, standing to be known.
    pub known: bool,
    /// Whether the review of their branch is closed, so that the words stay.
    pub closed: bool,
}

/// The members of a request.
///
/// # Errors
/// When the database fails.
pub async fn lines(connection: &mut Connection, request: i64) -> Result<Vec<Line>> {
    sqlx::query_as(
        "SELECT l.id, l.place, l.member_id, l.name, l.branch, l.deeds, l.words, l.said_on, l.said_by,
                coalesce(m.removed_at IS NULL AND m.agreed = 1
                         AND r.committee_id IN (m.committee_id, m.host_committee_id), 0) AS known,
                EXISTS (SELECT 1 FROM reviews AS v
                        WHERE v.branch_id = m.branch_id AND v.half = r.half
                          AND v.closed_at IS NOT NULL) AS closed
         FROM feedback_lines AS l
         JOIN feedback_requests AS r ON r.id = l.request_id
         LEFT JOIN members AS m ON m.id = l.member_id
         WHERE l.request_id = $1
         ORDER BY l.place",
    )
    .bind(request)
    .fetch_all(connection)
    .await
}

/// Keeps what a committee says of a member's work, and what it said before. `by` signed it there.
pub(super) async fn say(
    connection: &mut Connection,
    actor: Actor,
    line: &Line,
    words: &str,
    (day, by): (&str, &str),
) -> Result<()> {
    if line.said_on.is_some() {
        sqlx::query(
            "INSERT INTO feedback_history (line_id, at, account_id, by_name, before)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(line.id)
        .bind(now())
        .bind(actor.account_id())
        .bind(by)
        .bind(&line.words)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query(
        "UPDATE feedback_lines
         SET words = $2, said_on = $3, said_by = $4, version = version + 1
         WHERE id = $1",
    )
    .bind(line.id)
    .bind(words)
    .bind(day)
    .bind(by)
    .execute(connection)
    .await?;
    Ok(())
}

/// What was said before it was corrected.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Before {
    /// Of whom.
    pub name: String,
    /// When it was corrected.
    pub at: String,
    /// By which account; `None`: on the committee's page.
    pub account: Option<String>,
    /// Who signed the correction at the committee.
    pub by_name: String,
    /// What had been said.
    pub before: String,
}

/// What was said in a request before it was corrected, the latest first.
pub(super) async fn history(connection: &mut Connection, request: i64) -> Result<Vec<Before>> {
    sqlx::query_as(
        "SELECT l.name, h.at, u.display_name AS account, h.by_name, h.before
         FROM feedback_lines AS l
         JOIN feedback_history AS h ON h.line_id = l.id
         LEFT JOIN accounts AS u ON u.id = h.account_id
         WHERE l.request_id = $1
         ORDER BY h.id DESC",
    )
    .bind(request)
    .fetch_all(connection)
    .await
}
