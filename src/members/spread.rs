//! How members are spread over the directory. Who has a host committee counts there, as in the
//! lists, so that each figure is what the list behind it holds.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, FromRow};

use crate::db::{Connection, Result};
use crate::web::Scope;

/// A part of a larger area, and how many members live in it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Share {
    /// The larger area's code: a district's 6 digits, or a sub-district's 9.
    pub area_code: String,
    /// Its name.
    pub area: String,
    /// The part: a sub-district's code, or `committees.id`.
    pub code: String,
    /// The part's name.
    pub name: String,
    /// How many members.
    pub members: i64,
}

/// The live members of each committee: as the database counts them (`member_counts`, migration 0033)
/// where the viewer sees every branch, else from an index alone; `$2` are the viewer's branches.
fn living(scope: &Scope) -> &'static str {
    match scope {
        Scope::All => "SELECT committee_id AS id, members FROM member_counts WHERE members > 0",
        Scope::Branches(_) => {
            "SELECT coalesce(committee_id, host_committee_id) AS id, count(*) AS members
             FROM members
             WHERE branch_id IN (SELECT value FROM json_each($2)) AND removed_at IS NULL
             GROUP BY branch_id, committee_id, host_committee_id"
        }
    }
}

/// The sub-districts with members in a district (all of them for an empty code), by code.
///
/// # Errors
/// When the database fails.
pub async fn by_street(
    connection: &mut Connection,
    scope: &Scope,
    district: &str,
) -> Result<Vec<Share>> {
    let living = living(scope);
    let sql = format!(
        "SELECT d.code AS area_code, d.name AS area, s.code, s.name, w.members
         FROM (SELECT c.street_code, sum(n.members) AS members
               FROM ({living}) AS n
               CROSS JOIN committees AS c ON c.id = n.id
               WHERE substr(c.street_code, 1, length($1)) = $1
               GROUP BY c.street_code) AS w
         JOIN streets AS s ON s.code = w.street_code
         JOIN districts AS d ON d.code = s.district_code
         ORDER BY s.code"
    );
    shares(connection, sql, scope, district).await
}

/// The committees with members in a district or sub-district, by code.
///
/// # Errors
/// When the database fails.
pub async fn by_committee(
    connection: &mut Connection,
    scope: &Scope,
    area: &str,
) -> Result<Vec<Share>> {
    let living = living(scope);
    let sql = format!(
        "SELECT s.code AS area_code, s.name AS area, CAST(c.id AS TEXT) AS code, c.name,
                sum(n.members) AS members
         FROM ({living}) AS n
         JOIN committees AS c ON c.id = n.id
         JOIN streets AS s ON s.code = c.street_code
         WHERE substr(s.code, 1, length($1)) = $1
         GROUP BY c.id
         ORDER BY c.code, c.id"
    );
    shares(connection, sql, scope, area).await
}

async fn shares(
    connection: &mut Connection,
    sql: String,
    scope: &Scope,
    area: &str,
) -> Result<Vec<Share>> {
    let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(area.to_owned());
    if let Some(branches) = scope.branches() {
        query = query.bind(serde_json::json!(branches).to_string());
    }
    query.fetch_all(connection).await
}

/// How many members each of these committees has.
///
/// # Errors
/// When the database fails.
pub async fn of_committees(
    connection: &mut Connection,
    scope: &Scope,
    ids: &[i64],
) -> Result<HashMap<i64, i64>> {
    let seen = match scope {
        Scope::All => "m.removed_at IS NULL",
        Scope::Branches(_) => {
            "m.removed_at IS NULL AND m.branch_id IN (SELECT value FROM json_each($2))"
        }
    };
    let sql = format!(
        "SELECT w.value,
                (SELECT count(*) FROM members AS m WHERE m.committee_id = w.value AND {seen})
              + (SELECT count(*) FROM members AS m WHERE m.host_committee_id = w.value AND {seen})
         FROM json_each($1) AS w"
    );
    let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(serde_json::json!(ids).to_string());
    if let Some(branches) = scope.branches() {
        query = query.bind(serde_json::json!(branches).to_string());
    }
    let counts: Vec<(i64, i64)> = query.fetch_all(connection).await?;
    Ok(counts.into_iter().collect())
}

/// How many live members there are, and how many of them live where no committee is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Standing {
    /// All of them.
    pub members: i64,
    /// Without a committee of their own, though a host may take care of them.
    pub unattached: i64,
    /// Of these: nobody has settled yet which committee it is.
    pub unsettled: i64,
}

/// How many members of all branches there are.
///
/// # Errors
/// When the database fails.
pub async fn standing(connection: &mut Connection) -> Result<Standing> {
    sqlx::query_as(
        "SELECT coalesce(sum(members), 0) AS members,
                coalesce(sum(iif(unattached OR committee_id = 0, members, 0)), 0) AS unattached,
                coalesce(sum(iif(committee_id = 0 AND NOT unattached, members, 0)), 0) AS unsettled
         FROM member_counts",
    )
    .fetch_one(connection)
    .await
}

/// The committees (`committees.id`; 0: none) of which the database has not counted the members that
/// are on record.
///
/// # Errors
/// When the database fails.
pub async fn differing(connection: &mut Connection) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT DISTINCT id
         FROM (SELECT committee_id AS id, unattached, members FROM member_counts
               UNION ALL
               SELECT coalesce(committee_id, host_committee_id, 0), unattached, -count(*)
               FROM members
               WHERE removed_at IS NULL
               GROUP BY 1, 2)
         GROUP BY id, unattached
         HAVING sum(members) <> 0
         ORDER BY id",
    )
    .fetch_all(connection)
    .await
}
