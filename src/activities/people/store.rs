//! Who took part in an activity.

use sqlx::FromRow;

use crate::activities::{Activity, Amount};
use crate::db::{Connection, Result, now};

/// A member's part in an activity.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Part {
    /// `participations.id`.
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
    /// The home address.
    pub address: String,
    /// How often.
    pub times: i64,
    /// How long, in minutes.
    pub minutes: i64,
    /// When it was noted that the committee confirmed it.
    pub confirmed_at: Option<String>,
    /// When it was taken out again; empty: it was not.
    pub taken_out_at: String,
}

impl Part {
    /// How much.
    pub fn amount(&self) -> Amount {
        Amount { times: self.times, minutes: self.minutes }
    }
}

/// Everyone's part in an activity, also what was taken out; the latest entered first.
pub async fn parts(connection: &mut Connection, activity: i64) -> Result<Vec<Part>> {
    sqlx::query_as(
        "SELECT p.id, p.member_id, m.name, m.number, m.branch_id, b.name AS branch, m.address,
                p.times, p.minutes, p.confirmed_at, p.taken_out_at
         FROM participations AS p
         JOIN members AS m ON m.id = p.member_id
         LEFT JOIN branches AS b ON b.id = m.branch_id
         WHERE p.activity_id = $1 AND m.merged_into IS NULL
         ORDER BY p.id DESC",
    )
    .bind(activity)
    .fetch_all(connection)
    .await
}

/// Lets a member take part; whether they did not yet.
pub(in crate::activities) async fn insert(
    connection: &mut Connection,
    activity: &Activity,
    member: i64,
    amount: Amount,
) -> Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO participations (activity_id, member_id, times, minutes, day, area, live)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (activity_id, member_id, taken_out_at) DO NOTHING",
    )
    .bind(activity.id)
    .bind(member)
    .bind(amount.times)
    .bind(amount.minutes)
    .bind(activity.details.day.to_string())
    .bind(activity.details.area.name())
    .bind(activity.removed_at.is_none())
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Changes how much a part was, if it is still what it was and not confirmed; whether it was.
pub(super) async fn change(
    connection: &mut Connection,
    id: i64,
    was: Amount,
    amount: Amount,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE participations
         SET times = $4, minutes = $5
         WHERE id = $1 AND (times, minutes) = ($2, $3) AND confirmed_at IS NULL",
    )
    .bind(id)
    .bind(was.times)
    .bind(was.minutes)
    .bind(amount.times)
    .bind(amount.minutes)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Takes a part out that is not confirmed; whether it was there.
pub(super) async fn take_out(connection: &mut Connection, id: i64) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE participations
         SET live = 0, taken_out_at = $2
         WHERE id = $1 AND taken_out_at = '' AND confirmed_at IS NULL",
    )
    .bind(id)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Puts a part back that was taken out of an activity that is not removed; whether it is now.
pub(super) async fn put_back(connection: &mut Connection, id: i64) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE OR IGNORE participations
         SET live = 1, taken_out_at = ''
         WHERE id = $1 AND taken_out_at <> ''",
    )
    .bind(id)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Gives a member who is merged into another their parts; where both took part in the same
/// activity, the other's stays, and this one is set aside.
pub async fn move_to_member(connection: &mut Connection, gone: i64, kept: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO moved_participations (gone_id, participation_id, set_aside)
         SELECT p.member_id, p.id,
                EXISTS (SELECT 1 FROM participations AS k
                        WHERE k.activity_id = p.activity_id AND k.member_id = $2
                          AND k.taken_out_at = '')
         FROM participations AS p
         WHERE p.member_id = $1 AND p.taken_out_at = ''",
    )
    .bind(gone)
    .bind(kept)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE participations
         SET live = 0, taken_out_at = $2
         WHERE id IN (SELECT participation_id FROM moved_participations
                      WHERE gone_id = $1 AND set_aside = 1)",
    )
    .bind(gone)
    .bind(now())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE participations
         SET member_id = $2
         WHERE id IN (SELECT participation_id FROM moved_participations
                      WHERE gone_id = $1 AND set_aside = 0)",
    )
    .bind(gone)
    .bind(kept)
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a member whose merge is taken back the parts that it had moved.
pub async fn move_back(connection: &mut Connection, gone: i64) -> Result<()> {
    for sql in [
        "UPDATE participations
         SET member_id = $1
         WHERE id IN (SELECT participation_id FROM moved_participations
                      WHERE gone_id = $1 AND set_aside = 0)",
        "UPDATE OR IGNORE participations
         SET taken_out_at = '',
             live = (SELECT removed_at IS NULL FROM activities WHERE id = activity_id)
         WHERE id IN (SELECT participation_id FROM moved_participations
                      WHERE gone_id = $1 AND set_aside = 1)",
        "DELETE FROM moved_participations WHERE gone_id = $1",
    ] {
        sqlx::query(sql).bind(gone).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Whether a member takes part in anything.
pub async fn any_of(connection: &mut Connection, member: i64) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM participations WHERE member_id = $1)")
        .bind(member)
        .fetch_one(connection)
        .await
}

/// A member's part, as a file tells it.
#[derive(Debug, Clone, FromRow)]
pub struct FileRow {
    /// The employee number.
    pub number: Option<String>,
    /// The name.
    pub name: String,
    /// The branch (`branches.id`).
    pub branch_id: Option<i64>,
    /// The day.
    pub day: String,
    /// What the activity was called.
    pub title: String,
    /// [`Area::name`](crate::activities::Area::name).
    pub area: String,
    /// [`Manner::name`](crate::activities::Manner::name).
    pub manner: String,
    /// How often.
    pub times: i64,
    /// How long, in minutes.
    pub minutes: i64,
    /// The committee's code.
    pub code: Option<String>,
    /// The committee's name.
    pub committee: Option<String>,
}

/// Everyone's parts in these activities, in their order.
pub(in crate::activities) async fn file_rows(
    connection: &mut Connection,
    activities: &[i64],
) -> Result<Vec<FileRow>> {
    sqlx::query_as(
        "SELECT m.number, m.name, m.branch_id, a.day, a.title, a.area, a.manner, p.times, p.minutes,
                c.code, c.name AS committee
         FROM json_each($1) AS w
         CROSS JOIN activities AS a ON a.id = w.value
         CROSS JOIN participations AS p ON p.activity_id = a.id
         JOIN members AS m ON m.id = p.member_id
         LEFT JOIN committees AS c ON c.id = a.committee_id
         WHERE p.live = 1
         ORDER BY w.key, p.id",
    )
    .bind(serde_json::json!(activities).to_string())
    .fetch_all(connection)
    .await
}
