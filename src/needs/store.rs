//! Needs, and when members can help.

use sqlx::{FromRow, Row as _};

use super::{Area, Need, NeedDetails, Place, State, Times};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

type Row = <crate::db::Engine as sqlx::Database>::Row;

fn known<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(|| sqlx::Error::Decode("a word that this Linli does not know".into()))
}

impl FromRow<'_, Row> for Need {
    fn from_row(row: &Row) -> Result<Self> {
        let skills: &str = row.try_get("skills")?;
        Ok(Self {
            id: row.try_get("id")?,
            details: NeedDetails {
                committee: row.try_get("committee_id")?,
                title: row.try_get("title")?,
                area: known(Area::from_name(row.try_get("area")?))?,
                skills: serde_json::from_str(skills).map_err(|e| sqlx::Error::Decode(e.into()))?,
                times: Times::from_bits(row.try_get("times")?),
                regular: row.try_get("regular")?,
                place: known(Place::from_name(row.try_get("place")?))?,
                place_words: row.try_get("place_words")?,
                contact: row.try_get("contact")?,
                contact_phone: row.try_get("contact_phone")?,
                until: row.try_get("until")?,
            },
            state: known(State::from_name(row.try_get("state")?))?,
            closed_because: row.try_get("closed_because")?,
            created_at: row.try_get("created_at")?,
            version: row.try_get("version")?,
        })
    }
}

/// One need.
pub async fn need(connection: &mut Connection, id: i64) -> Result<Option<Need>> {
    sqlx::query_as(
        "SELECT n.*,
                (SELECT json_group_array(skill_id ORDER BY skill_id)
                 FROM need_skills
                 WHERE need_id = n.id) AS skills
         FROM needs AS n
         WHERE n.id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await
}

/// Adds a need; its `id`.
pub(super) async fn insert(connection: &mut Connection, details: &NeedDetails) -> Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO needs (committee_id, title, area, times, regular, place, place_words, contact,
                            contact_phone, until, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
         RETURNING id",
    )
    .bind(details.committee)
    .bind(&details.title)
    .bind(details.area.name())
    .bind(details.times.bits())
    .bind(details.regular)
    .bind(details.place.name())
    .bind(&details.place_words)
    .bind(&details.contact)
    .bind(&details.contact_phone)
    .bind(&details.until)
    .bind(now())
    .fetch_one(&mut *connection)
    .await?;
    set_skills(connection, id, &details.skills).await?;
    Ok(id)
}

/// Changes what a need says; its version goes up by one.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    details: &NeedDetails,
) -> Result<()> {
    sqlx::query(
        "UPDATE needs
         SET committee_id = $2, title = $3, area = $4, times = $5, regular = $6, place = $7,
             place_words = $8, contact = $9, contact_phone = $10, until = $11, updated_at = $12,
             version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(details.committee)
    .bind(&details.title)
    .bind(details.area.name())
    .bind(details.times.bits())
    .bind(details.regular)
    .bind(details.place.name())
    .bind(&details.place_words)
    .bind(&details.contact)
    .bind(&details.contact_phone)
    .bind(&details.until)
    .bind(now())
    .execute(&mut *connection)
    .await?;
    set_skills(connection, id, &details.skills).await
}

async fn set_skills(connection: &mut Connection, id: i64, skills: &[i64]) -> Result<()> {
    sqlx::query("DELETE FROM need_skills WHERE need_id = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO need_skills (need_id, skill_id)
         SELECT DISTINCT $1, value FROM json_each($2)",
    )
    .bind(id)
    .bind(serde_json::json!(skills).to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a need into a state; its version goes up by one.
pub(super) async fn set_state(
    connection: &mut Connection,
    id: i64,
    state: State,
    closed_because: &str,
) -> Result<()> {
    sqlx::query(
        "UPDATE needs
         SET state = $2, closed_because = $3, ended_at = $4, updated_at = $5, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(state.name())
    .bind(closed_because)
    .bind(state.has_ended().then(now))
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps that something was done with a need.
pub(super) async fn keep_history(
    connection: &mut Connection,
    id: i64,
    actor: Actor,
    step: &str,
    because: &str,
    before: Option<&NeedDetails>,
) -> Result<()> {
    let before = before.map(serde_json::to_string).transpose();
    sqlx::query(
        "INSERT INTO need_history (need_id, at, account_id, step, because, before)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .bind(step)
    .bind(because)
    .bind(before.map_err(|e| sqlx::Error::Encode(e.into()))?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Something that was done with a need.
#[derive(Debug, Clone, FromRow)]
pub struct Past {
    /// When.
    pub at: String,
    /// By whom; `None` from the command line.
    pub by: Option<String>,
    /// `edited`, or the name of a [`Step`](super::Step).
    pub step: String,
    /// Why, in words.
    pub because: String,
    /// Of an edit: what the need said before ([`NeedDetails`] as JSON).
    pub before: Option<String>,
}

/// What was done with a need, the latest first.
pub async fn history(connection: &mut Connection, id: i64) -> Result<Vec<Past>> {
    sqlx::query_as(
        "SELECT h.at, a.display_name AS by, h.step, h.because, h.before
         FROM need_history AS h
         LEFT JOIN accounts AS a ON a.id = h.account_id
         WHERE h.need_id = $1
         ORDER BY h.id DESC
         LIMIT 200",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

/// A need in a line.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct NeedLine {
    /// `needs.id`.
    pub id: i64,
    /// What help.
    pub title: String,
    /// The name of its [`Area`].
    pub area: String,
    /// The name of its [`State`].
    pub state: String,
    /// Its times, as the database keeps them.
    pub times: i64,
    /// Whether it is wanted again and again.
    pub regular: bool,
    /// The last day on which it is wanted.
    pub until: Option<String>,
    /// `committees.id`.
    pub committee_id: i64,
    /// Its name.
    pub committee: String,
    /// The sub-district's code.
    pub street_code: String,
    /// Its name.
    pub street: String,
    /// The district's name.
    pub district: String,
    /// The skills' names, parted by 、.
    pub skills: String,
    /// The skills' ids, as a JSON array.
    pub skill_ids: String,
    /// Whether the committee posted it itself.
    pub posted: bool,
}

/// What a line is read from.
pub(super) const LINE: &str = "
    SELECT n.id, n.title, n.area, n.state, n.times, n.regular, n.until, n.committee_id,
           c.name AS committee, c.street_code, s.name AS street, d.name AS district,
           coalesce((SELECT group_concat(k.name, '、' ORDER BY k.id)
                     FROM need_skills AS x JOIN skills AS k ON k.id = x.skill_id
                     WHERE x.need_id = n.id), '') AS skills,
           (SELECT json_group_array(skill_id) FROM need_skills WHERE need_id = n.id) AS skill_ids,
           EXISTS (SELECT 1 FROM posted_needs WHERE need_id = n.id) AS posted
    FROM needs AS n
    JOIN committees AS c ON c.id = n.committee_id
    JOIN streets AS s ON s.code = c.street_code
    JOIN districts AS d ON d.code = s.district_code";

/// How many needs there are in each state.
pub async fn counts(connection: &mut Connection) -> Result<Vec<(String, i64)>> {
    sqlx::query_as("SELECT state, count(*) FROM needs GROUP BY state").fetch_all(connection).await
}

/// A column of the board: of the needs of a state up to half a column whose last day is near or
/// past (`near`: 2026-01-31), the first at the top; then the latest, which nobody has seen yet.
pub(super) async fn column(
    connection: &mut Connection,
    state: State,
    near: &str,
    limit: i64,
) -> Result<Vec<NeedLine>> {
    let sql = format!(
        "WITH pressing AS MATERIALIZED (
             SELECT id, until
             FROM needs
             WHERE state = $1 AND ended_at IS NULL AND coalesce(until, '9999-12-31') <= $2
             ORDER BY coalesce(until, '9999-12-31'), id
             LIMIT $3 / 2),
         latest AS MATERIALIZED (
             SELECT id
             FROM needs
             WHERE +state = $1 AND id NOT IN (SELECT id FROM pressing)
             ORDER BY id DESC
             LIMIT $3 - (SELECT count(*) FROM pressing)),
         chosen AS (
             SELECT id, until FROM pressing
             UNION ALL
             SELECT id, NULL FROM latest)
         {LINE}
         JOIN chosen ON chosen.id = n.id
         ORDER BY chosen.until IS NULL, chosen.until, n.id * iif(chosen.until IS NULL, -1, 1)"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(state.name())
        .bind(near)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// Keeps that a committee posted a need itself, and who did.
pub(super) async fn put_posted(connection: &mut Connection, id: i64, by: &str) -> Result<()> {
    sqlx::query("INSERT INTO posted_needs (need_id, by_name, at) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(by)
        .bind(now())
        .execute(connection)
        .await?;
    Ok(())
}

/// Who posted a need on the committee's page; `None`: the office entered it.
pub async fn posted_by(connection: &mut Connection, id: i64) -> Result<Option<String>> {
    sqlx::query_scalar("SELECT by_name FROM posted_needs WHERE need_id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// A committee's needs in lines: those that have not ended first, the latest first.
pub async fn lines_of(connection: &mut Connection, committee: i64) -> Result<Vec<NeedLine>> {
    let sql = format!(
        "{LINE} WHERE n.committee_id = $1 ORDER BY n.ended_at IS NOT NULL, n.id DESC LIMIT 100"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(committee).fetch_all(connection).await
}

/// How many needs of a committee have not ended.
pub async fn lasting_of(connection: &mut Connection, committee: i64) -> Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM needs WHERE committee_id = $1 AND ended_at IS NULL")
        .bind(committee)
        .fetch_one(connection)
        .await
}

/// Moves the needs of a committee that becomes part of another.
pub async fn move_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    sqlx::query(
        "UPDATE needs SET committee_id = $2, version = version + 1 WHERE committee_id = $1",
    )
    .bind(id)
    .bind(into)
    .execute(connection)
    .await?;
    Ok(())
}

/// The needs of a committee.
pub async fn of_committee(connection: &mut Connection, id: i64) -> Result<Vec<i64>> {
    sqlx::query_scalar("SELECT id FROM needs WHERE committee_id = $1 ORDER BY id")
        .bind(id)
        .fetch_all(connection)
        .await
}

/// The needs that ask for a skill.
pub async fn of_skill(connection: &mut Connection, id: i64) -> Result<Vec<i64>> {
    sqlx::query_scalar("SELECT need_id FROM need_skills WHERE skill_id = $1 ORDER BY need_id")
        .bind(id)
        .fetch_all(connection)
        .await
}

/// Gives what asks for a skill, or is related to it, to the one that it becomes part of.
pub async fn merge_skill(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    for sql in [
        "INSERT INTO need_skills (need_id, skill_id)
         SELECT need_id, $2 FROM need_skills WHERE skill_id = $1
         ON CONFLICT DO NOTHING",
        "DELETE FROM need_skills WHERE skill_id = $1 AND $2 <> $1",
        "INSERT INTO skill_relations (skill_id, related_id)
         SELECT $2, related_id FROM skill_relations WHERE skill_id = $1 AND related_id <> $2
         UNION ALL
         SELECT related_id, $2 FROM skill_relations WHERE skill_id = $1 AND related_id <> $2
         ON CONFLICT DO NOTHING",
        "DELETE FROM skill_relations WHERE (skill_id = $1 OR related_id = $1) AND $2 <> $1",
    ] {
        sqlx::query(sql).bind(id).bind(into).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The skills that are related to any of these, without these.
pub async fn related(connection: &mut Connection, skills: &[i64]) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT DISTINCT related_id
         FROM skill_relations
         WHERE skill_id IN (SELECT value FROM json_each($1))
           AND related_id NOT IN (SELECT value FROM json_each($1))
         ORDER BY related_id
         LIMIT 40",
    )
    .bind(serde_json::json!(skills).to_string())
    .fetch_all(connection)
    .await
}

/// Makes two skills related, or no more.
pub async fn relate(connection: &mut Connection, one: i64, other: i64, are: bool) -> Result<()> {
    let sql = if are {
        "INSERT INTO skill_relations (skill_id, related_id) VALUES ($1, $2), ($2, $1)
         ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM skill_relations WHERE (skill_id, related_id) IN (VALUES ($1, $2), ($2, $1))"
    };
    sqlx::query(sql).bind(one).bind(other).execute(connection).await?;
    Ok(())
}

/// When a member can help, if they said so, and how often that was changed.
pub async fn member_times(connection: &mut Connection, id: i64) -> Result<Option<(Times, i64)>> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT times, version FROM member_times WHERE member_id = $1")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    Ok(row.map(|(bits, version)| (Times::from_bits(bits), version)))
}

/// Keeps when a member can help.
pub(super) async fn put_member_times(
    connection: &mut Connection,
    id: i64,
    times: Times,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO member_times (member_id, times) VALUES ($1, $2)
         ON CONFLICT (member_id) DO UPDATE
         SET times = excluded.times, version = member_times.version + 1",
    )
    .bind(id)
    .bind(times.bits())
    .execute(connection)
    .await?;
    Ok(())
}

/// Erases the contacts of needs that ended before a point in time, and what else could tell who
/// was helped: places in words, and what was written of visits; how many needs.
pub(super) async fn erase_contacts(connection: &mut Connection, before: &str) -> Result<usize> {
    let due: Vec<i64> = sqlx::query_scalar(
        "SELECT id
         FROM needs
         WHERE ended_at < $1 AND (contact <> '' OR contact_phone <> '' OR place_words <> '')
         ORDER BY ended_at
         LIMIT 500",
    )
    .bind(before)
    .fetch_all(&mut *connection)
    .await?;
    let ids = serde_json::json!(due).to_string();
    for sql in [
        "UPDATE needs SET contact = '', contact_phone = '', place_words = ''
         WHERE id IN (SELECT value FROM json_each($1))",
        "UPDATE need_history
         SET before = json_set(before, '$.contact', '', '$.contact_phone', '', '$.place_words', '')
         WHERE before IS NOT NULL AND need_id IN (SELECT value FROM json_each($1))",
        "UPDATE pairings SET place_words = ''
         WHERE need_id IN (SELECT value FROM json_each($1))",
        "UPDATE posted_needs SET by_name = ''
         WHERE need_id IN (SELECT value FROM json_each($1))",
        "UPDATE visits SET done = ''
         WHERE pairing_id IN (SELECT id FROM pairings
                              WHERE need_id IN (SELECT value FROM json_each($1)))",
    ] {
        sqlx::query(sql).bind(&ids).execute(&mut *connection).await?;
    }
    Ok(due.len())
}
