//! How far a round is, counted by branch and committee.

use serde_json::json;
use sqlx::FromRow;

use crate::db::{Connection, Result};
use crate::surveys::Survey;

/// How many of a branch and committee stand where.
#[derive(Debug, Clone, FromRow)]
pub(in crate::surveys) struct Count {
    pub branch_id: Option<i64>,
    pub committee_id: Option<i64>,
    /// [`State::name`](crate::surveys::State::name); empty: nobody began it.
    pub state: String,
    /// [`Reason::name`](crate::surveys::Reason::name); empty: they took part.
    pub reason: String,
    pub late: bool,
    pub forms: i64,
}

/// The live members whom a round asks, by branch, committee and where their form stands.
pub(in crate::surveys) async fn counts(
    connection: &mut Connection,
    survey: &Survey,
) -> Result<Vec<Count>> {
    sqlx::query_as(
        "SELECT m.branch_id, coalesce(m.committee_id, m.host_committee_id) AS committee_id,
                coalesce(f.state, '') AS state, coalesce(f.reason, '') AS reason,
                coalesce(f.late, 0) AS late, count(*) AS forms
         FROM members AS m
         LEFT JOIN survey_forms AS f ON f.member_id = m.id AND f.survey_id = $1
         WHERE m.removed_at IS NULL
           AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
         GROUP BY 1, 2, 3, 4, 5",
    )
    .bind(survey.id)
    .bind(survey.branches.as_ref().map(|branches| json!(branches).to_string()))
    .fetch_all(connection)
    .await
}

/// What confirmed forms of a branch and committee tell of an area.
#[derive(Debug, Clone, FromRow)]
pub(in crate::surveys) struct AreaSum {
    pub branch_id: Option<i64>,
    pub committee_id: Option<i64>,
    pub area: String,
    pub members: i64,
    pub times: i64,
    pub minutes: i64,
}

/// What the confirmed forms of a round tell, by branch, committee and area; by the empty area, how
/// many members took part in any.
pub(in crate::surveys) async fn areas(
    connection: &mut Connection,
    survey: &Survey,
) -> Result<Vec<AreaSum>> {
    sqlx::query_as(
        "SELECT m.branch_id, coalesce(m.committee_id, m.host_committee_id) AS committee_id, l.area,
                count(DISTINCT f.id) AS members, sum(l.times) AS times, sum(l.minutes) AS minutes
         FROM survey_forms AS f
         JOIN members AS m ON m.id = f.member_id AND m.removed_at IS NULL
         JOIN survey_lines AS l ON l.form_id = f.id AND l.left_out = 0
         WHERE f.survey_id = $1 AND f.state = 'confirmed'
           AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
         GROUP BY 1, 2, 3",
    )
    .bind(survey.id)
    .bind(survey.branches.as_ref().map(|branches| json!(branches).to_string()))
    .fetch_all(connection)
    .await
}

/// What waits for a committee: how many forms, since when.
#[derive(Debug, Clone, FromRow)]
pub(in crate::surveys) struct Waiting {
    pub committee_id: Option<i64>,
    pub committee: String,
    pub forms: i64,
    pub since: String,
}

/// What of a round waits for committees' signatures, of members of these branches (JSON; `None`:
/// all); what waits longest first.
pub(in crate::surveys) async fn waiting(
    connection: &mut Connection,
    survey: i64,
    branches: Option<&str>,
) -> Result<Vec<Waiting>> {
    sqlx::query_as(
        "SELECT f.committee_id, coalesce(c.name, '') AS committee, count(*) AS forms,
                min(f.submitted_at) AS since
         FROM survey_forms AS f
         JOIN members AS m ON m.id = f.member_id AND m.removed_at IS NULL
         LEFT JOIN committees AS c ON c.id = f.committee_id
         WHERE f.survey_id = $1 AND f.state = 'submitted'
           AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
         GROUP BY f.committee_id
         ORDER BY min(f.submitted_at), f.committee_id
         LIMIT 300",
    )
    .bind(survey)
    .bind(branches)
    .fetch_all(connection)
    .await
}

/// The names of committees.
pub(in crate::surveys) async fn committee_names(
    connection: &mut Connection,
    ids: &[i64],
) -> Result<Vec<(i64, String)>> {
    sqlx::query_as("SELECT id, name FROM committees WHERE id IN (SELECT value FROM json_each($1))")
        .bind(json!(ids).to_string())
        .fetch_all(connection)
        .await
}

/// How many forms came late since a round was closed, and are confirmed, of these branches.
pub(in crate::surveys) async fn late_since(
    connection: &mut Connection,
    survey: i64,
    closed_at: &str,
    branches: Option<&str>,
) -> Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*)
         FROM survey_forms AS f
         JOIN members AS m ON m.id = f.member_id AND m.removed_at IS NULL
         WHERE f.survey_id = $1 AND f.state = 'confirmed' AND f.confirmed_at > $2
           AND ($3 IS NULL OR m.branch_id IN (SELECT value FROM json_each($3)))",
    )
    .bind(survey)
    .bind(closed_at)
    .bind(branches)
    .fetch_one(connection)
    .await
}
