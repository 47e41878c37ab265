//! What members say that they took part in, until someone settled it.

use jiff::civil::Date;
use serde_json::json;
use sqlx::{FromRow, Row as _};

use super::OwnPartDetails;
use crate::activities::Area;
use crate::activities::store::unknown;
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::web::Scope;

type Row = <crate::db::Engine as sqlx::Database>::Row;

/// What a member says that they took part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPart {
    /// `own_parts.id`.
    pub id: i64,
    /// `members.id`; of a record that was merged away, the one that stayed.
    pub member_id: i64,
    /// The member's name.
    pub name: String,
    /// The branch (`branches.id`).
    pub branch_id: Option<i64>,
    /// Where (`committees.id`).
    pub committee_id: Option<i64>,
    /// The committee's name.
    pub committee: Option<String>,
    /// The day.
    pub day: Date,
    /// What it was.
    pub title: String,
    /// Which of the four areas.
    pub area: Area,
    /// How long, in minutes; 0: not noted.
    pub minutes: i64,
    /// When it was entered.
    pub at: String,
    /// The name of a [`Reason`](super::Reason), once it was declined.
    pub declined: Option<String>,
}

impl FromRow<'_, Row> for OwnPart {
    fn from_row(row: &Row) -> Result<Self> {
        let (day, area): (&str, &str) = (row.try_get("day")?, row.try_get("area")?);
        Ok(Self {
            id: row.try_get("id")?,
            member_id: row.try_get("member_id")?,
            name: row.try_get("name")?,
            branch_id: row.try_get("branch_id")?,
            committee_id: row.try_get("committee_id")?,
            committee: row.try_get("committee")?,
            day: day.parse().map_err(|_| unknown("a day"))?,
            title: row.try_get("title")?,
            area: Area::from_name(area).ok_or_else(|| unknown("an area"))?,
            minutes: row.try_get("minutes")?,
            at: row.try_get("at")?,
            declined: row.try_get("declined")?,
        })
    }
}

macro_rules! own_parts {
    ($rest:literal) => {
        concat!(
            "SELECT o.id, m.id AS member_id, m.name, m.branch_id, o.committee_id,
                    c.name AS committee, o.day, o.title, o.area, o.minutes, o.at,
                    iif(o.outcome = 'declined', o.reason, NULL) AS declined
             FROM own_parts AS o
             JOIN members AS was ON was.id = o.member_id
             JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
             LEFT JOIN committees AS c ON c.id = o.committee_id
             WHERE m.removed_at IS NULL ",
            $rest
        )
    };
}

/// What waits of members in a scope, the oldest first.
pub(super) async fn waiting(connection: &mut Connection, scope: &Scope) -> Result<Vec<OwnPart>> {
    sqlx::query_as(own_parts!(
        "AND o.settled_at IS NULL
         AND ($1 IS NULL OR m.branch_id IN (SELECT value FROM json_each($1)))
         ORDER BY o.id
         LIMIT 200"
    ))
    .bind(scope.branches().map(|branches| json!(branches).to_string()))
    .fetch_all(connection)
    .await
}

/// How many wait of members in a scope.
pub async fn count_waiting(connection: &mut Connection, scope: &Scope) -> Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*)
         FROM own_parts AS o
         JOIN members AS was ON was.id = o.member_id
         JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
         WHERE o.settled_at IS NULL AND m.removed_at IS NULL
           AND ($1 IS NULL OR m.branch_id IN (SELECT value FROM json_each($1)))",
    )
    .bind(scope.branches().map(|branches| json!(branches).to_string()))
    .fetch_one(connection)
    .await
}

/// One of them, while it waits.
pub async fn one_waiting(connection: &mut Connection, id: i64) -> Result<Option<OwnPart>> {
    sqlx::query_as(own_parts!("AND o.settled_at IS NULL AND o.id = $1"))
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// What waits and a committee may speak of: of its own members who stand to be known, in its area.
pub async fn waiting_there(connection: &mut Connection, committee: i64) -> Result<Vec<OwnPart>> {
    sqlx::query_as(own_parts!(
        "AND o.settled_at IS NULL AND o.committee_id = $1 AND m.agreed = 1
         AND $1 IN (m.committee_id, m.host_committee_id)
         ORDER BY o.day DESC, o.id DESC
         LIMIT 100"
    ))
    .bind(committee)
    .fetch_all(connection)
    .await
}

/// What waits of a member, or was declined; the latest first.
pub async fn of_member(connection: &mut Connection, member: i64) -> Result<Vec<OwnPart>> {
    sqlx::query_as(own_parts!(
        "AND o.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
         AND (o.outcome IS NULL OR o.outcome = 'declined')
         ORDER BY o.id DESC
         LIMIT 40"
    ))
    .bind(member)
    .fetch_all(connection)
    .await
}

/// How many of a member's entries wait.
pub(super) async fn count_waiting_of(connection: &mut Connection, member: i64) -> Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM own_parts WHERE member_id = $1 AND settled_at IS NULL")
        .bind(member)
        .fetch_one(connection)
        .await
}

/// Keeps an entry; whether the same did not wait yet.
pub(super) async fn insert(
    connection: &mut Connection,
    member: i64,
    committee: Option<i64>,
    details: &OwnPartDetails,
) -> Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO own_parts (member_id, committee_id, day, title, area, minutes, at)
         SELECT $1, $2, $3, $4, $5, $6, $7
         WHERE NOT EXISTS (SELECT 1 FROM own_parts
                           WHERE member_id = $1 AND settled_at IS NULL
                             AND (day, title, area, minutes) = ($3, $4, $5, $6))",
    )
    .bind(member)
    .bind(committee)
    .bind(details.day.to_string())
    .bind(&details.title)
    .bind(details.area.name())
    .bind(details.minutes)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Settles an entry that waits; whether it did.
pub(super) async fn settle(
    connection: &mut Connection,
    actor: Actor,
    id: i64,
    outcome: &'static str,
    reason: &'static str,
) -> Result<bool> {
    let settled = sqlx::query(
        "UPDATE own_parts
         SET outcome = $2, reason = $3, settled_at = $4, settled_by = $5
         WHERE id = $1 AND settled_at IS NULL",
    )
    .bind(id)
    .bind(outcome)
    .bind(reason)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(settled.rows_affected() == 1)
}

/// The activity of that day, place, title and area.
pub(super) async fn same_activity(
    connection: &mut Connection,
    committee: Option<i64>,
    details: &OwnPartDetails,
) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "SELECT id
         FROM activities
         WHERE removed_at IS NULL AND day = $1 AND committee_id IS $2 AND (title, area) = ($3, $4)
         ORDER BY id
         LIMIT 1",
    )
    .bind(details.day.to_string())
    .bind(committee)
    .bind(&details.title)
    .bind(details.area.name())
    .fetch_optional(connection)
    .await
}

/// The activities in which the member takes part on that day: it may be on record already.
pub(super) async fn that_day(
    connection: &mut Connection,
    part: &OwnPart,
) -> Result<Vec<(i64, String)>> {
    sqlx::query_as(
        "SELECT a.id, a.title
         FROM participations AS p
         JOIN activities AS a ON a.id = p.activity_id
         WHERE p.member_id = $1 AND p.live = 1 AND p.day = $2
         ORDER BY a.id
         LIMIT 10",
    )
    .bind(part.member_id)
    .bind(part.day.to_string())
    .fetch_all(connection)
    .await
}

/// Gives what waits in one committee's area to another's.
pub async fn move_to_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    sqlx::query("UPDATE own_parts SET committee_id = $2 WHERE committee_id = $1")
        .bind(id)
        .bind(into)
        .execute(connection)
        .await?;
    Ok(())
}

/// Before merged records are erased for good: what they entered was entered by the record that
/// stays.
pub async fn hand_on(connection: &mut Connection, members: &[i64]) -> Result<()> {
    sqlx::query(
        "UPDATE own_parts
         SET member_id = (SELECT merged_into FROM members WHERE id = member_id)
         WHERE member_id IN (SELECT id FROM members
                             WHERE merged_into IS NOT NULL
                               AND id IN (SELECT value FROM json_each($1)))",
    )
    .bind(json!(members).to_string())
    .execute(connection)
    .await?;
    Ok(())
}
