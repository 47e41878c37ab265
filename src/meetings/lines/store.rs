//! Who told what at a meeting, and what to follow up.

use sqlx::{FromRow, Row as _};

use super::{LineDetails, Sort};
use crate::db::{Connection, Result, now};
use crate::meetings::Person;

type Row = <crate::db::Engine as sqlx::Database>::Row;

/// A line of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `meeting_lines.id`.
    pub id: i64,
    /// `meetings.id`.
    pub meeting: i64,
    /// The meeting's title.
    pub title: String,
    /// What it says.
    pub sort: Sort,
    /// Who told it, or sees to it.
    pub who: Option<Person>,
    /// What.
    pub words: String,
    /// By when, of a task.
    pub due: Option<String>,
    /// When it was done, of a task.
    pub done_at: Option<String>,
    /// Counts the changes.
    pub version: i64,
    /// When it was taken out.
    pub removed_at: Option<String>,
}

impl FromRow<'_, Row> for Line {
    fn from_row(row: &Row) -> Result<Self> {
        let who = match row.try_get("member_id")? {
            Some(id) => {
                Some(Person { id, name: row.try_get("name")?, branch: row.try_get("branch_id")? })
            }
            None => None,
        };
        let sort = Sort::from_name(row.try_get("sort")?);
        Ok(Self {
            id: row.try_get("id")?,
            meeting: row.try_get("meeting_id")?,
            title: row.try_get("title")?,
            sort: sort.ok_or_else(|| sqlx::Error::Decode("a sort of line".into()))?,
            who,
            words: row.try_get("words")?,
            due: row.try_get("due_on")?,
            done_at: row.try_get("done_at")?,
            version: row.try_get("version")?,
            removed_at: row.try_get("removed_at")?,
        })
    }
}

/// Lines; who was merged into another record is shown as that one.
macro_rules! lines {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.meeting_id, t.title, l.sort, m.id AS member_id, m.name, m.branch_id,
                    l.words, l.due_on, l.done_at, l.version, l.removed_at
             FROM meeting_lines AS l
             JOIN meetings AS t ON t.id = l.meeting_id
             LEFT JOIN members AS was ON was.id = l.member_id
             LEFT JOIN members AS m ON m.id = coalesce(was.merged_into, was.id) ",
            $rest
        )
    };
}

/// The lines of a meeting as they were entered, also those that were taken out.
pub async fn of_meeting(connection: &mut Connection, meeting: i64) -> Result<Vec<Line>> {
    sqlx::query_as(lines!("WHERE l.meeting_id = $1 ORDER BY l.sort, l.id"))
        .bind(meeting)
        .fetch_all(connection)
        .await
}

/// One line.
pub async fn line(connection: &mut Connection, id: i64) -> Result<Option<Line>> {
    sqlx::query_as(lines!("WHERE l.id = $1")).bind(id).fetch_optional(connection).await
}

/// What is still to be followed up after a task (by its last day and `id`), the earliest first.
pub(super) async fn open_tasks(
    connection: &mut Connection,
    after: (&str, i64),
    limit: i64,
) -> Result<Vec<Line>> {
    sqlx::query_as(lines!(
        "WHERE l.sort = 'task' AND l.done_at IS NULL AND l.removed_at IS NULL
           AND t.removed_at IS NULL
           AND (coalesce(l.due_on, '9999-12-31'), l.id) > ($1, $2)
         ORDER BY coalesce(l.due_on, '9999-12-31'), l.id
         LIMIT $3"
    ))
    .bind(after.0)
    .bind(after.1)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// Adds a line to a meeting; its `id`.
pub async fn insert(
    connection: &mut Connection,
    meeting: i64,
    sort: Sort,
    details: &LineDetails,
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO meeting_lines (meeting_id, sort, member_id, words, due_on)
         VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
    )
    .bind(meeting)
    .bind(sort.name())
    .bind(details.member)
    .bind(&details.words)
    .bind(&details.due)
    .fetch_one(connection)
    .await
}

/// Changes a line; its version goes up by one. A member who is the same as before stays as they
/// stand in the row, though their record be merged into another since.
pub(super) async fn update(
    connection: &mut Connection,
    line: &Line,
    details: &LineDetails,
) -> Result<()> {
    sqlx::query(
        "UPDATE meeting_lines
         SET member_id = CASE WHEN $2 THEN member_id ELSE $3 END, words = $4, due_on = $5,
             version = version + 1
         WHERE id = $1",
    )
    .bind(line.id)
    .bind(details.member == line.who.as_ref().map(|who| who.id))
    .bind(details.member)
    .bind(&details.words)
    .bind(&details.due)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a task is done, or is not; whether that is new.
pub async fn set_done(connection: &mut Connection, id: i64, done: bool) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE meeting_lines
         SET done_at = CASE WHEN $2 THEN $3 END, version = version + 1
         WHERE id = $1 AND sort = 'task' AND (done_at IS NULL) = $2",
    )
    .bind(id)
    .bind(done)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Takes a line out, or puts it back; whether that is new.
pub(super) async fn set_removed(
    connection: &mut Connection,
    id: i64,
    removed: bool,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE meeting_lines
         SET removed_at = CASE WHEN $2 THEN $3 END, version = version + 1
         WHERE id = $1 AND (removed_at IS NULL) = $2",
    )
    .bind(id)
    .bind(removed)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}
