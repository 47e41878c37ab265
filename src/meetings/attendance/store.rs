//! Who was at a meeting.

use sqlx::FromRow;

use super::State;
use crate::db::{Connection, Result, now};

/// A member at a meeting.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Row {
    /// `attendances.id`.
    pub id: i64,
    /// `members.id`.
    pub member_id: i64,
    /// The member's name.
    pub name: String,
    /// The employee number.
    pub number: Option<String>,
    /// The branch (`branches.id`).
    pub branch_id: Option<i64>,
    /// Its name.
    pub branch: Option<String>,
    /// [`State::name`].
    pub state: String,
    /// Why they asked for leave.
    pub reason: String,
    /// When they were taken out again; empty: they were not.
    pub taken_out_at: String,
}

impl Row {
    /// Whether they were there.
    pub fn state(&self) -> State {
        State::from_name(&self.state).unwrap_or(State::Expected)
    }
}

/// Everyone at a meeting, also who was taken out; the latest entered first.
pub async fn rows(connection: &mut Connection, meeting: i64) -> Result<Vec<Row>> {
    sqlx::query_as(
        "SELECT a.id, a.member_id, m.name, m.number, m.branch_id, b.name AS branch, a.state,
                a.reason, a.taken_out_at
         FROM attendances AS a
         JOIN members AS m ON m.id = a.member_id
         LEFT JOIN branches AS b ON b.id = m.branch_id
         WHERE a.meeting_id = $1 AND m.merged_into IS NULL
         ORDER BY a.id DESC",
    )
    .bind(meeting)
    .fetch_all(connection)
    .await
}

/// Puts a member on the list; whether they were not on it yet.
pub async fn insert(
    connection: &mut Connection,
    meeting: i64,
    member: i64,
    state: State,
) -> Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO attendances (meeting_id, member_id, state)
         VALUES ($1, $2, $3)
         ON CONFLICT (meeting_id, member_id, taken_out_at) DO NOTHING",
    )
    .bind(meeting)
    .bind(member)
    .bind(state.name())
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Notes that a member who is expected has come; whether they were expected.
pub(super) async fn arrive(connection: &mut Connection, meeting: i64, member: i64) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE attendances
         SET state = 'present'
         WHERE meeting_id = $1 AND member_id = $2 AND taken_out_at = '' AND state = 'expected'",
    )
    .bind(meeting)
    .bind(member)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Changes whether a member was there, if it is still what it was; whether it was.
pub(super) async fn change(
    connection: &mut Connection,
    id: i64,
    (was, because): (State, &str),
    (state, reason): (State, &str),
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE attendances
         SET state = $4, reason = $5
         WHERE id = $1 AND (state, reason) = ($2, $3)",
    )
    .bind(id)
    .bind(was.name())
    .bind(because)
    .bind(state.name())
    .bind(reason)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Takes a member off the list; whether they were on it.
pub(super) async fn take_out(connection: &mut Connection, id: i64) -> Result<bool> {
    let changed =
        sqlx::query("UPDATE attendances SET taken_out_at = $2 WHERE id = $1 AND taken_out_at = ''")
            .bind(id)
            .bind(now())
            .execute(connection)
            .await?;
    Ok(changed.rows_affected() == 1)
}

/// Puts a member back who was taken off the list; whether they are on it now.
pub(super) async fn put_back(connection: &mut Connection, id: i64) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE OR IGNORE attendances SET taken_out_at = '' WHERE id = $1 AND taken_out_at <> ''",
    )
    .bind(id)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Gives a member who is merged into another their meetings; where both were at the same one, the
/// other's row stays, and this one is set aside.
pub async fn move_to_member(connection: &mut Connection, gone: i64, kept: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO moved_attendances (gone_id, attendance_id, set_aside)
         SELECT a.member_id, a.id,
                EXISTS (SELECT 1 FROM attendances AS k
                        WHERE k.meeting_id = a.meeting_id AND k.member_id = $2
                          AND k.taken_out_at = '')
         FROM attendances AS a
         WHERE a.member_id = $1 AND a.taken_out_at = ''",
    )
    .bind(gone)
    .bind(kept)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE attendances
         SET taken_out_at = $2
         WHERE id IN (SELECT attendance_id FROM moved_attendances
                      WHERE gone_id = $1 AND set_aside = 1)",
    )
    .bind(gone)
    .bind(now())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE attendances
         SET member_id = $2
         WHERE id IN (SELECT attendance_id FROM moved_attendances
                      WHERE gone_id = $1 AND set_aside = 0)",
    )
    .bind(gone)
    .bind(kept)
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a member whose merge is taken back the meetings that it had moved.
pub async fn move_back(connection: &mut Connection, gone: i64) -> Result<()> {
    for sql in [
        "UPDATE OR IGNORE attendances
         SET member_id = $1
         WHERE id IN (SELECT attendance_id FROM moved_attendances
                      WHERE gone_id = $1 AND set_aside = 0)",
        "UPDATE OR IGNORE attendances
         SET taken_out_at = ''
         WHERE id IN (SELECT attendance_id FROM moved_attendances
                      WHERE gone_id = $1 AND set_aside = 1)",
        "DELETE FROM moved_attendances WHERE gone_id = $1",
    ] {
        sqlx::query(sql).bind(gone).execute(&mut *connection).await?;
    }
    Ok(())
}
