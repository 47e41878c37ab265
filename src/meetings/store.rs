//! Meetings.

use sqlx::{AssertSqlSafe, FromRow, Row as _};

use super::{Kind, Meeting, MeetingDetails, Person};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

type Row = <crate::db::Engine as sqlx::Database>::Row;

fn unknown(what: &'static str) -> sqlx::Error {
    sqlx::Error::Decode(what.into())
}

impl FromRow<'_, Row> for Meeting {
    fn from_row(row: &Row) -> Result<Self> {
        let day: &str = row.try_get("day")?;
        let chair = match row.try_get("chair_member")? {
            Some(id) => Some(Person {
                id,
                name: row.try_get("chair_name")?,
                branch: row.try_get("chair_branch")?,
            }),
            None => None,
        };
        Ok(Self {
            id: row.try_get("id")?,
            details: MeetingDetails {
                day: day.parse().map_err(|_| unknown("a day"))?,
                begins: row.try_get("begins")?,
                place: row.try_get("place")?,
                kind: Kind::from_name(row.try_get("kind")?).ok_or_else(|| unknown("a kind"))?,
                title: row.try_get("title")?,
                agenda: row.try_get("agenda")?,
                chair: chair.as_ref().map(|chair| chair.id),
                minutes: row.try_get("minutes")?,
            },
            chair,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
            version: row.try_get("version")?,
            removed_at: row.try_get("removed_at")?,
        })
    }
}

/// One meeting, removed or not. Who was merged into another record is shown as that one.
pub async fn meeting(connection: &mut Connection, id: i64) -> Result<Option<Meeting>> {
    sqlx::query_as(
        "SELECT t.*, m.id AS chair_member, m.name AS chair_name, m.branch_id AS chair_branch
         FROM meetings AS t
         LEFT JOIN members AS was ON was.id = t.chair_id
         LEFT JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
         WHERE t.id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// The latest meeting, of whichever kind.
pub(super) async fn latest(connection: &mut Connection) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "SELECT id FROM meetings WHERE removed_at IS NULL ORDER BY day DESC, id DESC LIMIT 1",
    )
    .fetch_optional(connection)
    .await
}

/// Which meetings a list shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// Only those of this kind.
    pub kind: Option<Kind>,
    /// Only those at which this member was (`members.id`).
    pub member: Option<i64>,
    /// Not before this day.
    pub from: Option<String>,
    /// Not after this day.
    pub to: Option<String>,
}

/// A meeting in a line of a list.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Line {
    pub id: i64,
    pub day: String,
    pub begins: String,
    pub title: String,
    /// [`Kind::name`].
    pub kind: String,
    pub place: String,
    /// How many members were there.
    pub present: i64,
    /// How many are expected and not marked yet.
    pub expected: i64,
    /// How many matters are still to be followed up.
    pub tasks: i64,
}

/// The meetings before one (by day and `id`), the latest first. Kind and member have an index each.
pub(super) async fn list(
    connection: &mut Connection,
    asked: &Asked,
    before: Option<(&str, i64)>,
    limit: i64,
) -> Result<Vec<Line>> {
    let kind = if asked.kind.is_some() { "t.kind = $1 AND" } else { "" };
    let member = if asked.member.is_some() {
        "t.id IN (SELECT meeting_id
                  FROM attendances
                  WHERE member_id = $2 AND taken_out_at = '' AND state = 'present') AND"
    } else {
        ""
    };
    let sql = format!(
        "SELECT t.id, t.day, t.begins, t.title, t.kind, t.place,
                (SELECT count(*) FROM attendances AS a
                 WHERE a.meeting_id = t.id AND a.taken_out_at = '' AND a.state = 'present')
                    AS present,
                (SELECT count(*) FROM attendances AS a
                 WHERE a.meeting_id = t.id AND a.taken_out_at = '' AND a.state = 'expected')
                    AS expected,
                (SELECT count(*) FROM meeting_lines AS l
                 WHERE l.meeting_id = t.id AND l.sort = 'task' AND l.done_at IS NULL
                   AND l.removed_at IS NULL) AS tasks
         FROM meetings AS t
         WHERE {kind} {member} t.removed_at IS NULL
           AND t.day BETWEEN $3 AND $4
           AND (t.day, t.id) < ($5, $6)
         ORDER BY t.day DESC, t.id DESC
         LIMIT $7"
    );
    let (day, id) = before.unwrap_or(("~", i64::MAX));
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(asked.kind.map(Kind::name))
        .bind(asked.member)
        .bind(asked.from.as_deref().unwrap_or_default())
        .bind(asked.to.as_deref().unwrap_or("~"))
        .bind(day)
        .bind(id)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// Adds a meeting; its `id`.
pub async fn insert(connection: &mut Connection, details: &MeetingDetails) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO meetings (day, begins, place, kind, title, agenda, chair_id, minutes,
                               created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         RETURNING id",
    )
    .bind(details.day.to_string())
    .bind(&details.begins)
    .bind(&details.place)
    .bind(details.kind.name())
    .bind(&details.title)
    .bind(&details.agenda)
    .bind(details.chair)
    .bind(&details.minutes)
    .bind(now())
    .fetch_one(connection)
    .await
}

/// Changes a meeting; its version goes up by one. A chair who is the same as before stays as they
/// stand in the row, though their record be merged into another since.
pub(super) async fn update(
    connection: &mut Connection,
    meeting: &Meeting,
    details: &MeetingDetails,
) -> Result<()> {
    sqlx::query(
        "UPDATE meetings
         SET day = $2, begins = $3, place = $4, kind = $5, title = $6, agenda = $7,
             chair_id = CASE WHEN $8 THEN chair_id ELSE $9 END, minutes = $10, updated_at = $11,
             version = version + 1
         WHERE id = $1",
    )
    .bind(meeting.id)
    .bind(details.day.to_string())
    .bind(&details.begins)
    .bind(&details.place)
    .bind(details.kind.name())
    .bind(&details.title)
    .bind(&details.agenda)
    .bind(details.chair == meeting.details.chair)
    .bind(details.chair)
    .bind(&details.minutes)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a meeting into the bin, or takes it out again.
pub(super) async fn set_removed(
    connection: &mut Connection,
    id: i64,
    removed_by: Option<Actor>,
) -> Result<()> {
    sqlx::query(
        "UPDATE meetings
         SET removed_at = $2, removed_by = $3, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(removed_by.map(|_| now()))
    .bind(removed_by.and_then(Actor::account_id))
    .execute(connection)
    .await?;
    Ok(())
}

/// A meeting in the bin.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Removed {
    pub id: i64,
    pub day: String,
    pub title: String,
    pub removed_at: String,
    pub removed_by: Option<String>,
}

/// The meetings that were removed since then, the latest first.
pub(super) async fn bin(connection: &mut Connection, since: &str) -> Result<Vec<Removed>> {
    sqlx::query_as(
        "SELECT t.id, t.day, t.title, t.removed_at, u.display_name AS removed_by
         FROM meetings AS t
         LEFT JOIN accounts AS u ON u.id = t.removed_by
         WHERE t.removed_at >= $1
         ORDER BY t.removed_at DESC
         LIMIT 1000",
    )
    .bind(since)
    .fetch_all(connection)
    .await
}
