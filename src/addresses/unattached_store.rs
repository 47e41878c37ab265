//! Members who live where no committee is set up, what is near them, and what was set up since.

use serde_json::json;
use sqlx::{AssertSqlSafe, FromRow};

use crate::committees::CommitteeLine;
use crate::db::{Connection, Result, now};

/// Which of them a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Which {
    /// All.
    #[default]
    All,
    /// Those without a host committee.
    NoHost,
    /// Those for whom a committee may be set up by now.
    Movable,
}

/// By what the list is narrowed.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// The branches of the viewer's scope (`branches.id`); `None`: all.
    pub scope: Option<Vec<i64>>,
    /// Only this branch.
    pub branch: Option<i64>,
    /// Only this district (6 digits), by the host committee, or else by what the address names.
    pub district: Option<String>,
    /// Which of them.
    pub which: Which,
    /// Today.
    pub today: String,
}

/// A member who lives where no committee is set up.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Unattached {
    pub id: i64,
    pub sort_key: i64,
    pub version: i64,
    pub name: String,
    pub address: String,
    pub branch: Option<String>,
    pub host_id: Option<i64>,
    pub host: Option<String>,
    /// The host's sub-district.
    pub host_street: Option<String>,
    pub host_street_name: Option<String>,
    /// When a person last looked: what was set up later may be theirs.
    pub looked_at: String,
}

/// Who lives where no committee is set up. $1: the scope's branches as JSON or NULL, $2: a branch,
/// $3: a district, $4: the last key of the page before, $5: today.
fn members(asked: &Asked) -> String {
    let which = match asked.which {
        Which::All => "",
        Which::NoHost => "AND m.host_committee_id IS NULL",
        Which::Movable => {
            "AND (EXISTS (SELECT 1
                          FROM address_rules AS r
                          WHERE r.road = m.road AND r.removed_at IS NULL AND r.valid_from <= $5
                            AND CASE WHEN r.kind = 'lane' THEN m.lane
                                     WHEN r.lane IS m.lane THEN m.house
                                END BETWEEN r.first AND r.last
                            AND (r.parity = 'all'
                                 OR (r.parity = 'odd')
                                    = (CASE WHEN r.kind = 'lane' THEN m.lane ELSE m.house END % 2)))
                  OR EXISTS (SELECT 1
                             FROM committees AS n
                             JOIN streets AS o ON o.code = n.street_code
                             WHERE n.created_at > coalesce(l.at, m.created_at)
                               AND n.created_at <> ''
                               AND n.merged_into IS NULL
                               AND (n.street_code = h.street_code
                                    OR instr(m.address, o.name) > 0)))"
        }
    };
    format!(
        "FROM members AS m INDEXED BY members_unattached
         LEFT JOIN branches AS b ON b.id = m.branch_id
         LEFT JOIN committees AS h ON h.id = m.host_committee_id
         LEFT JOIN streets AS s ON s.code = h.street_code
         LEFT JOIN unattached_looks AS l ON l.member_id = m.id
         WHERE m.unattached = 1 AND m.removed_at IS NULL
           AND ($1 IS NULL OR m.branch_id IN (SELECT value FROM json_each($1)))
           AND ($2 IS NULL OR m.branch_id = $2)
           AND ($3 IS NULL OR s.district_code = $3
                OR (m.host_committee_id IS NULL
                    AND instr(m.address, (SELECT name FROM districts WHERE code = $3)) > 0))
           AND m.sort_key > $4 AND $5 <> ''
           {which}"
    )
}

/// The columns of an [`Unattached`].
const COLUMNS: &str = "m.id, m.sort_key, m.version, m.name, m.address, b.name AS branch,
    h.id AS host_id, h.name AS host, h.street_code AS host_street, s.name AS host_street_name,
    coalesce(l.at, m.created_at) AS looked_at";

/// The members after one (by its place in the phone book), in its order.
pub(super) async fn list(
    connection: &mut Connection,
    asked: &Asked,
    after: i64,
    limit: i64,
) -> Result<Vec<Unattached>> {
    let from = members(asked);
    let sql = format!("SELECT {COLUMNS} {from} ORDER BY m.sort_key LIMIT $6");
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(asked.scope.as_ref().map(|scope| json!(scope).to_string()))
        .bind(asked.branch)
        .bind(&asked.district)
        .bind(after)
        .bind(&asked.today)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// How many there are, counted up to so many.
pub(super) async fn count(connection: &mut Connection, asked: &Asked, most: i64) -> Result<i64> {
    let from = members(asked);
    let sql = format!("SELECT count(*) FROM (SELECT 1 {from} LIMIT $6)");
    sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(asked.scope.as_ref().map(|scope| json!(scope).to_string()))
        .bind(asked.branch)
        .bind(&asked.district)
        .bind(i64::MIN)
        .bind(&asked.today)
        .bind(most)
        .fetch_one(connection)
        .await
}

/// One such member; `None` when they have a committee by now.
pub(super) async fn one(connection: &mut Connection, id: i64) -> Result<Option<Unattached>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM members AS m
         LEFT JOIN branches AS b ON b.id = m.branch_id
         LEFT JOIN committees AS h ON h.id = m.host_committee_id
         LEFT JOIN streets AS s ON s.code = h.street_code
         LEFT JOIN unattached_looks AS l ON l.member_id = m.id
         WHERE m.id = $1 AND m.unattached = 1 AND m.removed_at IS NULL"
    );
    sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(connection).await
}

/// A committee for one of the places that were asked for.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Placed {
    /// The place's index.
    pub place: i64,
    #[sqlx(flatten)]
    pub committee: CommitteeLine,
    /// How many live members speak for it.
    pub members: i64,
}

/// The committees that were set up since someone last looked, in the sub-district of each member's
/// host or the one that their address names; the newest first.
pub(super) async fn set_up_since(
    connection: &mut Connection,
    members: &[Unattached],
) -> Result<Vec<Placed>> {
    let asked: Vec<_> = members
        .iter()
        .map(|member| json!([member.host_street, member.address, member.looked_at]))
        .collect();
    sqlx::query_as(
        "SELECT w.key AS place, 0 AS members, c.id, c.code, c.name, s.name AS street,
                d.name AS district
         FROM json_each($1) AS w
         JOIN committees AS c
           ON c.created_at > w.value ->> 2 AND c.created_at <> '' AND c.merged_into IS NULL
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         WHERE c.street_code = w.value ->> 0 OR instr(w.value ->> 1, s.name) > 0
         ORDER BY w.key, c.created_at DESC, c.id
         LIMIT 1000",
    )
    .bind(json!(asked).to_string())
    .fetch_all(connection)
    .await
}

/// The committees in whose areas members on the same roads live, the most first.
pub(super) async fn on_roads(
    connection: &mut Connection,
    roads: &[&str],
    branches: Option<&[i64]>,
) -> Result<Vec<Placed>> {
    sqlx::query_as(
        "WITH n AS (
             SELECT w.key AS place, m.committee_id, count(*) AS members
             FROM json_each($1) AS w
             JOIN members AS m ON m.road = w.value
             WHERE w.value <> '' AND m.committee_id IS NOT NULL AND m.removed_at IS NULL
               AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
             GROUP BY w.key, m.committee_id
         )
         SELECT n.place, n.members, c.id, c.code, c.name, s.name AS street, d.name AS district
         FROM n
         JOIN committees AS c ON c.id = n.committee_id
         JOIN streets AS s ON s.code = c.street_code
         JOIN districts AS d ON d.code = s.district_code
         ORDER BY n.place, n.members DESC, c.code, c.id",
    )
    .bind(json!(roads).to_string())
    .bind(branches.map(|branches| json!(branches).to_string()))
    .fetch_all(connection)
    .await
}

/// The committees of the sub-districts that these addresses name, those with the most members
/// first, three of each.
pub(super) async fn in_named_streets(
    connection: &mut Connection,
    addresses: &[&str],
) -> Result<Vec<Placed>> {
    sqlx::query_as(
        "WITH named AS (
             SELECT w.key AS place, c.id, c.code, c.name, s.name AS street, d.name AS district,
                    (SELECT count(*) FROM members AS m
                     WHERE m.committee_id = c.id AND m.removed_at IS NULL) AS members
             FROM json_each($1) AS w
             JOIN streets AS s ON w.value <> '' AND instr(w.value, s.name) > 0
             JOIN districts AS d ON d.code = s.district_code
             JOIN committees AS c ON c.street_code = s.code AND c.merged_into IS NULL
         ), ranked AS (
             SELECT *, row_number() OVER (PARTITION BY place ORDER BY members DESC, code, id) AS rank
             FROM named
         )
         SELECT place, members, id, code, name, street, district
         FROM ranked
         WHERE rank <= 3
         ORDER BY place, rank",
    )
    .bind(json!(addresses).to_string())
    .fetch_all(connection)
    .await
}

/// Notes that a person looked, and what was set up until now is not theirs.
pub(super) async fn looked(connection: &mut Connection, member: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO unattached_looks (member_id, at)
         VALUES ($1, $2)
         ON CONFLICT (member_id) DO UPDATE SET at = excluded.at",
    )
    .bind(member)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}
