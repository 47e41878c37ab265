//! Survey rounds; the forms are in the files below.

pub(super) mod figures;
pub mod forms;
pub mod papers;
pub(super) mod people;
pub(super) mod seals;

use serde_json::json;
use sqlx::{FromRow, Row as _};

use super::Survey;
use crate::activities::HalfYear;
use crate::activities::store::unknown;
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

type Row = <crate::db::Engine as sqlx::Database>::Row;

impl FromRow<'_, Row> for Survey {
    fn from_row(row: &Row) -> Result<Self> {
        let half: &str = row.try_get("half")?;
        let branches: Option<&str> = row.try_get("branches")?;
        Ok(Self {
            id: row.try_get("id")?,
            half: HalfYear::parse(half).ok_or_else(|| unknown("a half-year"))?,
            closes_on: row.try_get("closes_on")?,
            branches: branches
                .map(serde_json::from_str)
                .transpose()
                .map_err(|_| unknown("branches"))?,
            opened_at: row.try_get("opened_at")?,
            opened_by: row.try_get("opened_by")?,
            closed_at: row.try_get("closed_at")?,
            version: row.try_get("version")?,
        })
    }
}

macro_rules! surveys {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.half, s.closes_on, s.opened_at, a.display_name AS opened_by,
                    s.closed_at, s.version,
                    CASE WHEN s.every_branch = 0 THEN
                      (SELECT json_group_array(coalesce(b.merged_into, b.id))
                       FROM survey_branches AS x
                       JOIN branches AS b ON b.id = x.branch_id
                       WHERE x.survey_id = s.id)
                    END AS branches
             FROM surveys AS s
             LEFT JOIN accounts AS a ON a.id = s.opened_by ",
            $rest
        )
    };
}

/// All rounds, the latest half-year first.
pub async fn all(connection: &mut Connection) -> Result<Vec<Survey>> {
    sqlx::query_as(surveys!("ORDER BY s.half DESC LIMIT 100")).fetch_all(connection).await
}

/// One round.
pub async fn survey(connection: &mut Connection, id: i64) -> Result<Option<Survey>> {
    sqlx::query_as(surveys!("WHERE s.id = $1")).bind(id).fetch_optional(connection).await
}

/// The round of a half-year.
pub async fn of_half(connection: &mut Connection, half: HalfYear) -> Result<Option<Survey>> {
    sqlx::query_as(surveys!("WHERE s.half = $1")).bind(half.code()).fetch_optional(connection).await
}

/// The rounds that ask members of this branch and are open, or closed for less than two months: a
/// form may come late.
pub async fn asking(connection: &mut Connection, branch: Option<i64>) -> Result<Vec<Survey>> {
    let mut asking: Vec<Survey> = sqlx::query_as(surveys!(
        "WHERE s.closed_at IS NULL OR s.closed_at > strftime('%Y-%m-%d', 'now', '-2 months')
         ORDER BY s.half DESC
         LIMIT 10"
    ))
    .fetch_all(connection)
    .await?;
    asking.retain(|survey| survey.asks(branch));
    Ok(asking)
}

/// Opens a round; its `id`, or `None` where the half-year has one.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    half: HalfYear,
    closes_on: &str,
    branches: Option<&[i64]>,
) -> Result<Option<i64>> {
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO surveys (half, closes_on, every_branch, opened_at, opened_by)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (half) DO NOTHING
         RETURNING id",
    )
    .bind(half.code())
    .bind(closes_on)
    .bind(branches.is_none())
    .bind(now())
    .bind(actor.account_id())
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(id) = id {
        set_branches(connection, id, branches).await?;
    }
    Ok(id)
}

async fn set_branches(
    connection: &mut Connection,
    id: i64,
    branches: Option<&[i64]>,
) -> Result<()> {
    sqlx::query("DELETE FROM survey_branches WHERE survey_id = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO survey_branches (survey_id, branch_id)
         SELECT $1, value FROM json_each($2)",
    )
    .bind(id)
    .bind(json!(branches.unwrap_or_default()).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Changes the closing date and the branches of a round that is still at this version; whether it
/// was.
pub(super) async fn update(
    connection: &mut Connection,
    survey: &Survey,
    closes_on: &str,
    branches: Option<&[i64]>,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE surveys
         SET closes_on = $3, every_branch = $4, version = version + 1
         WHERE id = $1 AND version = $2",
    )
    .bind(survey.id)
    .bind(survey.version)
    .bind(closes_on)
    .bind(branches.is_none())
    .execute(&mut *connection)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    set_branches(connection, survey.id, branches).await?;
    Ok(true)
}

/// Closes a round with its figures as they are, or opens it again (`None`); whether it was not so
/// before.
pub(super) async fn set_closed(
    connection: &mut Connection,
    actor: Actor,
    id: i64,
    figures: Option<&str>,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE surveys
         SET closed_at = $2, closed_by = $3, figures = $4, version = version + 1
         WHERE id = $1 AND (closed_at IS NULL) = ($4 IS NOT NULL)",
    )
    .bind(id)
    .bind(figures.map(|_| now()))
    .bind(actor.account_id().filter(|_| figures.is_some()))
    .bind(figures)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// The figures of a round as they were when it was closed.
pub(super) async fn frozen(connection: &mut Connection, id: i64) -> Result<Option<String>> {
    let figures: Option<Option<String>> =
        sqlx::query_scalar("SELECT figures FROM surveys WHERE id = $1")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    Ok(figures.flatten())
}
