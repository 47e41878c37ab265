//! Finding experiences: an index of its own, shaped as that of needs.

use serde_json::json;
use sqlx::AssertSqlSafe;

use super::store::{EXPERIENCE, Experience};
use crate::activities::Area;
use crate::db::{Connection, IndexProof, Result};
use crate::text::{Filter, MatchExpression, Tokens};

/// How many experiences a page of the list shows.
pub(super) const PAGE: i64 = 30;

/// What the index holds of an experience: no person, so that nobody's name is to be taken out of
/// it again.
#[derive(sqlx::FromRow)]
struct Indexed {
    id: i64,
    title: String,
    words: String,
    #[sqlx(json)]
    skills: Vec<(i64, String)>,
}

impl Indexed {
    fn tokens(&self) -> String {
        let mut tokens = Tokens::new().name(&self.title).text(&self.words);
        let mut filters = Vec::new();
        for (id, name) in &self.skills {
            tokens = tokens.text(name);
            filters.push(Filter::Skill(*id));
        }
        tokens.filters(&filters).finish()
    }
}

/// The tokens of those of these experiences that are live.
async fn tokens_of(connection: &mut Connection, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let experiences: Vec<Indexed> = sqlx::query_as(
        "SELECT x.id, x.title, x.words,
                (SELECT json_group_array(json_array(k.id, k.name))
                 FROM experience_skills AS s JOIN skills AS k ON k.id = s.skill_id
                 WHERE s.experience_id = x.id) AS skills
         FROM json_each($1) AS wanted
         JOIN experiences AS x ON x.id = wanted.value
         WHERE x.removed_at IS NULL",
    )
    .bind(json!(ids).to_string())
    .fetch_all(&mut *connection)
    .await?;
    Ok(experiences.iter().map(|one| (one.id, one.tokens())).collect())
}

/// The experiences (`experiences.id`) of which the index holds something else than it should.
///
/// # Errors
/// When the database fails.
pub async fn differing(connection: &mut Connection) -> Result<Vec<i64>> {
    let mut expected = Vec::new();
    for ids in live_ids(connection).await?.chunks(100) {
        expected.extend(tokens_of(connection, ids).await?);
    }
    IndexProof::differing(connection, "experience_search", &expected).await
}

async fn live_ids(connection: &mut Connection) -> Result<Vec<i64>> {
    sqlx::query_scalar("SELECT id FROM experiences WHERE removed_at IS NULL ORDER BY id")
        .fetch_all(connection)
        .await
}

/// Writes these experiences' tokens anew; those of removed ones go.
///
/// # Errors
/// When the database fails.
pub async fn reindex(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    for ids in ids.chunks(100) {
        let wanted = json!(ids).to_string();
        sqlx::query(
            "DELETE FROM experience_search WHERE rowid IN (SELECT value FROM json_each($1))",
        )
        .bind(&wanted)
        .execute(&mut *connection)
        .await?;
        let tokens = tokens_of(connection, ids).await?;
        sqlx::query(
            "INSERT INTO experience_search (rowid, tokens)
             SELECT value ->> 0, value ->> 1 FROM json_each($1)",
        )
        .bind(json!(tokens).to_string())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Writes the whole index anew: only so does it lose what a row held that was taken out of it.
///
/// # Errors
/// When the database fails.
pub async fn rewrite(connection: &mut Connection) -> Result<()> {
    sqlx::query("INSERT INTO experience_search (experience_search) VALUES ('delete-all')")
        .execute(&mut *connection)
        .await?;
    let all = live_ids(connection).await?;
    reindex(connection, &all).await
}

/// By what a list is narrowed, besides words and skills.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    /// Only those that tell of this area.
    pub area: Option<Area>,
    /// Only those that this member told (`members.id`).
    pub member: Option<i64>,
    /// Only those before this one.
    pub before: Option<i64>,
}

/// The experiences that an expression finds, the newest first.
///
/// # Errors
/// When the database fails.
pub(super) async fn list(
    connection: &mut Connection,
    expression: &MatchExpression,
    asked: Asked,
    limit: i64,
) -> Result<Vec<Experience>> {
    let found = match expression {
        MatchExpression::Nothing => return Ok(Vec::new()),
        MatchExpression::All => None,
        MatchExpression::Some(found) => Some(found.text()),
    };
    let matching = if found.is_some() {
        "x.id IN (SELECT rowid FROM experience_search WHERE experience_search MATCH $5) AND"
    } else {
        ""
    };
    let sql = format!(
        "{EXPERIENCE}
         WHERE {matching} x.removed_at IS NULL
           AND ($1 IS NULL OR EXISTS (SELECT 1 FROM experience_areas AS a
                                      WHERE a.experience_id = x.id AND a.area = $1))
           AND ($2 IS NULL OR x.id IN (SELECT e.experience_id
                                       FROM experience_members AS e
                                       JOIN members AS was ON was.id = e.member_id
                                       WHERE $2 IN (was.id, was.merged_into)))
           AND x.id < $3
         ORDER BY x.id DESC
         LIMIT $4"
    );
    let mut query = sqlx::query_as(AssertSqlSafe(sql))
        .bind(asked.area.map(Area::name))
        .bind(asked.member)
        .bind(asked.before.unwrap_or(i64::MAX))
        .bind(limit);
    if let Some(found) = found {
        query = query.bind(found);
    }
    query.fetch_all(connection).await
}

/// How many experiences an expression finds, and the newest few of them (`experiences.id` and
/// title).
///
/// # Errors
/// When the database fails.
pub(super) async fn found(
    connection: &mut Connection,
    expression: &MatchExpression,
    most: i64,
) -> Result<(i64, Vec<(i64, String)>)> {
    let MatchExpression::Some(found) = expression else { return Ok((0, Vec::new())) };
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM experience_search WHERE experience_search MATCH $1",
    )
    .bind(found.text())
    .fetch_one(&mut *connection)
    .await?;
    if count == 0 {
        return Ok((0, Vec::new()));
    }
    let newest = sqlx::query_as(
        "SELECT id, title
         FROM experiences
         WHERE id IN (SELECT rowid
                      FROM experience_search
                      WHERE experience_search MATCH $1
                      ORDER BY rowid DESC
                      LIMIT $2)
         ORDER BY id DESC",
    )
    .bind(found.text())
    .bind(most)
    .fetch_all(connection)
    .await?;
    Ok((count, newest))
}
