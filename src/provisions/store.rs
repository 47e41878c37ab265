//! Whose fields went to which committee.

use serde_json::json;
use sqlx::FromRow;

use super::{Given, Way};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

/// To how many committees lists go before their lines are in no index of their own.
const WIDE: usize = 50;

/// Notes whose lists left: of each member who stands to be known at these committees, which fields
/// they held.
///
/// # Errors
/// When the database fails.
pub async fn note(connection: &mut Connection, actor: Actor, given: &Given) -> Result<()> {
    let wide = given.committees.len() > WIDE;
    let branches = given.branches.as_ref().map(|branches| json!(branches).to_string());
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO provisions (at, account_id, way, wide, branches)
         VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
    )
    .bind(now())
    .bind(actor.account_id())
    .bind(given.way.name())
    .bind(wide)
    .bind(&branches)
    .fetch_one(&mut *connection)
    .await?;
    // Many committees are told apart while all members are read in order; few are looked up.
    let sql = if wide {
        "WITH wanted (id) AS MATERIALIZED (SELECT value FROM json_each($2))
         INSERT INTO provision_members (provision_id, member_id, committee_id, fields, wide)
         SELECT $1, m.id, coalesce(m.committee_id, m.host_committee_id),
                1 + 2 * (m.address <> '')
                  + 4 * EXISTS (SELECT 1 FROM member_skills WHERE member_id = m.id)
                  + 8 * (m.agreed_phone = 1 AND m.phone <> ''),
                1
         FROM members AS m
         WHERE m.agreed = 1
           AND m.removed_at IS NULL
           AND coalesce(m.committee_id, m.host_committee_id) IN (SELECT id FROM wanted)
           AND ($3 IS NULL OR m.branch_id IN (SELECT value FROM json_each($3)))
         ORDER BY m.id"
    } else {
        "INSERT INTO provision_members (provision_id, member_id, committee_id, fields, wide)
         SELECT $1, m.id, w.value,
                1 + 2 * (m.address <> '')
                  + 4 * EXISTS (SELECT 1 FROM member_skills WHERE member_id = m.id)
                  + 8 * (m.agreed_phone = 1 AND m.phone <> ''),
                0
         FROM json_each($2) AS w
         CROSS JOIN members AS m
         WHERE (m.committee_id = w.value OR m.host_committee_id = w.value)
           AND m.agreed = 1
           AND m.removed_at IS NULL
           AND ($3 IS NULL OR m.branch_id IN (SELECT value FROM json_each($3)))"
    };
    sqlx::query(sql)
        .bind(id)
        .bind(json!(given.committees).to_string())
        .bind(&branches)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO provision_committees (provision_id, committee_id, members, fields)
         SELECT $1, committee_id, count(*),
                max(fields & 1) + max(fields & 2) + max(fields & 4) + max(fields & 8)
         FROM provision_members
         WHERE provision_id = $1
         GROUP BY committee_id",
    )
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}

/// A list that passed a member on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PassedOn {
    /// When it left.
    pub at: String,
    /// How it left.
    pub way: Way,
    /// To which committee; `committees.id`.
    pub committee_id: i64,
    /// What it is called now.
    pub committee: String,
    /// Whether the address was given.
    pub address: bool,
    /// Whether skills were given.
    pub skills: bool,
    /// Whether the phone was given.
    pub phone: bool,
}

/// The lists that passed a member on, and who was merged into them, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn passed_on(connection: &mut Connection, member: i64) -> Result<Vec<PassedOn>> {
    sqlx::query_as(
        "WITH RECURSIVE part (id) AS (
             SELECT $1
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         ),
         given (provision_id, committee_id, fields) AS (
             SELECT x.provision_id, x.committee_id, x.fields
             FROM part
             CROSS JOIN provision_members AS x ON x.member_id = part.id AND x.wide = 0
             UNION ALL
             SELECT x.provision_id, x.committee_id, x.fields
             FROM provisions AS p
             CROSS JOIN part
             CROSS JOIN provision_members AS x
                     ON x.provision_id = p.id AND x.member_id = part.id
             WHERE p.wide = 1
         )
         SELECT p.at, p.way, g.committee_id, c.name AS committee, g.fields & 2 <> 0 AS address,
                g.fields & 4 <> 0 AS skills, g.fields & 8 <> 0 AS phone
         FROM given AS g
         JOIN provisions AS p ON p.id = g.provision_id
         JOIN committees AS c ON c.id = g.committee_id
         ORDER BY p.id DESC
         LIMIT 200",
    )
    .bind(member)
    .fetch_all(connection)
    .await
}

/// Takes these members out of the record, before theirs go: what stood for a record that was merged
/// away now stands for the one that it became, unless that goes too.
///
/// # Errors
/// When the database fails.
pub async fn forget_members(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    let ids = json!(ids).to_string();
    loop {
        let handed_on = sqlx::query(
            "WITH gone (id) AS (
                 SELECT id FROM members
                 WHERE merged_into IS NOT NULL AND id IN (SELECT value FROM json_each($1))
             )
             UPDATE OR REPLACE provision_members
             SET member_id = (SELECT merged_into FROM members WHERE id = member_id)
             WHERE (provision_id, member_id)
                   IN (SELECT p.id, gone.id FROM provisions AS p CROSS JOIN gone)",
        )
        .bind(&ids)
        .execute(&mut *connection)
        .await?;
        if handed_on.rows_affected() == 0 {
            break;
        }
    }
    sqlx::query(
        "DELETE FROM provision_members
         WHERE (provision_id, member_id)
               IN (SELECT p.id, g.value FROM provisions AS p CROSS JOIN json_each($1) AS g)",
    )
    .bind(&ids)
    .execute(connection)
    .await?;
    Ok(())
}
