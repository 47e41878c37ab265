//! Papers that were printed for committees to sign.

use sqlx::FromRow;

use crate::audit::Actor;
use crate::db::{Connection, Result, now};

/// Notes that a paper with these forms is printed for a committee, together with those of a batch;
/// the batch.
pub(in crate::surveys) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    survey: i64,
    batch: Option<i64>,
    committee: i64,
    forms: &[i64],
) -> Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO survey_papers (survey_id, batch, committee_id, printed_at, printed_by)
         VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
    )
    .bind(survey)
    .bind(batch.unwrap_or_default())
    .bind(committee)
    .bind(now())
    .bind(actor.account_id())
    .fetch_one(&mut *connection)
    .await?;
    if batch.is_none() {
        sqlx::query("UPDATE survey_papers SET batch = id WHERE id = $1")
            .bind(id)
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query(
        "INSERT INTO survey_paper_forms (paper_id, form_id) SELECT $1, value FROM json_each($2)",
    )
    .bind(id)
    .bind(serde_json::json!(forms).to_string())
    .execute(connection)
    .await?;
    Ok(batch.unwrap_or(id))
}

/// The forms that were printed at once, committee by committee, in the order of the phone book; of
/// members of these branches (JSON; `None`: all).
pub(in crate::surveys) async fn of_batch(
    connection: &mut Connection,
    batch: i64,
    branches: Option<&str>,
) -> Result<Vec<(i64, i64)>> {
    sqlx::query_as(
        "SELECT p.survey_id, x.form_id
         FROM survey_papers AS p
         JOIN survey_paper_forms AS x ON x.paper_id = p.id
         JOIN survey_forms AS f ON f.id = x.form_id
         JOIN members AS m ON m.id = f.member_id
         WHERE p.batch = $1
           AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
         ORDER BY p.id, m.sort_key",
    )
    .bind(batch)
    .bind(branches)
    .fetch_all(connection)
    .await
}

/// A paper that passed a member's name on to a committee.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PassedOn {
    /// When it was printed.
    pub at: String,
    /// For which committee (`committees.id`).
    pub committee_id: i64,
    /// What it is called now.
    pub committee: String,
    /// `surveys.id`.
    pub survey_id: i64,
}

/// The papers that passed a member's name on, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn passed_on(connection: &mut Connection, member: i64) -> Result<Vec<PassedOn>> {
    sqlx::query_as(
        "SELECT p.printed_at AS at, p.committee_id, c.name AS committee, p.survey_id
         FROM survey_forms AS f
         JOIN survey_paper_forms AS x ON x.form_id = f.id
         JOIN survey_papers AS p ON p.id = x.paper_id
         JOIN committees AS c ON c.id = p.committee_id
         WHERE f.member_id = $1
         ORDER BY p.id DESC
         LIMIT 100",
    )
    .bind(member)
    .fetch_all(connection)
    .await
}
