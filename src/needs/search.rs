//! Finding needs: an index of its own, shaped as that of members.

use serde_json::json;
use sqlx::AssertSqlSafe;

use super::store::{LINE, NeedLine};
use super::{Area, State};
use crate::activities::HalfYear;
use crate::db::{Connection, IndexProof, Result};
use crate::text::{Filter, MatchExpression, Tokens};

/// How many needs a page of the list shows.
pub const PAGE: i64 = 50;

/// The property of a need that asks for no skill; no skill has this number.
pub(super) const ANYONE: Filter = Filter::Skill(0);

/// What the index holds of a need.
#[derive(sqlx::FromRow)]
struct Indexed {
    id: i64,
    title: String,
    committee_id: i64,
    committee: String,
    street_code: String,
    street: String,
    district_code: String,
    district: String,
    #[sqlx(json)]
    skills: Vec<(i64, String)>,
}

impl Indexed {
    fn tokens(&self) -> String {
        let mut tokens = Tokens::new()
            .text(&self.title)
            .name(&self.committee)
            .text(&self.street)
            .text(&self.district);
        let mut filters = vec![
            Filter::Committee(self.committee_id),
            Filter::Street(self.street_code.clone()),
            Filter::District(self.district_code.clone()),
        ];
        for (id, name) in &self.skills {
            tokens = tokens.text(name);
            filters.push(Filter::Skill(*id));
        }
        if self.skills.is_empty() {
            filters.push(ANYONE);
        }
        tokens.filters(&filters).finish()
    }
}

/// Writes all needs' tokens anew.
///
/// # Errors
/// When the database fails.
pub async fn index_all(connection: &mut Connection) -> Result<()> {
    let ids = all_ids(connection).await?;
    reindex(connection, &ids).await
}

/// The tokens of these needs.
async fn tokens_of(connection: &mut Connection, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let needs: Vec<Indexed> = sqlx::query_as(
        "SELECT n.id, n.title, c.id AS committee_id, c.name AS committee, s.code AS street_code,
                s.name AS street, d.code AS district_code, d.name AS district,
                (SELECT json_group_array(json_array(k.id, k.name))
                 FROM need_skills AS x JOIN skills AS k ON k.id = x.skill_id
                 WHERE x.need_id = n.id) AS skills
         FROM json_each($1) AS wanted
         JOIN needs AS n ON n.id = wanted.value
         JOIN committees AS c ON c.id = n.committee_id
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code",
    )
    .bind(json!(ids).to_string())
    .fetch_all(&mut *connection)
    .await?;
    Ok(needs.iter().map(|need| (need.id, need.tokens())).collect())
}

/// The needs (`needs.id`) of which the index holds something else than it should.
///
/// # Errors
/// When the database fails.
pub async fn differing(connection: &mut Connection) -> Result<Vec<i64>> {
    let ids = all_ids(connection).await?;
    let mut expected = Vec::with_capacity(ids.len());
    for ids in ids.chunks(500) {
        expected.extend(tokens_of(connection, ids).await?);
    }
    IndexProof::differing(connection, "need_search", &expected).await
}

async fn all_ids(connection: &mut Connection) -> Result<Vec<i64>> {
    sqlx::query_scalar("SELECT id FROM needs ORDER BY id").fetch_all(connection).await
}

/// Writes these needs' tokens anew.
///
/// # Errors
/// When the database fails.
pub async fn reindex(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    for ids in ids.chunks(500) {
        let wanted = json!(ids).to_string();
        sqlx::query("DELETE FROM need_search WHERE rowid IN (SELECT value FROM json_each($1))")
            .bind(&wanted)
            .execute(&mut *connection)
            .await?;
        let tokens = tokens_of(connection, ids).await?;
        sqlx::query(
            "INSERT INTO need_search (rowid, tokens)
             SELECT value ->> 0, value ->> 1 FROM json_each($1)",
        )
        .bind(json!(tokens).to_string())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The needs that an expression finds, the newest first.
///
/// # Errors
/// When the database fails.
pub(super) async fn lines(
    connection: &mut Connection,
    expression: &MatchExpression,
    (state, area, half): (Option<State>, Option<Area>, Option<HalfYear>),
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<NeedLine>> {
    let found = match expression {
        MatchExpression::Nothing => return Ok(Vec::new()),
        MatchExpression::All => None,
        MatchExpression::Some(found) => Some(found.text()),
    };
    let matching = if found.is_some() {
        "n.id IN (SELECT rowid FROM need_search WHERE need_search MATCH $7) AND"
    } else {
        ""
    };
    let sql = format!(
        "{LINE}
         WHERE {matching} ($1 IS NULL OR n.state = $1) AND ($2 IS NULL OR n.area = $2)
           AND n.id < $3
           AND ($5 IS NULL OR (n.created_at >= $5 AND n.created_at < $6))
         ORDER BY n.id DESC
         LIMIT $4"
    );
    let mut query = sqlx::query_as(AssertSqlSafe(sql))
        .bind(state.map(State::name))
        .bind(area.map(Area::name))
        .bind(before.unwrap_or(i64::MAX))
        .bind(limit)
        .bind(half.map(HalfYear::first_day))
        .bind(half.map(|half| half.after().first_day()));
    if let Some(found) = found {
        query = query.bind(found);
    }
    query.fetch_all(connection).await
}

/// Open needs that an expression finds, those that end first at the top.
///
/// # Errors
/// When the database fails.
pub(super) async fn open(
    connection: &mut Connection,
    expression: &MatchExpression,
    limit: i64,
) -> Result<Vec<NeedLine>> {
    let MatchExpression::Some(found) = expression else { return Ok(Vec::new()) };
    let sql = format!(
        "{LINE}
         WHERE n.id IN (SELECT rowid FROM need_search WHERE need_search MATCH $1)
           AND n.state = 'open'
         ORDER BY n.id
         LIMIT $2"
    );
    sqlx::query_as(AssertSqlSafe(sql)).bind(found.text()).bind(limit).fetch_all(connection).await
}
