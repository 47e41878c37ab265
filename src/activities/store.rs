//! Activities.

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, FromRow, Row as _};

use super::{Activity, ActivityDetails, Amount, Area, Manner};
use crate::audit::Actor;
use crate::committees::CommitteeLine;
use crate::db::{Connection, Result, now};
use crate::reports::counting::Counting;

type Row = <crate::db::Engine as sqlx::Database>::Row;

pub(crate) fn unknown(what: &'static str) -> sqlx::Error {
    sqlx::Error::Decode(what.into())
}

impl FromRow<'_, Row> for Activity {
    fn from_row(row: &Row) -> Result<Self> {
        let committee: Option<i64> = row.try_get("committee_id")?;
        let day: &str = row.try_get("day")?;
        Ok(Self {
            id: row.try_get("id")?,
            details: ActivityDetails {
                day: day.parse().map_err(|_| unknown("a day"))?,
                committee,
                title: row.try_get("title")?,
                what: row.try_get("what")?,
                area: Area::from_name(row.try_get("area")?).ok_or_else(|| unknown("an area"))?,
                manner: Manner::from_name(row.try_get("manner")?)
                    .ok_or_else(|| unknown("a manner"))?,
                amount: Amount { times: row.try_get("times")?, minutes: row.try_get("minutes")? },
            },
            committee: match committee {
                Some(id) => Some(CommitteeLine {
                    id,
                    code: row.try_get("code")?,
                    name: row.try_get("committee")?,
                    street: row.try_get("street")?,
                    district: row.try_get("district")?,
                }),
                None => None,
            },
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
            version: row.try_get("version")?,
            removed_at: row.try_get("removed_at")?,
        })
    }
}

/// The columns of an [`Activity`].
macro_rules! activities {
    ($rest:expr) => {
        concat!(
            "SELECT a.*, c.code, c.name AS committee, s.name AS street, d.name AS district
             FROM activities AS a
             LEFT JOIN committees AS c ON c.id = a.committee_id
             LEFT JOIN streets AS s ON s.code = c.street_code
             LEFT JOIN districts AS d ON d.code = s.district_code ",
            $rest
        )
    };
}

/// One activity, removed or not.
pub async fn activity(connection: &mut Connection, id: i64) -> Result<Option<Activity>> {
    sqlx::query_as(activities!("WHERE a.id = $1")).bind(id).fetch_optional(connection).await
}

/// Which activities a list shows.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Only those of this committee.
    pub committee: Option<i64>,
    /// Only those of this area.
    pub area: Option<Area>,
    /// Only those in this district (6 digits) or sub-district (9 digits); empty: anywhere.
    pub place: String,
    /// Only those in which a live member of this branch took part.
    pub branch: Option<i64>,
    /// Only those in which a live member with this skill took part.
    pub skill: Option<i64>,
    /// Not before this day.
    pub from: Option<String>,
    /// Not after this day.
    pub to: Option<String>,
}

/// An activity in a line of a list.
#[derive(Debug, Clone, FromRow)]
pub struct Line {
    /// `activities.id`.
    pub id: i64,
    /// The day.
    pub day: String,
    /// The title.
    pub title: String,
    /// [`Area::name`].
    pub area: String,
    /// [`Manner::name`].
    pub manner: String,
    /// The committee.
    pub committee_id: Option<i64>,
    /// Its name.
    pub committee: Option<String>,
    /// How many members took part.
    pub members: i64,
}

/// The activities before one (by day and `id`), the latest first. Each filter has its index, in
/// this order; another is looked at row by row.
pub async fn list(
    connection: &mut Connection,
    asked: &Asked,
    before: Option<(&str, i64)>,
    limit: i64,
) -> Result<Vec<Line>> {
    let only = match (asked.committee, asked.area) {
        (Some(_), Some(_)) => "a.committee_id = $1 AND +a.area = $2 AND",
        (Some(_), None) => "a.committee_id = $1 AND",
        (None, Some(_)) => "a.area = $2 AND",
        (None, None) => "",
    };
    let sql = format!(
        "SELECT a.id, a.day, a.title, a.area, a.manner, a.committee_id, c.name AS committee,
                (SELECT count(*)
                 FROM participations AS p
                 WHERE p.activity_id = a.id AND p.taken_out_at = '') AS members
         FROM activities AS a
         LEFT JOIN committees AS c ON c.id = a.committee_id
         WHERE {only} a.removed_at IS NULL
           AND a.day BETWEEN $3 AND $4
           AND (a.day, a.id) < ($5, $6)
           AND ($8 = '' OR substr(c.street_code, 1, length($8)) = $8)
           AND ($9 IS NULL
                OR EXISTS (SELECT 1
                           FROM participations AS p JOIN members AS m ON m.id = p.member_id
                           WHERE p.activity_id = a.id AND p.live = 1 AND m.branch_id = $9
                             AND m.removed_at IS NULL))
           AND ($10 IS NULL
                OR EXISTS (SELECT 1
                           FROM participations AS p
                           JOIN members AS m ON m.id = p.member_id
                           JOIN member_skills AS x ON x.member_id = m.id AND x.skill_id = $10
                           WHERE p.activity_id = a.id AND p.live = 1 AND m.removed_at IS NULL))
         ORDER BY a.day DESC, a.id DESC
         LIMIT $7"
    );
    let (day, id) = before.unwrap_or(("~", i64::MAX));
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(asked.committee)
        .bind(asked.area.map(Area::name))
        .bind(asked.from.as_deref().unwrap_or_default())
        .bind(asked.to.as_deref().unwrap_or("~"))
        .bind(day)
        .bind(id)
        .bind(limit)
        .bind(&asked.place)
        .bind(asked.branch)
        .bind(asked.skill)
        .fetch_all(connection)
        .await
}

/// Adds an activity; its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    details: &ActivityDetails,
    batch: Option<i64>,
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO activities (day, committee_id, title, what, area, manner, times, minutes,
                                 batch_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
         RETURNING id",
    )
    .bind(details.day.to_string())
    .bind(details.committee)
    .bind(&details.title)
    .bind(&details.what)
    .bind(details.area.name())
    .bind(details.manner.name())
    .bind(details.amount.times)
    .bind(details.amount.minutes)
    .bind(batch)
    .bind(now())
    .fetch_one(connection)
    .await
}

/// Changes an activity; its version goes up by one, and its participations follow in day and area.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    details: &ActivityDetails,
) -> Result<()> {
    sqlx::query(
        "UPDATE activities
         SET day = $2, committee_id = $3, title = $4, what = $5, area = $6, manner = $7,
             times = $8, minutes = $9, updated_at = $10, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(details.day.to_string())
    .bind(details.committee)
    .bind(&details.title)
    .bind(&details.what)
    .bind(details.area.name())
    .bind(details.manner.name())
    .bind(details.amount.times)
    .bind(details.amount.minutes)
    .bind(now())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE participations
         SET day = $2, area = $3
         WHERE activity_id = $1 AND (day, area) <> ($2, $3)",
    )
    .bind(id)
    .bind(details.day.to_string())
    .bind(details.area.name())
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts an activity into the bin, or takes it out again; its participations are counted no more,
/// or again.
pub(super) async fn set_removed(
    connection: &mut Connection,
    id: i64,
    removed_by: Option<Actor>,
) -> Result<()> {
    sqlx::query(
        "UPDATE activities
         SET removed_at = $2, removed_by = $3, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(removed_by.map(|_| now()))
    .bind(removed_by.and_then(Actor::account_id))
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE participations
         SET live = $2
         WHERE activity_id = $1 AND taken_out_at = ''",
    )
    .bind(id)
    .bind(removed_by.is_none())
    .execute(connection)
    .await?;
    Ok(())
}

/// An activity in the bin.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Removed {
    pub id: i64,
    pub day: String,
    pub title: String,
    pub committee: Option<String>,
    pub removed_at: String,
    pub removed_by: Option<String>,
}

/// The activities that were removed since then, the latest first.
pub(super) async fn bin(connection: &mut Connection, since: &str) -> Result<Vec<Removed>> {
    sqlx::query_as(
        "SELECT a.id, a.day, a.title, c.name AS committee, a.removed_at,
                u.display_name AS removed_by
         FROM activities AS a
         LEFT JOIN committees AS c ON c.id = a.committee_id
         LEFT JOIN accounts AS u ON u.id = a.removed_by
         WHERE a.removed_at >= $1
         ORDER BY a.removed_at DESC
         LIMIT 1000",
    )
    .bind(since)
    .fetch_all(connection)
    .await
}

/// Erases activities that were removed before a point in time, and parts in activities that were
/// taken out before it, at most `most` of each; how many.
pub async fn empty_bin(connection: &mut Connection, before: &str, most: i64) -> Result<u64> {
    let mut erased = 0;
    for sql in [
        "DELETE FROM activities
         WHERE id IN (SELECT id FROM activities WHERE removed_at < $1 ORDER BY removed_at LIMIT $2)",
        "DELETE FROM participations
         WHERE id IN (SELECT id FROM participations
                      WHERE taken_out_at < $1 AND taken_out_at <> ''
                      ORDER BY taken_out_at
                      LIMIT $2)",
    ] {
        let done = sqlx::query(sql).bind(before).bind(most).execute(&mut *connection).await?;
        erased += done.rows_affected();
    }
    Ok(erased)
}

/// Gives one committee's activities to another.
pub async fn move_to_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    let members: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT p.member_id
         FROM activities AS a
         CROSS JOIN participations AS p ON p.activity_id = a.id
         WHERE a.committee_id = $1 AND a.removed_at IS NULL",
    )
    .bind(id)
    .fetch_all(&mut *connection)
    .await?;
    let mut counting = Counting::pause(connection).await?;
    counting.take_out(connection, &members).await?;
    // Each by its own index.
    for sql in [
        "UPDATE activities
         SET committee_id = $2, version = version + 1
         WHERE committee_id = $1 AND removed_at IS NULL",
        "UPDATE activities
         SET committee_id = $2, version = version + 1
         WHERE committee_id = $1 AND removed_at IS NOT NULL",
    ] {
        sqlx::query(sql).bind(id).bind(into).execute(&mut *connection).await?;
    }
    counting.resume(connection).await
}

/// Puts a sign in the place of a person's name in titles and in what was done, on cards too.
pub async fn forget_names(connection: &mut Connection, names: &[String]) -> Result<()> {
    for name in names {
        for sql in [
            "UPDATE activities
             SET title = replace(title, $1, '…'), what = replace(what, $1, '…')
             WHERE instr(title, $1) > 0 OR instr(what, $1) > 0",
            "UPDATE own_parts
             SET title = replace(title, $1, '…')
             WHERE instr(title, $1) > 0",
            "UPDATE record_card_lines
             SET title = replace(title, $1, '…')
             WHERE instr(title, $1) > 0",
        ] {
            sqlx::query(sql).bind(name).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

/// Live members by number of their record, at most `most` (all with -1), each with the committee of
/// their home, or else their host.
pub async fn members_with_committees(
    connection: &mut Connection,
    most: i64,
) -> Result<Vec<(i64, i64)>> {
    sqlx::query_as(
        "SELECT id, coalesce(committee_id, host_committee_id)
         FROM (SELECT id, committee_id, host_committee_id
               FROM members
               WHERE removed_at IS NULL
               ORDER BY id
               LIMIT $1)
         WHERE coalesce(committee_id, host_committee_id) IS NOT NULL",
    )
    .bind(most)
    .fetch_all(connection)
    .await
}

/// Adds activities (rows of `id`, day, committee, title, area, manner, times, minutes) and parts in
/// them (rows of activity, member, times, minutes, day, area).
pub async fn insert_many(
    connection: &mut Connection,
    counting: &mut Counting,
    activities: &[Value],
    parts: &[Value],
    batch: Option<i64>,
) -> Result<()> {
    let members: Vec<i64> =
        parts.iter().filter_map(|part| part.get(1).and_then(Value::as_i64)).collect();
    counting.take_out(connection, &members).await?;
    sqlx::query(
        "INSERT INTO activities (id, day, committee_id, title, area, manner, times, minutes,
                                 created_at, updated_at, batch_id)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
                value ->> 6, value ->> 7, $2, $2, $3
         FROM jsonb_each(jsonb($1))",
    )
    .bind(json!(activities).to_string())
    .bind(now())
    .bind(batch)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO participations (activity_id, member_id, times, minutes, day, area)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
         FROM jsonb_each(jsonb($1))",
    )
    .bind(json!(parts).to_string())
    .execute(connection)
    .await?;
    Ok(())
}
