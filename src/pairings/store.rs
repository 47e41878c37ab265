//! Pairings, their members and their visits.

use serde_json::json;
use sqlx::{FromRow, Row as _};

use super::{EndReason, Help, Pairing, PairingDetails, Rhythm};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::needs::Place;
use crate::web::Scope;

type Row = <crate::db::Engine as sqlx::Database>::Row;

fn known<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(|| sqlx::Error::Decode("a word that this Linli does not know".into()))
}

impl FromRow<'_, Row> for Pairing {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            need: row.try_get("need_id")?,
            details: PairingDetails {
                begins: row.try_get("begins")?,
                until: row.try_get("until")?,
                rhythm: known(Rhythm::from_name(row.try_get("rhythm")?))?,
                help: known(Help::from_name(row.try_get("help")?))?,
                amount: row.try_get("amount")?,
                place: known(Place::from_name(row.try_get("place")?))?,
                place_words: row.try_get("place_words")?,
            },
            next_visit: row.try_get("next_visit")?,
            ended_at: row.try_get("ended_at")?,
            end_reason: row.try_get("end_reason")?,
            achieved: row.try_get("achieved")?,
            version: row.try_get("version")?,
        })
    }
}

/// One pairing.
pub async fn pairing(connection: &mut Connection, id: i64) -> Result<Option<Pairing>> {
    sqlx::query_as("SELECT * FROM pairings WHERE id = $1").bind(id).fetch_optional(connection).await
}

/// The pairing that serves a need now, or the last that did.
pub async fn latest_of(connection: &mut Connection, need: i64) -> Result<Option<Pairing>> {
    sqlx::query_as(
        "SELECT *
         FROM pairings
         WHERE need_id = $1
         ORDER BY ended_at IS NOT NULL, id DESC
         LIMIT 1",
    )
    .bind(need)
    .fetch_optional(connection)
    .await
}

/// A member of a pairing.
#[derive(Debug, Clone, FromRow)]
pub struct Paired {
    /// `members.id`; of a record that was merged away, the one that stayed.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The branch, for the viewer's scope.
    pub branch_id: Option<i64>,
}

/// A pairing's members.
pub async fn members(connection: &mut Connection, pairing: i64) -> Result<Vec<Paired>> {
    sqlx::query_as(
        "SELECT DISTINCT m.id, m.name, m.branch_id
         FROM pairing_members AS x
         JOIN members AS was ON was.id = x.member_id
         JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
         WHERE x.pairing_id = $1
         ORDER BY m.sort_key",
    )
    .bind(pairing)
    .fetch_all(connection)
    .await
}

/// Adds a pairing; its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    need: i64,
    details: &PairingDetails,
    next_visit: Option<&str>,
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO pairings (need_id, begins, until, rhythm, help, amount, place, place_words,
                               next_visit, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
         RETURNING id",
    )
    .bind(need)
    .bind(&details.begins)
    .bind(&details.until)
    .bind(details.rhythm.name())
    .bind(details.help.name())
    .bind(details.amount)
    .bind(details.place.name())
    .bind(&details.place_words)
    .bind(next_visit)
    .bind(now())
    .fetch_one(connection)
    .await
}

/// Changes what was agreed on.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    details: &PairingDetails,
    next_visit: Option<&str>,
) -> Result<()> {
    sqlx::query(
        "UPDATE pairings
         SET begins = $2, until = $3, rhythm = $4, help = $5, amount = $6, place = $7,
             place_words = $8, next_visit = $9, updated_at = $10, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(&details.begins)
    .bind(&details.until)
    .bind(details.rhythm.name())
    .bind(details.help.name())
    .bind(details.amount)
    .bind(details.place.name())
    .bind(&details.place_words)
    .bind(next_visit)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a member; whether they were not there yet.
pub(super) async fn add_member(
    connection: &mut Connection,
    pairing: i64,
    member: i64,
) -> Result<bool> {
    let added = sqlx::query(
        "INSERT INTO pairing_members (pairing_id, member_id) VALUES ($1, $2)
         ON CONFLICT DO NOTHING",
    )
    .bind(pairing)
    .bind(member)
    .execute(connection)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Takes a member out, and what was merged into their record.
pub(super) async fn take_member(
    connection: &mut Connection,
    pairing: i64,
    member: i64,
) -> Result<()> {
    sqlx::query(
        "DELETE FROM pairing_members
         WHERE pairing_id = $1
           AND member_id IN (SELECT id FROM members WHERE id = $2 OR merged_into = $2)",
    )
    .bind(pairing)
    .bind(member)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends a pairing.
pub(super) async fn end(
    connection: &mut Connection,
    id: i64,
    reason: EndReason,
    achieved: &str,
) -> Result<()> {
    sqlx::query(
        "UPDATE pairings
         SET ended_at = $2, end_reason = $3, achieved = $4, next_visit = NULL, updated_at = $2,
             version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(now())
    .bind(reason.name())
    .bind(achieved)
    .execute(connection)
    .await?;
    Ok(())
}

/// A visit.
#[derive(Debug, Clone, FromRow)]
pub struct Visit {
    /// `visits.id`.
    pub id: i64,
    /// The day.
    pub day: String,
    /// How long.
    pub minutes: i64,
    /// What was done.
    pub done: String,
    /// Who entered it.
    pub by: Option<String>,
    /// When it was struck out as a mistake.
    pub struck_at: Option<String>,
}

/// A pairing's visits, the latest first.
pub async fn visits(connection: &mut Connection, pairing: i64) -> Result<Vec<Visit>> {
    sqlx::query_as(
        "SELECT v.id, v.day, v.minutes, v.done, a.display_name AS by, v.struck_at
         FROM visits AS v
         LEFT JOIN accounts AS a ON a.id = v.account_id
         WHERE v.pairing_id = $1
         ORDER BY v.day DESC, v.id DESC
         LIMIT 500",
    )
    .bind(pairing)
    .fetch_all(connection)
    .await
}

/// Adds a visit, and says when the next one is.
pub(super) async fn add_visit(
    connection: &mut Connection,
    actor: Actor,
    pairing: i64,
    (day, minutes, done): (&str, i64, &str),
    next: Option<&str>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO visits (pairing_id, day, minutes, done, at, account_id)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(pairing)
    .bind(day)
    .bind(minutes)
    .bind(done)
    .bind(now())
    .bind(actor.account_id())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE pairings SET next_visit = $2, updated_at = $3, version = version + 1
         WHERE id = $1",
    )
    .bind(pairing)
    .bind(next)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Strikes a visit out that was entered by mistake; whether it was there.
pub(super) async fn strike_visit(
    connection: &mut Connection,
    actor: Actor,
    pairing: i64,
    visit: i64,
) -> Result<bool> {
    let struck = sqlx::query(
        "UPDATE visits SET struck_at = $3, struck_by = $4
         WHERE id = $2 AND pairing_id = $1 AND struck_at IS NULL",
    )
    .bind(pairing)
    .bind(visit)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(struck.rows_affected() == 1)
}

/// A pairing in a line.
#[derive(Debug, Clone, FromRow)]
pub struct PairingLine {
    /// `pairings.id`.
    pub id: i64,
    /// The need's title.
    pub title: String,
    /// The committee's name.
    pub committee: String,
    /// The sub-district's name.
    pub street: String,
    /// The name of its [`Rhythm`].
    pub rhythm: String,
    /// The day of the next visit.
    pub next_visit: Option<String>,
    /// When it ended.
    pub ended_at: Option<String>,
    /// The names of the members in the viewer's scope, parted by 、.
    pub members: String,
    /// How many members it has in all, and in the viewer's scope.
    pub all: i64,
    /// In the viewer's scope.
    pub seen: i64,
    /// How many visits were made.
    pub visits: i64,
}

/// Which pairings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that last, by the day of their next visit.
    Lasting,
    /// Those whose next visit should have been.
    Overdue,
    /// Those that ended, the latest first.
    Ended,
}

/// The end of the calendar: where no visit is agreed.
pub(super) const NO_DAY: &str = "9999-12-31";

/// Pairings after a key: the day of the next visit and the id, or of ended ones the id alone.
pub(super) async fn lines(
    connection: &mut Connection,
    which: Which,
    scope: &Scope,
    today: &str,
    after: Option<(&str, i64)>,
    limit: i64,
) -> Result<Vec<PairingLine>> {
    let narrowed = match which {
        Which::Lasting => {
            "p.ended_at IS NULL AND (coalesce(p.next_visit, '9999-12-31'), p.id) > ($2, $3)
             AND $4 IS NOT NULL
             ORDER BY coalesce(p.next_visit, '9999-12-31'), p.id"
        }
        Which::Overdue => {
            "p.ended_at IS NULL AND (coalesce(p.next_visit, '9999-12-31'), p.id) > ($2, $3)
             AND coalesce(p.next_visit, '9999-12-31') < $4
             ORDER BY coalesce(p.next_visit, '9999-12-31'), p.id"
        }
        Which::Ended => {
            "p.ended_at IS NOT NULL AND (p.ended_at, p.id) < ($2, $3) AND $4 IS NOT NULL
             ORDER BY p.ended_at DESC, p.id DESC"
        }
    };
    let sql = format!(
        "SELECT p.id, n.title, c.name AS committee, s.name AS street, p.rhythm, p.next_visit,
                p.ended_at,
                (SELECT coalesce(group_concat(m.name, '、' ORDER BY m.sort_key), '')
                 FROM pairing_members AS x JOIN members AS m ON m.id = x.member_id
                 WHERE x.pairing_id = p.id
                   AND ($1 IS NULL OR m.branch_id IN (SELECT value FROM json_each($1))))
                    AS members,
                (SELECT count(*) FROM pairing_members AS x WHERE x.pairing_id = p.id) AS \"all\",
                (SELECT count(*)
                 FROM pairing_members AS x JOIN members AS m ON m.id = x.member_id
                 WHERE x.pairing_id = p.id
                   AND ($1 IS NULL OR m.branch_id IN (SELECT value FROM json_each($1))))
                    AS seen,
                (SELECT count(*) FROM visits AS v
                 WHERE v.pairing_id = p.id AND v.struck_at IS NULL) AS visits
         FROM pairings AS p
         JOIN needs AS n ON n.id = p.need_id
         JOIN committees AS c ON c.id = n.committee_id
         JOIN streets AS s ON s.code = c.street_code
         WHERE ($1 IS NULL
                OR EXISTS (SELECT 1
                           FROM pairing_members AS x JOIN members AS m ON m.id = x.member_id
                           WHERE x.pairing_id = p.id
                             AND m.branch_id IN (SELECT value FROM json_each($1))))
           AND {narrowed}
         LIMIT $5"
    );
    let first = if which == Which::Ended { ("a", i64::MAX) } else { ("", 0) };
    let (day, id) = after.unwrap_or(first);
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(scope.branches().map(|branches| json!(branches).to_string()))
        .bind(day)
        .bind(id)
        .bind(today)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// A visit that a member will make, for their calendar.
#[derive(Debug, Clone, FromRow)]
pub struct Upcoming {
    /// `pairings.id`.
    pub pairing: i64,
    /// The day.
    pub day: String,
    /// The need's title.
    pub title: String,
    /// The committee's name.
    pub committee: String,
    /// The name of the [`Place`].
    pub place: String,
    /// Where, in words.
    pub place_words: String,
    /// The name of the [`Rhythm`].
    pub rhythm: String,
    /// The last day of the pairing.
    pub until: Option<String>,
    /// When the pairing was last changed.
    pub updated_at: String,
    /// Counts the changes.
    pub version: i64,
}

/// The visits that a member will make, one a pairing that lasts.
pub async fn upcoming(connection: &mut Connection, member: i64) -> Result<Vec<Upcoming>> {
    sqlx::query_as(
        "SELECT p.id AS pairing, p.next_visit AS day, n.title, c.name AS committee, p.place,
                p.place_words, p.rhythm, p.until, p.updated_at, p.version
         FROM pairing_members AS x
         JOIN pairings AS p ON p.id = x.pairing_id
         JOIN needs AS n ON n.id = p.need_id
         JOIN committees AS c ON c.id = n.committee_id
         WHERE x.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
           AND p.ended_at IS NULL AND p.next_visit IS NOT NULL
         ORDER BY p.next_visit, p.id
         LIMIT 200",
    )
    .bind(member)
    .fetch_all(connection)
    .await
}

/// A pairing of a member that lasts.
#[derive(Debug, Clone, FromRow)]
pub struct Lasting {
    /// `pairings.id`.
    pub id: i64,
    /// The need's title.
    pub title: String,
    /// The committee's name.
    pub committee: String,
    /// The day of the next visit.
    pub next_visit: Option<String>,
}

/// The pairings of a member that last, the next visit first.
pub async fn lasting_of(connection: &mut Connection, member: i64) -> Result<Vec<Lasting>> {
    sqlx::query_as(
        "SELECT DISTINCT p.id, n.title, c.name AS committee, p.next_visit
         FROM pairing_members AS x
         JOIN pairings AS p ON p.id = x.pairing_id
         JOIN needs AS n ON n.id = p.need_id
         JOIN committees AS c ON c.id = n.committee_id
         WHERE x.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
           AND p.ended_at IS NULL
         ORDER BY coalesce(p.next_visit, '9999-12-31'), p.id
         LIMIT 50",
    )
    .bind(member)
    .fetch_all(connection)
    .await
}

/// The pairings of a member, those that last first: `id` and title of the need.
pub async fn of_member(
    connection: &mut Connection,
    member: i64,
) -> Result<Vec<(i64, String, Option<String>)>> {
    sqlx::query_as(
        "SELECT DISTINCT p.id, n.title, p.ended_at
         FROM pairing_members AS x
         JOIN pairings AS p ON p.id = x.pairing_id
         JOIN needs AS n ON n.id = p.need_id
         WHERE x.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
         ORDER BY p.ended_at IS NOT NULL, p.id DESC
         LIMIT 50",
    )
    .bind(member)
    .fetch_all(connection)
    .await
}

/// Before these members' records are erased: what was written of visits that only they made, and
/// what came of them, goes too.
pub async fn forget_words_of(connection: &mut Connection, members: &[i64]) -> Result<()> {
    let ids = json!(members).to_string();
    let alone = "
        SELECT x.pairing_id
        FROM pairing_members AS x
        WHERE x.member_id IN (SELECT value FROM json_each($1))
          AND NOT EXISTS (SELECT 1 FROM pairing_members AS other
                          WHERE other.pairing_id = x.pairing_id
                            AND other.member_id NOT IN (SELECT value FROM json_each($1)))";
    for sql in [
        format!("UPDATE visits SET done = '' WHERE pairing_id IN ({alone})"),
        format!("UPDATE pairings SET achieved = '' WHERE id IN ({alone})"),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&ids).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Makes the link of a member's calendar open by the secret of this hash alone.
pub(super) async fn put_calendar(
    connection: &mut Connection,
    member: i64,
    hash: &[u8],
) -> Result<()> {
    sqlx::query(
        "INSERT INTO calendar_links (member_id, hash, made_at) VALUES ($1, $2, $3)
         ON CONFLICT (member_id) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at",
    )
    .bind(member)
    .bind(hash)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Whose calendar the secret of this hash opens: a live member's.
pub(super) async fn calendar_of(connection: &mut Connection, hash: &[u8]) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "SELECT m.id
         FROM calendar_links AS k
         JOIN members AS m ON m.id = k.member_id
         WHERE k.hash = $1 AND m.removed_at IS NULL",
    )
    .bind(hash)
    .fetch_optional(connection)
    .await
}

/// When the link of a member's calendar was made, if there is one.
pub(super) async fn calendar_made(
    connection: &mut Connection,
    member: i64,
) -> Result<Option<String>> {
    sqlx::query_scalar("SELECT made_at FROM calendar_links WHERE member_id = $1")
        .bind(member)
        .fetch_optional(connection)
        .await
}

/// Lets the link of a member's calendar open no more; whether there was one.
pub(super) async fn revoke_calendar(connection: &mut Connection, member: i64) -> Result<bool> {
    let gone = sqlx::query("DELETE FROM calendar_links WHERE member_id = $1")
        .bind(member)
        .execute(connection)
        .await?;
    Ok(gone.rows_affected() == 1)
}
