//! Calls, and the public door: a member's commendations.

use serde_json::json;
use sqlx::{FromRow, Row as _};

use super::{Call, CallDetails, Figures};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

type Row = <crate::db::Engine as sqlx::Database>::Row;

/// A commendation of a member.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Commended {
    /// `commendations.id`.
    pub id: i64,
    /// `commendation_calls.id`.
    pub call_id: i64,
    /// What they were commended as.
    pub title: String,
    /// The day on which it was decided (`2026-01-31`).
    pub decided_on: String,
    /// The body that decided.
    pub decided_by: String,
    /// The branch, as it was called then; may be empty.
    pub branch: String,
}

/// The commendations that were decided for a member, the latest first; those of a record that was
/// merged into theirs are theirs.
///
/// # Errors
/// When the database fails.
pub async fn of_member(connection: &mut Connection, member: i64) -> Result<Vec<Commended>> {
    let mut all: Vec<Commended> = sqlx::query_as(
        "SELECT x.id, x.call_id, k.title, x.decided_on, x.decided_by, x.branch
         FROM commendations AS x
         JOIN commendation_calls AS k ON k.id = x.call_id
         WHERE x.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
           AND x.state = 'granted'
         ORDER BY x.decided_on DESC, x.id DESC
         LIMIT 200",
    )
    .bind(member)
    .fetch_all(connection)
    .await?;
    // Two records of one person may have been commended in one call.
    let mut seen = std::collections::HashSet::new();
    all.retain(|one| seen.insert(one.call_id));
    Ok(all)
}

impl FromRow<'_, Row> for Call {
    fn from_row(row: &Row) -> Result<Self> {
        let branches: Option<String> = row.try_get("branches")?;
        let branches = branches.map(|ids| serde_json::from_str(&ids)).transpose();
        Ok(Self {
            id: row.try_get("id")?,
            details: CallDetails {
                title: row.try_get("title")?,
                first: row.try_get("first_half")?,
                last: row.try_get("last_half")?,
                branches: branches.map_err(|error| sqlx::Error::Decode(error.into()))?,
                until: row.try_get("until")?,
                criteria: row.try_get("criteria")?,
                figures: Figures {
                    times: row.try_get("times")?,
                    minutes: row.try_get("minutes")?,
                    areas: row.try_get("areas")?,
                    area: row.try_get("area")?,
                    pairing_months: row.try_get("pairing_months")?,
                    feedback: row.try_get("feedback")?,
                },
            },
            closed_at: row.try_get("closed_at")?,
            nominated: row.try_get("nominated")?,
            granted: row.try_get("granted")?,
            version: row.try_get("version")?,
        })
    }
}

macro_rules! calls {
    ($rest:literal) => {
        concat!(
            "SELECT k.id, k.title, k.first_half, k.last_half, k.until, k.criteria, k.times,
                    k.minutes, k.areas, k.area, k.pairing_months, k.feedback, k.closed_at,
                    k.version,
                    CASE WHEN k.all_branches = 1 THEN NULL
                         ELSE (SELECT json_group_array(branch_id)
                               FROM commendation_call_branches
                               WHERE call_id = k.id)
                    END AS branches,
                    (SELECT count(*) FROM commendations
                     WHERE call_id = k.id AND state = 'nominated') AS nominated,
                    (SELECT count(*) FROM commendations
                     WHERE call_id = k.id AND state = 'granted') AS granted
             FROM commendation_calls AS k ",
            $rest
        )
    };
}

/// One call.
///
/// # Errors
/// When the database fails.
pub async fn call(connection: &mut Connection, id: i64) -> Result<Option<Call>> {
    sqlx::query_as(calls!("WHERE k.id = $1")).bind(id).fetch_optional(connection).await
}

/// The calls before one that are for members of these branches (JSON; `None`: all), the latest
/// first.
pub(super) async fn list(
    connection: &mut Connection,
    branches: Option<&str>,
    before: i64,
    limit: i64,
) -> Result<Vec<Call>> {
    sqlx::query_as(calls!(
        "WHERE k.id < $1
           AND ($2 IS NULL OR k.all_branches = 1
                OR k.id IN (SELECT call_id FROM commendation_call_branches
                            WHERE branch_id IN (SELECT value FROM json_each($2))))
         ORDER BY k.id DESC
         LIMIT $3"
    ))
    .bind(before)
    .bind(branches)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// Adds a call; its `id`.
pub(super) async fn insert(connection: &mut Connection, details: &CallDetails) -> Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO commendation_calls (title, first_half, last_half, all_branches, until,
                                         criteria, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
         RETURNING id",
    )
    .bind(&details.title)
    .bind(&details.first)
    .bind(&details.last)
    .bind(details.branches.is_none())
    .bind(&details.until)
    .bind(&details.criteria)
    .bind(now())
    .fetch_one(&mut *connection)
    .await?;
    put_rest(connection, id, details).await?;
    Ok(id)
}

/// Changes what a call says.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    details: &CallDetails,
) -> Result<()> {
    sqlx::query(
        "UPDATE commendation_calls
         SET title = $2, first_half = $3, last_half = $4, all_branches = $5, until = $6,
             criteria = $7, updated_at = $8, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(&details.title)
    .bind(&details.first)
    .bind(&details.last)
    .bind(details.branches.is_none())
    .bind(&details.until)
    .bind(&details.criteria)
    .bind(now())
    .execute(&mut *connection)
    .await?;
    put_rest(connection, id, details).await
}

/// The figures and branches of a call.
async fn put_rest(connection: &mut Connection, id: i64, details: &CallDetails) -> Result<()> {
    let figures = &details.figures;
    sqlx::query(
        "UPDATE commendation_calls
         SET times = $2, minutes = $3, areas = $4, area = $5, pairing_months = $6, feedback = $7
         WHERE id = $1",
    )
    .bind(id)
    .bind(figures.times)
    .bind(figures.minutes)
    .bind(figures.areas)
    .bind(&figures.area)
    .bind(figures.pairing_months)
    .bind(figures.feedback)
    .execute(&mut *connection)
    .await?;
    let none = Vec::new();
    let branches = json!(details.branches.as_ref().unwrap_or(&none)).to_string();
    for sql in [
        "DELETE FROM commendation_call_branches
         WHERE call_id = $1 AND branch_id NOT IN (SELECT value FROM json_each($2))",
        "INSERT INTO commendation_call_branches (call_id, branch_id)
         SELECT $1, value FROM json_each($2) WHERE true
         ON CONFLICT DO NOTHING",
    ] {
        sqlx::query(sql).bind(id).bind(&branches).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Closes a call, or opens it again; whether that changed anything.
pub(super) async fn set_closed(connection: &mut Connection, id: i64, closed: bool) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE commendation_calls
         SET closed_at = $2, updated_at = $3, version = version + 1
         WHERE id = $1 AND (closed_at IS NULL) = ($2 IS NOT NULL)",
    )
    .bind(id)
    .bind(closed.then(now))
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Keeps that something was done with a call.
pub(super) async fn keep_history(
    connection: &mut Connection,
    id: i64,
    actor: Actor,
    step: &str,
    before: Option<&CallDetails>,
) -> Result<()> {
    let before = before.map(serde_json::to_string).transpose();
    sqlx::query(
        "INSERT INTO commendation_call_history (call_id, at, account_id, step, before)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .bind(step)
    .bind(before.map_err(|error| sqlx::Error::Encode(error.into()))?)
    .execute(connection)
    .await?;
    Ok(())
}

/// What was done with a call or a nomination.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Past {
    /// When.
    pub at: String,
    /// By whom; `None` at the terminal.
    pub by: Option<String>,
    /// What.
    pub step: String,
    /// Why a decision was corrected; empty for anything else.
    pub why: String,
    /// What it was before, as JSON.
    pub before: Option<String>,
}

/// What was done with a call, the latest first.
pub(super) async fn history(connection: &mut Connection, id: i64) -> Result<Vec<Past>> {
    sqlx::query_as(
        "SELECT h.at, a.display_name AS by, h.step, '' AS why, h.before
         FROM commendation_call_history AS h
         LEFT JOIN accounts AS a ON a.id = h.account_id
         WHERE h.call_id = $1
         ORDER BY h.id DESC
         LIMIT 100",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

/// A branch that becomes part of another: calls for its members are for those of the other, also
/// where a call is put back to what it was.
///
/// # Errors
/// When the database fails.
pub async fn move_branch(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    for sql in [
        "INSERT INTO commendation_call_branches (call_id, branch_id)
         SELECT call_id, $2 FROM commendation_call_branches WHERE branch_id = $1
         ON CONFLICT DO NOTHING",
        "UPDATE commendation_calls SET version = version + 1
         WHERE id IN (SELECT call_id FROM commendation_call_branches WHERE branch_id = $1)
           AND $2 <> $1",
        "DELETE FROM commendation_call_branches WHERE branch_id = $1 AND $2 <> $1",
    ] {
        sqlx::query(sql).bind(id).bind(into).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Puts a sign in the place of a person's name in what is said of calls and of others' service.
///
/// # Errors
/// When the database fails.
pub async fn forget_names(connection: &mut Connection, names: &[String]) -> Result<()> {
    for name in names {
        for sql in [
            "UPDATE commendation_calls
             SET title = replace(title, $1, '…'), criteria = replace(criteria, $1, '…')
             WHERE instr(title, $1) > 0 OR instr(criteria, $1) > 0",
            "UPDATE commendation_call_history
             SET before = replace(before, $1, '…')
             WHERE instr(before, $1) > 0",
            "UPDATE commendations
             SET reason = replace(reason, $1, '…'), although = replace(although, $1, '…'),
                 decided_by = replace(decided_by, $1, '…')
             WHERE instr(reason, $1) > 0 OR instr(although, $1) > 0 OR instr(decided_by, $1) > 0",
            "UPDATE commendation_history
             SET before = replace(before, $1, '…'), why = replace(why, $1, '…')
             WHERE instr(before, $1) > 0 OR instr(why, $1) > 0",
            "UPDATE commendation_papers
             SET content = replace(content, $1, '…')
             WHERE instr(content, $1) > 0",
        ] {
            sqlx::query(sql).bind(name).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

/// Before merged records are erased for good: the record that stays has their commendations.
///
/// # Errors
/// When the database fails.
pub async fn hand_on(connection: &mut Connection, members: &[i64]) -> Result<()> {
    let members = json!(members).to_string();
    for sql in [
        // Of two in one call, that which was granted stays.
        "DELETE FROM commendations
         WHERE state <> 'granted'
           AND EXISTS (SELECT 1
                       FROM commendations AS g
                       JOIN members AS m ON m.id = g.member_id
                       WHERE g.call_id = commendations.call_id AND g.state = 'granted'
                         AND m.merged_into = commendations.member_id
                         AND m.id IN (SELECT value FROM json_each($1)))",
        "UPDATE OR IGNORE commendations
         SET member_id = (SELECT merged_into FROM members WHERE id = member_id)
         WHERE member_id IN (SELECT id FROM members
                             WHERE merged_into IS NOT NULL
                               AND id IN (SELECT value FROM json_each($1)))",
    ] {
        sqlx::query(sql).bind(&members).execute(&mut *connection).await?;
    }
    Ok(())
}

/// A member as lists name them.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Known {
    /// `members.id`.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The employee number, or empty.
    pub number: String,
    /// The branch's name, or empty.
    pub branch: String,
}

/// These members (JSON) in the order of the phone book.
pub(super) async fn known(connection: &mut Connection, members: &str) -> Result<Vec<Known>> {
    sqlx::query_as(
        "SELECT m.id, m.name, coalesce(m.number, '') AS number, coalesce(b.name, '') AS branch
         FROM members AS m
         LEFT JOIN branches AS b ON b.id = m.branch_id
         WHERE m.id IN (SELECT value FROM json_each($1))
         ORDER BY m.sort_key",
    )
    .bind(members)
    .fetch_all(connection)
    .await
}
