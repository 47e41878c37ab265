//! The parts that a committee may speak of: those of its own members who stand to be known, in
//! activities in its own area.

use serde_json::json;
use sqlx::FromRow;

use super::{Shown, Wrong};
use crate::activities::today;
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::web::Scope;

/// A part that a committee may speak of.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TherePart {
    /// `participations.id`.
    pub id: i64,
    /// `activities.id`.
    pub activity_id: i64,
    /// `members.id`.
    pub member_id: i64,
    /// The activity's day.
    pub day: String,
    /// Its title.
    pub title: String,
    /// The member's name.
    pub name: String,
    /// How often.
    pub times: i64,
    /// How long, in minutes.
    pub minutes: i64,
    /// When it was confirmed.
    pub confirmed_at: Option<String>,
    /// Who confirmed it on the committee's page; empty: on paper.
    pub confirmed_there: String,
    /// [`Wrong::name`] of what waits to be settled.
    pub wrong: Option<String>,
    /// The words beside it.
    pub words: Option<String>,
}

/// One who may be told of to committee `$1`: its member, live, who stands to be known; the part is
/// live and of an activity in its area that has been.
const THEIRS: &str = "
    FROM activities AS a
    JOIN participations AS p ON p.activity_id = a.id AND p.live = 1
    JOIN members AS m ON m.id = p.member_id
                     AND m.removed_at IS NULL AND m.agreed = 1
                     AND $1 IN (m.committee_id, m.host_committee_id)
    LEFT JOIN participation_doubts AS d ON d.participation_id = p.id AND d.settled_at IS NULL
    WHERE a.committee_id = $1 AND a.removed_at IS NULL AND a.day <= $2";

const COLUMNS: &str = "
    SELECT p.id, a.id AS activity_id, m.id AS member_id, a.day, a.title, m.name, p.times,
           p.minutes, p.confirmed_at, p.confirmed_there, d.what AS wrong, d.words";

/// The parts of the last half year, the latest activity first.
pub async fn recent(connection: &mut Connection, committee: i64) -> Result<Vec<TherePart>> {
    let today = today();
    let since = today.saturating_sub(jiff::Span::new().months(6)).to_string();
    let sql = format!(
        "{COLUMNS} {THEIRS} AND a.day >= $3 ORDER BY a.day DESC, a.id DESC, m.sort_key LIMIT 300"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(committee)
        .bind(today.to_string())
        .bind(since)
        .fetch_all(connection)
        .await
}

/// How many of them nobody confirmed or doubted yet.
pub async fn count_open(connection: &mut Connection, committee: i64) -> Result<i64> {
    let open = |part: &TherePart| part.confirmed_at.is_none() && part.wrong.is_none();
    let count = recent(connection, committee).await?.iter().filter(|part| open(part)).count();
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// One part, if it is the committee's to speak of.
pub async fn part(
    connection: &mut Connection,
    committee: i64,
    id: i64,
) -> Result<Option<TherePart>> {
    let sql = format!("{COLUMNS} {THEIRS} AND p.id = $3");
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(committee)
        .bind(today().to_string())
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// Marks parts as confirmed that are still what was shown, and that nobody doubts; how many. Said
/// on the committee's own page, it is signed and stamped on the same day.
pub(super) async fn confirm(
    connection: &mut Connection,
    committee: i64,
    shown: &[Shown],
    by: &str,
) -> Result<u64> {
    let sql = format!(
        "UPDATE participations
         SET signed_on = $2, stamped_on = $2, confirmed_at = $4, confirmed_by = NULL,
             confirmed_there = $5
         WHERE confirmed_at IS NULL
           AND id IN (SELECT p.id {THEIRS}
                        AND d.id IS NULL
                        AND (p.id, p.times, p.minutes, p.day)
                            IN (SELECT value ->> 'id', value ->> 'times', value ->> 'minutes',
                                       value ->> 'day'
                                FROM json_each($3)))"
    );
    let changed = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(committee)
        .bind(today().to_string())
        .bind(json!(shown).to_string())
        .bind(now())
        .bind(by)
        .execute(connection)
        .await?;
    Ok(changed.rows_affected())
}

/// Takes back what was confirmed on the committee's page of an activity; how many parts.
pub(super) async fn take_back(
    connection: &mut Connection,
    committee: i64,
    activity: i64,
) -> Result<u64> {
    let sql = format!(
        "UPDATE participations
         SET signed_on = NULL, stamped_on = NULL, confirmed_at = NULL, confirmed_there = ''
         WHERE confirmed_there <> '' AND id IN (SELECT p.id {THEIRS} AND a.id = $3)"
    );
    let changed = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(committee)
        .bind(today().to_string())
        .bind(activity)
        .execute(connection)
        .await?;
    Ok(changed.rows_affected())
}

/// Keeps what is wrong about a part.
pub(super) async fn insert_doubt(
    connection: &mut Connection,
    part: i64,
    (what, words): (Wrong, &str),
    by: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO participation_doubts (participation_id, what, words, by_name, at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(part)
    .bind(what.name())
    .bind(words)
    .bind(by)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back what was said to be wrong about a part; what was written of it goes.
pub(super) async fn take_doubt_back(connection: &mut Connection, part: i64) -> Result<()> {
    sqlx::query(
        "UPDATE participation_doubts
         SET settled_at = $2, words = ''
         WHERE participation_id = $1 AND settled_at IS NULL",
    )
    .bind(part)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// What a committee says is wrong, for staff.
#[derive(Debug, Clone, FromRow)]
pub struct Doubt {
    /// `participation_doubts.id`.
    pub id: i64,
    /// `activities.id`.
    pub activity_id: i64,
    /// The activity's day.
    pub day: String,
    /// Its title.
    pub title: String,
    /// `members.id`.
    pub member_id: i64,
    /// The member's name.
    pub name: String,
    /// The committee's name.
    pub committee: String,
    /// [`Wrong::name`].
    pub what: String,
    /// In words.
    pub words: String,
    /// Who signed.
    pub by_name: String,
    /// When.
    pub at: String,
}

/// What waits to be settled of members in a scope, the oldest first.
pub(super) async fn doubts(connection: &mut Connection, scope: &Scope) -> Result<Vec<Doubt>> {
    sqlx::query_as(
        "SELECT d.id, a.id AS activity_id, a.day, a.title, m.id AS member_id, m.name,
                coalesce(c.name, '') AS committee, d.what, d.words, d.by_name, d.at
         FROM participation_doubts AS d
         JOIN participations AS p ON p.id = d.participation_id
         JOIN activities AS a ON a.id = p.activity_id
         JOIN members AS m ON m.id = p.member_id
         LEFT JOIN committees AS c ON c.id = a.committee_id
         WHERE d.settled_at IS NULL
           AND ($1 IS NULL OR m.branch_id IN (SELECT value FROM json_each($1)))
         ORDER BY d.id
         LIMIT 200",
    )
    .bind(scope.branches().map(|branches| json!(branches).to_string()))
    .fetch_all(connection)
    .await
}

/// How many wait to be settled of members in a scope.
pub async fn count_doubts(connection: &mut Connection, scope: &Scope) -> Result<i64> {
    Ok(i64::try_from(doubts(connection, scope).await?.len()).unwrap_or(i64::MAX))
}

/// Settles one; what was written of it goes.
pub(super) async fn settle(connection: &mut Connection, actor: Actor, id: i64) -> Result<()> {
    sqlx::query(
        "UPDATE participation_doubts
         SET settled_at = $2, settled_by = $3, words = ''
         WHERE id = $1 AND settled_at IS NULL",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(())
}
