//! What members' parts in activities add up to, read from the tables that the database keeps of it
//! (`part_sums`, migration 0030, and `half_sums`, 0033). Counted are live parts of live members, by
//! their branch of today. The sums of a half-year hold what is planned too: what lies after a day,
//! which is little, is taken off.

use serde_json::json;
use sqlx::{AssertSqlSafe, FromRow};

use crate::activities::HalfYear;
use crate::db::{Connection, Result};

/// How much was done, and how much of it the committee confirmed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Sum {
    /// How many members took part.
    pub members: i64,
    /// How often in all.
    pub times: i64,
    /// How long in all, in minutes.
    pub minutes: i64,
    /// How many members have a part that is signed and stamped.
    pub confirmed_members: i64,
    /// How often in all, of what is confirmed.
    pub confirmed_times: i64,
    /// How long in all, of what is confirmed, in minutes.
    pub confirmed_minutes: i64,
}

impl Sum {
    /// Adds another, of other members.
    pub fn add(&mut self, other: &Self) {
        self.members += other.members;
        self.times += other.times;
        self.minutes += other.minutes;
        self.confirmed_members += other.confirmed_members;
        self.confirmed_times += other.confirmed_times;
        self.confirmed_minutes += other.confirmed_minutes;
    }
}

/// What the members of a branch did.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BranchSum {
    /// `branches.id`; 0: members of no branch.
    pub branch: i64,
    /// [`Area::name`](crate::activities::Area::name); empty: all areas together.
    pub area: String,
    /// How much.
    #[sqlx(flatten)]
    pub sum: Sum,
}

/// What the members of branches did in a half-year until a day (2026-01-31), in all areas together
/// and, where it is asked for, in each; of every branch, or of these. Branches where nothing was
/// done have no row.
///
/// # Errors
/// When the database fails.
pub async fn of_branches(
    connection: &mut Connection,
    half: HalfYear,
    until: &str,
    by_area: bool,
    branches: Option<&[i64]>,
) -> Result<Vec<BranchSum>> {
    sqlx::query_as(
        "SELECT branch_id AS branch, key AS area, sum(members) AS members, sum(times) AS times,
                sum(minutes) AS minutes, sum(confirmed_members) AS confirmed_members,
                sum(confirmed_times) AS confirmed_times,
                sum(confirmed_minutes) AS confirmed_minutes
         FROM (SELECT branch_id, key, members, times, minutes, confirmed_members, confirmed_times,
                      confirmed_minutes
               FROM half_sums
               WHERE kind IN (SELECT value FROM json_each($1)) AND half = $2
                 AND ($4 IS NULL OR branch_id IN (SELECT value FROM json_each($4)))
               UNION ALL
               SELECT s.branch_id, s.key, -s.members, -s.times, -s.minutes, -s.confirmed_members,
                      -s.confirmed_times, -s.confirmed_minutes
               FROM half_sums AS h
               CROSS JOIN part_sums AS s ON s.kind = h.kind AND s.half = h.half AND s.key = h.key
                                        AND s.branch_id = h.branch_id AND s.day > $3
               WHERE h.kind IN (SELECT value FROM json_each($1)) AND h.half = $2
                 AND ($4 IS NULL OR h.branch_id IN (SELECT value FROM json_each($4))))
         GROUP BY branch_id, key
         HAVING sum(times) > 0",
    )
    .bind(if by_area { r#"["all","area"]"# } else { r#"["all"]"# })
    .bind(half.first_day())
    .bind(until)
    .bind(branches.map(|branches| json!(branches).to_string()))
    .fetch_all(connection)
    .await
}

/// By what the parts of a half-year are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The district in which it was, by its code; empty: nobody has settled where.
    District,
    /// The sub-district, by its code.
    Street,
    /// The committee (`committees.id`).
    Committee,
    /// A skill of whoever took part (`skills.id`); empty: of those who named none.
    Skill,
}

impl By {
    /// As the database keeps it; its key of a later part; and what that key is read from.
    const fn parts(self) -> (&'static str, &'static str, &'static str) {
        const PLACE: &str = "LEFT JOIN committees AS c ON c.id = a.committee_id";
        match self {
            Self::District => ("district", "coalesce(substr(c.street_code, 1, 6), '')", PLACE),
            Self::Street => ("street", "coalesce(c.street_code, '')", PLACE),
            Self::Committee => ("committee", "CAST(coalesce(c.id, '') AS TEXT)", PLACE),
            Self::Skill => (
                "skill",
                "CAST(coalesce(x.skill_id, '') AS TEXT)",
                "LEFT JOIN member_skills AS x ON x.member_id = p.member_id",
            ),
        }
    }
}

/// What one key comes to.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct KeySum {
    /// Which one, as [`By`] says.
    pub key: String,
    /// How much.
    #[sqlx(flatten)]
    pub sum: Sum,
}

/// What was done in a half-year until a day (2026-01-31), by place or skill, by members of every
/// branch or of these; of all keys, or of those named.
///
/// # Errors
/// When the database fails.
pub async fn by(
    connection: &mut Connection,
    by: By,
    keys: Option<&[String]>,
    half: HalfYear,
    until: &str,
    branches: Option<&[i64]>,
) -> Result<Vec<KeySum>> {
    let (kind, key, from) = by.parts();
    // The keys that are named are looked up one by one: a half-year has tens of thousands.
    let kept = match keys {
        Some(_) => "json_each($2) AS w CROSS JOIN part_sums AS s ON s.key = w.value",
        None => "part_sums AS s",
    };
    let before = half.before().last_day();
    let until = until.max(&before);
    let sql = format!(
        "WITH later AS (
           SELECT p.member_id, {key} AS key, p.times, p.minutes, p.confirmed
           FROM activities AS a
           CROSS JOIN participations AS p ON p.activity_id = a.id
           CROSS JOIN members AS m ON m.id = p.member_id
           {from}
           WHERE a.removed_at IS NULL AND a.day > $4 AND a.day <= $5 AND p.live = 1
             AND m.removed_at IS NULL
             AND ($6 IS NULL OR m.branch_id IN (SELECT value FROM json_each($6)))),
         earlier AS (
           SELECT l.member_id, {key} AS key, max(p.confirmed) AS confirmed
           FROM (SELECT DISTINCT member_id FROM later) AS l
           CROSS JOIN participations AS p ON p.member_id = l.member_id
           CROSS JOIN activities AS a ON a.id = p.activity_id
           {from}
           WHERE p.live = 1 AND p.day >= $3 AND p.day <= $4
           GROUP BY 1, 2),
         planned AS (
           SELECT l.key, l.member_id, sum(l.times) AS times, sum(l.minutes) AS minutes,
                  e.member_id IS NULL AS members,
                  max(l.confirmed) AND NOT coalesce(e.confirmed, 0) AS confirmed_members,
                  sum(iif(l.confirmed, l.times, 0)) AS confirmed_times,
                  sum(iif(l.confirmed, l.minutes, 0)) AS confirmed_minutes
           FROM later AS l
           LEFT JOIN earlier AS e ON e.member_id = l.member_id AND e.key = l.key
           GROUP BY l.key, l.member_id)
         SELECT key, sum(members) AS members, sum(times) AS times, sum(minutes) AS minutes,
                sum(confirmed_members) AS confirmed_members,
                sum(confirmed_times) AS confirmed_times,
                sum(confirmed_minutes) AS confirmed_minutes
         FROM (SELECT s.key, s.members, s.times, s.minutes, s.confirmed_members,
                      s.confirmed_times, s.confirmed_minutes
               FROM {kept}
               WHERE s.kind = $1 AND s.half = $3
                 AND ($6 IS NULL OR s.branch_id IN (SELECT value FROM json_each($6)))
               UNION ALL
               SELECT key, -members, -times, -minutes, -confirmed_members, -confirmed_times,
                      -confirmed_minutes
               FROM planned
               WHERE $2 IS NULL OR key IN (SELECT value FROM json_each($2)))
         GROUP BY key
         HAVING sum(times) > 0"
    );
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(kind)
        .bind(keys.map(|keys| json!(keys).to_string()))
        .bind(half.first_day())
        .bind(until)
        .bind(half.last_day())
        .bind(branches.map(|branches| json!(branches).to_string()))
        .fetch_all(connection)
        .await
}

/// What was done in each half-year that ever was, until a day, in all areas together; by the
/// half-year's first day.
///
/// # Errors
/// When the database fails.
pub async fn over_time(
    connection: &mut Connection,
    (from, to): (HalfYear, HalfYear),
    until: &str,
    branches: Option<&[i64]>,
) -> Result<Vec<KeySum>> {
    sqlx::query_as(
        "SELECT half AS key, sum(members) AS members, sum(times) AS times,
                sum(minutes) AS minutes, sum(confirmed_members) AS confirmed_members,
                sum(confirmed_times) AS confirmed_times,
                sum(confirmed_minutes) AS confirmed_minutes
         FROM (SELECT half, members, times, minutes, confirmed_members, confirmed_times,
                      confirmed_minutes
               FROM half_sums
               WHERE kind = 'all' AND half BETWEEN $1 AND $2
                 AND ($4 IS NULL OR branch_id IN (SELECT value FROM json_each($4)))
               UNION ALL
               SELECT s.half, -s.members, -s.times, -s.minutes, -s.confirmed_members,
                      -s.confirmed_times, -s.confirmed_minutes
               FROM half_sums AS h
               CROSS JOIN part_sums AS s ON s.kind = h.kind AND s.half = h.half AND s.key = h.key
                                        AND s.branch_id = h.branch_id AND s.day > $3
               WHERE h.kind = 'all' AND h.half BETWEEN $1 AND $2
                 AND ($4 IS NULL OR h.branch_id IN (SELECT value FROM json_each($4))))
         GROUP BY half
         HAVING sum(times) > 0",
    )
    .bind(from.first_day())
    .bind(to.first_day())
    .bind(until)
    .bind(branches.map(|branches| json!(branches).to_string()))
    .fetch_all(connection)
    .await
}

/// How often members take part in a half-year on days after one: what is planned, and left out.
///
/// # Errors
/// When the database fails.
pub async fn planned(
    connection: &mut Connection,
    half: HalfYear,
    until: &str,
    branches: Option<&[i64]>,
) -> Result<i64> {
    sqlx::query_scalar(
        "SELECT coalesce(sum(s.times), 0)
         FROM half_sums AS h
         CROSS JOIN part_sums AS s ON s.kind = h.kind AND s.half = h.half AND s.key = h.key
                                  AND s.branch_id = h.branch_id AND s.day > $2
         WHERE h.kind = 'all' AND h.half = $1
           AND ($3 IS NULL OR h.branch_id IN (SELECT value FROM json_each($3)))",
    )
    .bind(half.first_day())
    .bind(until)
    .bind(branches.map(|branches| json!(branches).to_string()))
    .fetch_one(connection)
    .await
}
