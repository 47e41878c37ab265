//! Enquiries, and whom they ask about.

use serde_json::json;
use sqlx::{AssertSqlSafe, FromRow};

use super::Enquiry;
use crate::activities::{HalfYear, today};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::reviews::Deed;

/// Adds an enquiry about members of these branches (`None`: all members); its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    half: HalfYear,
    branches: Option<&[i64]>,
    until: &str,
) -> Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO enquiries (half, every_branch, until, opened_at, opened_by)
         VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
    )
    .bind(half.code())
    .bind(branches.is_none())
    .bind(until)
    .bind(now())
    .bind(actor.account_id())
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO enquiry_branches (enquiry_id, branch_id)
         SELECT $1, value FROM json_each($2)",
    )
    .bind(id)
    .bind(json!(branches.unwrap_or_default()).to_string())
    .execute(connection)
    .await?;
    Ok(id)
}

/// Enquiries, of which a viewer of branches `$1` sees only those that are about no others.
macro_rules! enquiries {
    ($rest:literal) => {
        concat!(
            "SELECT e.id, e.half, e.every_branch, e.until, e.ended_at,
                    coalesce((SELECT group_concat(b.name, '、')
                              FROM enquiry_branches AS x JOIN branches AS b ON b.id = x.branch_id
                              WHERE x.enquiry_id = e.id), '') AS branches,
                    (SELECT count(*) FROM feedback_requests
                     WHERE enquiry_id = e.id AND state = 'draft') AS drafts,
                    (SELECT count(*) FROM feedback_requests
                     WHERE enquiry_id = e.id AND state = 'sent') AS waiting,
                    (SELECT count(*) FROM feedback_requests
                     WHERE enquiry_id = e.id AND state = 'answered') AS answered
             FROM enquiries AS e
             WHERE ($1 IS NULL
                    OR (e.every_branch = 0
                        AND NOT EXISTS (SELECT 1
                                        FROM enquiry_branches AS x
                                        JOIN branches AS b ON b.id = x.branch_id
                                        WHERE x.enquiry_id = e.id
                                          AND coalesce(b.merged_into, b.id)
                                              NOT IN (SELECT value FROM json_each($1))))) ",
            $rest
        )
    };
}

/// One enquiry, if it is about no other than these branches (JSON; `None`: any).
///
/// # Errors
/// When the database fails.
pub async fn enquiry(
    connection: &mut Connection,
    id: i64,
    branches: Option<&str>,
) -> Result<Option<Enquiry>> {
    sqlx::query_as(enquiries!("AND e.id = $2"))
        .bind(branches)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// The enquiries before one, the latest first.
pub(super) async fn list(
    connection: &mut Connection,
    branches: Option<&str>,
    before: i64,
    limit: i64,
) -> Result<Vec<Enquiry>> {
    sqlx::query_as(enquiries!("AND e.id < $2 ORDER BY e.id DESC LIMIT $3"))
        .bind(branches)
        .bind(before)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// The branches that an enquiry is about now; `None`: members of any branch and of none.
pub(super) async fn branches_of(
    connection: &mut Connection,
    enquiry: &Enquiry,
) -> Result<Option<Vec<i64>>> {
    if enquiry.every_branch {
        return Ok(None);
    }
    let branches = sqlx::query_scalar(
        "SELECT DISTINCT coalesce(b.merged_into, b.id)
         FROM enquiry_branches AS x
         JOIN branches AS b ON b.id = x.branch_id
         WHERE x.enquiry_id = $1",
    )
    .bind(enquiry.id)
    .fetch_all(connection)
    .await?;
    Ok(Some(branches))
}

/// Waits for no more answers.
pub(super) async fn end(connection: &mut Connection, actor: Actor, id: i64) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE enquiries SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// A member who is to be asked about, and one thing that they did.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
struct FoundRow {
    committee_id: i64,
    member_id: i64,
    name: String,
    branch: String,
    title: String,
    area: String,
    first: String,
    last: String,
    times: i64,
    minutes: i64,
}

/// A member who is to be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// In whose area they were active (`committees.id`).
    pub committee: i64,
    /// `members.id`.
    pub member: i64,
    /// The name.
    pub name: String,
    /// The branch's name, or empty.
    pub branch: String,
    /// What they did there.
    pub deeds: Vec<Deed>,
}

/// Of whom a committee is asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// In which half-year.
    pub half: HalfYear,
    /// Members of these branches; `None`: all.
    pub branches: Option<&'a [i64]>,
    /// Only at this committee.
    pub committee: Option<i64>,
    /// Whoever is in another request of the half-year to the same committee is left out; not those
    /// of this one.
    pub request: Option<i64>,
}

/// The live members who stand to be known at a committee and were active in its area, by committee
/// and in the order of a phone book.
pub(super) async fn found(connection: &mut Connection, wanted: Wanted<'_>) -> Result<Vec<Found>> {
    // One committee's members are few; all others are read from their branches.
    let from = match (wanted.committee, wanted.branches) {
        (Some(_), _) => {
            "(SELECT id FROM members WHERE committee_id = $3 AND removed_at IS NULL
              UNION ALL
              SELECT id FROM members WHERE host_committee_id = $3 AND removed_at IS NULL) AS w
             CROSS JOIN members AS m ON m.id = w.id"
        }
        (None, Some(_)) => "json_each($4) AS w CROSS JOIN members AS m ON m.branch_id = w.value",
        (None, None) => "members AS m",
    };
    let sql = format!(
        "SELECT a.committee_id, m.id AS member_id, m.name, coalesce(b.name, '') AS branch, a.title,
                p.area, min(p.day) AS first, max(p.day) AS last, sum(p.times) AS times,
                sum(p.minutes) AS minutes
         FROM {from}
         CROSS JOIN participations AS p ON p.member_id = m.id AND p.live = 1
                                       AND p.day BETWEEN $1 AND $2
         JOIN activities AS a ON a.id = p.activity_id
         LEFT JOIN branches AS b ON b.id = m.branch_id
         WHERE m.agreed = 1 AND m.removed_at IS NULL
           AND a.committee_id IN (m.committee_id, m.host_committee_id)
           AND ($3 IS NULL OR a.committee_id = $3)
           AND ($4 IS NULL OR m.branch_id IN (SELECT value FROM json_each($4)))
           AND NOT EXISTS (SELECT 1
                           FROM feedback_lines AS l
                           JOIN feedback_requests AS r ON r.id = l.request_id
                           WHERE l.member_id = m.id AND r.half = $5
                             AND r.committee_id = a.committee_id AND r.id IS NOT $6)
         GROUP BY a.committee_id, m.id, a.title, p.area
         ORDER BY a.committee_id, m.sort_key, first, a.title"
    );
    let last = wanted.half.last_day().min(today().to_string());
    let rows: Vec<FoundRow> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(wanted.half.first_day())
        .bind(last)
        .bind(wanted.committee)
        .bind(wanted.branches.map(|branches| json!(branches).to_string()))
        .bind(wanted.half.code())
        .bind(wanted.request)
        .fetch_all(connection)
        .await?;
    Ok(together(rows))
}

fn together(rows: Vec<FoundRow>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for row in rows {
        let same =
            |last: &&mut Found| last.committee == row.committee_id && last.member == row.member_id;
        let deed = Deed {
            title: row.title,
            area: row.area,
            committee: String::new(),
            first: row.first,
            last: row.last,
            times: row.times,
            minutes: row.minutes,
        };
        match found.last_mut().filter(same) {
            Some(last) => last.deeds.push(deed),
            None => found.push(Found {
                committee: row.committee_id,
                member: row.member_id,
                name: row.name,
                branch: row.branch,
                deeds: vec![deed],
            }),
        }
    }
    found
}
