//! Skills and branches: two tables of one shape.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;

use super::List;
use crate::commendations;
use crate::db::{Connection, Result};
use crate::text::collation_key;
use crate::web::Scope;

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    /// `skills.id` or `branches.id`.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Counts the changes.
    pub version: i64,
}

/// The entries that are in use (not merged away), in the order of a dictionary.
pub async fn names(connection: &mut Connection, list: List) -> Result<Vec<(i64, String)>> {
    let mut entries: Vec<(i64, String)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT id, name FROM {} WHERE merged_into IS NULL",
        list.name()
    )))
    .fetch_all(connection)
    .await?;
    entries.sort_by_cached_key(|(_, name)| collation_key(name));
    Ok(entries)
}

/// One entry that is in use.
pub(super) async fn entry(
    connection: &mut Connection,
    list: List,
    id: i64,
) -> Result<Option<Entry>> {
    sqlx::query_as(AssertSqlSafe(format!(
        "SELECT id, name, version FROM {} WHERE id = $1 AND merged_into IS NULL",
        list.name()
    )))
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// The entry with this spelling, or the one that the spelling was merged into.
pub async fn find_spelling(
    connection: &mut Connection,
    list: List,
    name: &str,
) -> Result<Option<i64>> {
    sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT coalesce(merged_into, id) FROM {} WHERE name = $1",
        list.name()
    )))
    .bind(name)
    .fetch_optional(connection)
    .await
}

/// Every spelling, with the entry that it means.
pub async fn spellings(connection: &mut Connection, list: List) -> Result<HashMap<String, i64>> {
    let spellings: Vec<(String, i64)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT name, coalesce(merged_into, id) FROM {}",
        list.name()
    )))
    .fetch_all(connection)
    .await?;
    Ok(spellings.into_iter().collect())
}

/// The entry with this spelling, added when there is none.
pub async fn find_or_add(connection: &mut Connection, list: List, name: &str) -> Result<i64> {
    if let Some(id) = find_spelling(connection, list, name).await? {
        return Ok(id);
    }
    insert(connection, list, name).await
}

pub(super) async fn insert(connection: &mut Connection, list: List, name: &str) -> Result<i64> {
    sqlx::query_scalar(AssertSqlSafe(format!(
        "INSERT INTO {} (name) VALUES ($1) RETURNING id",
        list.name()
    )))
    .bind(name)
    .fetch_one(connection)
    .await
}

/// Renames an entry that is still at this version; whether it was. The old spelling stays and
/// leads to it; one that was merged into it before changes places with its name.
pub(super) async fn rename(
    connection: &mut Connection,
    list: List,
    entry: &Entry,
    version: i64,
    name: &str,
) -> Result<bool> {
    let table = list.name();
    let alias: Option<i64> = sqlx::query_scalar(AssertSqlSafe(format!(
        "UPDATE {table} SET name = $1 || char(0) || id WHERE name = $1 AND merged_into = $2
         RETURNING id"
    )))
    .bind(name)
    .bind(entry.id)
    .fetch_optional(&mut *connection)
    .await?;
    let changed = sqlx::query(AssertSqlSafe(format!(
        "UPDATE {table} SET name = $3, version = version + 1 WHERE id = $1 AND version = $2"
    )))
    .bind(entry.id)
    .bind(version)
    .bind(name)
    .execute(&mut *connection)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    if name != entry.name {
        let keep = match alias {
            Some(_) => format!("UPDATE {table} SET name = $1 WHERE id = $3 AND merged_into = $2"),
            None => format!("INSERT INTO {table} (name, merged_into) VALUES ($1, $2)"),
        };
        sqlx::query(AssertSqlSafe(keep))
            .bind(&entry.name)
            .bind(entry.id)
            .bind(alias)
            .execute(connection)
            .await?;
    }
    Ok(true)
}

/// How many live members in this scope each entry has.
pub(super) async fn members(
    connection: &mut Connection,
    list: List,
    scope: &Scope,
) -> Result<HashMap<i64, i64>> {
    let sql = match (list, scope) {
        (List::Branches, Scope::All) => {
            "SELECT branch_id, count(*)
             FROM members
             WHERE branch_id IS NOT NULL AND removed_at IS NULL
             GROUP BY branch_id"
        }
        (List::Branches, Scope::Branches(_)) => {
            "SELECT branch_id, count(*)
             FROM members
             WHERE branch_id IN (SELECT value FROM json_each($1)) AND removed_at IS NULL
             GROUP BY branch_id"
        }
        // Counted from an index alone; who was removed is taken off, since they are few.
        (List::Skills, Scope::All) => {
            "SELECT skill_id, sum(n)
             FROM (SELECT skill_id, count(*) AS n FROM member_skills GROUP BY skill_id
                   UNION ALL
                   SELECT x.skill_id, -count(*)
                   FROM members AS m
                   JOIN member_skills AS x ON x.member_id = m.id
                   WHERE m.removed_at IS NOT NULL
                   GROUP BY x.skill_id)
             GROUP BY skill_id"
        }
        (List::Skills, Scope::Branches(_)) => {
            "SELECT x.skill_id, count(*)
             FROM members AS m
             JOIN member_skills AS x ON x.member_id = m.id
             WHERE m.branch_id IN (SELECT value FROM json_each($1)) AND m.removed_at IS NULL
             GROUP BY x.skill_id"
        }
    };
    let mut query = sqlx::query_as(sql);
    if let Some(branches) = scope.branches() {
        query = query.bind(serde_json::json!(branches).to_string());
    }
    let counts: Vec<(i64, i64)> = query.fetch_all(connection).await?;
    Ok(counts.into_iter().collect())
}

/// How many accounts may see and change a branch's members.
pub(super) async fn accounts(connection: &mut Connection, branch: i64) -> Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM account_branches WHERE branch_id = $1")
        .bind(branch)
        .fetch_one(connection)
        .await
}

/// The live members who have a skill or belong to a branch, in chunks by `id`.
pub(super) async fn members_of(
    connection: &mut Connection,
    list: List,
    id: i64,
    after: i64,
) -> Result<Vec<i64>> {
    let from = match list {
        List::Skills => "member_skills AS x JOIN members AS m ON m.id = x.member_id",
        List::Branches => "members AS m",
    };
    let of = match list {
        List::Skills => "x.skill_id",
        List::Branches => "m.branch_id",
    };
    sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT m.id FROM {from}
         WHERE {of} = $1 AND m.removed_at IS NULL AND m.id > $2
         ORDER BY m.id
         LIMIT 2000"
    )))
    .bind(id)
    .bind(after)
    .fetch_all(connection)
    .await
}

/// Gives everything of one entry to another; the spelling stays and leads there.
pub(super) async fn merge(
    connection: &mut Connection,
    list: List,
    id: i64,
    into: i64,
) -> Result<()> {
    // A form that was opened before loses its race, and does not bring the old entry back.
    let moves: &[&str] = match list {
        List::Skills => &[
            "UPDATE members SET version = version + 1
             WHERE id IN (SELECT member_id FROM member_skills WHERE skill_id = $1) AND $2 <> $1",
            "INSERT INTO member_skills (member_id, skill_id, place)
             SELECT member_id, $2, place FROM member_skills WHERE skill_id = $1
             ON CONFLICT DO NOTHING",
            "DELETE FROM member_skills WHERE skill_id = $1 AND $2 <> $1",
        ],
        List::Branches => &[
            "UPDATE members SET branch_id = $2, version = version + 1 WHERE branch_id = $1",
            "INSERT INTO account_branches (account_id, branch_id)
             SELECT account_id, $2 FROM account_branches WHERE branch_id = $1
             ON CONFLICT DO NOTHING",
            "DELETE FROM account_branches WHERE branch_id = $1 AND $2 <> $1",
        ],
    };
    for sql in moves {
        sqlx::query(*sql).bind(id).bind(into).execute(&mut *connection).await?;
    }
    if list == List::Branches {
        commendations::store::move_branch(connection, id, into).await?;
    }
    let table = list.name();
    sqlx::query(AssertSqlSafe(format!(
        "UPDATE {table} SET merged_into = $2, version = version + 1 WHERE id = $1"
    )))
    .bind(id)
    .bind(into)
    .execute(&mut *connection)
    .await?;
    sqlx::query(AssertSqlSafe(format!(
        "UPDATE {table} SET merged_into = $2 WHERE merged_into = $1"
    )))
    .bind(id)
    .bind(into)
    .execute(connection)
    .await?;
    Ok(())
}
