//! Experiences.

use serde_json::json;
use sqlx::{FromRow, Row as _};

use super::ExperienceDetails;
use crate::activities::Area;
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::meetings::Person;

type Row = <crate::db::Engine as sqlx::Database>::Row;

/// An experience as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experience {
    /// `experiences.id`.
    pub id: i64,
    /// What it is.
    pub details: ExperienceDetails,
    /// The meeting's title.
    pub meeting_title: Option<String>,
    /// Its skills' names, in the order of [`ExperienceDetails::skills`].
    pub skill_names: Vec<String>,
    /// By whom it was told, in the order of the phone book.
    pub tellers: Vec<Person>,
    /// When it was written up.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
    /// Counts the changes.
    pub version: i64,
    /// When it was put into the bin.
    pub removed_at: Option<String>,
}

impl FromRow<'_, Row> for Experience {
    fn from_row(row: &Row) -> Result<Self> {
        let list = |name: &str| row.try_get::<&str, _>(name);
        let json = |error: serde_json::Error| sqlx::Error::Decode(error.into());
        let areas: Vec<String> = serde_json::from_str(list("areas")?).map_err(json)?;
        let skills: Vec<(i64, String)> = serde_json::from_str(list("skills")?).map_err(json)?;
        let tellers: Vec<(i64, String, Option<i64>)> =
            serde_json::from_str(list("tellers")?).map_err(json)?;
        let mut members: Vec<i64> = tellers.iter().map(|(id, ..)| *id).collect();
        members.sort_unstable();
        let person = |(id, name, branch)| Person { id, name, branch };
        Ok(Self {
            id: row.try_get("id")?,
            details: ExperienceDetails {
                title: row.try_get("title")?,
                words: row.try_get("words")?,
                areas: Area::ALL
                    .into_iter()
                    .filter(|area| areas.iter().any(|name| name == area.name()))
                    .collect(),
                skills: skills.iter().map(|(id, _)| *id).collect(),
                members,
                meeting: row.try_get("meeting_id")?,
            },
            meeting_title: row.try_get("meeting_title")?,
            skill_names: skills.into_iter().map(|(_, name)| name).collect(),
            tellers: tellers.into_iter().map(person).collect(),
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
            version: row.try_get("version")?,
            removed_at: row.try_get("removed_at")?,
        })
    }
}

/// Experiences; who was merged into another record is shown as that one.
pub(super) const EXPERIENCE: &str = "
    SELECT x.*, t.title AS meeting_title,
           (SELECT json_group_array(a.area) FROM experience_areas AS a
            WHERE a.experience_id = x.id) AS areas,
           (SELECT json_group_array(json_array(k.id, k.name) ORDER BY k.id)
            FROM experience_skills AS s JOIN skills AS k ON k.id = s.skill_id
            WHERE s.experience_id = x.id) AS skills,
           (SELECT json_group_array(json_array(o.id, o.name, o.branch_id) ORDER BY o.sort_key)
            FROM (SELECT DISTINCT m.id, m.name, m.branch_id, m.sort_key
                  FROM experience_members AS e
                  JOIN members AS was ON was.id = e.member_id
                  JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
                  WHERE e.experience_id = x.id) AS o) AS tellers
    FROM experiences AS x
    LEFT JOIN meetings AS t ON t.id = x.meeting_id AND t.removed_at IS NULL ";

/// One experience, removed or not.
pub async fn experience(connection: &mut Connection, id: i64) -> Result<Option<Experience>> {
    let sql = format!("{EXPERIENCE} WHERE x.id = $1");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(connection).await
}

/// What was written up from a meeting: `experiences.id` and title.
pub async fn of_meeting(connection: &mut Connection, meeting: i64) -> Result<Vec<(i64, String)>> {
    sqlx::query_as(
        "SELECT id, title
         FROM experiences
         WHERE meeting_id = $1 AND removed_at IS NULL
         ORDER BY id",
    )
    .bind(meeting)
    .fetch_all(connection)
    .await
}

/// The experiences that tell of a skill.
pub(super) async fn of_skill(connection: &mut Connection, id: i64) -> Result<Vec<i64>> {
    sqlx::query_scalar("SELECT experience_id FROM experience_skills WHERE skill_id = $1")
        .bind(id)
        .fetch_all(connection)
        .await
}

/// Gives what tells of a skill to the one that it becomes part of.
pub(super) async fn merge_skill(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    for sql in [
        "INSERT INTO experience_skills (experience_id, skill_id)
         SELECT experience_id, $2 FROM experience_skills WHERE skill_id = $1
         ON CONFLICT DO NOTHING",
        "DELETE FROM experience_skills WHERE skill_id = $1 AND $2 <> $1",
    ] {
        sqlx::query(sql).bind(id).bind(into).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Adds an experience; its `id`.
pub async fn insert(connection: &mut Connection, details: &ExperienceDetails) -> Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO experiences (title, words, meeting_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $4)
         RETURNING id",
    )
    .bind(&details.title)
    .bind(&details.words)
    .bind(details.meeting)
    .bind(now())
    .fetch_one(&mut *connection)
    .await?;
    put_parts(connection, id, details).await?;
    Ok(id)
}

/// Changes an experience; its version goes up by one.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    details: &ExperienceDetails,
) -> Result<()> {
    sqlx::query(
        "UPDATE experiences
         SET title = $2, words = $3, updated_at = $4, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(&details.title)
    .bind(&details.words)
    .bind(now())
    .execute(&mut *connection)
    .await?;
    for sql in [
        "DELETE FROM experience_areas WHERE experience_id = $1",
        "DELETE FROM experience_skills WHERE experience_id = $1",
        // Whoever was merged into a member who stays named goes with them from now on.
        "DELETE FROM experience_members WHERE experience_id = $1",
    ] {
        sqlx::query(sql).bind(id).execute(&mut *connection).await?;
    }
    put_parts(connection, id, details).await
}

async fn put_parts(
    connection: &mut Connection,
    id: i64,
    details: &ExperienceDetails,
) -> Result<()> {
    let areas: Vec<&str> = details.areas.iter().map(|area| area.name()).collect();
    for (sql, values) in [
        (
            "INSERT INTO experience_areas (experience_id, area)
             SELECT $1, value FROM json_each($2)",
            json!(areas),
        ),
        (
            "INSERT INTO experience_skills (experience_id, skill_id)
             SELECT $1, value FROM json_each($2)",
            json!(details.skills),
        ),
        (
            "INSERT INTO experience_members (experience_id, member_id)
             SELECT $1, value FROM json_each($2)",
            json!(details.members),
        ),
    ] {
        sqlx::query(sql).bind(id).bind(values.to_string()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Puts an experience into the bin, or takes it out again.
pub(super) async fn set_removed(
    connection: &mut Connection,
    id: i64,
    removed_by: Option<Actor>,
) -> Result<()> {
    sqlx::query(
        "UPDATE experiences
         SET removed_at = $2, removed_by = $3, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(removed_by.map(|_| now()))
    .bind(removed_by.and_then(Actor::account_id))
    .execute(connection)
    .await?;
    Ok(())
}

/// An experience in the bin.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Removed {
    pub id: i64,
    pub title: String,
    pub removed_at: String,
    pub removed_by: Option<String>,
}

/// The experiences that were removed since then, the latest first.
pub(super) async fn bin(connection: &mut Connection, since: &str) -> Result<Vec<Removed>> {
    sqlx::query_as(
        "SELECT x.id, x.title, x.removed_at, u.display_name AS removed_by
         FROM experiences AS x
         LEFT JOIN accounts AS u ON u.id = x.removed_by
         WHERE x.removed_at >= $1
         ORDER BY x.removed_at DESC
         LIMIT 1000",
    )
    .bind(since)
    .fetch_all(connection)
    .await
}
