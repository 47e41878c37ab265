//! Writing the index, and the lines that lists show.

use serde::Deserialize;
use sqlx::AssertSqlSafe;

use crate::db::{Connection, Result};
use crate::text::{Filter, Tokens};

/// The columns of a [`Line`](super::Line), in its order, of these live members (a JSON array of ids). What
/// costs at a page is each row's way from the engine's thread to ours, and the five tables that a
/// row is put together from: so it is put together once, when it changes, and a page's rows go as
/// one value.
const LINES: &str = "
    SELECT m.sort_key, json_array(
        m.id, m.sort_key, m.number, m.name, b.name, m.phone, m.address, c.id, c.name, c.code, s.name,
        m.committee_id IS NOT NULL, m.unattached, m.agreed, m.agreed_phone,
        json((SELECT json_group_array(k.name ORDER BY x.place, k.id)
              FROM member_skills AS x JOIN skills AS k ON k.id = x.skill_id
              WHERE x.member_id = m.id)))
    FROM json_each($1) AS wanted
    JOIN members AS m ON m.id = wanted.value
    LEFT JOIN branches AS b ON b.id = m.branch_id
    LEFT JOIN committees AS c ON c.id = coalesce(m.committee_id, m.host_committee_id)
    LEFT JOIN streets AS s ON s.code = c.street_code
    WHERE m.removed_at IS NULL";

/// Takes a record out of the index and the lists; before its sort key changes.
///
/// # Errors
/// When the database fails.
pub async fn forget(connection: &mut Connection, id: i64) -> Result<()> {
    for sql in [
        "DELETE FROM member_search WHERE rowid = (SELECT sort_key FROM members WHERE id = $1)",
        "DELETE FROM member_lines WHERE sort_key = (SELECT sort_key FROM members WHERE id = $1)",
    ] {
        sqlx::query(sql).bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes what lists show of these members into a table shaped as `member_lines`.
pub(super) async fn put_lines(
    connection: &mut Connection,
    table: &'static str,
    ids: &[i64],
) -> Result<()> {
    let sql = format!(
        "INSERT INTO {table} (sort_key, line)
         {LINES}
         ON CONFLICT (sort_key) DO UPDATE SET line = excluded.line"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(serde_json::json!(ids).to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// How far the index has been written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rewriting {
    /// It begins.
    Begin,
    /// There is more to do.
    GoesOn,
    /// All of it is new.
    Done,
}

/// How many pages of the index are written anew at once.
const PAGES: i64 = 100;

/// Writes some more of the index anew, without what was taken out of it. Until then the parts
/// that hold a record's tokens stay: a record that is taken out is only marked, since a
/// contentless index does not know what it holds of it.
///
/// # Errors
/// When the database fails.
pub async fn rewrite(connection: &mut Connection, so_far: Rewriting) -> Result<Rewriting> {
    let pages = match so_far {
        Rewriting::Begin => -PAGES,
        Rewriting::GoesOn => PAGES,
        Rewriting::Done => return Ok(Rewriting::Done),
    };
    let before: i64 =
        sqlx::query_scalar("SELECT total_changes()").fetch_one(&mut *connection).await?;
    sqlx::query("INSERT INTO member_search (member_search, rank) VALUES ('merge', $1)")
        .bind(pages)
        .execute(&mut *connection)
        .await?;
    let after: i64 = sqlx::query_scalar("SELECT total_changes()").fetch_one(connection).await?;
    // The statement itself is one change (SQLite's documentation of FTS5, "The 'merge' Command").
    Ok(if after - before < 2 { Rewriting::Done } else { Rewriting::GoesOn })
}

/// What a live record's tokens are made of.
#[derive(Debug, Deserialize)]
pub struct Indexed {
    /// `members.sort_key`.
    pub sort_key: i64,
    number: Option<String>,
    name: String,
    phone: String,
    address: String,
    branch_id: Option<i64>,
    branch: Option<String>,
    committee_id: Option<i64>,
    committee: Option<String>,
    street_code: Option<String>,
    street: Option<String>,
    district_code: Option<String>,
    district: Option<String>,
    settled: i64,
    unattached: i64,
    agreed: i64,
    skills: Vec<(i64, String)>,
}

impl Indexed {
    /// The tokens.
    pub fn tokens(&self) -> String {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut tokens = Tokens::new()
            .name(&self.name)
            .text(&or_empty(&self.number))
            .phone(&self.phone)
            .text(&self.address)
            .text(&or_empty(&self.branch))
            .text(&or_empty(&self.committee))
            .text(&or_empty(&self.street))
            .text(&or_empty(&self.district));
        for (id, name) in &self.skills {
            tokens = tokens.text(name).filter(&Filter::Skill(*id));
        }
        if let Some(id) = self.branch_id {
            tokens = tokens.filter(&Filter::Branch(id));
        }
        if let Some(id) = self.committee_id {
            tokens = tokens.filter(&Filter::Committee(id));
        }
        if let Some(code) = &self.street_code {
            tokens = tokens.filter(&Filter::Street(code.clone()));
        }
        if let Some(code) = &self.district_code {
            tokens = tokens.filter(&Filter::District(code.clone()));
        }
        if self.settled == 0 {
            tokens = tokens.filter(&Filter::Unattached);
        }
        if self.settled == 0 && self.unattached == 0 {
            tokens = tokens.filter(&Filter::Unsettled);
        }
        if self.agreed == 1 {
            tokens = tokens.filter(&Filter::Agreed);
        }
        tokens.finish()
    }
}

/// What the tokens of live records are made of, for these ids (a JSON array), packed.
const INDEXED: &str = "
    SELECT json_group_array(json_array(
        m.sort_key, m.number, m.name, m.phone, m.address, m.branch_id, b.name, c.id, c.name,
        s.code, s.name, d.code, d.name, m.committee_id IS NOT NULL, m.unattached, m.agreed,
        json((SELECT json_group_array(json_array(k.id, k.name))
              FROM member_skills AS x JOIN skills AS k ON k.id = x.skill_id
              WHERE x.member_id = m.id))))
    FROM json_each($1) AS wanted
    JOIN members AS m ON m.id = wanted.value
    LEFT JOIN branches AS b ON b.id = m.branch_id
    LEFT JOIN committees AS c ON c.id = coalesce(m.committee_id, m.host_committee_id)
    LEFT JOIN streets AS s ON s.code = c.street_code
    LEFT JOIN districts AS d ON d.code = s.district_code
    WHERE m.removed_at IS NULL";

/// What the index should hold of these live records.
///
/// # Errors
/// When the database fails.
pub async fn indexed(connection: &mut Connection, ids: &[i64]) -> Result<Vec<Indexed>> {
    let packed: String = sqlx::query_scalar(INDEXED)
        .bind(serde_json::json!(ids).to_string())
        .fetch_one(connection)
        .await?;
    serde_json::from_str(&packed).map_err(|e| sqlx::Error::Decode(e.into()))
}

/// Writes the tokens and lines of records that the index does not hold yet, in this order, which should be
/// that of their sort keys.
///
/// # Errors
/// When the database fails.
pub async fn index_new(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    for chunk in ids.chunks(500) {
        let mut rows: Vec<(i64, String)> = indexed(connection, chunk)
            .await?
            .iter()
            .map(|record| (record.sort_key, record.tokens()))
            .collect();
        rows.sort_unstable_by_key(|(sort_key, _)| *sort_key);
        let packed = serde_json::to_string(&rows).map_err(|e| sqlx::Error::Encode(e.into()))?;
        sqlx::query(
            "INSERT INTO member_search (rowid, tokens)
             SELECT value ->> 0, value ->> 1 FROM json_each($1)",
        )
        .bind(packed)
        .execute(&mut *connection)
        .await?;
        put_lines(connection, "member_lines", chunk).await?;
    }
    Ok(())
}

/// Writes these records' tokens and lines anew. Removed records have none.
///
/// # Errors
/// When the database fails.
pub async fn reindex(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    for chunk in ids.chunks(500) {
        let rows: Vec<(i64, String)> = indexed(connection, chunk)
            .await?
            .iter()
            .map(|record| (record.sort_key, record.tokens()))
            .collect();
        let packed = serde_json::to_string(&rows).map_err(|e| sqlx::Error::Encode(e.into()))?;
        for sql in [
            "DELETE FROM member_search
             WHERE rowid IN (SELECT value ->> 0 FROM json_each($1))",
            "INSERT INTO member_search (rowid, tokens)
             SELECT value ->> 0, value ->> 1 FROM json_each($1)",
        ] {
            sqlx::query(sql).bind(&packed).execute(&mut *connection).await?;
        }
        put_lines(connection, "member_lines", chunk).await?;
    }
    Ok(())
}
