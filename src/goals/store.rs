//! Goals in the database.

use serde_json::json;
use sqlx::FromRow;

use super::{Goal, GoalNumbers, Numbers, PLACES, place_name};
use crate::activities::HalfYear;
use crate::db::{Connection, Result, now};

#[derive(FromRow)]
struct Row {
    id: i64,
    branch_id: i64,
    half: String,
    version: i64,
    removed_at: Option<String>,
    #[sqlx(json)]
    numbers: Vec<PlaceRow>,
}

/// The area, and how many members, times and hours.
type PlaceRow = (String, Option<i64>, Option<i64>, Option<i64>);

impl Row {
    fn goal(self) -> Result<Goal> {
        let wrong = || sqlx::Error::Decode("a goal".into());
        let day = self.half.parse().map_err(|_| wrong())?;
        let numbers = PLACES.map(|place| {
            let row = self.numbers.iter().find(|row| row.0 == place_name(place));
            row.map_or_else(Numbers::default, |row| [row.1, row.2, row.3].into())
        });
        Ok(Goal {
            id: self.id,
            branch: self.branch_id,
            half: HalfYear::of(day),
            numbers: GoalNumbers::new(numbers).ok_or_else(wrong)?,
            version: self.version,
            removed_at: self.removed_at,
        })
    }
}

macro_rules! goals {
    ($rest:literal) => {
        concat!(
            "SELECT g.id, g.branch_id, g.half, g.version, g.removed_at,
                    (SELECT json_group_array(json_array(n.area, n.members, n.times, n.hours))
                     FROM goal_numbers AS n
                     WHERE n.goal_id = g.id) AS numbers
             FROM goals AS g ",
            $rest
        )
    };
}

/// A branch's goal for a half-year, if it has one that was not taken back.
///
/// # Errors
/// When the database fails.
pub async fn of_branch(
    connection: &mut Connection,
    branch: i64,
    half: HalfYear,
) -> Result<Option<Goal>> {
    let goal = goal(connection, branch, half).await?;
    Ok(goal.filter(|goal| goal.removed_at.is_none()))
}

/// The same, taken back or not.
pub(super) async fn goal(
    connection: &mut Connection,
    branch: i64,
    half: HalfYear,
) -> Result<Option<Goal>> {
    let row: Option<Row> = sqlx::query_as(goals!("WHERE g.branch_id = $1 AND g.half = $2"))
        .bind(branch)
        .bind(half.first_day())
        .fetch_optional(connection)
        .await?;
    row.map(Row::goal).transpose()
}

/// The goals of a half-year that were not taken back, of every branch or of these.
///
/// # Errors
/// When the database fails.
pub async fn of_half(
    connection: &mut Connection,
    half: HalfYear,
    branches: Option<&[i64]>,
) -> Result<Vec<Goal>> {
    let rows: Vec<Row> = sqlx::query_as(goals!(
        "WHERE g.half = $1 AND g.removed_at IS NULL
           AND ($2 IS NULL OR g.branch_id IN (SELECT value FROM json_each($2)))"
    ))
    .bind(half.first_day())
    .bind(branches.map(|branches| json!(branches).to_string()))
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Row::goal).collect()
}

/// Adds a goal; its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    branch: i64,
    half: HalfYear,
    numbers: &GoalNumbers,
) -> Result<i64> {
    let id = sqlx::query_scalar(
        "INSERT INTO goals (branch_id, half, created_at, updated_at)
         VALUES ($1, $2, $3, $3)
         RETURNING id",
    )
    .bind(branch)
    .bind(half.first_day())
    .bind(now())
    .fetch_one(&mut *connection)
    .await?;
    insert_numbers(connection, id, numbers).await?;
    Ok(id)
}

/// Changes a goal's numbers; its version goes up by one, and it is there again if it was taken back.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    numbers: &GoalNumbers,
) -> Result<()> {
    sqlx::query("DELETE FROM goal_numbers WHERE goal_id = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    insert_numbers(connection, id, numbers).await?;
    sqlx::query(
        "UPDATE goals
         SET updated_at = $2, version = version + 1, removed_at = NULL
         WHERE id = $1",
    )
    .bind(id)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_numbers(connection: &mut Connection, id: i64, numbers: &GoalNumbers) -> Result<()> {
    let rows: Vec<_> = numbers
        .places()
        .filter(|(_, numbers)| !numbers.is_empty())
        .map(|(place, numbers)| {
            json!([place_name(place), numbers.members, numbers.times, numbers.hours])
        })
        .collect();
    sqlx::query(
        "INSERT INTO goal_numbers (goal_id, area, members, times, hours)
         SELECT $1, value ->> 0, value ->> 1, value ->> 2, value ->> 3
         FROM json_each($2)",
    )
    .bind(id)
    .bind(json!(rows).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a goal back; its version goes up by one.
pub(super) async fn remove(connection: &mut Connection, id: i64) -> Result<()> {
    sqlx::query("UPDATE goals SET removed_at = $2, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(now())
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives one branch's goals to another that it is merged into; where both have one for a half-year,
/// the other's stays.
///
/// # Errors
/// When the database fails.
pub async fn move_to_branch(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    for sql in [
        "UPDATE OR IGNORE goals
         SET branch_id = $2, version = version + 1
         WHERE branch_id = $1 AND removed_at IS NULL AND $2 <> $1",
        "DELETE FROM goals WHERE branch_id = $1 AND $2 <> $1",
    ] {
        sqlx::query(sql).bind(id).bind(into).execute(&mut *connection).await?;
    }
    Ok(())
}
