//! Lines and sums, each read from one index.

use sqlx::{AssertSqlSafe, FromRow};

use crate::db::{Connection, Result};

/// A part in an activity, as its member's timeline tells it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct MemberLine {
    /// `participations.id`.
    pub id: i64,
    /// `activities.id`.
    pub activity_id: i64,
    /// The day.
    pub day: String,
    /// What the activity was called.
    pub title: String,
    /// [`Area::name`](crate::activities::Area::name).
    pub area: String,
    /// [`Manner::name`](crate::activities::Manner::name).
    pub manner: String,
    /// The committee (`committees.id`).
    pub committee_id: Option<i64>,
    /// Its name.
    pub committee: Option<String>,
    /// How often.
    pub times: i64,
    /// How long, in minutes.
    pub minutes: i64,
    /// The days on which the committee signed and stamped it.
    pub signed_on: Option<String>,
    /// Likewise.
    pub stamped_on: Option<String>,
}

/// What a member took part in, before a place in the timeline (day and `id`), from a day to a day,
/// the latest first.
pub async fn of_member(
    connection: &mut Connection,
    member: i64,
    (from, to): (&str, &str),
    before: Option<(&str, i64)>,
    limit: i64,
) -> Result<Vec<MemberLine>> {
    let (day, id) = before.unwrap_or(("~", i64::MAX));
    sqlx::query_as(
        "SELECT p.id, p.activity_id, p.day, a.title, p.area, a.manner, a.committee_id,
                c.name AS committee, p.times, p.minutes, p.signed_on, p.stamped_on
         FROM participations AS p
         JOIN activities AS a ON a.id = p.activity_id
         LEFT JOIN committees AS c ON c.id = a.committee_id
         WHERE p.member_id = $1 AND p.live = 1
           AND p.day BETWEEN $2 AND $3
           AND (p.day, p.id) < ($4, $5)
         ORDER BY p.day DESC, p.id DESC
         LIMIT $6",
    )
    .bind(member)
    .bind(from)
    .bind(to)
    .bind(day)
    .bind(id)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// How much was done in a half-year.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Sum {
    /// [`HalfYear::code`](crate::activities::HalfYear::code).
    pub half: String,
    /// [`Area::name`](crate::activities::Area::name), or empty for all.
    pub area: String,
    /// How many members took part.
    pub members: i64,
    /// How often in all.
    pub times: i64,
    /// How long in all, in minutes.
    pub minutes: i64,
}

/// Whose sums are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A member's.
    Member(i64),
    /// Those of a branch's live members.
    Branch(i64),
    /// Those of what was done in a committee's area.
    Committee(i64),
}

/// The sums from a day to a day by half-year, of all areas or by area; of members of these branches
/// (JSON), where they are given.
pub async fn sums(
    connection: &mut Connection,
    whose: Whose,
    (from, to): (&str, &str),
    by_area: bool,
    branches: Option<&str>,
) -> Result<Vec<Sum>> {
    let (rows, id) = match whose {
        Whose::Member(id) => ("participations AS p WHERE p.member_id = $1 AND", id),
        Whose::Branch(id) => (
            "members AS m
             CROSS JOIN participations AS p ON p.member_id = m.id
             WHERE m.branch_id = $1 AND m.removed_at IS NULL AND",
            id,
        ),
        Whose::Committee(id) => (
            "activities AS a
             CROSS JOIN participations AS p ON p.activity_id = a.id
             JOIN members AS m ON m.id = p.member_id
             WHERE a.committee_id = $1 AND a.removed_at IS NULL AND a.day BETWEEN $2 AND $3
               AND ($4 IS NULL OR m.branch_id IN (SELECT value FROM json_each($4))) AND",
            id,
        ),
    };
    let area = if by_area { "p.area" } else { "''" };
    let sql = format!(
        "SELECT substr(p.day, 1, 4) || iif(substr(p.day, 6, 2) < '07', '-1', '-2') AS half,
                {area} AS area, count(DISTINCT p.member_id) AS members, sum(p.times) AS times,
                sum(p.minutes) AS minutes
         FROM {rows} p.live = 1 AND p.day BETWEEN $2 AND $3
         GROUP BY 1, 2"
    );
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(branches)
        .fetch_all(connection)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Address, Db, Migrations};

    /// The steps by which the engine answers.
    async fn plan(connection: &mut Connection, sql: &str) -> String {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let steps: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(AssertSqlSafe(sql)).fetch_all(connection).await.unwrap();
        steps.into_iter().map(|(.., step)| step + "\n").collect()
    }

    #[tokio::test]
    async fn each_question_is_answered_from_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let address: Address =
            format!("sqlite:{}", folder.path().join("linli.db").display()).parse().unwrap();
        let db = Db::open_or_create(&address).await.unwrap();
        Migrations::embedded().run(&db).await.unwrap();
        let mut connection = db.read().await.unwrap();
        for (sql, steps) in [
            (
                "SELECT id FROM participations
                 WHERE member_id = 1 AND live = 1 AND day BETWEEN '2026' AND '2027'
                   AND (day, id) < ('2027', 5)
                 ORDER BY day DESC, id DESC LIMIT 50",
                &["COVERING INDEX participations_by_member"][..],
            ),
            (
                "SELECT area, count(DISTINCT p.member_id), sum(p.times), sum(p.minutes)
                 FROM members AS m CROSS JOIN participations AS p ON p.member_id = m.id
                 WHERE m.branch_id = 1 AND m.removed_at IS NULL AND p.live = 1
                   AND p.day BETWEEN '2026' AND '2027'
                 GROUP BY 1",
                &["INDEX members_by_branch", "COVERING INDEX participations_by_member"],
            ),
            (
                "SELECT id FROM activities
                 WHERE removed_at IS NULL AND day BETWEEN '2026' AND '2027'
                   AND (day, id) < ('2027', 5)
                 ORDER BY day DESC, id DESC LIMIT 50",
                &["activities_by_day"],
            ),
            (
                "SELECT id FROM activities
                 WHERE committee_id = 1 AND +area = 'culture' AND removed_at IS NULL
                   AND day BETWEEN '2026' AND '2027' AND (day, id) < ('2027', 5)
                 ORDER BY day DESC, id DESC LIMIT 50",
                &["activities_by_committee"],
            ),
            (
                "SELECT id FROM activities
                 WHERE area = 'culture' AND removed_at IS NULL AND day BETWEEN '2026' AND '2027'
                   AND (day, id) < ('2027', 5)
                 ORDER BY day DESC, id DESC LIMIT 50",
                &["activities_by_area"],
            ),
            ("SELECT 1 FROM participations WHERE activity_id = 1", &["participations_of_activity"]),
            ("SELECT 1 FROM participations WHERE member_id = 1", &["participations_by_member"]),
        ] {
            let plan = plan(&mut connection, sql).await;
            for step in steps {
                assert!(plan.contains(step), "{sql}\n{plan}");
            }
            assert!(!plan.contains("SCAN") && !plan.contains("ORDER BY"), "{sql}\n{plan}");
        }
    }
}
